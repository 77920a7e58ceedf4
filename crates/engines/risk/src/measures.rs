//! All measures of one series.

use std::ops::Bound;

use wherewithal_base::{ErrorCode, Result, check, control::Control, error::At as _, wire::Wire};
use wherewithal_math::{CompensatedSum, exp, exp_m1, is_covered, ln_1p, pow};

use crate::{
    Measure, MomentEstimator, RiskMeasuresInput,
    benchmark::Beside,
    drawdown,
    growth::Growth,
    measure::{Found, UndefinedReason, quotient},
    moments::{self, Moments},
    ranked::Ranked,
    series::{self, PeriodRate},
    tail::Tail,
};

/// The most drawdowns that a ratio can be asked to take.
const MOST_DRAWDOWNS: u32 = 200_000;

/// The result of `risk.measures`. Losses, deviations and drawdowns are positive; rates and returns are fractions.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RiskMeasures {
    /// The number of returns.
    pub periods: u32,
    /// The length of the series in years: the returns over `periodsPerYear`.
    pub years: f64,

    /// The compound return of the whole series.
    pub cumulative_return: Measure,
    /// The compound return a year (geometric).
    pub annualized_return: Measure,
    /// The mean return of a period, times the periods of a year (arithmetic).
    pub mean_return: Measure,
    /// The standard deviation, annualized.
    pub volatility: Measure,
    /// The root of the mean squared distance of all returns below the minimum acceptable one, annualized.
    pub downside_deviation: Measure,
    /// The mean squared distance of all returns below their mean, annualized.
    pub semi_variance: Measure,
    /// The skewness.
    pub skewness: Measure,
    /// The kurtosis, less the 3 of a normal distribution.
    pub excess_kurtosis: Measure,
    /// The statistic of Jarque and Bera, by which a normal distribution is tested.
    pub jarque_bera: Measure,
    /// The probability that returns of a normal distribution have a statistic at least as large, for long series.
    pub jarque_bera_p_value: Measure,

    /// The mean return above the rate without risk over its deviation, annualized.
    pub sharpe: Measure,
    /// The standard error of `sharpe` for independent normal returns (Lo 2002).
    pub sharpe_standard_error: Measure,
    /// The standard error of `sharpe` for independent returns of any distribution (Mertens 2002).
    pub sharpe_standard_error_mertens: Measure,
    /// The mean return above the minimum acceptable one over the downside deviation, annualized.
    pub sortino: Measure,
    /// What lies above the minimum acceptable return over what lies below.
    pub omega: Measure,
    /// The mean return above the minimum acceptable one over the third root of the mean cubed distance below it, of a period.
    pub kappa3: Measure,
    /// The sum of all returns over that of all losses.
    pub gain_to_pain: Measure,
    /// The size of the upper quantile at the confidence level over that of the lower one.
    pub tail_ratio: Measure,

    /// The greatest fall from a peak as a part of it, 0 to 1. The value at the start is the first peak.
    pub maximum_drawdown: Measure,
    /// The root of the mean squared drawdown after each period.
    pub ulcer_index: Measure,
    /// The mean of the deepest drawdowns after a period, beyond the confidence level (CDaR).
    pub conditional_drawdown_at_risk: Measure,
    /// The annualized return over the maximum drawdown.
    pub calmar: Measure,
    /// The annualized return over the mean of the deepest drawdowns and `sterlingExcess`.
    pub sterling: Measure,
    /// The annualized return above that without risk, over the root of the sum of squared drawdowns.
    pub burke: Measure,
    /// The annualized return above that without risk, over the ulcer index.
    pub martin: Measure,

    /// The loss of a period that is exceeded with the probability `1 - confidence`.
    pub value_at_risk: TailLoss,
    /// The mean loss of a period beyond the value at risk.
    pub expected_shortfall: TailLoss,

    /// The mean return above the rate without risk that the beta does not explain, annualized (Jensen 1968).
    pub alpha: Measure,
    /// How much the return moves with that of the benchmark, both above the rate without risk.
    pub beta: Measure,
    /// The square of the correlation with the benchmark: the share of the variance that it explains.
    pub r_squared: Measure,
    /// The return a year with the volatility of the benchmark (Modigliani and Modigliani 1997).
    pub m_squared: Measure,
    /// The mean return above the rate without risk over the beta, annualized.
    pub treynor: Measure,
    /// The mean return above that of the benchmark over the tracking error, annualized.
    pub information_ratio: Measure,
    /// The standard deviation of the return above that of the benchmark, annualized.
    pub tracking_error: Measure,
    /// The mean compound return over that of the benchmark, in the periods in which the benchmark rises.
    pub up_capture: Measure,
    /// The mean compound return over that of the benchmark, in the periods in which the benchmark falls.
    pub down_capture: Measure,
}

/// A loss of the left tail, under three assumptions about the distribution of returns.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct TailLoss {
    /// The returns themselves.
    pub historical: Measure,
    /// A normal distribution with their mean and deviation.
    pub normal: Measure,
    /// A normal distribution that is corrected for their skewness and kurtosis (Cornish and Fisher 1938).
    pub cornish_fisher: Measure,
}

/// All measures of a series of returns, and of the series beside a benchmark if there is one.
///
/// ```
/// # use wherewithal_risk::wherewithal;
/// use wherewithal::{control::Control, risk::{self, RiskMeasuresInput, UndefinedReason}};
///
/// let months = vec![-0.10, 0.05, 0.02, 0.01, -0.03, 0.04, 0.02, 0.0, 0.01, 0.03, -0.01, 0.02];
/// let found = risk::measures(&RiskMeasuresInput::new(months, 12.0), &Control::default())?;
/// assert!((found.maximum_drawdown.value.unwrap() - 0.1).abs() < 1e-12);
/// assert_eq!(found.beta.reason, Some(UndefinedReason::NoBenchmark));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty`, `list.too_long`, `list.length_mismatch`, `list.duplicate`, `number.not_finite`, `rate.out_of_range`,
/// `returns.after_total_loss`, `dates.out_of_order`, `dates.mismatch`, `field.missing`, `field.conflict`,
/// `number.out_of_range`, `probability.out_of_range`, `count.out_of_range`; `operation.cancelled`.
pub fn measures(input: &RiskMeasuresInput, control: &Control<'_>) -> Result<RiskMeasures> {
    let sample = Sample::new(input, control)?;
    let beside = sample.benchmark.as_ref().map(|benchmark| {
        let Sample { returns, excess, excess_moments, risk_free, .. } = &sample;
        Beside::new(returns, excess, *excess_moments, benchmark, risk_free)
    });
    control.check()?;
    Ok(sample.measures(beside.as_ref()))
}

/// A validated series, and what several measures follow from.
struct Sample<'a> {
    input: &'a RiskMeasuresInput,
    returns: Vec<f64>,
    benchmark: Option<Vec<f64>>,
    risk_free: PeriodRate,
    moments: Moments,
    /// The returns above the rate without risk.
    excess: Vec<f64>,
    excess_moments: Moments,
    growth: Growth,
    depths: Vec<f64>,
    /// The deepest first.
    troughs: Vec<f64>,
    ranked: Ranked,
    sides: Sides,
}

impl<'a> Sample<'a> {
    fn new(input: &'a RiskMeasuresInput, control: &Control<'_>) -> Result<Self> {
        let returns = series::returns(&input.returns, "returns")?;
        let count = returns.len();
        series::dates(&input.dates, count, "dates")?;
        let periods = series::periods_per_year(input.periods_per_year)?;
        let benchmark = series::benchmark(&input.benchmark, &input.benchmark_dates, count, &input.dates)?;
        let (conversion, each) = (input.rate_conversion, &input.risk_free_returns);
        let risk_free = PeriodRate::risk_free(input.risk_free_rate, conversion, periods, each, count)?;
        let minimum = input.minimum_acceptable_return;
        let minimum = PeriodRate::of_annual(minimum, conversion, periods, "minimumAcceptableReturn")?;
        let strictly_between = (Bound::Excluded(0.5), Bound::Excluded(1.0));
        check::probability(input.confidence, strictly_between).at("confidence")?;
        let drawdowns = |count| check::whole(count, 1..=MOST_DRAWDOWNS, ErrorCode::CountOutOfRange);
        drawdowns(input.sterling_drawdowns).at("sterlingDrawdowns")?;
        check::fraction(input.sterling_excess).at("sterlingExcess")?;
        if let Some(count) = input.burke_drawdowns {
            drawdowns(count).at("burkeDrawdowns")?;
        }
        control.check()?;

        let size = moments::size(&returns);
        let moments = Moments::of(&returns, size);
        let excess = risk_free.excess(&returns);
        let excess_moments = Moments::of(&excess, size + risk_free.size());
        let depths = drawdown::depths(&returns);
        let mut troughs = drawdown::troughs(&depths);
        troughs.sort_unstable_by(|one, other| other.total_cmp(one));
        control.check()?;
        Ok(Self {
            input,
            growth: Growth::over(returns.iter().copied()),
            ranked: Ranked::of(&returns),
            sides: Sides::of(&returns, &moments, minimum.at(0)),
            returns,
            benchmark,
            risk_free,
            moments,
            excess,
            excess_moments,
            depths,
            troughs,
        })
    }

    fn measures(&self, beside: Option<&Beside>) -> RiskMeasures {
        let Self { input, moments, sides, .. } = self;
        let with = |found: &dyn Fn(&Beside) -> Found| {
            Measure::from(beside.map_or(Err(UndefinedReason::NoBenchmark), found))
        };
        let (periods, root, divisor) = (input.periods_per_year, self.root(), input.deviation_divisor);
        let tail = Tail {
            moments,
            ranked: &self.ranked,
            divisor,
            definition: input.quantile_definition,
            confidence: input.confidence,
        };
        RiskMeasures {
            periods: self.returns.len() as u32,
            years: self.years(),
            cumulative_return: Measure::of(self.growth.total()),
            annualized_return: self.annualized_return().into(),
            mean_return: Measure::of(moments.mean * periods),
            volatility: moments.deviation(divisor).map(|deviation| deviation * root).into(),
            downside_deviation: Measure::of(sides.downside_deviation() * root),
            semi_variance: Measure::of(sides.below_mean * periods),
            skewness: moments.skewness(input.moment_estimator).into(),
            excess_kurtosis: moments.excess_kurtosis(input.moment_estimator).into(),
            jarque_bera: self.jarque_bera().into(),
            jarque_bera_p_value: self.jarque_bera().map(|statistic| exp(-0.5 * statistic)).into(),
            sharpe: self.sharpe().map(|ratio| ratio * root).into(),
            sharpe_standard_error: self.sharpe_error(|_, _| Ok(0.0)).into(),
            sharpe_standard_error_mertens: self.sharpe_error(mertens).into(),
            sortino: sides.sortino().map(|ratio| ratio * root).into(),
            omega: quotient(sides.above, sides.below, UndefinedReason::NoDownside).into(),
            kappa3: sides.kappa3().into(),
            gain_to_pain: quotient(sides.all, sides.losses, UndefinedReason::NoDownside).into(),
            tail_ratio: self.tail_ratio().into(),
            maximum_drawdown: Measure::of(self.maximum_drawdown()),
            ulcer_index: Measure::of(self.ulcer_index()),
            conditional_drawdown_at_risk: Measure::of(self.conditional_drawdown_at_risk()),
            calmar: self.calmar().into(),
            sterling: self.sterling().into(),
            burke: self.burke().into(),
            martin: self.martin().into(),
            value_at_risk: TailLoss {
                historical: tail.historical_value_at_risk().into(),
                normal: tail.normal_value_at_risk().into(),
                cornish_fisher: tail.cornish_fisher_value_at_risk().into(),
            },
            expected_shortfall: TailLoss {
                historical: tail.historical_shortfall().into(),
                normal: tail.normal_shortfall().into(),
                cornish_fisher: tail.cornish_fisher_shortfall().into(),
            },
            alpha: with(&|beside| beside.alpha(input.alpha_conversion, periods)),
            beta: with(&Beside::beta),
            r_squared: with(&|beside| beside.correlation().map(|found| found * found)),
            m_squared: with(&|beside| self.m_squared(beside)),
            treynor: with(&|beside| beside.treynor(periods)),
            information_ratio: with(&|beside| Ok(beside.information_ratio(divisor)? * root)),
            tracking_error: with(&|beside| Ok(beside.tracking_error(divisor)? * root)),
            up_capture: with(&Beside::up_capture),
            down_capture: with(&Beside::down_capture),
        }
    }

    fn years(&self) -> f64 {
        self.moments.count / self.input.periods_per_year
    }

    /// By what the deviation of a period is multiplied for that of a year.
    fn root(&self) -> f64 {
        self.input.periods_per_year.sqrt()
    }

    fn annualized(&self, growth: Growth) -> Found {
        if self.input.annualize_short_series || is_covered(self.years(), 1.0) {
            Ok(growth.over_share(1.0 / self.years()))
        } else {
            Err(UndefinedReason::UnderOneYear)
        }
    }

    fn annualized_return(&self) -> Found {
        self.annualized(self.growth)
    }

    /// The annualized return above that of the investment without risk.
    fn annualized_excess(&self) -> Found {
        let without_risk = match &self.risk_free {
            PeriodRate::Constant(rate) => exp_m1(self.input.periods_per_year * ln_1p(*rate)),
            PeriodRate::Series(rates) => self.annualized(Growth::over(rates.iter().copied()))?,
        };
        Ok(self.annualized_return()? - without_risk)
    }

    fn jarque_bera(&self) -> Found {
        let skewness = self.moments.skewness(MomentEstimator::Population)?;
        let kurtosis = self.moments.excess_kurtosis(MomentEstimator::Population)?;
        Ok(self.moments.count / 6.0 * (skewness * skewness + kurtosis * kurtosis / 4.0))
    }

    /// The ratio of a period.
    fn sharpe(&self) -> Found {
        let deviation = self.excess_moments.positive_deviation(self.input.deviation_divisor)?;
        Ok(self.excess_moments.mean / deviation)
    }

    /// The standard error with what `shape` adds for a distribution that is not normal.
    fn sharpe_error(&self, shape: impl Fn(&Moments, f64) -> Found) -> Found {
        let ratio = self.sharpe()?;
        let variance = 1.0 + 0.5 * ratio * ratio + shape(&self.excess_moments, ratio)?;
        // A kurtosis is at least 1 plus the squared skewness, so only rounding makes it negative.
        Ok((variance.max(0.0) / self.moments.count).sqrt() * self.root())
    }

    fn m_squared(&self, beside: &Beside) -> Found {
        let periods = self.input.periods_per_year;
        let deviation = beside.benchmark_deviation(self.input.deviation_divisor)?;
        let count = self.returns.len();
        let without_risk = wherewithal_math::sum(self.risk_free.over(count)) / count as f64;
        Ok((self.sharpe()? * deviation + without_risk) * periods)
    }

    fn tail_ratio(&self) -> Found {
        let Self { ranked, input, .. } = self;
        let quantile = |probability| ranked.quantile(probability, input.quantile_definition).abs();
        let (upper, lower) = (quantile(input.confidence), quantile(1.0 - input.confidence));
        quotient(upper, lower, UndefinedReason::ZeroDivisor)
    }

    fn maximum_drawdown(&self) -> f64 {
        self.troughs.first().copied().unwrap_or(0.0)
    }

    fn ulcer_index(&self) -> f64 {
        let squares = wherewithal_math::sum(self.depths.iter().map(|depth| depth * depth));
        (squares / self.moments.count).sqrt()
    }

    fn conditional_drawdown_at_risk(&self) -> f64 {
        let falls: Vec<f64> = self.depths.iter().map(|depth| -depth).collect();
        let Self { input, .. } = self;
        -Ranked::of(&falls).lower_tail(1.0 - input.confidence, input.quantile_definition)
    }

    fn calmar(&self) -> Found {
        quotient(self.annualized_return()?, self.maximum_drawdown(), UndefinedReason::NoDrawdown)
    }

    fn sterling(&self) -> Found {
        let most = self.input.sterling_drawdowns as usize;
        let deepest = self.troughs.iter().copied().take(most);
        let count = deepest.len().max(1) as f64;
        let mean = wherewithal_math::sum(deepest) / count;
        quotient(self.annualized_return()?, mean + self.input.sterling_excess, UndefinedReason::NoDrawdown)
    }

    fn burke(&self) -> Found {
        let most = self.input.burke_drawdowns.map_or(usize::MAX, |count| count as usize);
        let squares = wherewithal_math::sum(self.troughs.iter().take(most).map(|depth| depth * depth));
        quotient(self.annualized_excess()?, squares.sqrt(), UndefinedReason::NoDrawdown)
    }

    fn martin(&self) -> Found {
        quotient(self.annualized_excess()?, self.ulcer_index(), UndefinedReason::NoDrawdown)
    }
}

/// What skewness and kurtosis add to the variance of a Sharpe ratio of a period.
fn mertens(moments: &Moments, ratio: f64) -> Found {
    let skewness = moments.skewness(MomentEstimator::Population)?;
    let kurtosis = moments.excess_kurtosis(MomentEstimator::Population)?;
    Ok(kurtosis / 4.0 * ratio * ratio - skewness * ratio)
}

/// What lies on either side of a threshold, and of the mean.
struct Sides {
    count: f64,
    /// The mean return above the threshold.
    mean: f64,
    /// The sum of what lies above the threshold.
    above: f64,
    /// The sums of the powers of what lies below it.
    below: f64,
    squares: f64,
    cubes: f64,
    /// The mean squared distance below the mean.
    below_mean: f64,
    /// The sum of all returns.
    all: f64,
    /// The sum of all losses, 0 or more.
    losses: f64,
}

impl Sides {
    fn of(returns: &[f64], moments: &Moments, threshold: f64) -> Self {
        let [mut all, mut losses, mut above, mut below] = [CompensatedSum::default(); 4];
        let [mut squares, mut cubes, mut below_mean] = [CompensatedSum::default(); 3];
        for value in returns {
            all.add(*value);
            losses.add(-value.min(0.0));
            let distance = value - threshold;
            if distance < 0.0 {
                below.add(-distance);
                squares.add(distance * distance);
                cubes.add(-distance * distance * distance);
            } else {
                above.add(distance);
            }
            let under = (value - moments.mean).min(0.0);
            below_mean.add(under * under);
        }
        let count = moments.count;
        Self {
            count,
            mean: moments.mean - threshold,
            above: above.value(),
            below: below.value(),
            squares: squares.value(),
            cubes: cubes.value(),
            below_mean: if moments.vary() { below_mean.value() / count } else { 0.0 },
            all: all.value(),
            losses: losses.value(),
        }
    }

    fn downside_deviation(&self) -> f64 {
        (self.squares / self.count).sqrt()
    }

    /// The ratio of a period.
    fn sortino(&self) -> Found {
        quotient(self.mean, self.downside_deviation(), UndefinedReason::NoDownside)
    }

    fn kappa3(&self) -> Found {
        quotient(self.mean, pow(self.cubes / self.count, 1.0 / 3.0), UndefinedReason::NoDownside)
    }
}
