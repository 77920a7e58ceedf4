//! Annual percentage rates of consumer credit, and the finance charge.
//!
//! Regulation Z of the United States multiplies the rate of a unit-period by the number of unit-periods in a year; the
//! European Union and the United Kingdom compound it. All of them solve one equation: the advances and the payments
//! have the same present value.

pub(crate) mod actuarial;
mod construction;
mod effective;
mod equation;
mod finance_charge;
pub(crate) mod flows;
mod regulation_z;
#[cfg(test)]
mod tests;
mod unit_period;

pub use construction::{
    ConstructionInterestBasis, ConstructionLoanEstimate, ConstructionLoanInput, PermanentFinancing,
    construction_loan_estimate,
};
pub use effective::{
    AnnualPercentageRateOfCharge, CreditTimeUnit, EuCreditInput, UkCreditInput, UkCreditRules,
    YearlyCreditFlow, eu_annual_percentage_rate, uk_annual_percentage_rate,
};
pub use finance_charge::{
    ChargeCategory, ChargeTreatment, CreditCharge, FinanceCharge, FinanceChargeInput, finance_charge,
};
pub use flows::{CreditAdvance, CreditPayment};
pub use regulation_z::{
    AnnualPercentageRate, ClosedEndCreditInput, TransactionRegularity, UnitPeriodFlow, annual_percentage_rate,
};
pub use unit_period::{UnitPeriod, UnitPeriodInterval};
