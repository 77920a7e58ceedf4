//! The probability of reaching a target.

use super::{
    GoalAssumptions,
    amounts::{Amounts, MAX_MINOR_UNITS},
    saving::Saving,
};
use wherewithal_base::{Result, control::Control, num::Decimal, wire::Wire};
use wherewithal_math::{exp, ln, ln_1p, normal};
use wherewithal_simulation::{self as simulation, SimulationFlow, SimulationInput};

/// The reported percentiles of outcomes.
pub(super) const PERCENTILES: [f64; 5] = [10.0, 25.0, 50.0, 75.0, 90.0];

/// An upper bound on the runs of the search, for its progress: about 50 doublings and 50 halvings, since 10^15 is below
/// 2^50.
const MAX_RUNS: u64 = 102;

/// How a probability was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ChanceMethod {
    /// Nothing is uncertain: the probability is 0 or 1.
    Certain,
    /// By the lognormal distribution, because there are no contributions.
    ClosedForm,
    /// By simulation of monthly returns: those of the given market, or lognormal returns as in `simulation.run`.
    Simulation,
}

/// An amount that a share of the outcomes does not exceed.
#[derive(Debug, Clone, Wire)]
pub struct GoalOutcome {
    /// The percentile, 0 to 100.
    #[wire(range = 0..=100)]
    pub percentile: f64,
    /// The savings on the date when they are needed.
    pub amount: Decimal,
}

/// The probability that a plan reaches its target, and its outcomes.
pub(super) struct Chance {
    pub(super) probability: f64,
    /// The sampling error, if the probability was simulated.
    pub(super) standard_error: Option<f64>,
    pub(super) method: ChanceMethod,
    pub(super) outcomes: Vec<GoalOutcome>,
}

/// A plan under uncertain returns.
pub(super) struct Uncertain<'a> {
    pub(super) saving: &'a Saving,
    pub(super) assumptions: &'a GoalAssumptions,
    pub(super) amounts: Amounts,
    /// The target amount at the end, in minor units.
    pub(super) target: i64,
    pub(super) paths: u64,
    pub(super) seed: u64,
}

impl Uncertain<'_> {
    /// The probability that the plan reaches its target with this contribution, in minor units, in its base year.
    #[expect(clippy::expect_used, reason = "the simulation has a target")]
    pub(super) fn chance(&self, contribution: i64, control: &Control<'_>) -> Result<Chance> {
        if self.assumptions.volatility == 0.0 {
            return self.certain(contribution);
        }
        if self.saving.contributed(contribution)? == 0 {
            return self.closed_form();
        }
        let simulation =
            SimulationInput { percentiles: PERCENTILES.to_vec(), ..self.simulation(contribution)? };
        let result = simulation::run(&simulation, control)?;
        let outcomes = result.terminal_nominal.percentiles.iter().map(|row| {
            Ok(GoalOutcome { percentile: row.percentile, amount: self.amounts.rounded(row.value)? })
        });
        Ok(Chance {
            probability: result.target_probability.expect("the simulation has a target"),
            standard_error: result.target_standard_error,
            method: ChanceMethod::Simulation,
            outcomes: outcomes.collect::<Result<_>>()?,
        })
    }

    /// The least contribution with which the desired share of simulated paths reaches the target; `None` if 10^15 minor
    /// units are not enough. The search starts at the contribution for the expected return, which is usually close.
    pub(super) fn least_contribution(
        &self,
        probability: f64,
        expected: i64,
        control: &Control<'_>,
    ) -> Result<Option<i64>> {
        let mut runs = 0;
        let mut is_enough = |contribution: i64| -> Result<bool> {
            control.check()?;
            control.report(runs, MAX_RUNS);
            runs += 1;
            Ok(self.simulated_share(contribution)? >= probability)
        };
        let (mut below, mut enough) = (0, expected.max(1));
        while !is_enough(enough)? {
            if enough >= MAX_MINOR_UNITS {
                return Ok(None);
            }
            (below, enough) = (enough, (enough * 2).min(MAX_MINOR_UNITS));
        }
        while enough - below > 1 {
            let middle = below + (enough - below) / 2;
            if is_enough(middle)? {
                enough = middle;
            } else {
                below = middle;
            }
        }
        control.report(MAX_RUNS, MAX_RUNS);
        Ok(Some(enough))
    }

    /// The share of paths that reach the target. Every contribution is tried on the same paths, so the share never
    /// falls as the contribution rises, and bisection is exact.
    #[expect(clippy::expect_used, reason = "the simulation has a target")]
    fn simulated_share(&self, contribution: i64) -> Result<f64> {
        let simulation = SimulationInput { percentiles: Vec::new(), ..self.simulation(contribution)? };
        let result = simulation::run(&simulation, &Control::default())?;
        Ok(result.target_probability.expect("the simulation has a target"))
    }

    fn certain(&self, contribution: i64) -> Result<Chance> {
        let end = self.saving.end(contribution)?;
        let amount = self.amounts.write(end)?;
        Ok(Chance {
            probability: if end >= self.target { 1.0 } else { 0.0 },
            standard_error: None,
            method: ChanceMethod::Certain,
            outcomes: PERCENTILES.map(|percentile| GoalOutcome { percentile, amount }).to_vec(),
        })
    }

    /// Without contributions, the logarithm of the savings is normally distributed.
    fn closed_form(&self) -> Result<Chance> {
        let start = self.amounts.double(self.saving.start)?;
        let years = f64::from(self.saving.months - self.saving.elapsed) / 12.0;
        let (mean, volatility) = self.assumptions.log_moments();
        let mean_log = mean + ln_1p(-self.assumptions.annual_fee);
        let (drift, deviation) = (mean_log * years, volatility * years.sqrt());
        let probability = if start == 0.0 {
            0.0
        } else {
            normal::cumulative((ln(start / self.amounts.double(self.target)?) + drift) / deviation)
        };
        let outcomes = PERCENTILES.into_iter().map(|percentile| {
            let quantile = normal::inverse_cumulative(percentile / 100.0)?;
            let amount = self.amounts.rounded(start * exp(drift + deviation * quantile))?;
            Ok(GoalOutcome { percentile, amount })
        });
        Ok(Chance {
            probability,
            standard_error: None,
            method: ChanceMethod::ClosedForm,
            outcomes: outcomes.collect::<Result<_>>()?,
        })
    }

    /// The remaining months as the input of a simulation.
    fn simulation(&self, contribution: i64) -> Result<SimulationInput> {
        Ok(SimulationInput {
            initial_balance: self.amounts.double(self.saving.start)?,
            months: self.saving.months - self.saving.elapsed,
            expected_return: self.assumptions.expected_return,
            volatility: self.assumptions.volatility,
            return_convention: self.assumptions.return_convention,
            annual_fee: self.assumptions.annual_fee,
            flows: self.flows(contribution)?,
            paths: self.paths,
            seed: self.seed,
            target: Some(self.amounts.double(self.target)?),
            ..SimulationInput::default()
        })
    }

    /// One flow for each year of the plan: the contribution changes once a year.
    fn flows(&self, contribution: i64) -> Result<Vec<SimulationFlow>> {
        let Saving { elapsed, months, .. } = *self.saving;
        let mut flows = Vec::new();
        for year in self.saving.first_year()..months.div_ceil(12) {
            let amount = self.amounts.double(self.saving.contribution_in(contribution, year)?)?;
            let in_year = (12 * year).max(elapsed) + 1..=(12 * (year + 1)).min(months);
            let mut paying = in_year.filter(|month| self.saving.pays_in(*month));
            if let Some(first) = paying.next() {
                // With a single month, it is both the first and the last.
                let last = paying.next_back().unwrap_or(first);
                flows.push(SimulationFlow {
                    amount,
                    start_month: first - elapsed,
                    end_month: Some(last - elapsed),
                    timing: self.saving.terms.timing,
                    ..SimulationFlow::default()
                });
            }
        }
        Ok(flows)
    }
}
