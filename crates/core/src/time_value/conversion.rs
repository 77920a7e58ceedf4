//! Nominal and effective rates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Result, math};

/// The effective annual rate of a nominal annual rate compounded `periods_per_year` times.
///
/// # Errors
/// None yet.
pub fn effect(nominal_rate: f64, periods_per_year: u32) -> Result<f64> {
    let periods = f64::from(periods_per_year);
    Ok(math::pow(1.0 + nominal_rate / periods, periods) - 1.0)
}

/// Input of `time_value.effect`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Effect {
    /// Nominal annual rate as a fraction.
    pub nominal_rate: f64,
    /// Compounding periods in a year, at least 1.
    pub periods_per_year: u32,
}

impl Effect {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`effect`].
    pub fn run(&self) -> Result<Value> {
        effect(self.nominal_rate, self.periods_per_year).map(|value| Value { value })
    }
}

/// One number.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Value {
    /// The answer.
    pub value: f64,
}
