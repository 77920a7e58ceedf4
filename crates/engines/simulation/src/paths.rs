//! The numbers of all paths, row by row.

use wherewithal_base::{Error, ErrorCode, Result, error::At};
use wherewithal_math::{
    parallel::{self, Tally},
    quantile::{Spread, quantiles_of_pieces},
    random::LANES,
};

/// The number of paths in a group, which is simulated as one unit of work: 16 times [`LANES`].
pub(super) const GROUP: usize = 16 * LANES;

/// Rows of numbers, one number for each path: for example the balances after each year.
///
/// They are stored in groups of [`GROUP`] paths, each with all its rows, so that the thread that runs a group owns its
/// memory.
pub(super) struct PathRows {
    groups: Vec<Group>,
    paths: usize,
}

struct Group {
    numbers: Vec<f64>,
    /// The spread of each row, computed while its numbers are still in the cache.
    spreads: Vec<Spread>,
}

impl Group {
    /// The first `count` numbers of a row.
    #[expect(clippy::indexing_slicing, reason = "a group has all rows, each of GROUP numbers")]
    fn row(&self, row: usize, count: usize) -> &[f64] {
        &self.numbers[row * GROUP..row * GROUP + count]
    }
}

/// The rows of one group, to be filled.
pub(super) struct GroupRows<'a> {
    /// The first path of the group.
    pub(super) first_path: u64,
    /// The number of paths, a multiple of [`LANES`]; those beyond the last path are surplus.
    pub(super) paths: usize,
    /// The rows, each of [`GROUP`] numbers.
    pub(super) numbers: &'a mut [f64],
}

impl PathRows {
    /// Runs all paths: `run` fills the `rows` rows of one group. Each group is one unit of `tally`.
    ///
    /// # Errors
    /// `operation.cancelled`; `paths.out_of_range` if there is not enough memory.
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
                Error::new(ErrorCode::PathsOutOfRange, message).caused_by(error)
            })?;
            numbers.resize(rows * GROUP, 0.0);
            let count = (paths - first_path).min(GROUP);
            let of_group = count.next_multiple_of(LANES);
            run(GroupRows { first_path: first_path as u64, paths: of_group, numbers: &mut numbers });
            let mut group = Group { numbers, spreads: Vec::new() };
            group.spreads = (0..rows).map(|row| Spread::of(group.row(row, count))).collect();
            Ok(group)
        });
        Ok(Self { groups: groups.at("paths")?, paths })
    }

    /// The number of groups for a number of paths.
    pub(super) fn groups(paths: usize) -> usize {
        paths.div_ceil(GROUP)
    }

    /// Row `row` of all paths, in the order of the paths, in pieces of at most [`GROUP`] numbers.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = &[f64]> + Clone {
        (0..)
            .zip(&self.groups)
            .map(move |(index, group)| group.row(row, (self.paths - index * GROUP).min(GROUP)))
    }

    /// The quantiles of row `row` of all paths.
    ///
    /// # Errors
    /// Those of [`quantiles`](wherewithal_math::quantile::quantiles).
    #[expect(clippy::indexing_slicing, reason = "a group has a spread for each of its rows")]
    pub(super) fn quantiles(&self, row: usize, probabilities: &[f64]) -> Result<Vec<f64>> {
        let spreads = self.groups.iter().map(|group| group.spreads[row]);
        let spread = spreads.fold(Spread::default(), Spread::join);
        quantiles_of_pieces(self.row(row), spread, probabilities)
    }
}
