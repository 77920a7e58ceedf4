//! Open Financial Exchange, version 2: one statement for each account and currency, and the list of securities.
//!
//! The order of elements is that of the specification (OFX 2.2, 11.4 and 13.9), which readers may ask for.

mod elements;
mod investment;
mod securities;
mod statement;

use std::collections::BTreeMap;

use wherewithal_base::{Error, ErrorCode, Result, control::Work, dates::Date, money::Currency};
use wherewithal_household::{AccountKind, LiabilityKind};
use wherewithal_ledger::{LedgerAccount, LedgerTransaction};

use super::{
    FileWriteInput,
    omitted::{List, Omissions},
    texts,
};
use crate::{
    ids::Ids,
    masked::{AccountIds, last_four},
};
use elements::{Elements, ofx_date};
use securities::Securities;
use statement::{Closing, NO_BALANCE, NO_CURRENCY, NUMBER, OfAccount, Stated, Statement};

/// The longest name of an institution.
const ORGANIZATION: usize = 32;

/// Writes the file.
pub(super) fn write(
    input: &FileWriteInput,
    omissions: &mut Omissions<'_>,
    work: &mut Work<'_, '_>,
) -> Result<String> {
    let last = last_date(input).ok_or_else(|| {
        let message = "a file of OFX has a date, and no transaction, balance or position has one";
        Error::new(ErrorCode::ListEmpty, message).at("transactions")
    })?;
    let mut file = Elements::new();
    file.open("OFX");
    sign_on(&mut file, last, input);
    let securities = Securities::of(&input.securities);
    let numbers = numbers(&input.accounts);
    let mut plan = Plan::of(input, omissions);
    let mut read = AccountIds::default();
    for (holder, message, envelope) in [
        (Holder::Bank, "BANKMSGSRSV1", "STMTTRNRS"),
        (Holder::Card, "CREDITCARDMSGSRSV1", "CCSTMTTRNRS"),
        (Holder::Broker, "INVSTMTMSGSRSV1", "INVSTMTTRNRS"),
    ] {
        let mut is_open = false;
        for planned in plan.statements.iter_mut().filter(|planned| planned.holder == holder) {
            let Some(account) = input.accounts.get(planned.place) else { continue };
            if !is_open {
                file.open(message);
                is_open = true;
            }
            file.open(envelope);
            file.value("TRNUID", "0");
            status(&mut file);
            let number = numbers.get(planned.place).map_or("", String::as_str);
            let statement = Statement {
                input,
                securities: &securities,
                account,
                number,
                keeps_account: read.of_held("", number) == account.id,
                currency: planned.currency,
                transactions: &planned.transactions,
                closing: planned.closing,
                last,
            };
            let stated = std::mem::take(&mut planned.stated);
            statement.write(holder, stated, &mut file, omissions, work)?;
            file.close(envelope);
        }
        if is_open {
            file.close(message);
        }
    }
    securities::write(&input.securities, &securities, &mut file, omissions)?;
    file.close("OFX");
    plan.accounts(input, &numbers, omissions)?;
    Ok(file.text())
}

/// The numbers of the accounts, of which no two are alike: the end that is known where it is that of one account, else the
/// id, or what is kept of it with a number behind it.
fn numbers(accounts: &[LedgerAccount]) -> Vec<String> {
    let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
    for number in accounts.iter().filter_map(|account| account.number.as_deref()) {
        *uses.entry(number).or_default() += 1;
    }
    for account in accounts.iter().filter(|account| account.number.as_ref() != Some(&account.id)) {
        *uses.entry(&account.id).or_default() += 1;
    }
    let is_kept = |text: &&str| {
        let (line, is_whole) = texts::line(text);
        is_whole && !line.is_empty() && text.chars().count() <= NUMBER
    };
    let known = |account: &LedgerAccount| -> Option<String> {
        let number = account.number.as_deref().filter(|number| uses.get(number) == Some(&1));
        number.or(Some(account.id.as_str())).filter(is_kept).map(str::to_owned)
    };
    let mut given = Ids::default();
    let mut numbers = vec![String::new(); accounts.len()];
    for is_known in [true, false] {
        for (account, number) in accounts.iter().zip(&mut numbers) {
            match known(account) {
                Some(known) if is_known => *number = given.unique(&known, NUMBER),
                None if !is_known => {
                    let (line, _) = texts::line(&account.id);
                    let (line, _) = texts::cut(line.trim(), NUMBER);
                    let called = if line.is_empty() { "account" } else { line };
                    *number = given.unique(called, NUMBER);
                }
                _ => {}
            }
        }
    }
    numbers
}

/// What an account is in OFX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Bank,
    Card,
    Broker,
}

/// A statement that will be written.
struct Planned {
    /// The place of its account.
    place: usize,
    holder: Holder,
    currency: Currency,
    /// The places of its transactions.
    transactions: Vec<usize>,
    stated: OfAccount,
    /// The balance with which it ends; of a statement of a broker, none is needed.
    closing: Option<Closing>,
}

/// The statements of a file, in the order of their accounts, and of one account in that of their currencies, the account's own
/// first: a reader takes that of the first statement for the account's.
struct Plan {
    statements: Vec<Planned>,
    /// What each account is, and why it has no statement.
    holders: Vec<Holder>,
    missing: Vec<Option<&'static str>>,
}

impl Plan {
    fn of(input: &FileWriteInput, omissions: &mut Omissions<'_>) -> Self {
        let Grouped { by_account, holders } = Grouped::of(input, omissions);
        let mut stated = Stated::of(input);
        let mut missing = vec![Some(NO_CURRENCY); input.accounts.len()];
        let mut statements = Vec::new();
        for ((place, is_foreign, currency), transactions) in by_account {
            let (Some(account), Some(holder)) = (input.accounts.get(place), holders.get(place)) else {
                continue;
            };
            let Some(missing) = missing.get_mut(place) else { continue };
            // Positions, and balances that name no currency, are in the account's.
            let stated = stated.take(input, &account.id, currency, !is_foreign || account.currency.is_none());
            let closing = stated.closing(input, &transactions);
            // Without a statement in its own currency, an account would be taken for one in another.
            let is_headless = is_foreign && account.currency.is_some() && missing.is_some();
            if *holder != Holder::Broker && closing.is_none() || is_headless {
                *missing = missing.map(|_| NO_BALANCE);
                stated.leave_out(NO_BALANCE, omissions);
                for index in transactions {
                    omissions.left_out(List::Transactions, index, NO_BALANCE);
                }
                continue;
            }
            *missing = None;
            statements.push(Planned { place, holder: *holder, currency, transactions, stated, closing });
        }
        stated.leave_out_the_rest(omissions);
        Self { statements, holders, missing }
    }

    /// What is said of the accounts.
    fn accounts(
        &self,
        input: &FileWriteInput,
        numbers: &[String],
        omissions: &mut Omissions<'_>,
    ) -> Result<()> {
        let of = input.accounts.iter().zip(&self.holders).zip(&self.missing).zip(numbers);
        for (place, (((account, holder), missing), number)) in of.enumerate() {
            if let Some(reason) = missing {
                omissions.left_out(List::Accounts, place, reason);
                continue;
            }
            let mut said = told(account, *holder, input);
            let is_number = account.number.as_ref() == Some(number) && last_four(number) == account.number;
            said.extend(is_number.then_some("number"));
            omissions.written(List::Accounts, place, &said)?;
        }
        Ok(())
    }
}

/// The transactions by the place of their account, by whether they are in another currency than it, and by currency.
struct Grouped {
    by_account: BTreeMap<(usize, bool, Currency), Vec<usize>>,
    holders: Vec<Holder>,
}

impl Grouped {
    fn of(input: &FileWriteInput, omissions: &mut Omissions<'_>) -> Self {
        let places: BTreeMap<&str, usize> =
            input.accounts.iter().enumerate().map(|(place, account)| (account.id.as_str(), place)).collect();
        let mut invests = vec![false; input.accounts.len()];
        let mut by_account: BTreeMap<(usize, bool, Currency), Vec<usize>> = BTreeMap::new();
        let own = |place: usize| input.accounts.get(place).and_then(|account| account.currency);
        let key = |place: usize, currency: Currency| (place, own(place) != Some(currency), currency);
        // An account has a statement in its own currency, and one in each other in which it states a balance.
        let own_statements = (0..input.accounts.len()).filter_map(|place| Some((place, own(place)?)));
        let stated = (input.balances.iter())
            .filter_map(|balance| Some((*places.get(balance.account.as_str())?, balance.currency?)));
        for (place, currency) in own_statements.chain(stated) {
            by_account.entry(key(place, currency)).or_default();
        }
        for (index, transaction) in input.transactions.iter().enumerate() {
            let Some(place) = places.get(transaction.account.as_str()).copied() else { continue };
            match transaction.currency.or(own(place)) {
                Some(currency) => {
                    by_account.entry(key(place, currency)).or_default().push(index);
                    if let Some(invests) = invests.get_mut(place) {
                        *invests |= transaction.security.is_some();
                    }
                }
                None => omissions.left_out(List::Transactions, index, "its currency is not known"),
            }
        }
        let holder = |(account, invests): (&LedgerAccount, &bool)| holder(account, *invests);
        Self { by_account, holders: input.accounts.iter().zip(&invests).map(holder).collect() }
    }
}

fn holder(account: &LedgerAccount, invests: bool) -> Holder {
    match (account.kind, account.liability_kind) {
        (_, Some(LiabilityKind::CreditCard)) => Holder::Card,
        (None, None) if invests => Holder::Broker,
        (Some(kind), _) if account_type(kind).is_none() && kind != AccountKind::Cash => Holder::Broker,
        _ => Holder::Bank,
    }
}

/// The type of a bank account.
fn account_type(kind: AccountKind) -> Option<&'static str> {
    match kind {
        AccountKind::Checking => Some("CHECKING"),
        AccountKind::Savings => Some("SAVINGS"),
        AccountKind::MoneyMarket => Some("MONEYMRKT"),
        AccountKind::CertificateOfDeposit => Some("CD"),
        _ => None,
    }
}

/// The fields of an account that a reader gets.
fn told(account: &LedgerAccount, holder: Holder, input: &FileWriteInput) -> Vec<&'static str> {
    let mut said = vec!["currency"];
    let fits = |name: &String| name.chars().count() <= ORGANIZATION && texts::line(name).1;
    let is_one = input.accounts.len() == 1 && account.institution.as_ref().is_some_and(fits);
    said.extend(is_one.then_some("institution"));
    match (holder, account.kind, account.liability_kind) {
        (Holder::Bank, Some(kind), _) if account_type(kind).is_some() => said.push("kind"),
        (Holder::Broker, Some(AccountKind::Brokerage), _) => said.push("kind"),
        (Holder::Card, _, _) | (Holder::Bank, _, Some(LiabilityKind::Other)) => said.push("liabilityKind"),
        _ => {}
    }
    said
}

/// The last date of all records, which stands for the day of the file.
fn last_date(input: &FileWriteInput) -> Option<Date> {
    let transactions = input.transactions.iter().map(|transaction: &LedgerTransaction| transaction.date);
    let balances = input.balances.iter().map(|balance| balance.date);
    let positions = input.positions.iter().filter_map(|position| position.date);
    transactions.chain(balances).chain(positions).max()
}

fn sign_on(file: &mut Elements, last: Date, input: &FileWriteInput) {
    file.open("SIGNONMSGSRSV1");
    file.open("SONRS");
    status(file);
    file.value("DTSERVER", &ofx_date(last));
    file.value("LANGUAGE", "ENG");
    if let [LedgerAccount { institution: Some(institution), .. }] = input.accounts.as_slice() {
        file.open("FI");
        file.text_value("ORG", institution, ORGANIZATION);
        file.close("FI");
    }
    file.close("SONRS");
    file.close("SIGNONMSGSRSV1");
}

fn status(file: &mut Elements) {
    file.open("STATUS");
    file.value("CODE", "0");
    file.value("SEVERITY", "INFO");
    file.close("STATUS");
}
