//! A book put together from what each event changed, for tests.

use std::collections::BTreeMap;

use super::Book;
use crate::{
    DistributionGainRow, GivenShares, LotChanges, LotDisposal, OpenLot, ShortPosition, WashSale,
    output::report,
};

/// The rows that were told, by id and by place.
#[derive(Debug, Default)]
pub(crate) struct Told {
    lots: BTreeMap<String, OpenLot>,
    shorts: BTreeMap<String, ShortPosition>,
    disposals: BTreeMap<u32, LotDisposal>,
    washes: Vec<WashSale>,
    gains: Vec<DistributionGainRow>,
    given: Vec<GivenShares>,
}

impl Told {
    pub(crate) fn add(&mut self, changes: LotChanges) {
        for id in &changes.closed {
            self.lots.remove(id);
            self.shorts.remove(id);
        }
        self.lots.extend(changes.lots.into_iter().map(|lot| (lot.id.clone(), lot)));
        self.shorts.extend(changes.short_positions.into_iter().map(|short| (short.id.clone(), short)));
        self.disposals.extend(changes.disposals.into_iter().map(|changed| (changed.place, changed.disposal)));
        self.washes.extend(changes.wash_sales);
        self.gains.extend(changes.distribution_gains);
        self.given.extend(changes.given);
    }

    pub(crate) fn assert_is(&self, book: &Book) {
        let whole = report(book).unwrap();
        let by_id = |lots: Vec<OpenLot>| -> BTreeMap<String, OpenLot> {
            lots.into_iter().map(|lot| (lot.id.clone(), lot)).collect()
        };
        assert_eq!(self.lots, by_id(whole.lots));
        let shorts = whole.short_positions.into_iter().map(|short| (short.id.clone(), short));
        assert_eq!(self.shorts, shorts.collect());
        // In the United Kingdom, a row of which nothing is left is none.
        let disposals: Vec<&LotDisposal> =
            self.disposals.values().filter(|disposal| !disposal.quantity.is_zero()).collect();
        assert_eq!(disposals, whole.disposals.iter().collect::<Vec<_>>());
        assert_eq!(self.washes, whole.wash_sales);
        assert_eq!(self.gains, whole.distribution_gains);
        assert_eq!(self.given, whole.given);
    }
}
