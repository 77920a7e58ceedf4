//! The flows of an account that neither recur nor are planned: their mean and their spread by week.

use std::collections::{BTreeMap, BTreeSet};

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

/// What an account had in the past beside payments that are expected.
#[derive(Default)]
pub(super) struct Past<'f> {
    /// The day of the account's first flow of all.
    pub(super) first: Option<Date>,
    pub(super) flows: Vec<Other<'f>>,
}

/// A flow of the past.
pub(super) struct Other<'f> {
    pub(super) date: Date,
    pub(super) amount: Decimal,
    pub(super) transaction: &'f str,
    /// The account at the other end of a transfer, where both ends are found and neither is in a debt; of a conversion the same one.
    pub(super) moved: Option<&'f str>,
}

impl Past<'_> {
    /// The number of whole weeks that end on a day, as far as the past goes; 0 if they are too few.
    fn weeks(&self, as_of: Date, most: u32) -> u32 {
        let past = self.first.map_or(0, |first| first.days_until(as_of).unsigned_abs() + 1);
        Some((past / WEEK).min(most)).filter(|weeks| *weeks >= MIN_WEEKS).unwrap_or(0)
    }

    /// The flows of the weeks, without money that was moved to an own account or from it just once: nothing says that it will be again.
    fn regular(&self, as_of: Date, weeks: u32) -> impl Iterator<Item = (usize, Decimal)> {
        let week_of = move |one: &Other<'_>| one.date.days_until(as_of).unsigned_abs() / WEEK;
        let mut moves: BTreeMap<(&str, bool), BTreeSet<&str>> = BTreeMap::new();
        for one in self.flows.iter().filter(|one| week_of(one) < weeks) {
            if let Some(account) = one.moved {
                moves.entry((account, one.amount.is_negative())).or_default().insert(one.transaction);
            }
        }
        let is_single = move |one: &Other<'_>| {
            let key = one.moved.map(|account| (account, one.amount.is_negative()));
            key.and_then(|key| moves.get(&key)).is_some_and(|alike| alike.len() == 1)
        };
        (self.flows.iter())
            .filter(move |one| week_of(one) < weeks && !is_single(one))
            .map(move |one| (week_of(one) as usize, one.amount))
    }
}

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
    /// The flows of the whole weeks that end on a day, as far as the account's past goes.
    pub(super) fn of(past: &Past<'_>, as_of: Date, most: u32, currency: Currency) -> Result<Self> {
        let places = currency.decimal_places().unwrap_or(0);
        let weeks = past.weeks(as_of, most);
        if weeks == 0 {
            return Ok(Self { weeks: 0, total: Decimal::ZERO, deviation: 0.0, places });
        }
        let mut sums = vec![Decimal::ZERO; weeks as usize];
        for (ago, amount) in past.regular(as_of, weeks) {
            if let Some(sum) = sums.get_mut(ago) {
                *sum = sum.plus(amount)?;
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
