//! Open Financial Exchange, version 2: one statement for each account and currency, and the list of securities.
//!
//! The order of elements is that of the specification (OFX 2.2, 11.4 and 13.9), which readers may ask for.

mod elements;
mod investment;
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
use elements::{Elements, ofx_date};
use investment::Securities;
use statement::{NUMBER, Stated, Statement};

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
    let statements = Statements::of(input, omissions);
    let mut stated = Stated::of(input);
    let securities: Securities<'_> =
        input.securities.iter().map(|security| (security.id.as_str(), security)).collect();
    let numbers = numbers(&input.accounts);
    for (holder, message, envelope) in [
        (Holder::Bank, "BANKMSGSRSV1", "STMTTRNRS"),
        (Holder::Card, "CREDITCARDMSGSRSV1", "CCSTMTTRNRS"),
        (Holder::Broker, "INVSTMTMSGSRSV1", "INVSTMTTRNRS"),
    ] {
        let mut is_open = false;
        for ((place, _, currency), transactions) in &statements.by_account {
            let Some(account) = input.accounts.get(*place) else { continue };
            if statements.holders.get(*place) != Some(&holder) {
                continue;
            }
            if !is_open {
                file.open(message);
                is_open = true;
            }
            file.open(envelope);
            file.value("TRNUID", "0");
            status(&mut file);
            let statement = Statement {
                input,
                securities: &securities,
                account,
                number: numbers.get(*place).map_or("", String::as_str),
                currency: *currency,
                transactions,
                last,
            };
            // Positions, and balances that name no currency, are in the account's.
            let is_own = account.currency.is_none_or(|own| own == *currency);
            let stated = stated.take(input, &account.id, *currency, is_own);
            statement.write(holder, stated, &mut file, omissions, work)?;
            file.close(envelope);
        }
        if is_open {
            file.close(message);
        }
    }
    investment::securities(input, &mut file, omissions)?;
    file.close("OFX");
    for (place, (account, holder)) in input.accounts.iter().zip(&statements.holders).enumerate() {
        let mut said = told(account, *holder, input);
        said.extend((account.number.as_ref() == numbers.get(place)).then_some("number"));
        omissions.written(List::Accounts, place, &said)?;
    }
    stated.leave_out_the_rest(omissions);
    Ok(file.text())
}

/// How many characters the place of an account takes at the end of a number that would be too long.
const PLACE: usize = 8;

/// The numbers of the accounts, of which no two are alike: the end that is known where it is that of one account, else the
/// id, whose end is the place of the account where it is too long.
fn numbers(accounts: &[LedgerAccount]) -> Vec<String> {
    let mut ends: BTreeMap<&str, u32> = BTreeMap::new();
    for number in accounts.iter().filter_map(|account| account.number.as_deref()) {
        *ends.entry(number).or_default() += 1;
    }
    for account in accounts.iter().filter(|account| account.number.as_ref() != Some(&account.id)) {
        *ends.entry(&account.id).or_default() += 1;
    }
    let of = |(place, account): (usize, &LedgerAccount)| match account.number.as_deref() {
        Some(number) if ends.get(number) == Some(&1) => number.to_owned(),
        _ if account.id.chars().count() <= NUMBER => account.id.clone(),
        _ => {
            let start: String = account.id.chars().take(NUMBER - PLACE).collect();
            format!("{start}-{:07}", place + 1)
        }
    };
    accounts.iter().enumerate().map(of).collect()
}

/// What an account is in OFX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Bank,
    Card,
    Broker,
}

/// The statements of a file: transactions by the place of their account, and by currency, the account's own first: a reader
/// takes that of the first statement for the account's.
struct Statements {
    by_account: BTreeMap<(usize, bool, Currency), Vec<usize>>,
    holders: Vec<Holder>,
}

impl Statements {
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
