//! The annual percentage rate of closed-end credit under Regulation Z.

use super::{
    actuarial::{ActuarialRate, actuarial_rate},
    equation::{TimedAmount, to_f64, too_large},
    flows::{CreditAdvance, CreditFlows, CreditPayment, DayFlow},
    unit_period::{self, UnitPeriod, UnitPeriods},
};
use wherewithal_base::{
    ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding, gate},
    wire::Wire,
};
use wherewithal_math::RootStatus;

/// The most decimal places of a rounded percentage.
const MAX_PLACES: u32 = 6;
/// The decimal places to which a percentage is rounded first: the digits below are noise of the solver.
const SOLVED_PLACES: u32 = 9;

/// Closed-end credit, with dates and amounts of advances and payments.
#[derive(Debug, Clone, Wire)]
pub struct ClosedEndCreditInput {
    /// The advances of the creditor, in any order, at most 20,000. The finance charge accrues from the first advance on.
    #[wire(length = 1..=20000)]
    pub advances: Vec<CreditAdvance>,
    /// The payments of the consumer, in any order, at most 20,000 in total. None may precede the first advance, and the
    /// last may not come before the last advance. Give the scheduled dates, not dates moved to business days.
    #[wire(length = 1..=20000)]
    pub payments: Vec<CreditPayment>,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Finance charge that is paid at the start or withheld from the first advance, such as points. It is subtracted
    /// from the first advance; leave it out if the advances are already what the consumer receives.
    #[wire(default)]
    pub prepaid_finance_charge: Decimal,
    /// Whether to treat a slightly irregular first period as regular, as 12 CFR 1026.17(c)(4) allows: up to 6 days
    /// shorter or 13 longer if the term is below a year, 11 and 21 below ten years, any number shorter or 32 longer
    /// from ten years. It affects only a single advance with payments at equal periods.
    #[wire(default)]
    pub disregard_first_period: bool,
    /// A disclosed rate in percent (8.25 is 8.25 %) to compare with the computed one.
    pub stated: Option<Decimal>,
    /// The number of decimal places of `disclosed`, 0 to 6.
    #[wire(default = two, range = 0..=6)]
    pub decimal_places: u32,
}

fn two() -> u32 {
    2
}

impl ClosedEndCreditInput {
    /// A single advance that is repaid by the payments.
    #[must_use]
    pub fn single_advance(date: Date, amount: Decimal, payments: Vec<CreditPayment>) -> Self {
        Self {
            advances: vec![CreditAdvance { date, amount }],
            payments,
            currency: us_dollar(),
            prepaid_finance_charge: Decimal::ZERO,
            disregard_first_period: false,
            stated: None,
            decimal_places: two(),
        }
    }
}

/// The annual percentage rate, with the flows that it was computed from.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct AnnualPercentageRate {
    /// The rate as a fraction (0.0969 is 9.69 %): the periodic rate times the number of unit-periods a year. Negative
    /// if less is paid than advanced.
    pub annual_percentage_rate: f64,
    /// The rate in percent, rounded half up.
    pub disclosed: Decimal,
    /// The interval that occurs most often between payments or advances.
    pub unit_period: UnitPeriod,
    /// The number of unit-periods in a year.
    pub unit_periods_per_year: f64,
    /// The rate of a unit-period as a fraction.
    pub periodic_rate: f64,
    /// The cost of the credit: the total of payments less the amount financed.
    pub finance_charge: Decimal,
    /// The sum of the advances less the prepaid finance charge.
    pub amount_financed: Decimal,
    /// The sum of the payments.
    pub total_of_payments: Decimal,
    /// Whether the transaction is regular, which decides the tolerance.
    pub regularity: TransactionRegularity,
    /// The largest allowed difference between a stated rate and the annual percentage rate, in percentage points: 0.125
    /// for regular transactions and 0.25 for irregular ones (12 CFR 1026.22(a)(2) and (3)).
    pub tolerance: Decimal,
    /// The stated rate less the annual percentage rate, in percentage points; null if none was stated.
    pub difference: Option<Decimal>,
    /// Whether the stated rate is within the tolerance; null if none was stated.
    pub accurate: Option<bool>,
    /// Whether an irregularity of the first period was disregarded.
    pub first_period_disregarded: bool,
    /// The value of the payments less the value of the advances at the periodic rate, in the unit of the amounts: zero
    /// up to rounding.
    pub residual: f64,
    /// The number of evaluations of the equation.
    pub iterations: u32,
    /// Whether the root is exact, converged or tangent.
    pub status: RootStatus,
    /// The flows by date, each with its time from the first advance.
    pub flows: Vec<UnitPeriodFlow>,
}

/// The advance and payment on one date, with their value on the date of the first advance.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct UnitPeriodFlow {
    /// The date.
    pub date: Date,
    /// The advance, less a prepaid finance charge.
    pub advance: Decimal,
    /// The payment.
    pub payment: Decimal,
    /// The full unit-periods from the first advance, `t` of the equation.
    pub unit_periods: u32,
    /// The fraction of one more unit-period, from 0 to below 1, `f` of the equation.
    #[wire(range = 0.., below = 1)]
    pub fraction: f64,
    /// The payment less the advance, divided by `(1 + f i) (1 + i)^t`.
    pub present_value: f64,
}

/// Whether a transaction is regular (12 CFR 1026.22(a)(3)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum TransactionRegularity {
    /// One advance and equal payments at equal periods; the first period, the first payment and the last payment may
    /// differ. Periods are equal if they are the same number of days or of months, whether or not that is a
    /// unit-period.
    Regular,
    /// Several advances, irregular periods or irregular amounts.
    Irregular,
}

/// The annual percentage rate of closed-end credit by the actuarial method of Regulation Z (12 CFR 1026, Appendix J).
///
/// Advances and payments are discounted with the rate `i` of a unit-period, by `1 / ((1 + f i) (1 + i)^t)` at `t` full
/// unit-periods and a fraction `f`. The rate is the one at which both have the same present value. The annual
/// percentage rate is `i` times the number of unit-periods a year.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::{dates::date, debt::{self, ClosedEndCreditInput, CreditPayment}};
///
/// // Appendix J, example (c)(1)(i).
/// let payments = vec![CreditPayment::monthly(date(1978, 2, 10)?, "230".parse()?, 24)];
/// let credit = ClosedEndCreditInput::single_advance(date(1978, 1, 10)?, "5000".parse()?, payments);
/// let rate = debt::annual_percentage_rate(&credit)?;
/// assert_eq!(rate.disclosed.to_string(), "9.69");
/// assert_eq!(rate.finance_charge.to_string(), "520.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty`, `list.too_long`, `amount.out_of_range`, `count.out_of_range`, `dates.out_of_order`,
/// `charges.exceed_credit`, `decimal.too_precise` and `date.out_of_range`, each at the path of its field;
/// `solve.no_solution` where no rate above -100 % a unit-period solves the equation.
pub fn annual_percentage_rate(credit: &ClosedEndCreditInput) -> Result<AnnualPercentageRate> {
    check_places(credit.decimal_places, 0)?;
    let flows =
        CreditFlows::new(credit.currency, &credit.advances, &credit.payments, credit.prepaid_finance_charge)?;
    let rate = actuarial_rate(flows.start, &flows.by_date, credit.disregard_first_period)?;
    let annual = rate.annual();
    let solved = solved_percentage(annual).at("payments")?;
    let regularity = regularity(&flows, rate.unit_period)?;
    let tolerance = match regularity {
        // 1/8 of a percentage point, and 1/4 for irregular transactions (12 CFR 1026.22(a)).
        TransactionRegularity::Regular => Decimal::new(125, 3)?,
        TransactionRegularity::Irregular => Decimal::new(25, 2)?,
    };
    let difference = credit.stated.map(|stated| stated.minus(solved)).transpose()?;
    Ok(AnnualPercentageRate {
        annual_percentage_rate: annual,
        disclosed: solved.round(credit.decimal_places, Rounding::HalfUp),
        unit_period: rate.unit_period,
        unit_periods_per_year: rate.unit_period.per_year(),
        periodic_rate: rate.root.rate,
        finance_charge: flows.amount(flows.paid - flows.advanced)?,
        amount_financed: flows.amount(flows.advanced)?,
        total_of_payments: flows.amount(flows.paid)?,
        regularity,
        tolerance,
        difference,
        accurate: difference.map(|difference| difference.abs() <= tolerance),
        first_period_disregarded: rate.first_period_disregarded,
        residual: to_currency(rate.root.residual, flows.places)?,
        iterations: rate.root.iterations,
        status: rate.root.status,
        flows: trail(&flows, &rate)?,
    })
}

fn trail(flows: &CreditFlows, rate: &ActuarialRate) -> Result<Vec<UnitPeriodFlow>> {
    let row = |(date, time, flow): &(Date, UnitPeriods, DayFlow)| {
        let timed = TimedAmount {
            amount: flow.payment - flow.advance,
            periods: f64::from(time.whole),
            fraction: time.fraction(),
        };
        Ok(UnitPeriodFlow {
            date: *date,
            advance: flows.amount(flow.advance)?,
            payment: flows.amount(flow.payment)?,
            unit_periods: time.whole,
            fraction: time.fraction(),
            present_value: to_currency(timed.present_value(rate.root.rate), flows.places)?,
        })
    };
    rate.flows.iter().map(row).collect()
}

fn regularity(flows: &CreditFlows, unit: UnitPeriod) -> Result<TransactionRegularity> {
    let dates = flows.payment_dates();
    let amounts: Vec<i128> =
        flows.by_date.values().map(|flow| flow.payment).filter(|payment| *payment != 0).collect();
    let equal = match amounts.as_slice() {
        // An irregular first or final payment does not make a transaction irregular (12 CFR 1026.22(a)(3)).
        [_, second, between @ .., _] => between.iter().all(|amount| amount == second),
        _ => true,
    };
    // The periods need not be the unit-period: those of 10 days are equal, although none is a standard interval.
    let equal_periods = unit_period::equal_periods(unit, &dates)?.is_some();
    Ok(if flows.advance_dates().len() == 1 && equal && equal_periods {
        TransactionRegularity::Regular
    } else {
        TransactionRegularity::Irregular
    })
}

/// A rate as a percentage, without the digits that are noise of the solver.
pub(super) fn solved_percentage(rate: f64) -> Result<Decimal> {
    gate::to_decimal(rate * 100.0, SOLVED_PLACES, Rounding::HalfEven).map_err(|_| too_large())
}

pub(super) fn check_places(places: u32, least: u32) -> Result<()> {
    check::whole(places, least..=MAX_PLACES, ErrorCode::CountOutOfRange).at("decimalPlaces").map(|_| ())
}

/// Converts minor units to the unit of the amounts.
pub(super) fn to_currency(units: f64, places: u32) -> Result<f64> {
    let unit = to_f64(10_i128.pow(places));
    check::result(units / unit)
}
