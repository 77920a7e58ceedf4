//! From earnings to the primary insurance amount, in whole cents.

use super::wages;
use wherewithal_base::order;

/// Earnings of one calendar year, in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Earned {
    pub(super) year: u32,
    pub(super) cents: u64,
}

/// Earnings of one year after the limit and the indexing, in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Indexed {
    pub(super) year: u32,
    pub(super) creditable: u64,
    pub(super) indexed: u64,
    pub(super) counted: bool,
}

/// The number of years that are averaged: those from the year of age 22, or from 1951 if that is later, to that of age 61,
/// less five (42 U.S.C. 415(b)(2); 20 CFR 404.211(e)).
pub(super) fn computation_years(birth_year: u32) -> u32 {
    birth_year + 62 - (birth_year + 22).max(wages::FIRST_YEAR) - 5
}

/// Each year up to its base, indexed to the wages of `indexing_year` (20 CFR 404.211(d)), in the order given; the highest
/// `count` years are marked.
pub(super) fn indexed(earnings: &[Earned], indexing_year: u32, count: u32) -> Vec<Indexed> {
    let mut years: Vec<Indexed> = earnings
        .iter()
        .map(|earned| {
            let creditable = earned.cents.min(wages::base(earned.year) * 100);
            let indexed = at_wages_of(indexing_year, creditable, earned.year.min(indexing_year));
            Indexed { year: earned.year, creditable, indexed, counted: false }
        })
        .collect();
    let mut best: Vec<&mut Indexed> = years.iter_mut().collect();
    order::sort_by_key(&mut best, |year| (std::cmp::Reverse(year.indexed), year.year));
    for year in best.into_iter().take(count as usize) {
        year.counted = true;
    }
    years
}

/// An amount of one year in the proportion of the average wages, to the nearer cent.
pub(super) fn at_wages_of(year: u32, cents: u64, earned_in: u32) -> u64 {
    let (to, from) = (u128::from(wages::average_wage(year)), u128::from(wages::average_wage(earned_in)));
    let nearest = (2 * u128::from(cents) * to + from) / (2 * from);
    #[expect(
        clippy::expect_used,
        reason = "at most 10^11 cents times the growth of wages since 1951, which is 26"
    )]
    u64::try_from(nearest).expect("indexed earnings fit")
}

/// The average of a month over `count` years, rounded down to dollars (20 CFR 404.211(f)).
pub(super) fn monthly_average(years: &[Indexed], count: u32) -> u64 {
    let total: u64 = years.iter().filter(|year| year.counted).map(|year| year.indexed).sum();
    total / (u64::from(count) * 12 * 100)
}

/// The bend points of a year: 180 and 1,085 dollars of 1979 in the proportion of the average wages of two years before, to
/// the nearer dollar (42 U.S.C. 415(a)(1)(B)).
pub(super) fn bend_points(formula_year: u32) -> [u64; 2] {
    let (to, from) = (wages::average_wage(formula_year - 2), wages::average_wage(1977));
    [180, 1_085].map(|of_1979| (2 * of_1979 * to + from) / (2 * from))
}

/// The primary insurance amount in dimes: 90 % of the average up to the first bend point, 32 % up to the second and 15 %
/// above it, rounded down (42 U.S.C. 415(a)(1)(A); 20 CFR 404.212).
pub(super) fn primary_insurance(average: u64, [first, second]: [u64; 2]) -> u64 {
    let cents = 90 * average.min(first)
        + 32 * (average.min(second).saturating_sub(first))
        + 15 * average.saturating_sub(second);
    cents / 10
}

/// An amount in dimes after an increase in tenths of a percent, rounded down (42 U.S.C. 415(i)(2)(A)(ii)).
pub(super) fn increased(dimes: u64, tenths_of_percent: u64) -> u64 {
    dimes * (1_000 + tenths_of_percent) / 1_000
}
