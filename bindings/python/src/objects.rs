//! Conversion of Python objects to values by the shape of the expected type.
//!
//! Nothing is validated here. The shape only selects the conversion: a `Decimal` becomes text for a decimal and a
//! number for a number; the fields of a record may also be in camelCase. An object of a wrong type is converted, too,
//! so that the decoder reports the error.

use std::borrow::Cow;

use pyo3::{
    intern,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyBytes, PyDate, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType},
};
use wherewithal::{
    Error, ErrorCode,
    wire::{Choice, Field, Fraction, Name, Reader, Shape, Spelling, Union, Value, Variant, stated},
};

use crate::errors::exception;

/// No valid input has this depth of nesting; a deeper one contains itself.
const MOST_LEVELS: u32 = 100;

type Entry = (Cow<'static, str>, Value<'static>);
type Object<'a, 'py> = &'a Bound<'py, PyAny>;

/// The reasons for a failed conversion.
enum Failure {
    /// No conversion is possible.
    Refused(Error),
    /// The object's own code raised an exception.
    Raised(PyErr),
}

type Outcome<T> = Result<T, Failure>;

impl From<PyErr> for Failure {
    fn from(raised: PyErr) -> Self {
        Self::Raised(raised)
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Raised(raised) => raised,
            Failure::Refused(error) => Python::attach(|py| exception(py, &error)),
        }
    }
}

/// Converts an object to a value of the expected shape.
///
/// # Errors
/// `input.invalid` with its path for an object without a conversion, and exceptions of the object's own code.
pub(crate) fn value_of(object: Object<'_, '_>, shape: Shape) -> PyResult<Value<'static>> {
    Ok(value(object, shape, MOST_LEVELS)?)
}

/// The fields of a whole input, with replacements of some fields by name.
///
/// # Errors
/// Those of [`value_of`].
pub(crate) fn input_of(
    whole: Object<'_, '_>,
    changes: &Bound<'_, PyDict>,
    shape: Shape,
) -> PyResult<Value<'static>> {
    let mut value = value(whole, shape, MOST_LEVELS)?;
    if let Value::Record(entries) = &mut value {
        let fields = fields_of(entries, shape);
        for (name, object) in changes {
            let Some((name, value)) = entry(&name, &object, fields, Source::Caller, MOST_LEVELS)? else {
                continue;
            };
            entries.retain(|(known, _)| *known != name);
            entries.push((name, value));
        }
    }
    Ok(value)
}

/// The fields of a record, or of the kind of a union that its tag names.
fn fields_of(entries: &[Entry], shape: Shape) -> &'static [Field] {
    match shape {
        Shape::Record(record) => record.fields,
        Shape::Union(union) => {
            let tag = entries.iter().find(|(name, _)| name == union.tag.snake);
            let kind = tag.and_then(|(_, tag)| match tag {
                Value::Text(text) => union.variants.iter().find(|kind| is_named(text, &kind.name)),
                _ => None,
            });
            kind.map_or(&[], |kind| kind.fields)
        }
        _ => &[],
    }
}

fn value(object: Object<'_, '_>, shape: Shape, levels: u32) -> Outcome<Value<'static>> {
    let Some(levels) = levels.checked_sub(1) else {
        return Err(Failure::Refused(Error::new(
            ErrorCode::InputInvalid,
            format!("the input has more than {MOST_LEVELS} levels of nesting"),
        )));
    };
    match shape {
        Shape::Nullable(_) if object.is_none() => Ok(Value::Null),
        Shape::Nullable(inner) => value(object, inner(), levels),
        Shape::List { item, .. } => list(object, shape, item, levels),
        Shape::Map(item) => match entries_of(object)? {
            Some(entries) => map(&entries, item, levels),
            None => scalar(object, shape),
        },
        Shape::Record(of) => match entries_of(object)? {
            Some(entries) => fields(&entries, of.fields, None, source_of(object)?, levels).map(Value::Record),
            None => scalar(object, shape),
        },
        Shape::Union(of) => match entries_of(object)? {
            Some(entries) => union(&entries, of, source_of(object)?, levels),
            None => scalar(object, shape),
        },
        Shape::Choice(of) => Ok(spelled(scalar(object, shape)?, of)),
        _ => scalar(object, shape),
    }
}

fn list(object: Object<'_, '_>, shape: Shape, item: fn() -> Shape, levels: u32) -> Outcome<Value<'static>> {
    let py = object.py();
    let is_list = object.is_exact_instance_of::<PyList>() || object.is_instance_of::<PyTuple>();
    if !is_list {
        // An array of numbers is read much faster as a list. Dates are excluded, because they would become numbers.
        let numbers = matches!(item().heart(), Shape::Number | Shape::Integer { .. } | Shape::Boolean);
        if numbers && object.hasattr(intern!(py, "tolist"))? {
            let plain = object.call_method0(intern!(py, "tolist"))?;
            let is_list = plain.is_instance_of::<PyList>();
            return if is_list { items(&plain, item, levels) } else { scalar(&plain, shape) };
        }
        if matches!(item().heart(), Shape::Record(_) | Shape::Union(_))
            && let Some(rows) = rows_of(object)?
        {
            return items(&rows, item, levels);
        }
        // A frame of numbers is a matrix by rows; to visit one of polars would be to visit its columns.
        if matches!(item(), Shape::List { .. })
            && let Some(rows) = matrix_of(object)?
        {
            return items(&rows, item, levels);
        }
        // A Series has names, too, but counts as a list here.
        let is_mapping = !object.hasattr(intern!(py, "tolist"))? && entries_of(object)?.is_some();
        if is_mapping || is_single(object)? {
            return scalar(object, shape);
        }
    }
    items(object, item, levels)
}

/// The rows of a table of ours, or of a frame of polars or pandas.
fn rows_of<'py>(object: Object<'_, 'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = object.py();
    if object.is_instance(table_class(py)?)? {
        return Ok(Some(object.clone()));
    }
    if object.hasattr(intern!(py, "to_dicts"))? {
        return object.call_method0(intern!(py, "to_dicts")).map(Some);
    }
    if object.hasattr(intern!(py, "columns"))? && object.hasattr(intern!(py, "to_dict"))? {
        return object.call_method1(intern!(py, "to_dict"), (intern!(py, "records"),)).map(Some);
    }
    Ok(None)
}

/// The rows of a frame of polars or pandas, each as the list of its values.
fn matrix_of<'py>(object: Object<'_, 'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = object.py();
    if object.hasattr(intern!(py, "to_dicts"))? && object.hasattr(intern!(py, "rows"))? {
        return object.call_method0(intern!(py, "rows")).map(Some);
    }
    if object.hasattr(intern!(py, "columns"))? && object.hasattr(intern!(py, "to_dict"))? {
        let split = object.call_method1(intern!(py, "to_dict"), (intern!(py, "split"),))?;
        return split.get_item(intern!(py, "data")).map(Some);
    }
    Ok(None)
}

/// Whether an object is a single value, although it may be iterable.
fn is_single(object: Object<'_, '_>) -> PyResult<bool> {
    let is_text = object.is_instance_of::<PyString>() || object.is_instance_of::<PyBytes>();
    Ok(is_text || !object.hasattr(intern!(object.py(), "__iter__"))?)
}

fn items(objects: Object<'_, '_>, item: fn() -> Shape, levels: u32) -> Outcome<Value<'static>> {
    let shape = item();
    let mut values = Vec::with_capacity(objects.len().unwrap_or(0));
    for (index, object) in objects.try_iter()?.enumerate() {
        values.push(within(value(&object?, shape, levels), |error| error.at(&format!("[{index}]")))?);
    }
    Ok(Value::List(values))
}

fn within<T>(outcome: Outcome<T>, place: impl FnOnce(Error) -> Error) -> Outcome<T> {
    outcome.map_err(|failure| match failure {
        Failure::Refused(error) => Failure::Refused(place(error)),
        raised => raised,
    })
}

fn map(entries: &[Pair<'_>], item: fn() -> Shape, levels: u32) -> Outcome<Value<'static>> {
    let mut values = Vec::with_capacity(entries.len());
    for (name, object) in entries {
        let name = text_of(name)?;
        let value = within(value(object, item(), levels), |error| error.at(&name))?;
        values.push((name.into(), value));
    }
    Ok(Value::Record(values))
}

/// The fields of a record of a union. For an unknown kind only the tag is kept, which the decoder refuses.
fn union(
    entries: &[Pair<'_>],
    union: &'static Union,
    source: Source,
    levels: u32,
) -> Outcome<Value<'static>> {
    let mut tag = None;
    for (name, object) in entries {
        if is_named(&text_of(name)?, &union.tag) {
            tag = Some(within(scalar(object, Shape::Text), |error| error.at(union.tag.snake))?);
        }
    }
    let kind = tag.as_ref().and_then(|tag| match tag {
        Value::Text(text) => union.variants.iter().find(|kind| is_named(text, &kind.name)),
        _ => None,
    });
    match (kind, tag) {
        (Some(Variant { name, fields: of, .. }), _) => {
            let mut values = vec![(union.tag.snake.into(), Value::Text(name.snake.into()))];
            values.extend(fields(entries, of, Some(&union.tag), source, levels)?);
            Ok(Value::Record(values))
        }
        (None, Some(tag)) => Ok(Value::Record(vec![(union.tag.snake.into(), tag)])),
        (None, None) => Ok(Value::Record(Vec::new())),
    }
}

fn fields(
    entries: &[Pair<'_>],
    fields: &'static [Field],
    tag: Option<&Name>,
    source: Source,
    levels: u32,
) -> Outcome<Vec<Entry>> {
    let mut values = Vec::with_capacity(entries.len());
    for (name, object) in entries {
        if tag.is_some_and(|tag| name.extract::<&str>().is_ok_and(|name| is_named(name, tag))) {
            continue;
        }
        values.extend(entry(name, object, fields, source, levels)?);
    }
    Ok(values)
}

/// A field with its value; none if the value `None` means that the field is left out. An unknown field keeps its name,
/// for the decoder to refuse it.
fn entry(
    name: Object<'_, '_>,
    object: Object<'_, '_>,
    fields: &'static [Field],
    source: Source,
    levels: u32,
) -> Outcome<Option<Entry>> {
    let name = text_of(name)?;
    let Some(field) = fields.iter().find(|field| is_named(&name, &field.name)) else {
        return Ok(Some((name.into(), Value::Null)));
    };
    let shape = (field.shape)();
    if !field.required && is_missing(object)? {
        let null = matches!(shape, Shape::Nullable(_)).then(|| (field.name.snake.into(), Value::Null));
        return Ok(null);
    }
    let value = within(value(object, shape, levels), |error| error.at(field.name.snake))?;
    let is_rate = field.bounds.is_some_and(|bounds| bounds.fraction == Some(Fraction::Rate));
    let value = if is_rate && matches!(source, Source::Record) { stated(value) } else { value };
    Ok(Some((field.name.snake.into(), value)))
}

/// Where fields come from.
#[derive(Clone, Copy)]
enum Source {
    /// What a caller wrote.
    Caller,
    /// A record, whose rates were read before and are fractions, however large.
    Record,
}

fn source_of(object: Object<'_, '_>) -> PyResult<Source> {
    Ok(if object.is_instance(record_class(object.py())?)? { Source::Record } else { Source::Caller })
}

/// Whether an object stands for nothing: `None`, and what a frame has in an empty cell, which is NaN, NaT or `pandas.NA`.
fn is_missing(object: Object<'_, '_>) -> PyResult<bool> {
    if object.is_none() {
        return Ok(true);
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        return Ok(number.value().is_nan());
    }
    let is_plain = object.is_instance_of::<PyString>() || object.is_instance_of::<PyInt>();
    if is_plain || object.is_instance_of::<PyList>() || object.is_instance_of::<PyDict>() {
        return Ok(false);
    }
    let py = object.py();
    if object.get_type().name()? == "NAType" {
        return Ok(true);
    }
    let is_scalar = object.is_instance_of::<PyDate>()
        || object.is_instance(decimal_class(py)?)?
        || (object.hasattr(intern!(py, "dtype"))? && !object.hasattr(intern!(py, "__len__"))?);
    // What is not a number or not a time differs from itself.
    Ok(is_scalar && object.ne(object)?)
}

/// Whether a text is a name in Python's spelling, with an underscore after keywords, or in that of JSON.
fn is_named(text: &str, name: &Name) -> bool {
    text == name.snake || text == name.camel || text.strip_suffix('_') == Some(name.snake)
}

fn spelled(value: Value<'static>, choice: &'static Choice) -> Value<'static> {
    let known = match &value {
        Value::Text(text) => choice.values.iter().find(|value| value.name.camel == text.as_ref()),
        _ => None,
    };
    known.map_or(value, |known| Value::Text(known.name.snake.into()))
}

fn text_of(name: Object<'_, '_>) -> PyResult<String> {
    match name.cast::<PyString>() {
        Ok(name) => name.extract(),
        Err(_) => name.str()?.extract(),
    }
}

type Pair<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

/// The names and values of a record, a mapping or a dataclass.
fn entries_of<'py>(object: Object<'_, 'py>) -> PyResult<Option<Vec<Pair<'py>>>> {
    let py = object.py();
    if let Ok(dictionary) = object.cast::<PyDict>() {
        return Ok(Some(dictionary.iter().collect()));
    }
    if object.is_instance(record_class(py)?)? {
        return object.call_method0(intern!(py, "_entries"))?.extract().map(Some);
    }
    if object.hasattr(intern!(py, "keys"))? {
        let entries = object.call_method0(intern!(py, "items"))?;
        return entries.try_iter()?.map(|entry| entry?.extract()).collect::<PyResult<_>>().map(Some);
    }
    let class = object.get_type();
    if class.hasattr(intern!(py, "__dataclass_fields__"))? {
        let names = class.getattr(intern!(py, "__dataclass_fields__"))?;
        let pair = |name: PyResult<Bound<'py, PyAny>>| {
            let name = name?;
            let value = object.getattr(name.cast::<PyString>()?)?;
            Ok((name, value))
        };
        return names.try_iter()?.map(pair).collect::<PyResult<_>>().map(Some);
    }
    Ok(None)
}

/// The value of an object that is neither a list nor a record, or of which only the type matters.
fn scalar(object: Object<'_, '_>, shape: Shape) -> Outcome<Value<'static>> {
    let py = object.py();
    if let Ok(number) = object.cast::<PyFloat>() {
        return Ok(Value::Number(number.value()));
    }
    if let Ok(text) = object.cast::<PyString>() {
        return Ok(Value::Text(text.extract::<String>()?.into()));
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(truth) = object.cast::<PyBool>() {
        return Ok(Value::Boolean(truth.is_true()));
    }
    if object.is_instance_of::<PyInt>() {
        return integer(object, shape);
    }
    if object.is_instance_of::<PyDate>() {
        return day(object.call_method0(intern!(py, "isoformat"))?);
    }
    if object.is_instance(decimal_class(py)?)? {
        return decimal(object, shape);
    }
    if object.hasattr(intern!(py, "tolist"))? {
        return from_numpy(object, shape);
    }
    if object.hasattr(intern!(py, "__index__"))? {
        return integer(&object.call_method0(intern!(py, "__index__"))?, shape);
    }
    if entries_of(object)?.is_some() {
        return Ok(Value::Record(Vec::new()));
    }
    if !is_single(object)? {
        return Ok(Value::List(Vec::new()));
    }
    let found = format!("{} {}", object.get_type().name()?, object.repr()?);
    Err(Failure::Refused(Reader::new(Spelling::Snake).no_value(&found, shape)))
}

fn integer(object: Object<'_, '_>, shape: Shape) -> Outcome<Value<'static>> {
    if let Ok(positive) = object.extract() {
        return Ok(Value::Positive(positive));
    }
    if let Ok(negative) = object.extract() {
        return Ok(Value::Negative(negative));
    }
    // The integer has more than 64 bits.
    match shape.heart() {
        Shape::Number => Ok(Value::Number(object.extract().unwrap_or(f64::INFINITY))),
        _ => Ok(Value::Text(object.str()?.extract::<String>()?.into())),
    }
}

fn decimal(object: Object<'_, '_>, shape: Shape) -> Outcome<Value<'static>> {
    let py = object.py();
    if matches!(shape.heart(), Shape::Number) {
        let number = object.call_method0(intern!(py, "__float__"))?;
        return Ok(Value::Number(number.extract()?));
    }
    // Without an exponent, which decimals do not have.
    let text = object.call_method1(intern!(py, "__format__"), (intern!(py, "f"),))?;
    Ok(Value::Text(text.extract::<String>()?.into()))
}

/// The date of a text in ISO 8601 form, without its time of day.
fn day(text: Bound<'_, PyAny>) -> Outcome<Value<'static>> {
    let text: String = text.extract()?;
    Ok(Value::Text(text.chars().take("2026-01-31".len()).collect::<String>().into()))
}

/// A scalar of numpy, or an array in a place for a scalar.
fn from_numpy(object: Object<'_, '_>, shape: Shape) -> Outcome<Value<'static>> {
    let py = object.py();
    let is_date = matches!(shape.heart(), Shape::Date);
    if is_date && object.get_type().name()? == "datetime64" {
        let days = object.call_method1(intern!(py, "astype"), (intern!(py, "datetime64[D]"),))?;
        return day(days.str()?.into_any());
    }
    let plain = object.call_method0(intern!(py, "tolist"))?;
    if plain.hasattr(intern!(py, "tolist"))? {
        let found = format!("{} {}", object.get_type().name()?, object.repr()?);
        return Err(Failure::Refused(Reader::new(Spelling::Snake).no_value(&found, shape)));
    }
    scalar(&plain, shape)
}

fn record_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "wherewithal._record", "Record")
}

fn table_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "wherewithal._table", "Table")
}

fn decimal_class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "decimal", "Decimal")
}
