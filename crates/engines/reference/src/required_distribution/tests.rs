use proptest::prelude::*;

use super::*;
use wherewithal_base::num::Decimal;

fn asked(
    balance: &str,
    birth_year: u32,
    year: u32,
    spouse_birth_year: Option<u32>,
) -> RequiredDistributionResult {
    let balance = balance.parse().unwrap();
    required_minimum_distribution(&RequiredDistributionInput { balance, birth_year, year, spouse_birth_year })
        .unwrap()
}

/// "IRS Uniform Life Table - 2022" of financialducksinarow.com, all 49 ages.
#[test]
fn the_uniform_table_is_the_published_one() {
    let published = "27.4 26.5 25.5 24.6 23.7 22.9 22.0 21.1 20.2 19.4 18.5 17.7 16.8 16.0 15.2 14.4 13.7 12.9 12.2 11.5 \
        10.8 10.1 9.5 8.9 8.4 7.8 7.3 6.8 6.4 6.0 5.6 5.2 4.9 4.6 4.3 4.1 3.9 3.7 3.5 3.4 3.3 3.1 3.0 2.9 2.8 2.7 2.5 \
        2.3 2.0";
    let published: Vec<f64> = published.split_whitespace().map(|period| period.parse().unwrap()).collect();
    let found: Vec<f64> = (72..=120).filter_map(|age| distribution_divisor(age, None)).collect();
    assert_eq!(found, published);
    assert_eq!(distribution_divisor(71, None), None);
    assert_eq!(distribution_divisor(140, None), Some(2.0));
}

/// "IRS Joint Life Expectancy Table" of financewonk.com, June 2026.
#[test]
fn the_joint_table_has_the_published_figures() {
    for (age, spouse, period) in
        [(73, 60, 28.6), (75, 60, 28.3), (80, 65, 23.8), (85, 70, 19.5), (90, 75, 15.4)]
    {
        assert_eq!(distribution_divisor(age, Some(spouse)), Some(period), "{age} {spouse}");
    }
}

#[test]
fn the_joint_table_is_for_spouses_more_than_ten_years_younger() {
    assert_eq!(distribution_divisor(75, Some(65)), Some(24.6));
    assert_eq!(tenths(75, Some(65)).unwrap().0, DistributionTable::UniformLifetime);
    assert_eq!(tenths(75, Some(64)).unwrap().0, DistributionTable::JointAndLastSurvivor);
    for (row, age) in JOINT.iter().zip(FIRST_AGE..) {
        assert_eq!(row.len() as u32, age - 10 - FIRST_SPOUSE_AGE, "{age}");
        assert!(row.windows(2).all(|periods| periods[0] >= periods[1]), "{age}");
        assert!(row.last().unwrap() > &UNIFORM[(age - FIRST_AGE) as usize] || age > 105, "{age}");
    }
}

/// Section 107 of the SECURE 2.0 Act: 73 from 2023 on, 75 from 2033 on.
#[test]
fn distributions_start_at_the_age_of_the_year_of_birth() {
    for (birth_year, first_year) in [(1950, 2022), (1951, 2024), (1959, 2032), (1960, 2035)] {
        assert_eq!(asked("1000", birth_year, 2040, None).first_year, first_year, "{birth_year}");
        let before = asked("1000", birth_year, first_year.max(2023) - 1, None);
        if first_year > 2022 {
            assert_eq!(before.required_minimum_distribution, Decimal::ZERO);
            assert_eq!((before.table, before.due_date), (None, None));
        }
        let first = asked("1000", birth_year, first_year, None);
        assert_eq!(first.due_date.unwrap().to_string(), format!("{}-04-01", first_year + 1));
    }
    assert_eq!(asked("1000", 1945, 2026, None).due_date.unwrap().to_string(), "2026-12-31");
}

proptest! {
    #[test]
    fn the_amount_times_the_period_is_the_balance(
        cents in 0..100_000_000_000_i64, birth_year in 1930..1965_u32, age in 75..125_u32, gap in 0..60_u32
    ) {
        let balance = Decimal::new(cents, 2).unwrap();
        let (year, spouse_birth_year) = (birth_year + age, Some(birth_year + gap));
        prop_assume!(year >= 2022);
        let request = RequiredDistributionInput { balance, birth_year, year, spouse_birth_year };
        let found = required_minimum_distribution(&request).unwrap();
        let product = found.required_minimum_distribution.times(found.distribution_period.unwrap()).unwrap();
        let half_a_cent = Decimal::new(5, 3).unwrap().times(found.distribution_period.unwrap()).unwrap();
        prop_assert!(product.minus(balance).unwrap().abs() <= half_a_cent);
        let alone = RequiredDistributionInput { spouse_birth_year: None, ..request };
        let alone = required_minimum_distribution(&alone).unwrap();
        prop_assert!(found.required_minimum_distribution <= alone.required_minimum_distribution);
    }
}
