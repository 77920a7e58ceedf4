//! The paths themselves: many at a time, in step.

use super::{
    model::{Model, Month},
    paths::{GROUP, GroupRows},
};
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

/// The growth factors of two months.
#[inline(always)]
pub(super) fn growth(model: &Model, normals: [Lanes; 2]) -> [Lanes; 2] {
    let [mut first, mut second] = normals;
    for (first, second) in first.iter_mut().zip(&mut second) {
        *first = branch_free::exp2(model.drift + model.deviation * *first);
        *second = branch_free::exp2(model.drift + model.deviation * *second);
    }
    [first, second]
}

/// Runs a group of neighbouring paths. Its rows are the balances at each reported month, then the months of depletion
/// (0 where a path paid all).
pub(super) struct Group<'a> {
    pub(super) model: &'a Model,
    pub(super) rows: GroupRows<'a>,
}

impl Kernel for Group<'_> {
    #[inline(always)]
    fn run(self) {
        for lane in (0..self.rows.paths).step_by(LANES) {
            run_lanes(self.model, self.rows.first_path + lane as u64, lane, self.rows.numbers);
        }
    }
}

/// Runs [`LANES`] paths from `first_path` on and writes their numbers into each row from `column` on.
#[inline(always)]
fn run_lanes(model: &Model, first_path: u64, column: usize, rows: &mut [f64]) {
    let mut normals = model.stream.lane_normals(first_path);
    let mut balances: Lanes = [model.initial_balance; LANES];
    let mut depleted: Lanes = [0.0; LANES];
    let mut rows = rows.chunks_exact_mut(GROUP).filter_map(|row| row.get_mut(column..column + LANES));
    let mut reported = model.reported.iter();
    let mut next_report = reported.next();
    let mut number = 0;
    for pair in model.months.chunks(2) {
        for (month, growth) in pair.iter().zip(&growth(model, normals.next())) {
            number += 1;
            advance(month, growth, number < model.first_withdrawal, number, &mut balances, &mut depleted);
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

/// One month of all lanes. Where nothing was withdrawn so far, no path can have failed.
#[inline(always)]
fn advance(
    month: &Month,
    growth: &Lanes,
    nothing_withdrawn: bool,
    number: u32,
    balances: &mut Lanes,
    depleted: &mut Lanes,
) {
    if nothing_withdrawn {
        for (balance, growth) in balances.iter_mut().zip(growth) {
            *balance = (*balance + month.start_flow) * growth + month.end_flow;
        }
        return;
    }
    pay_lanes(balances, depleted, month.start_flow, number);
    for (balance, growth) in balances.iter_mut().zip(growth) {
        *balance *= growth;
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
