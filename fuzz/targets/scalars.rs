//! Any text as a decimal and as a date: a parsed value prints and parses back to the same value.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wherewithal::{dates::Date, num::Decimal};

fuzz_target!(|text: &str| {
    if let Ok(decimal) = text.parse::<Decimal>() {
        let again: Decimal = decimal.to_string().parse().expect("a printed decimal reads back");
        assert_eq!(decimal, again);
        assert_eq!(decimal.scale(), again.scale());
    }
    if let Ok(date) = text.parse::<Date>() {
        assert_eq!(date.to_string(), text);
        assert_eq!(Date::from_day_number(date.day_number()).expect("a day of the calendar"), date);
    }
});
