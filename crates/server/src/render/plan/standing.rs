//! Where the household stands: assets, liabilities and debts.

use wherewithal::{
    dates::Date,
    num::{Decimal, gate},
    plan::{Plan, PlanDebt},
};

use crate::render::{
    money::{exact_percent, percent, whole},
    table::{Align, Column, Row, Table, Value},
};

/// Assets by category, with the share of each.
pub(super) fn assets(plan: &Plan) -> Table {
    let money = |amount| whole(amount, plan.currency.code());
    let statement = &plan.net_worth;
    let mut rows: Vec<Row> = statement
        .categories
        .iter()
        .filter(|category| category.total != Decimal::ZERO)
        .map(|category| {
            let share = category.share.map_or(0.0, gate::to_f64);
            Row::new(vec![
                category.name.as_str().into(),
                money(category.total).into(),
                percent(share).into(),
                Value::Share(share),
            ])
        })
        .collect();
    let total = money(statement.total_assets);
    rows.push(Row::total(vec!["Total assets".into(), total.into(), "".into(), "".into()]));
    Table {
        caption: "What you own".to_owned(),
        columns: vec![
            Column::new("Assets", Align::Left),
            Column::new("Value", Align::Right),
            Column::new("Share", Align::Right),
            Column::new("", Align::Bar),
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
        .map(|kind| Row::new(vec![kind.name.as_str().into(), money(kind.total).into()]))
        .collect();
    rows.push(Row::total(vec!["Total liabilities".into(), money(statement.total_liabilities).into()]));
    rows.push(Row::total(vec!["Net worth".into(), money(statement.net_worth).into()]));
    Table {
        caption: "What you owe".to_owned(),
        columns: vec![Column::new("Liabilities", Align::Left), Column::new("Balance", Align::Right)],
        rows,
    }
}

/// The remaining payments of each debt.
pub(super) fn debts(plan: &Plan) -> Table {
    let never = || Value::from("not repaid");
    let rows = plan
        .debts
        .iter()
        .map(|debt| {
            let money = |amount: Decimal| Value::from(whole(amount, debt.currency.code()));
            // A debt without a monthly payment is repaid as a whole when the plan starts.
            let (monthly, paid_off, interest) = match debt.monthly_payment {
                None => {
                    let year = plan.retirement_plan.first_year.to_string();
                    (Value::from("at once"), year.into(), money(Decimal::ZERO))
                }
                Some(payment) => (
                    money(payment),
                    debt.payoff_date.map_or_else(never, |date| paid_off(debt, date).into()),
                    debt.remaining_interest.map_or_else(|| Value::from("no end"), money),
                ),
            };
            Row::new(vec![
                debt.name.as_str().into(),
                money(debt.balance),
                exact_percent(debt.annual_rate).into(),
                monthly,
                paid_off,
                interest,
            ])
        })
        .collect();
    Table {
        caption: "How your debts end".to_owned(),
        columns: vec![
            Column::new("Debt", Align::Left),
            Column::new("Balance", Align::Right),
            Column::new("Rate", Align::Right),
            Column::new("Monthly", Align::Right),
            Column::new("Paid off", Align::Right),
            Column::new("Interest left", Align::Right),
        ],
        rows,
    }
}

/// The month of the last payment, or the year of the sale that repays a debt; the moments say what is sold.
fn paid_off(debt: &PlanDebt, date: Date) -> String {
    match &debt.repaid_by {
        Some(_) => format!("{} (sale)", date.year()),
        None => format!("{}-{:02}", date.year(), date.month()),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};

    fn last_cells(plan: &Plan) -> Vec<String> {
        let table = debts(plan);
        let cell = |value: &Value| match value {
            Value::Text(text) => text.clone(),
            Value::Share(share) => share.to_string(),
        };
        table.rows[0].values.iter().skip(3).map(cell).collect()
    }

    #[test]
    fn a_debt_that_is_due_at_once_ends_with_the_start_of_the_plan() {
        let mut plan = sample();
        assert!(last_cells(&plan).iter().all(|cell| cell.chars().any(|one| one.is_ascii_digit())));
        let debt = plan.debts.first_mut().expect("a debt");
        (debt.payoff_date, debt.remaining_interest) = (None, None);
        assert_eq!(last_cells(&plan)[1..], ["not repaid", "no end"]);
        let sale = plan.debts.first_mut().expect("a debt");
        (sale.payoff_date, sale.repaid_by) =
            (wherewithal::dates::date(2031, 1, 1).ok(), Some("Home".to_owned()));
        assert_eq!(last_cells(&plan)[1], "2031 (sale)");
        plan.debts.first_mut().expect("a debt").monthly_payment = None;
        let nothing = whole(Decimal::ZERO, plan.debts[0].currency.code());
        assert_eq!(
            last_cells(&plan),
            ["at once".to_owned(), plan.retirement_plan.first_year.to_string(), nothing]
        );
    }
}
