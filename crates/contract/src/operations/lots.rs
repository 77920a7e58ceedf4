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
        )
        .example(
            "A merger for a share and 5.00 in cash: a lot with a gain and one with a loss",
            r#"{"events": [
                {"kind": "buy", "date": "2023-05-01", "security": "OLD", "quantity": "100", "price": "10"},
                {"kind": "buy", "date": "2024-11-01", "security": "OLD", "quantity": "100", "price": "30"},
                {"kind": "merger", "date": "2025-06-02", "security": "OLD", "into": "NEW", "from": 1, "to": 1,
                 "cashPerShare": "5", "price": "20"}]}"#,
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
after the sale replace it even if they are sold again. Digital assets have no wash sales and replace nothing.

All accounts belong to one household. Shares that go from one to another by `transfer`, also between spouses, keep basis, \
dates and ids (IRC 1041, 1223(2)). Shares that come as a gift keep the donor's basis and dates; if they were worth less than \
that basis, a loss is counted from the value and from the day of the gift, and between the two there is neither gain nor \
loss (IRC 1015(a)). Inherited shares have the value at the death, or the alternate valuation, and are long-term (IRC 1014, \
1223(9), 2032). Neither gifts nor inheritances replace shares sold at a loss, and nor do shares that come of a merger or a \
spin-off without tax, since they are not purchased (IRC 1091(a)). In a merger for shares and cash the gain of each lot is \
recognised up to its cash, and no loss (IRC 356); a spin-off divides the basis of each lot (IRC 358). Cash in place of a \
fraction of a share is the price of that fraction.

What is sold short is a lot that is owed; its gain counts when it is closed by a purchase, and is short-term, except that a \
loss is long-term as far as the same shares were held for more than one year at the short sale, in any taxable account of \
the book (IRC 1233(d)). The holding period of shares held for less, or bought before the closing, begins at the closing (IRC \
1233(b)(2)). A loss is disallowed as far as the same shares are sold short again within 30 days before or after the closing, \
and reduces what that short sale brought (IRC 1091(e)(2)); sales of shares that are held do not count here. Closing with \
shares that are held, constructive sales (IRC 1259), and puts that count as short sales (IRC 1233(b)) are not covered.

The quantity of an option is one of contracts, and its price that of one share; a contract costs the price times the \
multiplier. Exercise and assignment move the premium into the cost or the proceeds of the shares (Rev. Rul. 78-182). A call \
replaces shares sold at a loss as the shares of its contracts would; an option sold at a loss is replaced by the same option \
only. A split leaves the contracts as they are; one of the option's own id adjusts them. Of section 1256 contracts 60 % of a \
gain is long-term, and they have no wash sales; `markToMarket` at the end of each year is an event of the list. Bonds are \
refused. With the pools of the United Kingdom and Canada, a book takes trades, splits, bonus shares and returns of capital \
only.";

const EXPLAIN: &str = "\
Builds the book as `lots.book` does and tells what happened to one lot. The changes of the cost add up to the cost of what is \
left of it. A lot that replaces shares sold at a loss is set apart from the rest of its purchase, and both are listed.";
