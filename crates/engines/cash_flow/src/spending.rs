//! Trends and outliers of spending, by category and month.

mod output;
mod robust;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use output::{CategorySpending, SpendingMonth, SpendingOutlier, SpendingTrends};

use crate::flows::{Flows, is_spending, with_places, zero};
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::{Date, date},
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};
use wherewithal_classification::ClassifyInput;

/// The most months.
const MAX_MONTHS: i32 = 120;
/// The most sums: months times categories.
const MAX_SUMS: usize = 200_000;
/// The decimal places of a score.
const PLACES: u32 = 4;

/// Input of `cash_flow.spending`.
#[derive(Debug, Clone, Wire)]
pub struct SpendingInput {
    /// The ledger, and how its transactions are classified.
    pub ledger: ClassifyInput,
    /// The currency of the spending; flows in other currencies do not count.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// A day of the first month; by default that of the first spending.
    pub from: Option<Date>,
    /// A day of the last month; by default that of the last spending. At most 120 months are looked at.
    pub to: Option<Date>,
    /// The score above which a month is an outlier, above 0 and at most 100; 3.5 by default.
    #[wire(default = three_and_a_half, above = 0, range = ..=100)]
    pub threshold: Decimal,
}

#[expect(clippy::unreachable, reason = "a decimal has one place")]
fn three_and_a_half() -> Decimal {
    match Decimal::new(35, 1) {
        Ok(value) => value,
        Err(_) => unreachable!("a decimal has one place"),
    }
}

/// Trends and outliers of spending by category.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::{cash_flow::{self, SpendingInput}, control::Control};
///
/// let row = |id: u32, month: u32, amount: u32| format!(
///     r#"{{"id": "{id}", "account": "checking", "date": "2026-0{month}-10", "amount": "-{amount}", "type": "purchase",
///         "description": "MARKET", "category": "Food"}}"#);
/// let rows: Vec<String> = [(1, 400), (2, 410), (3, 395), (4, 900), (5, 405)]
///     .into_iter().map(|(month, amount)| row(month, month, amount)).collect();
/// let input: SpendingInput = serde_json::from_str(&format!(
///     r#"{{"ledger": {{"accounts": [{{"id": "checking", "kind": "checking"}}], "transactions": [{}]}}}}"#,
///     rows.join(","))).unwrap();
/// let food = &cash_flow::spending(&input, &Control::default())?.categories[0];
/// assert_eq!(food.median, "405".parse()?);
/// assert_eq!(food.outliers[0].amount, "900".parse()?);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`classify`](wherewithal_classification::classify), inside `ledger`; `field.missing` without spending and
/// without days, `range.out_of_order`, `count.out_of_range`, `number.out_of_range`, `input.too_large`, `decimal.overflow`,
/// `operation.cancelled`.
pub fn spending(input: &SpendingInput, control: &Control<'_>) -> Result<SpendingTrends> {
    if input.threshold <= Decimal::ZERO || input.threshold > Decimal::from(100_u32) {
        let message = format!("{} is not above 0 and at most 100", input.threshold);
        return Err(Error::new(ErrorCode::NumberOutOfRange, message).at("threshold"));
    }
    let mut work = Work::under(control);
    let flows = Flows::of(&input.ledger, control)?;
    let months = Months::of(input, &flows)?;
    let zero = zero(input.currency)?;
    let mut sums: BTreeMap<Option<&str>, Vec<Decimal>> = BTreeMap::new();
    for flow in &flows.all {
        work.done(2)?;
        if flow.currency != input.currency || !is_spending(flow.class) {
            continue;
        }
        let Some(number) = months.number_of(flow.date) else { continue };
        if !sums.contains_key(&flow.category.as_deref()) && (sums.len() + 1) * months.count > MAX_SUMS {
            let message =
                format!("{} months of so many categories make more than {MAX_SUMS} sums", months.count);
            return Err(Error::new(ErrorCode::InputTooLarge, message).at("ledger"));
        }
        let of_category = sums.entry(flow.category.as_deref()).or_insert_with(|| vec![zero; months.count]);
        #[expect(clippy::indexing_slicing, reason = "the month is one of those that are counted")]
        let sum = &mut of_category[number];
        *sum = sum.minus(flow.amount)?;
    }
    let mut categories = Vec::with_capacity(sums.len());
    for (category, amounts) in sums {
        work.done(amounts.len() * amounts.len() / 16 + 1)?;
        categories.push(describe(category, &amounts, &months, input.threshold, input.currency)?);
    }
    Ok(SpendingTrends { from: months.first, to: months.last, currency: input.currency, categories })
}

fn describe(
    category: Option<&str>,
    amounts: &[Decimal],
    months: &Months,
    threshold: Decimal,
    currency: Currency,
) -> Result<CategorySpending> {
    let places = currency.decimal_places().unwrap_or(PLACES);
    let rounded = |value: Decimal| value.round(places, Rounding::HalfEven);
    let median = robust::median(amounts)?;
    let deviation = robust::median_deviation(amounts, median)?;
    let mut outliers = Vec::new();
    let mut rows = Vec::with_capacity(amounts.len());
    for (number, amount) in amounts.iter().enumerate() {
        let month = months.month(number)?;
        rows.push(SpendingMonth { month, amount: *amount });
        // Without a spread no score is defined.
        let Some(score) = robust::score(*amount, median, deviation)? else { continue };
        if score.abs() > threshold {
            let score = score.round(PLACES, Rounding::HalfEven);
            outliers.push(SpendingOutlier { month, amount: *amount, usual: rounded(median), score });
        }
    }
    Ok(CategorySpending {
        category: category.map(str::to_owned),
        total: with_places(Decimal::sum(amounts.iter().copied())?, currency),
        median: rounded(median),
        median_deviation: rounded(deviation),
        monthly_trend: robust::slope(amounts)?.map(rounded),
        outliers,
        months: rows,
    })
}

/// Calendar months.
struct Months {
    /// The first day of the first month.
    first: Date,
    /// The last day of the last month.
    last: Date,
    count: usize,
}

impl Months {
    fn of(input: &SpendingInput, flows: &Flows<'_>) -> Result<Self> {
        let counts =
            flows.all.iter().filter(|flow| flow.currency == input.currency && is_spending(flow.class));
        let days = counts.map(|flow| flow.date);
        let missing = |field: &str| {
            let message = "there is no spending, so the months are needed";
            Error::new(ErrorCode::FieldMissing, message).at(field)
        };
        let from = input.from.or_else(|| days.clone().min()).ok_or_else(|| missing("from"))?;
        let to = input.to.or_else(|| days.max()).ok_or_else(|| missing("to"))?;
        if to < from {
            let message = format!("the last day, {to}, is before the first, {from}");
            return Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("to"));
        }
        let count = number(to) - number(from) + 1;
        if count > MAX_MONTHS {
            let message =
                format!("{count} months lie between {from} and {to}; at most {MAX_MONTHS} are looked at");
            return Err(Error::new(ErrorCode::CountOutOfRange, message).at("to"));
        }
        let first = date(from.year(), from.month(), 1)?;
        Ok(Self { first, last: to.end_of_month(), count: count.unsigned_abs() as usize })
    }

    /// The number of the month of a day, from 0.
    fn number_of(&self, day: Date) -> Option<usize> {
        usize::try_from(number(day) - number(self.first)).ok().filter(|number| *number < self.count)
    }

    /// The first day of a month.
    fn month(&self, number: usize) -> Result<Date> {
        self.first.add_months(i32::try_from(number).unwrap_or(MAX_MONTHS))
    }
}

fn number(day: Date) -> i32 {
    day.year() * 12 + day.month().cast_signed()
}
