//! The purposes of random streams. Each has its own stream, so that a change in one does not affect the others.

/// The monthly returns of `simulation.run`.
pub const RETURNS: u32 = 0;

/// Asset classes and inflation.
pub const MARKET: u32 = 1;

/// The random numbers of market models other than normal ones: the common scale of Student-t shocks.
pub const MARKET_MIXING: u32 = 16;

/// The regimes of a market.
pub const MARKET_REGIMES: u32 = 17;

/// The scrambling of quasi-random points.
pub const MARKET_SCRAMBLING: u32 = 18;

/// The need for long-term care.
pub const LONG_TERM_CARE: u32 = 32;

/// The lifetimes of people.
pub const MORTALITY: u32 = 33;
