//! The bundled history of markets and prices, with its means, deviations and correlations.

mod input;
mod market_history;
mod output;
mod statistics;
#[cfg(test)]
mod tests;
mod united_states;

pub use input::{HistoricalAssetClass, HistoryInput};
pub use market_history::MarketHistory;
pub use output::{HistoricalStatistics, HistoryResult, HistorySource};

use united_states::{FIRST_YEAR, PUBLISHED};

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

/// The bundled annual history of the United States from 1928 on, with its sources and statistics.
///
/// Its `history` is an input of the market models of simulation. The order of the asset classes is that of the request.
///
/// ```
/// # use wherewithal_reference::wherewithal;
/// use wherewithal::history::{HistoryInput, history};
///
/// let all = history(&HistoryInput::default())?;
/// assert_eq!(all.years.first(), Some(&1928));
/// assert_eq!(all.history.returns[3], [-0.4384, -0.0256, -0.1568, 0.0231, -0.0815]); // 1931
/// assert_eq!(all.history.inflation[3], -0.0932);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `year.out_of_range` for years outside the history or fewer than two of them, `list.duplicate` for an asset class
/// that is listed twice, `list.empty` for none.
pub fn history(request: &HistoryInput) -> Result<HistoryResult> {
    check_asset_classes(&request.asset_classes)?;
    let (first_year, last_year) = check_years(request)?;
    let years = PUBLISHED
        .iter()
        .zip(FIRST_YEAR..)
        .filter(|(_, year)| (first_year..=last_year).contains(year))
        .map(|(row, _)| row);
    let mut history = MarketHistory {
        asset_classes: request.asset_classes.iter().map(|class| class.name().to_owned()).collect(),
        periods_per_year: 1,
        returns: Vec::new(),
        inflation: Vec::new(),
        cape: Vec::new(),
    };
    for year in years {
        let [stocks, treasury_bonds, corporate_bonds, bills, real_estate, prices] = year.returns();
        let of = |class: &HistoricalAssetClass| match class {
            HistoricalAssetClass::LargeStocks => stocks,
            HistoricalAssetClass::TreasuryBonds => treasury_bonds,
            HistoricalAssetClass::CorporateBonds => corporate_bonds,
            HistoricalAssetClass::TreasuryBills => bills,
            HistoricalAssetClass::RealEstate => real_estate,
        };
        history.returns.push(request.asset_classes.iter().map(of).collect());
        history.inflation.push(prices);
        history.cape.push(year.cape());
    }
    Ok(result(request, first_year, history))
}

#[expect(clippy::indexing_slicing, reason = "a row of the history has a return of each class")]
fn result(request: &HistoryInput, first_year: u32, history: MarketHistory) -> HistoryResult {
    let classes = &request.asset_classes;
    let mut series: Vec<(&str, Vec<f64>)> = classes
        .iter()
        .enumerate()
        .map(|(column, class)| (class.name(), history.returns.iter().map(|row| row[column]).collect()))
        .collect();
    // Inflation is the last series, so that the correlations have its row and column at the end.
    series.push(("inflation", history.inflation.clone()));
    let mut sources: Vec<HistorySource> =
        classes.iter().map(|class| HistorySource::new(class.name(), class.source())).collect();
    sources.push(HistorySource::new("inflation", INFLATION_SOURCE));
    sources.push(HistorySource::new("cape", CAPE_SOURCE));
    HistoryResult {
        years: (first_year..).take(history.inflation.len()).collect(),
        statistics: series.iter().map(|(name, rates)| statistics::of(name, rates, first_year)).collect(),
        correlations: statistics::correlations(&series),
        history,
        sources,
    }
}

const INFLATION_SOURCE: &str = "Consumer price index of the Bureau of Labor Statistics for all urban consumers, December \
    on December. A. Damodaran, New York University, \"Historical Returns on Stocks, Bonds and Bills: 1928-2025\", January \
    2026.";

const CAPE_SOURCE: &str = "Cyclically adjusted price-earnings ratio of the S&P 500 in January. R. Shiller, Yale University, \
    online data, as published by multpl.com; retrieved in 2026.";

fn check_asset_classes(classes: &[HistoricalAssetClass]) -> Result<()> {
    if classes.is_empty() {
        let message = "the list is empty; leave the field out for all asset classes";
        return Err(Error::new(ErrorCode::ListEmpty, message).at("assetClasses"));
    }
    for (index, class) in classes.iter().enumerate() {
        if classes.iter().take(index).any(|other| other == class) {
            let message = format!("{} is listed twice", class.name());
            return Err(Error::new(ErrorCode::ListDuplicate, message).at_index("assetClasses", index));
        }
    }
    Ok(())
}

fn check_years(request: &HistoryInput) -> Result<(u32, u32)> {
    let (earliest, latest) = (FIRST_YEAR, last_year());
    let first = request.first_year.unwrap_or(earliest);
    let last = request.last_year.unwrap_or(latest);
    check::whole(first, earliest..=latest - 1, ErrorCode::YearOutOfRange).at("firstYear")?;
    check::whole(last, first + 1..=latest, ErrorCode::YearOutOfRange).at("lastYear")?;
    Ok((first, last))
}

fn last_year() -> u32 {
    FIRST_YEAR + PUBLISHED.len() as u32 - 1
}
