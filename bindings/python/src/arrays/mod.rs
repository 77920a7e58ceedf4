//! Functions on arrays, which return what they are given: a float for floats, a list for lists, a numpy array for numpy
//! arrays, a Series for a Series.
//!
//! Which functions there are, and what their arguments are, the contract declares. Here are the forms that arguments
//! and results have in Python.

mod broadcast;
mod dated;
mod dates;
mod function;
mod lots;
mod many;
mod mirror;
mod numbers;
mod plain;
mod schedules;

use pyo3::{prelude::*, types::PyModule};

/// Adds the classes of functions to the module.
pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<function::ArrayFunction>()?;
    module.add_class::<schedules::ScheduleFunction>()?;
    module.add_class::<schedules::AmortizationColumns>()?;
    module.add_class::<lots::LotColumns>()?;
    module.add_function(wrap_pyfunction!(lots::lot_columns, module)?)
}
