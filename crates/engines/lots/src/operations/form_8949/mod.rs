//! `lots.form_8949`.

mod boxes;
mod rows;

use wherewithal_base::{
    Error, ErrorCode, Result, control::Control, error::At as _, money::Currency, wire::Wire,
};

pub(crate) use boxes::Reporting;
pub use boxes::{BrokerReporting, Form8949Box, SaleReporting};
pub(crate) use rows::{
    Acquired, Filed, Sums, describe, description, disposals_of, distributions, gain_of_section_1256,
    is_digital, rows, totals,
};
pub use rows::{Form8949Row, Form8949Totals};

use super::{LotBookInput, probable_wash_sales};
use crate::{
    engine::Book,
    input::{Jurisdiction, LotEvent, LotScope},
    names::Securities,
    output::ProbableWashSale,
};

/// The first year that has a Form 8949.
const FIRST_YEAR: i32 = 2011;

/// Input of `lots.form_8949`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Form8949Input {
    /// The history of the book.
    pub book: LotBookInput,
    /// The tax year, from 2011.
    #[wire(range = 2011..=9999)]
    pub year: i32,
    /// What the brokers report, where it differs from what the dates of acquisition say. Of the entries that fit a sale, the
    /// last one counts.
    #[wire(default, omit, length = ..=10_000)]
    pub reporting: Vec<BrokerReporting>,
    /// Whether the lots of a sale that belong to one box share a row, with `VARIOUS` in place of several days of
    /// acquisition. Otherwise each lot has a row.
    #[wire(default, omit)]
    pub rows_by_sale: bool,
    /// Whether totals are rounded to whole dollars. Rows keep their cents, so a loss that is disallowed leaves no gain.
    #[wire(default, omit)]
    pub whole_dollar_totals: bool,
}

impl Form8949Input {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`form_8949`].
    pub fn run(&self, control: &Control) -> Result<Form8949> {
        form_8949(self, control)
    }
}

/// Form 8949 of a year.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Form8949 {
    /// Part I: short-term sales, by box and day.
    pub short_term: Vec<Form8949Row>,
    /// Part II: long-term sales, by box and day.
    pub long_term: Vec<Form8949Row>,
    /// The totals of each box that has rows (line 2).
    pub totals: Vec<Form8949Totals>,
    /// Losses of the rows that may not count although the form lets them, as in `lots.book`; absent if there are none.
    #[wire(default, omit)]
    pub probable_wash_sales: Vec<ProbableWashSale>,
}

/// The sales of a year in taxable accounts as rows of Form 8949.
///
/// # Errors
/// Those of [`book`](super::book), inside `book`; `field.conflict` if the book is not kept by the rules of the United
/// States and in its currency, and for an account in `reporting` where the lots of all accounts are one; `name.unknown` for
/// an account, a security or a lot in `reporting` that does not exist; `year.out_of_range`.
pub fn form_8949(input: &Form8949Input, control: &Control) -> Result<Form8949> {
    let mut book = united_states(&input.book, false, control)?;
    tax_year(input.year).at("year")?;
    let reporting = reporting(&mut book, &input.book, &input.reporting)?;
    let rows = rows(&book, input.year, &reporting, input.rows_by_sale, control)?;
    let probable_wash_sales = probable_in(&book, &input.book.events, input.year, control)?;
    Ok(Form8949 { probable_wash_sales, ..form_of(&book, rows, input.whole_dollar_totals)? })
}

/// The losses of a year that may not count.
pub(crate) fn probable_in(
    book: &Book,
    events: &[LotEvent],
    year: i32,
    control: &Control,
) -> Result<Vec<ProbableWashSale>> {
    // In the order of their places.
    let own: Vec<u32> = disposals_of(book, year).map(|(place, _)| place).collect();
    let mut rows = probable_wash_sales(book, events, control)?;
    rows.retain(|row| own.binary_search(&row.disposal).is_ok());
    Ok(rows)
}

/// What the brokers report.
pub(crate) fn reporting<'a>(
    book: &mut Book,
    history: &'a LotBookInput,
    given: &'a [BrokerReporting],
) -> Result<Reporting<'a>> {
    book.number_blocks();
    let known = Securities::of(history);
    for (index, entry) in given.iter().enumerate() {
        check_entry(book, &known, entry).at_index("reporting", index)?;
    }
    Reporting::new(&history.events, given)
}

/// That an entry is about an account, a security and a lot that there are.
fn check_entry(book: &Book, known: &Securities<'_>, entry: &BrokerReporting) -> Result<()> {
    let BrokerReporting { account, security, lot, .. } = entry;
    if let Some(account) = account {
        // Lots of a book of all accounts together have no account, so an entry for one would count for none.
        if book.rules.scope == LotScope::AllAccounts {
            let message = "the lots of all accounts are one, so no lot is of this account; name the security or the lot instead";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("account"));
        }
        book.account_by_id(account).at("account")?;
    }
    if let Some(security) = security {
        known.require(security).at("security")?;
    }
    match lot {
        Some(lot) if !book.has_lot(lot) => {
            let message = format!("no lot is called {lot:?}");
            Err(Error::new(ErrorCode::NameUnknown, message).at("lot"))
        }
        _ => Ok(()),
    }
}

/// The form with rows in their order.
pub(crate) fn form_of(book: &Book, rows: Vec<Filed>, whole_dollar_totals: bool) -> Result<Form8949> {
    let totals = totals(&rows)
        .iter()
        .map(|(form_box, sums)| Form8949Totals::of(book, *form_box, *sums, whole_dollar_totals))
        .collect::<Result<_>>()?;
    let (short_term, long_term, probable_wash_sales) = (Vec::new(), Vec::new(), Vec::new());
    let mut form = Form8949 { short_term, long_term, totals, probable_wash_sales };
    for row in rows {
        let part = if row.form_box.is_long_term() { &mut form.long_term } else { &mut form.short_term };
        part.push(row.row(book)?);
    }
    Ok(form)
}

/// Builds a book that is kept by the rules of the United States.
pub(crate) fn united_states(input: &LotBookInput, with_journal: bool, control: &Control) -> Result<Book> {
    let rules = &input.rules;
    if rules.jurisdiction != Jurisdiction::UnitedStates {
        let message = "the form is one of the United States, and the book is not kept by their rules";
        return Err(Error::new(ErrorCode::FieldConflict, message).at("jurisdiction").at("rules").at("book"));
    }
    if rules.currency != Currency::USD {
        let message = format!("the form is in US dollars, and the book in {}", rules.currency);
        return Err(Error::new(ErrorCode::FieldConflict, message).at("currency").at("rules").at("book"));
    }
    input.build(with_journal, control).at("book")
}

/// A year that has the form.
pub(crate) fn tax_year(year: i32) -> Result<i32> {
    if (FIRST_YEAR..=9999).contains(&year) {
        return Ok(year);
    }
    let message = format!("{year} is not a year from {FIRST_YEAR} to 9999");
    Err(Error::new(ErrorCode::YearOutOfRange, message))
}
