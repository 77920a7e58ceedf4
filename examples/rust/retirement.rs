//! A couple's retirement plan: its success probability, and its dependence on the first years.
//!
//! ```sh
//! cargo run --package wherewithal-contract --example retirement -- examples/plans/couple.json
//! ```

use std::{error::Error, fs};

use wherewithal::{
    control::Control,
    history::{HistoricalAssetClass, HistoryInput, history},
    market::MarketModel,
    retirement::{self, RetirementPlan, SafeWithdrawalRateInput, safe_withdrawal_rate},
};
use wherewithal_contract::wire;

fn main() -> Result<(), Box<dyn Error>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/plans/couple.json");
    let file = std::env::args().nth(1).unwrap_or_else(|| default.to_owned());
    let plan: RetirementPlan = wire::decode(&fs::read(file)?)?;

    let result = retirement::run(&plan, &Control::default())?;
    println!(
        "The plan succeeds on {:.1} % ± {:.1} % of {} paths.",
        100.0 * result.success.probability,
        200.0 * result.success.standard_error,
        result.paths
    );
    println!(
        "By the average return of the first years of retirement, from the worst fifth of the paths to the best:"
    );
    for fifth in &result.sequence_of_returns.quintiles {
        println!(
            "  {:>6.1} % a year: it succeeds on {:>5.1} %",
            100.0 * fifth.mean_return,
            100.0 * fifth.success_probability
        );
    }

    // The lowest rate of all thirty-year periods since 1928, half in shares and half in bonds.
    let asset_classes = vec![HistoricalAssetClass::LargeStocks, HistoricalAssetClass::TreasuryBonds];
    let past = history(&HistoryInput { asset_classes, ..HistoryInput::default() })?;
    let market =
        MarketModel::HistoricalCohorts { history: past.history, circular: false, annual_fees: Vec::new() };
    let question = SafeWithdrawalRateInput::new(market, vec![0.5, 0.5], 30);
    let safe = safe_withdrawal_rate(&question, &Control::default())?;
    println!(
        "\nIn every thirty-year period since 1928, {:.2} % of the initial balance could be withdrawn, rising with \
            prices.",
        100.0 * safe.withdrawal_rate
    );
    Ok(())
}
