//! Numbers of a state: amounts and units as decimals.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal};

use crate::{
    engine::Holding,
    exact::{overflow, proportion},
    output::LotStateWhole,
};

/// The error of a state whose parts contradict each other.
#[cold]
pub(in crate::engine) fn inconsistent(message: impl Into<String>) -> Error {
    Error::new(ErrorCode::StateInconsistent, message)
}

/// Refuses a state unless something holds.
pub(super) fn require(holds: bool, message: &str) -> Result<()> {
    if holds { Ok(()) } else { Err(inconsistent(message)) }
}

/// A number of units as a decimal.
pub(super) fn units_told(units: i128) -> Result<Decimal> {
    Decimal::from_i128(units, 0)
}

/// A number of units, at least zero.
pub(super) fn units_of(value: Decimal) -> Result<i128> {
    let shown = value.normalized();
    if shown.scale() == 0 && !shown.is_negative() {
        return Ok(shown.mantissa());
    }
    let message = format!("{value} is not a whole number of units, at least zero");
    Err(Error::new(ErrorCode::QuantityOutOfRange, message))
}

/// A number of units above zero.
pub(super) fn some_units(value: Decimal) -> Result<i128> {
    match units_of(value)? {
        0 => Err(Error::new(ErrorCode::QuantityOutOfRange, "the number of units is above zero")),
        units => Ok(units),
    }
}

/// An amount in a unit of so many decimal places.
pub(in crate::engine) fn amount_of(value: Decimal, places: u32) -> Result<i128> {
    let shown = value.normalized();
    let Some(missing) = places.checked_sub(shown.scale()) else {
        let message = format!("{value} has more than {places} decimal places");
        return Err(Error::new(ErrorCode::DecimalTooPrecise, message));
    };
    let amount = shown.mantissa().checked_mul(10i128.pow(missing)).ok_or_else(overflow)?;
    // What can be told as a decimal: sums of as many lots as there can be fit.
    Decimal::from_i128(amount, places).map(|_| amount)
}

/// What all units cost that there were, if some of them are gone.
pub(in crate::engine) fn whole_told(holding: Holding, places: u32) -> Result<Option<LotStateWhole>> {
    let Holding { units, whole_units, whole_cost, .. } = holding;
    if units == whole_units || units == 0 {
        return Ok(None);
    }
    Ok(Some(LotStateWhole { units: units_told(whole_units)?, cost: Decimal::from_i128(whole_cost, places)? }))
}

/// Units with their cost, and what all cost that there were.
pub(in crate::engine) fn holding_of(
    units: i128,
    cost: i128,
    whole: Option<&LotStateWhole>,
    places: u32,
) -> Result<Holding> {
    let Some(whole) = whole else {
        require(units > 0 || cost == 0, "nothing is left, and it has a cost")?;
        return Ok(if units == 0 { Holding::default() } else { Holding::new(units, cost) });
    };
    let whole_units = some_units(whole.units).at("units").at("whole")?;
    let whole_cost = amount_of(whole.cost, places).at("cost").at("whole")?;
    let is_rest = units > 0 && units < whole_units && proportion(whole_cost, units, whole_units)? == cost;
    require(is_rest, "the units that are left, or their cost, are not the rest of `whole`")?;
    Ok(Holding { units, cost, whole_units, whole_cost })
}
