//! Cash flows in time order, laid out for fast discounting.

use super::{
    check,
    growth::Growth,
    moments::{LOG_RATES, Moments},
    signs,
};
use crate::{
    Error, ErrorCode, Result,
    dates::{Date, DayCount},
    math::{
        CompensatedSum, branch_free,
        dispatch::{Kernel, dispatch},
        exp,
    },
};

/// How many flows are discounted side by side. Sums run over the same number of lanes, so it is part of the
/// result's bits.
const LANES: usize = 8;

/// Cash flows in order of time, flows at the same time added up.
///
/// Flows of zero are left out, and times run from the first flow that is not zero. Amounts are held divided
/// by a power of two that brings the largest near one, so that no sum overflows and a change of unit by a
/// power of two changes no bit of a rate. The last lanes are filled with zero amounts.
#[derive(Debug)]
pub(super) struct Flows {
    times: Vec<[f64; LANES]>,
    amounts: Vec<[f64; LANES]>,
    /// The time from the first flow to the last.
    span: f64,
    /// The time from the start of the series to its first flow; above zero when flows of zero came before.
    delay: f64,
    /// The time from the start of the series to its end; later than the last flow when flows of zero came
    /// after.
    term: f64,
    /// What the amounts were divided by.
    unit: f64,
}

/// One flow: its time in years or periods, and its amount.
type Flow = (f64, f64);

impl Flows {
    /// Dated flows in any order; times are year fractions from the earliest date.
    pub(super) fn dated(dates: &[Date], amounts: &[f64], day_count: DayCount) -> Result<Self> {
        check::amounts(amounts)?;
        if dates.len() != amounts.len() {
            let message = format!(
                "there are {} dates and {} amounts; give one date for each",
                dates.len(),
                amounts.len()
            );
            return Err(Error::new(ErrorCode::CashFlowsLengthMismatch, message).at("dates"));
        }
        let Some(&first) = dates.iter().min() else { return Err(no_flows()) };
        let flows =
            dates.iter().zip(amounts).map(|(&date, &amount)| (day_count.year_fraction(first, date), amount));
        Ok(Self::new(flows.collect()))
    }

    /// Flows one period apart; the first is now.
    pub(super) fn periodic(amounts: &[f64]) -> Result<Self> {
        check::amounts(amounts)?;
        let mut time = -1.0;
        let flows = amounts.iter().map(|&amount| {
            time += 1.0;
            (time, amount)
        });
        Ok(Self::new(flows.collect()))
    }

    fn new(mut flows: Vec<Flow>) -> Self {
        // Equal times are put in the order of their amounts, so that the order of the input changes no bit of
        // a sum.
        let in_order = flows.iter().zip(flows.iter().skip(1)).all(|(flow, next)| flow.0 < next.0);
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
        let term = flows.last().map_or(0.0, |flow| flow.0);
        flows.retain(|flow| flow.1 != 0.0);
        let delay = flows.first().map_or(0.0, |flow| flow.0);
        let span = flows.last().map_or(0.0, |flow| flow.0 - delay);
        let unit = power_of_two_above(flows.iter().fold(0.0, |largest: f64, flow| largest.max(flow.1.abs())));
        let blocks = flows.len().div_ceil(LANES);
        let (mut times, mut amounts) = (Vec::with_capacity(blocks), Vec::with_capacity(blocks));
        for block in flows.chunks(LANES) {
            let (mut block_times, mut block_amounts) = ([span; LANES], [0.0; LANES]);
            for ((time, amount), flow) in block_times.iter_mut().zip(&mut block_amounts).zip(block) {
                (*time, *amount) = (flow.0 - delay, flow.1 / unit);
            }
            times.push(block_times);
            amounts.push(block_amounts);
        }
        Self { times, amounts, span, delay, term, unit }
    }

    /// The time from the first flow to the last.
    pub(super) fn span(&self) -> f64 {
        self.span
    }

    /// The flows in order of time, their amounts in units of [`Self::unit`], and the zeros that fill the last
    /// lanes.
    fn iter(&self) -> impl DoubleEndedIterator<Item = Flow> {
        self.times.as_flattened().iter().copied().zip(self.amounts.as_flattened().iter().copied())
    }

    /// How many flows there are, with the zeros that fill the last lanes.
    pub(super) fn len(&self) -> usize {
        self.times.len() * LANES
    }

    /// The log rates at which rates and present values can be written as numbers.
    pub(super) fn log_rates(&self) -> (f64, f64) {
        let (lower, upper) = LOG_RATES;
        (lower.max(-700.0 / (self.delay + self.span)), upper)
    }

    /// Whether there are flows, and all of them at one time.
    pub(super) fn are_at_one_time(&self) -> bool {
        self.span == 0.0 && !self.times.is_empty()
    }

    /// Whether there are both receipts and payments.
    pub(super) fn have_both_signs(&self) -> bool {
        self.iter().any(|flow| flow.1 > 0.0) && self.iter().any(|flow| flow.1 < 0.0)
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
        let growth = Growth::new(rate);
        let mut value = CompensatedSum::default();
        for (flow_time, amount) in self.iter() {
            value.add(growth.grow(amount, time - flow_time));
        }
        value.value() * self.unit
    }

    /// The time to which values at the log rate `x` are discounted or compounded, so that no factor exceeds
    /// one: the first flow's when rates are positive, the last one's when they are negative.
    #[inline]
    fn reference_time(&self, x: f64) -> f64 {
        if x < 0.0 { self.span } else { 0.0 }
    }

    /// The moments of the values at a log rate of zero, where every factor is one.
    pub(super) fn moments_at_zero(&self) -> Moments {
        self.accumulate(|_| 1.0)
    }

    /// The moments of the values at the log rate `x`, the logarithm of one plus the rate.
    pub(super) fn moments(&self, x: f64) -> Moments {
        let reference = self.reference_time(x);
        self.accumulate(|time| discount((reference - time) * x))
    }

    #[inline(always)]
    fn accumulate(&self, factor: impl Fn(f64) -> f64) -> Moments {
        let mut sums = [[0.0; LANES]; 6];
        dispatch(Accumulation { flows: self, factor, sums: &mut sums });
        let [value, time, square, gross, gross_time, gross_square] = sums.map(total);
        Moments { value, time, square, gross, gross_time, gross_square }
    }

    /// The flows valued at the log rate `x`, in order of time, and the zeros that fill the last lanes.
    pub(super) fn values(&self, x: f64) -> Vec<f64> {
        let mut values = vec![[0.0; LANES]; self.times.len()];
        dispatch(Valuation { flows: self, reference: self.reference_time(x), x, values: &mut values });
        values.into_flattened()
    }

    /// What a value of [`Moments`] at the log rate `x` is as a present value in the caller's unit.
    pub(super) fn to_present_value(&self, value: f64, x: f64) -> f64 {
        value * exp(-(self.delay + self.reference_time(x)) * x) * self.unit
    }
}

/// The sums over all flows at factors that depend on time only.
struct Accumulation<'a, F> {
    flows: &'a Flows,
    factor: F,
    /// The sums of [`Moments`] in the order of its fields. They stay apart by lane here: once added up
    /// inside, the compiler packs the moments together and not the lanes, which is several times slower.
    sums: &'a mut [[f64; LANES]; 6],
}

impl<F: Fn(f64) -> f64> Kernel for Accumulation<'_, F> {
    #[inline(always)]
    fn run(self) {
        const ZEROS: [f64; LANES] = [0.0; LANES];
        let (mut value, mut time, mut square) = (ZEROS, ZEROS, ZEROS);
        let (mut gross, mut gross_time, mut gross_square) = (ZEROS, ZEROS, ZEROS);
        for (times, amounts) in self.flows.times.iter().zip(&self.flows.amounts) {
            let values = combine(times, amounts, |time, amount| amount * (self.factor)(time));
            let by_time = combine(times, &values, |time, value| value * time);
            let by_square = combine(times, &by_time, |time, value| value * time);
            value = combine(&value, &values, |sum, term| sum + term);
            time = combine(&time, &by_time, |sum, term| sum + term);
            square = combine(&square, &by_square, |sum, term| sum + term);
            // Times are never negative, so absolute values need no other products.
            gross = combine(&gross, &values, |sum, term| sum + term.abs());
            gross_time = combine(&gross_time, &by_time, |sum, term| sum + term.abs());
            gross_square = combine(&gross_square, &by_square, |sum, term| sum + term.abs());
        }
        *self.sums = [value, time, square, gross, gross_time, gross_square];
    }
}

/// The value of each flow.
struct Valuation<'a> {
    flows: &'a Flows,
    reference: f64,
    x: f64,
    values: &'a mut [[f64; LANES]],
}

impl Kernel for Valuation<'_> {
    #[inline(always)]
    fn run(self) {
        let flows = self.flows.times.iter().zip(&self.flows.amounts);
        for (values, (times, amounts)) in self.values.iter_mut().zip(flows) {
            *values =
                combine(times, amounts, |time, amount| amount * discount((self.reference - time) * self.x));
        }
    }
}

/// e to the power of a number that is zero or less. Below -700 it stays at that of -700 (1e-304), which is
/// nothing beside the one of the flow at the reference time.
#[inline(always)]
fn discount(exponent: f64) -> f64 {
    branch_free::exp(if exponent < -700.0 { -700.0 } else { exponent })
}

/// Lane by lane.
#[inline(always)]
fn combine(left: &[f64; LANES], right: &[f64; LANES], with: impl Fn(f64, f64) -> f64) -> [f64; LANES] {
    let mut result = [0.0; LANES];
    for ((result, left), right) in result.iter_mut().zip(left).zip(right) {
        *result = with(*left, *right);
    }
    result
}

/// The sum of the lanes, by halves.
#[inline]
fn total([a, b, c, d, e, f, g, h]: [f64; LANES]) -> f64 {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// The power of two just above a finite number of zero or more, up to 2^1022.
fn power_of_two_above(number: f64) -> f64 {
    const EXPONENT: u64 = 0x7ff << 52;
    let exponent = (number.to_bits() & EXPONENT) >> 52;
    f64::from_bits((exponent + 1).min(2045) << 52)
}

fn no_flows() -> Error {
    Error::new(ErrorCode::CashFlowsEmpty, "there are no cash flows; give at least one").at("amounts")
}
