//! Cash flows in time order, laid out for fast discounting.

mod sums;

use super::{check, growth::Growth, moments::LOG_RATES, signs};
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::{Date, DayCount},
};
use wherewithal_math::{
    CompensatedSum,
    dispatch::{Kernel, dispatch},
    exp,
};

/// The number of flows discounted side by side. Sums run over the same number of lanes, so changing it changes the last
/// bits of results.
pub(super) const LANES: usize = 8;

/// The dates of cash flows.
#[derive(Debug, Clone, Copy)]
pub enum FlowDates<'a> {
    /// Civil dates.
    Dates(&'a [Date]),
    /// Days since 1970-01-01, as in numpy's `datetime64[D]` and Arrow's `date32`.
    DaysSince1970(&'a [i32]),
    /// The same in 64 bits, which is how numpy holds `datetime64[D]` in memory.
    WideDaysSince1970(&'a [i64]),
}

/// The [`Date::day_number`] of 1970-01-01.
const EPOCH: i32 = 719_163;

/// The [`Date::day_number`] of the last date, 9999-12-31; that of the first is 1.
const LAST_DAY: i32 = 3_652_059;

/// The first and the last date as days since 1970-01-01.
const FIRST_SINCE_1970: i32 = 1 - EPOCH;
const LAST_SINCE_1970: i32 = LAST_DAY - EPOCH;

/// Cash flows in order of time, with flows at the same time added up.
///
/// Flows of zero are left out, and times run from the first flow that is not zero. Amounts are divided by a power of
/// two that brings the largest near one, so that no sum overflows and a change of unit by a power of two changes no bit
/// of a rate. The last lanes are padded with zero amounts.
#[derive(Debug, Default)]
pub(super) struct Flows {
    times: Vec<[f64; LANES]>,
    amounts: Vec<[f64; LANES]>,
    /// The time from the first flow to the last.
    span: f64,
    /// The time from the start of the series to its first flow; above zero if flows of zero came before.
    delay: f64,
    /// The time from the start of the series to its end; later than the last flow if flows of zero came after.
    term: f64,
    /// The divisor of the amounts.
    unit: f64,
    has_both_signs: bool,
    /// The day numbers of the series that was read last, kept to reuse their memory.
    days: Vec<i32>,
}

/// One flow: its time in years or periods, and its amount.
type Flow = (f64, f64);

impl Flows {
    /// Dated flows in any order; times are year fractions from the earliest date.
    pub(super) fn dated(dates: FlowDates<'_>, amounts: &[f64], day_count: DayCount) -> Result<Self> {
        let mut flows = Self::default();
        flows.read(dates, amounts, day_count)?;
        Ok(flows)
    }

    /// Replaces the flows by those of [`dated`](Self::dated), reusing the memory.
    pub(super) fn read(&mut self, dates: FlowDates<'_>, amounts: &[f64], day_count: DayCount) -> Result<()> {
        if amounts.is_empty() {
            return check::amounts(amounts);
        }
        if dates.len() != amounts.len() {
            check::amounts(amounts)?;
            let message = format!(
                "there are {} dates and {} amounts; give one date for each",
                dates.len(),
                amounts.len()
            );
            return Err(Error::new(ErrorCode::ListLengthMismatch, message).at("dates"));
        }
        if let Some(days_in_year) = days_in_year(day_count) {
            dates.write_day_numbers(&mut self.days)?;
            // The usual case, ascending dates and no zero amounts, needs no sort.
            if self.lay_out(amounts, days_in_year) {
                return Ok(());
            }
        }
        check::amounts(amounts)?;
        let dates = dates.to_dates()?;
        let Some(&first) = dates.iter().min() else { return Err(no_flows()) };
        let flows =
            dates.iter().zip(amounts).map(|(&date, &amount)| (day_count.year_fraction(first, date), amount));
        self.sort_in(flows.collect());
        Ok(())
    }

    /// Flows one period apart; the first is now.
    pub(super) fn periodic(amounts: &[f64]) -> Result<Self> {
        check::amounts(amounts)?;
        let mut time = -1.0;
        let flows = amounts.iter().map(|&amount| {
            time += 1.0;
            (time, amount)
        });
        let mut result = Self::default();
        result.sort_in(flows.collect());
        Ok(result)
    }

    /// Lays the flows out in the order of the input if their days ascend and their amounts are finite and not zero;
    /// otherwise returns false.
    fn lay_out(&mut self, amounts: &[f64], days_in_year: f64) -> bool {
        let [first, later @ ..] = self.days.as_slice() else { return false };
        if !self.days.iter().zip(later).fold(true, |ascend, (day, next)| ascend & (day < next)) {
            return false;
        }
        let last = later.last().unwrap_or(first);
        let blocks = amounts.len().div_ceil(LANES);
        self.span = f64::from(last - first) / days_in_year;
        self.times.resize(blocks, [0.0; LANES]);
        self.amounts.resize(blocks, [0.0; LANES]);
        let mut survey = Survey::new();
        dispatch(Layout {
            days: &self.days,
            first: *first,
            days_in_year,
            flows: amounts,
            times: &mut self.times,
            amounts: &mut self.amounts,
            survey: &mut survey,
        });
        // An amount is zero or not finite: the general way drops the former and reports the latter.
        let Some((lowest, highest)) = survey.range() else { return false };
        // Without zero amounts the first and the last flow are the ends of the series.
        (self.delay, self.term) = (0.0, self.span);
        self.has_both_signs = lowest < 0.0 && highest > 0.0;
        self.unit = power_of_two_above(highest.max(-lowest));
        dispatch(Division { amounts: &mut self.amounts, unit: self.unit });
        true
    }

    /// Lays out any flows.
    fn sort_in(&mut self, mut flows: Vec<Flow>) {
        // Flows at equal times are sorted by amount, so that the order of the input changes no bit of a sum.
        let in_order = flows.array_windows().all(|[flow, next]| flow.0 < next.0);
        if !in_order {
            flows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            flows.dedup_by(|later, kept| {
                let same = later.0 == kept.0;
                if same {
                    kept.1 += later.1;
                }
                same
            });
        }
        // A series without flows has no duration.
        self.term = flows.last().map_or(0.0, |flow| flow.0);
        flows.retain(|flow| flow.1 != 0.0);
        let delay = flows.first().map_or(0.0, |flow| flow.0);
        let span = flows.last().map_or(0.0, |flow| flow.0 - delay);
        let unit = power_of_two_above(flows.iter().fold(0.0, |largest: f64, flow| largest.max(flow.1.abs())));
        self.has_both_signs = flows.iter().any(|flow| flow.1 > 0.0) && flows.iter().any(|flow| flow.1 < 0.0);
        (self.delay, self.span, self.unit) = (delay, span, unit);
        self.times.clear();
        self.amounts.clear();
        for block in flows.chunks(LANES) {
            let (mut block_times, mut block_amounts) = ([span; LANES], [0.0; LANES]);
            for ((time, amount), flow) in block_times.iter_mut().zip(&mut block_amounts).zip(block) {
                (*time, *amount) = (flow.0 - delay, flow.1 / unit);
            }
            self.times.push(block_times);
            self.amounts.push(block_amounts);
        }
    }

    /// The divisor of the amounts.
    pub(super) fn unit(&self) -> f64 {
        self.unit
    }

    /// The time from the first flow to the last.
    pub(super) fn span(&self) -> f64 {
        self.span
    }

    /// The flows in order of time, their amounts in units of [`Self::unit`], and the zeros that pad the last lanes.
    fn iter(&self) -> impl DoubleEndedIterator<Item = Flow> {
        self.times.as_flattened().iter().copied().zip(self.amounts.as_flattened().iter().copied())
    }

    /// The number of flows, including the zeros that pad the last lanes.
    pub(super) fn len(&self) -> usize {
        self.times.len() * LANES
    }

    /// The range of log rates in which rates and present values are finite.
    pub(super) fn log_rates(&self) -> (f64, f64) {
        let (lower, upper) = LOG_RATES;
        // e^700 is near the largest number, which the growth from the first flow to the last must not exceed.
        (lower.max(-700.0 / (self.delay + self.span)), upper)
    }

    /// Whether there are flows and all of them are at one time.
    pub(super) fn are_at_one_time(&self) -> bool {
        self.span == 0.0 && !self.times.is_empty()
    }

    /// Whether there are both receipts and payments.
    pub(super) fn have_both_signs(&self) -> bool {
        self.has_both_signs
    }

    /// Whether the flows change sign exactly once.
    pub(super) fn change_sign_once(&self) -> bool {
        signs::changes(self.iter().map(|flow| flow.1)) == 1
    }

    /// The sum of the flows discounted to the start of the series at a rate above -1.
    pub(super) fn present_value(&self, rate: f64) -> f64 {
        self.value_at(-self.delay, rate)
    }

    /// The sum of the flows compounded to the end of the series at a rate above -1.
    pub(super) fn future_value(&self, rate: f64) -> f64 {
        self.value_at(self.term - self.delay, rate)
    }

    fn value_at(&self, time: f64, rate: f64) -> f64 {
        let growth = Growth::<false>::new(rate);
        let mut value = CompensatedSum::default();
        for (flow_time, amount) in self.iter() {
            value.add(growth.grow(amount, time - flow_time));
        }
        value.value() * self.unit
    }

    /// The time to which values at the log rate `x` are discounted or compounded, so that no factor exceeds one: that
    /// of the first flow if the rate is positive, that of the last flow if it is negative.
    #[inline]
    fn reference_time(&self, x: f64) -> f64 {
        if x < 0.0 { self.span } else { 0.0 }
    }

    /// Converts a value of [`Moments`] at the log rate `x` to a present value in the caller's unit.
    pub(super) fn to_present_value(&self, value: f64, x: f64) -> f64 {
        value * exp(-(self.delay + self.reference_time(x)) * x) * self.unit
    }
}

/// Lays out flows in the order of the input and surveys them.
struct Layout<'a> {
    days: &'a [i32],
    first: i32,
    days_in_year: f64,
    flows: &'a [f64],
    times: &'a mut [[f64; LANES]],
    amounts: &'a mut [[f64; LANES]],
    survey: &'a mut Survey,
}

impl Kernel for Layout<'_> {
    #[inline(always)]
    fn run(self) {
        let (mut survey, first, days_in_year) = (Survey::new(), self.first, self.days_in_year);
        let time = |day: i32| f64::from(day - first) / days_in_year;
        let (days, last_days) = self.days.as_chunks::<LANES>();
        let (flows, last_flows) = self.flows.as_chunks::<LANES>();
        let mut blocks = self.times.iter_mut().zip(&mut *self.amounts);
        for ((days, flows), (times, amounts)) in days.iter().zip(flows).zip(&mut blocks) {
            *times = days.map(time);
            *amounts = *flows;
            survey.add(flows);
        }
        // The last block is padded with the last time and zero amounts. The survey sees a repeated flow instead,
        // because a zero would count as one of the input.
        if let (Some((times, amounts)), Some(&day), Some(&flow)) =
            (blocks.next(), last_days.last(), last_flows.last())
        {
            *times = filled(last_days, day).map(time);
            *amounts = filled(last_flows, 0.0);
            survey.add(&filled(last_flows, flow));
        }
        *self.survey = survey;
    }
}

/// A block that starts with given numbers and is padded with `rest`.
#[inline(always)]
fn filled<T: Copy>(first: &[T], rest: T) -> [T; LANES] {
    let mut block = [rest; LANES];
    for (place, number) in block.iter_mut().zip(first) {
        *place = *number;
    }
    block
}

/// The results of one pass over the amounts.
struct Survey {
    lowest: [f64; LANES],
    highest: [f64; LANES],
    smallest: [f64; LANES],
    /// Zero, or NaN if an amount is not a finite number.
    difference: [f64; LANES],
}

impl Survey {
    #[inline(always)]
    fn new() -> Self {
        Self {
            lowest: [0.0; LANES],
            highest: [0.0; LANES],
            smallest: [f64::INFINITY; LANES],
            difference: [0.0; LANES],
        }
    }

    #[inline(always)]
    fn add(&mut self, amounts: &[f64; LANES]) {
        self.lowest = combine(&self.lowest, amounts, |low, amount| if amount < low { amount } else { low });
        self.highest =
            combine(&self.highest, amounts, |high, amount| if amount > high { amount } else { high });
        self.smallest =
            combine(
                &self.smallest,
                amounts,
                |small, amount| {
                    if amount.abs() < small { amount.abs() } else { small }
                },
            );
        self.difference = combine(&self.difference, amounts, |sum, amount| sum + amount * 0.0);
    }

    /// The lowest and the highest amount, or zero; `None` if an amount is zero or not finite.
    fn range(&self) -> Option<(f64, f64)> {
        let finite = self.difference.iter().all(|difference| *difference == 0.0);
        let no_zero = self.smallest.iter().all(|amount| *amount > 0.0);
        let lowest = self.lowest.iter().fold(0.0, |low: f64, amount| low.min(*amount));
        let highest = self.highest.iter().fold(0.0, |high: f64, amount| high.max(*amount));
        (finite && no_zero).then_some((lowest, highest))
    }
}

/// Divides amounts by a power of two.
struct Division<'a> {
    amounts: &'a mut [[f64; LANES]],
    unit: f64,
}

impl Kernel for Division<'_> {
    #[inline(always)]
    fn run(self) {
        // The inverse is a power of two as well, so the product equals the quotient.
        let inverse = 1.0 / self.unit;
        for amounts in self.amounts {
            *amounts = amounts.map(|amount| amount * inverse);
        }
    }
}

impl<'a> From<&'a [Date]> for FlowDates<'a> {
    fn from(dates: &'a [Date]) -> Self {
        Self::Dates(dates)
    }
}

impl<'a> From<&'a Vec<Date>> for FlowDates<'a> {
    fn from(dates: &'a Vec<Date>) -> Self {
        Self::Dates(dates)
    }
}

impl<'a, const N: usize> From<&'a [Date; N]> for FlowDates<'a> {
    fn from(dates: &'a [Date; N]) -> Self {
        Self::Dates(dates)
    }
}

impl FlowDates<'_> {
    /// The number of dates.
    #[must_use]
    pub fn len(self) -> usize {
        match self {
            Self::Dates(dates) => dates.len(),
            Self::DaysSince1970(days) => days.len(),
            Self::WideDaysSince1970(days) => days.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The dates from `start` to before `end`.
    #[expect(clippy::indexing_slicing, reason = "the ends of series are checked against the number of dates")]
    pub(super) fn part(self, start: usize, end: usize) -> Self {
        match self {
            Self::Dates(dates) => Self::Dates(&dates[start..end]),
            Self::DaysSince1970(days) => Self::DaysSince1970(&days[start..end]),
            Self::WideDaysSince1970(days) => Self::WideDaysSince1970(&days[start..end]),
        }
    }

    fn write_day_numbers(self, numbers: &mut Vec<i32>) -> Result<()> {
        numbers.clear();
        match self {
            Self::Dates(dates) => numbers.extend(dates.iter().map(|date| date.day_number())),
            Self::DaysSince1970(days) => {
                numbers.extend(days.iter().map(|day| day.wrapping_add(EPOCH)));
                let valid = |day: &i32| (FIRST_SINCE_1970 <= *day) & (*day <= LAST_SINCE_1970);
                if !days.iter().fold(true, |all, day| all & valid(day)) {
                    for (index, day) in days.iter().enumerate() {
                        date_of(*day, index)?;
                    }
                }
            }
            Self::WideDaysSince1970(days) => {
                numbers.extend(days.iter().map(|day| (*day as i32).wrapping_add(EPOCH)));
                // The sign bit is set if a day is too early or too late.
                let outside = |day: &i64| {
                    day.wrapping_sub(FIRST_SINCE_1970.into()) | i64::from(LAST_SINCE_1970).wrapping_sub(*day)
                };
                if days.iter().fold(0, |all, day| all | outside(day)) < 0 {
                    for (index, day) in days.iter().enumerate() {
                        date_of(narrowed(*day), index)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The civil dates.
    ///
    /// # Errors
    /// `date.out_of_range` for a day outside the years 1 to 9999, at `dates[i]`.
    pub fn to_dates(self) -> Result<Vec<Date>> {
        match self {
            Self::Dates(dates) => Ok(dates.to_vec()),
            Self::DaysSince1970(days) => {
                days.iter().enumerate().map(|(index, day)| date_of(*day, index)).collect()
            }
            Self::WideDaysSince1970(days) => {
                days.iter().enumerate().map(|(index, day)| date_of(narrowed(*day), index)).collect()
            }
        }
    }
}

/// The day in 32 bits; a day that does not fit becomes one that is out of range too.
fn narrowed(day: i64) -> i32 {
    day.clamp(i32::MIN.into(), i32::MAX.into()) as i32
}

/// The date `day` days after 1970-01-01.
fn date_of(day: i32, index: usize) -> Result<Date> {
    Date::from_day_number(day.saturating_add(EPOCH)).map_err(|error| error.at_index("dates", index))
}

/// The days of a year, for day counts that divide calendar days by a constant.
fn days_in_year(day_count: DayCount) -> Option<f64> {
    match day_count {
        DayCount::Actual360 => Some(360.0),
        DayCount::Actual364 => Some(364.0),
        DayCount::Actual365Fixed => Some(365.0),
        DayCount::Actual36525 => Some(365.25),
        // The others depend on the calendar and need the dates themselves.
        _ => None,
    }
}

/// Combines two blocks lane by lane.
#[inline(always)]
fn combine(left: &[f64; LANES], right: &[f64; LANES], with: impl Fn(f64, f64) -> f64) -> [f64; LANES] {
    let mut result = [0.0; LANES];
    for ((result, left), right) in result.iter_mut().zip(left).zip(right) {
        *result = with(*left, *right);
    }
    result
}

/// The power of two just above a finite number of zero or more, up to 2^1022.
fn power_of_two_above(number: f64) -> f64 {
    const EXPONENT: u64 = 0x7ff << 52;
    let exponent = (number.to_bits() & EXPONENT) >> 52;
    // Up to 2^1022, whose inverse is still a normal number.
    f64::from_bits((exponent + 1).min(2045) << 52)
}

fn no_flows() -> Error {
    Error::new(ErrorCode::ListEmpty, "there are no cash flows; give at least one").at("amounts")
}
