//! The entries of `time_value`.

use wherewithal::time_value::Effect;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "time_value.effect",
            "The effective annual rate of a nominal annual rate.",
            Effect::run,
        )
        .example("Twelve per cent, compounded monthly", r#"{"nominalRate": 0.12, "periodsPerYear": 12}"#),
    ]
}
