//! One life on a path: a fixed age at death, or one drawn from the table.

use super::{Sex, death_probabilities};

/// The distribution of a person's remaining whole years.
#[derive(Debug, Clone)]
pub struct Lifetime {
    /// The probability of being alive after 1, 2, 3 … years: decreasing, and 0 at the end.
    alive: Vec<f64>,
}

impl Lifetime {
    /// A life from `age`, at most [`LAST_AGE`](super::LAST_AGE), with the table's probabilities of death times
    /// `multiplier`.
    pub fn drawn(sex: Sex, age: u32, multiplier: f64) -> Self {
        let probabilities = death_probabilities(sex, age, multiplier);
        let alive = probabilities.iter().scan(1.0, |alive, death| {
            *alive *= 1.0 - death;
            Some(*alive)
        });
        Self { alive: alive.collect() }
    }

    /// A life that certainly ends in the year after `years` whole years.
    pub fn fixed(years: u32) -> Self {
        Self { alive: std::iter::repeat_n(1.0, years as usize).chain([0.0]).collect() }
    }

    /// The probability of being alive after 1, 2, 3 … years.
    pub fn alive(&self) -> &[f64] {
        &self.alive
    }

    /// The largest possible number of whole years.
    pub fn longest(&self) -> u32 {
        self.alive.len() as u32 - 1
    }

    /// The whole years until death, by inversion of a uniform number from 0 to below 1: death occurs in the year after
    /// them. A larger number gives an earlier death.
    pub fn years_until_death(&self, uniform: f64) -> u32 {
        // The probabilities decrease, so a binary search finds the first year that is not survived.
        self.alive.partition_point(|alive| *alive > uniform) as u32
    }
}
