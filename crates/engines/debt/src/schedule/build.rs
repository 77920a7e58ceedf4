//! Builds the schedule of an agreement.

use std::collections::BTreeMap;

use super::{
    accrual::{cost, too_large},
    agreement::LoanAgreement,
    charges::FeeTiming,
    compiled::CompiledAgreement,
    engine::{self, Posting},
    escrow, insurance,
    output::{LoanClosing, LoanSchedule, ScheduleRow},
};
use crate::{
    Repayment,
    annual_percentage_rate::{actuarial::actuarial_rate, flows::DayFlow},
    loan::FEE_ROUNDING,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::Control,
    dates::Date,
    error::At,
    num::{Decimal, Rounding},
};

/// The largest number of fees of a loan.
const MAX_FEES: usize = 100;

/// The schedule of a loan: every payment with its interest, principal, fees, escrow and insurance, exact to the
/// minor unit.
///
/// Interest is rounded once for each period, from its exact value. The rest of a payment reduces the balance; the last
/// payment settles it to exactly zero. Computed payments (level, graduated) are those whose present value at the rate
/// in force is the balance, rounded once. They are recomputed when the rate is adjusted, after a draw, after an extra
/// payment if so agreed, and when unpaid interest reaches its cap.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, LoanAgreement};
///
/// let loan: LoanAgreement = serde_json::from_str(
///     r#"{"principal": "400000", "annualRate": "0.05", "advanceDate": "2026-01-01", "termMonths": 300,
///         "accrual": {"kind": "periodic", "compounding": "semiannual"}}"#,
/// ).unwrap();
/// let mortgage = debt::schedule(&loan)?;
/// assert_eq!(mortgage.payment.to_string(), "2326.42");
/// assert!(mortgage.schedule.last().is_some_and(|row| row.balance.is_zero()));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Each at the path of its field: amounts, rates and terms out of range, dates out of order, caps below the floor, a
/// missing index value, payments that never repay the loan or do not cover their interest, a draw beyond the limit.
pub fn schedule(agreement: &LoanAgreement) -> Result<LoanSchedule> {
    schedule_under(agreement, &Control::default())
}

/// [`schedule`], which `control` can stop.
///
/// # Errors
/// Those of [`schedule`], and `operation.cancelled`.
pub fn schedule_under(agreement: &LoanAgreement, control: &Control<'_>) -> Result<LoanSchedule> {
    let terms = CompiledAgreement::new(agreement)?;
    let postings = engine::run(agreement, &terms, control)?;
    Builder::new(agreement, &terms, &postings, control)?.build()
}

/// The rows of a schedule.
pub(super) fn rows(
    agreement: &LoanAgreement,
    terms: &CompiledAgreement,
    postings: &[Posting],
    control: &Control<'_>,
) -> Result<Vec<ScheduleRow>> {
    Builder::new(agreement, terms, postings, control)?.rows()
}

/// The postings of a loan and what is charged with each payment, in minor units.
struct Builder<'a> {
    agreement: &'a LoanAgreement,
    terms: &'a CompiledAgreement,
    postings: &'a [Posting],
    fees: Fees,
    premiums: Option<insurance::Premiums>,
    deposits: Option<escrow::Deposits>,
    points: i64,
    /// The interest of the days before the first regular period, paid at closing.
    prepaid_interest: i64,
}

struct Fees {
    closing: i64,
    with_payments: Vec<i64>,
    /// The part of the fees at closing that is a finance charge.
    closing_charge: i64,
    /// The part of the fees with each payment that is a finance charge.
    charge_with_payments: Vec<i64>,
}

impl<'a> Builder<'a> {
    fn new(
        agreement: &'a LoanAgreement,
        terms: &'a CompiledAgreement,
        postings: &'a [Posting],
        control: &Control<'_>,
    ) -> Result<Self> {
        let premiums = agreement.private_mortgage_insurance.as_ref().map(|insurance| {
            insurance::premiums(agreement, insurance, terms, postings, control).at("privateMortgageInsurance")
        });
        let deposits = agreement
            .escrow
            .as_ref()
            .map(|escrow| escrow::deposits(agreement, escrow, terms, postings).at("escrow"));
        Ok(Self {
            agreement,
            terms,
            postings,
            fees: fees(agreement, terms, postings)?,
            premiums: premiums.transpose()?,
            deposits: deposits.transpose()?,
            points: points(agreement, terms)?,
            prepaid_interest: prepaid_interest(agreement, terms)?,
        })
    }

    fn build(&self) -> Result<LoanSchedule> {
        let (terms, postings) = (self.terms, self.postings);
        let amount = |units: i64| terms.decimal(units);
        let wide = |units: i128| Decimal::from_i128(units, terms.places);
        let sum = |part: fn(&Posting) -> i64| {
            postings.iter().map(|posting| i128::from(part(posting))).sum::<i128>()
        };
        let interest = sum(|posting| posting.interest);
        let drawn = i128::from(terms.principal) + sum(|posting| posting.drawn);
        let (points, prepaid) = (self.points, self.prepaid_interest);
        let upfront = self.premiums.as_ref().map_or(0, |premiums| premiums.upfront);
        let escrow_deposit = self.deposits.as_ref().map_or(0, |deposits| deposits.initial);
        let premiums = self.premiums.as_ref().map_or(0, |premiums| total(&premiums.with_payments));
        let at_closing = i128::from(points)
            + i128::from(prepaid)
            + i128::from(upfront)
            + i128::from(escrow_deposit)
            + i128::from(self.fees.closing);
        let schedule = self.rows()?;
        let last = self.last();
        Ok(LoanSchedule {
            payment: amount(self.payment())?,
            periodic_rate: self.periodic_rate()?,
            number_of_payments: postings.len() as u32,
            final_payment: amount(last.paid)?,
            balloon: amount(self.balloon())?,
            payoff_date: last.period.end,
            total_drawn: wide(drawn)?,
            total_interest: wide(interest)?,
            total_paid: wide(drawn + interest)?,
            total_extra: wide(sum(|posting| posting.extra))?,
            total_fees: wide(total(&self.fees.with_payments))?,
            total_escrow: wide(self.deposits.as_ref().map_or(0, |deposits| total(&deposits.with_payments)))?,
            total_mortgage_insurance: wide(premiums)?,
            finance_charge: wide(
                self.prepaid_finance_charge() + interest + premiums + total(&self.fees.charge_with_payments),
            )?,
            annual_percentage_rate: self.annual_percentage_rate()?,
            closing: LoanClosing {
                points: amount(points)?,
                fees: amount(self.fees.closing)?,
                prepaid_interest: amount(prepaid)?,
                escrow_deposit: amount(escrow_deposit)?,
                mortgage_insurance: amount(upfront)?,
                total: wide(at_closing)?,
                net_proceeds: wide(i128::from(terms.principal) - at_closing)?,
            },
            rate_adjustments: terms.adjustments.clone(),
            private_mortgage_insurance: self.premiums.as_ref().map(|premiums| premiums.end),
            escrow: self.deposits.as_ref().map(|deposits| deposits.account.clone()),
            schedule,
        })
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "fees, deposits and premiums have one amount for each posting"
    )]
    fn rows(&self) -> Result<Vec<ScheduleRow>> {
        let amount = |units: i64| self.terms.decimal(units);
        let row = |(index, posting): (usize, &Posting)| {
            let fees = self.fees.with_payments[index];
            let escrow = self.deposits.as_ref().map_or(0, |deposits| deposits.with_payments[index]);
            let premium = self.premiums.as_ref().map_or(0, |premiums| premiums.with_payments[index]);
            Ok(ScheduleRow {
                number: posting.number as u32,
                date: posting.period.end,
                opening: amount(posting.opening)?,
                drawn: amount(posting.drawn)?,
                annual_rate: self.terms.accrual_of(posting.number, &posting.period).annual_rate,
                payment: amount(posting.paid)?,
                interest: amount(posting.interest)?,
                principal: amount(posting.paid - posting.interest)?,
                extra: amount(posting.extra)?,
                balance: amount(posting.balance)?,
                fees: amount(fees)?,
                escrow: amount(escrow)?,
                mortgage_insurance: amount(premium)?,
                total_due: Decimal::from_i128(
                    i128::from(posting.paid) + i128::from(fees) + i128::from(escrow) + i128::from(premium),
                    self.terms.places,
                )?,
            })
        };
        self.postings.iter().enumerate().map(row).collect()
    }

    /// The first payment that the agreement computes as usual, the last one excepted, or the first one.
    #[expect(
        clippy::unreachable,
        reason = "a loan has something to repay and a term of at least one payment"
    )]
    fn payment(&self) -> i64 {
        let [before_last @ .., _] = self.postings else { unreachable!("there is a payment") };
        let reduced = [engine::PaymentReason::InterestOnly, engine::PaymentReason::Holiday];
        let usual = before_last.iter().find(|posting| !reduced.contains(&posting.reason));
        usual
            .or(self.postings.first())
            .map_or_else(|| unreachable!("there is a payment"), |posting| posting.scheduled)
    }

    fn balloon(&self) -> i64 {
        let agreement = self.agreement;
        // If computed payments repay the loan at a rate that never changes, the last one differs from them only by
        // rounding, which is not a balloon.
        let repays = self.terms.amortization_payments == self.terms.payments
            && self.terms.balloon == 0
            && agreement.adjustable_rate.is_none()
            && match agreement.repayment {
                Repayment::Level { payment } => payment.is_none(),
                Repayment::StraightLine | Repayment::Graduated { .. } => true,
                _ => false,
            };
        let last = self.last();
        if last.reason == engine::PaymentReason::Final && !repays {
            (last.paid - last.extra - last.scheduled).max(0)
        } else {
            0
        }
    }

    #[expect(
        clippy::expect_used,
        reason = "a loan has something to repay and a term of at least one payment"
    )]
    fn last(&self) -> &Posting {
        self.postings.last().expect("there is a payment")
    }

    fn periodic_rate(&self) -> Result<Decimal> {
        let accrual = &self.terms.rate(1).accrual;
        let parts = match (accrual.regular(), self.terms.periods.first()) {
            (None, Some(period)) => accrual.day_parts(period.start, period.end),
            _ => accrual.period_parts(),
        };
        Ok(accrual.decimal(parts)?.round(18, Rounding::HalfEven).normalized())
    }

    /// The part of the finance charge that is paid at closing.
    fn prepaid_finance_charge(&self) -> i128 {
        i128::from(self.points)
            + i128::from(self.prepaid_interest)
            + i128::from(self.premiums.as_ref().map_or(0, |premiums| premiums.upfront))
            + i128::from(self.fees.closing_charge)
    }

    /// The rate by the actuarial method; `None` if no rate makes payments and advances equal in value.
    #[expect(clippy::indexing_slicing, reason = "fees and premiums have one amount for each posting")]
    fn annual_percentage_rate(&self) -> Result<Option<f64>> {
        let prepaid = self.prepaid_finance_charge();
        let start = self.agreement.advance_date;
        let mut flows: BTreeMap<Date, DayFlow> = BTreeMap::new();
        flows.entry(start).or_default().advance += i128::from(self.terms.principal) - prepaid;
        for (date, amount) in &self.terms.draws {
            flows.entry(*date).or_default().advance += i128::from(*amount);
        }
        for (index, posting) in self.postings.iter().enumerate() {
            let with_payment = |charges: &[i64]| i128::from(charges[index]);
            let premium = self.premiums.as_ref().map_or(0, |premiums| with_payment(&premiums.with_payments));
            let mut with_payment =
                i128::from(posting.paid) + with_payment(&self.fees.charge_with_payments) + premium;
            for (date, amount) in &posting.prepaid {
                flows.entry(*date).or_default().payment += i128::from(*amount);
                with_payment -= i128::from(*amount);
            }
            flows.entry(posting.period.end).or_default().payment += with_payment;
        }
        if flows.get(&start).is_none_or(|flow| flow.advance <= 0) {
            return Ok(None);
        }
        // A loan without such a rate is still valid; only its rate is missing.
        Ok(actuarial_rate(start, &flows, false).ok().map(|rate| rate.annual()))
    }
}

fn points(agreement: &LoanAgreement, terms: &CompiledAgreement) -> Result<i64> {
    let points = agreement.points;
    if points < Decimal::ZERO || points > Decimal::from(100_u32) {
        let message =
            format!("the points are {points}; they must be from 0 to 100, each one percent of the principal");
        return Err(Error::new(ErrorCode::RateOutOfRange, message).at("points"));
    }
    // Two more decimal places divide by 100 exactly.
    let fraction = Decimal::from_i128(points.mantissa(), points.scale() + 2).at("points")?;
    let points = agreement.principal.times(fraction)?.round(terms.places, FEE_ROUNDING);
    i64::try_from(points.mantissa()).map_err(|_| too_large().at("points"))
}

fn prepaid_interest(agreement: &LoanAgreement, terms: &CompiledAgreement) -> Result<i64> {
    let accrual = &terms.rate(1).accrual;
    let days = accrual.day_parts(agreement.advance_date, terms.interest_start);
    accrual.interest(cost(terms.principal, days)?, agreement.interest_rounding)
}

fn total(units: &[i64]) -> i128 {
    units.iter().map(|units| i128::from(*units)).sum()
}

fn fees(agreement: &LoanAgreement, terms: &CompiledAgreement, postings: &[Posting]) -> Result<Fees> {
    check::length(agreement.fees.len(), 0..=MAX_FEES).at("fees")?;
    let amounts = terms.amounts();
    let none = || vec![0; postings.len()];
    let mut all = Fees { closing: 0, with_payments: none(), closing_charge: 0, charge_with_payments: none() };
    let anniversaries = anniversaries(agreement, postings);
    for (position, fee) in agreement.fees.iter().enumerate() {
        let fail = |error: Error| error.at("amount").at_index("fees", position);
        let units = amounts.at_least_zero(fee.amount).map_err(fail)?;
        let charge = |sum: &mut i64| -> Result<()> {
            *sum = sum.checked_add(units).ok_or_else(|| fail(too_large()))?;
            Ok(())
        };
        let last = postings.len().saturating_sub(1);
        let is_due = |index: usize| match fee.timing {
            FeeTiming::Closing => false,
            FeeTiming::EveryPayment => true,
            FeeTiming::LastPayment => index == last,
            FeeTiming::Annually => anniversaries.contains(&index),
        };
        if fee.timing == FeeTiming::Closing {
            charge(&mut all.closing)?;
            if fee.finance_charge {
                charge(&mut all.closing_charge)?;
            }
        }
        let slots = all.with_payments.iter_mut().zip(&mut all.charge_with_payments).enumerate();
        for (_, (fees, charges)) in slots.filter(|(index, _)| is_due(*index)) {
            charge(fees)?;
            if fee.finance_charge {
                charge(charges)?;
            }
        }
    }
    Ok(all)
}

/// The index of the first payment on or after each anniversary of the advance.
fn anniversaries(agreement: &LoanAgreement, postings: &[Posting]) -> Vec<usize> {
    (1..)
        .map_while(|year| agreement.advance_date.add_months(12 * year).ok())
        .map(|anniversary| postings.partition_point(|posting| posting.period.end < anniversary))
        .take_while(|index| *index < postings.len())
        .collect()
}
