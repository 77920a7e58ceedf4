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

/// The results of a block of rows of a rate, a number of periods and two more numbers, in three passes that the compiler
/// turns into lanes: logarithms, growth factors over `toward` periods, and results.
///
/// In a single pass, the chain of operations would be so long that a processor, which looks a few hundred of them
/// ahead, could not overlap one group of lanes with the next.
#[inline(always)]
fn in_passes<const N: usize>(
    [rates, periods, first, second]: [&[f64; N]; 4],
    between: &mut Between<N>,
    results: &mut [f64; N],
    toward: impl Fn(Growth<true>, f64) -> f64,
    result: impl Fn(Growth<true>, (f64, f64), [f64; 4]) -> f64,
) {
    let Between { logs, factors, excesses } = between;
    for (log, rate) in logs.iter_mut().zip(rates) {
        *log = Growth::<true>::new(*rate).log();
    }
    for ((((factor, excess), rate), log), periods) in
        factors.iter_mut().zip(&mut *excesses).zip(rates).zip(&*logs).zip(periods)
    {
        let growth = Growth::<true>::of(*rate, *log);
        (*factor, *excess) = growth.factor_and_excess(toward(growth, *periods));
    }
    let rows = rates.iter().zip(periods).zip(first).zip(second);
    let grown = logs.iter().zip(&*factors).zip(&*excesses);
    for ((place, (((rate, periods), first), second)), ((log, factor), excess)) in
        results.iter_mut().zip(rows).zip(grown)
    {
        let growth = Growth::<true>::of(*rate, *log);
        let value = result(growth, (*factor, *excess), [*rate, *periods, *first, *second]);
        *place = if *rate > -1.0 && growth.is_ordinary(*periods) { value } else { f64::NAN };
    }
}

pub(super) struct FutureValue(pub(super) PaymentTiming);

impl Lanes for FutureValue {
    #[inline(always)]
    fn run<const N: usize>(
        &self,
        arguments: [&[f64; N]; 4],
        between: &mut Between<N>,
        results: &mut [f64; N],
    ) {
        let toward = |_, nper| nper;
        in_passes(arguments, between, results, toward, |growth, grown, [rate, nper, pmt, pv]| {
            let value = growth.future_value_at(grown, nper, pmt * self.0.growth_to_period_end(rate), pv);
            if nper >= 0.0 { value } else { f64::NAN }
        });
    }
}

pub(super) struct PresentValue(pub(super) PaymentTiming);

impl Lanes for PresentValue {
    #[inline(always)]
    fn run<const N: usize>(
        &self,
        arguments: [&[f64; N]; 4],
        between: &mut Between<N>,
        results: &mut [f64; N],
    ) {
        let toward = |_, nper: f64| -nper;
        in_passes(arguments, between, results, toward, |growth, grown, [rate, nper, pmt, fv]| {
            let value = growth.present_value_at(grown, nper, pmt * self.0.growth_to_period_end(rate), fv);
            if nper >= 0.0 { value } else { f64::NAN }
        });
    }
}

pub(super) struct LevelPayment(pub(super) PaymentTiming);

impl Lanes for LevelPayment {
    #[inline(always)]
    fn run<const N: usize>(
        &self,
        arguments: [&[f64; N]; 4],
        between: &mut Between<N>,
        results: &mut [f64; N],
    ) {
        in_passes(arguments, between, results, Growth::toward, |growth, grown, [rate, nper, pv, fv]| {
            let payment = growth.level_payment_at(grown, nper, pv, fv);
            let payment = match self.0 {
                PaymentTiming::End => payment,
                PaymentTiming::Begin => payment / self.0.growth_to_period_end(rate),
            };
            if nper > 0.0 { payment } else { f64::NAN }
        });
    }
}
