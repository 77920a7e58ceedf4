//! The least total interest, with a proof of how close it is.
//!
//! # The problem
//!
//! Each month every debt gets at least its minimum payment and at most its balance, and all payments together are at
//! most the budget. Among all such payments in whole minor units, with interest and minimum payments rounded each
//! month, find those with the least interest.
//!
//! It never pays to leave a part of the budget unspent. A higher balance never means less rounded interest, a lower
//! minimum payment or a lower balance after the minimum, so paying the same or more on every debt never leaves a higher
//! balance or more interest on any. So plans spend the budget in full, and the only plan for a single debt is the best
//! one. For the same reason, an order of the debts that does not depend on the balances never costs more with a larger
//! budget, not even by one minor unit. Minimum payments that are rounded to whole dollars, or another step, can rise by
//! a step where a balance rises by less, so that this holds up to a step; the proof below allows for it.
//!
//! # The proof
//!
//! Put a price of at least one on the money of each month. At these prices, the payments of the best plan cost no less
//! than the sum of the least that each debt alone can cost; and since no month pays more than its budget,
//!
//! interest >= sum over debts W(debt) - sum over months (price - 1) budget - sum of the balances.
//!
//! This holds for every choice of prices (weak duality), and `single` computes W exactly. So the bound is a proof
//! however the prices and the plan were found: the plan exceeds the least interest by at most the gap.
//!
//! # The search
//!
//! The value of money falls from month to month by the rate of the debt that gets the surplus. The prices derived in
//! this way from the avalanche prove it optimal if rates are constant and minimum payments do not interfere: paying an
//! amount now on the debt with the higher rate, and taking it back from that debt's payments when the other debt needs
//! it, saves the difference of the rates and breaks no rule. In other cases `master` finds the prices and a mix of
//! plans by linear programming; the mix, followed in whole minor units, is one more plan. If a mix would pay less than
//! a minimum, `search` divides the plans into cases. The cheapest plan of all is returned.
//!
//! # Deferred interest
//!
//! A debt with deferred interest is repaid by the end of its promotion, or all that was deferred is charged. Each debt may
//! be priced alone, so W is the lesser of both kinds of payments, and the bound holds for every combination. `in_time`
//! makes plans that keep the promotions; a mix that keeps one in part is divided into the two cases. A debt that costs
//! nothing for months and then a great deal is the one place where an order of the debts can be far from the optimum.

mod in_time;
mod master;
mod relaxed;
mod search;
mod single;

use self::{relaxed::Relaxed, search::Search};
use super::{
    compiled::{CompiledDebts, RatePeriod},
    follow::follow,
    input::PayoffStrategyName,
    run::Run,
};
use wherewithal_base::{Result, control::Control, num::Decimal, wire::Wire};

/// A proof of how close a plan is to the least possible interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PayoffProof {
    /// The proof.
    pub status: PayoffProofStatus,
    /// No way to spend the budget in whole minor units costs less interest than this, even if every rounding is
    /// favourable.
    pub lower_bound: Decimal,
    /// The interest of the plan less the lower bound: the plan exceeds the least interest by at most this.
    pub gap: Decimal,
    /// Without any rounding of interest and payments, no way to spend the budget would cost less interest than this
    /// (rounded up).
    pub unrounded_lower_bound: Decimal,
}

/// The proof about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PayoffProofStatus {
    /// No way to spend the budget costs less, not even by one minor unit: the gap is zero.
    Exact,
    /// No way to spend the budget costs less, up to rounding: the plan exceeds the unrounded lower bound by no more
    /// than the rounding of each month's interest can account for.
    ExactUpToRounding,
    /// The gap is wider than rounding explains: a better plan may exist.
    Bounded,
}

/// The cheapest plan found, and its proof.
pub(super) fn optimum(
    terms: &CompiledDebts,
    rates: &[Vec<RatePeriod>],
    custom: Option<&[usize]>,
    control: &Control<'_>,
) -> Result<(Run, PayoffProof)> {
    let mut best = cheapest_order(terms, rates, custom)?;
    for run in in_time::candidates(terms, rates, control)? {
        if run.total_interest < best.total_interest {
            best = run;
        }
    }
    let relaxed = Relaxed::new(terms, rates, best.months.len());
    let (best, bounds) = Search::new(terms, rates, &relaxed, best, control).run()?;

    // Interest is never negative, which is the bound if no prices prove more. A bound above the plan's own interest
    // would add nothing.
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

/// The cheapest of the strategies that pay the debts in an order.
#[expect(clippy::unreachable, reason = "three strategies are followed at least")]
fn cheapest_order(terms: &CompiledDebts, rates: &[Vec<RatePeriod>], custom: Option<&[usize]>) -> Result<Run> {
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
