//! Several series solved side by side, each in a lane of the vector registers.
//!
//! A lane computes what [`find`](super::super::internal_rate) computes for a single series, so the bits are the same.
//! Unusual series are left to `find`.

use super::super::{
    flows::{Flows, LANES},
    moments::{LOG_RATES, MAX_STEPS, Moments, SETTLED, StartingMoments},
    signs,
};
use wherewithal_math::{
    dispatch::{Kernel, dispatch},
    exp_m1,
};

/// The number of series solved side by side.
pub(super) const SERIES: usize = 8;

/// Up to this growth over all flows (e^200) and this unit, a residual is finite.
const ORDINARY_EXPONENT: f64 = 200.0;
const ORDINARY_UNIT: f64 = 1e200;

/// A series and the state of its search.
#[derive(Default)]
pub(super) struct Lane {
    pub(super) flows: Flows,
    values: Vec<[f64; LANES]>,
    log_rate: f64,
    state: State,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum State {
    /// There is nothing to search, or the series is left to `find`.
    #[default]
    Idle,
    Moving,
    Found,
}

impl Lane {
    /// Starts the search with the flows that were read, if they may have a rate.
    pub(super) fn begin(&mut self) {
        let flows = &self.flows;
        let may_have_one =
            !flows.are_at_one_time() && flows.have_both_signs() && flows.unit() <= ORDINARY_UNIT;
        self.state = if may_have_one { State::Moving } else { State::Idle };
        self.log_rate = 0.0;
        self.values.clear();
        self.values.resize(self.flows.len() / LANES, [0.0; LANES]);
    }

    /// Ends the search.
    pub(super) fn clear(&mut self) {
        self.state = State::Idle;
    }

    /// The rate, if it was found and is the only one.
    pub(super) fn rate(&self) -> Option<f64> {
        (self.state == State::Found).then(|| exp_m1(self.log_rate))
    }

    fn is_moving(&self) -> bool {
        self.state == State::Moving
    }

    fn advance(&mut self, step: f64) {
        let (lower, upper) = LOG_RATES;
        let span = self.flows.span();
        self.log_rate += step;
        let is_ordinary =
            (lower..=upper).contains(&self.log_rate) && (self.log_rate * span).abs() <= ORDINARY_EXPONENT;
        if !is_ordinary {
            self.state = State::Idle;
        } else if (step * span).abs() <= SETTLED {
            // The values are those before the last step, which changes them by less than twice its length.
            let is_only_one = signs::show_one_root(self.values.as_flattened(), 2.0 * SETTLED);
            self.state = if is_only_one { State::Found } else { State::Idle };
        }
    }
}

/// Searches the rates of all lanes that are moving.
pub(super) fn search(lanes: &mut [Lane; SERIES]) {
    let mut steps = [f64::NAN; SERIES];
    let mut first = [StartingMoments::default(); SERIES];
    for (moments, lane) in first.iter_mut().zip(&*lanes) {
        if lane.is_moving() {
            *moments = lane.flows.starting_moments();
        }
    }
    dispatch(FirstSteps { moments: &first, steps: &mut steps });
    let mut moments = [Moments::default(); SERIES];
    // One step fewer than the limit, because the first is already computed.
    for _ in 1..MAX_STEPS {
        let mut moving = false;
        for ((lane, step), moments) in lanes.iter_mut().zip(steps).zip(&mut moments) {
            if lane.is_moving() {
                lane.advance(step);
            }
            if lane.is_moving() {
                moving = true;
                *moments = lane.flows.moments_and_values(lane.log_rate, &mut lane.values);
            }
        }
        if !moving {
            return;
        }
        dispatch(Steps { moments: &moments, steps: &mut steps });
    }
    // Their steps do not become small: `find` isolates their roots instead.
    for lane in lanes.iter_mut().filter(|lane| lane.is_moving()) {
        lane.clear();
    }
}

struct FirstSteps<'a> {
    moments: &'a [StartingMoments; SERIES],
    steps: &'a mut [f64; SERIES],
}

impl Kernel for FirstSteps<'_> {
    #[inline(always)]
    fn run(self) {
        for (step, moments) in self.steps.iter_mut().zip(self.moments) {
            *step = moments.balancing_step();
        }
    }
}

struct Steps<'a> {
    moments: &'a [Moments; SERIES],
    steps: &'a mut [f64; SERIES],
}

impl Kernel for Steps<'_> {
    #[inline(always)]
    fn run(self) {
        for (step, moments) in self.steps.iter_mut().zip(self.moments) {
            *step = moments.balancing_step();
        }
    }
}
