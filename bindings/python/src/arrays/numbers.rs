//! Numbers from whatever holds them.

use numpy::{PyArrayDyn, PyArrayMethods as _, PyReadonlyArrayDyn, PyUntypedArrayMethods as _};
use pyo3::{
    prelude::*,
    types::{IntoPyDict as _, PyBool, PyFloat, PyInt, PyList, PyString, PyTuple},
};

use wherewithal::wire::ordinary_rate;
use wherewithal_contract::arrays::rate_of_text;

use super::{
    broadcast::copied,
    mirror::{Mirror, is_a},
};
use crate::errors::{array_exception, invalid};

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
            if let Some(filled) = filled(value, name)? {
                return Self::of_array(&filled, Mirror::Numpy, name);
            }
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

    /// The rates of the argument `name`, and whether one of them is text with a percent sign. Then all of them are known
    /// to be fractions.
    pub(super) fn rates(value: &Bound<'py, PyAny>, name: &str) -> PyResult<(Self, bool)> {
        if let Ok(text) = value.cast::<PyString>() {
            return Ok((Self::one(stated(text, name)?), true));
        }
        let is_list = value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>();
        if is_list && flat(value).is_none() {
            return Self::of_rates(value, Mirror::List, name);
        }
        match Self::read(value, name) {
            Ok(numbers) => Ok((numbers, false)),
            // A column of text, such as a file of percentages gives.
            Err(error) => match Mirror::of_texts(value)? {
                Some(mirror) => Self::of_rates(&mirror.list_of(value)?, mirror, name),
                None => Err(error),
            },
        }
    }

    fn of_rates(sequence: &Bound<'py, PyAny>, mirror: Mirror<'py>, name: &str) -> PyResult<(Self, bool)> {
        let mut lists = Lists { rates: Some(Rates::default()), ..Lists::new(name) };
        lists.read(sequence)?;
        let Lists { shape, values, rates, .. } = lists;
        let Rates { has_text, rare } = rates.unwrap_or_default();
        if let (true, Some((place, number))) = (has_text, rare)
            && let Err(error) = ordinary_rate(number)
        {
            return Err(array_exception(sequence.py(), &error.at(&place)));
        }
        Ok((Self { data: Data::Owned(values), shape, mirror }, has_text))
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
                let mut lists = Lists::new(name);
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

/// The rate of a text with a percent sign.
fn stated(text: &Bound<'_, PyString>, place: &str) -> PyResult<f64> {
    rate_of_text(text.to_str()?).map_err(|error| array_exception(text.py(), &error.at(place)))
}

/// A masked array of numpy with NaN where it has no value; none if the array is not masked.
fn filled<'py>(array: &Bound<'py, PyAny>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    if !array.hasattr("filled")? {
        return Ok(None);
    }
    let of_doubles = array
        .call_method1("astype", ("float64",))
        .map_err(|error| invalid(array.py(), name, &format!("the array is not of numbers: {error}")))?;
    of_doubles.call_method1("filled", (f64::NAN,)).map(Some)
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
    /// Where rates are read: what was found.
    rates: Option<Rates>,
}

/// What was found among rates.
#[derive(Default)]
struct Rates {
    /// Whether one has a percent sign.
    has_text: bool,
    /// The first number that needs one, with its place.
    rare: Option<(String, f64)>,
}

impl<'a> Lists<'a> {
    fn new(name: &'a str) -> Self {
        Self { name, path: Vec::new(), shape: Vec::new(), values: Vec::new(), rates: None }
    }

    /// The number of an item.
    fn number(&mut self, value: &Bound<'_, PyAny>) -> PyResult<f64> {
        let place = self.place();
        match (number(value), &mut self.rates, value.cast::<PyString>()) {
            (Some(number), Some(rates), _) => {
                if rates.rare.is_none() && ordinary_rate(number).is_err() {
                    rates.rare = Some((place, number));
                }
                Ok(number)
            }
            (Some(number), None, _) => Ok(number),
            (None, Some(rates), Ok(text)) => {
                rates.has_text = true;
                stated(text, &place)
            }
            _ => Err(unsuitable(value, &place)),
        }
    }

    fn read(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let depth = self.path.len();
        if !value.is_instance_of::<PyList>() && !value.is_instance_of::<PyTuple>() {
            let number = self.number(value)?;
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
