//! The lots that may be sold.

use wherewithal_base::{Result, dates::Date, error::At as _, num::Decimal};

use super::{LeftOutReason, LotLeftOut, SalesPlanInput, SalesTarget, WashSalePolicy};
use crate::{
    HoldingTerm,
    engine::{Book, Id, Lot},
    exact::{overflow, proportion},
    names::Places,
    operations::unrealized::Prices,
    output::{held, lot_id},
};

/// Parts of the smallest unit of money in which taxes and targets are compared, so that rounding decides nothing.
pub(super) const PARTS: i128 = 1_000_000;

/// A lot that may be sold, in steps: whole shares, or the smallest unit in which the shares are counted.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) lot: Id<Lot>,
    pub(super) term: HoldingTerm,
    /// Units in a step.
    pub(super) step: i128,
    /// Steps that can be sold.
    pub(super) steps: i128,
    /// The fewest steps that can be sold, above zero.
    pub(super) fewest: i128,
    /// What all steps bring, gain and cost in tax, in parts of the smallest unit of money. The tax is rounded down.
    pub(super) value: i128,
    pub(super) gain: i128,
    pub(super) tax: i128,
    /// How much all steps add to the target, above zero. Set with the goal.
    pub(super) measure: i128,
}

/// The price of a share as a quotient: an amount in the smallest unit of money for so many units of the security.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quotient {
    amount: i128,
    units: i128,
}

impl Quotient {
    /// The price of the units in which a lot is counted, on a day at whose rate a price in another currency is exchanged.
    pub(crate) fn of(book: &Book, lot: Id<Lot>, price: Decimal, as_of: Date) -> Result<Self> {
        let position = book.lots[lot].position;
        let unit = book.families[book.family_of(position)].unit();
        let price = price.normalized();
        let currency = book.currency_of(position);
        let places = currency.map_or(Ok(book.places), |currency| book.places_of(currency))?;
        let too_large = || overflow().at("prices");
        let amount = price.mantissa().checked_mul(10i128.pow(places)).ok_or_else(too_large)?;
        let units = 10i128.pow(price.scale()).checked_mul(unit.denominator()).ok_or_else(too_large)?;
        let (amount, units) = match currency {
            Some(currency) => book.rate_on(currency, as_of).at("asOf")?.times(amount, units).at("prices")?,
            None => (amount, units),
        };
        Ok(Self { amount, units })
    }

    /// What units are worth, in the smallest unit of money.
    pub(crate) fn value(self, units: i128) -> Result<i128> {
        proportion(self.amount, units, self.units)
    }

    /// The same in parts of it.
    pub(super) fn parts(self, units: i128) -> Result<i128> {
        let parts = self.amount.checked_mul(PARTS).ok_or_else(overflow);
        parts.and_then(|parts| proportion(parts, units, self.units)).at("prices")
    }
}

/// The lots that may be sold, and those that may not.
pub(super) fn candidates(
    book: &mut Book,
    input: &SalesPlanInput,
    prices: &Prices<'_>,
) -> Result<(Vec<Candidate>, Vec<LotLeftOut>)> {
    let keep = Places::of(input.keep.iter().map(String::as_str));
    let day = input.as_of.day_number();
    let (mut taken, mut left_out) = (Vec::new(), Vec::new());
    for (lot, _) in held(book)? {
        let position = book.lots[lot].position;
        let security = book.securities[book.positions[position].security].id.clone();
        if let SalesTarget::Weight { security: only, .. } = &input.target
            && *only != security
        {
            continue;
        }
        let day_term = book.term(lot, day, false)?;
        let price = Quotient::of(book, lot, prices.of(&security)?, input.as_of)?;
        let candidate = candidate(book, input, lot, price)?;
        let at_loss = candidate.as_ref().is_some_and(|candidate| candidate.gain < 0);
        let reason = if keep.get(&security).is_some() {
            Some(LeftOutReason::Kept)
        } else if !book.is_taxable(position) {
            Some(LeftOutReason::NotTaxable)
        } else if book.positions[position].is_averaged() {
            Some(LeftOutReason::AverageCost)
        } else if day_term == HoldingTerm::SixtyForty {
            Some(LeftOutReason::MarkedToMarket)
        } else if book.lots[lot].gift.is_some() {
            Some(LeftOutReason::TwoBases)
        } else if at_loss && input.wash_sales == WashSalePolicy::Avoid && book.has_replacement(lot, day) {
            Some(LeftOutReason::WashSale)
        } else {
            None
        };
        match (reason, candidate) {
            (None, Some(candidate)) => taken.push(candidate),
            (reason, _) => left_out.push(LotLeftOut {
                lot: lot_id(book, lot),
                reason: reason.unwrap_or(LeftOutReason::TooSmall),
            }),
        }
    }
    Ok((taken, left_out))
}

/// What a lot would bring; `None` if not even the least sale is possible.
fn candidate(book: &Book, input: &SalesPlanInput, id: Id<Lot>, price: Quotient) -> Result<Option<Candidate>> {
    let lot = &book.lots[id];
    let unit = book.families[book.family_of(lot.position)].unit();
    let step = if input.whole_shares { unit.denominator() } else { 1 };
    let steps = lot.holding.units / step;
    if steps == 0 {
        return Ok(None);
    }
    let units = steps * step;
    let value = price.parts(units)?;
    let too_large = || overflow().at("prices");
    let whole_cost = lot.holding.whole_cost.checked_mul(PARTS).ok_or_else(too_large)?;
    let gain = value - proportion(whole_cost, units, lot.holding.whole_units).at("prices")?;
    let term = book.term(id, input.as_of.day_number(), gain < 0)?;
    let rate = if term == HoldingTerm::Long { input.rates.long_term } else { input.rates.short_term };
    let product = gain.checked_mul(rate.mantissa()).ok_or_else(too_large)?;
    let fewest = match input.minimum_sale {
        None => 1,
        Some(least) => {
            let too_large = || overflow().at("minimumSale");
            let least = book.amount(least, "minimumSale")?.checked_mul(PARTS).ok_or_else(too_large)?;
            match value {
                0 => steps + 1,
                value => 1.max(divided_up(least.checked_mul(steps).ok_or_else(too_large)?, value)),
            }
        }
    };
    Ok((fewest <= steps).then_some(Candidate {
        lot: id,
        term,
        step,
        steps,
        fewest,
        value,
        gain,
        tax: product.div_euclid(10i128.pow(rate.scale())),
        measure: 0,
    }))
}

/// The quotient of numbers that are not negative, rounded up.
pub(super) fn divided_up(dividend: i128, divisor: i128) -> i128 {
    dividend / divisor + i128::from(dividend % divisor != 0)
}
