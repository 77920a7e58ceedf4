//! All paths of a plan.

use super::{
    compiled::CompiledPlan,
    engine::{PathMarket, PathOutcome, Workspace, YearRecord, run_path},
    year_sums::YearSums,
};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_market::internal::GrowthBlock;
use wherewithal_math::{
    parallel::{self, Tally},
    random::LANES,
};

/// The number of blocks of paths in one unit of work; they share a workspace.
const BLOCKS_PER_CHUNK: usize = 16;

/// The numbers that are stored of each path, in addition to its balances.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PathNumber {
    /// Nominal balance of all accounts at the end.
    Terminal,
    /// The same in today's money.
    TerminalReal,
    /// The number of years.
    Years,
    /// The first year with a shortfall, counted from 0; NaN without one.
    FirstShortYear,
    /// Living expenses paid in retirement, in today's money.
    LifetimeSpending,
    /// The shortfall, in today's money.
    Shortfall,
    /// The number of years with a shortfall.
    YearsShort,
    /// The number of years with a shortfall of essential spending.
    YearsShortOfEssentials,
    /// The mean real return of the plan's allocation in the first years of retirement, annual.
    EarlyReturn,
    /// The price level at the end; 1 at the start.
    PriceLevel,
    /// The part of the final balance that will be ordinary income when it is withdrawn, in today's money.
    RealDeferred,
}

impl PathNumber {
    const ALL: [Self; 11] = [
        Self::Terminal,
        Self::TerminalReal,
        Self::Years,
        Self::FirstShortYear,
        Self::LifetimeSpending,
        Self::Shortfall,
        Self::YearsShort,
        Self::YearsShortOfEssentials,
        Self::EarlyReturn,
        Self::PriceLevel,
        Self::RealDeferred,
    ];

    pub(super) fn of(self, outcome: &PathOutcome) -> f64 {
        match self {
            Self::Terminal => outcome.terminal,
            Self::TerminalReal => outcome.terminal / outcome.terminal_price_level,
            Self::Years => outcome.years as f64,
            // A path without a shortfall has no such year.
            Self::FirstShortYear => outcome.first_short_year.map_or(f64::NAN, |year| year as f64),
            Self::LifetimeSpending => outcome.lifetime_spending,
            Self::Shortfall => outcome.shortfall,
            Self::YearsShort => outcome.years_short as f64,
            Self::YearsShortOfEssentials => outcome.years_short_of_essentials as f64,
            Self::EarlyReturn => outcome.early_return,
            Self::PriceLevel => outcome.terminal_price_level,
            Self::RealDeferred => outcome.terminal_deferred / outcome.terminal_price_level,
        }
    }
}

/// A row of a block: one number of each of its paths.
#[derive(Debug, Clone, Copy)]
enum Row {
    /// The nominal balance at the end of a year; NaN after the end of the path.
    Balance(usize),
    /// The same in today's money.
    RealBalance(usize),
    Number(PathNumber),
}

/// The positions of the rows in a block, for paths of at most `years` years.
#[derive(Debug, Clone, Copy)]
struct Layout {
    years: usize,
}

impl Layout {
    /// The number of rows.
    fn rows(self) -> usize {
        2 * self.years + PathNumber::ALL.len()
    }

    fn place(self, row: Row) -> usize {
        match row {
            Row::Balance(year) => year,
            Row::RealBalance(year) => self.years + year,
            Row::Number(number) => 2 * self.years + number as usize,
        }
    }
}

/// The outcomes of all paths.
///
/// The numbers are stored in blocks of [`LANES`] paths; each block has the rows of a [`Layout`], of [`LANES`] numbers
/// each. The lanes of the last block beyond the number of paths are unused.
pub(crate) struct Outcomes {
    numbers: Vec<f64>,
    layout: Layout,
    paths: usize,
    /// Sums over the paths, year by year.
    pub(super) sums: Vec<YearSums>,
}

impl Outcomes {
    /// The balances of the paths that are still running at the end of a year.
    pub(super) fn balances(&self, year: usize) -> Vec<f64> {
        self.of_running(Row::Balance(year))
    }

    /// The same in today's money.
    pub(super) fn real_balances(&self, year: usize) -> Vec<f64> {
        self.of_running(Row::RealBalance(year))
    }

    /// One number of each path, in the order of the paths.
    pub(crate) fn column(&self, number: PathNumber) -> Vec<f64> {
        self.row(Row::Number(number))
    }

    fn of_running(&self, row: Row) -> Vec<f64> {
        let mut values = self.row(row);
        values.retain(|value| !value.is_nan());
        values
    }

    fn row(&self, row: Row) -> Vec<f64> {
        let start = self.layout.place(row) * LANES;
        let mut values = Vec::with_capacity(self.paths.next_multiple_of(LANES));
        for block in self.numbers.chunks_exact(self.layout.rows() * LANES) {
            values.extend(block.iter().skip(start).take(LANES));
        }
        values.truncate(self.paths);
        values
    }
}

/// The number of units of work of [`simulate`].
pub(super) fn work(plan: &CompiledPlan) -> u64 {
    plan.paths.div_ceil(LANES * BLOCKS_PER_CHUNK) as u64
}

/// Runs all paths of a plan. Plans with the same market, seed and number of years see the same returns (common random
/// numbers), so that only the plans differ.
///
/// # Errors
/// `operation.cancelled`; `paths.out_of_range` if there is not enough memory.
pub(crate) fn simulate(plan: &CompiledPlan, tally: &Tally<'_>) -> Result<Outcomes> {
    let layout = Layout { years: plan.years };
    let block_length = layout.rows() * LANES;
    let length = plan.paths.div_ceil(LANES) * block_length;
    let mut numbers = Vec::new();
    numbers.try_reserve_exact(length).map_err(|error| {
        let message = format!("{} paths need more memory than there is", plan.paths);
        Error::new(ErrorCode::PathsOutOfRange, message).caused_by(error).at("paths")
    })?;
    numbers.resize(length, f64::NAN);
    let chunks =
        parallel::map_chunks(&mut numbers, BLOCKS_PER_CHUNK * block_length, tally, |chunk, output| {
            let mut runner = Runner::new(plan);
            for (place, output) in output.chunks_exact_mut(block_length).enumerate() {
                runner.run_block(chunk * BLOCKS_PER_CHUNK + place, output);
            }
            Ok(runner.sums)
        })?;
    let mut sums = vec![YearSums::new(plan); plan.years];
    for chunk in chunks {
        for (sum, part) in sums.iter_mut().zip(chunk) {
            sum.add(&part);
        }
    }
    Ok(Outcomes { numbers, layout, paths: plan.paths, sums })
}

/// Runs the blocks of a chunk one after the other, reusing memory.
struct Runner<'a> {
    plan: &'a CompiledPlan,
    growth: GrowthBlock,
    market: PathMarket,
    work: Workspace,
    sums: Vec<YearSums>,
}

impl<'a> Runner<'a> {
    fn new(plan: &'a CompiledPlan) -> Self {
        Self {
            plan,
            growth: GrowthBlock::new(&plan.market),
            market: PathMarket::new(plan),
            work: Workspace::new(plan),
            sums: vec![YearSums::new(plan); plan.years],
        }
    }

    fn run_block(&mut self, block: usize, output: &mut [f64]) {
        self.plan.market.fill(block as u64, &mut self.growth);
        let first = block * LANES;
        for lane in 0..LANES.min(self.plan.paths - first) {
            self.market.read(&self.growth, lane);
            self.run_lane((first + lane) as u64, lane, output);
        }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "the output has all rows, and a path has the years of the plan"
    )]
    fn run_lane(&mut self, path: u64, lane: usize, output: &mut [f64]) {
        let layout = Layout { years: self.plan.years };
        let mut write = |row: Row, value: f64| {
            output[layout.place(row) * LANES + lane] = value;
        };
        let (plan, sums) = (self.plan, &mut self.sums);
        let outcome = run_path(plan, &self.market, &mut self.work, path, |record| {
            write(Row::Balance(record.year), record.closing());
            write(Row::RealBalance(record.year), record.closing() / record.closing_price_level);
            sums[record.year].count(plan, record);
        });
        for number in PathNumber::ALL {
            write(Row::Number(number), number.of(&outcome));
        }
    }
}

/// Runs a single path, with the same numbers as in [`simulate`], and passes each year to `see`.
pub(super) fn replay(plan: &CompiledPlan, path: u64, see: impl FnMut(&YearRecord)) -> PathOutcome {
    let mut growth = GrowthBlock::new(&plan.market);
    plan.market.fill(path / LANES as u64, &mut growth);
    let mut market = PathMarket::new(plan);
    market.read(&growth, (path % LANES as u64) as usize);
    run_path(plan, &market, &mut Workspace::new(plan), path, see)
}
