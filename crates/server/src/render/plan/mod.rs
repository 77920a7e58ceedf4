//! The plan of a household: texts and tables of both the terminal and the page.

pub(crate) mod html;
pub(crate) mod terminal;

use wherewithal::{
    num::{Decimal, gate},
    plan::Plan,
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

/// The years selected by `keep`, in today's money; `money` formats an amount.
pub(super) fn years(plan: &Plan, keep: impl Fn(usize) -> bool, money: impl Fn(f64, &str) -> String) -> Table {
    let money = |amount: f64| Value::from(money(amount, plan.currency.code()));
    let rows = plan
        .years
        .iter()
        .enumerate()
        .filter(|(index, _)| keep(*index))
        .map(|(_, year)| {
            let means = &year.means;
            let withdrawn = means.withdrawals.iter().map(|withdrawal| withdrawal.amount).sum();
            plain(vec![
                year.year.to_string().into(),
                year.ages.iter().map(u32::to_string).collect::<Vec<_>>().join("/").into(),
                money(means.income),
                money(means.social_security),
                money(withdrawn),
                money(means.spending),
                money(means.due),
                money(means.taxes),
                money(means.balance),
            ])
        })
        .collect();
    Table {
        columns: vec![
            Column("Year", Align::Word),
            Column("Age", Align::Right),
            Column("Income", Align::Right),
            Column("Benefits", Align::Right),
            Column("Taken out", Align::Right),
            Column("Spending", Align::Right),
            Column("Due", Align::Right),
            Column("Taxes", Align::Right),
            Column("Balance", Align::Right),
        ],
        rows,
    }
}

/// Whether a year is in the short table: the first five, then every fifth.
pub(super) fn is_shown(index: usize) -> bool {
    index < 5 || (index + 1).is_multiple_of(5)
}

/// The balances of all accounts in today's money.
pub(super) fn fan(plan: &Plan) -> Fan {
    let rows = &plan.result.fan;
    let first_fan_year = rows.first().map(|row| row.year);
    let percentiles =
        rows.iter().take_while(|row| Some(row.year) == first_fan_year).map(|row| row.percentile).collect();
    let first_year = plan.retirement_plan.first_year;
    let born = plan.retirement_plan.people.iter().map(|person| person.birth_year).max();
    let columns = rows
        .chunk_by(|one, next| one.year == next.year)
        .filter_map(|rows| {
            let row = rows.first()?;
            let year = first_year + row.year;
            Some(FanColumn {
                month: row.year * 12,
                year: year.cast_signed(),
                age: born.map(|born| year - born),
                values: rows.iter().filter_map(|row| row.real).collect(),
            })
        })
        .collect();
    Fan { currency: plan.currency.code().to_owned(), percentiles, columns }
}

/// The last calendar year of the plan.
pub(super) fn last_year(plan: &Plan) -> u32 {
    plan.years.last().map_or(plan.retirement_plan.first_year, |year| year.year)
}

/// The balances at the end, in today's money and nominal.
pub(super) fn outcome(plan: &Plan) -> Table {
    let result = &plan.result;
    let rows = result
        .terminal_real
        .percentiles
        .iter()
        .zip(&result.terminal_nominal.percentiles)
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
    let success = plan.result.success;
    format!("{} ± {}", percent(success.probability), percent(success.standard_error))
}

/// The definition of success.
pub(super) fn meaning(plan: &Plan) -> String {
    let success = plan.result.success;
    format!(
        "of {} simulated paths pay for everything until {}; ± is one standard error of the simulation, and the \
         95 % interval is {} to {}",
        grouped(&plan.result.paths.to_string()),
        last_year(plan),
        percent(success.wilson_lower),
        percent(success.wilson_upper),
    )
}

/// What the plan rests on, each with what to write instead.
pub(super) fn assumptions(plan: &Plan) -> Table {
    let rows = plan
        .assumptions
        .iter()
        .map(|each| {
            plain(vec![
                each.field.as_str().into(),
                each.assumed.as_str().into(),
                each.instead.as_str().into(),
            ])
        })
        .collect();
    Table {
        columns: vec![
            Column("Field", Align::Left),
            Column("Assumed", Align::Left),
            Column("Instead", Align::Left),
        ],
        rows,
    }
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
