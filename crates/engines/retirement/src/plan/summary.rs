//! Computes the result from the outcomes of the paths.

use super::{
    RetirementPathSummary, RetirementPlan, RetirementPropertyValue, RetirementResult, RetirementShortfall,
    RetirementSuccess, RetirementWithdrawal, RetirementYearMeans,
    compiled::CompiledPlan,
    outcomes::{Outcomes, PathNumber, simulate, work},
    sequence::sequence_of_returns,
    year_sums::{AmountSums, YearAmount, YearSums},
};
use wherewithal_base::{Error, ErrorCode, Result, control::Control, order};
use wherewithal_math::is_covered;
use wherewithal_math::proportion::Proportion;
use wherewithal_math::{
    parallel::{self, Tally},
    quantile::quantiles,
};
use wherewithal_simulation::{
    Distribution, FanRow,
    internal::{self, mean_and_deviation},
};

/// Simulates a household's plan along many paths.
///
/// The result is the same, to the bit, on every machine and at any number of threads.
///
/// ```
/// # use wherewithal_retirement::wherewithal;
/// use wherewithal::{control::Control, market::{AssetClass, InflationModel, MarketModel, ReturnConvention, Sampling}, retirement::{self, RetirementAccount, RetirementAllocation, RetirementMortality, RetirementPerson, RetirementPlan, RetirementSpending, SpendingPolicy, SpendingRule, RetirementTaxTreatment}};
///
/// let ana = RetirementPerson {
///     name: "Ana".to_owned(),
///     birth_year: 1961,
///     retirement_age: 65,
///     mortality: RetirementMortality::FixedAge { age: 94 },
/// };
/// let account = RetirementAccount {
///     name: "Roth".to_owned(),
///     owner: None,
///     balance: 1_000_000.0,
///     treatment: RetirementTaxTreatment::Roth,
///     allocation: None,
///     accessible_from: None,
/// };
/// let spending = SpendingPolicy::of(SpendingRule::ConstantReal { annual_spending: 40_000.0 });
/// let market = MarketModel::Lognormal {
///     asset_classes: vec![AssetClass {
///         name: "portfolio".to_owned(),
///         expected_return: 0.06,
///         volatility: 0.1,
///         return_convention: ReturnConvention::Arithmetic,
///         annual_fee: 0.0,
///     }],
///     inflation: InflationModel { expected: 0.025, ..InflationModel::default() },
///     correlations: Vec::new(),
///     sampling: Sampling::Random,
/// };
/// let allocation = RetirementAllocation::Fixed { weights: vec![1.0] };
/// let plan =
///     RetirementPlan::new(2026, vec![ana], vec![account], allocation, RetirementSpending::of(spending), market);
/// let result = retirement::run(&plan, &Control::default())?;
/// assert!(result.success.probability > 0.7 && result.success.probability < 0.9);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// The codes of invalid values, `number.not_finite` and `result.too_large`, each
/// with its path; `operation.cancelled`.
#[expect(clippy::indexing_slicing, reason = "there is at least one path, and each has a rank")]
pub fn run(plan: &RetirementPlan, control: &Control<'_>) -> Result<RetirementResult> {
    let plan = CompiledPlan::new(plan, control)?;
    let tally = Tally::new(control, work(&plan) + plan.years as u64);
    let outcomes = simulate(&plan, &tally)?;
    let fan = fan(&plan, &outcomes, &tally)?;
    let columns = Columns::new(&plan, &outcomes);
    let success = Proportion::new(columns.successes.iter().filter(|success| **success).count(), plan.paths);
    let share = |holds: &dyn Fn(usize) -> bool| {
        Proportion::new((0..plan.paths).filter(|path| holds(*path)).count(), plan.paths).probability()
    };
    let ranked = columns.ranked();
    let ranked_path = |place: usize| columns.summary(&plan, ranked[place]);
    Ok(RetirementResult {
        success: success.into(),
        all_spending_probability: share(&|path| columns.pays(path, RetirementSuccess::AllSpending)),
        essential_spending_probability: share(&|path| {
            columns.pays(path, RetirementSuccess::EssentialSpending)
        }),
        bequest_probability: plan.bequest.map(|_| share(&|path| columns.leaves_bequest(&plan, path))),
        years: years(&plan, &outcomes, |sums| &sums.nominal),
        years_real: years(&plan, &outcomes, |sums| &sums.real),
        terminal_nominal: distribution(&plan, &columns.terminal)?,
        terminal_real: distribution(&plan, &columns.terminal_real)?,
        lifetime_spending: distribution(&plan, &columns.lifetime_spending)?,
        shortfall: shortfall(&plan, &columns)?,
        sequence_of_returns: sequence_of_returns(
            outcomes.column(PathNumber::EarlyReturn),
            &columns.terminal_real,
            &columns.successes,
        )?,
        worst_path: ranked_path(0),
        median_path: ranked_path((plan.paths - 1) / 2),
        best_path: ranked_path(plan.paths - 1),
        fan,
        correlation_repairs: plan.market.correlation_repairs().to_vec(),
        paths: plan.paths as u64,
        seed: plan.seed,
    })
}

/// The stored numbers of the paths, column by column.
pub(super) struct Columns {
    pub(super) terminal: Vec<f64>,
    pub(super) terminal_real: Vec<f64>,
    price_level: Vec<f64>,
    years: Vec<f64>,
    first_short_year: Vec<f64>,
    lifetime_spending: Vec<f64>,
    pub(super) shortfall: Vec<f64>,
    years_short: Vec<f64>,
    years_short_of_essentials: Vec<f64>,
    pub(super) successes: Vec<bool>,
}

impl Columns {
    pub(super) fn new(plan: &CompiledPlan, outcomes: &Outcomes) -> Self {
        let mut columns = Self {
            terminal: outcomes.column(PathNumber::Terminal),
            terminal_real: outcomes.column(PathNumber::TerminalReal),
            price_level: outcomes.column(PathNumber::PriceLevel),
            years: outcomes.column(PathNumber::Years),
            first_short_year: outcomes.column(PathNumber::FirstShortYear),
            lifetime_spending: outcomes.column(PathNumber::LifetimeSpending),
            shortfall: outcomes.column(PathNumber::Shortfall),
            years_short: outcomes.column(PathNumber::YearsShort),
            years_short_of_essentials: outcomes.column(PathNumber::YearsShortOfEssentials),
            successes: Vec::new(),
        };
        columns.successes = (0..plan.paths)
            .map(|path| columns.pays(path, plan.success) && columns.leaves_bequest(plan, path))
            .collect();
        columns
    }

    fn pays(&self, path: usize, what: RetirementSuccess) -> bool {
        let years = match what {
            RetirementSuccess::AllSpending => &self.years_short,
            RetirementSuccess::EssentialSpending => &self.years_short_of_essentials,
        };
        at(years, path) == 0.0
    }

    fn leaves_bequest(&self, plan: &CompiledPlan, path: usize) -> bool {
        plan.bequest.is_none_or(|bequest| {
            let index = if bequest.inflation_linked { at(&self.price_level, path) } else { 1.0 };
            is_covered(at(&self.terminal, path), bequest.amount * index)
        })
    }

    /// The paths from the worst to the best: by the final balance in today's money, minus the shortfall.
    fn ranked(&self) -> Vec<usize> {
        let score = |path: usize| at(&self.terminal_real, path) - at(&self.shortfall, path);
        order::sorted_places(self.terminal.len(), &|left, right| score(left).total_cmp(&score(right)))
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "the path is one of the plan, each of which has succeeded or not"
    )]
    fn summary(&self, plan: &CompiledPlan, path: usize) -> RetirementPathSummary {
        let short = at(&self.first_short_year, path);
        RetirementPathSummary {
            path: path as u64,
            success: self.successes[path],
            years: at(&self.years, path) as u32,
            terminal_nominal: at(&self.terminal, path),
            terminal_real: at(&self.terminal_real, path),
            lifetime_spending: at(&self.lifetime_spending, path),
            shortfall: at(&self.shortfall, path),
            years_short: at(&self.years_short, path) as u32,
            depletion_year: (!short.is_nan()).then(|| plan.first_year + short as u32),
        }
    }
}

#[expect(clippy::indexing_slicing, reason = "a column has a number for every path")]
fn at(column: &[f64], path: usize) -> f64 {
    column[path]
}

fn fan(plan: &CompiledPlan, outcomes: &Outcomes, tally: &Tally<'_>) -> Result<Vec<FanRow>> {
    let opening: f64 = plan.accounts.iter().map(|account| account.balance).sum();
    let start = plan.percentiles.iter().map(|percentile| FanRow {
        year: 0,
        percentile: *percentile,
        nominal: Some(opening),
        real: Some(opening),
    });
    let probabilities = probabilities(plan);
    let years = parallel::map(plan.years, tally, |year| {
        let quantiles_of = |values: Vec<f64>| {
            if values.is_empty() {
                Ok(Vec::new())
            } else {
                quantiles(&values, &probabilities).map_err(too_large)
            }
        };
        let nominal = quantiles_of(outcomes.balances(year))?;
        let real = quantiles_of(outcomes.real_balances(year))?;
        let rows = plan.percentiles.iter().zip(nominal).zip(real);
        let row = |((percentile, nominal), real): ((&f64, f64), f64)| FanRow {
            year: year as u32 + 1,
            percentile: *percentile,
            nominal: Some(nominal),
            real: Some(real),
        };
        Ok(rows.map(row).collect::<Vec<_>>())
    })?;
    Ok(start.chain(years.into_iter().flatten()).collect())
}

/// The means of each year in which a path is running.
fn years(
    plan: &CompiledPlan,
    outcomes: &Outcomes,
    money: impl Fn(&YearSums) -> &AmountSums,
) -> Vec<RetirementYearMeans> {
    let running = outcomes.sums.iter().take_while(|sums| sums.running > 0);
    running.enumerate().map(|(year, sums)| means(plan, year, sums.running, money(sums))).collect()
}

fn means(plan: &CompiledPlan, year: usize, running: usize, sums: &AmountSums) -> RetirementYearMeans {
    let count = running as f64;
    let mean = |amount: YearAmount| sums.of(amount) / count;
    let withdrawal = |(account, sum): (&super::compiled::Account, &f64)| RetirementWithdrawal {
        account: account.name.clone(),
        amount: sum / count,
    };
    let property = |(property, sum): (&super::compiled::Property, &f64)| RetirementPropertyValue {
        property: property.name.clone(),
        value: sum / count,
    };
    let [ordinary_tax, gains_tax, state_tax, penalty, tax_settlement] = [
        YearAmount::OrdinaryTax,
        YearAmount::GainsTax,
        YearAmount::StateTax,
        YearAmount::Penalty,
        YearAmount::TaxSettlement,
    ]
    .map(mean);
    let [balance, debts_owed, property_value] =
        [YearAmount::Balance, YearAmount::DebtsOwed, YearAmount::PropertyValue].map(mean);
    RetirementYearMeans {
        year: plan.first_year + year as u32,
        running: count / plan.paths as f64,
        income: mean(YearAmount::Income),
        social_security: mean(YearAmount::SocialSecurity),
        withdrawals: plan.accounts.iter().zip(&sums.withdrawals).map(withdrawal).collect(),
        due: mean(YearAmount::Due),
        debt_payments: mean(YearAmount::DebtPayments),
        contributions: mean(YearAmount::Contributions),
        employer_contributions: mean(YearAmount::EmployerContributions),
        taxes: ordinary_tax + gains_tax + state_tax + penalty + tax_settlement,
        ordinary_tax,
        gains_tax,
        state_tax,
        penalty,
        tax_settlement,
        spending: mean(YearAmount::Spending),
        shortfall: mean(YearAmount::Shortfall),
        surplus: mean(YearAmount::Surplus),
        balance,
        debts_owed,
        property_value,
        properties: plan.properties.iter().zip(&sums.property_values).map(property).collect(),
        net_worth: balance + property_value - debts_owed,
    }
}

fn shortfall(plan: &CompiledPlan, columns: &Columns) -> Result<RetirementShortfall> {
    let short: Vec<usize> = (0..plan.paths).filter(|path| at(&columns.years_short, *path) > 0.0).collect();
    let first_age = plan.age(0, 0);
    let over = |number: &dyn Fn(usize) -> f64| {
        let values: Vec<f64> = short.iter().map(|path| number(*path)).collect();
        if values.is_empty() { Ok(None) } else { distribution(plan, &values).map(Some) }
    };
    let (expected, _) = mean_and_deviation(&columns.shortfall);
    Ok(RetirementShortfall {
        share: Proportion::new(short.len(), plan.paths).probability(),
        expected,
        amount: over(&|path| at(&columns.shortfall, path))?,
        years_short: over(&|path| at(&columns.years_short, path))?,
        depletion_age: over(&|path| f64::from(first_age) + at(&columns.first_short_year, path))?,
    })
}

fn distribution(plan: &CompiledPlan, values: &[f64]) -> Result<Distribution> {
    internal::distribution(values, &plan.percentiles).ok_or_else(|| too_large(()))
}

fn probabilities(plan: &CompiledPlan) -> Vec<f64> {
    plan.percentiles.iter().map(|percentile| percentile / 100.0).collect()
}

fn too_large<E>(_: E) -> Error {
    Error::new(
        ErrorCode::ResultTooLarge,
        "an amount grows too large to be represented; check the size of returns, amounts and the number of years",
    )
}

/// The summary of one path that was run alone.
pub(super) fn summary_of(
    plan: &CompiledPlan,
    path: u64,
    outcome: &super::engine::PathOutcome,
) -> RetirementPathSummary {
    let number = |number: PathNumber| vec![number.of(outcome)];
    let mut columns = Columns {
        terminal: number(PathNumber::Terminal),
        terminal_real: number(PathNumber::TerminalReal),
        price_level: number(PathNumber::PriceLevel),
        years: number(PathNumber::Years),
        first_short_year: number(PathNumber::FirstShortYear),
        lifetime_spending: number(PathNumber::LifetimeSpending),
        shortfall: number(PathNumber::Shortfall),
        years_short: number(PathNumber::YearsShort),
        years_short_of_essentials: number(PathNumber::YearsShortOfEssentials),
        successes: Vec::new(),
    };
    columns.successes = vec![columns.pays(0, plan.success) && columns.leaves_bequest(plan, 0)];
    RetirementPathSummary { path, ..columns.summary(plan, 0) }
}
