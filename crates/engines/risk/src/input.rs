//! What `risk.measures` is asked.

use wherewithal_base::{dates::Date, wire::Wire};

/// Input of `risk.measures`.
#[derive(Debug, Clone, Wire)]
pub struct RiskMeasuresInput {
    /// The simple return of each period as a fraction (0.01 is 1 %), in the order of time: 1 to 200,000 returns from -1 to
    /// 1,000,000. A return of -1 is a total loss and must be the last.
    #[wire(share, range = -1..=1000000, length = ..=200_000)]
    pub returns: Vec<f64>,

    /// The last day of each period, ascending; empty if they are not known.
    #[wire(default, length = ..=200_000)]
    pub dates: Vec<Date>,

    /// The number of periods in a year, such as 252 for trading days, 52, 12 or 1.
    #[wire(range = 0.1..=1000000)]
    pub periods_per_year: f64,

    /// The annual return of an investment without risk as a fraction; `rateConversion` says what it is in a period. By
    /// default 0.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub risk_free_rate: f64,

    /// The return of the investment without risk in each period as a fraction, in place of `riskFreeRate`.
    #[wire(share, default, above = -1, range = ..=1000000, length = ..=200_000)]
    pub risk_free_returns: Vec<f64>,

    /// The annual return as a fraction below which a return is a loss to the downside deviation, Sortino, Omega and Kappa;
    /// `rateConversion` says what it is in a period. By default 0.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub minimum_acceptable_return: f64,

    /// How an annual rate becomes the rate of a period.
    #[wire(default)]
    pub rate_conversion: RateConversion,

    /// The simple return of the benchmark in each period as a fraction, as many as `returns`; empty for no benchmark.
    #[wire(share, default, range = -1..=1000000, length = ..=200_000)]
    pub benchmark: Vec<f64>,

    /// The last day of each period of the benchmark, which must be `dates`; empty if the periods are known to be the same.
    #[wire(default, length = ..=200_000)]
    pub benchmark_dates: Vec<Date>,

    /// The confidence level of value at risk, expected shortfall and conditional drawdown at risk, above 0.5 and below 1;
    /// the tail ratio compares its quantile with the opposite one.
    #[wire(default = usual_confidence, above = 0.5, below = 1)]
    pub confidence: f64,

    /// What a quantile of the returns is.
    #[wire(default)]
    pub quantile_definition: QuantileDefinition,

    /// What variances divide by.
    #[wire(default)]
    pub deviation_divisor: DeviationDivisor,

    /// How `skewness` and `excessKurtosis` are estimated. All measures that follow from them use those of the population.
    #[wire(default)]
    pub moment_estimator: MomentEstimator,

    /// How the alpha of a period becomes that of a year.
    #[wire(default)]
    pub alpha_conversion: RateConversion,

    /// Whether a series of less than a year has a return a year. The measures that divide such a return by a drawdown follow.
    #[wire(default)]
    pub annualize_short_series: bool,

    /// How many of the deepest drawdowns the Sterling ratio takes the mean of, from 1 on.
    #[wire(default = deepest, range = 1..=200000)]
    pub sterling_drawdowns: u32,

    /// What the Sterling ratio adds to the mean drawdown, as a fraction from 0 to 1.
    #[wire(share, default = usual_excess, range = 0..=1)]
    pub sterling_excess: f64,

    /// How many of the deepest drawdowns the Burke ratio takes, from 1 on; by default all.
    #[wire(range = 1..=200000)]
    pub burke_drawdowns: Option<u32>,
}

impl RiskMeasuresInput {
    /// The input for a series of returns with the defaults of everything else.
    #[must_use]
    pub fn new(returns: Vec<f64>, periods_per_year: f64) -> Self {
        Self {
            returns,
            dates: Vec::new(),
            periods_per_year,
            risk_free_rate: 0.0,
            risk_free_returns: Vec::new(),
            minimum_acceptable_return: 0.0,
            rate_conversion: RateConversion::default(),
            benchmark: Vec::new(),
            benchmark_dates: Vec::new(),
            confidence: usual_confidence(),
            quantile_definition: QuantileDefinition::default(),
            deviation_divisor: DeviationDivisor::default(),
            moment_estimator: MomentEstimator::default(),
            alpha_conversion: RateConversion::default(),
            annualize_short_series: false,
            sterling_drawdowns: deepest(),
            sterling_excess: usual_excess(),
            burke_drawdowns: None,
        }
    }
}

fn usual_confidence() -> f64 {
    0.95
}

fn deepest() -> u32 {
    1
}

fn usual_excess() -> f64 {
    0.1
}

/// How the rate of a year and that of one of its p periods follow from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RateConversion {
    /// Compounded: `1 + annual = (1 + periodic)^p`.
    #[default]
    Compound,
    /// Multiplied: `annual = p periodic`.
    Simple,
}

/// Where the quantile at probability p of n returns lies, counted from the least return at 1. The numbers are those of Hyndman
/// and Fan (1996). Between two returns, the quantile is interpolated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum QuantileDefinition {
    /// Type 7: `(n - 1) p + 1`, the default of NumPy, pandas and R.
    #[default]
    Linear,
    /// Type 1: the return at `n p`, rounded up; nothing is interpolated.
    InverseDistribution,
    /// Type 6: `(n + 1) p`, as Excel's PERCENTILE.EXC.
    Weibull,
    /// Type 8: `(n + 1/3) p + 1/3`, which is about unbiased for the median whatever the distribution.
    MedianUnbiased,
}

/// What the sum of the squared distances of n returns from their mean is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum DeviationDivisor {
    /// n - 1: the variance of a sample.
    #[default]
    Sample,
    /// n: the variance of a population.
    Population,
}

/// How skewness and kurtosis are estimated from n returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum MomentEstimator {
    /// The moments themselves, with the divisor n: g1 and g2 of Joanes and Gill (1998), the default of SciPy.
    #[default]
    Population,
    /// Corrected for the bias of a normal sample: G1 and G2, as pandas, Excel, SAS and SPSS have them. They need three and
    /// four returns.
    Adjusted,
}
