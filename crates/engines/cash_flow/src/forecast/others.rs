//! The flows of an account that neither recur nor are planned: their mean and their spread by week.

use wherewithal_base::{
    Result,
    dates::Date,
    money::Currency,
    num::{Decimal, Rounding, gate},
};
use wherewithal_math::{self as math, normal};

/// The fewest weeks from which a spread is estimated.
const MIN_WEEKS: u32 = 4;
/// The days of a week.
const WEEK: u32 = 7;

/// The other flows of the past weeks.
pub(super) struct Others {
    /// The number of weeks; 0 if they are too few.
    pub(super) weeks: u32,
    total: Decimal,
    /// The standard deviation of the weeks.
    pub(super) deviation: f64,
    places: u32,
}

impl Others {
    /// The flows of the whole weeks that end on a day, as far as the account's past goes. `flows` have a day and an amount,
    /// and `first` is the day of the account's first flow of all.
    pub(super) fn of(
        flows: &[(Date, Decimal)],
        first: Option<Date>,
        as_of: Date,
        most: u32,
        currency: Currency,
    ) -> Result<Self> {
        let places = currency.decimal_places().unwrap_or(0);
        let past = first.map_or(0, |first| first.days_until(as_of).unsigned_abs() + 1);
        let weeks = (past / WEEK).min(most);
        if weeks < MIN_WEEKS {
            return Ok(Self { weeks: 0, total: Decimal::ZERO, deviation: 0.0, places });
        }
        let mut sums = vec![Decimal::ZERO; weeks as usize];
        for (date, amount) in flows {
            let ago = date.days_until(as_of).unsigned_abs() / WEEK;
            if let Some(sum) = sums.get_mut(ago as usize) {
                *sum = sum.plus(*amount)?;
            }
        }
        let total = Decimal::sum(sums.iter().copied())?;
        Ok(Self { weeks, total, deviation: deviation(&sums), places })
    }

    /// The mean of a week, rounded half to even.
    pub(super) fn weekly_mean(&self) -> Result<Option<Decimal>> {
        if self.weeks == 0 {
            return Ok(None);
        }
        let mean = self.total.divided_by(Decimal::from(self.weeks))?;
        Ok(Some(mean.round(self.places, Rounding::HalfEven)))
    }

    /// What is expected within some days, rounded half to even.
    pub(super) fn expected(&self, days: u32) -> Result<Decimal> {
        if self.weeks == 0 {
            return Decimal::new(0, self.places);
        }
        // Multiplied first, so that the quotient is rounded once.
        let product = self.total.times(Decimal::from(days))?;
        let mean = product.divided_by(Decimal::from(WEEK * self.weeks))?;
        Ok(mean.round(self.places, Rounding::HalfEven))
    }

    /// Half the width of the band after some days, rounded half to even; `None` without a spread.
    pub(super) fn half_width(&self, days: u32, level: f64) -> Result<Option<Decimal>> {
        if self.weeks == 0 {
            return Ok(None);
        }
        let quantile = normal::inverse_cumulative((1.0 + level) / 2.0)?;
        let width = quantile * self.deviation * (f64::from(days) / f64::from(WEEK)).sqrt();
        gate::to_decimal(width, self.places, Rounding::HalfEven).map(Some)
    }
}

/// The standard deviation with the divisor of a sample, in two passes.
fn deviation(sums: &[Decimal]) -> f64 {
    let values = || sums.iter().map(|sum| gate::to_f64(*sum));
    let count = sums.len() as f64;
    let mean = math::sum(values()) / count;
    let squares = math::sum(values().map(|value| (value - mean) * (value - mean)));
    (squares / (count - 1.0)).sqrt()
}
