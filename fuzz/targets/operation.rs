//! Any bytes as the input of any operation give JSON or an error with a known code, never a panic.
//!
//! The first byte chooses the operation. Long work is cancelled at its first report, so that the fuzzer stays fast.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wherewithal::control::Control;
use wherewithal_contract::registry;

fuzz_target!(|data: &[u8]| {
    let Some((choice, input)) = data.split_first() else { return };
    let operations = registry().operations();
    let operation = &operations[usize::from(*choice) % operations.len()];
    let control = Control::default();
    if operation.reports_progress() {
        control.cancel();
    }
    match operation.call_with(input, &control) {
        Ok(output) => {
            serde_json::from_slice::<serde_json::Value>(&output).expect("an answer is JSON");
            let again = operation.call_with(input, &control).expect("the same input succeeds again");
            assert_eq!(output, again, "the same input gives the same bytes");
        }
        Err(error) => assert!(!error.message().is_empty()),
    }
});
