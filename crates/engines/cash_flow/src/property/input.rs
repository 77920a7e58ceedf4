//! The input of the cash flow of a property.

use super::{DepreciationMethod, RecoveryPeriod};
use wherewithal_base::{
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};

/// The longest hold, in years.
pub(super) const MAX_YEARS: u32 = 50;
/// The most units of one kind.
pub(super) const MAX_UNITS: u32 = 10_000;

/// A rental property: what it costs, what it brings in, how it is financed, and its sale at the end.
#[derive(Debug, Clone, Wire)]
pub struct RentalPropertyInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// How long the property is held, 1 to 50 years. It is sold at the end of the last one.
    #[wire(range = 1..=50)]
    pub years: u32,
    /// The purchase.
    pub purchase: PropertyPurchase,
    /// The loans with which it is bought, repaid monthly from a month after the purchase; at most 10.
    #[wire(default, length = ..=10)]
    pub loans: Vec<PropertyLoan>,
    /// The rents, at most 200 kinds of units.
    #[wire(length = 1..=200)]
    pub rents: Vec<PropertyRent>,
    /// Income besides the rents, such as parking or laundry; at most 200 items.
    #[wire(default, length = ..=200)]
    pub other_income: Vec<PropertyIncome>,
    /// The share of the gross potential income that is lost because units stand empty, 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub vacancy_rate: Decimal,
    /// The share of the gross potential income that tenants do not pay, 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub credit_loss_rate: Decimal,
    /// The operating expenses: management, property tax, insurance, repairs, dues, utilities; at most 200 items. They have
    /// neither debt service nor depreciation nor improvements.
    #[wire(default, length = ..=200)]
    pub operating_expenses: Vec<PropertyExpense>,
    /// What is set aside and spent on capital items, such as a roof; at most 200 items. It is below the line of the net
    /// operating income, is not deducted, and does not add to the basis.
    #[wire(default, length = ..=200)]
    pub reserves: Vec<PropertyExpense>,
    /// The sale at the end of the last year.
    #[wire(default)]
    pub sale: PropertySalePlan,
    /// The owner's taxes; without them there are no figures after tax.
    pub taxes: Option<PropertyTaxes>,
    /// The annual rate at which cash flows are discounted, as a fraction above -1 and at most 10; without it there is no net
    /// present value.
    #[wire(rate, above = -1, range = ..=10)]
    pub discount_rate: Option<f64>,
}

/// The purchase of a property.
#[derive(Debug, Clone, Wire)]
pub struct PropertyPurchase {
    /// The price; above 0 and at most 10^12.
    #[wire(above = 0, range = ..=1000000000000)]
    pub price: Decimal,
    /// The costs of the purchase besides the price, such as title and recording fees; 0 to 10^12. They are part of the cash
    /// invested and of the basis.
    #[wire(default, range = 0..=1000000000000)]
    pub closing_costs: Decimal,
    /// Improvements that are paid at the purchase, 0 to 10^12. They are part of the cash invested and of the basis of the
    /// building.
    #[wire(default, range = 0..=1000000000000)]
    pub improvements: Decimal,
    /// The market value after the purchase and the improvements, from which it grows, if it is not the price; above 0 and at
    /// most 10^12.
    #[wire(above = 0, range = ..=1000000000000)]
    pub value: Option<Decimal>,
}

/// A loan with which a property is bought: the terms of `debt.amortize` without dates.
#[derive(Debug, Clone, Wire)]
pub struct PropertyLoan {
    /// The amount borrowed; greater than zero.
    #[wire(above = 0)]
    pub principal: Decimal,
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly; from 0 to 10.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
    /// The number of monthly payments over which it is repaid, 1 to 5200. What is left at the sale is paid out of the
    /// proceeds.
    #[wire(range = 1..=5200)]
    pub term_months: u32,
    /// The agreed monthly payment, if it is not the level payment.
    pub payment: Option<Decimal>,
}

/// Units that are let at the same rent.
#[derive(Debug, Clone, Wire)]
pub struct PropertyRent {
    /// A name of its own in the list, at most 100 characters.
    #[wire(length = 1..=100)]
    pub name: String,
    /// The number of units, 1 to 10,000.
    #[wire(default = one, range = 1..=10_000)]
    pub units: u32,
    /// The monthly rent of one unit in the first year, 0 to 10^12.
    #[wire(range = 0..=1000000000000)]
    pub monthly_rent: Decimal,
    /// The growth of the rent from year to year, as a fraction above -1 and at most 10. The rent of a year is rounded to the
    /// minor unit.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: Decimal,
}

fn one() -> u32 {
    1
}

/// Income besides the rents.
#[derive(Debug, Clone, Wire)]
pub struct PropertyIncome {
    /// A name of its own in the list, at most 100 characters.
    #[wire(length = 1..=100)]
    pub name: String,
    /// The amount of the first year, 0 to 10^12.
    #[wire(range = 0..=1000000000000)]
    pub annual_amount: Decimal,
    /// Its growth from year to year, as a fraction above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: Decimal,
}

/// An expense of a property.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum PropertyExpense {
    /// An amount, such as property tax or insurance.
    Fixed {
        /// A name of its own in the list, at most 100 characters.
        #[wire(length = 1..=100)]
        name: String,
        /// The amount of the first year, 0 to 10^12.
        #[wire(range = 0..=1000000000000)]
        annual_amount: Decimal,
        /// Its growth from year to year, as a fraction above -1 and at most 10.
        #[wire(rate, default, above = -1, range = ..=10)]
        annual_growth: Decimal,
    },
    /// A share of the effective gross income, such as the fee of a manager.
    ShareOfIncome {
        /// A name of its own in the list, at most 100 characters.
        #[wire(length = 1..=100)]
        name: String,
        /// The share, 0 to 1.
        #[wire(share, range = 0..=1)]
        share: Decimal,
    },
}

impl PropertyExpense {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Fixed { name, .. } | Self::ShareOfIncome { name, .. } => name,
        }
    }
}

/// The sale of a property at the end of the hold.
#[derive(Debug, Clone, Default, Wire)]
pub struct PropertySalePlan {
    /// The growth of the value from year to year, as a fraction above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub appreciation: Decimal,
    /// The costs of the sale as a share of the price, 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub cost_rate: Decimal,
}

/// The taxes of the owner of a rental property in the United States, at rates that the caller gives.
#[derive(Debug, Clone, Wire)]
pub struct PropertyTaxes {
    /// The share of price and closing costs that is paid for the land, which is not depreciated; 0 to 1.
    #[wire(share, range = 0..=1)]
    pub land_share: Decimal,
    /// What the building is, which sets the recovery period.
    #[wire(default)]
    pub recovery: RecoveryPeriod,
    /// How the deduction of a year is computed.
    #[wire(default)]
    pub method: DepreciationMethod,
    /// The marginal rate on ordinary income, as a fraction, 0 to 1.
    #[wire(share, range = 0..=1)]
    pub ordinary_rate: Decimal,
    /// The rate on long-term capital gains, as a fraction, 0 to 1.
    #[wire(share, range = 0..=1)]
    pub capital_gains_rate: Decimal,
    /// The rate on the gain up to the depreciation taken (unrecaptured section 1250 gain), as a fraction, 0 to 1. By default
    /// the ordinary rate, but at most 25 % (IRC 1(h)(1)(E)).
    #[wire(share, range = 0..=1)]
    pub recapture_rate: Option<Decimal>,
    /// What becomes of a year's loss.
    #[wire(default)]
    pub passive_losses: PassiveLosses,
}

/// What becomes of the losses of a rental property, which is a passive activity (IRC 469).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum PassiveLosses {
    /// They wait for later income of the property, and are deducted in full at its sale (IRC 469(b), (g)(1)).
    #[default]
    Suspended,
    /// They are deducted from other income in their year, as those of a real estate professional (IRC 469(c)(7)), or within
    /// the allowance for active participation (IRC 469(i)), whose limits are not applied here.
    Allowed,
}
