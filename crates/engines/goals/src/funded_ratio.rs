//! What is there for a goal beside what it will cost, both at their present value.

use super::{amounts::Amounts, input::MAX_MONTHS};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, DayCount},
    error::At as _,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};
use wherewithal_math::{exp, ln_1p, pow};

/// How many single payments or contributions are taken.
const MAX_FLOWS: u32 = 10_000;

/// A question to `goals.funded_ratio`.
#[derive(Debug, Clone, Wire)]
pub struct FundedRatioInput {
    /// The date of the present values.
    pub as_of: Date,
    /// What is already saved; at least 0.
    #[wire(default)]
    pub assets: Decimal,
    /// What the goal will cost, one stream or more; with their repetitions at most 10,000 payments.
    pub payments: Vec<GoalCashFlow>,
    /// What will be contributed; with their repetitions at most 10,000 contributions.
    #[wire(default)]
    pub contributions: Vec<GoalCashFlow>,
    /// Effective annual rate at which both are discounted, as a fraction (0.04 is 4 %); above -1 and at most 10.
    pub discount_rate: f64,
    /// Rise of prices in one year as a fraction; above -1 and at most 10.
    #[wire(default)]
    pub inflation: f64,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
}

/// A payment or a contribution that may repeat.
#[derive(Debug, Clone, Wire)]
pub struct GoalCashFlow {
    /// When it is first due, on `asOf` or later.
    pub date: Date,
    /// The amount, greater than 0: in the money of `asOf` where it is linked to inflation, otherwise in that of the day.
    pub amount: Decimal,
    /// How often it is due in all, 1 to 1200.
    #[wire(default = once, range = 1..=1200)]
    pub count: u32,
    /// How many months lie between, 1 to 1200. It is due on the same day of a month, or on the last of a shorter one.
    #[wire(default = year, range = 1..=1200)]
    pub every_months: u32,
    /// Growth on each anniversary of `date` as a fraction, beside inflation; above -1 and at most 10.
    #[wire(default)]
    pub annual_growth: f64,
    /// Whether it rises with prices from `asOf` on.
    #[wire(default)]
    pub inflation_linked: bool,
}

/// The answer of `goals.funded_ratio`.
#[derive(Debug, Clone, Wire)]
pub struct FundedRatioResult {
    /// Assets and the present value of contributions as a multiple of the present value of payments: 1 and more is fully
    /// funded.
    pub funded_ratio: f64,
    /// The same without contributions: what is funded already.
    pub funded_by_assets: f64,
    /// The present value of all payments, rounded half to even to the minor unit.
    pub present_value_of_payments: Decimal,
    /// The present value of all contributions, rounded likewise.
    pub present_value_of_contributions: Decimal,
    /// What is missing today; 0 where the goal is fully funded.
    pub shortfall: Decimal,
    /// What is more than needed today; 0 where it is not.
    pub surplus: Decimal,
    /// One row for each stream of payments.
    pub payments: Vec<GoalCashFlowValue>,
    /// One row for each stream of contributions.
    pub contributions: Vec<GoalCashFlowValue>,
}

/// What one stream is worth.
#[derive(Debug, Clone, Wire)]
pub struct GoalCashFlowValue {
    /// When it is last due.
    pub last_date: Date,
    /// The sum of its amounts on the days when they are due.
    pub total: Decimal,
    /// Its present value.
    pub present_value: Decimal,
}

/// How much of a goal with dated payments is funded, at present value.
///
/// Time is counted in days over 365 from `as_of`. An amount that is linked to inflation is
/// `amount × (1 + inflation)^time`; growth multiplies it by `(1 + annual_growth)` for each whole year since its first
/// date. All is discounted by `(1 + discount_rate)^time`.
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
/// `number.not_finite`, the codes of invalid values, `currency.minor_unit_missing`, `date.out_of_range` and `result.too_large`, each with
/// its path.
pub fn funded_ratio(input: &FundedRatioInput) -> Result<FundedRatioResult> {
    let amounts = Amounts::of(input.currency)?;
    let assets = amounts.double(amounts.read(input.assets, "assets")?)?;
    let discount = ln_1p(check::growth(input.discount_rate).at("discountRate")?);
    let rise = ln_1p(check::growth(input.inflation).at("inflation")?);
    let valuation = Valuation { as_of: input.as_of, discount, rise, amounts };
    if input.payments.is_empty() {
        let message = "a goal has at least one payment";
        return Err(Error::new(ErrorCode::ListEmpty, message).at("payments"));
    }
    let payments = valuation.all(&input.payments, "payments")?;
    let contributions = valuation.all(&input.contributions, "contributions")?;
    let gap = payments.present_value - assets - contributions.present_value;
    let result = FundedRatioResult {
        funded_ratio: (assets + contributions.present_value) / payments.present_value,
        funded_by_assets: assets / payments.present_value,
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
    let message = "the payments are worth too little at this rate for a ratio to be told";
    Err(Error::new(ErrorCode::ResultTooLarge, message).at("payments"))
}

struct Valuation {
    as_of: Date,
    /// Logarithm of one plus the discount rate.
    discount: f64,
    /// Logarithm of one plus the inflation.
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
            let message = format!("{count} single amounts were given; at most {MAX_FLOWS} are taken");
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
            let message = format!("{} lies before {}, the date of the present value", flow.date, self.as_of);
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
