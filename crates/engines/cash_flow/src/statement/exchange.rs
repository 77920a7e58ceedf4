//! Amounts in the currency of the report.

use std::collections::BTreeMap;

use super::{
    input::{CashFlowStatementInput, MAX_RATES},
    recognition::Recognized,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
};

/// The prices of currencies, by day.
pub(super) struct Rates {
    by_day: BTreeMap<(Currency, Date), Decimal>,
}

impl Rates {
    pub(super) fn of(input: &CashFlowStatementInput) -> Result<Self> {
        check::length(input.exchange_rates.len(), 0..=MAX_RATES).at("exchangeRates")?;
        let mut by_day = BTreeMap::new();
        let Some(report) = input.report_currency else {
            if input.exchange_rates.is_empty() {
                return Ok(Self { by_day });
            }
            let message = "exchange rates need a `reportCurrency` into which they lead";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("reportCurrency"));
        };
        if report.decimal_places().is_none() {
            let message = format!("{report} has no minor unit to round amounts to");
            return Err(Error::new(ErrorCode::CurrencyMinorUnitMissing, message).at("reportCurrency"));
        }
        for (index, rate) in input.exchange_rates.iter().enumerate() {
            let (error, field) = if rate.rate <= Decimal::ZERO {
                let message = format!("the rate is {}; it must be above 0", rate.rate);
                (Error::new(ErrorCode::RateOutOfRange, message), "rate")
            } else if rate.to != report {
                let message = format!("a rate leads to {}; the report is in {report}", rate.to);
                (Error::new(ErrorCode::CurrencyMismatch, message), "to")
            } else if by_day.insert((rate.from, rate.date), rate.rate).is_some() {
                let message = format!("there is an earlier rate of {} on {}", rate.from, rate.date);
                (Error::new(ErrorCode::ListDuplicate, message), "date")
            } else {
                continue;
            };
            return Err(error.at(field).at_index("exchangeRates", index));
        }
        Ok(Self { by_day })
    }

    /// An amount at the latest rate that is not after its day, rounded half to even to the minor unit.
    pub(super) fn convert(&self, one: &Recognized<'_>, report: Currency) -> Result<Decimal> {
        if one.currency == report {
            return Ok(one.amount);
        }
        let earlier = self.by_day.range(..=(one.currency, one.date)).next_back();
        let rate = earlier.filter(|((currency, _), _)| *currency == one.currency).map(|(_, rate)| *rate);
        let Some(rate) = rate else {
            let message =
                format!("there is no rate from {} to {report} on or before {}", one.currency, one.date);
            return Err(Error::new(ErrorCode::CurrencyMismatch, message).at("exchangeRates"));
        };
        Ok(one.amount.times(rate)?.round(report.decimal_places().unwrap_or(0), Rounding::HalfEven))
    }
}
