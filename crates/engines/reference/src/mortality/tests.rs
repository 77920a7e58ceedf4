use proptest::prelude::*;

use super::*;
use wherewithal_math::random::Stream;

fn life(age: u32, sex: Sex) -> Life {
    Life { age, sex, mortality_multiplier: 1.0 }
}

fn asked(lives: Vec<Life>) -> SurvivalResult {
    survival(&SurvivalInput { lives, percentiles: vec![10.0, 50.0, 90.0] }).unwrap()
}

/// By a program in Python from the transcriptions of the table in two other public projects (0 to 61, 62 to 119).
#[test]
fn expectancies_are_those_of_the_table() {
    for (age, sex, expectancy) in
        [(0, Sex::Male, 74.74), (0, Sex::Female, 80.19), (65, Sex::Male, 17.48), (65, Sex::Female, 20.12)]
    {
        let found = asked(vec![life(age, sex)]).lives[0].life_expectancy;
        assert!((found - expectancy).abs() <= 0.005, "{age} {sex:?}: {found}");
    }
}

/// At 117, 118 and 119 the table's probabilities of death are 0.912353, 0.957970 and 1.
#[test]
fn the_last_years_are_as_worked_out_by_hand() {
    let result = asked(vec![life(117, Sex::Male)]);
    let alive: Vec<f64> = result.rows.iter().map(|row| row.anybody).collect();
    assert_eq!(alive[0], 1.0);
    assert!((alive[1] - 0.087_647).abs() < 1e-12);
    assert!((alive[2] - 0.087_647 * 0.042_03).abs() < 1e-12);
    assert_eq!(alive[3], 0.0);
    assert_eq!(alive.len(), 4);
    assert_eq!(result.percentiles[1].ages_at_death, [117]);
    assert_eq!(asked(vec![life(119, Sex::Female)]).lives[0].life_expectancy, 0.5);
}

#[test]
fn a_fixed_life_ends_when_it_should() {
    let fixed = Lifetime::fixed(25);
    for uniform in [0.0, 0.3, 0.999_999] {
        assert_eq!(fixed.years_until_death(uniform), 25);
    }
    assert_eq!(fixed.longest(), 25);
}

/// 200,000 draws: the mean of the whole years lived is the expectancy less the half year, within 5 standard errors, and
/// each year's share of the living within 5 standard errors of its probability.
#[test]
fn drawn_lives_follow_the_table() {
    let lifetime = Lifetime::drawn(Sex::Male, 65, 1.0);
    let stream = Stream::new(20_260_101, 7);
    let draws = 200_000_u32;
    let mut counts = vec![0_u32; lifetime.alive().len()];
    let mut total = 0_u64;
    for path in 0..draws {
        let uniform = stream.uniforms(u64::from(path), 0)[0];
        let years = lifetime.years_until_death(uniform);
        counts[years as usize] += 1;
        total += u64::from(years);
    }
    let mean = total as f64 / f64::from(draws);
    assert!((mean + 0.5 - 17.481_227_807_760_938).abs() < 5.0 * 9.5 / f64::from(draws).sqrt(), "{mean}");
    let mut dead = 0;
    for (count, alive) in counts.iter().zip(lifetime.alive()) {
        dead += count;
        let share = 1.0 - f64::from(dead) / f64::from(draws);
        let error = (alive * (1.0 - alive) / f64::from(draws)).sqrt();
        assert!((share - alive).abs() <= 5.0 * error + 1e-12, "{share} and {alive}");
    }
}

fn any_life() -> impl Strategy<Value = Life> {
    (0..=119_u32, any::<bool>(), 0.01..20.0_f64).prop_map(|(age, male, mortality_multiplier)| Life {
        age,
        sex: if male { Sex::Male } else { Sex::Female },
        mortality_multiplier,
    })
}

proptest! {
    #[test]
    fn survival_falls_and_the_couple_brackets_each_life(first in any_life(), second in any_life()) {
        let result = asked(vec![first, second]);
        for rows in result.rows.windows(2) {
            prop_assert!(rows[1].everybody <= rows[0].everybody && rows[1].anybody <= rows[0].anybody + 1e-15);
        }
        for row in &result.rows {
            for alive in &row.alive {
                prop_assert!(row.everybody <= *alive && *alive <= row.anybody + 1e-15);
            }
        }
        prop_assert_eq!(result.rows.last().map(|row| row.anybody), Some(0.0));
        for life in &result.lives {
            prop_assert!(result.first_death_expectancy <= life.life_expectancy + 1e-12);
            prop_assert!(result.last_death_expectancy >= life.life_expectancy - 1e-12);
        }
    }

    #[test]
    fn a_healthier_life_is_no_shorter(life in any_life(), uniform in 0.0..1.0_f64) {
        let usual = Lifetime::drawn(life.sex, life.age, life.mortality_multiplier);
        let healthier = Lifetime::drawn(life.sex, life.age, life.mortality_multiplier / 2.0);
        prop_assert!(healthier.years_until_death(uniform) >= usual.years_until_death(uniform));
        prop_assert!(life.age + usual.years_until_death(uniform) <= LAST_AGE);
    }

    #[test]
    fn percentiles_are_those_of_the_draw(life in any_life(), percentile in 0.5..99.5_f64) {
        let lifetime = Lifetime::drawn(life.sex, life.age, life.mortality_multiplier);
        let request = SurvivalInput { lives: vec![life.clone()], percentiles: vec![percentile] };
        let found = survival(&request).unwrap().percentiles[0].ages_at_death[0];
        prop_assert_eq!(found, life.age + lifetime.years_until_death(1.0 - percentile / 100.0));
    }
}
