use proptest::prelude::*;

use super::*;
use wherewithal_base::dates::date;

fn record(birth: i32, years: impl IntoIterator<Item = (u32, u64)>) -> PrimaryInsuranceInput {
    let years = years
        .into_iter()
        .map(|(year, amount)| EarningsOfYear {
            year,
            amount: Decimal::new(i64::try_from(amount).unwrap(), 0).unwrap(),
        })
        .collect();
    PrimaryInsuranceInput {
        birth_date: date(birth, 6, 15).unwrap(),
        earnings: CoveredEarnings::Record { years },
    }
}

fn asked(request: &PrimaryInsuranceInput) -> PrimaryInsuranceResult {
    primary_insurance_amount(request).unwrap()
}

/// The largest earnings that count, from the year of age 22 (1951 at the earliest) to that before retirement.
fn maximum_earner(birth: u32, retirement: u32) -> PrimaryInsuranceInput {
    let years = ((birth + 22).max(1951)..retirement).map(|year| (year, 1_000_000));
    record(i32::try_from(birth).unwrap(), years)
}

/// 20 CFR 404.211, the example of Ms. A, who attains 62 in 1979: 249,381.41 over 23 years, 903 a month.
#[test]
fn the_example_of_the_regulation_comes_out() {
    let earnings = [
        3200, 3400, 3300, 3600, 3700, 3700, 4000, 4200, 4400, 4500, 2800, 2200, 0, 0, 3700, 4500, 5400, 6200,
        6900, 7300, 7500, 7800, 8200, 9000, 9900, 11100, 9900, 11000,
    ];
    let earnings: Vec<Earned> =
        (1951..).zip(earnings).map(|(year, dollars)| Earned { year, cents: dollars * 100 }).collect();
    let count = formula::computation_years(1917);
    let years = formula::indexed(&earnings, 1977, count);
    let total: u64 = years.iter().filter(|year| year.counted).map(|year| year.indexed).sum();
    assert_eq!((count, total, formula::monthly_average(&years, count)), (23, 24_938_141, 903));
}

/// Office of the Chief Actuary, "Workers with Maximum-Taxable Earnings" (oact/cola/examplemax.html): the average of those
/// who retire at 62 in January of each year.
#[test]
fn averages_of_maximum_earners_are_those_of_the_chief_actuary() {
    let averages = [
        2205, 2311, 2490, 2648, 2792, 2978, 3154, 3384, 3493, 3657, 3877, 4144, 4463, 4775, 5126, 5499, 5729,
    ];
    for (year, average) in (1987..).zip(averages) {
        let found = asked(&maximum_earner(year - 62, year));
        assert_eq!(found.average_indexed_monthly_earnings, average, "{year}");
    }
}

/// Office of the Chief Actuary, "Social Security Benefit Amounts" (oact/cola/Benefits.html): 13,689 and 4,020.90 for a
/// maximum earner who retires at 62 in 2025.
#[test]
fn the_maximum_of_2025_is_that_of_the_chief_actuary() {
    let found = asked(&maximum_earner(1963, 2025));
    assert_eq!(found.average_indexed_monthly_earnings, 13_689);
    assert_eq!((found.first_bend_point, found.second_bend_point), (1_226, 7_391));
    assert_eq!(found.primary_insurance_amount.to_string(), "4020.90");
}

/// Fact sheets of 2025, 2026 and 2027 (PyPI fin-assist 0.4.5, `ss.max_benefit_at_fra`): the benefit of a maximum earner who
/// retires at full retirement age, after the increase of the December before.
#[test]
fn the_maximum_benefits_at_full_retirement_age_are_those_of_the_fact_sheets() {
    for (birth, retirement, benefit) in [(1959, 2025, 4_018), (1959, 2026, 4_152), (1960, 2027, 4_188)] {
        let found = asked(&maximum_earner(birth, retirement));
        let until = date(retirement.try_into().unwrap(), 1, 1).unwrap();
        let last = found.increases.iter().rfind(|increase| increase.effective_date < until).unwrap();
        assert_eq!(last.primary_insurance_amount.round(0, Rounding::Down).to_string(), benefit.to_string());
    }
}

/// "Benefit Formula Bend Points" of the Office of the Chief Actuary, as PyPI policyengine-us 2.68.0 ships them.
#[test]
fn bend_points_are_the_published_ones() {
    let first = [
        180, 194, 211, 230, 254, 267, 280, 297, 310, 319, 339, 356, 370, 387, 401, 422, 426, 437, 455, 477,
        505, 531, 561, 592, 606, 612, 627, 656, 680, 711, 744, 761, 749, 767, 791, 816, 826, 856, 885, 895,
        926, 960, 996, 1024, 1115, 1174, 1226, 1286,
    ];
    let second = [
        1085, 1171, 1274, 1388, 1528, 1612, 1691, 1790, 1866, 1922, 2044, 2145, 2230, 2333, 2420, 2545, 2567,
        2635, 2741, 2875, 3043, 3202, 3381, 3567, 3653, 3689, 3779, 3955, 4100, 4288, 4483, 4586, 4517, 4624,
        4768, 4917, 4980, 5157, 5336, 5397, 5583, 5785, 6002, 6172, 6721, 7078, 7391, 7749,
    ];
    for ((year, first), second) in (1979..).zip(first).zip(second) {
        assert_eq!(formula::bend_points(year), [first, second], "{year}");
    }
}

/// 42 U.S.C. 430(b): 60,600 dollars of 1994 in the proportion of the average wages of two years before, to the nearest
/// multiple of 300; no base is lower than the one before, and a year without an increase of benefits has none.
#[test]
fn the_last_bases_follow_from_the_average_wages() {
    for year in 2017..=wages::LAST_WAGE_YEAR + 2 {
        let exact = 60_600.0 * wages::average_wage(year - 2) as f64 / wages::average_wage(1992) as f64;
        assert_eq!(wages::base(year) as f64, (exact / 300.0).round() * 300.0, "{year}");
    }
}

/// 20 CFR 404.211(e): fewer years for those who were past 22 in 1951.
#[test]
fn computation_years_are_those_of_the_year_of_birth() {
    for (birth, count) in [(1922, 28), (1928, 34), (1929, 35), (1960, 35), (2010, 35)] {
        assert_eq!(formula::computation_years(birth), count, "{birth}");
    }
}

#[test]
fn after_the_last_known_year_the_wages_of_the_last_count_and_nothing_is_increased() {
    let found = asked(&record(1990, [(2040, 60_000)]));
    assert_eq!((found.eligibility_year, found.formula_year, found.indexing_year), (2052, 2027, 2025));
    assert!(found.projected && found.increases.is_empty());
    assert_eq!(found.years[0].indexed.to_string(), "60000.00");
    assert_eq!(found.average_indexed_monthly_earnings, 60_000 / 420);
}

proptest! {
    #[test]
    fn the_order_of_the_record_does_not_matter(
        years in proptest::collection::btree_map(1975_u32..2025, 0_u64..200_000, 0..45),
        birth in 1945..1985,
    ) {
        let backwards: Vec<_> = years.iter().rev().map(|(year, amount)| (*year, *amount)).collect();
        prop_assert_eq!(asked(&record(birth, years)), asked(&record(birth, backwards)));
    }

    #[test]
    fn earning_more_never_lowers_the_amount(
        years in proptest::collection::btree_map(1975_u32..2025, 0_u64..200_000, 1..45),
        more in 1_u64..50_000,
        at in 0_usize..45,
        birth in 1945..1985,
    ) {
        let lower = asked(&record(birth, years.clone()));
        let mut higher = years;
        let at = at % higher.len();
        if let Some(amount) = higher.values_mut().nth(at) {
            *amount += more;
        }
        let higher = asked(&record(birth, higher));
        prop_assert!(higher.with_increases >= lower.with_increases);
    }

    /// A salary in proportion to the average wage is the record with those earnings.
    #[test]
    fn an_estimate_is_the_record_of_its_earnings(
        cents in 0_i64..30_000_000,
        year in 1990_u32..2026,
        stop in 23_u32..75,
        birth in 1945..2000,
    ) {
        let birth_date = date(birth, 6, 15).unwrap();
        let amount = Decimal::new(cents, 2).unwrap();
        let salary = CoveredEarnings::Salary { amount, year, start_age: 22, stop_age: stop };
        let estimate = asked(&PrimaryInsuranceInput { birth_date, earnings: salary });
        let years = estimate
            .years
            .iter()
            .map(|of| EarningsOfYear { year: of.year, amount: of.creditable })
            .collect();
        let recorded = asked(&PrimaryInsuranceInput { birth_date, earnings: CoveredEarnings::Record { years } });
        prop_assert!(estimate.estimated);
        prop_assert_eq!(PrimaryInsuranceResult { estimated: false, ..estimate }, recorded);
    }
}
