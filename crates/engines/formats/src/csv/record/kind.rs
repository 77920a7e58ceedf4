//! What a row says that it is.

use wherewithal_ledger::LedgerTransactionType as Type;

use super::{Cells, amount::Moved, is_broker};
use crate::{
    ColumnField as Field,
    csv::layout::{Flow, Layout, Otherwise, Says},
};

/// What the words of a row say.
pub(super) enum Said {
    /// It is this, and its money goes this way.
    Word((Type, Flow)),
    /// It is no transaction, for a reason.
    Nothing(&'static str),
    /// It is the cash of an account.
    Cash,
    /// No word is known.
    Unknown,
}

/// The words of a row in lower case: those of its type, or of its description if it has no type, or of the category.
pub(super) fn words(cells: &Cells<'_, '_>) -> String {
    let fields = [Field::Type, Field::Category, Field::Description];
    let typed = if cells.has(Field::Type) { &fields[..1] } else { &fields[1..] };
    let is_section = matches!(cells.table.layout.shape, crate::csv::layout::Shape::Section(_));
    let described = if is_section && !cells.has(Field::Type) { &fields[2..] } else { typed };
    let first = described.iter().map(|field| cells.text(*field)).find(|text| !text.is_empty());
    first.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What the words say.
pub(super) fn said(layout: &Layout, words: &str) -> Said {
    match layout.words.iter().find(|word| word.is_in(words)).map(|word| (word.says, word.flow)) {
        Some((Says::Nothing(reason), _)) => Said::Nothing(reason),
        Some((Says::Cash, _)) => Said::Cash,
        Some((Says::Type(r#type), flow)) => Said::Word((r#type, flow)),
        None => Said::Unknown,
    }
}

/// What a row is whose words say nothing.
pub(super) fn otherwise(otherwise: Otherwise, cells: &Cells<'_, '_>, moved: &Moved, words: &str) -> Type {
    let amount = moved.amount.unwrap_or_default();
    match otherwise {
        Otherwise::Bank if amount.is_negative() => Type::Withdrawal,
        Otherwise::Bank => Type::Deposit,
        Otherwise::Card if amount.is_negative() => Type::Purchase,
        Otherwise::Card if is_payment(cells) => Type::Payment,
        Otherwise::Card => Type::Refund,
        Otherwise::Broker => traded(cells, moved, words),
    }
}

/// Whether money that a card receives is a payment of its owner.
fn is_payment(cells: &Cells<'_, '_>) -> bool {
    let is_in = |field| {
        let text = cells.text(field).to_lowercase();
        ["payment", "autopay", "thank you"].iter().any(|word| text.contains(word))
    };
    is_in(Field::Description) || is_in(Field::Category)
}

/// What a row of a broker is: a trade by its sign, if it has shares and no words for them.
fn traded(cells: &Cells<'_, '_>, moved: &Moved, words: &str) -> Type {
    let trades = cells.has(Field::Asset) && matches!(words, "trade" | "spend" | "receive")
        || is_broker(cells.table.layout.otherwise) && words == "order";
    if !trades {
        return Type::Other;
    }
    match moved.quantity {
        Some(quantity) if quantity.is_negative() => Type::Sell,
        Some(_) => Type::Buy,
        // The side of a trade that is money.
        None if moved.amount.unwrap_or_default().is_negative() => Type::Buy,
        None => Type::Sell,
    }
}
