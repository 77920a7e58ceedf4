//! Running operations outside the threads that serve connections.

use std::{sync::Arc, time::Duration};

use axum::body::Bytes;
use tokio::sync::Semaphore;
use wherewithal::control::{CancellationToken, Control, Progress};
use wherewithal_contract::Operation;

use crate::error::{Code, Error, Result};

/// Runs operations on threads for blocking work, with limits on the number of concurrent long ones and on the time of
/// each.
#[derive(Debug, Clone)]
pub(crate) struct Runner {
    long_runs: Arc<Semaphore>,
    limit: Duration,
}

impl Runner {
    /// A runner with at most `long_runs` concurrent long operations; further ones wait in a queue. `limit` is the time
    /// for waiting and running together.
    pub(crate) fn new(long_runs: usize, limit: Duration) -> Self {
        Self { long_runs: Arc::new(Semaphore::new(long_runs)), limit }
    }

    /// Runs `operation`, with reports of progress to `observer`. Dropping the future cancels the run.
    pub(crate) async fn run(
        &self,
        operation: &'static Operation,
        input: Bytes,
        observer: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<Vec<u8>> {
        let long = operation.reports_progress();
        self.run_blocking(long, move |token| {
            let control = Control::with_observer(&observer).stopped_by(token);
            Ok(operation.call_with(&input, &control)?)
        })
        .await
    }

    /// Runs `work` on a thread for blocking work. Dropping the future cancels the token passed to `work`.
    pub(crate) async fn run_blocking<T: Send + 'static>(
        &self,
        long: bool,
        work: impl FnOnce(&CancellationToken) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        tokio::time::timeout(self.limit, self.queue(long, work)).await.unwrap_or_else(|_| {
            Err(Error::new(
                Code::RunTimeout,
                format!(
                    "the result was not ready within {} s; reduce the work of the request",
                    self.limit.as_secs()
                ),
            ))
        })
    }

    async fn queue<T: Send + 'static>(
        &self,
        long: bool,
        work: impl FnOnce(&CancellationToken) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = if long {
            let turn = Arc::clone(&self.long_runs).acquire_owned().await;
            Some(turn.map_err(|error| Error::internal(&error))?)
        } else {
            None
        };
        let cancel = CancelOnDrop(CancellationToken::default());
        let token = cancel.0.clone();
        let outcome = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(&token)
        });
        outcome.await.unwrap_or_else(|panic| Err(Error::internal(&panic)))
    }
}

struct CancelOnDrop(CancellationToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn a_panic_becomes_an_internal_error_that_says_nothing() {
        let runner = Runner::new(1, Duration::from_secs(5));
        let error = runner.run_blocking::<()>(false, |_| panic!("secret")).await.unwrap_err();
        assert_eq!(error.code(), "internal");
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[tokio::test]
    async fn a_run_over_the_limit_is_stopped() {
        let runner = Runner::new(1, Duration::from_millis(50));
        let (stopped, seen) = mpsc::channel();
        let outcome = runner
            .run_blocking(true, move |token| {
                for _ in 0..500 {
                    if token.is_cancelled() {
                        stopped.send(()).expect("the test listens");
                        break;
                    }
                    std::thread::sleep(Duration::from_millis(10));
                }
                Ok(())
            })
            .await;
        assert_eq!(outcome.unwrap_err().code(), "run.timeout");
        seen.recv_timeout(Duration::from_secs(5)).expect("the work saw the cancellation");
    }

    #[tokio::test]
    async fn a_run_that_waits_for_its_turn_is_limited_too() {
        let runner = Runner::new(0, Duration::from_millis(20));
        let error = runner.run_blocking(true, |_| Ok(())).await.unwrap_err();
        assert_eq!(error.code(), "run.timeout");
    }

    #[tokio::test]
    async fn short_work_needs_no_turn() {
        let runner = Runner::new(0, Duration::from_secs(60));
        runner.run_blocking(false, |_| Ok(())).await.expect("there is none to wait for");
    }
}
