//! The question.

use wherewithal_base::{
    Error, ErrorCode, Result, check, dates::Date, error::At as _, num::Decimal, wire::Wire,
};
use wherewithal_classification::ClassifyInput;

/// Input of `cash_flow.recurring`.
#[derive(Debug, Clone, Wire)]
pub struct RecurringInput {
    /// The ledger, and how its transactions are classified.
    pub ledger: ClassifyInput,
    /// The last day that is looked at; later transactions do not count. By default the day of the last transaction.
    pub as_of: Option<Date>,
    /// How payments are found to recur.
    #[wire(default)]
    pub detection: RecurrenceDetection,
}

/// How payments are found to recur.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct RecurrenceDetection {
    /// The least number of payments of a series, 3 to 100.
    #[wire(default = three, range = 3..=100)]
    pub min_payments: u32,
    /// The least confidence of a series, 0 to 1.
    #[wire(default = seven_tenths, range = 0..=1)]
    pub min_confidence: Decimal,
    /// Where the payments of a merchant do not recur together, they are parted by amount: an amount that is above the next
    /// lower one by more than this share of it begins another part; 0 to 10.
    #[wire(share, default = two_tenths, range = 0..=10)]
    pub amount_gap: Decimal,
    /// Two payments of the same amount from the same account to the same merchant, so many days apart or fewer, are a double
    /// charge, of which the second is no payment of the series; 0 to 3, where 0 is the same day.
    #[wire(default = three, range = 0..=3)]
    pub double_days: u32,
    /// Whether double charges are looked for.
    #[wire(default = yes)]
    pub find_doubles: bool,
}

impl RecurrenceDetection {
    /// That all figures are in their ranges; errors are at `detection`.
    pub(crate) fn validate(&self) -> Result<()> {
        check::whole(self.min_payments, 3..=100, ErrorCode::CountOutOfRange).at("minPayments")?;
        check::whole(self.double_days, 0..=3, ErrorCode::CountOutOfRange).at("doubleDays")?;
        for (value, most, field) in
            [(self.min_confidence, 1_i64, "minConfidence"), (self.amount_gap, 10, "amountGap")]
        {
            if value.is_negative() || value > Decimal::from(most) {
                let message = format!("{value} is not from 0 to {most}");
                return Err(Error::new(ErrorCode::NumberOutOfRange, message).at(field));
            }
        }
        Ok(())
    }
}

impl Default for RecurrenceDetection {
    fn default() -> Self {
        Self {
            min_payments: three(),
            min_confidence: seven_tenths(),
            amount_gap: two_tenths(),
            double_days: three(),
            find_doubles: true,
        }
    }
}

fn yes() -> bool {
    true
}

fn three() -> u32 {
    3
}

fn seven_tenths() -> Decimal {
    tenths(7)
}

fn two_tenths() -> Decimal {
    tenths(2)
}

#[expect(clippy::unreachable, reason = "a decimal has one place")]
fn tenths(count: i64) -> Decimal {
    match Decimal::new(count, 1) {
        Ok(tenths) => tenths,
        Err(_) => unreachable!("a decimal has one place"),
    }
}
