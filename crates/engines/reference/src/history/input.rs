//! Which years and asset classes of the history to return.

use wherewithal_base::wire::Wire;

/// Input of `market.history`: years and asset classes.
#[derive(Debug, Clone, Wire)]
pub struct HistoryInput {
    /// First calendar year, from 1928; by default 1928.
    #[wire(range = 1928..=2024)]
    pub first_year: Option<u32>,

    /// Last calendar year, after `firstYear`, to 2025; by default 2025.
    #[wire(range = 1929..=2025)]
    pub last_year: Option<u32>,

    /// The asset classes, each at most once, in the order of the result; by default all.
    #[wire(default = all_asset_classes, length = 1..=20)]
    pub asset_classes: Vec<HistoricalAssetClass>,
}

impl Default for HistoryInput {
    /// All years and all asset classes.
    fn default() -> Self {
        Self { first_year: None, last_year: None, asset_classes: all_asset_classes() }
    }
}

/// An asset class of the bundled history of the United States. Returns are nominal, before costs and taxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum HistoricalAssetClass {
    /// Large companies: the S&P 500 and, before 1957, its forerunners, with dividends.
    LargeStocks,
    /// Treasury bonds of a constant maturity of ten years: the coupon of the previous year and the change of price.
    TreasuryBonds,
    /// Corporate bonds rated Baa by Moody's: the coupon and the change of price of a ten-year bond at their yield.
    CorporateBonds,
    /// Treasury bills of three months: the mean of the year's rates.
    TreasuryBills,
    /// Homes: the change of the Case-Shiller index, and of Shiller's series for the years before it. Prices only,
    /// without rent.
    RealEstate,
}

impl HistoricalAssetClass {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LargeStocks => "largeStocks",
            Self::TreasuryBonds => "treasuryBonds",
            Self::CorporateBonds => "corporateBonds",
            Self::TreasuryBills => "treasuryBills",
            Self::RealEstate => "realEstate",
        }
    }

    /// The source of the figures, and what they leave out.
    pub(super) fn source(self) -> &'static str {
        match self {
            Self::LargeStocks => {
                "S&P 500 with dividends, before 1957 its forerunners. A. Damodaran, New York University, \"Historical \
                 Returns on Stocks, Bonds and Bills: 1928-2025\", January 2026."
            }
            Self::TreasuryBonds => {
                "A ten-year Treasury bond bought at the yield of the end of the previous year and priced at the yield of \
                 the end of the year, maturity kept at ten years; yields of the Federal Reserve. A. Damodaran, New York \
                 University, \"Historical Returns on Stocks, Bonds and Bills: 1928-2025\", January 2026. Bonds of \
                 intermediate maturity swing less, and long ones more."
            }
            Self::CorporateBonds => {
                "As Treasury bonds, at Moody's yield of seasoned Baa bonds, without defaults. A. Damodaran, New York \
                 University, \"Historical Returns on Stocks, Bonds and Bills: 1928-2025\", January 2026."
            }
            Self::TreasuryBills => {
                "Mean of the year's three-month Treasury bill rates, from 1982 on as the yield on the price paid. A. \
                 Damodaran, New York University, \"Historical Returns on Stocks, Bonds and Bills: 1928-2025\", January \
                 2026. Older copies of that table have the bank discount rate, which is up to half a point lower."
            }
            Self::RealEstate => {
                "Change of the Case-Shiller national index of home prices and of R. Shiller's series for the years before it, without rent and without upkeep. A. Damodaran, New York University, \"Historical Returns on \
                 Stocks, Bonds and Bills: 1928-2025\", January 2026. A national index of appraisals and repeated sales \
                 swings far less than the price of one house."
            }
        }
    }
}

fn all_asset_classes() -> Vec<HistoricalAssetClass> {
    vec![
        HistoricalAssetClass::LargeStocks,
        HistoricalAssetClass::TreasuryBonds,
        HistoricalAssetClass::CorporateBonds,
        HistoricalAssetClass::TreasuryBills,
        HistoricalAssetClass::RealEstate,
    ]
}
