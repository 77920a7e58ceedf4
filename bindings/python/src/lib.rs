//! `wherewithal._native`: what the Python package needs from Rust.
//!
//! The package's own modules are Python: the generated ones give every operation its typed function, and this
//! module runs it. Written here are only the parts whose shape is Python's: calls that release the interpreter,
//! array functions, and tables for Arrow.

mod arrays;
mod call;
mod errors;
mod objects;
mod plain;
mod pool;
mod records;
mod table;

use pyo3::prelude::*;

/// What the package `wherewithal` needs from Rust; use the package.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(call::call, module)?)?;
    module.add_function(wrap_pyfunction!(call::operations, module)?)?;
    module.add_function(wrap_pyfunction!(call::run, module)?)?;
    module.add_function(wrap_pyfunction!(records::validate, module)?)?;
    module.add_function(wrap_pyfunction!(records::parse, module)?)?;
    module.add_function(wrap_pyfunction!(records::dump, module)?)?;
    module.add_function(wrap_pyfunction!(records::defaults, module)?)?;
    module.add_class::<table::ArrowTable>()?;
    arrays::add_to(module)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
