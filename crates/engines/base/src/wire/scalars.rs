//! Numbers, truth values and text.

use super::{Reader, Shape, Sink, Value, Wire};
use crate::{Error, ErrorCode, Result, check};

impl Wire for bool {
    fn shape() -> Shape {
        Shape::Boolean
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        match value {
            Value::Boolean(value) => Ok(*value),
            other => Err(reader.wrong_type(other, Shape::Boolean)),
        }
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        sink.boolean(*self)
    }
    fn is_absent(&self) -> bool {
        !self
    }
}

impl Wire for u32 {
    fn shape() -> Shape {
        Shape::Integer { least: Self::MIN.into(), most: Self::MAX.into() }
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        let whole = reader.integer(value, Self::MIN.into(), Self::MAX.into())?;
        Self::try_from(whole).map_err(|_| reader.wrong_type(value, Self::shape()))
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        sink.positive((*self).into())
    }
}

impl Wire for u64 {
    fn shape() -> Shape {
        Shape::Integer { least: Self::MIN.into(), most: Self::MAX.into() }
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        let whole = reader.integer(value, Self::MIN.into(), Self::MAX.into())?;
        Self::try_from(whole).map_err(|_| reader.wrong_type(value, Self::shape()))
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        sink.positive(*self)
    }
}

impl Wire for i32 {
    fn shape() -> Shape {
        Shape::Integer { least: Self::MIN.into(), most: Self::MAX.into() }
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        let whole = reader.integer(value, Self::MIN.into(), Self::MAX.into())?;
        Self::try_from(whole).map_err(|_| reader.wrong_type(value, Self::shape()))
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        match u64::try_from(*self) {
            Ok(value) => sink.positive(value),
            Err(_) => sink.negative((*self).into()),
        }
    }
}

impl Wire for f64 {
    fn shape() -> Shape {
        Shape::Number
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        match value {
            Value::Number(value) => check::finite(*value).and_then(|_| reader.ordinary(*value)),
            Value::Positive(value) => reader.ordinary(*value as Self),
            Value::Negative(value) => Ok(*value as Self),
            Value::Text(text) => {
                reader.percentage(text).unwrap_or_else(|| Err(reader.wrong_type(value, Shape::Number)))
            }
            other => Err(reader.wrong_type(other, Shape::Number)),
        }
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        if self.is_finite() { sink.number(*self) } else { Err(not_finite()) }
    }
}

#[cold]
fn not_finite() -> Error {
    Error::new(
        ErrorCode::ResultTooLarge,
        "the result has a number that is too large to represent; check the size of rates, amounts and terms",
    )
}

impl Wire for String {
    fn shape() -> Shape {
        Shape::Text
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        reader.text(value, Shape::Text).map(str::to_owned)
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        sink.text(self)
    }
}
