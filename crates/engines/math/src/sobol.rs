//! Points that fill the unit cube more evenly than random ones.
//!
//! The sequence of Sobol (1967) in base 2 with the direction numbers of S. Joe and F. Y. Kuo, "Constructing Sobol
//! sequences with better two-dimensional projections" (SIAM Journal on Scientific Computing 30, 2008), their set
//! "new-joe-kuo-6.21201". Its first 1111 dimensions are included here: all with a primitive polynomial of degree at
//! most 13. They were taken from scipy 1.17.1, which ships the set; its licence is next to them.
//!
//! Without scrambling, the points would be the same in every run and the first would be a corner of the cube. They are
//! scrambled by a random linear map of the digits and a random digital shift (J. Matoušek, "On the L2-discrepancy for
//! anchored boxes", Journal of Complexity 14, 1998): each point is then uniform on the cube, and the points keep the
//! properties of a digital net.

mod table;

use super::random::{LANES, Lanes, Stream};

/// The number of dimensions with direction numbers.
pub const DIMENSIONS: usize = 1111;

const BITS: usize = 32;

/// The first dimensions of the sequence.
#[derive(Debug, Clone)]
pub struct Sobol {
    dimensions: Vec<Dimension>,
}

#[derive(Debug, Clone)]
struct Dimension {
    /// What each bit of a point's index adds to the point (without carry).
    directions: [u32; BITS],
    shift: u32,
}

impl Sobol {
    /// The first `dimensions` of the sequence (at most [`DIMENSIONS`]), scrambled by the numbers of `stream`.
    pub fn scrambled(dimensions: usize, stream: &Stream) -> Self {
        let mut sobol = Self::unscrambled(dimensions);
        for (index, dimension) in (0..).zip(&mut sobol.dimensions) {
            dimension.scramble(stream, index);
        }
        sobol
    }

    fn unscrambled(dimensions: usize) -> Self {
        // The first dimension is the van der Corput sequence.
        let first = Dimension { directions: std::array::from_fn(|bit| 1 << (BITS - 1 - bit)), shift: 0 };
        let mut lines = table::Lines::new();
        let others = (1..dimensions).map(|_| Dimension::new(lines.next()));
        Self { dimensions: std::iter::once(first).chain(others).take(dimensions).collect() }
    }

    /// The number of coordinates of a point.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.dimensions.len()
    }

    /// One coordinate of [`LANES`] points from `first_point` on, a multiple of [`LANES`]: odd multiples of 2^-33
    /// strictly between 0 and 1. Points are counted from 0, up to 2^32.
    ///
    /// # Panics
    /// If the points have no such coordinate.
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "documented to panic")]
    pub fn coordinates(&self, dimension: usize, first_point: u64) -> Lanes {
        let words = self.dimensions[dimension].words(first_point);
        // Half a step more, so that no coordinate is 0, whose normal quantile is infinite.
        words.map(|word| (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0))
    }
}

impl Dimension {
    /// The dimension of a polynomial and as many initial direction numbers as its degree.
    #[expect(
        clippy::indexing_slicing,
        reason = "a direction comes from those before it, of which there are enough"
    )]
    fn new((polynomial, numbers): (u32, Vec<u32>)) -> Self {
        let degree = polynomial.ilog2() as usize;
        let mut directions: Vec<u32> = (0..).zip(numbers).map(|(bit, number)| number << (31 - bit)).collect();
        for bit in directions.len()..BITS {
            let before = |steps: usize| directions[bit - steps];
            // The recurrence of Joe and Kuo (2008), equation 2.
            let mut direction = before(degree) ^ (before(degree) >> degree);
            for steps in 1..degree {
                if (polynomial >> (degree - steps)) & 1 == 1 {
                    direction ^= before(steps);
                }
            }
            directions.push(direction);
        }
        Self { directions: std::array::from_fn(|bit| directions[bit]), shift: 0 }
    }

    /// Multiplies by a random lower triangular matrix of binary digits with ones on its diagonal, and draws a shift.
    fn scramble(&mut self, stream: &Stream, index: u64) {
        let word = |draw: u32| {
            let [first, second] = stream.uniforms(index, draw / 2);
            ((if draw.is_multiple_of(2) { first } else { second }) * 4_294_967_296.0) as u32
        };
        // Row `row` of the matrix has the digits, the highest first, whose sum is digit `row`.
        let rows: [u32; BITS] = std::array::from_fn(|row| {
            let diagonal = 1 << (BITS - 1 - row);
            let above = !(diagonal | (diagonal - 1));
            (word(row as u32) & above) | diagonal
        });
        for direction in &mut self.directions {
            let digits = rows.iter().map(|row| (row & *direction).count_ones() & 1);
            *direction = digits.fold(0, |number, digit| (number << 1) | digit);
        }
        self.shift = word(BITS as u32);
    }

    #[inline(always)]
    fn words(&self, first_point: u64) -> [u32; LANES] {
        let mut base = self.shift;
        for (bit, direction) in self.directions.iter().enumerate() {
            base ^= if (first_point >> bit) & 1 == 1 { *direction } else { 0 };
        }
        let mut words = [base; LANES];
        // The first point is a multiple of the lanes, so the others differ from it only in these low bits of the index.
        for (bit, direction) in self.directions.iter().enumerate().take(LANES.ilog2() as usize) {
            for (lane, word) in words.iter_mut().enumerate() {
                *word ^= if (lane >> bit) & 1 == 1 { *direction } else { 0 };
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(sobol: &Sobol, point: u64, dimension: usize) -> u32 {
        let lanes = LANES as u64;
        sobol.dimensions[dimension].words(point / lanes * lanes)[(point % lanes) as usize]
    }

    #[test]
    fn unscrambled_points_are_those_of_an_independent_library() {
        // scipy 1.17.1, stats.qmc.Sobol(1111, scramble=False, bits=32), whose points come in the order of the Gray
        // code: (point, dimension, coordinate times 2^32).
        let sobol = Sobol::unscrambled(DIMENSIONS);
        let cases: [(u64, usize, u32); 9] = [
            (1, 0, 2_147_483_648),
            (2, 1, 1_073_741_824),
            (5, 2, 536_870_912),
            (77, 17, 3_791_650_816),
            (1000, 100, 3_300_917_248),
            (1001, 500, 968_884_224),
            (4095, 1110, 1_454_374_912),
            (2730, 839, 3_958_374_400),
            (3001, 1109, 909_115_392),
        ];
        for (point, dimension, expected) in cases {
            assert_eq!(word(&sobol, point ^ (point >> 1), dimension), expected, "{point} {dimension}");
        }
        assert_eq!(sobol.dimensions(), DIMENSIONS);
    }

    #[test]
    fn every_dimension_has_a_primitive_polynomial_and_odd_direction_numbers() {
        let mut polynomials = Vec::new();
        for line in table::TEXT.lines() {
            let numbers: Vec<u32> = line.split(' ').map(|number| number.parse().unwrap()).collect();
            let degree = numbers[0].ilog2();
            assert_eq!(numbers.len(), degree as usize + 1, "{line}");
            for (bit, number) in numbers[1..].iter().enumerate() {
                assert!(number % 2 == 1 && *number < 2 << bit, "{line}");
            }
            assert_eq!(order_of_x(numbers[0]), (1 << degree) - 1, "{line}");
            polynomials.push(numbers[0]);
        }
        assert_eq!(polynomials.len(), DIMENSIONS - 1);
        polynomials.dedup();
        assert_eq!(polynomials.len(), DIMENSIONS - 1);
    }

    /// The least power of x that is 1 modulo the polynomial.
    fn order_of_x(polynomial: u32) -> u32 {
        let degree = polynomial.ilog2();
        let reduce = |power: u32| if power >> degree == 1 { power ^ polynomial } else { power };
        let mut power = reduce(2);
        let mut order = 1;
        while power != 1 {
            power = reduce(power << 1);
            order += 1;
        }
        order
    }

    #[test]
    fn scrambled_points_stay_nets() {
        let sobol = Sobol::scrambled(40, &Stream::new(7, 99));
        for dimension in 0..40 {
            // Of the first 1024 points each of 1024 intervals holds one.
            let mut cells: Vec<u32> = (0..1024).map(|point| word(&sobol, point, dimension) >> 22).collect();
            cells.sort_unstable();
            assert!(cells.iter().zip(0..).all(|(cell, expected)| *cell == expected), "{dimension}");
        }
        // The first two dimensions are a (0, m, 2)-net: so is each elementary box of area 1/1024.
        for bits in 0..=10 {
            let mut boxes: Vec<u32> = (0..1024)
                .map(|point| {
                    let (x, y) = (word(&sobol, point, 0), word(&sobol, point, 1));
                    let (column, row) = (u64::from(x) >> (32 - bits), u64::from(y) >> (22 + bits));
                    ((column << (10 - bits)) | row) as u32
                })
                .collect();
            boxes.sort_unstable();
            assert!(boxes.iter().zip(0..).all(|(found, expected)| *found == expected), "{bits}");
        }
    }

    #[test]
    fn a_scrambled_point_is_uniform_over_the_seeds() {
        let count = 4000;
        let lanes = (0..count).map(|seed| Sobol::scrambled(3, &Stream::new(seed, 5)).coordinates(2, 64)[3]);
        let (sum, squares) = lanes.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
        let count = count as f64;
        // Standard errors: sqrt(1/12) and sqrt(4/45) over sqrt(count).
        assert!((sum / count - 0.5).abs() < 4.5 * (1.0 / 12.0 / count).sqrt());
        assert!((squares / count - 1.0 / 3.0).abs() < 4.5 * (4.0 / 45.0 / count).sqrt());
    }

    #[test]
    fn scrambled_points_integrate_better_than_random_ones() {
        // The product of 1 + (x - 1/2) over eight dimensions has the mean 1 and the variance (13/12)^8 - 1.
        let count = 4096u64;
        let standard_error = (libm::pow(13.0 / 12.0, 8.0) - 1.0).sqrt() / (count as f64).sqrt();
        let mut squares = 0.0;
        for seed in 0..20 {
            let sobol = Sobol::scrambled(8, &Stream::new(seed, 5));
            let mut sum = 0.0;
            for first in (0..count).step_by(LANES) {
                let mut products = [1.0; LANES];
                for dimension in 0..8 {
                    for (product, x) in products.iter_mut().zip(sobol.coordinates(dimension, first)) {
                        *product *= 0.5 + x;
                    }
                }
                sum += products.iter().sum::<f64>();
            }
            let error = sum / count as f64 - 1.0;
            squares += error * error;
        }
        let found = (squares / 20.0).sqrt();
        assert!(found < standard_error / 20.0, "{found} {standard_error}");
    }
}
