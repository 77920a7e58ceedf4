//! The household: who belongs to it, what it owns and owes, what comes in and goes out, and what it wants.
//!
//! A [`Household`] is one document. It holds no derived figure: totals, schedules and projections are worked out
//! from it by `net_worth` and `plan`. [`Household::validate`] checks what its types cannot say.

mod account;
mod asset;
mod assumptions;
mod cash_flow;
mod category;
mod exchange;
mod goal;
mod household;
mod liability;
mod person;
mod validate;

pub use account::{Account, AccountKind, Holding, TaxTreatment};
pub use asset::{
    Business, InsuranceKind, InsurancePolicy, OtherAsset, OtherAssetKind, PrivateFund, PrivateFundKind,
    Property, PropertyKind,
};
pub use assumptions::Assumptions;
pub use cash_flow::{
    CashFlowFrequency, Contribution, ContributionSource, Expense, ExpenseKind, IncomeKind, IncomeStream,
};
pub use category::AssetCategory;
pub use exchange::ExchangeRate;
pub use goal::{Goal, GoalKind, GoalPriority};
pub use household::Household;
pub use liability::{Liability, LiabilityKind};
pub use person::Person;
