//! The ledger of one path.

use super::{
    RetirementAccountYear, RetirementDebtYear, RetirementItemYear, RetirementPathInput, RetirementPathResult,
    RetirementPersonYear, RetirementPropertyYear, RetirementTaxYear, RetirementYearRow,
    compiled::CompiledPlan,
    engine::{AccountYear, YearRecord},
    outcomes::replay,
    summary::summary_of,
};
use wherewithal_base::{Error, ErrorCode, Result, control::Control, error::At as _};

/// Replays one path of a plan, year by year, with the same numbers, to the bit, as in [`run`](crate::run()).
///
/// ```
/// # use wherewithal_retirement::wherewithal;
/// use wherewithal::{market::{AssetClass, InflationModel, MarketModel, ReturnConvention, Sampling}, retirement::{self, RetirementAccount, RetirementAllocation, RetirementMortality, RetirementPathInput, RetirementPerson, RetirementPlan, RetirementSpending, SpendingPolicy, SpendingRule, RetirementTaxTreatment}};
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
/// let ledger = retirement::path(&RetirementPathInput { plan, path: 17 })?;
/// assert_eq!(ledger.rows.len(), 30);
/// assert_eq!(ledger.rows[0].accounts[0].withdrawal, 40_000.0);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan`, and `index.out_of_range`.
pub fn path(input: &RetirementPathInput) -> Result<RetirementPathResult> {
    path_under(input, &Control::default())
}

/// [`path`], which `control` can stop.
///
/// # Errors
/// Those of [`path`], and `operation.cancelled`.
pub fn path_under(input: &RetirementPathInput, control: &Control<'_>) -> Result<RetirementPathResult> {
    let plan = CompiledPlan::new(&input.plan, control).at("plan")?;
    let path = plan.path(input.path)?;
    let mut rows = Vec::with_capacity(plan.years);
    let outcome = replay(&plan, path, |record| rows.push(row(&plan, record)));
    let is_finite = |row: &RetirementYearRow| row.closing.is_finite() && row.taxes.total.is_finite();
    if !rows.iter().all(is_finite) {
        let message = "an amount grows too large to be represented";
        return Err(Error::new(ErrorCode::ResultTooLarge, message));
    }
    Ok(RetirementPathResult { summary: summary_of(&plan, path, &outcome), rows })
}

#[expect(clippy::indexing_slicing, reason = "the year and the people are those of the plan")]
fn row(plan: &CompiledPlan, record: &YearRecord) -> RetirementYearRow {
    let year = record.year;
    let name_of = |person: usize| plan.people[person].name.as_str();
    RetirementYearRow {
        year: plan.first_year + year as u32,
        price_level: record.price_level,
        people: plan
            .people
            .iter()
            .zip(&record.alive)
            .map(|(person, alive)| RetirementPersonYear {
                name: person.name.clone(),
                age: person.age + year as u32,
                alive: *alive,
            })
            .collect(),
        accounts: plan
            .accounts
            .iter()
            .zip(&record.accounts)
            .map(|(account, row)| account_row(&account.name, row))
            .collect(),
        incomes: items(plan.incomes.iter().map(|income| income.name.as_str()), &record.incomes),
        social_security: items(plan.people.iter().map(|person| person.name.as_str()), &record.benefits),
        lump_sums: items(plan.lump_sums.iter().map(|sum| sum.name.as_str()), &record.lump_sums),
        expenses: items(plan.expenses.iter().map(|expense| expense.name.as_str()), &record.expenses),
        education: items(plan.education.iter().map(|education| education.name.as_str()), &record.education),
        long_term_care: items(plan.care.iter().map(|care| name_of(care.person)), &record.care),
        debts: plan
            .debts
            .iter()
            .zip(&record.debts)
            .map(|(debt, payment)| RetirementDebtYear {
                name: debt.name.clone(),
                payment: *payment,
                balance: debt.owed_after(year),
            })
            .collect(),
        properties: properties(plan, record),
        total_income: record.income,
        total_due: record.due,
        contributions: record.saved,
        taxes: taxes(record),
        spending: record.planned_spending,
        real_spending: record.planned_spending / record.price_level,
        triggers: record.triggers.list(),
        shortfall: record.shortfall,
        surplus: record.surplus,
        tax_settlement: record.tax_settlement,
        closing: record.closing(),
        real_closing: record.closing() / record.closing_price_level,
    }
}

fn items<'a>(names: impl Iterator<Item = &'a str>, amounts: &[f64]) -> Vec<RetirementItemYear> {
    names
        .zip(amounts)
        .map(|(name, amount)| RetirementItemYear { name: name.to_owned(), amount: *amount })
        .collect()
}

fn account_row(name: &str, row: &AccountYear) -> RetirementAccountYear {
    RetirementAccountYear {
        name: name.to_owned(),
        opening: row.opening,
        contribution: row.contribution,
        employer_contribution: row.employer,
        conversion_in: row.conversion_in,
        deposit: row.deposit,
        required_distribution: row.required_distribution,
        conversion_out: row.conversion_out,
        health: row.health,
        withdrawal: row.withdrawal,
        growth: row.growth,
        closing: row.closing,
    }
}

fn properties(plan: &CompiledPlan, record: &YearRecord) -> Vec<RetirementPropertyYear> {
    let amounts = record.property_values.iter().zip(&record.property_costs).zip(&record.sales);
    let row = |(property, ((value, cost), sale)): (&super::compiled::Property, ((&f64, &f64), &f64))| {
        RetirementPropertyYear {
            name: property.name.clone(),
            value: *value,
            cost: *cost,
            sale: *sale,
            closing: property.closing.at(record.year, record.closing_price_level),
        }
    };
    plan.properties.iter().zip(amounts).map(row).collect()
}

fn taxes(record: &YearRecord) -> RetirementTaxYear {
    RetirementTaxYear {
        ordinary_income: record.taxable.ordinary,
        long_term_gains: record.taxable.long_term_gains,
        social_security: record.taxable.social_security,
        ordinary: record.taxes.ordinary,
        gains: record.taxes.long_term_gains,
        state: record.taxes.state,
        penalty: record.taxes.penalty,
        total: record.taxes.total(),
    }
}
