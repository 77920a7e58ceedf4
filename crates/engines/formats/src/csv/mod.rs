//! Tables: comma-separated values, and those with another separator.

mod columns;
mod layout;
mod layouts;
mod own;
mod plan;
mod record;
mod rows;
mod walk;

use wherewithal_base::{
    Result,
    control::{Control, Work},
    dates::Date,
    error::At as _,
};

use crate::{
    DateOrder, DecimalMark, FileDialect, FileFormat, FileLayout, FileReadInput, FileReading,
    collect::{Collected, Decisions, Place},
    dialect::{Marks, Orders, Settled},
    read::{MAX_RECORDS, too_many},
    text::Content,
};
use plan::Plan;
use record::Builder;
#[cfg(test)]
pub(crate) use rows::{Row, Rows};
use walk::{DATES, NUMBERS, Step, Walk, as_of, day_of};

/// Reads a table.
///
/// # Errors
/// Those of [`crate::read`].
pub(crate) fn read(content: Content<'_>, input: &FileReadInput, control: &Control) -> Result<FileReading> {
    if input.mapping.is_none() && own::fits(&content.text, input.layout.as_deref())? {
        return own::read(content, input, control);
    }
    let Content { text, encoding } = content;
    let field = if input.text.is_some() { "text" } else { "base64" };
    let plan = plan::plan(&text, input)
        .map_err(|error| if error.path().is_empty() { error.at(field) } else { error })?;
    let written = written(&text, &plan, input, control).at(field)?;
    let mut collected = Collected::default();
    let mut builder = Builder::of(&plan, input, &written);
    let mut walk = Walk::of(&text, &plan);
    let mut work = Work::under(control);
    while let Some(step) = walk.step().at(field)? {
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
    let dialect = FileDialect { separator: Some(plan.separator_evidence), ..written.dialect };
    let file = Decisions { format: FileFormat::Csv, layout: Some(layout), encoding, dialect };
    Ok(collected.finish(file, &input.previous))
}

/// How dates and numbers are written, and the day that the file states for its positions.
struct Writing {
    order: DateOrder,
    mark: DecimalMark,
    day: Option<Date>,
    dialect: FileDialect,
}

/// Decides by all rows how dates and numbers are written.
fn written(text: &str, plan: &Plan, input: &FileReadInput, control: &Control) -> Result<Writing> {
    let (mut orders, mut marks) = (Orders::default(), Marks::default());
    let mut walk = Walk::of(text, plan);
    let mut work = Work::under(control);
    let (mut rows, mut day) = (0, None);
    while let Some(step) = walk.step()? {
        work.done(8)?;
        if step == Step::Blank {
            continue;
        }
        rows += 1;
        if rows > MAX_RECORDS {
            return Err(too_many());
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
        table.columns.cells(&walk.row, NUMBERS).for_each(|cell| marks.see(cell, walk.row.number));
    }
    let order = orders.decide(&Settled::of(input.date_order, plan.layout.date_order))?;
    let mark = marks.decide(&Settled::of(input.decimal_mark, plan.layout.decimal_mark))?;
    let dialect = FileDialect { separator: None, date_order: order.evidence, decimal_mark: mark.evidence };
    // A day that no calendar has is none.
    let day = day.and_then(|day| day.date(order.value).ok());
    Ok(Writing { order: order.value, mark: mark.value, day, dialect })
}
