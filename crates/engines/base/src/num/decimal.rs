//! Exact decimals.

use std::{fmt, str::FromStr};

use super::Rounding;
use crate::{
    Error, ErrorCode, Result,
    wire::{self, Reader, Shape, Sink, Value, Wire},
};

/// An exact decimal of at least 28 significant digits and at most 28 decimal places: an integer below 2^96
/// (7.9 × 10^28) divided by a power of ten up to 10^28.
///
/// Arithmetic is checked and returns an error instead of panicking. A result is exact if it fits; if it has more
/// digits, it is rounded half to even to as many places as fit. Amounts of money are rounded explicitly, with
/// [`round`](Self::round). There is no conversion from `f64` here: see [`super::gate`].
///
/// The scale is kept as written (`2.50` prints as `2.50`) but does not affect comparison (`2.50 == 2.5`).
///
/// On the wire a decimal is a string. A number is accepted if it is certain which decimal it stands for
/// ([`gate::exact_decimal`](super::gate::exact_decimal)).
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::num::{Decimal, Rounding};
///
/// let price: Decimal = "19.995".parse()?;
/// let cost = price.times("3".parse()?)?.round(2, Rounding::HalfEven);
/// assert_eq!(cost.to_string(), "59.98");
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(rust_decimal::Decimal);

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(rust_decimal::Decimal::ZERO);
    /// One.
    pub const ONE: Self = Self(rust_decimal::Decimal::ONE);

    /// `mantissa` × 10^-`scale`: `Decimal::new(12_345, 2)` is 123.45.
    ///
    /// # Errors
    /// `decimal.overflow` if `scale` is above 28.
    pub fn new(mantissa: i64, scale: u32) -> Result<Self> {
        Self::from_i128(mantissa.into(), scale)
    }

    /// `mantissa` × 10^-`scale` from a wide integer.
    ///
    /// # Errors
    /// `decimal.overflow` if the mantissa does not fit into 96 bits or `scale` is above 28.
    pub fn from_i128(mantissa: i128, scale: u32) -> Result<Self> {
        rust_decimal::Decimal::try_from_i128_with_scale(mantissa, scale)
            .map(Self)
            .map_err(|_| overflow("the number"))
    }

    /// The integer that, times 10^-[`scale`](Self::scale), is the value.
    #[must_use]
    pub fn mantissa(self) -> i128 {
        self.0.mantissa()
    }

    /// The number of digits after the decimal point.
    #[must_use]
    pub fn scale(self) -> u32 {
        self.0.scale()
    }

    /// A result of arithmetic; zero has no sign.
    fn checked(result: Option<rust_decimal::Decimal>, what: &str) -> Result<Self> {
        let result = result.ok_or_else(|| overflow(what))?;
        Ok(Self(if result.is_zero() { result.abs() } else { result }))
    }

    /// The sum.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub fn plus(self, other: Self) -> Result<Self> {
        Self::checked(self.0.checked_add(other.0), "the sum")
    }

    /// The difference.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub fn minus(self, other: Self) -> Result<Self> {
        Self::checked(self.0.checked_sub(other.0), "the difference")
    }

    /// The product.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub fn times(self, other: Self) -> Result<Self> {
        Self::checked(self.0.checked_mul(other.0), "the product")
    }

    /// The quotient, rounded half to even to as many places as fit.
    ///
    /// # Errors
    /// `decimal.division_by_zero`, `decimal.overflow`.
    pub fn divided_by(self, other: Self) -> Result<Self> {
        if other.is_zero() {
            return Err(Error::new(ErrorCode::DecimalDivisionByZero, format!("{self} was divided by zero")));
        }
        Self::checked(self.0.checked_div(other.0), "the quotient")
    }

    /// The sum of values, in their order; zero for an empty list.
    ///
    /// # Errors
    /// `decimal.overflow`.
    pub fn sum(values: impl IntoIterator<Item = Self>) -> Result<Self> {
        values.into_iter().try_fold(Self::ZERO, Self::plus)
    }

    /// Rounds to `places` after the decimal point. The result shows that many places, as far as they fit.
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// # use wherewithal::num::{Decimal, Rounding};
    /// let tie: Decimal = "-0.125".parse()?;
    /// assert_eq!(tie.round(2, Rounding::HalfEven).to_string(), "-0.12");
    /// assert_eq!(tie.round(2, Rounding::HalfUp).to_string(), "-0.13");
    /// assert_eq!(tie.round(4, Rounding::Down).to_string(), "-0.1250");
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    #[must_use]
    pub fn round(self, places: u32, rounding: Rounding) -> Self {
        let places = places.min(rust_decimal::Decimal::MAX_SCALE);
        let mut rounded = self.0.round_dp_with_strategy(places, rounding.strategy());
        // Rounding alone would not add trailing zeros.
        rounded.rescale(places);
        if rounded.is_zero() {
            rounded.set_sign_positive(true);
        }
        Self(rounded)
    }

    /// Rounds to a multiple of `step`, such as 0.05 for Swiss cash.
    ///
    /// # Errors
    /// `number.out_of_range` if `step` is not positive; `decimal.overflow`.
    pub fn round_to_step(self, step: Self, rounding: Rounding) -> Result<Self> {
        if step <= Self::ZERO {
            return Err(Error::new(
                ErrorCode::NumberOutOfRange,
                format!("the rounding step is {step}; it must be greater than zero"),
            ));
        }
        let remainder = Self::checked(self.0.checked_rem(step.0), "the remainder")?;
        // The multiple towards zero, because a remainder has the sign of the value.
        let lower = self.minus(remainder)?;
        let from_lower = remainder.abs();
        let from_outer = step.minus(from_lower)?;
        let outwards = match rounding {
            Rounding::Down => false,
            Rounding::Up => !remainder.is_zero(),
            Rounding::HalfUp => from_lower >= from_outer,
            Rounding::HalfEven if from_lower == from_outer => lower.is_odd_multiple_of(step)?,
            Rounding::HalfEven => from_lower > from_outer,
        };
        match (outwards, self.is_negative()) {
            (false, _) => Ok(lower),
            (true, false) => lower.plus(step),
            (true, true) => lower.minus(step),
        }
    }

    /// Whether a multiple of `step` is an odd one: dividing it by twice the step leaves a step.
    fn is_odd_multiple_of(self, step: Self) -> Result<bool> {
        let remainder = Self::checked(self.0.checked_rem(step.plus(step)?.0), "the remainder")?;
        Ok(!remainder.is_zero())
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The value with its sign reversed; zero stays a plain zero.
    #[must_use]
    pub fn negated(self) -> Self {
        if self.is_zero() { self } else { Self(-self.0) }
    }

    /// Whether the value is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether the value is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// 1, 0 or -1.
    #[must_use]
    pub fn signum(self) -> i128 {
        self.0.mantissa().signum()
    }

    /// The value without trailing zeros in its fraction.
    #[must_use]
    pub fn normalized(self) -> Self {
        Self(self.0.normalize())
    }
}

fn overflow(what: &str) -> Error {
    Error::new(
        ErrorCode::DecimalOverflow,
        format!("{what} does not fit into 28 digits and 28 decimal places"),
    )
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self(value.into())
    }
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Self(value.into())
    }
}

impl From<u32> for Decimal {
    fn from(value: u32) -> Self {
        Self(value.into())
    }
}

impl FromStr for Decimal {
    type Err = Error;

    /// Parses plain notation: an optional sign, digits, and optionally a point and digits. Exponents, separators,
    /// spaces and underscores are refused.
    fn from_str(text: &str) -> Result<Self> {
        let malformed = || {
            let shown: String = text.chars().take(40).collect();
            Error::new(
                ErrorCode::DecimalMalformed,
                format!("{shown:?} is not a decimal number; write it like \"-1234.56\""),
            )
        };
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return Err(malformed());
        }
        let parsed = rust_decimal::Decimal::from_str_exact(text)
            .map_err(|_| overflow(&format!("{:?}", text.chars().take(40).collect::<String>())))?;
        Ok(Self(if parsed.is_zero() { parsed.abs() } else { parsed }))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Wire for Decimal {
    fn shape() -> Shape {
        Shape::Decimal
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        match value {
            Value::Text(text) => match reader.exact_percentage(text) {
                Some(fraction) => return fraction,
                None => text.parse(),
            },
            Value::Positive(value) => Ok((*value).into()),
            Value::Negative(value) => Ok((*value).into()),
            Value::Number(value) => super::gate::exact_decimal(*value),
            other => Err(reader.wrong_type(other, Shape::Decimal)),
        }
        .and_then(|value| reader.ordinary_decimal(value))
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        sink.text(&self.0.to_string())
    }
}

wire::serde_impls!(Decimal);
