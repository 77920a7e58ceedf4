//! Assumptions of a projection.

use super::TaxAssumption;
use wherewithal_base::{num::Decimal, rates::ReturnConvention, wire::Wire};

/// Assumptions of a projection about markets, prices and taxes. There are no defaults for the markets: whoever makes a
/// projection has to state a view of them, either as one return (`expectedReturn` and `volatility`) or as `assetClasses`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Assumptions {
    /// The mean annual return of all investments together, as a nominal fraction before fees (0.06 is 6 %); above -1 and up
    /// to 10, from 1 up with a percent sign (`"120 %"`). For the kind of mean, see `returnConvention`. It has no meaning
    /// together with `assetClasses`.
    #[wire(rate, omit, above = -1, range = ..=10)]
    pub expected_return: Option<f64>,
    /// The annual standard deviation of the logarithmic return as a fraction (0.11 is 11 %), 0 to 5, from 1 up
    /// with a percent sign; of the simple return if `returnConvention` is `simple`.
    #[wire(rate, omit, range = 0..=5)]
    pub volatility: Option<f64>,
    /// The kind of mean of `expectedReturn`, and what `volatility` and `correlations` are those of; also for each asset class
    /// that states no `returnConvention` of its own. By default `arithmetic`: the arithmetic mean of annual returns, and
    /// the standard deviation and correlations of logarithmic ones. Capital market assumptions are usually published as
    /// `simple`.
    #[wire(omit)]
    pub return_convention: Option<ReturnConvention>,
    /// Annual inflation as a fraction (0.025 is 2.5 %); from -0.5 to 10, from 1 up with a percent sign.
    #[wire(rate, range = -0.5..=10)]
    pub inflation: f64,
    /// The annual cost of advice and funds as a fraction of the balance (0.002 is 0.2 %); from 0 to below 1. Without it, a
    /// plan assumes that they cost nothing; it says so.
    #[wire(share, omit, range = 0.., below = 1)]
    pub annual_fee: Option<f64>,
    /// One rate of tax on all taxable income, withdrawals from tax-deferred accounts, realized gains and 85 % of Social
    /// Security, as a fraction from 0 to below 1; in place of `taxes`.
    #[wire(share, omit, range = 0.., below = 1)]
    pub effective_tax_rate: Option<f64>,
    /// The taxes. Without them and without `effectiveTaxRate`, a plan of a household that lives in the United States takes
    /// the federal brackets; otherwise it assumes that there are none. It says so.
    #[wire(omit)]
    pub taxes: Option<TaxAssumption>,
    /// The asset classes, 1 to 20, in place of `expectedReturn` and `volatility`.
    #[wire(default, omit, length = ..=20)]
    pub asset_classes: Vec<AssumedAssetClass>,
    /// The correlation matrix of the logarithmic returns, one row for each asset class: symmetric, 1 on the diagonal, from
    /// -1 to 1 elsewhere. Empty for no correlation. With the return convention `simple`, the correlations of the simple
    /// returns.
    #[wire(default, omit, length = ..=20, item_length = ..=20, range = -1..=1)]
    pub correlations: Vec<Vec<f64>>,
    /// The weights of the asset classes in accounts of which nothing else is known, with a sum of 1.
    #[wire(default, omit, length = ..=20)]
    pub allocation: Vec<AssetClassWeight>,
    /// Weights of the asset classes in all investments that change with the years, in place of those of the accounts:
    /// linear between the points, constant before the first and after the last. In ascending order of years, at most 100.
    #[wire(default, omit, length = ..=100)]
    pub glide_path: Vec<GlidePathPoint>,
    /// The spending of one person after the other's death as a share of the spending of both, 0 to 1. Without it, a plan
    /// of two people assumes 1 and says so.
    #[wire(share, omit, range = 0..=1)]
    pub survivor_spending_share: Option<f64>,
    /// The amount to leave in the accounts at the end, in the money of `asOf`, at least 0.
    #[wire(omit, range = 0..)]
    pub bequest: Option<Decimal>,
}

/// An asset class with its assumed return.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct AssumedAssetClass {
    /// Its unique name; 1 to 100 characters.
    #[wire(length = 1..=100)]
    pub name: String,
    /// The mean annual return as a nominal fraction before fees; above -1 and up to 10, from 1 up with a percent
    /// sign. For the kind of mean, see `returnConvention`.
    #[wire(rate, above = -1, range = ..=10)]
    pub expected_return: f64,
    /// The annual standard deviation of the logarithmic return as a fraction, 0 to 5, from 1 up with a percent sign; of
    /// the simple return if the convention is `simple`.
    #[wire(rate, range = 0..=5)]
    pub volatility: f64,
    /// The kind of mean of `expectedReturn`, and what `volatility` is that of; by default the `returnConvention` of the
    /// assumptions. Either all asset classes are `simple` or none is, so that correlations are of one kind.
    #[wire(omit)]
    pub return_convention: Option<ReturnConvention>,
}

impl Assumptions {
    /// What the return and the volatility of an asset class are those of.
    #[must_use]
    pub fn convention_of(&self, class: &AssumedAssetClass) -> ReturnConvention {
        class.return_convention.or(self.return_convention).unwrap_or_default()
    }
}

/// The weight of an asset class.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct AssetClassWeight {
    /// The name of the asset class.
    #[wire(length = 1..=100)]
    pub asset_class: String,
    /// Its weight, 0 to 1.
    #[wire(share, range = 0..=1)]
    pub weight: f64,
}

/// The weights of one year of a glide path.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct GlidePathPoint {
    /// The calendar year, 1900 to 2400.
    #[wire(range = 1900..=2400)]
    pub year: u32,
    /// The weights of the asset classes, with a sum of 1.
    #[wire(length = 1..=20)]
    pub weights: Vec<AssetClassWeight>,
}
