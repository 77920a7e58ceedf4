//! Bounds on the number of rates of return, from the signs of discounted cash flows.

/// The number of sign changes in a sequence, ignoring zeros.
pub(super) fn changes(numbers: impl Iterator<Item = f64>) -> usize {
    let mut signs = numbers.filter(|number| *number != 0.0).map(|number| number > 0.0);
    let Some(mut last) = signs.next() else { return 0 };
    signs.filter(|&sign| std::mem::replace(&mut last, sign) != sign).count()
}

/// Whether flows with these values, in order of time, have no root above the rate of the values.
///
/// Their value at a higher rate is a sum of the running balances with positive weights (summation by parts), so it
/// cannot be zero if all balances have the same sign. With the values in reverse order, the same holds for lower rates.
/// (E. Laguerre, "Mémoire sur la théorie des équations numériques", Journal de Mathématiques Pures et Appliquées,
/// 1883.)
pub(super) fn exclude_roots_beyond(values: impl Iterator<Item = f64>) -> bool {
    let balances = values.scan(0.0, |balance, value| {
        *balance += value;
        Some(*balance)
    });
    changes(balances) == 0
}

/// The largest effect of rounding on a balance, relative to the sum of the absolute values.
pub(super) const ROUNDING: f64 = 1e-13;

/// Whether flows with these values, which add up to zero, have no root at any other rate: all running balances before
/// the last have the same sign. Such flows are a pure investment or a pure loan. (D. Teichroew, A. A. Robichek and M.
/// Montalbano, "An Analysis of Criteria for Investment and Financing Decisions under Certainty", Management Science 12,
/// 1965.)
///
/// The values may have a relative error of `noise`, which is at least [`ROUNDING`]. `true` is certain in spite of it;
/// `false` may mean that a balance is too near zero to decide.
pub(super) fn show_one_root(values: &[f64], noise: f64) -> bool {
    let Some(last) = values.iter().rposition(|value| *value != 0.0) else { return false };
    // The balance after the last flow is zero at a root, so it does not count.
    let (blocks, rest) = values.split_at(last).0.as_chunks::<BLOCK>();
    let (mut balance, mut gross) = (0.0_f64, 0.0_f64);
    let (mut positive, mut negative) = (false, false);
    for block in blocks {
        let balances = running(block);
        let [.., gross_of_block] = running(&block.map(f64::abs));
        gross += gross_of_block;
        // A balance within the margin counts as both signs, so that rounding cannot prove anything.
        let margin = noise * gross;
        for each in balances {
            positive |= balance + each > -margin;
            negative |= balance + each < margin;
        }
        let [.., change] = balances;
        balance += change;
    }
    for &value in rest {
        balance += value;
        gross += value.abs();
        positive |= balance > -noise * gross;
        negative |= balance < noise * gross;
    }
    positive != negative
}

/// The balances of a block are computed relative to its start, so that they do not wait for those of the previous
/// block.
const BLOCK: usize = 8;

/// The sums of the first, the first two, and so on.
#[inline]
fn running([a, b, c, d, e, f, g, h]: &[f64; BLOCK]) -> [f64; BLOCK] {
    let (ab, cd, ef, gh) = (a + b, c + d, e + f, g + h);
    let (abcd, efgh) = (ab + cd, ef + gh);
    [*a, ab, ab + c, abcd, abcd + e, abcd + ef, abcd + (ef + g), abcd + efgh]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_have_no_sign() {
        assert_eq!(changes([0.0, 1.0, 0.0, 2.0, -1.0, 0.0, -3.0, 4.0].into_iter()), 2);
        assert_eq!(changes([0.0, -0.0].into_iter()), 0);
        assert_eq!(changes(std::iter::empty()), 0);
    }

    #[test]
    fn flows_in_advance_exclude_higher_rates_and_flows_in_arrears_lower_ones() {
        // -100, 110: one root at 10 %, thus none above 20 % and none below 0 %.
        let at = |rate: f64| [-100.0, 110.0 / (1.0 + rate)];
        assert!(exclude_roots_beyond(at(0.2).into_iter()));
        assert!(!exclude_roots_beyond(at(0.0).into_iter()));
        assert!(exclude_roots_beyond(at(0.0).into_iter().rev()));
        assert!(!exclude_roots_beyond(at(0.2).into_iter().rev()));
    }

    #[test]
    fn one_root_is_shown_by_a_balance_of_one_sign() {
        assert!(show_one_root(&[-100.0, -20.0, 50.0, -10.0, 80.0], ROUNDING));
        // -100 + 230 v - 132 v^2 at its root of 10 %: there is another at 20 %.
        assert!(!show_one_root(&[-100.0, 230.0 / 1.1, -132.0 / 1.21], ROUNDING));
        // Nor is a balance that turns within the first block or after it overlooked.
        for place in 1..40 {
            let mut values = vec![-1.0; 41];
            values[place] = 100.0;
            values[40] = -values[..40].iter().sum::<f64>();
            assert!(!show_one_root(&values, ROUNDING), "{place}");
            values[place] = -100.0;
            values[40] = -values[..40].iter().sum::<f64>();
            assert!(show_one_root(&values, ROUNDING), "{place}");
        }
        // A balance of zero proves nothing.
        assert!(!show_one_root(&[-100.0, 100.0, -5.0, 5.0], ROUNDING));
    }
}
