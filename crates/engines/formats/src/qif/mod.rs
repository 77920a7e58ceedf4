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
    Ok(collected.finish(file, &input.previous))
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
            self.account = bank::opened(record);
        }
        let outcome = match record.section {
            Section::Bank(kind) => bank::read(self, record, kind, collected),
            Section::Investment => investment::read(self, record, collected),
            Section::Accounts => {
                self.account = lists::account(record);
                collected.skip(
                    record.place,
                    "an account, which the transactions after it name",
                    record.value('N'),
                );
                Ok(())
            }
            Section::Securities => {
                self.lists.security(record);
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

/// A category, or the account of a transfer, which stands in brackets.
fn destination(text: &str) -> (Option<String>, Option<String>) {
    let text = text.trim();
    match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((account, _)) => (None, Some(cut(&crate::masked::masked(account.trim())))),
        None => ((!text.is_empty()).then(|| cut(text)), None),
    }
}
