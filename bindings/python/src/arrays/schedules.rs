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
    function::QUICK,
    mirror::Mirror,
    numbers::{Numbers, scalar},
    plain::text,
};
use crate::{
    call::run_long,
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
        let written = if rows > QUICK {
            run_long(py, None, |control| schedules.write(columns, control))?
        } else {
            let pool = pool()?;
            py.detach(|| run(&pool, || schedules.write(columns, &Control::default())))
        };
        written.map_err(|error| array_exception(py, &error))?
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
            Kind::Decimals => Self::decimals(value, argument.name(), Of::AMOUNTS),
            Kind::DecimalRates => Self::decimals(value, argument.name(), Of::RATES),
            _ => text(value, argument.name(), false).map(Self::Text),
        }
    }

    fn decimals(value: &Bound<'py, PyAny>, name: &str, of: Of) -> PyResult<Self> {
        let at = |error: Error, path: &str| array_exception(value.py(), &error.at(path));
        if let Some(one) = of.decimal(value) {
            return one.map(Self::One).map_err(|error| at(error, name));
        }
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            return Self::of_list(value, name, of);
        }
        let numbers = match (Numbers::read(value, name), Mirror::of_texts(value)?) {
            (Ok(numbers), _) => numbers,
            // A column of text, such as a file of percentages gives.
            (Err(_), Some(mirror)) => return Self::of_list(&mirror.list_of(value)?, name, of),
            (Err(error), None) => return Err(error),
        };
        match (numbers.shape.len(), numbers.single()) {
            (0, Some(number)) => (of.number)(number).map(Self::One).map_err(|error| at(error, name)),
            (1, _) => Ok(Self::Numbers(numbers)),
            _ => Err(invalid(value.py(), name, "expected one value for each loan, in one dimension")),
        }
    }

    fn of_list(list: &Bound<'py, PyAny>, name: &str, of: Of) -> PyResult<Self> {
        let mut decimals = Vec::with_capacity(list.len()?);
        for (index, item) in list.try_iter()?.enumerate() {
            let place = format!("{name}[{index}]");
            let read = of.decimal(&item?).ok_or_else(|| invalid(list.py(), &place, "expected a number"))?;
            decimals.push(read.map_err(|error| array_exception(list.py(), &error.at(&place)))?);
        }
        Ok(Self::Decimals(decimals))
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

/// What decimals are of, by what reads one from a number and from text.
#[derive(Clone, Copy)]
struct Of {
    number: fn(f64) -> Result<Decimal>,
    text: fn(&str) -> Result<Decimal>,
}

impl Of {
    const AMOUNTS: Self = Self { number: gate::exact_decimal, text: str::parse };
    const RATES: Self = Self { number: arrays::exact_rate, text: arrays::exact_rate_of_text };

    /// A number, a decimal or text as a decimal; none if it is something else.
    fn decimal(self, value: &Bound<'_, PyAny>) -> Option<Result<Decimal>> {
        if let Some(number) = scalar(value) {
            return Some((self.number)(number));
        }
        let is_decimal = || value.get_type().name().is_ok_and(|name| name == "Decimal");
        if value.is_instance_of::<PyString>() || is_decimal() {
            let text = value.str().map(|text| text.to_string()).unwrap_or_default();
            return Some((self.text)(&text));
        }
        None
    }
}
