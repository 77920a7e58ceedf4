//! Loans: level payments and their schedules, in exact decimals.

mod amortization;
mod loan;
mod payment;

pub use amortization::{Amortization, AmortizationRow, amortize};
pub use loan::Loan;
