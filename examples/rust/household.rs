//! The net worth of a household document and the success probability of its plan.
//!
//! ```sh
//! cargo run --package wherewithal-contract --example household -- examples/households/rivera.json
//! ```

use std::{error::Error, fs};

use wherewithal::{
    control::Control,
    household::Household,
    plan::{self, PlanInput},
};
use wherewithal_contract::wire;

fn main() -> Result<(), Box<dyn Error>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/households/rivera.json");
    let file = std::env::args().nth(1).unwrap_or_else(|| default.to_owned());
    let household: Household = wire::decode(&fs::read(file)?)?;

    let plan = plan::build(&PlanInput::new(household), &Control::default())?;
    println!("{}, {}", plan.name, plan.as_of);
    for category in &plan.net_worth.categories {
        println!("  {:<26}{:>16}", category.name, category.total.to_string());
    }
    println!("  {:<26}{:>16}", "Liabilities", plan.net_worth.total_liabilities.negated().to_string());
    println!("  {:<26}{:>16}", "Net worth", plan.net_worth.net_worth.to_string());

    let result = &plan.result;
    println!(
        "\nThe plan succeeds on {:.1} % ± {:.1} % of {} paths.",
        result.success.probability * 100.0,
        result.success.standard_error * 100.0,
        result.paths
    );
    Ok(())
}
