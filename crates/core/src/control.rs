//! Progress and cancellation of long work, as arguments.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::{Error, ErrorCode, Result};

/// What a long calculation reports to and listens to.
///
/// ```
/// use wherewithal::control::Control;
///
/// let control = Control::default();
/// control.cancel();
/// assert_eq!(control.check().unwrap_err().code().as_str(), "operation.cancelled");
/// ```
#[derive(Default)]
pub struct Control<'a> {
    cancelled: AtomicBool,
    observer: Option<&'a (dyn Fn(Progress) + Sync)>,
}

/// How far a long calculation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Units of work done so far, at most `total`.
    pub done: u64,
    /// Units of work in all.
    pub total: u64,
}

impl<'a> Control<'a> {
    /// A control that calls `observer` as the work advances, from whichever thread does the work.
    #[must_use]
    pub fn with_observer(observer: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Self { cancelled: AtomicBool::new(false), observer: Some(observer) }
    }

    /// Asks the calculation to stop at its next check. May be called from any thread and from the observer.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Returns an error once [`cancel`](Self::cancel) was called.
    ///
    /// # Errors
    /// `operation.cancelled`.
    pub fn check(&self) -> Result<()> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Error::new(ErrorCode::OperationCancelled, "the run was cancelled"));
        }
        Ok(())
    }

    /// Tells the observer how far the work has come.
    pub fn report(&self, done: u64, total: u64) {
        if let Some(observer) = self.observer {
            observer(Progress { done, total });
        }
    }
}
