//! Gifts (IRC 1015, 1041, 1223(2)).

use wherewithal_base::{Error, ErrorCode, Result, dates::Date, error::At as _, num::Decimal};

use super::{BasisRule, Book, Holding, Id, Lot, Position, Sum, acquire::Arrival, term_queue::Occasion};
use crate::{
    HoldingTerm,
    exact::proportion,
    input::{GiftTax, LotPick},
};

/// The second basis of shares that were worth less at the gift than they had cost the donor. It counts for a loss; the
/// cost of the lot, the donor's basis, counts for a gain (IRC 1015(a)).
#[derive(Debug, Clone)]
pub(crate) struct Gift {
    /// The basis for a loss of what is left of the lot.
    pub(crate) loss: Holding,
    /// The day of the gift, from which the holding period is counted if there is a loss.
    pub(crate) given: i32,
}

/// What was taken out of a lot.
pub(super) struct Taken {
    pub(super) cost: i128,
    /// The basis for a loss, of a gift that has two.
    pub(super) loss_basis: Option<i128>,
    /// What it cost in the currency of the security, if that is another.
    pub(super) abroad: Sum,
}

impl Taken {
    /// What it cost in both currencies.
    pub(super) fn sum(&self) -> Sum {
        Sum { book: self.cost, ..self.abroad }
    }

    /// What counts as the cost of shares that brought the proceeds. Between the two bases of a gift there is neither a gain
    /// nor a loss (Reg. 1.1015-1(a)(2)).
    pub(super) fn cost_against(&self, proceeds: i128) -> i128 {
        cost_against(self.cost, self.loss_basis, proceeds)
    }
}

/// Like [`Taken::cost_against`].
fn cost_against(cost: i128, loss_basis: Option<i128>, proceeds: i128) -> i128 {
    match loss_basis {
        Some(loss_basis) if proceeds < cost => proceeds.max(loss_basis),
        _ => cost,
    }
}

/// Shares of one lot that were given away.
#[derive(Debug, Clone)]
pub(crate) struct Departure {
    /// The index of the event.
    pub(crate) event: u32,
    pub(crate) day: i32,
    pub(crate) lot: Id<Lot>,
    pub(crate) units: i128,
    /// The place of the unit in the family's.
    pub(crate) unit: usize,
    pub(crate) cost: i128,
    /// The day from which the holding period was counted when they left: what is left of the lot may get another.
    pub(crate) held_since: i32,
    pub(crate) term: HoldingTerm,
    pub(crate) to_charity: bool,
}

/// A gift as it is received.
pub(super) struct Received<'a> {
    pub(super) quantity: Decimal,
    pub(super) donor_basis: Decimal,
    pub(super) donor_acquired: Date,
    pub(super) fair_market_value: Option<Decimal>,
    pub(super) gift_tax: Option<&'a GiftTax>,
    pub(super) from_spouse: bool,
    pub(super) name: Option<&'a str>,
}

impl Book {
    /// Adds shares that were received as a gift.
    pub(super) fn receive_gift(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        received: &Received<'_>,
    ) -> Result<()> {
        let held_since = received.donor_acquired.day_number();
        if held_since > day {
            let message = "the donor acquired the shares after the gift";
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("donorAcquired"));
        }
        let (cost, loss_basis) = if self.currency_of(position).is_some() {
            (self.foreign_basis_of_gift(position, received)?, None)
        } else {
            let (basis, loss_basis) = self.bases_of_gift(received)?;
            (Sum { book: basis, ..Sum::default() }, loss_basis)
        };
        let gift = loss_basis.map(|loss_basis| Gift { loss: Holding::new(1, loss_basis), given: day });
        if gift.is_some() {
            self.refuse_two_bases_in_average(position)?;
        }
        let arrival = Arrival {
            held_since,
            gift,
            bought: false,
            rule: BasisRule::Gift,
            ..Arrival::purchase(event, day)
        };
        self.receive(position, received.quantity, cost, received.name, arrival)
    }

    /// The basis of a gift in another currency: the donor's, at the rate of the day from which the donor's holding period is
    /// counted.
    fn foreign_basis_of_gift(&self, position: Id<Position>, received: &Received<'_>) -> Result<Sum> {
        if received.gift_tax.is_some() {
            let message = "gift tax is in the currency of the book, and the security is in another; add the part that bears on the \
                           appreciation (IRC 1015(d)(6)) to the donor's basis yourself";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("giftTax"));
        }
        let (basis, _) = self.bases_of_gift(received)?;
        let security = &self.securities[self.positions[position].security].id;
        let sum = self.sum_on(security, basis, received.donor_acquired).at("donorAcquired")?;
        if let Some(value) = received.fair_market_value
            && self.sum(self.amount(value, "fairMarketValue")?)?.book < sum.book
        {
            let message = "the gift was worth less than it cost the donor, so it has two bases (IRC 1015(a)), which are not computed \
                           where the security is in another currency than the book";
            return Err(Error::new(ErrorCode::SecurityUnsuitable, message).at("fairMarketValue"));
        }
        Ok(sum)
    }

    /// The basis of a gift, and the one for a loss if it is another.
    fn bases_of_gift(&self, received: &Received<'_>) -> Result<(i128, Option<i128>)> {
        let basis = self.amount(received.donor_basis, "donorBasis")?;
        if received.from_spouse {
            if received.fair_market_value.is_some() || received.gift_tax.is_some() {
                let message =
                    "a transfer between spouses carries the basis over, whatever the value (IRC 1041(b))";
                return Err(Error::new(ErrorCode::FieldConflict, message).at("fromSpouse"));
            }
            return Ok((basis, None));
        }
        let Some(value) = received.fair_market_value else {
            let message = "give what the shares were worth at the gift; a value below the donor's basis is the basis for a loss";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("fairMarketValue"));
        };
        let value = self.amount(value, "fairMarketValue")?;
        let increase = match received.gift_tax {
            Some(tax) => self.tax_on_appreciation(tax, value - basis).at("giftTax")?,
            None => 0,
        };
        Ok((basis + increase, (value < basis).then_some(value)))
    }

    /// The part of the gift tax that the net appreciation bears, which is added to the basis (IRC 1015(d)(6)).
    fn tax_on_appreciation(&self, tax: &GiftTax, appreciation: i128) -> Result<i128> {
        let paid = self.amount(tax.paid, "paid")?;
        let gift = self.amount(tax.amount_of_gift, "amountOfGift")?;
        if gift == 0 {
            let message = "tax is paid on a gift above zero";
            return Err(Error::new(ErrorCode::AmountOutOfRange, message).at("amountOfGift"));
        }
        // The tax bears on no more than the gift itself.
        proportion(paid, appreciation.clamp(0, gift), gift)
    }

    /// Refuses two bases where all shares have one average.
    pub(super) fn refuse_two_bases_in_average(&self, position: Id<Position>) -> Result<()> {
        if self.positions[position].is_averaged() { Err(two_bases_in_average()) } else { Ok(()) }
    }

    /// Whether a lot of a position has two bases.
    pub(super) fn has_two_bases(&self, position: Id<Position>) -> bool {
        if self.gifts.is_empty() {
            return false;
        }
        let lots = self.positions[position].queue.lots(&self.lots);
        lots.iter().any(|lot| self.lots[*lot].gift.is_some())
    }

    /// Lets shares leave without a gain.
    pub(super) fn give(
        &mut self,
        event: u32,
        day: i32,
        position: Id<Position>,
        quantity: Decimal,
        picks: &[LotPick],
        to_charity: bool,
    ) -> Result<()> {
        let family = self.family_of(position);
        let units = self.units(family, self.shares(position, quantity)?)?;
        let unit = self.families[family].units.len() - 1;
        for (lot, units) in self.choose(position, Occasion { day, proceeds: 0, units }, picks)? {
            let taken = self.take(lot, units)?;
            let cost = taken.cost;
            let term = self.term(lot, day, false)?;
            // A holding period that a short sale stopped begins with the gift (IRC 1233(b)(2)).
            let held_since = if self.lots[lot].suspended { day } else { self.held_since(lot, false) };
            let left = Departure { event, day, lot, units, unit, cost, held_since, term, to_charity };
            self.departures.push(left);
            self.departed_abroad(lot, &taken);
            let rule = if to_charity { BasisRule::GivenToCharity } else { BasisRule::GivenAway };
            self.note_units(event, lot, rule, units, -cost, None);
        }
        Ok(())
    }

    /// Takes units out of a lot and out of its position, with their cost.
    pub(super) fn take(&mut self, lot: Id<Lot>, units: i128) -> Result<Taken> {
        let Lot { position, gift, is_short, .. } = self.lots[lot];
        let abroad = self.take_abroad(lot, units)?;
        let own = self.lots[lot].holding.take(units)?;
        let place = &mut self.positions[position];
        if is_short {
            place.owed -= units;
            return Ok(Taken { cost: own, loss_basis: None, abroad });
        }
        let mut cost = own;
        if place.is_averaged() {
            cost = place.pool.take(units)?;
            if place.pool.units == 0 {
                // So that what was sold out does not keep the unit fine.
                place.pool = Holding::default();
            }
        }
        place.held -= units;
        let loss_basis = gift.map(|gift| self.gifts[gift].loss.take(units)).transpose()?;
        Ok(Taken { cost, loss_basis, abroad })
    }

    /// Sets the same part of the second basis of a lot apart.
    pub(super) fn part_of_gift(&mut self, lot: Id<Lot>, units: i128) -> Result<Option<Id<Gift>>> {
        let Some(gift) = self.lots[lot].gift else { return Ok(None) };
        let loss = Holding::new(units, self.gifts[gift].loss.take(units)?);
        let given = self.gifts[gift].given;
        Ok(Some(self.gifts.push(Gift { loss, given })))
    }

    /// The day from which the holding period of a lot is counted.
    pub(super) fn held_since(&self, lot: Id<Lot>, at_a_loss: bool) -> i32 {
        let Lot { held_since, gift, .. } = &self.lots[lot];
        // The loss basis is not the donor's, so the donor's period does not count (IRC 1223(2)). One that a short sale had
        // stopped begins later than the gift (IRC 1233(b)(2)).
        gift.filter(|_| at_a_loss).map_or(*held_since, |gift| self.gifts[gift].given.max(*held_since))
    }

    /// What would count as the cost of all that is left of a lot, which costs so much, if it brought the proceeds.
    pub(crate) fn cost_of_all_against(&self, lot: Id<Lot>, cost: i128, proceeds: i128) -> i128 {
        let loss_basis = self.lots[lot].gift.map(|gift| self.gifts[gift].loss.cost);
        cost_against(cost, loss_basis, proceeds)
    }

    /// The first day on which a sale of a lot is long-term; none of a section 1256 contract, nor while a short sale stops the
    /// holding period.
    pub(crate) fn first_long_day(&self, lot: Id<Lot>, at_a_loss: bool) -> Option<i32> {
        match &self.lots[lot] {
            Lot { position, .. } if self.is_marked(*position) => None,
            Lot { suspended: true, .. } => None,
            Lot { always_long: true, acquired, .. } => Some(*acquired),
            Lot { .. } => Some(self.long_term.first_long_day(self.held_since(lot, at_a_loss))),
        }
    }

    /// The term of shares that leave on a day.
    pub(crate) fn term(&self, lot: Id<Lot>, day: i32, at_a_loss: bool) -> Result<HoldingTerm> {
        if self.is_marked(self.lots[lot].position) {
            return Ok(HoldingTerm::SixtyForty);
        }
        let Lot { always_long, suspended, .. } = self.lots[lot];
        if suspended {
            return Ok(HoldingTerm::Short);
        }
        if always_long {
            return Ok(HoldingTerm::Long);
        }
        self.long_term.term(self.held_since(lot, at_a_loss), day)
    }
}

pub(super) fn two_bases_in_average() -> Error {
    let message = "a gift that was worth less than it cost the donor has two bases, which have no average; keep it in an \
                   account with another method, or give its value as the donor's basis (Reg. 1.1012-1(e))";
    Error::new(ErrorCode::MethodUnsuitable, message).at("security")
}
