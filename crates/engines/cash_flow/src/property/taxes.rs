//! The taxes of the owner of a property.

use super::{
    depreciation::Building,
    input::{MAX_YEARS, PassiveLosses, PropertyTaxes},
    output::PropertySaleTax,
};
use crate::amounts::Amounts;
use wherewithal_base::{Result, check, error::At as _, num::Decimal};

/// The tax of a year.
#[derive(Debug, Clone, Copy)]
pub(super) struct TaxYear {
    pub(super) depreciation: Decimal,
    pub(super) taxable_income: Decimal,
    pub(super) suspended_losses: Decimal,
    pub(super) tax: Decimal,
}

/// The owner's taxes from year to year.
#[derive(Debug)]
pub(super) struct TaxBook {
    amounts: Amounts,
    building: Building,
    ordinary_rate: Decimal,
    capital_gains_rate: Decimal,
    recapture_rate: Decimal,
    losses_wait: bool,
    /// Price, closing costs and improvements.
    cost: Decimal,
    suspended: Decimal,
}

impl TaxBook {
    /// `bought` is price and closing costs, of which the land has its share; `improvements` belong to the building.
    pub(super) fn new(
        taxes: &PropertyTaxes,
        bought: Decimal,
        improvements: Decimal,
        amounts: Amounts,
    ) -> Result<Self> {
        let land_share = check::decimal_fraction(taxes.land_share).at("landShare")?;
        let ordinary_rate = check::decimal_fraction(taxes.ordinary_rate).at("ordinaryRate")?;
        let capital_gains_rate = check::decimal_fraction(taxes.capital_gains_rate).at("capitalGainsRate")?;
        let recapture_rate = match taxes.recapture_rate {
            Some(rate) => check::decimal_fraction(rate).at("recaptureRate")?,
            None => ordinary_rate.min(Decimal::new(25, 2)?),
        };
        let land = amounts.product(bought, land_share)?;
        let basis = amounts.sum([bought, land.negated(), improvements])?;
        // A year of ownership counts as a tax year, so the first month is the first of its year.
        let building = Building::new(amounts, basis, taxes.recovery, taxes.method, 1);
        Ok(Self {
            amounts,
            building,
            ordinary_rate,
            capital_gains_rate,
            recapture_rate,
            losses_wait: taxes.passive_losses == PassiveLosses::Suspended,
            cost: amounts.sum([bought, improvements])?,
            suspended: amounts.zero(),
        })
    }

    /// The tax of a year, counted from 1, on its net operating income less interest. The years come in their order; the
    /// property is sold in the last month of the last one.
    pub(super) fn year(&mut self, year: u32, income: Decimal, is_last: bool) -> Result<TaxYear> {
        debug_assert!(year <= MAX_YEARS, "the years are checked");
        let deducted = self.building.deduct(year.cast_signed(), is_last.then_some(12))?;
        let depreciation = deducted.map_or(self.amounts.zero(), |(_, deduction)| deduction);
        let taxable_income = income.minus(depreciation)?;
        let taxed = if !self.losses_wait {
            taxable_income
        } else if taxable_income.is_negative() {
            self.suspended = self.suspended.minus(taxable_income)?;
            Decimal::ZERO
        } else {
            let used = self.suspended.min(taxable_income);
            self.suspended = self.suspended.minus(used)?;
            taxable_income.minus(used)?
        };
        let tax = self.amounts.product(taxed, self.ordinary_rate)?;
        Ok(TaxYear { depreciation, taxable_income, suspended_losses: self.suspended, tax })
    }

    /// The tax on the sale for `received`, the price less the costs.
    pub(super) fn sale(&self, received: Decimal) -> Result<PropertySaleTax> {
        let zero = self.amounts.zero();
        let taken = self.building.accumulated;
        let adjusted_basis = self.cost.minus(taken)?;
        let gain = received.minus(adjusted_basis)?;
        let (gained, loss) = if gain.is_negative() { (zero, gain.negated()) } else { (gain, zero) };
        let recaptured_depreciation = gained.min(taken);
        let capital_gain = gained.minus(recaptured_depreciation)?;
        let recapture_tax = self.amounts.product(recaptured_depreciation, self.recapture_rate)?;
        let capital_gains_tax = self.amounts.product(capital_gain, self.capital_gains_rate)?;
        let released_losses = self.suspended;
        let tax_saved = self.amounts.product(loss.plus(released_losses)?, self.ordinary_rate)?;
        Ok(PropertySaleTax {
            adjusted_basis,
            gain,
            recaptured_depreciation,
            recapture_tax,
            capital_gain,
            capital_gains_tax,
            loss,
            released_losses,
            tax_saved,
            tax: recapture_tax.plus(capital_gains_tax)?.minus(tax_saved)?,
        })
    }
}
