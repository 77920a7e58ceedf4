//! Solves for the one unknown of a loan.

use super::{
    accrual::{cost, too_large},
    agreement::{InterestAccrual, LoanAgreement, Repayment, UnpaidInterest},
    compiled::{Amounts, CompiledAgreement},
    engine::{self, PaymentReason},
    events::{ExtraPayment, OtherPayments, PaymentBreak, RateChange},
    level::{self, BasePayment},
};
use crate::loan::{self, MAX_PAYMENTS};
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Control,
    dates::{Date, Frequency},
    error::At,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The highest annual rate that is searched, in units of its last place: 1000 %.
const HIGHEST_RATE_UNITS: i64 = 10 * RATE_UNIT;
/// One, in units of the last place of a solved rate.
const RATE_UNIT: i64 = 10_i64.pow(RATE_PLACES);
/// The decimal places of a solved rate.
const RATE_PLACES: u32 = 12;

/// A loan with level payments, apart from interest-only months, payment breaks and extra payments, and one unknown: leave out exactly one of `principal`, `annualRate`, `numberOfPayments`,
/// `payment` and `balloon`. If the balloon is left out in addition to another, it is zero.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SolveLoanInput {
    /// The amount advanced.
    pub principal: Option<Decimal>,
    /// Nominal annual rate as a fraction, with at most 12 decimal places.
    #[wire(rate)]
    pub annual_rate: Option<Decimal>,
    /// The number of payments, 1 to 5200.
    #[wire(range = 1..=5200)]
    pub number_of_payments: Option<u32>,
    /// The level payment.
    pub payment: Option<Decimal>,
    /// The balance left for the last payment, in addition to a regular payment.
    pub balloon: Option<Decimal>,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// How interest accrues.
    #[wire(default)]
    pub accrual: InterestAccrual,
    /// How often payments are due; any frequency except daily.
    #[wire(default = monthly)]
    pub frequency: Frequency,
    /// The date on which the principal is advanced.
    pub advance_date: Date,
    /// The date of the first payment; by default, one period after the advance.
    pub first_payment: Option<Date>,
    /// The number of interest-only payments at the start; fewer than the number of payments.
    #[wire(default)]
    pub interest_only_payments: u32,
    /// Changes of the rate on known days; the level payment stays the same. At most 10,000. Not together with flat
    /// interest.
    #[wire(default, length = ..=10_000)]
    pub rate_changes: Vec<RateChange>,
    /// Payments that are reduced to the interest or not made at all; at most 10,000. All other payments are equal and the
    /// term is the given one, whatever `others` says. Not together with flat interest.
    #[wire(default, length = ..=10_000)]
    pub payment_breaks: Vec<PaymentBreak>,
    /// Payments beyond the level ones, with their own frequency; at most 10,000.
    #[wire(default, length = ..=10_000)]
    pub extra_payments: Vec<ExtraPayment>,
    /// How each period's interest is rounded to the minor unit of the currency.
    #[wire(default)]
    pub interest_rounding: Rounding,
}

fn monthly() -> Frequency {
    Frequency::Monthly
}

/// The unknown of a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum LoanUnknown {
    /// The amount advanced.
    Principal,
    /// The annual rate.
    AnnualRate,
    /// The number of payments.
    NumberOfPayments,
    /// The level payment.
    Payment,
    /// The balance left for the last payment.
    Balloon,
}

/// A solved loan and its totals.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SolvedLoan {
    /// The unknown.
    pub unknown: LoanUnknown,
    /// The amount advanced. If solved for: the roundest of all principals with this level payment.
    pub principal: Decimal,
    /// Nominal annual rate as a fraction. If solved for: of all rates with this level payment, the one with the fewest
    /// decimal places, at most 12.
    pub annual_rate: Decimal,
    /// The number of payments. If solved for: the fewest whose level payment does not exceed this one.
    pub number_of_payments: u32,
    /// The level payment. If solved for: rounded half to even to the minor unit.
    pub payment: Decimal,
    /// The balance left for the last payment, in addition to a regular payment. If solved for: exactly what the
    /// payments leave; negative if they would repay too much by less than one payment.
    pub balloon: Decimal,
    /// The last payment, which settles the balance.
    pub final_payment: Decimal,
    /// The date of the last payment.
    pub payoff_date: Date,
    /// The sum of all interest.
    pub total_interest: Decimal,
    /// The sum of all payments.
    pub total_paid: Decimal,
}

/// Solves a loan with level payments for its one unknown: principal, rate, term, payment or balloon.
///
/// The answer reproduces the loan: its level payment, rounded to the minor unit, is the given payment. Many principals
/// and rates do so; the roundest is returned. If none does (the payment lies between those of two terms), a smaller
/// last payment settles the loan.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, SolveLoanInput};
///
/// let loan: SolveLoanInput = serde_json::from_str(
///     r#"{"principal": "400000", "numberOfPayments": 360, "payment": "2528.27", "advanceDate": "2025-12-01"}"#,
/// ).unwrap();
/// assert_eq!(debt::solve(&loan)?.annual_rate.to_string(), "0.065");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `field.missing` if more than one is left out, `field.conflict` if none is; `solve.no_solution` if no value in range
/// fits the rest; `payment.never_repays`; those of [`schedule`](super::schedule).
pub fn solve(loan: &SolveLoanInput) -> Result<SolvedLoan> {
    solve_under(loan, &Control::default())
}

/// [`solve`], which `control` can stop.
///
/// # Errors
/// Those of [`solve`], and `operation.cancelled`.
pub fn solve_under(loan: &SolveLoanInput, control: &Control<'_>) -> Result<SolvedLoan> {
    let candidate = Candidate::new(loan, control)?;
    let unknown = loan.unknown()?;
    let solved = match unknown {
        LoanUnknown::Payment => candidate.with_level_payment()?,
        LoanUnknown::Balloon => candidate,
        LoanUnknown::NumberOfPayments => candidate.with_term()?,
        LoanUnknown::Principal => candidate.with_principal()?,
        LoanUnknown::AnnualRate => candidate.with_rate()?,
    };
    solved.outcome(unknown)
}

impl SolveLoanInput {
    /// A loan in US dollars with monthly payments, of which only the date of the advance is set.
    #[must_use]
    pub fn new(advance_date: Date) -> Self {
        Self {
            principal: None,
            annual_rate: None,
            number_of_payments: None,
            payment: None,
            balloon: None,
            currency: us_dollar(),
            accrual: InterestAccrual::default(),
            frequency: Frequency::Monthly,
            advance_date,
            first_payment: None,
            interest_only_payments: 0,
            rate_changes: Vec::new(),
            payment_breaks: Vec::new(),
            extra_payments: Vec::new(),
            interest_rounding: Rounding::default(),
        }
    }

    /// Whether anything happens besides level payments at one rate.
    fn has_events(&self) -> bool {
        self.interest_only_payments > 0
            || !self.rate_changes.is_empty()
            || !self.payment_breaks.is_empty()
            || !self.extra_payments.is_empty()
    }

    /// The fewest payments of which one is level.
    fn shortest_term(&self) -> i64 {
        let ends =
            self.payment_breaks.iter().map(|pause| i64::from(pause.first_number) + i64::from(pause.payments));
        ends.fold(i64::from(self.interest_only_payments) + 1, i64::max)
    }

    fn unknown(&self) -> Result<LoanUnknown> {
        let missing: Vec<LoanUnknown> = [
            (self.principal.is_none(), LoanUnknown::Principal),
            (self.annual_rate.is_none(), LoanUnknown::AnnualRate),
            (self.number_of_payments.is_none(), LoanUnknown::NumberOfPayments),
            (self.payment.is_none(), LoanUnknown::Payment),
        ]
        .into_iter()
        .filter_map(|(missing, unknown)| missing.then_some(unknown))
        .collect();
        match (missing.as_slice(), self.balloon) {
            ([unknown], _) => Ok(*unknown),
            ([], None) => Ok(LoanUnknown::Balloon),
            (missing, _) => {
                let message = format!(
                    "{} of `principal`, `annualRate`, `numberOfPayments`, `payment` and `balloon` are left out; \
                        leave out exactly one (the balloon may be left out in addition)",
                    missing.len()
                );
                let code =
                    if missing.is_empty() { ErrorCode::FieldConflict } else { ErrorCode::FieldMissing };
                Err(Error::new(code, message))
            }
        }
    }
}

/// A loan with a trial value for the unknown.
#[derive(Clone)]
struct Candidate<'a> {
    loan: &'a SolveLoanInput,
    control: &'a Control<'a>,
    places: u32,
    principal: i64,
    /// The annual rate as a fraction.
    rate: Decimal,
    payments: u32,
    payment: i64,
    balloon: i64,
}

impl<'a> Candidate<'a> {
    fn new(loan: &'a SolveLoanInput, control: &'a Control<'a>) -> Result<Self> {
        let places = loan::places(loan.currency).at("currency")?;
        let amounts = Amounts { places };
        let amount = |amount: Option<Decimal>, field: &str| match amount {
            Some(amount) => amounts.at_least_zero(amount).at(field),
            None => Ok(0),
        };
        let candidate = Self {
            loan,
            control,
            places,
            principal: amount(loan.principal, "principal")?,
            rate: loan.annual_rate.unwrap_or(Decimal::ZERO),
            payments: loan.number_of_payments.unwrap_or(MAX_PAYMENTS),
            payment: amount(loan.payment, "payment")?,
            balloon: amount(loan.balloon, "balloon")?,
        };
        if loan.principal.is_some() && candidate.principal <= candidate.balloon && candidate.balloon > 0 {
            return Err(no_solution("the balloon must be less than the principal").at("balloon"));
        }
        Ok(candidate)
    }

    fn agreement(&self, payment: Option<i64>) -> Result<LoanAgreement> {
        let amount = |units: i64| Decimal::new(units, self.places);
        Ok(LoanAgreement {
            currency: self.loan.currency,
            accrual: self.loan.accrual,
            frequency: self.loan.frequency,
            first_payment: self.loan.first_payment,
            interest_only_payments: self.loan.interest_only_payments,
            rate_changes: self.loan.rate_changes.clone(),
            payment_breaks: self.loan.payment_breaks.iter().map(level_throughout).collect(),
            extra_payments: self.loan.extra_payments.clone(),
            interest_rounding: self.loan.interest_rounding,
            balloon: amount(self.balloon)?,
            repayment: Repayment::Level { payment: payment.map(amount).transpose()? },
            // A payment below the interest is valid here, because a balloon can settle the rest.
            unpaid_interest: UnpaidInterest::Capitalize { cap: None },
            ..LoanAgreement::level(amount(self.principal)?, self.rate, self.payments, self.loan.advance_date)
        })
    }

    /// The level payment, rounded.
    fn level_payment(&self) -> Result<i64> {
        self.control.check()?;
        let agreement = self.agreement(None)?;
        let terms = CompiledAgreement::new(&agreement)?;
        if self.loan.has_events() {
            let payment = level::planned_payment(&agreement, &terms)?.round(0, Rounding::HalfEven);
            return i64::try_from(payment.mantissa()).map_err(|_| too_large());
        }
        match level::base_payment(&agreement, &terms, 1, self.principal)? {
            BasePayment::Level(payment) => Ok(payment),
            BasePayment::Graduated(_) | BasePayment::Principal(_) => Err(too_large()),
        }
    }

    fn with_level_payment(self) -> Result<Self> {
        let payment = self.level_payment()?;
        if payment < 0 {
            let message = "the extra payments alone repay the loan before its end";
            return Err(no_solution(message).at("extraPayments"));
        }
        Ok(Self { payment, ..self })
    }

    /// The fewest payments whose level payment does not exceed the payment.
    fn with_term(self) -> Result<Self> {
        let fits = |payments: i64| -> Result<bool> {
            let candidate = Self { payments: payments as u32, ..self.clone() };
            Ok(candidate.level_payment()? <= self.payment)
        };
        // More payments make the level payment smaller, so bisection finds the fewest that fit. A payment that rounds to the
        // bare interest repays the loan by rounding alone, if at all.
        // Extra payments and changes of the rate can repay it too.
        let least = if self.loan.has_events() { 0 } else { self.regular_interest()?.saturating_add(1) };
        let shortest = self.loan.shortest_term();
        let payments =
            if self.payment < least { None } else { first_that(shortest, MAX_PAYMENTS.into(), fits)? };
        if let Some(payments) = payments {
            return Ok(Self { payments: payments as u32, ..self });
        }
        let message = format!(
            "{MAX_PAYMENTS} payments of {} would not repay the loan; the payment must be at least {}",
            Decimal::new(self.payment, self.places)?,
            Decimal::new(self.level_payment()?.max(least), self.places)?
        );
        Err(Error::new(ErrorCode::PaymentNeverRepays, message).at("payment"))
    }

    /// The interest on the principal in the cheapest of some regular periods, rounded.
    #[expect(
        clippy::unreachable,
        reason = "compiled terms have a period for each payment, of which there is one"
    )]
    fn regular_interest(&self) -> Result<i64> {
        let terms = CompiledAgreement::new(&self.agreement(None)?)?;
        let accrual = &terms.rate(1).accrual;
        // The first period may be odd.
        let [_, regular @ ..] = terms.periods.as_slice() else { unreachable!("a loan has a payment") };
        let parts = regular.iter().take(12).map(|period| period.parts(accrual)).min();
        let Some(parts) = parts else { return Ok(0) };
        accrual.interest(cost(self.principal, parts)?, self.loan.interest_rounding)
    }

    /// The sum of all extra payments.
    fn extra_payments(&self) -> Result<i64> {
        if self.loan.extra_payments.is_empty() {
            return Ok(0);
        }
        let any_principal = Self { principal: self.balloon + 1, ..self.clone() };
        CompiledAgreement::new(&any_principal.agreement(None)?)?.extras.total().ok_or_else(too_large)
    }

    /// The roundest principal whose level payment is the payment.
    fn with_principal(self) -> Result<Self> {
        // Interest is never negative, so the payments repay no more than their sum.
        let highest = self
            .payment
            .checked_mul(self.payments.into())
            .and_then(|sum| sum.checked_add(self.balloon))
            .and_then(|sum| sum.checked_add(self.extra_payments().ok()?))
            .ok_or_else(too_large)?;
        // Rounding gives a whole range of principals the same payment; both of its ends are searched.
        let level = |principal: i64| Self { principal, ..self.clone() }.level_payment();
        let lowest =
            first_that(self.balloon + 1, highest, |principal| Ok(level(principal)? >= self.payment))?;
        let beyond = first_that(self.balloon + 1, highest, |principal| Ok(level(principal)? > self.payment))?;
        let last = beyond.map_or(highest, |beyond| beyond - 1);
        let principal = match lowest {
            Some(lowest) if lowest <= last => roundest(lowest, last),
            _ if last > self.balloon => last,
            _ => {
                return Err(
                    no_solution("the payments repay no principal; give a larger payment").at("payment")
                );
            }
        };
        Ok(Self { principal, ..self })
    }

    /// The rate with the fewest decimal places at which the level payment is the payment.
    fn with_rate(self) -> Result<Self> {
        let level = |units: i64| {
            let rate = Decimal::new(units, RATE_PLACES)?;
            Self { rate, ..self.clone() }.level_payment()
        };
        if level(0)? > self.payment {
            let message = format!(
                "the payments do not even repay the principal; without interest, each would be {}",
                Decimal::new(level(0)?, self.places)?
            );
            return Err(no_solution(&message).at("payment"));
        }
        let lowest = first_that(0, HIGHEST_RATE_UNITS, |units| Ok(level(units)? >= self.payment))?;
        let beyond = first_that(0, HIGHEST_RATE_UNITS, |units| Ok(level(units)? > self.payment))?;
        let last = beyond.map_or(HIGHEST_RATE_UNITS, |beyond| beyond - 1);
        let Some(lowest) = lowest else {
            return Err(no_solution("the rate would be above 1000 %; the payment is too large").at("payment"));
        };
        let units = if lowest <= last { roundest(lowest, last) } else { last };
        Ok(Self { rate: Decimal::new(units, RATE_PLACES)?.normalized(), ..self })
    }

    /// The solved loan, from its schedule with the agreed payment.
    #[expect(
        clippy::expect_used,
        reason = "a loan has something to repay and a term of at least one payment"
    )]
    fn outcome(self, unknown: LoanUnknown) -> Result<SolvedLoan> {
        let agreement = self.agreement(Some(self.payment))?;
        let terms = CompiledAgreement::new(&agreement)?;
        let postings = engine::run(&agreement, &terms, self.control)?;
        let amount = |units: i64| Decimal::new(units, self.places);
        let wide = |units: i128| Decimal::from_i128(units, self.places);
        let last = postings.last().expect("a loan has a payment");
        // The last payment takes the place of the extra payments that fall on its date.
        let extra = terms.extras.with_payments.get(last.number - 1).copied().unwrap_or(0);
        let left = if last.reason == PaymentReason::Final {
            last.paid - last.extra - last.scheduled - extra
        } else {
            0
        };
        if unknown == LoanUnknown::Balloon && last.reason != PaymentReason::Final {
            let message = format!(
                "the loan is repaid after {} of {} payments, so nothing is left for a balloon",
                last.number, self.payments
            );
            return Err(no_solution(&message).at("payment"));
        }
        let interest: i128 = postings.iter().map(|posting| i128::from(posting.interest)).sum();
        Ok(SolvedLoan {
            unknown,
            principal: amount(self.principal)?,
            annual_rate: self.rate,
            number_of_payments: last.number as u32,
            payment: amount(self.payment)?,
            balloon: amount(if unknown == LoanUnknown::Balloon { left } else { self.balloon })?,
            final_payment: amount(last.paid)?,
            payoff_date: last.period.end,
            total_interest: wide(interest)?,
            total_paid: wide(interest + i128::from(self.principal))?,
        })
    }
}

/// A break that all other payments take into account.
fn level_throughout(pause: &PaymentBreak) -> PaymentBreak {
    PaymentBreak { others: OtherPayments::LevelThroughout, ..*pause }
}

/// The first integer from `lowest` to `highest` from which on the predicate holds, by bisection.
fn first_that(lowest: i64, highest: i64, holds: impl Fn(i64) -> Result<bool>) -> Result<Option<i64>> {
    if lowest > highest || !holds(highest)? {
        return Ok(None);
    }
    let (mut below, mut from) = (lowest - 1, highest);
    while from - below > 1 {
        let middle = below + (from - below) / 2;
        if holds(middle)? {
            from = middle;
        } else {
            below = middle;
        }
    }
    Ok(Some(from))
}

/// The integer in a range with the most trailing zeros; of several, the one nearest the middle, then the lower.
fn roundest(lowest: i64, highest: i64) -> i64 {
    let middle = lowest + (highest - lowest) / 2;
    let mut step = 1_000_000_000_000_000_000_i64;
    while step > 1 {
        let below = middle / step * step;
        let above = below.saturating_add(step);
        let nearest = [below, above]
            .into_iter()
            .filter(|number| (lowest..=highest).contains(number))
            .min_by_key(|number| (number - middle).abs());
        if let Some(number) = nearest {
            return number;
        }
        step /= 10;
    }
    middle
}

fn no_solution(message: &str) -> Error {
    Error::new(ErrorCode::SolveNoSolution, message)
}
