//! The least total interest, with a proof of how near it is.
//!
//! # The problem
//!
//! Each month every debt gets at least its minimum payment and at most what is owed, and all payments together are
//! at most the budget. Among all such payments in whole minor units, with interest and minimum payments rounded
//! each month, find those with the least interest.
//!
//! It never pays to leave a part of the budget unspent: each month's rounded interest and minimum payment do not
//! fall with the balance, nor does what the minimum leaves owed, so whoever pays the same or more on every debt
//! owes no more on any and is charged no more. So plans spend the budget in full, and the one plan of a single debt
//! is the best. For the same reason an order of the debts that does not depend on the balances never costs more
//! with a larger budget, not by one minor unit.
//!
//! # The proof
//!
//! Put a price of at least one on the money of each month. The payments of the best plan, so priced, cost no less
//! than the least that each debt alone can cost at these prices; and since no month pays more than its budget,
//!
//! interest >= sum over debts W(debt) - sum over months (price - 1) budget - sum of the balances.
//!
//! This holds for every choice of prices (weak duality), and `single` works out W exactly. So whatever finds the
//! prices and the plan, the bound is a proof: the plan is at most the gap above the least interest.
//!
//! # The search
//!
//! The value of money falls from month to month by the rate of the debt that gets the surplus. The prices that
//! follow so from the avalanche prove it optimal wherever rates stay the same and minimum payments do not stand in
//! the way: to pay an amount now on the debt with the higher rate, and to take it back from its payments when the
//! other debt needs it, saves the difference of the rates and breaks no rule. Elsewhere `master` finds the prices and a mix of plans by linear programming; the mix, followed in
//! whole minor units, is one more plan. `search` divides the plans into cases where a mix would pay less than a
//! minimum. The cheapest plan of all is returned.

mod master;
mod relaxed;
mod search;
mod single;

use self::{relaxed::Relaxed, search::Search};
use super::{
    follow::follow,
    request::PayoffStrategyName,
    run::Run,
    terms::{RatePeriod, Terms},
};
use wherewithal_base::{Result, num::Decimal, wire::Wire};

/// How near the least possible interest a plan is proved to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PayoffProof {
    /// What is proved.
    pub status: PayoffProofStatus,
    /// No way to spend the budget, in whole minor units and with every rounding in one's favour, costs less
    /// interest than this.
    pub lower_bound: Decimal,
    /// The interest of the plan less the lower bound: the plan is at most this much above the least interest.
    pub gap: Decimal,
    /// If interest and payments were not rounded at all, no way to spend the budget would cost less interest than
    /// this, which is rounded up.
    pub unrounded_lower_bound: Decimal,
}

/// What is proved of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PayoffProofStatus {
    /// No way to spend the budget costs less, not by one minor unit: the gap is zero.
    Exact,
    /// No way to spend the budget costs less but by what the rounding of each month's interest can do: the plan is
    /// no further above the unrounded lower bound than the rounding of each month's interest can move it.
    ExactUpToRounding,
    /// The gap is wider than rounding explains: a better plan may exist.
    Bounded,
}

/// The cheapest plan that is found, and what is proved of it.
pub(super) fn optimum(
    terms: &Terms,
    rates: &[Vec<RatePeriod>],
    custom: Option<&[usize]>,
) -> Result<(Run, PayoffProof)> {
    let best = cheapest_order(terms, rates, custom)?;
    let relaxed = Relaxed::new(terms, rates, best.months.len());
    let (best, bounds) = Search::new(terms, rates, &relaxed, best).run()?;

    // Interest is never negative, which is all that is known where no prices prove more. A bound above the plan would
    // say no more than the plan does.
    let lower_bound = bounds.rounded.unwrap_or_default().min(best.total_interest);
    let status = if lower_bound == best.total_interest {
        PayoffProofStatus::Exact
    } else if bounds.explain(best.total_interest) {
        PayoffProofStatus::ExactUpToRounding
    } else {
        PayoffProofStatus::Bounded
    };
    let proof = PayoffProof {
        status,
        lower_bound: terms.total(lower_bound)?,
        gap: terms.total(best.total_interest - lower_bound)?,
        unrounded_lower_bound: terms.total(bounds.unrounded.unwrap_or_default())?,
    };
    Ok((best, proof))
}

/// The cheapest of the strategies that are an order of the debts.
#[expect(clippy::unreachable, reason = "three strategies are followed at least")]
fn cheapest_order(terms: &Terms, rates: &[Vec<RatePeriod>], custom: Option<&[usize]>) -> Result<Run> {
    let orders =
        [PayoffStrategyName::Avalanche, PayoffStrategyName::Snowball, PayoffStrategyName::HighestPayment];
    let (mut best, mut failure) = (None::<Run>, None);
    for strategy in orders.into_iter().chain(custom.map(|_| PayoffStrategyName::Custom)) {
        match follow(strategy, terms, rates, custom.unwrap_or_default())? {
            Ok(run) => {
                let cost = |run: &Run| (run.total_interest, run.months.len());
                if best.as_ref().is_none_or(|best| cost(&run) < cost(best)) {
                    best = Some(run);
                }
            }
            Err(unpaid) => failure = failure.or(Some(unpaid)),
        }
    }
    match (best, failure) {
        (Some(best), _) => Ok(best),
        (None, Some(unpaid)) => Err(unpaid.into_error(terms)?),
        (None, None) => unreachable!("every strategy ends or fails"),
    }
}
