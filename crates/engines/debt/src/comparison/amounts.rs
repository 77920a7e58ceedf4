//! Amounts, shares and growth of a comparison: validated, and in minor units.

use crate::{
    loan::{MAX_TERM_MONTHS, minor_units, places},
    payment::rounded_quotient,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding, gate},
};
use wherewithal_math::{exp, ln_1p};

/// The largest amount of the input, in minor units. Products with factors up to 10^18 fit into 128 bits.
const MAX_MINOR_UNITS: i64 = 1_000_000_000_000_000;
/// The largest growth in a year, as a fraction, that is computed in exact decimals.
const MAX_YEARLY_GROWTH: i64 = 10;

/// Reads and writes amounts of one currency.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amounts {
    /// The number of decimal places of the currency.
    pub(super) places: u32,
}

impl Amounts {
    /// Amounts of a currency; its errors are at `currency`.
    pub(super) fn of(currency: Currency) -> Result<Self> {
        Ok(Self { places: places(currency).at("currency")? })
    }

    /// An amount of zero or more, in minor units.
    pub(super) fn read(self, amount: Decimal, field: &str) -> Result<i64> {
        self.read_from(amount, 0, field)
    }

    /// An amount above zero, in minor units.
    pub(super) fn read_positive(self, amount: Decimal, field: &str) -> Result<i64> {
        self.read_from(amount, 1, field)
    }

    fn read_from(self, amount: Decimal, lowest: i64, field: &str) -> Result<i64> {
        let units = minor_units(amount, self.places).at(field)?;
        units.filter(|units| (lowest..=MAX_MINOR_UNITS).contains(units)).ok_or_else(|| {
            let rule = if lowest == 0 { "not be negative" } else { "be greater than zero" };
            Error::new(
                ErrorCode::AmountOutOfRange,
                format!("the amount is {amount}; it must {rule} and must be at most 10^15 minor units"),
            )
            .at(field)
        })
    }

    /// A lender's credit towards the costs of a loan, in minor units; at most the principal.
    pub(super) fn read_credit(self, credit: Decimal, principal: i64) -> Result<i64> {
        let units = self.read(credit, "lenderCredit")?;
        if units <= principal {
            return Ok(units);
        }
        let most = self.write(principal)?;
        let message = format!("the lender's credit is {credit}; it must not exceed the principal of {most}");
        Err(Error::new(ErrorCode::AmountOutOfRange, message).at("lenderCredit"))
    }

    /// Converts minor units to a decimal.
    pub(super) fn write(self, units: impl Into<i128>) -> Result<Decimal> {
        Decimal::from_i128(units.into(), self.places)
    }
}

/// An exact part of an amount.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    numerator: u64,
    denominator: u64,
}

impl Share {
    /// `part` of `whole`, both in minor units and the whole above zero.
    pub(super) fn ratio(part: i128, whole: i128) -> Result<Self> {
        let narrow = |units: i128| u64::try_from(units).map_err(|_| too_large("an amount"));
        // A part of nothing is zero; the denominator only must not be.
        Ok(Self { numerator: narrow(part)?, denominator: narrow(whole)?.max(1) })
    }

    /// A fraction from zero to `most`, which is a whole number below 1,000.
    pub(super) fn read(value: Decimal, most: u32, field: &str) -> Result<Self> {
        let value = check::decimal_rate(value, Decimal::ZERO..=Decimal::from(most)).at(field)?;
        let numerator = u64::try_from(value.mantissa()).map_err(|_| too_large("a share").at(field))?;
        Ok(Self { numerator, denominator: 10_u64.pow(value.scale()) })
    }

    /// This share divided by `parts`, which is at most 1,000: 12 for a month's share, 100 for a percentage.
    pub(super) fn divided_by(self, parts: u64) -> Self {
        Self { denominator: self.denominator * parts, ..self }
    }

    /// This share of an amount that is not negative.
    pub(super) fn of(self, units: i128, rounding: Rounding) -> Result<i128> {
        let product = units
            .unsigned_abs()
            .checked_mul(self.numerator.into())
            .ok_or_else(|| too_large("a share of an amount"))?;
        i128::try_from(rounded_quotient(product, self.denominator, rounding))
            .map_err(|_| too_large("a share of an amount"))
    }

    /// The amount that leaves `units` after this share is deducted. The share is below one.
    pub(super) fn whole_of_rest(self, units: i128, rounding: Rounding) -> Result<i128> {
        let product = units
            .unsigned_abs()
            .checked_mul(self.denominator.into())
            .ok_or_else(|| too_large("an amount with its costs"))?;
        i128::try_from(rounded_quotient(product, self.denominator - self.numerator, rounding))
            .map_err(|_| too_large("an amount with its costs"))
    }
}

/// Growth in a year as a fraction.
pub(super) fn growth(value: f64, field: &str) -> Result<f64> {
    check::growth(value).at(field)
}

/// Growth that happens once a year, in exact decimals: its factor for each year, the first of which is one.
#[derive(Debug)]
pub(super) struct YearlyGrowth {
    factors: Vec<Decimal>,
}

impl YearlyGrowth {
    /// Growth over some years by a fraction above -1 and at most 10.
    pub(super) fn read(value: Decimal, years: u32, field: &str) -> Result<Self> {
        let value = check::decimal_rate(value, check::above(-1_i64, MAX_YEARLY_GROWTH)).at(field)?;
        let factor = Decimal::ONE.plus(value)?;
        let mut factors = vec![Decimal::ONE];
        let mut power = Decimal::ONE;
        for _ in 1..years {
            power = power.times(factor).map_err(|_| too_large("growth over the years"))?;
            factors.push(power);
        }
        Ok(Self { factors })
    }

    /// An amount of the first year, grown to year `year` (from 1) and rounded to the minor unit.
    pub(super) fn in_year(&self, amount: i64, year: u32, rounding: Rounding) -> Result<i128> {
        self.part_of_year(amount, year, Decimal::ONE, rounding)
    }

    /// A twelfth of an amount of the first year, grown to year `year` (from 1) and rounded once, to the minor unit.
    pub(super) fn in_month(&self, amount: i64, year: u32, rounding: Rounding) -> Result<i128> {
        self.part_of_year(amount, year, Decimal::from(12_u32), rounding)
    }

    #[expect(clippy::indexing_slicing, reason = "the plan counts the years that it reads growth for")]
    fn part_of_year(&self, amount: i64, year: u32, parts: Decimal, rounding: Rounding) -> Result<i128> {
        let factor = self.factors[year as usize - 1];
        Decimal::from(amount)
            .times(factor)
            .and_then(|amount| amount.divided_by(parts))
            .map(|amount| amount.round(0, rounding).mantissa())
            .map_err(|_| too_large("an amount that grows"))
    }
}

/// The factor of some months of growth at an effective annual rate.
pub(super) fn growth_factor(annual: f64, months: f64) -> f64 {
    exp(ln_1p(annual) * (months / 12.0))
}

/// An amount times a factor, rounded to the minor unit.
pub(super) fn grown(units: i128, factor: f64, rounding: Rounding) -> Result<i128> {
    Decimal::from_i128(units, 0)
        .and_then(|amount| gate::to_decimal(gate::to_f64(amount) * factor, 0, rounding))
        .map(Decimal::mantissa)
        .map_err(|_| too_large("an amount that grows"))
}

/// Narrows minor units to the 64 bits in which loans are computed.
pub(super) fn narrow(units: i128) -> Result<i64> {
    i64::try_from(units).map_err(|_| too_large("an amount"))
}

fn too_large(what: &str) -> Error {
    Error::new(ErrorCode::ResultTooLarge, format!("{what} does not fit into 28 digits"))
}

/// A number of months within 1 to 1200.
pub(super) fn months(value: u32) -> Result<u32> {
    check::whole(value, 1..=MAX_TERM_MONTHS, ErrorCode::TermOutOfRange)
}

/// `part` divided by `whole`, rounded half to even to six places. `part` is not negative, and `whole` is positive.
pub(super) fn ratio(part: i128, whole: i64) -> Result<Decimal> {
    let millionths =
        rounded_quotient(part.unsigned_abs() * 1_000_000, whole.unsigned_abs(), Rounding::HalfEven);
    Decimal::from_i128(i128::try_from(millionths).map_err(|_| too_large("a ratio"))?, 6)
}
