//! The household document: people, assets, debts, income, spending and goals.
//!
//! A [`Household`] is one document. It has no derived figures: `net_worth` and `plan` compute totals, schedules and
//! projections from it. [`Household::validate`] checks the rules that its types cannot express.

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
mod taxes;
mod validate;

pub use account::{Account, AccountKind, Holding, TaxTreatment};
pub use asset::{
    AssetSale, Business, InsuranceKind, InsurancePolicy, OtherAsset, OtherAssetKind, PrivateFund,
    PrivateFundKind, Property, PropertyKind, PropertyReplacement,
};
pub use assumptions::{AssetClassWeight, AssumedAssetClass, Assumptions, GlidePathPoint};
pub use cash_flow::{
    CashFlowFrequency, Contribution, ContributionMatch, ContributionSource, Expense, ExpenseKind, IncomeKind,
    IncomeStream,
};
pub use category::AssetCategory;
pub use exchange::{ExchangeRate, owned_part};
pub use goal::{Goal, GoalKind, GoalPriority};
pub use household::Household;
pub use liability::{Deferment, DefermentInterest, Liability, LiabilityKind};
pub use person::{Person, PersonSocialSecurity, SocialSecurityBasis};
pub use taxes::{IncomeTaxBracket, IncomeTaxScale, TaxAssumption};
