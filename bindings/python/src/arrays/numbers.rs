//! Numbers from whatever holds them.

use numpy::{PyArrayDyn, PyArrayMethods as _, PyReadonlyArrayDyn, PyUntypedArrayMethods as _};
use pyo3::{
    prelude::*,
    types::{IntoPyDict as _, PyBool, PyFloat, PyInt, PyList, PyString, PyTuple},
};

use super::{
    broadcast::copied,
    mirror::{Mirror, is_a},
};
use crate::errors::invalid;

/// The deepest that lists may lie in lists; numpy has the same limit.
const MAX_DEPTH: usize = 32;

/// An argument's numbers, their shape, and the form that they came in.
pub(super) struct Numbers<'py> {
    data: Data<'py>,
    pub(super) shape: Vec<usize>,
    pub(super) mirror: Mirror<'py>,
}

enum Data<'py> {
    Owned(Vec<f64>),
    /// A numpy array of doubles in row-major order, used where it is.
    Borrowed(PyReadonlyArrayDyn<'py, f64>),
}

impl<'py> Numbers<'py> {
    /// A single number.
    pub(super) fn one(value: f64) -> Self {
        Self { data: Data::Owned(vec![value]), shape: Vec::new(), mirror: Mirror::Float }
    }

    /// The numbers of the argument `name`.
    pub(super) fn read(value: &Bound<'py, PyAny>, name: &str) -> PyResult<Self> {
        if let Some(number) = scalar(value) {
            return Ok(Self::one(number));
        }
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            return Self::of_sequence(value, name);
        }
        if is_a(value, "numpy", "ndarray")? {
            return Self::of_array(value, Mirror::Numpy, name);
        }
        if is_a(value, "pandas", "Series")? {
            let missing = [
                ("dtype", "float64".into_pyobject(value.py())?.into_any()),
                ("na_value", PyFloat::new(value.py(), f64::NAN).into_any()),
            ];
            let array = value.call_method("to_numpy", (), Some(&missing.into_py_dict(value.py())?))?;
            return Self::of_array(&array, Mirror::Pandas(value.clone()), name);
        }
        if is_a(value, "polars", "Series")? {
            return Self::of_array(&value.call_method0("to_numpy")?, Mirror::Polars(value.clone()), name);
        }
        if let Some(number) = number(value) {
            return Ok(Self::one(number));
        }
        if value.is_instance_of::<PyString>() {
            return Err(unsuitable(value, name));
        }
        let items: Vec<_> =
            value.try_iter().map_err(|_| unsuitable(value, name))?.collect::<PyResult<_>>()?;
        Self::of_sequence(PyList::new(value.py(), items)?.as_any(), name)
    }

    fn of_array(array: &Bound<'py, PyAny>, mirror: Mirror<'py>, name: &str) -> PyResult<Self> {
        let of_doubles = match array.cast::<PyArrayDyn<f64>>() {
            Ok(of_doubles) => of_doubles.clone(),
            Err(_) => array
                .call_method1("astype", ("float64",))
                .map_err(|error| invalid(array.py(), name, &format!("the array is not of numbers: {error}")))?
                .cast_into()?,
        };
        if of_doubles.ndim() == 0 {
            return Ok(Self::one(of_doubles.call_method0("item")?.extract()?));
        }
        let shape = of_doubles.shape().to_vec();
        let in_order = of_doubles.is_c_contiguous();
        let borrowed = of_doubles.readonly();
        let data = if in_order {
            Data::Borrowed(borrowed)
        } else {
            Data::Owned(copied(array.py(), borrowed.as_array().iter(), &shape)?)
        };
        Ok(Self { data, shape, mirror })
    }

    fn of_sequence(sequence: &Bound<'py, PyAny>, name: &str) -> PyResult<Self> {
        let (shape, values) = match flat(sequence) {
            Some(values) => (vec![values.len()], values),
            None => {
                let mut lists = Lists { name, path: Vec::new(), shape: Vec::new(), values: Vec::new() };
                lists.read(sequence)?;
                (lists.shape, lists.values)
            }
        };
        Ok(Self { data: Data::Owned(values), shape, mirror: Mirror::List })
    }

    /// The number, if it is a single one.
    pub(super) fn single(&self) -> Option<f64> {
        if self.shape.is_empty() { self.values().first().copied() } else { None }
    }

    /// The numbers in row-major order.
    pub(super) fn values(&self) -> &[f64] {
        match &self.data {
            Data::Owned(values) => values,
            Data::Borrowed(array) => array.as_slice().unwrap_or_default(),
        }
    }
}

/// A plain number. Booleans are none.
pub(super) fn scalar(value: &Bound<'_, PyAny>) -> Option<f64> {
    if let Ok(number) = value.cast::<PyFloat>() {
        return Some(number.value());
    }
    if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        return value.extract().ok();
    }
    None
}

/// The numbers of a list of plain numbers, the usual case.
fn flat(sequence: &Bound<'_, PyAny>) -> Option<Vec<f64>> {
    match sequence.cast::<PyList>() {
        Ok(list) => list.iter().map(|item| scalar(&item)).collect(),
        Err(_) => sequence.cast::<PyTuple>().ok()?.iter().map(|item| scalar(&item)).collect(),
    }
}

/// Numbers in lists in lists, all of one shape, as they are read.
struct Lists<'a> {
    name: &'a str,
    /// The indices of the list that is being read.
    path: Vec<usize>,
    shape: Vec<usize>,
    values: Vec<f64>,
}

impl Lists<'_> {
    fn read(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let depth = self.path.len();
        if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
            let number = number(value).ok_or_else(|| unsuitable(value, &self.place()))?;
            if depth != self.shape.len() {
                return Err(self.ragged(value));
            }
            self.values.push(number);
            return Ok(());
        }
        let length = value.len()?;
        match self.shape.get(depth) {
            Some(known) if *known == length => {}
            None if self.values.is_empty() && depth < MAX_DEPTH => self.shape.push(length),
            _ => return Err(self.ragged(value)),
        }
        for (index, item) in value.try_iter()?.enumerate() {
            self.path.push(index);
            self.read(&item?)?;
            self.path.pop();
        }
        Ok(())
    }

    fn ragged(&self, value: &Bound<'_, PyAny>) -> PyErr {
        invalid(value.py(), &self.place(), "lists in a list must all have the same length")
    }

    fn place(&self) -> String {
        let indices: String = self.path.iter().map(|index| format!("[{index}]")).collect();
        format!("{}{indices}", self.name)
    }
}

/// A number of any kind that Python turns into a float, but neither text nor a boolean.
fn number(value: &Bound<'_, PyAny>) -> Option<f64> {
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyBool>() {
        return None;
    }
    value.extract().ok()
}

fn unsuitable(value: &Bound<'_, PyAny>, name: &str) -> PyErr {
    let shown: String =
        value.repr().map(|text| text.to_string()).unwrap_or_default().chars().take(40).collect();
    invalid(value.py(), name, &format!("expected a number or an array of numbers, found {shown}"))
}
