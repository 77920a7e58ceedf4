//! Loans and debts: schedules, annual percentage rates, servicing, payoff plans and comparisons, exact to the minor unit.

mod amortization;
mod annual_percentage_rate;
mod batch;
mod comparison;
mod loan;
mod payment;
mod payoff;
mod rate_fraction;
mod repayment;
mod schedule;
mod servicing;

pub use amortization::{Amortization, AmortizationRow, amortize};
pub use annual_percentage_rate::*;
pub use batch::{
    AmortizationBatch, BatchLoan, ColumnsMut, ScheduleColumns, amortize_batch, amortize_into,
    for_each_schedule, max_rows,
};
pub use comparison::*;
pub use loan::Loan;
pub use payoff::*;
pub use schedule::*;
pub use servicing::*;

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as debt;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_math as math;
    pub use wherewithal_time_value as time_value;
}
