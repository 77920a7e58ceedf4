//! Operations, with or without an observer of their progress.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::{JsError, JsValue, prelude::wasm_bindgen};
use wherewithal::control::{Control, Progress};
use wherewithal_contract::{registry, wire};

thread_local! {
    /// The observer of the running operation. It is in a thread-local because a control needs an observer that threads
    /// can share, and a JavaScript function belongs to its thread.
    static OBSERVER: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Runs an operation: JSON in, JSON out.
///
/// # Errors
/// A JavaScript error whose message is the JSON form.
#[wasm_bindgen]
pub fn call(operation: &str, input: &str) -> Result<String, JsError> {
    run(operation, input, &Control::default())
}

/// Runs an operation and calls `observer` with the units of work done and in total.
///
/// # Errors
/// A JavaScript error whose message is the JSON form.
#[wasm_bindgen(js_name = callObserved)]
pub fn call_observed(operation: &str, input: &str, observer: Function) -> Result<String, JsError> {
    OBSERVER.set(Some(observer));
    let output = run(operation, input, &Control::with_observer(&tell));
    OBSERVER.set(None);
    output
}

fn run(operation: &str, input: &str, control: &Control<'_>) -> Result<String, JsError> {
    let output = registry()
        .get(operation)
        .and_then(|operation| operation.call_with(input.as_bytes(), control))
        .map_err(|error| thrown(&error))?;
    Ok(String::from_utf8(output)?)
}

/// The JavaScript error of an error of the library: its message is the JSON form.
pub(crate) fn thrown(error: &wherewithal::Error) -> JsError {
    JsError::new(&wire::error_json(error))
}

fn tell(Progress { done, total }: Progress) {
    if let Some(observer) = OBSERVER.with_borrow(Option::clone) {
        // An exception of an observer is ignored and does not stop the run.
        let _ = observer.call2(&JsValue::UNDEFINED, &(done as f64).into(), &(total as f64).into());
    }
}
