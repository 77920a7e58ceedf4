//! Array functions: the typed arrays of JavaScript are read where they are.

use napi::{
    Result,
    bindgen_prelude::{BigInt64Array, Float64Array, Float64ArraySlice, Int32ArraySlice, Uint32Array},
};
use napi_derive::napi;
use wherewithal_contract::arrays::{self, Columns, Parts};

use crate::call::thrown;

/// The number of each row by the function `name`.
#[napi(catch_unwind)]
pub fn array_numbers(
    name: String,
    numbers: Vec<Float64ArraySlice<'_>>,
    integers: Vec<Int32ArraySlice<'_>>,
    texts: Vec<String>,
) -> Result<Float64Array> {
    let numbers = with_parts(&numbers, &integers, &texts, |parts| parts.fill(arrays::get(&name)?))?;
    Ok(Float64Array::new(numbers))
}

/// The columns of schedules: interest, principal, balance, ends, payment, total interest and places.
type Schedules =
    (BigInt64Array, BigInt64Array, BigInt64Array, Uint32Array, BigInt64Array, BigInt64Array, u32);

/// The schedule of each row by the function `name`.
#[napi(catch_unwind)]
pub fn array_schedules(
    name: String,
    numbers: Vec<Float64ArraySlice<'_>>,
    integers: Vec<Int32ArraySlice<'_>>,
    texts: Vec<String>,
) -> Result<Schedules> {
    let columns = with_parts(&numbers, &integers, &texts, |parts| parts.schedules(arrays::get(&name)?))?;
    let Columns { interest, principal, balance, ends, payment, total_interest, places } = columns;
    let [interest, principal, balance] = [interest, principal, balance].map(BigInt64Array::new);
    let [payment, total_interest] = [payment, total_interest].map(BigInt64Array::new);
    Ok((interest, principal, balance, Uint32Array::new(ends), payment, total_interest, places))
}

fn with_parts<T>(
    numbers: &[Float64ArraySlice<'_>],
    integers: &[Int32ArraySlice<'_>],
    texts: &[String],
    work: impl FnOnce(Parts<'_>) -> wherewithal::Result<T>,
) -> Result<T> {
    let numbers: Vec<&[f64]> = numbers.iter().map(AsRef::as_ref).collect();
    let integers: Vec<&[i32]> = integers.iter().map(AsRef::as_ref).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let parts = Parts { numbers: &numbers, integers: &integers, texts: &texts };
    work(parts).map_err(|error| thrown(&error))
}
