//! Rounding modes.

use rust_decimal::RoundingStrategy;

use crate::wire::Wire;

/// How a decimal is rounded to a number of places or to a multiple of a step.
///
/// | mode | 2.5 | 3.5 | -2.5 | 2.4 | 2.6 | -2.6 |
/// |---|---|---|---|---|---|---|
/// | half even | 2 | 4 | -2 | 2 | 3 | -3 |
/// | half up | 3 | 4 | -3 | 2 | 3 | -3 |
/// | down | 2 | 3 | -2 | 2 | 2 | -2 |
/// | up | 3 | 4 | -3 | 3 | 3 | -3 |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum Rounding {
    /// To the nearest; ties go to the even digit ("banker's rounding"). The default for money.
    #[default]
    HalfEven,
    /// To the nearest; ties go away from zero ("commercial rounding").
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
