//! The marks of an axis.

/// Round numbers from 0 to at most `top`, in up to `count` steps of 1, 2, 2.5 or 5 times a power of ten.
pub(crate) fn marks(top: f64, count: usize) -> Vec<f64> {
    marks_between(0.0, top, count)
}

/// Round numbers from `low` to `high` with 0 among them, in up to about `count` such steps; `low` is at most 0.
pub(crate) fn marks_between(low: f64, high: f64, count: usize) -> Vec<f64> {
    let span = high - low;
    if !span.is_finite() || span <= 0.0 || count == 0 {
        return vec![0.0];
    }
    let wanted = span / count as f64;
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
    let steps = |end: f64| (end / step) as u32;
    let below = (1..=steps(-low)).rev().map(|number| -f64::from(number) * step);
    below.chain((0..=steps(high)).map(|number| f64::from(number) * step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_stay_below_the_top() {
        assert_eq!(marks(3_790_000.0, 5), [0.0, 1e6, 2e6, 3e6]);
        assert_eq!(marks(10.0, 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(marks(1.0, 4), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(marks_between(-450.0, 1200.0, 5), [0.0, 500.0, 1000.0]);
        assert_eq!(marks_between(-500.0, 1200.0, 5), [-500.0, 0.0, 500.0, 1000.0]);
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
