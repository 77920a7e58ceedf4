//! The syntax of beancount: each directive begins with a date, and the lines of a transaction are indented below it
//! (beancount's language syntax, version 2 and 3).

use std::collections::BTreeSet;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
};

use super::{
    entry::{Amount, Assertion, Entry, Journal, MOST_POSTINGS, MOST_TAGS, Metadata, Pad, Posting, Worth},
    scan::{Scan, dated, malformed, number},
};
use crate::{
    collect::{Collected, Fault, Place},
    read::{MAX_RECORDS, too_many},
};

/// The most lines of a journal.
const MOST_LINES: u32 = 4_000_000;
/// The most bytes of the tags that `pushtag` gives to all transactions: few lines can give many tags to each of them.
const MOST_PUSHED: usize = 64 << 20;

/// A directive: its first line and those below it.
struct Directive<'a> {
    line: &'a str,
    below: Vec<&'a str>,
    place: Place,
}

/// The journal of a text.
///
/// # Errors
/// `input.too_large`, `operation.cancelled`.
pub(super) fn parsed(text: &str, collected: &mut Collected, control: &Control) -> Result<Journal> {
    let mut reader = Reader::default();
    let mut open: Option<Directive<'_>> = None;
    let mut work = Work::under(control);
    let mut row = 0;
    for (number, line) in (1_u32..).zip(text.lines()) {
        work.done(4)?;
        if number > MOST_LINES {
            return Err(too_many());
        }
        if line.starts_with([' ', '\t']) {
            if let Some(directive) = &mut open {
                directive.below.push(line.trim());
            }
            continue;
        }
        if let Some(directive) = open.take() {
            reader.directive(&directive, collected);
            reader.within_limits()?;
        }
        if !begins(line) {
            continue;
        }
        row += 1;
        if usize::try_from(row).is_ok_and(|row| row > MAX_RECORDS) {
            return Err(too_many());
        }
        open = Some(Directive { line, below: Vec::new(), place: Place { row, line: number } });
    }
    if let Some(directive) = open.take() {
        reader.directive(&directive, collected);
        reader.within_limits()?;
    }
    Ok(reader.journal)
}

/// Whether a line begins a directive; any other line at the margin is a comment or a title.
fn begins(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    line.starts_with(|c: char| c.is_ascii_digit())
        || matches!(word, "option" | "plugin" | "include" | "pushtag" | "poptag" | "pushmeta" | "popmeta")
}

/// What reads the directives.
#[derive(Default)]
struct Reader {
    journal: Journal,
    /// The tags that all transactions have at the moment.
    tags: BTreeSet<String>,
    /// How many postings there are so far.
    postings: usize,
    /// How many bytes the tags have together that transactions got from lines before them.
    pushed: usize,
}

impl Reader {
    /// That what is read so far takes no more room than a long journal does.
    fn within_limits(&self) -> Result<()> {
        if self.postings > MOST_POSTINGS {
            return Err(too_many());
        }
        if self.pushed > MOST_PUSHED {
            let message = "the tags that lines with `pushtag` give to the transactions after them are too long together";
            return Err(Error::new(ErrorCode::InputTooLarge, message));
        }
        Ok(())
    }

    fn directive(&mut self, directive: &Directive<'_>, collected: &mut Collected) {
        let outcome = self.read(directive, collected);
        let outcome = outcome.map_err(|error| Fault::at(error, "", directive.line));
        collected.outcome(directive.place, outcome);
    }

    fn read(&mut self, directive: &Directive<'_>, collected: &mut Collected) -> Result<()> {
        let mut scan = Scan::of(directive.line);
        let word = scan.word();
        let skip =
            |collected: &mut Collected, reason| collected.skip(directive.place, reason, directive.line);
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            self.setting(word, &mut scan)?;
            let reason = if word == "include" {
                "another file, which is not read"
            } else {
                "a setting of the journal"
            };
            skip(collected, reason);
            return Ok(());
        }
        let date = dated(word)?;
        let rest = scan.rest;
        match scan.word() {
            "open" => {
                let account = scan.word().to_owned();
                let mut metadata = metadata(&directive.below);
                let currencies = scan
                    .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ',' | ' ' | '-' | '_' | '.'));
                if !currencies.trim().is_empty() {
                    metadata.push(("currencies".to_owned(), currencies.trim().to_owned()));
                }
                self.journal.opened.push(account.clone());
                self.journal.accounts.insert(account, metadata);
                skip(collected, "an account, which transactions name");
            }
            "commodity" => {
                self.journal.commodities.insert(scan.word().to_owned(), metadata(&directive.below));
                skip(collected, "a commodity, which transactions name");
            }
            "balance" => self.balance(date, &mut scan, directive)?,
            "pad" => {
                let (account, from) = (scan.word().to_owned(), scan.word().to_owned());
                self.journal.pads.push(Pad { date, account, from, place: directive.place });
            }
            "price" => skip(collected, "a price"),
            "close" => skip(collected, "the end of an account"),
            "note" | "document" | "event" | "query" | "custom" => skip(collected, "no transaction"),
            _ => {
                let entry = self.transaction(date, rest, directive)?;
                self.postings += entry.postings.len();
                self.journal.entries.push(entry);
            }
        }
        Ok(())
    }

    /// A line that concerns those after it.
    fn setting(&mut self, word: &str, scan: &mut Scan<'_>) -> Result<()> {
        match word {
            "pushtag" => {
                self.tags.insert(scan.word().trim_start_matches('#').to_owned());
            }
            "poptag" => {
                self.tags.remove(scan.word().trim_start_matches('#'));
            }
            "option" => {
                let (name, value) = (scan.quoted()?, scan.quoted()?);
                let (Some(name), Some(value)) = (name, value) else { return Ok(()) };
                let roots = &mut self.journal.roots;
                let place = match name.as_str() {
                    "name_equity" => {
                        roots.equity = Some(value.to_lowercase());
                        return Ok(());
                    }
                    "name_assets" => &mut roots.assets,
                    "name_liabilities" => &mut roots.liabilities,
                    "name_income" => &mut roots.income,
                    "name_expenses" => &mut roots.expenses,
                    _ => return Ok(()),
                };
                *place = vec![value.to_lowercase()];
            }
            _ => {}
        }
        Ok(())
    }

    /// A balance, which is that of the beginning of its day.
    fn balance(&mut self, date: Date, scan: &mut Scan<'_>, directive: &Directive<'_>) -> Result<()> {
        let account = scan.word().to_owned();
        let number = self::number(scan.take_while(is_of_number))?;
        // A tolerance may stand between the number and the commodity.
        if scan.eat("~") {
            scan.take_while(is_of_number);
        }
        let commodity = commodity(scan)?;
        let is_cash = metadata(&directive.below).iter().any(|(key, text)| key == "kind" && text == "cash");
        self.journal.assertions.push(Assertion {
            account,
            date: date.add_days(-1)?,
            amount: Amount { number, commodity },
            is_cash,
            place: directive.place,
        });
        Ok(())
    }

    fn transaction(&mut self, date: Date, rest: &str, directive: &Directive<'_>) -> Result<Entry> {
        let mut scan = Scan::of(rest);
        if !scan.rest.starts_with('"') {
            let flag = scan.word();
            if flag != "txn" && flag.chars().count() != 1 {
                let shown: String = flag.chars().take(40).collect();
                return Err(Error::new(ErrorCode::NameUnknown, format!("no directive is called {shown:?}")));
            }
        }
        let first = scan.quoted()?;
        scan.eat("|");
        let second = scan.quoted()?;
        let (payee, narration) = match (first, second) {
            (Some(payee), Some(narration)) => (Some(payee).filter(|payee| !payee.is_empty()), narration),
            (first, _) => (None, first.unwrap_or_default()),
        };
        let mut tags: Vec<String> = Vec::new();
        while !scan.is_done() {
            let word = scan.word();
            match word.strip_prefix('#') {
                Some(tag) => tags.push(tag.to_owned()),
                None if word.starts_with('^') => {}
                None => return Err(malformed("a transaction has texts, tags and links on its first line")),
            }
        }
        tags.truncate(MOST_TAGS);
        let pushed = self.tags.iter().filter(|tag| !tags.contains(tag)).take(MOST_TAGS - tags.len());
        let pushed: Vec<String> = pushed.cloned().collect();
        self.pushed += pushed.iter().map(|tag| tag.len() + 1).sum::<usize>();
        tags.extend(pushed);
        let mut entry = Entry {
            date,
            payee,
            narration,
            code: None,
            tags,
            metadata: Metadata::new(),
            postings: Vec::new(),
            place: directive.place,
        };
        for line in directive.below.iter().filter(|line| !line.is_empty() && !line.starts_with(';')) {
            match key_and_text(line) {
                Some((key, text)) if entry.postings.is_empty() => entry.metadata.push((key, text)),
                Some(_) => {}
                None if line.starts_with(['#', '^']) => {
                    let tags = line.split_whitespace().filter_map(|word| word.strip_prefix('#'));
                    entry.tags.extend(tags.map(str::to_owned));
                }
                None => entry.postings.push(posting(line)?),
            }
        }
        Ok(entry)
    }
}

/// The keys and texts among the lines of a directive.
fn metadata(lines: &[&str]) -> Metadata {
    lines.iter().filter_map(|line| key_and_text(line)).collect()
}

/// A line of metadata: a key in lower case, a colon and a value.
fn key_and_text(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if !is_key {
        return None;
    }
    let mut scan = Scan::of(value);
    let text = match scan.quoted() {
        Ok(Some(text)) => text,
        _ => scan.rest.split(';').next().unwrap_or_default().trim().to_owned(),
    };
    Some((key.to_owned(), text))
}

fn is_of_number(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '.' | ',' | '-' | '+')
}

/// The commodity that is next: capitals, digits and a few signs.
fn commodity(scan: &mut Scan<'_>) -> Result<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '\'' | '.' | '_' | '-' | '/');
    let word = scan.take_while(fits);
    if word.is_empty() {
        return Err(malformed("a number has no commodity after it"));
    }
    Ok(word.to_owned())
}

/// A posting: an account, and unless it is left over, an amount with its cost and its price.
fn posting(line: &str) -> Result<Posting> {
    let mut scan = Scan::of(line);
    if scan.rest.chars().nth(1).is_some_and(char::is_whitespace) {
        // A flag of the posting.
        scan.word();
    }
    let account = scan.word().to_owned();
    if !account.contains(':') {
        return Err(malformed("a posting begins with the name of an account"));
    }
    let mut posting = Posting {
        account,
        units: None,
        cost: None,
        price: None,
        memo: None,
        is_booked: false,
        asserted: None,
        counts: true,
    };
    if scan.is_done() {
        return Ok(posting);
    }
    posting.units = Some(amount(&mut scan)?);
    if scan.rest.starts_with('{') {
        let (cost, is_booked) = cost(&mut scan)?;
        (posting.cost, posting.is_booked) = (cost.map(Box::new), is_booked);
    }
    if scan.eat("@@") {
        posting.price = Some(Box::new(Worth::Total(amount(&mut scan)?)));
    } else if scan.eat("@") {
        // A price without a number is whatever balances, which the cost does already.
        if !scan.is_done() {
            posting.price = Some(Box::new(Worth::Each(amount(&mut scan)?)));
        }
    }
    if !scan.is_done() {
        return Err(malformed(
            "a posting has an account, an amount, a cost and a price, and nothing after them",
        ));
    }
    Ok(posting)
}

fn amount(scan: &mut Scan<'_>) -> Result<Amount> {
    let written = scan.take_while(is_of_number);
    if written.is_empty() || scan.rest.starts_with(['*', '/', '(', '+']) {
        return Err(malformed("an amount is a number and a commodity; arithmetic is not read"));
    }
    let number = number(written)?;
    Ok(Amount { number, commodity: commodity(scan)? })
}

/// A cost in braces, and whether it is left to the booking: `{100.00 USD, 2026-03-02}`, `{{1000.00 USD}}`, `{}`.
fn cost(scan: &mut Scan<'_>) -> Result<(Option<Worth>, bool)> {
    let is_total = scan.rest.starts_with("{{");
    let braces = if is_total { ("{{", "}}") } else { ("{", "}") };
    scan.eat(braces.0);
    let Some((inside, rest)) = scan.rest.split_once(braces.1) else {
        return Err(malformed("a cost has no closing brace"));
    };
    scan.rest = rest.trim_start();
    for part in inside.split(',').map(str::trim) {
        let is_number = part.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
        if !is_number || dated(part).is_ok() {
            continue;
        }
        if part.contains('#') {
            return Err(malformed("a cost per unit and in total together is not read"));
        }
        let amount = amount(&mut Scan::of(part))?;
        return Ok((Some(if is_total { Worth::Total(amount) } else { Worth::Each(amount) }), false));
    }
    Ok((None, true))
}
