//! What the return, the volatility and the correlations of asset classes are those of, and their conversion to
//! logarithmic returns.

#[cfg(test)]
mod tests;

use super::{AssetClass, ReturnConvention};
use wherewithal_base::{Error, ErrorCode, Result, check, error::At};
use wherewithal_math as math;

/// How far rounding may carry a correlation beyond 1.
const ROUNDING: f64 = 1e-12;

/// Mean and standard deviation of the logarithmic return of a year, before the fee.
///
/// The mean of a lognormal factor is `exp(m + s² / 2)` and its variance `exp(2 m + s²) (exp(s²) - 1)`; the cases are
/// these equations, solved for m and s.
pub(crate) fn log_moments(convention: ReturnConvention, expected: f64, volatility: f64) -> (f64, f64) {
    match convention {
        ReturnConvention::Arithmetic => (math::ln_1p(expected) - volatility * volatility / 2.0, volatility),
        ReturnConvention::Geometric => (math::ln_1p(expected), volatility),
        ReturnConvention::Logarithmic => (expected, volatility),
        ReturnConvention::Simple => {
            let ratio = volatility / (1.0 + expected);
            let variance = math::ln_1p(ratio * ratio);
            (math::ln_1p(expected) - variance / 2.0, variance.sqrt())
        }
    }
}

/// Validates the return and the volatility of an asset class.
pub(crate) fn check(class: &AssetClass) -> Result<()> {
    check::growth(class.expected_return).at("expectedReturn")?;
    check::volatility(class.volatility).at("volatility").map(|_| ())
}

/// Whether all asset classes state simple returns, so that correlations are those of simple returns, too.
///
/// # Errors
/// `field.conflict` if some do and others do not: a correlation between them would be of neither kind.
pub(crate) fn are_simple(classes: &[AssetClass]) -> Result<bool> {
    let is_simple = |class: &AssetClass| class.return_convention == ReturnConvention::Simple;
    let simple = classes.first().is_some_and(is_simple);
    match classes.iter().position(|class| is_simple(class) != simple) {
        None => Ok(simple),
        Some(other) => {
            let message = "some asset classes state simple returns and others do not; write all of them with the same \
                convention, so that correlations are of one kind";
            Err(Error::new(ErrorCode::FieldConflict, message)
                .at("returnConvention")
                .at_index("assetClasses", other))
        }
    }
}

/// Refuses simple returns in a model whose growth factors have no mean or no variance.
pub(crate) fn refuse_simple(classes: &[AssetClass], model: &str) -> Result<()> {
    match classes.iter().position(|class| class.return_convention == ReturnConvention::Simple) {
        None => Ok(()),
        Some(index) => {
            let message = format!(
                "growth factors of {model} have no mean and no standard deviation, so simple returns say nothing about \
                them; use lognormal returns, or give the volatility of logarithmic returns"
            );
            Err(Error::new(ErrorCode::FieldConflict, message)
                .at("returnConvention")
                .at_index("assetClasses", index))
        }
    }
}

/// The correlations of the logarithms, given those of simple returns: for two asset classes `ln(1 + r v w) / (s t)`, and
/// with a last row for the innovation of inflation `r v / s`, where v and w are standard deviations over mean growth, and
/// s and t those of the logarithms. The rows are as many as the asset classes, or one more.
///
/// # Errors
/// `correlations.unattainable` with the place of the element, if no two lognormal returns have such a correlation.
#[expect(clippy::indexing_slicing, reason = "the rows are as long as there are rows")]
pub(crate) fn log_correlations(rows: &[Vec<f64>], classes: &[AssetClass]) -> Result<Vec<Vec<f64>>> {
    let variables: Vec<Variable> = classes.iter().map(Variable::of).collect();
    let mut converted = rows.to_vec();
    for row in 0..rows.len() {
        for column in 0..row {
            let found = log_correlation(rows[row][column], variables.get(row), &variables[column])
                .at_item(column)
                .at_item(row)?;
            converted[row][column] = found;
            converted[column][row] = found;
        }
    }
    Ok(converted)
}

/// An asset class: the standard deviation of a simple return over mean growth, and that of the logarithm.
struct Variable {
    ratio: f64,
    deviation: f64,
}

impl Variable {
    fn of(class: &AssetClass) -> Self {
        let (_, deviation) = log_moments(ReturnConvention::Simple, class.expected_return, class.volatility);
        Self { ratio: class.volatility / (1.0 + class.expected_return), deviation }
    }
}

/// The correlation of two logarithms, or of one with the innovation of inflation, which is normal.
fn log_correlation(simple: f64, one: Option<&Variable>, other: &Variable) -> Result<f64> {
    let (ratios, deviations) = match one {
        Some(one) => (one.ratio * other.ratio, one.deviation * other.deviation),
        None => (other.ratio, other.deviation),
    };
    // Of a return that is certain, any correlation is as good as another.
    if deviations == 0.0 {
        return Ok(simple);
    }
    let found = match one {
        Some(_) => math::ln_1p(simple * ratios) / deviations,
        None => simple * ratios / deviations,
    };
    // Below the logarithm of zero there is none; NaN fails the comparison.
    if found.abs() <= 1.0 + ROUNDING {
        return Ok(found.clamp(-1.0, 1.0));
    }
    let [least, most] = match one {
        Some(_) => [-deviations, deviations].map(|extreme| math::exp_m1(extreme) / ratios),
        None => [-deviations, deviations].map(|extreme| extreme / ratios),
    };
    let message = format!(
        "the correlation is {simple}; simple returns that are lognormal with these means and volatilities have \
        correlations from {least} to {most}"
    );
    Err(Error::new(ErrorCode::CorrelationsUnattainable, message))
}
