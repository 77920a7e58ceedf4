//! Schedules side by side, in vector registers.
//!
//! Amounts are whole numbers of minor units held in doubles, which are exact below 2^53, so every sum, difference and
//! product here is exact where its result is below that. The one operation that rounds is the division of `n = balance
//! × numerator` by `d = denominator`, and it still decides the rounding correctly if `n` is below 2^52:
//! - the quotient is off by at most `n / d × 2^-53`, which is less than `1 / (2 d)`;
//! - a quotient that is neither whole nor a half is at least `1 / (2 d)` away from either;
//! - whole numbers and halves are doubles, and rounding to the nearest double never passes one.
//!
//! So the double nearest to the quotient is whole, or a half, or between two of them, exactly when the quotient is.

use super::ColumnsMut;
use crate::repayment::MonthlyRepayment;
use wherewithal_base::num::Rounding;
use wherewithal_math::dispatch::{Kernel, dispatch};

/// The number of loans computed side by side.
pub(super) const LANES: usize = 32;

/// The number of months computed before they are written to the columns of their loans.
const MONTHS: usize = 8;

/// 2^52: a number from 0 to below it, plus it, has the nearest whole number (half to even) in its low bits.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// A loan in a lane.
pub(super) struct LaneLoan<'a> {
    /// Its index among the loans of its chunk.
    pub(super) index: usize,
    columns: ColumnsMut<'a>,
    principal: f64,
    numerator: f64,
    denominator: f64,
    months: u32,
    paid: f64,
    /// The number of its rows, once it is computed.
    pub(super) rows: usize,
    /// The sum of its interest, once it is computed.
    pub(super) total_interest: i64,
}

/// Whether the numbers of a loan are small enough for a lane.
pub(super) fn hold(loan: &MonthlyRepayment) -> bool {
    const LIMIT: u128 = 1 << 52;

    let product = u128::from(loan.principal.unsigned_abs()) * u128::from(loan.rate.numerator);
    // The balance never rises, so no later interest exceeds the first, here rounded up.
    let first_interest = product / u128::from(loan.rate.denominator) + 1;
    product < LIMIT
        && u128::from(loan.rate.denominator) < LIMIT
        && u128::from(loan.principal.unsigned_abs()) + first_interest * u128::from(loan.months) < LIMIT
}

impl<'a> LaneLoan<'a> {
    /// A loan that [`hold`] allows, and its rows.
    pub(super) fn new(index: usize, loan: &MonthlyRepayment, columns: ColumnsMut<'a>) -> Self {
        Self {
            index,
            columns,
            principal: loan.principal as f64,
            numerator: loan.rate.numerator as f64,
            denominator: loan.rate.denominator as f64,
            months: loan.months,
            // A payment above anything that can be due settles the balance just the same.
            paid: (loan.paid as f64).min(WHOLE),
            rows: 0,
            total_interest: 0,
        }
    }
}

/// Writes the rows of at most [`LANES`] loans, their number and the sum of the interest.
pub(super) fn run(loans: &mut [LaneLoan<'_>], rounding: Rounding) {
    match rounding {
        Rounding::HalfEven => dispatch(Schedules { loans, round: half_even }),
        Rounding::HalfUp => dispatch(Schedules { loans, round: half_up }),
        Rounding::Down => dispatch(Schedules { loans, round: down }),
        Rounding::Up => dispatch(Schedules { loans, round: up }),
    }
}

/// Rounds a number from 0 to below 2^51 to the nearest whole number; ties go to the even one.
#[inline(always)]
fn half_even(number: f64) -> f64 {
    (number + WHOLE) - WHOLE
}

#[inline(always)]
fn half_up(number: f64) -> f64 {
    let whole = half_even(number);
    // A tie that was rounded to an even number below; one rounded up differs by -0.5.
    if number - whole == 0.5 { whole + 1.0 } else { whole }
}

#[inline(always)]
fn down(number: f64) -> f64 {
    let whole = half_even(number);
    if whole > number { whole - 1.0 } else { whole }
}

#[inline(always)]
fn up(number: f64) -> f64 {
    let whole = half_even(number);
    if whole < number { whole + 1.0 } else { whole }
}

/// A whole number from 0 to below 2^52 as an integer.
#[inline(always)]
fn integer(whole: f64) -> i64 {
    ((whole + WHOLE).to_bits() & (WHOLE_BITS - 1)).cast_signed()
}

const WHOLE_BITS: u64 = 1 << 52;

/// Some months of all lanes.
type Tile = [[i64; LANES]; MONTHS];

struct Schedules<'a, 'b, R> {
    loans: &'a mut [LaneLoan<'b>],
    round: R,
}

impl<R: Fn(f64) -> f64> Kernel for Schedules<'_, '_, R> {
    #[inline(always)]
    #[expect(clippy::indexing_slicing, reason = "lane by lane through ten arrays of the same length")]
    fn run(self) {
        // Lanes without a loan have a balance of zero throughout.
        let mut balance = [0.0; LANES];
        let (mut numerator, mut denominator) = ([0.0; LANES], [1.0; LANES]);
        let (mut paid, mut term) = ([0.0; LANES], [0.0; LANES]);
        let mut longest = 0;
        for (lane, loan) in self.loans.iter().enumerate().take(LANES) {
            balance[lane] = loan.principal;
            (numerator[lane], denominator[lane]) = (loan.numerator, loan.denominator);
            (paid[lane], term[lane]) = (loan.paid, f64::from(loan.months));
            longest = longest.max(loan.months as usize);
        }
        let (mut rows, mut total) = ([0.0; LANES], [0.0; LANES]);
        let mut number = 0.0;
        let mut tiles: [Tile; 3] = [[[0; LANES]; MONTHS]; 3];
        for start in (0..longest).step_by(MONTHS) {
            let [interests, principals, balances] = &mut tiles;
            for month in 0..MONTHS {
                number += 1.0;
                let (interests, principals, balances) =
                    (&mut interests[month], &mut principals[month], &mut balances[month]);
                for lane in 0..LANES {
                    let interest = (self.round)(balance[lane] * numerator[lane] / denominator[lane]);
                    let due = balance[lane] + interest;
                    // Selections instead of branches, so that the compiler can vectorize the loop.
                    let regular = if due < paid[lane] { due } else { paid[lane] };
                    let payment = if number == term[lane] { due } else { regular };
                    rows[lane] += if balance[lane] > 0.0 { 1.0 } else { 0.0 };
                    total[lane] += interest;
                    balance[lane] = due - payment;
                    interests[lane] = integer(interest);
                    principals[lane] = integer(payment - interest);
                    balances[lane] = integer(balance[lane]);
                }
            }
            for (lane, loan) in self.loans.iter_mut().enumerate().take(LANES) {
                write(loan.columns.interest, start, lane, interests);
                write(loan.columns.principal, start, lane, principals);
                write(loan.columns.balance, start, lane, balances);
            }
            if balance.iter().all(|balance| *balance == 0.0) {
                break;
            }
        }
        for (lane, loan) in self.loans.iter_mut().enumerate().take(LANES) {
            loan.rows = rows[lane] as usize;
            loan.total_interest = integer(total[lane]);
        }
    }
}

/// Writes the months of a lane into its column from the row `start` on.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "the lane is below the number of lanes")]
fn write(column: &mut [i64], start: usize, lane: usize, tile: &Tile) {
    // The term of this loan has ended; a longer one is still running in another lane.
    let Some(column) = column.get_mut(start..) else { return };
    if let Some(months) = column.first_chunk_mut::<MONTHS>() {
        *months = std::array::from_fn(|month| tile[month][lane]);
    } else {
        for (month, tile) in column.iter_mut().zip(tile) {
            *month = tile[lane];
        }
    }
}

/// The rounding of a lane, for the tests.
#[cfg(test)]
pub(super) fn rounded(number: f64, rounding: Rounding) -> f64 {
    match rounding {
        Rounding::HalfEven => half_even(number),
        Rounding::HalfUp => half_up(number),
        Rounding::Down => down(number),
        Rounding::Up => up(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate_fraction::RateFraction;
    use wherewithal_math::dispatch::ways;

    #[test]
    fn the_width_of_the_registers_does_not_show() {
        let run = |way: usize| {
            let mut buffer = vec![0; 3 * 30 * 100];
            let mut loans = Vec::new();
            for (index, columns) in (0_i64..).zip(buffer.chunks_mut(300)) {
                let (interest, rest) = columns.split_at_mut(100);
                let (principal, balance) = rest.split_at_mut(100);
                let repayment = MonthlyRepayment {
                    places: 2,
                    principal: 1_000_000 + index * 77_777,
                    rate: RateFraction { numerator: 65_000 + index.unsigned_abs(), denominator: 12_000_000 },
                    months: 100 - index as u32,
                    payment: 20_000,
                    paid: 20_000 + index * 1000,
                    rounding: Rounding::HalfEven,
                };
                let columns = ColumnsMut { interest, principal, balance };
                loans.push(LaneLoan::new(index as usize, &repayment, columns));
            }
            type Run<'a, 'b> = Schedules<'a, 'b, fn(f64) -> f64>;
            ways::<Run<'_, '_>>()[way](Schedules { loans: &mut loans, round: half_even });
            let sums: Vec<_> = loans.iter().map(|loan| (loan.rows, loan.total_interest)).collect();
            drop(loans);
            (sums, buffer)
        };
        let expected = run(0);
        assert!(expected.1.iter().any(|amount| *amount != 0));
        for way in 1..ways::<Schedules<'_, '_, fn(f64) -> f64>>().len() {
            assert_eq!(run(way), expected);
        }
    }
}
