//! Input of spending rules.

use wherewithal_base::wire::Wire;

/// A household's spending in each year of retirement: a rule, essential spending, and bounds.
///
/// Essential spending is always paid, and first: from other income, then from the portfolio. The rule decides the rest,
/// the discretionary spending, from what is left of both. The bounds apply to the sum.
#[derive(Debug, Clone, Wire)]
pub struct SpendingPolicy {
    /// The rule.
    pub rule: SpendingRule,
    /// Annual spending that must be paid whatever the rule decides, in today's money; at least 0. It rises with prices.
    #[wire(default, range = 0..)]
    pub essential_spending: f64,
    /// The minimum annual spending, in today's money; at least 0. It may exhaust the portfolio.
    #[wire(range = 0..)]
    pub minimum_spending: Option<f64>,
    /// The maximum annual spending, in today's money; at least `minimumSpending`.
    pub maximum_spending: Option<f64>,
}

impl SpendingPolicy {
    /// A policy with a rule only.
    #[must_use]
    pub fn of(rule: SpendingRule) -> Self {
        Self { rule, essential_spending: 0.0, minimum_spending: None, maximum_spending: None }
    }
}

/// A rule that decides each year's spending. Money moves at the start of a year, before its return; `portfolio` is its
/// value before that. "Real" means in the money of the start of the plan.
///
/// Three rules decide the household's total spending, part of which other income pays: `constantReal`, `amortization`
/// and `riskGuardrails`. The others decide the withdrawal from the portfolio; other income is spent on top.
///
/// Numbers that a publication states are the defaults; it leaves open those without a default.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum SpendingRule {
    /// Spending of the same purchasing power every year, whatever markets do.
    ConstantReal {
        /// Annual spending, in today's money; at least 0.
        #[wire(range = 0..)]
        annual_spending: f64,
    },
    /// A share of the first year's portfolio, then the same purchasing power every year: the rule behind "4 percent"
    /// (W. P. Bengen, "Determining Withdrawal Rates Using Historical Data", Journal of Financial Planning, October 1994).
    ConstantRealWithdrawal {
        /// The first year's withdrawal as a share of the portfolio (0.04 is 4 %); from 0 to 1.
        #[wire(share, range = 0..=1)]
        initial_rate: f64,
    },
    /// The same share of the portfolio every year. It never exhausts the portfolio.
    PercentOfPortfolio {
        /// The annual withdrawal as a share of the portfolio (0.04 is 4 %); from 0 to 1.
        #[wire(share, range = 0..=1)]
        rate: f64,
    },
    /// A share of the portfolio within bounds around the first year's real withdrawal (W. P. Bengen, "Conserving Client
    /// Portfolios During Retirement, Part IV", Journal of Financial Planning, May 2001). The floor may exhaust the
    /// portfolio.
    FloorAndCeiling {
        /// The annual withdrawal as a share of the portfolio (0.05 is 5 %); from 0 to 1.
        #[wire(share, range = 0..=1)]
        rate: f64,
        /// The largest fall of the real withdrawal below the first year's, as a fraction of it (0.1 is 10 %); 0 to 1.
        #[wire(share, range = 0..=1)]
        floor: f64,
        /// The largest rise of the real withdrawal above the first year's, as a fraction of it (0.25 is 25 %); 0 to 10.
        #[wire(share, range = 0..=10)]
        ceiling: f64,
    },
    /// A share of the portfolio whose real change from year to year is limited: dynamic spending as published by
    /// Vanguard (C. M. Jaconetti, F. M. Kinniry and M. A. DiJoseph, 2013), with its baseline bounds. Once the portfolio
    /// is used up, the last real withdrawal goes on.
    DynamicSpending {
        /// The annual withdrawal as a share of the portfolio (0.05 is 5 %); from 0 to 1.
        #[wire(share, range = 0..=1)]
        rate: f64,
        /// The largest rise of the real withdrawal in one year, as a fraction (0.05 is 5 %); 0 to 10.
        #[wire(share, default = dynamic_ceiling, range = 0..=10)]
        ceiling: f64,
        /// The largest fall of the real withdrawal in one year, as a fraction (0.025 is 2.5 %); 0 to 1.
        #[wire(share, default = dynamic_floor, range = 0..=1)]
        floor: f64,
    },
    /// The decision rules of J. T. Guyton and W. J. Klinger ("Decision Rules and Maximum Initial Withdrawal Rates",
    /// Journal of Financial Planning, March 2006).
    ///
    /// From the second year on, last year's withdrawal rises by last year's inflation (withdrawal rule), except after a
    /// year of negative return if it would then be a larger share of the portfolio than the first withdrawal was. A
    /// skipped increase is not made up for. If the amount, as a share of the portfolio, is then more than `guardrail`
    /// above that of the first year, it is cut by `adjustment` (capital preservation rule, not in the last
    /// `preservationEnd` years); if it is more than `guardrail` below, it is raised by `adjustment` (prosperity rule).
    /// The paper leaves the order of the rules open; here the withdrawal rule comes first. Deflation lowers the
    /// withdrawal in every year, also after a year of negative return: only an increase is skipped.
    ///
    /// Once the portfolio is used up, nothing is cut, skipped or raised any more: the last amount goes on to follow
    /// prices, so that a shortfall is counted in full.
    ///
    /// The fourth rule, portfolio management, says which assets are sold: see `retirement.fund_withdrawal`.
    GuytonKlinger {
        /// The first year's withdrawal as a share of the portfolio (0.055 is 5.5 %); above 0 and at most 1.
        #[wire(share, above = 0, range = ..=1)]
        initial_rate: f64,
        /// The largest deviation of the share from the first year's, as a fraction of it; 0 to 1.
        #[wire(share, default = guyton_klinger_guardrail, range = 0..=1)]
        guardrail: f64,
        /// The size of a cut or raise of the withdrawal, as a fraction; 0 to 1.
        #[wire(share, default = guyton_klinger_adjustment, range = 0..=1)]
        adjustment: f64,
        /// The number of last years without capital preservation: it applies while more years are left, including the
        /// current one; 0 to 200.
        #[wire(default = guyton_klinger_preservation_end, range = 0..=200)]
        preservation_end: u32,
        /// The largest increase with inflation in one year (0.06 is 6 %); 0 to 10. Guyton's paper of 2004 has 0.06;
        /// that of 2006 dropped the cap, so by default there is none.
        #[wire(rate, range = 0..=10)]
        inflation_cap: Option<f64>,
    },
    /// Variable percentage withdrawal as developed on the Bogleheads forum (from 2013 on): the payment that would use
    /// up the portfolio by `lastAge` if each class grew as assumed, after inflation. It never exhausts the portfolio
    /// early.
    VariablePercentage {
        /// The share of stocks in the portfolio (0.6 is 60 %), the rest being bonds; 0 to 1.
        #[wire(share, range = 0..=1)]
        stock_share: f64,
        /// Annual real growth of stocks (0.05 is 5 %), above -1 and at most 1.
        #[wire(rate, default = stock_growth, above = -1, range = ..=1)]
        stock_growth: f64,
        /// Annual real growth of bonds (0.019 is 1.9 %), above -1 and at most 1.
        #[wire(rate, default = bond_growth, above = -1, range = ..=1)]
        bond_growth: f64,
        /// The age in the year of the last withdrawal; 1 to 150. From then on, the whole portfolio is withdrawn.
        #[wire(default = last_age, range = 1..=150)]
        last_age: u32,
    },
    /// Total spending is constant in real terms until its probability of success leaves a band, and is then moved
    /// towards the spending with the target probability: risk-based guardrails (D. Tharp and J. Fitzpatrick,
    /// kitces.com, from 2021 on).
    ///
    /// Success means that the portfolio, together with the present value of other income, pays the spending in all
    /// remaining years. With independent lognormal real returns, the present value of that spending has a mean and a
    /// variance in closed form; the part after the first payment is assumed to be lognormal with that mean and
    /// variance. (Stochastic present value: M. A. Milevsky and C. Robinson, "A Sustainable Spending Rate without
    /// Simulation", Financial Analysts Journal 61(6), 2005, who take a reciprocal gamma distribution instead.)
    RiskGuardrails {
        /// Arithmetic mean of the portfolio's annual return after inflation (0.04 is 4 %); above -1 and at most 1. Other
        /// income is discounted with it.
        #[wire(rate, above = -1, range = ..=1)]
        expected_real_return: f64,
        /// Annual standard deviation of the logarithmic real return (0.1 is 10 %); 0 to 1.
        #[wire(rate, range = 0..=1)]
        volatility: f64,
        /// The probability of success of the first year's spending, and of the spending towards which it is moved; from
        /// 0.01 to 0.99.
        #[wire(share, range = 0.01..=0.99)]
        target_success: f64,
        /// The probability below which spending is cut; from 0.01 to `targetSuccess`.
        #[wire(share)]
        lower_success: f64,
        /// The probability above which spending is raised; from `targetSuccess` to 0.9999.
        #[wire(share)]
        upper_success: f64,
        /// The part of the difference to the spending with the target probability by which spending is moved at once;
        /// above 0 and at most 1.
        #[wire(share, default = whole, above = 0, range = ..=1)]
        adjustment: f64,
    },
    /// As `constantRealWithdrawal`, but raised permanently when the portfolio is well above its first value (M. E.
    /// Kitces, "The Ratcheting Safe Withdrawal Rate", kitces.com, June 2015).
    Ratchet {
        /// The first year's withdrawal as a share of the portfolio (0.04 is 4 %); from 0 to 1.
        #[wire(share, range = 0..=1)]
        initial_rate: f64,
        /// The growth of the portfolio above the first year's value that triggers a raise, as a fraction (0.5 is 50 %);
        /// 0 to 100.
        #[wire(share, default = ratchet_threshold, range = 0..=100)]
        threshold: f64,
        /// The size of a raise (0.1 is 10 %); 0 to 10.
        #[wire(share, default = ratchet_raise, range = 0..=10)]
        raise: f64,
        /// The minimum number of years from the start to the first raise, and between raises; 1 to 200.
        #[wire(default = ratchet_years, range = 1..=200)]
        years_between: u32,
        /// Whether the portfolio is compared after inflation; otherwise at its nominal value.
        #[wire(default)]
        real_threshold: bool,
    },
    /// The portfolio divided by a life expectancy in years, as the United States do for required minimum distributions
    /// (as a spending rule: W. Sun and A. Webb, "Can Retirees Base Wealth Withdrawals on the IRS' Required Minimum
    /// Distributions?", Center for Retirement Research at Boston College, 2012). It never exhausts the portfolio.
    RequiredDistribution {
        /// The divisor of each age, in ascending order of ages without gaps, at most 150 of them; if empty, those of
        /// the Uniform Lifetime Table in force since 2022, from 72 on. Below the first age, the first divisor applies,
        /// plus one for each missing year; above the last age, the last one applies.
        #[wire(default, length = ..=150)]
        divisors: Vec<DistributionDivisor>,
    },
    /// A share of the portfolio that rises with the earnings yield of stocks: `base + weight / CAPE`. CAPE is the
    /// cyclically adjusted price-earnings ratio (as a spending rule: "The Ultimate Guide to Safe Withdrawal Rates",
    /// part 18, earlyretirementnow.com, 2017). At most the whole portfolio.
    CapeBased {
        /// The share that does not depend on the ratio (0.0175 is 1.75 %); 0 to 1.
        #[wire(share, range = 0..=1)]
        base: f64,
        /// The part of the earnings yield that is added (0.5 is half); 0 to 10.
        #[wire(range = 0..=10)]
        weight: f64,
        /// The ratio in years without one from the market; above 0 and at most 1000.
        #[wire(above = 0, range = ..=1000)]
        cape: Option<f64>,
    },
    /// The total spending that the portfolio and the present value of other income can pay in all remaining years at an
    /// expected return, recomputed each year: amortization-based withdrawal, as in Total Portfolio Allocation and
    /// Withdrawal (TPAW, B. Mathew, tpawplanner.com and the Bogleheads forum, from 2020 on).
    Amortization {
        /// Expected annual return after inflation (0.03 is 3 %), above -1 and at most 1. Other income is discounted
        /// with it.
        #[wire(rate, above = -1, range = ..=1)]
        expected_real_return: f64,
        /// Planned annual growth of real spending (-0.01 is a fall of 1 %), above -1 and at most 1.
        #[wire(rate, default, above = -1, range = ..=1)]
        spending_tilt: f64,
        /// The amount to leave after the last year, in today's money; at least 0.
        #[wire(default, range = 0..)]
        legacy: f64,
    },
}

/// The number of years by which a portfolio is divided at a given age.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct DistributionDivisor {
    /// The age; 0 to 150.
    #[wire(range = 0..=150)]
    pub age: u32,
    /// The divisor, in years; 1 to 200.
    #[wire(range = 1..=200)]
    pub divisor: f64,
}

/// Input of `retirement.spending_path`: one policy along given returns.
#[derive(Debug, Clone, Wire)]
pub struct SpendingPathInput {
    /// The spending policy.
    pub policy: SpendingPolicy,
    /// The portfolio at the start of the first year, before its withdrawal; 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub initial_portfolio: f64,
    /// The age in the first year; 0 to 150.
    #[wire(range = 0..=150)]
    pub first_age: u32,
    /// The years in order, 1 to 200. The plan ends with the last one.
    #[wire(length = 1..=200)]
    pub years: Vec<SpendingPathYear>,
}

/// The returns and the income of one year.
#[derive(Debug, Clone, Wire)]
pub struct SpendingPathYear {
    /// Return of the portfolio in the year, after the withdrawal at its start (0.07 is 7 %); from -1 to 10.
    #[wire(rate, range = -1..=10)]
    pub portfolio_return: f64,
    /// Inflation in the year (0.03 is 3 %), above -1 and at most 10. It affects spending from the next year on.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub inflation: f64,
    /// Other income at the start of the year, in money of that year; 0 to 10^15. The part that is not spent is saved.
    #[wire(default, range = 0..=1e15)]
    pub other_income: f64,
    /// The cyclically adjusted price-earnings ratio at the start of the year; above 0 and at most 1000.
    #[wire(above = 0, range = ..=1000)]
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
