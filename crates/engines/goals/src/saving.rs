//! Savings month by month, in whole minor units.

use super::{
    ContributionFrequency, ContributionTerms, GoalAssumptions,
    amounts::{MAX_MINOR_UNITS, scaled, too_large},
};
use wherewithal_base::{Result, check, error::At as _, num::Rounding};
use wherewithal_math::{exp, exp_m1, ln_1p, pow};
use wherewithal_simulation::FlowTiming;

/// The remaining months of a plan.
///
/// In each month come the contribution at its start, the interest, and the contribution at its end. Interest is the
/// balance times the monthly rate, rounded half to even to the minor unit.
#[derive(Debug, Clone)]
pub(super) struct Saving {
    /// The balance before the first month.
    pub(super) start: i64,
    /// The number of months of the plan that have passed.
    pub(super) elapsed: u32,
    /// The last month of the plan.
    pub(super) months: u32,
    /// The base year: the year of the plan, counted from 0, whose contribution the methods take as their argument.
    base_year: u32,
    /// The growth of one month, after the fee.
    pub(super) monthly_rate: f64,
    pub(super) terms: ContributionTerms,
}

/// One month of a plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct SavingMonth {
    /// The month of the plan, counted from 1.
    pub(super) month: u32,
    pub(super) contribution: i64,
    pub(super) interest: i64,
    pub(super) balance: i64,
}

impl Saving {
    pub(super) fn new(
        start: i64,
        months: u32,
        assumptions: &GoalAssumptions,
        terms: ContributionTerms,
    ) -> Result<Self> {
        check::growth(terms.annual_growth).at("annualGrowth").at("contributionTerms")?;
        let monthly_rate = monthly_rate(assumptions.mean_return(), assumptions.annual_fee);
        Ok(Self { start, elapsed: 0, months, base_year: 0, monthly_rate, terms })
    }

    /// The same plan, continued from another balance after some months.
    pub(super) fn continued(&self, start: i64, elapsed: u32) -> Self {
        Self { start, elapsed, ..self.clone() }
    }

    /// The same plan with another last month.
    pub(super) fn ending(&self, months: u32) -> Self {
        Self { months, ..self.clone() }
    }

    /// The year of the plan, counted from 0, of the first remaining month.
    pub(super) fn first_year(&self) -> u32 {
        self.elapsed / 12
    }

    /// The same months, with their own first year as the base year.
    pub(super) fn based_on_first_year(&self) -> Self {
        Self { base_year: self.first_year(), ..self.clone() }
    }

    /// The contribution in a year of the plan, given that of the base year.
    pub(super) fn contribution_in(&self, amount: i64, year: u32) -> Result<i64> {
        let years = year.saturating_sub(self.base_year);
        if years == 0 || self.terms.annual_growth == 0.0 {
            return Ok(amount);
        }
        scaled(amount, pow(1.0 + self.terms.annual_growth, f64::from(years)), Rounding::HalfEven)
    }

    /// Whether a contribution is made in a month of the plan.
    pub(super) fn pays_in(&self, month: u32) -> bool {
        match (self.terms.frequency, self.terms.timing) {
            (ContributionFrequency::Monthly, _) => true,
            (ContributionFrequency::Yearly, FlowTiming::Start) => month % 12 == 1,
            (ContributionFrequency::Yearly, FlowTiming::End) => month.is_multiple_of(12),
        }
    }

    /// Walks through the months with a contribution of `amount` in the base year, and returns the final balance.
    pub(super) fn walk(&self, amount: i64, mut visit: impl FnMut(SavingMonth)) -> Result<i64> {
        self.walk_until(amount, |month| {
            visit(month);
            Ok(false)
        })
    }

    /// Walks until `visit` says that it has seen enough, and returns the balance of that month.
    pub(super) fn walk_until(
        &self,
        amount: i64,
        mut visit: impl FnMut(SavingMonth) -> Result<bool>,
    ) -> Result<i64> {
        let mut balance = self.start;
        let mut contribution = self.contribution_in(amount, self.first_year())?;
        for month in self.elapsed + 1..=self.months {
            if month % 12 == 1 {
                contribution = self.contribution_in(amount, (month - 1) / 12)?;
            }
            let paid = if self.pays_in(month) { contribution } else { 0 };
            let (before, after) = match self.terms.timing {
                FlowTiming::Start => (paid, 0),
                FlowTiming::End => (0, paid),
            };
            balance = within(balance + before)?;
            let interest = interest(balance, self.monthly_rate)?;
            balance = within(balance + interest + after)?;
            if visit(SavingMonth { month, contribution: paid, interest, balance })? {
                break;
            }
        }
        Ok(balance)
    }

    /// The final balance.
    pub(super) fn end(&self, amount: i64) -> Result<i64> {
        self.walk(amount, |_| {})
    }

    /// The sum of all contributions.
    pub(super) fn contributed(&self, amount: i64) -> Result<i64> {
        let mut sum = 0;
        self.walk(amount, |month| sum += month.contribution)?;
        Ok(sum)
    }

    /// The least contribution with which the final balance is at least `target`; `None` if 10^15 minor units are not
    /// enough. A larger contribution never ends lower, because rounding preserves the order of amounts.
    pub(super) fn least_contribution(&self, target: i64) -> Result<Option<i64>> {
        // A balance that overflows is above every target; the last line checks that the answer itself does not
        // overflow.
        let Some(amount) = least(|amount| self.end(amount).map_or(true, |end| end >= target)) else {
            return Ok(None);
        };
        Ok((self.end(amount)? >= target).then_some(amount))
    }
}

/// The least whole number from 0 to 10^15 that `is_enough`; so must be every larger number.
pub(super) fn least(mut is_enough: impl FnMut(i64) -> bool) -> Option<i64> {
    if is_enough(0) {
        return Some(0);
    }
    let (mut below, mut enough) = (0, 1);
    while !is_enough(enough) {
        if enough >= MAX_MINOR_UNITS {
            return None;
        }
        (below, enough) = (enough, (enough * 4).min(MAX_MINOR_UNITS));
    }
    while enough - below > 1 {
        let middle = below + (enough - below) / 2;
        if is_enough(middle) {
            enough = middle;
        } else {
            below = middle;
        }
    }
    Some(enough)
}

/// The growth of one month at an effective annual return, after a fee.
pub(super) fn monthly_rate(annual_return: f64, annual_fee: f64) -> f64 {
    exp_m1((ln_1p(annual_return) + ln_1p(-annual_fee)) / 12.0)
}

/// The interest of a month.
pub(super) fn interest(balance: i64, rate: f64) -> Result<i64> {
    scaled(balance, rate, Rounding::HalfEven)
}

/// An amount after some months of inflation.
pub(super) fn risen(amount: i64, inflation: f64, months: u32) -> Result<i64> {
    scaled(amount, exp(ln_1p(inflation) * (f64::from(months) / 12.0)), Rounding::HalfEven)
}

pub(super) fn within(balance: i64) -> Result<i64> {
    if balance <= MAX_MINOR_UNITS { Ok(balance) } else { Err(too_large()) }
}
