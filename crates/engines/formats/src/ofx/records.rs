//! The statements of a file, their records, and the decimal mark of all amounts.

use wherewithal_base::Result;

use super::document::{Document, Node};
use crate::{
    DecimalMark,
    dialect::{Decided, Marks, Settled},
};

/// The elements of a record that have an amount, a number of shares or a price.
const AMOUNTS: [&str; 19] = [
    "TRNAMT",
    "BALAMT",
    "TOTAL",
    "UNITS",
    "UNITPRICE",
    "COMMISSION",
    "FEES",
    "LOAD",
    "TAXES",
    "PENALTY",
    "WITHHOLDING",
    "STATEWITHHOLDING",
    "OLDUNITS",
    "NEWUNITS",
    "NUMERATOR",
    "DENOMINATOR",
    "FRACCASH",
    "MKTVAL",
    "AVAILCASH",
];

/// The statements of banks, cards and brokers.
pub(super) fn statements<'d, 'a>(document: &'d Document<'a>) -> impl Iterator<Item = Node<'d, 'a>> {
    document.nodes().filter(|node| matches!(node.name(), "STMTRS" | "CCSTMTRS" | "INVSTMTRS"))
}

/// The records of a statement in the order of the file, each with the name of the list in which it stands. A balance is a list
/// of itself.
pub(super) fn records<'d, 'a>(
    statement: &Node<'d, 'a>,
) -> impl Iterator<Item = (&'d str, Node<'d, 'a>)> + use<'d, 'a> {
    statement.children().flat_map(|list| {
        let name = list.name();
        let is_balance = matches!(name, "LEDGERBAL" | "AVAILBAL" | "INVBAL");
        let is_list =
            matches!(name, "BANKTRANLIST" | "BANKTRANLISTP" | "INVTRANLIST" | "INVPOSLIST" | "INVOOLIST");
        let listed = list.children().filter(move |record| {
            is_list
                && !matches!((name, record.name()), (_, "DTSTART" | "DTEND") | ("BANKTRANLISTP", "DTASOF"))
        });
        is_balance.then_some(list).into_iter().chain(listed).map(move |record| (name, record))
    })
}

/// Whether the records of a list are no transactions yet.
pub(super) fn is_pending(list: &str) -> bool {
    matches!(list, "BANKTRANLISTP" | "INVOOLIST")
}

/// The decimal mark of all amounts. It is a point or a comma, and there are no groups of digits (3.2.9.1); where a bank groups
/// them nevertheless, other amounts tell which mark separates the fraction. A lone `1.234` is a fraction; a lone `1,234` could
/// be either, and is not guessed.
///
/// # Errors
/// `decimal.ambiguous`, `decimal.inconsistent`.
pub(super) fn decimal_mark(
    document: &Document<'_>,
    given: Option<DecimalMark>,
) -> Result<Decided<DecimalMark>> {
    let mut marks = Marks::default();
    let mut row = 0;
    for statement in statements(document) {
        for (list, record) in records(&statement) {
            row += 1;
            if is_pending(list) {
                continue;
            }
            for element in record.all().filter(|element| AMOUNTS.contains(&element.name())) {
                marks.see(element.value(), row);
            }
        }
    }
    let settled = match given {
        None if marks.are_lone_points() => Settled::ByFormat(DecimalMark::Point),
        given => Settled::of(given, None),
    };
    marks.decide(&settled)
}
