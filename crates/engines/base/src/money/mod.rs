//! Currencies and amounts of money.

mod amount;
mod currency;
mod iso4217;

pub use amount::{Money, usd};
pub use currency::{Currency, us_dollar};
