//! The plan of a household: texts and tables of both the terminal and the page.

pub(crate) mod html;
pub(crate) mod terminal;

use wherewithal::{
    num::{Decimal, gate},
    plan::{Plan, PlanCashFlowYear},
};

use super::{
    fan::{Fan, FanColumn},
    money::{grouped, percent, whole},
    table::{Align, Column, Row, Table, Value},
};

/// Assets by category, with the share of each.
pub(super) fn assets(plan: &Plan) -> Table {
    let money = |amount| whole(amount, plan.currency.code());
    let statement = &plan.net_worth;
    let mut rows: Vec<Row> = statement
        .categories
        .iter()
        .filter(|category| category.count > 0)
        .map(|category| {
            let share = category.share.map_or(0.0, gate::to_f64);
            plain(vec![
                category.name.as_str().into(),
                money(category.total).into(),
                percent(share).into(),
                Value::Share(share),
            ])
        })
        .collect();
    rows.push(total(vec!["Total assets".into(), money(statement.total_assets).into(), "".into(), "".into()]));
    Table {
        columns: vec![
            Column("Assets", Align::Left),
            Column("Value", Align::Right),
            Column("Share", Align::Right),
            Column("", Align::Bar),
        ],
        rows,
    }
}

/// Liabilities by kind.
pub(super) fn liabilities(plan: &Plan) -> Table {
    let money = |amount| whole(amount, plan.currency.code());
    let statement = &plan.net_worth;
    let mut rows: Vec<Row> = statement
        .liability_totals
        .iter()
        .map(|kind| plain(vec![kind.name.as_str().into(), money(kind.total).into()]))
        .collect();
    rows.push(total(vec!["Total liabilities".into(), money(statement.total_liabilities).into()]));
    rows.push(total(vec!["Net worth".into(), money(statement.net_worth).into()]));
    Table { columns: vec![Column("Liabilities", Align::Left), Column("Balance", Align::Right)], rows }
}

/// The remaining payments of each debt.
pub(super) fn debts(plan: &Plan) -> Table {
    let unknown = || Value::from("not known");
    let rows = plan
        .debts
        .iter()
        .map(|debt| {
            let money = |amount: Decimal| Value::from(whole(amount, debt.currency.code()));
            plain(vec![
                debt.name.as_str().into(),
                money(debt.balance),
                percent_of(debt.annual_rate).into(),
                debt.monthly_payment.map_or_else(unknown, money),
                debt.payoff_date.map_or_else(unknown, |date| date.to_string().into()),
                debt.remaining_interest.map_or_else(unknown, money),
            ])
        })
        .collect();
    Table {
        columns: vec![
            Column("Debt", Align::Left),
            Column("Balance", Align::Right),
            Column("Rate", Align::Right),
            Column("Monthly", Align::Right),
            Column("Paid off", Align::Right),
            Column("Interest left", Align::Right),
        ],
        rows,
    }
}

/// The cash flow of the years selected by `keep`; `money` formats an amount.
pub(super) fn cash_flow(
    plan: &Plan,
    keep: impl Fn(&PlanCashFlowYear) -> bool,
    money: impl Fn(Decimal, &str) -> String,
) -> Table {
    let money = |amount: Decimal| Value::from(money(amount, plan.currency.code()));
    let rows = plan
        .cash_flow
        .iter()
        .filter(|year| keep(year))
        .map(|year| {
            plain(vec![
                format!("{}-{:02}", year.start.year(), year.start.month()).into(),
                year.age.map_or(String::new(), |age| age.to_string()).into(),
                money(year.income),
                money(year.employer_contributions),
                money(year.taxes),
                money(year.expenses),
                money(year.debt_payments),
                money(year.goals),
                money(year.net),
            ])
        })
        .collect();
    Table {
        columns: vec![
            Column("From", Align::Word),
            Column("Age", Align::Right),
            Column("Income", Align::Right),
            Column("Employer", Align::Right),
            Column("Taxes", Align::Right),
            Column("Expenses", Align::Right),
            Column("Debts", Align::Right),
            Column("Goals", Align::Right),
            Column("Net", Align::Right),
        ],
        rows,
    }
}

/// Whether a year of the cash flow is in the short table: the first five, then every fifth.
pub(super) fn is_shown(year: &PlanCashFlowYear) -> bool {
    year.year <= 5 || year.year.is_multiple_of(5)
}

/// The balances of all accounts in today's money.
pub(super) fn fan(plan: &Plan) -> Fan {
    let rows = &plan.projection.fan;
    let first_month = rows.first().map(|row| row.month);
    let percentiles =
        rows.iter().take_while(|row| Some(row.month) == first_month).map(|row| row.percentile).collect();
    let columns = rows
        .chunk_by(|one, next| one.month == next.month)
        .filter_map(|rows| {
            let row = rows.first()?;
            Some(FanColumn {
                month: row.month,
                year: row.date.year(),
                age: row.age,
                values: rows.iter().map(|row| row.real).collect(),
            })
        })
        .collect();
    Fan { currency: plan.currency.code().to_owned(), percentiles, columns }
}

/// The balances at the end, in today's money and nominal.
pub(super) fn outcome(plan: &Plan) -> Table {
    let projection = &plan.projection;
    let rows = projection
        .terminal_real
        .percentiles
        .iter()
        .zip(&projection.terminal_nominal.percentiles)
        .map(|(real, nominal)| {
            plain(vec![
                format!("{} %", real.percentile).into(),
                super::money::short(real.value, plan.currency.code()).into(),
                super::money::short(nominal.value, plan.currency.code()).into(),
            ])
        })
        .collect();
    Table {
        columns: vec![
            Column("Paths that end at or below", Align::Left),
            Column("In today's money", Align::Right),
            Column("Nominal", Align::Right),
        ],
        rows,
    }
}

/// The probability of success with its standard error.
pub(super) fn probability(plan: &Plan) -> String {
    let success = plan.projection.success;
    format!("{} ± {}", percent(success.probability), percent(success.standard_error))
}

/// The definition of success.
pub(super) fn meaning(plan: &Plan) -> String {
    let projection = &plan.projection;
    let age =
        projection.fan.last().and_then(|row| row.age).map_or(String::new(), |age| format!(", age {age}"));
    format!(
        "of {} simulated paths pay for everything until {}{age}; ± is one standard error of the simulation, and the \
         95 % interval is {} to {}",
        grouped(&projection.paths.to_string()),
        projection.end.year(),
        percent(projection.success.wilson_lower),
        percent(projection.success.wilson_upper),
    )
}

/// The assumptions of the projection.
pub(super) fn assumptions(plan: &Plan) -> Table {
    let rows = plan
        .assumptions
        .iter()
        .map(|each| {
            plain(vec![
                each.name.as_str().into(),
                each.value.to_string().into(),
                each.unit.as_str().into(),
                each.source.as_str().into(),
            ])
        })
        .collect();
    Table {
        columns: vec![
            Column("Assumption", Align::Left),
            Column("Value", Align::Right),
            Column("Unit", Align::Left),
            Column("From", Align::Left),
        ],
        rows,
    }
}

/// The decisions made in the calculation, each with its item.
pub(super) fn notes(plan: &Plan) -> impl Iterator<Item = String> {
    plan.notes.iter().map(|note| {
        if note.source.is_empty() { note.text.clone() } else { format!("{}: {}", note.source, note.text) }
    })
}

fn percent_of(rate: Decimal) -> String {
    // Exact decimals: a multiplication by 100 in floating point could change a rate like 0.0650.
    let hundred = Decimal::from(100_i64);
    rate.times(hundred).map_or_else(|_| rate.to_string(), |percent| format!("{} %", percent.normalized()))
}

fn plain(values: Vec<Value>) -> Row {
    Row { values, total: false }
}

fn total(values: Vec<Value>) -> Row {
    Row { values, total: true }
}
