//! The syntax of hledger, which contains most of that of Ledger: an entry is a date with a description, and its postings are
//! indented below it (hledger's manual, "Journal").

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::{Date, date},
};

use super::{
    entry::{Amount, Entry, Journal, MOST_POSTINGS, MOST_TAGS, Metadata, Posting, Worth},
    scan::{Scan, dated, malformed},
};
use crate::{
    DecimalMark, FileReadInput,
    collect::{Collected, Fault, Place},
    dialect::{Marks, Settled},
    printed::number,
    read::{MAX_RECORDS, too_many},
};

/// The most lines of a journal.
const MOST_LINES: u32 = 4_000_000;

/// The directives whose lines are no transactions.
const DIRECTIVES: &[&str] = &[
    "account",
    "alias",
    "apply",
    "bucket",
    "capture",
    "check",
    "commodity",
    "D",
    "decimal-mark",
    "define",
    "end",
    "expr",
    "include",
    "N",
    "payee",
    "P",
    "tag",
    "Y",
    "year",
];

/// The journal of a text.
///
/// # Errors
/// `decimal.ambiguous`, `decimal.inconsistent`, `input.too_large`, `operation.cancelled`.
pub(super) fn parsed(
    text: &str,
    input: &FileReadInput,
    collected: &mut Collected,
    control: &Control,
) -> Result<Journal> {
    let mut reader =
        Reader { mark: mark(text, input, control)?, year: None, journal: Journal::default(), open: None };
    let mut work = Work::under(control);
    let (mut row, mut postings, mut is_comment) = (0, 0, false);
    for (number, line) in (1_u32..).zip(text.lines()) {
        work.done(4)?;
        if number > MOST_LINES {
            return Err(too_many());
        }
        if is_comment || line.trim_end() == "comment" {
            is_comment = line.trim_end() != "end comment";
            continue;
        }
        if line.starts_with([' ', '\t']) && !line.trim().is_empty() {
            reader.below(line.trim());
            postings += 1;
            if postings > MOST_POSTINGS {
                return Err(too_many());
            }
            continue;
        }
        reader.close(collected);
        if line.trim().is_empty() || line.starts_with([';', '#', '*', '%', '|']) {
            continue;
        }
        row += 1;
        if usize::try_from(row).is_ok_and(|row| row > MAX_RECORDS) {
            return Err(too_many());
        }
        reader.begin(line, Place { row, line: number }, collected);
    }
    reader.close(collected);
    Ok(reader.journal)
}

/// The decimal mark of a journal, by its amounts.
fn mark(text: &str, input: &FileReadInput, control: &Control) -> Result<DecimalMark> {
    let mut marks = Marks::default();
    let mut settled = Settled::of(input.decimal_mark, None);
    let mut work = Work::under(control);
    for (row, line) in (1_u32..).zip(text.lines()) {
        work.done(1)?;
        if let Some(mark) = line.strip_prefix("decimal-mark ") {
            let mark = if mark.trim() == "," { DecimalMark::Comma } else { DecimalMark::Point };
            settled = Settled::of(input.decimal_mark, Some(mark));
        }
        if !line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((_, amounts)) = split_account(line.trim()) else { continue };
        for word in amounts.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))) {
            marks.see(word, row);
        }
    }
    Ok(marks.decide(&settled)?.value)
}

/// What reads the lines.
struct Reader {
    mark: DecimalMark,
    /// The year of dates without one.
    year: Option<i32>,
    journal: Journal,
    open: Option<Open>,
}

/// The entry whose postings are read, or the fault of one of its lines.
struct Open {
    entry: Result<Entry>,
    line: String,
    place: Place,
}

impl Reader {
    /// A line at the margin.
    fn begin(&mut self, line: &str, place: Place, collected: &mut Collected) {
        let word = line.split_whitespace().next().unwrap_or_default();
        let skip = |collected: &mut Collected, reason| collected.skip(place, reason, line);
        if line.starts_with('~') || line.starts_with('=') {
            skip(collected, "a rule for forecasts or for postings, which is not applied");
        } else if matches!(word, "account" | "commodity" | "payee" | "tag") {
            skip(collected, "a declaration");
        } else if matches!(word, "Y" | "year") || line.starts_with('Y') && word.len() == 5 {
            self.year = line.trim_start_matches(|c: char| !c.is_ascii_digit()).trim().parse().ok();
            skip(collected, "the year of dates without one");
        } else if word == "P" {
            skip(collected, "a price");
        } else if word == "include" {
            skip(collected, "another file, which is not read");
        } else if DIRECTIVES.contains(&word) {
            skip(collected, "a setting of the journal");
        } else {
            self.open = Some(Open { entry: self.entry(line, place), line: line.to_owned(), place });
        }
    }

    /// The first line of an entry: date, status, code, description, and a comment with tags.
    fn entry(&self, line: &str, place: Place) -> Result<Entry> {
        let (line, comment) = line.split_once(';').unwrap_or((line, ""));
        let mut scan = Scan::of(line);
        let written = scan.word();
        // A second date is that of clearing.
        let (first, second) =
            written.split_once('=').map_or((written, None), |(first, second)| (first, Some(second)));
        let date = self.dated(first)?;
        let mut metadata = tagged(comment);
        if let Some(second) = second {
            metadata.push(("settlementDate".to_owned(), self.dated(second)?.to_string()));
        }
        let _ = scan.eat("*") || scan.eat("!");
        let mut code = None;
        if scan.rest.starts_with('(')
            && let Some((inside, rest)) = scan.rest.get(1..).unwrap_or_default().split_once(')')
        {
            code = Some(inside.trim().to_owned()).filter(|code| !code.is_empty());
            scan.rest = rest.trim_start();
        }
        let description = scan.rest.trim();
        let (payee, narration) = match description.split_once(" | ") {
            Some((payee, note)) => (Some(payee.trim().to_owned()), note.trim().to_owned()),
            None => (None, description.to_owned()),
        };
        Ok(Entry { date, payee, narration, code, tags: Vec::new(), metadata, postings: Vec::new(), place })
    }

    /// A date, whose year may be that of the journal.
    fn dated(&self, text: &str) -> Result<Date> {
        if let (Some(year), [month, day]) =
            (self.year, text.split(['-', '/', '.']).collect::<Vec<_>>().as_slice())
            && let (Ok(month), Ok(day)) = (month.parse(), day.parse())
        {
            return date(year, month, day);
        }
        dated(text)
    }

    /// A line below an entry.
    fn below(&mut self, line: &str) {
        let mark = self.mark;
        let Some(Open { entry, .. }) = &mut self.open else { return };
        let Ok(read) = entry else { return };
        if let Some(comment) = line.strip_prefix([';', '#']) {
            if read.postings.is_empty() {
                read.metadata.extend(tagged(comment));
            }
            return;
        }
        match posting(line, mark) {
            Ok(posting) => read.postings.push(posting),
            Err(error) => *entry = Err(error),
        }
    }

    /// The entry that is open has all its lines.
    fn close(&mut self, collected: &mut Collected) {
        match self.open.take() {
            Some(Open { entry: Ok(mut entry), .. }) => {
                // A tag without a value is a word by which entries are found.
                let tags = entry.metadata.iter().filter(|(_, value)| value.is_empty());
                entry.tags.extend(tags.take(MOST_TAGS).map(|(name, _)| name.clone()));
                self.journal.entries.push(entry);
            }
            Some(Open { entry: Err(error), line, place }) => {
                collected.problem(place, Fault::at(error, "", &line));
            }
            None => {}
        }
    }
}

/// The tags of a comment: `name:` and a value up to a comma.
fn tagged(comment: &str) -> Metadata {
    let parts = comment.split(',').filter_map(|part| {
        let (before, value) = part.split_once(':')?;
        let name = before.split_whitespace().next_back()?;
        Some((name.to_owned(), value.trim().to_owned()))
    });
    parts.collect()
}

/// The account of a posting and what follows it: two spaces or a tab stand between them.
fn split_account(line: &str) -> Option<(&str, &str)> {
    let end = line.find("  ").into_iter().chain(line.find('\t')).min()?;
    let (account, rest) = line.split_at(end);
    Some((account.trim(), rest.trim()))
}

/// A posting.
fn posting(line: &str, mark: DecimalMark) -> Result<Posting> {
    let (line, comment) = line.split_once(';').unwrap_or((line, ""));
    let (account, rest) = split_account(line.trim_end()).unwrap_or((line.trim(), ""));
    let account = account.trim_start_matches(['*', '!']).trim();
    let (account, counts) = match account.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')) {
        Some(inside) => (inside, false),
        None => (account.trim_start_matches('[').trim_end_matches(']'), true),
    };
    if account.is_empty() {
        return Err(malformed("a posting begins with the name of an account"));
    }
    let mut posting = Posting {
        account: account.to_owned(),
        units: None,
        cost: None,
        price: None,
        memo: Some(comment.trim().to_owned()).filter(|memo| !memo.is_empty()),
        is_booked: false,
        asserted: None,
        counts,
    };
    let mut scan = Scan::of(rest);
    if !scan.is_done() && !scan.rest.starts_with('=') {
        posting.units = Some(amount(&mut scan, mark)?);
    }
    while !scan.is_done() {
        if scan.rest.starts_with('{') {
            posting.cost = cost(&mut scan, mark)?.map(Box::new);
            posting.is_booked |= posting.cost.is_none();
        } else if scan.eat("@@") || scan.eat("(@@)") {
            posting.price = Some(Box::new(Worth::Total(amount(&mut scan, mark)?)));
        } else if scan.eat("@") || scan.eat("(@)") {
            posting.price = Some(Box::new(Worth::Each(amount(&mut scan, mark)?)));
        } else if scan.rest.starts_with('=') {
            let signs = scan.take_while(|c| matches!(c, '=' | '*'));
            let amount = amount(&mut scan, mark)?;
            if posting.units.is_none() {
                return Err(malformed("an amount that brings an account to a balance is not read"));
            }
            // With an asterisk, the balance is that of the accounts below too.
            posting.asserted = (!signs.contains('*')).then(|| Box::new(amount));
        } else if scan.rest.starts_with(['[', '(']) {
            // The date and the note of a lot.
            let end = if scan.rest.starts_with('[') { ']' } else { ')' };
            let (_, rest) =
                scan.rest.split_once(end).ok_or_else(|| malformed("a bracket is never closed"))?;
            scan.rest = rest.trim_start();
        } else {
            return Err(malformed(
                "a posting has an account, an amount, a cost, a price and a balance, and nothing after them",
            ));
        }
    }
    Ok(posting)
}

/// A cost in braces; `None` if it is left to the booking.
fn cost(scan: &mut Scan<'_>, mark: DecimalMark) -> Result<Option<Worth>> {
    let is_total = scan.rest.starts_with("{{");
    let braces = if is_total { ("{{", "}}") } else { ("{", "}") };
    scan.eat(braces.0);
    let Some((inside, rest)) = scan.rest.split_once(braces.1) else {
        return Err(malformed("a cost has no closing brace"));
    };
    scan.rest = rest.trim_start();
    let mut inside = Scan::of(inside.trim().trim_start_matches('='));
    if inside.is_done() {
        return Ok(None);
    }
    let amount = amount(&mut inside, mark)?;
    Ok(Some(if is_total { Worth::Total(amount) } else { Worth::Each(amount) }))
}

/// An amount: a number with its commodity on either side.
fn amount(scan: &mut Scan<'_>, mark: DecimalMark) -> Result<Amount> {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut negative = scan.eat("-");
    let _ = scan.eat("+");
    let before = commodity(scan)?;
    if before.is_some() && !negative {
        negative = scan.eat("-");
    }
    let written = scan.take_while(is_digit);
    if written.is_empty() {
        return Err(malformed("an amount is a number and a commodity"));
    }
    let value = number::number(written.trim_end_matches(','), mark)?;
    let after = if before.is_none() { commodity(scan)? } else { None };
    let Some(commodity) = before.or(after) else {
        return Err(Error::new(ErrorCode::CurrencyUnknown, "the amount names no commodity"));
    };
    Ok(Amount { number: if negative { value.negated() } else { value }, commodity })
}

/// The commodity that is next, if one is: letters or a sign, or anything in quotes.
fn commodity(scan: &mut Scan<'_>) -> Result<Option<String>> {
    if let Some(quoted) = scan.quoted()? {
        if quoted.trim().is_empty() {
            return Err(malformed("the quotes of a commodity are empty"));
        }
        return Ok(Some(quoted));
    }
    let fits = |c: char| !c.is_ascii_digit() && !c.is_whitespace() && !"@={}()[];.,+-*\"".contains(c);
    let word = scan.take_while(fits);
    let named = match word {
        "" => return Ok(None),
        "$" | "US$" => "USD",
        "\u{20ac}" => "EUR",
        "\u{a3}" => "GBP",
        "\u{a5}" => "JPY",
        "\u{20b9}" => "INR",
        word => word,
    };
    Ok(Some(named.to_owned()))
}
