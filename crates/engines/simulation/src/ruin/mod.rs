//! The probability of ruin in continuous time, in closed form: the yardstick of simulations.
//!
//! A portfolio W with drift μ and volatility σ pays a consumption of 1 a year until it is used up. That happens if and only
//! if the present value of the consumption, discounted at the portfolio's own return, exceeds W (M. A. Milevsky and C.
//! Robinson, "A Sustainable Spending Rate without Simulation", Financial Analysts Journal 61, 2005).

mod input;
mod moments;
#[cfg(test)]
mod tests;

pub use input::{RuinLifetime, RuinMethod, RuinProbabilityInput, RuinProbabilityResult};

use moments::{Gompertz, Moments};
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_market::internal::log_moments;
use wherewithal_math::{self as math, gamma};

/// The closed form has about `2 spendingRate / volatility²` terms; at this volatility they are half a million.
const LEAST_VOLATILITY: f64 = 0.002;

/// The probability that a portfolio is used up by a constant consumption within a lifetime.
///
/// ```
/// # use wherewithal_simulation::wherewithal;
/// use wherewithal::simulation::{RuinLifetime, RuinProbabilityInput, ruin_probability};
///
/// // The example of Milevsky and Robinson (2005): 20 times the consumption, a drift of 7 %, a volatility of 20 %, and a
/// // median life of 28.1 years. Their approximation is 26.8 %; the exact probability is higher.
/// let question = RuinProbabilityInput {
///     spending_rate: 0.05,
///     expected_return: 0.05,
///     volatility: 0.2,
///     return_convention: wherewithal::market::ReturnConvention::Logarithmic,
///     lifetime: RuinLifetime::Exponential { median_years: 28.1 },
/// };
/// let answer = ruin_probability(&question)?;
/// assert!((answer.reciprocal_gamma_approximation.unwrap_or(1.0) - 0.268).abs() < 5e-4);
/// assert!((answer.probability - 0.293).abs() < 5e-4);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `rate.out_of_range`, `term.out_of_range`, `age.out_of_range`, `number.not_finite`; `result.too_large` if a moment of
/// the present value cannot be represented.
pub fn ruin_probability(input: &RuinProbabilityInput) -> Result<RuinProbabilityResult> {
    let rate = check::rate(input.spending_rate, 0.0001..=1.0).at("spendingRate")?;
    check::growth(input.expected_return).at("expectedReturn")?;
    check_volatility(input.volatility).at("volatility")?;
    check_lifetime(input.lifetime).at("lifetime")?;

    let (mean, deviation) = log_moments(input.return_convention, input.expected_return, input.volatility);
    let variance = deviation * deviation;
    let portfolio = Portfolio { rate, drift: mean + variance / 2.0, variance };
    let moments = portfolio.moments(input.lifetime);
    let approximation = match input.lifetime {
        RuinLifetime::Perpetual => None,
        _ if variance == 0.0 => None,
        _ => portfolio.by_moments(moments),
    };
    let (probability, method) = match (input.lifetime, approximation) {
        _ if variance == 0.0 => (portfolio.certain(input.lifetime), RuinMethod::Exact),
        (RuinLifetime::Perpetual, _) => (portfolio.perpetual(), RuinMethod::Exact),
        (RuinLifetime::Exponential { median_years }, _) => {
            (portfolio.over_exponential_lifetime(hazard(median_years)), RuinMethod::Exact)
        }
        (RuinLifetime::Gompertz { .. }, approximation) => {
            // Both moments of a life by Gompertz are finite, unless they are too large to represent.
            (check::result(approximation.unwrap_or(f64::NAN))?, RuinMethod::MomentMatching)
        }
    };
    let mean_present_value = moments.mean.map(check::result).transpose()?;
    let present_value_deviation =
        moments.variance.map(|variance| check::result(variance.sqrt())).transpose()?;
    Ok(RuinProbabilityResult {
        probability: check::result(probability)?,
        method,
        reciprocal_gamma_approximation: approximation.map(check::result).transpose()?,
        mean_present_value,
        present_value_deviation,
    })
}

/// A portfolio in continuous time, as a multiple of the consumption of a year.
#[derive(Debug, Clone, Copy)]
struct Portfolio {
    /// The consumption of a year as a share of it.
    rate: f64,
    drift: f64,
    variance: f64,
}

impl Portfolio {
    /// For ever: the reciprocal of the present value has a gamma distribution of shape 2μ/σ² - 1 and scale σ²/2 (D. Dufresne,
    /// "The Distribution of a Perpetuity", Scandinavian Actuarial Journal 1990). With a shape of 0 or less it is infinite.
    fn perpetual(&self) -> f64 {
        let shape = 2.0 * self.drift / self.variance - 1.0;
        if shape <= 0.0 { 1.0 } else { gamma::cumulative(shape, self.argument()) }
    }

    /// Over a lifetime with the same mortality at every age, the present value is 2/σ² times a beta variable over a gamma
    /// variable (M. Yor, "Sur certaines fonctionnelles exponentielles du mouvement brownien réel", Journal of Applied
    /// Probability 29, 1992), so ruin is a gamma variable below a multiple of a beta variable.
    fn over_exponential_lifetime(&self, hazard: f64) -> f64 {
        let index = 1.0 - 2.0 * self.drift / self.variance;
        let mortality = 4.0 * hazard / self.variance;
        let root = (2.0 * mortality + index * index).sqrt();
        // (root ± index) / 2; the smaller one from their product, so that no digits cancel.
        let larger = (root + index.abs()) / 2.0;
        let smaller = mortality / (2.0 * larger);
        let (a, shape) = if index > 0.0 { (larger, smaller) } else { (smaller, larger) };
        gamma::cumulative_of_share(shape, a, self.argument())
    }

    /// Without volatility the portfolio ends at a known time, if it ends.
    fn certain(&self, lifetime: RuinLifetime) -> f64 {
        let share = self.drift / self.rate;
        if share >= 1.0 {
            return 0.0;
        }
        let end = if self.drift == 0.0 { 1.0 / self.rate } else { -math::ln_1p(-share) / self.drift };
        match lifetime {
            RuinLifetime::Perpetual => 1.0,
            RuinLifetime::Exponential { median_years } => math::exp(-hazard(median_years) * end),
            RuinLifetime::Gompertz { age, modal_age, dispersion } => {
                Gompertz { age, modal_age, dispersion }.survival(end)
            }
        }
    }

    fn moments(&self, lifetime: RuinLifetime) -> Moments {
        match lifetime {
            RuinLifetime::Perpetual => Moments::with_hazard(self.drift, self.variance, 0.0),
            RuinLifetime::Exponential { median_years } => {
                Moments::with_hazard(self.drift, self.variance, hazard(median_years))
            }
            RuinLifetime::Gompertz { age, modal_age, dispersion } => {
                Moments::by_gompertz(self.drift, self.variance, Gompertz { age, modal_age, dispersion })
            }
        }
    }

    /// The reciprocal gamma distribution of shape α and scale β has the moments `1 / (β (α - 1))` and
    /// `1 / (β² (α - 1) (α - 2))`; these are solved for both.
    fn by_moments(&self, moments: Moments) -> Option<f64> {
        let (mean, variance) = (moments.mean?, moments.variance?);
        let square = mean * mean;
        let (shape, scale) = (2.0 + square / variance, variance / (mean * (variance + square)));
        Some(if shape.is_finite() && scale > 0.0 {
            gamma::cumulative(shape, self.rate / scale)
        } else {
            f64::NAN
        })
    }

    fn argument(&self) -> f64 {
        2.0 * self.rate / self.variance
    }
}

/// The mortality of an exponential lifetime.
fn hazard(median_years: f64) -> f64 {
    std::f64::consts::LN_2 / median_years
}

fn check_volatility(volatility: f64) -> Result<()> {
    check::volatility(volatility)?;
    if volatility == 0.0 || volatility >= LEAST_VOLATILITY {
        return Ok(());
    }
    let message = format!("the volatility is {volatility}; below {LEAST_VOLATILITY} only 0 is allowed");
    Err(Error::new(ErrorCode::RateOutOfRange, message))
}

fn check_lifetime(lifetime: RuinLifetime) -> Result<()> {
    match lifetime {
        RuinLifetime::Perpetual => Ok(()),
        RuinLifetime::Exponential { median_years } => {
            check::number(median_years, 0.1..=1000.0, ErrorCode::TermOutOfRange).at("medianYears").map(|_| ())
        }
        RuinLifetime::Gompertz { age, modal_age, dispersion } => {
            check::number(age, 0.0..=120.0, ErrorCode::AgeOutOfRange).at("age")?;
            check::number(modal_age, 20.0..=120.0, ErrorCode::AgeOutOfRange).at("modalAge")?;
            check::number(dispersion, 1.0..=40.0, ErrorCode::TermOutOfRange).at("dispersion").map(|_| ())
        }
    }
}
