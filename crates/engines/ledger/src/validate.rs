//! The rules of a ledger that the types of its records cannot express.

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    error::At as _,
    num::Decimal,
};

use crate::{
    LedgerAccount, LedgerIds, LedgerSecurity, LedgerTransaction, StatedBalance, StatedBalanceKind,
    StatedPosition,
};

/// The longest id, in characters.
pub(crate) const MAX_ID: usize = 100;
/// The most parts of a transaction.
const MAX_SPLITS: usize = 1_000;
/// The most tags of a transaction.
const MAX_TAGS: usize = 100;

/// Validates the records of a ledger: each of them, that ids are unique, and that transactions name accounts and securities
/// that there are. Gives the ids of the transactions.
///
/// ```
/// # use wherewithal_ledger::wherewithal;
/// use wherewithal::{control::Control, ledger::{self, LedgerAccount, LedgerTransaction}};
///
/// let coffee: LedgerTransaction = serde_json::from_str(r#"{"id": "1", "account": "card", "date": "2026-03-02",
///     "amount": "-4.50", "type": "purchase", "description": "COFFEE"}"#).unwrap();
/// let control = Control::default();
/// assert!(ledger::validate(&[LedgerAccount::named("card")], &[], &[coffee.clone()], &control).is_ok());
/// let error = ledger::validate(&[], &[], &[coffee], &control).unwrap_err();
/// assert_eq!((error.code().as_str(), error.path()), ("name.unknown", "transactions[0].account"));
/// ```
///
/// # Errors
/// Those of [`account`], [`security`] and [`transaction`]; `list.duplicate`, `name.unknown`, `operation.cancelled`.
pub fn validate<'a>(
    accounts: &[LedgerAccount],
    securities: &[LedgerSecurity],
    transactions: &'a [LedgerTransaction],
    control: &Control,
) -> Result<LedgerIds<'a>> {
    let mut work = Work::under(control);
    for (index, one) in accounts.iter().enumerate() {
        work.done(1)?;
        account(one).at_index("accounts", index)?;
    }
    for (index, one) in securities.iter().enumerate() {
        work.done(1)?;
        security(one).at_index("securities", index)?;
    }
    let account_ids = LedgerIds::of(accounts.iter().map(|account| account.id.as_str()), "accounts")?;
    let security_ids = LedgerIds::of(securities.iter().map(|security| security.id.as_str()), "securities")?;
    let ids = LedgerIds::of(transactions.iter().map(|transaction| transaction.id.as_str()), "transactions")?;
    control.check()?;
    for (index, one) in transactions.iter().enumerate() {
        work.done(2 + one.splits.len() / 4)?;
        transaction(one)
            .and_then(|()| {
                is_known(&one.account, |id| account_ids.place(id).is_some(), "account").at("account")
            })
            .and_then(|()| match &one.security {
                Some(security) => {
                    is_known(security, |id| security_ids.place(id).is_some(), "security").at("security")
                }
                None => Ok(()),
            })
            .at_index("transactions", index)?;
    }
    Ok(ids)
}

/// Validates the records of a ledger with what statements state: what [`validate`] does, and that balances and positions are
/// of accounts and securities that there are.
pub(crate) fn records(
    accounts: &[LedgerAccount],
    securities: &[LedgerSecurity],
    transactions: &[LedgerTransaction],
    balances: &[StatedBalance],
    positions: &[StatedPosition],
    control: &Control,
) -> Result<()> {
    validate(accounts, securities, transactions, control)?;
    let mut work = Work::under(control);
    let account_ids = LedgerIds::of(accounts.iter().map(|account| account.id.as_str()), "accounts")?;
    let security_ids = LedgerIds::of(securities.iter().map(|security| security.id.as_str()), "securities")?;
    for (index, one) in balances.iter().enumerate() {
        work.done(1)?;
        balance(one)
            .and_then(|()| {
                is_known(&one.account, |id| account_ids.place(id).is_some(), "account").at("account")
            })
            .and_then(|()| match &one.security {
                Some(security) => {
                    is_known(security, |id| security_ids.place(id).is_some(), "security").at("security")
                }
                None => Ok(()),
            })
            .at_index("balances", index)?;
    }
    for (index, one) in positions.iter().enumerate() {
        work.done(1)?;
        position(one)
            .and_then(|()| {
                is_known(&one.account, |id| account_ids.place(id).is_some(), "account").at("account")
            })
            .and_then(|()| {
                is_known(&one.security, |id| security_ids.place(id).is_some(), "security").at("security")
            })
            .at_index("positions", index)?;
    }
    Ok(())
}

/// Validates a stated balance: that one of shares, and no other, names a security, and that it has no currency.
///
/// # Errors
/// `text.invalid`, `field.missing`, `field.conflict`.
pub fn balance(balance: &StatedBalance) -> Result<()> {
    check::text(&balance.account, MAX_ID).at("account")?;
    if balance.kind == StatedBalanceKind::Shares && balance.currency.is_some() {
        let message = "a number of shares has no currency";
        return Err(Error::new(ErrorCode::FieldConflict, message).at("currency"));
    }
    match (balance.kind, &balance.security) {
        (StatedBalanceKind::Shares, None) => {
            Err(missing("a number of shares needs their security").at("security"))
        }
        (StatedBalanceKind::Shares, Some(_)) | (_, None) => Ok(()),
        (_, Some(_)) => {
            let message = "only a balance of the kind `shares` has a security";
            Err(Error::new(ErrorCode::FieldConflict, message).at("security"))
        }
    }
}

/// Validates a stated position.
///
/// # Errors
/// `text.invalid`, `amount.out_of_range`.
pub fn position(position: &StatedPosition) -> Result<()> {
    check::text(&position.account, MAX_ID).at("account")?;
    check::text(&position.security, MAX_ID).at("security")?;
    not_negative(position.price, "price")
}

/// Validates an account.
///
/// # Errors
/// `text.invalid`, `field.conflict`.
pub fn account(account: &LedgerAccount) -> Result<()> {
    check::text(&account.id, MAX_ID).at("id")?;
    for (text, most, field) in [
        (&account.name, 200, "name"),
        (&account.institution, 200, "institution"),
        (&account.number, 4, "number"),
    ] {
        if let Some(text) = text {
            check::text(text, most).at(field)?;
        }
    }
    if account.kind.is_some() && account.liability_kind.is_some() {
        let message = "an account is an asset or a debt: give `kind` or `liabilityKind`";
        return Err(Error::new(ErrorCode::FieldConflict, message).at("liabilityKind"));
    }
    Ok(())
}

/// Validates a security.
///
/// # Errors
/// `text.invalid`.
pub fn security(security: &LedgerSecurity) -> Result<()> {
    check::text(&security.id, MAX_ID).at("id")?;
    for (text, least, most, field) in [
        (&security.symbol, 1, 100, "symbol"),
        (&security.cusip, 9, 9, "cusip"),
        (&security.isin, 12, 12, "isin"),
        (&security.name, 1, 200, "name"),
    ] {
        let Some(text) = text else { continue };
        check::text(text, most).at(field)?;
        if text.chars().count() < least {
            let message = format!("{text:?} is too short; {least} characters are needed");
            return Err(Error::new(ErrorCode::TextInvalid, message).at(field));
        }
    }
    Ok(())
}

/// Validates a transaction: its texts, its merchant category code, signs, split ratio, that it has at most 1,000 parts and 100
/// tags, and that its parts add up.
///
/// # Errors
/// `text.invalid`, `amount.out_of_range`, `index.out_of_range`, `quantity.out_of_range`, `field.missing`, `list.too_long`,
/// `splits.sum_mismatch`.
pub fn transaction(transaction: &LedgerTransaction) -> Result<()> {
    check::text(&transaction.id, MAX_ID).at("id")?;
    check::text(&transaction.account, MAX_ID).at("account")?;
    if let Some(code) = transaction.merchant_category_code.as_deref().filter(|code| !is_merchant_code(code)) {
        let shown: String = code.chars().take(40).collect();
        let message = format!("{shown:?} is no merchant category code; codes have four digits");
        return Err(Error::new(ErrorCode::TextInvalid, message).at("merchantCategoryCode"));
    }
    not_negative(transaction.price, "price")?;
    not_negative(transaction.fees, "fees")?;
    if let Some(source) = &transaction.source {
        for (number, field) in [(Some(source.row), "row"), (source.line, "line")] {
            if number == Some(0) {
                let message = "rows and lines are counted from 1";
                return Err(Error::new(ErrorCode::IndexOutOfRange, message).at(field).at("source"));
            }
        }
    }
    match (transaction.split_from, transaction.split_to) {
        (None, None) => {}
        (Some(from), Some(to)) => {
            positive(from).at("splitFrom")?;
            positive(to).at("splitTo")?;
        }
        (Some(_), None) => return Err(missing("a split needs both ends of its ratio").at("splitTo")),
        (None, Some(_)) => return Err(missing("a split needs both ends of its ratio").at("splitFrom")),
    }
    check::length(transaction.splits.len(), 0..=MAX_SPLITS).at("splits")?;
    check::length(transaction.tags.len(), 0..=MAX_TAGS).at("tags")?;
    splits(transaction).at("splits")
}

/// Whether a text has the form of a merchant category code (ISO 18245): four digits.
#[must_use]
pub fn is_merchant_code(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// That the parts of a transaction add up to its amount.
fn splits(transaction: &LedgerTransaction) -> Result<()> {
    if transaction.splits.is_empty() {
        return Ok(());
    }
    let sum = Decimal::sum(transaction.splits.iter().map(|split| split.amount))?;
    if sum == transaction.amount {
        return Ok(());
    }
    let message = format!("the parts add up to {sum}; the amount is {}", transaction.amount);
    Err(Error::new(ErrorCode::SplitsSumMismatch, message))
}

pub(crate) fn not_negative(value: Option<Decimal>, field: &str) -> Result<()> {
    match value {
        Some(value) if value.is_negative() => {
            let message = format!("{value} is below zero");
            Err(Error::new(ErrorCode::AmountOutOfRange, message).at(field))
        }
        _ => Ok(()),
    }
}

fn positive(value: Decimal) -> Result<()> {
    if value > Decimal::ZERO {
        return Ok(());
    }
    Err(Error::new(ErrorCode::QuantityOutOfRange, format!("{value} is not above zero")))
}

fn missing(message: &str) -> Error {
    Error::new(ErrorCode::FieldMissing, message)
}

/// That an id is one of those that there are; `thing` is what it names.
pub(crate) fn is_known(id: &str, is_there: impl Fn(&str) -> bool, thing: &str) -> Result<()> {
    if is_there(id) {
        return Ok(());
    }
    Err(Error::new(ErrorCode::NameUnknown, format!("no {thing} is called {id:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LedgerSplit;

    fn read(fields: &str) -> LedgerTransaction {
        let text = format!(
            r#"{{"id": "1", "account": "a", "date": "2026-03-02", "amount": "-30.00", "type": "payment",
                "description": "shop"{fields}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn what_contradicts_itself_is_refused_where_it_does() {
        for (fields, code, path) in [
            (
                r#", "splits": [{"amount": "-10"}, {"amount": "-19.99"}]"#,
                ErrorCode::SplitsSumMismatch,
                "splits",
            ),
            (r#", "price": "-1""#, ErrorCode::AmountOutOfRange, "price"),
            (r#", "fees": "-1""#, ErrorCode::AmountOutOfRange, "fees"),
            (r#", "splitTo": "2""#, ErrorCode::FieldMissing, "splitFrom"),
            (r#", "splitFrom": "2""#, ErrorCode::FieldMissing, "splitTo"),
            (r#", "splitFrom": "1", "splitTo": "0""#, ErrorCode::QuantityOutOfRange, "splitTo"),
            (r#", "merchantCategoryCode": "581""#, ErrorCode::TextInvalid, "merchantCategoryCode"),
            (r#", "merchantCategoryCode": "581A""#, ErrorCode::TextInvalid, "merchantCategoryCode"),
            (r#", "merchantCategoryCode": "٥٨""#, ErrorCode::TextInvalid, "merchantCategoryCode"),
        ] {
            let error = transaction(&read(fields)).unwrap_err();
            assert_eq!((error.code(), error.path()), (code, path), "{fields}");
        }
        assert!(transaction(&read(r#", "splits": [{"amount": "-10"}, {"amount": "-20"}]"#)).is_ok());
        assert!(transaction(&read(r#", "merchantCategoryCode": "0742""#)).is_ok());
    }

    #[test]
    fn a_transaction_has_no_more_parts_and_tags_than_an_input_may_have() {
        let with = |parts: usize, tags: usize| {
            let mut one = read("");
            one.amount = u32::try_from(parts).unwrap().into();
            let part =
                LedgerSplit { amount: Decimal::ONE, category: None, memo: None, transfer_account: None };
            one.splits = vec![part; parts];
            one.tags = vec!["tag".to_owned(); tags];
            transaction(&one)
        };
        assert!(with(1_000, 100).is_ok());
        for (parts, tags, path) in [(1_001, 0, "splits"), (1, 101, "tags")] {
            let error = with(parts, tags).unwrap_err();
            assert_eq!((error.code(), error.path()), (ErrorCode::ListTooLong, path));
        }
    }

    #[test]
    fn ids_are_unique_and_known() {
        let accounts = [LedgerAccount::named("a"), LedgerAccount::named("a")];
        let control = Control::default();
        let error = validate(&accounts, &[], &[], &control).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::ListDuplicate, "accounts[1].id"));
        let error = validate(&accounts[..1], &[], &[read(r#", "security": "X""#)], &control).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::NameUnknown, "transactions[0].security"));
        let stock = LedgerSecurity::named("X");
        assert!(validate(&accounts[..1], &[stock], &[read(r#", "security": "X""#)], &control).is_ok());
    }

    #[test]
    fn a_long_list_is_stopped_within_it() {
        let accounts = [LedgerAccount::named("a")];
        let transactions: Vec<LedgerTransaction> =
            (0..20_000).map(|number| LedgerTransaction { id: format!("t{number}"), ..read("") }).collect();
        let asked = std::sync::atomic::AtomicU32::new(0);
        let third_time = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 2;
        let control = Control::default().stopped_when(&third_time);
        let error = validate(&accounts, &[], &transactions, &control).unwrap_err();
        assert_eq!(error.code(), ErrorCode::OperationCancelled);
    }

    #[test]
    fn an_account_is_an_asset_or_a_debt() {
        let text = r#"{"id": "a", "kind": "checking", "liabilityKind": "creditCard"}"#;
        let error = account(&serde_json::from_str(text).unwrap()).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::FieldConflict, "liabilityKind"));
        let long = LedgerAccount { number: Some("12345".to_owned()), ..LedgerAccount::named("a") };
        assert_eq!(account(&long).unwrap_err().path(), "number");
        let short = LedgerSecurity { cusip: Some("123".to_owned()), ..LedgerSecurity::named("a") };
        assert_eq!(security(&short).unwrap_err().path(), "cusip");
    }
}
