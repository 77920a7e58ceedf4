//! A private fund beside a public index.

mod input;
mod output;
#[cfg(test)]
mod tests;

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::{Control, Work},
    dates::Date,
    error::At as _,
    num::{Decimal, gate::to_f64},
    order,
};
use wherewithal_math::{exp_m1, sum};
use wherewithal_risk::{Measure, UndefinedReason};

use crate::{
    PerformanceFlow,
    balance::{balances, only},
    order::first_out_of_order,
};
pub use input::{IndexLevel, MissingLevel, PublicMarketEquivalentInput};
pub use output::{LongNickels, PmePlus, PublicMarketEquivalent};

/// The most flows.
const MOST_FLOWS: usize = 10_000;
/// The most levels of an index, and the highest of them.
const MOST_LEVELS: usize = 100_000;
const MOST_LEVEL: f64 = 1e12;
/// The days of a year.
const YEAR: f64 = 365.0;

/// A private fund beside a public index: its multiples, its internal rate, and what its flows would have come to in the index.
///
/// ```
/// # use wherewithal_returns::wherewithal;
/// use wherewithal::{control::Control, returns::{self, PublicMarketEquivalentInput}};
///
/// let input: PublicMarketEquivalentInput = serde_json::from_str(r#"{
///     "flows": [{"date": "2020-01-01", "amount": "100"}, {"date": "2024-12-30", "amount": "-150"}], "asOf": "2024-12-30",
///     "index": [{"date": "2020-01-01", "level": 1000}, {"date": "2024-12-30", "level": 1250}]}"#).unwrap();
/// let found = returns::public_market_equivalent(&input, &Control::default())?;
/// // 150 / (100 × 1250 / 1000).
/// assert_eq!(found.kaplan_schoar.value, Some(1.2));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty`, `list.too_long`, `list.duplicate`, `list.incomplete`, `dates.out_of_order`, `date.out_of_range`,
/// `number.not_finite`, `number.out_of_range`, `amount.out_of_range`, `decimal.overflow`, `operation.cancelled`.
pub fn public_market_equivalent(
    input: &PublicMarketEquivalentInput,
    control: &Control<'_>,
) -> Result<PublicMarketEquivalent> {
    let fund = Fund::of(input, control)?;
    let fund_rate = fund.rate(fund.flows.iter().map(|flow| flow.received), fund.left, control)?;
    let index_value = fund.index_value();
    let long_nickels = if index_value >= 0.0 {
        fund.rate(fund.flows.iter().map(|flow| flow.received), index_value, control)?
    } else {
        Measure::undefined(UndefinedReason::NoRate)
    };
    let (paid_in, distributed) = fund.grown();
    let factor = quotient(paid_in - fund.left, distributed);
    let pme_plus = match (factor.value, factor.reason) {
        (Some(factor), _) => {
            let scaled =
                |flow: &Flow| if flow.received > 0.0 { factor * flow.received } else { flow.received };
            fund.rate(fund.flows.iter().map(scaled), fund.left, control)?
        }
        (None, reason) => Measure::undefined(reason.unwrap_or(UndefinedReason::ZeroDivisor)),
    };
    let committed = input.commitment.map(|commitment| quotient(to_f64(fund.paid_in), to_f64(commitment)));
    let [paid, given] = [fund.paid_in, fund.distributed].map(to_f64);
    Ok(PublicMarketEquivalent {
        paid_in: fund.paid_in,
        distributed: fund.distributed,
        net_asset_value: input.net_asset_value,
        dpi: quotient(given, paid),
        rvpi: quotient(fund.left, paid),
        tvpi: quotient(to_f64(fund.distributed.plus(input.net_asset_value)?), paid),
        pic: committed,
        internal_rate: fund_rate,
        kaplan_schoar: quotient(distributed + fund.left, paid_in),
        long_nickels: LongNickels {
            index_value: Measure::of(index_value),
            internal_rate: long_nickels,
            excess_rate: difference(fund_rate, long_nickels),
        },
        pme_plus: PmePlus { factor, internal_rate: pme_plus, excess_rate: difference(fund_rate, pme_plus) },
        direct_alpha: fund.rate(
            fund.flows.iter().map(|flow| flow.received * flow.growth),
            fund.left,
            control,
        )?,
    })
}

/// A flow of the fund.
struct Flow {
    date: Date,
    /// What the investor received; below zero if it was paid in.
    received: f64,
    /// What one unit in the index becomes from its day on.
    growth: f64,
}

/// A fund with its flows by day.
struct Fund {
    flows: Vec<Flow>,
    paid_in: Decimal,
    distributed: Decimal,
    left: f64,
    as_of: Date,
}

impl Fund {
    fn of(input: &PublicMarketEquivalentInput, control: &Control<'_>) -> Result<Self> {
        check::length(input.flows.len(), 1..=MOST_FLOWS).at("flows")?;
        let index = Index::of(input)?;
        let at_end = index.level(input.as_of).at("asOf")?;
        not_below_zero(input.net_asset_value).at("netAssetValue")?;
        if let Some(commitment) = input.commitment {
            above_zero(commitment).at("commitment")?;
        }
        let mut work = Work::under(control);
        let mut flows = Vec::with_capacity(input.flows.len());
        let (mut paid_in, mut distributed) = (Decimal::ZERO, Decimal::ZERO);
        for (place, PerformanceFlow { date, amount }) in input.flows.iter().enumerate() {
            work.done(8)?;
            if *date > input.as_of {
                let message = format!("{date} is after {}, the day of the net asset value", input.as_of);
                return Err(Error::new(ErrorCode::DateOutOfRange, message)
                    .at("date")
                    .at_index("flows", place));
            }
            if amount.is_negative() {
                distributed = distributed.plus(amount.negated())?;
            } else {
                paid_in = paid_in.plus(*amount)?;
            }
            let level = index.level(*date).at("date").at_index("flows", place)?;
            flows.push(Flow { date: *date, received: 0.0 - to_f64(*amount), growth: at_end / level });
        }
        order::sort_by_key(&mut flows, |flow| flow.date);
        let left = to_f64(input.net_asset_value);
        Ok(Self { flows, paid_in, distributed, left, as_of: input.as_of })
    }

    /// What was paid in and what was distributed, each compounded with the index.
    fn grown(&self) -> (f64, f64) {
        let paid =
            self.flows.iter().filter(|flow| flow.received < 0.0).map(|flow| -flow.received * flow.growth);
        let given =
            self.flows.iter().filter(|flow| flow.received > 0.0).map(|flow| flow.received * flow.growth);
        (sum(paid), sum(given))
    }

    /// What the flows would have left in the index.
    fn index_value(&self) -> f64 {
        0.0 - sum(self.flows.iter().map(|flow| flow.received * flow.growth))
    }

    /// The rate a year at which amounts of the days of the flows balance with what is left.
    fn rate(&self, received: impl Iterator<Item = f64>, left: f64, control: &Control<'_>) -> Result<Measure> {
        let first = self.flows.first().map_or(self.as_of, |flow| flow.date);
        let dated = self.flows.iter().map(|flow| flow.date).zip(received).chain([(self.as_of, left)]);
        let found = balances(dated, (first, self.as_of), control)?;
        let years = f64::from(first.days_until(self.as_of)) / YEAR;
        Ok(match only(&found) {
            Ok(logarithm) => Measure::of(exp_m1(logarithm / years)),
            Err(reason) => Measure::undefined(reason),
        })
    }
}

/// The levels of an index.
struct Index<'a> {
    levels: &'a [IndexLevel],
    missing: MissingLevel,
}

impl<'a> Index<'a> {
    fn of(input: &'a PublicMarketEquivalentInput) -> Result<Self> {
        let levels = &input.index;
        check::length(levels.len(), 1..=MOST_LEVELS).at("index")?;
        let range = (std::ops::Bound::Excluded(0.0), std::ops::Bound::Included(MOST_LEVEL));
        for (place, level) in levels.iter().enumerate() {
            check::number(level.level, range, ErrorCode::NumberOutOfRange)
                .at("level")
                .at_index("index", place)?;
        }
        if let Some((place, error)) = first_out_of_order(levels.iter().map(|level| level.date)) {
            return Err(error.at("date").at_index("index", place));
        }
        Ok(Self { levels, missing: input.missing_level })
    }

    /// The level that counts on a day.
    fn level(&self, date: Date) -> Result<f64> {
        let until = self.levels.partition_point(|level| level.date <= date);
        let last = until.checked_sub(1).and_then(|place| self.levels.get(place));
        match (last, self.missing) {
            (Some(level), _) if level.date == date => Ok(level.level),
            (Some(level), MissingLevel::LastBefore) => Ok(level.level),
            _ => {
                let message = format!("the index has no level of {date}");
                Err(Error::new(ErrorCode::ListIncomplete, message))
            }
        }
    }
}

fn not_below_zero(amount: Decimal) -> Result<()> {
    if amount.is_negative() {
        return Err(Error::new(ErrorCode::AmountOutOfRange, format!("{amount} is below zero")));
    }
    Ok(())
}

fn above_zero(amount: Decimal) -> Result<()> {
    if amount.is_zero() {
        return Err(Error::new(ErrorCode::AmountOutOfRange, "an amount of zero is no commitment"));
    }
    not_below_zero(amount)
}

fn quotient(dividend: f64, divisor: f64) -> Measure {
    if divisor == 0.0 {
        return Measure::undefined(UndefinedReason::ZeroDivisor);
    }
    Measure::of(dividend / divisor)
}

/// A difference, undefined for the reason of the first that is.
fn difference(one: Measure, other: Measure) -> Measure {
    match (one.value, other.value) {
        (Some(one), Some(other)) => Measure::of(one - other),
        (None, _) => one,
        _ => other,
    }
}
