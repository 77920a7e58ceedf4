//! Compounding conventions.

use crate::elementary;
use crate::{Error, ErrorCode, Result, check, error::At as _, wire::Wire};

/// How often the interest of an annual rate is added to the principal.
///
/// With n periods a year, a nominal annual rate r makes one unit grow to (1 + r/n)^(n t) in t years. The effective
/// annual rate is the growth of one year, so an effective rate is a rate with `annual` compounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Wire)]
pub enum Compounding {
    /// Once a year: the rate is the effective annual rate.
    #[default]
    Annual,
    /// Twice a year.
    Semiannual,
    /// 4 times a year.
    Quarterly,
    /// 12 times a year.
    Monthly,
    /// 24 times a year.
    Semimonthly,
    /// 26 times a year.
    Biweekly,
    /// 52 times a year.
    Weekly,
    /// 365 times a year.
    Daily,
    /// Continuously: one unit grows to e^(r t).
    Continuous,
    /// Never: one unit grows to 1 + r t.
    Simple,
}

impl Compounding {
    /// Every convention.
    pub const ALL: [Self; 10] = [
        Self::Annual,
        Self::Semiannual,
        Self::Quarterly,
        Self::Monthly,
        Self::Semimonthly,
        Self::Biweekly,
        Self::Weekly,
        Self::Daily,
        Self::Continuous,
        Self::Simple,
    ];

    /// The number of times a year that interest is added; `None` for continuous and simple interest.
    #[must_use]
    pub fn periods_per_year(self) -> Option<u32> {
        match self {
            Self::Annual => Some(1),
            Self::Semiannual => Some(2),
            Self::Quarterly => Some(4),
            Self::Monthly => Some(12),
            Self::Semimonthly => Some(24),
            Self::Biweekly => Some(26),
            Self::Weekly => Some(52),
            Self::Daily => Some(365),
            Self::Continuous | Self::Simple => None,
        }
    }

    /// The factor by which one unit grows in `years` at the annual rate `rate`, a fraction. Negative years go back
    /// in time, so the factor is then a discount factor.
    ///
    /// Simple interest over negative years is discounted by 1 / (1 + r |t|).
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// use wherewithal::rates::Compounding;
    ///
    /// assert_eq!(Compounding::Annual.growth_factor(0.05, 0.0)?, 1.0);
    /// assert_eq!(Compounding::Simple.growth_factor(0.05, 2.0)?, 1.1);
    /// assert_eq!(Compounding::Simple.growth_factor(0.05, -2.0)?, 1.0 / 1.1);
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `number.not_finite`; `rate.out_of_range` if one period would leave nothing or less; `result.too_large`. The path
    /// is `rate` or `years`.
    pub fn growth_factor(self, rate: f64, years: f64) -> Result<f64> {
        check::finite(years).at("years")?;
        let factor = if self == Self::Simple {
            check::finite(rate).at("rate")?;
            let growth = 1.0 + rate * years.abs();
            if growth <= 0.0 {
                return Err(out_of_range(rate, -1.0 / years.abs()).at("rate"));
            }
            if years < 0.0 { 1.0 / growth } else { growth }
        } else {
            // By way of the continuous rate: a power of `1 + r/n` would amplify the rounding of that sum.
            elementary::exp(self.to_continuous(rate)? * years)
        };
        check::result(factor)
    }

    /// The rate of the same growth in a year under another convention. Both are annual rates as fractions. With the
    /// same convention, the rate is unchanged to the last bit.
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// use wherewithal::rates::Compounding;
    ///
    /// let effective = Compounding::Monthly.convert(0.12, Compounding::Annual)?;
    /// assert_eq!((effective * 1e6).round() / 1e6, 0.126825);
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`growth_factor`](Self::growth_factor).
    pub fn convert(self, rate: f64, to: Self) -> Result<f64> {
        let continuous = self.to_continuous(rate)?;
        // After the validation, and without arithmetic: logarithm and exponential would change the last bit.
        if self == to {
            return Ok(rate);
        }
        check::result(match to.periods() {
            Some(periods) => periods * elementary::exp_m1(continuous / periods),
            None => continuous,
        })
    }

    /// The continuous rate of the same growth in a year.
    fn to_continuous(self, rate: f64) -> Result<f64> {
        check::finite(rate).at("rate")?;
        let Some(periods) = self.periods() else { return Ok(rate) };
        if rate <= -periods {
            return Err(out_of_range(rate, -periods).at("rate"));
        }
        Ok(periods * elementary::ln_1p(rate / periods))
    }

    /// The number of compounding periods in a year; simple interest is compared over one year.
    fn periods(self) -> Option<f64> {
        match self {
            Self::Simple => Some(1.0),
            _ => self.periods_per_year().map(f64::from),
        }
    }
}

fn out_of_range(rate: f64, limit: f64) -> Error {
    Error::new(
        ErrorCode::RateOutOfRange,
        format!("an annual rate of {rate} would leave nothing after one period; it must be above {limit}"),
    )
}
