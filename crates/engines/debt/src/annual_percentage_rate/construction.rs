//! Construction loans whose advances are not known in advance (Regulation Z, Appendix D).

use super::{
    equation::{TimedAmount, solve},
    flows::{positive, prepaid},
    regulation_z::{check_places, solved_percentage, to_currency},
};
use crate::{
    loan::{monthly_rate, places},
    payment::rounded_quotient,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};
use wherewithal_math::RootStatus;

/// The longest construction period, in months.
const MAX_CONSTRUCTION_MONTHS: u32 = 120;
/// The most monthly payments of the permanent financing.
const MAX_PAYMENTS: u32 = 1200;

/// A construction loan whose amounts and dates of advances are not known.
#[derive(Debug, Clone, Wire)]
pub struct ConstructionLoanInput {
    /// The amount that the creditor commits, without an interest reserve; greater than zero.
    #[wire(above = 0)]
    pub commitment: Decimal,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The contract interest rate as a fraction (0.105 is 10.5 %): each month costs a twelfth of it. From 0 to 10,
    /// with at most 12 decimal places.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
    /// The construction period in months, 1 to 120.
    #[wire(range = 1..=120)]
    pub construction_months: u32,
    /// The amount on which interest is payable during construction.
    #[wire(default)]
    pub interest_basis: ConstructionInterestBasis,
    /// Whether the creditor requires an interest reserve and deducts the interest from it, so that interest accrues
    /// on interest (comment app. D-5.ii).
    #[wire(default)]
    pub interest_reserve: bool,
    /// The prepaid finance charge, such as points.
    #[wire(default)]
    pub prepaid_finance_charge: Decimal,
    /// The permanent financing by the same creditor, where both are disclosed as one transaction (part II); without it,
    /// the construction period is disclosed separately (part I).
    pub permanent: Option<PermanentFinancing>,
    /// How the estimated interest is rounded to the minor unit of the currency.
    #[wire(default)]
    pub rounding: Rounding,
    /// The number of decimal places of `disclosed`, 0 to 6.
    #[wire(default = two, range = 0..=6)]
    pub decimal_places: u32,
}

/// The amortization after the construction period.
#[derive(Debug, Clone, Copy, Wire)]
pub struct PermanentFinancing {
    /// The monthly payment; greater than zero.
    #[wire(above = 0)]
    pub payment: Decimal,
    /// The number of payments, 1 to 1200, not counting the interest-only payments during construction.
    #[wire(range = 1..=1200)]
    pub payments: u32,
    /// The months from the end of construction to the first payment, 1 to 120.
    #[wire(default = one, range = 1..=120)]
    pub months_to_first_payment: u32,
}

/// The amount on which interest is payable during construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ConstructionInterestBasis {
    /// On the amounts advanced, for the time they are outstanding: half of the commitment is assumed.
    #[default]
    AmountAdvanced,
    /// On the entire commitment, regardless of what has been advanced.
    Commitment,
}

fn one() -> u32 {
    1
}

fn two() -> u32 {
    2
}

/// The estimates of Appendix D.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct ConstructionLoanEstimate {
    /// The interest payable during construction.
    pub estimated_interest: Decimal,
    /// The cost of the credit: the estimated interest, the prepaid finance charge and, with permanent financing, the
    /// interest in its payments.
    pub finance_charge: Decimal,
    /// The amount financed for disclosure: the commitment less the prepaid finance charge.
    pub amount_financed: Decimal,
    /// The amount financed on which the rate is computed. Part I: half of the commitment less the prepaid finance
    /// charge. Part II: the commitment less the prepaid finance charge and the estimated interest.
    pub amount_financed_for_computation: Decimal,
    /// The sum of the amount financed and the finance charge (comment app. D-3).
    pub total_of_payments: Decimal,
    /// The estimated annual percentage rate as a fraction.
    pub annual_percentage_rate: f64,
    /// The estimated rate in percent, rounded half up.
    pub disclosed: Decimal,
    /// The rate of a unit-period as a fraction: of the construction period, at most a year, in part I; of a month in
    /// part II.
    pub periodic_rate: f64,
    /// The number of unit-periods in a year.
    pub unit_periods_per_year: f64,
    /// The value of the payments less the amount financed at the periodic rate, in the unit of the amounts.
    pub residual: f64,
    /// The number of evaluations of the equation.
    pub iterations: u32,
    /// Whether the root is exact, converged or tangent.
    pub status: RootStatus,
}

/// The estimated interest and annual percentage rate of a construction loan whose advances are not known
/// (12 CFR 1026, Appendix D).
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::{debt::{self, ConstructionInterestBasis, ConstructionLoanInput}, money::Currency, num::Rounding};
///
/// let loan = ConstructionLoanInput {
///     commitment: "50000".parse()?,
///     currency: Currency::USD,
///     annual_rate: "0.105".parse()?,
///     construction_months: 5,
///     interest_basis: ConstructionInterestBasis::AmountAdvanced,
///     interest_reserve: true,
///     prepaid_finance_charge: "1000".parse()?,
///     permanent: None,
///     rounding: Rounding::HalfEven,
///     decimal_places: 2,
/// };
/// // Comment app. D-5.ii.
/// let estimate = debt::construction_loan_estimate(&loan)?;
/// assert_eq!(estimate.estimated_interest.to_string(), "1117.68");
/// assert_eq!(estimate.disclosed.to_string(), "21.18");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `charges.exceed_credit`, `count.out_of_range`, `rate.out_of_range`,
/// `term.out_of_range` and `decimal.too_precise`, each at the path of its field; `solve.no_solution`.
pub fn construction_loan_estimate(loan: &ConstructionLoanInput) -> Result<ConstructionLoanEstimate> {
    check_places(loan.decimal_places, 0)?;
    let places = places(loan.currency).at("currency")?;
    let commitment = positive(loan.commitment, places).at("commitment")?;
    let charge = prepaid(loan.prepaid_finance_charge, places).at("prepaidFinanceCharge")?;
    check_months(loan.construction_months, "constructionMonths")?;
    let estimated_interest = estimated_interest(loan, commitment)?;

    // Twice the amount, because half of an odd commitment is not a whole number of minor units.
    let doubled = match loan.permanent {
        None => commitment - 2 * charge,
        Some(_) => 2 * (commitment - charge - estimated_interest),
    };
    if doubled <= 0 {
        let message = "the prepaid finance charge and the estimated interest leave nothing to finance; they must be \
                       less than what the rate is computed on (half of the commitment without permanent financing)";
        return Err(Error::new(ErrorCode::ChargesExceedCredit, message).at("prepaidFinanceCharge"));
    }
    let at_start = estimated_interest + charge;
    let (finance_charge, per_year, flows) = match loan.permanent {
        None => {
            let (per_year, flows) = construction_alone(loan.construction_months, doubled, 2 * at_start);
            (at_start, per_year, flows)
        }
        Some(permanent) => {
            let payment = positive(permanent.payment, places).at("payment").at("permanent")?;
            let flows = with_permanent_financing(loan, permanent, doubled, 2 * payment).at("permanent")?;
            (payment * i128::from(permanent.payments) - commitment + at_start, 12.0, flows)
        }
    };
    let root = solve(&flows)?;
    let amount = |units: i128| Decimal::from_i128(units, places);
    let annual = root.rate * per_year;
    Ok(ConstructionLoanEstimate {
        estimated_interest: amount(estimated_interest)?,
        finance_charge: amount(finance_charge)?,
        amount_financed: amount(commitment - charge)?,
        amount_financed_for_computation: half(doubled, places)?,
        total_of_payments: amount(commitment - charge + finance_charge)?,
        annual_percentage_rate: annual,
        disclosed: solved_percentage(annual)?.round(loan.decimal_places, Rounding::HalfUp),
        periodic_rate: root.rate,
        unit_periods_per_year: per_year,
        // The flows are twice the amounts.
        residual: to_currency(root.residual / 2.0, places)?,
        iterations: root.iterations,
        status: root.status,
    })
}

fn check_months(months: u32, field: &str) -> Result<()> {
    check::whole(months, 1..=MAX_CONSTRUCTION_MONTHS, ErrorCode::TermOutOfRange).at(field).map(|_| ())
}

/// The interest of the construction period on half or all of the commitment and, with a reserve, on half of that
/// interest.
fn estimated_interest(loan: &ConstructionLoanInput, commitment: i128) -> Result<i128> {
    let halves = match loan.interest_basis {
        ConstructionInterestBasis::AmountAdvanced => 1,
        ConstructionInterestBasis::Commitment => 2,
    };
    let on_commitment = simple_interest(loan, commitment, halves)?;
    if loan.interest_reserve {
        return Ok(on_commitment + simple_interest(loan, on_commitment, 1)?);
    }
    Ok(on_commitment)
}

/// The simple interest of the construction period on `halves` halves of an amount, rounded once.
fn simple_interest(loan: &ConstructionLoanInput, units: i128, halves: u128) -> Result<i128> {
    let rate = monthly_rate(loan.annual_rate).at("annualRate")?;
    let months = u128::from(loan.construction_months);
    let product = units.unsigned_abs() * halves * u128::from(rate.numerator) * months;
    let interest = rounded_quotient(product, 2 * rate.denominator, loan.rounding);
    i128::try_from(interest)
        .map_err(|_| Error::new(ErrorCode::ResultTooLarge, "the estimated interest is too large"))
}

/// Half of an amount, with one more decimal place if it is not a whole number of minor units.
fn half(doubled: i128, places: u32) -> Result<Decimal> {
    let exact = Decimal::from_i128(5 * doubled, places + 1)?;
    let short = exact.round(places, Rounding::Down);
    Ok(if short == exact { short } else { exact })
}

fn at(amount: i128, periods: u32, fraction: f64) -> TimedAmount {
    TimedAmount { amount, periods: f64::from(periods), fraction }
}

/// Part I: a single payment at the end of the construction period, and the unit-periods a year.
fn construction_alone(months: u32, financed: i128, finance_charge: i128) -> (f64, Vec<TimedAmount>) {
    let (per_year, periods, fraction) = if months < 12 {
        // Below a year, the construction period itself is the unit-period; above, a year is.
        (12.0 / f64::from(months), 1, 0.0)
    } else {
        (1.0, months / 12, f64::from(months % 12) / 12.0)
    };
    (per_year, vec![at(-financed, 0, 0.0), at(financed + finance_charge, periods, fraction)])
}

/// Part II: monthly payments, the first after half of the construction period and the time from its end to the first
/// payment.
fn with_permanent_financing(
    loan: &ConstructionLoanInput,
    permanent: PermanentFinancing,
    financed: i128,
    payment: i128,
) -> Result<Vec<TimedAmount>> {
    check_months(permanent.months_to_first_payment, "monthsToFirstPayment")?;
    check::whole(permanent.payments, 1..=MAX_PAYMENTS, ErrorCode::CountOutOfRange).at("payments")?;
    // In half months, so that half of an odd construction period is still a whole number.
    let half_months = loan.construction_months + 2 * permanent.months_to_first_payment;
    let fraction = f64::from(half_months % 2) / 2.0;
    let payments = (0..permanent.payments).map(|number| at(payment, half_months / 2 + number, fraction));
    Ok(std::iter::once(at(-financed, 0, 0.0)).chain(payments).collect())
}
