//! The operation `mortality.survival`.

use std::ops::Bound;

use super::{
    LAST_AGE, Life, LifeExpectancy, Lifetime, SurvivalInput, SurvivalPercentile, SurvivalResult, SurvivalRow,
};
use wherewithal_base::{ErrorCode, Result, check, error::At};
use wherewithal_math as math;

const SOURCE: &str = "Period Life Table 2022 of the Social Security area population, as used in the 2025 Trustees Report; \
    Office of the Chief Actuary, Social Security Administration.";

/// The probability of being alive, year by year, for one life or for two independent ones.
///
/// The table is a period table: it has the mortality of each age in 2022, without any later improvement. Deaths are
/// spread evenly over each year of age.
///
/// ```
/// # use wherewithal_reference::wherewithal;
/// use wherewithal::mortality::{Sex, Life, SurvivalInput, survival};
///
/// let life = Life { age: 65, sex: Sex::Female, mortality_multiplier: 1.0 };
/// let result = survival(&SurvivalInput { lives: vec![life], percentiles: vec![50.0] })?;
/// assert_eq!((result.lives[0].life_expectancy * 100.0).round(), 2012.0);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.empty` for no life, `list.too_long` for more than two, `age.out_of_range` above 119,
/// `number.out_of_range` outside 0.01 to 100, `percentile.out_of_range` and
/// `list.out_of_order`.
pub fn survival(request: &SurvivalInput) -> Result<SurvivalResult> {
    let mut lifetimes = Vec::new();
    check::length(request.lives.len(), 1..=2).at("lives")?;
    for (index, life) in request.lives.iter().enumerate() {
        lifetimes.push(lifetime(life).at_index("lives", index)?);
    }
    validate_percentiles(&request.percentiles).at("percentiles")?;
    let rows = rows(&lifetimes);
    let everybody: Vec<f64> = rows.iter().map(|row| row.everybody).collect();
    let anybody: Vec<f64> = rows.iter().map(|row| row.anybody).collect();
    let percentiles = request.percentiles.iter().map(|percentile| SurvivalPercentile {
        percentile: *percentile,
        years_until_first_death: years_until(&everybody, *percentile),
        years_until_last_death: years_until(&anybody, *percentile),
        ages_at_death: (request.lives.iter().zip(&lifetimes))
            .map(|(life, lifetime)| life.age + years_until(&from_today(lifetime), *percentile))
            .collect(),
    });
    let percentiles = percentiles.collect();
    let lives: Vec<LifeExpectancy> = request.lives.iter().zip(&lifetimes).map(of_life).collect();
    let first_death_expectancy = joint_expectancy(&lifetimes);
    let expectancies = math::sum(lives.iter().map(|life| life.life_expectancy));
    // The years in which either is alive: the sum of both expectancies counts the years together twice.
    let last_death_expectancy =
        if lives.len() == 1 { first_death_expectancy } else { expectancies - first_death_expectancy };
    Ok(SurvivalResult {
        lives,
        first_death_expectancy,
        last_death_expectancy,
        rows,
        percentiles,
        source: SOURCE.to_owned(),
    })
}

fn of_life((life, lifetime): (&Life, &Lifetime)) -> LifeExpectancy {
    LifeExpectancy {
        age: life.age,
        // Deaths are spread evenly over a year of age, so the year of death is lived half on average.
        life_expectancy: 0.5 + math::sum(lifetime.alive().iter().copied()),
        median_age_at_death: life.age + years_until(&from_today(lifetime), 50.0),
    }
}

fn rows(lifetimes: &[Lifetime]) -> Vec<SurvivalRow> {
    let last_year = lifetimes.iter().fold(0, |latest, lifetime| latest.max(lifetime.longest())) + 1;
    let row = |year: u32| {
        let alive: Vec<f64> = lifetimes.iter().map(|lifetime| alive_after(lifetime, year)).collect();
        SurvivalRow {
            year,
            everybody: alive.iter().product(),
            anybody: 1.0 - alive.iter().map(|alive| 1.0 - alive).product::<f64>(),
            alive,
        }
    };
    (0..=last_year).map(row).collect()
}

fn alive_after(lifetime: &Lifetime, years: u32) -> f64 {
    match years.checked_sub(1) {
        None => 1.0,
        // Nobody survives the last age of the table.
        Some(index) => lifetime.alive().get(index as usize).copied().unwrap_or(0.0),
    }
}

fn from_today(lifetime: &Lifetime) -> Vec<f64> {
    std::iter::once(1.0).chain(lifetime.alive().iter().copied()).collect()
}

/// The smallest number of whole years such that the probability `alive[years + 1]` of being alive a year later is at
/// most one less the percentile.
fn years_until(alive: &[f64], percentile: f64) -> u32 {
    // `alive` is a probability of survival, so the percentile of the time until death is counted from its other end.
    let left = 1.0 - percentile / 100.0;
    alive.iter().skip(1).take_while(|alive| **alive > left).count() as u32
}

/// The expected years in which all are alive: the integral of the product of their probabilities, each of which falls
/// linearly within a year.
fn joint_expectancy(lifetimes: &[Lifetime]) -> f64 {
    match lifetimes {
        [left, right] => {
            let years = left.longest().min(right.longest()) + 1;
            math::sum((0..years).map(|year| {
                let (left_start, left_end) = (alive_after(left, year), alive_after(left, year + 1));
                let (right_start, right_end) = (alive_after(right, year), alive_after(right, year + 1));
                let (left_fall, right_fall) = (left_start - left_end, right_start - right_end);
                left_start * right_start - (left_start * right_fall + right_start * left_fall) / 2.0
                    + left_fall * right_fall / 3.0
            }))
        }
        one => 0.5 + math::sum(one.iter().flat_map(|lifetime| lifetime.alive().iter().copied())),
    }
}

fn lifetime(life: &Life) -> Result<Lifetime> {
    check::whole(life.age, 0..=LAST_AGE, ErrorCode::AgeOutOfRange).at("age")?;
    let multiplier = check::number(life.mortality_multiplier, 0.01..=100.0, ErrorCode::NumberOutOfRange)
        .at("mortalityMultiplier")?;
    Ok(Lifetime::drawn(life.sex, life.age, multiplier))
}

/// Percentiles between 0 and 100, both excluded: neither has a year of death.
fn validate_percentiles(percentiles: &[f64]) -> Result<()> {
    check::percentiles(percentiles)?;
    for (index, percentile) in percentiles.iter().enumerate() {
        let range = (Bound::Excluded(0.0), Bound::Excluded(100.0));
        check::number(*percentile, range, ErrorCode::PercentileOutOfRange).at_item(index)?;
    }
    Ok(())
}
