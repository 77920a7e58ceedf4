//! Conversion of errors of the core to Python exceptions.

use pyo3::{exceptions::PyImportError, prelude::*, sync::PyOnceLock, types::PyType};
use wherewithal::{Error, ErrorCode, error::ErrorKind, wire::in_snake_case};

/// The exception of an error: the class of its kind in `wherewithal.errors`, with code, message and path.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    let made = class(py, error.code().kind())
        .and_then(|class| class.call1((error.code().as_str(), error.message(), error.path())));
    match made {
        Ok(instance) => PyErr::from_value(instance),
        Err(broken) => broken,
    }
}

/// The exception of a function on arrays, with the names of its arguments.
pub(crate) fn array_exception(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, &in_snake_case(Error::new(error.code(), error.message()).at(error.path())))
}

/// The exception of an argument of the wrong type.
pub(crate) fn invalid(py: Python<'_>, path: &str, message: &str) -> PyErr {
    array_exception(py, &Error::new(ErrorCode::InputInvalid, message).at(path))
}

fn class(py: Python<'_>, kind: ErrorKind) -> PyResult<Bound<'_, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = MODULE.get_or_try_init(py, || py.import("wherewithal.errors").map(Bound::unbind))?;
    let name = match kind {
        ErrorKind::InvalidInput => "InvalidInput",
        ErrorKind::NoSolution => "NoSolution",
        ErrorKind::TooLarge => "TooLarge",
        ErrorKind::NotFound => "NotFound",
        ErrorKind::Cancelled => "Cancelled",
    };
    let class = module.bind(py).getattr(name)?;
    if class.is_instance_of::<PyType>() {
        return Ok(class);
    }
    Err(PyImportError::new_err(format!("wherewithal.errors.{name} is not a class")))
}
