//! The marks of an axis.

/// Round numbers from 0 to at most `top`, in up to `count` steps of 1, 2, 2.5 or 5 times a power of ten.
pub(crate) fn marks(top: f64, count: usize) -> Vec<f64> {
    if !top.is_finite() || top <= 0.0 || count == 0 {
        return vec![0.0];
    }
    let wanted = top / count as f64;
    let mut power = 1.0;
    while power * 10.0 <= wanted {
        power *= 10.0;
    }
    while power > wanted {
        power /= 10.0;
    }
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|step| *step >= wanted)
        .unwrap_or(10.0 * power);
    let mut marks = vec![0.0];
    let mut steps = 0.0;
    while (steps + 1.0) * step <= top {
        steps += 1.0;
        marks.push(steps * step);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_stay_below_the_top() {
        assert_eq!(marks(3_790_000.0, 5), [0.0, 1e6, 2e6, 3e6]);
        assert_eq!(marks(10.0, 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(marks(1.0, 4), [0.0, 0.25, 0.5, 0.75, 1.0]);
        for nothing in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(marks(nothing, 5), [0.0]);
        }
        for top in [1e-9, 1.0, 7.3, 99_999.0, 1e300] {
            let marks = marks(top, 5);
            let last = marks.last().copied().expect("a mark");
            assert!(last <= top && last >= top / 2.0 && (2..=6).contains(&marks.len()), "{top}: {marks:?}");
        }
    }
}
