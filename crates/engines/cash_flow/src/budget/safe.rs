//! What can be spent until the next income.

use super::{
    input::{BudgetInput, MAX_ENTRIES, SafeToSpendInput},
    output::{BudgetPeriod, SafeToSpend},
    spent::{MAX_NAME, place_of, places},
};
use crate::{amounts::Amounts, flows::Flows};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    num::{Decimal, Rounding},
};

pub(super) fn to_spend(
    question: &SafeToSpendInput,
    input: &BudgetInput,
    periods: &[BudgetPeriod],
    flows: &Flows<'_>,
    as_of: Date,
) -> Result<SafeToSpend> {
    let amounts = Amounts::of(input.currency)?;
    if question.next_income <= as_of {
        let message = format!("the next income, {}, is not after {as_of}", question.next_income);
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("nextIncome"));
    }
    let cash = cash(question, input, flows, amounts)?;
    let Some(period) = periods.iter().find(|period| period.first <= as_of && as_of <= period.last) else {
        let message = format!("{as_of}, the last day that counts, is in no period of the budget");
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("nextIncome"));
    };
    let (of_categories, others) = bills(question, input, as_of, amounts)?;
    let (mut envelopes, mut bills, mut set_aside) = (amounts.zero(), others, others);
    for (line, due) in period.categories.iter().zip(of_categories) {
        let held = line.available.max(amounts.zero());
        envelopes = envelopes.plus(held)?;
        bills = bills.plus(due)?;
        set_aside = set_aside.plus(held.max(due))?;
    }
    let amount = cash.minus(set_aside)?;
    let days = as_of.days_until(question.next_income).unsigned_abs() - 1;
    let per_day = if days == 0 || amount.is_negative() {
        None
    } else {
        Some(amount.divided_by(Decimal::from(days))?.round(amounts.places(), Rounding::Down))
    };
    Ok(SafeToSpend { cash, envelopes, bills, set_aside, amount, days, per_day })
}

/// The sum of the balances.
fn cash(
    question: &SafeToSpendInput,
    input: &BudgetInput,
    flows: &Flows<'_>,
    amounts: Amounts,
) -> Result<Decimal> {
    check::length(question.balances.len(), 0..=MAX_ENTRIES).at("balances")?;
    let mut cash = amounts.zero();
    let mut seen = std::collections::BTreeSet::new();
    for (index, entry) in question.balances.iter().enumerate() {
        let place = |error: Error| error.at_index("balances", index);
        let account = flows.known_account(&entry.account).map_err(|error| place(error.at("account")))?;
        let currency = flows.currency_of(account);
        if currency != input.currency {
            let message = format!("the account is in {currency}, the budget in {}", input.currency);
            return Err(place(Error::new(ErrorCode::CurrencyMismatch, message).at("account")));
        }
        if !seen.insert(&entry.account) {
            let message = format!("{:?} is named by an earlier entry", account.id);
            return Err(place(Error::new(ErrorCode::ListDuplicate, message).at("account")));
        }
        cash = cash.plus(amounts.signed(entry.balance).map_err(|error| place(error.at("balance")))?)?;
    }
    Ok(cash)
}

/// The bills that are due before the next income: of each category, and of none.
fn bills(
    question: &SafeToSpendInput,
    input: &BudgetInput,
    as_of: Date,
    amounts: Amounts,
) -> Result<(Vec<Decimal>, Decimal)> {
    check::length(question.bills.len(), 0..=MAX_ENTRIES).at("bills")?;
    let places = places(input)?;
    let mut of_categories = vec![amounts.zero(); input.categories.len()];
    let mut others = amounts.zero();
    for (index, bill) in question.bills.iter().enumerate() {
        let amount = amounts.read(bill.amount).at("amount").at_index("bills", index)?;
        if let Some(category) = &bill.category {
            check::text(category, MAX_NAME).at("category").at_index("bills", index)?;
        }
        if bill.date <= as_of || bill.date >= question.next_income {
            continue;
        }
        let place = bill.category.as_deref().and_then(|category| place_of(category, &places));
        #[expect(clippy::indexing_slicing, reason = "places are those of the categories")]
        let sum = match place {
            Some(place) => &mut of_categories[place],
            None => &mut others,
        };
        *sum = sum.plus(amount)?;
    }
    Ok((of_categories, others))
}
