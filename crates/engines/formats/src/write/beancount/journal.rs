//! The text of a journal.

use wherewithal_base::{
    dates::Date,
    money::Currency,
    num::Decimal,
    wire::{Spelling, Tree, Value, Wire},
};
use wherewithal_ledger::LedgerTransaction;

/// A journal so far.
#[derive(Default)]
pub(super) struct Journal {
    text: String,
}

impl Journal {
    pub(super) fn text(self) -> String {
        self.text
    }

    fn line(&mut self, indent: usize, line: &str) {
        (0..indent).for_each(|_| self.text.push(' '));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The empty line after a directive.
    pub(super) fn end(&mut self) {
        self.text.push('\n');
    }

    pub(super) fn open(&mut self, day: Date, account: &str, currency: Option<Currency>) {
        // In the directive itself a currency would forbid shares.
        self.line(0, &format!("{day} open {account}"));
        self.word("currency", currency.map(Currency::code), 2);
    }

    pub(super) fn commodity(&mut self, day: Date, commodity: &str) {
        self.line(0, &format!("{day} commodity {commodity}"));
    }

    pub(super) fn balance(&mut self, day: Date, account: &str, amount: Decimal, commodity: &str) {
        self.line(0, &format!("{day} balance {account}  {amount} {commodity}"));
    }

    /// The first line of a transaction: payee, narration and tags.
    pub(super) fn transaction(&mut self, transaction: &LedgerTransaction) {
        let payee =
            transaction.payee.as_deref().map(|payee| format!("{} ", quoted(payee))).unwrap_or_default();
        let narration = quoted(&transaction.description);
        let are_plain = are_plain(&transaction.tags);
        let tags: String =
            transaction.tags.iter().filter(|_| are_plain).map(|tag| format!(" #{tag}")).collect();
        self.line(0, &format!("{} * {payee}{narration}{tags}", transaction.date));
        if !are_plain {
            let tags: Vec<String> = transaction.tags.iter().map(|tag| escaped_tag(tag)).collect();
            self.word("tags", Some(&tags.join("|")), 2);
        }
    }

    /// A text of metadata.
    pub(super) fn word(&mut self, key: &str, text: Option<&str>, indent: usize) {
        if let Some(text) = text {
            self.line(indent, &format!("{key}: {}", quoted(text)));
        }
    }

    /// A name of a list in metadata.
    pub(super) fn named<T: Wire>(&mut self, key: &str, value: Option<&T>, indent: usize) {
        let named = value.map(|value| Tree::of(Spelling::Camel, |sink| value.write(sink)));
        if let Some(Ok(Value::Text(name))) = named {
            self.word(key, Some(&name), indent);
        }
    }

    /// A posting of an amount of a commodity, with what it is worth in total.
    pub(super) fn posting(
        &mut self,
        account: &str,
        amount: Decimal,
        commodity: &str,
        total: Option<(Decimal, &str)>,
    ) {
        let total = total.map(|(total, currency)| format!(" @@ {total} {currency}")).unwrap_or_default();
        self.line(2, &format!("{account}  {amount} {commodity}{total}"));
    }
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => written.extend(['\\', character]),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            other => written.push(other),
        }
    }
    written.push('"');
    written
}

/// Whether all tags are such as beancount writes, and none is there twice.
fn are_plain(tags: &[String]) -> bool {
    let is_plain = |tag: &String| {
        !tag.is_empty()
            && tag.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'))
    };
    tags.iter()
        .enumerate()
        .all(|(place, tag)| is_plain(tag) && !tags.iter().take(place).any(|before| before == tag))
}

fn escaped_tag(tag: &str) -> String {
    tag.replace('\\', "\\\\").replace('|', "\\|")
}
