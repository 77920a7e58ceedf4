//! The level of a spending rule.

use crate::{SpendingPolicy, SpendingRule};
use wherewithal_base::{Error, ErrorCode, Result};

/// The parameter that sets the amount of a rule, if it has one.
pub(crate) enum Level<'a> {
    /// Annual spending, in today's money.
    Amount(&'a mut f64),
    /// A share of the portfolio, from 0 to 1.
    Rate(&'a mut f64),
}

/// The level of a rule.
///
/// # Errors
/// `change.not_applicable` for a rule that spends what follows from other assumptions.
pub(crate) fn level(rule: &mut SpendingRule) -> Result<Level<'_>> {
    let name = match rule {
        SpendingRule::ConstantReal { annual_spending } => return Ok(Level::Amount(annual_spending)),
        SpendingRule::ConstantRealWithdrawal { initial_rate: rate }
        | SpendingRule::PercentOfPortfolio { rate }
        | SpendingRule::FloorAndCeiling { rate, .. }
        | SpendingRule::DynamicSpending { rate, .. }
        | SpendingRule::GuytonKlinger { initial_rate: rate, .. }
        | SpendingRule::Ratchet { initial_rate: rate, .. }
        | SpendingRule::CapeBased { base: rate, .. } => return Ok(Level::Rate(rate)),
        SpendingRule::VariablePercentage { .. } => "variablePercentage",
        SpendingRule::RiskGuardrails { .. } => "riskGuardrails",
        SpendingRule::RequiredDistribution { .. } => "requiredDistribution",
        SpendingRule::Amortization { .. } => "amortization",
    };
    let message = format!(
        "the rule {name} has no level of its own; `constantReal` and the rules with a share of the portfolio have"
    );
    Err(Error::new(ErrorCode::ChangeNotApplicable, message))
}

/// Scales spending: the level of the rule, essential spending and the bounds.
pub(super) fn scale(policy: &mut SpendingPolicy, factor: f64) -> Result<()> {
    match level(&mut policy.rule)? {
        Level::Amount(level) | Level::Rate(level) => *level *= factor,
    }
    if let SpendingRule::CapeBased { weight, .. } = &mut policy.rule {
        *weight *= factor;
    }
    policy.essential_spending *= factor;
    for bound in [&mut policy.minimum_spending, &mut policy.maximum_spending].into_iter().flatten() {
        *bound *= factor;
    }
    Ok(())
}
