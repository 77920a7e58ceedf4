//! The annual percentage rates of charge of the European Union and the United Kingdom.

use super::{
    equation::{TimedAmount, solve},
    flows::{CreditAdvance, CreditFlows, CreditPayment},
    regulation_z::{check_places, solved_percentage, to_currency},
    unit_period::{DaysOfMonth, days_between},
};
use wherewithal_base::{
    Result,
    dates::{Date, date},
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
    order,
    wire::Wire,
};
use wherewithal_math::RootStatus;

/// The unit in which the time from the first advance is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum CreditTimeUnit {
    /// Days over 365: the calendar basis of the examples of Directive 98/7/EC.
    Day,
    /// Whole weeks of 1/52 year, and days.
    Week,
    /// Whole months of 1/12 year, and days.
    Month,
    /// Whole years, and days.
    Year,
}

/// Consumer credit under the law of the European Union.
#[derive(Debug, Clone, Wire)]
pub struct EuCreditInput {
    /// The drawdowns, in any order, at most 20,000.
    #[wire(length = 1..=20000)]
    pub advances: Vec<CreditAdvance>,
    /// The repayments and the payments of charges, in any order, at most 20,000 in all. None may come before the first
    /// drawdown, and the last may not come before the last drawdown. A charge withheld from a drawdown is subtracted
    /// from it.
    #[wire(length = 1..=20000)]
    pub payments: Vec<CreditPayment>,
    /// The currency of all amounts.
    #[wire(default = euro)]
    pub currency: Currency,
    /// The unit in which time is counted. By default: months if all flows are a whole number of months after the first
    /// drawdown; otherwise weeks if all are a whole number of weeks after it; otherwise months and days.
    pub time_unit: Option<CreditTimeUnit>,
    /// The number of decimal places of `disclosed`, 1 to 6.
    #[wire(default = one_place, range = 1..=6)]
    pub decimal_places: u32,
}

/// Consumer credit under the law of the United Kingdom.
#[derive(Debug, Clone, Wire)]
pub struct UkCreditInput {
    /// The credit provided, in any order, at most 20,000 amounts.
    #[wire(length = 1..=20000)]
    pub advances: Vec<CreditAdvance>,
    /// The repayments and the payments of charges, in any order, at most 20,000 in all. None may come before the credit
    /// is first provided, and the last may not come before it is last provided.
    #[wire(length = 1..=20000)]
    pub payments: Vec<CreditPayment>,
    /// The currency of all amounts.
    #[wire(default = pound)]
    pub currency: Currency,
    /// The rules for measuring time.
    #[wire(default)]
    pub rules: UkCreditRules,
    /// The unit in which time is counted. By default: months if all flows are a whole number of months after the first
    /// advance; otherwise weeks if all are a whole number of weeks after it; otherwise months and days.
    pub time_unit: Option<CreditTimeUnit>,
    /// The number of decimal places of `disclosed`, 1 to 6.
    #[wire(default = one_place, range = 1..=6)]
    pub decimal_places: u32,
}

/// The rules by which the time of a flow is counted in the United Kingdom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum UkCreditRules {
    /// Consumer credit (FCA Handbook, CONC App 1): whole months or weeks are counted forward from the first advance;
    /// each day that remains is 1/365 of a year, or 1/366 in a leap year.
    #[default]
    ConsumerCredit,
    /// Mortgages (FCA Handbook, MCOB 10A.2.3): as in the European Union, counted backward from each flow.
    Mortgage,
}

fn euro() -> Currency {
    Currency::EUR
}

fn pound() -> Currency {
    Currency::GBP
}

fn one_place() -> u32 {
    1
}

/// An effective annual percentage rate of charge, with the flows that it was computed from.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct AnnualPercentageRateOfCharge {
    /// The rate as a fraction (0.127 is 12.7 %), compounded annually. Negative if less is paid than advanced.
    pub annual_percentage_rate: f64,
    /// The rate in percent, rounded half up.
    pub disclosed: Decimal,
    /// The unit in which time was counted.
    pub time_unit: CreditTimeUnit,
    /// The sum of the advances.
    pub total_amount_of_credit: Decimal,
    /// The cost of the credit: the sum of the payments less the sum of the advances.
    pub total_cost_of_credit: Decimal,
    /// The sum of the payments.
    pub total_amount_payable: Decimal,
    /// The value of the payments less the value of the advances at the rate, in the unit of the amounts: zero up to
    /// rounding.
    pub residual: f64,
    /// The number of evaluations of the equation.
    pub iterations: u32,
    /// Whether the root is exact, converged or tangent.
    pub status: RootStatus,
    /// The flows by date, each with its time from the first advance.
    pub flows: Vec<YearlyCreditFlow>,
}

/// The advance and payment on one date, with their value on the date of the first advance.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct YearlyCreditFlow {
    /// The date.
    pub date: Date,
    /// The advance.
    pub advance: Decimal,
    /// The payment.
    pub payment: Decimal,
    /// The years from the first advance.
    pub years: f64,
    /// The payment less the advance, divided by `(1 + X)^years`.
    pub present_value: f64,
}

/// The annual percentage rate of charge of the European Union (Directive 2008/48/EC, Annex I; Directive (EU) 2023/2225,
/// Annex III; Directive 2014/17/EU, Annex I): the annual rate `X` at which the drawdowns and the payments have the same
/// present value, each divided by `(1 + X)^t` with `t` in years.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::{dates::date, debt::{self, CreditAdvance, CreditPayment, EuCreditInput}, money::Currency};
///
/// // The third example of Directive 98/7/EC: 1,000 are repaid by 600 after one and after two years.
/// let credit = EuCreditInput {
///     advances: vec![CreditAdvance { date: date(1994, 1, 1)?, amount: "1000".parse()? }],
///     payments: vec![
///         CreditPayment::once(date(1995, 1, 1)?, "600".parse()?),
///         CreditPayment::once(date(1996, 1, 1)?, "600".parse()?),
///     ],
///     currency: Currency::EUR,
///     time_unit: None,
///     decimal_places: 1,
/// };
/// assert_eq!(debt::eu_annual_percentage_rate(&credit)?.disclosed.to_string(), "13.1");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`annual_percentage_rate`](super::annual_percentage_rate).
pub fn eu_annual_percentage_rate(credit: &EuCreditInput) -> Result<AnnualPercentageRateOfCharge> {
    check_places(credit.decimal_places, 1)?;
    let flows = CreditFlows::new(credit.currency, &credit.advances, &credit.payments, Decimal::ZERO)?;
    rate_of_charge(&flows, credit.time_unit, Direction::Backward, credit.decimal_places)
}

/// The annual percentage rate of charge of the United Kingdom (FCA Handbook, CONC App 1 and MCOB 10A): the annual rate
/// at which the advances and the payments have the same present value.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::{dates::date, debt::{self, CreditAdvance, CreditPayment, UkCreditInput, UkCreditRules}, money::Currency};
///
/// let credit = UkCreditInput {
///     advances: vec![CreditAdvance { date: date(2026, 1, 15)?, amount: "10000".parse()? }],
///     payments: vec![CreditPayment::monthly(date(2026, 2, 15)?, "222.44".parse()?, 60)],
///     currency: Currency::GBP,
///     rules: UkCreditRules::ConsumerCredit,
///     time_unit: None,
///     decimal_places: 1,
/// };
/// assert_eq!(debt::uk_annual_percentage_rate(&credit)?.disclosed.to_string(), "12.7");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`annual_percentage_rate`](super::annual_percentage_rate).
pub fn uk_annual_percentage_rate(credit: &UkCreditInput) -> Result<AnnualPercentageRateOfCharge> {
    check_places(credit.decimal_places, 1)?;
    let flows = CreditFlows::new(credit.currency, &credit.advances, &credit.payments, Decimal::ZERO)?;
    let direction = match credit.rules {
        UkCreditRules::ConsumerCredit => Direction::Forward,
        UkCreditRules::Mortgage => Direction::Backward,
    };
    rate_of_charge(&flows, credit.time_unit, direction, credit.decimal_places)
}

/// The end from which whole periods are counted.
#[derive(Debug, Clone, Copy)]
enum Direction {
    /// From the first advance; the days come last.
    Forward,
    /// From the flow; the days come first.
    Backward,
}

fn rate_of_charge(
    flows: &CreditFlows,
    time_unit: Option<CreditTimeUnit>,
    direction: Direction,
    places: u32,
) -> Result<AnnualPercentageRateOfCharge> {
    let dates: Vec<Date> = flows.by_date.keys().copied().filter(|date| *date != flows.start).collect();
    let days = DaysOfMonth::of(&dates);
    let unit = match time_unit {
        Some(unit) => unit,
        None => natural_unit(flows.start, &dates, &days)?,
    };
    let mut timed = Vec::with_capacity(flows.by_date.len());
    for (date, flow) in &flows.by_date {
        let years = years(flows.start, *date, unit, direction, &days)?;
        timed.push(TimedAmount { amount: flow.payment - flow.advance, periods: years, fraction: 0.0 });
    }
    // The solver takes flows in order of time, which need not be the order of dates where months are counted; the
    // answer lists them by date.
    let mut in_order = timed.clone();
    order::sort_by(&mut in_order, |a, b| a.periods.total_cmp(&b.periods));
    let root = solve(&in_order)?;
    let mut trail = Vec::with_capacity(timed.len());
    for ((date, flow), timed) in flows.by_date.iter().zip(&timed) {
        trail.push(YearlyCreditFlow {
            date: *date,
            advance: flows.amount(flow.advance)?,
            payment: flows.amount(flow.payment)?,
            years: timed.periods,
            present_value: to_currency(timed.present_value(root.rate), flows.places)?,
        });
    }
    Ok(AnnualPercentageRateOfCharge {
        annual_percentage_rate: root.rate,
        disclosed: solved_percentage(root.rate).at("payments")?.round(places, Rounding::HalfUp),
        time_unit: unit,
        total_amount_of_credit: flows.amount(flows.advanced)?,
        total_cost_of_credit: flows.amount(flows.paid - flows.advanced)?,
        total_amount_payable: flows.amount(flows.paid)?,
        residual: to_currency(root.residual, flows.places)?,
        iterations: root.iterations,
        status: root.status,
        flows: trail,
    })
}

/// Months if all intervals are whole months, weeks if all are whole weeks, and months otherwise.
fn natural_unit(start: Date, dates: &[Date], days: &DaysOfMonth) -> Result<CreditTimeUnit> {
    for date in dates {
        if days.whole_months(start, *date)?.is_none() {
            let weekly = dates.iter().all(|date| days_between(start, *date).is_multiple_of(7));
            return Ok(if weekly { CreditTimeUnit::Week } else { CreditTimeUnit::Month });
        }
    }
    Ok(CreditTimeUnit::Month)
}

fn years(
    start: Date,
    later: Date,
    unit: CreditTimeUnit,
    direction: Direction,
    days: &DaysOfMonth,
) -> Result<f64> {
    let elapsed = days_between(start, later);
    match (unit, direction) {
        (CreditTimeUnit::Day, _) => Ok(f64::from(elapsed) / 365.0),
        (CreditTimeUnit::Week, Direction::Backward) => {
            let begin = start.add_days((elapsed % 7).cast_signed())?;
            Ok(f64::from(elapsed / 7) / 52.0 + days_before(start, begin)?)
        }
        (CreditTimeUnit::Week, Direction::Forward) => {
            let end = later.add_days(-(elapsed % 7).cast_signed())?;
            Ok(f64::from(elapsed / 7) / 52.0 + days_by_calendar_year(end, later))
        }
        (CreditTimeUnit::Month | CreditTimeUnit::Year, Direction::Backward) => {
            let (months, begin) = days.full_months(start, later)?;
            let (periods, begin) = if unit == CreditTimeUnit::Year {
                (f64::from(months / 12), days.months_before(later, months - months % 12)?)
            } else {
                (f64::from(months) / 12.0, begin)
            };
            Ok(periods + days_before(start, begin)?)
        }
        (CreditTimeUnit::Month | CreditTimeUnit::Year, Direction::Forward) => {
            let months = full_months_forward(start, later, days)?;
            let months = if unit == CreditTimeUnit::Year { months - months % 12 } else { months };
            let end = start.add_months(months.cast_signed())?.min(later);
            Ok(f64::from(months) / 12.0 + days_by_calendar_year(end, later))
        }
    }
}

/// Days up to the beginning of whole periods, over the days of the year that ends there.
fn days_before(start: Date, begin: Date) -> Result<f64> {
    let days = days_between(start, begin);
    if days == 0 {
        return Ok(0.0);
    }
    let year_before = begin.add_months(-12)?;
    Ok(f64::from(days) / f64::from(days_between(year_before, begin)))
}

/// Whole months from the start. From one end of a month to another is a whole number of months.
#[expect(clippy::expect_used, reason = "credit with a payment before its first advance is refused")]
fn full_months_forward(start: Date, later: Date, days: &DaysOfMonth) -> Result<u32> {
    if let Some(months) = days.whole_months(start, later)? {
        return Ok(months);
    }
    let number = |date: Date| date.year() * 12 + date.month().cast_signed();
    let months = number(later) - number(start);
    let months = if start.add_months(months)? > later { months - 1 } else { months };
    Ok(u32::try_from(months).expect("no flow comes before the start"))
}

/// Each day after `from` up to `to` as 1/365 of a year, or 1/366 in a leap year.
fn days_by_calendar_year(from: Date, to: Date) -> f64 {
    let in_year = |days: u32, of: Date| f64::from(days) / f64::from(of.days_in_year());
    match date(from.year(), 12, 31) {
        Ok(end) if from.year() < to.year() => {
            in_year(days_between(from, end), from) + in_year(days_between(end, to), to)
        }
        _ => in_year(days_between(from, to), to),
    }
}
