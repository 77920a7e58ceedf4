//! What streams of random numbers are drawn for. Each purpose has its own, so that a change in one leaves the others
//! as they are.

/// The monthly returns of `simulation.run`.
pub const RETURNS: u32 = 0;

/// Asset classes and inflation.
pub const MARKET: u32 = 1;

/// The random numbers of market models beside normal ones: the common scale of Student-t shocks.
pub const MARKET_MIXING: u32 = 16;

/// Which regime a market is in.
pub const MARKET_REGIMES: u32 = 17;

/// The scrambling of quasi-random points.
pub const MARKET_SCRAMBLING: u32 = 18;

/// Who needs long-term care.
pub const LONG_TERM_CARE: u32 = 32;

/// How long people live.
pub const MORTALITY: u32 = 33;
