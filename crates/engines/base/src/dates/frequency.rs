//! The frequency of regular events.

use super::{Date, MonthEnd};
use crate::{Result, wire::Wire};

/// The frequency of regular events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Wire)]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every 7 days.
    Weekly,
    /// Every 14 days.
    Biweekly,
    /// Every 28 days.
    EveryFourWeeks,
    /// On two days of each month.
    Semimonthly,
    /// Every month.
    Monthly,
    /// Every 2 months.
    EveryTwoMonths,
    /// Every 3 months.
    Quarterly,
    /// Every 6 months.
    Semiannual,
    /// Every 12 months.
    Annual,
}

/// The step from one regular date to the next.
enum Step {
    Days(i32),
    Months(i32),
    HalfMonths,
}

impl Frequency {
    /// Every frequency.
    pub const ALL: [Self; 10] = [
        Self::Daily,
        Self::Weekly,
        Self::Biweekly,
        Self::EveryFourWeeks,
        Self::Semimonthly,
        Self::Monthly,
        Self::EveryTwoMonths,
        Self::Quarterly,
        Self::Semiannual,
        Self::Annual,
    ];

    /// The number of times a year: 365, 52, 26, 13, 24, 12, 6, 4, 2 or 1.
    #[must_use]
    pub fn per_year(self) -> u32 {
        match self {
            Self::Daily => 365,
            Self::Weekly => 52,
            Self::Biweekly => 26,
            Self::EveryFourWeeks => 13,
            Self::Semimonthly => 24,
            Self::Monthly => 12,
            Self::EveryTwoMonths => 6,
            Self::Quarterly => 4,
            Self::Semiannual => 2,
            Self::Annual => 1,
        }
    }

    fn step(self) -> Step {
        match self {
            Self::Daily => Step::Days(1),
            Self::Weekly => Step::Days(7),
            Self::Biweekly => Step::Days(14),
            Self::EveryFourWeeks => Step::Days(28),
            Self::Semimonthly => Step::HalfMonths,
            Self::Monthly => Step::Months(1),
            Self::EveryTwoMonths => Step::Months(2),
            Self::Quarterly => Step::Months(3),
            Self::Semiannual => Step::Months(6),
            Self::Annual => Step::Months(12),
        }
    }
}

/// The regular dates before and after an anchor. Each is counted from the anchor itself, so that a short month in
/// between does not shift later dates.
pub struct RegularDates {
    /// The date from which all others are counted.
    pub anchor: Date,
    /// The frequency of the dates.
    pub frequency: Frequency,
    /// How days that a month does not have are replaced.
    pub month_end: MonthEnd,
    /// The two days of the month of a semimonthly frequency, the first at most 27; the anchor falls on one of them.
    pub days: [u32; 2],
}

impl RegularDates {
    /// The date `number` regular steps after the anchor; before it if negative.
    ///
    /// # Errors
    /// `date.out_of_range`.
    pub fn nth(&self, number: i32) -> Result<Date> {
        match self.frequency.step() {
            Step::Days(days) => self.anchor.add_days(number.saturating_mul(days)),
            Step::Months(months) => self.anchor.add_months_by(number.saturating_mul(months), self.month_end),
            Step::HalfMonths => {
                let [first, second] = self.days;
                let anchor_is_second = self.anchor.day() != first;
                // Half-months are counted from the first day of the anchor's pair.
                let halves = number.saturating_add(i32::from(anchor_is_second));
                let month = self.anchor.with_day_at_most(1).add_months(halves.div_euclid(2))?;
                Ok(month.with_day_at_most(if halves.rem_euclid(2) == 0 { first } else { second }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::variants::variants_on_the_wire;

    #[test]
    fn all_are_all() {
        let names = Frequency::ALL.map(|frequency| serde_json::to_value(frequency).unwrap());
        assert_eq!(names.to_vec(), variants_on_the_wire::<Frequency>());
    }
}
