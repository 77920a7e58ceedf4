//! What an entry moves in the accounts of the household, and what it is for.

use std::collections::BTreeMap;

use wherewithal_base::{Result, check, money::Currency, num::Decimal};

use super::{
    balance::weight,
    entry::{Amount, Class, Entry, MOST_PARTS, Posting, Roots, Worth},
};

/// What an entry moves.
pub(super) struct Legs {
    pub(super) cash: Vec<Cash>,
    pub(super) shares: Vec<Shares>,
    /// What it is for: accounts that the household does not own, with what they weigh.
    pub(super) others: Vec<Other>,
    /// The one commodity in which everything weighs, if there is one.
    pub(super) weighed_in: Option<String>,
}

/// Money of an account.
pub(super) struct Cash {
    pub(super) account: String,
    pub(super) currency: Currency,
    pub(super) amount: Decimal,
    pub(super) weight: Amount,
    pub(super) balance: Option<Decimal>,
    pub(super) memo: Option<String>,
}

/// Shares of an account.
pub(super) struct Shares {
    pub(super) account: String,
    pub(super) commodity: String,
    pub(super) quantity: Decimal,
    /// What they weigh; `None` if that is left to the booking.
    pub(super) weight: Option<Amount>,
    /// What they brought, where a price says it beside the cost.
    pub(super) value: Option<Amount>,
    pub(super) price: Option<Decimal>,
    pub(super) memo: Option<String>,
}

/// A posting to an account that the household does not own.
pub(super) struct Other {
    pub(super) account: String,
    pub(super) class: Class,
    pub(super) weight: Amount,
    pub(super) memo: Option<String>,
}

/// Which legs there are already: an entry may move a great many accounts and commodities.
#[derive(Default)]
struct Places<'e> {
    /// By the account, the currency, and the commodity in which they weigh.
    cash: BTreeMap<(&'e str, Currency, String), usize>,
    shares: BTreeMap<SharesKey<'e>, usize>,
}

/// The account and the commodity of shares, whether they leave, and the commodities of their weight and their value.
type SharesKey<'e> = (&'e str, &'e str, bool, [Option<String>; 2]);

/// The legs of an entry that balances.
///
/// # Errors
/// `list.too_long` if they are more than the parts that a transaction can have, and its account.
pub(super) fn of(entry: &Entry, roots: &Roots) -> Result<Legs> {
    let mut legs = Legs { cash: Vec::new(), shares: Vec::new(), others: Vec::new(), weighed_in: None };
    let mut places = Places::default();
    let mut weighed: BTreeMap<String, ()> = BTreeMap::new();
    for posting in &entry.postings {
        let (Some(units), Some(weight)) = (&posting.units, weight(posting)?) else { continue };
        weighed.insert(weight.commodity.clone(), ());
        let class = roots.class(&posting.account);
        if !class.is_own() {
            let (account, memo) = (posting.account.clone(), posting.memo.clone());
            legs.others.push(Other { account, class, weight, memo });
        } else if let Some(currency) = units.currency().filter(|_| posting.cost.is_none()) {
            add_cash(&mut legs.cash, &mut places, posting, units, currency, weight)?;
        } else {
            add_shares(&mut legs.shares, &mut places, posting, units, weight)?;
        }
    }
    check::length(legs.cash.len() + legs.shares.len() + legs.others.len(), 0..=MOST_PARTS + 1)?;
    let mut commodities = weighed.into_keys();
    legs.weighed_in = commodities.next().filter(|_| commodities.next().is_none());
    Ok(legs)
}

fn add_cash<'e>(
    cash: &mut Vec<Cash>,
    places: &mut Places<'e>,
    posting: &'e Posting,
    units: &Amount,
    currency: Currency,
    weight: Amount,
) -> Result<()> {
    let balance = posting.asserted.as_deref().filter(|stated| stated.commodity == units.commodity);
    let balance = balance.map(|stated| stated.number);
    let key = (posting.account.as_str(), currency, weight.commodity.clone());
    let place = *places.cash.entry(key).or_insert(cash.len());
    match cash.get_mut(place) {
        Some(leg) => {
            leg.amount = leg.amount.plus(units.number)?;
            leg.weight.number = leg.weight.number.plus(weight.number)?;
            leg.balance = balance.or(leg.balance);
        }
        None => cash.push(Cash {
            account: posting.account.clone(),
            currency,
            amount: units.number,
            weight,
            balance,
            memo: posting.memo.clone(),
        }),
    }
    Ok(())
}

fn add_shares<'e>(
    shares: &mut Vec<Shares>,
    places: &mut Places<'e>,
    posting: &'e Posting,
    units: &'e Amount,
    weight: Amount,
) -> Result<()> {
    let is_unknown = posting.is_booked && posting.price.is_none();
    let weight = (!is_unknown && weight.commodity != units.commodity).then_some(weight);
    let value = match posting.price.as_deref() {
        Some(Worth::Each(each)) => {
            Some(Amount { number: units.number.times(each.number)?, commodity: each.commodity.clone() })
        }
        Some(Worth::Total(total)) => {
            let number = total.number.abs();
            let number = if units.number.is_negative() { number.negated() } else { number };
            Some(Amount { number, commodity: total.commodity.clone() })
        }
        None => None,
    };
    let price = price(posting, units.number);
    let worths = [&weight, &value].map(|worth| worth.as_ref().map(|worth| worth.commodity.clone()));
    let key = (posting.account.as_str(), units.commodity.as_str(), units.number.is_negative(), worths);
    let place = *places.shares.entry(key).or_insert(shares.len());
    match shares.get_mut(place) {
        Some(leg) => {
            leg.quantity = leg.quantity.plus(units.number)?;
            for (sum, more) in [(&mut leg.weight, weight), (&mut leg.value, value)] {
                if let (Some(sum), Some(more)) = (sum, more) {
                    sum.number = sum.number.plus(more.number)?;
                }
            }
            leg.price = leg.price.filter(|own| Some(*own) == price);
        }
        None => shares.push(Shares {
            account: posting.account.clone(),
            commodity: units.commodity.clone(),
            quantity: units.number,
            weight,
            value,
            price,
            memo: posting.memo.clone(),
        }),
    }
    Ok(())
}

/// The price of a share: that of its price, else of its cost; of a total, if it divides to at most twelve places.
fn price(posting: &Posting, quantity: Decimal) -> Option<Decimal> {
    match posting.price.as_deref().or(posting.cost.as_deref())? {
        Worth::Each(each) => Some(each.number.abs()),
        Worth::Total(total) => {
            let price = total.number.abs().divided_by(quantity.abs()).ok()?.normalized();
            let is_exact = price.scale() <= 12 && price.times(quantity.abs()).ok()? == total.number.abs();
            is_exact.then_some(price)
        }
    }
}
