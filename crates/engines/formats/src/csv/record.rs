//! From a row to a transaction or a position.

mod account;
mod amount;
mod conversion;
mod currency;
mod kind;
mod parts;
mod security;
mod statement;
mod transfer;

use wherewithal_base::{Error, ErrorCode, dates::Date, num::Decimal};
use wherewithal_ledger::{
    LedgerAccount, LedgerTransactionType, StatedBalance, StatedBalanceKind, StatedPosition,
};

use super::{
    Writing,
    layout::{Flow, Holder, Otherwise, Record},
    layouts::interactive_brokers::EXECUTION,
    plan::Plan,
    rows::Row,
    sheet,
    signs::Sides,
    statement::Statement,
    walk::{Table, as_of},
};
use crate::{
    ColumnField as Field, DateOrder, DecimalMark, FileReadInput,
    collect::{Collected, Fault, Place, blank_transaction},
    printed::{
        beside::Beside,
        date::dated,
        number::{Printed, is_blank, number},
    },
};

/// What builds the records of a table.
pub(super) struct Builder {
    order: DateOrder,
    mark: DecimalMark,
    sides: Sides,
    statement: Statement,
    /// The transaction whose parts may follow.
    open: Option<parts::Open>,
    /// The account of rows that name none.
    account: LedgerAccount,
    /// How lines before the header begin that name the account.
    account_lines: &'static [&'static str],
    /// Whether a line with one cell names the account of the rows below it.
    has_account_blocks: bool,
    is_given: bool,
    /// The day of positions and of cash among them, if the file states one.
    day: Option<Date>,
}

/// A row with the meaning of its columns.
pub(super) struct Cells<'r, 'a> {
    table: &'r Table<'r>,
    row: &'r Row<'a>,
    mark: DecimalMark,
    sides: Sides,
}

impl<'r> Cells<'r, '_> {
    /// The cell of a field; empty if there is none, or if it has a dash for nothing.
    pub(super) fn text(&self, field: Field) -> &'r str {
        let cell = self.table.columns.cell(self.row, field);
        if is_blank(cell) { "" } else { unguarded(cell) }
    }

    /// The text of a field that has one.
    pub(super) fn given(&self, field: Field) -> Option<String> {
        let text = self.text(field);
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.table.columns.has(field)
    }

    /// The number of a field, if its cell is not empty.
    pub(super) fn number(&self, field: Field) -> Result<Option<Decimal>, Fault> {
        let cell = self.text(field);
        if cell.is_empty() {
            return Ok(None);
        }
        let mark = self.table.columns.place(field).map_or(self.mark, |place| self.row.mark(place, self.mark));
        number(cell, mark).map(Some).map_err(|error| self.fault(error, field))
    }

    /// The currency that stands beside the number of a field.
    pub(super) fn beside(&self, field: Field) -> Option<Beside> {
        let cell = self.text(field);
        let is_bare = |byte: u8| byte.is_ascii_digit() || b"+-.,() '".contains(&byte);
        if cell.bytes().all(is_bare) { None } else { Printed::of(cell)?.beside() }
    }

    /// A fault of the cell of a field.
    pub(super) fn fault(&self, error: Error, field: Field) -> Fault {
        let columns = &self.table.columns;
        Fault::at(error, &columns.name(field), columns.cell(self.row, field)).in_column(columns.place(field))
    }

    /// The fault of a row that needs a cell without a value.
    fn without_value(&self) -> Option<Fault> {
        let columns = &self.table.columns;
        let place = columns.without_value(self.row)?;
        Some(sheet::without_value(self.row, place, &columns.name_at(place)))
    }
}

/// A text without the apostrophe by which exports guard a cell that begins like a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

impl Builder {
    pub(super) fn of(plan: &Plan, input: &FileReadInput, writing: Writing) -> Self {
        // Files of two institutions that name no account are not of the same one.
        let unnamed = if plan.layout.is_mapping { "account" } else { plan.layout.name };
        let mut account = input.account.clone().unwrap_or_else(|| LedgerAccount::named(unnamed));
        account::complete(&mut account, &plan.layout);
        Self {
            order: writing.order,
            mark: writing.mark,
            sides: writing.sides,
            statement: writing.statement,
            open: None,
            account,
            account_lines: plan.layout.account_lines,
            has_account_blocks: plan.layout.has_account_blocks,
            is_given: input.account.is_some(),
            day: writing.day,
        }
    }

    /// A row below a header.
    pub(super) fn row(&mut self, table: &Table<'_>, row: &Row<'_>, place: Place, collected: &mut Collected) {
        let cells = Cells { table, row, mark: self.mark, sides: self.sides };
        if let Some(fault) = cells.without_value() {
            self.finish(collected);
            collected.problem(place, fault);
            return;
        }
        let outcome = match table.layout.record {
            Record::Transaction => self.transaction(&cells, place, collected),
            Record::Position => self.position(&cells, place, collected),
            Record::Cash => self.stated_cash(&cells, place, collected),
            Record::CorporateAction => self.corporate_action(&cells, place, collected),
            Record::TradeFee => self.trade_fee(&cells, place, collected),
        };
        collected.outcome(place, outcome);
    }

    fn transaction(
        &mut self,
        cells: &Cells<'_, '_>,
        place: Place,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        let layout = cells.table.layout;
        let skip = |collected: &mut Collected, reason| collected.skip(place, reason, &cells.row.shown());
        match parts::of(cells) {
            Ok(Some(part)) => return self.part(cells, part, place, collected),
            Ok(None) => self.finish(collected),
            Err(fault) => {
                self.finish(collected);
                return Err(fault);
            }
        }
        let words = kind::words(cells);
        let meaning = match kind::said(layout, &words) {
            kind::Said::Nothing(EXECUTION) if !self.statement.has_orders() => None,
            kind::Said::Nothing(reason) => {
                skip(collected, reason);
                return Ok(());
            }
            kind::Said::Word(meaning) => Some(meaning),
            // Only tables of positions have words for cash.
            kind::Said::Unknown | kind::Said::Cash => None,
        };
        let (date, settled) = self.dates(cells)?;
        if conversion::is(cells) {
            return self.conversion(cells, date, settled, place, collected);
        }
        let flow = transfer::flow(cells, meaning.map_or(Flow::Signed, |meaning| meaning.flow));
        let moved = amount::moved(cells, flow)?;
        if moved.is_total_of_split {
            skip(collected, "the total of a split, whose parts have rows of their own");
            return Ok(());
        }
        if moved.amount.is_none() && is_opening(cells.text(Field::Description)) {
            match moved.balance {
                Some(amount) => self.opening_balance(cells, date, amount, collected)?,
                None => skip(collected, "an opening balance"),
            }
            return Ok(());
        }
        let security = security::of(cells)?;
        let r#type = kind::of(cells, meaning, &moved, &words, security.is_some());
        let r#type = transfer::of(cells, r#type)?;
        let currency = self.currency(cells)?;
        let shares = amount::shares(cells, r#type, &moved, security.as_ref())?;
        let amount = match moved.amount {
            Some(amount) => amount,
            None => amount::unstated(cells, r#type, meaning, &moved, security.as_ref())?,
        };
        let security = security.map(|security| self.quoted(security, cells, currency, collected));
        let account = self.account_of(cells, collected);
        let mut transaction = blank_transaction(account, date, amount, place);
        transaction.settlement_date = settled;
        transaction.currency = currency.or(moved.currency);
        transaction.r#type = r#type;
        transaction.quantity = shares.map(|quantity| signed(quantity, r#type, flow));
        transaction.fees = moved.fees;
        transaction.price = amount::price(cells, &transaction)?;
        transaction.balance = moved.balance;
        transaction.security = security.map(|security| collected.security(security));
        texts(&mut transaction, cells, collected);
        let other = match self.other_side(cells, &mut transaction, collected)? {
            Some(other) => Some(other),
            None => self.bought(cells, &transaction, collected)?,
        };
        self.keep(transaction, other, cells, place, collected);
        Ok(())
    }

    /// What the balance was before the first row, which is the end of the day before.
    fn opening_balance(
        &self,
        cells: &Cells<'_, '_>,
        date: Date,
        amount: Decimal,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        let date = date.add_days(-1).map_err(|error| cells.fault(error, Field::Date))?;
        let account = self.account_of(cells, collected);
        let (kind, currency) = (StatedBalanceKind::Ledger, self.currency(cells)?);
        collected.balances([StatedBalance { account, date, kind, security: None, amount, currency }]);
        Ok(())
    }

    fn position(&self, cells: &Cells<'_, '_>, place: Place, collected: &mut Collected) -> Result<(), Fault> {
        match kind::said(cells.table.layout, &kind::words(cells)) {
            kind::Said::Nothing(reason) => {
                collected.skip(place, reason, &cells.row.shown());
                return Ok(());
            }
            kind::Said::Cash => return self.cash(cells, place, collected),
            kind::Said::Word(_) | kind::Said::Unknown => {}
        }
        let currency = self.currency(cells)?;
        let security = security::of(cells)?.ok_or_else(|| {
            let error = Error::new(ErrorCode::FieldMissing, "the position has no security");
            cells.fault(error, Field::Symbol)
        })?;
        let quantity = cells.number(Field::Quantity)?.ok_or_else(|| {
            let error = Error::new(ErrorCode::FieldMissing, "the position has no quantity");
            cells.fault(error, Field::Quantity)
        })?;
        let value = cells.number(Field::Value)?;
        if value.is_some_and(|value| value.signum() * quantity.signum() < 0) {
            let error =
                Error::new(ErrorCode::FieldConflict, "the value and the quantity have opposite signs");
            return Err(cells.fault(error, Field::Value));
        }
        let price = cells.number(Field::Price)?.map(Decimal::abs);
        let date = if cells.text(Field::Date).is_empty() { self.day } else { Some(self.dates(cells)?.0) };
        let cost_basis = cells.number(Field::CostBasis)?;
        let account = self.account_of(cells, collected);
        let security = self.quoted(security, cells, currency, collected);
        let security = collected.security(security);
        collected.position(StatedPosition { account, date, security, quantity, price, value, cost_basis });
        Ok(())
    }

    /// The cash of an account among its positions: a balance of the day that the file states.
    fn cash(&self, cells: &Cells<'_, '_>, place: Place, collected: &mut Collected) -> Result<(), Fault> {
        let amount = cells.number(Field::Value)?.ok_or_else(|| {
            let error = Error::new(ErrorCode::FieldMissing, "the cash has no value");
            cells.fault(error, Field::Value)
        })?;
        let Some(date) = self.day else {
            collected.skip(place, "cash, of which the file does not state the day", &cells.row.shown());
            return Ok(());
        };
        let account = self.account_of(cells, collected);
        let (kind, currency) = (StatedBalanceKind::Cash, self.currency(cells)?);
        collected.balances([StatedBalance { account, date, kind, security: None, amount, currency }]);
        Ok(())
    }

    /// The date of a row, and the day of posting or settlement.
    fn dates(&self, cells: &Cells<'_, '_>) -> Result<(Date, Option<Date>), Fault> {
        let read = |text: &str, field| dated(text, self.order).map_err(|error| cells.fault(error, field));
        let cell = cells.text(Field::Date);
        if cell.is_empty() {
            let error = Error::new(ErrorCode::FieldMissing, "the row has no date");
            return Err(cells.fault(error, Field::Date));
        }
        let (posted, effective) = as_of(cell);
        let posted = read(posted, Field::Date)?;
        if let Some(effective) = effective {
            return Ok((read(effective, Field::Date)?, Some(posted)));
        }
        let settled = cells.text(Field::SettlementDate);
        if settled.is_empty() {
            return Ok((posted, None));
        }
        Ok((posted, Some(read(settled, Field::SettlementDate)?)))
    }

    /// The id of the account of a row.
    fn account_of(&self, cells: &Cells<'_, '_>, collected: &mut Collected) -> String {
        let account = account::of(cells, &self.account, collected);
        collected.account(account)
    }

    /// A row before the header, which can name the account or state a balance.
    pub(super) fn before(&mut self, row: &Row<'_>, place: Place, collected: &mut Collected) {
        if !self.is_given {
            for prefix in self.account_lines {
                account::named_by(&mut self.account, row, prefix, collected);
            }
        }
        self.begin_block(row, collected);
        match self.stated_before(row, collected) {
            Some(balance) => collected.balances([balance]),
            None => collected.skip(place, "it stands before the header", &row.shown()),
        }
    }

    /// A balance of the kind `Ending balance as of 01/31/2026`. What a month begins with is what the day before ends with.
    fn stated_before(&self, row: &Row<'_>, collected: &mut Collected) -> Option<StatedBalance> {
        let (label, day) = row.cell(0).split_once(" as of ")?;
        let days = match label.to_ascii_lowercase().as_str() {
            "ending balance" => 0,
            "beginning balance" => -1,
            _ => return None,
        };
        let date = dated(day.trim(), self.order).ok()?.add_days(days).ok()?;
        let mut places = 1..row.cells.len();
        let amount = places.find_map(|place| number(row.cell(place), row.mark(place, self.mark)).ok())?;
        let account = collected.account(self.account.clone());
        let kind = StatedBalanceKind::Ledger;
        Some(StatedBalance { account, date, kind, security: None, amount, currency: None })
    }

    /// A line with one cell, which names the account of the rows below it in some exports: `Roth IRA ...456`. The title of the
    /// file has a day behind it.
    fn begin_block(&mut self, row: &Row<'_>, collected: &mut Collected) {
        let is_block = row.filled().count() == 1 && !row.cell(0).contains(" as of ");
        if !self.has_account_blocks || !is_block {
            return;
        }
        let mut account = self.account.clone();
        account::named_by(&mut account, row, "", collected);
        if account.id != self.account.id {
            // A name that the caller gives is that of one account.
            self.account = LedgerAccount { name: None, ..account };
        }
    }

    /// A row that is skipped, which can name the account of the rows below it, or that of a statement and its currency.
    pub(super) fn skipped(&mut self, row: &Row<'_>, collected: &mut Collected) {
        self.finish(collected);
        self.begin_block(row, collected);
        if self.is_given || !row.cell(0).eq_ignore_ascii_case("account information") {
            return;
        }
        match row.cell(2) {
            "Account" => account::numbered(&mut self.account, row.cell(3), collected),
            "Base Currency" => self.account.currency = row.cell(3).parse().ok().or(self.account.currency),
            _ => {}
        }
    }
}

/// Whether a row without an amount states what the balance was before.
fn is_opening(description: &str) -> bool {
    description.get(..17).is_some_and(|start| start.eq_ignore_ascii_case("beginning balance"))
}

/// A number of shares with the sign of what happens to them.
fn signed(quantity: Decimal, r#type: LedgerTransactionType, flow: Flow) -> Decimal {
    if r#type.acquires() {
        quantity.abs()
    } else if r#type.disposes() || flow == Flow::StillOut {
        quantity.abs().negated()
    } else {
        quantity
    }
}

/// The texts of a transaction.
fn texts(
    transaction: &mut wherewithal_ledger::LedgerTransaction,
    cells: &Cells<'_, '_>,
    collected: &mut Collected,
) {
    let payee = cells.given(Field::Payee);
    let texts = [Field::Description, Field::Payee, Field::Type, Field::SecurityName, Field::Memo];
    let named = security::is_only_named(cells).then(|| cells.given(Field::Symbol)).flatten();
    let described = named.or_else(|| texts.into_iter().find_map(|field| cells.given(field)));
    transaction.description = described.unwrap_or_default();
    transaction.memo = cells.given(Field::Memo);
    transaction.check_number = cells.given(Field::CheckNumber).filter(|number| number != "0");
    transaction.category = category(cells);
    transaction.reference = cells.given(Field::Reference).map(|text| text.trim_matches('\'').to_owned());
    let tags = cells.text(Field::Tags).split([',', '|', ';']).map(str::trim).filter(|tag| !tag.is_empty());
    transaction.tags = tags.take(100).map(str::to_owned).collect();
    // The other account has the id that it has where rows are its own.
    let sent = cells.given(Field::TransferAccount).filter(|_| is_transfer(transaction));
    transaction.transfer_account = sent.map(|name| collected.account_named(&name));
    let other = payee.as_deref().and_then(|payee| payee.strip_prefix("Transfer"));
    let other = other.and_then(|rest| rest.trim_start().strip_prefix(':')).map(str::trim);
    if let Some(other) =
        other.filter(|other| !other.is_empty() && matches!(cells.table.layout.holder, Holder::Unknown))
    {
        transaction.r#type = LedgerTransactionType::Transfer;
        transaction.transfer_account = Some(collected.account_named(other));
    }
    // Of an export with two sides, the other side is who was paid or who paid.
    transaction.payee = payee.or_else(|| account::counterparty(cells, transaction.r#type));
}

fn is_transfer(transaction: &wherewithal_ledger::LedgerTransaction) -> bool {
    transaction.r#type == LedgerTransactionType::Transfer
}

fn category(cells: &Cells<'_, '_>) -> Option<String> {
    let category = cells.given(Field::Category)?;
    match cells.given(Field::CategoryGroup) {
        Some(group) if !category.starts_with(&group) => Some(format!("{group}: {category}")),
        _ => Some(category),
    }
}

/// Whether rows of a layout without words are those of a broker.
fn is_broker(otherwise: Otherwise) -> bool {
    otherwise == Otherwise::Broker
}
