//! The average wages, the contribution and benefit bases, and the increases of the cost of living of Social Security.
//!
//! Source: Social Security Administration, Office of the Chief Actuary, "National Average Wage Index", "Contribution and
//! Benefit Base" and "Cost-Of-Living Adjustments" (determination of October 2026), as shipped by PyPI policyengine-us
//! 2.68.0 (`parameters/gov/ssa/nawi.yaml`, `social_security/wage_base.yaml`, `cola_history/rate.yaml`). Compared figure
//! by figure with the program ssa.tools (github.com/Gregable/social-security-tools, average wages up to 2023, bases up to
//! 2025, increases up to 2024): no difference. PyPI fin-assist 0.4.5 (`registry_data/social_security.json`, from the fact
//! sheets of 2026 and 2027) has the same bases of 2026 and 2027 and the same increase of 2025, and is the source of that
//! of 2026. The base of 2027 is that of the average wage of 2025 by 42 U.S.C. 430(b), and all bend points from 1979 to
//! 2026 are those of the average wages by 42 U.S.C. 415(a)(1)(B).

/// The first year in [`AVERAGE_WAGES`] and [`BASES`].
pub(super) const FIRST_YEAR: u32 = 1951;

/// The average wage of each year from [`FIRST_YEAR`] on, in cents.
pub(super) const AVERAGE_WAGES: [u64; 75] = [
    279_916, 297_332, 313_944, 315_564, 330_144, 353_236, 364_172, 367_380, 385_580, 400_712, 408_676,
    429_140, 439_664, 457_632, 465_872, 493_836, 521_344, 557_176, 589_376, 618_624, 649_708, 713_380,
    758_016, 803_076, 863_092, 922_648, 977_944, 1_055_603, 1_147_946, 1_251_346, 1_377_310, 1_453_134,
    1_523_924, 1_613_507, 1_682_251, 1_732_182, 1_842_651, 1_933_404, 2_009_955, 2_102_798, 2_181_160,
    2_293_542, 2_313_267, 2_375_353, 2_470_566, 2_591_390, 2_742_600, 2_886_144, 3_046_984, 3_215_482,
    3_292_192, 3_325_209, 3_406_495, 3_564_855, 3_695_294, 3_865_141, 4_040_548, 4_133_497, 4_071_161,
    4_167_383, 4_297_961, 4_432_167, 4_488_816, 4_648_152, 4_809_863, 4_864_215, 5_032_189, 5_214_580,
    5_409_999, 5_562_860, 6_057_507, 6_379_513, 6_662_180, 6_984_657, 7_280_033,
];

/// The last year whose average wage is known.
pub(super) const LAST_WAGE_YEAR: u32 = 2025;

/// The contribution and benefit bases in dollars, each from a year on; the last one for all years after.
pub(super) const BASES: [(u32, u64); 58] = [
    (1951, 3_600),
    (1955, 4_200),
    (1959, 4_800),
    (1966, 6_600),
    (1968, 7_800),
    (1972, 9_000),
    (1973, 10_800),
    (1974, 13_200),
    (1975, 14_100),
    (1976, 15_300),
    (1977, 16_500),
    (1978, 17_700),
    (1979, 22_900),
    (1980, 25_900),
    (1981, 29_700),
    (1982, 32_400),
    (1983, 35_700),
    (1984, 37_800),
    (1985, 39_600),
    (1986, 42_000),
    (1987, 43_800),
    (1988, 45_000),
    (1989, 48_000),
    (1990, 51_300),
    (1991, 53_400),
    (1992, 55_500),
    (1993, 57_600),
    (1994, 60_600),
    (1995, 61_200),
    (1996, 62_700),
    (1997, 65_400),
    (1998, 68_400),
    (1999, 72_600),
    (2000, 76_200),
    (2001, 80_400),
    (2002, 84_900),
    (2003, 87_000),
    (2004, 87_900),
    (2005, 90_000),
    (2006, 94_200),
    (2007, 97_500),
    (2008, 102_000),
    (2009, 106_800),
    (2012, 110_100),
    (2013, 113_700),
    (2014, 117_000),
    (2015, 118_500),
    (2017, 127_200),
    (2018, 128_400),
    (2019, 132_900),
    (2020, 137_700),
    (2021, 142_800),
    (2022, 147_000),
    (2023, 160_200),
    (2024, 168_600),
    (2025, 176_100),
    (2026, 184_500),
    (2027, 192_300),
];

/// The first year in [`INCREASES`]; from it on, increases are effective in December.
pub(super) const FIRST_INCREASE: u32 = 1983;

/// The increase of the cost of living that is effective in December of each year from [`FIRST_INCREASE`] on, in tenths of
/// a percent. That of 1999 is 2.5 %, as corrected by Public Law 106-554.
pub(super) const INCREASES: [u64; 44] = [
    35, 35, 31, 13, 42, 40, 47, 54, 37, 30, 26, 28, 26, 29, 21, 13, 25, 35, 26, 14, 21, 27, 41, 33, 23, 58,
    0, 0, 36, 17, 15, 17, 0, 3, 20, 28, 16, 13, 59, 87, 32, 25, 28, 36,
];

/// The average wage of a year, in cents; after the last known year, that of the last.
pub(super) fn average_wage(year: u32) -> u64 {
    let index = year.clamp(FIRST_YEAR, LAST_WAGE_YEAR) - FIRST_YEAR;
    #[expect(clippy::indexing_slicing, reason = "the year is clamped to those of the table")]
    AVERAGE_WAGES[index as usize]
}

/// The contribution and benefit base of a year from [`FIRST_YEAR`] on, in dollars; after the last known year, that of the
/// last.
pub(super) fn base(year: u32) -> u64 {
    let index = BASES.partition_point(|(from, _)| *from <= year) - 1;
    #[expect(clippy::indexing_slicing, reason = "the first base is that of the first year")]
    BASES[index].1
}
