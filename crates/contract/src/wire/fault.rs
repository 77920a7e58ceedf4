//! Where the fault of a refused input lies.
//!
//! The reader takes in an object with a tag (`"kind"`) whole before it knows what to read from it, and loses sight of the
//! places in it: of a wrong number deep in a market it says that something is wrong with the market. But it reads such an
//! object in order and stops at the first fault. So an entry lies at or before the fault exactly if the refusal
//! changes when the entry is spoilt, and the fault is found by halving, level by level.

use serde_json::{Map, Value};
use wherewithal::Error;

/// Longer inputs are not read again and again.
const MOST_BYTES: usize = 1024 * 1024;

/// The name of a field that no object has, and of a kind that there is not.
const SPOILT: &str = "\u{0}";

/// The field that says of which kind an object is.
const TAG: &str = "kind";

/// One step on the way from the whole input to a value in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Field(String),
    Item(usize),
}

/// Why an input was refused, and how far on the way to the fault the reader knows.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) error: Error,
    pub(super) path: Vec<Step>,
}

impl Refusal {
    fn is_like(&self, other: &Self) -> bool {
        self.error.code() == other.error.code() && self.error.message() == other.error.message()
    }
}

/// The whole way to the fault. `read` reads an input and says why it is refused, if it is.
pub(super) fn locate(input: &[u8], refusal: Refusal, read: &dyn Fn(&[u8]) -> Option<Refusal>) -> Refusal {
    if input.len() > MOST_BYTES {
        return refusal;
    }
    let Ok(mut whole) = serde_json::from_slice::<Value>(input) else { return refusal };
    tags_first(&mut whole);
    let search = Search { refusal: &refusal, read };
    let mut path = refusal.path.clone();
    if search.refusal_changes(&whole) || value_at(&mut whole, &path).is_none() {
        return refusal;
    }
    while let Some(step) = search.next(&mut whole, &path) {
        path.push(step);
    }
    Refusal { path, ..refusal }
}

/// Puts the tag of every object first, where the reader looks at it first too.
fn tags_first(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(tag) = fields.shift_remove(TAG) {
                fields.shift_insert(0, TAG.to_owned(), tag);
            }
            fields.values_mut().for_each(tags_first);
        }
        Value::Array(items) => items.iter_mut().for_each(tags_first),
        _ => {}
    }
}

fn value_at<'a>(whole: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(whole, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Item(index) => value.get_mut(index),
    })
}

/// Two values that are refused wherever they stand, each with a message of its own.
fn spoilt() -> [Value; 2] {
    let none = || Value::String(SPOILT.to_owned());
    let object = [(SPOILT.to_owned(), Value::Null), (TAG.to_owned(), none())];
    [Value::Object(Map::from_iter(object)), Value::Array(vec![Value::Array(vec![none()])])]
}

struct Search<'a> {
    refusal: &'a Refusal,
    read: &'a dyn Fn(&[u8]) -> Option<Refusal>,
}

impl Search<'_> {
    fn refusal_changes(&self, whole: &Value) -> bool {
        let again = serde_json::to_vec(whole).ok().and_then(|input| (self.read)(&input));
        !again.is_some_and(|again| again.is_like(self.refusal))
    }

    /// Into which entry of the value at `path` the way to the fault goes on; `None` where it ends there.
    fn next(&self, whole: &mut Value, path: &[Step]) -> Option<Step> {
        let entries = match value_at(whole, path)? {
            Value::Object(fields) => fields.len(),
            Value::Array(items) => items.len(),
            _ => return None,
        };
        // What comes after all entries, such as that one is missing, is a fault of the value itself.
        if self.lies_at_or_before_fault(whole, path, entries) {
            return None;
        }
        let (mut before, mut after) = (0, entries);
        while before < after {
            let middle = before.midpoint(after);
            if self.lies_at_or_before_fault(whole, path, middle) {
                before = middle + 1;
            } else {
                after = middle;
            }
        }
        let faulty = before.checked_sub(1)?;
        match value_at(whole, path)? {
            Value::Object(fields) => fields.keys().nth(faulty).map(|name| Step::Field(name.clone())),
            _ => Some(Step::Item(faulty)),
        }
    }

    /// Whether the refusal changes when entry `index` of the value at `path` is spoilt, or where there are no more
    /// entries a spoilt one is added.
    fn lies_at_or_before_fault(&self, whole: &mut Value, path: &[Step], index: usize) -> bool {
        spoilt().into_iter().any(|spoilt| {
            let Some(value) = value_at(whole, path) else { return false };
            let kept = value.clone();
            replace(value, index, spoilt);
            let changes = self.refusal_changes(whole);
            if let Some(value) = value_at(whole, path) {
                *value = kept;
            }
            changes
        })
    }
}

/// Puts an entry without a known name in the place of entry `index`, or at the end.
fn replace(value: &mut Value, index: usize, entry: Value) {
    match value {
        Value::Object(fields) => {
            if let Some(name) = fields.keys().nth(index).cloned() {
                fields.shift_remove(&name);
            }
            fields.shift_insert(index, SPOILT.to_owned(), entry);
        }
        Value::Array(items) => match items.get_mut(index) {
            Some(item) => *item = entry,
            None => items.push(entry),
        },
        _ => {}
    }
}
