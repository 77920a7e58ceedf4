//! A loan as it is described, and as its schedule computes with it.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    Error, ErrorCode, Result,
    dates::Date,
    error::At as _,
    model::us_dollar,
    money::{Currency, Money},
    num::{Decimal, Rounding},
};

/// The longest term, in months: a hundred years.
pub(in crate::debt) const MAX_TERM_MONTHS: u32 = 1200;
/// The largest principal and payment, in minor units of the currency.
const MAX_MINOR_UNITS: i64 = 1_000_000_000_000_000_000;
/// The largest annual rate, as a fraction: 1,000 %.
const MAX_ANNUAL_RATE: i64 = 10;
/// How many decimal places an annual rate may have.
const MAX_RATE_PLACES: u32 = 12;

/// A loan that is repaid monthly.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Loan {
    /// What is owed one month before the first payment; greater than zero, and with no more decimal places than
    /// the currency has.
    pub principal: Decimal,
    /// The currency of all amounts. Its smallest unit is what payments and interest are rounded to.
    #[serde(default = "us_dollar")]
    pub currency: Currency,
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly: each month costs a twelfth of it.
    /// From 0 to 10, with at most 12 decimal places.
    pub annual_rate: Decimal,
    /// How many monthly payments are agreed, 1 to 1200.
    #[schemars(range(min = 1, max = 1200))]
    pub term_months: u32,
    /// The date of the first payment. Later payments fall on the same day of each month, or on the last day of
    /// a month that is too short for it.
    pub first_payment: Date,
    /// The monthly payment that was agreed, where it is not the level payment. What it leaves unpaid is due with
    /// the last payment of the term.
    #[serde(default)]
    pub payment: Option<Decimal>,
    /// What is paid every month on top of the payment, all of it principal.
    #[serde(default)]
    pub extra_monthly_payment: Decimal,
    /// How the level payment and each month's interest are rounded to the minor unit of the currency.
    #[serde(default)]
    pub rounding: Rounding,
}

/// A checked loan in minor units of its currency.
pub(in crate::debt) struct Terms {
    /// How many decimal places the currency has.
    pub(in crate::debt) places: u32,
    pub(in crate::debt) principal: i64,
    pub(in crate::debt) rate: RateFraction,
    pub(in crate::debt) months: u32,
    pub(in crate::debt) agreed_payment: Option<i64>,
    pub(in crate::debt) extra: i64,
}

/// An interest rate as an exact fraction.
#[derive(Debug, Clone, Copy)]
pub(in crate::debt) struct RateFraction {
    pub(in crate::debt) numerator: u64,
    pub(in crate::debt) denominator: u64,
}

impl Loan {
    /// A loan that is repaid by level payments, rounded half to even.
    ///
    /// ```
    /// use wherewithal::{dates::date, debt::{self, Loan}, money::usd, rates::percent};
    ///
    /// let loan = Loan::level(usd("400000")?, percent("6.5")?, 360, date(2026, 1, 1)?);
    /// assert_eq!(debt::amortize(&loan)?.payment.to_string(), "2528.27");
    /// # Ok::<(), wherewithal::Error>(())
    /// ```
    #[must_use]
    pub fn level(principal: Money, annual_rate: Decimal, term_months: u32, first_payment: Date) -> Self {
        Self {
            principal: principal.amount(),
            currency: principal.currency(),
            annual_rate,
            term_months,
            first_payment,
            payment: None,
            extra_monthly_payment: Decimal::ZERO,
            rounding: Rounding::default(),
        }
    }

    pub(in crate::debt) fn terms(&self) -> Result<Terms> {
        let places = places(self.currency).at("currency")?;
        let principal = minor_units(self.principal, places)
            .and_then(|units| {
                units.filter(|units| *units > 0).ok_or_else(|| principal_out_of_range(self.principal))
            })
            .at("principal")?;
        if !(1..=MAX_TERM_MONTHS).contains(&self.term_months) {
            return Err(Error::new(
                ErrorCode::LoanTermOutOfRange,
                format!("the term is {} months; it must be 1 to {MAX_TERM_MONTHS}", self.term_months),
            )
            .at("termMonths"));
        }
        let payment = |amount: Decimal| {
            minor_units(amount, places)?
                .filter(|units| *units >= 0)
                .ok_or_else(|| payment_out_of_range(amount))
        };
        Ok(Terms {
            places,
            principal,
            rate: monthly_rate(self.annual_rate).at("annualRate")?,
            months: self.term_months,
            agreed_payment: self.payment.map(payment).transpose().at("payment")?,
            extra: payment(self.extra_monthly_payment).at("extraMonthlyPayment")?,
        })
    }
}

/// How many decimal places the amounts of a loan have.
pub(in crate::debt) fn places(currency: Currency) -> Result<u32> {
    currency.minor_units().ok_or_else(|| {
        Error::new(
            ErrorCode::CurrencyMinorUnitMissing,
            format!("{currency} has no smallest unit that a payment could be rounded to"),
        )
    })
}

/// The amount as a whole number of minor units; `None` when its size is above the limit.
pub(in crate::debt) fn minor_units(amount: Decimal, places: u32) -> Result<Option<i64>> {
    let rounded = amount.round(places, Rounding::Down);
    if rounded != amount {
        return Err(Error::new(
            ErrorCode::LoanAmountTooPrecise,
            format!("{amount} has more than the {places} decimal places of its currency"),
        ));
    }
    Ok(i64::try_from(rounded.mantissa())
        .ok()
        .filter(|units| units.abs() <= MAX_MINOR_UNITS && rounded.scale() == places))
}

pub(in crate::debt) fn monthly_rate(annual: Decimal) -> Result<RateFraction> {
    let annual = annual.normalized();
    let in_range = annual >= Decimal::ZERO && annual <= Decimal::from(MAX_ANNUAL_RATE);
    let numerator =
        u64::try_from(annual.mantissa()).ok().filter(|_| in_range && annual.scale() <= MAX_RATE_PLACES);
    let Some(numerator) = numerator else {
        return Err(Error::new(
            ErrorCode::LoanRateOutOfRange,
            format!(
                "the annual rate is {annual}; it must be a fraction from 0 to {MAX_ANNUAL_RATE} with at most \
                 {MAX_RATE_PLACES} decimal places (6.5 % is 0.065)"
            ),
        ));
    };
    let denominator = 12 * 10_u64.pow(annual.scale());
    let common = greatest_common_divisor(numerator, denominator);
    Ok(RateFraction { numerator: numerator / common, denominator: denominator / common })
}

pub(in crate::debt) fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

pub(in crate::debt) fn principal_out_of_range(principal: Decimal) -> Error {
    Error::new(
        ErrorCode::LoanPrincipalOutOfRange,
        format!("the principal is {principal}; it must be greater than zero and at most 10^18 minor units"),
    )
}

pub(in crate::debt) fn payment_out_of_range(payment: Decimal) -> Error {
    Error::new(
        ErrorCode::LoanPaymentOutOfRange,
        format!("the payment is {payment}; it must not be negative, nor above 10^18 minor units"),
    )
}
