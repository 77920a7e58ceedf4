//! An amount of money.

use std::{cmp::Ordering, fmt};

use super::Currency;
use crate::{
    Error, ErrorCode, Result,
    error::At,
    num::{Decimal, Rounding},
    order,
    wire::Wire,
};

/// An exact amount of one currency.
///
/// Currencies are never mixed silently: adding, subtracting or comparing two currencies is the error
/// `currency.mismatch`. An amount may be finer than the currency's minor unit until it is [rounded](Self::round)
/// explicitly. There is no conversion from `f64`.
///
/// On the wire: `{"amount": "2528.27", "currency": "USD"}`.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::{money::{Currency, Money, usd}, num::Rounding};
///
/// let rent = usd("2528.275")?;
/// assert_eq!(rent.round(Rounding::HalfEven).to_string(), "2528.28 USD");
///
/// let euro = Money::new("10".parse()?, Currency::EUR);
/// assert_eq!(rent.plus(euro).unwrap_err().code().as_str(), "currency.mismatch");
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Wire)]
pub struct Money {
    /// The amount, in units of the currency (dollars, not cents).
    amount: Decimal,
    /// The currency, an ISO 4217 code such as `USD`.
    currency: Currency,
}

/// An amount of US dollars, written as text.
///
/// # Errors
/// `decimal.malformed`, `decimal.overflow`.
pub fn usd(amount: &str) -> Result<Money> {
    amount.parse().map(|amount| Money::new(amount, Currency::USD))
}

impl Money {
    /// An amount of a currency.
    #[must_use]
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Zero in a currency.
    #[must_use]
    pub fn zero(currency: Currency) -> Self {
        Self::new(Decimal::ZERO, currency)
    }

    /// The amount, in units of the currency.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The sum.
    ///
    /// # Errors
    /// `currency.mismatch`, `decimal.overflow`.
    pub fn plus(self, other: Self) -> Result<Self> {
        self.require_currency(other.currency)?;
        Ok(Self::new(self.amount.plus(other.amount)?, self.currency))
    }

    /// The difference.
    ///
    /// # Errors
    /// `currency.mismatch`, `decimal.overflow`.
    pub fn minus(self, other: Self) -> Result<Self> {
        self.require_currency(other.currency)?;
        Ok(Self::new(self.amount.minus(other.amount)?, self.currency))
    }

    /// The amount times a number, not rounded.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub fn times(self, factor: Decimal) -> Result<Self> {
        Ok(Self::new(self.amount.times(factor)?, self.currency))
    }

    /// The amount divided by a number, to 28 digits, not rounded to the currency. To divide an amount into parts that
    /// add up to it, use [`allocate`](Self::allocate).
    ///
    /// # Errors
    /// `decimal.division_by_zero`, `decimal.overflow`.
    pub fn divided_by(self, divisor: Decimal) -> Result<Self> {
        Ok(Self::new(self.amount.divided_by(divisor)?, self.currency))
    }

    /// The amount with its sign reversed.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::new(self.amount.negated(), self.currency)
    }

    /// The amount without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self::new(self.amount.abs(), self.currency)
    }

    /// Whether the amount is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.amount.is_negative()
    }

    /// Compares two amounts of one currency.
    ///
    /// # Errors
    /// `currency.mismatch`.
    pub fn compare(self, other: Self) -> Result<Ordering> {
        self.require_currency(other.currency)?;
        Ok(self.amount.cmp(&other.amount))
    }

    /// The sum of amounts of one currency, in their order; zero for an empty list.
    ///
    /// # Errors
    /// `currency.mismatch` with the index of the first amount in another currency as its path;
    /// `decimal.overflow`.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self> {
        let mut total = Self::zero(currency);
        for (index, amount) in amounts.into_iter().enumerate() {
            total = total.plus(amount).at_item(index)?;
        }
        Ok(total)
    }

    /// Rounds to the minor unit of the currency. An amount of a currency without one, such as gold, is unchanged.
    #[must_use]
    pub fn round(self, rounding: Rounding) -> Self {
        match self.currency.decimal_places() {
            Some(places) => Self::new(self.amount.round(places, rounding), self.currency),
            None => self,
        }
    }

    /// Divides the amount in proportion to `weights` into parts that add up to it exactly.
    ///
    /// Each part is a whole number of the currency's minor unit (or of the last digit of the amount, if that is finer).
    /// Each part is first rounded towards zero; the remaining units go one each to the parts with the largest
    /// remainders, ties to the earlier part (the largest remainder method). So each part is less than one unit from its
    /// exact share, and a weight of zero gets nothing.
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// # use wherewithal::money::{Money, usd};
    /// let parts = usd("100")?.allocate(&["1".parse()?, "1".parse()?, "1".parse()?])?;
    /// let shown: Vec<String> = parts.iter().map(Money::to_string).collect();
    /// assert_eq!(shown, ["33.34 USD", "33.33 USD", "33.33 USD"]);
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    ///
    /// # Errors
    /// `weight.out_of_range` if a weight is negative or all are zero; `decimal.overflow` if the amount or the weights
    /// have too many digits for an exact division.
    pub fn allocate(self, weights: &[Decimal]) -> Result<Vec<Self>> {
        // A currency without a minor unit is split as finely as the amount is written.
        let scale = self.amount.normalized().scale().max(self.currency.decimal_places().unwrap_or(0));
        let units = units_of(self.amount, scale)?;
        let weights = integer_weights(weights)?;
        let whole = weights.iter().try_fold(0u128, |sum, weight| sum.checked_add(*weight));
        // Below 2^126, so that the long division in `Share::of` cannot overflow.
        let whole = whole.filter(|whole| whole >> 126 == 0).ok_or_else(|| too_fine("the weights"))?;
        let mut shares: Vec<Share> = weights
            .iter()
            .enumerate()
            .map(|(index, weight)| Share::of(units.unsigned_abs(), *weight, whole, index))
            .collect();
        let given: u128 = shares.iter().map(|share| share.units).sum();
        let left = units.unsigned_abs().saturating_sub(given);
        // A stable sort, so that the earlier of equal remainders comes first.
        order::sort_by_key(&mut shares, |share| std::cmp::Reverse(share.remainder));
        for (share, _) in shares.iter_mut().zip(0..left) {
            share.units += 1;
        }
        order::sort_by_key(&mut shares, |share| share.index);
        shares
            .iter()
            .map(|share| {
                let units = i128::try_from(share.units).map_err(|_| too_fine("the amount"))?;
                let part = Decimal::from_i128(units * self.amount.signum(), scale)?;
                Ok(Self::new(part, self.currency))
            })
            .collect()
    }

    fn require_currency(self, other: Currency) -> Result<()> {
        if self.currency == other {
            return Ok(());
        }
        Err(Error::new(
            ErrorCode::CurrencyMismatch,
            format!(
                "cannot combine {} with {other}; convert one of them with an exchange rate first",
                self.currency
            ),
        ))
    }
}

impl fmt::Display for Money {
    /// The unrounded amount and the code: `12.50 USD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

/// One part of an allocation, in whole units.
struct Share {
    index: usize,
    units: u128,
    remainder: u128,
}

impl Share {
    /// `units` × `weight` / `whole`, exactly, by long division in binary. `weight` ≤ `whole` < 2^126.
    fn of(units: u128, weight: u128, whole: u128, index: usize) -> Self {
        let mut quotient = 0u128;
        let mut remainder = 0u128;
        // Long division bit by bit, because the product of units and weight can exceed 128 bits.
        for bit in (0..u128::BITS - units.leading_zeros()).rev() {
            remainder *= 2;
            if units >> bit & 1 == 1 {
                remainder += weight;
            }
            quotient = quotient * 2 + remainder / whole;
            remainder %= whole;
        }
        Self { index, units: quotient, remainder }
    }
}

/// `value` in units of 10^-`scale`, of which it is a whole number.
fn units_of(value: Decimal, scale: u32) -> Result<i128> {
    let value = value.normalized();
    10i128
        .checked_pow(scale.saturating_sub(value.scale()))
        .and_then(|factor| value.mantissa().checked_mul(factor))
        .ok_or_else(|| too_fine("the amount"))
}

/// The weights as integers in the same proportion.
fn integer_weights(weights: &[Decimal]) -> Result<Vec<u128>> {
    if let Some(index) = weights.iter().position(|weight| weight.is_negative()) {
        let invalid = Error::new(ErrorCode::WeightOutOfRange, "a weight must not be negative");
        return Err(invalid.at_index("weights", index));
    }
    if weights.iter().all(|weight| weight.is_zero()) {
        let invalid = Error::new(ErrorCode::WeightOutOfRange, "at least one weight must be above zero");
        return Err(invalid.at("weights"));
    }
    let scale = weights.iter().fold(0, |scale, weight| scale.max(weight.normalized().scale()));
    weights.iter().map(|weight| units_of(*weight, scale).map(i128::unsigned_abs)).collect()
}

fn too_fine(what: &str) -> Error {
    Error::new(ErrorCode::DecimalOverflow, format!("{what} has too many digits for an exact division"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimals(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn money(amount: &str, currency: &str) -> Money {
        Money::new(amount.parse().unwrap(), currency.parse().unwrap())
    }

    #[test]
    fn two_currencies_do_not_meet() {
        let (dollars, euros) = (money("1", "USD"), money("1", "EUR"));
        for error in [
            dollars.plus(euros).unwrap_err(),
            dollars.minus(euros).unwrap_err(),
            dollars.compare(euros).unwrap_err(),
        ] {
            assert_eq!(error.code(), ErrorCode::CurrencyMismatch);
        }
        let error = Money::sum(Currency::USD, [dollars, dollars, euros]).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::CurrencyMismatch, "[2]"));
    }

    #[test]
    fn rounding_is_to_the_smallest_unit_of_the_currency() {
        let round = |amount, currency| money(amount, currency).round(Rounding::HalfUp).to_string();
        assert_eq!(round("1.2345", "USD"), "1.23 USD");
        assert_eq!(round("1.5", "JPY"), "2 JPY");
        assert_eq!(round("1.2345", "KWD"), "1.235 KWD");
        assert_eq!(round("1.2345", "XAU"), "1.2345 XAU");
    }

    /// Worked by hand from the definition of the method of the largest remainder: 5 cents at 3 to 7 are 1.5 and
    /// 3.5, so both lose half a cent and the earlier one gets the cent that is left.
    #[test]
    fn allocation_by_the_largest_remainder() {
        let cases: &[(&str, &str, &[&str], &[&str])] = &[
            ("0.05", "USD", &["3", "7"], &["0.02", "0.03"]),
            ("0.05", "USD", &["7", "3"], &["0.04", "0.01"]),
            ("100", "USD", &["1", "1", "1"], &["33.34", "33.33", "33.33"]),
            ("-100", "USD", &["1", "1", "1"], &["-33.34", "-33.33", "-33.33"]),
            ("100", "JPY", &["50", "30", "20"], &["50", "30", "20"]),
            ("0.01", "USD", &["0", "1", "0"], &["0.00", "0.01", "0.00"]),
            ("0", "USD", &["1", "2"], &["0.00", "0.00"]),
            ("1.005", "USD", &["0.5", "0.50"], &["0.503", "0.502"]),
        ];
        for (amount, currency, weights, expected) in cases {
            let parts = money(amount, currency).allocate(&decimals(weights)).unwrap();
            let shown: Vec<String> = parts.iter().map(|part| part.amount().to_string()).collect();
            assert_eq!(shown, *expected, "{amount} {weights:?}");
        }
    }

    #[test]
    fn weights_that_say_nothing_are_refused() {
        let cases: &[(&[&str], &str)] =
            &[(&[], "weights"), (&["0", "0"], "weights"), (&["1", "-1"], "weights[1]")];
        for (weights, path) in cases {
            let error = money("1", "USD").allocate(&decimals(weights)).unwrap_err();
            assert_eq!((error.code(), error.path()), (ErrorCode::WeightOutOfRange, *path));
        }
        let fine = decimals(&["79228162514264337593543950335", "0.0000000000000000000000000001"]);
        assert_eq!(money("1", "USD").allocate(&fine).unwrap_err().code(), ErrorCode::DecimalOverflow);
    }

    #[test]
    fn the_wire_form_is_read_strictly() {
        let text = r#"{"amount":"12.50","currency":"USD"}"#;
        let amount: Money = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&amount).unwrap(), text);
        assert!(serde_json::from_str::<Money>(r#"{"amount":"1","currency":"USD","x":1}"#).is_err());
        assert!(serde_json::from_str::<Money>(r#"{"amount":"1","currency":"usd"}"#).is_err());
    }

    proptest! {
        #[test]
        fn parts_add_up_and_none_is_a_unit_off(
            cents in -1_000_000_000_000i64..1_000_000_000_000,
            weights in prop::collection::vec(0i64..1_000_000, 1..20),
        ) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let whole: i64 = weights.iter().sum();
            let amount = Money::new(Decimal::new(cents, 2).unwrap(), Currency::USD);
            let decimals: Vec<Decimal> = weights.iter().map(|weight| Decimal::from(*weight)).collect();
            let parts = amount.allocate(&decimals).unwrap();
            prop_assert_eq!(Money::sum(Currency::USD, parts.iter().copied()).unwrap(), amount);
            for (part, weight) in parts.iter().zip(&weights) {
                // | part × whole − cents × weight | < whole, in cents and exactly.
                let found = part.amount().mantissa() * i128::from(whole);
                let exact = i128::from(cents) * i128::from(*weight);
                prop_assert!((found - exact).abs() < i128::from(whole));
            }
        }
    }
}
