//! A function of numbers, applied to arrays of any shapes that fit together.

use numpy::{
    PyArray1, PyArrayMethods as _,
    ndarray::{ArrayView, IxDyn},
};
use pyo3::{prelude::*, types::PyFloat};
use rayon::prelude::*;
use wherewithal::{
    Error, ErrorCode, Result,
    time_value::columns::{Column, RowError, each},
};

use super::{
    mirror::Mirror,
    numbers::{Numbers, scalar},
};
use crate::{
    errors::{array_exception, invalid},
    pool::pool,
};

/// How many results a thread makes at a time.
const CHUNK: usize = 4096;

/// An argument: what the caller gave, or what it is when nothing was given.
pub(super) enum Argument<'a, 'py> {
    Given(&'a Bound<'py, PyAny>),
    Default(f64),
}

impl<'a, 'py> Argument<'a, 'py> {
    /// What was given, or `default`.
    pub(super) fn or(given: Option<&'a Bound<'py, PyAny>>, default: f64) -> Self {
        given.map_or(Self::Default(default), Self::Given)
    }
}

impl<'a, 'py> From<&'a Bound<'py, PyAny>> for Argument<'a, 'py> {
    fn from(given: &'a Bound<'py, PyAny>) -> Self {
        Self::Given(given)
    }
}

/// Applies `function` element by element. The arguments are named in the wire's spelling.
///
/// An error has the index of the result in its path, such as `rate[17]`, where that argument is an array.
pub(super) fn broadcast<'py, const N: usize>(
    py: Python<'py>,
    arguments: [(&str, Argument<'_, 'py>); N],
    function: impl Fn([f64; N]) -> Result<f64> + Sync,
) -> PyResult<Bound<'py, PyAny>> {
    broadcast_columns(py, arguments, &function, |columns, results| each(columns, results, &function))
}

/// As [`broadcast`], with a function of columns that gives the results of `function` in a quicker way.
pub(super) fn broadcast_columns<'py, const N: usize>(
    py: Python<'py>,
    arguments: [(&str, Argument<'_, 'py>); N],
    function: impl Fn([f64; N]) -> Result<f64>,
    on_columns: impl Fn([Column<'_>; N], &mut [f64]) -> std::result::Result<(), RowError> + Sync,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(singles) = singles(&arguments) {
        return number(py, function(singles));
    }
    let names = arguments.each_ref().map(|(name, _)| *name);
    let mut inputs = Vec::with_capacity(N);
    for (name, argument) in arguments {
        inputs.push(match argument {
            Argument::Given(value) => Numbers::read(value, name)?,
            Argument::Default(value) => Numbers::one(value),
        });
    }
    if inputs.iter().all(|input| input.shape.is_empty()) {
        let mut singles = [0.0; N];
        for (single, input) in singles.iter_mut().zip(&inputs) {
            *single = input.single().unwrap_or(f64::NAN);
        }
        return number(py, function(singles));
    }

    let mut shape = Vec::new();
    let mut mirror = Mirror::Float;
    for (name, input) in names.iter().zip(&inputs) {
        shape = common_shape(&shape, &input.shape).ok_or_else(|| {
            let message = format!(
                "the shape {:?} does not fit the shape {shape:?} of the arguments before",
                input.shape
            );
            invalid(py, name, &message)
        })?;
        mirror = mirror.joined(input.mirror.clone(), name)?;
    }
    let size = size_of(py, &shape)?;
    let stretched: Vec<Option<Vec<f64>>> = inputs.iter().map(|input| stretched(input, &shape)).collect();
    let mut columns = [Column::One(0.0); N];
    for ((column, input), stretched) in columns.iter_mut().zip(&inputs).zip(&stretched) {
        *column = match (input.single(), stretched) {
            (Some(value), _) => Column::One(value),
            (None, Some(values)) => Column::Many(values),
            (None, None) => Column::Many(input.values()),
        };
    }
    let at = |failed: Option<(usize, Error)>| match failed {
        Some((index, error)) => Err(array_exception(py, &at_index(&error, &names, &columns, index, &shape))),
        None => Ok(()),
    };
    if mirror.is_array() {
        // numpy's own memory: it asks the system for large pages.
        let array = PyArray1::<f64>::zeros(py, size, false);
        at(fill(py, array.readwrite().as_slice_mut()?, columns, &on_columns)?)?;
        return mirror.of_array(array, &shape);
    }
    let mut results = vec![0.0; size];
    at(fill(py, &mut results, columns, &on_columns)?)?;
    mirror.of(py, results, &shape)
}

/// Makes all results, without holding the interpreter; the first that fails, with its index.
fn fill<const N: usize>(
    py: Python<'_>,
    results: &mut [f64],
    columns: [Column<'_>; N],
    on_columns: &(impl Fn([Column<'_>; N], &mut [f64]) -> std::result::Result<(), RowError> + Sync),
) -> PyResult<Option<(usize, Error)>> {
    let pool = if results.len() > CHUNK { Some(pool()?) } else { None };
    let on_chunk = |(chunk, results): (usize, &mut [f64])| {
        let start = chunk * CHUNK;
        let end = start + results.len();
        let failure = on_columns(columns.map(|column| column.part(start, end)), results).err()?;
        Some((start + failure.row, failure.error))
    };
    Ok(py.detach(|| match pool {
        Some(pool) if pool.current_num_threads() > 1 => pool.install(|| {
            results.par_chunks_mut(CHUNK).enumerate().filter_map(on_chunk).min_by_key(|(index, _)| *index)
        }),
        _ => results.chunks_mut(CHUNK).enumerate().find_map(on_chunk),
    }))
}

/// How many results a shape has, if there is memory for them.
fn size_of(py: Python<'_>, shape: &[usize]) -> PyResult<usize> {
    let size = shape.iter().try_fold(1_usize, |size, length| size.checked_mul(*length));
    // Memory that is not touched costs nothing.
    size.filter(|size| Vec::<f64>::new().try_reserve_exact(*size).is_ok()).ok_or_else(|| {
        let message = format!("there is no memory for a result of the shape {shape:?}");
        array_exception(py, &Error::new(ErrorCode::InputTooLarge, message))
    })
}

/// The arguments, if all of them are plain numbers: the usual case, which shall be quick.
fn singles<const N: usize>(arguments: &[(&str, Argument<'_, '_>); N]) -> Option<[f64; N]> {
    let mut singles = [0.0; N];
    for (single, (_, argument)) in singles.iter_mut().zip(arguments) {
        *single = match argument {
            Argument::Given(value) => scalar(value)?,
            Argument::Default(value) => *value,
        };
    }
    Some(singles)
}

fn number<'py>(py: Python<'py>, result: Result<f64>) -> PyResult<Bound<'py, PyAny>> {
    let value = result.map_err(|error| array_exception(py, &error))?;
    Ok(PyFloat::new(py, value).into_any())
}

/// The shape that both fit, by numpy's rules.
fn common_shape(one: &[usize], other: &[usize]) -> Option<Vec<usize>> {
    let length = one.len().max(other.len());
    let from_end = |shape: &[usize], place: usize| shape.iter().rev().nth(place).copied().unwrap_or(1);
    let mut common = (0..length)
        .map(|place| match (from_end(one, place), from_end(other, place)) {
            (1, size) | (size, 1) => Some(size),
            (size, same) if size == same => Some(size),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()?;
    common.reverse();
    Some(common)
}

/// The numbers of `input` repeated to fill `shape`, if they do not fill it already.
fn stretched(input: &Numbers<'_>, shape: &[usize]) -> Option<Vec<f64>> {
    if input.shape.is_empty() || input.shape == shape {
        return None;
    }
    let view = ArrayView::from_shape(IxDyn(&input.shape), input.values()).ok()?;
    view.broadcast(IxDyn(shape)).map(|view| view.iter().copied().collect())
}

/// The error with the index of its result after the name of its argument, if that is an array.
fn at_index(error: &Error, names: &[&str], columns: &[Column<'_>], index: usize, shape: &[usize]) -> Error {
    let argument = error.path().split(['.', '[']).next().unwrap_or_default();
    let rest = error.path().get(argument.len()..).unwrap_or_default();
    let known = names.iter().zip(columns).find(|(name, _)| **name == argument);
    let path = match known {
        Some((_, Column::One(_))) => error.path().to_owned(),
        _ => format!("{argument}{}{rest}", brackets(index, shape)),
    };
    Error::new(error.code(), error.message()).at(&path)
}

/// The index of an element in each dimension: `[1][2]`.
pub(super) fn brackets(mut index: usize, shape: &[usize]) -> String {
    let mut places = Vec::with_capacity(shape.len());
    for size in shape.iter().rev() {
        places.push(index % size);
        index /= size;
    }
    places.iter().rev().map(|place| format!("[{place}]")).collect()
}
