//! The numbers of all paths, row by row.

use crate::{
    Error, ErrorCode, Result,
    error::At,
    math::{
        parallel::{self, Tally},
        random::LANES,
    },
};

/// Paths that are run in one go: 16 times [`LANES`].
pub(super) const GROUP: usize = 16 * LANES;

/// Rows of numbers, one number for each path: for example the balances after each year.
///
/// They are held in groups of [`GROUP`] paths, each with all of its rows, so that whoever runs a group owns its memory.
pub(super) struct PathRows {
    groups: Vec<Vec<f64>>,
    paths: usize,
}

/// The rows of one group, while it is run.
pub(super) struct GroupRows<'a> {
    /// The first path of the group.
    pub(super) first_path: u64,
    /// The number of paths, a multiple of [`LANES`]; those beyond the last path are surplus.
    pub(super) paths: usize,
    /// The rows, each of [`GROUP`] numbers.
    pub(super) numbers: &'a mut [f64],
}

impl PathRows {
    /// Runs all paths: `run` fills in `rows` rows of one group. Each group is one unit of `tally`.
    ///
    /// # Errors
    /// `operation.cancelled`; `simulation.paths.out_of_range` where there is not enough memory.
    pub(super) fn run(
        paths: usize,
        rows: usize,
        tally: &Tally<'_>,
        run: impl Fn(GroupRows<'_>) + Sync,
    ) -> Result<Self> {
        let groups = parallel::map(Self::groups(paths), tally, |index| {
            let first_path = index * GROUP;
            let mut numbers = Vec::new();
            numbers.try_reserve_exact(rows * GROUP).map_err(|error| {
                let message = format!("{paths} paths need more memory than there is");
                Error::new(ErrorCode::SimulationPathsOutOfRange, message).caused_by(error)
            })?;
            numbers.resize(rows * GROUP, 0.0);
            let of_group = (paths - first_path).min(GROUP).next_multiple_of(LANES);
            run(GroupRows { first_path: first_path as u64, paths: of_group, numbers: &mut numbers });
            Ok(numbers)
        });
        Ok(Self { groups: groups.at("paths")?, paths })
    }

    /// How many groups there are of so many paths.
    pub(super) fn groups(paths: usize) -> usize {
        paths.div_ceil(GROUP)
    }

    /// Row `row` of all paths, in the order of the paths, in pieces of at most [`GROUP`] numbers.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = &[f64]> + Clone {
        self.groups.iter().enumerate().map(move |(index, numbers)| {
            let length = (self.paths - index * GROUP).min(GROUP);
            numbers.get(row * GROUP..row * GROUP + length).unwrap_or_default()
        })
    }
}
