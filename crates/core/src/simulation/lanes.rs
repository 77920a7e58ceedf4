//! The paths themselves: many at a time, in step.

use super::model::{Model, Month};
use crate::math::{
    branch_free,
    dispatch::Kernel,
    random::{LANES, Lanes},
};

/// The state of one path: its balance, and the month that it could not pay (0 while it has paid all).
#[derive(Debug, Clone, Copy)]
pub(super) struct Path {
    pub(super) balance: f64,
    pub(super) depleted: f64,
}

/// The growth factor of one month for a standard normal number.
#[inline(always)]
pub(super) fn growth(drift: f64, deviation: f64, normal: f64) -> f64 {
    branch_free::exp(drift + deviation * normal)
}

/// Pays `flow` into a path, or out of it if negative. A path that cannot pay has failed: its balance is 0 for good.
#[inline(always)]
pub(super) fn pay(path: Path, flow: f64, month: f64) -> Path {
    let balance = path.balance + flow;
    let alive = path.depleted == 0.0;
    let fails = alive && balance < 0.0;
    Path {
        balance: if alive && balance >= 0.0 { balance } else { 0.0 },
        depleted: if fails { month } else { path.depleted },
    }
}

/// Runs [`LANES`] neighbouring paths from `first_path` on.
///
/// `output` is laid out in rows of [`LANES`] numbers: the balances at each reported month, then the months of
/// depletion (0 where a path paid all).
pub(super) struct Chunk<'a> {
    pub(super) model: &'a Model,
    pub(super) first_path: u64,
    pub(super) output: &'a mut [f64],
}

impl Kernel for Chunk<'_> {
    #[inline(always)]
    fn run(self) {
        let model = self.model;
        let mut balances: Lanes = [model.initial_balance; LANES];
        let mut depleted: Lanes = [0.0; LANES];
        let (mut first, mut second): (Lanes, Lanes) = ([0.0; LANES], [0.0; LANES]);
        let mut rows = self.output.chunks_exact_mut(LANES);
        let mut reported = model.reported.iter();
        let mut next_report = reported.next();
        let mut number = 0;
        for (block, pair) in (0..).zip(model.months.chunks(2)) {
            model.stream.normals_of_lanes(self.first_path, block, &mut first, &mut second);
            for (month, normals) in pair.iter().zip([&first, &second]) {
                number += 1;
                advance(model, month, number, normals, &mut balances, &mut depleted);
                if next_report == Some(&number) {
                    if let Some(row) = rows.next() {
                        row.copy_from_slice(&balances);
                    }
                    next_report = reported.next();
                }
            }
        }
        if let Some(row) = rows.next() {
            row.copy_from_slice(&depleted);
        }
    }
}

/// One month of all lanes.
#[inline(always)]
fn advance(
    model: &Model,
    month: &Month,
    number: u32,
    normals: &Lanes,
    balances: &mut Lanes,
    depleted: &mut Lanes,
) {
    pay_lanes(balances, depleted, month.start_flow, number);
    for (balance, normal) in balances.iter_mut().zip(normals) {
        *balance *= growth(model.drift, model.deviation, *normal);
    }
    pay_lanes(balances, depleted, month.end_flow, number);
}

#[inline(always)]
fn pay_lanes(balances: &mut Lanes, depleted: &mut Lanes, flow: f64, month: u32) {
    if flow == 0.0 {
        return;
    }
    let month = f64::from(month);
    for (balance, depleted) in balances.iter_mut().zip(depleted.iter_mut()) {
        let path = pay(Path { balance: *balance, depleted: *depleted }, flow, month);
        *balance = path.balance;
        *depleted = path.depleted;
    }
}
