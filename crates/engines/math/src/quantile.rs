//! Exact quantiles without sorting.

use super::dispatch::{Kernel, dispatch};
use wherewithal_base::{Error, ErrorCode, Result, error::At};

/// The quantiles of `values` at `probabilities` (0 to 1, in any order), without sorting them.
///
/// Type 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (The American Statistician 50, 1996): at
/// probability p, the quantile of n values lies (n - 1) p places above the smallest, by linear interpolation between
/// two values. It is the default of NumPy and R.
///
/// ```
/// # use wherewithal_math::wherewithal;
/// use wherewithal::math::quantile::quantiles;
///
/// assert_eq!(quantiles(&[4.0, 1.0, 3.0, 2.0], &[0.5, 0.0, 0.9])?, [2.5, 1.0, 3.7]);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty`; `number.not_finite` at `values`; `probability.out_of_range` at `probabilities`.
pub fn quantiles(values: &[f64], probabilities: &[f64]) -> Result<Vec<f64>> {
    quantiles_of_pieces([values].into_iter(), Spread::of(values), probabilities)
}

/// The [`quantiles`] of values in several pieces, given the spread of all of them.
///
/// The values are counted in buckets of equal width, and only buckets with a wanted value are searched: two fast passes
/// for any number of quantiles.
///
/// # Errors
/// Those of [`quantiles`].
#[expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the spread tells what is among the values, and each rank that is asked for has one"
)]
pub fn quantiles_of_pieces<'a>(
    pieces: impl Iterator<Item = &'a [f64]> + Clone,
    spread: Spread,
    probabilities: &[f64],
) -> Result<Vec<f64>> {
    let Some(last) = spread.count.checked_sub(1) else {
        return Err(Error::new(ErrorCode::ListEmpty, "no values were given").at("values"));
    };
    if !spread.finite {
        let index = pieces.flatten().position(|value| !value.is_finite()).expect("a value is not finite");
        let error = Error::new(ErrorCode::NumberNotFinite, "a value is NaN or infinite");
        return Err(error.at_index("values", index));
    }
    let mut places = Vec::with_capacity(probabilities.len());
    for (index, &probability) in probabilities.iter().enumerate() {
        places.push(place(last, probability).at_index("probabilities", index)?);
    }
    // For each quantile, the value below it and the one above; the last value has none above.
    let mut ranks: Vec<usize> =
        places.iter().flat_map(|place| [*place as usize, (*place as usize + 1).min(last)]).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let values = Buckets::new(&spread).select(pieces, &ranks);
    let value = |rank: usize| values[ranks.binary_search(&rank).expect("the rank was asked for")];
    let quantile = |place: f64| {
        let below = place as usize;
        let (lower, share) = (value(below), place - below as f64);
        // Adding zero turns -0 into 0.
        if share == 0.0 { lower + 0.0 } else { lower + share * (value((below + 1).min(last)) - lower) }
    };
    Ok(places.into_iter().map(quantile).collect())
}

/// The place of the quantile above the smallest value.
fn place(last: usize, probability: f64) -> Result<f64> {
    if (0.0..=1.0).contains(&probability) {
        return Ok(last as f64 * probability);
    }
    Err(Error::new(ErrorCode::ProbabilityOutOfRange, format!("{probability} is not between 0 and 1")))
}

/// The number of numbers scanned at a time.
const WIDTH: usize = 16;

/// The number of buckets computed at a time.
const BATCH: usize = 256;

/// The range and the sum of values, from one pass.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    count: usize,
    finite: bool,
    least: f64,
    greatest: f64,
    sum: f64,
}

impl Default for Spread {
    /// The spread of no values.
    fn default() -> Self {
        Self { count: 0, finite: true, least: f64::INFINITY, greatest: f64::NEG_INFINITY, sum: 0.0 }
    }
}

impl Spread {
    /// The spread of `values`.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let mut scan = Scan::default();
        dispatch(ScanPiece { piece: values, scan: &mut scan });
        let fold =
            |[first, others @ ..]: [f64; WIDTH], of: fn(f64, f64) -> f64| others.into_iter().fold(first, of);
        Self {
            count: values.len(),
            finite: scan.zeros.iter().all(|zero| *zero == 0.0),
            least: fold(scan.least, f64::min),
            greatest: fold(scan.greatest, f64::max),
            sum: scan.sums.iter().sum(),
        }
    }

    /// The spread of the values of both.
    pub fn join(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            finite: self.finite && other.finite,
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
            sum: self.sum + other.sum,
        }
    }
}

/// For each lane: least, greatest and sum, and the sum of zero times each number, which is NaN if one is not finite.
struct Scan {
    least: [f64; WIDTH],
    greatest: [f64; WIDTH],
    sums: [f64; WIDTH],
    zeros: [f64; WIDTH],
}

impl Default for Scan {
    fn default() -> Self {
        Self {
            least: [f64::INFINITY; WIDTH],
            greatest: [f64::NEG_INFINITY; WIDTH],
            sums: [0.0; WIDTH],
            zeros: [0.0; WIDTH],
        }
    }
}

struct ScanPiece<'a> {
    piece: &'a [f64],
    scan: &'a mut Scan,
}

impl Kernel for ScanPiece<'_> {
    #[inline(always)]
    fn run(self) {
        let (whole, rest) = self.piece.as_chunks::<WIDTH>();
        for numbers in whole {
            self.scan.add(numbers);
        }
        self.scan.add(rest);
    }
}

impl Scan {
    /// Adds at most [`WIDTH`] numbers.
    #[inline(always)]
    fn add(&mut self, numbers: &[f64]) {
        let bounds = self.least.iter_mut().zip(&mut self.greatest);
        let sums = self.sums.iter_mut().zip(&mut self.zeros);
        for (&number, ((least, greatest), (sum, zero))) in numbers.iter().zip(bounds.zip(sums)) {
            // Not `min` and `max`, because their treatment of NaN takes more instructions.
            *least = if number < *least { number } else { *least };
            *greatest = if number > *greatest { number } else { *greatest };
            *sum += number;
            *zero += number * 0.0;
        }
    }
}

/// Adding it to a number from 0 to 2^51 leaves the nearest integer in the low bits of the sum.
const ROUNDER: f64 = 4_503_599_627_370_496.0;

/// Buckets of equal width, from the smallest value to four times the distance of the mean or to the largest value; the
/// last bucket also holds everything beyond. Balances are skewed to the right, so their long upper tail should not take
/// most of the buckets.
struct Buckets {
    least: f64,
    scale: f64,
    last: f64,
}

/// A bucket with wanted values, and how many values are below it and in it.
struct WantedBucket {
    bucket: usize,
    below: usize,
    count: usize,
}

const MOST_BUCKETS: usize = 4096;
const VALUES_PER_BUCKET: usize = 16;
const NOT_WANTED: u16 = u16::MAX;

impl Buckets {
    fn new(spread: &Spread) -> Self {
        let count = (spread.count / VALUES_PER_BUCKET).next_power_of_two().clamp(1, MOST_BUCKETS);
        let mean = spread.sum / spread.count as f64;
        let width = (spread.greatest - spread.least).min(4.0 * (mean - spread.least));
        let scale = count as f64 / width;
        // If all values are equal, or their difference overflows, one bucket holds them all.
        if width > 0.0 && scale.is_normal() {
            return Self { least: spread.least, scale, last: (count - 1) as f64 };
        }
        Self { least: spread.least, scale: 0.0, last: 0.0 }
    }

    /// The values at `ranks`, counted from the least at 0; the ranks ascend.
    #[expect(clippy::indexing_slicing, reason = "a wanted bucket is one of the buckets")]
    fn select<'a>(&self, pieces: impl Iterator<Item = &'a [f64]> + Clone, ranks: &[usize]) -> Vec<f64> {
        let length = self.last as usize + 1;
        let mut counts = vec![0u32; 2 * length];
        for piece in pieces.clone() {
            dispatch(CountPiece { buckets: self, piece, counts: &mut counts });
        }
        let (even, odd) = counts.split_at(length);
        let totals: Vec<usize> = even.iter().zip(odd).map(|(even, odd)| (even + odd) as usize).collect();
        let wanted = wanted_buckets(&totals, ranks);

        let mut slots = vec![NOT_WANTED; length];
        for (slot, wanted) in (0..).zip(&wanted) {
            slots[wanted.bucket] = slot;
        }
        let mut contents: Vec<Vec<f64>> =
            wanted.iter().map(|wanted| Vec::with_capacity(wanted.count)).collect();
        for piece in pieces {
            dispatch(CollectPiece { buckets: self, piece, slots: &slots, contents: &mut contents });
        }
        let mut ranks = ranks.iter().peekable();
        let mut values = Vec::with_capacity(ranks.len());
        for (wanted, mut rest) in wanted.iter().zip(contents.iter_mut().map(Vec::as_mut_slice)) {
            let mut below = wanted.below;
            while let Some(rank) = ranks.next_if(|rank| **rank < wanted.below + wanted.count) {
                // Each selection also partitions the rest, so the next one searches only above it.
                let (_, value, above) = rest.select_nth_unstable_by(rank - below, f64::total_cmp);
                values.push(*value);
                (rest, below) = (above, rank + 1);
            }
        }
        values
    }

    /// The bucket of a value.
    #[inline(always)]
    fn of(&self, value: f64) -> u16 {
        let place = (value - self.least) * self.scale;
        let place = if place < self.last { place } else { self.last };
        (place + ROUNDER).to_bits() as u16
    }

    /// The buckets of some values, in a separate loop that the compiler can vectorize.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "the values are at most a batch")]
    fn of_all<'b>(&self, values: &[f64], buckets: &'b mut [u16; BATCH]) -> &'b [u16] {
        for (bucket, value) in buckets.iter_mut().zip(values) {
            *bucket = self.of(*value);
        }
        &buckets[..values.len()]
    }
}

/// The buckets with the values at `ranks`, which ascend.
fn wanted_buckets(totals: &[usize], ranks: &[usize]) -> Vec<WantedBucket> {
    let mut wanted: Vec<WantedBucket> = Vec::with_capacity(ranks.len());
    let mut ranks = ranks.iter().peekable();
    let mut below = 0;
    for (bucket, &count) in totals.iter().enumerate() {
        let mut holds = false;
        while ranks.next_if(|rank| **rank < below + count).is_some() {
            holds = true;
        }
        if holds {
            wanted.push(WantedBucket { bucket, below, count });
        }
        below += count;
    }
    wanted
}

/// Counts the values of each bucket, alternately in two tables, so that successive values in the same bucket do not
/// wait for each other.
struct CountPiece<'a> {
    buckets: &'a Buckets,
    piece: &'a [f64],
    counts: &'a mut [u32],
}

impl Kernel for CountPiece<'_> {
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "a value's bucket is one of the buckets")]
    fn run(self) {
        let (even, odd) = self.counts.split_at_mut(self.counts.len() / 2);
        let count = |table: &mut [u32], bucket: u16| table[bucket as usize] += 1;
        let mut buckets = [0; BATCH];
        for values in self.piece.chunks(BATCH) {
            let (pairs, rest) = self.buckets.of_all(values, &mut buckets).as_chunks();
            for [first, second] in pairs {
                count(even, *first);
                count(odd, *second);
            }
            for bucket in rest {
                count(even, *bucket);
            }
        }
    }
}

/// Collects the values of the wanted buckets.
struct CollectPiece<'a> {
    buckets: &'a Buckets,
    piece: &'a [f64],
    slots: &'a [u16],
    contents: &'a mut [Vec<f64>],
}

impl Kernel for CollectPiece<'_> {
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "a value's bucket is one of the buckets")]
    fn run(self) {
        let mut collect = |value: f64, bucket: u16| {
            let slot = self.slots[bucket as usize];
            // The slot of a bucket that is not wanted is out of range.
            if let Some(content) = self.contents.get_mut(slot as usize) {
                content.push(value);
            }
        };
        let mut buckets = [0; BATCH];
        for values in self.piece.chunks(BATCH) {
            for (value, bucket) in values.iter().zip(self.buckets.of_all(values, &mut buckets)) {
                collect(*value, *bucket);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn they_agree_with_numpy() {
        // numpy 2.4.6, quantile with its default method "linear".
        let values = [3.5, -1.0, 2.25, 10.0, 7.125, 0.0, 0.0, 5.5, -4.75, 1e3];
        let probabilities = [0.0, 0.05, 0.1, 0.25, 1.0 / 3.0, 0.5, 0.75, 0.9, 0.95, 1.0];
        let expected =
            [-4.75, -3.0625, -1.375, 0.0, 0.0, 2.875, 6.71875, 108.99999999999964, 554.4999999999989, 1000.0];
        let found = quantiles(&values, &probabilities).unwrap();
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() <= 1e-15 * expected.abs(), "{found} {expected}");
        }
        let backwards: Vec<f64> = probabilities.iter().rev().copied().collect();
        let mut found_backwards = quantiles(&values, &backwards).unwrap();
        found_backwards.reverse();
        assert_eq!(found_backwards, found);
    }

    #[test]
    fn bad_input_is_refused_with_its_path() {
        let cases: [(&[f64], &[f64], &str, &str); 5] = [
            (&[], &[0.5], "list.empty", "values"),
            (&[1.0, f64::NAN], &[0.5], "number.not_finite", "values[1]"),
            (&[f64::INFINITY], &[0.5], "number.not_finite", "values[0]"),
            (&[1.0], &[0.5, 1.5], "probability.out_of_range", "probabilities[1]"),
            (&[1.0], &[f64::NAN], "probability.out_of_range", "probabilities[0]"),
        ];
        for (values, probabilities, code, path) in cases {
            let error = quantiles(values, probabilities).unwrap_err();
            assert_eq!((error.code().as_str(), error.path()), (code, path));
        }
    }

    /// Every value by its own sort.
    fn by_sorting(values: &[f64], probabilities: &[f64]) -> Vec<f64> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let quantile = |probability: &f64| {
            let place = (sorted.len() - 1) as f64 * probability;
            let (lower, upper) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
            lower + (place - place.floor()) * (upper - lower)
        };
        probabilities.iter().map(quantile).collect()
    }

    /// Values of the shapes that buckets of equal width find hard, beside those that they find easy.
    fn columns() -> impl Strategy<Value = Vec<f64>> {
        let value = prop_oneof![
            4 => -1e6..1e6f64,
            2 => Just(0.0),
            1 => Just(7.0),
        ];
        let skewed = (-10.0..10.0f64).prop_map(libm::exp);
        let extreme = prop_oneof![
            20 => 0.0..1.0f64,
            1 => Just(1e308),
            1 => Just(-1e308),
            1 => Just(5e-324),
        ];
        prop_oneof![
            prop::collection::vec(value, 1..3000),
            prop::collection::vec(skewed, 1..3000),
            prop::collection::vec(extreme, 1..500),
            (any::<f64>().prop_filter("finite", |x| x.is_finite()), 1..100usize)
                .prop_map(|(x, n)| vec![x; n]),
        ]
    }

    #[test]
    fn many_values_need_no_sorting() {
        // Half of the values are zero, the rest lognormal: the balances of a plan that fails half the time.
        let mut stream = crate::random::Stream::new(3, 0).lane_normals(0);
        let mut values = Vec::new();
        while values.len() < 100_000 {
            values.extend(
                stream.next().concat().into_iter().map(|z| if z < 0.0 { 0.0 } else { libm::exp(3.0 * z) }),
            );
        }
        let probabilities = [0.01, 0.05, 0.1, 0.25, 0.5, 0.55, 0.75, 0.9, 0.95, 0.999];
        assert_eq!(quantiles(&values, &probabilities).unwrap(), by_sorting(&values, &probabilities));
    }

    proptest! {
        #[test]
        fn they_are_those_of_the_sorted_values(
            values in columns(),
            probabilities in prop::collection::vec(0.0..=1.0f64, 0..8),
            piece in 1..700usize,
        ) {
            let spread = values.chunks(piece).map(Spread::of).fold(Spread::default(), Spread::join);
            let found = quantiles_of_pieces(values.chunks(piece), spread, &probabilities).unwrap();
            let expected = by_sorting(&values, &probabilities);
            let bits = |quantiles: &[f64]| quantiles.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&found), bits(&expected));
        }
    }
}
