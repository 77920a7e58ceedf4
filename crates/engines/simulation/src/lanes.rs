//! The simulation of paths, several at a time in lanes.

use super::{
    model::{Model, Month},
    paths::{GROUP, GroupRows},
};
use wherewithal_math::{
    branch_free,
    dispatch::Kernel,
    is_covered,
    random::{LANES, Lanes},
};

/// The state of one path: its balance, and the month in which it could not pay (0 while it has paid everything).
#[derive(Debug, Clone, Copy)]
pub(super) struct Path {
    pub(super) balance: f64,
    pub(super) depleted: f64,
}

/// Pays `flow` into a path, or out of it if negative. A path that cannot pay has failed: its balance stays 0. Rounding is
/// no failure: a balance that covers the withdrawal by [`is_covered`] pays it in full, and nothing is left.
#[inline(always)]
pub(super) fn pay(path: Path, flow: f64, month: f64) -> Path {
    let balance = path.balance + flow;
    // `&`, not `&&`: a branch would keep the compiler from vectorizing over the lanes.
    let alive = path.depleted == 0.0;
    let fails = alive & !is_covered(path.balance, -flow);
    Path {
        balance: if alive & (balance >= 0.0) { balance } else { 0.0 },
        depleted: if fails { month } else { path.depleted },
    }
}

/// The growth factor of a month whose standard normal number is `normal`.
#[inline(always)]
pub(super) fn growth(model: &Model, normal: f64) -> f64 {
    branch_free::exp2(model.drift + model.deviation * normal)
}

/// Runs a group of neighbouring paths. Its rows are the balances at each reported month, then the months of depletion
/// (0 for a path that paid everything).
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
#[expect(
    clippy::indexing_slicing,
    reason = "a group has a multiple of LANES columns, and this is the first of LANES"
)]
fn run_lanes(model: &Model, first_path: u64, column: usize, rows: &mut [f64]) {
    let mut normals = model.stream.lane_normals(first_path);
    let rows = rows.chunks_exact_mut(GROUP).map(|row| &mut row[column..column + LANES]);
    let mut report = Report { number: 0, months: model.reported.iter().peekable(), rows };
    // No path can fail before the first withdrawal, so these months need no check. Pairs of months, because the
    // Box-Muller transform yields normal numbers in pairs.
    let (saving, rest) = model.months.split_at((model.first_withdrawal - 1) as usize / 2 * 2);
    let mut balances: Lanes = [model.initial_balance; LANES];
    for pair in saving.chunks_exact(2) {
        for (month, normals) in pair.iter().zip(&normals.next()) {
            save(model, month, normals, &mut balances);
            report.month(&balances);
        }
    }
    let mut depleted: Lanes = [0.0; LANES];
    for pair in rest.chunks(2) {
        for (month, normals) in pair.iter().zip(&normals.next()) {
            let number = f64::from(report.number + 1);
            advance(model, month, normals, number, &mut balances, &mut depleted);
            report.month(&balances);
        }
    }
    report.row(&depleted);
}

/// Writes the balances of the reported months into the rows, one after another.
struct Report<'a, Rows> {
    /// The months so far.
    number: u32,
    months: std::iter::Peekable<std::slice::Iter<'a, u32>>,
    rows: Rows,
}

impl<'rows, Rows: Iterator<Item = &'rows mut [f64]>> Report<'_, Rows> {
    /// At the end of a month.
    #[inline(always)]
    fn month(&mut self, balances: &Lanes) {
        self.number += 1;
        if self.months.next_if_eq(&&self.number).is_some() {
            self.row(balances);
        }
    }

    #[inline(always)]
    fn row(&mut self, numbers: &Lanes) {
        if let Some(row) = self.rows.next() {
            row.copy_from_slice(numbers);
        }
    }
}

/// One month of all lanes without a withdrawal.
#[inline(always)]
fn save(model: &Model, month: &Month, normals: &Lanes, balances: &mut Lanes) {
    for (balance, normal) in balances.iter_mut().zip(normals) {
        *balance = (*balance + month.start_flow) * growth(model, *normal) + month.end_flow;
    }
}

/// One month of all lanes.
#[inline(always)]
fn advance(
    model: &Model,
    month: &Month,
    normals: &Lanes,
    number: f64,
    balances: &mut Lanes,
    depleted: &mut Lanes,
) {
    for ((balance, depleted), normal) in balances.iter_mut().zip(depleted).zip(normals) {
        let mut path = pay(Path { balance: *balance, depleted: *depleted }, month.start_flow, number);
        path.balance *= growth(model, *normal);
        path = pay(path, month.end_flow, number);
        (*balance, *depleted) = (path.balance, path.depleted);
    }
}
