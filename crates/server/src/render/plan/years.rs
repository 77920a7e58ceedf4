//! The years ahead, in today's money.

use wherewithal::{
    plan::Plan,
    retirement::{RetirementTaxTreatment, RetirementYearMeans},
};

use super::{
    moments::is_marked,
    people::{age_of_first, ages, heading},
};
use crate::render::{
    svg::{
        frame::Tick,
        stack::{Series, Stack},
    },
    table::{Align, Column, Row, Table, Value},
};

/// How an amount is written.
pub(super) type Money = fn(f64, &str) -> String;

/// An amount of each year.
type OfYear<'a> = Box<dyn Fn(&RetirementYearMeans) -> f64 + 'a>;

/// Whether a year is in the short tables: the first five, then every fifth, the last, and those in which something
/// happens.
pub(super) fn is_shown(plan: &Plan, year: u32) -> bool {
    let number = year.saturating_sub(plan.retirement_plan.first_year) + 1;
    let is_last = super::outlook::last_year(plan) == Some(year);
    number <= 5 || number.is_multiple_of(5) || is_last || is_marked(plan, year)
}

/// The income, and the withdrawals from each account.
pub(super) fn received(plan: &Plan, keep: impl Fn(u32) -> bool, money: Money) -> Table {
    let mut columns: Vec<(String, OfYear<'_>)> = vec![
        ("Income".to_owned(), Box::new(|year| year.income)),
        ("Social Security".to_owned(), Box::new(|year| year.social_security)),
    ];
    for (index, account) in plan.retirement_plan.accounts.iter().enumerate() {
        columns.push((account.name.clone(), Box::new(move |year| withdrawn(year, index))));
    }
    let mut columns = used(plan, columns);
    columns.push(("Total".to_owned(), Box::new(all_received)));
    table("Where the money comes from", plan, keep, money, &columns)
}

/// The same with withdrawals by tax treatment, which is narrower.
pub(super) fn received_by_treatment(plan: &Plan, keep: impl Fn(u32) -> bool, money: Money) -> Table {
    let mut columns: Vec<(String, OfYear<'_>)> = vec![
        ("Income".to_owned(), Box::new(|year| year.income)),
        ("Social Security".to_owned(), Box::new(|year| year.social_security)),
    ];
    for treatment in Treatment::ALL {
        columns.push((treatment.short().to_owned(), Box::new(move |year| treatment.withdrawn(plan, year))));
    }
    let mut columns = used(plan, columns);
    columns.push(("Total".to_owned(), Box::new(all_received)));
    table("Where the money comes from", plan, keep, money, &columns)
}

/// What is paid and saved.
pub(super) fn paid(plan: &Plan, keep: impl Fn(u32) -> bool, money: Money) -> Table {
    let columns: Vec<(String, OfYear<'_>)> = vec![
        ("Living".to_owned(), Box::new(|year| year.spending)),
        ("Debts".to_owned(), Box::new(|year| year.debt_payments)),
        ("Other bills".to_owned(), Box::new(|year| year.due - year.debt_payments)),
        ("Taxes".to_owned(), Box::new(|year| year.taxes)),
        ("Saved".to_owned(), Box::new(|year| year.contributions + year.surplus)),
        ("By employers".to_owned(), Box::new(|year| year.employer_contributions)),
        ("Unpaid".to_owned(), Box::new(|year| year.shortfall)),
    ];
    table("What it pays for", plan, keep, money, &used(plan, columns))
}

/// Taxes by kind.
pub(super) fn taxes(plan: &Plan, keep: impl Fn(u32) -> bool, money: Money) -> Table {
    let columns: Vec<(String, OfYear<'_>)> = vec![
        ("On income".to_owned(), Box::new(|year| year.ordinary_tax)),
        ("On gains".to_owned(), Box::new(|year| year.gains_tax)),
        ("State".to_owned(), Box::new(|year| year.state_tax)),
        ("Penalty".to_owned(), Box::new(|year| year.penalty)),
        ("Settled".to_owned(), Box::new(|year| year.tax_settlement)),
    ];
    let mut columns = used(plan, columns);
    columns.push(("All taxes".to_owned(), Box::new(|year| year.taxes)));
    table("Taxes by kind", plan, keep, money, &columns)
}

/// What is owned and owed at the end of each year.
pub(super) fn worth(plan: &Plan, keep: impl Fn(u32) -> bool, money: Money) -> Table {
    let columns: Vec<(String, OfYear<'_>)> = vec![
        ("Accounts".to_owned(), Box::new(|year| year.balance)),
        ("Property".to_owned(), Box::new(|year| year.property_value)),
        ("Debts".to_owned(), Box::new(|year| year.debts_owed)),
    ];
    let mut columns = used(plan, columns);
    columns.push(("Net worth".to_owned(), Box::new(|year| year.net_worth)));
    table("What you own and owe at the end of each year", plan, keep, money, &columns)
}

/// The main amounts of a year in one row.
pub(super) fn overview(plan: &Plan, keep: impl Fn(u32) -> bool, money: Money) -> Table {
    let columns: Vec<(String, OfYear<'_>)> = vec![
        ("Income".to_owned(), Box::new(|year| year.income)),
        ("Social Security".to_owned(), Box::new(|year| year.social_security)),
        ("Withdrawn".to_owned(), Box::new(all_withdrawn)),
        ("Living".to_owned(), Box::new(|year| year.spending)),
        ("Debts and bills".to_owned(), Box::new(|year| year.due)),
        ("Taxes".to_owned(), Box::new(|year| year.taxes)),
        ("Accounts".to_owned(), Box::new(|year| year.balance)),
        ("Owed".to_owned(), Box::new(|year| year.debts_owed)),
        ("Net worth".to_owned(), Box::new(|year| year.net_worth)),
    ];
    table("The years at a glance, in today's money", plan, keep, money, &used(plan, columns))
}

/// The money that comes, stacked, and what is spent of it.
pub(super) fn received_chart(plan: &Plan) -> Stack {
    let mut series = vec![
        series(plan, "Income", "income", |year| year.income),
        series(plan, "Social Security", "social", |year| year.social_security),
    ];
    for treatment in Treatment::ALL {
        series.push(self::series(plan, treatment.long(), treatment.class(), |year| {
            treatment.withdrawn(plan, year)
        }));
    }
    let paid = |year: &RetirementYearMeans| year.spending + year.due + year.taxes - unpaid_bills(year);
    stack(plan, series, self::series(plan, "Living, debts, bills and taxes", "line paid", paid))
}

/// What is owned above zero, what is owed below it, and net worth.
pub(super) fn worth_chart(plan: &Plan) -> Stack {
    let all = vec![
        series(plan, "Accounts", "accounts", |year| year.balance),
        series(plan, "Property", "property", |year| year.property_value),
        series(plan, "Debts", "debts", |year| -year.debts_owed),
    ];
    stack(plan, all, series(plan, "Net worth", "line worth", |year| year.net_worth))
}

/// Whether lives are drawn, so that the means of late years are over some of the futures only.
pub(super) fn are_lives_drawn(plan: &Plan) -> bool {
    plan.result.years.iter().any(|year| year.running < 1.0)
}

fn stack(plan: &Plan, mut series: Vec<Series>, line: Series) -> Stack {
    series.retain(|series| series.values.iter().any(|value| *value != 0.0));
    let ticks = plan
        .result
        .years_real
        .iter()
        .map(|year| Tick { year: year.year, age: age_of_first(plan, year.year) });
    Stack { currency: plan.currency.code().to_owned(), ticks: ticks.collect(), series, line }
}

fn series(plan: &Plan, name: &str, class: &'static str, of: impl Fn(&RetirementYearMeans) -> f64) -> Series {
    Series { name: name.to_owned(), class, values: plan.result.years_real.iter().map(of).collect() }
}

fn table(
    caption: &str,
    plan: &Plan,
    keep: impl Fn(u32) -> bool,
    money: Money,
    columns: &[(String, OfYear<'_>)],
) -> Table {
    let rows = plan.result.years_real.iter().filter(|year| keep(year.year)).map(|year| {
        let mut values: Vec<Value> = vec![label(plan, year.year).into(), ages(plan, year.year).into()];
        values.extend(columns.iter().map(|(_, of)| Value::from(amount(of(year), money, plan))));
        Row::new(values)
    });
    let mut headings = vec![Column::new("Year", Align::Word), Column::new(heading(plan), Align::Word)];
    headings.extend(columns.iter().map(|(name, _)| Column::new(name, Align::Right)));
    Table { caption: caption.to_owned(), columns: headings, rows: rows.collect() }
}

/// A year, with the months that the plan counts of it if these are not all.
fn label(plan: &Plan, year: u32) -> String {
    let retirement = &plan.retirement_plan;
    match retirement.first_year_months {
        months if months < 12 && year == retirement.first_year => format!("{year} ({months} mo)"),
        _ => year.to_string(),
    }
}

/// An amount; a dash for nothing, so that tables with many zeros can be read.
fn amount(amount: f64, money: Money, plan: &Plan) -> String {
    if amount.abs() < 0.5 { "–".to_owned() } else { money(amount, plan.currency.code()) }
}

/// The columns with an amount in any year.
fn used<'a>(plan: &Plan, columns: Vec<(String, OfYear<'a>)>) -> Vec<(String, OfYear<'a>)> {
    let is_used = |of: &OfYear<'_>| plan.result.years_real.iter().any(|year| of(year).abs() >= 0.5);
    columns.into_iter().filter(|(_, of)| is_used(of)).collect()
}

fn withdrawn(year: &RetirementYearMeans, account: usize) -> f64 {
    year.withdrawals.get(account).map_or(0.0, |withdrawal| withdrawal.amount)
}

fn all_received(year: &RetirementYearMeans) -> f64 {
    year.income + year.social_security + all_withdrawn(year)
}

fn all_withdrawn(year: &RetirementYearMeans) -> f64 {
    year.withdrawals.iter().map(|withdrawal| withdrawal.amount).sum()
}

/// The part of a shortfall that living expenses, of which only what is paid is counted, do not contain: what comes, less
/// what is paid and saved.
fn unpaid_bills(year: &RetirementYearMeans) -> f64 {
    (year.spending + year.due + year.taxes + year.contributions + year.surplus - all_received(year)).max(0.0)
}

/// Accounts of one tax treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Treatment {
    Cash,
    Taxable,
    Traditional,
    Roth,
    HealthSavings,
}

impl Treatment {
    const ALL: [Self; 5] = [Self::Cash, Self::Taxable, Self::Traditional, Self::Roth, Self::HealthSavings];

    fn of(treatment: &RetirementTaxTreatment) -> Self {
        match treatment {
            RetirementTaxTreatment::Cash { .. } => Self::Cash,
            RetirementTaxTreatment::Taxable { .. } => Self::Taxable,
            RetirementTaxTreatment::Traditional => Self::Traditional,
            RetirementTaxTreatment::Roth => Self::Roth,
            RetirementTaxTreatment::HealthSavings => Self::HealthSavings,
        }
    }

    fn short(self) -> &'static str {
        match self {
            Self::Cash => "From cash",
            Self::Taxable => "Taxable",
            Self::Traditional => "Pre-tax",
            Self::Roth => "Tax-free",
            Self::HealthSavings => "Health",
        }
    }

    fn long(self) -> &'static str {
        match self {
            Self::Cash => "From cash",
            Self::Taxable => "From taxable accounts",
            Self::Traditional => "From pre-tax accounts",
            Self::Roth => "From tax-free accounts",
            Self::HealthSavings => "From health savings",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Taxable => "taxable",
            Self::Traditional => "traditional",
            Self::Roth => "roth",
            Self::HealthSavings => "health",
        }
    }

    /// The money that the household receives from accounts of this treatment.
    fn withdrawn(self, plan: &Plan, year: &RetirementYearMeans) -> f64 {
        let accounts = plan.retirement_plan.accounts.iter().zip(&year.withdrawals);
        accounts
            .filter(|(account, _)| Self::of(&account.treatment) == self)
            .map(|(_, withdrawal)| withdrawal.amount)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};
    use crate::render::money::rounded;

    #[test]
    fn tables_of_all_years_have_a_row_for_each() {
        let plan = sample();
        let count = plan.result.years.len();
        assert!(count > 30);
        for table in [
            received(&plan, |_| true, rounded),
            received_by_treatment(&plan, |_| true, rounded),
            paid(&plan, |_| true, rounded),
            taxes(&plan, |_| true, rounded),
            worth(&plan, |_| true, rounded),
        ] {
            assert_eq!(table.rows.len(), count, "{}", table.caption);
            assert!(table.rows.iter().all(|row| row.values.len() == table.columns.len()));
        }
        for stack in [received_chart(&plan), worth_chart(&plan)] {
            assert_eq!(stack.ticks.len(), count);
            assert!(stack.series.iter().all(|series| series.values.len() == count));
        }
    }

    #[test]
    fn the_short_tables_show_every_year_in_which_something_happens() {
        let plan = sample();
        for event in &plan.events {
            assert!(is_shown(&plan, event.year), "{event:?}");
        }
        assert!(plan.result.years.iter().any(|year| !is_shown(&plan, year.year)));
    }

    #[test]
    fn withdrawals_by_treatment_are_those_of_the_accounts() {
        let plan = sample();
        for year in &plan.result.years_real {
            let by_treatment: f64 =
                Treatment::ALL.iter().map(|treatment| treatment.withdrawn(&plan, year)).sum();
            let by_account: f64 = year.withdrawals.iter().map(|withdrawal| withdrawal.amount).sum();
            assert!((by_treatment - by_account).abs() <= 1e-6 * (1.0 + by_account), "{}", year.year);
        }
    }
}
