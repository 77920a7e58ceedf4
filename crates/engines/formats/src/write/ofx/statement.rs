//! Statements: their account, transactions, positions and balances.

use std::collections::BTreeMap;

use wherewithal_base::{Result, control::Work, dates::Date, money::Currency, num::Decimal};
use wherewithal_ledger::{
    LedgerAccount, LedgerTransaction, LedgerTransactionType as Type, StatedBalance, StatedBalanceKind,
};

use super::{Holder, account_type, elements::Elements, investment, securities::Securities};
use crate::{
    ofx::bank_kind,
    write::{
        FileWriteInput,
        omitted::{List, Omissions},
        texts,
    },
};

/// Why something of an account without a statement is left out.
pub(super) const NO_CURRENCY: &str = "its account has no currency, and so no statement";
pub(super) const NO_BALANCE: &str = "OFX requires the balance of a bank's statement, and it is not known";

/// The longest name and the longest extended name (11.4.4.1).
const NAME: usize = 32;
const EXTENDED: usize = 100;
/// The longest memo, and the longest id of a transaction.
pub(super) const MEMO: usize = 255;
/// The longest number of an account.
pub(super) const NUMBER: usize = 22;

/// What is stated of the accounts that have no statement yet: by account, and by currency if it is not the account's.
pub(super) struct Stated<'i> {
    by_account: BTreeMap<(&'i str, Option<Currency>), OfAccount>,
}

/// What is stated of an account: the places of its last balances and of its positions.
#[derive(Default)]
pub(super) struct OfAccount {
    balances: BTreeMap<u8, usize>,
    others: Vec<usize>,
    positions: Vec<usize>,
}

impl<'i> Stated<'i> {
    pub(super) fn of(input: &'i FileWriteInput) -> Self {
        let mut own: BTreeMap<&str, Option<Currency>> = BTreeMap::new();
        own.extend(input.accounts.iter().map(|account| (account.id.as_str(), account.currency)));
        let mut by_account: BTreeMap<(&str, Option<Currency>), OfAccount> = BTreeMap::new();
        for (index, balance) in input.balances.iter().enumerate() {
            let account = balance.account.as_str();
            let other = balance.currency.filter(|_| own.get(account) != Some(&balance.currency));
            by_account.entry((account, other)).or_default().add(index, input);
        }
        for (index, position) in input.positions.iter().enumerate() {
            by_account.entry((&position.account, None)).or_default().positions.push(index);
        }
        Self { by_account }
    }

    /// What is stated of an account in a currency; with `is_first`, that without a currency too.
    pub(super) fn take(
        &mut self,
        input: &FileWriteInput,
        account: &'i str,
        currency: Currency,
        is_first: bool,
    ) -> OfAccount {
        let mut stated = OfAccount::default();
        if is_first {
            stated = self.by_account.remove(&(account, None)).unwrap_or_default();
        }
        if let Some(OfAccount { balances, others, .. }) = self.by_account.remove(&(account, Some(currency))) {
            balances.into_values().for_each(|index| stated.add(index, input));
            stated.others.extend(others);
        }
        stated
    }

    /// What is stated of accounts that have no statement.
    pub(super) fn leave_out_the_rest(self, omissions: &mut Omissions<'_>) {
        for stated in self.by_account.into_values() {
            stated.leave_out(NO_CURRENCY, omissions);
        }
    }
}

impl OfAccount {
    /// Leaves out all that is stated.
    pub(super) fn leave_out(self, reason: &str, omissions: &mut Omissions<'_>) {
        let balances = self.balances.into_values().chain(self.others);
        balances.for_each(|index| omissions.left_out(List::Balances, index, reason));
        self.positions.into_iter().for_each(|index| omissions.left_out(List::Positions, index, reason));
    }

    /// The balance with which a statement of a bank ends: the last that is stated, else that after the last row.
    pub(super) fn closing(&self, input: &FileWriteInput, transactions: &[usize]) -> Option<Closing> {
        let stated = self.balances.get(&LEDGER).and_then(|index| input.balances.get(*index));
        match stated {
            Some(balance) => Some(Closing { amount: balance.amount, date: balance.date }),
            None => after_the_last(input, transactions),
        }
    }

    /// Adds a balance. A statement has one of each kind: the last.
    fn add(&mut self, index: usize, input: &FileWriteInput) {
        let balance_at = |index: usize| input.balances.get(index);
        let Some((balance, kind)) = balance_at(index).and_then(|one| Some((one, rank(one)?))) else {
            self.others.push(index);
            return;
        };
        let before = self.balances.get(&kind).copied().and_then(balance_at);
        let is_later = before.is_none_or(|before| before.date <= balance.date);
        let other = if is_later { self.balances.insert(kind, index) } else { Some(index) };
        self.others.extend(other);
    }
}

/// A balance at the end of a day.
#[derive(Clone, Copy)]
pub(super) struct Closing {
    amount: Decimal,
    date: Date,
}

/// The balance after the last row of those that state one; `None` if it is not certain which row of the day is the last.
fn after_the_last(input: &FileWriteInput, transactions: &[usize]) -> Option<Closing> {
    let rows = || transactions.iter().filter_map(|index| input.transactions.get(*index));
    let date = rows().filter(|row| row.balance.is_some()).map(|row| row.date).max()?;
    let of_day: Vec<&LedgerTransaction> = rows().filter(|row| row.date == date).collect();
    // Some files have the last row first.
    let leads = |(before, after): (&&LedgerTransaction, &&LedgerTransaction)| {
        before.balance.and_then(|balance| balance.plus(after.amount).ok()) == after.balance
            && after.balance.is_some()
    };
    let ascends = of_day.iter().zip(of_day.iter().skip(1)).all(leads);
    let descends = of_day.iter().skip(1).zip(&of_day).all(leads);
    let last = match (ascends, descends) {
        (true, false) => of_day.last(),
        (false, true) => of_day.first(),
        _ if of_day.len() == 1 => of_day.first(),
        _ => match (rows().is_sorted_by_key(|row| row.date), rows().rev().is_sorted_by_key(|row| row.date)) {
            (true, false) => of_day.last(),
            (false, true) => of_day.first(),
            _ => None,
        },
    };
    Some(Closing { amount: last?.balance?, date })
}

/// The places of balances among those of a statement.
const LEDGER: u8 = 0;
const AVAILABLE: u8 = 1;
const CASH: u8 = 2;

fn rank(balance: &StatedBalance) -> Option<u8> {
    match balance.kind {
        StatedBalanceKind::Ledger => Some(LEDGER),
        StatedBalanceKind::Available => Some(AVAILABLE),
        StatedBalanceKind::Cash => Some(CASH),
        StatedBalanceKind::Shares => None,
    }
}

/// A statement of an account in a currency.
pub(super) struct Statement<'i> {
    pub(super) input: &'i FileWriteInput,
    pub(super) securities: &'i Securities<'i>,
    pub(super) account: &'i LedgerAccount,
    /// The number of the account, by which a reader tells accounts apart.
    pub(super) number: &'i str,
    /// Whether a reader gives the account its id.
    pub(super) keeps_account: bool,
    pub(super) currency: Currency,
    pub(super) transactions: &'i [usize],
    /// The balance with which a statement of a bank ends.
    pub(super) closing: Option<Closing>,
    pub(super) last: Date,
}

impl Statement<'_> {
    pub(super) fn write(
        &self,
        holder: Holder,
        stated: OfAccount,
        file: &mut Elements,
        omissions: &mut Omissions<'_>,
        work: &mut Work<'_, '_>,
    ) -> Result<()> {
        let (name, list) = match holder {
            Holder::Bank => ("STMTRS", "BANKTRANLIST"),
            Holder::Card => ("CCSTMTRS", "BANKTRANLIST"),
            Holder::Broker => ("INVSTMTRS", "INVTRANLIST"),
        };
        file.open(name);
        let as_of = self.as_of(&stated);
        if holder == Holder::Broker {
            file.date("DTASOF", as_of);
        }
        file.value("CURDEF", self.currency.code());
        self.account(holder, file);
        file.open(list);
        let dates = || self.listed().map(|(_, transaction)| transaction.date);
        file.date("DTSTART", dates().min().unwrap_or(as_of));
        file.date("DTEND", dates().max().unwrap_or(as_of));
        for (index, transaction) in self.listed() {
            work.done(64)?;
            let said = match holder {
                Holder::Broker => investment::write(transaction, self.securities, file),
                Holder::Bank | Holder::Card => booked(transaction, holder == Holder::Card, file),
            };
            match said {
                Ok(mut said) => {
                    said.retain(|field| self.keeps_account || *field != "account");
                    omissions.written(List::Transactions, index, &said)?;
                }
                Err(reason) => omissions.left_out(List::Transactions, index, reason),
            }
        }
        file.close(list);
        match holder {
            Holder::Broker => self.holdings(stated, as_of, file, omissions)?,
            Holder::Bank | Holder::Card => self.balances(stated, file, omissions)?,
        }
        file.close(name);
        Ok(())
    }

    fn listed(&self) -> impl Iterator<Item = (usize, &LedgerTransaction)> {
        self.transactions.iter().filter_map(|index| Some((*index, self.input.transactions.get(*index)?)))
    }

    /// The day of the statement: that of its balance, else of its last position or transaction.
    fn as_of(&self, stated: &OfAccount) -> Date {
        let balance = stated.balances.get(&CASH).and_then(|index| self.input.balances.get(*index));
        let positions = stated.positions.iter().filter_map(|index| self.input.positions.get(*index)?.date);
        let transactions = self.listed().map(|(_, transaction)| transaction.date);
        let of_balance = balance.map(|balance| balance.date);
        of_balance.or_else(|| positions.max()).or_else(|| transactions.max()).unwrap_or(self.last)
    }

    fn account(&self, holder: Holder, file: &mut Elements) {
        let (name, institution) = match holder {
            Holder::Bank => ("BANKACCTFROM", Some("BANKID")),
            Holder::Card => ("CCACCTFROM", None),
            Holder::Broker => ("INVACCTFROM", Some("BROKERID")),
        };
        file.open(name);
        if let Some(institution) = institution {
            // Only the household knows the bank; the element must have a text.
            file.value(institution, "0");
        }
        file.text_value("ACCTID", self.number, NUMBER);
        if holder == Holder::Bank {
            let kind = self.account.kind.and_then(account_type);
            let debt = self.account.liability_kind.map(|_| "CREDITLINE");
            file.value("ACCTTYPE", kind.or(debt).unwrap_or("CHECKING"));
        }
        file.close(name);
    }

    fn balances(&self, stated: OfAccount, file: &mut Elements, omissions: &mut Omissions<'_>) -> Result<()> {
        if let Some(closing) = self.closing {
            balance("LEDGERBAL", closing, file);
        }
        let available = stated.balances.get(&AVAILABLE).and_then(|index| self.input.balances.get(*index));
        if let Some(available) = available {
            balance("AVAILBAL", Closing { amount: available.amount, date: available.date }, file);
        }
        for index in [LEDGER, AVAILABLE].iter().filter_map(|kind| stated.balances.get(kind)) {
            self.stated(*index, omissions)?;
        }
        let cash = stated.balances.get(&CASH).copied();
        let reason = "a statement of a bank has one balance of each kind, and none of cash or shares";
        for index in stated.others.into_iter().chain(cash) {
            omissions.left_out(List::Balances, index, reason);
        }
        let reason = "a statement of a bank has no positions";
        stated.positions.into_iter().for_each(|index| omissions.left_out(List::Positions, index, reason));
        Ok(())
    }

    /// A balance that is written.
    fn stated(&self, index: usize, omissions: &mut Omissions<'_>) -> Result<()> {
        let mut said = vec!["date", "kind", "amount", "currency"];
        said.extend(self.keeps_account.then_some("account"));
        omissions.written(List::Balances, index, &said)
    }

    fn holdings(
        &self,
        stated: OfAccount,
        as_of: Date,
        file: &mut Elements,
        omissions: &mut Omissions<'_>,
    ) -> Result<()> {
        let day = (as_of, self.keeps_account);
        investment::positions(&stated.positions, self.input, self.securities, day, file, omissions)?;
        if let Some(index) = stated.balances.get(&CASH)
            && let Some(cash) = self.input.balances.get(*index)
        {
            file.open("INVBAL");
            file.amount("AVAILCASH", cash.amount);
            file.amount("MARGINBALANCE", Decimal::ZERO);
            file.amount("SHORTBALANCE", Decimal::ZERO);
            file.close("INVBAL");
            self.stated(*index, omissions)?;
        }
        let others = [LEDGER, AVAILABLE].into_iter().filter_map(|kind| stated.balances.get(&kind).copied());
        let reason = "a statement of a broker has one balance of cash";
        for index in stated.others.iter().copied().chain(others) {
            omissions.left_out(List::Balances, index, reason);
        }
        Ok(())
    }
}

fn balance(name: &str, closing: Closing, file: &mut Elements) {
    file.open(name);
    file.amount("BALAMT", closing.amount);
    file.date("DTASOF", closing.date);
    file.close(name);
}

/// Writes a transaction with cash alone.
pub(super) fn booked(
    transaction: &LedgerTransaction,
    is_card: bool,
    file: &mut Elements,
) -> Result<Vec<&'static str>, &'static str> {
    if transaction.security.is_some() || transaction.quantity.is_some() {
        return Err("a statement of a bank has no shares");
    }
    let mut said = vec!["account", "date", "amount", "currency"];
    file.open("STMTTRN");
    let name = transaction.payee.as_ref().unwrap_or(&transaction.description);
    let (code, says_type) = transaction_type(transaction, is_card, name);
    file.value("TRNTYPE", code);
    said.extend(says_type.then_some("type"));
    file.date("DTPOSTED", transaction.settlement_date.unwrap_or(transaction.date));
    if transaction.settlement_date.is_some_and(|settled| settled != transaction.date) {
        file.date("DTUSER", transaction.date);
        said.push("settlementDate");
    }
    file.amount("TRNAMT", transaction.amount);
    said.extend(identified(transaction, file).then_some("reference"));
    if let Some(number) = transaction.check_number.as_deref() {
        said.extend(file.text_value("CHECKNUM", number, 12).then_some("checkNumber"));
    }
    if let Some(code) = &transaction.merchant_category_code {
        file.value("SIC", code);
        said.push("merchantCategoryCode");
    }
    let is_named = named(name, file);
    let is_description = transaction.payee.as_ref().is_none_or(|payee| *payee == transaction.description);
    said.extend(is_named.then_some("payee"));
    said.extend((is_named && is_description).then_some("description"));
    if let Some(memo) = transaction.memo.as_deref() {
        said.extend(file.text_value("MEMO", memo, MEMO).then_some("memo"));
    }
    file.close("STMTTRN");
    Ok(said)
}

/// The id by which a reader knows a transaction: its reference, or its id in the ledger. Whether it is the reference.
pub(super) fn identified(transaction: &LedgerTransaction, file: &mut Elements) -> bool {
    let has_text = |text: &&str| !texts::line(text).0.trim().is_empty();
    match transaction.reference.as_deref().filter(has_text) {
        Some(reference) => file.text_value("FITID", reference, MEMO),
        None => {
            let id = Some(transaction.id.as_str()).filter(has_text);
            file.text_value("FITID", id.unwrap_or("0"), MEMO);
            false
        }
    }
}

/// The name, and where it is long the extended one too. Whether it is written in full.
fn named(name: &str, file: &mut Elements) -> bool {
    let (line, is_whole) = texts::line(name);
    let line = line.trim();
    if line.is_empty() {
        return false;
    }
    if file.text_value("NAME", line, NAME) {
        return is_whole;
    }
    file.text_value("EXTDNAME", line, EXTENDED) && is_whole
}

/// The type of a transaction (11.4.4.3), and whether it says what the transaction is.
fn transaction_type(transaction: &LedgerTransaction, is_card: bool, name: &str) -> (&'static str, bool) {
    let is_out = transaction.amount.is_negative();
    let code = match transaction.r#type {
        Type::Interest => "INT",
        Type::Dividend => "DIV",
        Type::Fee => "FEE",
        Type::Transfer => "XFER",
        Type::Payment if transaction.check_number.is_some() => "CHECK",
        Type::Payment => "PAYMENT",
        Type::Purchase if is_out => "POS",
        Type::Refund if !is_out => "POS",
        Type::Deposit if !is_out => "DEP",
        Type::Withdrawal if is_out => "CASH",
        Type::Other => "OTHER",
        _ if is_out => "DEBIT",
        _ => "CREDIT",
    };
    // A reader has no more of a name than is written.
    let (line, _) = texts::line(name);
    let (read, _) = texts::cut(line.trim(), EXTENDED);
    (code, bank_kind(code, is_card, is_out, read) == transaction.r#type)
}
