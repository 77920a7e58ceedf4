//! Mean and deviation of the present value of a consumption of 1 a year, discounted at the return of the portfolio.
//!
//! With the discount factor `D(t) = exp(-(μ - σ²/2) t - σ B(t))`, `E[D(t)] = exp(-p t)` and for s < t
//! `E[D(s) D(t)] = exp(-q s - p (t - s))`, where `p = μ - σ²` and `q = 2 μ - 3 σ²`.

use wherewithal_math::{self as math, exp, exp_m1};

/// The nodes of the Gauss-Legendre rule with eight points on the positive half of (-1, 1), and their weights.
const NODES: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

/// The panels of equal length that a lifetime is divided into.
const PANELS: u32 = 64;

/// The exponent below which nobody is alive.
const NOBODY: f64 = 745.0;

/// Mean and variance of the present value; `None` if they are infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moments {
    pub(super) mean: Option<f64>,
    pub(super) variance: Option<f64>,
}

impl Moments {
    /// Over a lifetime with the same mortality at every age; 0 for ever.
    pub(super) fn with_hazard(drift: f64, variance: f64, hazard: f64) -> Self {
        let first_rate = drift - variance + hazard;
        let second_rate = 2.0 * drift - 3.0 * variance + hazard;
        let mean = (first_rate > 0.0).then(|| 1.0 / first_rate);
        // The second moment is 2 mean / second_rate; the square of the mean is subtracted here without cancellation.
        let variance =
            mean.filter(|_| second_rate > 0.0).map(|mean| mean * mean * ((variance + hazard) / second_rate));
        Self { mean, variance }
    }

    /// Over a lifetime by Gompertz, which has both moments at any return.
    pub(super) fn by_gompertz(drift: f64, variance: f64, life: Gompertz) -> Self {
        let (p, difference) = (drift - variance, drift - 2.0 * variance);
        let (mut first, mut second) = (0.0, 0.0);
        let last = life.last();
        let half = last / (2.0 * f64::from(PANELS));
        for panel in 0..PANELS {
            let middle = half * f64::from(2 * panel + 1);
            for (node, weight) in NODES {
                for t in [middle - half * node, middle + half * node] {
                    let discounted = half * weight * life.survival(t) * exp(-p * t);
                    first += discounted;
                    // The integral of exp(-q s - p (t - s)) over s from 0 to t, over exp(-p t).
                    let inner = if difference == 0.0 { t } else { -exp_m1(-difference * t) / difference };
                    second += 2.0 * discounted * inner;
                }
            }
        }
        Self { mean: Some(first), variance: Some(second - first * first) }
    }
}

/// A life by the law of Gompertz.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gompertz {
    pub(super) age: f64,
    pub(super) modal_age: f64,
    pub(super) dispersion: f64,
}

impl Gompertz {
    /// The probability to live `t` more years.
    pub(super) fn survival(&self, t: f64) -> f64 {
        exp(-exp((self.age - self.modal_age) / self.dispersion) * exp_m1(t / self.dispersion))
    }

    /// The years after which nobody is alive, to the last digit of a number.
    fn last(&self) -> f64 {
        self.dispersion * math::ln_1p(NOBODY * exp((self.modal_age - self.age) / self.dispersion))
    }
}
