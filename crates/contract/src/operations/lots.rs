//! The entries of `lots`.

use wherewithal::lots::{LotBookInput, LotExplanationInput};

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "lots.book",
            "The tax lots of a history of trades: what is left, what was sold from which lot, and wash sales.",
            LotBookInput::run,
        )
        .details(BOOK)
        .example(
            "A loss that is deferred because shares are bought back within 30 days",
            r#"{"events": [
                {"kind": "buy", "date": "2024-02-01", "security": "X", "quantity": "50", "price": "40"},
                {"kind": "buy", "date": "2024-03-01", "security": "X", "quantity": "50", "price": "44"},
                {"kind": "sell", "date": "2025-04-01", "security": "X", "quantity": "50", "price": "36"},
                {"kind": "sell", "date": "2025-04-08", "security": "X", "quantity": "50", "price": "35"},
                {"kind": "buy", "date": "2025-04-15", "security": "X", "quantity": "25", "price": "37"}]}"#,
        )
        .example(
            "A reverse split of 1 for 7 with cash for the fraction of a share",
            r#"{"events": [
                {"kind": "buy", "date": "2023-05-01", "security": "Y", "quantity": "50", "amount": "400"},
                {"kind": "buy", "date": "2024-11-01", "security": "Y", "quantity": "30", "amount": "270"},
                {"kind": "split", "date": "2025-06-02", "security": "Y", "from": 7, "to": 1,
                 "cashInLieu": [{"amount": "30"}]}]}"#,
        ),
        Operation::new(
            "lots.explain",
            "How a lot came to its cost: each event that changed it, and the rule.",
            LotExplanationInput::run,
        )
        .details(EXPLAIN)
        .example(
            "A lot that takes over the loss of the shares that it replaces",
            r##"{"lot": "#2", "book": {"events": [
                {"kind": "buy", "date": "2025-01-06", "security": "X", "quantity": "100", "price": "40"},
                {"kind": "sell", "date": "2025-04-01", "security": "X", "quantity": "100", "price": "36"},
                {"kind": "buy", "date": "2025-04-15", "security": "X", "quantity": "100", "price": "37"}]}}"##,
        ),
    ]
}

const BOOK: &str = "\
Events take effect by date, whatever their order in the list; on one day by `sequence`, then corporate actions before \
purchases and purchases before sales. A sale that stands before the purchases of its day sells what is held first, \
whatever the method, and takes from them, in their order, only what it lacks. Quantities are exact fractions, so a split and \
its reverse change nothing.

Amounts are kept to the minor unit of the currency, or to `amountPlaces`. What is left of a lot costs its share of the lot's \
cost, rounded half to even, and what was sold of it the rest; so a sale in two parts costs what it would cost in one. Where \
several lots share an amount, all of them up to a lot get together their share of it, rounded half to even; so the parts \
add up to it.

The cost of a lot is its price and the fees; proceeds are net of fees. A return of capital reduces the cost of each lot, and \
what is above it is a gain of that lot. A sale is long-term if the shares were held for more than one year by the calendar \
(Rev. Rul. 66-7).

In the United States a loss is disallowed as far as the same security, or one that is certainly substantially identical, is \
bought within 30 days before or after the sale, in any account of the book (IRC 1091). The loss is added to the cost of \
the shares bought, and the holding period to theirs; in an account whose gains are not taxed it is lost (Rev. Rul. \
2008-5). Sales are matched in their order, the lots of one sale in the order of acquisition whatever the method, and with them \
purchases in theirs; a share replaces one share only (Reg. 1.1091-1(b) to (e)). Shares that are sold with, or before, the \
loss replace nothing, nor does what is left of a purchase replace what was sold of it (Rev. Rul. 56-602). Shares bought \
after the sale replace it even if they are sold again. Digital assets have no wash sales and replace nothing.";

const EXPLAIN: &str = "\
Builds the book as `lots.book` does and tells what happened to one lot. The changes of the cost add up to the cost of what is \
left of it. A lot that replaces shares sold at a loss is set apart from the rest of its purchase, and both are told.";
