//! Reading that refuses what it does not know.

use serde::{Deserialize, Deserializer};

/// Reads a variant without fields of an enum with a tag. Such a variant would be read with any fields beside its tag, also
/// where the enum denies unknown ones.
pub fn no_fields<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct NoFields {}

    NoFields::deserialize(deserializer).map(|NoFields {}| ())
}
