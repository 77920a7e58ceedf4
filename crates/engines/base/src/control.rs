//! Progress and cancellation of long work, as arguments.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::{Error, ErrorCode, Result};

/// Progress reports and cancellation of a long calculation.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::control::Control;
///
/// let control = Control::default();
/// control.cancel();
/// assert_eq!(control.check().unwrap_err().code().as_str(), "operation.cancelled");
/// ```
#[derive(Default)]
pub struct Control<'a> {
    /// Whether the calculation was cancelled, where there is no token.
    cancelled: AtomicBool,
    /// Only where somebody else holds it: most controls are those of a call that takes less time than to allocate it.
    token: Option<CancellationToken>,
    observer: Option<&'a (dyn Fn(Progress) + Sync)>,
    condition: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// A handle that stops a calculation from outside, for example from the thread that waits for it.
///
/// Clones share one state: cancelling one cancels all.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::control::{CancellationToken, Control};
///
/// let token = CancellationToken::default();
/// let control = Control::default().stopped_by(&token);
/// token.cancel();
/// assert!(control.check().is_err());
/// ```
#[derive(Debug, Clone, Default)]
pub struct CancellationToken(Arc<AtomicBool>);

impl CancellationToken {
    /// Asks every calculation that holds this token to stop at its next check.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether [`cancel`](Self::cancel) was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The progress of a long calculation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Units of work done so far, at most `total`.
    pub done: u64,
    /// The total number of units of work.
    pub total: u64,
}

impl<'a> Control<'a> {
    /// A control that calls `observer` as the work advances, from whichever thread does the work.
    #[must_use]
    pub fn with_observer(observer: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Self { observer: Some(observer), ..Self::default() }
    }

    /// The same control, stopped by `token`.
    #[must_use]
    pub fn stopped_by(mut self, token: &CancellationToken) -> Self {
        self.token = Some(token.clone());
        self
    }

    /// The same control, which also stops the calculation once `condition` holds: for a caller that has something to ask
    /// instead of something that tells it, such as a deadline. It is asked at each check, from whichever thread does the
    /// work.
    ///
    /// ```
    /// # use wherewithal_base::wherewithal;
    /// use std::sync::atomic::{AtomicU32, Ordering};
    /// use wherewithal::control::Control;
    ///
    /// let asked = AtomicU32::new(0);
    /// let third_time = || asked.fetch_add(1, Ordering::Relaxed) == 2;
    /// let control = Control::default().stopped_when(&third_time);
    /// assert!(control.check().is_ok() && control.check().is_ok() && control.check().is_err());
    /// ```
    #[must_use]
    pub fn stopped_when(mut self, condition: &'a (dyn Fn() -> bool + Sync)) -> Self {
        self.condition = Some(condition);
        self
    }

    /// Asks the calculation to stop at its next check. May be called from any thread and from the observer.
    pub fn cancel(&self) {
        match &self.token {
            Some(token) => token.cancel(),
            None => self.cancelled.store(true, Ordering::Relaxed),
        }
    }

    fn is_cancelled(&self) -> bool {
        match &self.token {
            Some(token) => token.is_cancelled(),
            None => self.cancelled.load(Ordering::Relaxed),
        }
    }

    /// Returns an error once [`cancel`](Self::cancel) was called, or the condition of
    /// [`stopped_when`](Self::stopped_when) holds.
    ///
    /// # Errors
    /// `operation.cancelled`.
    pub fn check(&self) -> Result<()> {
        if self.is_cancelled() || self.condition.is_some_and(|condition| condition()) {
            return Err(Error::new(ErrorCode::OperationCancelled, "the run was cancelled"));
        }
        Ok(())
    }

    /// Reports progress to the observer.
    pub fn report(&self, done: u64, total: u64) {
        if let Some(observer) = self.observer {
            observer(Progress { done, total });
        }
    }
}

/// The work of a loop, counted so that the control is asked now and then: often enough to stop within milliseconds, and
/// seldom enough to cost nothing.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::control::{Control, Work};
///
/// let control = Control::default();
/// control.cancel();
/// let mut work = Work::under(&control);
/// let stopped_after = (1..).find(|_| work.done(10).is_err());
/// assert!(stopped_after.is_some_and(|rows| rows <= Work::UNITS / 10 + 1));
/// ```
pub struct Work<'c, 'a> {
    control: &'c Control<'a>,
    left: usize,
}

impl<'c, 'a> Work<'c, 'a> {
    /// The control is asked at least once in so many units.
    pub const UNITS: usize = 4096;

    /// Work that `control` stops.
    #[must_use]
    pub fn under(control: &'c Control<'a>) -> Self {
        Self { control, left: Self::UNITS }
    }

    /// Counts units of work; one is in the order of a hundred arithmetic operations.
    ///
    /// # Errors
    /// `operation.cancelled`.
    #[inline]
    pub fn done(&mut self, units: usize) -> Result<()> {
        match self.left.checked_sub(units) {
            Some(left) if left > 0 => {
                self.left = left;
                Ok(())
            }
            _ => {
                self.left = Self::UNITS;
                self.control.check()
            }
        }
    }
}
