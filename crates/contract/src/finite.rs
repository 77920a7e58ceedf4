//! A walk over a value that refuses numbers which JSON cannot say.
//!
//! The JSON writer turns NaN and the infinities into `null`, which a reader could take for an absent value.

use std::fmt;

use serde::{Serialize, ser};
use wherewithal::{Error, ErrorCode, Result};

/// Succeeds when every floating-point number in `value` is finite.
///
/// # Errors
/// `result.too_large`.
pub(crate) fn check<T: Serialize>(value: &T) -> Result<()> {
    value.serialize(Walk).map_err(|NotFinite| {
        Error::new(
            ErrorCode::ResultTooLarge,
            "the result has a number that is too large to represent; check the size of rates, amounts and terms",
        )
    })
}

#[derive(Debug)]
struct NotFinite;

impl fmt::Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number is not finite")
    }
}

impl std::error::Error for NotFinite {}

impl ser::Error for NotFinite {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

#[derive(Clone, Copy)]
struct Walk;

type Outcome = Result<(), NotFinite>;

fn judge(finite: bool) -> Outcome {
    if finite { Ok(()) } else { Err(NotFinite) }
}

impl ser::Serializer for Walk {
    type Ok = ();
    type Error = NotFinite;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_f32(self, value: f32) -> Outcome {
        judge(value.is_finite())
    }
    fn serialize_f64(self, value: f64) -> Outcome {
        judge(value.is_finite())
    }
    fn serialize_bool(self, _: bool) -> Outcome {
        Ok(())
    }
    fn serialize_i8(self, _: i8) -> Outcome {
        Ok(())
    }
    fn serialize_i16(self, _: i16) -> Outcome {
        Ok(())
    }
    fn serialize_i32(self, _: i32) -> Outcome {
        Ok(())
    }
    fn serialize_i64(self, _: i64) -> Outcome {
        Ok(())
    }
    fn serialize_u8(self, _: u8) -> Outcome {
        Ok(())
    }
    fn serialize_u16(self, _: u16) -> Outcome {
        Ok(())
    }
    fn serialize_u32(self, _: u32) -> Outcome {
        Ok(())
    }
    fn serialize_u64(self, _: u64) -> Outcome {
        Ok(())
    }
    fn serialize_char(self, _: char) -> Outcome {
        Ok(())
    }
    fn serialize_str(self, _: &str) -> Outcome {
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Outcome {
        Ok(())
    }
    fn serialize_none(self) -> Outcome {
        Ok(())
    }
    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Outcome {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Outcome {
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Outcome {
        Ok(())
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Outcome {
        Ok(())
    }
    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Outcome {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Outcome {
        value.serialize(self)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self, NotFinite> {
        Ok(self)
    }
    fn serialize_tuple(self, _: usize) -> Result<Self, NotFinite> {
        Ok(self)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, NotFinite> {
        Ok(self)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, NotFinite> {
        Ok(self)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self, NotFinite> {
        Ok(self)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NotFinite> {
        Ok(self)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, NotFinite> {
        Ok(self)
    }
    fn collect_str<T: ?Sized + fmt::Display>(self, _: &T) -> Outcome {
        Ok(())
    }
}

impl ser::SerializeSeq for Walk {
    type Ok = ();
    type Error = NotFinite;
    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Outcome {
        value.serialize(*self)
    }
    fn end(self) -> Outcome {
        Ok(())
    }
}

impl ser::SerializeTuple for Walk {
    type Ok = ();
    type Error = NotFinite;
    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Outcome {
        value.serialize(*self)
    }
    fn end(self) -> Outcome {
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Walk {
    type Ok = ();
    type Error = NotFinite;
    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Outcome {
        value.serialize(*self)
    }
    fn end(self) -> Outcome {
        Ok(())
    }
}

impl ser::SerializeTupleVariant for Walk {
    type Ok = ();
    type Error = NotFinite;
    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Outcome {
        value.serialize(*self)
    }
    fn end(self) -> Outcome {
        Ok(())
    }
}

impl ser::SerializeMap for Walk {
    type Ok = ();
    type Error = NotFinite;
    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Outcome {
        key.serialize(*self)
    }
    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Outcome {
        value.serialize(*self)
    }
    fn end(self) -> Outcome {
        Ok(())
    }
}

impl ser::SerializeStruct for Walk {
    type Ok = ();
    type Error = NotFinite;
    fn serialize_field<T: ?Sized + Serialize>(&mut self, _: &'static str, value: &T) -> Outcome {
        value.serialize(*self)
    }
    fn end(self) -> Outcome {
        Ok(())
    }
}

impl ser::SerializeStructVariant for Walk {
    type Ok = ();
    type Error = NotFinite;
    fn serialize_field<T: ?Sized + Serialize>(&mut self, _: &'static str, value: &T) -> Outcome {
        value.serialize(*self)
    }
    fn end(self) -> Outcome {
        Ok(())
    }
}
