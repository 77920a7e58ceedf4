//! Inputs of every operation with their lists grown, made from the golden vectors.

#![allow(dead_code, reason = "each test uses its part")]
#![expect(clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use nix::{
    sys::resource::{UsageWho, getrusage},
    time::{ClockId, clock_gettime},
};
use serde_json::{Value, json};
use wherewithal::{
    Error,
    dates::Date,
    wire::{self, Bounds, Field, Shape},
};
use wherewithal_contract::{Operation, registry, wire::MAX_INPUT_BYTES};

/// The time that the processor has spent on this process: unlike the time of day, it does not depend on other programs.
pub(crate) fn cpu() -> Duration {
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).expect("the clock of the process").into()
}

/// The part of that time that the process has spent outside the kernel, to some milliseconds.
pub(crate) fn user_cpu() -> Duration {
    let time = getrusage(UsageWho::RUSAGE_SELF).expect("the times of the process").user_time();
    Duration::new(time.tv_sec() as u64, 1_000 * time.tv_usec() as u32)
}

/// A list in an input.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// `LoanAgreement.offsets`: the field of a type.
    pub(crate) field: String,
    /// The JSON pointer of the object that has the field.
    pub(crate) owner: String,
    /// The name of the field.
    pub(crate) name: &'static str,
    pub(crate) limit: usize,
    pub(crate) item: Shape,
    pub(crate) bounds: Bounds,
}

impl List {
    /// The most entries that the list and the size of an input allow.
    pub(crate) fn most(&self, input: &Value) -> usize {
        let given = input.pointer(&self.pointer()).unwrap();
        let size = given.to_string().len() / self.length(input);
        self.limit.min(MAX_INPUT_BYTES / size)
    }

    /// The number of entries that the input has.
    pub(crate) fn length(&self, input: &Value) -> usize {
        input.pointer(&self.pointer()).unwrap().as_array().unwrap().len()
    }

    pub(crate) fn pointer(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }
}

/// How the entries of a grown list differ from those of the vector, round by round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Growth {
    /// Ids and names get a number.
    ids: bool,
    /// Dates follow the last one.
    dates: bool,
    /// Whole numbers follow the last one.
    numbers: bool,
    /// Numbers are spread over their range, ascending.
    spread: bool,
    /// All lists of the same record with as many entries grow with it.
    together: bool,
}

impl Growth {
    /// Every way, those first that change most.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let flag = |number: u32, bit: u32| number & (1 << bit) == 0;
        let ways = (0..16).map(move |n| Self {
            together: flag(n, 3),
            ids: flag(n, 2),
            numbers: flag(n, 1),
            dates: flag(n, 0),
            spread: false,
        });
        let spread = Self { ids: false, dates: false, numbers: false, together: false, spread: true };
        ways.chain([spread])
    }
}

/// The operations with the inputs of those of their vectors that have an answer.
pub(crate) fn answered() -> Vec<(&'static Operation, Vec<Value>)> {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    let mut answered: BTreeMap<&'static str, Vec<Value>> = BTreeMap::new();
    for folder in fs::read_dir(vectors).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let mut file: Value = serde_json::from_slice(&fs::read(file.unwrap().path()).unwrap()).unwrap();
            let operation = registry().get(file["operation"].as_str().unwrap()).unwrap();
            for vector in file["vectors"].as_array_mut().unwrap() {
                if vector.get("expected").is_some() {
                    answered.entry(operation.name()).or_default().push(vector["input"].take());
                }
            }
        }
    }
    registry()
        .operations()
        .iter()
        .map(|operation| (operation, answered.remove(operation.name()).expect("an operation has vectors")))
        .collect()
}

/// The lists of an input that have entries.
pub(crate) fn lists(input: &Value, shape: Shape) -> Vec<List> {
    let mut found = Vec::new();
    walk(input, shape, "", &mut found);
    found
}

fn walk(value: &Value, shape: Shape, pointer: &str, found: &mut Vec<List>) {
    match shape {
        Shape::Nullable(inner) if !value.is_null() => walk(value, inner(), pointer, found),
        Shape::List { item, .. } => {
            for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                walk(value, item(), &format!("{pointer}/{index}"), found);
            }
        }
        Shape::Map(item) => {
            for (name, value) in value.as_object().into_iter().flatten() {
                walk(value, item(), &format!("{pointer}/{name}"), found);
            }
        }
        Shape::Record(record) => fields(value, record.name, record.fields, pointer, found),
        Shape::Union(union) => {
            let tag = &value[union.tag.camel];
            let variant = union.variants.iter().find(|variant| tag == variant.name.camel).unwrap();
            let name = format!("{}({})", union.name, variant.name.camel);
            fields(value, &name, variant.fields, pointer, found);
        }
        _ => {}
    }
}

fn fields(value: &Value, owner: &str, fields: &[Field], pointer: &str, found: &mut Vec<List>) {
    for field in fields {
        let Some(value) = value.get(field.name.camel) else { continue };
        let shape = bare((field.shape)());
        if let (Shape::List { item, .. }, Some(bounds)) = (shape, field.bounds)
            && value.as_array().is_some_and(|items| !items.is_empty())
        {
            found.push(List {
                field: format!("{owner}.{}", field.name.camel),
                owner: pointer.to_owned(),
                name: field.name.camel,
                limit: bounds.length.1.unwrap(),
                item: item(),
                bounds: *bounds,
            });
        }
        walk(value, (field.shape)(), &format!("{pointer}/{}", field.name.camel), found);
    }
}

/// A shape without null.
pub(crate) fn bare(shape: Shape) -> Shape {
    match shape {
        Shape::Nullable(inner) => bare(inner()),
        other => other,
    }
}

/// The input with one list grown to a number of entries.
pub(crate) fn grown(input: &Value, list: &List, growth: Growth, count: usize) -> wire::Value<'static> {
    let owner = input.pointer(&list.owner).unwrap().as_object().unwrap();
    let length = owner[list.name].as_array().unwrap().len();
    let grows = |name: &str, value: &Value| {
        name == list.name || growth.together && value.as_array().is_some_and(|items| items.len() == length)
    };
    let mut whole = wire(input);
    let wire::Value::Record(fields) = place(&mut whole, &list.owner) else { panic!("a list has an owner") };
    for (name, field) in fields {
        if let Some(Value::Array(given)) = owner.get(name.as_ref()).filter(|value| grows(name, value)) {
            *field = wire::Value::List(entries(given, list, growth, count));
        }
    }
    whole
}

/// The value at a JSON pointer.
pub(crate) fn place<'a>(value: &'a mut wire::Value<'static>, pointer: &str) -> &'a mut wire::Value<'static> {
    pointer.split('/').skip(1).fold(value, |value, step| match value {
        wire::Value::List(items) => &mut items[step.parse::<usize>().unwrap()],
        wire::Value::Record(fields) => &mut fields.iter_mut().find(|(name, _)| name == step).unwrap().1,
        other => panic!("no {step} in {other:?}"),
    })
}

fn entries(given: &[Value], list: &List, growth: Growth, count: usize) -> Vec<wire::Value<'static>> {
    if growth.spread {
        let (low, high) = ends(&list.bounds);
        let number = |index| low + (high - low) * index as f64 / count as f64;
        return (0..count).map(|index| wire::Value::Number(number(index))).collect();
    }
    let mut dates = Vec::new();
    given.iter().for_each(|entry| dates_of(entry, &mut dates));
    let steps = Steps { growth, last: dates.into_iter().max(), given: given.len() };
    (0..count).map(|index| steps.moved(&given[index % given.len()], index, Role::Entry)).collect()
}

fn ends(bounds: &Bounds) -> (f64, f64) {
    use std::ops::Bound::{Excluded, Included, Unbounded};
    let (low, high) = bounds.range;
    let low = match low {
        Included(low) => low,
        Excluded(low) => low + 0.01,
        Unbounded => 0.0,
    };
    let high = match high {
        Included(high) | Excluded(high) => high,
        Unbounded => low + 1.0,
    };
    (low, high)
}

fn dates_of(value: &Value, found: &mut Vec<Date>) {
    match value {
        Value::String(text) => found.extend(date_of(text)),
        Value::Array(items) => items.iter().for_each(|item| dates_of(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| dates_of(field, found)),
        _ => {}
    }
}

/// The date of a text, if it is one. An error takes longer to make than a date to read.
fn date_of(text: &str) -> Option<Date> {
    if text.len() == "2026-01-31".len() { text.parse().ok() } else { None }
}

/// Input of `lots.append`: a sale out of a state of so many lots.
pub(crate) fn large_state(lots: u32) -> Value {
    let first = "1990-01-01".parse::<Date>().unwrap();
    let day = |event: u32| first.add_days((event / 30) as i32).unwrap().to_string();
    let lot = |event: u32| json!({"event": event, "date": day(event), "position": 0, "units": "10", "cost": "500.00"});
    let position = json!({
        "security": "X", "lots": lots, "units": (10 * lots).to_string(), "cost": format!("{}.00", 500 * lots),
    });
    let sale = json!({
        "kind": "sell", "date": day(lots + 3_000), "security": "X", "quantity": "15", "price": "60",
    });
    json!({
        "state": {
            "version": 1, "events": lots, "disposals": 0,
            "last": {"date": day(lots), "sequence": 0, "rank": 3},
            "positions": [position], "lots": (0..lots).map(lot).collect::<Vec<_>>(),
        },
        "events": [sale],
    })
}

/// What a text in an entry is, as far as its place tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The entry itself: an id if it is not a number.
    Entry,
    /// The field that identifies its record.
    Id,
    Other,
}

struct Steps {
    growth: Growth,
    /// The last date of the given entries.
    last: Option<Date>,
    /// The number of the given entries.
    given: usize,
}

impl Steps {
    /// The entry of an index, which one of those given became.
    fn moved(&self, value: &Value, index: usize, role: Role) -> wire::Value<'static> {
        let Some(beyond) = index.checked_sub(self.given) else { return wire(value) };
        let round = index / self.given;
        match value {
            Value::String(text) => match (date_of(text), self.last) {
                (Some(_), Some(last)) if self.growth.dates => last
                    .add_days(beyond as i32 + 1)
                    .map_or(wire(value), |date| wire::Value::Text(date.to_string().into())),
                (None, _) if self.growth.ids && is_id(text, role) => {
                    wire::Value::Text(format!("{text}-{round}").into())
                }
                _ => wire(value),
            },
            Value::Number(number) if self.growth.numbers => match number.as_u64() {
                Some(number) => wire::Value::Positive(number + (self.given * round) as u64),
                None => wire(value),
            },
            Value::Array(items) => {
                wire::Value::List(items.iter().map(|item| self.moved(item, index, role)).collect())
            }
            Value::Object(fields) => wire::Value::Record(
                fields
                    .iter()
                    .map(|(name, field)| {
                        let is_id = matches!(name.as_str(), "id" | "name");
                        let role = if is_id { Role::Id } else { Role::Other };
                        (name.clone().into(), self.moved(field, index, role))
                    })
                    .collect(),
            ),
            _ => wire(value),
        }
    }
}

fn is_id(text: &str, role: Role) -> bool {
    match role {
        Role::Entry => text.parse::<f64>().is_err(),
        Role::Id => true,
        Role::Other => false,
    }
}

/// JSON as a value of the wire, without the time that parsing takes.
pub(crate) fn wire(value: &Value) -> wire::Value<'static> {
    match value {
        Value::Null => wire::Value::Null,
        Value::Bool(value) => wire::Value::Boolean(*value),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => wire::Value::Positive(number),
            (None, Some(number)) => wire::Value::Negative(number),
            (None, None) => wire::Value::Number(number.as_f64().unwrap()),
        },
        Value::String(text) => wire::Value::Text(text.clone().into()),
        Value::Array(items) => wire::Value::List(items.iter().map(wire).collect()),
        Value::Object(fields) => wire::Value::Record(
            fields.iter().map(|(name, field)| (name.clone().into(), wire(field))).collect(),
        ),
    }
}

/// Whether an error is about the work, not about the input.
pub(crate) fn is_refusal(error: &Error) -> bool {
    error.code().as_str() != "operation.cancelled"
}
