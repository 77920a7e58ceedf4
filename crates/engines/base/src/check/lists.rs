//! Lists: how long they are, and what their entries must be to each other.

use std::ops::RangeInclusive;

use super::numbers::{Interval, finite, number};
use crate::{Error, ErrorCode, Result, error::At as _};

/// How far the sum of weights may lie from 1: twenty of them, each rounded to nine decimal places.
const WEIGHT_TOLERANCE: f64 = 1e-8;

/// The most percentiles that are reported.
const MAX_PERCENTILES: usize = 101;

/// The number of entries of a list.
///
/// # Errors
/// `list.empty`, `list.too_short`, `list.too_long`.
pub fn length(count: usize, range: RangeInclusive<usize>) -> Result<usize> {
    if range.contains(&count) {
        return Ok(count);
    }
    let code = if count > *range.end() {
        ErrorCode::ListTooLong
    } else if count == 0 {
        ErrorCode::ListEmpty
    } else {
        ErrorCode::ListTooShort
    };
    Err(Error::new(code, format!("{} given; {}", entries(count), expected(&range))))
}

fn expected(range: &RangeInclusive<usize>) -> String {
    match (*range.start(), *range.end()) {
        (least, usize::MAX) => format!("the list needs at least {least}"),
        (0, most) => format!("the list takes at most {most}"),
        (least, most) if least == most => format!("the list needs {least}"),
        (least, most) => format!("the list takes {least} to {most}"),
    }
}

/// That a list has one entry for each of `expected` other things; `thing` is one of them, such as "asset class".
///
/// # Errors
/// `list.length_mismatch`.
pub fn same_length(count: usize, expected: usize, thing: &str) -> Result<()> {
    if count == expected {
        return Ok(());
    }
    let message = format!("{} given; one for each {thing} makes {expected}", entries(count));
    Err(Error::new(ErrorCode::ListLengthMismatch, message))
}

fn entries(count: usize) -> String {
    if count == 1 { "1 entry was".to_owned() } else { format!("{count} entries were") }
}

/// That numbers ascend, each above the one before it; the place of the first that does not is put on the path.
///
/// # Errors
/// `list.out_of_order`.
pub fn ascending(values: impl IntoIterator<Item = f64>) -> Result<()> {
    let mut before = f64::NEG_INFINITY;
    for (index, value) in values.into_iter().enumerate() {
        if value <= before {
            let message = format!("{value} follows {before}; the values must ascend");
            return Err(Error::new(ErrorCode::ListOutOfOrder, message).at_item(index));
        }
        before = value;
    }
    Ok(())
}

/// At most 101 percentiles from 0 to 100 that ascend.
///
/// # Errors
/// `list.too_long`, `number.not_finite`, `percentile.out_of_range`, `list.out_of_order`.
pub fn percentiles(percentiles: &[f64]) -> Result<()> {
    length(percentiles.len(), 0..=MAX_PERCENTILES)?;
    for (index, percentile) in percentiles.iter().enumerate() {
        number(*percentile, 0.0..=100.0, ErrorCode::PercentileOutOfRange).at_item(index)?;
    }
    ascending(percentiles.iter().copied())
}

/// Weights, one for each of `classes` asset classes, each from 0 to 1 and together 1 up to the rounding of nine decimal
/// places. They are returned scaled to 1: what is missing would be lost at each rebalancing.
///
/// # Errors
/// `list.length_mismatch`, `number.not_finite`, `weight.out_of_range`, `weights.sum_not_one`.
pub fn weights(weights: &[f64], classes: usize) -> Result<Vec<f64>> {
    same_length(weights.len(), classes, "asset class")?;
    let within = 0.0..=1.0;
    for (index, weight) in weights.iter().enumerate() {
        finite(*weight).at_item(index)?;
        if !within.contains(weight) {
            let message = format!("{weight} is not {}; 0.6 is 60 %", Interval::of(&within));
            return Err(Error::new(ErrorCode::WeightOutOfRange, message).at_item(index));
        }
    }
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() <= WEIGHT_TOLERANCE {
        return Ok(weights.iter().map(|weight| weight / sum).collect());
    }
    Err(Error::new(
        ErrorCode::WeightsSumNotOne,
        format!("the weights add up to {sum}; they must add up to 1"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(refused: Result<()>) -> (ErrorCode, String) {
        let error = refused.unwrap_err();
        (error.code(), error.path().to_owned())
    }

    #[test]
    fn a_length_outside_its_range_says_on_which_side() {
        for (count, range, expected) in [
            (0, 1..=3, ErrorCode::ListEmpty),
            (1, 2..=3, ErrorCode::ListTooShort),
            (0, 2..=3, ErrorCode::ListEmpty),
            (4, 2..=3, ErrorCode::ListTooLong),
        ] {
            assert_eq!(length(count, range).unwrap_err().code(), expected);
        }
        assert_eq!(length(1, 2..=3).unwrap_err().message(), "1 entry was given; the list takes 2 to 3");
        assert_eq!(length(9, 0..=3).unwrap_err().message(), "9 entries were given; the list takes at most 3");
        let least = length(0, 1..=usize::MAX).unwrap_err();
        assert_eq!(least.message(), "0 entries were given; the list needs at least 1");
        assert_eq!(length(3, 2..=3).unwrap(), 3);
    }

    #[test]
    fn the_entry_that_breaks_the_order_is_named() {
        assert_eq!(code(ascending([1.0, 2.0, 2.0])), (ErrorCode::ListOutOfOrder, "[2]".to_owned()));
        assert!(ascending([]).is_ok() && ascending([-1.0, 0.5]).is_ok());
    }

    #[test]
    fn percentiles_lie_within_a_hundred_and_ascend() {
        assert!(percentiles(&[0.0, 50.0, 100.0]).is_ok());
        assert_eq!(code(percentiles(&[5.0, 101.0])), (ErrorCode::PercentileOutOfRange, "[1]".to_owned()));
        assert_eq!(code(percentiles(&[50.0, 5.0])), (ErrorCode::ListOutOfOrder, "[1]".to_owned()));
        assert_eq!(code(percentiles(&[50.0; 102])).0, ErrorCode::ListTooLong);
    }

    #[test]
    fn weights_are_one_for_each_class_and_sum_to_one() {
        assert_eq!(weights(&[0.6, 0.4], 2).unwrap(), [0.6, 0.4]);
        let thirds = weights(&[0.333_333_333, 0.333_333_333, 0.333_333_333], 3).unwrap();
        assert_eq!(thirds.iter().sum::<f64>(), 1.0);
        let short = weights(&[1.0], 2).unwrap_err();
        assert_eq!(short.code(), ErrorCode::ListLengthMismatch);
        assert_eq!(short.message(), "1 entry was given; one for each asset class makes 2");
        assert_eq!(code(weights(&[1.5, -0.5], 2).map(drop)), (ErrorCode::WeightOutOfRange, "[0]".to_owned()));
        assert_eq!(code(weights(&[0.5, 0.4], 2).map(drop)).0, ErrorCode::WeightsSumNotOne);
        assert_eq!(
            code(weights(&[f64::NAN, 1.0], 2).map(drop)),
            (ErrorCode::NumberNotFinite, "[0]".to_owned())
        );
    }
}
