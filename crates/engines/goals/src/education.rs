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
use wherewithal_simulation::FlowTiming;

/// The longest study, in years.
const MAX_YEARS: u32 = 30;

/// A question to `goals.education`.
#[derive(Debug, Clone, Wire)]
pub struct EducationPlanInput {
    /// What one year of study costs today, all in; greater than 0.
    pub annual_cost: Decimal,
    /// Rise of that cost in one year as a fraction (0.04 is 4 %); above -1 and at most 10.
    pub cost_inflation: f64,
    /// In how many months the first year of study begins, 0 to 1200.
    #[wire(range = 0..=1200)]
    pub months_until_start: u32,
    /// How many years are studied, 1 to 30. Each is paid when it begins.
    #[wire(range = 1..=30)]
    pub years_of_study: u32,
    /// What is already saved; at least 0.
    #[wire(default)]
    pub current_amount: Decimal,
    /// What is saved every month; at least 0.
    #[wire(default)]
    pub monthly_contribution: Decimal,
    /// At which end of a month.
    #[wire(default)]
    pub contribution_timing: FlowTiming,
    /// Whether saving goes on until the last year of study begins; otherwise it ends when the first one does.
    #[wire(default)]
    pub contribute_during_study: bool,
    /// Effective annual return as a fraction (0.05 is 5 %), before the fee; above -1 and at most 10.
    pub expected_return: f64,
    /// Fee in one year as a fraction of what is saved; from 0 to below 1.
    #[wire(default)]
    pub annual_fee: f64,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
}

/// The answer of `goals.education`.
#[derive(Debug, Clone, Wire)]
pub struct EducationPlanResult {
    /// One row for each year of study.
    pub years: Vec<EducationYear>,
    /// The cost of all years on the days when they are paid.
    pub total_cost: Decimal,
    /// What of it savings pay.
    pub total_paid: Decimal,
    /// What of it savings do not pay.
    pub total_shortfall: Decimal,
    /// The part of the cost that savings pay, as a fraction to six places.
    pub funded_share: Decimal,
    /// The least monthly contribution that pays all years in full: one minor unit less does not. Null where there is no
    /// month in which to contribute.
    pub required_contribution: Option<Decimal>,
    /// All that is contributed with the contribution that is planned.
    pub total_contributions: Decimal,
    /// What is left after the last year is paid.
    pub final_amount: Decimal,
}

/// One year of study.
#[derive(Debug, Clone, Wire)]
pub struct EducationYear {
    /// The year of study, from 1.
    pub year: u32,
    /// In how many months from today it begins and is paid.
    pub month: u32,
    /// What it then costs, rounded half to even to the minor unit.
    pub cost: Decimal,
    /// What savings pay of it.
    pub paid: Decimal,
    /// What they do not.
    pub shortfall: Decimal,
    /// What is left of savings.
    pub balance: Decimal,
}

/// What years of study will cost, how much of it savings pay, and what must be saved.
///
/// A year of study that begins in m months costs `annual_cost × (1 + cost_inflation)^(m / 12)`. Interest of a month is the
/// balance times the monthly equivalent of the return after the fee, rounded half to even to the minor unit.
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

/// A checked plan in minor units.
struct Plan {
    /// In how many months the first year begins.
    start: u32,
    costs: Vec<i64>,
    current: i64,
    monthly_rate: f64,
    timing: FlowTiming,
    /// In how many months a contribution is made.
    saving_months: u32,
}

struct Walk {
    /// What of each year is paid, and what is then left.
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

    /// The least contribution that pays all; `None` where none does, because the first year comes before any. More never
    /// pays less, because each rounding keeps the order of amounts.
    fn required(&self) -> Result<Option<i64>> {
        let first_is_paid = self.start > 0 || self.costs.first().is_none_or(|cost| self.current >= *cost);
        if !first_is_paid {
            return Ok(None);
        }
        let pays_all = |walk: &Walk| self.costs.iter().zip(&walk.paid).all(|(cost, (paid, _))| paid == cost);
        if self.saving_months == 0 {
            return Ok(pays_all(&self.walk(0)?).then_some(0));
        }
        // What is too large to be held pays every later cost; that the answer itself can be held is seen at the end.
        let Some(contribution) =
            least(|contribution| self.walk(contribution).as_ref().map_or(true, pays_all))
        else {
            return Ok(None);
        };
        Ok(pays_all(&self.walk(contribution)?).then_some(contribution))
    }
}
