//! The account of a row.

use wherewithal_ledger::{LedgerAccount, LedgerTransactionType as Type};

use super::Cells;
use crate::{
    ColumnField as Field,
    collect::Collected,
    csv::{
        layout::{Holder, Layout},
        rows::Row,
    },
    masked::{last_four, masked},
};

/// The longest name.
const MAX_NAME: usize = 200;

/// Adds what a layout knows of all its accounts.
pub(super) fn complete(account: &mut LedgerAccount, layout: &Layout) {
    let is_known = account.kind.is_some() || account.liability_kind.is_some();
    match layout.holder {
        Holder::Asset(kind) if !is_known => account.kind = kind,
        Holder::Debt(kind) if !is_known => account.liability_kind = Some(kind),
        _ => {}
    }
    // A program names the accounts of other institutions.
    if !matches!(layout.holder, Holder::Unknown) {
        account.institution = account.institution.take().or_else(|| layout.institution.map(str::to_owned));
    }
    account.currency = account.currency.or_else(|| layout.currency.and_then(|code| code.parse().ok()));
}

/// The account of a row: that of its columns, else the account of the file.
pub(super) fn of(cells: &Cells<'_, '_>, of_file: &LedgerAccount, collected: &mut Collected) -> LedgerAccount {
    let (number, name) = (cells.text(Field::AccountNumber), name(cells));
    let id = match collected.account_id(number) {
        None if !name.is_empty() => Some(collected.account_named(name)),
        id => id,
    };
    let Some(id) = id else { return of_file.clone() };
    LedgerAccount {
        id,
        name: (!name.is_empty()).then(|| cut(&masked(name), MAX_NAME)),
        number: last_four(number).filter(|_| !number.is_empty()),
        ..of_file.clone()
    }
}

/// The name of the account. An export with two sides has it on the side where the money of the household is.
fn name<'r>(cells: &Cells<'r, '_>) -> &'r str {
    if is_received(cells) { cells.text(Field::TransferAccount) } else { cells.text(Field::Account) }
}

/// Whether the account of a row with two sides is the one to which the money goes.
pub(super) fn is_received(cells: &Cells<'_, '_>) -> bool {
    if !cells.table.layout.has_both_sides {
        return false;
    }
    let r#type = cells.text(Field::Type).to_ascii_lowercase();
    r#type == "deposit" || is_bookkeeping(&r#type) && is_of_program(cells.text(Field::Account))
}

/// Whether a row with two sides states a balance or corrects one.
pub(super) fn is_bookkeeping(r#type: &str) -> bool {
    matches!(r#type, "opening balance" | "reconciliation")
}

/// Whether a name is that of an account which Firefly III keeps for itself.
fn is_of_program(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("initial balance") || name.contains("reconciliation")
}

/// The account at the other end of a row with two sides.
pub(super) fn other_side(
    cells: &Cells<'_, '_>,
    of_file: &LedgerAccount,
    collected: &mut Collected,
) -> Option<LedgerAccount> {
    let name = cells.text(Field::TransferAccount);
    (!name.is_empty()).then(|| LedgerAccount {
        id: collected.account_named(name),
        name: Some(cut(&masked(name), MAX_NAME)),
        ..of_file.clone()
    })
}

/// The other side of a row with two, if it is no account of the household.
pub(super) fn counterparty(cells: &Cells<'_, '_>, r#type: Type) -> Option<String> {
    if !cells.table.layout.has_both_sides || r#type == Type::Transfer {
        return None;
    }
    cells.given(if is_received(cells) { Field::Account } else { Field::TransferAccount })
}

/// Takes the number of the account from a line before the header, such as `Transactions for account XXXX-1234 as of …`.
pub(super) fn named_by(account: &mut LedgerAccount, row: &Row<'_>, prefix: &str, collected: &mut Collected) {
    let line = row.shown();
    let Some(rest) = line
        .get(..prefix.len())
        .filter(|start| start.eq_ignore_ascii_case(prefix))
        .and(line.get(prefix.len()..))
    else {
        return;
    };
    let until = rest.find(" as of ").unwrap_or(rest.len());
    let mut words = rest.get(..until).unwrap_or_default().split(|c: char| c.is_whitespace() || c == ',');
    let number = words.rfind(|word| word.bytes().filter(u8::is_ascii_digit).count() >= 3);
    if let Some(number) = number {
        numbered(account, number, collected);
    }
}

/// Gives the account the number of its file, of which exports often hide all but the end.
pub(super) fn numbered(account: &mut LedgerAccount, number: &str, collected: &mut Collected) {
    let shown = number.trim_start_matches(['X', 'x', '*', '#', '.', '-', '\u{2026}']);
    if let Some(id) = collected.account_id(shown) {
        account.number = last_four(shown);
        account.id = id;
    }
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
