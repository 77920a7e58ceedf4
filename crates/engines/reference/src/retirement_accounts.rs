//! The rules of retirement accounts: what may be paid into them and what must be drawn from them.

pub use crate::contribution_limit::{
    ContributionAccount, ContributionLimitInput, ContributionLimitResult, contribution_limit,
};
pub use crate::required_distribution::{
    DistributionTable, RequiredDistributionInput, RequiredDistributionResult, required_minimum_distribution,
};
