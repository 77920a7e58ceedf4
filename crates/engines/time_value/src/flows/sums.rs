//! The flows valued at a rate, and the sums over them.

use super::{
    super::moments::{Moments, StartingMoments},
    Flows, LANES, combine,
};
use wherewithal_math::{
    branch_free,
    dispatch::{Kernel, dispatch},
};

impl Flows {
    /// The moments of the values at a log rate of zero, where every factor is one.
    pub(in super::super) fn starting_moments(&self) -> StartingMoments {
        let mut sums = [[0.0; LANES]; 8];
        dispatch(Start { flows: self, sums: &mut sums });
        let [value, time, square, cube, gross, gross_time, gross_square, gross_cube] = sums.map(total);
        let moments = Moments { value, time, square, gross, gross_time, gross_square };
        StartingMoments { moments, cube, gross_cube }
    }

    /// The moments of the values at the log rate `x`, the logarithm of one plus the rate.
    pub(in super::super) fn moments(&self, x: f64) -> Moments {
        self.moments_and_values(x, &mut [])
    }

    /// The moments of the values at the log rate `x`; also writes as many values as `values` has room for.
    pub(in super::super) fn moments_and_values(&self, x: f64, values: &mut [[f64; LANES]]) -> Moments {
        let mut sums = [[0.0; LANES]; 6];
        let reference = self.reference_time(x);
        dispatch(Accumulation { flows: self, reference, x, values, sums: &mut sums });
        let [value, time, square, gross, gross_time, gross_square] = sums.map(total);
        Moments { value, time, square, gross, gross_time, gross_square }
    }

    /// The flows valued at the log rate `x`, in order of time, and the zeros that pad the last lanes.
    pub(in super::super) fn values(&self, x: f64) -> Vec<f64> {
        let mut values = Vec::new();
        self.write_values(x, &mut values);
        values.into_flattened()
    }

    /// Replaces `values` by those of [`values`](Self::values) and returns their sum.
    pub(in super::super) fn write_values(&self, x: f64, values: &mut Vec<[f64; LANES]>) -> f64 {
        values.resize(self.times.len(), [0.0; LANES]);
        let mut sums = [0.0; LANES];
        dispatch(Valuation { flows: self, reference: self.reference_time(x), x, values, sums: &mut sums });
        total(sums)
    }
}

/// The sums of [`StartingMoments`].
///
/// The kernels keep the sums of the lanes apart: if they added them up, the compiler would pack the moments instead of
/// the lanes into registers, which is several times slower.
struct Start<'a> {
    flows: &'a Flows,
    sums: &'a mut [[f64; LANES]; 8],
}

impl Kernel for Start<'_> {
    #[inline(always)]
    fn run(self) {
        const ZEROS: [f64; LANES] = [0.0; LANES];
        let (mut value, mut time, mut square, mut cube) = (ZEROS, ZEROS, ZEROS, ZEROS);
        let (mut gross, mut gross_time, mut gross_square, mut gross_cube) = (ZEROS, ZEROS, ZEROS, ZEROS);
        for (times, amounts) in self.flows.times.iter().zip(&self.flows.amounts) {
            let by_time = combine(times, amounts, |time, amount| amount * time);
            let by_square = combine(times, &by_time, |time, amount| amount * time);
            let by_cube = combine(times, &by_square, |time, amount| amount * time);
            value = combine(&value, amounts, |sum, term| sum + term);
            time = combine(&time, &by_time, |sum, term| sum + term);
            square = combine(&square, &by_square, |sum, term| sum + term);
            cube = combine(&cube, &by_cube, |sum, term| sum + term);
            // Times are never negative, so absolute values need no other products.
            gross = combine(&gross, amounts, |sum, term| sum + term.abs());
            gross_time = combine(&gross_time, &by_time, |sum, term| sum + term.abs());
            gross_square = combine(&gross_square, &by_square, |sum, term| sum + term.abs());
            gross_cube = combine(&gross_cube, &by_cube, |sum, term| sum + term.abs());
        }
        *self.sums = [value, time, square, cube, gross, gross_time, gross_square, gross_cube];
    }
}

/// The sums of [`Moments`].
struct Accumulation<'a> {
    flows: &'a Flows,
    reference: f64,
    x: f64,
    values: &'a mut [[f64; LANES]],
    sums: &'a mut [[f64; LANES]; 6],
}

impl Kernel for Accumulation<'_> {
    #[inline(always)]
    fn run(self) {
        const ZEROS: [f64; LANES] = [0.0; LANES];
        let (mut value, mut time, mut square) = (ZEROS, ZEROS, ZEROS);
        let (mut gross, mut gross_time, mut gross_square) = (ZEROS, ZEROS, ZEROS);
        let mut places = self.values.iter_mut();
        for (times, amounts) in self.flows.times.iter().zip(&self.flows.amounts) {
            let values =
                combine(times, amounts, |time, amount| amount * discount((self.reference - time) * self.x));
            let by_time = combine(times, &values, |time, value| value * time);
            let by_square = combine(times, &by_time, |time, value| value * time);
            value = combine(&value, &values, |sum, term| sum + term);
            time = combine(&time, &by_time, |sum, term| sum + term);
            square = combine(&square, &by_square, |sum, term| sum + term);
            gross = combine(&gross, &values, |sum, term| sum + term.abs());
            gross_time = combine(&gross_time, &by_time, |sum, term| sum + term.abs());
            gross_square = combine(&gross_square, &by_square, |sum, term| sum + term.abs());
            if let Some(place) = places.next() {
                *place = values;
            }
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
    sums: &'a mut [f64; LANES],
}

impl Kernel for Valuation<'_> {
    #[inline(always)]
    fn run(self) {
        let flows = self.flows.times.iter().zip(&self.flows.amounts);
        let mut sums = [0.0; LANES];
        for (values, (times, amounts)) in self.values.iter_mut().zip(flows) {
            *values =
                combine(times, amounts, |time, amount| amount * discount((self.reference - time) * self.x));
            sums = combine(&sums, values, |sum, value| sum + value);
        }
        *self.sums = sums;
    }
}

/// e to the power of a number that is zero or less. Below -700 it is constant (1e-304), which is negligible beside the
/// factor of one at the reference time.
#[inline(always)]
fn discount(exponent: f64) -> f64 {
    branch_free::exp(if exponent < -700.0 { -700.0 } else { exponent })
}

/// The sum of the lanes, in a fixed order: by halves.
#[inline]
fn total([a, b, c, d, e, f, g, h]: [f64; LANES]) -> f64 {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}
