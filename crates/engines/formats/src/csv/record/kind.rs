//! What a row says that it is.

use wherewithal_base::num::Decimal;
use wherewithal_ledger::LedgerTransactionType as Type;

use super::{Cells, amount::Moved, is_broker};
use crate::{
    ColumnField as Field,
    csv::layout::{Flow, Layout, Otherwise, Says},
};

/// What the words of a row say.
pub(super) enum Said {
    /// It is this.
    Word(Meaning),
    /// It is no transaction, for a reason.
    Nothing(&'static str),
    /// It is the cash of an account.
    Cash,
    /// No word is known.
    Unknown,
}

/// What a word says.
#[derive(Clone, Copy)]
pub(super) struct Meaning {
    pub(super) r#type: Type,
    /// Which way the money goes.
    pub(super) flow: Flow,
    /// Whether another row can have the money.
    pub(super) is_paid_apart: bool,
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
    let Some(word) = layout.words.iter().find(|word| word.is_in(words)) else { return Said::Unknown };
    match word.says {
        Says::Nothing(reason) => Said::Nothing(reason),
        Says::Cash => Said::Cash,
        Says::Type(r#type) => {
            Said::Word(Meaning { r#type, flow: word.flow, is_paid_apart: word.is_paid_apart })
        }
    }
}

/// What a row is.
pub(super) fn of(
    cells: &Cells<'_, '_>,
    meaning: Option<Meaning>,
    moved: &Moved,
    words: &str,
    has_security: bool,
) -> Type {
    let r#type = match meaning {
        Some(meaning) => meaning.r#type,
        None => otherwise(cells, moved, words, has_security),
    };
    // Exports of cards call interest a fee, or leave out what it is.
    let is_charge = r#type == Type::Fee || meaning.is_none() && r#type == Type::Purchase;
    if is_charge && is_interest(cells) { Type::Interest } else { r#type }
}

/// Whether a charge is of interest: `PURCHASE INTEREST CHARGE`, `Interest Charge on Purchases`.
fn is_interest(cells: &Cells<'_, '_>) -> bool {
    cells.text(Field::Description).to_ascii_lowercase().contains("interest charge")
}

/// What a row is whose words say nothing.
fn otherwise(cells: &Cells<'_, '_>, moved: &Moved, words: &str, has_security: bool) -> Type {
    let otherwise = cells.table.layout.otherwise;
    let amount = moved.amount.unwrap_or_default();
    match otherwise {
        Otherwise::Bank if amount.is_negative() => Type::Withdrawal,
        Otherwise::Bank => Type::Deposit,
        Otherwise::Card if amount.is_negative() => Type::Purchase,
        Otherwise::Card if is_payment(cells) => Type::Payment,
        Otherwise::Card => Type::Refund,
        Otherwise::Broker => traded(cells, moved, words, has_security),
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

/// What a row of a broker is: a trade by its sign, if it has shares and no words for them. Shares that go one way while money
/// goes the other are traded, whatever the words: a bond is redeemed, or a fund takes what a sweep leaves.
fn traded(cells: &Cells<'_, '_>, moved: &Moved, words: &str, has_security: bool) -> Type {
    match (moved.quantity.map(Decimal::signum), moved.amount.map(Decimal::signum)) {
        (Some(-1), Some(1)) if has_security => return Type::Sell,
        (Some(1), Some(-1)) if has_security => return Type::Buy,
        _ => {}
    }
    let trades = cells.has(Field::Asset) && matches!(words, "trade" | "spend" | "receive")
        || is_broker(cells.table.layout.otherwise) && matches!(words, "order" | "trade" | "execution");
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
