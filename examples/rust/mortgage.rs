//! The cost of a mortgage, and the savings of an extra payment.
//!
//! ```sh
//! cargo run --package wherewithal-contract --example mortgage
//! ```

use wherewithal::{
    Result,
    dates::date,
    debt::{self, Loan},
    money::usd,
    rates::percent,
};

fn main() -> Result<()> {
    let loan = Loan::level(usd("400000")?, percent("6.5")?, 360, date(2026, 1, 1)?);
    let as_agreed = debt::amortize(&loan)?;
    let faster = debt::amortize(&Loan { extra_monthly_payment: "250".parse()?, ..loan })?;

    println!("as agreed:     {} a month until {}", as_agreed.payment, as_agreed.payoff_date);
    println!("with 250 more: paid off on {}", faster.payoff_date);
    println!("interest saved: {}", as_agreed.total_interest.minus(faster.total_interest)?);

    println!("\n{:>4}  {:<10}  {:>10}  {:>10}  {:>12}", "no.", "date", "interest", "principal", "balance");
    for row in as_agreed.schedule.iter().take(6) {
        println!(
            "{:>4}  {}  {:>10}  {:>10}  {:>12}",
            row.number, row.date, row.interest, row.principal, row.balance
        );
    }
    Ok(())
}
