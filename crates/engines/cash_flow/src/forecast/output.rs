//! The answer.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// What will be in accounts.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Forecast {
    /// The last day that is known.
    pub as_of: Date,
    /// The last day of the forecast.
    pub to: Date,
    /// The accounts, in the order of the input.
    pub accounts: Vec<AccountForecast>,
    /// The payments that are expected, by day: those that are planned and those that recur.
    pub payments: Vec<ExpectedPayment>,
}

/// What will be in an account.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct AccountForecast {
    /// The id of the account.
    pub account: String,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The balance on the last day that is known.
    pub balance: Decimal,
    /// What is expected at the end of 30, 60, 90 days and twelve months, as far as the forecast goes.
    pub horizons: Vec<ForecastHorizon>,
    /// Each day, from the one after the last that is known.
    pub days: Vec<ForecastDay>,
    /// The first day on which the expected balance is below zero; null if there is none, and for the account of a debt.
    pub below_zero: Option<Date>,
    /// The first day on which the lower end of the band is below zero, likewise.
    pub may_fall_below_zero: Option<Date>,
    /// The day of the lowest expected balance, the first of several.
    pub lowest_on: Date,
    /// The lowest expected balance.
    pub lowest: Decimal,
    /// The past weeks whose other flows were looked at; 0 if there are fewer than four.
    pub weeks: u32,
    /// The mean of the other flows of a week, rounded half to even to the minor unit; null without weeks.
    pub weekly_mean: Option<Decimal>,
    /// Their standard deviation, with the divisor of a sample; null without weeks.
    pub weekly_deviation: Option<f64>,
    /// Why there is no band and no other flow is expected; null if there are.
    pub no_band_reason: Option<String>,
}

/// What is expected at the end of a span of time.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ForecastHorizon {
    /// The number of days from the last that is known.
    pub days: u32,
    /// The day.
    pub date: Date,
    /// What comes in until then by payments that are expected.
    pub comes_in: Decimal,
    /// What goes out until then by payments that are expected, as a positive amount.
    pub goes_out: Decimal,
    /// All other flows that are expected until then.
    pub other_flows: Decimal,
    /// The expected balance: the balance, what comes in and other flows, less what goes out.
    pub expected: Decimal,
    /// The lower end of the band; null without one.
    pub low: Option<Decimal>,
    /// The upper end of the band; null without one.
    pub high: Option<Decimal>,
}

/// What is expected on a day.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ForecastDay {
    /// The day.
    pub date: Date,
    /// The expected balance at its end.
    pub expected: Decimal,
    /// The lower end of the band; null without one.
    pub low: Option<Decimal>,
    /// The upper end of the band; null without one.
    pub high: Option<Decimal>,
}

/// A payment that is expected.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ExpectedPayment {
    /// The day on which it counts.
    pub date: Date,
    /// The id of the account.
    pub account: String,
    /// The amount, negative if it goes out.
    pub amount: Decimal,
    /// The name of a planned payment, or the merchant.
    pub name: String,
    /// Why it is expected.
    pub source: ExpectedPaymentSource,
    /// The day on which it was due, if it is late; null if it is not.
    pub overdue_since: Option<Date>,
}

/// Why a payment is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ExpectedPaymentSource {
    /// It is planned.
    Planned,
    /// It recurs in the ledger.
    Recurring,
}
