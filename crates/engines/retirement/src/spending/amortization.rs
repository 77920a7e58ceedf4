//! Payments that use up the portfolio over the remaining years.

use super::state::SpendingYear;
use crate::limits;
use wherewithal_base::{Result, check, error::At as _};

/// For each number of years from 0 to 200, the value at the start of the first year of one unit at the start of each
/// year, if each year multiplies the value of a payment by `ratio`: `1 + ratio + ratio² + …`.
pub(super) fn annuity_factors(ratio: f64) -> Vec<f64> {
    let mut factors = vec![0.0];
    let mut factor = 0.0;
    for _ in 0..limits::MAX_SPENDING_YEARS {
        factor = 1.0 + ratio * factor;
        factors.push(factor);
    }
    factors
}

/// The factor of a number of years, clamped to 1 to 200.
#[expect(clippy::indexing_slicing, reason = "there are factors for as many years")]
pub(super) fn factor_of(factors: &[f64], years: u32) -> f64 {
    factors[years.clamp(1, limits::MAX_SPENDING_YEARS) as usize]
}

/// Variable percentage withdrawal.
#[derive(Debug, Clone)]
pub(super) struct VariablePercentage {
    last_age: u32,
    factors: Vec<f64>,
}

impl VariablePercentage {
    pub(super) fn new(stock_share: f64, stock_growth: f64, bond_growth: f64, last_age: u32) -> Result<Self> {
        let share = check::fraction(stock_share).at("stockShare")?;
        let stocks = limits::rate_above(stock_growth, -1.0, 1.0).at("stockGrowth")?;
        let bonds = limits::rate_above(bond_growth, -1.0, 1.0).at("bondGrowth")?;
        let growth = share * stocks + (1.0 - share) * bonds;
        Ok(Self {
            last_age: limits::age(last_age, 1, limits::MAX_TABLE_AGE).at("lastAge")?,
            factors: annuity_factors(1.0 / (1.0 + growth)),
        })
    }

    pub(super) fn amount(&self, year: &SpendingYear) -> f64 {
        year.portfolio / factor_of(&self.factors, (self.last_age + 1).saturating_sub(year.age))
    }
}

/// Amortization of portfolio and other income.
#[derive(Debug, Clone)]
pub(super) struct Amortization {
    real_return: f64,
    legacy: f64,
    /// For each number of remaining years, the present value of spending that begins with 1 and is tilted.
    factors: Vec<f64>,
    /// For each number of remaining years, the present value of 1 after them.
    discounts: Vec<f64>,
}

impl Amortization {
    pub(super) fn new(expected_real_return: f64, spending_tilt: f64, legacy: f64) -> Result<Self> {
        let real_return = limits::rate_above(expected_real_return, -1.0, 1.0).at("expectedRealReturn")?;
        let tilt = limits::rate_above(spending_tilt, -1.0, 1.0).at("spendingTilt")?;
        let legacy = limits::amount(legacy).at("legacy")?;
        let discount = 1.0 / (1.0 + real_return);
        let discounts = std::iter::successors(Some(1.0), |value| Some(value * discount));
        Ok(Self {
            real_return,
            legacy,
            factors: annuity_factors((1.0 + tilt) * discount),
            discounts: discounts.take(limits::MAX_SPENDING_YEARS as usize + 1).collect(),
        })
    }

    pub(super) fn real_return(&self) -> f64 {
        self.real_return
    }

    pub(super) fn amount(&self, year: &SpendingYear) -> f64 {
        let legacy = self.legacy * year.price_level * factor_of(&self.discounts, year.years_left);
        let funds = year.portfolio + year.other_income_value - legacy;
        let payment = funds.max(0.0) / factor_of(&self.factors, year.years_left);
        // Future income cannot be spent yet.
        payment.min(year.portfolio + year.other_income)
    }
}
