//! The data of a fan chart: one column per year, one value for each percentile.

/// A fan chart.
#[derive(Debug, Clone)]
pub(crate) struct Fan {
    /// The code of the currency of the values.
    pub(crate) currency: String,
    /// The percentiles, ascending, 0 to 100.
    pub(crate) percentiles: Vec<f64>,
    /// The columns from left to right.
    pub(crate) columns: Vec<FanColumn>,
}

/// The distribution at one point in time.
#[derive(Debug, Clone)]
pub(crate) struct FanColumn {
    /// The calendar year at whose start the balances are.
    pub(crate) year: u32,
    /// The age to show, if the plan has one.
    pub(crate) age: Option<u32>,
    /// The balance at each percentile.
    pub(crate) values: Vec<f64>,
}

/// Two percentiles with the same share of paths outside, such as 10 and 90.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Band {
    /// Index of the lower percentile.
    pub(crate) lower: usize,
    /// Index of the upper percentile.
    pub(crate) upper: usize,
}

/// The upper end of the plot: a little above the highest value.
pub(crate) fn ceiling(fan: &Fan) -> f64 {
    let top = fan.top() * 1.02;
    if top > 0.0 && top.is_finite() { top } else { 1.0 }
}

impl Fan {
    /// The bands from the widest to the narrowest: from the first to the last percentile, and so on inwards.
    pub(crate) fn bands(&self) -> Vec<Band> {
        let count = self.percentiles.len();
        (0..count / 2).map(|lower| Band { lower, upper: count - 1 - lower }).collect()
    }

    /// The index of the median, if there is one.
    pub(crate) fn median(&self) -> Option<usize> {
        self.percentiles.iter().position(|percentile| *percentile == 50.0)
    }

    /// The highest value.
    pub(crate) fn top(&self) -> f64 {
        self.columns.iter().flat_map(|column| &column.values).copied().fold(0.0, f64::max)
    }

    /// The horizontal position of a column by its year, 0 for the first and 1 for the last.
    pub(crate) fn position(&self, column: &FanColumn) -> f64 {
        let first = self.columns.first().map_or(0, |first| first.year);
        let last = self.columns.last().map_or(0, |last| last.year);
        f64::from(column.year.saturating_sub(first)) / f64::from(last.saturating_sub(first).max(1))
    }

    /// The values at `position`, interpolated linearly between columns.
    pub(crate) fn at(&self, position: f64) -> Vec<f64> {
        let right = self.columns.iter().position(|column| self.position(column) >= position);
        let Some(to) = right.and_then(|right| self.columns.get(right)).or(self.columns.last()) else {
            return Vec::new();
        };
        let left = right.and_then(|right| right.checked_sub(1)).and_then(|left| self.columns.get(left));
        let Some(from) = left else { return to.values.clone() };
        let part = (position - self.position(from)) / (self.position(to) - self.position(from));
        from.values.iter().zip(&to.values).map(|(from, to)| from + (to - from) * part).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A fan that grows evenly, over `years` years.
    pub(in crate::render) fn sample(years: usize) -> Fan {
        let columns = (0..=years)
            .map(|year| FanColumn {
                year: 2026 + year as u32,
                age: Some(40 + year as u32),
                values: [0.5, 1.0, 2.0, 4.0, 8.0]
                    .iter()
                    .map(|slope| 100_000.0 + slope * 50_000.0 * year as f64)
                    .collect(),
            })
            .collect();
        Fan { currency: "USD".to_owned(), percentiles: vec![5.0, 25.0, 50.0, 75.0, 95.0], columns }
    }

    #[test]
    fn values_between_columns_lie_on_a_line() {
        let fan = sample(10);
        assert_eq!(fan.at(0.0), fan.columns[0].values);
        assert_eq!(fan.at(1.0), fan.columns[10].values);
        assert!((fan.at(0.25)[2] - (100_000.0 + 2.0 * 50_000.0 * 2.5)).abs() < 1e-6);
        assert_eq!(fan.top(), 100_000.0 + 8.0 * 50_000.0 * 10.0);
    }

    #[test]
    fn bands_pair_the_percentiles_from_the_outside() {
        assert_eq!(sample(1).bands(), [Band { lower: 0, upper: 4 }, Band { lower: 1, upper: 3 }]);
        assert_eq!(sample(1).median(), Some(2));
    }

    #[test]
    fn an_empty_fan_has_no_values() {
        let empty = Fan { currency: "USD".to_owned(), percentiles: vec![], columns: vec![] };
        assert!(empty.at(0.5).is_empty() && empty.bands().is_empty());
        assert_eq!(empty.top(), 0.0);
    }
}
