//! Plans that are run one after the other on the same returns.

use super::{
    RetirementPlan,
    compiled::CompiledPlan,
    outcomes::{PathNumber, simulate, work},
    summary::Columns,
};
use wherewithal_base::{Error, ErrorCode, Result, control::Control};
use wherewithal_math::proportion::Proportion;
use wherewithal_math::{parallel::Tally, quantile::quantiles};
use wherewithal_simulation::internal::mean_and_deviation;

/// The outcomes of the paths of a plan that was run, in order.
#[derive(Debug, Clone)]
pub(crate) struct Trial {
    pub(crate) successes: Vec<bool>,
    /// Nominal balance of all accounts at the end.
    pub(crate) terminal: Vec<f64>,
    /// The same in today's money.
    pub(crate) terminal_real: Vec<f64>,
    /// The part of it that will be ordinary income when it is withdrawn.
    pub(crate) real_deferred: Vec<f64>,
    /// The shortfall, in today's money.
    pub(crate) shortfall: Vec<f64>,
}

impl Trial {
    pub(crate) fn success(&self) -> Proportion {
        Proportion::new(self.successes.iter().filter(|success| **success).count(), self.successes.len())
    }

    /// A quantile of one of the columns, type 7.
    ///
    /// # Errors
    /// `result.too_large` if an amount grows too large to be represented.
    pub(crate) fn quantile(values: &[f64], probability: f64) -> Result<f64> {
        let found =
            quantiles(values, &[probability]).map_err(|error| too_large().caused_by(error))?.first().copied();
        found.filter(|value| value.is_finite()).ok_or_else(too_large)
    }

    /// The mean of one of the columns.
    ///
    /// # Errors
    /// `result.too_large` if an amount grows too large to be represented.
    pub(crate) fn mean(values: &[f64]) -> Result<f64> {
        let (mean, _) = mean_and_deviation(values);
        if mean.is_finite() { Ok(mean) } else { Err(too_large()) }
    }
}

fn too_large() -> Error {
    let message = "an amount grows too large to be represented; check the size of returns and amounts";
    Error::new(ErrorCode::ResultTooLarge, message)
}

/// Runs plan after plan, and reports the progress of all of them together.
pub(crate) struct Trials<'a> {
    control: &'a Control<'a>,
    tally: Tally<'a>,
    total: u64,
    tried: u64,
}

impl<'a> Trials<'a> {
    /// For at most `most` plans with as many paths as this one.
    ///
    /// # Errors
    /// Those of a plan, and `operation.cancelled`.
    pub(crate) fn new(plan: &RetirementPlan, most: u64, control: &'a Control<'a>) -> Result<Self> {
        let total = work(&CompiledPlan::new(plan, control)?).saturating_mul(most);
        Ok(Self { control, tally: Tally::new(control, total), total, tried: 0 })
    }

    /// Runs all paths of a plan.
    ///
    /// # Errors
    /// Those of a plan, and `operation.cancelled`.
    pub(crate) fn run(&mut self, plan: &RetirementPlan) -> Result<Trial> {
        self.run_compiled(&CompiledPlan::new(plan, self.control)?)
    }

    /// Runs all paths of a compiled plan.
    ///
    /// # Errors
    /// `operation.cancelled`; `paths.out_of_range` if there is not enough memory.
    pub(crate) fn run_compiled(&mut self, plan: &CompiledPlan) -> Result<Trial> {
        self.tried += 1;
        let outcomes = simulate(plan, &self.tally)?;
        let Columns { successes, terminal, terminal_real, shortfall, .. } = Columns::new(plan, &outcomes);
        let real_deferred = outcomes.column(PathNumber::RealDeferred);
        Ok(Trial { successes, terminal, terminal_real, real_deferred, shortfall })
    }

    /// The number of plans that were run.
    pub(crate) fn tried(&self) -> u64 {
        self.tried
    }

    /// Reports that the work is complete, even if fewer plans were run than expected.
    pub(crate) fn finish(&self) {
        self.control.report(self.total, self.total);
    }
}

/// Validates a plan without running it.
///
/// # Errors
/// Those of a plan, and `operation.cancelled`.
pub(crate) fn check_plan(plan: &RetirementPlan, control: &Control<'_>) -> Result<()> {
    CompiledPlan::new(plan, control).map(drop)
}
