//! Mortgage insurance: premiums and when they end.

use super::{
    accrual::too_large,
    agreement::LoanAgreement,
    charges::{PremiumBasis, PrivateMortgageInsurance},
    compiled::CompiledAgreement,
    compiled_events::Extras,
    engine::{self, Posting},
    output::PrivateMortgageInsuranceEnd,
};
use crate::{loan::FEE_ROUNDING, payment::rounded_quotient, rate_fraction::RateFraction};
use wherewithal_base::{Result, check, control::Control, dates::Date, error::At, num::Decimal};

/// The share of the original value at which insurance ends automatically, in percent (12 U.S.C. 4901(18)).
const AUTOMATIC_END_PERCENT: i128 = 78;
/// The share at which it ends on request, in percent (12 U.S.C. 4901(2)).
const REQUEST_PERCENT: i128 = 80;

/// The premiums with each payment in minor units, and when they end.
pub(super) struct Premiums {
    pub(super) upfront: i64,
    pub(super) with_payments: Vec<i64>,
    pub(super) end: PrivateMortgageInsuranceEnd,
}

#[expect(clippy::indexing_slicing, reason = "a loan has at least one payment")]
pub(super) fn premiums(
    agreement: &LoanAgreement,
    insurance: &PrivateMortgageInsurance,
    terms: &CompiledAgreement,
    postings: &[Posting],
    control: &Control<'_>,
) -> Result<Premiums> {
    let amounts = terms.amounts();
    let value = amounts.above_zero(insurance.original_value).at("originalValue")?;
    let upfront = amounts.at_least_zero(insurance.upfront_premium).at("upfrontPremium")?;
    let rate = premium_rate(insurance.annual_rate)?;
    let scheduled = without_extra_payments(agreement, terms, control)?;
    let scheduled = scheduled.as_deref().unwrap_or(postings);

    let reached = |postings: &[Posting], percent| reached(postings, terms.principal, value, percent);
    let request = reached(postings, REQUEST_PERCENT);
    // By the schedule without extra payments, whatever was paid (12 U.S.C. 4901(18)).
    let automatic = reached(scheduled, AUTOMATIC_END_PERCENT);
    let midpoint = terms.amortization_payments.div_ceil(2).min(scheduled.len());
    let midpoint_date = scheduled[midpoint - 1].period.end;
    let mut last = Reached::Never;
    if insurance.automatic_end {
        last = last.min(automatic).min(Reached::On(midpoint_date));
    }
    if insurance.end_on_request {
        last = last.min(request);
    }

    let per_year = agreement.frequency.per_year() as usize;
    let mut with_payments = Vec::with_capacity(postings.len());
    let mut base = terms.principal;
    for (index, posting) in postings.iter().enumerate() {
        if insurance.basis == PremiumBasis::AnnualBalance && index.is_multiple_of(per_year) {
            base = posting.opening;
        }
        let due = Reached::On(posting.period.end) <= last;
        let premium = premium(base, rate, per_year as u64)?;
        with_payments.push(if due { premium } else { 0 });
    }
    let last_premium_date = postings
        .iter()
        .zip(&with_payments)
        .rev()
        .find(|(_, premium)| **premium > 0)
        .map(|(posting, _)| posting.period.end);
    let end = PrivateMortgageInsuranceEnd {
        scheduled_request_date: reached(scheduled, REQUEST_PERCENT).date(),
        request_date: request.date(),
        automatic_end_date: automatic.date(),
        midpoint_date,
        last_premium_date,
    };
    Ok(Premiums { upfront, with_payments, end })
}

/// The date on which the balance reaches a share of the original value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    FromTheStart,
    On(Date),
    Never,
}

impl Reached {
    fn date(self) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::FromTheStart | Self::Never => None,
        }
    }
}

fn reached(postings: &[Posting], principal: i64, value: i64, percent: i128) -> Reached {
    let within = |balance: i64| i128::from(balance) * 100 <= i128::from(value) * percent;
    if within(principal) {
        return Reached::FromTheStart;
    }
    match postings.iter().find(|posting| within(posting.balance)).or(postings.last()) {
        Some(posting) => Reached::On(posting.period.end),
        None => Reached::Never,
    }
}

/// The postings without extra payments; `None` if the loan has no extra payments.
fn without_extra_payments(
    agreement: &LoanAgreement,
    terms: &CompiledAgreement,
    control: &Control<'_>,
) -> Result<Option<Vec<Posting>>> {
    if terms.extras.is_none() {
        return Ok(None);
    }
    let terms = CompiledAgreement { extras: Extras::none(terms.periods.len()), ..terms.clone() };
    engine::run(agreement, &terms, control).map(Some)
}

fn premium_rate(annual: Decimal) -> Result<RateFraction> {
    check::decimal_fraction(annual).and_then(RateFraction::of).at("annualRate")
}

fn premium(base: i64, rate: RateFraction, per_year: u64) -> Result<i64> {
    let product = u128::from(base.max(0).unsigned_abs()) * u128::from(rate.numerator);
    let premium = rounded_quotient(product, rate.denominator * per_year, FEE_ROUNDING);
    i64::try_from(premium).map_err(|_| too_large())
}
