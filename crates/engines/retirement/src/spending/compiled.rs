//! A validated policy, and the state machine along one path.

use super::{
    SpendingPolicy, SpendingRule, SpendingTrigger,
    amortization::{Amortization, VariablePercentage, annuity_factors, factor_of},
    constant::{self, Ratchet},
    divisors::Divisors,
    guyton_klinger::{self, GuytonKlinger},
    percentage::{CapeBased, DynamicSpending, FloorAndCeiling},
    risk_guardrails::{self, RiskGuardrails},
    state::{SpendingState, SpendingYear},
    trigger::SpendingTriggers,
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};
use wherewithal_math::is_covered;

/// The decision of a policy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpendingDecision {
    /// The household's total spending of the year, nominal. With essential, minimum or constant spending it can exceed
    /// the funds; the caller then records the shortfall.
    pub(crate) spending: f64,
    /// The parts of the policy that changed it.
    pub(crate) triggers: SpendingTriggers,
}

/// A compiled [`SpendingPolicy`].
#[derive(Debug, Clone)]
pub(crate) struct CompiledSpending {
    rule: Rule,
    essential: f64,
    minimum: f64,
    maximum: f64,
    /// For each number of remaining years, the present value of 1 of real spending in each of them, at the discount
    /// rate of other income; `None` if the rule does not use it.
    annuity: Option<Vec<f64>>,
}

#[derive(Debug, Clone)]
enum Rule {
    ConstantReal { annual: f64 },
    ConstantRealWithdrawal { rate: f64 },
    PercentOfPortfolio { rate: f64 },
    FloorAndCeiling(FloorAndCeiling),
    DynamicSpending(DynamicSpending),
    GuytonKlinger(GuytonKlinger),
    VariablePercentage(VariablePercentage),
    RiskGuardrails(RiskGuardrails),
    Ratchet(Ratchet),
    RequiredDistribution(Divisors),
    CapeBased(CapeBased),
    Amortization(Amortization),
}

impl CompiledSpending {
    /// Validates a policy. `market_has_cape`: whether every year will have a price-earnings ratio.
    ///
    /// # Errors
    /// `number.not_finite` and the codes of invalid values, with the path within the policy.
    pub(crate) fn new(policy: &SpendingPolicy, market_has_cape: bool) -> Result<Self> {
        let rule = Rule::new(&policy.rule, market_has_cape).at("rule")?;
        let essential = limits::amount(policy.essential_spending).at("essentialSpending")?;
        let minimum =
            policy.minimum_spending.map_or(Ok(0.0), |least| limits::amount(least).at("minimumSpending"))?;
        let maximum = policy
            .maximum_spending
            .map_or(Ok(f64::INFINITY), |most| limits::amount(most).at("maximumSpending"))?;
        if minimum > maximum {
            let message = format!("the maximum, {maximum}, is below the minimum, {minimum}");
            return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("maximumSpending"));
        }
        let annuity = rule.income_discount_rate().map(|rate| annuity_factors(1.0 / (1.0 + rate)));
        Ok(Self { rule, essential, minimum, maximum, annuity })
    }

    /// The annual real rate at which other income is to be discounted; `None` if the rule does not use its value.
    pub(crate) fn income_discount_rate(&self) -> Option<f64> {
        self.rule.income_discount_rate()
    }

    /// The annual spending that depends neither on income nor on the portfolio, in today's money.
    pub(crate) fn known(&self) -> f64 {
        let constant = match self.rule {
            Rule::ConstantReal { annual } => annual,
            _ => 0.0,
        };
        (self.essential + constant).max(self.minimum).min(self.maximum)
    }

    /// The state at the start of spending. `first` is the year that is then passed to [`decide`](Self::decide) first.
    pub(crate) fn start(&self, first: &SpendingYear) -> SpendingState {
        let year = self.after_essential(first);
        let amount = self.rule.first(&year);
        SpendingState {
            first_year: year.year,
            first_portfolio: year.portfolio,
            first_price_level: year.price_level,
            last: amount,
            last_real: amount / year.price_level,
            last_raise: year.year,
        }
    }

    /// The spending of a year. Years must be passed in order.
    pub(crate) fn decide(&self, state: &mut SpendingState, year: &SpendingYear) -> SpendingDecision {
        let essential = self.essential * year.price_level;
        let left = self.after_essential(year);
        let mut triggers = SpendingTriggers::default();
        if year.year != state.first_year {
            state.last = self.rule.next(state, &left, &mut triggers);
            state.last_real = state.last / year.price_level;
        }
        let income = if self.rule.is_whole_spending() { 0.0 } else { left.other_income };
        let spending = essential + state.last + income;
        let (least, most) = (self.minimum * year.price_level, self.maximum * year.price_level);
        // Only what is outside by more than rounding is a trigger.
        if !is_covered(spending, least) {
            triggers.add(SpendingTrigger::MinimumSpending);
        } else if !is_covered(most, spending) {
            triggers.add(SpendingTrigger::MaximumSpending);
        }
        SpendingDecision { spending: spending.max(least).min(most), triggers }
    }

    /// The year as the rule sees it: without the funds for essential spending.
    fn after_essential(&self, year: &SpendingYear) -> SpendingYear {
        if self.essential == 0.0 {
            return *year;
        }
        let essential = self.essential * year.price_level;
        let from_portfolio = (essential - year.other_income).max(0.0);
        // A rule that does not use future income reserves none of it for essential spending.
        let annuity = self.annuity.as_deref().map_or(0.0, |factors| factor_of(factors, year.years_left));
        let later = annuity * essential;
        SpendingYear {
            portfolio: (year.portfolio - from_portfolio).max(0.0),
            other_income: (year.other_income - essential).max(0.0),
            other_income_value: year.other_income_value - later + from_portfolio.min(year.portfolio),
            ..*year
        }
    }
}

impl Rule {
    fn new(rule: &SpendingRule, market_has_cape: bool) -> Result<Self> {
        Ok(match *rule {
            SpendingRule::ConstantReal { annual_spending } => {
                Self::ConstantReal { annual: limits::amount(annual_spending).at("annualSpending")? }
            }
            SpendingRule::ConstantRealWithdrawal { initial_rate } => {
                Self::ConstantRealWithdrawal { rate: check::fraction(initial_rate).at("initialRate")? }
            }
            SpendingRule::PercentOfPortfolio { rate } => {
                Self::PercentOfPortfolio { rate: check::fraction(rate).at("rate")? }
            }
            SpendingRule::FloorAndCeiling { rate, floor, ceiling } => {
                Self::FloorAndCeiling(FloorAndCeiling::new(rate, floor, ceiling)?)
            }
            SpendingRule::DynamicSpending { rate, ceiling, floor } => {
                Self::DynamicSpending(DynamicSpending::new(rate, floor, ceiling)?)
            }
            SpendingRule::GuytonKlinger {
                initial_rate,
                guardrail,
                adjustment,
                preservation_end,
                inflation_cap,
            } => Self::GuytonKlinger(GuytonKlinger::new(&guyton_klinger::Parts {
                initial_rate,
                guardrail,
                adjustment,
                preservation_end,
                inflation_cap,
            })?),
            SpendingRule::VariablePercentage { stock_share, stock_growth, bond_growth, last_age } => {
                Self::VariablePercentage(VariablePercentage::new(
                    stock_share,
                    stock_growth,
                    bond_growth,
                    last_age,
                )?)
            }
            SpendingRule::RiskGuardrails {
                expected_real_return,
                volatility,
                target_success,
                lower_success,
                upper_success,
                adjustment,
            } => Self::RiskGuardrails(RiskGuardrails::new(&risk_guardrails::Parts {
                expected_real_return,
                volatility,
                target_success,
                lower_success,
                upper_success,
                adjustment,
            })?),
            SpendingRule::Ratchet { initial_rate, threshold, raise, years_between, real_threshold } => {
                Self::Ratchet(Ratchet::new(&constant::Parts {
                    initial_rate,
                    threshold,
                    raise,
                    years_between,
                    real_threshold,
                })?)
            }
            SpendingRule::RequiredDistribution { ref divisors } => {
                Self::RequiredDistribution(Divisors::new(divisors)?)
            }
            SpendingRule::CapeBased { base, weight, cape } => {
                Self::CapeBased(CapeBased::new(base, weight, cape, market_has_cape)?)
            }
            SpendingRule::Amortization { expected_real_return, spending_tilt, legacy } => {
                Self::Amortization(Amortization::new(expected_real_return, spending_tilt, legacy)?)
            }
        })
    }

    /// Whether the rule decides total spending; otherwise other income is spent on top.
    fn is_whole_spending(&self) -> bool {
        matches!(self, Self::ConstantReal { .. } | Self::RiskGuardrails(_) | Self::Amortization(_))
    }

    fn income_discount_rate(&self) -> Option<f64> {
        match self {
            Self::RiskGuardrails(rule) => Some(rule.real_return()),
            Self::Amortization(rule) => Some(rule.real_return()),
            _ => None,
        }
    }

    /// The amount of the first year.
    fn first(&self, year: &SpendingYear) -> f64 {
        match self {
            Self::ConstantReal { annual } => annual * year.price_level,
            Self::ConstantRealWithdrawal { rate } | Self::PercentOfPortfolio { rate } => {
                rate * year.portfolio
            }
            Self::FloorAndCeiling(rule) => rule.first(year),
            Self::DynamicSpending(rule) => rule.first(year),
            Self::GuytonKlinger(rule) => rule.first(year),
            Self::VariablePercentage(rule) => rule.amount(year),
            Self::RiskGuardrails(rule) => rule.first(year),
            Self::Ratchet(rule) => rule.first(year),
            Self::RequiredDistribution(divisors) => year.portfolio / divisors.at(year.age),
            Self::CapeBased(rule) => rule.amount(year),
            Self::Amortization(rule) => rule.amount(year),
        }
    }

    /// The amount of a later year.
    fn next(&self, state: &mut SpendingState, year: &SpendingYear, triggers: &mut SpendingTriggers) -> f64 {
        match self {
            Self::ConstantReal { annual } => annual * year.price_level,
            Self::ConstantRealWithdrawal { rate } => {
                rate * state.first_portfolio * (year.price_level / state.first_price_level)
            }
            Self::PercentOfPortfolio { rate } => rate * year.portfolio,
            Self::FloorAndCeiling(rule) => rule.next(state, year, triggers),
            Self::DynamicSpending(rule) => rule.next(state, year, triggers),
            Self::GuytonKlinger(rule) => rule.next(state, year, triggers),
            Self::VariablePercentage(rule) => rule.amount(year),
            Self::RiskGuardrails(rule) => rule.next(state, year, triggers),
            Self::Ratchet(rule) => rule.next(state, year, triggers),
            Self::RequiredDistribution(divisors) => year.portfolio / divisors.at(year.age),
            Self::CapeBased(rule) => rule.amount(year),
            Self::Amortization(rule) => rule.amount(year),
        }
    }
}
