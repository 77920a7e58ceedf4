//! A plain loan: its input, and its validated form.

use super::{payment::level_payment, rate_fraction::RateFraction, repayment::MonthlyRepayment};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, MonthEnd},
    error::At as _,
    money::{Currency, Money, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The longest term of a comparison or a payoff plan, in months: a hundred years.
pub(crate) const MAX_TERM_MONTHS: u32 = 1200;
/// The largest number of payments of a loan: weekly ones for a hundred years. Its schedule, recomputed at every payment,
/// takes seconds at most, and a few megabytes as JSON.
pub(crate) const MAX_PAYMENTS: u32 = 5200;
/// The largest principal and payment, in minor units of the currency.
const MAX_MINOR_UNITS: i64 = 1_000_000_000_000_000_000;
/// The largest step to which a payment is rounded, in minor units.
const MAX_PAYMENT_STEP: i64 = 1_000_000;
/// The largest annual rate, as a fraction: 1,000 %.
const MAX_ANNUAL_RATE: i64 = 10;

/// How fees that are computed are rounded to the minor unit: points, premiums of mortgage insurance, late fees and
/// prepayment penalties. The rounding that an agreement gives for interest is not for them, and half to even favours
/// neither side.
pub(crate) const FEE_ROUNDING: Rounding = Rounding::HalfEven;

/// A loan that is repaid monthly.
#[derive(Debug, Clone, Wire)]
pub struct Loan {
    /// The balance one month before the first payment; greater than zero, with at most the decimal places of the
    /// currency.
    #[wire(above = 0)]
    pub principal: Decimal,
    /// The currency of all amounts. Payments and interest are rounded to its minor unit.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly: each month costs a twelfth of it.
    /// From 0 to 10, with at most 12 decimal places.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
    /// The number of monthly payments, 1 to 5200.
    #[wire(range = 1..=5200)]
    pub term_months: u32,
    /// The date of the first payment. Later payments fall on the same day of each month, or on the last day of
    /// a month that is too short for it; see `monthEnd`.
    pub first_payment: Date,
    /// How months are counted from the end of a month: with `endOfMonth`, a first payment on the last day of a month is
    /// followed by payments on the last day of each month.
    #[wire(default)]
    pub month_end: MonthEnd,
    /// The agreed monthly payment, if it is not the level payment. Any balance that it leaves is due with the last
    /// payment of the term.
    pub payment: Option<Decimal>,
    /// The monthly extra payment, all of it principal.
    #[wire(default)]
    pub extra_monthly_payment: Decimal,
    /// How the level payment and each month's interest are rounded to the minor unit of the currency.
    #[wire(default)]
    pub rounding: Rounding,
}

/// A validated loan in minor units of its currency.
struct CompiledLoan {
    /// The decimal places of the currency.
    places: u32,
    principal: i64,
    rate: RateFraction,
    months: u32,
    agreed_payment: Option<i64>,
    extra: i64,
}

impl Loan {
    /// A loan that is repaid by level payments, rounded half to even.
    ///
    /// ```
    /// # use wherewithal_debt::wherewithal;
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
            month_end: MonthEnd::default(),
            payment: None,
            extra_monthly_payment: Decimal::ZERO,
            rounding: Rounding::default(),
        }
    }

    /// The validated loan with its payment.
    pub(crate) fn repayment(&self) -> Result<MonthlyRepayment> {
        let CompiledLoan { places, principal, rate, months, agreed_payment, extra } = match self.usual_terms()
        {
            Some(terms) => terms,
            None => self.terms()?,
        };
        let payment = match agreed_payment {
            Some(payment) => payment,
            None => level_payment(principal, rate, months, self.rounding)?,
        };
        // Both are at most 10^18 minor units, so the sum fits into 64 bits.
        let paid = payment + extra;
        let repayment =
            MonthlyRepayment { places, principal, rate, months, payment, paid, rounding: self.rounding };
        // A computed payment covers the interest, if only just: both are rounded alike.
        if agreed_payment.is_some() {
            repayment.check_repays().at("payment")?;
        }
        Ok(repayment)
    }

    /// The date of payment `number`, from 1.
    pub(crate) fn payment_date(&self, number: u32) -> Result<Date> {
        self.first_payment.add_months_by(number.cast_signed() - 1, self.month_end).at("firstPayment")
    }

    fn terms(&self) -> Result<CompiledLoan> {
        let places = places(self.currency).at("currency")?;
        let principal = minor_units(self.principal, places)
            .and_then(|units| {
                units.filter(|units| *units > 0).ok_or_else(|| principal_out_of_range(self.principal))
            })
            .at("principal")?;
        let months =
            check::whole(self.term_months, 1..=MAX_PAYMENTS, ErrorCode::TermOutOfRange).at("termMonths")?;
        let payment = |amount: Decimal| {
            minor_units(amount, places)?
                .filter(|units| *units >= 0)
                .ok_or_else(|| payment_out_of_range(amount))
        };
        Ok(CompiledLoan {
            places,
            principal,
            rate: monthly_rate(self.annual_rate).at("annualRate")?,
            months,
            agreed_payment: self.payment.map(payment).transpose().at("payment")?,
            extra: payment(self.extra_monthly_payment).at("extraMonthlyPayment")?,
        })
    }

    /// A fast path of [`terms`](Self::terms) for loans of ordinary size without an agreed or extra payment. The
    /// fraction of the rate may not be in lowest terms.
    fn usual_terms(&self) -> Option<CompiledLoan> {
        const MAX_PRINCIPAL: i64 = 1_000_000_000_000;
        const MAX_RATE_PLACES: u32 = 6;

        let places = self.currency.decimal_places()?;
        let scale = places.checked_sub(self.principal.scale())?;
        let principal =
            i64::try_from(self.principal.mantissa()).ok()?.checked_mul(10_i64.checked_pow(scale)?)?;
        // Everything else, and every fault, goes through `terms`, which names the field.
        let numerator = u64::try_from(self.annual_rate.mantissa()).ok()?;
        let rate_scale = self.annual_rate.scale();
        let is_usual = (1..=MAX_PRINCIPAL).contains(&principal)
            && rate_scale <= MAX_RATE_PLACES
            && (1..=10_u64.pow(rate_scale)).contains(&numerator)
            && (1..=MAX_PAYMENTS).contains(&self.term_months)
            && self.payment.is_none()
            && self.extra_monthly_payment.is_zero();
        is_usual.then(|| CompiledLoan {
            places,
            principal,
            rate: RateFraction { numerator, denominator: 12 * 10_u64.pow(rate_scale) },
            months: self.term_months,
            agreed_payment: None,
            extra: 0,
        })
    }
}

/// A number of months within the longest term.
pub(crate) fn term(months: u32) -> Result<u32> {
    check::whole(months, 1..=MAX_TERM_MONTHS, ErrorCode::TermOutOfRange)
}

/// The decimal places of the amounts of a loan.
pub(crate) fn places(currency: Currency) -> Result<u32> {
    currency.decimal_places().ok_or_else(|| {
        Error::new(
            ErrorCode::CurrencyMinorUnitMissing,
            format!("{currency} has no minor unit to round payments to"),
        )
    })
}

/// The amount as a whole number of minor units; `None` if its size is above the limit.
pub(crate) fn minor_units(amount: Decimal, places: u32) -> Result<Option<i64>> {
    // Rounding is only a test for excess digits: an amount that it changes is refused.
    let rounded = amount.round(places, Rounding::Down);
    if rounded != amount {
        return Err(Error::new(
            ErrorCode::DecimalTooPrecise,
            format!("{amount} has more decimal places than the {places} of its currency"),
        ));
    }
    Ok(i64::try_from(rounded.mantissa())
        .ok()
        .filter(|units| units.abs() <= MAX_MINOR_UNITS && rounded.scale() == places))
}

/// The step to which a payment is rounded, in minor units.
pub(crate) fn payment_step(step: Decimal, places: u32) -> Result<i64> {
    let units = minor_units(step, places)?.filter(|units| (1..=MAX_PAYMENT_STEP).contains(units));
    match units {
        Some(units) => Ok(units),
        None => {
            let most = Decimal::new(MAX_PAYMENT_STEP, places)?.normalized();
            let message = format!("the step is {step}; it must be greater than zero and at most {most}");
            Err(Error::new(ErrorCode::AmountOutOfRange, message))
        }
    }
}

/// Validates an annual rate and returns a twelfth of it.
pub(crate) fn monthly_rate(annual: Decimal) -> Result<RateFraction> {
    Ok(annual_rate(annual)?.divided_by(12))
}

/// Validates an annual rate and returns it as a fraction of integers.
pub(crate) fn annual_rate(annual: Decimal) -> Result<RateFraction> {
    let annual = check::decimal_rate(annual, Decimal::ZERO..=Decimal::from(MAX_ANNUAL_RATE))?;
    RateFraction::of(annual)
}

pub(crate) fn principal_out_of_range(principal: Decimal) -> Error {
    Error::new(
        ErrorCode::AmountOutOfRange,
        format!("the principal is {principal}; it must be greater than zero and at most 10^18 minor units"),
    )
}

pub(crate) fn payment_out_of_range(payment: Decimal) -> Error {
    Error::new(
        ErrorCode::AmountOutOfRange,
        format!("the payment is {payment}; it must not be negative, nor above 10^18 minor units"),
    )
}
