//! What a result has to be, so that it mirrors the input.

use numpy::{PyArray1, PyArrayMethods as _};
use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{IntoPyDict as _, PyDict, PyFloat, PyList},
};

use crate::errors::invalid;

/// The form of an argument, and of the result that mirrors it. Where arguments differ, the last of these forms wins.
#[derive(Clone)]
pub(super) enum Mirror<'py> {
    /// A number.
    Float,
    /// A list or a tuple, perhaps of lists.
    List,
    /// A numpy array.
    Numpy,
    /// A polars Series.
    Polars(Bound<'py, PyAny>),
    /// A pandas Series.
    Pandas(Bound<'py, PyAny>),
}

impl<'py> Mirror<'py> {
    fn rank(&self) -> u8 {
        match self {
            Self::Float => 0,
            Self::List => 1,
            Self::Numpy => 2,
            Self::Polars(_) => 3,
            Self::Pandas(_) => 4,
        }
    }

    /// The form of a Series or an array that may hold text; none for anything else.
    pub(super) fn of_texts(value: &Bound<'py, PyAny>) -> PyResult<Option<Self>> {
        let Some(dtype) = value.getattr_opt("dtype")? else { return Ok(None) };
        let may_hold_text = match dtype.getattr_opt("kind")? {
            // Objects, or text of numpy.
            Some(kind) => matches!(kind.extract()?, 'O' | 'U' | 'S' | 'T'),
            // A type of polars.
            None => !dtype.call_method0("is_numeric")?.is_truthy()?,
        };
        if !may_hold_text {
            return Ok(None);
        }
        Ok(if is_a(value, "pandas", "Series")? {
            Some(Self::Pandas(value.clone()))
        } else if is_a(value, "polars", "Series")? {
            Some(Self::Polars(value.clone()))
        } else if is_a(value, "numpy", "ndarray")? {
            Some(Self::Numpy)
        } else {
            None
        })
    }

    /// The values of a column of this form as a list.
    pub(super) fn list_of(&self, column: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        column.call_method0(if matches!(self, Self::Polars(_)) { "to_list" } else { "tolist" })
    }

    /// The form of a result of arguments of both forms; `name` is the argument of the form `other`.
    pub(super) fn joined(self, other: Self, name: &str) -> PyResult<Self> {
        if let (Self::Pandas(one), Self::Pandas(two)) = (&self, &other) {
            let same = one.getattr("index")?.call_method1("equals", (two.getattr("index")?,))?;
            if !same.is_truthy()? {
                return Err(invalid(
                    one.py(),
                    name,
                    "the index differs from that of the other Series: align them first",
                ));
            }
        }
        Ok(if other.rank() > self.rank() { other } else { self })
    }

    /// Whether results of this form are held by numpy.
    pub(super) fn is_array(&self) -> bool {
        !matches!(self, Self::Float | Self::List)
    }

    /// The result in this form.
    pub(super) fn of(
        &self,
        py: Python<'py>,
        values: Vec<f64>,
        shape: &[usize],
    ) -> PyResult<Bound<'py, PyAny>> {
        if self.is_array() {
            self.of_array(PyArray1::from_vec(py, values), shape)
        } else {
            nested(py, &values, shape)
        }
    }

    /// The result in this form, from an array in one dimension.
    pub(super) fn of_array(
        &self,
        array: Bound<'py, PyArray1<f64>>,
        shape: &[usize],
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = array.py();
        match self {
            Self::Float | Self::List => nested(py, array.readonly().as_slice()?, shape),
            Self::Numpy => {
                if shape.len() == 1 {
                    Ok(array.into_any())
                } else {
                    Ok(array.reshape(shape.to_vec())?.into_any())
                }
            }
            Self::Polars(series) => {
                let class = series.get_type();
                class.call1((series.getattr("name")?, array))
            }
            Self::Pandas(series) => {
                let arguments: Bound<'py, PyDict> =
                    [("index", series.getattr("index")?), ("name", series.getattr("name")?)]
                        .into_py_dict(py)?;
                library(py, "pandas")?
                    .ok_or_else(|| invalid(py, "", "pandas is gone"))?
                    .getattr("Series")?
                    .call((array,), Some(&arguments))
            }
        }
    }
}

/// Numbers as lists in lists; a number without a shape.
fn nested<'py>(py: Python<'py>, values: &[f64], shape: &[usize]) -> PyResult<Bound<'py, PyAny>> {
    let Some((length, inner)) = shape.split_first() else {
        return Ok(PyFloat::new(py, values.first().copied().unwrap_or(f64::NAN)).into_any());
    };
    let width: usize = inner.iter().product();
    let items: Vec<_> = (0..*length)
        .map(|at| nested(py, values.get(at * width..(at + 1) * width).unwrap_or_default(), inner))
        .collect::<PyResult<_>>()?;
    Ok(PyList::new(py, items)?.into_any())
}

/// A library that the program has imported. One that it has not cannot have made our input.
pub(super) fn library<'py>(py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let modules = MODULES.get_or_try_init(py, || {
        PyResult::Ok(py.import("sys")?.getattr("modules")?.cast_into::<PyDict>()?.unbind())
    })?;
    modules.bind(py).get_item(name)
}

/// Whether `value` is a `class` of a library.
pub(super) fn is_a(value: &Bound<'_, PyAny>, module: &str, class: &str) -> PyResult<bool> {
    match library(value.py(), module)? {
        // A library that is being imported has no such class yet.
        Some(module) => module.getattr_opt(class)?.map_or(Ok(false), |class| value.is_instance(&class)),
        None => Ok(false),
    }
}
