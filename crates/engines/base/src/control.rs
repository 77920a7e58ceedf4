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
    token: CancellationToken,
    observer: Option<&'a (dyn Fn(Progress) + Sync)>,
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
        Self { token: CancellationToken::default(), observer: Some(observer) }
    }

    /// The same control, stopped by `token`.
    #[must_use]
    pub fn stopped_by(mut self, token: &CancellationToken) -> Self {
        self.token = token.clone();
        self
    }

    /// Asks the calculation to stop at its next check. May be called from any thread and from the observer.
    pub fn cancel(&self) {
        self.token.cancel();
    }

    /// Returns an error once [`cancel`](Self::cancel) was called.
    ///
    /// # Errors
    /// `operation.cancelled`.
    pub fn check(&self) -> Result<()> {
        if self.token.is_cancelled() {
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
