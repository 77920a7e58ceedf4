//! Messages of refusals, in the caller's spelling: what would be valid, and what was found.
//!
//! The length of messages is bounded: long texts of the input and long lists of names are shortened.

use std::ops::Bound;

use super::{Bounds, Field, Name, Shape, Spelling, Union, Value, Variant};
use crate::{Error, ErrorCode, check::Interval};

/// The most characters of a text that are shown.
const MOST_CHARACTERS: usize = 40;
/// The most names that are listed.
const MOST_NAMES: usize = 16;
/// The most fields of an object that are shown.
const MOST_FIELDS: usize = 4;

/// Why an object is refused.
pub(super) enum Refusal<'a> {
    /// An unknown field, and the known ones.
    UnknownField { name: &'a str, fields: &'static [Field], tag: Option<&'static str> },
    /// A field that appears twice.
    Twice(&'a str),
    /// Missing fields.
    Missing(Vec<&'static Field>),
    /// An object of a union without a tag.
    MissingTag(&'static Union),
    /// An object of a union with an unknown tag.
    WrongTag(&'static Union, &'a Value<'a>),
}

pub(super) fn refused(refusal: Refusal<'_>, spelling: Spelling) -> Error {
    let (code, message) = match refusal {
        Refusal::UnknownField { name, fields, tag } => {
            let owner = fields.iter().find(|field| has_field(field.shape, name, spelling));
            let owner = owner.map(|field| field.name.spelled(spelling));
            let fields = tag.into_iter().chain(fields.iter().map(|field| field.name.spelled(spelling)));
            (ErrorCode::InputUnknownField, unknown_field(name, &fields.collect::<Vec<_>>(), owner))
        }
        Refusal::Twice(name) => (ErrorCode::InputInvalid, format!("the field `{}` appears twice", cut(name))),
        Refusal::Missing(fields) => {
            let names: Vec<_> = fields.iter().map(|field| field.name.spelled(spelling)).collect();
            let word = if names.len() == 1 { "field" } else { "fields" };
            (ErrorCode::InputMissingField, format!("missing {word} {}", listed(&names, '`')))
        }
        Refusal::MissingTag(union) => (
            ErrorCode::InputMissingField,
            format!(
                "missing field `{}`: expected {}",
                union.tag.spelled(spelling),
                union_phrase(union, spelling)
            ),
        ),
        Refusal::WrongTag(union, found) => {
            let names: Vec<_> = union.variants.iter().map(|variant| variant.name.spelled(spelling)).collect();
            (ErrorCode::InputInvalid, expected_name(&names, found))
        }
    };
    Error::new(code, message)
}

pub(super) fn wrong_type(
    found: &Value<'_>,
    expected: Shape,
    bounds: Option<&Bounds>,
    spelling: Spelling,
) -> Error {
    let message = match expected {
        Shape::Choice(choice) => {
            let names: Vec<_> = choice.values.iter().map(|value| value.name.spelled(spelling)).collect();
            expected_name(&names, found)
        }
        _ => return no_value(&shown(found), expected, bounds, spelling),
    };
    Error::new(ErrorCode::InputInvalid, message)
}

pub(super) fn no_value(found: &str, expected: Shape, bounds: Option<&Bounds>, spelling: Spelling) -> Error {
    let expected = phrase(expected, bounds, spelling);
    Error::new(ErrorCode::InputInvalid, format!("expected {expected}, got {}", cut(found)))
}

fn expected_name(names: &[&'static str], found: &Value<'_>) -> String {
    let hint = match found {
        Value::Text(text) => suggestion(text, names, '"'),
        _ => None,
    };
    let all = listed(names, '"');
    let one_of = if names.len() == 1 { "" } else { "one of " };
    format!("expected {one_of}{all}, got {}{}", shown(found), hint.unwrap_or_default())
}

/// Whether values of a type are objects with a field of a name: one level too high, a caller wrote what belongs into one.
fn has_field(shape: fn() -> Shape, name: &str, spelling: Spelling) -> bool {
    match shape() {
        Shape::Record(record) => record.fields.iter().any(|field| field.name.spelled(spelling) == name),
        Shape::Nullable(inner) => has_field(inner, name, spelling),
        _ => false,
    }
}

fn unknown_field(name: &str, fields: &[&'static str], owner: Option<&'static str>) -> String {
    let inside = |owner| format!("; it is a field of the object in `{owner}`");
    let hint = suggestion(name, fields, '`').or_else(|| owner.map(inside)).unwrap_or_else(|| match fields {
        [] => "; there are none here".to_owned(),
        [one] => format!("; the only field is `{one}`"),
        several => format!("; the fields are {}", listed(several, '`')),
    });
    format!("unknown field `{}`{hint}", cut(name))
}

/// Describes a value of a shape.
fn phrase(shape: Shape, bounds: Option<&Bounds>, spelling: Spelling) -> String {
    match shape {
        Shape::Boolean => "true or false".to_owned(),
        Shape::Integer { least, most } => match bounds {
            Some(bounds) => format!("a whole number{}", within(bounds)),
            None => format!("a whole number from {least} to {most}"),
        },
        Shape::Number => {
            format!("a number{}{}", bounds.map(within).unwrap_or_default(), percent(bounds))
        }
        Shape::Text => {
            format!("text{}", bounds.map(|bounds| length(bounds, "characters")).unwrap_or_default())
        }
        Shape::Decimal if is_fraction(bounds) => {
            "a fraction such as \"0.065\" or a percentage such as \"6.5 %\"".to_owned()
        }
        Shape::Decimal => "a decimal number such as \"1234.56\"".to_owned(),
        Shape::Date => "a date such as \"2026-01-31\"".to_owned(),
        Shape::Currency => "a currency such as \"USD\"".to_owned(),
        Shape::Nullable(inner) => format!("{} or null", phrase(inner(), bounds, spelling)),
        Shape::List { .. } => {
            format!("a list{}", bounds.map(|bounds| length(bounds, "items")).unwrap_or_default())
        }
        Shape::Map(_) => "an object of names and values".to_owned(),
        Shape::Record(record) => format!("an object such as {}", object(None, record.fields, spelling)),
        Shape::Choice(choice) => {
            let names: Vec<_> = choice.values.iter().map(|value| value.name.spelled(spelling)).collect();
            format!("one of {}", listed(&names, '"'))
        }
        Shape::Union(union) => union_phrase(union, spelling),
    }
}

/// `an object such as {"kind": "fixed", "amount": …}, where kind is one of …`.
fn union_phrase(union: &'static Union, spelling: Spelling) -> String {
    let names: Vec<_> = union.variants.iter().map(|variant| variant.name.spelled(spelling)).collect();
    let Some(Variant { name, fields, .. }) = union.variants.first() else { return "nothing".to_owned() };
    let shown = object(Some((&union.tag, name)), fields, spelling);
    format!(
        "an object such as {shown}, where `{}` is one of {}",
        union.tag.spelled(spelling),
        listed(&names, '"')
    )
}

/// The required fields of an object.
fn object(tag: Option<(&Name, &Name)>, fields: &[Field], spelling: Spelling) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some((tag, name)) = tag {
        parts.push(format!("\"{}\": \"{}\"", tag.spelled(spelling), name.spelled(spelling)));
    }
    let required = fields.iter().filter(|field| field.required);
    let count = required.clone().count();
    parts.extend(required.take(MOST_FIELDS).map(|field| format!("\"{}\": …", field.name.spelled(spelling))));
    if count > MOST_FIELDS || count < fields.len() {
        parts.push("…".to_owned());
    }
    format!("{{{}}}", parts.join(", "))
}

/// The other form of a fraction.
fn percent(bounds: Option<&Bounds>) -> &'static str {
    if is_fraction(bounds) { " or a percentage such as \"6.5 %\"" } else { "" }
}

fn is_fraction(bounds: Option<&Bounds>) -> bool {
    bounds.is_some_and(|bounds| bounds.fraction.is_some())
}

fn within(bounds: &Bounds) -> String {
    match bounds.range {
        (Bound::Unbounded, Bound::Unbounded) => String::new(),
        (Bound::Included(least), Bound::Unbounded) => format!(" of at least {least}"),
        (Bound::Unbounded, Bound::Included(most)) => format!(" of at most {most}"),
        range => format!(" {}", Interval::of(&range)),
    }
}

fn length(bounds: &Bounds, of: &str) -> String {
    match bounds.length {
        (Some(least), Some(most)) => format!(" of {least} to {most} {of}"),
        (Some(least), None) => format!(" of at least {least} {of}"),
        (None, Some(most)) => format!(" of at most {most} {of}"),
        (None, None) => String::new(),
    }
}

/// The value that was found; a long text is shortened.
pub(super) fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Positive(value) => value.to_string(),
        Value::Negative(value) => value.to_string(),
        Value::Number(value) => format!("{value:?}"),
        Value::Text(text) => format!("{:?}", cut(text)),
        Value::List(_) => "a list".to_owned(),
        Value::Record(_) => "an object".to_owned(),
    }
}

/// The beginning of a text of the input.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn listed(names: &[&str], quote: char) -> String {
    let mut list = String::new();
    for (index, name) in names.iter().take(MOST_NAMES).enumerate() {
        if index > 0 {
            list.push_str(", ");
        }
        list.push(quote);
        list.push_str(name);
        list.push(quote);
    }
    if let Some(more) = names.len().checked_sub(MOST_NAMES).filter(|more| *more > 0) {
        list.push_str(&format!(" and {more} more"));
    }
    list
}

/// `; did you mean …?` if one of the names is similar to what was written.
fn suggestion(found: &str, names: &[&'static str], quote: char) -> Option<String> {
    nearest(found, names.iter().copied()).map(|name| format!("; did you mean {quote}{name}{quote}?"))
}

/// The name that was probably meant, if one is similar to what was written.
pub fn nearest<'a>(found: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A much longer text cannot be a misspelled name, and takes time to compare.
    let found = Some(found).filter(|found| found.len() <= 2 * MOST_CHARACTERS)?;
    let plain = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
    };
    let found = plain(found);
    let (distance, name) =
        names.map(|name| (strsim::osa_distance(&found, &plain(name)), name)).min_by_key(|(d, _)| *d)?;
    // Up to a third of the letters may be wrong; allowing more would suggest unrelated names.
    (distance <= found.chars().count().div_ceil(3)).then_some(name)
}
