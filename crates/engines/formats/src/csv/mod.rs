//! Tables: comma-separated values, and those with another separator.

mod columns;
mod layout;
mod layouts;
mod own;
mod plan;
mod record;
mod rows;
mod sheet;
mod walk;

use wherewithal_base::{
    Result,
    control::{Control, Work},
    dates::Date,
};

use crate::{
    DateOrder, DecimalMark, FileDialect, FileFormat, FileLayout, FileReadInput, FileReading,
    collect::{Collected, Decisions, Place},
    dialect::{Marks, Orders, Settled},
    read::more_than,
    text::Content,
};
use plan::Plan;
use record::Builder;
pub(crate) use rows::Source;
#[cfg(test)]
pub(crate) use rows::{Row, Rows};
pub(crate) use sheet::{CellKind, Sheet};
use walk::{DATES, NUMBERS, Step, Walk, as_of, day_of};

/// Reads the text of a table with at most some rows.
///
/// # Errors
/// Those of [`crate::read`].
pub(crate) fn read(
    content: Content<'_>,
    input: &FileReadInput,
    most: usize,
    control: &Control,
) -> Result<FileReading> {
    let Content { text, encoding } = content;
    let field = if input.text.is_some() { "text" } else { "base64" };
    let table = table(Source::Text(&text), Collected::default(), input, most, control)
        .map_err(|error| if error.path().is_empty() { error.at(field) } else { error })?;
    let file =
        Decisions { format: FileFormat::Csv, layout: Some(table.layout), encoding, dialect: table.dialect };
    table.collected.finish(file, &input.previous)
}

/// A table that was read.
pub(crate) struct ReadTable {
    pub(crate) collected: Collected,
    pub(crate) layout: FileLayout,
    pub(crate) dialect: FileDialect,
}

/// Whether a table can be read: its first rows have the header of a known layout, or of the one that is asked for.
///
/// # Errors
/// Those of [`table`] that concern the header.
pub(crate) fn fits(source: Source<'_>, input: &FileReadInput) -> Result<()> {
    if is_own(source, input)? {
        return Ok(());
    }
    plan::plan(source, input).map(drop)
}

fn is_own(source: Source<'_>, input: &FileReadInput) -> Result<bool> {
    if input.mapping.is_some() { Ok(false) } else { own::fits(source, input.layout.as_deref()) }
}

/// Reads a table with at most some rows, after what has been collected before.
///
/// # Errors
/// Those of [`crate::read`]; one that concerns the whole table has no path.
pub(crate) fn table(
    source: Source<'_>,
    collected: Collected,
    input: &FileReadInput,
    most: usize,
    control: &Control,
) -> Result<ReadTable> {
    if is_own(source, input)? {
        return own::read(source, collected, most, control);
    }
    let plan = plan::plan(source, input)?;
    let written = written(source, &plan, input, most, control)?;
    let mut collected = collected;
    let mut builder = Builder::of(&plan, input, &written);
    let mut walk = Walk::of(source, &plan);
    let mut work = Work::under(control);
    while let Some(step) = walk.step()? {
        work.done(16)?;
        let place = Place { row: walk.row.number, line: walk.row.line };
        match (step, &walk.table) {
            (Step::Blank, _) => {}
            (Step::Data, Some(table)) => builder.row(table, &walk.row, place, &mut collected),
            (Step::Before, _) => builder.before(&walk.row, place, &mut collected),
            (Step::Skip(reason), _) => {
                builder.skipped(&walk.row, &mut collected);
                collected.skip(place, reason, &walk.row.shown());
            }
            (Step::Data, None) => collected.skip(place, "no table", &walk.row.shown()),
        }
    }
    let layout = FileLayout {
        name: plan.layout.name.to_owned(),
        institution: plan.layout.institution.map(str::to_owned),
        reason: plan.reason,
    };
    let dialect = FileDialect { separator: plan.separator_evidence, ..written.dialect };
    Ok(ReadTable { collected, layout, dialect })
}

/// How dates and numbers are written, and the day that the file states for its positions.
struct Writing {
    order: DateOrder,
    mark: DecimalMark,
    day: Option<Date>,
    dialect: FileDialect,
}

/// Decides by all rows how dates and numbers are written.
fn written(
    source: Source<'_>,
    plan: &Plan,
    input: &FileReadInput,
    most: usize,
    control: &Control,
) -> Result<Writing> {
    let (mut orders, mut marks) = (Orders::default(), Marks::default());
    let mut walk = Walk::of(source, plan);
    let mut work = Work::under(control);
    let (mut rows, mut day) = (0, None);
    while let Some(step) = walk.step()? {
        work.done(8)?;
        if step == Step::Blank {
            continue;
        }
        rows += 1;
        if rows > most {
            return Err(more_than(most));
        }
        let (Step::Data, Some(table)) = (step, &walk.table) else {
            day = day.or_else(|| day_of(&walk.row, plan.layout.day_lines));
            continue;
        };
        for cell in table.columns.cells(&walk.row, DATES) {
            let (posted, effective) = as_of(cell);
            orders.see(posted, walk.row.number);
            effective.into_iter().for_each(|effective| orders.see(effective, walk.row.number));
        }
        let numbers = table.columns.written_numbers(&walk.row, NUMBERS);
        numbers.for_each(|cell| marks.see(cell, walk.row.number));
    }
    let order = orders.decide(&Settled::of(input.date_order, plan.layout.date_order))?;
    let mark = marks.decide(&Settled::of(input.decimal_mark, plan.layout.decimal_mark))?;
    let dialect = FileDialect { separator: None, date_order: order.evidence, decimal_mark: mark.evidence };
    // A day that no calendar has is none.
    let day = day.and_then(|day| day.date(order.value).ok());
    Ok(Writing { order: order.value, mark: mark.value, day, dialect })
}
