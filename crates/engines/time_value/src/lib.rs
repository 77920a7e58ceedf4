//! The time value of money.
//!
//! Amounts and rates are `f64`. Money received is positive and money paid is negative, from the caller's point of view:
//! a loan received has a positive present value and negative payments. Rates are fractions per period (0.05 is 5 %).
//!
//! Names and the order of arguments follow spreadsheets and numpy-financial, so that formulas carry over unchanged. No
//! function returns NaN: a question without an answer is an error that gives the reason.

use wherewithal_base::wire::Wire;

mod annuity;
mod check;
pub mod columns;
mod conversion;
mod flows;
mod growth;
mod internal_rate;
mod isolation;
mod lanes;
mod loan_split;
mod modified_rate;
mod moments;
mod net_value;
mod periodic_rate;
#[cfg(test)]
mod properties;
mod signs;
mod term;
mod xirr_batch;

pub use annuity::{FvInput, PaymentTiming, PmtInput, PvInput, fv, pmt, pv};
pub use conversion::{EffectInput, NominalInput, RriInput, effect, nominal, rri};
pub use flows::FlowDates;
pub use internal_rate::{
    InternalRate, IrrInput, IrrOptions, RateRange, RateRoot, XirrInput, irr, irr_under, xirr, xirr_under,
};
pub use loan_split::{LevelPaymentInput, LevelPaymentsInput, cumipmt, cumprinc, ipmt, ppmt};
pub use modified_rate::{MirrInput, mirr};
pub use net_value::{DatedFlowsInput, ForwardFlowInput, NfvInput, NpvInput, nfv, npv, xfv, xnfv, xnpv};
pub use periodic_rate::{RateInput, rate};
pub use term::{NperInput, PdurationInput, nper, pduration};
pub use xirr_batch::{SeriesError, XirrBatch, xirr_batch};

/// One number.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct Scalar {
    /// The answer.
    pub value: f64,
}

impl From<f64> for Scalar {
    fn from(value: f64) -> Self {
        Self { value }
    }
}

/// The part of the public crate that this package can see, for the examples in its documentation.
#[doc(hidden)]
pub mod wherewithal {
    pub use crate as time_value;
    pub use wherewithal_base::{
        Error, ErrorCode, ErrorKind, Result, control, dates, error, money, num, rates,
    };
    pub use wherewithal_math as math;
}
