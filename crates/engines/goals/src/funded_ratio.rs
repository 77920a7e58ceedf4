//! The present value of the funds for a goal, compared with that of its cost.

use super::{amounts::Amounts, input::MAX_MONTHS};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, DayCount},
    error::At as _,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};
use wherewithal_math::{exp, is_covered, ln_1p, pow};

/// The largest number of single payments, and of single contributions.
const MAX_FLOWS: u32 = 10_000;

/// Input of `goals.funded_ratio`.
#[derive(Debug, Clone, Wire)]
pub struct FundedRatioInput {
    /// The date of the present values.
    pub as_of: Date,
    /// Current savings; at least 0.
    #[wire(default, range = 0..)]
    pub assets: Decimal,
    /// The payments for the goal: at least one stream, and at most 10,000 payments including repetitions.
    #[wire(length = ..=10_000)]
    pub payments: Vec<GoalCashFlow>,
    /// Future contributions; at most 10,000 including repetitions.
    #[wire(default, length = ..=10_000)]
    pub contributions: Vec<GoalCashFlow>,
    /// Effective annual rate at which both are discounted, as a fraction (0.04 is 4 %); above -1 and at most 10.
    #[wire(rate, above = -1, range = ..=10)]
    pub discount_rate: f64,
    /// Annual inflation as a fraction, above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub inflation: f64,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
}

/// A payment or a contribution that may repeat.
#[derive(Debug, Clone, Wire)]
pub struct GoalCashFlow {
    /// The first due date, on `asOf` or later.
    pub date: Date,
    /// The amount, greater than 0. If it is linked to inflation, in the money of `asOf`, otherwise in that of its date.
    #[wire(above = 0)]
    pub amount: Decimal,
    /// The number of due dates, 1 to 1200.
    #[wire(default = once, range = 1..=1200)]
    pub count: u32,
    /// Months between due dates, 1 to 1200. It is due on the same day of a month, or on the last day of a shorter
    /// month.
    #[wire(default = year, range = 1..=1200)]
    pub every_months: u32,
    /// Growth on each anniversary of `date` as a fraction, in addition to inflation; above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,
    /// Whether it rises with prices from `asOf` on.
    #[wire(default)]
    pub inflation_linked: bool,
}

/// Result of `goals.funded_ratio`.
#[derive(Debug, Clone, Wire)]
pub struct FundedRatioResult {
    /// Assets and the present value of contributions, divided by the present value of payments; at 1 or more, the goal
    /// is fully funded. A part of 10^-9 that is missing is rounding, and the ratio is then 1.
    pub funded_ratio: f64,
    /// The ratio without contributions: the part that is already funded.
    pub funded_by_assets: f64,
    /// The present value of all payments, rounded half to even to the minor unit.
    pub present_value_of_payments: Decimal,
    /// The present value of all contributions, rounded half to even to the minor unit.
    pub present_value_of_contributions: Decimal,
    /// The amount missing today; 0 if the goal is fully funded.
    pub shortfall: Decimal,
    /// The amount above the present value of payments; 0 if the goal is not fully funded.
    pub surplus: Decimal,
    /// One row for each stream of payments.
    pub payments: Vec<GoalCashFlowValue>,
    /// One row for each stream of contributions.
    pub contributions: Vec<GoalCashFlowValue>,
}

/// The present value of one stream.
#[derive(Debug, Clone, Wire)]
pub struct GoalCashFlowValue {
    /// The last due date.
    pub last_date: Date,
    /// The sum of its amounts on their due dates.
    pub total: Decimal,
    /// Its present value.
    pub present_value: Decimal,
}

/// The share of a goal with dated payments that is funded, at present value.
///
/// Time is counted in days over 365 from `as_of`. An amount that is linked to inflation is `amount × (1 +
/// inflation)^time`; growth multiplies it by `(1 + annual_growth)` for each whole year since its first date. All
/// amounts are discounted by `(1 + discount_rate)^time`.
///
/// ```
/// # use wherewithal_goals::wherewithal;
/// use wherewithal::{dates::date, goals::{self, FundedRatioInput, GoalCashFlow}, money::Currency};
///
/// let tuition = GoalCashFlow {
///     date: date(2027, 1, 1)?, amount: "10400".parse()?, count: 1, every_months: 12, annual_growth: 0.0,
///     inflation_linked: false,
/// };
/// let result = goals::funded_ratio(&FundedRatioInput {
///     as_of: date(2026, 1, 1)?, assets: "5000".parse()?, payments: vec![tuition], contributions: vec![],
///     discount_rate: 0.04, inflation: 0.0, currency: Currency::USD,
/// })?;
/// assert!((result.funded_ratio - 0.5).abs() < 1e-12);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, the codes of invalid values, `currency.minor_unit_missing`, `date.out_of_range` and
/// `result.too_large`, each with its path.
pub fn funded_ratio(input: &FundedRatioInput) -> Result<FundedRatioResult> {
    let amounts = Amounts::of(input.currency)?;
    let assets = amounts.double(amounts.read(input.assets, "assets")?)?;
    let discount = ln_1p(check::growth(input.discount_rate).at("discountRate")?);
    let rise = ln_1p(check::growth(input.inflation).at("inflation")?);
    let valuation = Valuation { as_of: input.as_of, discount, rise, amounts };
    if input.payments.is_empty() {
        let message = "a goal must have at least one payment";
        return Err(Error::new(ErrorCode::ListEmpty, message).at("payments"));
    }
    let payments = valuation.all(&input.payments, "payments")?;
    let contributions = valuation.all(&input.contributions, "contributions")?;
    let gap = payments.present_value - assets - contributions.present_value;
    let result = FundedRatioResult {
        funded_ratio: funded(assets + contributions.present_value, payments.present_value),
        funded_by_assets: funded(assets, payments.present_value),
        present_value_of_payments: amounts.rounded(payments.present_value)?,
        present_value_of_contributions: amounts.rounded(contributions.present_value)?,
        shortfall: amounts.rounded(gap.max(0.0))?,
        surplus: amounts.rounded((-gap).max(0.0))?,
        payments: payments.rows,
        contributions: contributions.rows,
    };
    if result.funded_ratio.is_finite() {
        return Ok(result);
    }
    let message =
        "the present value of the payments is too small for a ratio; check the discount rate and the amounts";
    Err(Error::new(ErrorCode::ResultTooLarge, message).at("payments"))
}

/// What is there as a fraction of what is needed. It is 1 where only rounding is missing, so that "1 or more" decides
/// whether a goal is funded.
fn funded(have: f64, need: f64) -> f64 {
    let ratio = have / need;
    if is_covered(have, need) { ratio.max(1.0) } else { ratio }
}

struct Valuation {
    as_of: Date,
    /// Logarithm of one plus the discount rate.
    discount: f64,
    /// Logarithm of one plus the inflation rate.
    rise: f64,
    amounts: Amounts,
}

struct Valued {
    present_value: f64,
    rows: Vec<GoalCashFlowValue>,
}

impl Valuation {
    fn all(&self, flows: &[GoalCashFlow], field: &str) -> Result<Valued> {
        let count = flows.iter().fold(0_u32, |count, flow| count.saturating_add(flow.count));
        if count > MAX_FLOWS || flows.len() > MAX_FLOWS as usize {
            let message = format!(
                "{count} single amounts were given, including repetitions; at most {MAX_FLOWS} are allowed"
            );
            return Err(Error::new(ErrorCode::ListTooLong, message).at(field));
        }
        let mut valued = Valued { present_value: 0.0, rows: Vec::with_capacity(flows.len()) };
        for (index, flow) in flows.iter().enumerate() {
            let (present_value, row) = self.one(flow).at_index(field, index)?;
            valued.present_value += present_value;
            valued.rows.push(row);
        }
        Ok(valued)
    }

    fn one(&self, flow: &GoalCashFlow) -> Result<(f64, GoalCashFlowValue)> {
        let amount = self.amounts.double(self.amounts.read_positive(flow.amount, "amount")?)?;
        check::whole(flow.count, 1..=MAX_MONTHS, ErrorCode::CountOutOfRange).at("count")?;
        check::whole(flow.every_months, 1..=MAX_MONTHS, ErrorCode::TermOutOfRange).at("everyMonths")?;
        let growth = 1.0 + check::growth(flow.annual_growth).at("annualGrowth")?;
        if flow.date < self.as_of {
            let message = format!("{} is before {}, the date of the present value", flow.date, self.as_of);
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("date"));
        }
        let (mut total, mut present_value, mut last_date) = (0.0, 0.0, flow.date);
        for number in 0..flow.count {
            let months = number * flow.every_months;
            last_date = flow.date.add_months(months.cast_signed()).at("count")?;
            let time = DayCount::Actual365Fixed.year_fraction(self.as_of, last_date);
            let rise = if flow.inflation_linked { self.rise * time } else { 0.0 };
            let due = amount * pow(growth, f64::from(months / 12));
            total += due * exp(rise);
            present_value += due * exp(rise - self.discount * time);
        }
        let row = GoalCashFlowValue {
            last_date,
            total: self.amounts.rounded(total)?,
            present_value: self.amounts.rounded(present_value)?,
        };
        Ok((present_value, row))
    }
}

fn once() -> u32 {
    1
}

fn year() -> u32 {
    12
}
