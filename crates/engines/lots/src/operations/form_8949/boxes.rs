//! The boxes of Form 8949: what the broker told the Internal Revenue Service about a sale.

use wherewithal_base::{
    Result,
    dates::{Date, date},
    order,
    wire::Wire,
};

use crate::{
    engine::{Book, Id, Lot},
    input::{LotEvent, SecurityKind},
    output::lot_id,
};

/// The first year whose form has boxes of its own for digital assets.
const FIRST_DIGITAL_YEAR: i32 = 2025;

/// A box at the top of Form 8949: the part of the form, and what the broker reported. Boxes G to L are those of digital
/// assets, from 2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum Form8949Box {
    /// Short-term; Form 1099-B shows that the basis was reported.
    A,
    /// Short-term; Form 1099-B shows that the basis was not reported.
    B,
    /// Short-term; not reported on a Form 1099-B.
    C,
    /// Long-term; Form 1099-B shows that the basis was reported.
    D,
    /// Long-term; Form 1099-B shows that the basis was not reported.
    E,
    /// Long-term; not reported on a Form 1099-B.
    F,
    /// Short-term digital assets; Form 1099-DA or 1099-B shows that the basis was reported.
    G,
    /// Short-term digital assets; Form 1099-DA or 1099-B shows that the basis was not reported.
    H,
    /// Short-term digital assets; not reported on a Form 1099-DA or 1099-B.
    I,
    /// Long-term digital assets; Form 1099-DA or 1099-B shows that the basis was reported.
    J,
    /// Long-term digital assets; Form 1099-DA or 1099-B shows that the basis was not reported.
    K,
    /// Long-term digital assets; not reported on a Form 1099-DA or 1099-B.
    L,
}

/// What a broker reports of a sale to the Internal Revenue Service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum SaleReporting {
    /// Proceeds and basis: the security is covered.
    Basis,
    /// Proceeds only: the security is not covered.
    ProceedsOnly,
    /// Nothing: no Form 1099-B or 1099-DA.
    Nothing,
}

/// What the brokers report, where it differs from what the dates of acquisition say.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BrokerReporting {
    /// The id of the account; absent for all.
    #[wire(length = 1..=100)]
    pub account: Option<String>,
    /// The id of the security; absent for all.
    #[wire(length = 1..=100)]
    pub security: Option<String>,
    /// The id of a lot, of a part of one, or of a purchase with all its parts; absent for all.
    #[wire(length = 1..=140)]
    pub lot: Option<String>,
    /// What is reported.
    pub reported: SaleReporting,
}

impl Form8949Box {
    /// The box of a sale.
    pub(crate) fn of(is_long: bool, is_digital: bool, year: i32, reported: SaleReporting) -> Self {
        use SaleReporting::{Basis, Nothing, ProceedsOnly};
        match (is_digital && year >= FIRST_DIGITAL_YEAR, is_long, reported) {
            (false, false, Basis) => Self::A,
            (false, false, ProceedsOnly) => Self::B,
            (false, false, Nothing) => Self::C,
            (false, true, Basis) => Self::D,
            (false, true, ProceedsOnly) => Self::E,
            (false, true, Nothing) => Self::F,
            (true, false, Basis) => Self::G,
            (true, false, ProceedsOnly) => Self::H,
            (true, false, Nothing) => Self::I,
            (true, true, Basis) => Self::J,
            (true, true, ProceedsOnly) => Self::K,
            (true, true, Nothing) => Self::L,
        }
    }

    /// Whether it is a box of part II.
    pub(crate) fn is_long_term(self) -> bool {
        matches!(self, Self::D | Self::E | Self::F | Self::J | Self::K | Self::L)
    }
}

/// What an entry is about: an account, a security and a lot, as far as it names them.
type Scope<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>);

/// What brokers report of the sales of a book.
pub(crate) struct Reporting<'a> {
    /// In the order of what they are about; of entries about the same, the last one of the list.
    entries: Vec<(Scope<'a>, (usize, SaleReporting))>,
    events: &'a [LotEvent],
    dates: CoverageDates,
}

/// The days from which on brokers report the basis of what is acquired (Reg. 1.6045-1(a)(15)).
struct CoverageDates {
    stocks: i32,
    funds: i32,
    options: i32,
    digital_assets: i32,
    /// The first day whose sales of digital assets are reported at all.
    digital_sales: i32,
}

impl<'a> Reporting<'a> {
    pub(crate) fn new(events: &'a [LotEvent], entries: &'a [BrokerReporting]) -> Result<Self> {
        let day = |year| date(year, 1, 1).map(Date::day_number);
        let scope = |entry: &'a BrokerReporting| {
            (entry.account.as_deref(), entry.security.as_deref(), entry.lot.as_deref())
        };
        let entries = entries.iter().enumerate().rev();
        let mut entries: Vec<_> =
            entries.map(|(place, entry)| (scope(entry), (place, entry.reported))).collect();
        // Stable, so that of entries about the same the last comes first and stays.
        order::sort_by_key(&mut entries, |(scope, _)| *scope);
        entries.dedup_by_key(|(scope, _)| *scope);
        Ok(Self {
            entries,
            events,
            dates: CoverageDates {
                stocks: day(2011)?,
                funds: day(2012)?,
                options: day(2014)?,
                digital_assets: day(2026)?,
                digital_sales: day(2025)?,
            },
        })
    }

    /// What is reported of the sale of a lot: what the last entry that fits says, otherwise what the law says.
    pub(crate) fn of(&self, book: &Book, id: Id<Lot>, sold: i32) -> SaleReporting {
        if self.entries.is_empty() {
            return self.by_law(book, id, sold);
        }
        let position = &book.positions[book.lots[id].position];
        let account = book.accounts.get(position.account).map(|account| account.id.as_str());
        let security = Some(book.securities[position.security].id.as_str());
        let (lot, part) = (lot_id(book, book.blocks[book.lots[id].block].first), lot_id(book, id));
        let mut found: Option<(usize, SaleReporting)> = None;
        for account in [None, account] {
            for security in [None, security] {
                for lot in [None, Some(lot.as_str()), Some(part.as_str())] {
                    let entry = self.entry((account, security, lot));
                    if entry.map(|(place, _)| place) > found.map(|(place, _)| place) {
                        found = entry;
                    }
                }
            }
        }
        found.map_or_else(|| self.by_law(book, id, sold), |(_, reported)| reported)
    }

    /// What an entry says, with its place in the list.
    fn entry(&self, scope: Scope<'_>) -> Option<(usize, SaleReporting)> {
        let place = self.entries.binary_search_by(|(other, _)| Scope::cmp(other, &scope)).ok()?;
        self.entries.get(place).map(|(_, entry)| *entry)
    }

    /// What the law says, by what was acquired and when.
    fn by_law(&self, book: &Book, id: Id<Lot>, sold: i32) -> SaleReporting {
        let lot = &book.lots[id];
        let event = self.events.get(book.blocks[lot.block].event as usize);
        let covered_from = match book.securities[book.positions[lot.position].security].kind {
            SecurityKind::DigitalAsset if sold < self.dates.digital_sales => return SaleReporting::Nothing,
            SecurityKind::DigitalAsset => self.dates.digital_assets,
            SecurityKind::MutualFund | SecurityKind::ExchangeTradedFund => self.dates.funds,
            // Of a dividend reinvestment plan.
            SecurityKind::Stock if matches!(event, Some(LotEvent::Reinvest { .. })) => self.dates.funds,
            SecurityKind::Stock => self.dates.stocks,
            SecurityKind::Option | SecurityKind::Section1256 | SecurityKind::Bond => self.dates.options,
        };
        if lot.acquired >= covered_from { SaleReporting::Basis } else { SaleReporting::ProceedsOnly }
    }
}
