//! What has to be known of a window for its measures.

use wherewithal_math::is_covered;

use super::windows::Summary;
use crate::{
    DeviationDivisor, UndefinedReason,
    growth::Growth,
    measure::{Found, quotient},
    moments::{is_rounding, is_rounding_of_products},
};

impl Summary for Growth {
    fn then(self, next: Self) -> Self {
        self.followed_by(next)
    }
}

/// The means of pairs of numbers, and the sums of the products of their distances from them, joined as by Chan, Golub and
/// LeVeque (1983).
#[derive(Debug, Clone, Copy)]
pub(super) struct Pairs {
    count: f64,
    means: [f64; 2],
    squares: [f64; 2],
    products: f64,
    /// The largest numbers from which those of either side were computed.
    sizes: [f64; 2],
}

impl Pairs {
    /// One pair.
    pub(super) fn of(pair: [f64; 2], first_size: f64, second_size: f64) -> Self {
        Self { count: 1.0, means: pair, squares: [0.0; 2], products: 0.0, sizes: [first_size, second_size] }
    }

    /// The mean of the first numbers.
    pub(super) fn mean(&self) -> f64 {
        self.means[0]
    }

    /// The sums of squares, zero where only rounding varies.
    fn clean(&self) -> [f64; 2] {
        let clean =
            |squares: f64, size: f64| if is_rounding(squares, self.count, size) { 0.0 } else { squares };
        [clean(self.squares[0], self.sizes[0]), clean(self.squares[1], self.sizes[1])]
    }

    /// The sum of products, zero where the numbers vary together by no more than rounding.
    fn clean_products(&self, [own, theirs]: [f64; 2]) -> f64 {
        let (own, theirs) = ([own, self.sizes[0]], [theirs, self.sizes[1]]);
        if is_rounding_of_products(self.products, self.count, own, theirs) { 0.0 } else { self.products }
    }

    /// The deviation of the first numbers.
    pub(super) fn deviation(&self, divisor: DeviationDivisor) -> Found {
        Ok((self.clean()[0] / divisor.of(self.count)?).sqrt())
    }

    /// The mean of the first numbers over their deviation.
    pub(super) fn ratio(&self, divisor: DeviationDivisor) -> Found {
        quotient(self.mean(), self.deviation(divisor)?, UndefinedReason::NoDeviation)
    }

    /// How the first number moves with the second.
    pub(super) fn slope(&self) -> Found {
        if self.count < 2.0 {
            return Err(UndefinedReason::TooFewReturns);
        }
        let [own, theirs] = self.clean();
        quotient(self.clean_products([own, theirs]), theirs, UndefinedReason::NoDeviation)
    }

    /// The mean of the first numbers that the slope does not explain.
    pub(super) fn intercept(&self) -> Found {
        Ok(self.means[0] - self.slope()? * self.means[1])
    }

    pub(super) fn correlation(&self) -> Found {
        if self.count < 2.0 {
            return Err(UndefinedReason::TooFewReturns);
        }
        let [own, theirs] = self.clean();
        let products = self.clean_products([own, theirs]);
        let found = quotient(products, own.sqrt() * theirs.sqrt(), UndefinedReason::NoDeviation)?;
        Ok(found.clamp(-1.0, 1.0))
    }
}

impl Summary for Pairs {
    fn then(self, next: Self) -> Self {
        let count = self.count + next.count;
        let share = next.count / count;
        let weight = self.count * share;
        let [first, second] = [next.means[0] - self.means[0], next.means[1] - self.means[1]];
        Self {
            count,
            means: [self.means[0] + first * share, self.means[1] + second * share],
            squares: [
                self.squares[0] + next.squares[0] + first * first * weight,
                self.squares[1] + next.squares[1] + second * second * weight,
            ],
            products: self.products + next.products + first * second * weight,
            sizes: [self.sizes[0].max(next.sizes[0]), self.sizes[1].max(next.sizes[1])],
        }
    }
}

/// Returns above a threshold, and the sum of the squares of those below.
#[derive(Debug, Clone, Copy)]
pub(super) struct Below {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Below {
    pub(super) fn of(value: f64, threshold: f64) -> Self {
        let distance = value - threshold;
        let under = distance.min(0.0);
        Self { count: 1.0, sum: distance, squares: under * under }
    }

    pub(super) fn deviation(&self) -> f64 {
        (self.squares / self.count).sqrt()
    }

    pub(super) fn sortino(&self) -> Found {
        quotient(self.sum / self.count, self.deviation(), UndefinedReason::NoDownside)
    }
}

impl Summary for Below {
    fn then(self, next: Self) -> Self {
        Self {
            count: self.count + next.count,
            sum: self.sum + next.sum,
            squares: self.squares + next.squares,
        }
    }
}

/// The greatest fall from a peak. Values are shares of others, none above 1, so that nothing overflows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fall {
    /// The value at the start over the highest one.
    start: f64,
    /// The value at the end over the highest one.
    end: f64,
    /// The lowest value over that at the start.
    lowest: f64,
    /// The greatest fall.
    depth: f64,
}

impl Fall {
    /// One period.
    pub(super) fn of(value: f64) -> Self {
        let factor = 1.0 + value;
        let (highest, lowest) = (factor.max(1.0), factor.min(1.0));
        Self { start: 1.0 / highest, end: factor / highest, lowest, depth: 1.0 - lowest }
    }

    pub(super) fn depth(&self) -> f64 {
        if is_covered(1.0 - self.depth, 1.0) { 0.0 } else { self.depth }
    }
}

impl Summary for Fall {
    fn then(self, next: Self) -> Self {
        // Where the highest value of the first periods stays the highest, the end falls below it; else the start does.
        let (start, end) = if self.end <= next.start {
            (self.start, self.end / next.start * next.end)
        } else {
            (self.start * (next.start / self.end), next.end)
        };
        // What is lost in total is lost however much was gained before.
        let lowest = if next.lowest == 0.0 { 0.0 } else { self.end / self.start * next.lowest };
        Self {
            start,
            end,
            lowest: self.lowest.min(lowest),
            depth: self.depth.max(next.depth).max(1.0 - self.end * next.lowest),
        }
    }
}
