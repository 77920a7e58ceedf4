//! Saving for years of study.

use super::{
    GoalAssumptions,
    amounts::{Amounts, ratio},
    input::MAX_MONTHS,
    saving::{interest, least, monthly_rate, risen, within},
};
use wherewithal_base::{
    ErrorCode, Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};
use wherewithal_market::ReturnConvention;
use wherewithal_simulation::FlowTiming;

/// The longest study, in years.
const MAX_YEARS: u32 = 30;

/// Input of `goals.education`.
#[derive(Debug, Clone, Wire)]
pub struct EducationPlanInput {
    /// The full cost of one year of study today; greater than 0.
    #[wire(above = 0)]
    pub annual_cost: Decimal,
    /// Annual growth of that cost as a fraction (0.04 is 4 %), above -1 and at most 10.
    #[wire(rate, above = -1, range = ..=10)]
    pub cost_inflation: f64,
    /// Months until the first year of study begins, 0 to 1200.
    #[wire(range = 0..=1200)]
    pub months_until_start: u32,
    /// The number of years of study, 1 to 30. Each is paid when it begins.
    #[wire(range = 1..=30)]
    pub years_of_study: u32,
    /// Current savings; at least 0.
    #[wire(default, range = 0..)]
    pub current_amount: Decimal,
    /// The monthly contribution; at least 0.
    #[wire(default, range = 0..)]
    pub monthly_contribution: Decimal,
    /// Whether contributions are made at the start or the end of a month.
    #[wire(default)]
    pub contribution_timing: FlowTiming,
    /// Whether contributions continue until the last year of study begins; otherwise they end when the first one
    /// begins.
    #[wire(default)]
    pub contribute_during_study: bool,
    /// Effective annual return as a fraction (0.05 is 5 %), before the fee; above -1 and at most 10.
    #[wire(rate, above = -1, range = ..=10)]
    pub expected_return: f64,
    /// Annual fee as a fraction of the savings, from 0 to below 1.
    #[wire(share, default, range = 0.., below = 1)]
    pub annual_fee: f64,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
}

/// Result of `goals.education`.
#[derive(Debug, Clone, Wire)]
pub struct EducationPlanResult {
    /// One row for each year of study.
    pub years: Vec<EducationYear>,
    /// The cost of all years on the dates when they are paid.
    pub total_cost: Decimal,
    /// The part paid from savings.
    pub total_paid: Decimal,
    /// The part not paid from savings.
    pub total_shortfall: Decimal,
    /// The share of the cost paid from savings, as a fraction to six places.
    pub funded_share: Decimal,
    /// The least monthly contribution that pays all years in full: one minor unit less does not. Null if there is no
    /// month for contributions.
    pub required_contribution: Option<Decimal>,
    /// The sum of the planned contributions.
    pub total_contributions: Decimal,
    /// Savings left after the last year is paid.
    pub final_amount: Decimal,
}

/// One year of study.
#[derive(Debug, Clone, Wire)]
pub struct EducationYear {
    /// The year of study, counted from 1.
    pub year: u32,
    /// Months from today until it begins and is paid.
    pub month: u32,
    /// Its cost at that time, rounded half to even to the minor unit.
    pub cost: Decimal,
    /// The part paid from savings.
    pub paid: Decimal,
    /// The part not paid from savings.
    pub shortfall: Decimal,
    /// Savings left after it is paid.
    pub balance: Decimal,
}

/// The cost of years of study, the part that savings will pay, and the contribution that pays it all.
///
/// A year of study that begins in m months costs `annual_cost × (1 + cost_inflation)^(m / 12)`. The interest of a month
/// is the balance times the monthly equivalent of the return after the fee, rounded half to even to the minor unit.
///
/// # Errors
/// `number.not_finite`, the codes of invalid values, `currency.minor_unit_missing` and `result.too_large`, each with its path.
pub fn education(input: &EducationPlanInput) -> Result<EducationPlanResult> {
    let amounts = Amounts::of(input.currency)?;
    let plan = Plan::new(input, amounts)?;
    let contribution = amounts.read(input.monthly_contribution, "monthlyContribution")?;
    let walk = plan.walk(contribution)?;
    let total_cost = plan.costs.iter().try_fold(0, |sum, cost| within(sum + cost))?;
    let total_paid: i64 = walk.paid.iter().map(|(paid, _)| paid).sum();
    let years = (1..).zip(&plan.costs).zip(&walk.paid).map(|((year, &cost), &(paid, balance))| {
        Ok(EducationYear {
            year,
            month: plan.start + 12 * (year - 1),
            cost: amounts.write(cost)?,
            paid: amounts.write(paid)?,
            shortfall: amounts.write(cost - paid)?,
            balance: amounts.write(balance)?,
        })
    });
    Ok(EducationPlanResult {
        years: years.collect::<Result<_>>()?,
        total_cost: amounts.write(total_cost)?,
        total_paid: amounts.write(total_paid)?,
        total_shortfall: amounts.write(total_cost - total_paid)?,
        funded_share: ratio(total_paid, total_cost)?,
        required_contribution: plan.required()?.map(|units| amounts.write(units)).transpose()?,
        total_contributions: amounts.write(walk.contributed)?,
        final_amount: amounts.write(walk.balance)?,
    })
}

/// A validated plan in minor units.
struct Plan {
    /// Months until the first year begins.
    start: u32,
    costs: Vec<i64>,
    current: i64,
    monthly_rate: f64,
    timing: FlowTiming,
    /// The number of months with a contribution.
    saving_months: u32,
}

struct Walk {
    /// For each year, the amount paid from savings and the balance after it.
    paid: Vec<(i64, i64)>,
    contributed: i64,
    balance: i64,
}

impl Plan {
    fn new(input: &EducationPlanInput, amounts: Amounts) -> Result<Self> {
        let cost = amounts.read_positive(input.annual_cost, "annualCost")?;
        let inflation = check::growth(input.cost_inflation).at("costInflation")?;
        let start = check::whole(input.months_until_start, 0..=MAX_MONTHS, ErrorCode::TermOutOfRange)
            .at("monthsUntilStart")?;
        let years = input.years_of_study;
        check::whole(years, 1..=MAX_YEARS, ErrorCode::TermOutOfRange).at("yearsOfStudy")?;
        let current = amounts.read(input.current_amount, "currentAmount")?;
        GoalAssumptions {
            expected_return: input.expected_return,
            volatility: 0.0,
            return_convention: ReturnConvention::Arithmetic,
            annual_fee: input.annual_fee,
            inflation: 0.0,
        }
        .check()?;
        let costs = (0..years).map(|year| risen(cost, inflation, start + 12 * year)).collect::<Result<_>>();
        Ok(Self {
            start,
            costs: costs.at("annualCost")?,
            current,
            monthly_rate: monthly_rate(input.expected_return, input.annual_fee),
            timing: input.contribution_timing,
            saving_months: if input.contribute_during_study { start + 12 * (years - 1) } else { start },
        })
    }

    fn walk(&self, contribution: i64) -> Result<Walk> {
        let mut walk =
            Walk { paid: Vec::with_capacity(self.costs.len()), contributed: 0, balance: self.current };
        let mut month = 0;
        for (cost, due) in self.costs.iter().zip((self.start..).step_by(12)) {
            while month < due {
                month += 1;
                let paid = if month <= self.saving_months { contribution } else { 0 };
                walk.contributed += paid;
                let (before, after) = match self.timing {
                    FlowTiming::Start => (paid, 0),
                    FlowTiming::End => (0, paid),
                };
                let balance = within(walk.balance + before)?;
                walk.balance = within(balance + interest(balance, self.monthly_rate)? + after)?;
            }
            let paid = walk.balance.min(*cost);
            walk.balance -= paid;
            walk.paid.push((paid, walk.balance));
        }
        Ok(walk)
    }

    /// The least contribution that pays for all years; `None` if there is none, because the first year is due before
    /// any contribution. A larger contribution never pays less, because rounding preserves the order of amounts.
    fn required(&self) -> Result<Option<i64>> {
        let first_is_paid = self.start > 0 || self.costs.first().is_none_or(|cost| self.current >= *cost);
        if !first_is_paid {
            return Ok(None);
        }
        let pays_all = |walk: &Walk| self.costs.iter().zip(&walk.paid).all(|(cost, (paid, _))| paid == cost);
        if self.saving_months == 0 {
            return Ok(pays_all(&self.walk(0)?).then_some(0));
        }
        // A balance that overflows pays every later cost; the last line checks that the answer itself does not
        // overflow.
        let Some(contribution) =
            least(|contribution| self.walk(contribution).as_ref().map_or(true, pays_all))
        else {
            return Ok(None);
        };
        Ok(pays_all(&self.walk(contribution)?).then_some(contribution))
    }
}
