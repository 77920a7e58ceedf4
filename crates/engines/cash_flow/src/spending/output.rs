//! The answer.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// Trends and outliers of spending.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SpendingTrends {
    /// The first day of the first month.
    pub from: Date,
    /// The last day of the last month.
    pub to: Date,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The categories by name; spending without one comes first.
    pub categories: Vec<CategorySpending>,
}

/// The spending of a category.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CategorySpending {
    /// The category; null for spending without one.
    pub category: Option<String>,
    /// What was spent in all months, less refunds.
    pub total: Decimal,
    /// The median of the months, rounded half to even to the minor unit.
    pub median: Decimal,
    /// The median of the distances from that median, rounded likewise.
    pub median_deviation: Decimal,
    /// By how much spending rises from month to month: the median of the slopes between all pairs of months (Theil and
    /// Sen), rounded likewise; null for one month.
    pub monthly_trend: Option<Decimal>,
    /// The months that are outliers, in order.
    pub outliers: Vec<SpendingOutlier>,
    /// All months, those without spending included.
    pub months: Vec<SpendingMonth>,
}

/// What was spent in a month.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SpendingMonth {
    /// The first day of the month.
    pub month: Date,
    /// What was spent, less refunds.
    pub amount: Decimal,
}

/// A month in which unusually much or little was spent.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SpendingOutlier {
    /// The first day of the month.
    pub month: Date,
    /// What was spent.
    pub amount: Decimal,
    /// What is usually spent: the median of the months.
    pub usual: Decimal,
    /// The modified z-score of Iglewicz and Hoaglin, with four decimal places; below zero if little was spent.
    pub score: Decimal,
}
