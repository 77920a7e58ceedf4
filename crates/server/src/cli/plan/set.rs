//! Changes of a document from the command line: `PATH=VALUE`.

use std::{borrow::Cow, fmt, str::FromStr};

use wherewithal::{Error, ErrorCode, Result, wire::Value};
use wherewithal_contract::wire;

/// A change: the field at a path has a value.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    /// As it was written.
    text: String,
    path: String,
    steps: Vec<Step>,
    value: String,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    /// A field of a record.
    Field(String),
    /// An element of a list: its place from 0 on, or its `id`.
    Item(String),
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, value) =
            text.split_once('=').ok_or("write PATH=VALUE, such as assumptions.inflation=0.03")?;
        let path = path.trim();
        Ok(Self {
            text: text.to_owned(),
            path: path.to_owned(),
            steps: steps(path)?,
            value: value.trim().to_owned(),
        })
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The steps of a path such as `people[0].retirementAge`.
fn steps(path: &str) -> Result<Vec<Step>, String> {
    let malformed = || format!("{path:?} is not a path; write it like people[0].retirementAge");
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
        if name.is_empty() {
            return Err(malformed());
        }
        steps.push(Step::Field(name.to_owned()));
        while !rest.is_empty() {
            let inner = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            let (item, after) = inner.filter(|(item, _)| !item.is_empty()).ok_or_else(malformed)?;
            steps.push(Step::Item(item.to_owned()));
            rest = after;
        }
    }
    Ok(steps)
}

/// Changes a document, one setting after the other. An element of a list that is set to null is removed.
///
/// # Errors
/// `index.out_of_range`, `name.unknown` and `input.invalid`, each with the path of the setting.
pub(super) fn apply<'a>(document: &mut Value<'a>, settings: &'a [Setting]) -> Result<()> {
    for setting in settings {
        setting.apply(document).map_err(|error| error.at(&setting.path))?;
    }
    Ok(())
}

/// The document as the start of a path.
fn document_of<'d, 'a>(document: &'d mut Value<'a>) -> &'d mut Value<'a> {
    document
}

impl Setting {
    fn apply<'a>(&'a self, document: &mut Value<'a>) -> Result<()> {
        let Some((last, before)) = self.steps.split_last() else { return Ok(()) };
        let parent = before.iter().try_fold(document_of(document), |value, step| step.of(value))?;
        match (last, self.value()) {
            (Step::Item(item), Value::Null) => {
                let (items, place) = place_of(parent, item)?;
                items.remove(place);
            }
            (_, value) => *last.of(parent)? = value,
        }
        Ok(())
    }

    /// The value: JSON, or otherwise the text itself.
    fn value(&self) -> Value<'_> {
        wire::parse(self.value.as_bytes()).unwrap_or(Value::Text(Cow::Borrowed(&self.value)))
    }
}

impl Step {
    /// The value one step further. A field that is absent is added; the document's type decides later whether it exists.
    fn of<'d, 'a>(&'a self, value: &'d mut Value<'a>) -> Result<&'d mut Value<'a>> {
        match self {
            Self::Field(name) => field(value, name),
            Self::Item(item) => element(value, item),
        }
    }
}

#[expect(clippy::indexing_slicing, reason = "the field was found, or added at the end")]
fn field<'d, 'a>(value: &'d mut Value<'a>, name: &'a str) -> Result<&'d mut Value<'a>> {
    if matches!(value, Value::Null) {
        *value = Value::Record(Vec::new());
    }
    let Value::Record(fields) = value else {
        let message = format!("{name:?} cannot be set: the value before it is not a record");
        return Err(Error::new(ErrorCode::InputInvalid, message));
    };
    let place = fields.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
        fields.push((Cow::Borrowed(name), Value::Null));
        fields.len() - 1
    });
    Ok(&mut fields[place].1)
}

#[expect(clippy::indexing_slicing, reason = "the place was found in the list")]
fn element<'d, 'a>(value: &'d mut Value<'a>, item: &str) -> Result<&'d mut Value<'a>> {
    let (items, place) = place_of(value, item)?;
    Ok(&mut items[place])
}

/// A list with the place of an element in it.
fn place_of<'d, 'a>(value: &'d mut Value<'a>, item: &str) -> Result<(&'d mut Vec<Value<'a>>, usize)> {
    let Value::List(items) = value else {
        let message = format!("[{item}] cannot be set: the value before it is not a list");
        return Err(Error::new(ErrorCode::InputInvalid, message));
    };
    if let Ok(place) = item.parse::<usize>() {
        let count = items.len();
        if place < count {
            return Ok((items, place));
        }
        let message = format!("there is no element {place}: the list has {count}, counted from 0");
        return Err(Error::new(ErrorCode::IndexOutOfRange, message));
    }
    let place = items.iter().position(|element| id(element) == Some(item)).ok_or_else(|| {
        let known: Vec<&str> = items.iter().filter_map(id).collect();
        let message = format!("no element has the id {item:?}; the ids are {}", known.join(", "));
        Error::new(ErrorCode::NameUnknown, message)
    })?;
    Ok((items, place))
}

fn id<'v>(element: &'v Value<'_>) -> Option<&'v str> {
    let Value::Record(fields) = element else { return None };
    fields.iter().find_map(|(name, value)| match value {
        Value::Text(text) if name == "id" => Some(text.as_ref()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{"name":"A","people":[{"id":"ana","age":3},{"id":"ben"}],"taxes":null}"#;

    fn changed(settings: &[&str]) -> Result<String> {
        let settings: Vec<Setting> = settings.iter().map(|text| text.parse().expect("a setting")).collect();
        let mut document = wire::parse(DOCUMENT.as_bytes())?;
        apply(&mut document, &settings)?;
        let text = wire::json(wherewithal::wire::Spelling::Camel, |sink| document.write(sink))?;
        Ok(String::from_utf8(text).expect("text"))
    }

    #[test]
    fn fields_are_changed_added_and_emptied() {
        let cases: &[(&[&str], &str)] = &[
            (&["name=B"], r#"{"name":"B","people":[{"id":"ana","age":3},{"id":"ben"}],"taxes":null}"#),
            (
                &["people[0].age=4"],
                r#"{"name":"A","people":[{"id":"ana","age":4},{"id":"ben"}],"taxes":null}"#,
            ),
            (
                &["people[ben].age=0.5", "name=\"5\""],
                r#"{"name":"5","people":[{"id":"ana","age":3},{"id":"ben","age":0.5}],"taxes":null}"#,
            ),
            (
                &["taxes.kind=rates", "taxes.a.b=[1]", "people=null"],
                r#"{"name":"A","people":null,"taxes":{"kind":"rates","a":{"b":[1]}}}"#,
            ),
            (&["people[0]=null"], r#"{"name":"A","people":[{"id":"ben"}],"taxes":null}"#),
            (
                &["people[ben]=null", "people[ana].age=null"],
                r#"{"name":"A","people":[{"id":"ana","age":null}],"taxes":null}"#,
            ),
            (
                &["name=2026-01-01"],
                r#"{"name":"2026-01-01","people":[{"id":"ana","age":3},{"id":"ben"}],"taxes":null}"#,
            ),
        ];
        for (settings, expected) in cases {
            assert_eq!(changed(settings).expect("a document"), *expected, "{settings:?}");
        }
    }

    #[test]
    fn a_path_that_leads_nowhere_is_refused_with_itself() {
        let cases = [
            ("people[2].age=1", "index.out_of_range"),
            ("people[cy].age=1", "name.unknown"),
            ("people[2]=null", "index.out_of_range"),
            ("people[cy]=null", "name.unknown"),
            ("name[0]=null", "input.invalid"),
            ("name.first=A", "input.invalid"),
            ("name[0]=A", "input.invalid"),
            ("people.age=1", "input.invalid"),
        ];
        for (setting, code) in cases {
            let error = changed(&[setting]).expect_err("no such place");
            let path = setting.split('=').next().expect("a path");
            assert_eq!((error.code().as_str(), error.path()), (code, path), "{setting}");
        }
    }

    #[test]
    fn what_is_no_setting_is_refused_by_the_command_line() {
        for text in ["name", "=1", ".a=1", "a..b=1", "a[=1", "a[]=1", "a[0]b=1", "[0]=1"] {
            assert!(text.parse::<Setting>().is_err(), "{text}");
        }
    }
}
