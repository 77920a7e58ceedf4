//! The terms of a loan, worked out quickly where they are usual.

use crate::{
    Result,
    debt::{
        amortization::never_repays,
        loan::{Loan, MAX_TERM_MONTHS, RateFraction, Terms},
        payment::{interest, level_payment},
    },
    num::Rounding,
};

/// A loan that is ready for its schedule, in minor units of its currency.
pub(super) struct Prepared {
    pub(super) places: u32,
    pub(super) principal: i64,
    pub(super) rate: RateFraction,
    pub(super) months: u32,
    /// The regular payment.
    pub(super) payment: i64,
    /// What is paid each month, the extra payment included.
    pub(super) paid: i64,
}

/// Checks a loan as [`amortize`](crate::debt::amortize()) does.
pub(super) fn prepare(loan: &Loan) -> Result<Prepared> {
    let terms = match quick_terms(loan) {
        Some(terms) => terms,
        None => loan.terms()?,
    };
    let payment = match terms.agreed_payment {
        Some(payment) => payment,
        None => match quick_payment(terms.principal, terms.rate, terms.months, loan.rounding) {
            Some(payment) => payment,
            None => level_payment(terms.principal, terms.rate, terms.months, loan.rounding)?,
        },
    };
    let paid = payment + terms.extra;
    let first_interest = interest(terms.principal, terms.rate, loan.rounding)?;
    if paid <= first_interest {
        return Err(never_repays(&terms, paid, first_interest)?);
    }
    let Terms { places, principal, rate, months, .. } = terms;
    Ok(Prepared { places, principal, rate, months, payment, paid })
}

/// The terms of a loan without an agreed or an extra payment, whose numbers are of the usual size; those of
/// [`Loan::terms`], but the fraction of the rate may not be in its lowest terms.
fn quick_terms(loan: &Loan) -> Option<Terms> {
    const MAX_PRINCIPAL: i64 = 1_000_000_000_000;
    const MAX_RATE_PLACES: u32 = 6;

    let places = loan.currency.minor_units()?;
    let scale = places.checked_sub(loan.principal.scale())?;
    let principal = i64::try_from(loan.principal.mantissa()).ok()?.checked_mul(10_i64.checked_pow(scale)?)?;
    let numerator = u64::try_from(loan.annual_rate.mantissa()).ok()?;
    let rate_scale = loan.annual_rate.scale();
    let is_usual = (1..=MAX_PRINCIPAL).contains(&principal)
        && rate_scale <= MAX_RATE_PLACES
        && (1..=10_u64.pow(rate_scale)).contains(&numerator)
        && (1..=MAX_TERM_MONTHS).contains(&loan.term_months)
        && loan.payment.is_none()
        && loan.extra_monthly_payment.is_zero();
    is_usual.then(|| Terms {
        places,
        principal,
        rate: RateFraction { numerator, denominator: 12 * 10_u64.pow(rate_scale) },
        months: loan.term_months,
        agreed_payment: None,
        extra: 0,
    })
}

/// The level payment P i / (1 - v^n) with v = 1 / (1 + i) in doubles, where their error cannot change the rounding.
///
/// With u = 2^-53: i is within u of its value, v within 3 u, and v^n by repeated squaring within 5 n u, to first
/// order; so is 1 - v^n within u + 5 n u v^n / (1 - v^n), and three more operations make the payment. What is allowed
/// for is more than twice that.
pub(super) fn quick_payment(
    principal: i64,
    rate: RateFraction,
    months: u32,
    rounding: Rounding,
) -> Option<i64> {
    const UNIT: f64 = f64::EPSILON / 2.0;
    /// Up to here whole numbers and their halves are doubles.
    const LARGEST: f64 = 2_251_799_813_685_248.0;

    if principal.unsigned_abs() >= 1 << 51 || rate.numerator >= 1 << 53 || rate.denominator >= 1 << 53 {
        return None;
    }
    let i = rate.numerator as f64 / rate.denominator as f64;
    let principal = principal as f64;
    let discount = power(1.0 / (1.0 + i), months);
    let repaid = 1.0 - discount;
    let payment = principal * i / repaid;
    let share = 10.0 + 12.0 * f64::from(months) * discount / repaid;
    let error = payment * UNIT * share;
    // Not so for NaN, as at a rate of zero.
    if !(payment < LARGEST && error < 0.25) {
        return None;
    }
    let nearest = payment.round_ties_even();
    let beyond = payment - nearest;
    let is_clear = match rounding {
        Rounding::HalfEven | Rounding::HalfUp => beyond.abs() + error < 0.5,
        Rounding::Down | Rounding::Up => beyond.abs() > error,
    };
    let rounded = match rounding {
        Rounding::HalfEven | Rounding::HalfUp => nearest,
        Rounding::Down => payment.floor(),
        Rounding::Up => payment.ceil(),
    };
    is_clear.then_some(rounded as i64)
}

/// `base` to the power `exponent` by repeated squaring.
fn power(base: f64, exponent: u32) -> f64 {
    let mut result = 1.0;
    let (mut square, mut rest) = (base, exponent);
    while rest > 0 {
        if rest % 2 == 1 {
            result *= square;
        }
        square *= square;
        rest /= 2;
    }
    result
}
