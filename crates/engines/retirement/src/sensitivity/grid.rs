//! Two assumptions varied together.

use super::assumption::VariedAssumption;
use crate::{RetirementOutcome, RetirementPlan, plan::Trials};
use wherewithal_base::{Error, ErrorCode, Result, check, control::Control, error::At as _, wire::Wire};

const MAX_VALUES: usize = 21;

/// Input of `retirement.sensitivity_grid`.
#[derive(Debug, Clone, Wire)]
pub struct SensitivityGridInput {
    /// The plan.
    pub plan: RetirementPlan,

    /// The assumption that varies by row.
    pub rows: SensitivityAxis,

    /// Another assumption, which varies by column.
    pub columns: SensitivityAxis,
}

/// An assumption and its values.
#[derive(Debug, Clone, Wire)]
pub struct SensitivityAxis {
    /// The assumption.
    pub assumption: VariedAssumption,

    /// Its values: changes of the plan, ascending, 1 to 21 of them. 0 leaves the plan unchanged.
    #[wire(length = 1..=21)]
    pub values: Vec<f64>,
}

/// Result of `retirement.sensitivity_grid`.
#[derive(Debug, Clone, Wire)]
pub struct SensitivityGridResult {
    /// The outcome of the unchanged plan.
    pub base: RetirementOutcome,

    /// The cells, row by row.
    pub cells: Vec<SensitivityCell>,
}

/// A plan with both assumptions changed.
#[derive(Debug, Clone, Wire)]
pub struct SensitivityCell {
    /// The value of the row assumption.
    pub row: f64,

    /// The value of the column assumption.
    pub column: f64,

    /// The outcome of the plan.
    pub outcome: RetirementOutcome,
}

/// The outcome of a plan for each pair of values of two assumptions. All plans are run on the same paths.
///
/// # Errors
/// Those of [`run`](crate::run()), below `plan`, `rows` or `columns`; `list.too_long`,
/// `range.out_of_order`, `change.not_applicable`; `operation.cancelled`.
pub fn sensitivity_grid(
    input: &SensitivityGridInput,
    control: &Control<'_>,
) -> Result<SensitivityGridResult> {
    check_axis(&input.rows).at("rows")?;
    check_axis(&input.columns).at("columns")?;
    if input.rows.assumption == input.columns.assumption {
        let message = "rows and columns vary the same assumption; choose two different ones";
        return Err(Error::new(ErrorCode::FieldConflict, message).at("assumption").at("columns"));
    }
    let (rows, columns) = (&input.rows, &input.columns);
    let count = (rows.values.len() * columns.values.len()) as u64;
    let mut trials = Trials::new(&input.plan, count + 1, control).at("plan")?;
    let base = RetirementOutcome::new(&trials.run(&input.plan).at("plan")?)?;
    let mut cells = Vec::new();
    for (row_index, row) in rows.values.iter().enumerate() {
        let changed = rows.assumption.changed(&input.plan, *row);
        let plan = changed.at_index("values", row_index).at("rows")?;
        for (column_index, column) in columns.values.iter().enumerate() {
            let trial = columns.assumption.changed(&plan, *column).and_then(|plan| trials.run(&plan));
            let trial = trial.at_index("values", column_index).at("columns")?;
            cells.push(SensitivityCell {
                row: *row,
                column: *column,
                outcome: RetirementOutcome::new(&trial)?,
            });
        }
    }
    trials.finish();
    Ok(SensitivityGridResult { base, cells })
}

fn check_axis(axis: &SensitivityAxis) -> Result<()> {
    check::length(axis.values.len(), 1..=MAX_VALUES).at("values")?;
    for (index, value) in axis.values.iter().enumerate() {
        check::finite(*value).at_index("values", index)?;
    }
    check::ascending(axis.values.iter().copied()).at("values")
}
