//! Arrays of any shapes that fit together, by numpy's rules.

use numpy::ndarray::{ArrayView, IxDyn};
use pyo3::prelude::*;
use wherewithal::{Error, ErrorCode, time_value::columns::Column};

use super::{mirror::Mirror, numbers::Numbers};
use crate::errors::{array_exception, invalid};

/// What the columns of a call have in common.
pub(super) struct Common<'py> {
    pub(super) shape: Vec<usize>,
    pub(super) mirror: Mirror<'py>,
}

/// A column that has been stretched to the common shape where it had another.
pub(super) struct Stretched<'a, 'py> {
    input: &'a Numbers<'py>,
    stretched: Option<Vec<f64>>,
}

impl<'py> Common<'py> {
    /// Of columns without rows.
    pub(super) fn new() -> Self {
        Self { shape: Vec::new(), mirror: Mirror::Float }
    }

    /// The same with one more column, the argument `name`.
    pub(super) fn with(self, py: Python<'_>, name: &str, input: &Numbers<'py>) -> PyResult<Self> {
        let shape = common_shape(&self.shape, &input.shape).ok_or_else(|| {
            let message = format!(
                "the shape {:?} does not fit the shape {:?} of the arguments before",
                input.shape, self.shape
            );
            invalid(py, name, &message)
        })?;
        Ok(Self { shape, mirror: self.mirror.joined(input.mirror.clone(), name)? })
    }

    /// A column in the common shape.
    pub(super) fn stretch<'a>(
        &self,
        py: Python<'_>,
        input: &'a Numbers<'py>,
    ) -> PyResult<Stretched<'a, 'py>> {
        Ok(Stretched { input, stretched: stretched(py, input, &self.shape)? })
    }
}

impl Stretched<'_, '_> {
    pub(super) fn column(&self) -> Column<'_> {
        match (self.input.single(), &self.stretched) {
            (Some(value), _) => Column::One(value),
            (None, Some(values)) => Column::Many(values),
            (None, None) => Column::Many(self.input.values()),
        }
    }
}

/// How many results a shape has, if there is memory for them.
pub(super) fn size_of(py: Python<'_>, shape: &[usize]) -> PyResult<usize> {
    if shape.is_empty() {
        return Ok(1);
    }
    let size = shape.iter().try_fold(1_usize, |size, length| size.checked_mul(*length));
    // Memory that is not touched costs nothing.
    size.filter(|size| Vec::<f64>::new().try_reserve_exact(*size).is_ok()).ok_or_else(|| no_memory(py, shape))
}

/// A copy of the numbers of a shape, which may be far more than the caller's memory holds: a stretched array of numpy
/// repeats one number.
pub(super) fn copied<'a>(
    py: Python<'_>,
    numbers: impl ExactSizeIterator<Item = &'a f64>,
    shape: &[usize],
) -> PyResult<Vec<f64>> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(numbers.len()).map_err(|_| no_memory(py, shape))?;
    copy.extend(numbers);
    Ok(copy)
}

fn no_memory(py: Python<'_>, shape: &[usize]) -> PyErr {
    let message = format!("there is no memory for numbers of the shape {shape:?}");
    array_exception(py, &Error::new(ErrorCode::InputTooLarge, message))
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
fn stretched(py: Python<'_>, input: &Numbers<'_>, shape: &[usize]) -> PyResult<Option<Vec<f64>>> {
    if input.shape.is_empty() || input.shape == shape {
        return Ok(None);
    }
    let Ok(view) = ArrayView::from_shape(IxDyn(&input.shape), input.values()) else { return Ok(None) };
    view.broadcast(IxDyn(shape)).map(|view| copied(py, view.iter(), shape)).transpose()
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
