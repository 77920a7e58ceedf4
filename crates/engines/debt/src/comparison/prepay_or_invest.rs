//! Whether extra money should repay a loan early or be invested.

use super::{
    ExistingLoan,
    amounts::{Amounts, Share, grown, growth, growth_factor, months},
    monthly::{MonthlyLoan, MonthlyTerms},
};
use wherewithal_base::{
    Error, ErrorCode, ErrorKind, Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding, gate},
    wire::Wire,
};
use wherewithal_math::{exp_m1, ln_1p};
use wherewithal_time_value::{IrrOptions, irr};

/// A loan, extra money, and what that money would earn if it were invested.
#[derive(Debug, Clone, Wire)]
pub struct PrepayOrInvestInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The loan as of today.
    pub loan: ExistingLoan,
    /// The extra money of each month, beyond the payment.
    #[wire(default)]
    pub extra_monthly: Decimal,
    /// The extra money that is available once, today.
    #[wire(default)]
    pub extra_once: Decimal,
    /// The share of the loan's interest that is saved in tax, as a fraction, 0 to 1: the marginal tax rate if all
    /// interest is deducted, zero if none is.
    #[wire(share, default, range = 0..=1)]
    pub interest_tax_rate: Decimal,
    /// What the investment earns before tax, as an effective annual rate, a fraction above -1 and at most 10 (0.07
    /// is 7 %).
    #[wire(rate, above = -1, range = ..=10)]
    pub investment_return: f64,
    /// The share of the return that is lost to tax, as a fraction, 0 to less than 1.
    #[wire(share, default)]
    pub investment_tax_rate: f64,
    /// An employer's match for monthly investments.
    pub employer_match: Option<MonthlyEmployerMatch>,
    /// The return of a risk-free investment before tax, for a second comparison; it is taxed at the same rate.
    #[wire(rate)]
    pub risk_free_return: Option<f64>,
    /// The month at which both strategies are compared, 1 to 1200; by default, that of the last payment of the loan.
    #[wire(range = 1..=1200)]
    pub horizon_months: Option<u32>,
    /// How amounts are rounded to the minor unit of the currency where they are posted.
    #[wire(default)]
    pub rounding: Rounding,
}

/// An employer's match for monthly investments.
#[derive(Debug, Clone, Wire)]
pub struct MonthlyEmployerMatch {
    /// The match for each unit invested, as a fraction: 0.5 is 50 cents to the dollar. From 0 to 10.
    #[wire(share, range = 0..=10)]
    pub rate: Decimal,
    /// The most that is matched in a month.
    pub monthly_limit: Decimal,
}

/// Both strategies, with the same amount spent every month.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PrepayOrInvestResult {
    /// The regular payment of the loan.
    pub payment: Decimal,
    /// The month at which both strategies are compared.
    pub horizon_months: u32,
    /// The outcome of paying the loan early.
    pub prepay: StrategyOutcome,
    /// The outcome of investing.
    pub invest: StrategyOutcome,
    /// The wealth of investing less that of prepaying.
    pub advantage_of_investing: Decimal,
    /// The interest that prepaying saves until the horizon.
    pub interest_saved: Decimal,
    /// The certain return of prepaying: the loan's rate after tax, as an effective annual rate. Compare it with the
    /// after-tax return of a risk-free investment, not with the expected return of a risky one.
    pub prepayment_return: f64,
    /// The return of the investment before tax, as an effective annual rate, at which both strategies leave the same
    /// wealth; null if there is none. Growth is not rounded here.
    pub break_even_return: Option<f64>,
    /// The same comparison with the risk-free investment; null if no return was given for it.
    pub risk_free: Option<RiskFreeComparison>,
    /// One row a month, to the horizon.
    pub schedule: Vec<PrepayOrInvestMonth>,
}

/// The outcome of one strategy at the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct StrategyOutcome {
    /// The investments with their returns.
    pub investments: Decimal,
    /// The remaining balance of the loan.
    pub loan_balance: Decimal,
    /// Investments less what is owed.
    pub wealth: Decimal,
    /// The interest paid until the horizon.
    pub interest_paid: Decimal,
    /// The tax saved by deducting interest; it is invested when it is received.
    pub tax_saved: Decimal,
    /// The employer's match.
    pub matched: Decimal,
    /// The month of the loan's last payment; null if it is after the horizon.
    pub payoff_month: Option<u32>,
}

/// Risk-free investing compared with prepaying.
#[derive(Debug, Clone, Copy, PartialEq, Wire)]
pub struct RiskFreeComparison {
    /// The return of the risk-free investment after tax, as an effective annual rate.
    pub after_tax_return: f64,
    /// The wealth of risk-free investing less that of prepaying, where the freed payments are invested risk-free too.
    pub advantage_of_investing: Decimal,
}

/// One month of both strategies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PrepayOrInvestMonth {
    /// The month, from 1.
    pub month: u32,
    /// The budget of both strategies: the loan's payment without prepayment, and the extra money.
    pub budget: Decimal,
    /// Prepaying: what goes to the loan.
    pub prepay_loan_payment: Decimal,
    /// Prepaying: the interest in it.
    pub prepay_interest: Decimal,
    /// Prepaying: what is owed after it.
    pub prepay_balance: Decimal,
    /// Prepaying: what is invested, tax saved and the employer's part included.
    pub prepay_invested: Decimal,
    /// Prepaying: the investments at the end of the month.
    pub prepay_investments: Decimal,
    /// Investing: what goes to the loan.
    pub invest_loan_payment: Decimal,
    /// Investing: the interest in it.
    pub invest_interest: Decimal,
    /// Investing: what is owed after it.
    pub invest_balance: Decimal,
    /// Investing: what is invested, tax saved and the employer's part included.
    pub invest_invested: Decimal,
    /// Investing: the investments at the end of the month.
    pub invest_investments: Decimal,
}

/// Whether extra money is better used to repay a loan early or to invest.
///
/// Both strategies spend the same every month: the loan's payment without prepayment, and the extra money. Prepaying
/// puts all of it into the loan until that is repaid, and invests it from then on; investing pays the loan as agreed
/// and invests the extra money. Money is invested at the end of the month, and grows each month by the twelfth root of
/// the annual growth after tax. Wealth is the investments less what is owed.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::debt::{self, ExistingLoan, PrepayOrInvestInput};
/// use wherewithal::{money::Currency, num::{Decimal, Rounding}};
///
/// let result = debt::prepay_or_invest(&PrepayOrInvestInput {
///     currency: Currency::USD,
///     loan: ExistingLoan {
///         balance: "200000".parse()?,
///         annual_rate: "0.06".parse()?,
///         remaining_months: Some(240),
///         payment: None,
///     },
///     extra_monthly: "500".parse()?,
///     extra_once: Decimal::ZERO,
///     interest_tax_rate: Decimal::ZERO,
///     investment_return: 0.04,
///     investment_tax_rate: 0.0,
///     employer_match: None,
///     risk_free_return: None,
///     horizon_months: None,
///     rounding: Rounding::HalfEven,
/// })?;
/// assert!(result.advantage_of_investing.is_negative()); // 4 % is less than the loan costs.
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `rate.out_of_range`, `term.out_of_range`, `field.missing`, `decimal.too_precise`,
/// `payment.never_repays`, each at the path of its field; `result.too_large` if growth exceeds 28 digits.
pub fn prepay_or_invest(input: &PrepayOrInvestInput) -> Result<PrepayOrInvestResult> {
    let plan = Plan::read(input)?;
    let after_tax = growth(input.investment_return, "investmentReturn")? * plan.kept_return;
    let (prepay, invest) = (plan.run(Way::Prepay, after_tax)?, plan.run(Way::Invest, after_tax)?);
    let prepayment_return =
        prepayment_return(gate::to_f64(input.loan.annual_rate), gate::to_f64(input.interest_tax_rate));
    let write = |units: i128| plan.amounts.write(units);
    let risk_free = input
        .risk_free_return
        .map(|value| {
            let after_tax_return = growth(value, "riskFreeReturn")? * plan.kept_return;
            let advantage_of_investing = write(plan.advantage(after_tax_return)?)?;
            Ok(RiskFreeComparison { after_tax_return, advantage_of_investing })
        })
        .transpose()?;
    Ok(PrepayOrInvestResult {
        payment: plan.amounts.write(plan.loan.payment)?,
        horizon_months: plan.horizon,
        prepay: prepay.outcome(plan.amounts)?,
        invest: invest.outcome(plan.amounts)?,
        advantage_of_investing: write(invest.wealth() - prepay.wealth())?,
        interest_saved: write(invest.interest - prepay.interest)?,
        prepayment_return,
        break_even_return: plan.break_even_return(&prepay, &invest, prepayment_return)?,
        risk_free,
        schedule: plan.rows(&prepay, &invest)?,
    })
}

/// The validated input.
struct Plan {
    amounts: Amounts,
    terms: MonthlyTerms,
    /// The loan without prepayment.
    loan: MonthlyLoan,
    balance: i64,
    extra_monthly: i64,
    extra_once: i64,
    interest_tax_rate: Share,
    /// The share of a return that is left after tax.
    kept_return: f64,
    employer_match: Option<(Share, i64)>,
    horizon: u32,
    rounding: Rounding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Prepay,
    Invest,
}

/// One strategy, month by month.
struct Run {
    /// The investment today.
    invested_once: i128,
    months: Vec<RunMonth>,
    investments: i128,
    balance: i64,
    interest: i128,
    tax_saved: i128,
    matched: i128,
    payoff_month: Option<u32>,
}

struct RunMonth {
    loan_payment: i64,
    interest: i64,
    balance: i64,
    invested: i128,
    investments: i128,
}

impl Plan {
    fn read(input: &PrepayOrInvestInput) -> Result<Self> {
        let amounts = Amounts::of(input.currency)?;
        let (terms, loan) = input.loan.read(amounts, input.rounding).at("loan")?;
        let extra_monthly = amounts.read(input.extra_monthly, "extraMonthly")?;
        let extra_once = amounts.read(input.extra_once, "extraOnce")?;
        if extra_monthly == 0 && extra_once == 0 {
            return Err(Error::new(
                ErrorCode::AmountOutOfRange,
                "there is no extra money: `extraMonthly` or `extraOnce` must be greater than zero",
            )
            .at("extraMonthly"));
        }
        let employer_match = input
            .employer_match
            .as_ref()
            .map(|employer| {
                let limit = amounts.read(employer.monthly_limit, "monthlyLimit")?;
                Result::Ok((Share::read(employer.rate, 10, "rate")?, limit))
            })
            .transpose()
            .at("employerMatch")?;
        let horizon = input.horizon_months.map(months).transpose().at("horizonMonths")?;
        Ok(Self {
            amounts,
            terms,
            balance: amounts.read_positive(input.loan.balance, "balance").at("loan")?,
            extra_monthly,
            extra_once,
            interest_tax_rate: Share::read(input.interest_tax_rate, 1, "interestTaxRate")?,
            kept_return: 1.0 - tax_rate(input.investment_tax_rate)?,
            employer_match,
            horizon: horizon.unwrap_or(loan.len()),
            loan,
            rounding: input.rounding,
        })
    }

    fn budget(&self, month: u32) -> i64 {
        self.loan.month(month).payment + self.extra_monthly
    }

    fn run(&self, way: Way, after_tax_return: f64) -> Result<Run> {
        let monthly_growth = growth_factor(after_tax_return, 1.0);
        let prepaid = if way == Way::Prepay { self.extra_once.min(self.balance) } else { 0 };
        let invested_once = i128::from(self.extra_once - prepaid);
        let mut run = Run {
            invested_once,
            months: Vec::with_capacity(self.horizon as usize),
            investments: invested_once,
            balance: self.balance - prepaid,
            interest: 0,
            tax_saved: 0,
            matched: 0,
            payoff_month: (prepaid == self.balance).then_some(0),
        };
        for month in 1..=self.horizon {
            let budget = self.budget(month);
            let interest = self.terms.interest(run.balance)?;
            let due = run.balance + interest;
            let loan_payment =
                due.min(if way == Way::Prepay { budget } else { self.loan.month(month).payment });
            if due > 0 && loan_payment == due {
                run.payoff_month = Some(month);
            }
            run.balance = due - loan_payment;
            let contribution = budget - loan_payment;
            let tax_saved = self.interest_tax_rate.of(interest.into(), self.rounding)?;
            let matched = match self.employer_match {
                Some((rate, limit)) => rate.of(contribution.min(limit).into(), self.rounding)?,
                None => 0,
            };
            let invested = i128::from(contribution) + tax_saved + matched;
            // Grown before this month's money is added, because money is invested at the end of the month.
            run.investments = grown(run.investments, monthly_growth, self.rounding)? + invested;
            run.interest += i128::from(interest);
            run.tax_saved += tax_saved;
            run.matched += matched;
            run.months.push(RunMonth {
                loan_payment,
                interest,
                balance: run.balance,
                invested,
                investments: run.investments,
            });
        }
        Ok(run)
    }

    /// The wealth of investing less that of prepaying.
    fn advantage(&self, after_tax_return: f64) -> Result<i128> {
        let invest = self.run(Way::Invest, after_tax_return)?;
        Ok(invest.wealth() - self.run(Way::Prepay, after_tax_return)?.wealth())
    }

    /// The return before tax at which both strategies leave the same wealth: the internal rate of return of the
    /// differences, month by month, between what investing and prepaying put aside, and of the difference between the
    /// debts at the end. What is put aside does not depend on the return. Of several rates, the one nearest to the
    /// loan's is the answer; without an employer's match it is the loan's rate.
    #[expect(clippy::expect_used, reason = "the list begins with a difference")]
    fn break_even_return(&self, prepay: &Run, invest: &Run, near: f64) -> Result<Option<f64>> {
        let mut differences = vec![invest.invested_once - prepay.invested_once];
        let months = prepay.months.iter().zip(&invest.months);
        differences.extend(months.map(|(prepay, invest)| invest.invested - prepay.invested));
        let last = differences.last_mut().expect("the first difference is that of what is paid once");
        // A balance that is still owed at the horizon is repaid from the investments.
        *last -= i128::from(invest.balance - prepay.balance);
        let amount = |units: &i128| Decimal::from_i128(*units, 0).map(gate::to_f64);
        let flows = differences.iter().map(amount).collect::<Result<Vec<f64>>>()?;
        let options = IrrOptions { guess: exp_m1(ln_1p(near) / 12.0), all_roots: None };
        let monthly = match irr(&flows, &options) {
            Ok(found) => found.rate,
            Err(error) if error.code().kind() == ErrorKind::NoSolution => return Ok(None),
            Err(error) => return Err(error),
        };
        let before_tax = exp_m1(12.0 * ln_1p(monthly)) / self.kept_return;
        // A heavy tax can put the return before tax below -100 %, which no investment can have.
        Ok(Some(before_tax).filter(|rate| *rate > -1.0))
    }

    fn rows(&self, prepay: &Run, invest: &Run) -> Result<Vec<PrepayOrInvestMonth>> {
        let narrow = |units: i64| self.amounts.write(units);
        let wide = |units: i128| self.amounts.write(units);
        let pairs = (1..).zip(prepay.months.iter().zip(&invest.months));
        pairs
            .map(|(month, (prepay, invest))| {
                Ok(PrepayOrInvestMonth {
                    month,
                    budget: narrow(self.budget(month))?,
                    prepay_loan_payment: narrow(prepay.loan_payment)?,
                    prepay_interest: narrow(prepay.interest)?,
                    prepay_balance: narrow(prepay.balance)?,
                    prepay_invested: wide(prepay.invested)?,
                    prepay_investments: wide(prepay.investments)?,
                    invest_loan_payment: narrow(invest.loan_payment)?,
                    invest_interest: narrow(invest.interest)?,
                    invest_balance: narrow(invest.balance)?,
                    invest_invested: wide(invest.invested)?,
                    invest_investments: wide(invest.investments)?,
                })
            })
            .collect()
    }
}

impl Run {
    fn wealth(&self) -> i128 {
        self.investments - i128::from(self.balance)
    }

    fn outcome(&self, amounts: Amounts) -> Result<StrategyOutcome> {
        Ok(StrategyOutcome {
            investments: amounts.write(self.investments)?,
            loan_balance: amounts.write(self.balance)?,
            wealth: amounts.write(self.wealth())?,
            interest_paid: amounts.write(self.interest)?,
            tax_saved: amounts.write(self.tax_saved)?,
            matched: amounts.write(self.matched)?,
            payoff_month: self.payoff_month,
        })
    }
}

/// The loan's rate after tax as an effective annual rate.
fn prepayment_return(annual_rate: f64, interest_tax_rate: f64) -> f64 {
    exp_m1(12.0 * ln_1p(annual_rate * (1.0 - interest_tax_rate) / 12.0))
}

fn tax_rate(value: f64) -> Result<f64> {
    check::fee(value).at("investmentTaxRate")
}

#[cfg(test)]
mod tests;
