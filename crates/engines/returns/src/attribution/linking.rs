//! From the effects of periods to those of the whole time.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _};
use wherewithal_math::{exp_m1, ln_1p, sum};

use super::EffectLinking;

/// The returns of a period, or of the whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Returns {
    pub(super) portfolio: f64,
    pub(super) benchmark: f64,
}

impl Returns {
    pub(super) fn excess(self) -> f64 {
        self.portfolio - self.benchmark
    }

    /// The returns of periods, compounded.
    pub(super) fn compounded(periods: &[Self]) -> Self {
        let of = |side: fn(&Self) -> f64| {
            periods.iter().map(side).fold(1.0, |growth, one| growth * (1.0 + one)) - 1.0
        };
        Self { portfolio: of(|one| one.portfolio), benchmark: of(|one| one.benchmark) }
    }
}

/// What the effects of each period count for in the whole.
///
/// # Errors
/// `rate.out_of_range` if a period has no logarithm because all is lost.
pub(super) fn factors(linking: EffectLinking, periods: &[Returns], whole: Returns) -> Result<Vec<f64>> {
    match linking {
        EffectLinking::Sum => Ok(vec![1.0; periods.len()]),
        EffectLinking::Carino => carino(periods, whole),
        EffectLinking::Menchero => menchero(periods, whole),
        EffectLinking::Frongello => Ok(frongello(periods)),
    }
}

/// The quotient of logarithmic and simple excess return of each period, over that of the whole.
fn carino(periods: &[Returns], whole: Returns) -> Result<Vec<f64>> {
    let own = periods.iter().enumerate().map(|(index, one)| coefficient(*one).at_index("periods", index));
    let own = own.collect::<Result<Vec<f64>>>()?;
    let all = coefficient(whole)?;
    Ok(own.into_iter().map(|one| one / all).collect())
}

/// (ln(1 + p) - ln(1 + b)) / (p - b), which tends to 1 / (1 + b) where they are equal.
fn coefficient(returns: Returns) -> Result<f64> {
    let Returns { portfolio, benchmark } = returns;
    refuse_total_loss(returns)?;
    // The relative excess x = (p - b) / (1 + b): ln_1p(x) / x does not cancel where the returns are near each other.
    let relative = (portfolio - benchmark) / (1.0 + benchmark);
    let quotient = if relative == 0.0 { 1.0 } else { ln_1p(relative) / relative };
    Ok(quotient / (1.0 + benchmark))
}

/// The factor that all periods share, and for each the correction in proportion to its excess return, whose squares are the
/// least that leave no rest.
fn menchero(periods: &[Returns], whole: Returns) -> Result<Vec<f64>> {
    for (index, one) in periods.iter().enumerate() {
        refuse_total_loss(*one).at_index("periods", index)?;
    }
    let count = periods.len() as f64;
    let root = |value: f64| exp_m1(ln_1p(value) / count);
    let (portfolio, benchmark) = (root(whole.portfolio), root(whole.benchmark));
    let shared = if portfolio == benchmark {
        (1.0 + whole.portfolio) / (1.0 + portfolio)
    } else {
        whole.excess() / count / (portfolio - benchmark)
    };
    let squares = sum(periods.iter().map(|one| one.excess() * one.excess()));
    let rest = whole.excess() - shared * sum(periods.iter().map(|one| one.excess()));
    let correction = if squares == 0.0 { 0.0 } else { rest / squares };
    Ok(periods.iter().map(|one| shared + correction * one.excess()).collect())
}

fn refuse_total_loss(returns: Returns) -> Result<()> {
    if returns.portfolio > -1.0 && returns.benchmark > -1.0 {
        return Ok(());
    }
    let message = "everything is lost, which has no logarithm; `linking` by `frongello` or `sum` needs none";
    Err(Error::new(ErrorCode::RateOutOfRange, message))
}

/// What the portfolio had become before each period, and what the benchmark makes of it after: what is earned in a period is earned
/// on the one, and goes on with the other.
fn frongello(periods: &[Returns]) -> Vec<f64> {
    let mut growth = 1.0;
    let mut factors: Vec<f64> = Vec::with_capacity(periods.len());
    for one in periods {
        factors.push(growth);
        growth *= 1.0 + one.portfolio;
    }
    let mut later = 1.0;
    for (factor, one) in factors.iter_mut().zip(periods).rev() {
        *factor *= later;
        later *= 1.0 + one.benchmark;
    }
    factors
}
