//! The progress of work in several parts, each of which reports its own.

use wherewithal_base::{
    Result,
    control::{CancellationToken, Control, Progress},
};

/// The units in which all parts together are reported.
const UNITS: u64 = 1_000_000;

/// The parts of a work, one after the other.
pub(super) struct Parts<'a> {
    control: &'a Control<'a>,
    total: u64,
    done: u64,
}

impl<'a> Parts<'a> {
    /// Parts of which the shares add up to `total`.
    pub(super) fn new(control: &'a Control<'a>, total: u64) -> Self {
        Self { control, total: total.max(1), done: 0 }
    }

    /// Runs the next part, which is `share` of the total. The part stops when the whole is cancelled.
    ///
    /// # Errors
    /// Those of the part; `operation.cancelled`.
    pub(super) fn run<T>(&mut self, share: u64, part: impl FnOnce(&Control<'_>) -> Result<T>) -> Result<T> {
        let token = CancellationToken::default();
        // The part itself says so, after it has refused an input that is wrong.
        if self.control.check().is_err() {
            token.cancel();
        }
        let (control, total, before) = (self.control, self.total, self.done);
        let observer = |progress: Progress| {
            if control.check().is_err() {
                token.cancel();
            }
            let inside = share as f64 * progress.done as f64 / progress.total.max(1) as f64;
            let done = (before as f64 + inside) / total as f64;
            control.report((done * UNITS as f64) as u64, UNITS);
        };
        let result = part(&Control::with_observer(&observer).stopped_by(&token));
        // A part without an answer is done as well.
        self.done += share;
        self.control.report((self.done as f64 / self.total as f64 * UNITS as f64) as u64, UNITS);
        result
    }
}
