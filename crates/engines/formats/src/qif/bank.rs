//! Transactions of banks, cards, cash and other accounts.

use wherewithal_base::{Error, ErrorCode, Result, num::Decimal};
use wherewithal_household::{AccountKind, LiabilityKind};
use wherewithal_ledger::{LedgerAccount, LedgerTransactionType as Type};

use super::{
    Reader, destination, lists, other_account,
    records::{Holder, Record},
    splits,
};
use crate::collect::{Collected, Fault, blank_transaction};

/// Reads a transaction.
pub(super) fn read(
    reader: &Reader<'_>,
    record: &Record<'_>,
    holder: Holder,
    collected: &mut Collected,
) -> Result<(), Fault> {
    let date = reader.date(record)?;
    let amount = match (reader.number(record, 'T')?, reader.number(record, 'U')?) {
        // U has digits that T of old versions has no room for.
        (_, Some(amount)) | (Some(amount), None) => amount,
        (None, None) => {
            return Err(Fault::at(Error::new(ErrorCode::FieldMissing, "the record has no amount"), "T", ""));
        }
    };
    let opens = opens(record).is_some();
    let (category, transfer_account) = destination(record.value('L'), collected);
    let splits = splits::of(reader, record, amount, collected)?;
    let transfer_account = transfer_account.filter(|_| !opens);
    let account = collected.account(reader.account_of(|account| held(account, holder)));
    let mut transaction = blank_transaction(account, date, amount, record.place);
    let number = record.value('N');
    transaction.r#type =
        if opens { Type::Other } else { kind(holder, amount, number, transfer_account.is_some()) };
    transaction.payee = record.text('P');
    transaction.memo = record.text('M');
    transaction.description =
        transaction.payee.clone().or_else(|| transaction.memo.clone()).unwrap_or_default();
    if is_number(number) {
        transaction.check_number = Some(number.to_owned());
    } else {
        transaction.reference = record.text('N');
    }
    transaction.category = category;
    transaction.transfer_account = transfer_account;
    transaction.splits = splits;
    collected.valid_transaction(transaction)
}

/// The name of the account that a record opens: Quicken writes what was there before the first transaction as a transfer of
/// the account to itself, which is how a file without a list of accounts names it.
fn opens<'a>(record: &Record<'a>) -> Option<&'a str> {
    let opens = record.value('P').eq_ignore_ascii_case("opening balance");
    other_account(record.value('L')).filter(|name| opens && !name.is_empty())
}

/// The account that a record opens.
pub(super) fn opened(record: &Record<'_>, collected: &mut Collected) -> Option<LedgerAccount> {
    opens(record).map(|name| lists::called(name, collected))
}

pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a transaction is, by its number, its sign and its account.
pub(crate) fn kind(holder: Holder, amount: Decimal, number: &str, is_transfer: bool) -> Type {
    if is_transfer {
        return Type::Transfer;
    }
    match (holder, amount.is_negative()) {
        (_, true) if is_number(number) => Type::Payment,
        (Holder::Card, true) => Type::Purchase,
        (Holder::Card, false) => Type::Refund,
        (_, true) => Type::Withdrawal,
        (_, false) => Type::Deposit,
    }
}

/// An account with what its section says of it.
pub(super) fn held(mut account: LedgerAccount, holder: Holder) -> LedgerAccount {
    if account.kind.is_none() && account.liability_kind.is_none() {
        match holder {
            Holder::Bank | Holder::Asset => {}
            Holder::Cash => account.kind = Some(AccountKind::Cash),
            Holder::Card => account.liability_kind = Some(LiabilityKind::CreditCard),
            Holder::Liability => account.liability_kind = Some(LiabilityKind::Other),
        }
    }
    account
}
