//! The validated input, in minor units of its currency.

use std::collections::BTreeMap;

use super::{
    super::{
        PaymentRounding,
        loan::{MAX_TERM_MONTHS, minor_units, payment_step, places},
        payment::{interest, rounded_quotient},
        rate_fraction::RateFraction,
        schedule::accrual::too_large,
    },
    deferral::Deferral,
    input::{MinimumPayment, PayoffBudget, PayoffDebt, PayoffStrategy},
    month_rate::MonthRates,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
};

/// The most debts of one plan.
const MAX_DEBTS: usize = 50;
/// The longest id and the longest name, in characters.
const MAX_ID: usize = 64;
const MAX_NAME: usize = 200;
/// The most promotional rates of a debt.
const MAX_PROMOTIONS: usize = 100;
/// The largest number of single extra payments.
const MAX_EXTRA_PAYMENTS: usize = 10_000;
/// The longest plan, in months: a hundred years.
pub(super) const MAX_MONTHS: usize = MAX_TERM_MONTHS as usize;
/// Above this balance, in minor units, a debt counts as never repaid.
pub(super) const MAX_BALANCE: i64 = 1_000_000_000_000_000_000;

/// The validated debts, in the order of their ids, and the budget.
pub(super) struct CompiledDebts {
    pub(super) places: u32,
    pub(super) rounding: Rounding,
    pub(super) first_payment: Date,
    pub(super) debts: Vec<Debt>,
    /// For each debt of the input, its place in `debts`.
    pub(super) input_order: Vec<usize>,
    /// The budget of each month, extra payments included.
    pub(super) budget: Vec<i64>,
}

pub(super) struct Debt {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) balance: i64,
    pub(super) minimum: MinimumRule,
    pub(super) day: u32,
    /// The interest that is deferred, if any.
    pub(super) deferral: Option<Deferral>,
    /// The rates in the order in which they apply; the last has no end.
    rates: Vec<DebtRate>,
}

/// A rate of a debt until a date.
struct DebtRate {
    until: Option<Date>,
    annual: Decimal,
    months: MonthRates,
}

/// The rate of a month.
#[derive(Clone, Copy)]
pub(super) struct RatePeriod {
    pub(super) annual: Decimal,
    pub(super) monthly: RateFraction,
}

/// The rule of a minimum payment, in minor units.
#[derive(Clone, Copy)]
pub(super) enum MinimumRule {
    Fixed(i64),
    Percent { share: RateFraction, floor: i64, plus_interest: bool, step: Option<Step> },
}

/// A step to which a minimum payment is rounded, in minor units.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) units: u64,
    rounding: Rounding,
}

impl CompiledDebts {
    pub(super) fn new(
        currency: Currency,
        first_payment: Date,
        debts: &[PayoffDebt],
        budget: &PayoffBudget,
        rounding: Rounding,
    ) -> Result<Self> {
        let places = places(currency).at("currency")?;
        check::length(debts.len(), 1..=MAX_DEBTS).at("debts")?;
        // Sorted by id, so that the order of the input cannot affect a plan.
        let mut by_id = BTreeMap::new();
        for (index, debt) in debts.iter().enumerate() {
            let checked = Debt::new(debt, first_payment, places).at_index("debts", index)?;
            if by_id.insert(debt.id.as_str(), checked).is_some() {
                return Err(Error::new(
                    ErrorCode::ListDuplicate,
                    format!("another debt also has the id {:?}; each debt needs its own", debt.id),
                )
                .at("id")
                .at_index("debts", index));
            }
        }
        let rank = |debt: &PayoffDebt| by_id.keys().take_while(|id| **id < debt.id.as_str()).count();
        let input_order = debts.iter().map(rank).collect();
        Ok(Self {
            places,
            rounding,
            first_payment,
            input_order,
            debts: by_id.into_values().collect(),
            budget: monthly_budgets(budget, places).at("budget")?,
        })
    }

    /// The date of a debt's payment in a month, counted from 0.
    pub(super) fn payment_date(&self, month: usize, debt: &Debt) -> Result<Date> {
        Ok(self.month_date(month)?.with_day_at_most(debt.day))
    }

    /// The days from a debt's payment date in the month before to its `date`. Before the first year of the calendar, a
    /// month has 31 days.
    fn days_to(date: Date, debt: &Debt) -> i32 {
        let before = date.with_day_at_most(1).add_months(-1).map(|month| month.with_day_at_most(debt.day));
        before.map_or(31, |before| before.days_until(date))
    }

    /// The date of the payments of a month, counted from 0.
    pub(super) fn month_date(&self, month: usize) -> Result<Date> {
        self.first_payment.add_months(month as i32).at("firstPayment")
    }

    /// For each month, the rate of each debt.
    pub(super) fn rates(&self, months: usize) -> Result<Vec<Vec<RatePeriod>>> {
        let rate = |month, debt: &Debt| {
            let date = self.payment_date(month, debt)?;
            debt.rates
                .iter()
                // Promotions are in order of their ends, so the first one that has not ended is in force.
                .find(|rate| rate.until.is_none_or(|until| date <= until))
                .map(|rate| RatePeriod {
                    annual: rate.annual,
                    monthly: rate.months.of(Self::days_to(date, debt)),
                })
                .ok_or_else(|| Error::new(ErrorCode::DateOutOfRange, "no rate holds on the date"))
        };
        (0..months).map(|month| self.debts.iter().map(|debt| rate(month, debt)).collect()).collect()
    }

    /// The debts in the order of a list of ids.
    pub(super) fn order_of(&self, ids: &[String]) -> Result<Vec<usize>> {
        let mut order = Vec::with_capacity(ids.len());
        for (index, id) in ids.iter().enumerate() {
            let known = self.debts.iter().map(|debt| debt.id.as_str());
            let debt = check::place(id, known, "debt").at_item(index)?;
            if order.contains(&debt) {
                return Err(Error::new(
                    ErrorCode::ListDuplicate,
                    format!("{id:?} is in the order twice; name each debt once"),
                )
                .at_item(index));
            }
            order.push(debt);
        }
        // Without duplicates, a list of the same length names every debt.
        if order.len() < self.debts.len() {
            return Err(Error::new(
                ErrorCode::ListIncomplete,
                format!("the order names {} debts; it must name all of them: {}", order.len(), self.ids()),
            ));
        }
        Ok(order)
    }

    fn ids(&self) -> String {
        self.debts.iter().map(|debt| debt.id.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn amount(&self, units: i64) -> Result<Decimal> {
        Decimal::new(units, self.places)
    }

    pub(super) fn total(&self, units: i128) -> Result<Decimal> {
        Decimal::from_i128(units, self.places)
    }

    pub(super) fn custom_order(&self, strategy: &PayoffStrategy) -> Result<Option<Vec<usize>>> {
        match strategy {
            PayoffStrategy::Custom { order } => self.order_of(order).at("order").map(Some),
            _ => Ok(None),
        }
    }
}

impl Debt {
    fn new(debt: &PayoffDebt, first_payment: Date, places: u32) -> Result<Self> {
        check::text(&debt.id, MAX_ID).at("id")?;
        let name = debt.name.clone().unwrap_or_else(|| debt.id.clone());
        check::text(&name, MAX_NAME).at("name")?;
        let balance = minor_units(debt.balance, places)
            .and_then(|units| {
                units.filter(|units| *units > 0).ok_or_else(|| {
                    Error::new(
                        ErrorCode::AmountOutOfRange,
                        format!(
                            "the balance is {}; it must be greater than zero and at most 10^18 minor units",
                            debt.balance
                        ),
                    )
                })
            })
            .at("balance")?;
        let day = debt.payment_day.unwrap_or_else(|| first_payment.day());
        check::whole(day, 1..=31, ErrorCode::DayOutOfRange).at("paymentDay")?;
        Ok(Self {
            id: debt.id.clone(),
            name,
            balance,
            minimum: MinimumRule::new(debt.minimum_payment, places).at("minimumPayment")?,
            day,
            deferral: debt
                .deferred_interest
                .map(|promotion| Deferral::new(promotion, first_payment, day, places))
                .transpose()
                .at("deferredInterest")?,
            rates: rates(debt)?,
        })
    }
}

fn rates(debt: &PayoffDebt) -> Result<Vec<DebtRate>> {
    check::length(debt.promotions.len(), 0..=MAX_PROMOTIONS).at("promotions")?;
    let mut rates = Vec::with_capacity(debt.promotions.len() + 1);
    let mut former: Option<Date> = None;
    for (index, promotion) in debt.promotions.iter().enumerate() {
        if let Some(former) = former.filter(|former| promotion.until <= *former) {
            return Err(Error::new(
                ErrorCode::ListOutOfOrder,
                format!(
                    "this rate ends on {}, the one before it on {former}; ends must ascend",
                    promotion.until
                ),
            )
            .at("until")
            .at_index("promotions", index));
        }
        former = Some(promotion.until);
        let months = MonthRates::new(debt.interest, promotion.annual_rate);
        rates.push(DebtRate {
            until: former,
            annual: promotion.annual_rate,
            months: months.at("annualRate").at_index("promotions", index)?,
        });
    }
    rates.push(DebtRate {
        until: None,
        annual: debt.annual_rate,
        months: MonthRates::new(debt.interest, debt.annual_rate).at("annualRate")?,
    });
    Ok(rates)
}

impl MinimumRule {
    fn new(rule: MinimumPayment, places: u32) -> Result<Self> {
        let (fraction, floor, rounding, plus_interest) = match rule {
            MinimumPayment::Fixed { amount } => {
                return Ok(Self::Fixed(not_negative(amount, places).at("amount")?));
            }
            MinimumPayment::PercentOfBalance { fraction, floor, rounding } => {
                (fraction, floor, rounding, false)
            }
            MinimumPayment::PercentPlusInterest { fraction, floor, rounding } => {
                (fraction, floor, rounding, true)
            }
        };
        let floor = not_negative(floor, places).at("floor")?;
        let step = Step::new(rounding, places).at("step").at("rounding")?;
        Ok(Self::Percent { share: share(fraction).at("fraction")?, floor, plus_interest, step })
    }

    /// Whether the amount is rounded to a step.
    pub(super) fn has_step(self) -> bool {
        matches!(self, Self::Percent { step: Some(_), .. })
    }

    /// The amount that the rule asks for, regardless of the balance owed, and whether it is the floor.
    pub(super) fn payment(self, balance: i64, charged: i64, rounding: Rounding) -> Result<(i64, bool)> {
        match self {
            Self::Fixed(amount) => Ok((amount, false)),
            Self::Percent { share, floor, plus_interest, step } => {
                let more = if plus_interest { charged } else { 0 };
                let part = match step {
                    None => interest(balance, share, rounding)? + more,
                    Some(step) => step.payment(balance, share, more)?,
                };
                Ok((part.max(floor), part < floor))
            }
        }
    }
}

impl Step {
    fn new(rounding: PaymentRounding, places: u32) -> Result<Option<Self>> {
        let Some(step) = rounding.step else { return Ok(None) };
        let units = payment_step(step, places)?;
        Ok(Some(Self { units: units.unsigned_abs(), rounding: rounding.rounding }))
    }

    /// A share of a balance and `more`, rounded once from the exact sum.
    fn payment(self, balance: i64, share: RateFraction, more: i64) -> Result<i64> {
        let exact = u128::from(balance.unsigned_abs()) * u128::from(share.numerator)
            + u128::from(more.unsigned_abs()) * u128::from(share.denominator);
        let steps = rounded_quotient(exact, share.denominator * self.units, self.rounding);
        i64::try_from(steps * u128::from(self.units)).map_err(|_| too_large())
    }
}

/// A share as a fraction of integers.
fn share(fraction: Decimal) -> Result<RateFraction> {
    RateFraction::of(check::decimal_rate(fraction, check::above(0_i64, 1_i64))?)
}

pub(super) fn not_negative(amount: Decimal, places: u32) -> Result<i64> {
    minor_units(amount, places)?.filter(|units| *units >= 0).ok_or_else(|| {
        Error::new(
            ErrorCode::AmountOutOfRange,
            format!("the amount is {amount}; it must not be negative, nor above 10^18 minor units"),
        )
    })
}

#[expect(clippy::indexing_slicing, reason = "a checked month is one of those that have a budget")]
fn monthly_budgets(budget: &PayoffBudget, places: u32) -> Result<Vec<i64>> {
    let monthly = not_negative(budget.monthly, places).at("monthly")?;
    if monthly == 0 {
        return Err(Error::new(ErrorCode::AmountOutOfRange, "the budget is 0; it must be greater than zero")
            .at("monthly"));
    }
    check::length(budget.changes.len(), 0..=MAX_MONTHS).at("changes")?;
    check::length(budget.extra_payments.len(), 0..=MAX_EXTRA_PAYMENTS).at("extraPayments")?;
    let mut changes = BTreeMap::new();
    let mut former = 0;
    for (index, change) in budget.changes.iter().enumerate() {
        let month = month(change.month).at("month").at_index("changes", index)?;
        if change.month <= former {
            return Err(Error::new(
                ErrorCode::ListOutOfOrder,
                format!("month {} comes after month {former}; months must ascend", change.month),
            )
            .at("month")
            .at_index("changes", index));
        }
        former = change.month;
        changes.insert(month, not_negative(change.monthly, places).at("monthly").at_index("changes", index)?);
    }
    let growth = growth(budget.annual_growth).at("annualGrowth")?;

    let mut budgets = Vec::with_capacity(MAX_MONTHS);
    let mut current = monthly;
    for month in 0..MAX_MONTHS {
        if let Some(changed) = changes.get(&month) {
            current = *changed;
        } else if month > 0 && month % 12 == 0 {
            current = grown(current, growth);
        }
        budgets.push(current);
    }
    for (index, extra) in budget.extra_payments.iter().enumerate() {
        let month = month(extra.month).at("month").at_index("extraPayments", index)?;
        let amount = not_negative(extra.amount, places).at("amount").at_index("extraPayments", index)?;
        let budget = &mut budgets[month];
        *budget = budget.saturating_add(amount).min(MAX_BALANCE);
    }
    Ok(budgets)
}

/// The growth of a year as a fraction of integers.
fn growth(annual: Decimal) -> Result<RateFraction> {
    check::decimal_fraction(annual).and_then(RateFraction::of)
}

fn grown(budget: i64, growth: RateFraction) -> i64 {
    let product = u128::from(budget.unsigned_abs()) * u128::from(growth.numerator);
    let more = rounded_quotient(product, growth.denominator, Rounding::HalfEven);
    i64::try_from(more).map_or(MAX_BALANCE, |more| budget.saturating_add(more).min(MAX_BALANCE))
}

/// The number of a month, counted from 0.
fn month(number: u32) -> Result<usize> {
    let number = check::whole(number, 1..=MAX_TERM_MONTHS, ErrorCode::TermOutOfRange)?;
    Ok(number as usize - 1)
}
