//! The rules of retirement accounts: contribution limits and required minimum distributions.

pub use crate::contribution_limit::{
    ContributionAccount, ContributionLimitInput, ContributionLimitResult, contribution_limit,
};
pub use crate::required_distribution::{
    DistributionTable, RequiredDistributionInput, RequiredDistributionResult, required_minimum_distribution,
};
