//! Rows of a result as Arrow columns.

use std::{ffi::CStr, sync::Arc};

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch,
    RecordBatchIterator, RecordBatchOptions, StringArray, ffi::FFI_ArrowSchema,
    ffi_stream::FFI_ArrowArrayStream,
};
use arrow_schema::{ArrowError, Field, Schema};
use pyo3::{
    exceptions::{PyRuntimeError, PyValueError},
    prelude::*,
    types::PyCapsule,
};
use wherewithal::{
    Error, ErrorCode,
    dates::{Date, date},
    error::At,
    num::Decimal,
};

use crate::errors::exception;

const SCHEMA: &CStr = c"arrow_schema";
const STREAM: &CStr = c"arrow_array_stream";

/// The digits of a 128-bit Arrow decimal.
const PRECISION: u8 = 38;

/// Columns that pandas, polars, pyarrow and DuckDB can read without copying.
///
/// Decimals are 128-bit decimals with the largest scale of their column, dates are days (`date32`), integers
/// `int64`, numbers `float64`.
#[pyclass(frozen, module = "wherewithal._native")]
pub(crate) struct ArrowTable {
    batch: RecordBatch,
}

/// A column from Python: its name, its kind, whether values may be absent, and its values as in the JSON.
type Column<'py> = (String, String, bool, Bound<'py, PyAny>);

#[pymethods]
impl ArrowTable {
    #[new]
    fn new(py: Python<'_>, columns: Vec<Column<'_>>, rows: usize) -> PyResult<Self> {
        let mut fields = Vec::with_capacity(columns.len());
        let mut arrays = Vec::with_capacity(columns.len());
        for (name, kind, nullable, values) in &columns {
            let array = read(py, name, kind, values)?;
            fields.push(Field::new(name, array.data_type().clone(), *nullable));
            arrays.push(array);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(Self { batch })
    }

    /// The schema, by the Arrow PyCapsule interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema_ref().as_ref()).map_err(broken)?;
        PyCapsule::new_with_value(py, schema, SCHEMA)
    }

    /// The rows, by the Arrow PyCapsule interface. All consumers share the same memory.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A producer may ignore a request for other types; the consumer then casts.
        drop(requested_schema);
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
    }
}

fn broken(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

fn read(py: Python<'_>, name: &str, kind: &str, values: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let array: ArrayRef = match kind {
        "text" => Arc::new(values.extract::<Vec<Option<String>>>()?.into_iter().collect::<StringArray>()),
        "integer" => Arc::new(Int64Array::from(values.extract::<Vec<Option<i64>>>()?)),
        "number" => Arc::new(Float64Array::from(values.extract::<Vec<Option<f64>>>()?)),
        "boolean" => Arc::new(BooleanArray::from(values.extract::<Vec<Option<bool>>>()?)),
        "date" => Arc::new(dates(&texts(values)?).at(name).map_err(|error| exception(py, &error))?),
        "decimal" => Arc::new(decimals(&texts(values)?).at(name).map_err(|error| exception(py, &error))?),
        other => return Err(PyValueError::new_err(format!("{name}: no column is of the kind {other:?}"))),
    };
    Ok(array)
}

fn texts(values: &Bound<'_, PyAny>) -> PyResult<Vec<Option<String>>> {
    values.extract()
}

/// The present values, parsed; the path of an error is the row.
fn parsed<T: std::str::FromStr<Err = Error>>(texts: &[Option<String>]) -> Result<Vec<Option<T>>, Error> {
    let parse = |(row, text): (usize, &Option<String>)| {
        text.as_deref().map(str::parse).transpose().map_err(|error: Error| error.at(&format!("[{row}]")))
    };
    texts.iter().enumerate().map(parse).collect()
}

fn dates(texts: &[Option<String>]) -> Result<Date32Array, Error> {
    let epoch = date(1970, 1, 1)?;
    let days = |day: Option<Date>| day.map(|day| epoch.days_until(day));
    Ok(parsed(texts)?.into_iter().map(days).collect())
}

fn decimals(texts: &[Option<String>]) -> Result<Decimal128Array, Error> {
    let values: Vec<Option<Decimal>> = parsed(texts)?;
    let scale = values.iter().flatten().map(|value| value.scale()).max().unwrap_or(0);
    let widened = |value: Option<Decimal>| value.map(|value| widened(value, scale)).transpose();
    let mantissas: Vec<Option<i128>> = values.into_iter().map(widened).collect::<Result<_, _>>()?;
    Decimal128Array::from(mantissas)
        .with_precision_and_scale(PRECISION, i8::try_from(scale).unwrap_or(i8::MAX))
        .map_err(|error| Error::new(ErrorCode::DecimalOverflow, error.to_string()))
}

/// The mantissa of `value` at the scale of its column.
fn widened(value: Decimal, scale: u32) -> Result<i128, Error> {
    10i128
        .checked_pow(scale - value.scale())
        .and_then(|factor| value.mantissa().checked_mul(factor))
        .filter(|mantissa| mantissa.unsigned_abs() < 10u128.pow(u32::from(PRECISION)))
        .ok_or_else(|| {
            Error::new(
                ErrorCode::DecimalOverflow,
                format!("{value} with {scale} decimal places does not fit into {PRECISION} digits"),
            )
        })
}
