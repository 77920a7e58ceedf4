//! The bounds that a type describes are those that the engine holds: each number of the golden vectors' inputs is moved to
//! just outside its range and must be refused there, and to its end and must be accepted; the answers lie in their ranges.

#![cfg(feature = "documentation")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::Bound,
    path::Path,
};

use serde_json::{Value, json};
use wherewithal::{
    control::Control,
    wire::{Bounds, Field, Fraction, ORDINARY_RATE, Shape},
};
use wherewithal_contract::{Operation, registry};

/// The number of vectors of an operation to try for each field.
const MOST_TRIALS: usize = 6;

/// Ends of ranges that no vector reaches, because something else in the same input bounds the number more narrowly.
const BOUNDED_BY_OTHERS: &[(&str, &str, &str)] = &[
    ("ColumnMapping.headerRow", "highest", "it is one of the rows of the file"),
    ("HistoryInput.lastYear", "lowest", "it follows the first year"),
    ("LoanAgreement.amortizationPayments", "lowest", "there are no fewer than the payments of the term"),
    ("LotStatePosition.elections", "highest", "no more have taken effect than the rules have"),
    ("MaximumSpendingInput.precision", "lowest", "the search has a most number of steps"),
    ("PaymentBreak.payments", "highest", "the last payment stays in place"),
    ("PayoffBudget.monthly", "lowest", "a budget pays the minimums"),
    ("Person.planToAge", "lowest", "nobody dies younger than today"),
    ("PortfolioPathInput.path", "highest", "it is one of the paths"),
    (
        "RequiredDistributionInput.spouseBirthYear",
        "highest",
        "the spouse was born by the year of the distribution",
    ),
    ("RequiredSavingInput.precision", "lowest", "the search has a most number of steps"),
    ("RetirementChange(longevity).years", "highest", "the life ends within the plan"),
    ("RetirementChange(longevity).years", "lowest", "the life does not end before the plan starts"),
    ("RetirementMortality(fixedAge).age", "lowest", "nobody dies younger than today"),
    ("RetirementPathInput.path", "highest", "it is one of the paths"),
    ("RetirementRequiredDistributions(divisors).startAge", "lowest", "the divisors begin there"),
    ("RothConversionLadderInput.stages", "highest", "there are no more stages than years"),
    ("StressTest(years).lastYear", "lowest", "it is not before the first year"),
    ("SimulationPathInput.path", "highest", "it is one of the paths"),
];

/// A place in a value whose field has a range.
struct Place {
    /// `LoanAgreement.annualRate`: the field of a type.
    field: String,
    /// The JSON pointer.
    pointer: String,
    /// The path as errors say it.
    path: String,
    low: Bound<f64>,
    high: Bound<f64>,
    step: Step,
    fraction: Option<Fraction>,
}

/// The neighbours of a bound.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Whole,
    Decimal,
    Float,
}

impl Step {
    fn of(shape: Shape) -> Self {
        match shape.heart() {
            Shape::Integer { .. } => Self::Whole,
            Shape::Decimal => Self::Decimal,
            _ => Self::Float,
        }
    }

    /// The number next to a bound, above it or below it.
    fn beside(self, bound: f64, above: bool) -> Value {
        let sign = if above { 1 } else { -1 };
        match self {
            Self::Whole => json!(bound as i64 + sign),
            Self::Decimal => {
                // The places are few enough for any field, and the integer part is exact.
                let hundredths = bound * 100.0 + f64::from(sign as i32);
                json!(format!("{:.2}", hundredths / 100.0))
            }
            Self::Float if above => json!(bound.next_up()),
            Self::Float => json!(bound.next_down()),
        }
    }

    fn at(self, bound: f64) -> Value {
        match self {
            Self::Whole => json!(bound as i64),
            Self::Decimal => json!(bound.to_string()),
            Self::Float => json!(bound),
        }
    }
}

impl Place {
    /// Whether the range goes beyond what is ordinary for a rate.
    fn is_rate_beyond(&self, bound: f64) -> bool {
        self.fraction == Some(Fraction::Rate) && bound >= ORDINARY_RATE.into()
    }

    /// A number as it is written: a fraction from the bound of the ordinary up with its percent sign.
    fn written(&self, number: Value) -> Value {
        let text = number.as_str().map_or_else(|| number.to_string(), str::to_owned);
        match text.parse::<f64>() {
            Ok(value) if self.is_rate_beyond(value) => json!(format!("{} %", value * 100.0)),
            _ => number,
        }
    }

    /// Numbers just outside the range, and for a rate the first that needs a percent sign.
    fn outside(&self) -> impl Iterator<Item = (&'static str, Value)> {
        let low = match self.low {
            Bound::Included(low) => Some(self.step.beside(low, false)),
            Bound::Excluded(low) => Some(self.step.at(low)),
            Bound::Unbounded => None,
        };
        let high = match self.high {
            Bound::Included(high) => Some(self.step.beside(high, true)),
            Bound::Excluded(high) => Some(self.step.at(high)),
            Bound::Unbounded => None,
        };
        let rare = (self.is_rate_beyond(ORDINARY_RATE.into()) && self.holds(ORDINARY_RATE.into()))
            .then(|| ("rare", self.step.at(ORDINARY_RATE.into())));
        low.map(|value| ("below", self.written(value)))
            .into_iter()
            .chain(high.map(|value| ("above", self.written(value))))
            .chain(rare)
    }

    /// Numbers at the ends of the range, inside it.
    fn inside(&self) -> impl Iterator<Item = (&'static str, Value)> {
        let low = match self.low {
            Bound::Included(low) => Some(self.step.at(low)),
            Bound::Excluded(low) => Some(self.step.beside(low, true)),
            Bound::Unbounded => None,
        };
        let high = match self.high {
            Bound::Included(high) => Some(self.step.at(high)),
            Bound::Excluded(high) => Some(self.step.beside(high, false)),
            Bound::Unbounded => None,
        };
        low.map(|value| ("lowest", self.written(value)))
            .into_iter()
            .chain(high.map(|value| ("highest", self.written(value))))
    }

    fn holds(&self, value: f64) -> bool {
        std::ops::RangeBounds::contains(&(self.low, self.high), &value)
    }
}

/// The position of a walk.
#[derive(Clone, Default)]
struct At {
    pointer: String,
    path: String,
}

impl At {
    fn field(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Self { pointer: format!("{}/{}", self.pointer, name.replace('~', "~0").replace('/', "~1")), path }
    }

    fn item(&self, index: usize) -> Self {
        Self { pointer: format!("{}/{index}", self.pointer), path: format!("{}[{index}]", self.path) }
    }
}

/// Finds the places of a value that have a range.
fn walk(value: &Value, shape: Shape, bounds: Option<(&str, &Bounds)>, at: &At, found: &mut Vec<Place>) {
    match shape {
        Shape::Nullable(inner) if !value.is_null() => walk(value, inner(), bounds, at, found),
        Shape::List { item, .. } => {
            for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                walk(value, item(), bounds, &at.item(index), found);
            }
        }
        Shape::Map(item) => {
            for (name, value) in value.as_object().into_iter().flatten() {
                walk(value, item(), bounds, &at.field(name), found);
            }
        }
        Shape::Record(record) => fields(value, record.name, record.fields, at, found),
        Shape::Union(union) => {
            let tag = &value[union.tag.camel];
            let variant = union.variants.iter().find(|variant| tag == variant.name.camel).unwrap();
            fields(value, &format!("{}({})", union.name, variant.name.camel), variant.fields, at, found);
        }
        Shape::Integer { .. } | Shape::Number | Shape::Decimal => {
            if let Some((field, Bounds { range: (low, high), fraction, .. })) = bounds
                && ((*low, *high) != (Bound::Unbounded, Bound::Unbounded)
                    || *fraction == Some(Fraction::Rate))
            {
                let (At { pointer, path }, field) = (at.clone(), field.to_owned());
                let (low, high, fraction, step) = (*low, *high, *fraction, Step::of(shape));
                found.push(Place { field, pointer, path, low, high, step, fraction });
            }
        }
        _ => {}
    }
}

fn fields(value: &Value, name: &str, fields: &[Field], at: &At, found: &mut Vec<Place>) {
    for field in fields {
        if let Some(value) = value.get(field.name.camel) {
            let label = format!("{name}.{}", field.name.camel);
            let bounds = field.bounds.map(|bounds| (label.as_str(), bounds));
            walk(value, (field.shape)(), bounds, &at.field(field.name.camel), found);
        }
    }
}

/// The operations with those of their golden vectors that have an answer.
fn answered() -> Vec<(&'static Operation, Vec<Value>)> {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    let mut answered = Vec::new();
    for folder in fs::read_dir(vectors).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let mut file: Value = serde_json::from_slice(&fs::read(file.unwrap().path()).unwrap()).unwrap();
            let operation = registry().get(file["operation"].as_str().unwrap()).unwrap();
            let mut vectors = file["vectors"].take();
            let vectors = vectors.as_array_mut().unwrap();
            vectors.retain(|vector| vector.get("expected").is_some());
            answered.push((operation, std::mem::take(vectors)));
        }
    }
    answered
}

/// Code and path of the refusal of an input.
fn refusal(operation: &Operation, input: &Value) -> Option<(String, String)> {
    let control = Control::default();
    // Long work refuses what it refuses before it begins.
    if operation.reports_progress() {
        control.cancel();
    }
    let error = operation.call_with(input.to_string().as_bytes(), &control).err()?;
    Some((error.code().as_str().to_owned(), error.path().to_owned()))
}

#[test]
fn what_lies_outside_a_described_range_is_refused_and_its_ends_are_not() {
    // The results by field and side: whether any vector met the bound, and one that did not.
    let mut seen: BTreeMap<(String, &'static str), (bool, String)> = BTreeMap::new();
    for (operation, vectors) in answered() {
        let mut trials: BTreeMap<String, usize> = BTreeMap::new();
        for vector in &vectors {
            let input = &vector["input"];
            let mut places = Vec::new();
            walk(input, operation.input_shape(), None, &At::default(), &mut places);
            let mut here = BTreeSet::new();
            for place in places {
                if here.insert(place.field.clone()) {
                    *trials.entry(place.field.clone()).or_default() += 1;
                }
                if trials[&place.field] > MOST_TRIALS {
                    continue;
                }
                let tried = |value: Value| {
                    let mut moved = input.clone();
                    *moved.pointer_mut(&place.pointer).unwrap() = value;
                    refusal(operation, &moved)
                };
                for (side, value) in place.outside() {
                    let answer = tried(value.clone());
                    let right = answer.as_ref().is_some_and(|(_, path)| *path == place.path);
                    let note = format!("{} with {value} at {}: {answer:?}", operation.name(), place.path);
                    let entry = seen.entry((place.field.clone(), side)).or_insert_with(|| (false, note));
                    entry.0 |= right;
                }
                for (side, value) in place.inside() {
                    let answer = tried(value.clone());
                    let right = answer.as_ref().is_none_or(|(_, path)| *path != place.path);
                    let note = format!("{} with {value} at {}: {answer:?}", operation.name(), place.path);
                    let entry = seen.entry((place.field.clone(), side)).or_insert_with(|| (false, note));
                    entry.0 |= right;
                }
            }
        }
    }
    let expected =
        |field: &str, side: &str| !BOUNDED_BY_OTHERS.iter().any(|(f, s, _)| (*f, *s) == (field, side));
    let wrong: Vec<String> = seen
        .iter()
        .filter(|((field, side), (right, _))| *right != expected(field, side))
        .map(|((field, side), (_, note))| format!("{field} {side}: {note}"))
        .collect();
    assert!(seen.len() > 1300, "{} ends of ranges", seen.len());
    assert!(wrong.is_empty(), "of {} ends of ranges:\n{}", seen.len(), wrong.join("\n"));
}

#[test]
fn answers_lie_in_their_described_ranges() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for (operation, vectors) in answered() {
        for vector in &vectors {
            let answer = &vector["expected"];
            let mut places = Vec::new();
            walk(answer, operation.output_shape(), None, &At::default(), &mut places);
            for place in places {
                let value = answer.pointer(&place.pointer).unwrap();
                let number = value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
                count += 1;
                if !number.is_some_and(|number| place.holds(number)) {
                    wrong.push(format!("{} {}: {value}", operation.name(), place.field));
                }
            }
        }
    }
    assert!(count > 1000, "{count} numbers");
    assert!(wrong.is_empty(), "of {count} numbers:\n{}", wrong.join("\n"));
}

#[test]
fn every_fraction_is_described_as_one() {
    // What a text says of a number that is a fraction, and what only looks like it.
    let says = |field: &Field| {
        [
            "as a fraction",
            "as fractions",
            "as an effective annual rate",
            "a fraction above",
            "rate per period",
        ]
        .iter()
        .any(|words| field.doc.contains(words))
            || (field.doc.contains("(0.") && field.doc.contains(" %)"))
    };
    let mut count = 0;
    let mut wrong = Vec::new();
    for (name, ty) in wherewithal_contract::schema::types() {
        for field in ty.shape.fields().filter(|_| ty.in_input) {
            let is_number = matches!((field.shape)().heart(), Shape::Number | Shape::Decimal);
            let is_fraction = field.bounds.is_some_and(|bounds| bounds.fraction.is_some());
            count += usize::from(is_fraction);
            if is_number && says(field) && !is_fraction {
                wrong.push(format!("{name}.{}", field.name.camel));
            }
        }
    }
    assert!(count > 200, "{count} fractions");
    assert!(wrong.is_empty(), "without `#[wire(rate)]` or `#[wire(share)]`: {wrong:?}");
}
