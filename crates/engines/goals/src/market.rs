//! Savings invested in a market model.

use super::{
    GoalOutcome, GoalTarget,
    amounts::Amounts,
    chance::{Chance, ChanceMethod, PERCENTILES, Uncertain},
    saving::{Saving, least},
};
use wherewithal_base::{
    Error, ErrorCode, Result, check, control::Control, error::At as _, num::gate, wire::Wire,
};
use wherewithal_market::{
    MarketModel,
    internal::{GrowthBlock, Market},
};
use wherewithal_math::{
    exp, is_covered, ln_1p,
    parallel::{self, Tally},
    pow,
    quantile::quantiles,
    random::{LANES, Lanes},
};
use wherewithal_simulation::FlowTiming;

/// The largest number of paths times months.
const MAX_PATH_MONTHS: u64 = 1_000_000_000;
/// Blocks of paths in one unit of work: a multiple of the blocks whose moments are matched together.
const BLOCKS: usize = 64;

/// The market in which savings are invested.
#[derive(Debug, Clone, Wire)]
pub struct GoalMarket {
    /// The model of the asset classes' returns and of inflation.
    pub model: MarketModel,
    /// The weight of each asset class, 0 to 1, with a sum of 1; they are restored every month.
    #[wire(share, range = 0..=1, length = 1..=20)]
    pub weights: Vec<f64>,
}

/// One path up to the date when the goal is due.
#[derive(Debug, Clone, Copy)]
struct Path {
    /// The value at the end of one unit saved at the start.
    start: f64,
    /// The value at the end of all contributions, if the first is one unit.
    contributions: f64,
    /// The price level at the end; 1 at the start.
    prices: f64,
}

/// All paths of a plan. The final balance of a path is linear in the contribution, so one run serves every
/// contribution.
#[derive(Debug)]
pub(super) struct MarketPaths {
    paths: Vec<Path>,
    amounts: Amounts,
    start: f64,
    target: f64,
    inflation_linked: bool,
}

impl MarketPaths {
    /// Runs the paths of a plan from its first month on.
    pub(super) fn new(
        market: &GoalMarket,
        plan: &Uncertain<'_>,
        target: &GoalTarget,
        control: &Control<'_>,
    ) -> Result<Self> {
        let &Uncertain { saving, assumptions, amounts, paths, seed, .. } = plan;
        check_size(paths, saving.months, seed)?;
        let model =
            Market::new(&market.model, saving.months, 12, paths, seed, control).at("model").at("market")?;
        let weights =
            check::weights(&market.weights, model.asset_classes().len()).at("weights").at("market")?;
        let walk = Walk {
            market: &model,
            weights: &weights,
            saving,
            kept: exp(ln_1p(-assumptions.annual_fee) / 12.0),
        };
        let count = model.paths() as usize;
        let chunks = count.div_ceil(LANES).div_ceil(BLOCKS);
        let tally = Tally::new(control, chunks as u64);
        let mut paths = parallel::map(chunks, &tally, |chunk| Ok(walk.chunk(chunk)))?.concat();
        paths.truncate(count);
        Ok(Self {
            paths,
            amounts,
            start: amounts.double(saving.start)?,
            target: gate::to_f64(target.amount),
            inflation_linked: target.inflation_linked,
        })
    }

    /// The probability of reaching the target with a contribution.
    pub(super) fn chance(&self, contribution: i64) -> Result<Chance> {
        let probability = self.share(contribution)?;
        let each = self.amounts.double(contribution)?;
        let ends: Vec<f64> = self.paths.iter().map(|path| self.end(path, each)).collect();
        let probabilities = PERCENTILES.map(|percentile| percentile / 100.0);
        let found = quantiles(&ends, &probabilities).map_err(|_| {
            Error::new(
                ErrorCode::ResultTooLarge,
                "the savings grow too large to be represented; check the returns and the amounts",
            )
        })?;
        let outcomes = PERCENTILES.into_iter().zip(found).map(|(percentile, amount)| {
            Ok(GoalOutcome { percentile, amount: self.amounts.rounded(amount)? })
        });
        Ok(Chance {
            probability,
            standard_error: Some((probability * (1.0 - probability) / self.paths.len() as f64).sqrt()),
            method: ChanceMethod::Simulation,
            outcomes: outcomes.collect::<Result<_>>()?,
        })
    }

    /// The least contribution with which at least the desired share of paths reaches the target; `None` if there is
    /// none.
    pub(super) fn least_contribution(&self, probability: f64) -> Result<Option<i64>> {
        // By the same question that gives the probability of a contribution, so that the two agree to the minor unit. A
        // share never falls as the contribution rises.
        let mut failure = None;
        let units = least(|contribution| match self.share(contribution) {
            Ok(share) => share >= probability,
            Err(error) => {
                failure = Some(error);
                true
            }
        });
        failure.map_or(Ok(units), Err)
    }

    /// The share of paths that reach the target.
    fn share(&self, contribution: i64) -> Result<f64> {
        let each = self.amounts.double(contribution)?;
        let reached =
            self.paths.iter().filter(|path| is_covered(self.end(path, each), self.target_of(path))).count();
        Ok(reached as f64 / self.paths.len() as f64)
    }

    fn end(&self, path: &Path, contribution: f64) -> f64 {
        self.start * path.start + contribution * path.contributions
    }

    fn target_of(&self, path: &Path) -> f64 {
        if self.inflation_linked { self.target * path.prices } else { self.target }
    }
}

/// The parts of a walk that are the same on every path.
struct Walk<'a> {
    market: &'a Market,
    weights: &'a [f64],
    saving: &'a Saving,
    /// The factor by which the fee reduces the balance in a month.
    kept: f64,
}

impl Walk<'_> {
    fn chunk(&self, chunk: usize) -> Vec<Path> {
        let mut growth = GrowthBlock::new(self.market);
        let mut paths = Vec::with_capacity(BLOCKS * LANES);
        for block in chunk * BLOCKS..(chunk + 1) * BLOCKS {
            if (block * LANES) as u64 >= self.market.paths() {
                break;
            }
            self.market.fill(block as u64, &mut growth);
            self.follow(&growth, &mut paths);
        }
        paths
    }

    /// Follows the paths of one block to their end.
    fn follow(&self, growth: &GrowthBlock, paths: &mut Vec<Path>) {
        let mut start: Lanes = [1.0; LANES];
        let mut contributions: Lanes = [0.0; LANES];
        let mut prices: Lanes = [1.0; LANES];
        for (step, month) in (1..=self.saving.months).enumerate() {
            let contribution = self.contribution(month);
            let (before, after) = match self.saving.terms.timing {
                FlowTiming::Start => (contribution, 0.0),
                FlowTiming::End => (0.0, contribution),
            };
            let mut factors: Lanes = [0.0; LANES];
            for (asset, weight) in self.weights.iter().enumerate() {
                for (factor, growth) in factors.iter_mut().zip(growth.asset(step, asset)) {
                    *factor += weight * growth;
                }
            }
            for (((start, sum), price), (factor, rise)) in start
                .iter_mut()
                .zip(&mut contributions)
                .zip(&mut prices)
                .zip(factors.iter().zip(growth.prices(step)))
            {
                let factor = factor * self.kept;
                *start *= factor;
                *sum = (*sum + before) * factor + after;
                *price *= rise;
            }
        }
        paths.extend(
            start.iter().zip(&contributions).zip(&prices).map(|((&start, &contributions), &prices)| Path {
                start,
                contributions,
                prices,
            }),
        );
    }

    /// The contribution of a month, if that of the first year is one.
    fn contribution(&self, month: u32) -> f64 {
        if self.saving.pays_in(month) {
            pow(1.0 + self.saving.terms.annual_growth, f64::from((month - 1) / 12))
        } else {
            0.0
        }
    }
}

fn check_size(paths: u64, months: u32, seed: u64) -> Result<()> {
    check::seed(seed).at("seed")?;
    if paths * u64::from(months) <= MAX_PATH_MONTHS {
        return Ok(());
    }
    let message = format!(
        "{paths} paths of {months} months are too many; paths times months must be at most {MAX_PATH_MONTHS}"
    );
    Err(Error::new(ErrorCode::PathsOutOfRange, message).at("paths"))
}
