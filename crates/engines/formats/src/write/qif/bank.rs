//! Transactions of banks, cards, cash and other accounts.

use wherewithal_ledger::{LedgerSplit, LedgerTransaction, LedgerTransactionType as Type};

use super::{File, Said};
use crate::{
    qif::{Holder, bank_kind, is_number},
    write::texts,
};

/// The most characters that a reader keeps of a category and of the memo of a part.
const LONGEST: usize = 200;

/// Writes a transaction.
pub(super) fn write(transaction: &LedgerTransaction, holder: Holder, file: &mut File<'_>) -> Said {
    if transaction.security.is_some() || transaction.quantity.is_some() {
        return Err("QIF has shares in accounts with investments alone");
    }
    let mut said = vec!["date", "amount"];
    file.date(transaction.date);
    file.number('T', transaction.amount);
    let number = numbered(transaction, &mut said, file);
    let payee = described(transaction, &mut said, file);
    let is_transfer = sent(transaction, &mut said, file);
    // Quicken writes the balance with which an account opens as a transfer of the account to itself.
    let opens = is_transfer && payee.eq_ignore_ascii_case("opening balance");
    if opens {
        said.retain(|field| *field != "transferAccount");
    }
    if parts(&transaction.splits, file) {
        said.push("splits");
    }
    file.end();
    let read = if opens { Type::Other } else { bank_kind(holder, transaction.amount, &number, is_transfer) };
    said.extend((transaction.r#type == read).then_some("type"));
    Ok(said)
}

/// The number of a check, or the reference, which share a letter.
fn numbered(transaction: &LedgerTransaction, said: &mut Vec<&'static str>, file: &mut File<'_>) -> String {
    let check = transaction.check_number.as_deref().filter(|number| is_number(number));
    let reference = || {
        transaction.reference.as_deref().filter(|text| {
            let (line, _) = texts::line(text);
            !is_number(line.trim()) && !line.trim().is_empty()
        })
    };
    match (check, reference()) {
        (Some(check), _) => {
            file.line('N', check);
            said.push("checkNumber");
            check.to_owned()
        }
        (None, Some(reference)) => {
            if file.words('N', reference) {
                said.push("reference");
            }
            texts::line(reference).0.trim().to_owned()
        }
        (None, None) => String::new(),
    }
}

/// The payee, which also is what the transaction is called, and the memo. Gives the payee as a reader has it.
pub(super) fn described(
    transaction: &LedgerTransaction,
    said: &mut Vec<&'static str>,
    file: &mut File<'_>,
) -> String {
    let description = transaction.description.as_str();
    let memo = transaction.memo.as_deref();
    let is_only_memo = transaction.payee.is_none() && memo == Some(description);
    let payee = transaction.payee.as_deref().or_else(|| (!is_only_memo).then_some(description));
    let mut payee_said = false;
    if let Some(payee) = payee {
        payee_said = file.words('P', payee);
        said.extend((payee_said && !payee.trim().is_empty()).then_some("payee"));
    }
    if let Some(memo) = memo
        && file.words('M', memo)
        && !memo.trim().is_empty()
    {
        said.push("memo");
        said.extend(is_only_memo.then_some("description"));
    }
    if payee_said && payee == Some(description) && !description.trim().is_empty() {
        said.push("description");
    }
    payee.map(|payee| texts::line(payee).0.trim().to_owned()).unwrap_or_default()
}

/// The other account, or the category, which share a letter. Whether it is a transfer.
fn sent(transaction: &LedgerTransaction, said: &mut Vec<&'static str>, file: &mut File<'_>) -> bool {
    let (line, field) =
        destination(transaction.category.as_deref(), transaction.transfer_account.as_deref(), file);
    if let Some(line) = &line {
        file.line('L', line);
    }
    said.extend(field);
    line.is_some_and(|line| line.starts_with('['))
}

/// A category, or an account in brackets, as it stands in a line; and which of the two it says.
pub(super) fn destination(
    category: Option<&str>,
    account: Option<&str>,
    file: &mut File<'_>,
) -> (Option<String>, Option<&'static str>) {
    if let Some((line, is_kept)) = account.and_then(|account| file.transfer(account)) {
        return (Some(line), is_kept.then_some("transferAccount"));
    }
    let Some(category) = category else { return (None, None) };
    let (line, is_whole) = texts::line(category);
    if line.trim().is_empty() || line.trim().starts_with('[') {
        return (None, None);
    }
    let is_whole = is_whole && category.chars().count() <= LONGEST;
    (Some(line), is_whole.then_some("category"))
}

/// The parts. Whether they are written in full.
fn parts(splits: &[LedgerSplit], file: &mut File<'_>) -> bool {
    let mut are_whole = true;
    for split in splits {
        let (line, said) = destination(split.category.as_deref(), split.transfer_account.as_deref(), file);
        let wanted = usize::from(split.category.is_some()) + usize::from(split.transfer_account.is_some());
        are_whole &= usize::from(said.is_some()) == wanted;
        file.line('S', line.as_deref().unwrap_or_default());
        if let Some(memo) = &split.memo {
            are_whole &= file.words('E', memo) && !memo.trim().is_empty() && memo.chars().count() <= LONGEST;
        }
        // A part of nothing is one that Quicken leaves blank.
        are_whole &= !split.amount.is_zero() || wanted > 0 || split.memo.is_some();
        file.number('$', split.amount);
    }
    are_whole
}
