//! When a portfolio is brought back to its allocation.

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _, wire::Wire};

/// The widest relative band: ten times the target.
const MAX_RELATIVE: f64 = 10.0;

/// When a portfolio is brought back to its allocation: at the start of a step, after the money that moves then.
#[derive(Debug, Clone, Copy, PartialEq, Default, Wire)]
#[wire(tag = "kind")]
pub enum Rebalancing {
    /// In every step.
    #[default]
    EveryStep,
    /// In the first step of each year.
    Annually,
    /// When the weight of an asset class deviates from its target by more than `absolute`, or by more than `relative`
    /// times the target. Give at least one of the two.
    Bands {
        /// Deviation of the weight (0.05 is five percentage points), 0 to 1; without it, only the other band applies.
        #[wire(share, range = 0..=1)]
        absolute: Option<f64>,
        /// Deviation as a fraction of the target (0.25 is a quarter), 0 to 10; without it, only the other band applies.
        #[wire(share, range = 0..=10)]
        relative: Option<f64>,
    },
    /// Never.
    Never,
}

/// Validates the bands: absolute and relative, with infinity for a missing one.
///
/// # Errors
/// `field.missing` if both were left out; `number.not_finite` and `rate.out_of_range`, at `absolute` or `relative`.
pub fn validate_bands(absolute: Option<f64>, relative: Option<f64>) -> Result<(f64, f64)> {
    if absolute.is_none() && relative.is_none() {
        let message = "neither an absolute nor a relative band was given; give at least one";
        return Err(Error::new(ErrorCode::FieldMissing, message));
    }
    let band = |band: Option<f64>, most: f64, field: &str| {
        band.map_or(Ok(f64::INFINITY), |band| check::rate(band, 0.0..=most).at(field))
    };
    Ok((band(absolute, 1.0, "absolute")?, band(relative, MAX_RELATIVE, "relative")?))
}
