//! Whether money suffices: the one rule for every decision that compares amounts.

/// The largest part of an amount that may be missing although the amount counts as there: one unit in 10^9, far above the
/// rounding of a long simulation and far below a cent of any household's payments.
const TOLERANCE: f64 = 1e-9;

/// Whether what is there covers what is needed: a payment is made in full, a target reached, a bequest met, a threshold
/// attained, if at most 10^-9 of the amount is missing.
///
/// Rounding must not decide whether a plan fails, and neither must the unit of money: the rule is relative to the amount,
/// so that amounts in cents and in dollars are decided alike. "More than a limit" is `!is_covered(limit, amount)`, and
/// "less than a limit" is `!is_covered(amount, limit)`; both leave a value at its limit where it is.
///
/// A need of 0 or less is covered by anything from there on up. NaN covers nothing and is covered by nothing.
#[must_use]
pub fn is_covered(have: f64, need: f64) -> bool {
    have >= need || have >= need - TOLERANCE * need.abs()
}

#[cfg(test)]
mod tests {
    use super::is_covered;

    #[test]
    fn a_billionth_is_rounding_and_more_is_not() {
        assert!(is_covered(1e6, 1e6) && is_covered(1e6 - 0.0009, 1e6) && !is_covered(1e6 - 0.0011, 1e6));
        assert!(is_covered(0.0, 0.0) && is_covered(1.0, 0.0) && !is_covered(0.0, 1e-300));
        assert!(is_covered(-1.0, -2.0) && !is_covered(-2.0, -1.0));
        assert!(is_covered(f64::INFINITY, f64::INFINITY) && !is_covered(1.0, f64::INFINITY));
        assert!(!is_covered(f64::NAN, 0.0) && !is_covered(0.0, f64::NAN));
    }

    #[test]
    fn the_unit_of_money_does_not_matter() {
        for exponent in -12..12 {
            let unit = crate::pow(10.0, f64::from(exponent));
            assert!(
                is_covered(999_999.999_5 * unit, 1e6 * unit) && !is_covered(999_999.99 * unit, 1e6 * unit)
            );
        }
    }
}
