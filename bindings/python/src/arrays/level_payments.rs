//! Level payments, and conversions between rates.

use pyo3::{
    prelude::*,
    types::{PyInt, PyString},
};
use wherewithal::{
    Error, ErrorCode, Result,
    time_value::{self, PaymentTiming, columns},
};

use super::broadcast::{Argument, broadcast, broadcast_columns};
use crate::errors::invalid;

/// When a payment is made: `"end"` or 0, `"begin"` or 1.
pub(super) struct When(PaymentTiming);

impl FromPyObject<'_, '_> for When {
    type Error = PyErr;

    fn extract(value: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let timing = if let Ok(name) = value.cast::<PyString>() {
            match name.to_str()? {
                "end" => Some(PaymentTiming::End),
                "begin" => Some(PaymentTiming::Begin),
                _ => None,
            }
        } else if value.is_instance_of::<PyInt>() {
            match value.extract::<i64>() {
                Ok(0) => Some(PaymentTiming::End),
                Ok(1) => Some(PaymentTiming::Begin),
                _ => None,
            }
        } else {
            None
        };
        timing.map(Self).ok_or_else(|| {
            let found = value.repr().map(|text| text.to_string()).unwrap_or_default();
            invalid(value.py(), "when", &format!("expected \"end\" or \"begin\", found {found}"))
        })
    }
}

const END: When = When(PaymentTiming::End);

/// A number of compounding periods.
fn whole(number: f64) -> Result<u32> {
    if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
        // The conversion is exact.
        return Ok(number as u32);
    }
    let message = format!("a number of compounding periods must be a whole number, not {number}");
    Err(Error::new(ErrorCode::InputInvalid, message).at("periodsPerYear"))
}

/// The future value of a present value and of level payments.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
///     nper: Number of periods; it need not be whole.
///     pmt: Payment in each period; received is positive, paid is negative.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.fv(0.05 / 12, 10 * 12, -100, -100), 2)
///     15692.93
#[pyfunction]
#[pyo3(signature = (rate, nper, pmt, pv, when = END), text_signature = "(rate, nper, pmt, pv, when='end')")]
pub(super) fn fv<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    nper: &Bound<'py, PyAny>,
    pmt: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    when: When,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [("rate", rate.into()), ("nper", nper.into()), ("pmt", pmt.into()), ("pv", pv.into())];
    let function = |[rate, nper, pmt, pv]: [f64; 4]| time_value::fv(rate, nper, pmt, pv, when.0);
    broadcast_columns(py, arguments, function, |all, results| columns::fv(all, when.0, results))
}

/// The present value of level payments and of a future value.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
///     nper: Number of periods; it need not be whole.
///     pmt: Payment in each period; received is positive, paid is negative.
///     fv: Future value: what is received (positive) or paid (negative) at the end.
///     when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.pv(0.05 / 12, 10 * 12, -100, 15692.93), 2)
///     -100.0
#[pyfunction]
#[pyo3(signature = (rate, nper, pmt, fv = None, when = END), text_signature = "(rate, nper, pmt, fv=0.0, when='end')")]
pub(super) fn pv<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    nper: &Bound<'py, PyAny>,
    pmt: &Bound<'py, PyAny>,
    fv: Option<&Bound<'py, PyAny>>,
    when: When,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments =
        [("rate", rate.into()), ("nper", nper.into()), ("pmt", pmt.into()), ("fv", Argument::or(fv, 0.0))];
    let function = |[rate, nper, pmt, fv]: [f64; 4]| time_value::pv(rate, nper, pmt, fv, when.0);
    broadcast_columns(py, arguments, function, |all, results| columns::pv(all, when.0, results))
}

/// The level payment that turns a present value into a future value.
///
/// The payment of a loan (`pv` positive, received) is negative (paid).
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
///     nper: Number of periods; it need not be whole.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     fv: Future value: what is received (positive) or paid (negative) at the end.
///     when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.pmt(0.075 / 12, 12 * 15, 200_000), 2)
///     -1854.02
#[pyfunction]
#[pyo3(signature = (rate, nper, pv, fv = None, when = END), text_signature = "(rate, nper, pv, fv=0.0, when='end')")]
pub(super) fn pmt<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    nper: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    fv: Option<&Bound<'py, PyAny>>,
    when: When,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments =
        [("rate", rate.into()), ("nper", nper.into()), ("pv", pv.into()), ("fv", Argument::or(fv, 0.0))];
    let function = |[rate, nper, pv, fv]: [f64; 4]| time_value::pmt(rate, nper, pv, fv, when.0);
    broadcast_columns(py, arguments, function, |all, results| columns::pmt(all, when.0, results))
}

/// The number of periods after which a present value and level payments have become a future value.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
///     pmt: Payment in each period; received is positive, paid is negative.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     fv: Future value: what is received (positive) or paid (negative) at the end.
///     when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.nper(0.07 / 12, -150, 8000), 2)
///     64.07
#[pyfunction]
#[pyo3(signature = (rate, pmt, pv, fv = None, when = END), text_signature = "(rate, pmt, pv, fv=0.0, when='end')")]
pub(super) fn nper<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    pmt: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    fv: Option<&Bound<'py, PyAny>>,
    when: When,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments =
        [("rate", rate.into()), ("pmt", pmt.into()), ("pv", pv.into()), ("fv", Argument::or(fv, 0.0))];
    broadcast(py, arguments, |[rate, pmt, pv, fv]| time_value::nper(rate, pmt, pv, fv, when.0))
}

/// The rate of interest per period of level payments.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     nper: Number of periods; it need not be whole.
///     pmt: Payment in each period; received is positive, paid is negative.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     fv: Future value: what is received (positive) or paid (negative) at the end.
///     when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
///     guess: Where there are several rates, the one nearest this is returned.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.rate(60, -377.42, 20_000, 0) * 12, 4)
///     0.05
#[pyfunction]
#[pyo3(signature = (nper, pmt, pv, fv, when = END, guess = None), text_signature = "(nper, pmt, pv, fv, when='end', guess=0.1)")]
pub(super) fn rate<'py>(
    py: Python<'py>,
    nper: &Bound<'py, PyAny>,
    pmt: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    fv: &Bound<'py, PyAny>,
    when: When,
    guess: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [
        ("nper", nper.into()),
        ("pmt", pmt.into()),
        ("pv", pv.into()),
        ("fv", fv.into()),
        ("guess", Argument::or(guess, 0.1)),
    ];
    let function = |[nper, pmt, pv, fv, guess]: [f64; 5]| {
        time_value::rate(nper, pmt, pv, fv, when.0, guess).map(|root| root.rate)
    };
    broadcast_columns(py, arguments, function, |all, results| columns::rate(all, when.0, results))
}

/// The interest in one payment of a level-payment loan.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
///     per: Number of the payment, a whole number from 1 to `nper`.
///     nper: Number of periods; it need not be whole.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     fv: Future value: what is received (positive) or paid (negative) at the end.
///     when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.ipmt(0.10, 3, 3, 8000), 2)
///     -292.45
#[pyfunction]
#[pyo3(signature = (rate, per, nper, pv, fv = None, when = END), text_signature = "(rate, per, nper, pv, fv=0.0, when='end')")]
pub(super) fn ipmt<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    per: &Bound<'py, PyAny>,
    nper: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    fv: Option<&Bound<'py, PyAny>>,
    when: When,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [
        ("rate", rate.into()),
        ("per", per.into()),
        ("nper", nper.into()),
        ("pv", pv.into()),
        ("fv", Argument::or(fv, 0.0)),
    ];
    broadcast(py, arguments, |[rate, per, nper, pv, fv]| time_value::ipmt(rate, per, nper, pv, fv, when.0))
}

/// The principal in one payment of a level-payment loan.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
///     per: Number of the payment, a whole number from 1 to `nper`.
///     nper: Number of periods; it need not be whole.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     fv: Future value: what is received (positive) or paid (negative) at the end.
///     when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.ppmt(0.10 / 12, 1, 24, 2000), 2)
///     -75.62
#[pyfunction]
#[pyo3(signature = (rate, per, nper, pv, fv = None, when = END), text_signature = "(rate, per, nper, pv, fv=0.0, when='end')")]
pub(super) fn ppmt<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    per: &Bound<'py, PyAny>,
    nper: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    fv: Option<&Bound<'py, PyAny>>,
    when: When,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [
        ("rate", rate.into()),
        ("per", per.into()),
        ("nper", nper.into()),
        ("pv", pv.into()),
        ("fv", Argument::or(fv, 0.0)),
    ];
    broadcast(py, arguments, |[rate, per, nper, pv, fv]| time_value::ppmt(rate, per, nper, pv, fv, when.0))
}

/// The interest in a run of payments of a level-payment loan.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
///     nper: Number of periods; it need not be whole.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     start_period: Number of the first payment that counts, a whole number from 1.
///     end_period: Number of the last payment that counts, a whole number up to `nper`.
///     when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.cumipmt(0.09 / 12, 360, 125_000, 13, 24), 2)
///     -11135.23
#[pyfunction]
#[pyo3(signature = (rate, nper, pv, start_period, end_period, when = END), text_signature = "(rate, nper, pv, start_period, end_period, when='end')")]
pub(super) fn cumipmt<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    nper: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    start_period: &Bound<'py, PyAny>,
    end_period: &Bound<'py, PyAny>,
    when: When,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [
        ("rate", rate.into()),
        ("nper", nper.into()),
        ("pv", pv.into()),
        ("startPeriod", start_period.into()),
        ("endPeriod", end_period.into()),
    ];
    broadcast(py, arguments, |[rate, nper, pv, start_period, end_period]| {
        time_value::cumipmt(rate, nper, pv, start_period, end_period, when.0)
    })
}

/// The principal in a run of payments of a level-payment loan.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
///     nper: Number of periods; it need not be whole.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     start_period: Number of the first payment that counts, a whole number from 1.
///     end_period: Number of the last payment that counts, a whole number up to `nper`.
///     when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.cumprinc(0.09 / 12, 360, 125_000, 13, 24), 2)
///     -934.11
#[pyfunction]
#[pyo3(signature = (rate, nper, pv, start_period, end_period, when = END), text_signature = "(rate, nper, pv, start_period, end_period, when='end')")]
pub(super) fn cumprinc<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    nper: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    start_period: &Bound<'py, PyAny>,
    end_period: &Bound<'py, PyAny>,
    when: When,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [
        ("rate", rate.into()),
        ("nper", nper.into()),
        ("pv", pv.into()),
        ("startPeriod", start_period.into()),
        ("endPeriod", end_period.into()),
    ];
    broadcast(py, arguments, |[rate, nper, pv, start_period, end_period]| {
        time_value::cumprinc(rate, nper, pv, start_period, end_period, when.0)
    })
}

/// The effective annual rate of a nominal annual rate.
///
/// Each argument is a number or an array; arrays broadcast as in numpy.
///
/// Args:
///     nominal_rate: Nominal annual rate as a fraction.
///     periods_per_year: Compounding periods in a year, a whole number of at least 1.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.effect(0.0525, 4), 7)
///     0.0535427
#[pyfunction]
pub(super) fn effect<'py>(
    py: Python<'py>,
    nominal_rate: &Bound<'py, PyAny>,
    periods_per_year: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [("nominalRate", nominal_rate.into()), ("periodsPerYear", periods_per_year.into())];
    broadcast(py, arguments, |[nominal_rate, periods_per_year]| {
        time_value::effect(nominal_rate, whole(periods_per_year)?)
    })
}

/// The nominal annual rate of an effective annual rate.
///
/// Each argument is a number or an array; arrays broadcast as in numpy.
///
/// Args:
///     effective_rate: Effective annual rate as a fraction, above -1.
///     periods_per_year: Compounding periods in a year, a whole number of at least 1.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.nominal(0.053543, 4), 7)
///     0.0525003
#[pyfunction]
pub(super) fn nominal<'py>(
    py: Python<'py>,
    effective_rate: &Bound<'py, PyAny>,
    periods_per_year: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [("effectiveRate", effective_rate.into()), ("periodsPerYear", periods_per_year.into())];
    broadcast(py, arguments, |[effective_rate, periods_per_year]| {
        time_value::nominal(effective_rate, whole(periods_per_year)?)
    })
}

/// The rate per period at which a present value grows to a future value.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     nper: Number of periods; it need not be whole.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     fv: Future value: what is received (positive) or paid (negative) at the end.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.rri(96, 10_000, 11_000), 9)
///     0.000993307
#[pyfunction]
pub(super) fn rri<'py>(
    py: Python<'py>,
    nper: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    fv: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [("nper", nper.into()), ("pv", pv.into()), ("fv", fv.into())];
    broadcast(py, arguments, |[nper, pv, fv]| time_value::rri(nper, pv, fv))
}

/// The number of periods in which a present value grows to a future value.
///
/// Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
/// numpy.
///
/// Args:
///     rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
///     pv: Present value: what is received (positive) or paid (negative) now.
///     fv: Future value: what is received (positive) or paid (negative) at the end.
///
/// Returns:
///     A float for numbers; else an array, a list or a Series, as the arguments are.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.
///
/// Example:
///     >>> import wherewithal as ww
///     >>> round(ww.pduration(0.025, 2000, 2200), 2)
///     3.86
#[pyfunction]
pub(super) fn pduration<'py>(
    py: Python<'py>,
    rate: &Bound<'py, PyAny>,
    pv: &Bound<'py, PyAny>,
    fv: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let arguments = [("rate", rate.into()), ("pv", pv.into()), ("fv", fv.into())];
    broadcast(py, arguments, |[rate, pv, fv]| time_value::pduration(rate, pv, fv))
}
