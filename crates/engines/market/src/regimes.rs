//! Returns whose distribution depends on a regime that changes at random.

use super::{
    AssetClass, MarketRegime,
    growth::GrowthBlock,
    limits,
    lognormal::{self, LogReturn, weighted},
    normals::{Drawn, Normals},
};
use crate::correlation::Correlation;
use wherewithal_base::{Error, ErrorCode, Result, check, control::Control, error::At};
use wherewithal_math::{
    branch_free,
    matrix::Matrix,
    random::{LANES, LaneStream, Lanes},
};

const MAX_REGIMES: usize = 8;

#[derive(Debug, Clone)]
pub(super) struct Regimes {
    regimes: Vec<Regime>,
    /// The cumulative probabilities at the start.
    initial: Vec<f64>,
    /// For each regime, the cumulative probabilities of the regimes that follow it.
    transitions: Vec<Vec<f64>>,
    inflation_persistence: f64,
    initial_inflation: f64,
    /// Periods of the model in one step, and from one change of regime to the next.
    pub(super) periods_per_step: usize,
    periods_per_change: usize,
    periods_per_year: u32,
    /// The probabilities of the regimes, if they are the same in every period.
    stationary: Option<Vec<f64>>,
}

#[derive(Debug, Clone)]
struct Regime {
    assets: Vec<LogReturn>,
    expected_inflation: f64,
    inflation_weights: Vec<f64>,
}

/// The parts of a regime-switching model.
pub(super) struct Parts<'a> {
    pub(super) regimes: &'a [MarketRegime],
    pub(super) transitions: &'a [Vec<f64>],
    pub(super) transitions_per_year: u32,
    pub(super) initial_probabilities: &'a [f64],
    pub(super) inflation_persistence: f64,
    pub(super) initial_inflation: Option<f64>,
}

impl Regimes {
    /// The model, and the validated correlations of each regime.
    #[expect(clippy::indexing_slicing, reason = "a model without regimes is refused")]
    pub(super) fn new(
        parts: &Parts<'_>,
        steps_per_year: u32,
        control: &Control<'_>,
    ) -> Result<(Self, Vec<Correlation>)> {
        let count = parts.regimes.len();
        check::length(count, 1..=MAX_REGIMES).at("regimes")?;
        limits::frequency(parts.transitions_per_year).at("transitionsPerYear")?;
        check::names(parts.regimes.iter().map(|regime| regime.name.as_str()), "name").at("regimes")?;
        // The shorter of the two, because both a step and the time between changes are whole numbers of periods.
        let periods_per_year = parts.transitions_per_year.max(steps_per_year);
        let persistence = parts.inflation_persistence;
        limits::persistence(persistence).at("inflationPersistence")?;
        let (persistence, scale) = lognormal::persistence(persistence, f64::from(periods_per_year));
        let first = parts.regimes[0].asset_classes.as_slice();
        let mut correlations = Vec::with_capacity(count);
        let mut regimes = Vec::with_capacity(count);
        for (index, regime) in parts.regimes.iter().enumerate() {
            let (regime, correlation) = checked(regime, first, f64::from(periods_per_year), scale, control)
                .at_index("regimes", index)?;
            regimes.push(regime);
            correlations.push(correlation);
        }
        let transitions = transitions(parts.transitions, count)?;
        let stationary = stationary(&transitions);
        let initial = if parts.initial_probabilities.is_empty() {
            stationary.clone().ok_or_else(|| {
                let message = "the regimes form groups that are never left; give `initialProbabilities` to say where \
                    paths start";
                Error::new(ErrorCode::TransitionsNotUnique, message).at("transitions")
            })?
        } else {
            limits::probabilities(parts.initial_probabilities, count).at("initialProbabilities")?;
            parts.initial_probabilities.to_vec()
        };
        let mean =
            initial.iter().zip(&regimes).map(|(share, regime)| share * regime.expected_inflation).sum();
        let initial_inflation = parts.initial_inflation.unwrap_or(mean);
        limits::inflation(initial_inflation).at("initialInflation")?;
        let periods_per_step = (periods_per_year / steps_per_year) as usize;
        // Only from the stationary distribution on, every step has the same mixture of regimes.
        let same = parts.initial_probabilities.is_empty() && periods_per_step == 1;
        let model = Self {
            regimes,
            initial: cumulative(&initial),
            transitions: transitions.rows().map(cumulative).collect(),
            inflation_persistence: persistence,
            initial_inflation,
            periods_per_step,
            periods_per_change: (periods_per_year / parts.transitions_per_year) as usize,
            periods_per_year,
            stationary: stationary.filter(|_| same),
        };
        Ok((model, correlations))
    }

    #[inline(always)]
    pub(super) fn fill(&self, normals: &mut Drawn<'_>, changes: &mut LaneStream, growth: &mut GrowthBlock) {
        let mut drawn: [Lanes; limits::MAX_ASSET_CLASSES + 2] = [[0.0; LANES]; limits::MAX_ASSET_CLASSES + 2];
        let mut places = [0_usize; LANES];
        let mut inflation = [self.initial_inflation; LANES];
        let mut period = 0_usize;
        for rows in growth.steps_mut() {
            rows.fill([1.0; LANES]);
            for _ in 0..self.periods_per_step {
                if period.is_multiple_of(self.periods_per_change) {
                    self.change(&mut places, period == 0, &changes.uniforms());
                }
                period += 1;
                normals.next(&mut drawn);
                self.advance(&places, &drawn, &mut inflation, rows);
            }
        }
    }

    /// Draws the regimes of the next period.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "each regime has its row of transitions")]
    fn change(&self, places: &mut [usize; LANES], first: bool, uniforms: &Lanes) {
        for (place, uniform) in places.iter_mut().zip(uniforms) {
            let following = if first { &self.initial } else { &self.transitions[*place] };
            let passed = following.iter().filter(|share| uniform >= *share).count();
            // Rounding may leave the last cumulative probability below one.
            *place = passed.min(self.regimes.len() - 1);
        }
    }

    /// One period of all lanes: the growth is computed for every regime, and each lane takes that of its own.
    #[inline(always)]
    #[expect(
        clippy::indexing_slicing,
        clippy::unreachable,
        reason = "every regime has all asset classes, and every step has prices"
    )]
    fn advance(&self, places: &[usize; LANES], drawn: &[Lanes], inflation: &mut Lanes, rows: &mut [Lanes]) {
        let [assets @ .., prices] = rows else { unreachable!("every step has prices") };
        for (index, row) in assets.iter_mut().enumerate() {
            let mut chosen: Lanes = [0.0; LANES];
            for (place, regime) in self.regimes.iter().enumerate() {
                let asset = &regime.assets[index];
                choose(&mut chosen, places, place, &weighted([asset.mean; LANES], &asset.weights, drawn));
            }
            for (growth, logarithm) in row.iter_mut().zip(chosen) {
                *growth *= branch_free::exp(logarithm);
            }
        }
        let mut next: Lanes = [0.0; LANES];
        for (place, regime) in self.regimes.iter().enumerate() {
            let shocks = weighted([0.0; LANES], &regime.inflation_weights, drawn);
            let mut of_regime = *inflation;
            for (rate, shock) in of_regime.iter_mut().zip(shocks) {
                let mean = regime.expected_inflation;
                *rate = lognormal::at_least(mean + self.inflation_persistence * (*rate - mean) + shock);
            }
            choose(&mut next, places, place, &of_regime);
        }
        *inflation = next;
        let periods_per_year = f64::from(self.periods_per_year);
        for (price, factor) in prices.iter_mut().zip(lognormal::price_factors(inflation, periods_per_year)) {
            *price *= factor;
        }
    }

    /// Mean and standard deviation of the growth factor of each asset class in one step, if it is the same in every
    /// step.
    #[expect(clippy::indexing_slicing, reason = "every regime has all asset classes")]
    pub(super) fn moments(&self) -> Option<Vec<[f64; 2]>> {
        let shares = self.stationary.as_ref()?;
        let width = self.regimes.first()?.assets.len();
        let of_asset = |index: usize| {
            let parts = shares.iter().zip(&self.regimes).map(|(share, regime)| {
                let [mean, deviation] = regime.assets[index].moments();
                (*share, mean, deviation * deviation + mean * mean)
            });
            // The moments of a mixture: means and mean squares are averaged, not deviations.
            let (mean, square) = parts.fold((0.0, 0.0), |(means, squares), (share, mean, square)| {
                (means + share * mean, squares + share * square)
            });
            [mean, (square - mean * mean).max(0.0).sqrt()]
        };
        Some((0..width).map(of_asset).collect())
    }
}

/// Selects the values of the lanes that are in a regime.
#[inline(always)]
fn choose(chosen: &mut Lanes, places: &[usize; LANES], place: usize, values: &Lanes) {
    for ((chosen, own), value) in chosen.iter_mut().zip(places).zip(values) {
        *chosen = if *own == place { *value } else { *chosen };
    }
}

fn checked(
    regime: &MarketRegime,
    first: &[AssetClass],
    periods_per_year: f64,
    scale: f64,
    control: &Control<'_>,
) -> Result<(Regime, Correlation)> {
    let classes = &regime.asset_classes;
    limits::asset_classes(classes.iter().map(|class| class.name.as_str()), "name")?;
    if !classes.iter().map(|class| &class.name).eq(first.iter().map(|class| &class.name)) {
        let message = "the asset classes must be those of the first regime, in the same order".to_owned();
        return Err(Error::new(ErrorCode::RegimesDiffer, message).at("assetClasses"));
    }
    limits::inflation(regime.expected_inflation).at("expectedInflation")?;
    limits::inflation_volatility(regime.inflation_volatility).at("inflationVolatility")?;
    let correlation = Correlation::of_returns(&regime.correlations, classes, control)?;
    let assets = lognormal::log_returns(classes, &correlation, periods_per_year)?;
    let of_inflation = correlation.factor.row(classes.len());
    let inflation_weights =
        of_inflation.iter().map(|factor| regime.inflation_volatility * scale * factor).collect();
    Ok((Regime { assets, expected_inflation: regime.expected_inflation, inflation_weights }, correlation))
}

#[expect(clippy::expect_used, reason = "the lengths of the rows are checked")]
fn transitions(rows: &[Vec<f64>], count: usize) -> Result<Matrix> {
    check::same_length(rows.len(), count, "regime").at("transitions")?;
    for (index, row) in rows.iter().enumerate() {
        limits::probabilities(row, count).at_index("transitions", index)?;
    }
    Ok(Matrix::of_rows(rows).expect("there are as many rows and columns as regimes"))
}

fn cumulative(probabilities: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let add = |probability: &f64| {
        sum += probability;
        sum
    };
    probabilities.iter().map(add).collect()
}

/// The stationary distribution of the transitions; `None` if there are several.
fn stationary(transitions: &Matrix) -> Option<Vec<f64>> {
    let count = transitions.order();
    // Each regime is left as often as it is entered. The equation of the last regime follows from the others, and is
    // replaced by the condition that the probabilities add up to one.
    let equations = Matrix::with(count, |row, column| {
        let own = if row == column { 1.0 } else { 0.0 };
        if row + 1 == count { 1.0 } else { transitions[(column, row)] - own }
    });
    let sums: Vec<f64> = (1..=count).map(|row| if row == count { 1.0 } else { 0.0 }).collect();
    let found = equations.solve(&sums)?;
    // Rounding may leave a regime that is never entered slightly below zero.
    Some(found.into_iter().map(|share| share.max(0.0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stationary_distribution_is_that_of_an_independent_solver() {
        let chain =
            Matrix::of_rows(&[vec![0.9, 0.08, 0.02], vec![0.3, 0.6, 0.1], vec![0.2, 0.3, 0.5]]).unwrap();
        // The left eigenvector for the eigenvalue 1, numpy 2.4.6 (linalg.eig of the transpose).
        let expected = [0.7327586206896552, 0.19827586206896536, 0.06896551724137928];
        let found = stationary(&chain).unwrap();
        assert!(
            found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-14),
            "{found:?}"
        );
        for column in 0..3 {
            let next: f64 = (0..3).map(|row| found[row] * chain[(row, column)]).sum();
            assert!((next - found[column]).abs() < 1e-15);
        }
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!(stationary(&Matrix::identity(2)).is_none());
        // A regime that is never left in the end has all the probability.
        let trap = Matrix::of_rows(&[vec![0.5, 0.5], vec![0.0, 1.0]]).unwrap();
        assert_eq!(stationary(&trap).unwrap(), [0.0, 1.0]);
    }
}
