//! The schedule of a loan with an adjustable rate, the derivation of a payment, and the principal for a given payment.
//!
//! ```sh
//! cargo run --package wherewithal-contract --example loans
//! ```

use wherewithal::{
    Result,
    dates::date,
    debt::{self, AdjustableRate, IndexValue, LoanAgreement, PaymentTrailInput, SolveLoanInput},
    num::Rounding,
    rates::percent,
};

fn main() -> Result<()> {
    let closing = date(2026, 1, 1)?;
    let index = |year, rate| {
        Ok::<_, wherewithal::Error>(IndexValue { date: date(year, 1, 1)?, rate: percent(rate)? })
    };
    let loan = LoanAgreement {
        adjustable_rate: Some(AdjustableRate {
            index: vec![index(2025, "4.3")?, index(2030, "6.1")?, index(2034, "3.2")?],
            margin: percent("2.25")?,
            first_adjustment_after: 60,
            adjust_every: 12,
            look_back_days: 45,
            initial_cap: Some(percent("2")?),
            periodic_cap: Some(percent("1")?),
            lifetime_cap: Some(percent("5")?),
            floor: percent("2.25")?,
            round_to: Some(percent("0.125")?),
            rounding: Rounding::HalfUp,
            recast_every: 1,
            payment_cap: None,
        }),
        ..LoanAgreement::level("350000".parse()?, percent("5.5")?, 360, closing)
    };
    let schedule = debt::schedule(&loan)?;
    println!("{:>4}  {:<10}  {:>8}  {:>10}  {:>10}", "no.", "date", "rate", "payment", "balance");
    let mut rate = None;
    for row in schedule.schedule.iter().filter(|row| rate.replace(row.annual_rate) != Some(row.annual_rate)) {
        println!(
            "{:>4}  {}  {:>8}  {:>10}  {:>10}",
            row.number, row.date, row.annual_rate, row.payment, row.balance
        );
    }

    let trail = debt::explain_payment(&PaymentTrailInput { loan, number: 61 })?;
    if let Some(change) = trail.rate_adjustment {
        println!(
            "\npayment 61: index {} of {}, fully indexed {}, at most {} by the caps: {}",
            change.index,
            change.index_date,
            change.fully_indexed_rate,
            change.highest_rate.map_or("anything".to_owned(), |rate| rate.to_string()),
            change.annual_rate
        );
    }
    println!("interest {} before rounding, {} after", trail.interest_before_rounding, trail.row.interest);

    let affordable = SolveLoanInput {
        annual_rate: Some(percent("5.75")?),
        number_of_payments: Some(180),
        payment: Some("1500".parse()?),
        ..SolveLoanInput::new(closing)
    };
    println!("\n1,500 a month over 15 years at 5.75 % borrows {}", debt::solve(&affordable)?.principal);
    Ok(())
}
