//! Assets that are not accounts.

use super::AssetCategory;
use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// A home, a rental, land or another property.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Property {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the property, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The use of the property.
    pub kind: PropertyKind,
    /// The id of the owner; absent for joint ownership.
    #[wire(omit)]
    pub owner: Option<String>,
    /// The currency of the property's amounts, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The market value of the property, loans not deducted; at least 0. Without `ownershipShare` it is that of the
    /// household's own share.
    #[wire(range = 0..)]
    pub value: Decimal,
    /// Its cost, improvements included; at least 0.
    #[wire(omit, range = 0..)]
    pub cost_basis: Option<Decimal>,
    /// The date of acquisition, not after `asOf`.
    #[wire(omit)]
    pub acquisition_date: Option<Date>,
    /// The date of the last valuation, not after `asOf`.
    #[wire(omit)]
    pub valuation_date: Option<Date>,
    /// Monthly rent received, at least 0.
    #[wire(omit, range = 0..)]
    pub monthly_rent: Option<Decimal>,
    /// Annual property tax, at least 0.
    #[wire(omit, range = 0..)]
    pub property_tax_annual: Option<Decimal>,
    /// Annual insurance premiums, at least 0.
    #[wire(omit, range = 0..)]
    pub insurance_annual: Option<Decimal>,
    /// Monthly dues of an owners' association, at least 0.
    #[wire(omit, range = 0..)]
    pub hoa_monthly: Option<Decimal>,
    /// The household's share if others own the rest, as a fraction above 0 and up to 1, with at most 9 decimal places;
    /// absent if all of it is the household's. The amounts are those of the whole; the statement and the plan count the
    /// share of each.
    #[wire(share, omit, above = 0, range = ..=1)]
    pub ownership_share: Option<Decimal>,
    /// The annual growth of the value as a fraction (0.03 is 3 %), above -1 and at most 10; absent means that it rises with
    /// prices.
    #[wire(rate, omit, above = -1, range = ..=10)]
    pub annual_growth: Option<f64>,
    /// The sale of the property. Without one, it is kept.
    #[wire(omit)]
    pub sale: Option<AssetSale>,
    /// The part of the gain of a sale that is not taxed, at least 0. Without it, a plan of a household that lives in the
    /// United States takes the exclusion of the law for a primary residence, and says so; otherwise 0.
    #[wire(omit, range = 0..)]
    pub gain_exclusion: Option<Decimal>,
    /// The smaller or cheaper home that is bought when the property is sold; it needs `sale`.
    #[wire(omit)]
    pub replacement: Option<PropertyReplacement>,
}

/// The sale of an asset.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct AssetSale {
    /// The date, after `asOf`. A plan sells at the start of the calendar year of the date.
    pub date: Date,
    /// The costs of the sale as a share of the price, 0 to 1. Without them, a plan assumes 0 and says so.
    #[wire(omit, range = 0..=1)]
    pub selling_cost: Option<f64>,
}

/// A home that is bought with a part of the proceeds of another. It counts in the net worth of a plan from its purchase on.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PropertyReplacement {
    /// The price with the costs of the purchase, in the money of `asOf`; greater than 0. It rises with prices until it is
    /// paid.
    #[wire(above = 0)]
    pub price: Decimal,
    /// Its annual costs, in the money of `asOf`, at least 0. They rise with prices.
    #[wire(default, range = 0..)]
    pub annual_cost: Decimal,
    /// Its value when it is bought, without the costs of the purchase, in the money of `asOf`; greater than 0. Absent means
    /// the price.
    #[wire(omit, above = 0)]
    pub value: Option<Decimal>,
    /// The annual growth of its value after the purchase, on top of inflation, as a fraction; above -1 and at most 10.
    /// Absent means that it rises with prices.
    #[wire(rate, omit, above = -1, range = ..=10)]
    pub real_growth: Option<f64>,
}

/// The use of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PropertyKind {
    /// The main home.
    PrimaryResidence,
    /// A second or holiday home.
    SecondHome,
    /// Let to others.
    Rental,
    /// Offices, shops, industry.
    Commercial,
    /// Land without buildings, farm land.
    Land,
    /// Anything else.
    Other,
}

impl PropertyKind {
    /// The name for display.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PrimaryResidence => "Primary residence",
            Self::SecondHome => "Second home",
            Self::Rental => "Rental property",
            Self::Commercial => "Commercial property",
            Self::Land => "Land",
            Self::Other => "Property",
        }
    }
}

/// An interest in a private fund.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PrivateFund {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the fund, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The strategy of the fund.
    pub kind: PrivateFundKind,
    /// The id of the owner; absent for joint ownership.
    #[wire(omit)]
    pub owner: Option<String>,
    /// The currency of the fund's amounts, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The amount that the household has committed to pay in over the life of the fund; at least 0.
    #[wire(range = 0..)]
    pub commitment: Decimal,
    /// The part of the commitment that is not called yet; from 0 to the commitment. It is not a liability of the
    /// statement, which reports it separately from the totals.
    #[wire(default)]
    pub unfunded_commitment: Decimal,
    /// The net asset value of the interest in the fund's last report; at least 0.
    #[wire(range = 0..)]
    pub net_asset_value: Decimal,
    /// The amount paid in, less capital returned; at least 0.
    #[wire(omit, range = 0..)]
    pub cost_basis: Option<Decimal>,
    /// The year of the fund's first investment, 1900 to 2200.
    #[wire(omit, range = 1900..=2200)]
    pub vintage_year: Option<u32>,
    /// The date of the net asset value, not after `asOf`.
    #[wire(omit)]
    pub valuation_date: Option<Date>,
    /// The household's share if others own the rest, as a fraction above 0 and up to 1, with at most 9 decimal places;
    /// absent if all of it is the household's. The amounts are those of the whole; the statement and the plan count the
    /// share of each.
    #[wire(share, omit, above = 0, range = ..=1)]
    pub ownership_share: Option<Decimal>,
    /// The annual growth of its value as a fraction (0.03 is 3 %), above -1 and at most 10; absent means that it rises with
    /// prices.
    #[wire(rate, omit, above = -1, range = ..=10)]
    pub annual_growth: Option<f64>,
    /// When the interest is paid back or sold. Without a sale, a plan keeps it outside its accounts, and says so.
    #[wire(omit)]
    pub sale: Option<AssetSale>,
}

/// The strategy of a private fund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PrivateFundKind {
    /// Buyouts and growth equity.
    PrivateEquity,
    /// Young companies.
    VentureCapital,
    /// A hedge fund.
    HedgeFund,
    /// Private loans.
    PrivateCredit,
    /// Real estate.
    RealEstate,
    /// Infrastructure.
    Infrastructure,
    /// Anything else.
    Other,
}

impl PrivateFundKind {
    /// The name for display.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PrivateEquity => "Private equity fund",
            Self::VentureCapital => "Venture capital fund",
            Self::HedgeFund => "Hedge fund",
            Self::PrivateCredit => "Private credit fund",
            Self::RealEstate => "Private real estate fund",
            Self::Infrastructure => "Infrastructure fund",
            Self::Other => "Private fund",
        }
    }
}

/// An interest in a private business.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Business {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the business, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The id of the owner; absent for joint ownership.
    #[wire(omit)]
    pub owner: Option<String>,
    /// The currency of the business's amounts, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The household's share, as a fraction above 0 and up to 1, with at most 9 decimal places.
    #[wire(share, above = 0, range = ..=1)]
    pub ownership_share: Decimal,
    /// The value of the whole business to its owners, at least 0. The statement counts the household's share.
    #[wire(range = 0..)]
    pub valuation: Decimal,
    /// The cost of the household's share, at least 0.
    #[wire(omit, range = 0..)]
    pub cost_basis: Option<Decimal>,
    /// The method of the valuation, such as "4.5 times earnings".
    #[wire(omit, length = 1..=200)]
    pub valuation_method: Option<String>,
    /// The date of the valuation, not after `asOf`.
    #[wire(omit)]
    pub valuation_date: Option<Date>,
    /// The annual growth of its value as a fraction (0.03 is 3 %), above -1 and at most 10; absent means that it rises with
    /// prices.
    #[wire(rate, omit, above = -1, range = ..=10)]
    pub annual_growth: Option<f64>,
    /// When the interest is sold. Without a sale, a plan keeps it outside its accounts, and says so.
    #[wire(omit)]
    pub sale: Option<AssetSale>,
}

/// An insurance policy.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct InsurancePolicy {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the policy, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The kind of insurance.
    pub kind: InsuranceKind,
    /// The id of the insured person.
    #[wire(omit)]
    pub insured: Option<String>,
    /// The currency of the policy's amounts, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The amount that the insurer would pay if the policy ended today, at least 0. Only this is an asset.
    #[wire(default, range = 0..)]
    pub cash_value: Decimal,
    /// The payment at the insured's death, at least 0.
    #[wire(omit, range = 0..)]
    pub death_benefit: Option<Decimal>,
    /// Annual premiums, at least 0.
    #[wire(omit, range = 0..)]
    pub premium_annual: Option<Decimal>,
    /// The last day of the cover and of its premiums; absent means without end.
    #[wire(omit)]
    pub end: Option<Date>,
    /// The annual growth of the cash value as a fraction (0.03 is 3 %), above -1 and at most 10; absent means that it rises with
    /// prices.
    #[wire(rate, omit, above = -1, range = ..=10)]
    pub annual_growth: Option<f64>,
    /// When the policy is surrendered for its cash value. Without a surrender, a plan keeps the value outside its accounts, and says so.
    #[wire(omit)]
    pub sale: Option<AssetSale>,
}

/// The kind of an insurance policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum InsuranceKind {
    /// Life insurance for a term, without cash value.
    TermLife,
    /// Whole life insurance.
    WholeLife,
    /// Universal life insurance.
    UniversalLife,
    /// Variable life insurance.
    VariableLife,
    /// A deferred annuity.
    Annuity,
    /// Disability insurance.
    Disability,
    /// Long-term care insurance.
    LongTermCare,
    /// Umbrella liability insurance.
    Umbrella,
    /// Anything else.
    Other,
}

impl InsuranceKind {
    /// The name for display.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TermLife => "Term life insurance",
            Self::WholeLife => "Whole life insurance",
            Self::UniversalLife => "Universal life insurance",
            Self::VariableLife => "Variable life insurance",
            Self::Annuity => "Annuity",
            Self::Disability => "Disability insurance",
            Self::LongTermCare => "Long-term care insurance",
            Self::Umbrella => "Umbrella insurance",
            Self::Other => "Insurance policy",
        }
    }
}

/// A vehicle, a work of art or anything else of value.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct OtherAsset {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the asset, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The kind of the asset.
    pub kind: OtherAssetKind,
    /// The id of the owner; absent for joint ownership.
    #[wire(omit)]
    pub owner: Option<String>,
    /// The currency of the asset's amounts, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The market value of the asset, at least 0.
    #[wire(range = 0..)]
    pub value: Decimal,
    /// Its cost, at least 0.
    #[wire(omit, range = 0..)]
    pub cost_basis: Option<Decimal>,
    /// The date of acquisition, not after `asOf`.
    #[wire(omit)]
    pub acquisition_date: Option<Date>,
    /// The date of the last valuation, not after `asOf`.
    #[wire(omit)]
    pub valuation_date: Option<Date>,
    /// The household's share if others own the rest, as a fraction above 0 and up to 1, with at most 9 decimal places;
    /// absent if all of it is the household's. The amounts are those of the whole; the statement and the plan count the
    /// share of each.
    #[wire(share, omit, above = 0, range = ..=1)]
    pub ownership_share: Option<Decimal>,
    /// The annual growth of its value as a fraction (0.03 is 3 %), above -1 and at most 10; absent means that it rises with
    /// prices.
    #[wire(rate, omit, above = -1, range = ..=10)]
    pub annual_growth: Option<f64>,
    /// When it becomes money. Without a sale, a plan keeps it outside its accounts, and says so.
    #[wire(omit)]
    pub sale: Option<AssetSale>,
}

/// The kind of an asset that is not an account, property, fund, business or policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum OtherAssetKind {
    /// A car, a boat, an aircraft.
    Vehicle,
    /// Works of art.
    Art,
    /// Coins, wine, books and other collections.
    Collectibles,
    /// Jewelry and watches.
    Jewelry,
    /// Gold and other metals, owned directly.
    PreciousMetals,
    /// Money lent to others.
    Receivable,
    /// Anything else.
    Other,
}

impl OtherAssetKind {
    /// The name for display.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Vehicle => "Vehicle",
            Self::Art => "Art",
            Self::Collectibles => "Collectibles",
            Self::Jewelry => "Jewelry",
            Self::PreciousMetals => "Precious metals",
            Self::Receivable => "Money lent",
            Self::Other => "Other asset",
        }
    }

    /// The category of the asset in a net-worth statement.
    #[must_use]
    pub fn category(self) -> AssetCategory {
        match self {
            Self::PreciousMetals => AssetCategory::AlternativeInvestments,
            Self::Vehicle
            | Self::Art
            | Self::Collectibles
            | Self::Jewelry
            | Self::Receivable
            | Self::Other => AssetCategory::OtherAssets,
        }
    }
}
