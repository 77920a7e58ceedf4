//! Windows that move through a series, each summarized in a constant number of steps.

use wherewithal_base::{
    Result,
    control::{Control, Work},
};

/// What is known of some periods that follow each other. It can be joined with that of the periods after them.
pub(super) trait Summary: Copy {
    /// The summary of these periods and of those that follow.
    fn then(self, next: Self) -> Self;
}

/// The value of each window of `width` of `count` periods, in order; `width` is at least 1.
///
/// The series is cut into blocks as long as a window. Every window is the end of one block and the start of the next, and
/// both are summaries that grow period by period (van Herk 1992). Nothing is ever subtracted, so nothing of what has left a
/// window remains in it as rounding.
pub(super) fn windows<S: Summary, T>(
    count: usize,
    width: usize,
    item: impl Fn(usize) -> S,
    value: impl Fn(&S) -> T,
    control: &Control<'_>,
) -> Result<Vec<T>> {
    let mut work = Work::under(control);
    let mut found = Vec::with_capacity((count + 1).saturating_sub(width));
    // The summaries of the ends of the block before, the shortest first.
    let mut ends: Vec<S> = Vec::new();
    for start in (0..count).step_by(width) {
        let block = start..(start + width).min(count);
        let mut beginning: Option<S> = None;
        for period in block.clone() {
            work.done(1)?;
            let one = item(period);
            let summary = beginning.map_or(one, |before| before.then(one));
            beginning = Some(summary);
            // The window reaches back into the block before, but for the last one of a block, which is all of it.
            let missing = width - (period - start + 1);
            if missing == 0 {
                found.push(value(&summary));
            } else if let Some(end) = ends.get(missing - 1) {
                found.push(value(&end.then(summary)));
            }
        }
        ends.clear();
        for period in block.rev() {
            work.done(1)?;
            let one = item(period);
            ends.push(ends.last().map_or(one, |after| one.then(*after)));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first and the last period.
    #[derive(Debug, Clone, Copy, PartialEq)]
    struct Reach(usize, usize);

    impl Summary for Reach {
        fn then(self, next: Self) -> Self {
            assert_eq!(self.1 + 1, next.0, "nothing is left out, and nothing comes twice");
            Self(self.0, next.1)
        }
    }

    #[test]
    fn each_window_is_summarized_once_and_in_order() {
        for count in 0..20 {
            for width in 1..25 {
                let item = |period| Reach(period, period);
                let found = windows(count, width, item, |reach| *reach, &Control::default()).unwrap();
                let expected: Vec<Reach> = (width..=count).map(|end| Reach(end - width, end - 1)).collect();
                assert_eq!(found, expected, "{count} {width}");
            }
        }
    }
}
