//! The asset classes that accounts are invested in.

use super::{Context, accounts::Planned};
use wherewithal_base::{Error, ErrorCode, Result, num::gate};
use wherewithal_household::{Account, AssetClassWeight};
use wherewithal_retirement::{RetirementAllocation, RetirementGlidePoint, RetirementTaxTreatment};

use super::super::timeline::year;

/// What is known about the investments of an account: a value for each asset class of the assumptions.
#[derive(Debug, Clone)]
pub(super) struct Investments {
    values: Vec<f64>,
}

impl Investments {
    /// The weights: the values scaled to a sum of 1.
    fn weights(&self) -> Vec<f64> {
        let total: f64 = self.values.iter().sum();
        self.values.iter().map(|value| value / total).collect()
    }
}

impl<'a> Context<'a> {
    /// What is known about the investments of an account: its own weights, or those of its holdings.
    pub(super) fn investments(&self, account: &Account) -> Result<Option<Investments>> {
        let classes = &self.assumptions.asset_classes;
        if classes.is_empty() {
            return Ok(None);
        }
        if !account.allocation.is_empty() {
            return Ok(Some(Investments { values: self.in_order(&account.allocation) }));
        }
        let places = self.household.places_of(account.currency);
        let mut values = vec![0.0; classes.len()];
        for holding in &account.holdings {
            let Some(class) = &holding.asset_class else { continue };
            for (known, value) in classes.iter().zip(&mut values) {
                if known.name == *class {
                    *value += gate::to_f64(holding.value(places)?);
                }
            }
        }
        let is_known = values.iter().any(|value| *value > 0.0);
        Ok(is_known.then_some(Investments { values }))
    }

    /// Weights in the order of the asset classes; 0 for those that are not named.
    fn in_order(&self, weights: &[AssetClassWeight]) -> Vec<f64> {
        let weight = |name: &str| {
            weights.iter().find(|weight| weight.asset_class == name).map_or(0.0, |weight| weight.weight)
        };
        self.assumptions.asset_classes.iter().map(|class| weight(&class.name)).collect()
    }

    /// The allocation of the plan, and those of the accounts that differ from it.
    pub(super) fn allocations(&mut self, planned: &mut [Planned<'a>]) -> Result<RetirementAllocation> {
        let classes = self.assumptions.asset_classes.len();
        if classes <= 1 {
            return Ok(RetirementAllocation::Fixed { weights: vec![1.0] });
        }
        if !self.assumptions.glide_path.is_empty() {
            return Ok(self.glide_path());
        }
        let of_plan = self.allocation_of_plan(planned)?;
        for one in planned.iter_mut().filter(|planned| is_invested(planned)) {
            match &one.investments {
                Some(known) => {
                    one.plan.allocation = Some(RetirementAllocation::Fixed { weights: known.weights() });
                }
                None if one.plan.balance > 0.0 => self.assumed.add(
                    format!("accounts[{}].allocation", one.index),
                    format!("{} is invested as the plan is", one.account.name),
                    "weights of the asset classes, or the asset class of each holding",
                ),
                None => {}
            }
        }
        Ok(RetirementAllocation::Fixed { weights: of_plan })
    }

    fn glide_path(&self) -> RetirementAllocation {
        let points = self.assumptions.glide_path.iter().map(|point| RetirementGlidePoint {
            at: year(point.year.cast_signed()),
            weights: self.in_order(&point.weights),
        });
        RetirementAllocation::GlidePath { points: points.collect() }
    }

    /// The weights of accounts of which nothing is known: those of the assumptions, or those of the other accounts
    /// together.
    fn allocation_of_plan(&mut self, planned: &[Planned<'a>]) -> Result<Vec<f64>> {
        if !self.assumptions.allocation.is_empty() {
            return Ok(self.in_order(&self.assumptions.allocation));
        }
        let mut values = vec![0.0; self.assumptions.asset_classes.len()];
        for one in planned.iter().filter(|planned| is_invested(planned)) {
            let Some(known) = &one.investments else { continue };
            for (value, weight) in values.iter_mut().zip(known.weights()) {
                *value += weight * one.plan.balance;
            }
        }
        let total: f64 = values.iter().sum();
        if total > 0.0 {
            return Ok(values.iter().map(|value| value / total).collect());
        }
        let message = "which asset classes the accounts are invested in decides the plan; give `allocation`, \
                       `glidePath`, the `allocation` of accounts, or the `assetClass` of holdings";
        Err(Error::new(ErrorCode::FieldMissing, message).at("allocation").at("assumptions"))
    }
}

fn is_invested(planned: &Planned<'_>) -> bool {
    !matches!(planned.plan.treatment, RetirementTaxTreatment::Cash { .. })
}
