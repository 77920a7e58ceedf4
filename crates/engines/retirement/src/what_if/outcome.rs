//! The main figures of a plan's outcome.

use crate::plan::Trial;
use wherewithal_base::{Error, ErrorCode, Result, wire::Wire};
use wherewithal_simulation::{Success, internal::mean_and_deviation};

/// The main figures of a plan's outcome; `retirement.run` has more.
#[derive(Debug, Clone, Wire)]
pub struct RetirementOutcome {
    /// The paths that succeed by the plan's own measure.
    pub success: Success,

    /// Median of the nominal balance of all accounts at the end.
    pub median_terminal_nominal: f64,

    /// Median of the balance of all accounts at the end, in today's money.
    pub median_terminal_real: f64,

    /// Mean of the balance of all accounts at the end, in today's money.
    pub mean_terminal_real: f64,

    /// Mean shortfall over all paths, in today's money.
    pub expected_shortfall: f64,
}

/// The difference between two plans on the same paths.
#[derive(Debug, Clone, Wire)]
pub struct RetirementDifference {
    /// The change of the success probability: positive is better.
    pub success_probability: f64,

    /// Its standard error. Both plans see the same returns, so it is that of paired differences, sqrt((g + l - (g - l)²
    /// / n) / n²) with `gainedPaths` g, `lostPaths` l and n paths: smaller than the errors of the two probabilities
    /// suggest.
    pub standard_error: f64,

    /// The number of paths that fail in the first plan and succeed in the second.
    pub gained_paths: u64,

    /// The number of paths that succeed in the first plan and fail in the second.
    pub lost_paths: u64,

    /// The change of the median of the final balance, in today's money.
    pub median_terminal_real: f64,

    /// The mean change of the final balance, in today's money.
    pub mean_terminal_real: f64,

    /// Standard error of that mean, from the paired differences.
    pub mean_standard_error: f64,
}

impl RetirementOutcome {
    pub(crate) fn new(trial: &Trial) -> Result<Self> {
        Ok(Self {
            success: trial.success().into(),
            median_terminal_nominal: Trial::quantile(&trial.terminal, 0.5)?,
            median_terminal_real: Trial::quantile(&trial.terminal_real, 0.5)?,
            mean_terminal_real: Trial::mean(&trial.terminal_real)?,
            expected_shortfall: Trial::mean(&trial.shortfall)?,
        })
    }
}

impl RetirementDifference {
    /// # Errors
    /// `change.not_applicable` if the plans do not have the same paths.
    pub(crate) fn new(base: &Trial, changed: &Trial) -> Result<Self> {
        let paths = base.successes.len();
        if changed.successes.len() != paths {
            let message = format!(
                "the changed plan has {} paths and the plan {paths}: a history has fewer periods that are long enough \
                 for a longer plan; keep the number of years, or use another market",
                changed.successes.len()
            );
            return Err(Error::new(ErrorCode::ChangeNotApplicable, message));
        }
        let count = |before: bool, after: bool| {
            let pairs = base.successes.iter().zip(&changed.successes);
            pairs.filter(|pair| *pair == (&before, &after)).count()
        };
        let (gained, lost) = (count(false, true), count(true, false));
        let n = paths as f64;
        let difference = gained as f64 - lost as f64;
        let variance = (gained as f64 + lost as f64 - difference * difference / n) / n;
        let terminals = changed.terminal_real.iter().zip(&base.terminal_real);
        let differences: Vec<f64> = terminals.map(|(changed, base)| changed - base).collect();
        let (mean, deviation) = mean_and_deviation(&differences);
        Ok(Self {
            success_probability: difference / n,
            standard_error: (variance.max(0.0) / n).sqrt(),
            gained_paths: gained as u64,
            lost_paths: lost as u64,
            median_terminal_real: Trial::quantile(&changed.terminal_real, 0.5)?
                - Trial::quantile(&base.terminal_real, 0.5)?,
            mean_terminal_real: mean,
            mean_standard_error: deviation / n.sqrt(),
        })
    }
}
