//! One life along a path: an age at death that is fixed, or drawn from the table.

use super::{Sex, death_probabilities};

/// The distribution of the years that a person has left, in whole years.
#[derive(Debug, Clone)]
pub struct Lifetime {
    /// The probability of being alive after 1, 2, 3 … years: falling, and 0 at the end.
    alive: Vec<f64>,
}

impl Lifetime {
    /// A life by the table from `age` on, which is at most [`LAST_AGE`](super::LAST_AGE), with probabilities of death
    /// multiplied.
    pub fn drawn(sex: Sex, age: u32, multiplier: f64) -> Self {
        let probabilities = death_probabilities(sex, age, multiplier);
        let alive = probabilities.iter().scan(1.0, |alive, death| {
            *alive *= 1.0 - death;
            Some(*alive)
        });
        Self { alive: alive.collect() }
    }

    /// A life that ends within the year after so many whole years for certain.
    pub fn fixed(years: u32) -> Self {
        Self { alive: std::iter::repeat_n(1.0, years as usize).chain([0.0]).collect() }
    }

    /// The probability of being alive after 1, 2, 3 … years.
    pub fn alive(&self) -> &[f64] {
        &self.alive
    }

    /// The most whole years that can be lived.
    pub fn longest(&self) -> u32 {
        self.alive.len() as u32 - 1
    }

    /// The whole years lived until death, by inversion of a uniform number from 0 to below 1: death comes in the year
    /// after. A larger number is an earlier death.
    pub fn years_until_death(&self, uniform: f64) -> u32 {
        self.alive.partition_point(|alive| *alive > uniform) as u32
    }
}
