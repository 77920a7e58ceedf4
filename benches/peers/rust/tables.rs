//! Tables of text.

use wherewithal::{
    control::Control,
    formats::{FileReadInput, FileReading, read_up_to},
    num::Decimal,
};
use wherewithal_benches::{CARD_ROWS, card_activity};

use crate::measure::{Measured, best};

pub(crate) fn tables(repetitions: u32) -> Measured {
    let (text, cents) = card_activity(CARD_ROWS).expect("a text");
    let input = FileReadInput { text: Some(text), ..FileReadInput::default() };
    let run = || read_up_to(CARD_ROWS as usize + 1, &input, &Control::default()).expect("a reading");
    let error = |reading: &FileReading| {
        let sum = Decimal::sum(reading.transactions.iter().map(|one| one.amount)).expect("a sum");
        let is_right =
            sum == Decimal::new(cents, 2).expect("a sum") && reading.transactions.len() == CARD_ROWS as usize;
        if is_right { 0.0 } else { 1.0 }
    };
    best(repetitions, run, error)
}
