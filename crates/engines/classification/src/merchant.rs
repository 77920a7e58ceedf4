//! The name of a merchant, out of the text that a bank or a card prints.
//!
//! The rules, in their order:
//!
//! 1. The text is written in capitals.
//! 2. What says how was paid is left out at the start (`LEAD_INS`), as long as something follows.
//! 3. A processor's name before the first `*` is left out (`PROCESSORS`).
//! 4. The rest is split into words: at blanks, and at everything but letters, digits and `& - . ' # /`, which are kept within a
//!    word alone.
//! 5. A word with a `#`, a date, a masked number, a word with three or more digits, and a word with a digit that follows a `*` are
//!    left out; so is a word before them that announces a number (`ANNOUNCING`). The first word may have up to three digits:
//!    7-ELEVEN, 365 MARKET.
//! 6. A state of the United States at the end is left out, a country code before that; and with a state the words
//!    before it, from the last number that was left out or the last two blanks in a row: they are the place.
//! 7. `WWW.` and the domain at the end of a word are left out, and then the form of the company at the end.
//! 8. Apostrophes are left out. Words are joined by single blanks.

use wherewithal_ledger::LedgerTransaction;

/// What says how was paid, longer phrases first.
const LEAD_INS: &[&str] = &[
    "RECURRING PAYMENT AUTHORIZED ON",
    "PURCHASE RETURN AUTHORIZED ON",
    "PURCHASE AUTHORIZED ON",
    "DEBIT CARD PURCHASE",
    "DEBIT CARD REFUND",
    "PREAUTHORIZED DEBIT",
    "PREAUTHORIZED CREDIT",
    "EXTERNAL WITHDRAWAL",
    "RECURRING PAYMENT",
    "EXTERNAL DEPOSIT",
    "POS PURCHASE",
    "POS REFUND",
    "POS DEBIT",
    "CARD PURCHASE",
    "VISA PURCHASE",
    "DEBIT PURCHASE",
    "CHECKCARD",
    "CHECK CARD",
    "DIRECT DEBIT",
    "ACH CREDIT",
    "ACH DEBIT",
    "PURCHASE",
    "POS",
    "ACH",
];

/// Processors that print their name and a star before that of the merchant.
const PROCESSORS: &[&str] = &[
    "BT", "CKE", "DD", "EB", "FSP", "IN", "IZ", "PAYPAL", "PP", "PY", "SP", "SQ", "SUMUP", "TST", "ZETTLE_",
];

/// Words that announce a number.
const ANNOUNCING: &[&str] =
    &["AUTH", "CARD", "CONF", "ID", "LOC", "NO", "NUM", "ON", "REF", "STE", "TRACE", "UNIT"];

/// Forms of companies.
const FORMS: &[&str] = &["CO", "CORP", "GMBH", "INC", "LLC", "LP", "LTD", "PLC"];

/// The domains that are left out.
const DOMAINS: &[&str] = &[".COM", ".NET", ".ORG", ".CO.UK", ".IO"];

/// The states of the United States with the District of Columbia and Puerto Rico, as the Postal Service abbreviates them
/// (Publication 28, appendix B).
const STATES: &[&str] = &[
    "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS",
    "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV",
    "NY", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV",
    "WY",
];

/// The name of the merchant of a transaction: in its payee, else in its description; none if it has a security.
pub(crate) fn of(transaction: &LedgerTransaction) -> Option<String> {
    if transaction.security.is_some() {
        return None;
    }
    let payee = transaction.payee.as_deref().filter(|payee| !payee.trim().is_empty());
    merchant(payee.unwrap_or(&transaction.description))
}

/// The name of the merchant in a text; `None` if nothing of it is a name.
pub(crate) fn merchant(text: &str) -> Option<String> {
    let capitals = if text.is_ascii() { text.to_ascii_uppercase() } else { text.to_uppercase() };
    let rest = without_processor(without_lead_ins(capitals.trim()));
    let mut words = words(rest);
    drop_place(&mut words);
    for word in &mut words {
        word.text = without_domain(word.text);
    }
    words.retain(|word| !word.text.is_empty());
    while words.len() > 1 && words.last().is_some_and(|word| FORMS.contains(&word.text.trim_end_matches('.')))
    {
        words.pop();
    }
    let mut name = String::with_capacity(rest.len());
    for word in &words {
        if !name.is_empty() {
            name.push(' ');
        }
        name.extend(word.text.chars().filter(|character| *character != '\''));
    }
    (!name.is_empty()).then_some(name)
}

fn without_lead_ins(text: &str) -> &str {
    let mut rest = text;
    while let Some(after) = LEAD_INS.iter().find_map(|phrase| {
        let after = rest.strip_prefix(phrase)?;
        let name = after.trim_start();
        (after.len() > name.len() && !name.is_empty()).then_some(name)
    }) {
        rest = after;
    }
    rest
}

fn without_processor(text: &str) -> &str {
    match text.split_once('*') {
        Some((before, after)) if PROCESSORS.contains(&before.trim()) && !after.trim().is_empty() => {
            after.trim()
        }
        _ => text,
    }
}

/// A word of the name.
#[derive(Debug, Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    /// Whether it stands after two blanks in a row or a number that was left out.
    after_gap: bool,
}

/// The words that can belong to the name.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut rest = text;
    let mut is_first = true;
    let mut gap = false;
    let mut after_star = false;
    loop {
        let start = rest.find(is_within).unwrap_or(rest.len());
        let (between, from) = rest.split_at(start);
        gap |= between.chars().filter(|character| character.is_whitespace()).count() >= 2;
        after_star |= between.contains('*');
        let end = from.find(|character| !is_within(character)).unwrap_or(from.len());
        let (whole, after) = from.split_at(end);
        if whole.is_empty() {
            return words;
        }
        rest = after;
        let word = whole.trim_matches(['&', '-', '.', '\'', '/']);
        if word.trim_matches('#').is_empty() {
            continue;
        }
        if is_number(word, is_first && !after.trim().is_empty(), after_star) {
            if words.len() > 1 && words.last().is_some_and(|last| ANNOUNCING.contains(&last.text)) {
                words.pop();
            }
            gap = true;
        } else {
            words.push(Word { text: word, after_gap: gap });
            gap = false;
        }
        is_first = false;
        after_star = false;
    }
}

fn is_within(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '&' | '-' | '.' | '\'' | '#' | '/')
}

/// Whether a word is a number, a date or a code, which are no part of a name.
fn is_number(word: &str, may_begin_a_name: bool, after_star: bool) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if word.contains('#') || word.len() >= 4 && word.bytes().all(|byte| byte == b'X') {
        return true;
    }
    if digits == 0 {
        return false;
    }
    let is_date = digits >= 2
        && word.contains(['/', '-', '.'])
        && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.'));
    let has_letter = word.chars().any(char::is_alphabetic);
    let is_short = digits < 3 || may_begin_a_name && digits == 3 && !has_letter;
    is_date || after_star || !is_short
}

/// Leaves out the state and the country at the end, and the place before them.
fn drop_place(words: &mut Vec<Word<'_>>) {
    let mut rest = words.as_slice();
    if let [before @ .., last] = rest
        && before.len() > 1
        && matches!(last.text, "US" | "USA")
    {
        rest = before;
    }
    let Some((last, name)) = rest.split_last() else { return };
    let is_state = STATES.contains(&last.text) && !name.is_empty();
    let place = name.iter().rposition(|word| word.after_gap).filter(|place| *place > 0);
    let kept = match place {
        Some(place) if is_state => place,
        // Without a gap, two letters are a state only where more than one word is left.
        None if is_state && (name.len() > 1 || last.after_gap) => name.len(),
        _ => rest.len(),
    };
    words.truncate(kept);
}

fn without_domain(word: &str) -> &str {
    let word = word.strip_prefix("WWW.").unwrap_or(word);
    let ending = DOMAINS.iter().find_map(|domain| word.strip_suffix(domain));
    ending.filter(|rest| !rest.is_empty()).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::merchant;

    #[test]
    fn names_are_found_in_what_banks_print() {
        for (text, name) in [
            ("CORNER CAFE", "CORNER CAFE"),
            ("Corner Cafe #0123", "CORNER CAFE"),
            ("SQ *CORNER CAFE", "CORNER CAFE"),
            ("TST* Blue Door Grill", "BLUE DOOR GRILL"),
            ("PAYPAL *SPOTIFY", "SPOTIFY"),
            ("STARBUCKS STORE 12345  SEATTLE       WA", "STARBUCKS STORE"),
            ("STARBUCKS 12345 SEATTLE WA", "STARBUCKS"),
            ("TRADER JOE'S #552 QPS SEATTLE WA US", "TRADER JOES"),
            ("NETFLIX.COM", "NETFLIX"),
            ("AMZN MKTP US*RT4K21X", "AMZN MKTP"),
            ("AMAZON.COM*2K4AB6 SEATTLE WA", "AMAZON"),
            ("POS PURCHASE 7-ELEVEN 33445", "7-ELEVEN"),
            ("PURCHASE AUTHORIZED ON 03/02 SHELL OIL 57444212", "SHELL OIL"),
            ("FOREVER 21 NO 112", "FOREVER 21"),
            ("365 MARKET", "365 MARKET"),
            ("H&M 0144", "H&M"),
            ("ACME CORP PAYROLL 260302", "ACME CORP PAYROLL"),
            ("Acme Widgets, Inc.", "ACME WIDGETS"),
            ("ZELLE TO JOHN SMITH ON 03/02 REF # PP0ABC123", "ZELLE TO JOHN SMITH"),
            ("CHECKCARD 0302 JOE'S DINER AUSTIN TX", "JOES DINER AUSTIN"),
            ("Bäckerei Müller 0815", "BÄCKEREI MÜLLER"),
            ("PURCHASE", "PURCHASE"),
            ("US", "US"),
        ] {
            assert_eq!(merchant(text).as_deref(), Some(name), "{text}");
        }
        for text in ["", "   ", "123456", "#12", "*-*", "03/02/2026"] {
            assert_eq!(merchant(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_name_without_blanks_around_it_or_none(text in "\\PC{0,40}") {
            if let Some(name) = merchant(&text) {
                prop_assert!(!name.is_empty());
                prop_assert_eq!(name.trim(), &name);
            }
        }

        #[test]
        fn numbers_behind_a_name_do_not_matter(name in "[AEIOU]{4,8} [AEIOU]{4,8}", number in 1000_u32..9_999_999) {
            prop_assert_eq!(merchant(&format!("{name} {number}")), merchant(&name));
        }
    }
}
