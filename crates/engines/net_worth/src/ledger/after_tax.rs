//! Net worth after the taxes that selling everything would cost, at given rates.

use std::collections::BTreeMap;

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    num::{Decimal, Rounding},
    wire::Wire,
};
use wherewithal_household::TaxTreatment;

use super::{
    books::{Books, Position, What},
    exact::quotient,
    tables::shown,
};

/// Tax rates at which everything is sold, and what it cost.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Liquidation {
    /// The rate on gains of what was held for at most a year, as a fraction from 0 to 1.
    #[wire(rate, range = 0..=1)]
    pub short_term_rate: Decimal,
    /// The rate on gains of what was held for longer, as a fraction from 0 to 1.
    #[wire(rate, range = 0..=1)]
    pub long_term_rate: Decimal,
    /// The rate on all that is in tax-deferred accounts, as a fraction from 0 to 1.
    #[wire(rate, range = 0..=1)]
    pub deferred_rate: Decimal,
    /// The lots of taxable accounts, and what taxable assets cost.
    #[wire(default, omit, length = ..=100_000)]
    pub lots: Vec<LiquidationLot>,
}

/// What was bought on one day.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LiquidationLot {
    /// The id of the account, or of the asset.
    #[wire(length = 1..=100)]
    pub account: String,
    /// The id of the security; absent for an asset.
    #[wire(omit, length = 1..=100)]
    pub security: Option<String>,
    /// The day of the purchase.
    pub acquired: Date,
    /// The number of shares that are left, above zero; absent for an asset, of which there is one lot.
    #[wire(omit, above = 0)]
    pub quantity: Option<Decimal>,
    /// What these shares or the asset cost, in the currency of all totals, at least zero; of an asset that others own in part, the
    /// household's part.
    #[wire(range = 0..)]
    pub cost: Decimal,
}

/// What is left of net worth after the taxes of a sale of everything.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AfterTaxNetWorth {
    /// Net worth less the taxes.
    pub net_worth: Decimal,
    /// The sum of the taxes.
    pub taxes: Decimal,
    /// The tax on short-term gains that losses leave.
    pub short_term_tax: Decimal,
    /// The tax on long-term gains that losses leave.
    pub long_term_tax: Decimal,
    /// The tax on tax-deferred accounts.
    pub deferred_tax: Decimal,
    /// The sum of the short-term gains and losses of all lots.
    pub short_term_gain: Decimal,
    /// The sum of the long-term gains and losses of all lots.
    pub long_term_gain: Decimal,
    /// The loss that no gain is left for, as a positive amount: it saves no tax here.
    pub unused_loss: Decimal,
    /// The lots, by account, security and day.
    pub lots: Vec<LotAfterTax>,
    /// The value of taxable shares and assets of which no lot says what they cost: their tax is not part of the taxes.
    pub without_cost: Decimal,
}

/// A lot, as if it were sold.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotAfterTax {
    /// The id of the account, or of the asset.
    pub account: String,
    /// The id of the security; absent for an asset.
    pub security: Option<String>,
    /// The day of the purchase.
    pub acquired: Date,
    /// Whether it was held for more than a year.
    pub long_term: bool,
    /// Its part of the value of the position.
    pub value: Decimal,
    /// What it cost.
    pub cost: Decimal,
    /// The value less the cost.
    pub gain: Decimal,
}

/// The lots of a position, by day and then by their order.
type LotsOf<'a> = BTreeMap<(usize, Option<usize>), Vec<(usize, &'a LiquidationLot)>>;

/// Sells everything.
///
/// # Errors
/// `rate.out_of_range`; inside `lots` `name.unknown`, `field.missing`, `field.conflict`, `list.duplicate`,
/// `quantity.out_of_range`, `quantity.exceeds_held`, `amount.out_of_range`, `dates.out_of_order` and `account.unsuitable`.
pub(super) fn after_tax(
    books: &Books<'_>,
    liquidation: &Liquidation,
    day: Date,
    by_item: &[Decimal],
    net_worth: Decimal,
) -> Result<AfterTaxNetWorth> {
    for (rate, field) in [
        (liquidation.short_term_rate, "shortTermRate"),
        (liquidation.long_term_rate, "longTermRate"),
        (liquidation.deferred_rate, "deferredRate"),
    ] {
        check::decimal_fraction(rate).at(field)?;
    }
    let mut lots = read_lots(books, liquidation, day)?;
    let mut told = Vec::new();
    let mut without_cost = Decimal::ZERO;
    for position in &books.positions {
        let item = books.item(position);
        let security = match position.what {
            What::Cash(_) => continue,
            What::Security(security) => Some(security),
            What::Asset => None,
        };
        if item.tax_treatment != TaxTreatment::Taxable || item.liability_kind.is_some() {
            continue;
        }
        let value = books.worth(position, day)?.map_or(Decimal::ZERO, |worth| worth.value);
        let own = if position.under_way { None } else { lots.remove(&(position.item, security)) };
        let sold = sell(books, position, value, day, own.unwrap_or_default(), &mut told)?;
        without_cost = without_cost.plus(value.minus(sold)?)?;
    }
    // Lots of positions that there never were.
    if let Some((index, _)) = lots.into_values().flatten().min_by_key(|(index, _)| *index) {
        let message = "the account holds none of these shares";
        return Err(Error::new(ErrorCode::QuantityExceedsHeld, message)
            .at("quantity")
            .at_index("lots", index));
    }
    taxed(books, liquidation, by_item, net_worth, told, without_cost)
}

fn taxed(
    books: &Books<'_>,
    liquidation: &Liquidation,
    by_item: &[Decimal],
    net_worth: Decimal,
    lots: Vec<LotAfterTax>,
    without_cost: Decimal,
) -> Result<AfterTaxNetWorth> {
    let places = books.rates.places();
    let gains =
        |long: bool| Decimal::sum(lots.iter().filter(|lot| lot.long_term == long).map(|lot| lot.gain));
    let (short_term_gain, long_term_gain) = (gains(false)?, gains(true)?);
    let (short, long, unused_loss) = netted(short_term_gain, long_term_gain)?;
    let tax = |base: Decimal, rate: Decimal| Ok(base.times(rate)?.round(places, Rounding::HalfEven));
    let deferred = (books.items.iter().zip(by_item))
        .filter(|(item, value)| {
            item.tax_treatment == TaxTreatment::TaxDeferred && !value.is_negative() && !item.outside
        })
        .map(|(_, value)| tax(*value, liquidation.deferred_rate));
    let deferred_tax =
        deferred.into_iter().try_fold(Decimal::ZERO, |sum, tax: Result<Decimal>| sum.plus(tax?))?;
    let short_term_tax = tax(short, liquidation.short_term_rate)?;
    let long_term_tax = tax(long, liquidation.long_term_rate)?;
    let taxes = Decimal::sum([short_term_tax, long_term_tax, deferred_tax])?;
    let shown = |value| shown(value, places);
    Ok(AfterTaxNetWorth {
        net_worth: shown(net_worth.minus(taxes)?),
        taxes: shown(taxes),
        short_term_tax: shown(short_term_tax),
        long_term_tax: shown(long_term_tax),
        deferred_tax: shown(deferred_tax),
        short_term_gain: shown(short_term_gain),
        long_term_gain: shown(long_term_gain),
        unused_loss: shown(unused_loss),
        lots,
        without_cost: shown(without_cost),
    })
}

/// Short-term and long-term gains after the losses of the other kind, and the loss that is left.
fn netted(short: Decimal, long: Decimal) -> Result<(Decimal, Decimal, Decimal)> {
    let sum = short.plus(long)?;
    if sum.is_negative() {
        return Ok((Decimal::ZERO, Decimal::ZERO, sum.negated()));
    }
    if short.is_negative() {
        return Ok((Decimal::ZERO, sum, Decimal::ZERO));
    }
    if long.is_negative() {
        return Ok((sum, Decimal::ZERO, Decimal::ZERO));
    }
    Ok((short, long, Decimal::ZERO))
}

/// Divides the value of a position among its lots; the answer is what they have of it.
fn sell(
    books: &Books<'_>,
    position: &Position,
    value: Decimal,
    day: Date,
    lots: Vec<(usize, &LiquidationLot)>,
    told: &mut Vec<LotAfterTax>,
) -> Result<Decimal> {
    let (held, exactly) = (position.levels.on(day), position.levels.fraction_on(day));
    let (mut counted, mut sold) = (Decimal::ZERO, Decimal::ZERO);
    for (index, lot) in lots {
        let until = match lot.quantity {
            // An asset has one lot.
            None => value,
            Some(quantity) => {
                counted = counted.plus(quantity)?;
                if counted > held {
                    let message = format!("the lots have {counted} shares, the account {held}");
                    let error = Error::new(ErrorCode::QuantityExceedsHeld, message).at("quantity");
                    return Err(error.at_index("lots", index));
                }
                let places = books.rates.places().max(value.normalized().scale());
                quotient(&[value, counted, exactly.of], &[exactly.parts], places)?
            }
        };
        let own = until.minus(sold)?;
        sold = until;
        told.push(LotAfterTax {
            account: lot.account.clone(),
            security: lot.security.clone(),
            acquired: lot.acquired,
            long_term: is_long_term(lot.acquired, day)?,
            value: shown(own, books.rates.places()),
            cost: shown(lot.cost, books.rates.places()),
            gain: shown(own.minus(lot.cost)?, books.rates.places()),
        });
    }
    Ok(sold)
}

/// Whether something is held for more than a year: the day of the purchase does not count, that of the sale does (IRC 1222).
fn is_long_term(acquired: Date, sold: Date) -> Result<bool> {
    Ok(sold >= acquired.add_days(1)?.add_months(12)?)
}

fn read_lots<'a>(books: &'a Books<'_>, liquidation: &'a Liquidation, day: Date) -> Result<LotsOf<'a>> {
    let items: BTreeMap<&str, usize> =
        books.items.iter().enumerate().map(|(place, item)| (item.id, place)).collect();
    let mut lots: LotsOf<'a> = BTreeMap::new();
    for (index, lot) in liquidation.lots.iter().enumerate() {
        let key = read_lot(books, &items, lot, day).at_index("lots", index)?;
        let own = lots.entry(key).or_default();
        if key.1.is_none() && !own.is_empty() {
            let message = format!("{:?} has a lot already", lot.account);
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("account").at_index("lots", index));
        }
        own.push((index, lot));
    }
    for own in lots.values_mut() {
        own.sort_by_key(|(index, lot)| (lot.acquired, *index));
    }
    Ok(lots)
}

fn read_lot(
    books: &Books<'_>,
    items: &BTreeMap<&str, usize>,
    lot: &LiquidationLot,
    day: Date,
) -> Result<(usize, Option<usize>)> {
    let fault = |code, message: String, field: &str| Err(Error::new(code, message).at(field));
    let Some((place, item)) =
        items.get(lot.account.as_str()).and_then(|place| books.items.get(*place).map(|item| (*place, item)))
    else {
        let message = format!("no account and no asset is called {:?}", lot.account);
        return fault(ErrorCode::NameUnknown, message, "account");
    };
    if item.tax_treatment != TaxTreatment::Taxable || item.liability_kind.is_some() {
        let message = "only what is in taxable accounts has gains that are taxed".to_owned();
        return fault(ErrorCode::AccountUnsuitable, message, "account");
    }
    if lot.acquired > day {
        return fault(ErrorCode::DatesOutOfOrder, format!("{} is after {day}", lot.acquired), "acquired");
    }
    if lot.cost.is_negative() {
        return fault(ErrorCode::AmountOutOfRange, format!("{} is below zero", lot.cost), "cost");
    }
    match (item.valued, lot.security.as_deref(), lot.quantity) {
        (true, None, None) => Ok((place, None)),
        (true, Some(_), _) => {
            fault(ErrorCode::FieldConflict, "an asset is no security".to_owned(), "security")
        }
        (true, None, Some(_)) => {
            fault(ErrorCode::FieldConflict, "an asset has no shares".to_owned(), "quantity")
        }
        (false, None, _) => fault(ErrorCode::FieldMissing, "a lot needs its security".to_owned(), "security"),
        (false, Some(_), None) => {
            fault(ErrorCode::FieldMissing, "a lot needs its quantity".to_owned(), "quantity")
        }
        (false, Some(security), Some(quantity)) => {
            if quantity <= Decimal::ZERO {
                return fault(
                    ErrorCode::QuantityOutOfRange,
                    format!("{quantity} is not above zero"),
                    "quantity",
                );
            }
            match books.securities.by_id.get(security) {
                Some(security) => Ok((place, Some(*security))),
                None => {
                    fault(ErrorCode::NameUnknown, format!("no security is called {security:?}"), "security")
                }
            }
        }
    }
}
