//! Texts of a transaction, and how they stand on one line.

use wherewithal_ledger::LedgerTransaction;

/// All texts of a transaction.
pub(super) fn all(transaction: &LedgerTransaction) -> impl Iterator<Item = &str> {
    let own = [
        Some(&transaction.description),
        transaction.payee.as_ref(),
        transaction.memo.as_ref(),
        transaction.check_number.as_ref(),
        transaction.category.as_ref(),
        transaction.merchant_category_code.as_ref(),
        transaction.transfer_account.as_ref(),
        transaction.reference.as_ref(),
    ];
    let splits = transaction.splits.iter().flat_map(|split| {
        [split.category.as_ref(), split.memo.as_ref(), split.transfer_account.as_ref()].into_iter().flatten()
    });
    own.into_iter().flatten().chain(splits).chain(&transaction.tags).map(String::as_str)
}

/// A text on one line: each stretch of spaces, tabs and ends of lines is one space. The second says whether nothing is lost,
/// as is where a reader takes spaces of any kind from the ends.
pub(super) fn line(text: &str) -> (String, bool) {
    let mut written = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_control() || c == ' ').filter(|word| !word.is_empty()) {
        if !written.is_empty() {
            written.push(' ');
        }
        written.push_str(word);
    }
    if written == text {
        let is_whole = written.trim() == written;
        return (written, is_whole);
    }
    // Runs of spaces stay where nothing else is wrong.
    let is_plain = !text.contains(char::is_control) && text.trim() == text;
    if is_plain { (text.to_owned(), true) } else { (written, false) }
}

/// The beginning of a text. The second says whether it is the whole of it.
pub(super) fn cut(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (text.get(..end).unwrap_or_default().trim_end(), false),
        None => (text, true),
    }
}
