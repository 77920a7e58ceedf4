//! The workloads of the benches, made from one generator so that every engine can be given the same work.

use wherewithal::{
    Result,
    dates::{Date, date},
    debt::Loan,
    math,
    money::{Currency, Money},
    num::Decimal,
    simulation::{ReturnConvention, Simulation, SimulationFlow},
};

/// A linear congruential generator, x = 1664525 x + 1013904223 mod 2^32: the same numbers in every language.
#[derive(Debug, Clone)]
pub struct Generator(u32);

impl Generator {
    /// The generator from a seed.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        Self(seed)
    }

    /// The next number from 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(self.0) / 4_294_967_296.0
    }
}

/// A series of dated flows whose internal rate is known.
pub struct Series {
    /// The dates, ascending over twenty years.
    pub dates: Vec<Date>,
    /// A first payment, payments and receipts, and a last receipt that makes `rate` the internal rate.
    pub amounts: Vec<f64>,
    /// The internal rate, actual/365.
    pub rate: f64,
}

/// A series of `flows` flows (at least two).
///
/// # Errors
/// `date.out_of_range`, which this range of dates never gives.
pub fn series(seed: u32, flows: u32) -> Result<Series> {
    let mut generator = Generator::new(seed);
    let rate = -0.05 + 0.25 * generator.unit();
    let start = date(2000, 1, 1)?.day_number();
    let days: Vec<i32> =
        (0..flows).map(|index| (u64::from(index) * 7300 / u64::from(flows - 1)) as i32).collect();
    let mut amounts = vec![-10_000.0];
    for _ in 1..flows - 1 {
        let direction = generator.unit();
        let size = 100.0 + 900.0 * generator.unit();
        amounts.push(if direction < 0.85 { -size } else { size });
    }
    let grown = |amount: f64, day: i32| amount * math::pow(1.0 + rate, f64::from(7300 - day) / 365.0);
    let value: f64 = amounts.iter().zip(&days).map(|(amount, day)| grown(*amount, *day)).sum();
    amounts.push(-value);
    let dates = days.iter().map(|day| Date::from_day_number(start + day)).collect::<Result<_>>()?;
    Ok(Series { dates, amounts, rate })
}

/// Thirty-year mortgages of 50,000 to 1,000,000 at 2 % to 10 %.
///
/// # Errors
/// `decimal.overflow`, which numbers of this size never give.
pub fn loans(count: usize) -> Result<Vec<Loan>> {
    let mut generator = Generator::new(99);
    let first_payment = date(2026, 1, 1)?;
    (0..count)
        .map(|_| {
            let cents = 5_000_000 + (generator.unit() * 95_000_000.0) as i64;
            let millionths = 20_000 + (generator.unit() * 80_000.0) as i64;
            let principal = Money::new(Decimal::new(cents, 2)?, Currency::USD);
            Ok(Loan::level(principal, Decimal::new(millionths, 6)?, 360, first_payment))
        })
        .collect()
}

/// Thirty years of monthly saving: 100,000 at the start, 1,000 a month, mean logarithmic return 7 % - σ²/2, σ 15 %.
#[must_use]
pub fn accumulation(paths: u64) -> Simulation {
    Simulation {
        initial_balance: 100_000.0,
        months: 360,
        expected_return: 0.07 - 0.15 * 0.15 / 2.0,
        return_convention: ReturnConvention::Logarithmic,
        volatility: 0.15,
        flows: vec![SimulationFlow { amount: 1_000.0, ..SimulationFlow::default() }],
        paths,
        seed: 1,
        percentiles: vec![10.0, 50.0, 90.0],
        target: Some(1_500_000.0),
        ..Simulation::default()
    }
}
