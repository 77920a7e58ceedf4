//! A debt whose payments do not reduce it: an interest-only loan, or a payment below the interest.

use wherewithal_base::{
    Result,
    num::{Decimal, Rounding},
};

/// The payments on a debt that does not fall.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// What is paid each month.
    pub(super) paid: Decimal,
    /// The number of payments: to the end of the term, or of the plan if the debt has no term.
    pub(super) payments: u32,
    /// The interest in them.
    pub(super) interest: Decimal,
    /// The balance and the interest that are due with the last payment of a term, or still owed at the end of the plan.
    pub(super) left: Decimal,
    /// Whether the debt has a term, with whose last payment everything is repaid.
    pub(super) is_repaid: bool,
}

impl Standing {
    /// Follows a debt to the end of its term, or for `horizon` months. The interest of a month is rounded half to even to
    /// the minor unit; what is not paid of it is added to the balance.
    pub(super) fn new(
        balance: Decimal,
        annual_rate: Decimal,
        paid: Decimal,
        term: Option<u32>,
        horizon: u32,
        places: u32,
    ) -> Result<Self> {
        let payments = term.unwrap_or(horizon);
        let (mut left, mut interest) = (balance, Decimal::ZERO);
        for month in 1..=payments {
            let due = interest_of_a_month(left, annual_rate, places)?;
            interest = interest.plus(due)?;
            left = left.plus(due)?;
            if term != Some(month) {
                left = left.minus(paid)?;
            }
        }
        Ok(Self { paid, payments, interest, left, is_repaid: term.is_some() })
    }
}

/// What a balance costs in a month, rounded half to even to the minor unit.
pub(super) fn interest_of_a_month(balance: Decimal, annual_rate: Decimal, places: u32) -> Result<Decimal> {
    let year = balance.times(annual_rate)?;
    Ok(year.divided_by(Decimal::from(12_u32))?.round(places, Rounding::HalfEven))
}
