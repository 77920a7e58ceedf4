//! Operations in the background, with progress and cancellation.

use std::panic::{AssertUnwindSafe, catch_unwind};

use napi::{
    Env, Error, Result, Status, Task,
    bindgen_prelude::{AsyncTask, FnArgs},
    threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode},
};
use napi_derive::napi;
use wherewithal::control::{CancellationToken, Control, Progress};
use wherewithal_contract::registry;

use crate::call::{text, thrown};

/// Called on the JavaScript thread with the units of work done and in total.
type Observer = ThreadsafeFunction<FnArgs<(f64, f64)>, (), FnArgs<(f64, f64)>, Status, false>;

/// One run of an operation.
#[napi]
#[derive(Default)]
pub struct Job {
    token: CancellationToken,
}

#[napi]
impl Job {
    /// A run that has not started.
    #[napi(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts the run on the thread pool; the promise has the output as JSON.
    #[napi]
    pub fn run(&self, operation: String, input: String, observer: Option<Observer>) -> AsyncTask<JobTask> {
        AsyncTask::new(JobTask { operation, input, observer, token: self.token.clone() })
    }

    /// Requests the end of the run.
    #[napi]
    pub fn cancel(&self) {
        self.token.cancel();
    }
}

/// The task on the thread pool.
pub struct JobTask {
    operation: String,
    input: String,
    observer: Option<Observer>,
    token: CancellationToken,
}

impl JobTask {
    fn output(&self) -> wherewithal::Result<Vec<u8>> {
        let operation = registry().get(&self.operation)?;
        let observe = |Progress { done, total }| {
            if let Some(observer) = &self.observer {
                // An error means that the queue is closing, so nobody is listening.
                observer.call((done as f64, total as f64).into(), ThreadsafeFunctionCallMode::NonBlocking);
            }
        };
        let control = Control::with_observer(&observe).stopped_by(&self.token);
        control.check()?;
        operation.call_with(self.input.as_bytes(), &control)
    }
}

impl Task for JobTask {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        // An uncaught panic on a thread of the pool would abort the process.
        catch_unwind(AssertUnwindSafe(|| self.output()))
            .map_err(|_| Error::from_reason("the calculation failed because of a defect of wherewithal"))?
            .map_err(|error| thrown(&error))
            .and_then(text)
    }

    fn resolve(&mut self, _: Env, output: String) -> Result<String> {
        Ok(output)
    }
}
