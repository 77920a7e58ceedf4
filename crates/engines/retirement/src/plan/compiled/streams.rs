//! Amounts year by year.

use super::calendar::Span;
use crate::limits;
use wherewithal_base::{Result, check, error::At as _};
use wherewithal_math as math;

/// Amounts year by year; in the money of the first year if they rise with prices.
#[derive(Debug, Clone)]
pub(in super::super) struct Stream {
    amounts: Vec<f64>,
    inflation_linked: bool,
}

/// The description of an amount.
pub(super) struct Amount {
    pub(super) annual_amount: f64,
    pub(super) inflation_linked: bool,
    pub(super) annual_growth: f64,
}

impl Stream {
    /// An amount that grows from the first year of its span on.
    pub(super) fn new(amount: &Amount, span: Span, years: u32, amount_field: &str) -> Result<Self> {
        let first = limits::amount(amount.annual_amount).at(amount_field)?;
        let growth = 1.0 + check::growth(amount.annual_growth).at("annualGrowth")?;
        let at = |year: usize| {
            if span.contains(year) { first * math::pow(growth, (year - span.start) as f64) } else { 0.0 }
        };
        let amounts: Vec<f64> = (0..years as usize).map(at).collect();
        for value in &amounts {
            check::finite(*value).at(amount_field)?;
        }
        Ok(Self { amounts, inflation_linked: amount.inflation_linked })
    }

    /// A cost in today's money that rises with prices, and by `growth` a year from the start of the plan on.
    pub(super) fn cost(annual: f64, growth: f64, span: Span, years: u32, amount_field: &str) -> Result<Self> {
        let amount = Amount { annual_amount: annual, inflation_linked: true, annual_growth: growth };
        let whole = Span { start: 0, until: years as usize };
        Ok(Self::new(&amount, whole, years, amount_field)?.within(span))
    }

    /// The same amounts within a span, and 0 outside it.
    pub(super) fn within(mut self, span: Span) -> Self {
        for (year, value) in self.amounts.iter_mut().enumerate() {
            if !span.contains(year) {
                *value = 0.0;
            }
        }
        self
    }

    /// The amounts of the second year and those that follow it, as those of the first year and those that follow it.
    pub(super) fn a_year_earlier(mut self) -> Self {
        self.amounts.drain(..1);
        self
    }

    /// The same amounts where those after the first have grown for a part of a year less.
    pub(super) fn grown_less(mut self, annual_growth: f64, years: f64) -> Self {
        let factor = math::pow(1.0 + annual_growth, -years);
        self.amounts.iter_mut().skip(1).for_each(|amount| *amount *= factor);
        self
    }

    /// The nominal amount of a year.
    #[expect(clippy::indexing_slicing, reason = "there is an amount for every year of the plan")]
    pub(in super::super) fn at(&self, year: usize, price_level: f64) -> f64 {
        let amount = self.amounts[year];
        if self.inflation_linked { amount * price_level } else { amount }
    }
}
