//! Interest that is charged only if a debt is not repaid by the end of a promotion.

use super::{
    compiled::{MAX_MONTHS, not_negative},
    input::PayoffDeferredInterest,
};
use wherewithal_base::{Error, ErrorCode, Result, dates::Date, error::At as _};

/// The promotion of a debt.
#[derive(Clone, Copy)]
pub(super) struct Deferral {
    /// The number of months, from the first, whose interest is deferred; at least one.
    pub(super) months: usize,
    /// What has been deferred before the first month, in minor units.
    pub(super) accrued: i64,
}

impl Deferral {
    /// The promotion of a debt that is paid on the given day of each month.
    pub(super) fn new(
        promotion: PayoffDeferredInterest,
        first_payment: Date,
        day: u32,
        places: u32,
    ) -> Result<Self> {
        let payment = |month: usize| {
            first_payment.add_months(month as i32).map(|date| date.with_day_at_most(day)).at("until")
        };
        let accrued = not_negative(promotion.accrued, places).at("accrued")?;
        let mut months = 0;
        while months < MAX_MONTHS && payment(months)? <= promotion.until {
            months += 1;
        }
        if months == 0 {
            let message = format!(
                "the promotion ends on {}, before the first payment on {}; add its interest to the balance",
                promotion.until,
                payment(0)?
            );
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("until"));
        }
        Ok(Self { months, accrued })
    }

    /// Whether the interest of a month, counted from 0, is deferred.
    pub(super) fn defers(self, month: usize) -> bool {
        month < self.months
    }
}
