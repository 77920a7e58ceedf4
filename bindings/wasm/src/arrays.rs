//! Functions of arrays.

use wasm_bindgen::{JsError, prelude::wasm_bindgen};
use wherewithal::Result;

use crate::call::thrown;

/// Future values.
///
/// # Errors
/// A JavaScript error whose message is the wire form; so for all functions here.
#[wasm_bindgen]
pub fn fv(rate: &[f64], nper: &[f64], pmt: &[f64], pv: &[f64], when: &str) -> Result<Vec<f64>, JsError> {
    wherewithal_arrays::fv(rate, nper, pmt, pv, when).map_err(|error| thrown(&error))
}

/// Present values.
///
/// # Errors
/// See [`fv`].
#[wasm_bindgen]
pub fn pv(rate: &[f64], nper: &[f64], pmt: &[f64], fv: &[f64], when: &str) -> Result<Vec<f64>, JsError> {
    wherewithal_arrays::pv(rate, nper, pmt, fv, when).map_err(|error| thrown(&error))
}

/// Level payments.
///
/// # Errors
/// See [`fv`].
#[wasm_bindgen]
pub fn pmt(rate: &[f64], nper: &[f64], pv: &[f64], fv: &[f64], when: &str) -> Result<Vec<f64>, JsError> {
    wherewithal_arrays::pmt(rate, nper, pv, fv, when).map_err(|error| thrown(&error))
}

/// Numbers of periods.
///
/// # Errors
/// See [`fv`].
#[wasm_bindgen]
pub fn nper(rate: &[f64], pmt: &[f64], pv: &[f64], fv: &[f64], when: &str) -> Result<Vec<f64>, JsError> {
    wherewithal_arrays::nper(rate, pmt, pv, fv, when).map_err(|error| thrown(&error))
}

/// Rates per period.
///
/// # Errors
/// See [`fv`].
#[wasm_bindgen]
pub fn rate(
    nper: &[f64],
    pmt: &[f64],
    pv: &[f64],
    fv: &[f64],
    when: &str,
    guess: &[f64],
) -> Result<Vec<f64>, JsError> {
    wherewithal_arrays::rate(nper, pmt, pv, fv, when, guess).map_err(|error| thrown(&error))
}

/// The internal rate of return of amounts one period apart.
///
/// # Errors
/// See [`fv`].
#[wasm_bindgen]
pub fn irr(amounts: &[f64], guess: f64) -> Result<f64, JsError> {
    wherewithal_arrays::irr(amounts, guess).map_err(|error| thrown(&error))
}

/// The internal rate of return of dated amounts.
///
/// # Errors
/// See [`fv`].
#[wasm_bindgen]
pub fn xirr(days: &[i32], amounts: &[f64], day_count: &str, guess: f64) -> Result<f64, JsError> {
    wherewithal_arrays::xirr(days, amounts, day_count, guess).map_err(|error| thrown(&error))
}

/// Net present values of amounts one period apart.
///
/// # Errors
/// See [`fv`].
#[wasm_bindgen]
pub fn npv(rate: &[f64], amounts: &[f64], start_from_zero: bool) -> Result<Vec<f64>, JsError> {
    wherewithal_arrays::npv(rate, amounts, start_from_zero).map_err(|error| thrown(&error))
}

/// Net present values of dated amounts.
///
/// # Errors
/// See [`fv`].
#[wasm_bindgen]
pub fn xnpv(rate: &[f64], days: &[i32], amounts: &[f64], day_count: &str) -> Result<Vec<f64>, JsError> {
    wherewithal_arrays::xnpv(rate, days, amounts, day_count).map_err(|error| thrown(&error))
}
