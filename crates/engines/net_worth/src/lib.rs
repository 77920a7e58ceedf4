//! The net-worth statement of a household.

mod lines;
mod statement;
mod valued;

pub use lines::{NetWorthAsset, NetWorthLiability};
pub use statement::{NetWorthCategory, NetWorthInput, NetWorthLiabilityTotal, NetWorthStatement, statement};

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as net_worth;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_household as household;
}
