//! Array functions with a schedule for each row.

use numpy::{PyArray1, PyArrayMethods as _, PyUntypedArrayMethods as _};
use pyo3::{
    prelude::*,
    types::{PyList, PySlice, PyString, PyTuple},
};
use wherewithal::{
    Error, Result,
    control::Control,
    debt::ColumnsMut,
    num::{Decimal, gate},
    wire::Spelling,
};
use wherewithal_contract::arrays::{self, Argument, Decimals, Given, Kind, Schedules, Value, Written};

use super::{
    numbers::{Numbers, scalar},
    plain::text,
};
use crate::{
    errors::{array_exception, exception, invalid},
    pool::{pool, run},
};

/// The schedules of many loans, as columns.
///
/// Amounts are whole numbers of the currency's smallest unit (cents). The columns have the rows of the first loan, then
/// those of the second, and so on: those of loan `i` are `ends[i - 1]:ends[i]`.
///
/// Attributes:
///     interest: The interest of each payment.
///     principal: What each payment takes off the balance.
///     balance: What is owed after each payment; zero in the last row of a loan.
///     ends: For each loan, the index after its last row.
///     payment: For each loan, the regular monthly payment without the extra payment.
///     total_interest: For each loan, the sum of its interest.
///     places: How many decimal places the currency has: an amount of 1 is 10 to the power of -places.
#[pyclass(frozen, get_all, module = "wherewithal._native")]
pub(super) struct AmortizationColumns {
    interest: Py<PyArray1<i64>>,
    principal: Py<PyArray1<i64>>,
    balance: Py<PyArray1<i64>>,
    ends: Py<PyArray1<i64>>,
    payment: Py<PyArray1<i64>>,
    total_interest: Py<PyArray1<i64>>,
    places: u32,
}

/// An array function with a schedule for each row.
#[pyclass(frozen, module = "wherewithal._native")]
pub(super) struct ScheduleFunction {
    function: &'static arrays::ArrayFunction,
}

#[pymethods]
impl ScheduleFunction {
    #[new]
    fn new(py: Python<'_>, name: &str) -> PyResult<Self> {
        Ok(Self { function: arrays::get(name).map_err(|error| exception(py, &error))? })
    }

    /// Its answer for all its arguments in order, written into the columns `out` where they are given.
    fn apply(
        &self,
        py: Python<'_>,
        arguments: &Bound<'_, PyTuple>,
        out: Option<&Bound<'_, AmortizationColumns>>,
    ) -> PyResult<AmortizationColumns> {
        let declared = self.function.arguments();
        let held = declared
            .iter()
            .zip(arguments)
            .map(|(argument, item)| Held::read(argument, &item))
            .collect::<PyResult<Vec<_>>>()?;
        let values = held.iter().map(Held::value).collect::<PyResult<Vec<_>>>()?;
        let given = Given::new(self.function, &values, Spelling::Snake);
        let schedules = self.function.prepare(&given).map_err(|error| array_exception(py, &error))?;
        write(py, &schedules, out)
    }
}

/// Writes the schedules into the columns of an earlier call, or into new ones.
fn write(
    py: Python<'_>,
    schedules: &Schedules,
    out: Option<&Bound<'_, AmortizationColumns>>,
) -> PyResult<AmortizationColumns> {
    let rows = schedules.max_rows();
    let [interest, principal, balance] = match out.map(Bound::get) {
        Some(out) => [&out.interest, &out.principal, &out.balance].map(|column| column.bind(py).clone()),
        None => [new_column(py, rows)?, new_column(py, rows)?, new_column(py, rows)?],
    };
    if interest.len() != rows {
        let message = format!("its columns have {} rows where {rows} are needed", interest.len());
        return Err(invalid(py, "out", &message));
    }
    let Written { ends, payment, total_interest, places } = {
        let (mut interest, mut principal, mut balance) =
            (interest.readwrite(), principal.readwrite(), balance.readwrite());
        let columns = ColumnsMut {
            interest: interest.as_slice_mut()?,
            principal: principal.as_slice_mut()?,
            balance: balance.as_slice_mut()?,
        };
        let pool = pool()?;
        let control = Control::default();
        py.detach(|| run(&pool, || schedules.write(columns, &control)))
            .map_err(|error| array_exception(py, &error))?
    };
    let end = ends.last().copied().unwrap_or(0);
    let used = |column: Bound<'_, PyArray1<i64>>| -> PyResult<Py<PyArray1<i64>>> {
        if end == rows {
            return Ok(column.unbind());
        }
        let end = isize::try_from(end).unwrap_or(isize::MAX);
        Ok(column.get_item(PySlice::new(py, 0, end, 1))?.cast_into::<PyArray1<i64>>()?.unbind())
    };
    Ok(AmortizationColumns {
        interest: used(interest)?,
        principal: used(principal)?,
        balance: used(balance)?,
        ends: PyArray1::from_iter(py, ends.into_iter().map(|end| end as i64)).unbind(),
        payment: PyArray1::from_vec(py, payment).unbind(),
        total_interest: PyArray1::from_vec(py, total_interest).unbind(),
        places,
    })
}

/// A column in numpy's own memory: it asks the system for large pages. By numpy's function in Python, which raises a
/// `MemoryError` where there is none.
fn new_column(py: Python<'_>, rows: usize) -> PyResult<Bound<'_, PyArray1<i64>>> {
    Ok(py.import("numpy")?.call_method1("zeros", (rows, "int64"))?.cast_into::<PyArray1<i64>>()?)
}

/// An argument as it was read.
enum Held<'py> {
    One(Decimal),
    Numbers(Numbers<'py>),
    Decimals(Vec<Decimal>),
    Text(Bound<'py, PyString>),
}

impl<'py> Held<'py> {
    fn read(argument: &Argument, value: &Bound<'py, PyAny>) -> PyResult<Self> {
        match argument.kind() {
            Kind::Decimals => Self::decimals(value, argument.name()),
            _ => text(value, argument.name(), false).map(Self::Text),
        }
    }

    fn decimals(value: &Bound<'py, PyAny>, name: &str) -> PyResult<Self> {
        let at = |error: Error, path: &str| array_exception(value.py(), &error.at(path));
        if let Some(one) = decimal(value) {
            return one.map(Self::One).map_err(|error| at(error, name));
        }
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            let mut decimals = Vec::with_capacity(value.len()?);
            for (index, item) in value.try_iter()?.enumerate() {
                let place = format!("{name}[{index}]");
                let read = decimal(&item?).ok_or_else(|| invalid(value.py(), &place, "expected a number"))?;
                decimals.push(read.map_err(|error| at(error, &place))?);
            }
            return Ok(Self::Decimals(decimals));
        }
        let numbers = Numbers::read(value, name)?;
        match (numbers.shape.len(), numbers.single()) {
            (0, Some(number)) => gate::exact_decimal(number).map(Self::One).map_err(|error| at(error, name)),
            (1, _) => Ok(Self::Numbers(numbers)),
            _ => Err(invalid(value.py(), name, "expected one value for each loan, in one dimension")),
        }
    }

    fn value(&self) -> PyResult<Value<'_>> {
        Ok(match self {
            Self::One(decimal) => Value::Decimals(Decimals::One(*decimal)),
            Self::Numbers(numbers) => Value::Decimals(Decimals::Numbers(numbers.values())),
            Self::Decimals(decimals) => Value::Decimals(Decimals::Many(decimals)),
            Self::Text(text) => Value::Text(text.to_str()?),
        })
    }
}

/// A number, a decimal or text as a decimal; none if it is something else.
fn decimal(value: &Bound<'_, PyAny>) -> Option<Result<Decimal>> {
    if let Some(number) = scalar(value) {
        return Some(gate::exact_decimal(number));
    }
    let is_decimal = || value.get_type().name().is_ok_and(|name| name == "Decimal");
    if value.is_instance_of::<PyString>() || is_decimal() {
        return Some(value.str().map(|text| text.to_string()).unwrap_or_default().parse());
    }
    None
}
