//! The order of withdrawals.

use super::{
    super::{RetirementPlan, RetirementTaxTreatment, WithdrawalOrder},
    accounts::account,
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, error::At as _, order};

/// The order of withdrawals.
#[derive(Debug, Clone)]
pub(in super::super) enum Withdrawals {
    /// One account after the other.
    InOrder {
        tranches: Vec<Tranche>,
        /// The ordinary income up to which tranches fill a bracket, in today's money.
        bracket: f64,
    },
    /// All accounts in proportion to their balances.
    Proportional,
}

/// A withdrawal from one account, before the next account is used.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Tranche {
    pub(in super::super) account: usize,
    /// Whether the withdrawal is limited to the room left for ordinary income; otherwise to the balance.
    pub(in super::super) fills_bracket: bool,
}

impl Withdrawals {
    pub(super) fn new(plan: &RetirementPlan) -> Result<Self> {
        let whole = |account| Tranche { account, fills_bracket: false };
        let used_up = |order: Vec<usize>| Self::InOrder {
            tranches: order.into_iter().map(whole).collect(),
            bracket: 0.0,
        };
        let by_rank = |rank: fn(RetirementTaxTreatment) -> u32| {
            let mut order: Vec<(usize, u32)> =
                plan.accounts.iter().map(|account| rank(account.treatment)).enumerate().collect();
            // A stable sort keeps the order of the plan within a rank.
            order::sort_by_key(&mut order, |(_, rank)| *rank);
            order.into_iter().map(|(account, _)| account).collect::<Vec<usize>>()
        };
        match &plan.withdrawal_order {
            WithdrawalOrder::Proportional => Ok(Self::Proportional),
            WithdrawalOrder::TaxableFirst => Ok(used_up(by_rank(taxable_first))),
            WithdrawalOrder::BracketFilling { ordinary_income } => {
                limits::amount(*ordinary_income).at("ordinaryIncome")?;
                let traditional = plan.accounts.iter().enumerate().filter_map(|(account, given)| {
                    let is_traditional = matches!(given.treatment, RetirementTaxTreatment::Traditional);
                    is_traditional.then_some(Tranche { account, fills_bracket: true })
                });
                let tranches = traditional.chain(by_rank(after_bracket).into_iter().map(whole)).collect();
                Ok(Self::InOrder { tranches, bracket: *ordinary_income })
            }
            WithdrawalOrder::Custom { accounts } => {
                let mut order: Vec<usize> = Vec::new();
                for (index, name) in accounts.iter().enumerate() {
                    let place = account(plan, name, "").at_index("accounts", index)?;
                    if order.contains(&place) {
                        let message = format!("{name:?} is named twice");
                        let error = Error::new(ErrorCode::ListDuplicate, message);
                        return Err(error.at_index("accounts", index));
                    }
                    order.push(place);
                }
                for place in by_rank(taxable_first) {
                    if !order.contains(&place) {
                        order.push(place);
                    }
                }
                Ok(used_up(order))
            }
        }
    }
}

fn taxable_first(treatment: RetirementTaxTreatment) -> u32 {
    match treatment {
        RetirementTaxTreatment::Cash { .. } => 0,
        RetirementTaxTreatment::Taxable { .. } => 1,
        RetirementTaxTreatment::Traditional => 2,
        RetirementTaxTreatment::Roth => 3,
        RetirementTaxTreatment::HealthSavings => 4,
    }
}

fn after_bracket(treatment: RetirementTaxTreatment) -> u32 {
    match treatment {
        RetirementTaxTreatment::Cash { .. } => 0,
        RetirementTaxTreatment::Taxable { .. } => 1,
        RetirementTaxTreatment::Roth => 2,
        RetirementTaxTreatment::Traditional => 3,
        RetirementTaxTreatment::HealthSavings => 4,
    }
}
