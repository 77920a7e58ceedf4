//! A series beside its benchmark.

use wherewithal_math::{CompensatedSum, exp_m1, ln_1p};

use crate::{
    DeviationDivisor, RateConversion,
    measure::{Found, UndefinedReason, quotient},
    moments::{Moments, is_rounding_of_products, size},
    series::PeriodRate,
};

/// What is known of returns beside those of a benchmark, both above the rate without risk.
pub(crate) struct Beside {
    excess: Moments,
    benchmark_excess: Moments,
    /// The sum of the products of the distances from both means.
    products: f64,
    /// Of the returns above those of the benchmark.
    active: Moments,
    benchmark: Moments,
    rises: Capture,
    falls: Capture,
}

impl Beside {
    /// `excess` are the returns above the rate without risk, whose moments are `moments`.
    pub(crate) fn new(
        returns: &[f64],
        excess: &[f64],
        moments: Moments,
        benchmark: &[f64],
        risk_free: &PeriodRate,
    ) -> Self {
        let benchmark_size = size(benchmark);
        let theirs = risk_free.excess(benchmark);
        let benchmark_excess = Moments::of(&theirs, benchmark_size + risk_free.size());
        let active: Vec<f64> = returns.iter().zip(benchmark).map(|(own, theirs)| own - theirs).collect();
        let mut products = CompensatedSum::default();
        for (own, theirs) in excess.iter().zip(&theirs) {
            products.add((own - moments.mean) * (theirs - benchmark_excess.mean));
        }
        let products = products.value();
        let (own, theirs) = (moments.spread(), benchmark_excess.spread());
        let products =
            if is_rounding_of_products(products, moments.count, own, theirs) { 0.0 } else { products };
        let (mut rises, mut falls) = (Capture::default(), Capture::default());
        for (own, theirs) in returns.iter().zip(benchmark) {
            if *theirs > 0.0 {
                rises.add(*own, *theirs);
            } else if *theirs < 0.0 {
                falls.add(*own, *theirs);
            }
        }
        Self {
            excess: moments,
            benchmark_excess,
            products,
            active: Moments::of(&active, size(returns) + benchmark_size),
            benchmark: Moments::of(benchmark, benchmark_size),
            rises,
            falls,
        }
    }

    pub(crate) fn beta(&self) -> Found {
        if self.benchmark_excess.count < 2.0 {
            return Err(UndefinedReason::TooFewReturns);
        }
        quotient(self.products, self.benchmark_excess.squares(), UndefinedReason::NoDeviation)
    }

    pub(crate) fn alpha(&self, conversion: RateConversion, periods_per_year: f64) -> Found {
        let periodic = self.excess.mean - self.beta()? * self.benchmark_excess.mean;
        annual_alpha(periodic, conversion, periods_per_year)
    }

    pub(crate) fn correlation(&self) -> Found {
        if self.excess.count < 2.0 {
            return Err(UndefinedReason::TooFewReturns);
        }
        let scale = self.excess.squares().sqrt() * self.benchmark_excess.squares().sqrt();
        quotient(self.products, scale, UndefinedReason::NoDeviation).map(|found| found.clamp(-1.0, 1.0))
    }

    pub(crate) fn treynor(&self, periods_per_year: f64) -> Found {
        quotient(self.excess.mean * periods_per_year, self.beta()?, UndefinedReason::ZeroDivisor)
    }

    pub(crate) fn benchmark_deviation(&self, divisor: DeviationDivisor) -> Found {
        self.benchmark.deviation(divisor)
    }

    /// The deviation of the active returns.
    pub(crate) fn tracking_error(&self, divisor: DeviationDivisor) -> Found {
        self.active.deviation(divisor)
    }

    /// The mean of the active returns over their deviation.
    pub(crate) fn information_ratio(&self, divisor: DeviationDivisor) -> Found {
        Ok(self.active.mean / self.active.positive_deviation(divisor)?)
    }

    pub(crate) fn up_capture(&self) -> Found {
        self.rises.ratio(UndefinedReason::NoBenchmarkRise)
    }

    pub(crate) fn down_capture(&self) -> Found {
        self.falls.ratio(UndefinedReason::NoBenchmarkFall)
    }
}

/// The growth of both in the periods in which the benchmark moves one way.
#[derive(Default)]
struct Capture {
    periods: u32,
    own: CompensatedSum,
    benchmark: CompensatedSum,
}

impl Capture {
    fn add(&mut self, own: f64, benchmark: f64) {
        self.periods += 1;
        self.own.add(ln_1p(own));
        self.benchmark.add(ln_1p(benchmark));
    }

    /// The mean compound return of a period over that of the benchmark.
    fn ratio(&self, none: UndefinedReason) -> Found {
        let periods = f64::from(self.periods);
        let mean = |logarithms: CompensatedSum| exp_m1(logarithms.value() / periods);
        if self.periods == 0 { Err(none) } else { Ok(mean(self.own) / mean(self.benchmark)) }
    }
}

/// The alpha of a year that follows from that of a period.
pub(crate) fn annual_alpha(periodic: f64, conversion: RateConversion, periods_per_year: f64) -> Found {
    match conversion {
        RateConversion::Simple => Ok(periodic * periods_per_year),
        RateConversion::Compound if periodic < -1.0 => Err(UndefinedReason::TotalLoss),
        RateConversion::Compound => Ok(exp_m1(periods_per_year * ln_1p(periodic))),
    }
}
