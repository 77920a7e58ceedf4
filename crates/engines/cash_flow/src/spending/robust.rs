//! Statistics that a few unusual months do not move.

use wherewithal_base::{Result, num::Decimal, order};

/// The median of one value or more, exactly.
#[expect(clippy::indexing_slicing, reason = "there is a month, and of an even number of them two")]
pub(super) fn median(values: &[Decimal]) -> Result<Decimal> {
    let mut sorted = values.to_vec();
    order::sort_by_key(&mut sorted, |value| *value);
    let middle = sorted.len() / 2;
    let upper = sorted[middle];
    if sorted.len() % 2 == 1 {
        return Ok(upper);
    }
    sorted[middle - 1].plus(upper)?.divided_by(Decimal::from(2_u32))
}

/// The median of the distances from the median, exactly.
pub(super) fn median_deviation(values: &[Decimal], median_of_values: Decimal) -> Result<Decimal> {
    let mut distances = Vec::with_capacity(values.len());
    for value in values {
        distances.push(value.minus(median_of_values)?.abs());
    }
    median(&distances)
}

/// The modified z-score of Iglewicz and Hoaglin (1993), 0.6745 times the distance from the median over the median
/// deviation; `None` where that is zero.
pub(super) fn score(value: Decimal, median: Decimal, deviation: Decimal) -> Result<Option<Decimal>> {
    if deviation.is_zero() {
        return Ok(None);
    }
    let factor = Decimal::new(6745, 4)?;
    value.minus(median)?.times(factor)?.divided_by(deviation).map(Some)
}

/// The median of the slopes between all pairs of values, of Theil (1950) and Sen (1968); `None` for fewer than two.
pub(super) fn slope(values: &[Decimal]) -> Result<Option<Decimal>> {
    let mut slopes = Vec::new();
    for (later, value) in values.iter().enumerate() {
        for (earlier, before) in values.iter().take(later).enumerate() {
            let steps = Decimal::from((later - earlier) as u64);
            slopes.push(value.minus(*before)?.divided_by(steps)?);
        }
    }
    if slopes.is_empty() { Ok(None) } else { median(&slopes).map(Some) }
}
