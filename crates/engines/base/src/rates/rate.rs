//! Annual rates with their compounding.

use super::Compounding;
use crate::{
    Error, ErrorCode, Result,
    dates::{Date, DayCount},
    num::{Decimal, gate},
};

/// An annual rate and how it compounds.
///
/// The rate itself is exact; growth and discount factors are `f64`.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::rates::{Compounding, Rate, percent};
///
/// let note = Rate::nominal(percent("6.5")?, Compounding::Monthly)?;
/// assert_eq!((note.effective()? * 1e8).round() / 1e8, 0.06697185);
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    annual: Decimal,
    compounding: Compounding,
}

/// Converts percent to a fraction: 6.5 is 0.065.
///
/// # Errors
/// `decimal.malformed`; `decimal.overflow` if the fraction has more than 28 decimal places.
pub fn percent(text: &str) -> Result<Decimal> {
    fraction(text, 2)
}

/// Converts basis points to a fraction: 25 is 0.0025.
///
/// # Errors
/// Those of [`percent`].
pub fn basis_points(text: &str) -> Result<Decimal> {
    fraction(text, 4)
}

fn fraction(text: &str, places: u32) -> Result<Decimal> {
    let value = text.parse::<Decimal>()?.normalized();
    // Moving the point is exact, unlike a division that may round.
    Decimal::from_i128(value.mantissa(), value.scale() + places)
}

impl Rate {
    /// A nominal annual rate, a fraction, with its compounding.
    ///
    /// # Errors
    /// `rate.out_of_range` if one period would leave nothing or less: at or below -1 for annual compounding and simple
    /// interest, at or below -12 for monthly compounding.
    pub fn nominal(annual: Decimal, compounding: Compounding) -> Result<Self> {
        let limit = match compounding {
            Compounding::Continuous => None,
            // Simple interest counts as one period a year.
            _ => Some(Decimal::from(compounding.periods_per_year().unwrap_or(1)).negated()),
        };
        match limit {
            Some(limit) if annual <= limit => Err(Error::new(
                ErrorCode::RateOutOfRange,
                format!(
                    "an annual rate of {annual} would leave nothing after one period; it must be above {limit}"
                ),
            )),
            _ => Ok(Self { annual, compounding }),
        }
    }

    /// An effective annual rate, a fraction.
    ///
    /// # Errors
    /// `rate.out_of_range` at or below -1.
    pub fn effective_annual(annual: Decimal) -> Result<Self> {
        Self::nominal(annual, Compounding::Annual)
    }

    /// The annual rate, a fraction, nominal unless the compounding is annual.
    #[must_use]
    pub fn annual(self) -> Decimal {
        self.annual
    }

    /// How the rate compounds.
    #[must_use]
    pub fn compounding(self) -> Compounding {
        self.compounding
    }

    /// The effective annual rate, a fraction.
    ///
    /// # Errors
    /// `result.too_large`.
    pub fn effective(self) -> Result<f64> {
        self.converted(Compounding::Annual)
    }

    /// The annual rate of the same growth under another convention, a fraction.
    ///
    /// # Errors
    /// `result.too_large`.
    pub fn converted(self, to: Compounding) -> Result<f64> {
        self.compounding.convert(gate::to_f64(self.annual), to)
    }

    /// The factor by which one unit grows in `years`.
    ///
    /// # Errors
    /// Those of [`Compounding::growth_factor`].
    pub fn growth_factor(self, years: f64) -> Result<f64> {
        self.compounding.growth_factor(gate::to_f64(self.annual), years)
    }

    /// The present value of one unit due in `years`.
    ///
    /// # Errors
    /// Those of [`Compounding::growth_factor`].
    pub fn discount_factor(self, years: f64) -> Result<f64> {
        self.growth_factor(-years)
    }

    /// The factor by which one unit grows from `start` to `end` by a day count.
    ///
    /// # Errors
    /// Those of [`Compounding::growth_factor`].
    pub fn growth_between(self, start: Date, end: Date, day_count: DayCount) -> Result<f64> {
        self.growth_factor(day_count.year_fraction(start, end))
    }
}
