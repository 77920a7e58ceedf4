//! The schedules of many loans.

use numpy::{PyArray1, PyArrayMethods as _, PyUntypedArrayMethods as _};
use pyo3::{
    prelude::*,
    types::{PyList, PySlice, PyString, PyTuple},
};
use wherewithal::{
    Error, ErrorCode, Result,
    control::Control,
    dates::date,
    debt::{self, ColumnsMut, Loan},
    money::Currency,
    num::{Decimal, Rounding, gate},
    wire::{Reader, Spelling, Value, Wire as _},
};

use super::numbers::{Numbers, scalar};
use crate::{
    errors::{array_exception, invalid},
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

/// A currency by its code.
pub(super) struct Code(Currency);

impl FromPyObject<'_, '_> for Code {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let code: String = value.extract()?;
        code.parse().map(Self).map_err(|error: Error| array_exception(value.py(), &error.at("currency")))
    }
}

/// A rounding policy by its name.
pub(super) struct Policy(Rounding);

impl FromPyObject<'_, '_> for Policy {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let name: String = value.extract()?;
        let read = Rounding::read(&Value::Text(name.into()), Reader::new(Spelling::Snake));
        read.map(Self).map_err(|error| array_exception(value.py(), &error.at("rounding")))
    }
}

/// The schedules of many loans that are repaid monthly, with the rows that `debt.amortize` gives each of them.
///
/// Each argument is one value for all loans, or an array or list with one for each. Amounts and rates are exact:
/// a float is the decimal that it was written as (at most 15 digits), and decimals and text are taken as they are. The
/// schedules are computed on all cores (`RAYON_NUM_THREADS` sets how many) without holding the interpreter.
///
/// Args:
///     principal: What is owed one month before the first payment; greater than zero.
///     annual_rate: Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly.
///     term_months: How many monthly payments are agreed, 1 to 1200.
///     extra_monthly_payment: What is paid every month on top of the level payment.
///     currency: The ISO 4217 code of all amounts.
///     rounding: How payments and interest are rounded to the currency's smallest unit: `"half_even"`, `"half_up"`,
///         `"down"` or `"up"`.
///     out: Columns of an earlier call, whose arrays are overwritten and returned; they must have as many rows as the
///         terms of the loans add up to. It saves the time that new memory takes.
///
/// Returns:
///     The columns, in the currency's smallest unit; they are numpy arrays, so numpy must be installed.
///
/// Raises:
///     InvalidInput: The terms of a loan are not valid; `path` says which, such as `loans[17].annual_rate`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> schedules = ww.amortize_batch([400_000, 250_000], 0.065, 360)
///     >>> [int(cents) for cents in schedules.payment]
///     [252827, 158017]
///     >>> [int(cents) for cents in schedules.balance[[0, 359, 719]]]
///     [39963840, 0, 0]
#[pyfunction]
#[pyo3(signature = (principal, annual_rate, term_months, *, extra_monthly_payment = None, currency = Code(Currency::USD),
                    rounding = Policy(Rounding::HalfEven), out = None),
       text_signature = "(principal, annual_rate, term_months, *, extra_monthly_payment=0, currency='USD', \
                         rounding='half_even', out=None)")]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
pub(super) fn amortize_batch(
    py: Python<'_>,
    principal: &Bound<'_, PyAny>,
    annual_rate: &Bound<'_, PyAny>,
    term_months: &Bound<'_, PyAny>,
    extra_monthly_payment: Option<&Bound<'_, PyAny>>,
    currency: Code,
    rounding: Policy,
    out: Option<&Bound<'_, AmortizationColumns>>,
) -> PyResult<AmortizationColumns> {
    let columns = Terms {
        principal: Values::read(principal, "principal")?,
        annual_rate: Values::read(annual_rate, "annualRate")?,
        term_months: Values::read(term_months, "termMonths")?,
        extra: extra_monthly_payment.map(|extra| Values::read(extra, "extraMonthlyPayment")).transpose()?,
    };
    let at = |error: Error| array_exception(py, &error);
    let loans = columns.loans(currency.0, rounding.0).map_err(at)?;
    let rows = debt::max_rows(&loans);
    let [interest, principal, balance] = match out.map(Bound::get) {
        Some(out) => [&out.interest, &out.principal, &out.balance].map(|column| column.bind(py).clone()),
        // numpy's own memory: it asks the system for large pages.
        None => [(); 3].map(|()| PyArray1::<i64>::zeros(py, rows, false)),
    };
    if interest.len() != rows {
        let message = format!("its columns have {} rows where {rows} are needed", interest.len());
        return Err(invalid(py, "out", &message));
    }
    let written = {
        let (mut interest, mut principal, mut balance) =
            (interest.readwrite(), principal.readwrite(), balance.readwrite());
        let columns = ColumnsMut {
            interest: interest.as_slice_mut()?,
            principal: principal.as_slice_mut()?,
            balance: balance.as_slice_mut()?,
        };
        let pool = pool()?;
        let control = Control::default();
        py.detach(|| run(&pool, || debt::amortize_into(&loans, columns, &control))).map_err(at)?
    };
    let end = written.last().map_or(0, |loan| loan.end);
    let used = |column: Bound<'_, PyArray1<i64>>| -> PyResult<Py<PyArray1<i64>>> {
        if end == rows {
            return Ok(column.unbind());
        }
        let end = isize::try_from(end).unwrap_or(isize::MAX);
        Ok(column.get_item(PySlice::new(py, 0, end, 1))?.cast_into::<PyArray1<i64>>()?.unbind())
    };
    let total = |(index, loan): (usize, &debt::BatchLoan)| {
        i64::try_from(loan.total_interest).map_err(|_| {
            let message = "the sum of the interest is too large for a column of 64-bit integers";
            at(Error::new(ErrorCode::DecimalOverflow, message).at_index("loans", index))
        })
    };
    let total_interest: Vec<i64> = written.iter().enumerate().map(total).collect::<PyResult<_>>()?;
    Ok(AmortizationColumns {
        interest: used(interest)?,
        principal: used(principal)?,
        balance: used(balance)?,
        ends: PyArray1::from_iter(py, written.iter().map(|loan| loan.end as i64)).unbind(),
        payment: PyArray1::from_iter(py, written.iter().map(|loan| loan.payment)).unbind(),
        total_interest: PyArray1::from_vec(py, total_interest).unbind(),
        places: written.first().map_or(0, |loan| loan.places),
    })
}

/// The terms of the loans, each one value for all or one for each.
struct Terms<'py> {
    principal: Values<'py>,
    annual_rate: Values<'py>,
    term_months: Values<'py>,
    extra: Option<Values<'py>>,
}

impl Terms<'_> {
    fn loans(&self, currency: Currency, rounding: Rounding) -> Result<Vec<Loan>> {
        let columns =
            [Some(&self.principal), Some(&self.annual_rate), Some(&self.term_months), self.extra.as_ref()];
        let mut count: Option<usize> = None;
        for column in columns.into_iter().flatten() {
            match (column.len(), count) {
                (None, _) => {}
                (Some(length), None) => count = Some(length),
                (Some(length), Some(known)) if length == known => {}
                (Some(length), Some(known)) => {
                    let message = format!("it has {length} values where the arguments before have {known}");
                    return Err(Error::new(ErrorCode::InputInvalid, message).at(column.name));
                }
            }
        }
        // The dates of the payments are not part of the columns.
        let first_payment = date(2000, 1, 1)?;
        let loan = |index: usize| {
            Ok(Loan {
                principal: self.principal.at(index)?,
                currency,
                annual_rate: self.annual_rate.at(index)?,
                term_months: self.term_months.whole(index)?,
                first_payment,
                payment: None,
                extra_monthly_payment: self
                    .extra
                    .as_ref()
                    .map_or(Ok(Decimal::ZERO), |extra| extra.at(index))?,
                rounding,
            })
        };
        (0..count.unwrap_or(1)).map(loan).collect()
    }
}

/// The values of one argument.
struct Values<'py> {
    name: &'static str,
    held: Held<'py>,
}

enum Held<'py> {
    One(Decimal),
    Numbers(Numbers<'py>),
    Decimals(Vec<Decimal>),
}

impl<'py> Values<'py> {
    fn read(value: &Bound<'py, PyAny>, name: &'static str) -> PyResult<Self> {
        let at = |error: Error, path: &str| array_exception(value.py(), &error.at(path));
        if let Some(one) = decimal(value) {
            let one = one.map_err(|error| at(error, name))?;
            return Ok(Self { name, held: Held::One(one) });
        }
        if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            let mut decimals = Vec::with_capacity(value.len()?);
            for (index, item) in value.try_iter()?.enumerate() {
                let place = format!("{name}[{index}]");
                let read = decimal(&item?).ok_or_else(|| invalid(value.py(), &place, "expected a number"))?;
                decimals.push(read.map_err(|error| at(error, &place))?);
            }
            return Ok(Self { name, held: Held::Decimals(decimals) });
        }
        let numbers = Numbers::read(value, name)?;
        match numbers.shape.len() {
            0 => {
                let one = gate::exact_decimal(numbers.single().unwrap_or(f64::NAN));
                Ok(Self { name, held: Held::One(one.map_err(|error| at(error, name))?) })
            }
            1 => Ok(Self { name, held: Held::Numbers(numbers) }),
            _ => Err(invalid(value.py(), name, "expected one value for each loan, in one dimension")),
        }
    }

    /// How many values there are; none if one serves all loans.
    fn len(&self) -> Option<usize> {
        match &self.held {
            Held::One(_) => None,
            Held::Numbers(numbers) => Some(numbers.values().len()),
            Held::Decimals(decimals) => Some(decimals.len()),
        }
    }

    fn at(&self, index: usize) -> Result<Decimal> {
        match &self.held {
            Held::One(value) => Ok(*value),
            Held::Numbers(numbers) => {
                let value = numbers.values().get(index).copied().unwrap_or(f64::NAN);
                gate::exact_decimal(value).map_err(|error| error.at_index(self.name, index))
            }
            Held::Decimals(decimals) => Ok(decimals.get(index).copied().unwrap_or(Decimal::ZERO)),
        }
    }

    fn whole(&self, index: usize) -> Result<u32> {
        let value = self.at(index)?.normalized();
        let whole = u32::try_from(value.mantissa()).ok().filter(|_| value.scale() == 0);
        whole.ok_or_else(|| {
            let message = format!("a term must be a whole number of months, not {value}");
            let error = Error::new(ErrorCode::TermOutOfRange, message);
            if self.len().is_some() { error.at_index(self.name, index) } else { error.at(self.name) }
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
