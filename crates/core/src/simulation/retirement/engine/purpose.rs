//! What streams of random numbers are drawn for, beside the market.

/// Whether people need long-term care.
pub(in super::super) const CARE: u32 = 17;
