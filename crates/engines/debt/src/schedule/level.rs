//! Payments that are computed from a loan.

use super::{
    accrual::{Accrual, too_large},
    agreement::{LoanAgreement, OddFirstPeriod, Repayment},
    compiled::{CompiledAgreement, Period},
    events::{BreakPayment, OtherPayments},
};
use crate::payment::{level_payment, unrounded_level_payment};
use wherewithal_base::{
    Result,
    dates::{Date, Frequency},
    num::Decimal,
    order,
};

/// A payment that applies until it is recomputed.
#[derive(Debug, Clone, Copy)]
pub(super) enum BasePayment {
    /// The payment itself.
    Level(i64),
    /// The first payment of a graduated loan, unrounded.
    Graduated(Decimal),
    /// The part of the principal that each payment repays.
    Principal(i64),
}

/// The payment that repays `balance` from payment `number` on, at the rate in force then.
pub(super) fn base_payment(
    agreement: &LoanAgreement,
    terms: &CompiledAgreement,
    number: usize,
    balance: i64,
) -> Result<BasePayment> {
    let accrual = &terms.rate(number).accrual;
    let periods = terms.periods_from(number);
    let graduation = Graduation::new(agreement)?;
    match agreement.repayment {
        Repayment::StraightLine => {
            let repaid = balance.saturating_sub(terms.balloon).max(0).unsigned_abs();
            let paid =
                (number..number + periods.len()).filter(|number| planned_break(terms, *number).is_none());
            let part = Decimal::from(repaid).divided_by(Decimal::from(paid.count().max(1) as u64))?;
            round_payment(agreement, terms, part).map(BasePayment::Principal)
        }
        Repayment::Graduated { .. } => {
            unrounded(agreement, terms, accrual, number, balance, &graduation).map(BasePayment::Graduated)
        }
        _ if let Some(flat) = &terms.flat => {
            let owed = balance.checked_add(flat.from(number)).ok_or_else(too_large)?;
            let part = Decimal::from(owed).divided_by(Decimal::from(periods.len() as u64))?;
            round_payment(agreement, terms, part).map(BasePayment::Level)
        }
        _ if agreement.accelerated => accelerated(agreement, terms, balance, number).map(BasePayment::Level),
        _ => {
            let breaks = terms.breaks.iter().any(|pause| {
                pause.others == OtherPayments::LevelThroughout && pause.first_number as usize >= number
            });
            let all_regular = !breaks
                && periods.iter().enumerate().all(|(index, period)| {
                    period.is_regular() || (index == 0 && number == 1 && first_is_taken_as_regular(agreement))
                });
            let payment = match accrual.regular() {
                Some(rate) if all_regular && terms.balloon == 0 && terms.payment_step.is_none() => {
                    // Equal periods have a closed form, which is rounded once from its exact value.
                    level_payment(balance, rate, periods.len() as u32, agreement.payment_rounding.rounding)?
                }
                _ => {
                    let payment = unrounded(agreement, terms, accrual, number, balance, &graduation)?;
                    round_payment(agreement, terms, payment)?
                }
            };
            Ok(BasePayment::Level(payment))
        }
    }
}

/// The amount of payment `number`, given its interest.
pub(super) fn scheduled(
    agreement: &LoanAgreement,
    terms: &CompiledAgreement,
    base: BasePayment,
    number: usize,
    interest: i64,
) -> Result<i64> {
    match base {
        BasePayment::Level(payment) => Ok(payment),
        BasePayment::Principal(part) => part.checked_add(interest).ok_or_else(too_large),
        BasePayment::Graduated(first) => {
            let weight = Graduation::new(agreement)?.weight(number)?;
            round_payment(agreement, terms, first.times(weight)?)
        }
    }
}

/// What is paid in place of payment `number` if the other payments are computed with that in mind.
fn planned_break(terms: &CompiledAgreement, number: usize) -> Option<BreakPayment> {
    let pause = terms.break_of(number)?;
    (pause.others == OtherPayments::LevelThroughout).then_some(pause.pays)
}

/// Whether the first period counts as a regular one when the payment is computed.
pub(super) fn first_is_taken_as_regular(agreement: &LoanAgreement) -> bool {
    agreement.odd_first_period == OddFirstPeriod::FirstPayment
}

/// (B - L d_n) / Σ w_k d_k in minor units, from the condition that the present value of the payments and of the balloon
/// L is the balance B. d_k discounts over the first k periods, and w_k is payment k as a multiple of the first. A period
/// whose interest alone is paid leaves the balance as it is, so it does not discount.
fn unrounded(
    agreement: &LoanAgreement,
    terms: &CompiledAgreement,
    accrual: &Accrual,
    number: usize,
    balance: i64,
    graduation: &Graduation,
) -> Result<Decimal> {
    let regular = Decimal::ONE.plus(accrual.decimal(accrual.period_parts())?)?;
    let (mut discount, mut annuity) = (Decimal::ONE, Decimal::ZERO);
    for (offset, period) in terms.periods_from(number).iter().enumerate() {
        let pause = planned_break(terms, number + offset);
        if pause == Some(BreakPayment::Interest) {
            continue;
        }
        let taken_as_regular =
            number + offset == 1 && first_is_taken_as_regular(agreement) && !period.is_regular();
        let growth = if taken_as_regular {
            Decimal::ONE.plus(accrual.decimal(terms.regular_first_parts())?)?
        } else if accrual.regular().is_some() && period.is_regular() {
            regular
        } else {
            Decimal::ONE.plus(accrual.decimal(period.parts(accrual))?)?
        };
        discount = discount.divided_by(growth)?;
        if pause == Some(BreakPayment::Nothing) {
            continue;
        }
        annuity = annuity.plus(discount.times(graduation.weight(number + offset)?)?)?;
    }
    // Extra payments may have left less than the balloon.
    let balloon = Decimal::from(terms.balloon.min(balance));
    Decimal::from(balance).minus(balloon.times(discount)?)?.divided_by(annuity)
}

/// The payment, not rounded, that together with everything else that the agreement plans repays the principal by the end
/// of the term, but for the balloon. Payments that are interest-only or not made at all are not among the equal ones.
///
/// All amounts are discounted to the start at the rates of their periods. A period whose interest alone is paid changes
/// the balance only by extra payments, so it does not discount.
pub(super) fn planned_payment(agreement: &LoanAgreement, terms: &CompiledAgreement) -> Result<Decimal> {
    let (mut discount, mut annuity, mut extras) = (Decimal::ONE, Decimal::ZERO, Decimal::ZERO);
    for (number, (period, extra)) in (1..).zip(terms.periods.iter().zip(&terms.extras.with_payments)) {
        let pays = terms.break_of(number).map(|pause| pause.pays);
        let interest_only =
            number <= agreement.interest_only_payments as usize || pays == Some(BreakPayment::Interest);
        let prepaid = terms.extras.within(period);
        let mut paid = Decimal::from(*extra);
        for (date, amount) in prepaid {
            let growth = if interest_only { Decimal::ZERO } else { cost_from(terms, number, period, *date)? };
            paid = paid.plus(Decimal::from(*amount).times(Decimal::ONE.plus(growth)?)?)?;
        }
        if !interest_only {
            let cost = cost_from(terms, number, period, period.start)?;
            discount = discount.divided_by(Decimal::ONE.plus(cost)?)?;
        }
        extras = extras.plus(paid.times(discount)?)?;
        if !interest_only && pays.is_none() {
            annuity = annuity.plus(discount)?;
        }
    }
    let balloon = Decimal::from(terms.balloon).times(discount)?;
    Decimal::from(terms.principal).minus(balloon)?.minus(extras)?.divided_by(annuity)
}

/// The interest of one unit from a day of a period to its end. Where extra payments divide the period, each part is counted
/// on its own.
fn cost_from(terms: &CompiledAgreement, number: usize, period: &Period, from: Date) -> Result<Decimal> {
    let accrual = &terms.rate(number).accrual;
    if accrual.regular().is_some() {
        return accrual.decimal(period.parts(accrual));
    }
    let prepaid = terms.extras.within(period).iter().map(|(date, _)| *date);
    let mut days: Vec<Date> = terms.changes_within(period.start, period.end).chain(prepaid).collect();
    days.retain(|day| *day > from);
    days.push(period.end);
    order::sort_by_key(&mut days, |day| *day);
    days.dedup();
    let (mut start, mut parts) = (from, 0_u128);
    for end in days {
        parts += terms.accrual_on(number, period, start).day_parts(start, end);
        start = end;
    }
    accrual.decimal(parts)
}

/// A half or a quarter of the monthly level payment over the same term, which is not rounded before.
fn accelerated(
    agreement: &LoanAgreement,
    terms: &CompiledAgreement,
    balance: i64,
    number: usize,
) -> Result<i64> {
    let parts = if agreement.frequency == Frequency::Biweekly { 2 } else { 4 };
    let left = terms.periods_from(number).len();
    // The term in months, rounded up to whole ones, because the monthly payment needs a whole number of them.
    let months = (left as u32 * 12).div_ceil(agreement.frequency.per_year());
    let rate = terms.rate(number).accrual.annual_rate;
    // The level payment needs a rate for the period, which accrual by the day does not have.
    let periodic = match agreement.accrual {
        accrual @ super::InterestAccrual::Periodic { .. } => accrual,
        _ => super::InterestAccrual::default(),
    };
    let monthly = Accrual::new(periodic, rate, Frequency::Monthly)?;
    let rate = monthly.regular().ok_or_else(too_large)?;
    let monthly = unrounded_level_payment(balance, rate, months)?;
    round_payment(agreement, terms, monthly.divided_by(Decimal::from(parts as u32))?)
}

/// Rounds a payment to minor units, or to the agreement's increment.
fn round_payment(agreement: &LoanAgreement, terms: &CompiledAgreement, payment: Decimal) -> Result<i64> {
    let rounding = agreement.payment_rounding.rounding;
    let rounded = match terms.payment_step {
        None => payment.round(0, rounding),
        // A whole number of minor units, which keeps the decimal places of the payment.
        Some(step) => payment.round_to_step(Decimal::from(step), rounding)?.round(0, rounding),
    };
    i64::try_from(rounded.mantissa()).map_err(|_| too_large())
}

/// How payments grow from step to step.
struct Graduation {
    growth: Decimal,
    every: usize,
    steps: usize,
    first: usize,
}

impl Graduation {
    fn new(agreement: &LoanAgreement) -> Result<Self> {
        let first = agreement.interest_only_payments as usize + 1;
        match agreement.repayment {
            Repayment::Graduated { increase, every, steps } => Ok(Self {
                growth: Decimal::ONE.plus(increase)?,
                every: every as usize,
                steps: steps as usize,
                first,
            }),
            _ => Ok(Self { growth: Decimal::ONE, every: 1, steps: 0, first }),
        }
    }

    /// Payment `number` as a multiple of the first payment.
    fn weight(&self, number: usize) -> Result<Decimal> {
        let steps = (number.saturating_sub(self.first) / self.every).min(self.steps);
        (0..steps).try_fold(Decimal::ONE, |weight, _| weight.times(self.growth))
    }
}
