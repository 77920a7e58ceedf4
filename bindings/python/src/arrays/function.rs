//! An array function with a number for each row.

use numpy::{PyArray1, PyArrayMethods as _};
use pyo3::{
    prelude::*,
    types::{PyFloat, PyString, PyTuple},
};
use wherewithal::{
    control::Control,
    dates::Date,
    time_value::{FlowDates, columns::Column},
    wire::Spelling,
};
use wherewithal_contract::arrays::{self, Argument, Given, Kind, Outcome, Value};

use super::{
    broadcast::{Common, Stretched, brackets, size_of},
    dated::{self, Dated, series},
    dates::{Dates, one},
    many::{AllDays, Amounts},
    numbers::{Numbers, scalar},
    plain::{flag, rate, text},
};
use crate::{
    call::{run_here, run_long},
    errors::{array_exception, exception, invalid},
    pool::{pool, run},
};

/// Results beyond this many are worth waking other threads for; series are, beyond fewer.
const MANY_NUMBERS: usize = 4096;
const MANY_SERIES: usize = 64;

/// Up to so many results that need no series, nobody waits long enough to press Ctrl-C.
pub(super) const QUICK: usize = 65_536;

/// The name of what becomes of a row without an answer where nothing is said.
const RAISE: &str = "raise";

/// No function has more arguments.
const MOST_ARGUMENTS: usize = 8;

/// An array function with a number for each row.
#[pyclass(frozen, module = "wherewithal._native")]
pub(super) struct ArrayFunction {
    function: &'static arrays::ArrayFunction,
    /// Whether all its arguments may be plain numbers and names.
    takes_plain_numbers: bool,
}

#[pymethods]
impl ArrayFunction {
    #[new]
    fn new(py: Python<'_>, name: &str) -> PyResult<Self> {
        let function = arrays::get(name).map_err(|error| exception(py, &error))?;
        let is_plain =
            |argument: &Argument| matches!(argument.kind(), Kind::Column | Kind::Rates | Kind::Choice { .. });
        Ok(Self { function, takes_plain_numbers: function.arguments().iter().all(is_plain) })
    }

    /// Its answer for all its arguments in order, and for what becomes of a row without one.
    fn apply<'py>(
        &self,
        py: Python<'py>,
        arguments: &Bound<'py, PyTuple>,
        on_error: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let on_error = text(on_error, "onError", false)?;
        let on_error = on_error.to_str()?;
        match self.of_plain_numbers(py, arguments, on_error) {
            Some(found) => Ok(PyFloat::new(py, found?).into_any()),
            None => self.of_arrays(py, arguments, on_error),
        }
    }
}

impl ArrayFunction {
    /// The answer where all arguments are plain numbers and names: the usual case, which shall be quick. `None` where
    /// they are not.
    fn of_plain_numbers(
        &self,
        py: Python<'_>,
        arguments: &Bound<'_, PyTuple>,
        on_error: &str,
    ) -> Option<PyResult<f64>> {
        if !self.takes_plain_numbers {
            return None;
        }
        let declared = self.function.arguments();
        let mut texts = [const { None }; MOST_ARGUMENTS];
        let mut values = [Value::Absent; MOST_ARGUMENTS];
        let places = values.iter_mut().zip(&mut texts);
        for ((declared, item), (value, text)) in declared.iter().zip(arguments.iter_borrowed()).zip(places) {
            match declared.kind() {
                Kind::Column | Kind::Rates => *value = Value::Column(Column::One(scalar(&item)?)),
                Kind::Choice { .. } => *text = Some(item.cast::<PyString>().ok()?),
                _ => return None,
            }
        }
        for (value, text) in values.iter_mut().zip(&texts) {
            if let Some(text) = text {
                *value = Value::Text(text.to_str().ok()?);
            }
        }
        let given = self.given(values.get(..declared.len())?, on_error);
        Some(given.and_then(|given| self.single(&given)).map_err(|error| array_exception(py, &error)))
    }

    fn of_arrays<'py>(
        &self,
        py: Python<'py>,
        arguments: &Bound<'py, PyTuple>,
        on_error: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let declared = self.function.arguments();
        let read = Read::all(declared, arguments)?;
        let common = read.common(py, declared)?;
        let size = size_of(py, &common.shape)?;
        let stretched: Vec<Option<Stretched<'_, 'py>>> =
            read.0.iter().map(|held| held.stretched(py, &common)).collect::<PyResult<_>>()?;
        let mut values = Vec::with_capacity(read.0.len());
        for (held, stretched) in read.0.iter().zip(&stretched) {
            values.push(held.value(stretched.as_ref())?);
        }
        let given = self.given(&values, on_error).map_err(|error| array_exception(py, &error))?;

        let fill = |results: &mut [f64]| {
            let outcome = self.fill(py, &given, results, read.days().is_some())?;
            if let Some(days) = read.days()
                && (!matches!(outcome, Ok(None)) || results.iter().any(|result| result.is_nan()))
            {
                days.require_dates(py)?;
            }
            let failure = outcome.map_err(|error| array_exception(py, &error))?;
            failure.map_or(Ok(()), |failure| {
                let row = brackets(failure.row, &common.shape);
                Err(array_exception(py, &given.in_row(&failure.error, &row)))
            })
        };
        if common.shape.is_empty() {
            let mut result = [0.0];
            fill(&mut result)?;
            let [result] = result;
            return Ok(PyFloat::new(py, result).into_any());
        }
        if common.mirror.is_array() {
            // numpy's own memory: it asks the system for large pages.
            let array = PyArray1::<f64>::zeros(py, size, false);
            fill(array.readwrite().as_slice_mut()?)?;
            return common.mirror.of_array(array, &common.shape);
        }
        let mut results = vec![0.0; size];
        fill(&mut results)?;
        common.mirror.of(py, results, &common.shape)
    }

    fn given<'a>(&'a self, values: &'a [Value<'a>], on_error: &str) -> wherewithal::Result<Given<'a>> {
        let given = Given::new(self.function, values, Spelling::Snake);
        // The usual case, which shall be quick.
        if on_error == RAISE { Ok(given) } else { given.on_error(on_error) }
    }

    /// The one answer of arguments without rows.
    fn single(&self, given: &Given<'_>) -> wherewithal::Result<f64> {
        let mut result = [0.0];
        let failure = self.function.fill(given, &mut result, &Control::default())?;
        let [result] = result;
        failure.map_or(Ok(result), |failure| Err(given.in_row(&failure.error, "")))
    }

    /// Fills the results, without holding the interpreter; Ctrl-C stops what takes long.
    fn fill(
        &self,
        py: Python<'_>,
        given: &Given<'_>,
        results: &mut [f64],
        of_series: bool,
    ) -> PyResult<Outcome> {
        let most = if of_series { MANY_SERIES } else { MANY_NUMBERS };
        if results.len() <= most {
            return run_here(py, |control| self.function.fill(given, results, control));
        }
        if given.has_series() || results.len() > QUICK {
            return run_long(py, None, |control| self.function.fill(given, results, control));
        }
        let pool = pool()?;
        Ok(py.detach(|| run(&pool, || self.function.fill(given, results, &Control::default()))))
    }
}

/// An argument as it was read.
enum Held<'py> {
    Numbers(Numbers<'py>),
    Rates { numbers: Numbers<'py>, stated: bool },
    Rate { rate: f64, stated: bool },
    Series(Numbers<'py>),
    Amounts(dated::Amounts<'py>),
    Dates(Dates),
    Date([Date; 1]),
    Flag(bool),
    Text(Bound<'py, PyString>),
    ManyDates(AllDays<'py>),
    ManySeries(Amounts<'py>),
}

/// All arguments as they were read, in order.
struct Read<'py>(Vec<Held<'py>>);

impl<'py> Read<'py> {
    fn all(declared: &[Argument], items: &Bound<'py, PyTuple>) -> PyResult<Self> {
        let mut held = Vec::with_capacity(declared.len());
        let mut rest = declared.iter().zip(items);
        while let Some((argument, item)) = rest.next() {
            let item = &item;
            let name = argument.name();
            let of_argument = match argument.kind() {
                Kind::Column => Held::Numbers(Numbers::read(item, name)?),
                Kind::Rates => {
                    let (numbers, stated) = Numbers::rates(item, name)?;
                    Held::Rates { numbers, stated }
                }
                Kind::Rate => {
                    let (rate, stated) = rate(item, name)?;
                    Held::Rate { rate, stated }
                }
                Kind::Series => Held::Series(series(item, name)?),
                Kind::Date => Held::Date([one(item, name)?]),
                Kind::Flag => Held::Flag(flag(item, name)?),
                Kind::Choice { numbered, .. } => Held::Text(text(item, name, numbered)?),
                Kind::ManySeries => Held::ManySeries(Amounts::read(item)?),
                // These two take the argument after them as well: the amounts of the dates.
                Kind::Dates => {
                    let amounts =
                        rest.next().map(|(_, amounts)| amounts).filter(|amounts| !amounts.is_none());
                    let Dated { dates, amounts } = Dated::read(item, amounts.as_ref())?;
                    held.push(Held::Dates(dates));
                    Held::Amounts(amounts)
                }
                Kind::ManyDates => {
                    let (_, amounts) = rest.next().ok_or_else(|| missing(item.py(), "amounts"))?;
                    let amounts = Amounts::read(&amounts)?;
                    held.push(Held::ManyDates(AllDays::read(item, &amounts.ends)?));
                    Held::ManySeries(amounts)
                }
                Kind::Decimals | Kind::DecimalRates => return Err(missing(item.py(), name)),
            };
            held.push(of_argument);
        }
        Ok(Self(held))
    }

    /// The shape and the form of the results.
    fn common(&self, py: Python<'py>, declared: &[Argument]) -> PyResult<Common<'py>> {
        let mut common = Common::new();
        for (held, argument) in self.0.iter().zip(declared) {
            common = match held {
                Held::Numbers(numbers) | Held::Rates { numbers, .. } => {
                    common.with(py, argument.name(), numbers)?
                }
                Held::ManySeries(amounts) => {
                    Common { shape: vec![amounts.ends.len()], mirror: amounts.mirror.clone() }
                }
                _ => common,
            };
        }
        Ok(common)
    }

    /// The dates of many series, if these are among the arguments.
    fn days(&self) -> Option<&AllDays<'py>> {
        self.0.iter().find_map(|held| match held {
            Held::ManyDates(days) => Some(days),
            _ => None,
        })
    }
}

impl<'py> Held<'py> {
    fn stretched(&self, py: Python<'_>, common: &Common<'py>) -> PyResult<Option<Stretched<'_, 'py>>> {
        match self {
            Self::Numbers(numbers) | Self::Rates { numbers, .. } => common.stretch(py, numbers).map(Some),
            _ => Ok(None),
        }
    }

    fn value<'a>(&'a self, stretched: Option<&'a Stretched<'_, 'py>>) -> PyResult<Value<'a>> {
        Ok(match self {
            Self::Rates { stated: true, .. } => {
                stretched.map_or(Value::Absent, |column| Value::Rates(column.column()))
            }
            Self::Numbers(_) | Self::Rates { .. } => {
                stretched.map_or(Value::Absent, |column| Value::Column(column.column()))
            }
            Self::Rate { rate, stated: true } => Value::Rates(Column::One(*rate)),
            Self::Rate { rate, .. } => Value::Column(Column::One(*rate)),
            Self::Series(numbers) => Value::Series(numbers.values()),
            Self::Amounts(amounts) => Value::Series(amounts.values()),
            Self::Dates(dates) => Value::Dates(dates.as_flow_dates()),
            Self::Date(date) => Value::Dates(FlowDates::Dates(date)),
            Self::Flag(flag) => Value::Flag(*flag),
            Self::Text(text) => Value::Text(text.to_str()?),
            Self::ManyDates(days) => Value::Dates(days.as_flow_dates()?),
            Self::ManySeries(amounts) => Value::ManySeries(amounts.values(), &amounts.ends),
        })
    }
}

fn missing(py: Python<'_>, name: &str) -> PyErr {
    invalid(py, name, "this argument is missing")
}
