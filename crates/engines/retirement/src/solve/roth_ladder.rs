//! The best amounts to convert from a traditional to a Roth account.

use std::ops::Bound;

use crate::limits;
use crate::{
    RetirementMoment, RetirementPlan, RothConversion,
    plan::{Trial, Trials, conversion_accounts},
};
use wherewithal_base::{ErrorCode, Result, check, control::Control, error::At as _, wire::Wire};
use wherewithal_simulation::{Success, internal::mean_and_deviation};

const MAX_STAGES: u32 = 4;
const MAX_GRID: u32 = 21;
const MAX_REFINEMENTS: u32 = 8;

/// Input of `retirement.roth_conversion_ladder`.
#[derive(Debug, Clone, Wire)]
pub struct RothConversionLadderInput {
    /// The plan. The ladder is in addition to its own conversions.
    pub plan: RetirementPlan,

    /// The name of the traditional account.
    pub source_account: String,

    /// The name of the Roth account.
    pub target_account: String,

    /// The first calendar year with a conversion, from the first of the plan.
    pub first_year: u32,

    /// The last calendar year with a conversion, from `firstYear`; at most 100 years later.
    pub last_year: u32,

    /// The number of stages of equal length into which the years are divided, each with its own amount, 1 to 4; at most
    /// the number of years.
    #[wire(default = one, range = 1..=4)]
    pub stages: u32,

    /// The highest annual conversion, in today's money, above 0 and at most 10^12.
    #[wire(above = 0, range = ..=1e12)]
    pub highest: f64,

    /// The number of amounts from 0 to `highest` that are tried first for each stage, 2 to 21.
    #[wire(default = nine, range = 2..=21)]
    pub grid: u32,

    /// The number of times that the spacing of the amounts is then halved around the best, 0 to 8.
    #[wire(default = four, range = 0..=8)]
    pub refinements: u32,

    /// The objective to maximize.
    #[wire(default)]
    pub objective: RothLadderObjective,

    /// The tax that heirs will pay on the final balances of traditional and health savings accounts, as a fraction from
    /// 0 to below 1.
    #[wire(share, range = 0.., below = 1)]
    pub terminal_tax_rate: f64,
}

/// The objective to maximize: a statistic of the final balance of each path in today's money after tax, minus the
/// shortfall.
#[derive(Debug, Clone, Copy, PartialEq, Default, Wire)]
#[wire(tag = "kind")]
pub enum RothLadderObjective {
    /// The mean over the paths.
    #[default]
    Mean,
    /// A percentile over the paths.
    Percentile {
        /// The percentile, 0 to 100.
        #[wire(range = 0..=100)]
        percentile: f64,
    },
}

/// Result of `retirement.roth_conversion_ladder`.
#[derive(Debug, Clone, Wire)]
pub struct RothConversionLadderResult {
    /// The best ladder of those tried; of equal ones, that which converts less.
    pub stages: Vec<RothLadderStage>,

    /// The objective with it.
    pub value: f64,

    /// The objective without any of these conversions.
    pub value_without: f64,

    /// Mean gain from the ladder over the paths, in today's money after tax.
    pub mean_gain: f64,

    /// Standard error of that mean, from the paired differences. The ladder was chosen on the same paths, so the gain
    /// is slightly overestimated; run the ladder with another seed to see by how much.
    pub gain_standard_error: f64,

    /// The paths that succeed with the ladder.
    pub success: Success,

    /// The paths that succeed without it.
    pub success_without: Success,

    /// All ladders that were tried, in order.
    pub tried: Vec<RothLadderTrial>,
}

/// Consecutive years with the same amount.
#[derive(Debug, Clone, Wire)]
pub struct RothLadderStage {
    /// The first calendar year.
    pub first_year: u32,

    /// The last calendar year.
    pub last_year: u32,

    /// The annual conversion, in today's money; less if the account holds less.
    pub annual_amount: f64,
}

/// A ladder that was tried.
#[derive(Debug, Clone, Wire)]
pub struct RothLadderTrial {
    /// The amount of each stage.
    pub annual_amounts: Vec<f64>,

    /// The objective.
    pub value: f64,
}

/// The annual conversions that leave the most after tax.
///
/// The search is stage by stage: a grid of amounts is tried for one stage while the others stay fixed, then the spacing
/// is halved around the best so far, one stage after the other. The result is the best ladder of those tried, not a
/// proven optimum: if stages depend on each other, or the objective has several peaks, a better one may exist. All
/// ladders are run on the same paths.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan`; `name.unknown`,
/// `term.out_of_range`, `range.out_of_order`, `rate.out_of_range`,
/// `list.too_long`; `operation.cancelled`.
#[expect(clippy::indexing_slicing, reason = "a ladder has an amount for every stage")]
pub fn roth_conversion_ladder(
    input: &RothConversionLadderInput,
    control: &Control<'_>,
) -> Result<RothConversionLadderResult> {
    check_question(input)?;
    let most = u64::from(input.stages) * u64::from(input.grid - 1 + 2 * input.refinements) + 1;
    let mut search =
        Search { input, trials: Trials::new(&input.plan, most, control).at("plan")?, tried: Vec::new() };
    let mut best = vec![0.0; input.stages as usize];
    let without = search.attempt(&best)?;
    let mut found = without.clone();
    let mut step = input.highest / f64::from(input.grid - 1);
    for stage in 0..best.len() {
        // From the second amount on: every stage starts with zero, which has been tried.
        let amounts: Vec<f64> = (1..input.grid).map(|number| step * f64::from(number)).collect();
        search.improve(&mut best, &mut found, stage, &amounts)?;
    }
    for _ in 0..input.refinements {
        step /= 2.0;
        for stage in 0..best.len() {
            let around = best[stage];
            let amounts = [around - step, around + step];
            let within = amounts.into_iter().filter(|amount| (0.0..=input.highest).contains(amount));
            search.improve(&mut best, &mut found, stage, &within.collect::<Vec<_>>())?;
        }
    }
    search.trials.finish();
    let gains: Vec<f64> =
        found.after_tax.iter().zip(&without.after_tax).map(|(with, without)| with - without).collect();
    let (mean_gain, deviation) = mean_and_deviation(&gains);
    let stage = |(stage, amount): (u32, &f64)| {
        let (first_year, last_year) = stage_years(input, stage);
        RothLadderStage { first_year, last_year, annual_amount: *amount }
    };
    Ok(RothConversionLadderResult {
        stages: (0..).zip(&best).map(stage).collect(),
        value: found.value,
        value_without: without.value,
        mean_gain,
        gain_standard_error: deviation / (gains.len() as f64).sqrt(),
        success: found.success,
        success_without: without.success,
        tried: search.tried,
    })
}

fn check_question(input: &RothConversionLadderInput) -> Result<()> {
    conversion_accounts(&input.plan, &input.source_account, &input.target_account)?;
    limits::year(input.first_year, input.plan.first_year, 2200).at("firstYear")?;
    limits::year(input.last_year, input.first_year, input.first_year + 100).at("lastYear")?;
    let years = input.last_year - input.first_year + 1;
    let count = |value: u32, least: u32, most: u32, field: &str| {
        check::whole(value, least..=most, ErrorCode::CountOutOfRange).at(field)
    };
    count(input.stages, 1, MAX_STAGES.min(years), "stages")?;
    count(input.grid, 2, MAX_GRID, "grid")?;
    count(input.refinements, 0, MAX_REFINEMENTS, "refinements")?;
    check::amount(input.highest, (Bound::Excluded(0.0), Bound::Included(1e12))).at("highest")?;
    check::fee(input.terminal_tax_rate).at("terminalTaxRate")?;
    if let RothLadderObjective::Percentile { percentile } = input.objective {
        check::number(percentile, 0.0..=100.0, ErrorCode::PercentileOutOfRange)
            .at("percentile")
            .at("objective")?;
    }
    Ok(())
}

/// The first and the last year of a stage.
fn stage_years(input: &RothConversionLadderInput, stage: u32) -> (u32, u32) {
    let years = input.last_year - input.first_year + 1;
    let bound = |stage: u32| input.first_year + years * stage / input.stages;
    (bound(stage), bound(stage + 1) - 1)
}

/// The result of a ladder.
#[derive(Clone)]
struct Found {
    value: f64,
    success: Success,
    /// The final balance of each path in today's money after tax, minus the shortfall.
    after_tax: Vec<f64>,
}

struct Search<'a, 'b> {
    input: &'a RothConversionLadderInput,
    trials: Trials<'b>,
    tried: Vec<RothLadderTrial>,
}

impl Search<'_, '_> {
    /// Tries amounts for one stage and keeps the best.
    #[expect(clippy::indexing_slicing, reason = "a ladder has an amount for every stage")]
    fn improve(
        &mut self,
        best: &mut Vec<f64>,
        found: &mut Found,
        stage: usize,
        amounts: &[f64],
    ) -> Result<()> {
        for amount in amounts {
            let mut ladder = best.clone();
            ladder[stage] = *amount;
            let other = self.attempt(&ladder)?;
            let less = other.value == found.value && ladder.iter().sum::<f64>() < best.iter().sum::<f64>();
            if other.value > found.value || less {
                (*best, *found) = (ladder, other);
            }
        }
        Ok(())
    }

    fn attempt(&mut self, ladder: &[f64]) -> Result<Found> {
        let trial = self.trials.run(&self.plan(ladder)).at("plan")?;
        let rate = self.input.terminal_tax_rate;
        let paths = trial.terminal_real.iter().zip(&trial.real_deferred).zip(&trial.shortfall);
        let after_tax: Vec<f64> =
            paths.map(|((terminal, deferred), shortfall)| terminal - rate * deferred - shortfall).collect();
        let value = match self.input.objective {
            RothLadderObjective::Mean => Trial::mean(&after_tax)?,
            RothLadderObjective::Percentile { percentile } => {
                Trial::quantile(&after_tax, percentile / 100.0)?
            }
        };
        self.tried.push(RothLadderTrial { annual_amounts: ladder.to_vec(), value });
        Ok(Found { value, success: trial.success().into(), after_tax })
    }

    fn plan(&self, ladder: &[f64]) -> RetirementPlan {
        let mut plan = self.input.plan.clone();
        for (stage, amount) in (0..).zip(ladder) {
            let (first_year, last_year) = stage_years(self.input, stage);
            plan.conversions.push(RothConversion {
                source_account: self.input.source_account.clone(),
                target_account: self.input.target_account.clone(),
                annual_amount: *amount,
                inflation_linked: true,
                start: Some(RetirementMoment::Year { year: first_year }),
                until: Some(RetirementMoment::Year { year: last_year + 1 }),
            });
        }
        plan
    }
}

fn one() -> u32 {
    1
}

fn nine() -> u32 {
    9
}

fn four() -> u32 {
    4
}
