//! How a table is to be read: its separator, its layout, and the row of its header.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _};

use super::{
    columns::{Columns, Header},
    layout::{Amount, Layout, Otherwise, PROGRAM, Record, Shape},
    layouts,
    rows::{Row, Rows, Source},
};
use crate::{
    AmountSign, ColumnField as Field, ColumnMapping, FileEvidence, FileReadInput,
    printed::{date::Written, number::Printed},
    write::table,
};

/// How many rows are looked at to find the header.
const LOOKED_AT: usize = 100;

/// The separators that are tried.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How a table is to be read.
pub(crate) struct Plan {
    pub(crate) separator: u8,
    /// Why; absent for a sheet, whose cells are apart.
    pub(crate) separator_evidence: Option<FileEvidence>,
    /// The layout of the first table.
    pub(crate) layout: Layout,
    /// All layouts of its name: those of the other tables of the file.
    pub(crate) parts: Vec<&'static Layout>,
    /// The columns of the first table; those of later ones come with their headers.
    pub(crate) columns: Columns,
    /// The number of the row of the first header; 0 without one.
    pub(crate) header_row: u32,
    /// Why the layout was chosen.
    pub(crate) reason: String,
}

/// A header that was found.
struct Found {
    layout: &'static Layout,
    columns: Columns,
    matched: usize,
    row: u32,
}

/// The plan for a table.
///
/// # Errors
/// `file.unrecognized`, `name.unknown`, `field.conflict`, `quote.unclosed`, `input.too_large`.
pub(crate) fn plan(source: Source<'_>, input: &FileReadInput) -> Result<Plan> {
    match (&input.mapping, &input.layout) {
        (Some(_), Some(_)) => {
            let message = "columns are known by a layout or by a mapping: give `layout` or `mapping`";
            Err(Error::new(ErrorCode::FieldConflict, message).at("mapping"))
        }
        (Some(mapping), None) => mapped(source, mapping),
        (None, Some(name)) => known(source, Some(name)),
        (None, None) => known(source, None),
    }
}

/// The plan of a known layout, found among all or among those of a name.
fn known(source: Source<'_>, name: Option<&str>) -> Result<Plan> {
    let candidates: Vec<&'static Layout> = layouts::all()
        .filter(|layout| name.map_or(!layout.is_named_only, |name| layout.name == name))
        .collect();
    if candidates.is_empty() {
        return Err(unknown_layout(name.unwrap_or_default()));
    }
    let mut best: Option<(Found, u8)> = None;
    for separator in separators(source) {
        let Some(found) = first_header(source, separator, &candidates)? else { continue };
        if best.as_ref().is_none_or(|(best, _)| found.matched > best.matched) {
            best = Some((found, separator));
        }
    }
    let (found, separator) = match best {
        Some(best) => best,
        None => headerless(source, &candidates)?.ok_or_else(|| unrecognized(source, name))?,
    };
    let reason = match (name, found.row) {
        (Some(_), _) => "given by the caller".to_owned(),
        (None, 0) => "the file has no header, and its columns are those of the layout".to_owned(),
        (None, row) => format!("row {row} has the {} columns by which it is known", found.matched),
    };
    let evidence = if found.row == 0 {
        "that of the layout".to_owned()
    } else {
        "it separates the names of the header".to_owned()
    };
    Ok(Plan {
        separator,
        separator_evidence: separated(source, separator, evidence, found.row),
        layout: *found.layout,
        parts: layouts::all().filter(|layout| layout.name == found.layout.name).collect(),
        columns: found.columns,
        header_row: found.row,
        reason,
    })
}

fn separated(source: Source<'_>, separator: u8, reason: String, row: u32) -> Option<FileEvidence> {
    let evidence =
        FileEvidence { value: char::from(separator).to_string(), reason, row: (row > 0).then_some(row) };
    matches!(source, Source::Text(_)).then_some(evidence)
}

/// The separators that are tried; for a sheet, any one.
fn separators(source: Source<'_>) -> impl Iterator<Item = u8> {
    let count = if matches!(source, Source::Text(_)) { SEPARATORS.len() } else { 1 };
    SEPARATORS.into_iter().take(count)
}

/// The first row that is the header of a layout, and of the layouts that fit it the one with the most columns.
fn first_header(source: Source<'_>, separator: u8, candidates: &[&'static Layout]) -> Result<Option<Found>> {
    let (mut rows, mut row) = (Rows::of(source, separator), Row::default());
    for _ in 0..LOOKED_AT {
        // A quote that is open with a wrong separator may be closed with the right one.
        match rows.read(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) if separator == b',' && error.code() == ErrorCode::QuoteUnclosed => return Err(error),
            Err(_) => break,
        }
        if row.cells.len() < 2 {
            continue;
        }
        let header = Header::of(&row);
        let mut best: Option<Found> = None;
        for &layout in candidates {
            let Some((columns, matched)) = header_of(layout, &header) else { continue };
            if best.as_ref().is_none_or(|best| matched > best.matched) {
                best = Some(Found { layout, columns, matched, row: row.number });
            }
        }
        if best.is_some() {
            return Ok(best);
        }
    }
    Ok(None)
}

/// The columns of a layout, if a row is its header.
pub(crate) fn header_of(layout: &Layout, header: &Header) -> Option<(Columns, usize)> {
    match layout.shape {
        Shape::Table | Shape::OneOfSeveral => Columns::of_header(layout, header, 0),
        Shape::Section(section) => {
            let is_header = header.place(section, 0) == Some(0) && header.place("header", 1) == Some(1);
            is_header.then(|| Columns::of_header(layout, header, 2)).flatten()
        }
        Shape::Headerless => None,
    }
}

/// A layout without a header whose columns the first row has.
fn headerless(source: Source<'_>, candidates: &[&'static Layout]) -> Result<Option<(Found, u8)>> {
    let (mut rows, mut row) = (Rows::of(source, b','), Row::default());
    if !rows.read(&mut row)? {
        return Ok(None);
    }
    for &layout in candidates {
        let columns = Columns::without_header(layout);
        let fits = layout.shape == Shape::Headerless
            && row.cells.len() == 5
            && matches!(row.cell(2), "*" | "")
            && Written::of(columns.cell(&row, Field::Date)).is_some()
            && Printed::of(columns.cell(&row, Field::Amount)).is_some()
            && !columns.cell(&row, Field::Description).is_empty();
        if fits {
            return Ok(Some((Found { layout, columns, matched: layout.columns.len(), row: 0 }, b',')));
        }
    }
    Ok(None)
}

fn unknown_layout(name: &str) -> Error {
    let mut known: Vec<&str> = layouts::all().map(|layout| layout.name).chain([table::LAYOUT]).collect();
    known.dedup();
    let message = format!("no layout is called {name:?}; known: {}", known.join(", "));
    Error::new(ErrorCode::NameUnknown, message).at("layout")
}

fn unrecognized(source: Source<'_>, name: Option<&str>) -> Error {
    let (mut rows, mut row) = (Rows::of(source, b','), Row::default());
    let mut first = String::new();
    while rows.read(&mut row).unwrap_or(false) {
        if !row.is_blank() {
            first = Header::of(&row).shown();
            break;
        }
    }
    let message = match name {
        Some(name) => format!("no row is the header of the layout {name:?}; the file begins with {first:?}"),
        None if first.is_empty() => "the file is empty".to_owned(),
        None if is_name(source) => format!("{first:?} is the name of a file; give its content"),
        None => format!(
            "no row is the header of a known layout; the file begins with {first:?}; say with `mapping` what its columns mean"
        ),
    };
    Error::new(ErrorCode::FileUnrecognized, message)
}

/// Whether a text is the name of a file, which is given in place of its content now and then.
fn is_name(source: Source<'_>) -> bool {
    let Source::Text(text) = source else { return false };
    let name = text.trim().to_ascii_lowercase();
    let endings = [".csv", ".txt", ".tsv", ".ofx", ".qfx", ".qif", ".xml", ".beancount", ".journal"];
    !name.contains(['\n', ',']) && endings.iter().any(|ending| name.ends_with(ending))
}

/// The plan of columns that the caller describes.
fn mapped(source: Source<'_>, mapping: &ColumnMapping) -> Result<Plan> {
    let record = checked(mapping).at("mapping")?;
    let by_name = mapping.columns.iter().any(|column| column.name.is_some());
    let (separator, reason) = match (source, mapping.separator.as_deref().map(str::as_bytes)) {
        (Source::Sheet(_), Some(_)) => {
            let message = "`separator` is for texts; the cells of a workbook are apart";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("separator").at("mapping"));
        }
        (Source::Sheet(_), None) => (b',', String::new()),
        (Source::Text(_), Some([separator])) if !matches!(separator, b'"' | b'\n' | b'\r') => {
            (*separator, "given by the caller".to_owned())
        }
        (Source::Text(_), Some(_)) => {
            let message = "the separator is one ASCII character, and no quote";
            return Err(Error::new(ErrorCode::TextInvalid, message).at("separator").at("mapping"));
        }
        (Source::Text(text), None) => {
            (commonest(text), "it separates the first rows into the most cells".to_owned())
        }
    };
    let header = match (mapping.header_row, by_name) {
        (Some(number), _) => Some(header_at(source, separator, number).at("headerRow").at("mapping")?),
        (None, true) => Some(header_with(source, separator, mapping)?),
        (None, false) => None,
    };
    let header_row = header.as_ref().map_or(0, |(_, row)| *row);
    let columns = Columns::mapped(mapping, header.as_ref().map(|(header, _)| header))?;
    Ok(Plan {
        separator,
        separator_evidence: separated(source, separator, reason, 0),
        layout: Layout {
            name: "mapping",
            record,
            is_mapping: true,
            words: layouts::programs::PORTFOLIO,
            otherwise: Otherwise::Bank,
            amount: if mapping.sign == AmountSign::Reversed { Amount::Reversed } else { Amount::Signed },
            ..PROGRAM
        },
        parts: Vec::new(),
        columns,
        header_row,
        reason: "given by the caller".to_owned(),
    })
}

/// What the rows of a mapping are: transactions, or positions where no column has an amount and one has a number of shares.
/// Also that it has what they need, and nothing that would be dropped.
fn checked(mapping: &ColumnMapping) -> Result<Record> {
    let has = |field| mapping.columns.iter().any(|column| column.field == field);
    for (index, column) in mapping.columns.iter().enumerate() {
        if mapping.columns.iter().take(index).any(|before| before.field == column.field) {
            let message = "two columns have the same field; give each once";
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("field").at_index("columns", index));
        }
    }
    let moves = has(Field::Amount) || has(Field::Debit) || has(Field::Credit) || has(Field::Type);
    let names_security = SECURITIES.iter().any(|field| has(*field));
    let is_position = !moves
        && has(Field::Quantity)
        && names_security
        && (!has(Field::Date) || has(Field::Value) || has(Field::CostBasis));
    if is_position {
        let none = "a list of positions, one without an `amount`, has no use for this column";
        used(mapping, none, |field| POSITION.contains(&field))?;
        return Ok(Record::Position);
    }
    let missing = |what: &str| Err(Error::new(ErrorCode::FieldMissing, what.to_owned()).at("columns"));
    if !has(Field::Date) {
        return missing("a column with the `date` is needed");
    }
    let moves = has(Field::Amount) || (has(Field::Debit) && has(Field::Credit));
    if !moves {
        return missing("a column with the `amount`, or two with `debit` and `credit`, is needed");
    }
    if !has(Field::TransferAccount) && (has(Field::TransferAmount) || has(Field::TransferCurrency)) {
        return missing("what arrives in another account needs a column with the `transferAccount`");
    }
    let none = "a transaction has no use for this column, which is one of a list of positions";
    used(mapping, none, |field| !matches!(field, Field::Value | Field::CostBasis))?;
    Ok(Record::Transaction)
}

/// The fields of which one names a security.
const SECURITIES: &[Field] = &[Field::Symbol, Field::Cusip, Field::Isin, Field::SecurityName];

/// The fields that a position can have.
const POSITION: &[Field] = &[
    Field::Date,
    Field::Account,
    Field::AccountNumber,
    Field::Currency,
    Field::Symbol,
    Field::SecurityName,
    Field::SecurityType,
    Field::Cusip,
    Field::Isin,
    Field::Quantity,
    Field::Price,
    Field::Value,
    Field::CostBasis,
];

/// That every column of a mapping is used.
fn used(mapping: &ColumnMapping, none: &str, is_used: impl Fn(Field) -> bool) -> Result<()> {
    match mapping.columns.iter().position(|column| !is_used(column.field)) {
        Some(index) => Err(Error::new(ErrorCode::FieldConflict, none).at("field").at_index("columns", index)),
        None => Ok(()),
    }
}

/// The separator that the first rows have most of, alike in each.
fn commonest(text: &str) -> u8 {
    let score = |separator: u8| {
        let (mut rows, mut row) = (Rows::of(text, separator), Row::default());
        let mut widths = Vec::new();
        while widths.len() < LOOKED_AT && rows.read(&mut row).unwrap_or(false) {
            widths.push(row.cells.len());
        }
        let widest = widths.iter().max().copied().unwrap_or_default();
        let alike = widths.iter().filter(|width| **width == widest && widest > 1).count();
        alike * widest
    };
    let mut best = (b',', 0);
    for separator in SEPARATORS {
        let score = score(separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

/// The last row that can be given as the header.
const LAST_HEADER: u32 = 1_000;

/// The row of a number as a header.
fn header_at(source: Source<'_>, separator: u8, number: u32) -> Result<(Header, u32)> {
    if !(1..=LAST_HEADER).contains(&number) {
        let message = format!("{number} is not from 1 to {LAST_HEADER}");
        return Err(Error::new(ErrorCode::IndexOutOfRange, message));
    }
    let (mut rows, mut row) = (Rows::of(source, separator), Row::default());
    while rows.read(&mut row)? {
        if row.number == number {
            return Ok((Header::of(&row), number));
        }
    }
    Err(Error::new(
        ErrorCode::FileUnrecognized,
        format!("the file has no row {number}, which is to be its header"),
    ))
}

/// The first row with all names of a mapping, or else the first that is not empty, which lacks a name.
fn header_with(source: Source<'_>, separator: u8, mapping: &ColumnMapping) -> Result<(Header, u32)> {
    let (mut rows, mut row) = (Rows::of(source, separator), Row::default());
    let mut first = None;
    for _ in 0..LOOKED_AT {
        if !rows.read(&mut row)? {
            break;
        }
        if row.is_blank() {
            continue;
        }
        let header = Header::of(&row);
        if Columns::mapped(mapping, Some(&header)).is_ok() {
            return Ok((header, row.number));
        }
        first.get_or_insert((header, row.number));
    }
    first.ok_or_else(|| unrecognized(source, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_with_the_most_cells_is_taken() {
        assert_eq!(commonest("a;b;c\n1,5;2;3\n"), b';');
        assert_eq!(commonest("a\tb\n1\t2\n"), b'\t');
        assert_eq!(commonest("one\ntwo\n"), b',');
    }
}
