//! The net-worth statement of a household.

mod lines;
mod statement;

pub use lines::{NetWorthAsset, NetWorthLiability};
pub use statement::{
    NetWorthCategory, NetWorthLiabilityTotal, NetWorthRequest, NetWorthStatement, statement,
};
