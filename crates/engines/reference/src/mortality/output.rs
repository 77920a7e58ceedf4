//! Result of survival.

use wherewithal_base::wire::Wire;

/// The result of `mortality.survival`.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SurvivalResult {
    /// Each life separately, in the order of the request.
    pub lives: Vec<LifeExpectancy>,

    /// Expected years until the first death.
    pub first_death_expectancy: f64,

    /// Expected years until the last death.
    pub last_death_expectancy: f64,

    /// The probabilities year by year, from today until nobody can be alive.
    pub rows: Vec<SurvivalRow>,

    /// The whole years until the first and the last death, by percentile.
    pub percentiles: Vec<SurvivalPercentile>,

    /// The table that was used.
    pub source: String,
}

/// One life separately.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct LifeExpectancy {
    /// Age today.
    pub age: u32,

    /// Remaining life expectancy in years, with deaths spread evenly over each year of age.
    pub life_expectancy: f64,

    /// The median age at death: the age at the last birthday before death.
    pub median_age_at_death: u32,
}

/// The probabilities of survival after some years.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SurvivalRow {
    /// Years from today.
    pub year: u32,

    /// The probability that each life is alive, in the order of the request.
    pub alive: Vec<f64>,

    /// The probability that everybody is alive.
    pub everybody: f64,

    /// The probability that anybody is alive.
    pub anybody: f64,
}

/// One percentile of the time until death.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct SurvivalPercentile {
    /// The percentile, 0 to 100.
    #[wire(range = 0..=100)]
    pub percentile: f64,

    /// Whole years from today until the first death: the smallest number of years such that, with at least this
    /// probability, the first death occurs within one year after them.
    pub years_until_first_death: u32,

    /// The same until the last death.
    pub years_until_last_death: u32,

    /// The age at the last birthday of each life at its own death, in the order of the request.
    pub ages_at_death: Vec<u32>,
}
