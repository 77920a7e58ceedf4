//! The remaining payments on debts.

use super::{assumed::Assumed, output::PlanDebt, standing::Standing, timeline::Timeline};
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::{Date, MonthEnd, date},
    error::At as _,
    num::{Decimal, Rounding},
};
use wherewithal_debt::{Amortization, Loan, amortize};
use wherewithal_household::{DefermentInterest, Household, Liability, owned_part};

/// The term of a debt with a known payment only: until it is repaid, at most a hundred years.
const OPEN_TERM_MONTHS: u32 = 1200;

/// The household's part of a debt with its payments, in the currency of the debt.
pub(super) struct Debt<'a> {
    pub(super) index: usize,
    pub(super) liability: &'a Liability,
    /// The balance on `asOf`.
    pub(super) balance: Decimal,
    /// The balance when payments of principal begin: with the interest of a deferment that is added to it.
    pub(super) principal: Decimal,
    /// That of the document, or 0.
    pub(super) annual_rate: Decimal,
    pub(super) payment: Option<Decimal>,
    pub(super) extra: Decimal,
    /// The whole months before payments of principal begin, without the month that the first of them pays for.
    pub(super) deferred_months: u32,
    /// What is paid in each of them.
    pub(super) interest_of_a_month: Decimal,
    pub(super) payments: Payments,
}

/// How a debt is paid.
pub(super) enum Payments {
    /// By a schedule that repays it.
    Schedule(Amortization),
    /// By payments that do not reduce it.
    Standing(Standing),
    /// As a whole when the plan starts.
    AtOnce,
}

/// The debts that are not repaid, in the order of the document.
pub(super) fn debts<'a>(household: &'a Household, assumed: &mut Assumed) -> Result<Vec<Debt<'a>>> {
    let mut debts = Vec::new();
    for (index, liability) in household.liabilities.iter().enumerate() {
        if liability.balance.is_negative() {
            assumed.add(
                format!("liabilities[{index}].balance"),
                format!("the credit on {} stays with the lender, and is no part of the plan", liability.name),
                "the credit as the balance of an account",
            );
        }
        if liability.balance.is_negative() || liability.balance.is_zero() {
            continue;
        }
        let debt = debt(household, liability, index).at_index("liabilities", index)?;
        debt.assume(&format!("liabilities[{index}]"), assumed);
        debts.push(debt);
    }
    Ok(debts)
}

fn debt<'a>(household: &'a Household, liability: &'a Liability, index: usize) -> Result<Debt<'a>> {
    let places = household.places_of(liability.currency);
    let part = |amount: Decimal| owned_part(amount, liability.ownership_share, places);
    let balance = part(liability.balance)?;
    let deferred_months = match &liability.deferment {
        Some(deferment) => whole_months(household.as_of, deferment.first_payment)?.saturating_sub(1),
        None => 0,
    };
    let annual_rate = liability.annual_rate.unwrap_or_default();
    let interest = |months: u32| -> Result<Decimal> {
        let year = balance.times(annual_rate)?.times(Decimal::from(months))?;
        Ok(year.divided_by(Decimal::from(12_u32))?.round(places, Rounding::HalfEven))
    };
    let (mut principal, mut interest_of_a_month) = (balance, Decimal::ZERO);
    match liability.deferment.map(|deferment| deferment.interest) {
        Some(DefermentInterest::Accrues) => principal = balance.plus(interest(deferred_months)?)?,
        Some(DefermentInterest::Paid) => interest_of_a_month = interest(1)?,
        Some(DefermentInterest::Subsidized) | None => {}
    }
    let mut debt = Debt {
        index,
        liability,
        balance,
        principal,
        annual_rate,
        payment: liability.payment.map(part).transpose()?,
        extra: part(liability.extra_monthly_payment.unwrap_or_default())?,
        deferred_months,
        interest_of_a_month,
        payments: Payments::AtOnce,
    };
    debt.payments = debt.payments(household, places)?;
    Ok(debt)
}

impl Debt<'_> {
    fn payments(&self, household: &Household, places: u32) -> Result<Payments> {
        let liability = self.liability;
        if liability.paid_in_full {
            return Ok(Payments::AtOnce);
        }
        if self.payment.is_none() && liability.remaining_months.is_none() {
            if liability.kind.is_due_at_once() && liability.deferment.is_none() {
                return Ok(Payments::AtOnce);
            }
            // Whether a loan is repaid in a month or in thirty years decides the plan, so it is not assumed.
            let message =
                "neither the payment nor the term of this loan is known; give `payment` or `remainingMonths`";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("payment"));
        }
        match (self.schedule(household), self.payment) {
            (Err(error), Some(payment)) if error.code() == ErrorCode::PaymentNeverRepays => {
                if self.interest_of_a_month > Decimal::ZERO {
                    let message =
                        "after a deferment in which interest is paid, the payment must repay the debt";
                    return Err(Error::new(ErrorCode::PaymentNeverRepays, message).at("payment"));
                }
                let paid = payment.plus(self.extra)?;
                let (rate, term) = (self.annual_rate, liability.remaining_months);
                Standing::new(self.principal, rate, paid, term, OPEN_TERM_MONTHS, places)
                    .map(Payments::Standing)
            }
            (schedule, _) => schedule.map(Payments::Schedule),
        }
    }

    fn schedule(&self, household: &Household) -> Result<Amortization> {
        let loan = Loan {
            principal: self.principal,
            currency: self.liability.currency.unwrap_or(household.currency),
            annual_rate: self.annual_rate,
            term_months: self.term_months(),
            first_payment: self.first_payment(household)?,
            month_end: MonthEnd::default(),
            payment: self.payment,
            extra_monthly_payment: self.extra,
            rounding: Rounding::default(),
        };
        amortize(&loan).map_err(|error| {
            // The engine names the fields of its own input; the user wrote those of the document.
            let field = match error.path() {
                "principal" => "balance",
                "termMonths" => "remainingMonths",
                "firstPayment" => "nextPayment",
                field => field,
            };
            Error::new(error.code(), error.message()).at(field)
        })
    }

    /// The largest number of payments of principal.
    pub(super) fn term_months(&self) -> u32 {
        self.liability.remaining_months.unwrap_or(OPEN_TERM_MONTHS)
    }

    /// The date of the first payment of principal.
    pub(super) fn first_payment(&self, household: &Household) -> Result<Date> {
        if let Some(deferment) = &self.liability.deferment {
            return Ok(deferment.first_payment);
        }
        self.liability.next_payment.map_or_else(|| household.as_of.add_months(1), Ok)
    }

    /// Lists what the document leaves open about the debt.
    fn assume(&self, field: &str, assumed: &mut Assumed) {
        let name = &self.liability.name;
        if self.liability.annual_rate.is_none() && !matches!(self.payments, Payments::AtOnce) {
            assumed.figure(
                format!("{field}.annualRate"),
                format!("{name} bears no interest"),
                (0.0, "fraction"),
                "its nominal annual rate, such as \"0.065\" or \"6.5 %\"; \"0\" if it bears none",
            );
        }
        match &self.payments {
            Payments::AtOnce if !self.liability.paid_in_full => assumed.add(
                format!("{field}.payment"),
                format!("{name} is repaid as a whole when the plan starts"),
                "the monthly payment, or the number of months that remain",
            ),
            Payments::Standing(debt) if !debt.is_repaid => assumed.add(
                format!("{field}.remainingMonths"),
                format!(
                    "payments of {} do not reduce {name}, which is still owed at the end of the plan",
                    debt.paid
                ),
                "the remaining months, with the last of which it is repaid",
            ),
            Payments::Standing(debt) => assumed.add(
                format!("{field}.payment"),
                format!(
                    "payments of {} do not reduce {name}; {} is due with the last of them",
                    debt.paid, debt.left
                ),
                "a payment that repays it",
            ),
            Payments::Schedule(schedule)
                if self.payment.is_some() && schedule.final_payment > schedule.payment =>
            {
                assumed.add(
                    format!("{field}.remainingMonths"),
                    format!(
                        "after payments of {} on {name}, a last payment of {} is due on {}",
                        schedule.payment, schedule.final_payment, schedule.payoff_date
                    ),
                    "more months, if the loan is extended",
                );
            }
            Payments::Schedule(_) | Payments::AtOnce => {}
        }
    }

    /// The monthly payment, extra payments included.
    fn monthly_payment(&self) -> Result<Option<Decimal>> {
        match &self.payments {
            Payments::Schedule(amortization) => amortization.payment.plus(self.extra).map(Some),
            Payments::Standing(debt) => Ok(Some(debt.paid)),
            Payments::AtOnce => Ok(None),
        }
    }

    /// The interest of the deferment, added to the balance or paid.
    fn interest_before(&self) -> Result<Decimal> {
        let paid = self.interest_of_a_month.times(Decimal::from(self.deferred_months))?;
        paid.plus(self.principal.minus(self.balance)?)
    }

    /// The end of the debt: the number of payments left, the date and the amount of the last, and the interest in all.
    fn end(&self, household: &Household) -> Result<Option<(u32, Date, Decimal, Decimal)>> {
        Ok(match &self.payments {
            Payments::Schedule(schedule) => Some((
                schedule.schedule.len() as u32,
                schedule.payoff_date,
                schedule.final_payment,
                schedule.total_interest.plus(self.interest_before()?)?,
            )),
            Payments::Standing(debt) if debt.is_repaid => {
                let months = debt.payments.cast_signed() - 1;
                let last = self.first_payment(household)?.add_months(months)?;
                Some((debt.payments, last, debt.left, debt.interest.plus(self.interest_before()?)?))
            }
            Payments::Standing(_) | Payments::AtOnce => None,
        })
    }

    /// The end of a debt that a sale at the start of a year repays: the payments before it, its day, what is owed then, and
    /// the interest in the payments. `None` if the debt is repaid before.
    fn end_by_sale(
        &self,
        household: &Household,
        timeline: &Timeline,
        sold_in: i32,
    ) -> Result<Option<(u32, Date, Decimal, Decimal)>> {
        let sold_on = if sold_in > timeline.first_year { date(sold_in, 1, 1)? } else { timeline.start()? };
        let is_before = |day: Date| day.year() < sold_in;
        let mut interest = self.principal.minus(self.balance)?;
        for month in 1..=self.deferred_months {
            if is_before(household.as_of.add_months(month.cast_signed())?) {
                interest = interest.plus(self.interest_of_a_month)?;
            }
        }
        let (payments, owed, of_payments) = match &self.payments {
            Payments::AtOnce => return Ok(None),
            Payments::Schedule(schedule) => {
                let rows: Vec<_> = schedule.schedule.iter().filter(|row| is_before(row.date)).collect();
                if rows.len() == schedule.schedule.len() {
                    return Ok(None);
                }
                let owed = rows.last().map_or(self.principal, |row| row.balance);
                (rows.len() as u32, owed, Decimal::sum(rows.iter().map(|row| row.interest))?)
            }
            Payments::Standing(standing) => {
                let (first, mut payments) = (self.first_payment(household)?, 0_u32);
                while payments < standing.payments && is_before(first.add_months(payments.cast_signed())?) {
                    payments += 1;
                }
                if standing.is_repaid && payments == standing.payments {
                    return Ok(None);
                }
                let places = household.places_of(self.liability.currency);
                let until =
                    Standing::new(self.principal, self.annual_rate, standing.paid, None, payments, places)?;
                (payments, until.left, until.interest)
            }
        };
        Ok(Some((payments, sold_on, owed, interest.plus(of_payments)?)))
    }

    /// The year of the last payment, if there is one.
    pub(super) fn last_year(&self, household: &Household, timeline: &Timeline) -> Result<Option<i32>> {
        let last = match self.payments {
            Payments::AtOnce => Some(timeline.first_year),
            _ => self.end(household)?.map(|(_, date, ..)| date.year()),
        };
        Ok(last.filter(|year| *year >= timeline.first_year))
    }

    /// The summary of the debt in the plan. `sale`: the year of the sale that repays it, and what is sold.
    pub(super) fn summary(
        &self,
        household: &Household,
        timeline: &Timeline,
        sale: Option<(i32, &str)>,
    ) -> Result<PlanDebt> {
        let by_sale = match sale {
            Some((year, what)) => self.end_by_sale(household, timeline, year)?.map(|end| (end, what)),
            None => None,
        };
        let end = match by_sale {
            Some((end, _)) => Some(end),
            None => self.end(household)?,
        };
        // Changes no amount: it only gives each the decimal places of its currency.
        let places = household.places_of(self.liability.currency);
        Ok(PlanDebt {
            id: self.liability.id.clone(),
            name: self.liability.name.clone(),
            kind: self.liability.kind,
            currency: self.liability.currency.unwrap_or(household.currency),
            balance: self.balance,
            annual_rate: self.annual_rate,
            monthly_payment: self.monthly_payment()?,
            remaining_payments: end.map(|(payments, ..)| payments),
            payoff_date: end.map(|(_, date, ..)| date),
            final_payment: end.map(|(.., payment, _)| payment.round(places, Rounding::HalfEven)),
            remaining_interest: end.map(|(.., interest)| interest.round(places, Rounding::HalfEven)),
            repaid_by: by_sale.map(|(_, what)| what.to_owned()),
        })
    }
}

/// The whole months between two dates, the earlier first.
fn whole_months(from: Date, to: Date) -> Result<u32> {
    let months = (to.year() - from.year()) * 12 + to.month().cast_signed() - from.month().cast_signed();
    // The difference of calendar months counts a month whose day is not reached yet.
    let months = if from.add_months(months)? > to { months - 1 } else { months };
    Ok(months.max(0).cast_unsigned())
}
