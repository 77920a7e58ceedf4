//! `wherewithal._native`: the Rust part of the Python package.
//!
//! The modules of the package are in Python: the generated ones have a typed function for every operation, and this
//! module runs it. Only the parts that depend on Python are here: calls that release the interpreter lock, array
//! functions, and tables for Arrow.

mod arrays;
mod call;
mod errors;
mod objects;
mod plain;
mod pool;
mod records;
mod table;

use pyo3::prelude::*;

/// The Rust part of the package `wherewithal`, not for direct use.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(call::call, module)?)?;
    module.add_function(wrap_pyfunction!(call::operations, module)?)?;
    module.add_function(wrap_pyfunction!(call::run, module)?)?;
    module.add_function(wrap_pyfunction!(records::validate, module)?)?;
    module.add_function(wrap_pyfunction!(records::replaced, module)?)?;
    module.add_function(wrap_pyfunction!(records::parse, module)?)?;
    module.add_function(wrap_pyfunction!(records::dump, module)?)?;
    module.add_function(wrap_pyfunction!(records::defaults, module)?)?;
    module.add_class::<table::ArrowTable>()?;
    arrays::add_to(module)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
