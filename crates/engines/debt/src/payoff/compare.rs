//! All strategies side by side.

use super::{
    compiled::{CompiledDebts, MAX_MONTHS},
    follow::follow,
    input::{PayoffComparisonInput, PayoffStrategyName},
    optimum::{PayoffProof, optimum},
    plan::{Baselines, PayoffBaseline, PayoffDebtSummary, debt_free_date, debt_summary},
    run::Run,
};
use wherewithal_base::{Result, control::Control, dates::Date, error::At as _, num::Decimal, wire::Wire};

/// All strategies side by side.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PayoffComparison {
    /// The strategy with the least interest; ties go to the fewest months, then to the simplest. From the simplest on:
    /// snowball, avalanche, highest payment, custom, optimum.
    pub winner: PayoffStrategyName,
    /// Why it is the winner, as a sentence in English.
    pub reason: String,
    /// The strategies: snowball, avalanche, highest payment, the custom order if one is given, optimum.
    pub strategies: Vec<PayoffStrategyResult>,
    /// The proof of how close the optimum is to the least possible interest.
    pub proof: PayoffProof,
}

/// The outcome of a strategy.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PayoffStrategyResult {
    /// The strategy.
    pub strategy: PayoffStrategyName,
    /// The date of the last payment.
    pub debt_free_date: Date,
    /// The number of months with a payment.
    pub months: u32,
    /// The sum of all interest.
    pub total_interest: Decimal,
    /// The sum of all payments.
    pub total_paid: Decimal,
    /// The interest above that of the optimum.
    pub interest_above_optimum: Decimal,
    /// Paying only the minimums, and what the strategy saves in comparison. Null if a debt would never be repaid.
    pub minimums_only: Option<PayoffBaseline>,
    /// Paying the minimums of the first month throughout, and what the strategy saves in comparison. Null if a debt
    /// would never be repaid.
    pub fixed_minimums: Option<PayoffBaseline>,
    /// Each debt, in the order of the input.
    pub debts: Vec<PayoffDebtSummary>,
}

/// All strategies for one set of debts and one budget, and the one that costs the least interest.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, PayoffComparisonInput, PayoffStrategyName};
///
/// // The promotion makes the avalanche leave the card for last, when its rate has jumped.
/// let request: PayoffComparisonInput = serde_json::from_str(r#"{
///     "firstPayment": "2026-02-01",
///     "debts": [
///         {"id": "card", "balance": "3000", "annualRate": "0.29",
///          "promotions": [{"until": "2026-07-31", "annualRate": "0"}],
///          "minimumPayment": {"kind": "fixed", "amount": "30"}},
///         {"id": "loan", "balance": "5000", "annualRate": "0.08",
///          "minimumPayment": {"kind": "fixed", "amount": "100"}}
///     ],
///     "budget": {"monthly": "600"}
/// }"#).unwrap();
/// let comparison = debt::payoff_compare(&request)?;
/// let interest = |name| {
///     comparison.strategies.iter().find(|result| result.strategy == name).map(|result| result.total_interest)
/// };
/// assert!(interest(PayoffStrategyName::Optimum) < interest(PayoffStrategyName::Avalanche));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`payoff_plan`](super::payoff_plan).
pub fn payoff_compare(request: &PayoffComparisonInput) -> Result<PayoffComparison> {
    payoff_compare_under(request, &Control::default())
}

/// [`payoff_compare`], which `control` can stop.
///
/// # Errors
/// Those of [`payoff_compare`], and `operation.cancelled`.
pub fn payoff_compare_under(
    request: &PayoffComparisonInput,
    control: &Control<'_>,
) -> Result<PayoffComparison> {
    let terms = CompiledDebts::new(
        request.currency,
        request.first_payment,
        &request.debts,
        &request.budget,
        request.rounding,
    )?;
    let custom =
        request.custom_order.as_ref().map(|ids| terms.order_of(ids)).transpose().at("customOrder")?;
    let rates = terms.rates(MAX_MONTHS)?;

    let mut runs = Vec::new();
    let orders =
        [PayoffStrategyName::Snowball, PayoffStrategyName::Avalanche, PayoffStrategyName::HighestPayment];
    for strategy in orders.into_iter().chain(custom.as_ref().map(|_| PayoffStrategyName::Custom)) {
        // Only the custom strategy reads the order.
        match follow(strategy, &terms, &rates, custom.as_deref().unwrap_or_default())? {
            Ok(run) => runs.push((strategy, run)),
            Err(unpaid) => return Err(unpaid.into_error(&terms)?),
        }
    }
    let (best, proof) = optimum(&terms, &rates, custom.as_deref(), control)?;
    let least = runs.iter().fold(best.total_interest, |least, (_, run)| least.min(run.total_interest));
    runs.push((PayoffStrategyName::Optimum, best));

    let baselines = Baselines::new(&terms, &rates)?;
    let mut strategies = Vec::with_capacity(runs.len());
    for (strategy, run) in &runs {
        let mut debts = Vec::with_capacity(terms.debts.len());
        for index in &terms.input_order {
            debts.push(debt_summary(&terms, run, *index)?);
        }
        strategies.push(PayoffStrategyResult {
            strategy: *strategy,
            debt_free_date: debt_free_date(&terms, run)?,
            months: run.months.len() as u32,
            total_interest: terms.total(run.total_interest)?,
            total_paid: terms.total(run.total_paid())?,
            interest_above_optimum: terms.total(run.total_interest - least)?,
            minimums_only: baselines.minimums_only(&terms, run)?,
            fixed_minimums: baselines.fixed_minimums(&terms, run)?,
            debts,
        });
    }
    let (winner, reason) = winner(&terms, &runs)?;
    Ok(PayoffComparison { winner, reason, strategies, proof })
}

#[expect(clippy::expect_used, reason = "the optimum is one of the runs")]
fn winner(terms: &CompiledDebts, runs: &[(PayoffStrategyName, Run)]) -> Result<(PayoffStrategyName, String)> {
    let cost = |run: &Run| (run.total_interest, run.months.len());
    // `min_by_key` keeps the first of equals, so the simplest strategy wins.
    let (winner, best) = runs.iter().min_by_key(|(_, run)| cost(run)).expect("the optimum is among them");
    let (mut equals, mut next) = (Vec::new(), None::<i128>);
    for (strategy, run) in runs.iter().filter(|(strategy, _)| strategy != winner) {
        if run.total_interest == best.total_interest {
            equals.push(spoken(*strategy));
        } else {
            next = Some(next.map_or(run.total_interest, |next| next.min(run.total_interest)));
        }
    }
    let mut reason = format!("It costs {} of interest", terms.total(best.total_interest)?);
    if !equals.is_empty() {
        reason = format!("{reason}, as much as {}", equals.join(", "));
    }
    if let Some(next) = next {
        reason = format!("{reason}; the next costs {} more", terms.total(next - best.total_interest)?);
    }
    reason.push('.');
    Ok((*winner, reason))
}

fn spoken(strategy: PayoffStrategyName) -> &'static str {
    match strategy {
        PayoffStrategyName::Snowball => "the snowball",
        PayoffStrategyName::Avalanche => "the avalanche",
        PayoffStrategyName::HighestPayment => "the highest payment first",
        PayoffStrategyName::Custom => "the custom order",
        PayoffStrategyName::Optimum => "the optimum",
    }
}
