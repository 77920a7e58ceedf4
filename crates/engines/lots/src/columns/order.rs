//! The order in which the rows of a table take effect.

use super::{LotTradeKind, LotTrades};

/// The rows in the order of their effect; none if they stand in it.
pub(super) fn of(trades: &LotTrades<'_>) -> Option<Vec<u32>> {
    let LotTrades { days, kinds, sequences, .. } = trades;
    match sequences {
        None => sorted(days.iter().zip(*kinds).map(|(day, kind)| (*day, rank(*kind)))),
        Some(sequences) => {
            let rows = days.iter().zip(*kinds).zip(*sequences);
            let keys = rows.map(|((day, kind), sequence)| (*day, effective(*kind, *sequence), rank(*kind)));
            if sequences.iter().all(|sequence| *sequence < 1 << 24) {
                // In one integer, which takes one comparison.
                let packed =
                    |(day, sequence, rank)| i64::from(day) << 32 | i64::from(sequence) << 8 | i64::from(rank);
                return sorted(keys.map(packed));
            }
            sorted(keys)
        }
    }
}

/// The place of a row among those of its day. That of a dividend has no meaning.
fn effective(kind: LotTradeKind, sequence: u32) -> u32 {
    if kind == LotTradeKind::Dividend { 0 } else { sequence }
}

/// The place of a kind among the events of a day, as in `LotEvent::order`.
fn rank(kind: LotTradeKind) -> u8 {
    match kind {
        LotTradeKind::ReturnOfCapital => 1,
        LotTradeKind::Dividend => 2,
        LotTradeKind::Buy | LotTradeKind::Reinvest => 3,
        LotTradeKind::Sell => 5,
    }
}

fn sorted<K: Ord>(keys: impl Iterator<Item = K> + Clone) -> Option<Vec<u32>> {
    if keys.clone().is_sorted() {
        return None;
    }
    let mut order: Vec<(K, u32)> = keys.zip(0..).collect();
    order.sort_unstable();
    Some(order.into_iter().map(|(_, row)| row).collect())
}
