//! Functions of arrays: the typed arrays of JavaScript are read where they are.

use napi::{Result, bindgen_prelude::Float64Array};
use napi_derive::napi;

use crate::call::thrown;

/// Future values.
#[napi(catch_unwind)]
pub fn fv(rate: &[f64], nper: &[f64], pmt: &[f64], pv: &[f64], when: String) -> Result<Float64Array> {
    array(wherewithal_arrays::fv(rate, nper, pmt, pv, &when))
}

/// Present values.
#[napi(catch_unwind)]
pub fn pv(rate: &[f64], nper: &[f64], pmt: &[f64], fv: &[f64], when: String) -> Result<Float64Array> {
    array(wherewithal_arrays::pv(rate, nper, pmt, fv, &when))
}

/// Level payments.
#[napi(catch_unwind)]
pub fn pmt(rate: &[f64], nper: &[f64], pv: &[f64], fv: &[f64], when: String) -> Result<Float64Array> {
    array(wherewithal_arrays::pmt(rate, nper, pv, fv, &when))
}

/// Numbers of periods.
#[napi(catch_unwind)]
pub fn nper(rate: &[f64], pmt: &[f64], pv: &[f64], fv: &[f64], when: String) -> Result<Float64Array> {
    array(wherewithal_arrays::nper(rate, pmt, pv, fv, &when))
}

/// Rates per period.
#[napi(catch_unwind)]
pub fn rate(
    nper: &[f64],
    pmt: &[f64],
    pv: &[f64],
    fv: &[f64],
    when: String,
    guess: &[f64],
) -> Result<Float64Array> {
    array(wherewithal_arrays::rate(nper, pmt, pv, fv, &when, guess))
}

/// The internal rate of return of amounts one period apart.
#[napi(catch_unwind)]
pub fn irr(amounts: &[f64], guess: f64) -> Result<f64> {
    wherewithal_arrays::irr(amounts, guess).map_err(|error| thrown(&error))
}

/// The internal rate of return of dated amounts.
#[napi(catch_unwind)]
pub fn xirr(days: &[i32], amounts: &[f64], day_count: String, guess: f64) -> Result<f64> {
    wherewithal_arrays::xirr(days, amounts, &day_count, guess).map_err(|error| thrown(&error))
}

/// Net present values of amounts one period apart.
#[napi(catch_unwind)]
pub fn npv(rate: &[f64], amounts: &[f64], start_from_zero: bool) -> Result<Float64Array> {
    array(wherewithal_arrays::npv(rate, amounts, start_from_zero))
}

/// Net present values of dated amounts.
#[napi(catch_unwind)]
pub fn xnpv(rate: &[f64], days: &[i32], amounts: &[f64], day_count: String) -> Result<Float64Array> {
    array(wherewithal_arrays::xnpv(rate, days, amounts, &day_count))
}

fn array(values: wherewithal::Result<Vec<f64>>) -> Result<Float64Array> {
    values.map(Float64Array::new).map_err(|error| thrown(&error))
}
