//! Reading and writing records by the name of their type, with the decoder shared by all languages.

use std::{collections::BTreeMap, sync::LazyLock};

use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    types::{PyDict, PyString},
};
use wherewithal::{
    Error, Result,
    wire::{Field, Reader, Shape, Spelling, Value, transcribe},
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
    let read = || {
        let value = wire::parse(text)?;
        transcribe(&value, shape, Reader::new(Spelling::Camel), Spelling::Snake)
            .map_err(|error| other_document(name, &value, error))
    };
    plain(py, |sink| read()?.write(sink))
}

/// The documents that people keep in files, and what reads each.
const DOCUMENTS: [(&str, &str); 2] = [
    (
        "Household",
        "this is a household document, which `Household.from_file` reads; `plan.retirement_plan(household)` makes a retirement \
         plan of it",
    ),
    ("RetirementPlan", "this is a retirement plan, which `types.RetirementPlan.from_file` reads"),
];

/// The error of a document that was refused: if it is one of another type, with what reads it.
fn other_document(name: &str, value: &Value<'_>, error: Error) -> Error {
    let Value::Record(given) = value else { return error };
    let is_of = |other: &str| match TYPES.get(other).map(|named| named.shape) {
        Some(Shape::Record(record)) => record
            .fields
            .iter()
            .filter(|field| field.required)
            .all(|field| given.iter().any(|(key, _)| key == field.name.camel)),
        _ => false,
    };
    if is_of(name) {
        return error;
    }
    match DOCUMENTS.iter().find(|(other, _)| *other != name && is_of(other)) {
        Some((_, what)) => Error::new(error.code(), format!("{what} ({})", error.message())).at(error.path()),
        None => error,
    }
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
