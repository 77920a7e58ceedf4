//! The strategies that pay the debts in a fixed order.

use super::{
    compiled::{CompiledDebts, RatePeriod},
    input::PayoffStrategyName,
    run::{Outcome, Run, highest_payment_first, highest_rate_first, pay_in_order, smallest_balance_first},
};
use wherewithal_base::Result;

/// The run of a strategy that pays the debts in an order.
pub(super) fn follow(
    strategy: PayoffStrategyName,
    terms: &CompiledDebts,
    rates: &[Vec<RatePeriod>],
    custom: &[usize],
) -> Result<Outcome> {
    let order = match strategy {
        PayoffStrategyName::Snowball => smallest_balance_first(terms),
        PayoffStrategyName::HighestPayment => highest_payment_first(terms, rates)?,
        PayoffStrategyName::Custom => custom.to_vec(),
        PayoffStrategyName::Avalanche | PayoffStrategyName::Optimum => {
            return Run::with_budget(terms, rates, |_, debts, surplus| {
                let order = highest_rate_first(debts);
                pay_in_order(debts, &order, surplus);
            });
        }
    };
    Run::with_budget(terms, rates, |_, debts, surplus| pay_in_order(debts, &order, surplus))
}
