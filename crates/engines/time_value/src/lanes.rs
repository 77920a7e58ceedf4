//! The functions of level payments, a block of rows at a time.

use super::{PaymentTiming, growth::Growth};

/// A function of four columns, a block of rows at a time, without branches. The result is NaN if it is not valid for a
/// row.
pub(super) trait Lanes {
    /// Computes the results of a block; `between` holds intermediate values. It must be inlined.
    fn run<const N: usize>(
        &self,
        arguments: [&[f64; N]; 4],
        between: &mut Between<N>,
        results: &mut [f64; N],
    );
}

/// Intermediate values of a block. They are reused by every block, because clearing them would take longer than a pass.
pub(super) struct Between<const N: usize> {
    logs: [f64; N],
    factors: [f64; N],
    excesses: [f64; N],
}

impl<const N: usize> Between<N> {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Self { logs: [0.0; N], factors: [0.0; N], excesses: [0.0; N] }
    }
}

/// A function of a rate, a number of periods and two amounts. All have one kernel, because its longest parts, logarithms and
/// growth factors, are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct LevelFunction {
    pub(super) what: Level,
    pub(super) when: PaymentTiming,
}

/// What a level function gives.
#[derive(Debug, Clone, Copy)]
pub(super) enum Level {
    FutureValue,
    PresentValue,
    Payment,
}

impl Lanes for LevelFunction {
    /// In passes that the compiler turns into lanes: logarithms, the periods to grow over, growth factors, and results.
    ///
    /// In a single pass, the chain of operations would be so long that a processor, which looks a few hundred of them
    /// ahead, could not overlap one group of lanes with the next.
    #[inline(always)]
    fn run<const N: usize>(
        &self,
        [rates, periods, first, second]: [&[f64; N]; 4],
        between: &mut Between<N>,
        results: &mut [f64; N],
    ) {
        let Between { logs, factors, excesses } = between;
        for (log, rate) in logs.iter_mut().zip(rates) {
            *log = Growth::<true>::new(*rate).log();
        }
        let toward: &[f64; N] = match self.what {
            Level::FutureValue => periods,
            Level::PresentValue => {
                for (toward, nper) in results.iter_mut().zip(periods) {
                    *toward = -nper;
                }
                results
            }
            Level::Payment => {
                for (((toward, nper), rate), log) in results.iter_mut().zip(periods).zip(rates).zip(&*logs) {
                    *toward = Growth::<true>::of(*rate, *log).toward(*nper);
                }
                results
            }
        };
        for ((((factor, excess), rate), log), toward) in
            factors.iter_mut().zip(&mut *excesses).zip(rates).zip(&*logs).zip(toward)
        {
            (*factor, *excess) = Growth::<true>::of(*rate, *log).factor_and_excess(*toward);
        }
        let (arguments, grown) = ([rates, periods, first, second], &*between);
        match self.what {
            Level::FutureValue => each(arguments, grown, results, |growth, grown, [rate, nper, pmt, pv]| {
                let value =
                    growth.future_value_at(grown, nper, pmt * self.when.growth_to_period_end(rate), pv);
                if nper >= 0.0 { value } else { f64::NAN }
            }),
            Level::PresentValue => each(arguments, grown, results, |growth, grown, [rate, nper, pmt, fv]| {
                let value =
                    growth.present_value_at(grown, nper, pmt * self.when.growth_to_period_end(rate), fv);
                if nper >= 0.0 { value } else { f64::NAN }
            }),
            Level::Payment => each(arguments, grown, results, |growth, grown, [rate, nper, pv, fv]| {
                let payment = growth.level_payment_at(grown, nper, pv, fv);
                let payment = match self.when {
                    PaymentTiming::End => payment,
                    PaymentTiming::Begin => payment / self.when.growth_to_period_end(rate),
                };
                if nper > 0.0 { payment } else { f64::NAN }
            }),
        }
    }
}

/// The results of a block of rows, given their growth.
#[inline(always)]
fn each<const N: usize>(
    [rates, periods, first, second]: [&[f64; N]; 4],
    Between { logs, factors, excesses }: &Between<N>,
    results: &mut [f64; N],
    result: impl Fn(Growth<true>, (f64, f64), [f64; 4]) -> f64,
) {
    let rows = rates.iter().zip(periods).zip(first).zip(second);
    let grown = logs.iter().zip(factors).zip(excesses);
    for ((place, (((rate, periods), first), second)), ((log, factor), excess)) in
        results.iter_mut().zip(rows).zip(grown)
    {
        let growth = Growth::<true>::of(*rate, *log);
        let value = result(growth, (*factor, *excess), [*rate, *periods, *first, *second]);
        *place = if *rate > -1.0 && growth.is_ordinary(*periods) { value } else { f64::NAN };
    }
}
