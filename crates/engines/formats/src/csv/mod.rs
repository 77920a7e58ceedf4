//! Tables: comma-separated values, and those with another separator.

mod columns;
mod corporate;
mod layout;
mod layouts;
mod own;
mod plan;
mod record;
mod rows;
mod sheet;
mod signs;
mod statement;
#[cfg(test)]
mod tests;
mod walk;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
};

use crate::{
    DateOrder, DecimalMark, FileDialect, FileFormat, FileLayout, FileReadInput, FileReading,
    collect::{Collected, Decisions, Fault, Place},
    dialect::{Marks, Orders, Settled},
    read::more_than,
    text::Content,
};
use layout::Shape;
use plan::Plan;
use record::Builder;
pub(crate) use rows::Source;
#[cfg(test)]
pub(crate) use rows::{Row, Rows};
pub(crate) use sheet::{CellKind, Sheet};
use signs::{Sides, Signs};
use statement::Statement;
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
    let (writing, dialect) = written(source, &plan, input, most, control)?;
    let mut collected = collected;
    let mut builder = Builder::of(&plan, input, writing);
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
            (Step::Unknown(reason), _) => {
                builder.skipped(&walk.row, &mut collected);
                let error = Error::new(ErrorCode::NameUnknown, reason);
                collected.problem(place, Fault::at(error, "1", walk.row.cell(0)));
            }
            (Step::Data, None) => collected.skip(place, "no table", &walk.row.shown()),
        }
    }
    builder.finish(&mut collected);
    let layout = FileLayout {
        name: plan.layout.name.to_owned(),
        institution: plan.layout.institution.map(str::to_owned),
        reason: plan.reason,
    };
    let dialect = FileDialect { separator: plan.separator_evidence, ..dialect };
    Ok(ReadTable { collected, layout, dialect })
}

/// What all rows say together: how dates and numbers are written, what the signs of debits and credits mean, the day that the
/// file states for its positions, and what a statement says.
struct Writing {
    order: DateOrder,
    mark: DecimalMark,
    sides: Sides,
    day: Option<Date>,
    statement: Statement,
}

/// Decides by all rows how they are to be read.
fn written(
    source: Source<'_>,
    plan: &Plan,
    input: &FileReadInput,
    most: usize,
    control: &Control,
) -> Result<(Writing, FileDialect)> {
    let (mut orders, mut marks, mut signs) = (Orders::default(), Marks::default(), Signs::default());
    let mut statement = Statement::default();
    let has_sections = matches!(plan.layout.shape, Shape::Section(_));
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
        if has_sections {
            statement.see(step, &walk.row, walk.table.as_ref());
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
        signs.see(&table.columns, &walk.row);
    }
    let order = orders.decide(&Settled::of(input.date_order, plan.layout.date_order))?;
    let mark = marks.decide(&Settled::of(input.decimal_mark, plan.layout.decimal_mark))?;
    let dialect = FileDialect { separator: None, date_order: order.evidence, decimal_mark: mark.evidence };
    // A day that no calendar has is none.
    let day = day.and_then(|day| day.date(order.value).ok()).or(statement.period().map(|(_, last)| last));
    let sides = signs.decide()?;
    Ok((Writing { order: order.value, mark: mark.value, sides, day, statement }, dialect))
}
