//! `lots.schedule_d`.

use wherewithal_base::{
    Error, ErrorCode, Result, control::Control, error::At as _, num::Decimal, wire::Wire,
};
use wherewithal_reference::income_tax::FilingStatus;

use super::{
    BrokerReporting, LotBookInput,
    form_8949::{Form8949Box, Sums, gain_of_section_1256, reporting, rows, tax_year, totals, united_states},
};
use crate::{engine::Book, exact::proportion, output::money, tally::Tally};

/// Input of `lots.schedule_d`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ScheduleDInput {
    /// The history of the book.
    pub book: LotBookInput,
    /// The tax years, one after the other: what one leaves is carried to the next.
    #[wire(length = 1..=100)]
    pub years: Vec<ScheduleDYear>,
    /// The losses carried over into the first year; absent for none.
    pub carryover: Option<LossCarryover>,
    /// What the brokers report, where it differs from what the dates of acquisition say, as in `lots.form_8949`.
    #[wire(default, omit, length = ..=10_000)]
    pub reporting: Vec<BrokerReporting>,
}

impl ScheduleDInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`schedule_d`].
    pub fn run(&self, control: &Control) -> Result<ScheduleDSeries> {
        schedule_d(self, control)
    }
}

/// A tax year, and what the book does not know of it.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ScheduleDYear {
    /// The year, from 2011.
    #[wire(range = 2011..=9999)]
    pub year: i32,
    /// The filing status: a married person who files separately deducts up to 1,500 a year, others up to 3,000.
    pub filing_status: FilingStatus,
    /// Short-term gains from partnerships, S corporations, estates and trusts, negative for losses (line 5).
    #[wire(default, omit)]
    pub pass_through_short_term: Decimal,
    /// Long-term gains from them, negative for losses (line 12).
    #[wire(default, omit)]
    pub pass_through_long_term: Decimal,
    /// Capital gain distributions of funds, at least zero (line 13).
    #[wire(default, omit, range = 0..)]
    pub capital_gain_distributions: Decimal,
    /// Other short-term gains, negative for losses (line 4).
    #[wire(default, omit)]
    pub other_short_term: Decimal,
    /// Other long-term gains, negative for losses (line 11).
    #[wire(default, omit)]
    pub other_long_term: Decimal,
    /// Taxable income of the year, negative if deductions exceed income, by which less of a loss may be used up (IRC
    /// 1212(b)(2)); absent if there is enough to use up the loss that is deducted.
    pub taxable_income: Option<Decimal>,
}

/// Capital losses that are carried over to the next year, each at least zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub struct LossCarryover {
    /// Short-term.
    #[wire(range = 0..)]
    pub short_term: Decimal,
    /// Long-term.
    #[wire(range = 0..)]
    pub long_term: Decimal,
}

/// Schedule D of one year after the other.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ScheduleDSeries {
    /// The years.
    pub years: Vec<ScheduleD>,
}

/// Schedule D (Form 1040) of a year.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ScheduleD {
    /// The year.
    pub year: i32,
    /// The lines that are not empty, and lines 7, 15 and 16, in the order of the form.
    pub lines: Vec<ScheduleDLine>,
    /// Net short-term gain, negative for a loss (line 7).
    pub net_short_term: Decimal,
    /// Net long-term gain, negative for a loss (line 15).
    pub net_long_term: Decimal,
    /// Both together, negative for a loss (line 16).
    pub net_gain: Decimal,
    /// The net capital gain, which the rates of long-term gains apply to: the net long-term gain less a net short-term
    /// loss, at least zero (IRC 1222(11)).
    pub net_capital_gain: Decimal,
    /// The loss that is deducted from other income, at least zero (line 21; IRC 1211(b)).
    pub deducted_loss: Decimal,
    /// What is carried over to the next year (IRC 1212(b)).
    pub carryover: LossCarryover,
}

/// A line of Schedule D.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ScheduleDLine {
    /// The line, such as `1b`.
    pub line: String,
    /// The proceeds (d), for lines from Form 8949.
    #[wire(omit)]
    pub proceeds: Option<Decimal>,
    /// The cost (e), for lines from Form 8949.
    #[wire(omit)]
    pub cost: Option<Decimal>,
    /// The adjustments (g), for lines from Form 8949.
    #[wire(omit)]
    pub adjustment: Option<Decimal>,
    /// The gain, negative for a loss (h).
    pub gain: Decimal,
}

/// The lines that Form 8949 gives, each with the boxes whose totals it has.
const SHORT_TERM_LINES: [(&str, [Form8949Box; 2]); 3] = [
    ("1b", [Form8949Box::A, Form8949Box::G]),
    ("2", [Form8949Box::B, Form8949Box::H]),
    ("3", [Form8949Box::C, Form8949Box::I]),
];
const LONG_TERM_LINES: [(&str, [Form8949Box; 2]); 3] = [
    ("8b", [Form8949Box::D, Form8949Box::J]),
    ("9", [Form8949Box::E, Form8949Box::K]),
    ("10", [Form8949Box::F, Form8949Box::L]),
];

/// Nets the gains and losses of one year after the other, and tells which loss is deducted and which is carried over.
///
/// # Errors
/// Those of [`book`](super::book), inside `book`; `field.conflict` if the book is not kept by the rules of the United
/// States; `name.unknown` for an account, a security or a lot in `reporting` that does not exist; `list.empty`, `list.out_of_order` if the years do not follow one another; `year.out_of_range`,
/// `amount.out_of_range`, `decimal.too_precise`, `decimal.overflow`.
pub fn schedule_d(input: &ScheduleDInput, control: &Control) -> Result<ScheduleDSeries> {
    check_years(&input.years)?;
    let mut book = united_states(&input.book, false, control)?;
    let reporting = reporting(&mut book, &input.book, &input.reporting)?;
    let given = input.carryover.unwrap_or_default();
    let mut carried = Carried {
        short: book.amount(given.short_term, "shortTerm").at("carryover")?,
        long: book.amount(given.long_term, "longTerm").at("carryover")?,
    };
    let mut years = Vec::new();
    for (index, year) in input.years.iter().enumerate() {
        control.check()?;
        let sums = totals(&rows(&book, year.year, &reporting, false, control)?);
        let schedule = Schedule::new(&book, year, &sums, carried).at_index("years", index)?;
        carried = schedule.carried;
        years.push(schedule.report(&book)?);
    }
    Ok(ScheduleDSeries { years })
}

fn check_years(years: &[ScheduleDYear]) -> Result<()> {
    if years.is_empty() {
        return Err(Error::new(ErrorCode::ListEmpty, "give the tax years").at("years"));
    }
    for (index, year) in years.iter().enumerate() {
        tax_year(year.year).at("year").at_index("years", index)?;
    }
    let mut pairs = years.iter().zip(years.iter().skip(1));
    if let Some(index) = pairs.position(|(one, next)| next.year != one.year + 1) {
        let message = "each year must follow the one before it, so that losses can be carried over";
        return Err(Error::new(ErrorCode::ListOutOfOrder, message).at("year").at_index("years", index + 1));
    }
    Ok(())
}

/// Losses carried over, in the smallest unit of the book; at least zero.
#[derive(Debug, Clone, Copy)]
struct Carried {
    short: i128,
    long: i128,
}

/// A line: its number, its columns (d), (e), (g) if it comes from Form 8949, and its gain.
struct Line(&'static str, Option<Sums>, i128);

/// The schedule of a year, in the smallest unit of the book.
struct Schedule {
    year: i32,
    lines: Vec<Line>,
    short: i128,
    long: i128,
    deducted: i128,
    carried: Carried,
}

impl Schedule {
    fn new(
        book: &Book,
        year: &ScheduleDYear,
        sums: &Tally<Form8949Box, Sums>,
        before: Carried,
    ) -> Result<Self> {
        // From Form 6781.
        let section_1256 = gain_of_section_1256(book, year.year);
        let long_part = proportion(section_1256, 60, 100)?;
        let mut lines = from_form(SHORT_TERM_LINES, sums);
        let other = book.signed_amount(year.other_short_term, "otherShortTerm")?;
        lines.push(Line("4", None, other + section_1256 - long_part));
        lines.push(Line(
            "5",
            None,
            book.signed_amount(year.pass_through_short_term, "passThroughShortTerm")?,
        ));
        lines.push(Line("6", None, -before.short));
        let short = lines.iter().map(|line| line.2).sum();
        let mut long_lines = from_form(LONG_TERM_LINES, sums);
        let other = book.signed_amount(year.other_long_term, "otherLongTerm")?;
        long_lines.push(Line("11", None, other + long_part));
        long_lines.push(Line(
            "12",
            None,
            book.signed_amount(year.pass_through_long_term, "passThroughLongTerm")?,
        ));
        let distributions = book.amount(year.capital_gain_distributions, "capitalGainDistributions")?;
        long_lines.push(Line("13", None, distributions));
        long_lines.push(Line("14", None, -before.long));
        let long = long_lines.iter().map(|line| line.2).sum();
        lines.retain(|line| !line.is_empty());
        lines.push(Line("7", None, short));
        lines.extend(long_lines.into_iter().filter(|line| !line.is_empty()));
        lines.push(Line("15", None, long));
        lines.push(Line("16", None, short + long));

        let limit = if year.filing_status == FilingStatus::MarriedFilingSeparately { 1_500 } else { 3_000 };
        let limit = limit * 10i128.pow(book.places);
        let deducted = (-(short + long)).clamp(0, limit);
        let income =
            year.taxable_income.map(|income| book.signed_amount(income, "taxableIncome")).transpose()?;
        let carried = carry_over(short, long, deducted, income);
        Ok(Self { year: year.year, lines, short, long, deducted, carried })
    }

    fn report(self, book: &Book) -> Result<ScheduleD> {
        let amount = |amount| money(book, amount);
        let line = |Line(line, sums, gain): Line| {
            Ok(ScheduleDLine {
                line: line.to_owned(),
                proceeds: sums.map(|sums| amount(sums.proceeds)).transpose()?,
                cost: sums.map(|sums| amount(sums.cost)).transpose()?,
                adjustment: sums.map(|sums| amount(sums.adjustment)).transpose()?,
                gain: amount(gain)?,
            })
        };
        Ok(ScheduleD {
            year: self.year,
            lines: self.lines.into_iter().map(line).collect::<Result<_>>()?,
            net_short_term: amount(self.short)?,
            net_long_term: amount(self.long)?,
            net_gain: amount(self.short + self.long)?,
            net_capital_gain: amount((self.long + self.short.min(0)).max(0))?,
            deducted_loss: amount(self.deducted)?,
            carryover: LossCarryover {
                short_term: amount(self.carried.short)?,
                long_term: amount(self.carried.long)?,
            },
        })
    }
}

impl Line {
    fn is_empty(&self) -> bool {
        self.1.is_none() && self.2 == 0
    }
}

/// The lines with the totals of Form 8949 whose boxes have rows.
fn from_form(lines: [(&'static str, [Form8949Box; 2]); 3], sums: &Tally<Form8949Box, Sums>) -> Vec<Line> {
    let line = |(line, boxes): (&'static str, [Form8949Box; 2])| {
        let mut total: Option<Sums> = None;
        for sums in boxes.iter().filter_map(|form_box| sums.get(*form_box)) {
            total.get_or_insert_default().add(*sums);
        }
        total.map(|total| Line(line, Some(total), total.gain()))
    };
    lines.into_iter().filter_map(line).collect()
}

/// What is carried over: the Capital Loss Carryover Worksheet of the instructions of Schedule D, whose lines are named.
///
/// A loss that was deducted uses up the short-term loss first. Where taxable income before the deduction is smaller than the
/// deduction, only so much is used up (IRC 1212(b)(2)).
fn carry_over(short: i128, long: i128, deducted: i128, taxable_income: Option<i128>) -> Carried {
    // Lines 1 to 4.
    let used = taxable_income.map_or(deducted, |income| (income + deducted).clamp(0, deducted));
    // Lines 5 to 8.
    let short_loss = (-short).max(0);
    let short_left = (short_loss - used - long.max(0)).max(0);
    // Lines 9 to 13.
    let long_loss = (-long).max(0);
    let used_by_long = (used - short_loss).max(0);
    let long_left = (long_loss - short.max(0) - used_by_long).max(0);
    Carried { short: short_left, long: long_left }
}
