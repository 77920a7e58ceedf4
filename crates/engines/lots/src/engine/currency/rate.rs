//! Exchange rates, and the parts of a gain.

use wherewithal_base::{Error, ErrorCode, Result, num::Decimal};

use crate::exact::{Running, Wide, overflow, proportion, rounded_quotient};

/// The highest rate: 10^9.
const MOST: i64 = 1_000_000_000;
/// The most decimal places of a rate.
const MOST_PLACES: u32 = 15;

/// An exchange rate as a quotient: so many of the smallest unit of the book's currency for so many of another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    numerator: i128,
    /// Above zero.
    denominator: i128,
}

impl Rate {
    /// The rate for amounts with so many decimal places in the currency of the book, and so many in the other.
    pub(super) fn new(rate: Decimal, places: u32, foreign_places: u32) -> Result<Self> {
        check_rate(rate)?;
        let rate = rate.normalized();
        let power = |exponent| 10i128.checked_pow(exponent).ok_or_else(overflow);
        let numerator = rate.mantissa().checked_mul(power(places.saturating_sub(foreign_places))?);
        let denominator = power(rate.scale() + foreign_places.saturating_sub(places))?;
        Ok(Self { numerator: numerator.ok_or_else(overflow)?, denominator })
    }

    /// The rate that [`new`](Self::new) was given.
    pub(super) fn decimal(self, places: u32, foreign_places: u32) -> Result<Decimal> {
        let digits = 10i128.pow(places.saturating_sub(foreign_places));
        let scale = self.denominator.ilog10().saturating_sub(foreign_places.saturating_sub(places));
        Decimal::from_i128(self.numerator / digits, scale)
    }

    /// A foreign amount in the currency of the book, rounded half to even.
    pub(super) fn of(self, amount: i128) -> Result<i128> {
        proportion(amount, self.numerator, self.denominator)
    }

    /// A price of a share in parts: `self` times a price that is a quotient itself.
    pub(crate) fn times(self, amount: i128, units: i128) -> Result<(i128, i128)> {
        let amount = amount.checked_mul(self.numerator).ok_or_else(overflow)?;
        Ok((amount, units.checked_mul(self.denominator).ok_or_else(overflow)?))
    }
}

/// That a number is an exchange rate.
pub(super) fn check_rate(rate: Decimal) -> Result<()> {
    if rate.mantissa() <= 0 || rate > Decimal::from(MOST) {
        let message = format!("{rate} is not an exchange rate above 0 and up to 10^9");
        return Err(Error::new(ErrorCode::AmountOutOfRange, message));
    }
    if rate.normalized().scale() > MOST_PLACES {
        let message = format!("{rate} has more than {MOST_PLACES} decimal places");
        return Err(Error::new(ErrorCode::DecimalTooPrecise, message));
    }
    Ok(())
}

/// The rates at which the parts of an amount were exchanged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Rates {
    /// There are no parts.
    #[default]
    None,
    /// All have one.
    One(Rate),
    Several,
}

impl Rates {
    /// Those of two amounts together.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, rates) | (rates, Self::None) => rates,
            (one, other) if one == other => one,
            _ => Self::Several,
        }
    }
}

/// Money in the currency of the book and, where it was another, in that.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    pub(crate) book: i128,
    /// The same in the foreign currency; 0 where there is none.
    pub(crate) foreign: i128,
    pub(crate) rates: Rates,
}

impl Sum {
    /// The money of both, of which the second is taken away if `sign` is negative.
    pub(crate) fn plus(self, sign: i128, other: Self) -> Self {
        Self {
            book: self.book + sign * other.book,
            foreign: self.foreign + sign * other.foreign,
            rates: self.rates.and(other.rates),
        }
    }

    /// The rate, or the one at which all of it was exchanged on average: none for a foreign amount of zero.
    fn rate(self) -> Option<Rate> {
        match (self.rates, self.foreign) {
            (Rates::One(rate), _) => Some(rate),
            (_, 0) => None,
            (_, foreign) => {
                Some(Rate { numerator: self.book * foreign.signum(), denominator: foreign.abs() })
            }
        }
    }
}

/// Divides money among parts, as [`Running`] does.
pub(crate) struct RunningSum {
    book: Running,
    foreign: Option<Running>,
    rates: Rates,
}

impl RunningSum {
    pub(crate) fn new(sum: Sum, whole: i128) -> Self {
        let foreign = (sum.foreign != 0).then(|| Running::new(sum.foreign, whole));
        Self { book: Running::new(sum.book, whole), foreign, rates: sum.rates }
    }

    /// The share of the next part.
    pub(crate) fn next(&mut self, part: i128) -> Result<Sum> {
        let foreign = self.foreign.as_mut().map_or(Ok(0), |foreign| foreign.next(part))?;
        Ok(Sum { book: self.book.next(part)?, foreign, rates: self.rates })
    }
}

/// The parts of a gain, in the smallest unit of the book's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GainParts {
    pub(crate) price: i128,
    pub(crate) currency: i128,
    pub(crate) cross: i128,
}

impl GainParts {
    /// Of what was opened at one price and rate and closed at another: with the foreign amounts F0 and F1 and the rates e0
    /// and e1, F0 × (e1 − e0) is due to the currency and (F1 − F0) × (e1 − e0) to both, each rounded half to even, and the
    /// rest, (F1 − F0) × e0, to the price. What cost nothing abroad gains by its price alone.
    pub(crate) fn of(open: Sum, close: Sum) -> Result<Self> {
        let gain = close.book - open.book;
        let (before, after) = match (open.rate(), close.rate()) {
            (Some(before), Some(after)) if open.foreign != 0 => (before, after),
            _ => return Ok(Self { price: gain, currency: 0, cross: 0 }),
        };
        // e1 − e0 as a quotient.
        let part = |foreign: i128| {
            narrow_part(before, after, foreign).map_or_else(|| wide_part(before, after, foreign), Ok)
        };
        let (currency, cross) = (part(open.foreign)?, part(close.foreign - open.foreign)?);
        Ok(Self { price: gain - currency - cross, currency, cross })
    }

    /// The same of what was sold before it was bought.
    pub(super) fn negated(self) -> Self {
        Self { price: -self.price, currency: -self.currency, cross: -self.cross }
    }
}

/// A foreign amount times the change of a rate, rounded half to even, if all of it fits into 127 bits.
fn narrow_part(before: Rate, after: Rate, foreign: i128) -> Option<i128> {
    let change = after
        .numerator
        .checked_mul(before.denominator)?
        .checked_sub(before.numerator.checked_mul(after.denominator)?)?;
    let divisor = after.denominator.checked_mul(before.denominator)?;
    Some(rounded_quotient(change.checked_mul(foreign)?, divisor))
}

/// The same, whether it fits or not.
fn wide_part(before: Rate, after: Rate, foreign: i128) -> Result<i128> {
    let was = Wide::of(before.numerator).times(after.denominator);
    let change = Wide::of(after.numerator).times(before.denominator).minus(&was);
    let divisor = Wide::of(after.denominator).times(before.denominator);
    change.times(foreign).rounded_quotient(&divisor).ok_or_else(overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(book: i128, foreign: i128, rate: &str) -> Sum {
        Sum { book, foreign, rates: Rates::One(Rate::new(rate.parse().unwrap(), 2, 2).unwrap()) }
    }

    #[test]
    fn a_gain_has_three_parts() {
        // 100 shares bought at 10.00 and sold at 12.00, at 1.10 and 1.20: 220.00 + 100.00 + 20.00.
        let parts = GainParts::of(sum(110_000, 100_000, "1.1"), sum(144_000, 120_000, "1.2")).unwrap();
        assert_eq!(parts, GainParts { price: 22_000, currency: 10_000, cross: 2_000 });
    }

    #[test]
    fn a_part_that_does_not_fit_is_the_same_number() {
        let rate = |numerator, denominator| Rate { numerator, denominator };
        for (before, after, foreign) in [
            (rate(11, 10), rate(12, 10), 12_345),
            (rate(11, 10), rate(12, 10), -12_345),
            (rate(-7, 3), rate(10, 9), 1_000_001),
        ] {
            let narrow = narrow_part(before, after, foreign).unwrap();
            assert_eq!(wide_part(before, after, foreign).unwrap(), narrow);
        }
        let fine = 10_i128.pow(30);
        assert_eq!(narrow_part(rate(fine, fine), rate(3 * fine, fine), 5), None);
        assert_eq!(wide_part(rate(fine, fine), rate(3 * fine, fine), 5).unwrap(), 10);
    }

    #[test]
    fn at_one_rate_all_is_price() {
        let parts = GainParts::of(sum(113, 100, "1.1283"), sum(1_128, 1_000, "1.1283")).unwrap();
        assert_eq!(parts, GainParts { price: 1_015, currency: 0, cross: 0 });
    }

    #[test]
    fn a_rate_tells_the_decimal_that_it_was_made_of() {
        for (rate, places, foreign_places) in
            [("1.1283", 2, 2), ("150", 0, 2), ("0.0068", 2, 0), ("3.26", 2, 3)]
        {
            let decimal: Decimal = rate.parse().unwrap();
            let told = Rate::new(decimal, places, foreign_places).unwrap().decimal(places, foreign_places);
            assert_eq!(told.unwrap().to_string(), rate);
        }
    }

    #[test]
    fn a_rate_knows_the_places_of_both_currencies() {
        let yen = Rate::new("0.0068".parse().unwrap(), 2, 0).unwrap();
        assert_eq!(yen.of(150_000).unwrap(), 102_000);
        let dinar = Rate::new("3.26".parse().unwrap(), 2, 3).unwrap();
        assert_eq!(dinar.of(1_000).unwrap(), 326);
    }
}
