//! What a household decides about its spending.

use wherewithal_base::wire::Wire;

/// How much is spent in each year of retirement: a rule, what is spent beside it, and bounds.
///
/// Essential spending is paid in any case and comes first: other income pays it, then the portfolio. The rule looks at
/// what is left of both and decides about the rest, the discretionary spending. The bounds apply to the sum.
#[derive(Debug, Clone, Wire)]
pub struct SpendingPolicy {
    /// The rule.
    pub rule: SpendingRule,
    /// Spending of one year that must be met whatever the rule says, in today's money; at least 0. It rises with prices.
    #[wire(default)]
    pub essential_spending: f64,
    /// The least that is spent in one year, in today's money; at least 0. It may exhaust the portfolio.
    pub minimum_spending: Option<f64>,
    /// The most that is spent in one year, in today's money; at least `minimumSpending`.
    pub maximum_spending: Option<f64>,
}

impl SpendingPolicy {
    /// A rule alone.
    #[must_use]
    pub fn of(rule: SpendingRule) -> Self {
        Self { rule, essential_spending: 0.0, minimum_spending: None, maximum_spending: None }
    }
}

/// A rule that decides each year's spending. Money moves at the start of a year, before its return; `portfolio` means
/// what there is before that. "Real" means in the money of the start of the plan.
///
/// Three rules name the household's whole spending, of which other income pays its part: `constantReal`,
/// `amortization` and `riskGuardrails`. The others name what is taken from the portfolio; other income is spent on top.
///
/// Where a publication states numbers, they are the defaults; a number without a default is one that the publication
/// leaves open.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum SpendingRule {
    /// The same purchasing power every year, whatever markets do.
    ConstantReal {
        /// Spending of one year, in today's money; at least 0.
        annual_spending: f64,
    },
    /// A share of the first year's portfolio, then the same purchasing power every year: the rule behind "4 percent"
    /// (W. P. Bengen, "Determining Withdrawal Rates Using Historical Data", Journal of Financial Planning, October 1994).
    ConstantRealWithdrawal {
        /// The first year's withdrawal as a share of the portfolio (0.04 is 4 %); from 0 to 1.
        initial_rate: f64,
    },
    /// The same share of the portfolio every year. It never exhausts the portfolio.
    PercentOfPortfolio {
        /// The share (0.04 is 4 %); from 0 to 1.
        rate: f64,
    },
    /// A share of the portfolio within bounds around the first year's real withdrawal (W. P. Bengen, "Conserving Client
    /// Portfolios During Retirement, Part IV", Journal of Financial Planning, May 2001). The floor may exhaust the
    /// portfolio.
    FloorAndCeiling {
        /// The share (0.05 is 5 %); from 0 to 1.
        rate: f64,
        /// How far the real withdrawal may fall below the first year's, as a fraction of it (0.1 is 10 %); 0 to 1.
        floor: f64,
        /// How far the real withdrawal may rise above the first year's, as a fraction of it (0.25 is 25 %); 0 to 10.
        ceiling: f64,
    },
    /// A share of the portfolio whose real change from year to year is limited: dynamic spending as published by
    /// Vanguard (C. M. Jaconetti, F. M. Kinniry and M. A. DiJoseph, 2013), with its baseline bounds.
    DynamicSpending {
        /// The share (0.05 is 5 %); from 0 to 1.
        rate: f64,
        /// How much the real withdrawal may rise in one year, as a fraction (0.05 is 5 %); 0 to 10.
        #[wire(default = dynamic_ceiling)]
        ceiling: f64,
        /// How much the real withdrawal may fall in one year, as a fraction (0.025 is 2.5 %); 0 to 1.
        #[wire(default = dynamic_floor)]
        floor: f64,
    },
    /// The decision rules of J. T. Guyton and W. J. Klinger ("Decision Rules and Maximum Initial Withdrawal Rates",
    /// Journal of Financial Planning, March 2006).
    ///
    /// From the second year on, last year's withdrawal rises by last year's inflation (withdrawal rule); not so after a
    /// year of negative return if it would then be a larger share of the portfolio than the first withdrawal was. What
    /// was not raised is not made up for. If the amount is then more than `guardrail` above the first year's share of
    /// the portfolio it is cut by `adjustment` (capital preservation rule, not in the last `preservationEnd` years);
    /// if it is more than `guardrail` below, it is raised by `adjustment` (prosperity rule). Which of the two
    /// looks first is left open by the paper; here the withdrawal rule comes first.
    ///
    /// The fourth rule, portfolio management, says which assets are sold: see `retirement.fund_withdrawal`.
    GuytonKlinger {
        /// The first year's withdrawal as a share of the portfolio (0.055 is 5.5 %); above 0 and at most 1.
        initial_rate: f64,
        /// How far the share may stray from the first year's, as a fraction of it; 0 to 1.
        #[wire(default = guyton_klinger_guardrail)]
        guardrail: f64,
        /// By how much the withdrawal is then cut or raised, as a fraction; 0 to 1.
        #[wire(default = guyton_klinger_adjustment)]
        adjustment: f64,
        /// For how many last years capital preservation no longer applies: it does while more years than these are
        /// left, this one included; 0 to 200.
        #[wire(default = guyton_klinger_preservation_end, range = 0..=200)]
        preservation_end: u32,
        /// The most that a withdrawal rises with inflation in one year (0.06 is 6 %); 0 to 10. Guyton's paper of 2004
        /// has 0.06; that of 2006 dropped the cap, so there is none unless it is given.
        inflation_cap: Option<f64>,
    },
    /// Variable percentage withdrawal as developed on the Bogleheads forum (from 2013 on): the payment that would use up
    /// the portfolio by `lastAge` if each class grew, after inflation, as assumed. It never exhausts the portfolio early.
    VariablePercentage {
        /// The share of stocks in the portfolio (0.6 is 60 %), the rest being bonds; 0 to 1.
        stock_share: f64,
        /// Real growth of stocks in one year (0.05 is 5 %); above -1 and at most 1.
        #[wire(default = stock_growth)]
        stock_growth: f64,
        /// Real growth of bonds in one year (0.019 is 1.9 %); above -1 and at most 1.
        #[wire(default = bond_growth)]
        bond_growth: f64,
        /// The age in whose year the last withdrawal is made; 1 to 150. From then on all of the portfolio is withdrawn.
        #[wire(default = last_age, range = 1..=150)]
        last_age: u32,
    },
    /// The whole spending is kept in real terms until its probability of success leaves a band, and is then moved
    /// towards the spending that has the target probability: risk-based guardrails (D. Tharp and J. Fitzpatrick,
    /// kitces.com, from 2021 on).
    ///
    /// Success means that the portfolio, together with the present value of other income, pays the spending for the
    /// years left. With independent lognormal real returns, the present value of that spending has a mean and a variance
    /// in closed form; what follows the first payment is taken as lognormal with that mean and variance. (Stochastic
    /// present value: M. A. Milevsky and C. Robinson, "A Sustainable Spending Rate without Simulation", Financial
    /// Analysts Journal 61(6), 2005, who take a reciprocal gamma distribution instead.)
    RiskGuardrails {
        /// Arithmetic mean of the portfolio's annual return after inflation (0.04 is 4 %); above -1 and at most 1. Other
        /// income is discounted with it.
        expected_real_return: f64,
        /// Annual standard deviation of the logarithmic real return (0.1 is 10 %); 0 to 1.
        volatility: f64,
        /// The probability of success of the first year's spending, and of what it is moved towards; from 0.01 to 0.99.
        target_success: f64,
        /// Below this probability spending is cut; from 0.01 to `targetSuccess`.
        lower_success: f64,
        /// Above this probability spending is raised; from `targetSuccess` to 0.9999.
        upper_success: f64,
        /// How much of the way to the spending with the target probability is made at once; above 0 and at most 1.
        #[wire(default = whole)]
        adjustment: f64,
    },
    /// As `constantRealWithdrawal`, but raised for good when the portfolio is well above its start (M. E. Kitces, "The
    /// Ratcheting Safe Withdrawal Rate", kitces.com, June 2015).
    Ratchet {
        /// The first year's withdrawal as a share of the portfolio (0.04 is 4 %); from 0 to 1.
        initial_rate: f64,
        /// How far above the first year's value the portfolio must be, as a fraction (0.5 is 50 %); 0 to 100.
        #[wire(default = ratchet_threshold)]
        threshold: f64,
        /// By how much the withdrawal is raised (0.1 is 10 %); 0 to 10.
        #[wire(default = ratchet_raise)]
        raise: f64,
        /// The least number of years from the start, and from one raise, to the next; 1 to 200.
        #[wire(default = ratchet_years, range = 1..=200)]
        years_between: u32,
        /// Whether the portfolio is compared after inflation; otherwise its nominal value is.
        #[wire(default)]
        real_threshold: bool,
    },
    /// The portfolio divided by a life expectancy in years, as the United States do for required minimum distributions
    /// (as a spending rule: W. Sun and A. Webb, "Can Retirees Base Wealth Withdrawals on the IRS' Required Minimum
    /// Distributions?", Center for Retirement Research at Boston College, 2012). It never exhausts the portfolio.
    RequiredDistribution {
        /// The divisor of each age, ages in ascending order without gaps, at most 150 of them; without any, those of the
        /// Uniform Lifetime Table in force since 2022, from 72 on. Below the first age the first divisor counts, plus one
        /// for each year that is missing; above the last age the last one counts.
        #[wire(default)]
        divisors: Vec<DistributionDivisor>,
    },
    /// A share of the portfolio that rises with the earnings yield of stocks: `base + weight / CAPE`. CAPE is the
    /// cyclically adjusted price-earnings ratio (as a spending rule: "The Ultimate Guide to Safe Withdrawal Rates",
    /// part 18, earlyretirementnow.com, 2017). At most the whole portfolio.
    CapeBased {
        /// The share that does not depend on the ratio (0.0175 is 1.75 %); 0 to 1.
        base: f64,
        /// How much of the earnings yield is added (0.5 is half); 0 to 10.
        weight: f64,
        /// The ratio in years for which the market gives none; above 0 and at most 1000.
        cape: Option<f64>,
    },
    /// The whole spending that the portfolio and the present value of other income can pay for the years left at an
    /// expected return, worked out anew each year: amortization-based withdrawal, as in Total Portfolio Allocation and
    /// Withdrawal (TPAW, B. Mathew, tpawplanner.com and the Bogleheads forum, from 2020 on).
    Amortization {
        /// Expected return after inflation in one year (0.03 is 3 %); above -1 and at most 1. Other income is discounted
        /// with it.
        expected_real_return: f64,
        /// By how much real spending is planned to grow from year to year (-0.01 is a fall by 1 %); above -1 and at
        /// most 1.
        #[wire(default)]
        spending_tilt: f64,
        /// What is to be left after the last year, in today's money; at least 0.
        #[wire(default)]
        legacy: f64,
    },
}

/// The number of years by which a portfolio is divided at one age.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct DistributionDivisor {
    /// The age; 0 to 150.
    #[wire(range = 0..=150)]
    pub age: u32,
    /// The divisor, in years; 1 to 200.
    pub divisor: f64,
}

/// A question to `retirement.spending_path`: one policy along given returns.
#[derive(Debug, Clone, Wire)]
pub struct SpendingPathInput {
    /// How much is spent.
    pub policy: SpendingPolicy,
    /// The portfolio at the start of the first year, before its withdrawal; 0 to 10^15.
    pub initial_portfolio: f64,
    /// The age in the first year; 0 to 150.
    #[wire(range = 0..=150)]
    pub first_age: u32,
    /// The years in their order, 1 to 200. The plan ends with the last one.
    pub years: Vec<SpendingPathYear>,
}

/// What one year brings.
#[derive(Debug, Clone, Wire)]
pub struct SpendingPathYear {
    /// Return of the portfolio in the year, after the withdrawal at its start (0.07 is 7 %); from -1 to 10.
    pub portfolio_return: f64,
    /// Rise of prices in the year (0.03 is 3 %); above -1 and at most 10. It shows in spending from the next year on.
    #[wire(default)]
    pub inflation: f64,
    /// Other income at the start of the year, in money of that year; 0 to 10^15. What is not spent is saved.
    #[wire(default)]
    pub other_income: f64,
    /// The cyclically adjusted price-earnings ratio at the start of the year; above 0 and at most 1000.
    pub cape: Option<f64>,
}

fn dynamic_ceiling() -> f64 {
    0.05
}

fn dynamic_floor() -> f64 {
    0.025
}

fn guyton_klinger_guardrail() -> f64 {
    0.2
}

fn guyton_klinger_adjustment() -> f64 {
    0.1
}

fn guyton_klinger_preservation_end() -> u32 {
    15
}

fn stock_growth() -> f64 {
    0.05
}

fn bond_growth() -> f64 {
    0.019
}

fn last_age() -> u32 {
    99
}

fn whole() -> f64 {
    1.0
}

fn ratchet_threshold() -> f64 {
    0.5
}

fn ratchet_raise() -> f64 {
    0.1
}

fn ratchet_years() -> u32 {
    3
}
