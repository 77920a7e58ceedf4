//! What statements and valuations state, and where it differs from the transactions.

use std::collections::BTreeMap;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    money::Currency,
    num::Decimal,
};
use wherewithal_ledger::{LedgerAccount, StatedBalance, StatedBalanceKind, running_balances};

use super::{
    NetWorthBooks,
    books::{Adjustment, Cause, Drafts, Item, Key, Move, Position, Posting, What, fault},
    quantity::{Change, Levels, Stated},
    securities::Securities,
    term::NetWorthTerm,
};

/// Reads stated balances, positions and valuations into the drafts, and the balances that stand beside transactions where no other is stated
/// of their day.
///
/// # Errors
/// `name.unknown`, `field.missing` and `field.conflict` inside `balances`, `positions` and `valuations`;
/// `amount.out_of_range` inside `valuations`; `decimal.overflow`.
pub(super) fn read_statements(
    input: &NetWorthBooks,
    items: &[Item<'_>],
    by_id: &BTreeMap<&str, usize>,
    securities: &Securities<'_>,
    drafts: &mut Drafts,
    control: &Control,
) -> Result<()> {
    let mut work = Work::under(control);
    let mut reader = Reader { items, by_id, securities, drafts, known: BTreeMap::new() };
    for (index, balance) in input.balances.iter().enumerate() {
        work.done(1)?;
        reader.balance(balance).at_index("balances", index)?;
    }
    for balance in of_transactions(input, control)? {
        work.done(1)?;
        reader.running(&balance)?;
    }
    // Positions of one account, security and day are one: a list may have a line for each lot.
    let mut held: BTreeMap<(Key, Date), (Decimal, usize)> = BTreeMap::new();
    for (index, position) in input.positions.iter().enumerate() {
        work.done(1)?;
        let Some(day) = position.date.or(input.positions_as_of) else {
            let message = "a position needs its date, here or in `positionsAsOf`".to_owned();
            return Err(fault(ErrorCode::FieldMissing, message, "date", "positions", index));
        };
        let key = reader.security(&position.account, &position.security).at_index("positions", index)?;
        let Some(key) = key else { continue };
        let (quantity, _) = held.entry((key, day)).or_insert((Decimal::ZERO, index));
        *quantity = quantity.plus(position.quantity).at_index("positions", index)?;
    }
    for ((key, day), (quantity, index)) in held {
        work.done(1)?;
        reader.state(Some(key), Stated { day, quantity }, "quantity").at_index("positions", index)?;
    }
    for (index, valuation) in input.valuations.iter().enumerate() {
        work.done(1)?;
        let asset = by_id
            .get(valuation.asset.as_str())
            .filter(|place| items.get(**place).is_some_and(|item| item.valued));
        let Some(place) = asset else {
            let message = format!("no asset is called {:?}", valuation.asset);
            return Err(fault(ErrorCode::NameUnknown, message, "asset", "valuations", index));
        };
        if valuation.value.is_negative() {
            let message = format!("{} is below zero; a debt is an account", valuation.value);
            return Err(fault(ErrorCode::AmountOutOfRange, message, "value", "valuations", index));
        }
        let stated = Stated { day: valuation.date, quantity: valuation.value };
        reader.state(Some((*place, What::Asset, false)), stated, "value").at_index("valuations", index)?;
    }
    Ok(())
}

/// The balances that stand beside transactions, at the ends of their days, in the currencies of the accounts.
fn of_transactions(input: &NetWorthBooks, control: &Control) -> Result<Vec<StatedBalance>> {
    let ledger = &input.ledger;
    let with_currency = |account: &LedgerAccount| LedgerAccount {
        currency: account.currency.or(Some(ledger.currency)),
        ..account.clone()
    };
    let accounts: Vec<LedgerAccount> = ledger.accounts.iter().map(with_currency).collect();
    running_balances(&accounts, &ledger.transactions, &input.balances, input.cash_date, control)
}

struct Reader<'r, 'a> {
    items: &'r [Item<'a>],
    by_id: &'r BTreeMap<&'r str, usize>,
    securities: &'r Securities<'a>,
    drafts: &'r mut Drafts,
    known: BTreeMap<(Key, Date), Decimal>,
}

impl Reader<'_, '_> {
    fn balance(&mut self, balance: &StatedBalance) -> Result<()> {
        let key = match balance.kind {
            StatedBalanceKind::Available => return self.account(&balance.account).map(drop),
            StatedBalanceKind::Cash | StatedBalanceKind::Ledger => {
                self.account(&balance.account)?.and_then(|place| {
                    let own = self.items.get(place)?.currency;
                    Some((place, What::Cash(balance.currency.unwrap_or(own)), false))
                })
            }
            StatedBalanceKind::Shares if balance.currency.is_some() => {
                let message = "a number of shares has no currency";
                return Err(Error::new(ErrorCode::FieldConflict, message).at("currency"));
            }
            StatedBalanceKind::Shares => match &balance.security {
                Some(security) => self.security(&balance.account, security)?,
                None => {
                    let message = "a balance of shares needs its security";
                    return Err(Error::new(ErrorCode::FieldMissing, message).at("security"));
                }
            },
        };
        self.state(key, Stated { day: balance.date, quantity: balance.amount }, "amount")
    }

    /// A balance of transactions, unless another is stated of its day.
    fn running(&mut self, balance: &StatedBalance) -> Result<()> {
        let Some(place) = self.account(&balance.account)? else { return Ok(()) };
        let Some(currency) = balance.currency.or_else(|| self.items.get(place).map(|item| item.currency))
        else {
            return Ok(());
        };
        let key = (place, What::Cash(currency), false);
        if self.known.contains_key(&(key, balance.date)) {
            return Ok(());
        }
        self.state(Some(key), Stated { day: balance.date, quantity: balance.amount }, "balance")
    }

    /// The place of an account; nothing if it is outside the scope.
    fn account(&self, id: &str) -> Result<Option<usize>> {
        let place =
            self.by_id.get(id).filter(|place| self.items.get(**place).is_some_and(|item| !item.valued));
        let Some(place) = place else {
            return Err(
                Error::new(ErrorCode::NameUnknown, format!("no account is called {id:?}")).at("account")
            );
        };
        Ok(self.items.get(*place).is_some_and(|item| !item.outside).then_some(*place))
    }

    fn security(&self, account: &str, security: &str) -> Result<Option<Key>> {
        let account = self.account(account)?;
        let Some(security) = self.securities.by_id.get(security) else {
            let message = format!("no security is called {security:?}");
            return Err(Error::new(ErrorCode::NameUnknown, message).at("security"));
        };
        Ok(account.map(|account| (account, What::Security(*security), false)))
    }

    fn state(&mut self, key: Option<Key>, stated: Stated, field: &str) -> Result<()> {
        let Some(key) = key else { return Ok(()) };
        match self.known.insert((key, stated.day), stated.quantity) {
            Some(other) if other != stated.quantity => {
                let message = format!("{} and {other} are stated for {}", stated.quantity, stated.day);
                Err(Error::new(ErrorCode::FieldConflict, message).at(field))
            }
            Some(_) => Ok(()),
            None => {
                let place = self.drafts.place(key);
                self.drafts.state(place, stated);
                Ok(())
            }
        }
    }
}

/// Replays every position and posts what statements add to the transactions. Positions come out by item, by what they are in,
/// and those under way after the others; postings name them by their new places.
pub(super) fn settle(
    drafts: Drafts,
    items: &[Item<'_>],
    securities: &Securities<'_>,
    postings: &mut Vec<Posting>,
    moves: &mut [Move],
    work: &mut Work<'_, '_>,
) -> Result<(Vec<Position>, Vec<Adjustment>)> {
    let Drafts { places, changes, stated, .. } = drafts;
    let mut drafts: Vec<_> = changes.into_iter().zip(stated).collect();
    let mut new_places = vec![0; drafts.len()];
    let mut positions = Vec::with_capacity(drafts.len());
    let mut adjustments = Vec::new();
    let mut added = Vec::new();
    for ((item, what, under_way), draft) in places {
        #[expect(clippy::indexing_slicing, reason = "each place has a draft")]
        let (changes, stated) = std::mem::take(&mut drafts[draft]);
        work.done(1 + changes.len() + stated.len())?;
        let place = positions.len();
        #[expect(clippy::indexing_slicing, reason = "each draft has a new place")]
        let new_place = &mut new_places[draft];
        *new_place = place;
        let splits = changes.iter().filter_map(Change::split).collect();
        let (levels, differences) = Levels::replay(changes, stated, what != What::Asset)?;
        let currency = currency_of(what, item, items, securities);
        positions.push(Position { item, what, under_way, currency, levels, splits });
        // An asset has no transactions that a valuation could contradict.
        if what == What::Asset {
            continue;
        }
        let is_debt = items.get(item).is_some_and(|item| item.liability_kind.is_some());
        for difference in differences {
            let change = difference.stated.minus(difference.computed)?;
            let cause = Cause::Adjustment(adjustments.len());
            let (term, amount) = match what {
                // Between its statements a debt changes by what is paid and charged.
                What::Cash(_) if is_debt => (NetWorthTerm::DebtRepaid, Some(change)),
                What::Security(security) => (
                    NetWorthTerm::Revaluation,
                    securities.value(security, difference.change, difference.day)?,
                ),
                What::Cash(_) | What::Asset => (NetWorthTerm::Revaluation, Some(change)),
            };
            let (unvalued, amount) = (amount.is_none(), amount.unwrap_or(Decimal::ZERO));
            added.push(Posting {
                day: difference.day,
                position: place,
                term,
                amount,
                currency,
                cause,
                unvalued,
                moved: None,
            });
            let (day, stated, computed) = (difference.day, difference.stated, difference.computed);
            adjustments.push(Adjustment { position: place, day, stated, computed });
        }
    }
    for position in (postings.iter_mut().map(|posting| &mut posting.position))
        .chain(moves.iter_mut().map(|one| &mut one.position))
    {
        #[expect(clippy::indexing_slicing, reason = "postings and moves are of positions that had a draft")]
        let new_place = new_places[*position];
        *position = new_place;
    }
    postings.append(&mut added);
    Ok((positions, adjustments))
}

#[expect(clippy::indexing_slicing, reason = "a position is made for an item of the list")]
fn currency_of(what: What, item: usize, items: &[Item<'_>], securities: &Securities<'_>) -> Currency {
    match what {
        What::Cash(currency) => currency,
        What::Security(security) => securities.currency(security),
        What::Asset => items[item].currency,
    }
}
