//! Rounding policies by their names in the field.

use rust_decimal::RoundingStrategy;

use crate::wire::Wire;

/// How a decimal is rounded to a number of places or to a step.
///
/// | policy | 2.5 | 3.5 | -2.5 | 2.4 | 2.6 | -2.6 |
/// |---|---|---|---|---|---|---|
/// | half even | 2 | 4 | -2 | 2 | 3 | -3 |
/// | half up | 3 | 4 | -3 | 2 | 3 | -3 |
/// | down | 2 | 3 | -2 | 2 | 2 | -2 |
/// | up | 3 | 4 | -3 | 3 | 3 | -3 |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum Rounding {
    /// To the nearest; a tie goes to the even digit ("banker's rounding"). The default of money here.
    #[default]
    HalfEven,
    /// To the nearest; a tie goes away from zero ("commercial rounding").
    HalfUp,
    /// Towards zero (truncation).
    Down,
    /// Away from zero.
    Up,
}

impl Rounding {
    pub(super) fn strategy(self) -> RoundingStrategy {
        match self {
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::Down => RoundingStrategy::ToZero,
            Self::Up => RoundingStrategy::AwayFromZero,
        }
    }
}
