//! A policy along given returns.

use super::{
    SpendingPathInput, SpendingPathResult, SpendingPathRow, SpendingPathYear, compiled::CompiledSpending,
    state::SpendingYear,
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_math::is_covered;

/// Applies a spending policy to given returns and inflation, year by year.
///
/// In each year, the policy decides the spending from the portfolio and from the previous year. It is paid at the start
/// of the year, as far as the portfolio and other income suffice; the rest of the portfolio earns the year's return.
///
/// ```
/// # use wherewithal_retirement::wherewithal;
/// use wherewithal::retirement::{self, SpendingPathInput, SpendingPathYear, SpendingPolicy, SpendingRule, SpendingTrigger};
///
/// let year = |portfolio_return: f64| SpendingPathYear {
///     portfolio_return, inflation: 0.03, other_income: 0.0, cape: None,
/// };
/// let path = retirement::spending_path(&SpendingPathInput {
///     policy: SpendingPolicy::of(SpendingRule::DynamicSpending { rate: 0.05, ceiling: 0.05, floor: 0.025 }),
///     initial_portfolio: 1_000_000.0,
///     first_age: 65,
///     years: vec![year(-0.2), year(0.1)],
/// })?;
/// // A fifth less would be too hard: real spending falls by 2.5 %.
/// assert_eq!(path.years[1].triggers, [SpendingTrigger::Floor]);
/// assert!((path.years[1].real_spending - 50_000.0 * 0.975).abs() < 1e-9);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, the codes of invalid values and `result.too_large`, each with its path.
pub fn spending_path(input: &SpendingPathInput) -> Result<SpendingPathResult> {
    let years = checked_years(&input.years)?;
    let has_cape = input.years.iter().all(|year| year.cape.is_some());
    let policy = CompiledSpending::new(&input.policy, has_cape).at("policy")?;
    let mut portfolio = limits::amount(input.initial_portfolio).at("initialPortfolio")?;
    let first_age = limits::age(input.first_age, 0, limits::MAX_TABLE_AGE).at("firstAge")?;
    // A rule without such a rate does not use these values.
    let incomes = income_values(&input.years, policy.income_discount_rate().unwrap_or(0.0));
    let mut rows: Vec<SpendingPathRow> = Vec::with_capacity(input.years.len());
    let mut state = None;
    let (mut price_level, mut inflation, mut portfolio_return) = (1.0, 0.0, 0.0);
    for ((number, given), real_income) in (0..).zip(&input.years).zip(incomes) {
        let year = SpendingYear {
            year: number,
            years_left: years - number,
            age: first_age + number,
            portfolio,
            price_level,
            inflation,
            portfolio_return,
            other_income: given.other_income,
            other_income_value: real_income * price_level,
            cape: given.cape,
        };
        let state = state.get_or_insert_with(|| policy.start(&year));
        let decision = policy.decide(state, &year);
        let available = portfolio + given.other_income;
        let (spending, withdrawal) = if decision.spending >= available {
            (available, portfolio)
        } else {
            (decision.spending, decision.spending - given.other_income)
        };
        let end = (portfolio - withdrawal).max(0.0) * (1.0 + given.portfolio_return);
        let row = SpendingPathRow {
            year: number + 1,
            age: year.age,
            price_level,
            portfolio_start: portfolio,
            other_income: given.other_income,
            spending,
            real_spending: spending / price_level,
            shortfall: if is_covered(available, decision.spending) {
                0.0
            } else {
                decision.spending - spending
            },
            withdrawal,
            withdrawal_rate: (portfolio > 0.0).then(|| withdrawal / portfolio),
            triggers: decision.triggers.list(),
            portfolio_end: end,
        };
        require_finite(&row)?;
        rows.push(row);
        portfolio = end;
        price_level *= 1.0 + given.inflation;
        (inflation, portfolio_return) = (given.inflation, given.portfolio_return);
    }
    let real = || rows.iter().map(|row| row.real_spending);
    Ok(SpendingPathResult {
        final_portfolio: portfolio,
        depletion_year: rows.iter().find(|row| row.shortfall > 0.0).map(|row| row.year),
        total_real_spending: real().sum(),
        lowest_real_spending: real().fold(f64::INFINITY, f64::min),
        highest_real_spending: real().fold(0.0, f64::max),
        years: rows,
    })
}

/// Validates the years and returns their number.
fn checked_years(years: &[SpendingPathYear]) -> Result<u32> {
    let count = check::length(years.len(), 1..=limits::MAX_SPENDING_YEARS as usize).at("years")? as u32;
    for (index, year) in years.iter().enumerate() {
        checked_year(year).at_index("years", index)?;
    }
    Ok(count)
}

fn checked_year(year: &SpendingPathYear) -> Result<()> {
    check::rate(year.portfolio_return, -1.0..=10.0).at("portfolioReturn")?;
    check::growth(year.inflation).at("inflation")?;
    limits::amount(year.other_income).at("otherIncome")?;
    year.cape.map_or(Ok(()), |ratio| limits::cape(ratio).map(|_| ()))
}

/// For each year, the value of other income from then on, in the money of the first year, discounted to that year at a
/// real rate.
fn income_values(years: &[SpendingPathYear], real_rate: f64) -> Vec<f64> {
    let mut price_levels = Vec::with_capacity(years.len());
    let mut price_level = 1.0;
    for year in years {
        price_levels.push(price_level);
        price_level *= 1.0 + year.inflation;
    }
    let mut value = 0.0;
    let mut values: Vec<f64> = years
        .iter()
        .zip(&price_levels)
        .rev()
        .map(|(year, price_level)| {
            value = year.other_income / price_level + value / (1.0 + real_rate);
            value
        })
        .collect();
    values.reverse();
    values
}

fn require_finite(row: &SpendingPathRow) -> Result<()> {
    if [row.spending, row.real_spending, row.shortfall, row.portfolio_end].into_iter().all(f64::is_finite) {
        return Ok(());
    }
    let message = format!("an amount of year {} grows too large to be represented", row.year);
    Err(Error::new(ErrorCode::ResultTooLarge, message).at("years"))
}
