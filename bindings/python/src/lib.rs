//! `wherewithal._native`: what the Python package needs from Rust.
//!
//! The package's own modules are Python: the generated ones give every operation its typed function, and this
//! module runs it. Written here are only the parts whose shape is Python's: calls that release the interpreter,
//! array functions, and tables for Arrow.

mod arrays;
mod call;
mod errors;
mod json;
mod pool;
mod table;

use pyo3::prelude::*;

/// What the package `wherewithal` needs from Rust; use the package.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(call::call, module)?)?;
    module.add_function(wrap_pyfunction!(call::operations, module)?)?;
    module.add_function(wrap_pyfunction!(json::dumps, module)?)?;
    module.add_function(wrap_pyfunction!(json::holds_numbers, module)?)?;
    module.add_class::<table::ArrowTable>()?;
    arrays::add_to(module)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
