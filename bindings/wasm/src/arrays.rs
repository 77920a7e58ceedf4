//! Array functions.

use js_sys::{Array, BigInt64Array, Float64Array, Int32Array, Uint32Array};
use wasm_bindgen::{JsError, prelude::wasm_bindgen};
use wherewithal_contract::arrays::{self, Columns, Parts};

use crate::call::thrown;

/// The number of each row by the function `name`.
///
/// # Errors
/// A JavaScript error whose message is the wire form.
#[wasm_bindgen(js_name = arrayNumbers)]
pub fn array_numbers(
    name: &str,
    numbers: Vec<Float64Array>,
    integers: Vec<Int32Array>,
    texts: Vec<String>,
) -> Result<Vec<f64>, JsError> {
    with_parts(&numbers, &integers, &texts, |parts| parts.fill(arrays::get(name)?))
}

/// The schedule of each row by the function `name`, as columns: interest, principal, balance, ends, payment, total
/// interest and places.
///
/// # Errors
/// A JavaScript error whose message is the wire form.
#[wasm_bindgen(
    js_name = arraySchedules,
    unchecked_return_type = "[BigInt64Array, BigInt64Array, BigInt64Array, Uint32Array, BigInt64Array, BigInt64Array, number]"
)]
pub fn array_schedules(
    name: &str,
    numbers: Vec<Float64Array>,
    integers: Vec<Int32Array>,
    texts: Vec<String>,
) -> Result<Array, JsError> {
    let columns = with_parts(&numbers, &integers, &texts, |parts| parts.schedules(arrays::get(name)?))?;
    let Columns { interest, principal, balance, ends, payment, total_interest, places } = columns;
    let [interest, principal, balance, payment, total_interest] =
        [interest, principal, balance, payment, total_interest]
            .map(|column| BigInt64Array::from(column.as_slice()));
    let ends = Uint32Array::from(ends.as_slice());
    let all = Array::of(&[
        interest.into(),
        principal.into(),
        balance.into(),
        ends.into(),
        payment.into(),
        total_interest.into(),
        places.into(),
    ]);
    Ok(all)
}

fn with_parts<T>(
    numbers: &[Float64Array],
    integers: &[Int32Array],
    texts: &[String],
    work: impl FnOnce(Parts<'_>) -> wherewithal::Result<T>,
) -> Result<T, JsError> {
    let numbers: Vec<Vec<f64>> = numbers.iter().map(Float64Array::to_vec).collect();
    let integers: Vec<Vec<i32>> = integers.iter().map(Int32Array::to_vec).collect();
    let numbers: Vec<&[f64]> = numbers.iter().map(Vec::as_slice).collect();
    let integers: Vec<&[i32]> = integers.iter().map(Vec::as_slice).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let parts = Parts { numbers: &numbers, integers: &integers, texts: &texts };
    work(parts).map_err(|error| thrown(&error))
}
