//! Any bytes as a file of a bank or broker give records or an error, never a panic; and what was read once is all known
//! when it is read again.
#![no_main]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use libfuzzer_sys::fuzz_target;
use wherewithal::{
    control::Control,
    formats::{self, FileReadInput, FileReading},
};

fuzz_target!(|data: &[u8]| {
    let Ok(first) = read(data, Vec::new()) else { return };
    let ids = first.transactions.iter().map(|transaction| transaction.id.clone()).collect();
    let again = read(data, ids).expect("the same file is read again");
    assert!(again.transactions.is_empty(), "what is known is not imported again");
    assert_eq!(again.duplicates.len(), first.transactions.len());
});

/// Reads text as text and other bytes as bytes.
fn read(data: &[u8], previous: Vec<String>) -> wherewithal::Result<FileReading> {
    let mut input = FileReadInput { previous, ..FileReadInput::default() };
    match std::str::from_utf8(data) {
        Ok(text) => input.text = Some(text.to_owned()),
        Err(_) => input.base64 = Some(STANDARD.encode(data)),
    }
    formats::read(&input, &Control::default())
}
