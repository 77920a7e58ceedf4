//! Stress tests: bad years of the past at the start of retirement.

use crate::{
    RetirementDifference, RetirementOutcome, RetirementPlan,
    plan::{CompiledPlan, Splice, Trials},
};
use wherewithal_base::{Error, ErrorCode, Result, check, control::Control, error::At as _, wire::Wire};
use wherewithal_reference::history::{HistoricalAssetClass, HistoryInput, history};

const MAX_TESTS: usize = 50;

/// Input of `retirement.stress_tests`.
#[derive(Debug, Clone, Wire)]
pub struct StressTestsInput {
    /// The plan.
    pub plan: RetirementPlan,

    /// For each asset class of the plan's market, in order, the class of the bundled history that replaces it in the
    /// years of the test.
    #[wire(length = 1..=20)]
    pub historical_classes: Vec<HistoricalAssetClass>,

    /// The tests, at most 50; empty for all named ones.
    #[wire(default, length = ..=50)]
    pub tests: Vec<StressTest>,
}

/// Years of the history of the United States.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
#[wire(tag = "kind")]
pub enum StressTest {
    /// 1929 to 1932: the crash of 1929 and the depression after it.
    GreatDepression,
    /// 1973 to 1974: the first oil crisis.
    OilCrisis,
    /// 2000 to 2002: the end of the dot-com bubble.
    DotComBubble,
    /// 2008: the financial crisis.
    FinancialCrisis,
    /// 1973 to 1981: the years of high inflation.
    HighInflation,
    /// 2000 to 2009: ten years in which shares lost.
    LostDecade,
    /// Any years of the history.
    Years {
        /// The first year, from 1928.
        #[wire(range = 1928..=2025)]
        first_year: u32,
        /// The last year, from `firstYear`.
        #[wire(range = 1928..=2025)]
        last_year: u32,
    },
}

/// Result of `retirement.stress_tests`.
#[derive(Debug, Clone, Wire)]
pub struct StressTestsResult {
    /// The outcome of the unchanged plan.
    pub base: RetirementOutcome,

    /// The tests, in the order of the input.
    pub tests: Vec<StressTestResult>,
}

/// A plan whose retirement starts with bad years.
#[derive(Debug, Clone, Wire)]
pub struct StressTestResult {
    /// The test.
    pub test: StressTest,

    /// The first year of the history in use.
    pub first_year: u32,

    /// The last year of the history in use; earlier than that of the test if the plan ends first.
    pub last_year: u32,

    /// The calendar year of the plan that the first of them replaces: the start of retirement spending.
    pub plan_year: u32,

    /// The mean annual real return of the plan's allocation in these years, compounded, as a fraction.
    pub real_return: f64,

    /// The mean annual inflation in these years, compounded, as a fraction.
    pub inflation: f64,

    /// The outcome of the plan.
    pub outcome: RetirementOutcome,

    /// The difference to the unchanged plan, on the same paths.
    pub difference: RetirementDifference,
}

impl StressTest {
    const NAMED: [Self; 6] = [
        Self::GreatDepression,
        Self::OilCrisis,
        Self::DotComBubble,
        Self::FinancialCrisis,
        Self::HighInflation,
        Self::LostDecade,
    ];

    /// The first and the last year.
    fn years(self) -> (u32, u32) {
        match self {
            Self::GreatDepression => (1929, 1932),
            Self::OilCrisis => (1973, 1974),
            Self::DotComBubble => (2000, 2002),
            Self::FinancialCrisis => (2008, 2008),
            Self::HighInflation => (1973, 1981),
            Self::LostDecade => (2000, 2009),
            Self::Years { first_year, last_year } => (first_year, last_year),
        }
    }
}

/// Replaces the first years of retirement in every path by bad years of the past; each path then continues with the
/// plan's own market.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan`; `list.too_long`,
/// `year.out_of_range`, `range.out_of_order` for a plan that ends before its spending starts;
/// `operation.cancelled`.
pub fn stress_tests(input: &StressTestsInput, control: &Control<'_>) -> Result<StressTestsResult> {
    check::length(input.tests.len(), 0..=MAX_TESTS).at("tests")?;
    let tests = if input.tests.is_empty() { StressTest::NAMED.to_vec() } else { input.tests.clone() };
    let mut plan = CompiledPlan::new(&input.plan, control).at("plan")?;
    let classes = plan.classes();
    check::same_length(input.historical_classes.len(), classes, "asset class").at("historicalClasses")?;
    let Some((start, left)) = plan.spending_years() else {
        let message = "the plan ends before its retirement spending starts";
        return Err(Error::new(ErrorCode::TermOutOfRange, message).at("spending").at("plan"));
    };
    let years_of = |(index, test): (usize, &StressTest)| {
        Years::of(*test, left, &input.historical_classes).at_index("tests", index)
    };
    let all_years = tests.iter().enumerate().map(years_of).collect::<Result<Vec<_>>>()?;
    let mut trials = Trials::new(&input.plan, tests.len() as u64 + 1, control).at("plan")?;
    let base = trials.run_compiled(&plan)?;
    let mut results = Vec::with_capacity(tests.len());
    for (test, years) in tests.into_iter().zip(all_years) {
        let splice = Splice::new(start, &years.returns, &years.inflation, &years.capes);
        let real_return = splice.real_return(&plan);
        plan.splice(splice);
        let trial = trials.run_compiled(&plan)?;
        results.push(StressTestResult {
            test,
            first_year: years.first_year,
            last_year: years.first_year + years.returns.len() as u32 - 1,
            plan_year: input.plan.first_year + start as u32,
            real_return,
            inflation: mean_growth(&years.inflation),
            outcome: RetirementOutcome::new(&trial)?,
            difference: RetirementDifference::new(&base, &trial)?,
        });
    }
    trials.finish();
    Ok(StressTestsResult { base: RetirementOutcome::new(&base)?, tests: results })
}

/// The history in the years of a test.
struct Years {
    first_year: u32,
    returns: Vec<Vec<f64>>,
    inflation: Vec<f64>,
    capes: Vec<f64>,
}

impl Years {
    /// At most `most` years.
    #[expect(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::unreachable,
        reason = "the whole history is bundled, with a return of every class in every year"
    )]
    fn of(test: StressTest, most: usize, classes: &[HistoricalAssetClass]) -> Result<Self> {
        let (first_year, last_year) = test.years();
        let all = history(&HistoryInput::default())?;
        let [earliest, .., latest] = all.years[..] else { unreachable!("the history has years") };
        check::whole(first_year, earliest..=latest, ErrorCode::YearOutOfRange).at("firstYear")?;
        check::whole(last_year, first_year..=latest, ErrorCode::YearOutOfRange).at("lastYear")?;
        let column = |class: &HistoricalAssetClass| {
            let names = &all.history.asset_classes;
            names.iter().position(|name| name == class.name()).expect("the history has every class")
        };
        let columns: Vec<usize> = classes.iter().map(column).collect();
        let skipped = (first_year - earliest) as usize;
        let count = ((last_year - first_year) as usize + 1).min(most);
        let row = |row: &Vec<f64>| -> Vec<f64> { columns.iter().map(|column| row[*column]).collect() };
        Ok(Self {
            first_year,
            returns: all.history.returns.iter().skip(skipped).take(count).map(row).collect(),
            inflation: all.history.inflation.iter().skip(skipped).take(count).copied().collect(),
            capes: all.history.cape.iter().skip(skipped).take(count).copied().collect(),
        })
    }
}

fn mean_growth(rates: &[f64]) -> f64 {
    let growth: f64 = rates.iter().map(|rate| 1.0 + rate).product();
    wherewithal_math::pow(growth, 1.0 / rates.len().max(1) as f64) - 1.0
}
