//! The input types of a retirement plan.

mod accounts;
mod allocation;
mod expenses;
mod incomes;
mod people;
mod plan;
mod spending;
mod taxes;

pub use accounts::{
    ContributionAmount, ContributionFunds, EmployerMatch, RetirementAccount, RetirementContribution,
    RetirementContributionLimit, RetirementTaxTreatment, RothConversion,
};
pub use allocation::{RetirementAllocation, RetirementGlidePoint};
pub use expenses::{
    RetirementCare, RetirementDebt, RetirementDebtRow, RetirementDebtTerms, RetirementEducation,
    RetirementExpense, RetirementExpenseKind, RetirementLumpSum, RetirementProperty,
};
pub use incomes::{RetirementIncome, RetirementIncomeKind, RetirementSocialSecurity};
pub use people::{RetirementMoment, RetirementMortality, RetirementPerson};
pub use plan::{RetirementPathInput, RetirementPlan};
pub use spending::{
    RetirementBequest, RetirementRequiredDistributions, RetirementSpending, RetirementSuccess,
    WithdrawalOrder,
};
pub use taxes::{EarlyWithdrawalPenalty, RetirementTaxes, TaxBracket, TaxBrackets, TaxableSocialSecurity};
