//! Inheritance (IRC 1014, 1223(9), 2032).

use wherewithal_base::{Error, ErrorCode, Result, dates::Date, error::At as _, num::Decimal};

use super::{BasisRule, Book, Id, Position, acquire::Arrival};
use crate::input::AlternateValuation;

/// Months within which the estate may be valued again (IRC 2032(a)).
const ALTERNATE_MONTHS: i32 = 6;

/// Shares as they are inherited.
pub(super) struct Inherited<'a> {
    pub(super) died: Date,
    pub(super) quantity: Decimal,
    pub(super) fair_market_value: Decimal,
    pub(super) alternate: Option<&'a AlternateValuation>,
    pub(super) name: Option<&'a str>,
}

impl Book {
    /// Adds shares that were inherited, at what they were worth.
    pub(super) fn inherit(
        &mut self,
        event: u32,
        position: Id<Position>,
        inherited: &Inherited<'_>,
    ) -> Result<()> {
        let mut value = self.sum(self.amount(inherited.fair_market_value, "fairMarketValue")?)?;
        if let Some(alternate) = inherited.alternate {
            check_alternate(inherited.died, alternate.date).at("alternateValuation")?;
            let amount =
                self.amount(alternate.fair_market_value, "fairMarketValue").at("alternateValuation")?;
            let security = &self.securities[self.positions[position].security].id;
            value = self.sum_on(security, amount, alternate.date).at("date").at("alternateValuation")?;
        }
        let arrival = Arrival {
            always_long: true,
            bought: false,
            rule: BasisRule::Inheritance,
            ..Arrival::purchase(event, inherited.died.day_number())
        };
        self.receive(position, inherited.quantity, value, inherited.name, arrival)
    }
}

fn check_alternate(died: Date, valued: Date) -> Result<()> {
    let last = died.add_months(ALTERNATE_MONTHS)?;
    if died < valued && valued <= last {
        return Ok(());
    }
    let message = format!(
        "the alternate valuation is of the day six months after the death, {last}, or of an earlier one on which the estate \
         parted with the shares"
    );
    Err(Error::new(ErrorCode::DateOutOfRange, message).at("date"))
}
