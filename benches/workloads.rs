//! The workloads of the benchmarks, from one generator, so that every engine gets the same work.

use wherewithal::{
    Result,
    dates::{Date, date},
    debt::Loan,
    lots::{
        Jurisdiction, LotColumns, LotEvent, LotMethod, LotRules, LotSecurity, LotTradeKind, LotTradeMoney,
        LotTrades, SecurityKind, TermTotals,
    },
    market::{
        AssetClass, BootstrapBlocks, InflationModel, MarketHistory, MarketModel, ReturnConvention, Sampling,
    },
    math,
    money::{Currency, Money},
    num::Decimal,
    simulation::{
        FanMoney, FlowTiming, PortfolioAllocation, PortfolioFlow, PortfolioInput, Rebalancing,
        SimulationFlow, SimulationInput, Steps,
    },
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

/// A series of dated flows with a known internal rate.
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
/// `date.out_of_range`, which cannot occur for this range of dates.
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
/// `decimal.overflow`, which cannot occur for numbers of this size.
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

/// Trades in one security over twenty years, of which every third is a sale.
pub struct Trades {
    /// Days since 1970-01-01, ascending.
    pub days: Vec<i32>,
    /// The place of each trade on its day.
    pub sequences: Vec<u32>,
    /// Purchases and sales.
    pub kinds: Vec<LotTradeKind>,
    /// Ten-thousandths of a share.
    pub quantities: Vec<i64>,
    /// Ten-thousandths of a dollar.
    pub prices: Vec<i64>,
}

/// The trades of a history of `count` events. The price is a triangle of eight years and noise, so that both terms occur.
///
/// # Errors
/// `date.out_of_range`, which cannot occur for this range of dates.
pub fn trades(count: u64) -> Result<Trades> {
    let mut generator = Generator::new(7);
    let start = date(1970, 1, 1)?.days_until(date(2000, 1, 1)?);
    let (mut held, mut of_day) = (0, (0, 0));
    let mut trades = Trades {
        days: Vec::new(),
        sequences: Vec::new(),
        kinds: Vec::new(),
        quantities: Vec::new(),
        prices: Vec::new(),
    };
    for index in 0..count {
        let day = (index * 7300 / count) as i64;
        let of_wave = day % 2920;
        let wave = of_wave.min(2920 - of_wave);
        let price = 500_000 + wave * 600 + (generator.unit() * 200_000.0) as i64;
        let drawn = 10_000 + (generator.unit() * 1_000_000.0) as i64;
        let is_sale = index % 3 == 2;
        let quantity = if is_sale { ((drawn as f64 * 1.57) as i64).min(held) } else { drawn };
        held += if is_sale { -quantity } else { quantity };
        if quantity == 0 {
            continue;
        }
        of_day = if day == of_day.0 { (day, of_day.1 + 1) } else { (day, 0) };
        trades.days.push(start + day as i32);
        trades.sequences.push(of_day.1);
        trades.kinds.push(if is_sale { LotTradeKind::Sell } else { LotTradeKind::Buy });
        trades.quantities.push(quantity);
        trades.prices.push(price);
    }
    Ok(trades)
}

/// The rules of the workload: gains exact to eight places, long-term after 365 days, no country's wash sales.
#[must_use]
pub fn lot_rules(method: LotMethod) -> LotRules {
    LotRules {
        amount_places: Some(8),
        jurisdiction: Jurisdiction::None,
        method,
        long_term_days: Some(365),
        ..LotRules::default()
    }
}

/// The security of the workload.
#[must_use]
pub fn traded_security() -> LotSecurity {
    LotSecurity { id: "X".to_owned(), kind: SecurityKind::Stock, option: None, currency: None }
}

impl Trades {
    /// The trades as columns.
    #[must_use]
    pub fn table(&self) -> LotTrades<'_> {
        LotTrades {
            days: &self.days,
            sequences: Some(&self.sequences),
            kinds: &self.kinds,
            accounts: None,
            securities: None,
            quantities: &self.quantities,
            quantity_places: 4,
            money: LotTradeMoney::Prices { values: &self.prices, places: 4 },
            fees: None,
        }
    }

    /// The trades as events.
    ///
    /// # Errors
    /// None for these trades.
    pub fn events(&self) -> Result<Vec<LotEvent>> {
        self.table().events(&lot_rules(LotMethod::Fifo), &[], &[traded_security()])
    }
}

/// What the first 150,000 events come to by a method, by Python's decimal module: the short-term and the long-term gain in
/// units of 10^-8, and the number of matches of a sale with a lot.
#[must_use]
pub fn expected_gains(method: LotMethod) -> (i128, i128, usize) {
    match method {
        LotMethod::Hifo => (-1_575_093_088_177_945, -1_653_136_643_532_099, 128_371),
        _ => (837_361_345_305_161, -1_151_220_939_008_721, 128_413),
    }
}

/// The same of a book.
#[must_use]
pub fn gains(book: &LotColumns) -> (i128, i128, usize) {
    let sum = |of: fn(&wherewithal::lots::LotYear) -> TermTotals| {
        book.years.iter().map(|year| of(year).gain.mantissa()).sum()
    };
    (sum(|year| year.short_term), sum(|year| year.long_term), book.disposals.events.len())
}

/// Thirty years of monthly saving: 100,000 at the start, 1,000 a month, mean logarithmic return 7 % - σ²/2, σ 15 %.
#[must_use]
pub fn accumulation(paths: u64) -> SimulationInput {
    SimulationInput {
        initial_balance: 100_000.0,
        months: 360,
        expected_return: 0.07 - 0.15 * 0.15 / 2.0,
        return_convention: ReturnConvention::Logarithmic,
        volatility: 0.15,
        flows: vec![SimulationFlow { amount: 1_000.0, ..SimulationFlow::default() }],
        paths,
        seed: 1,
        percentiles: vec![10.0, 50.0, 90.0],
        fan: false,
        target: Some(1_500_000.0),
        ..SimulationInput::default()
    }
}

/// Names, mean returns and volatilities of five asset classes.
pub const ASSET_CLASSES: [(&str, f64, f64); 5] = [
    ("shares", 0.07, 0.16),
    ("small companies", 0.075, 0.19),
    ("bonds", 0.035, 0.06),
    ("real estate", 0.05, 0.13),
    ("cash", 0.02, 0.01),
];

/// Their weights in the portfolio.
pub const WEIGHTS: [f64; 5] = [0.4, 0.2, 0.25, 0.1, 0.05];

/// Their correlations, and last those of inflation.
pub const CORRELATIONS: [[f64; 6]; 6] = [
    [1.0, 0.8, 0.15, 0.6, 0.0, -0.1],
    [0.8, 1.0, 0.1, 0.55, 0.0, -0.1],
    [0.15, 0.1, 1.0, 0.2, 0.3, -0.2],
    [0.6, 0.55, 0.2, 1.0, 0.05, 0.1],
    [0.0, 0.0, 0.3, 0.05, 1.0, 0.4],
    [-0.1, -0.1, -0.2, 0.1, 0.4, 1.0],
];

/// Twenty years of saving and twenty of spending, from five correlated asset classes with stochastic inflation: the
/// share of paths that hold, and seven percentiles of the real balance after each year.
#[must_use]
pub fn retirement(paths: u64) -> PortfolioInput {
    let class = |(name, expected_return, volatility): &(&str, f64, f64)| AssetClass {
        name: (*name).to_owned(),
        expected_return: *expected_return,
        volatility: *volatility,
        return_convention: ReturnConvention::Arithmetic,
        annual_fee: 0.0,
    };
    let flow = |amount, start_year, end_year| PortfolioFlow {
        amount,
        start_year,
        end_year: Some(end_year),
        timing: FlowTiming::Start,
        inflation_linked: true,
        ..PortfolioFlow::default()
    };
    PortfolioInput {
        initial_balance: 200_000.0,
        years: 40,
        steps: Steps::Annual,
        market: MarketModel::Lognormal {
            asset_classes: ASSET_CLASSES.iter().map(class).collect(),
            inflation: InflationModel { expected: 0.025, volatility: 0.012, persistence: 0.6, initial: None },
            correlations: CORRELATIONS.iter().map(|row| row.to_vec()).collect(),
            sampling: Sampling::Random,
        },
        allocation: PortfolioAllocation::Fixed { weights: WEIGHTS.to_vec() },
        rebalancing: Rebalancing::EveryStep,
        flows: vec![flow(20_000.0, 1, 20), flow(-40_000.0, 21, 40)],
        annual_fee: 0.0,
        paths,
        seed: 1,
        percentiles: vec![5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0],
        fan_money: FanMoney::Real,
        target: None,
        target_inflation_linked: false,
    }
}

/// The same from years of twelve months in a row, drawn from a synthetic history of a hundred years.
#[must_use]
pub fn historical_retirement(paths: u64) -> PortfolioInput {
    let mut generator = Generator::new(7);
    // The sum of twelve uniform numbers, less six, has the variance of a standard normal one.
    let mut shock = || (0..12).map(|_| generator.unit()).sum::<f64>() - 6.0;
    let (mut returns, mut inflation) = (Vec::new(), Vec::new());
    for _ in 0..1200 {
        let month =
            |(_, mean, deviation): &(&str, f64, f64)| mean / 12.0 + deviation / 12f64.sqrt() * shock();
        returns.push(ASSET_CLASSES.iter().map(month).collect());
        inflation.push(0.025 / 12.0 + 0.012 / 12f64.sqrt() * shock());
    }
    let asset_classes = ASSET_CLASSES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let history = MarketHistory { asset_classes, periods_per_year: 12, returns, inflation, cape: Vec::new() };
    let market =
        MarketModel::Bootstrap { history, blocks: BootstrapBlocks::Independent, annual_fees: Vec::new() };
    PortfolioInput { market, ..retirement(paths) }
}

/// The rows of [`card_activity`].
pub const CARD_ROWS: u32 = 1_000_000;

/// The activity of a card of Chase as CSV, over twenty years, and the sum of its amounts in cents.
///
/// # Errors
/// `date.out_of_range`, which cannot occur for this range of dates.
pub fn card_activity(rows: u32) -> Result<(String, i64)> {
    let mut generator = Generator::new(2026);
    let start = date(2000, 1, 1)?;
    let mut text = String::from("Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n");
    let mut sum = 0;
    for row in 0..rows {
        let day = start.add_days((u64::from(row) * 7300 / u64::from(rows)) as i32)?;
        let posted = day.add_days(1)?;
        let merchant = (generator.unit() * 200.0) as u32;
        let cents = 1 + (generator.unit() * 20_000.0) as i64;
        sum -= cents;
        text += &format!(
            "{},{},STORE {merchant:03} MAIN ST,Shopping,Sale,-{}.{:02},\n",
            american(day),
            american(posted),
            cents / 100,
            cents % 100
        );
    }
    Ok((text, sum))
}

fn american(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.month(), day.day(), day.year())
}
