//! From entries to the transactions of accounts.
//!
//! Each account of the household that an entry moves has a transaction. The first whose money is in the currency of the entry
//! carries what the entry is for: its parts are the accounts of income and expenses, and what the other accounts of the
//! household give or get, which are transfers to them. So each expense is in one transaction, and each transfer in two. What
//! an account of opening balances stands against is no transfer: each account has its own.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    error::At as _,
    money::Currency,
    num::Decimal,
    wire::{Reader, Spelling, Tree, Value, Wire},
};
use wherewithal_household::LiabilityKind;
use wherewithal_ledger::{
    self as ledger, LedgerAccount, LedgerSecurity, LedgerSplit, LedgerTransaction,
    LedgerTransactionType as Type, StatedBalance, StatedBalanceKind,
};

use super::{
    balance,
    entry::{Assertion, Class, Entry, Journal, MOST_PARTS, MOST_TAGS, Metadata, Worth, meta},
    kinds,
    legs::{self, Cash, Legs, Other, Shares},
    names::Ids,
    pads,
};
use crate::{
    collect::{Collected, Fault, blank_transaction, cut},
    masked::{last_four, masked},
    write::table,
};

/// The longest symbol of a security.
const MAX_SYMBOL: usize = 100;

/// Makes the records of a journal.
pub(super) fn read(mut journal: Journal, collected: &mut Collected, control: &Control) -> Result<()> {
    let mut work = Work::under(control);
    let entries = std::mem::take(&mut journal.entries);
    for mut entry in entries {
        work.done(32)?;
        match balance::complete(&mut entry, &journal.roots) {
            Ok(()) => journal.entries.push(entry),
            Err(error) => collected.problem(entry.place, Fault::of(error)),
        }
    }
    let padded = pads::entries(&journal, collected)?;
    journal.entries.extend(padded);
    let book = Book::of(&journal);
    book.stated(collected);
    for entry in &journal.entries {
        work.done(64)?;
        let outcome = book.entry(entry, collected);
        collected.outcome(entry.place, outcome);
    }
    for assertion in &journal.assertions {
        work.done(4)?;
        book.assertion(assertion, collected);
    }
    Ok(())
}

/// The accounts and commodities of a journal.
struct Book<'j> {
    journal: &'j Journal,
    /// The currency of each account.
    currencies: BTreeMap<&'j str, Currency>,
    /// The names of all accounts that have postings.
    posted: BTreeSet<&'j str>,
    /// The accounts of the household by their names.
    accounts: BTreeMap<&'j str, LedgerAccount>,
    /// The names of those that `formats.write` has written, in the order of the journal.
    stated: Vec<&'j str>,
    /// The securities by their commodities.
    securities: BTreeMap<&'j str, LedgerSecurity>,
}

impl<'j> Book<'j> {
    fn of(journal: &'j Journal) -> Self {
        let mut book = Self {
            journal,
            currencies: BTreeMap::new(),
            posted: BTreeSet::new(),
            accounts: BTreeMap::new(),
            stated: Vec::new(),
            securities: BTreeMap::new(),
        };
        for (account, metadata) in &journal.accounts {
            let stated = meta(metadata, "currency").and_then(|code| code.parse().ok());
            let first =
                meta(metadata, "currencies").and_then(|list| list.split(',').next()?.trim().parse().ok());
            if let Some(currency) = stated.or(first) {
                book.currencies.insert(account, currency);
            }
        }
        let postings = || journal.entries.iter().flat_map(|entry| &entry.postings);
        for posting in postings() {
            book.posted.insert(&posting.account);
            if let Some(currency) = posting.units.as_ref().and_then(|units| units.currency()) {
                book.currencies.entry(&posting.account).or_insert(currency);
            }
        }
        // An account that only has shares is in the currency that they cost.
        for posting in postings() {
            let Some(worth) = posting.cost.as_deref().or(posting.price.as_deref()) else { continue };
            let (Worth::Each(amount) | Worth::Total(amount)) = worth;
            if let Some(currency) = amount.currency() {
                book.currencies.entry(&posting.account).or_insert(currency);
            }
        }
        book.name_accounts();
        book.name_securities();
        book
    }

    /// Gives each account its id. Of two that look alike without their numbers, the later one is numbered.
    fn name_accounts(&mut self) {
        let journal = self.journal;
        let mut ids = Ids::default();
        for name in &journal.opened {
            let metadata = journal.accounts.get(name).filter(|_| !self.accounts.contains_key(name.as_str()));
            if let Some(account) = metadata.and_then(stated_account) {
                ids.keep(&account.id);
                self.accounts.insert(name, account);
                self.stated.push(name);
            }
        }
        let posted = journal.entries.iter().flat_map(|entry| &entry.postings).map(|one| &one.account);
        let asserted = journal.assertions.iter().map(|assertion| &assertion.account);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for name in posted.chain(asserted) {
            let is_new = seen.insert(name) && !self.accounts.contains_key(name.as_str());
            if is_new && journal.roots.class(name).is_own() {
                let account = self.named(name, &mut ids);
                self.accounts.insert(name, account);
            }
        }
    }

    fn name_securities(&mut self) {
        let journal = self.journal;
        let mut ids = Ids::default();
        for (commodity, metadata) in &journal.commodities {
            if let Some(security) = stated_security(metadata) {
                ids.keep(&security.id);
                self.securities.insert(commodity, security);
            }
        }
        let posted = journal.entries.iter().flat_map(|entry| &entry.postings);
        let posted = posted.filter_map(|posting| posting.units.as_ref());
        let asserted = journal.assertions.iter().map(|assertion| &assertion.amount);
        for amount in posted.chain(asserted) {
            let commodity = amount.commodity.as_str();
            if self.securities.contains_key(commodity) {
                continue;
            }
            let id = ids.of(commodity);
            let name = journal.commodities.get(commodity).and_then(|metadata| meta(metadata, "name"));
            let name = name.filter(|name| !name.trim().is_empty()).map(cut);
            let symbol: String = commodity.chars().take(MAX_SYMBOL).collect();
            let security = LedgerSecurity { symbol: Some(symbol), name, ..LedgerSecurity::named(id) };
            self.securities.insert(commodity, security);
        }
    }

    /// The accounts and securities that `formats.write` has written, whether they have postings or not.
    fn stated(&self, collected: &mut Collected) {
        for name in &self.stated {
            collected.account(self.account(name));
        }
        self.journal.commodities.values().filter_map(stated_security).for_each(|security| {
            collected.security(security);
        });
    }

    /// An account of the household that the journal says nothing more of.
    fn named(&self, name: &str, ids: &mut Ids) -> LedgerAccount {
        let shown = masked(name);
        let mut account = LedgerAccount::named(ids.of(&shown));
        account.number = (shown != name).then(|| last_four(name)).flatten();
        account.name = Some(cut(&shown));
        account.currency = self.currencies.get(name).copied();
        if self.journal.roots.class(name) == Class::Liability {
            let is_card = name.to_lowercase().contains("card");
            account.liability_kind =
                Some(if is_card { LiabilityKind::CreditCard } else { LiabilityKind::Other });
        }
        account
    }

    /// An account of the household.
    #[expect(clippy::expect_used, reason = "each account that has a posting or a balance was named")]
    fn account(&self, name: &str) -> LedgerAccount {
        self.accounts.get(name).cloned().expect("the account has a posting or a balance")
    }

    #[expect(clippy::expect_used, reason = "each commodity of a posting or a balance was named")]
    fn security(&self, commodity: &str) -> LedgerSecurity {
        self.securities.get(commodity).cloned().expect("the commodity is of a posting or a balance")
    }

    /// An entry becomes a transaction of each account of the household.
    fn entry(&self, entry: &Entry, collected: &mut Collected) -> Result<(), Fault> {
        let legs = legs::of(entry, &self.journal.roots).map_err(Fault::of)?;
        if legs.cash.is_empty() && legs.shares.is_empty() {
            collected.skip(entry.place, "no account of the household", &entry.narration);
            return Ok(());
        }
        if let Some(restored) = self.restored(entry, &legs, collected)? {
            collected.transaction(restored);
            return Ok(());
        }
        let made = Making { book: self, entry, legs: &legs, made: Vec::new() }.made().map_err(Fault::of)?;
        for transaction in &made {
            checked(transaction).map_err(Fault::of)?;
        }
        for mut transaction in made {
            let security = transaction.security.as_deref().map(|commodity| self.security(commodity));
            transaction.security = security.map(|security| collected.security(security));
            transaction.account = collected.account(self.account(&transaction.account));
            let currency = transaction.currency;
            transaction.currency =
                currency.filter(|_| collected.currency_of(&transaction.account) != currency);
            transaction.transfer_account = transaction.transfer_account.map(|name| self.account(&name).id);
            let below_equity = |category: String| self.journal.roots.below_equity(category);
            transaction.category = transaction.category.map(below_equity);
            for split in &mut transaction.splits {
                split.category = split.category.take().map(below_equity);
                split.transfer_account = split.transfer_account.take().map(|name| self.account(&name).id);
            }
            collected.transaction(transaction);
        }
        Ok(())
    }

    /// A transaction that `formats.write` has written: what its postings do not say stands in metadata.
    fn restored(
        &self,
        entry: &Entry,
        legs: &Legs,
        collected: &mut Collected,
    ) -> Result<Option<LedgerTransaction>, Fault> {
        let names =
            legs.cash.iter().map(|leg| &leg.account).chain(legs.shares.iter().map(|leg| &leg.account));
        let names: BTreeSet<&String> = names.collect();
        let mut names = names.into_iter();
        let (Some(name), None) = (names.next(), names.next()) else { return Ok(None) };
        if meta(&entry.metadata, "id").is_none() || meta(&entry.metadata, "type").is_none() {
            return Ok(None);
        }
        let amount = Decimal::sum(legs.cash.iter().map(|leg| leg.amount)).map_err(Fault::of)?;
        let account = collected.account(self.account(name));
        let mut transaction = blank_transaction(account, entry.date, amount, entry.place);
        transaction.description.clone_from(&entry.narration);
        transaction.payee.clone_from(&entry.payee);
        transaction.tags.clone_from(&entry.tags);
        if let Some(shares) = legs.shares.first() {
            transaction.security = Some(collected.security(self.security(&shares.commodity)));
            transaction.quantity = Some(shares.quantity);
        }
        restored(transaction, &entry.metadata).map(Some)
    }

    /// A balance that the journal states.
    fn assertion(&self, assertion: &Assertion, collected: &mut Collected) {
        let name = assertion.account.as_str();
        let below = format!("{name}:");
        let has_below =
            self.posted.range(below.as_str()..).next().is_some_and(|next| next.starts_with(&below));
        let shown = format!("{name} {} {}", assertion.amount.number, assertion.amount.commodity);
        let reason = if has_below {
            Some("a balance of an account with those below it")
        } else if !self.journal.roots.class(name).is_own() {
            Some("a balance of no account of the household")
        } else {
            None
        };
        if let Some(reason) = reason {
            collected.skip(assertion.place, reason, &shown);
            return;
        }
        let account = collected.account(self.account(name));
        let currency = assertion.amount.currency();
        let other = currency.filter(|currency| collected.currency_of(&account) != Some(*currency));
        let (kind, security) = match currency {
            Some(_) if assertion.is_cash => (StatedBalanceKind::Cash, None),
            Some(_) => (StatedBalanceKind::Ledger, None),
            None => {
                let security = collected.security(self.security(&assertion.amount.commodity));
                (StatedBalanceKind::Shares, Some(security))
            }
        };
        let (date, amount) = (assertion.date, assertion.amount.number);
        collected.balances([StatedBalance { account, date, kind, security, amount, currency: other }]);
    }
}

/// An account that `formats.write` has written, with all its fields.
fn stated_account(metadata: &Metadata) -> Option<LedgerAccount> {
    let account: LedgerAccount = record(metadata)?;
    ledger::account(&account).ok().map(|()| account)
}

/// A security that `formats.write` has written.
fn stated_security(metadata: &Metadata) -> Option<LedgerSecurity> {
    let security: LedgerSecurity = record(metadata)?;
    ledger::security(&security).ok().map(|()| security)
}

/// A record whose fields are keys of metadata; `None` without an id.
fn record<T: Wire>(metadata: &Metadata) -> Option<T> {
    meta(metadata, "id")?;
    let fields = table::fields::<T>();
    let is_field = |key: &str| fields.iter().any(|field| field.name.spelled(Spelling::Camel) == key);
    let entries = metadata.iter().filter(|(key, _)| is_field(key));
    let entries = entries.map(|(key, text)| (key.as_str().into(), Value::Text(text.as_str().into())));
    T::read(&Value::Record(entries.collect()), Reader::new(Spelling::Camel)).ok()
}

/// A transaction with the fields that stand in metadata.
fn restored(read: LedgerTransaction, metadata: &Metadata) -> Result<LedgerTransaction, Fault> {
    let at = |error: Error| {
        let key = error.path().to_owned();
        Fault::at(error, &key, meta(metadata, &key).unwrap_or_default())
    };
    let Value::Record(mut entries) = Tree::of(Spelling::Camel, |sink| read.write(sink)).map_err(Fault::of)?
    else {
        return Ok(read);
    };
    let fields = table::fields::<LedgerTransaction>();
    for (key, text) in metadata {
        let Some(field) = fields.iter().find(|field| field.name.spelled(Spelling::Camel) == key) else {
            continue;
        };
        entries.retain(|(name, _)| name != key);
        let value = match key.as_str() {
            "tags" => {
                Value::List(table::parted(text).into_iter().map(|tag| Value::Text(tag.into())).collect())
            }
            _ => Value::Text(text.clone().into()),
        };
        entries.push((field.name.spelled(Spelling::Camel).into(), value));
    }
    let splits = splits(metadata);
    if !splits.is_empty() {
        entries.push(("splits".into(), Value::List(splits)));
    }
    let restored =
        LedgerTransaction::read(&Value::Record(entries), Reader::new(Spelling::Camel)).map_err(at)?;
    checked(&restored).map_err(at)?;
    Ok(restored)
}

/// That a transaction is a valid one, whatever its id will be, and has no more parts and tags than a ledger takes.
fn checked(transaction: &LedgerTransaction) -> Result<()> {
    check::length(transaction.splits.len(), 0..=MOST_PARTS).at("splits")?;
    check::length(transaction.tags.len(), 0..=MOST_TAGS).at("tags")?;
    ledger::transaction(&LedgerTransaction { id: "1".to_owned(), ..transaction.clone() })
}

/// The parts that stand in metadata: `split1Amount`, `split1Category` and so on.
fn splits(metadata: &Metadata) -> Vec<Value<'static>> {
    let mut parts: BTreeMap<u32, Vec<(Cow<'static, str>, Value<'static>)>> = BTreeMap::new();
    for (key, text) in metadata {
        let Some(rest) = key.strip_prefix("split") else { continue };
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, name) = rest.split_at(digits);
        let name = match name {
            "Amount" => "amount",
            "Category" => "category",
            "Memo" => "memo",
            "TransferAccount" => "transferAccount",
            _ => continue,
        };
        if let Ok(number) = number.parse() {
            parts.entry(number).or_default().push((name.into(), Value::Text(text.clone().into())));
        }
    }
    parts.into_values().map(Value::Record).collect()
}

/// What makes the transactions of an entry.
struct Making<'b, 'j> {
    book: &'b Book<'j>,
    entry: &'b Entry,
    legs: &'b Legs,
    made: Vec<LedgerTransaction>,
}

impl Making<'_, '_> {
    fn made(mut self) -> Result<Vec<LedgerTransaction>> {
        let legs = self.legs;
        if self.opens() {
            self.opened();
            return Ok(self.made);
        }
        let carrier = legs.cash.iter().position(|leg| {
            legs.weighed_in.as_deref() == Some(leg.currency.code())
                && leg.weight.commodity == leg.currency.code()
        });
        match carrier.and_then(|place| Some((place, legs.cash.get(place)?))) {
            Some((_, cash)) if self.is_trade_of(cash) => self.trade(cash)?,
            Some((place, cash)) => self.carried(cash, place)?,
            None => self.uncarried()?,
        }
        Ok(self.made)
    }

    fn class(&self, account: &str) -> Class {
        self.book.journal.roots.class(account)
    }

    /// A transaction of an account with the texts of the entry.
    fn blank(&self, account: &str, amount: Decimal, currency: Option<Currency>) -> LedgerTransaction {
        let entry = self.entry;
        let mut transaction = blank_transaction(account.to_owned(), entry.date, amount, entry.place);
        transaction.currency = currency;
        transaction.payee.clone_from(&entry.payee);
        transaction.description.clone_from(&entry.narration);
        if transaction.description.is_empty() {
            transaction.description = entry.payee.clone().unwrap_or_default();
        }
        let code = entry.code.as_deref();
        transaction.check_number =
            code.filter(|code| code.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned);
        transaction.reference = code.filter(|_| transaction.check_number.is_none()).map(str::to_owned);
        transaction.tags.clone_from(&entry.tags);
        transaction.settlement_date =
            meta(&entry.metadata, "settlementDate").and_then(|text| super::scan::dated(text).ok());
        transaction
    }

    fn of_cash(&self, cash: &Cash) -> LedgerTransaction {
        let mut transaction = self.blank(&cash.account, cash.amount, Some(cash.currency));
        transaction.balance = cash.balance;
        transaction.memo.clone_from(&cash.memo);
        transaction
    }

    fn of_shares(&self, shares: &Shares, amount: Decimal, currency: Option<Currency>) -> LedgerTransaction {
        let mut transaction = self.blank(&shares.account, amount, currency);
        transaction.security = Some(shares.commodity.clone());
        transaction.quantity = Some(shares.quantity);
        transaction.price = shares.price;
        transaction.memo.clone_from(&shares.memo);
        transaction
    }

    /// Whether several accounts stand against what they had before the journal begins, and nothing else.
    fn opens(&self) -> bool {
        let Legs { cash, shares, others, .. } = self.legs;
        let is_opening = |other: &Other| other.class == Class::Equity && kinds::opens(&other.account);
        cash.len() + shares.len() > 1 && !others.is_empty() && others.iter().all(is_opening)
    }

    /// What each account had: nothing moved between them.
    fn opened(&mut self) {
        let legs = self.legs;
        let category = legs.others.first().map(|other| other.account.clone());
        for leg in &legs.cash {
            let mut transaction = self.of_cash(leg);
            transaction.r#type = Type::Other;
            transaction.category.clone_from(&category);
            self.made.push(transaction);
        }
        for shares in &legs.shares {
            let mut transaction = self.of_shares(shares, Decimal::ZERO, None);
            transaction.r#type = Type::SecurityTransfer;
            self.made.push(transaction);
        }
    }

    /// Whether shares of the account itself are bought or sold with its money, and no other account has a part in it.
    fn is_trade_of(&self, cash: &Cash) -> bool {
        let legs = self.legs;
        let is_own = |shares: &Shares| shares.account == cash.account && worth_of(shares).is_some();
        legs.cash.len() == 1 && !legs.shares.is_empty() && legs.shares.iter().all(is_own)
    }

    /// Shares that are bought or sold within an account. What the postings of gains say is in the proceeds.
    fn trade(&mut self, cash: &Cash) -> Result<()> {
        let legs = self.legs;
        let mut rest = cash.amount;
        for shares in &legs.shares {
            let amount = worth_of(shares).unwrap_or_default().negated();
            rest = rest.minus(amount)?;
            let mut transaction = self.of_shares(shares, amount, Some(cash.currency));
            transaction.r#type = if shares.quantity.is_negative() { Type::Sell } else { Type::Buy };
            self.made.push(transaction);
        }
        let expenses = legs.others.iter().filter(|other| other.class == Class::Expense);
        let fees = Decimal::sum(expenses.map(|other| other.weight.number))?;
        if let Some(first) = self.made.first_mut() {
            first.amount = first.amount.plus(rest)?;
            first.balance = cash.balance;
            first.fees = Some(fees).filter(|fees| !fees.is_zero() && !fees.is_negative());
        }
        Ok(())
    }

    /// Money that carries what the entry is for, and the other accounts beside it.
    fn carried(&mut self, cash: &Cash, place: usize) -> Result<()> {
        let legs = self.legs;
        let own = self.class(&cash.account);
        // What lots gained is a part of what their sale brought.
        let sells =
            legs.shares.iter().any(|shares| shares.quantity.is_negative() && shares.account != cash.account);
        let others = legs.others.iter().filter(|other| !(sells && other.class == Class::Income));
        let mut parts: Vec<(LedgerSplit, Type)> = Vec::new();
        for other in others {
            let amount = other.weight.number.negated();
            let split = part(amount, Some(other.account.clone()), other.memo.clone(), None);
            parts.push((split, kinds::of(other.class, &other.account, amount, own)));
        }
        let start = parts.len();
        for leg in legs.cash.iter().enumerate().filter(|(index, _)| *index != place).map(|(_, leg)| leg) {
            let split = part(leg.weight.number.negated(), None, None, Some(leg.account.clone()));
            parts.push((split, Type::Transfer));
        }
        for shares in &legs.shares {
            let amount = worth_of(shares).unwrap_or_default().negated();
            let other = Some(shares.account.clone()).filter(|account| *account != cash.account);
            let category = other.is_none().then(|| "trade".to_owned());
            parts.push((part(amount, category, None, other), Type::Transfer));
        }
        // What is rounded, and what is not stated, is a part of what the other accounts give.
        let sum = Decimal::sum(parts.iter().map(|(split, _)| split.amount))?;
        let rest = cash.amount.minus(sum)?;
        let takes = if start < parts.len() { start } else { 0 };
        match parts.get_mut(takes) {
            Some((split, _)) => split.amount = split.amount.plus(rest)?,
            None if rest.is_zero() => {}
            None => parts.push((part(rest, None, None, None), Type::Other)),
        }
        let mut transaction = self.of_cash(cash);
        let all: Vec<(Decimal, Type)> = parts.iter().map(|(split, kind)| (split.amount, *kind)).collect();
        transaction.r#type = kinds::of_all(&all, cash.amount, own);
        let given: Vec<Decimal> = parts.iter().skip(start).map(|(split, _)| split.amount).collect();
        match parts.as_slice() {
            [(only, _)] => {
                transaction.category.clone_from(&only.category);
                transaction.transfer_account.clone_from(&only.transfer_account);
                transaction.memo = transaction.memo.or_else(|| only.memo.clone());
            }
            _ => transaction.splits = parts.into_iter().map(|(split, _)| split).collect(),
        }
        self.made.push(transaction);
        let cashes = legs.cash.iter().enumerate().filter(|(index, _)| *index != place).map(|(_, leg)| leg);
        for leg in cashes {
            let mut transaction = self.of_cash(leg);
            transaction.r#type = Type::Transfer;
            transaction.transfer_account = Some(cash.account.clone());
            self.made.push(transaction);
        }
        let count = legs.cash.len() - 1;
        for (shares, given) in legs.shares.iter().zip(given.into_iter().skip(count)) {
            // The other account pays for them or gets what they bring.
            let mut transaction = self.of_shares(shares, Decimal::ZERO, Some(cash.currency));
            transaction.r#type = if shares.quantity.is_negative() { Type::Sell } else { Type::Buy };
            if !given.is_zero() && shares.account != cash.account {
                transaction.splits = vec![
                    part(given, Some("trade".to_owned()), None, None),
                    part(given.negated(), None, None, Some(cash.account.clone())),
                ];
            }
            self.made.push(transaction);
        }
        Ok(())
    }

    /// An entry without money in one currency: shares for income, shares that move, and several currencies.
    fn uncarried(&mut self) -> Result<()> {
        let legs = self.legs;
        let is_income = |class| matches!(class, Class::Income | Class::Expense);
        let earned = legs.others.iter().any(|other| other.class == Class::Income)
            && legs.others.iter().all(|other| is_income(other.class));
        if let ([shares], [], true) = (legs.shares.as_slice(), legs.cash.as_slice(), earned)
            && let Some(worth) = worth_of(shares)
            && !shares.quantity.is_negative()
            && let Some(currency) = legs.weighed_in.as_deref().and_then(|code| code.parse().ok())
        {
            return self.reinvested(shares, worth, currency);
        }
        let accounts: Vec<&str> = legs
            .cash
            .iter()
            .map(|leg| leg.account.as_str())
            .chain(legs.shares.iter().map(|leg| leg.account.as_str()))
            .collect();
        let beside =
            |account: &str| accounts.iter().find(|other| **other != account).map(|other| (*other).to_owned());
        let category = legs.others.first().map(|other| other.account.clone());
        for leg in &legs.cash {
            let mut transaction = self.of_cash(leg);
            transaction.transfer_account = beside(&leg.account);
            transaction.category.clone_from(&category);
            transaction.r#type = match (&transaction.transfer_account, legs.others.first()) {
                (None, Some(other)) => {
                    kinds::of(other.class, &other.account, leg.amount, self.class(&leg.account))
                }
                (None, None) => Type::Transfer,
                (Some(_), _) => Type::Transfer,
            };
            self.made.push(transaction);
        }
        for shares in &legs.shares {
            let mut transaction = self.of_shares(shares, Decimal::ZERO, None);
            transaction.r#type = Type::SecurityTransfer;
            transaction.transfer_account = beside(&shares.account);
            self.made.push(transaction);
        }
        Ok(())
    }

    /// Income that buys shares at once.
    fn reinvested(&mut self, shares: &Shares, worth: Decimal, currency: Currency) -> Result<()> {
        let mut splits: Vec<LedgerSplit> = Vec::new();
        for other in &self.legs.others {
            let amount = other.weight.number.negated();
            splits.push(part(amount, Some(other.account.clone()), other.memo.clone(), None));
        }
        let sum = Decimal::sum(splits.iter().map(|split| split.amount))?;
        if sum != worth && sum.minus(worth)?.abs() > Decimal::ONE {
            let message = format!("the income adds up to {sum}; the shares are worth {worth}");
            return Err(Error::new(ErrorCode::SplitsSumMismatch, message));
        }
        splits.push(part(sum.negated(), Some("reinvestment".to_owned()), None, None));
        let mut transaction = self.of_shares(shares, Decimal::ZERO, Some(currency));
        transaction.r#type = Type::Reinvestment;
        transaction.splits = splits;
        self.made.push(transaction);
        Ok(())
    }
}

/// What shares brought or cost: what their price says, of those that are sold, else what they weigh.
fn worth_of(shares: &Shares) -> Option<Decimal> {
    let value = shares.value.as_ref().filter(|_| shares.quantity.is_negative());
    value.or(shares.weight.as_ref()).map(|worth| worth.number)
}

fn part(
    amount: Decimal,
    category: Option<String>,
    memo: Option<String>,
    transfer_account: Option<String>,
) -> LedgerSplit {
    LedgerSplit { amount, category, memo, transfer_account }
}
