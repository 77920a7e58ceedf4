//! Reading and writing records by the name of their type, with the decoder shared by all languages.

use std::{collections::BTreeMap, sync::LazyLock};

use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    types::{PyDict, PyString},
};
use wherewithal::{
    Result,
    wire::{Field, Reader, Shape, Spelling, transcribe},
};
use wherewithal_contract::{schema, wire};

use crate::{
    call::bytes_of,
    errors::exception,
    objects::{input_of, value_of},
    plain::plain,
};

static TYPES: LazyLock<BTreeMap<&'static str, schema::NamedType>> = LazyLock::new(schema::types);

fn shape_of(name: &str) -> PyResult<Shape> {
    let known = TYPES.get(name).map(|named| named.shape);
    known.ok_or_else(|| PyTypeError::new_err(format!("the contract has no type {name:?}")))
}

/// Validates the fields of a record, and returns all of them as plain objects, with defaults.
#[pyfunction]
pub(crate) fn validate<'py>(
    py: Python<'py>,
    name: &str,
    fields: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let shape = shape_of(name)?;
    let value = value_of(fields, shape)?;
    let read = transcribe(&value, shape, Reader::new(Spelling::Snake), Spelling::Snake);
    plain(py, |sink| read?.write(sink))
}

/// A record with replacements of some fields by name, as plain objects.
#[pyfunction]
pub(crate) fn replaced<'py>(
    py: Python<'py>,
    name: &str,
    record: &Bound<'py, PyAny>,
    changes: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    let shape = shape_of(name)?;
    let value = input_of(record, changes, shape)?;
    let read = transcribe(&value, shape, Reader::new(Spelling::Snake), Spelling::Snake);
    plain(py, |sink| read?.write(sink))
}

/// Reads a record from JSON, into plain objects.
#[pyfunction]
pub(crate) fn parse<'py>(
    py: Python<'py>,
    name: &str,
    text: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let shape = shape_of(name)?;
    let text = bytes_of(text)?;
    let read = || transcribe(&wire::parse(text)?, shape, Reader::new(Spelling::Camel), Spelling::Snake);
    plain(py, |sink| read()?.write(sink))
}

/// Writes a record as JSON.
#[pyfunction]
pub(crate) fn dump<'py>(
    py: Python<'py>,
    name: &str,
    record: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyString>> {
    let shape = shape_of(name)?;
    let value = value_of(record, shape)?;
    let json = || -> Result<Vec<u8>> {
        let value = transcribe(&value, shape, Reader::new(Spelling::Snake), Spelling::Camel)?;
        wire::json(Spelling::Camel, |sink| value.write(sink))
    };
    let json = json().map_err(|error| exception(py, &error))?;
    PyString::from_bytes(py, &json)
}

/// The defaults of a record's fields; for a union, of one kind. Required fields are not included.
#[pyfunction]
#[pyo3(signature = (name, kind = None))]
pub(crate) fn defaults<'py>(py: Python<'py>, name: &str, kind: Option<&str>) -> PyResult<Bound<'py, PyDict>> {
    let fields: &[Field] = match shape_of(name)? {
        Shape::Record(record) => record.fields,
        Shape::Union(union) => union
            .variants
            .iter()
            .find(|variant| Some(variant.name.snake) == kind)
            .map_or(&[], |variant| variant.fields),
        _ => &[],
    };
    let defaults = PyDict::new(py);
    for field in fields {
        if let Some(default) = field.default {
            defaults.set_item(field.name.snake, plain(py, default)?)?;
        }
    }
    Ok(defaults)
}
