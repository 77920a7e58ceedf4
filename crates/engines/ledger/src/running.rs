//! Balances that stand beside transactions, as statements of the ends of their days.

use std::collections::BTreeSet;

use wherewithal_base::{
    Result,
    control::{Control, Work},
    error::At as _,
};

use crate::{
    CashDate, LedgerAccount, LedgerTransaction, StatedBalance, StatedBalanceKind,
    prove::{walk, zero_opening},
    replay::{Exact, FigureSource, Reading, Records, What, tracks},
    validate,
};

/// What the running balances of transactions say about the ends of their days, as [`prove`](crate::prove) reads them: of each
/// account, currency and day the last balance in the order of the day, with the transactions of the day after it.
///
/// The answer has the currency of each; `balances` are what is stated beside the transactions, which helps to find the order of a
/// day and is not in the answer.
///
/// # Errors
/// `name.unknown` for an account that is not there; `decimal.overflow`, `operation.cancelled`.
pub fn running_balances(
    accounts: &[LedgerAccount],
    transactions: &[LedgerTransaction],
    balances: &[StatedBalance],
    cash_date: CashDate,
    control: &Control,
) -> Result<Vec<StatedBalance>> {
    control.check()?;
    let mut stated = Vec::new();
    if transactions.iter().all(|transaction| transaction.balance.is_none()) {
        return Ok(stated);
    }
    let known: BTreeSet<&str> = accounts.iter().map(|account| account.id.as_str()).collect();
    let check = |account: &str| validate::is_known(account, |id| known.contains(id), "account").at("account");
    for (place, transaction) in transactions.iter().enumerate() {
        check(&transaction.account).at_index("transactions", place)?;
    }
    for (place, balance) in balances.iter().enumerate() {
        check(&balance.account).at_index("balances", place)?;
    }
    let records = Records { accounts, transactions, balances, positions: &[] };
    let reading = Reading { cash_date, positions_as_of: None, positions_are_complete: false };
    let nothing_is_complete = BTreeSet::new();
    let mut work = Work::under(control);
    for track in tracks(&records, reading, control)? {
        let (What::Cash(currency), Some(account)) = (track.what, accounts.get(track.account)) else {
            continue;
        };
        if track.rows.iter().all(|row| row.balance.is_none()) {
            continue;
        }
        let zero = zero_opening(&track, accounts, transactions, &nothing_is_complete);
        let walk = walk(&track, None, zero.is_some(), Exact::ZERO, &mut work)?;
        let of_rows =
            || walk.points.iter().filter(|point| matches!(point.figure.source, FigureSource::Row(_)));
        let mut later = of_rows().skip(1);
        for point in of_rows() {
            let day = point.figure.day;
            if later.next().is_some_and(|next| next.figure.day == day) {
                continue;
            }
            let mut amount = point.stated;
            for row in walk.rows.iter().skip(point.rows).take_while(|row| row.day == day) {
                work.done(1)?;
                amount = row.change.apply(amount)?;
            }
            stated.push(StatedBalance {
                account: account.id.clone(),
                date: day,
                kind: StatedBalanceKind::Ledger,
                security: None,
                amount: amount.decimal(track.places)?,
                currency,
            });
        }
    }
    Ok(stated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wherewithal_base::dates::date;

    use crate::LedgerTransactionType;

    fn row(id: &str, day: u32, amount: &str, balance: Option<&str>) -> LedgerTransaction {
        let text = format!(
            r#"{{"id": "{id}", "account": "bank", "date": "2026-03-{day:02}", "amount": "{amount}", "type": "other",
                "description": "row"}}"#
        );
        let mut row: LedgerTransaction = serde_json::from_str(&text).unwrap();
        assert_eq!(row.r#type, LedgerTransactionType::Other);
        row.balance = balance.map(|balance| balance.parse().unwrap());
        row
    }

    fn ends(rows: &[LedgerTransaction], cash_date: CashDate) -> Vec<(u32, String)> {
        let accounts: Vec<LedgerAccount> =
            serde_json::from_str(r#"[{"id": "bank", "currency": "EUR"}]"#).unwrap();
        let stated = running_balances(&accounts, rows, &[], cash_date, &Control::default()).unwrap();
        stated.iter().map(|one| (one.date.day(), one.amount.to_string())).collect()
    }

    #[test]
    fn the_last_row_of_a_day_says_how_it_ends_whatever_the_order_of_the_list() {
        let mut rows = vec![
            row("1", 2, "-12.00", Some("988.00")),
            row("2", 2, "-88.00", Some("900.00")),
            row("3", 3, "10.00", Some("910.00")),
        ];
        let told = [(2, "900.00".to_owned()), (3, "910.00".to_owned())];
        assert_eq!(ends(&rows, CashDate::Settlement), told);
        rows.reverse();
        assert_eq!(ends(&rows, CashDate::Settlement), told);
    }

    #[test]
    fn rows_without_a_balance_count_after_the_last_one_that_has_one() {
        let rows = [row("1", 2, "-12", Some("988")), row("2", 2, "-88", None), row("3", 4, "5", None)];
        assert_eq!(ends(&rows, CashDate::Settlement), [(2, "900".to_owned())]);
        assert!(ends(&[row("1", 2, "-12", None)], CashDate::Settlement).is_empty());
    }

    #[test]
    fn the_day_is_that_on_which_cash_moves() {
        let mut rows = [row("1", 2, "-12", Some("988"))];
        rows[0].settlement_date = Some(date(2026, 3, 4).unwrap());
        assert_eq!(ends(&rows, CashDate::Settlement), [(4, "988".to_owned())]);
        assert_eq!(ends(&rows, CashDate::Transaction), [(2, "988".to_owned())]);
    }
}
