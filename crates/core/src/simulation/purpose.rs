//! What streams of random numbers are drawn for. Each purpose has its own, so that a change in one leaves the others
//! as they are.

/// The monthly returns of `simulation.run`.
pub(super) const RETURNS: u32 = 0;

/// Asset classes and inflation.
pub(super) const MARKET: u32 = 1;
