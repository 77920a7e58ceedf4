//! Conversion of values to plain Python objects: dictionaries, lists, text, numbers, booleans and `None`.

use std::{collections::BTreeMap, ptr};

use pyo3::{
    IntoPyObjectExt as _,
    exceptions::PyRuntimeError,
    prelude::*,
    types::{PyDict, PyList, PyString},
};
use wherewithal::{
    Error, ErrorCode, Result,
    wire::{Field, Sink, Spelling},
};

use crate::errors::exception;

/// Converts the values that a function writes, with names in snake case.
///
/// # Errors
/// Those of the function, and `MemoryError`.
pub(crate) fn plain<'py>(
    py: Python<'py>,
    write: impl FnOnce(&mut dyn Sink) -> Result<()>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut objects = Objects { py, open: Vec::new(), whole: None, names: BTreeMap::new(), raised: None };
    let outcome = write(&mut objects);
    match (outcome, objects) {
        (_, Objects { raised: Some(raised), .. }) => Err(raised),
        (Err(error), _) => Err(exception(py, &error)),
        (Ok(()), Objects { whole: Some(whole), .. }) => Ok(whole),
        (Ok(()), _) => Err(PyRuntimeError::new_err("nothing was written")),
    }
}

/// A sink that creates Python objects.
struct Objects<'py> {
    py: Python<'py>,
    /// The unfinished lists and records, from the outermost inwards.
    open: Vec<Open<'py>>,
    whole: Option<Bound<'py, PyAny>>,
    /// The names of fields, shared by the rows of a table.
    names: BTreeMap<*const Field, Bound<'py, PyString>>,
    /// The Python exception, if there was one.
    raised: Option<PyErr>,
}

enum Open<'py> {
    List(Vec<Bound<'py, PyAny>>),
    Record(Bound<'py, PyDict>, Option<Bound<'py, PyString>>),
}

impl<'py> Objects<'py> {
    fn put(&mut self, object: PyResult<Bound<'py, PyAny>>) -> Result<()> {
        let placed = object.and_then(|object| match self.open.last_mut() {
            Some(Open::List(items)) => {
                items.push(object);
                Ok(())
            }
            Some(Open::Record(record, name)) => match name.take() {
                Some(name) => record.set_item(name, object),
                None => Err(PyRuntimeError::new_err("a value has no name")),
            },
            None => {
                self.whole = Some(object);
                Ok(())
            }
        });
        placed.map_err(|raised| self.raise(raised))
    }

    /// Stores a Python exception, and ends the writing.
    #[cold]
    fn raise(&mut self, raised: PyErr) -> Error {
        self.raised = Some(raised);
        Error::new(ErrorCode::ResultTooLarge, "the result could not be converted")
    }

    fn name(&mut self, name: Bound<'py, PyString>) {
        if let Some(Open::Record(_, next)) = self.open.last_mut() {
            *next = Some(name);
        }
    }

    fn end(&mut self) -> Result<()> {
        match self.open.pop() {
            Some(Open::List(items)) => {
                let list = PyList::new(self.py, items).map(Bound::into_any);
                self.put(list)
            }
            Some(Open::Record(record, _)) => self.put(Ok(record.into_any())),
            None => Ok(()),
        }
    }
}

impl Sink for Objects<'_> {
    fn spelling(&self) -> Spelling {
        Spelling::Snake
    }
    fn null(&mut self) -> Result<()> {
        self.put(Ok(self.py.None().into_bound(self.py)))
    }
    fn boolean(&mut self, value: bool) -> Result<()> {
        self.put(value.into_bound_py_any(self.py))
    }
    fn positive(&mut self, value: u64) -> Result<()> {
        self.put(value.into_bound_py_any(self.py))
    }
    fn negative(&mut self, value: i64) -> Result<()> {
        self.put(value.into_bound_py_any(self.py))
    }
    fn number(&mut self, value: f64) -> Result<()> {
        self.put(value.into_bound_py_any(self.py))
    }
    fn text(&mut self, value: &str) -> Result<()> {
        self.put(value.into_bound_py_any(self.py))
    }
    fn begin_list(&mut self, length: usize) -> Result<()> {
        self.open.push(Open::List(Vec::with_capacity(length)));
        Ok(())
    }
    fn end_list(&mut self) -> Result<()> {
        self.end()
    }
    fn begin_record(&mut self) -> Result<()> {
        self.open.push(Open::Record(PyDict::new(self.py), None));
        Ok(())
    }
    fn key(&mut self, key: &str) -> Result<()> {
        self.name(PyString::intern(self.py, key));
        Ok(())
    }
    fn end_record(&mut self) -> Result<()> {
        self.end()
    }
    fn field(&mut self, field: &'static Field) -> Result<()> {
        let py = self.py;
        let name =
            self.names.entry(ptr::from_ref(field)).or_insert_with(|| PyString::intern(py, field.name.snake));
        let name = name.clone();
        self.name(name);
        Ok(())
    }
}
