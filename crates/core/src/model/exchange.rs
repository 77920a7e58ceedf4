//! Exchange rates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{dates::Date, money::Currency, num::Decimal};

/// The price of one unit of a currency in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExchangeRate {
    /// The currency that is converted.
    pub from: Currency,
    /// The currency that it is converted into.
    pub to: Currency,
    /// How many units of `to` one unit of `from` is worth; greater than 0.
    pub rate: Decimal,
    /// The date of the rate.
    pub date: Date,
}
