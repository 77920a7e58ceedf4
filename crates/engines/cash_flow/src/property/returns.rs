//! What the owner gains over the whole hold.

use super::{output::PropertyReturn, ratios::ratio};
use crate::amounts::Amounts;
use wherewithal_base::{
    ErrorCode, Result,
    control::Control,
    num::{Decimal, Rounding, gate},
};
use wherewithal_time_value::{IrrOptions, RateRange, irr_under, npv};

/// The range in which every internal rate is listed.
const ALL_RATES: RateRange = RateRange { lower: -0.99, upper: 10.0 };

/// The return of cash flows one year apart, the first of which is the cash invested, as a negative amount.
pub(super) fn of(
    cash_flows: Vec<Decimal>,
    discount_rate: Option<f64>,
    amounts: Amounts,
    control: &Control<'_>,
) -> Result<PropertyReturn> {
    let flows: Vec<f64> = cash_flows.iter().map(|amount| gate::to_f64(*amount)).collect();
    let options = IrrOptions { all_roots: Some(ALL_RATES), ..IrrOptions::default() };
    let (internal_rate, no_rate_reason) = match irr_under(&flows, &options, control) {
        Ok(rate) => (Some(rate), None),
        Err(error) if error.code() == ErrorCode::OperationCancelled => return Err(error),
        Err(error) => (None, Some(error.message().to_owned())),
    };
    let present = |rate| gate::to_decimal(npv(rate, &flows, true)?, amounts.places(), Rounding::HalfEven);
    let net_present_value = discount_rate.map(present).transpose()?;
    let profit = amounts.sum(cash_flows.iter().copied())?;
    #[expect(clippy::indexing_slicing, reason = "the list begins with the purchase")]
    let invested = cash_flows[0].negated();
    Ok(PropertyReturn {
        profit,
        internal_rate,
        no_rate_reason,
        net_present_value,
        equity_multiple: ratio(profit.plus(invested)?, invested)?,
        cash_flows,
    })
}
