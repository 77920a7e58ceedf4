//! Functions on arrays, which return what they are given: a float for floats, a list for lists, a numpy array for numpy
//! arrays, a Series for a Series.

mod amortize_batch;
mod broadcast;
mod cash_flows;
mod dates;
mod level_payments;
mod mirror;
mod numbers;
mod xirr_batch;

use pyo3::{prelude::*, types::PyModule, wrap_pyfunction};

/// Adds the functions to the module.
pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    use cash_flows::{irr, mirr, nfv, npv, xfv, xirr, xnfv, xnpv};
    use level_payments::{
        cumipmt, cumprinc, effect, fv, ipmt, nominal, nper, pduration, pmt, ppmt, pv, rate, rri,
    };
    module.add_function(wrap_pyfunction!(fv, module)?)?;
    module.add_function(wrap_pyfunction!(pv, module)?)?;
    module.add_function(wrap_pyfunction!(pmt, module)?)?;
    module.add_function(wrap_pyfunction!(nper, module)?)?;
    module.add_function(wrap_pyfunction!(rate, module)?)?;
    module.add_function(wrap_pyfunction!(ipmt, module)?)?;
    module.add_function(wrap_pyfunction!(ppmt, module)?)?;
    module.add_function(wrap_pyfunction!(cumipmt, module)?)?;
    module.add_function(wrap_pyfunction!(cumprinc, module)?)?;
    module.add_function(wrap_pyfunction!(effect, module)?)?;
    module.add_function(wrap_pyfunction!(nominal, module)?)?;
    module.add_function(wrap_pyfunction!(rri, module)?)?;
    module.add_function(wrap_pyfunction!(pduration, module)?)?;
    module.add_function(wrap_pyfunction!(npv, module)?)?;
    module.add_function(wrap_pyfunction!(nfv, module)?)?;
    module.add_function(wrap_pyfunction!(irr, module)?)?;
    module.add_function(wrap_pyfunction!(mirr, module)?)?;
    module.add_function(wrap_pyfunction!(xnpv, module)?)?;
    module.add_function(wrap_pyfunction!(xfv, module)?)?;
    module.add_function(wrap_pyfunction!(xnfv, module)?)?;
    module.add_function(wrap_pyfunction!(xirr, module)?)?;
    module.add_function(wrap_pyfunction!(xirr_batch::xirr_batch, module)?)?;
    module.add_function(wrap_pyfunction!(amortize_batch::amortize_batch, module)?)?;
    module.add_class::<amortize_batch::AmortizationColumns>()
}
