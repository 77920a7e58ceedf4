//! What holds for every sample in `tests/formats` at the root of the repository, whole and in part.

use std::{collections::BTreeSet, fs, path::Path};

use proptest::prelude::*;
use wherewithal_base::control::Control;
use wherewithal_ledger as ledger;

use crate::{
    FileFormat, FileReadInput, FileReading,
    csv::{Row, Rows},
    read,
};

/// The samples: their names and texts.
pub(crate) fn samples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/formats");
    let mut samples = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        samples.push((name, fs::read_to_string(path).unwrap()));
    }
    samples.sort();
    assert!(samples.len() > 30);
    samples
}

fn reading(text: &str, previous: &[String]) -> wherewithal_base::Result<FileReading> {
    let input = FileReadInput {
        text: Some(text.to_owned()),
        previous: previous.to_vec(),
        ..FileReadInput::default()
    };
    read(&input, &Control::default())
}

fn ids(reading: &FileReading) -> Vec<String> {
    reading.transactions.iter().map(|transaction| transaction.id.clone()).collect()
}

/// The rows of a table with a content.
fn rows_of(text: &str, separator: &str) -> usize {
    let (mut rows, mut row, mut count) = (Rows::of(text, separator.as_bytes()[0]), Row::default(), 0);
    while rows.read(&mut row).unwrap() {
        count += usize::from(!row.is_blank());
    }
    count
}

/// Every row with a content is in one of the lists, and in no other.
fn is_counted(text: &str, reading: &FileReading) {
    let counts = &reading.counts;
    let places = reading.problems.iter().map(|problem| problem.row);
    let places = places.chain(reading.skipped.iter().map(|row| row.row));
    // A row can be two transactions.
    let duplicates: BTreeSet<u32> = reading.duplicates.iter().map(|duplicate| duplicate.row).collect();
    let sources = reading.transactions.iter().filter_map(|transaction| transaction.source.as_ref());
    let new: BTreeSet<u32> = sources.map(|source| source.row).collect();
    let places: Vec<u32> = places.chain(duplicates.union(&new).copied()).collect();
    let distinct: BTreeSet<u32> = places.iter().copied().collect();
    assert_eq!(distinct.len(), places.len(), "a row is in two lists");
    assert_eq!(places.len(), (counts.rows - counts.balances - counts.positions) as usize);
    if reading.format == FileFormat::Csv {
        let separator = reading.dialect.separator.as_ref().map_or(",", |separator| separator.value.as_str());
        let separator = if separator == "tab" { "\t" } else { separator };
        assert_eq!(counts.rows as usize, rows_of(text, separator));
    }
}

#[test]
fn every_sample_is_read_whole() {
    for (name, text) in samples() {
        let reading = reading(&text, &[]).unwrap_or_else(|error| panic!("{name}: {error}"));
        is_counted(&text, &reading);
        assert!(!reading.transactions.is_empty() || !reading.positions.is_empty(), "{name}");
        assert_eq!(reading.problems, [], "{name}");
        for account in &reading.accounts {
            ledger::account(account).unwrap();
        }
        for transaction in &reading.transactions {
            ledger::transaction(transaction)
                .unwrap_or_else(|error| panic!("{name}: {error} in {transaction:?}"));
            assert!(reading.accounts.iter().any(|account| account.id == transaction.account), "{name}");
            let is_known = |id: &String| reading.securities.iter().any(|security| security.id == *id);
            assert!(transaction.security.as_ref().is_none_or(is_known), "{name}");
        }
    }
}

#[test]
fn a_file_that_is_read_twice_is_read_once() {
    for (name, text) in samples() {
        let first = reading(&text, &[]).unwrap();
        let ids = ids(&first);
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            ids.len(),
            "{name}: two transactions have one id"
        );
        let again = reading(&text, &ids).unwrap();
        assert_eq!(again.transactions, [], "{name}");
        assert_eq!(again.duplicates.len(), ids.len(), "{name}");
        assert_eq!(again.counts.rows, first.counts.rows, "{name}");
    }
}

const CARD: &str = "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n";
const COFFEE: &str = "03/02/2026,03/03/2026,CORNER CAFE,Food & Drink,Sale,-4.50,\n";
const BOOKS: &str = "03/04/2026,03/05/2026,NORTHSIDE BOOKS,Shopping,Sale,-18.25,\n";

#[test]
fn equal_transactions_stay_apart() {
    let reading = reading(&[CARD, COFFEE, COFFEE].concat(), &[]).unwrap();
    let ids = ids(&reading);
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn what_overlaps_is_known() {
    let first = reading(&[CARD, COFFEE, COFFEE].concat(), &[]).unwrap();
    let second = reading(&[CARD, COFFEE, COFFEE, COFFEE, BOOKS].concat(), &ids(&first)).unwrap();
    assert_eq!(second.duplicates.len(), 2);
    let new: Vec<&str> = second.transactions.iter().map(|one| one.description.as_str()).collect();
    assert_eq!(new, ["CORNER CAFE", "NORTHSIDE BOOKS"]);
    // The order of a file is no matter to what is equal in it.
    let turned = reading(&[CARD, BOOKS, COFFEE, COFFEE, COFFEE].concat(), &ids(&first)).unwrap();
    assert_eq!(turned.duplicates.len(), 2);
}

#[test]
fn numbers_of_accounts_stay_inside() {
    let text = "Account Number,Date,Description,Amount\n123456789012,2026-03-02,Coffee,-4.50\n";
    let mapping = r#"{"columns": [{"field": "accountNumber", "name": "Account Number"},
        {"field": "date", "name": "Date"}, {"field": "amount", "name": "Amount"}]}"#;
    let input = FileReadInput {
        text: Some(format!("Account 123456789012\n{text}Total 123456789012\n")),
        mapping: Some(serde_json::from_str(mapping).unwrap()),
        ..FileReadInput::default()
    };
    let reading = read(&input, &Control::default()).unwrap();
    assert_eq!(reading.accounts[0].number.as_deref(), Some("9012"));
    let written = serde_json::to_string(&reading).unwrap();
    assert!(!written.contains("12345678"), "{written}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn every_start_of_a_file_is_counted_or_refused(sample in any::<prop::sample::Index>(), end in 0.0..1.0_f64) {
        let samples = samples();
        let (_, text) = sample.get(&samples);
        let whole = reading(text, &[]).unwrap();
        let start = start_of(text, end);
        if let Ok(part) = reading(start, &[]) {
            is_counted(start, &part);
            prop_assert!(part.transactions.len() <= whole.transactions.len());
            prop_assert!(part.counts.rows <= whole.counts.rows);
        }
    }

    #[test]
    fn a_damaged_file_is_counted_or_refused(
        sample in any::<prop::sample::Index>(),
        from in 0.0..1.0_f64,
        to in 0.0..1.0_f64,
        between in "[\\PC\n\"<>^,;]{0,12}",
    ) {
        let samples = samples();
        let (_, text) = sample.get(&samples);
        let start = start_of(text, from);
        let rest = text.strip_prefix(start_of(text, to)).unwrap();
        let damaged = [start, &between, rest].concat();
        if let Ok(reading) = reading(&damaged, &[]) {
            is_counted(&damaged, &reading);
        }
    }
}

/// A share of a text from its beginning.
fn start_of(text: &str, share: f64) -> &str {
    let count = text.chars().count();
    let kept = (share * count as f64) as usize;
    let end = text.char_indices().nth(kept).map_or(text.len(), |(place, _)| place);
    &text[..end]
}
