//! Any bytes as the input of any operation give JSON or an error with a known code, never a panic.
//!
//! The first line names the operation; one that there is none of stands for some operation. Work is cancelled when it has
//! asked often enough, so that the fuzzer stays fast.
#![no_main]

use std::sync::atomic::{AtomicU32, Ordering};

use libfuzzer_sys::fuzz_target;
use wherewithal::{Result, control::Control};
use wherewithal_contract::{Operation, registry};

/// How often an operation may ask whether to stop before it has to.
const QUESTIONS: u32 = 500;

/// The same of an operation that reports progress, which does much work between two questions.
const QUESTIONS_OF_LONG_WORK: u32 = 2;

fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (name, input) = data.split_at(end);
    let input = input.get(1..).unwrap_or_default();
    let operation = chosen(name);
    match call(operation, input) {
        Ok(output) => {
            serde_json::from_slice::<serde_json::Value>(&output).expect("an answer is JSON");
            let again = call(operation, input).expect("the same input succeeds again");
            assert_eq!(output, again, "the same input gives the same bytes");
        }
        Err(error) => assert!(!error.message().is_empty()),
    }
});

fn chosen(name: &[u8]) -> &'static Operation {
    let operations = registry().operations();
    let named = operations.iter().find(|operation| operation.name().as_bytes() == name);
    let number = name.iter().fold(0_usize, |number, byte| number.wrapping_mul(31) + usize::from(*byte));
    named.unwrap_or(&operations[number % operations.len()])
}

fn call(operation: &Operation, input: &[u8]) -> Result<Vec<u8>> {
    let questions = if operation.reports_progress() { QUESTIONS_OF_LONG_WORK } else { QUESTIONS };
    let asked = AtomicU32::new(0);
    let enough = || asked.fetch_add(1, Ordering::Relaxed) >= questions;
    operation.call_with(input, &Control::default().stopped_when(&enough))
}
