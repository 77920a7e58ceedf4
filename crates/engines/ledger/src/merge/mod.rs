//! `ledger.merge`.

mod complete;
mod probable;
mod records;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    error::At as _,
    money::Currency,
};

pub use records::{
    LedgerAccountAlias, LedgerConflict, LedgerConflictRecord, LedgerDuplicate, LedgerMerge,
    LedgerMergeCounts, LedgerMergeInput, LedgerRecords, ProbableDuplicate, ProbableDuplicateBasis,
    ProbableDuplicates,
};

use self::complete::Differences;
use crate::{
    LedgerAccount, LedgerTransaction, StatedBalance, StatedBalanceKind, StatedPosition,
    fingerprint::fingerprints, prove::MAX_ACCOUNTS, validate,
};

/// The most days between two transactions that are probably the same.
const MAX_NEAR_DAYS: u32 = 31;

/// Adds the records that are read to those that there are: nothing twice, and nothing lost.
///
/// A transaction whose id is there is a duplicate. Ids of files are fingerprints with a number among equals
/// ([`identify`](crate::identify)), so a file that is read again adds nothing, and of two files that overlap, a day has as
/// many equal transactions as the file that has more of them. An id that is there in another account is refused, because one
/// of the two transactions would be lost.
///
/// A duplicate completes what is absent, and contradictions are listed. Where two records of one transaction state different
/// amounts, what there was stays, and `splits`, `fees`, `quantity`, `price` and `balance`, which belong to an amount, complete
/// nothing.
///
/// No amount changes its currency in silence. Two records of one account that state two currencies are refused. Where only one
/// of them states it and the other has amounts without one, these are taken to be in it, and the account's `currency` is
/// among the conflicts.
///
/// Two accounts with one id are one here, and equal transactions of the two are duplicates. What the two sides say otherwise of
/// the account is among the conflicts: its fields, and its `balances` and `positions` where both state other ones for one day.
///
/// ```
/// # use wherewithal_ledger::wherewithal;
/// use wherewithal::{control::Control, ledger::{self, LedgerMergeInput}};
///
/// let records = r#"{"accounts": [{"id": "card"}], "transactions": [{"id": "1", "account": "card",
///     "date": "2026-03-02", "amount": "-4.50", "type": "purchase", "description": "COFFEE"}]}"#;
/// let input: LedgerMergeInput =
///     serde_json::from_str(&format!(r#"{{"existing": {records}, "read": {records}}}"#)).unwrap();
/// let merged = ledger::merge(&input, &Control::default())?;
/// assert_eq!(merged.records, input.existing);
/// assert_eq!((merged.counts.added, merged.counts.duplicates), (0, 1));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`validate`](crate::validate) in `existing` and in `read`; `count.out_of_range`, `name.unknown`,
/// `list.duplicate`, `list.too_long`, `currency.mismatch`, `operation.cancelled`.
pub fn merge(input: &LedgerMergeInput, control: &Control) -> Result<LedgerMerge> {
    validate_records(&input.existing, control).at("existing")?;
    validate_records(&input.read, control).at("read")?;
    check::whole(input.near_days, 0..=MAX_NEAR_DAYS, ErrorCode::CountOutOfRange).at("nearDays")?;
    control.check()?;
    let mut read = input.read.clone();
    rename(&mut read, input)?;
    let mut merging = Merging {
        records: input.existing.clone(),
        counts: LedgerMergeCounts {
            existing: count(input.existing.transactions.len()),
            read: count(input.read.transactions.len()),
            ..LedgerMergeCounts::default()
        },
        conflicts: Vec::new(),
    };
    let mut work = Work::under(control);
    merging.accounts(&read, &mut work)?;
    merging.securities(&read, &mut work)?;
    let (duplicates, probable) = merging.transactions(read.transactions, input, &mut work)?;
    merging.stated(&read.balances, &read.positions, &mut work)?;
    merging.counts.duplicates = count(duplicates.len());
    Ok(LedgerMerge {
        records: merging.records,
        counts: merging.counts,
        duplicates,
        probable,
        conflicts: merging.conflicts,
    })
}

fn validate_records(records: &LedgerRecords, control: &Control) -> Result<()> {
    check::length(records.accounts.len(), 0..=MAX_ACCOUNTS).at("accounts")?;
    validate::records(
        &records.accounts,
        &records.securities,
        &records.transactions,
        &records.balances,
        &records.positions,
        control,
    )
}

/// Gives accounts that are read the ids that they have. An id of a transaction that is a fingerprint, of which the account is
/// a part, is made anew.
fn rename(read: &mut LedgerRecords, input: &LedgerMergeInput) -> Result<()> {
    let names = aliases(input)?;
    if names.is_empty() {
        return Ok(());
    }
    let before = fingerprints(&read.transactions);
    let renamed = |account: &mut String| match names.get(account.as_str()) {
        Some(name) => {
            *account = (*name).to_owned();
            true
        }
        None => false,
    };
    for account in &mut read.accounts {
        renamed(&mut account.id);
    }
    let is_renamed: Vec<bool> =
        read.transactions.iter_mut().map(|transaction| renamed(&mut transaction.account)).collect();
    // The other end of a transfer is one of these accounts too.
    for transaction in &mut read.transactions {
        let ends = transaction.splits.iter_mut().map(|split| &mut split.transfer_account);
        for end in ends.chain([&mut transaction.transfer_account]).flatten() {
            renamed(end);
        }
    }
    for balance in &mut read.balances {
        renamed(&mut balance.account);
    }
    for position in &mut read.positions {
        renamed(&mut position.account);
    }
    let after = fingerprints(&read.transactions);
    let ids = before.into_iter().zip(after).zip(is_renamed);
    for (transaction, ((before, after), is_renamed)) in read.transactions.iter_mut().zip(ids) {
        if is_renamed && transaction.id == before {
            transaction.id = after;
        }
    }
    let mut seen = BTreeSet::new();
    for (index, transaction) in read.transactions.iter().enumerate() {
        if !seen.insert(transaction.id.as_str()) {
            let message = "under its alias, it has the id of an earlier transaction";
            let error = Error::new(ErrorCode::ListDuplicate, message);
            return Err(error.at("id").at_index("transactions", index).at("read"));
        }
    }
    Ok(())
}

fn aliases(input: &LedgerMergeInput) -> Result<BTreeMap<&str, &str>> {
    let ids = |records: &'_ LedgerRecords| -> BTreeSet<String> {
        records.accounts.iter().map(|account| account.id.clone()).collect()
    };
    let (read, existing) = (ids(&input.read), ids(&input.existing));
    let known = |id: &str, ids: &BTreeSet<String>| validate::is_known(id, |id| ids.contains(id), "account");
    let (mut names, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (index, alias) in input.aliases.iter().enumerate() {
        let check = || {
            known(&alias.read, &read).at("read")?;
            if alias.apart {
                return check::text(&alias.existing, validate::MAX_ID).at("existing");
            }
            known(&alias.existing, &existing).at("existing")
        };
        check().at_index("aliases", index)?;
        // Two accounts of a file are two, and so is one that has the id of the other by itself.
        let is_another = alias.read != alias.existing && read.contains(&alias.existing);
        if names.insert(alias.read.as_str(), alias.existing.as_str()).is_some()
            || !taken.insert(alias.existing.as_str())
            || is_another
        {
            let message = "two accounts that are read would be one";
            return Err(Error::new(ErrorCode::ListDuplicate, message).at_index("aliases", index));
        }
    }
    Ok(names)
}

struct Merging {
    records: LedgerRecords,
    counts: LedgerMergeCounts,
    conflicts: Vec<LedgerConflict>,
}

impl Merging {
    fn accounts(&mut self, read: &LedgerRecords, work: &mut Work<'_, '_>) -> Result<()> {
        let mut places = BTreeMap::new();
        for (place, account) in self.records.accounts.iter().enumerate() {
            places.insert(account.id.clone(), place);
        }
        let (of_existing, of_read) = (without_currency(&self.records, work)?, without_currency(read, work)?);
        for (index, account) in read.accounts.iter().enumerate() {
            work.done(4)?;
            match places.get(&account.id).and_then(|place| self.records.accounts.get_mut(*place)) {
                Some(known) => {
                    one_currency(known, account).at_index("accounts", index).at("read")?;
                    let is_taken_over = match (known.currency, account.currency) {
                        (None, Some(_)) => of_existing.contains(&account.id),
                        (Some(_), None) => of_read.contains(&account.id),
                        _ => false,
                    };
                    let mut found = complete::account(known, account);
                    if is_taken_over {
                        found.conflicting.push("currency");
                    }
                    self.conflicts(LedgerConflictRecord::Account, &account.id, &found);
                }
                None => {
                    self.records.accounts.push(account.clone());
                    self.counts.accounts_added += 1;
                }
            }
        }
        check::length(self.records.accounts.len(), 0..=MAX_ACCOUNTS).at("accounts").at("read")?;
        Ok(())
    }

    fn securities(&mut self, read: &LedgerRecords, work: &mut Work<'_, '_>) -> Result<()> {
        let mut places = BTreeMap::new();
        for (place, security) in self.records.securities.iter().enumerate() {
            places.insert(security.id.clone(), place);
        }
        for security in &read.securities {
            work.done(4)?;
            match places.get(&security.id).and_then(|place| self.records.securities.get_mut(*place)) {
                Some(known) => {
                    let found = complete::security(known, security);
                    self.conflicts(LedgerConflictRecord::Security, &security.id, &found);
                }
                None => {
                    self.records.securities.push(security.clone());
                    self.counts.securities_added += 1;
                }
            }
        }
        Ok(())
    }

    fn transactions(
        &mut self,
        read: Vec<LedgerTransaction>,
        input: &LedgerMergeInput,
        work: &mut Work<'_, '_>,
    ) -> Result<(Vec<LedgerDuplicate>, Vec<ProbableDuplicate>)> {
        let mut places = BTreeMap::new();
        for (place, transaction) in self.records.transactions.iter().enumerate() {
            places.insert(transaction.id.clone(), place);
        }
        let mut currencies = BTreeMap::new();
        for account in &self.records.accounts {
            currencies.insert(account.id.clone(), account.currency);
        }
        let (mut duplicates, mut new, mut found_again) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (place, transaction) in read.into_iter().enumerate() {
            work.done(8)?;
            let known = places.get(&transaction.id).copied();
            match known.and_then(|place| self.records.transactions.get_mut(place)) {
                Some(known) if known.account != transaction.account => {
                    let message =
                        format!("this is the id of a transaction of the account {:?}", known.account);
                    let error = Error::new(ErrorCode::ListDuplicate, message);
                    return Err(error.at("id").at_index("transactions", place).at("read"));
                }
                Some(known) => {
                    let of_account = currencies.get(&known.account).copied().flatten();
                    let found = complete::transaction(known, &transaction, of_account);
                    self.conflicts(LedgerConflictRecord::Transaction, &transaction.id, &found);
                    let completed = found.completed.iter().map(|field| (*field).to_owned()).collect();
                    duplicates.push(LedgerDuplicate {
                        place: count(place),
                        id: transaction.id.clone(),
                        completed,
                    });
                    found_again.insert(transaction.id);
                }
                None => new.push(transaction),
            }
        }
        let existing: Vec<&LedgerTransaction> =
            self.records.transactions.iter().filter(|one| !found_again.contains(&one.id)).collect();
        let among: Vec<&LedgerTransaction> = new.iter().collect();
        let mut probable =
            probable::probable(&self.records.accounts, &existing, &among, input.near_days, work)?;
        let mut left_out = BTreeSet::new();
        if input.probable_duplicates == ProbableDuplicates::LeaveOut {
            for one in probable.iter_mut().filter(|one| one.basis != ProbableDuplicateBasis::NearDay) {
                one.left_out = true;
                left_out.insert(one.transaction.clone());
            }
        }
        let mut order = BTreeMap::new();
        for (place, transaction) in new.iter().enumerate() {
            order.insert(transaction.id.clone(), place);
        }
        probable.sort_by_key(|one| order.get(&one.transaction).copied());
        new.retain(|transaction| !left_out.contains(&transaction.id));
        self.counts.left_out = count(left_out.len());
        self.counts.added = count(new.len());
        self.records.transactions.extend(new);
        Ok((duplicates, probable))
    }

    /// Adds the balances and positions that are not there, and tells where the two sides state different ones of one day.
    fn stated(
        &mut self,
        balances: &[StatedBalance],
        positions: &[StatedPosition],
        work: &mut Work<'_, '_>,
    ) -> Result<()> {
        let accounts = self.records.accounts.iter();
        let own: BTreeMap<String, Currency> =
            accounts.filter_map(|account| Some((account.id.clone(), account.currency?))).collect();
        let key = |balance: &StatedBalance| balance_key(balance, &own);
        let of_balances = add_more(&mut self.records.balances, balances, key, work)?;
        let of_positions = add_more(&mut self.records.positions, positions, position_key, work)?;
        self.counts.balances_added = count(of_balances.number);
        self.counts.positions_added = count(of_positions.number);
        for (field, added) in [("balances", of_balances), ("positions", of_positions)] {
            for id in added.contradicted {
                let field = field.to_owned();
                self.conflicts.push(LedgerConflict { record: LedgerConflictRecord::Account, id, field });
            }
        }
        Ok(())
    }

    fn conflicts(&mut self, record: LedgerConflictRecord, id: &str, found: &Differences) {
        let conflict =
            |field: &&str| LedgerConflict { record, id: id.to_owned(), field: (*field).to_owned() };
        self.conflicts.extend(found.conflicting.iter().map(conflict));
    }
}

/// The accounts with amounts that do not state their currency themselves, so that it is the account's.
fn without_currency(records: &LedgerRecords, work: &mut Work<'_, '_>) -> Result<BTreeSet<String>> {
    work.done(records.transactions.len() + records.balances.len() + records.positions.len())?;
    let transactions =
        records.transactions.iter().filter(|one| one.currency.is_none()).map(|one| &one.account);
    let balances = records
        .balances
        .iter()
        .filter(|one| one.currency.is_none() && one.kind != StatedBalanceKind::Shares)
        .map(|one| &one.account);
    let positions = records
        .positions
        .iter()
        .filter(|one| one.price.is_some() || one.value.is_some() || one.cost_basis.is_some())
        .map(|one| &one.account);
    let ids: BTreeSet<&String> = transactions.chain(balances).chain(positions).collect();
    Ok(ids.into_iter().cloned().collect())
}

/// That two records of an account do not state two currencies: the amounts of one would change theirs.
fn one_currency(known: &LedgerAccount, read: &LedgerAccount) -> Result<()> {
    match (known.currency, read.currency) {
        (Some(one), Some(other)) if one != other => {
            let message = format!(
                "the account {:?} is in {} and is read in {}; if they are two accounts, give this one another id in \
                 `aliases`, with `apart`",
                known.id,
                one.code(),
                other.code()
            );
            Err(Error::new(ErrorCode::CurrencyMismatch, message).at("currency"))
        }
        _ => Ok(()),
    }
}

/// What is stated: of what, and what of it.
struct Stated<K, F> {
    account: String,
    /// What else it is stated of; absent of what may change within a day.
    of: Option<K>,
    /// The figures, and what else makes two of them different.
    figures: F,
}

/// What makes two balances the same. That of an account in its own currency need not name it.
fn balance_key(
    balance: &StatedBalance,
    own: &BTreeMap<String, Currency>,
) -> Stated<impl Ord + Clone + use<>, impl Ord + Clone + use<>> {
    let StatedBalance { account, date, kind, security, amount, currency } = balance.clone();
    let other = currency.filter(|currency| own.get(&account) != Some(currency));
    let of = (date, kind, security, other);
    // What can be spent follows what is pending.
    let lasting = Some(of.clone()).filter(|_| kind != StatedBalanceKind::Available);
    Stated { account, of: lasting, figures: (of, amount) }
}

fn position_key(position: &StatedPosition) -> Stated<impl Ord + Clone + use<>, impl Ord + Clone + use<>> {
    let StatedPosition { account, date, security, quantity, price, value, cost_basis } = position.clone();
    let of = (date, security);
    Stated { account, of: Some(of.clone()), figures: (of, quantity, price, value, cost_basis) }
}

/// What was added.
struct Added {
    number: usize,
    /// The accounts of which the two sides state different figures of one thing and one day, by id.
    contradicted: BTreeSet<String>,
}

/// Adds what is read and not there: of records that are equal, as many as the side that has more of them.
fn add_more<T: Clone, K: Ord, F: Ord>(
    existing: &mut Vec<T>,
    read: &[T],
    key: impl Fn(&T) -> Stated<K, F>,
    work: &mut Work<'_, '_>,
) -> Result<Added> {
    let mut there: BTreeMap<(String, F), usize> = BTreeMap::new();
    let mut of: BTreeSet<(String, K)> = BTreeSet::new();
    for record in existing.iter() {
        work.done(4)?;
        let stated = key(record);
        of.extend(stated.of.map(|of| (stated.account.clone(), of)));
        *there.entry((stated.account, stated.figures)).or_default() += 1;
    }
    let mut added = Added { number: 0, contradicted: BTreeSet::new() };
    for record in read {
        work.done(4)?;
        let stated = key(record);
        let account = stated.account.clone();
        match there.get_mut(&(stated.account, stated.figures)) {
            Some(left) if *left > 0 => *left -= 1,
            _ => {
                existing.push(record.clone());
                added.number += 1;
                if stated.of.is_some_and(|known| of.contains(&(account.clone(), known))) {
                    added.contradicted.insert(account);
                }
            }
        }
    }
    Ok(added)
}

/// A count of records, which are fewer than the limits of their lists.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
