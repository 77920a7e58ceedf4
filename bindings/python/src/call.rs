//! Operations: JSON in and out, or objects in and out, without holding the interpreter.

use std::{
    sync::{
        Mutex, PoisonError,
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use pyo3::{
    exceptions::{PyRuntimeError, PyTypeError},
    prelude::*,
    types::{PyBytes, PyDict, PyString},
};
use wherewithal::{
    Result,
    control::{Control, Progress},
    wire::Spelling,
};
use wherewithal_contract::{Operation, registry};

use crate::{errors::exception, objects::input_of, plain::plain, pool::pool};

/// The interval at which a long run checks for Ctrl-C and reports progress.
const INTERVAL: Duration = Duration::from_millis(50);

/// The names of all operations, in order.
#[pyfunction]
pub(crate) fn operations() -> Vec<&'static str> {
    registry().operations().iter().map(Operation::name).collect()
}

/// Runs an operation: JSON text in, JSON text out.
///
/// The keys are in camelCase, and the result is the same text as in every other language and from the server. The
/// interpreter lock is released during the run.
///
/// Args:
///     operation: The name, such as `debt.amortize`.
///     input: JSON as `str`, or as `bytes` in UTF-8.
///     on_progress: Called by long operations about twenty times a second, in the calling thread, with the units of work
///         done and the units in all. The run is cancelled if it returns `False` or raises. Other operations do not call it.
///
/// Returns:
///     The JSON text of the result.
///
/// Raises:
///     WherewithalError: With the code and the path of the error.
///     KeyboardInterrupt: Ctrl-C was pressed during the operation, which was cancelled.
#[pyfunction]
#[pyo3(signature = (operation, input, on_progress = None))]
pub(crate) fn call<'py>(
    py: Python<'py>,
    operation: &str,
    input: &Bound<'py, PyAny>,
    on_progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyString>> {
    let operation = registry().get(operation).map_err(|error| exception(py, &error))?;
    let input = bytes_of(input)?;
    let output =
        detached(py, operation, on_progress.as_ref(), |control| operation.call_with(input, control))?;
    let text = std::str::from_utf8(&output).map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    Ok(PyString::new(py, text))
}

/// Runs an operation: objects in, plain objects out, both with names in Python's spelling.
///
/// The input is a whole record, with optional replacements of its fields by name.
#[pyfunction]
pub(crate) fn run<'py>(
    py: Python<'py>,
    operation: &str,
    whole: &Bound<'py, PyAny>,
    changes: &Bound<'py, PyDict>,
    on_progress: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let operation = registry().get(operation).map_err(|error| exception(py, &error))?;
    let input = input_of(whole, changes, operation.input_shape())?;
    let answer = detached(py, operation, on_progress.as_ref(), |control| {
        operation.run_in(Spelling::Snake, &input, control)
    })?;
    plain(py, |sink| answer.write(sink))
}

/// The result of an operation, which runs without the interpreter lock.
fn detached<T: Send>(
    py: Python<'_>,
    operation: &Operation,
    on_progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Control<'_>) -> Result<T> + Send,
) -> PyResult<T> {
    let outcome =
        if operation.reports_progress() { run_long(py, on_progress, work)? } else { run_here(py, work)? };
    outcome.map_err(|error| exception(py, &error))
}

/// The bytes of a JSON argument.
pub(crate) fn bytes_of<'a>(input: &'a Bound<'_, PyAny>) -> PyResult<&'a [u8]> {
    if let Ok(text) = input.cast::<PyString>() {
        return Ok(text.to_str()?.as_bytes());
    }
    if let Ok(bytes) = input.cast::<PyBytes>() {
        return Ok(bytes.as_bytes());
    }
    let found = input.get_type().name()?;
    Err(PyTypeError::new_err(format!("the input must be JSON as str or bytes, not {found}")))
}

/// Runs on this thread, which looks for Ctrl-C whenever the work asks whether to stop and some time has passed. Most
/// operations take less time than starting a thread.
#[expect(clippy::disallowed_methods, reason = "how often signals are looked for has no part in an answer")]
pub(crate) fn run_here<T: Send>(
    py: Python<'_>,
    work: impl FnOnce(&Control<'_>) -> Result<T> + Send,
) -> PyResult<Result<T>> {
    let looked = Mutex::new(Instant::now());
    let raised = Mutex::new(None);
    let is_interrupted = || {
        let mut looked = looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.elapsed() < INTERVAL {
            return false;
        }
        *looked = Instant::now();
        let signal = Python::attach(|py| py.check_signals()).err();
        let is_interrupted = signal.is_some();
        if is_interrupted {
            *raised.lock().unwrap_or_else(PoisonError::into_inner) = signal;
        }
        is_interrupted
    };
    let control = Control::default().stopped_when(&is_interrupted);
    let outcome = py.detach(|| work(&control));
    match raised.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(raised) => Err(raised),
        None => Ok(outcome),
    }
}

/// Runs on a separate thread, so that this one can handle signals and call `on_progress`.
pub(crate) fn run_long<T: Send>(
    py: Python<'_>,
    on_progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Control<'_>) -> Result<T> + Send,
) -> PyResult<Result<T>> {
    let latest = Mutex::new(None);
    let observer =
        |progress: Progress| *latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
    let control = Control::with_observer(&observer);
    let pool = pool()?;
    thread::scope(|scope| {
        let (sender, mut receiver) = mpsc::channel();
        let worker = &control;
        scope.spawn(move || {
            let outcome = pool.install(|| work(worker));
            // The receiver exists until the outcome has arrived.
            let _ = sender.send(outcome);
        });
        let mut report = Report { on_progress, latest: &latest, told: None };
        loop {
            let waiting = &mut receiver;
            match py.detach(move || waiting.recv_timeout(INTERVAL)) {
                Ok(outcome) => {
                    if outcome.is_ok() {
                        report.tell(py)?;
                    }
                    return Ok(outcome);
                }
                Err(RecvTimeoutError::Timeout) => match py.check_signals().and_then(|()| report.tell(py)) {
                    Ok(true) => {}
                    Ok(false) => control.cancel(),
                    Err(raised) => {
                        control.cancel();
                        py.detach(move || drop(receiver.recv()));
                        return Err(raised);
                    }
                },
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(PyRuntimeError::new_err("the run ended without a result"));
                }
            }
        }
    })
}

/// Forwards the latest progress, once.
struct Report<'a, 'py> {
    on_progress: Option<&'a Bound<'py, PyAny>>,
    latest: &'a Mutex<Option<Progress>>,
    told: Option<Progress>,
}

impl Report<'_, '_> {
    /// Whether the run should continue.
    fn tell(&mut self, py: Python<'_>) -> PyResult<bool> {
        let latest = *self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(on_progress), Some(progress)) = (self.on_progress, latest) else {
            return Ok(true);
        };
        if self.told == latest {
            return Ok(true);
        }
        self.told = latest;
        let answer = on_progress.call1((progress.done, progress.total))?;
        Ok(!answer.is(pyo3::types::PyBool::new(py, false)))
    }
}
