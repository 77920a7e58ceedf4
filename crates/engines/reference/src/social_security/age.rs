//! Full retirement age and the bounds of claiming, in months of age.

/// The first age at which retirement and spouse's benefits can start.
pub const EARLIEST: u32 = 62 * 12;

/// The age at which delayed retirement credits end.
pub const LATEST: u32 = 70 * 12;

/// The first age at which survivor's benefits can start, unless the survivor is disabled or cares for a child.
pub const EARLIEST_SURVIVOR: u32 = 60 * 12;

/// The first year of birth that is covered: full retirement age starts to rise.
pub const FIRST_BIRTH_YEAR: u32 = 1938;

/// Full retirement age for retirement and spouse's benefits, in months: 65 to 67 years by the year of birth, taken from
/// the day before the birthday (20 CFR 404.409(a)).
pub fn full_retirement_age(birth_year: u32) -> u32 {
    match birth_year {
        1960.. => 67 * 12,
        1955.. => 66 * 12 + 2 * (birth_year - 1954),
        1943.. => 66 * 12,
        _ => 65 * 12 + 2 * birth_year.saturating_sub(1937),
    }
}

/// Full retirement age for survivor's benefits, in months (20 CFR 404.409(b)): that of retirement benefits for those
/// born two years earlier.
pub fn survivor_full_retirement_age(birth_year: u32) -> u32 {
    full_retirement_age(birth_year.saturating_sub(2))
}
