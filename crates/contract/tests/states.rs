//! A state of a book is data from outside: whatever is changed in it, `lots.append` gives an answer or an error, and what
//! the state says twice cannot be changed in one place.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

use std::{fs, path::Path};

use serde_json::{Value, json};
use wherewithal_contract::registry;

/// What a leaf is changed to.
fn replacements(leaf: &Value) -> Vec<Value> {
    match leaf {
        Value::Number(_) => vec![json!(0), json!(1), json!(7), json!(2_000_000_000_u32), json!(-1)],
        Value::String(text) if text.parse::<f64>().is_ok() => {
            let (longer, negative) = (format!("{text}1"), format!("-{text}"));
            let huge = "79228162514264337593543950335";
            [longer.as_str(), &negative, "0", "1", "0.5", huge].iter().map(|text| json!(text)).collect()
        }
        Value::String(text) if text.len() == 10 && text.as_bytes()[4] == b'-' => {
            vec![json!("0001-01-01"), json!("2024-02-29"), json!("9999-12-31")]
        }
        Value::String(_) => vec![json!(""), json!("X"), json!("other"), json!("#0"), json!("average cost")],
        Value::Bool(value) => vec![json!(!value)],
        _ => vec![json!(null)],
    }
}

/// Every way to change one place of a state.
fn forged(state: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    pointers(state, "", &mut places);
    let mut found = Vec::new();
    for pointer in places {
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut forged = state.clone();
            change(forged.pointer_mut(&pointer).unwrap());
            (pointer.clone(), forged)
        };
        match state.pointer(&pointer).unwrap() {
            Value::Array(items) => {
                for index in 0..items.len() {
                    found.push(changed(&|list| drop(list.as_array_mut().unwrap().remove(index))));
                    found.push(changed(&|list| {
                        let item = list[index].clone();
                        list.as_array_mut().unwrap().insert(index, item);
                    }));
                    if index > 0 {
                        found.push(changed(&|list| list.as_array_mut().unwrap().swap(index - 1, index)));
                    }
                }
            }
            Value::Object(fields) => {
                for name in fields.keys() {
                    found.push(changed(&|record| drop(record.as_object_mut().unwrap().remove(name))));
                }
            }
            leaf => {
                for replacement in replacements(leaf) {
                    found.push(changed(&|place| *place = replacement.clone()));
                }
            }
        }
    }
    found
}

fn pointers(value: &Value, pointer: &str, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The answer to an input, or the code and the path of its error.
fn append(input: &Value) -> Result<Value, (String, String)> {
    match registry().get("lots.append").unwrap().call(input.to_string().as_bytes()) {
        Ok(answer) => Ok(serde_json::from_slice(&answer).unwrap()),
        Err(error) => Err((error.code().as_str().to_owned(), error.path().to_owned())),
    }
}

/// Histories of the vectors of `lots.book` that have an answer, in the order in which they take effect.
fn histories() -> Vec<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/lots/book.json");
    let file: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let vectors = file["vectors"].as_array().unwrap().iter();
    let answered = vectors.filter(|vector| vector.get("expected").is_some());
    let small = answered.map(|vector| vector["input"].clone());
    small.filter(|input| (2..=12).contains(&input["events"].as_array().unwrap().len())).collect()
}

/// A history in two parts: the state after the first, and the events of the second.
fn in_two(history: &Value, first: usize) -> Option<(Value, Vec<Value>)> {
    let mut events = history["events"].as_array().unwrap().clone();
    events.sort_by_key(|event| event["date"].as_str().unwrap().to_owned());
    let later = events.split_off(first);
    let mut input = history.clone();
    input["events"] = json!(events);
    let answer = append(&input).ok()?;
    Some((answer["state"].clone(), later))
}

/// Events after all others that look at everything that is held.
fn closing(state: &Value) -> Vec<Value> {
    let mut events = Vec::new();
    for position in state["positions"].as_array().into_iter().flatten() {
        let place = |mut event: Value| {
            if let Some(account) = position.get("account") {
                event["account"] = account.clone();
            }
            event["security"] = position["security"].clone();
            event
        };
        let date = "2030-01-02";
        events.push(place(json!({"kind": "buy", "date": date, "quantity": "1", "price": "1"})));
        events
            .push(place(json!({"kind": "sell", "date": "2030-01-03", "quantity": "1.001", "price": "0.01"})));
        events.push(json!({"kind": "split", "date": "2030-01-04", "security": position["security"], "from": 7, "to": 3}));
    }
    events
}

#[test]
fn a_forged_state_is_refused_or_answered() {
    let (mut tried, mut refused) = (0, 0);
    for history in histories() {
        let count = history["events"].as_array().unwrap().len();
        for first in [count / 2, count - 1] {
            let Some((state, mut later)) = in_two(&history, first) else { continue };
            later.extend(closing(&state).into_iter().take(6));
            for (pointer, forged) in forged(&state) {
                // The rules have tests of their own.
                if pointer.starts_with("/rules") || pointer.starts_with("/securities") {
                    continue;
                }
                tried += 1;
                // A panic would end the test.
                let answer = append(&json!({"state": forged, "events": later}));
                refused += usize::from(answer.is_err());
            }
        }
    }
    assert!(tried > 3_000, "{tried} forged states");
    assert!(refused > tried / 2, "{refused} of {tried} are refused");
}

/// Whether the lots of a position have no cost of their own.
fn is_averaged(state: &Value, position: &str) -> bool {
    let place: u64 = position.rsplit_once('/').unwrap().1.parse().unwrap();
    let mut lots = state["lots"].as_array().unwrap().iter().filter(|lot| lot["position"] == place);
    lots.all(|lot| lot["cost"].as_str().unwrap().parse() == Ok(0.0))
}

#[test]
fn what_a_state_says_twice_cannot_be_changed_once() {
    let mut tried = 0;
    for history in histories() {
        let count = history["events"].as_array().unwrap().len();
        let Some((state, later)) = in_two(&history, count - 1) else { continue };
        // The last event alone may be impossible in a call of its own.
        if append(&json!({"state": state, "events": later})).is_err() {
            continue;
        }
        for (pointer, forged) in forged(&state) {
            let is_lot = pointer == "/lots" || pointer == "/positions";
            let is_sum = ["/units", "/cost", "/position"].iter().any(|end| pointer.ends_with(end));
            let is_sum = is_sum && (pointer.starts_with("/lots/") || pointer.starts_with("/positions/"));
            let length = |state: &Value| state.pointer(&pointer).and_then(Value::as_array).map(Vec::len);
            let number = |state: &Value| state.pointer(&pointer)?.as_str()?.parse::<f64>().ok();
            // Two lots of one day can stand either way, and zero is zero however it is written.
            let is_same =
                if is_lot { length(&forged) == length(&state) } else { number(&forged) == number(&state) };
            let is_elsewhere =
                ["/gift", "/foreign", "/whole", "/sales"].iter().any(|field| pointer.contains(field));
            if forged == state
                || is_same && !pointer.ends_with("/position")
                || is_elsewhere
                || !(is_lot || is_sum)
            {
                continue;
            }
            // A lot of which nothing is left adds to no sum.
            let owner = pointer.rsplit_once('/').map(|(owner, _)| owner).unwrap();
            if pointer.ends_with("/position") && state.pointer(owner).unwrap()["units"] == "0" {
                continue;
            }
            // The cost of shares with an average cost stands in their position alone.
            if owner.starts_with("/positions/") && pointer.ends_with("/cost") && is_averaged(&state, owner) {
                continue;
            }
            tried += 1;
            let (code, path) = append(&json!({"state": forged, "events": later})).unwrap_err();
            assert!(path.starts_with("state"), "{pointer}: {code} at {path}");
        }
    }
    assert!(tried > 300, "{tried} forged states");
}
