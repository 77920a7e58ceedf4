//! `lots.reconcile`.

mod filing;
mod history;
mod matching;
mod ours;
mod reasons;
#[cfg(test)]
mod tests;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    num::Decimal,
    order,
    wire::Wire,
};

use super::{
    LotBookInput,
    form_8949::{Form8949, Form8949Row, form_of, probable_in, tax_year, united_states},
};
use crate::{
    HoldingTerm,
    engine::Book,
    exact::atoms,
    names::Places,
    output::{LotDisposal, disposal_row},
};

/// Input of `lots.reconcile`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BrokerReconciliationInput {
    /// The history of the book.
    pub book: LotBookInput,
    /// The tax year, from 2011.
    #[wire(range = 2011..=9999)]
    pub year: i32,
    /// The sales that the brokers report, from all Forms 1099-B and 1099-DA of the year.
    #[wire(length = ..=100_000)]
    pub rows: Vec<BrokerSale>,
    /// What the brokers call securities, such as a CUSIP, where it is not the id in the book.
    #[wire(default, omit, length = ..=10_000)]
    pub names: Vec<BrokerSecurityName>,
    /// The difference of an amount that counts as rounding, for each lot of a row, 0 to 1; `0.01` if absent.
    #[wire(range = 0..=1)]
    pub rounding: Option<Decimal>,
}

impl BrokerReconciliationInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`reconcile`].
    pub fn run(&self, control: &Control) -> Result<BrokerReconciliation> {
        reconcile(self, control)
    }
}

/// What a broker calls a security.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BrokerSecurityName {
    /// The name, such as a CUSIP or a description.
    #[wire(length = 1..=100)]
    pub name: String,
    /// The id of the security in the book.
    #[wire(length = 1..=100)]
    pub security: String,
}

/// A sale as Form 1099-B has it, with the box of that form in brackets.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BrokerSale {
    /// The id of the account; it may be left out in a book of one account.
    #[wire(length = 1..=100)]
    pub account: Option<String>,
    /// The security: its id in the book, or a name of `names`.
    #[wire(length = 1..=100)]
    pub security: String,
    /// What the form calls the sale, which goes to column (a) of Form 8949 (1a); absent for the quantity and the security.
    #[wire(length = 1..=200)]
    pub description: Option<String>,
    /// The number of shares, above zero.
    #[wire(above = 0)]
    pub quantity: Decimal,
    /// The day of acquisition (1b); absent for `VARIOUS` or an unknown one.
    pub date_acquired: Option<Date>,
    /// The day of the sale (1c).
    pub date_sold: Date,
    /// The proceeds (1d), at least zero.
    #[wire(range = 0..)]
    pub proceeds: Decimal,
    /// The cost or other basis (1e), at least zero; absent if the form shows none.
    #[wire(range = 0..)]
    pub cost: Option<Decimal>,
    /// The accrued market discount (1f), at least zero.
    #[wire(default, omit, range = 0..)]
    pub accrued_discount: Decimal,
    /// The loss disallowed by wash sales (1g), at least zero.
    #[wire(default, omit, range = 0..)]
    pub disallowed_loss: Decimal,
    /// Whether the gain is short-term or long-term (2); absent if the form does not say.
    pub term: Option<HoldingTerm>,
    /// Whether the basis was reported to the Internal Revenue Service (12): the security is covered.
    pub basis_reported: bool,
}

/// What the brokers report beside what the book has, and the Form 8949 to file.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BrokerReconciliation {
    /// The rows of the brokers in their order, each with the sales that it stands for.
    pub rows: Vec<ReconciledSale>,
    /// The sales of the book that no broker reports.
    pub missing_at_broker: Vec<LotDisposal>,
    /// The form to file: the brokers' figures with the codes and the adjustments that lead to the gains of the book, the
    /// sales that no broker reports, and what the brokers report and the book does not have.
    pub form: Form8949,
}

/// A row of a broker, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ReconciledSale {
    /// By which rule it was matched.
    pub matched_by: BrokerMatch,
    /// The lots that it stands for; empty if there are none.
    pub lots: Vec<ReconciledLot>,
    /// What differs, and why; empty if nothing does.
    pub differences: Vec<BrokerDifference>,
    /// The rows of Form 8949 to file for it: one, or one for each term.
    pub filed: Vec<Form8949Row>,
    /// Whether a statement has to explain why less of a loss is disallowed than the broker says.
    pub needs_statement: bool,
}

/// A lot, or a part of it, that a row of a broker stands for.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ReconciledLot {
    /// The place of the disposal in the answer of `lots.book`, counted from 0.
    pub disposal: u32,
    /// The id of the lot.
    pub lot: String,
    /// The number of shares, rounded half to even to 18 decimal places.
    pub quantity: Decimal,
    /// Their proceeds.
    pub proceeds: Decimal,
    /// What they cost.
    pub cost: Decimal,
    /// The loss that wash sales disallow, at least zero.
    pub disallowed_loss: Decimal,
    /// Whether the gain is short-term or long-term.
    pub term: HoldingTerm,
}

/// The rule by which a row was matched, from the strictest to the loosest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum BrokerMatch {
    /// The lot and every figure agree.
    Exact,
    /// The account, the security, both days and the quantity agree.
    Lot,
    /// The account, the security, the day of the sale and the quantity agree.
    Sale,
    /// The quantities of all rows and all lots agree that an account sold of a security on a day, or that are of one term.
    Group,
    /// The proceeds agree of all that an account sold of a security on a day, and the security was split.
    Proceeds,
    /// Nothing in the book fits.
    Nothing,
}

/// Something that differs between a broker and the book.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct BrokerDifference {
    /// Why it differs.
    pub reason: DifferenceReason,
    /// What differs.
    pub figure: BrokerFigure,
    /// The book's figure less the broker's; absent for what is no amount, such as the term.
    #[wire(omit)]
    pub amount: Option<Decimal>,
}

/// A figure of Form 1099-B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum BrokerFigure {
    /// The day of acquisition (1b).
    DateAcquired,
    /// The proceeds (1d).
    Proceeds,
    /// The cost (1e).
    Cost,
    /// The disallowed loss (1g).
    DisallowedLoss,
    /// The term (2).
    Term,
    /// The sale as a whole.
    Sale,
}

/// Why a broker and the book differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum DifferenceReason {
    /// A wash sale whose replacement is in another account or is another security, which brokers need not look for (Reg.
    /// 1.6045-1(d)(6)(iii)).
    WashSaleAcrossAccounts,
    /// A wash sale within the account that the book has and the broker has not, or has with a smaller loss.
    WashSaleOfBook,
    /// A wash sale that the broker has and the book has not, or has with a smaller loss.
    WashSaleOfBroker,
    /// A return of capital has reduced the cost in the book and not at the broker.
    ReturnOfCapital,
    /// A split that the broker has not taken into account.
    CorporateAction,
    /// Rounding.
    Rounding,
    /// The broker need not know the cost.
    UncoveredLot,
    /// The broker's cost is wrong, and the book does not tell why.
    WrongBasis,
    /// The broker's proceeds are wrong, for example without the fees of the sale.
    WrongProceeds,
    /// The broker's term is wrong.
    WrongTerm,
    /// The broker took another lot: by another method, or because a specification did not reach it.
    OtherLot,
    /// The book has no such sale.
    MissingInBook,
}

/// What it takes to explain and file a row, in units of work.
const ROW: usize = 100;

/// The most shares of a row: 10^15.
const MOST: i64 = 1_000_000_000_000_000;

/// A row of a broker in the units of the book.
struct Row<'a> {
    given: &'a BrokerSale,
    /// The index of the account.
    account: usize,
    /// The id of the security in the book.
    security: &'a str,
    /// The number of shares in units of 10^-18.
    atoms: i128,
    sold: i32,
    acquired: Option<i32>,
    proceeds: i128,
    cost: Option<i128>,
    discount: i128,
    disallowed: i128,
}

/// Matches what the brokers report with the book, tells why figures differ, and gives the Form 8949 to file.
///
/// # Errors
/// Those of [`book`](super::book), inside `book`; `field.conflict` if the book is not kept by the rules of the United
/// States; `year.out_of_range`; `date.out_of_range` for a sale of another year; `name.unknown`, `field.missing` for an
/// account; `list.duplicate` for a name of a security; `quantity.out_of_range`, `amount.out_of_range`,
/// `decimal.too_precise`.
#[expect(clippy::indexing_slicing, reason = "a sale that no broker reports is one of the list")]
pub fn reconcile(input: &BrokerReconciliationInput, control: &Control) -> Result<BrokerReconciliation> {
    let book = united_states(&input.book, true, control)?;
    tax_year(input.year).at("year")?;
    let rounding = rounding(&book, input.rounding)?;
    let rows = rows(&book, input)?;
    let ours = ours::sales(&book, &input.book.events, input.year)?;
    let matched = matching::matches(&input.book.events, &rows, &ours, rounding, control)?;
    let history = history::of(&book, control)?;

    let mut work = Work::under(control);
    let mut filed = Vec::new();
    let mut reconciled = Vec::new();
    for (row, found) in rows.iter().zip(&matched.rows) {
        work.done(ROW)?;
        let parts = ours::parts(&ours, &found.pieces, &history)?;
        let differences = reasons::differences(&book, row, found.by, &parts, rounding)?;
        let forms = filing::row(&book, input.year, row, &parts, rounding)?;
        let needs_statement = row.disallowed - rounding > parts.total().disallowed && !parts.is_empty();
        reconciled.push(ReconciledSale {
            matched_by: found.by,
            lots: parts.lots(&book)?,
            differences,
            filed: forms.iter().map(|form| form.clone().row(&book)).collect::<Result<_>>()?,
            needs_statement,
        });
        filed.extend(forms);
    }
    let mut missing_at_broker = Vec::new();
    for sale in matched.missing_at_broker.iter().map(|place| &ours[*place]) {
        missing_at_broker.push(disposal_row(&book, sale.place as usize)?);
        filed.push(filing::unreported(&book, input.year, sale)?);
    }
    filed.extend(super::form_8949::distributions(&book, input.year)?);
    order::sort_by_key(&mut filed, |row| (row.form_box, row.sold, row.disposals.first().copied()));
    let probable_wash_sales = probable_in(&book, &input.book.events, input.year, control)?;
    let form = Form8949 { probable_wash_sales, ..form_of(&book, filed, false)? };
    Ok(BrokerReconciliation { rows: reconciled, missing_at_broker, form })
}

/// The difference that counts as rounding, in the smallest unit of the book.
fn rounding(book: &Book, given: Option<Decimal>) -> Result<i128> {
    let default = || Decimal::new(1, 2);
    let rounding = given.map_or_else(default, Ok)?;
    if rounding > Decimal::ONE {
        let message = format!("{rounding} is not an amount from 0 to 1");
        return Err(Error::new(ErrorCode::AmountOutOfRange, message).at("rounding"));
    }
    match given {
        Some(rounding) => book.amount(rounding, "rounding"),
        // A book with fewer decimal places rounds to its own.
        None => Ok(10i128.pow(book.places.saturating_sub(2))),
    }
}

fn rows<'a>(book: &Book, input: &'a BrokerReconciliationInput) -> Result<Vec<Row<'a>>> {
    let names = Places::of(input.names.iter().map(|entry| entry.name.as_str()));
    if let Some((index, again)) = names.again.and_then(|index| Some((index, input.names.get(index)?))) {
        let message = format!("{:?} is explained twice", again.name);
        return Err(Error::new(ErrorCode::ListDuplicate, message).at("name").at_index("names", index));
    }
    let security = |given: &'a BrokerSale| {
        let explained = names.get(&given.security).and_then(|place| input.names.get(place));
        explained.map_or(&given.security, |entry: &BrokerSecurityName| &entry.security).as_str()
    };
    let rows = input.rows.iter().enumerate();
    rows.map(|(index, given)| row(book, input.year, security(given), given).at_index("rows", index)).collect()
}

fn row<'a>(book: &Book, year: i32, security: &'a str, given: &'a BrokerSale) -> Result<Row<'a>> {
    if given.date_sold.year() != year {
        let message = format!("{} is not in {year}", given.date_sold);
        return Err(Error::new(ErrorCode::DateOutOfRange, message).at("dateSold"));
    }
    let quantity = given.quantity.normalized();
    if quantity <= Decimal::ZERO || quantity > Decimal::from(MOST) {
        let message = format!("{quantity} is not a number of shares above 0 and up to 10^15");
        return Err(Error::new(ErrorCode::QuantityOutOfRange, message).at("quantity"));
    }
    Ok(Row {
        given,
        account: book.standing_for(book.account(given.account.as_ref())?),
        security,
        atoms: atoms(quantity).at("quantity")?,
        sold: given.date_sold.day_number(),
        acquired: given.date_acquired.map(Date::day_number),
        proceeds: book.amount(given.proceeds, "proceeds")?,
        cost: given.cost.map(|cost| book.amount(cost, "cost")).transpose()?,
        discount: book.amount(given.accrued_discount, "accruedDiscount")?,
        disallowed: book.amount(given.disallowed_loss, "disallowedLoss")?,
    })
}
