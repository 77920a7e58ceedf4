//! Input and result of the probability of ruin.

use wherewithal_base::wire::Wire;
use wherewithal_market::ReturnConvention;

/// Input of `simulation.ruin_probability`. All rates are real: after inflation and after fees.
#[derive(Debug, Clone, Wire)]
pub struct RuinProbabilityInput {
    /// The share of the initial portfolio that is consumed in a year, evenly and with constant purchasing power, 0.0001 to 1.
    #[wire(share, range = 0.0001..=1)]
    pub spending_rate: f64,

    /// Annual real return as a fraction (0.04 is 4 %), above -1 and at most 10. For the kind of mean, see
    /// `returnConvention`.
    #[wire(rate, above = -1, range = ..=10)]
    pub expected_return: f64,

    /// Annual standard deviation of the logarithmic return as a fraction, 0 to 5; of the simple return if
    /// `returnConvention` is `simple`. Below 0.002 only 0 is allowed.
    #[wire(rate, default, range = 0..=5)]
    pub volatility: f64,

    /// The kind of mean of `expectedReturn`, and what `volatility` is that of.
    #[wire(default)]
    pub return_convention: ReturnConvention,

    /// How long the portfolio must last.
    pub lifetime: RuinLifetime,
}

/// How long a portfolio must last.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
#[wire(tag = "kind")]
pub enum RuinLifetime {
    /// For ever, as an endowment.
    Perpetual,
    /// A life with the same mortality at every age.
    Exponential {
        /// The years that half of all lives exceed, 0.1 to 1,000; the mortality is `ln 2 / medianYears`.
        #[wire(range = 0.1..=1000)]
        median_years: f64,
    },
    /// A life by the law of Gompertz: the probability to live t more years is `exp(e^((x - m) / b) (1 - e^(t / b)))` for the
    /// age x, the modal age m and the dispersion b.
    Gompertz {
        /// The age today in years, 0 to 120.
        #[wire(range = 0..=120)]
        age: f64,
        /// The most frequent age at death, 20 to 120.
        #[wire(range = 20..=120)]
        modal_age: f64,
        /// The dispersion of the ages at death in years, 1 to 40.
        #[wire(range = 1..=40)]
        dispersion: f64,
    },
}

/// The result of `simulation.ruin_probability`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RuinProbabilityResult {
    /// The probability that the portfolio is used up within the lifetime.
    #[wire(range = 0..=1)]
    pub probability: f64,

    /// How it was found.
    pub method: RuinMethod,

    /// The probability by the approximation of Milevsky and Robinson: that of a reciprocal gamma variable with the mean and
    /// the deviation of the present value. `null` for a perpetual horizon and without volatility, where the exact value is
    /// as simple, and if the deviation is infinite.
    #[wire(range = 0..=1)]
    pub reciprocal_gamma_approximation: Option<f64>,

    /// The mean present value of a consumption of 1 a year over the lifetime, discounted at the portfolio's own return: what
    /// the portfolio must exceed, on average. `null` if it is infinite.
    pub mean_present_value: Option<f64>,

    /// The standard deviation of that present value; `null` if it is infinite.
    pub present_value_deviation: Option<f64>,
}

/// How a probability of ruin was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum RuinMethod {
    /// In closed form, without an approximation.
    Exact,
    /// By the reciprocal gamma distribution with the mean and the deviation of the present value.
    MomentMatching,
}
