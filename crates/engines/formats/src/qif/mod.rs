//! The Quicken Interchange Format.
//!
//! A file is a list of records, each of lines that begin with the letter of their field and a record ends at `^`. Lines that
//! begin with `!` say what the records after them are. The letters are those of Intuit's description (QIF identifiers for
//! investment and non-investment accounts) and of GnuCash's notes on the format
//! (src/import-export/qif-import/file-format.txt), which also name the actions of investments.

mod bank;
mod investment;
mod lists;
mod records;
mod splits;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
    num::Decimal,
};
use wherewithal_ledger::LedgerAccount;

use crate::{
    DateOrder, DecimalMark, FileDialect, FileFormat, FileReadInput, FileReading,
    collect::{Collected, Decisions, Fault, cut},
    dialect::{Marks, Orders, Settled},
    printed::{date::dated, number},
    text::Content,
};
pub(crate) use bank::{is_number, kind as bank_kind};
use lists::Lists;
pub(crate) use records::Holder;
use records::{Record, Section};

/// Reads a file.
///
/// # Errors
/// Those of [`crate::read`].
pub(crate) fn read(content: Content<'_>, input: &FileReadInput, control: &Control) -> Result<FileReading> {
    let Content { text, encoding } = content;
    let records = records::of(&text, control)?;
    let (order, mark, dialect) = written(&records, input)?;
    let mut reader =
        Reader { order, mark, lists: Lists::default(), account: None, given: input.account.as_ref() };
    let mut collected = Collected::default();
    let mut work = Work::under(control);
    for record in &records {
        work.done(16)?;
        reader.record(record, &mut collected);
    }
    let file = Decisions { format: FileFormat::Qif, layout: None, encoding, dialect };
    collected.finish(file, &input.previous)
}

/// How dates and numbers of all records are written.
fn written(records: &[Record<'_>], input: &FileReadInput) -> Result<(DateOrder, DecimalMark, FileDialect)> {
    let (mut orders, mut marks) = (Orders::default(), Marks::default());
    for record in records {
        if !matches!(record.section, Section::Bank(_) | Section::Investment) {
            continue;
        }
        for line in &record.lines {
            match line.code {
                'D' => orders.see(line.value, record.place.row),
                'T' | 'U' | '$' | 'I' | 'Q' | 'O' => marks.see(line.value, record.place.row),
                _ => {}
            }
        }
    }
    let order = orders.decide(&Settled::of(input.date_order, None))?;
    let mark = marks.decide(&Settled::of(input.decimal_mark, None))?;
    let dialect = FileDialect { separator: None, date_order: order.evidence, decimal_mark: mark.evidence };
    Ok((order.value, mark.value, dialect))
}

/// What reads the records.
struct Reader<'i> {
    order: DateOrder,
    mark: DecimalMark,
    lists: Lists,
    /// The account that the file named last.
    account: Option<LedgerAccount>,
    /// The account that the caller named.
    given: Option<&'i LedgerAccount>,
}

impl Reader<'_> {
    fn record(&mut self, record: &Record<'_>, collected: &mut Collected) {
        if let Section::Bank(_) = record.section
            && self.account.is_none()
            && self.given.is_none()
        {
            self.account = bank::opened(record, collected);
        }
        let outcome = match record.section {
            Section::Bank(kind) => bank::read(self, record, kind, collected),
            Section::Investment => investment::read(self, record, collected),
            Section::Accounts => {
                self.account = lists::account(record, collected);
                collected.skip(
                    record.place,
                    "an account, which the transactions after it name",
                    record.value('N'),
                );
                Ok(())
            }
            Section::Securities => {
                self.lists.security(record, collected);
                collected.skip(record.place, "a security, which transactions name", record.value('N'));
                Ok(())
            }
            Section::Ignored(reason) => {
                let first = record.lines.first().map_or("", |line| line.value);
                collected.skip(record.place, reason, first);
                Ok(())
            }
            Section::None => {
                let message = "the record stands before a line that says what it is, such as `!Type:Bank`";
                Err(Fault::of(Error::new(ErrorCode::FileUnrecognized, message)))
            }
        };
        collected.outcome(record.place, outcome);
    }

    /// The account of a record: what the file named last, else what the caller named.
    fn account_of(&self, of_section: impl FnOnce(LedgerAccount) -> LedgerAccount) -> LedgerAccount {
        let account = self.account.clone().or_else(|| self.given.cloned());
        of_section(account.unwrap_or_else(|| LedgerAccount::named("account")))
    }

    fn date(&self, record: &Record<'_>) -> Result<Date, Fault> {
        match record.find('D') {
            Some(text) => dated(text, self.order).map_err(|error| Fault::at(error, "D", text)),
            None => Err(Fault::at(Error::new(ErrorCode::FieldMissing, "the record has no date"), "D", "")),
        }
    }

    /// The number of a field, if the record has one.
    fn number(&self, record: &Record<'_>, code: char) -> Result<Option<Decimal>, Fault> {
        record
            .find(code)
            .filter(|text| !number::is_blank(text))
            .map(|text| self.value(text, code))
            .transpose()
    }

    fn value(&self, text: &str, code: char) -> Result<Decimal, Fault> {
        number::number(text, self.mark).map_err(|error| Fault::at(error, &code.to_string(), text))
    }
}

/// The name of the account of a transfer, which stands in brackets.
fn other_account(text: &str) -> Option<&str> {
    let (account, _) = text.trim().strip_prefix('[')?.split_once(']')?;
    Some(account.trim())
}

/// A category, or the id of the account of a transfer.
fn destination(text: &str, collected: &mut Collected) -> (Option<String>, Option<String>) {
    match (other_account(text), text.trim()) {
        (Some(""), _) | (None, "") => (None, None),
        (Some(account), _) => (None, Some(collected.account_named(account))),
        (None, category) => (Some(cut(category)), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn a_record_has_no_more_parts_than_a_ledger_takes() {
        for (parts, problems) in [(1_000, 0), (1_001, 1)] {
            let text = format!("!Type:Bank\nD3/13'26\nT{parts}\nPX\n{}^\n", "SFood\n$1\n".repeat(parts));
            let input = FileReadInput { text: Some(text), ..FileReadInput::default() };
            let reading = read(&input, &Control::default()).unwrap();
            assert_eq!(reading.problems.len(), problems);
            assert_eq!(reading.transactions.len(), 1 - problems);
        }
    }

    #[test]
    fn a_file_has_no_more_accounts_than_a_ledger_takes() {
        for (accounts, is_read) in [(10_000, true), (10_001, false)] {
            let of = |number: i32| format!("!Account\nNa{number}\n^\n!Type:Bank\nD3/13'26\nT1\n^\n");
            let text: String = (0..accounts).map(of).collect();
            let input = FileReadInput { text: Some(text), ..FileReadInput::default() };
            let reading = read(&input, &Control::default());
            assert_eq!(reading.is_ok(), is_read);
            if let Err(error) = reading {
                assert_eq!((error.code(), error.path()), (ErrorCode::InputTooLarge, "text"));
            }
        }
    }
}
