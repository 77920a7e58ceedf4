//! JSON of Python values, written without the interpreter's help: most of the time of a call that passes a history or a
//! list of trades would go into `json.dumps`.

use pyo3::{
    prelude::*,
    types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString},
};

/// No question nests as deep; readers of JSON stop there too.
const MOST_LEVELS: usize = 100;

/// Writes a value as JSON in UTF-8, or returns `None` where `json.dumps` has to judge: it holds something else than
/// dictionaries with names, lists, text, finite numbers of 64 bits, truth values and `None`, of exactly those types.
#[pyfunction]
pub(crate) fn dumps<'py>(value: &Bound<'py, PyAny>) -> Option<Bound<'py, PyBytes>> {
    let mut json = Vec::new();
    write(value, MOST_LEVELS, &mut json)?;
    Some(PyBytes::new(value.py(), &json))
}

/// Whether a value is a list of finite numbers, or of such lists: all of them exactly `list` and `float`, so that they are
/// written as they stand.
#[pyfunction]
pub(crate) fn holds_numbers(value: &Bound<'_, PyAny>) -> bool {
    let is_number =
        |item: &Bound<'_, PyAny>| item.cast_exact::<PyFloat>().is_ok_and(|number| number.value().is_finite());
    let holds =
        |list: &Bound<'_, PyList>, of: &dyn Fn(&Bound<'_, PyAny>) -> bool| list.iter().all(|item| of(&item));
    let is_row =
        |item: &Bound<'_, PyAny>| item.cast_exact::<PyList>().is_ok_and(|row| holds(row, &is_number));
    value.cast_exact::<PyList>().is_ok_and(|list| holds(list, &is_number) || holds(list, &is_row))
}

fn write(value: &Bound<'_, PyAny>, levels: usize, json: &mut Vec<u8>) -> Option<()> {
    if let Ok(number) = value.cast_exact::<PyFloat>() {
        let number = number.value();
        return if number.is_finite() { put(&number, json) } else { None };
    }
    if let Ok(text) = value.cast_exact::<PyString>() {
        return put(text.to_str().ok()?, json);
    }
    if let Ok(list) = value.cast_exact::<PyList>() {
        let levels = levels.checked_sub(1)?;
        json.push(b'[');
        for (index, item) in list.iter().enumerate() {
            separate(index, json);
            write(&item, levels, json)?;
        }
        json.push(b']');
        return Some(());
    }
    if let Ok(fields) = value.cast_exact::<PyDict>() {
        let levels = levels.checked_sub(1)?;
        json.push(b'{');
        for (index, (name, item)) in fields.iter().enumerate() {
            separate(index, json);
            put(name.cast_exact::<PyString>().ok()?.to_str().ok()?, json)?;
            json.push(b':');
            write(&item, levels, json)?;
        }
        json.push(b'}');
        return Some(());
    }
    if value.is_none() {
        return put(&(), json);
    }
    if let Ok(truth) = value.cast_exact::<PyBool>() {
        return put(&truth.is_true(), json);
    }
    put(&value.cast_exact::<PyInt>().ok()?.extract::<i64>().ok()?, json)
}

fn separate(index: usize, json: &mut Vec<u8>) {
    if index > 0 {
        json.push(b',');
    }
}

fn put<T: serde::Serialize + ?Sized>(value: &T, json: &mut Vec<u8>) -> Option<()> {
    serde_json::to_writer(json, value).ok()
}
