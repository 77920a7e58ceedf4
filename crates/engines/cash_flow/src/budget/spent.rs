//! What was spent, by period and category.

use std::collections::BTreeMap;

use super::input::BudgetInput;
use crate::{
    essential::{folded, with_those_above},
    flows::{Flows, is_spending, zero},
};
use wherewithal_base::{Error, ErrorCode, Result, control::Work, dates::Date, num::Decimal};
use wherewithal_classification::{ClassifiedFlow, FlowClass};

/// The longest name of a category of the input.
pub(super) const MAX_NAME: usize = 200;

/// What was spent.
pub(super) struct Spending<'f> {
    /// One for each period.
    pub(super) periods: Vec<PeriodSpending<'f>>,
    /// The number of flows in other currencies.
    pub(super) other_currencies: u32,
}

/// What was spent and earned in a period.
pub(super) struct PeriodSpending<'f> {
    pub(super) income: Decimal,
    /// One for each category of the budget.
    pub(super) categories: Vec<EnvelopeSpending<'f>>,
    /// What was spent in other categories, and without one.
    pub(super) unbudgeted: BTreeMap<Option<&'f str>, Decimal>,
}

/// What was spent in a category.
#[derive(Clone)]
pub(super) struct EnvelopeSpending<'f> {
    pub(super) spent: Decimal,
    /// The transactions, by day.
    pub(super) transactions: Vec<&'f str>,
}

impl<'f> Spending<'f> {
    pub(super) fn of(
        input: &BudgetInput,
        flows: &'f Flows<'_>,
        days: &[(Date, Date)],
        as_of: Date,
        work: &mut Work<'_, '_>,
    ) -> Result<Self> {
        let categories = places(input)?;
        let zero = zero(input.currency)?;
        let empty = || PeriodSpending {
            income: zero,
            categories: vec![
                EnvelopeSpending { spent: zero, transactions: Vec::new() };
                input.categories.len()
            ],
            unbudgeted: BTreeMap::new(),
        };
        let mut periods: Vec<PeriodSpending<'f>> = days.iter().map(|_| empty()).collect();
        let mut other_currencies = 0;
        let mut by_day: Vec<&ClassifiedFlow> = flows.all.iter().collect();
        by_day.sort_by(|a, b| (a.date, &a.transaction, a.part).cmp(&(b.date, &b.transaction, b.part)));
        for flow in by_day {
            work.done(2)?;
            let is_income = is_income(flow.class);
            if flow.date > as_of || !(is_income || is_spending(flow.class)) {
                continue;
            }
            let Some(number) = days.partition_point(|(first, _)| *first <= flow.date).checked_sub(1) else {
                continue;
            };
            #[expect(clippy::indexing_slicing, reason = "each period has its days")]
            let (period, (_, last)) = (&mut periods[number], days[number]);
            if flow.date > last {
                continue;
            }
            if flow.currency != input.currency {
                other_currencies += 1;
            } else if is_income {
                period.income = period.income.plus(flow.amount)?;
            } else {
                period.spend(flow, &categories, zero)?;
            }
        }
        Ok(Self { periods, other_currencies })
    }
}

impl<'f> PeriodSpending<'f> {
    fn spend(
        &mut self,
        flow: &'f ClassifiedFlow,
        categories: &BTreeMap<String, usize>,
        zero: Decimal,
    ) -> Result<()> {
        let place = flow.category.as_deref().and_then(|category| place_of(category, categories));
        match place {
            Some(place) => {
                #[expect(clippy::indexing_slicing, reason = "places are those of the categories")]
                let category = &mut self.categories[place];
                category.spent = category.spent.minus(flow.amount)?;
                // The parts of a transaction stand side by side.
                if category.transactions.last() != Some(&flow.transaction.as_str()) {
                    category.transactions.push(&flow.transaction);
                }
            }
            None => {
                let spent = self.unbudgeted.entry(flow.category.as_deref()).or_insert(zero);
                *spent = spent.minus(flow.amount)?;
            }
        }
        Ok(())
    }
}

/// Whether a class is income.
fn is_income(class: FlowClass) -> bool {
    matches!(class, FlowClass::Income | FlowClass::Interest | FlowClass::Dividend)
}

/// The place of each category of the budget.
pub(super) fn places(input: &BudgetInput) -> Result<BTreeMap<String, usize>> {
    let mut places = BTreeMap::new();
    for (place, category) in input.categories.iter().enumerate() {
        if places.insert(folded(&category.category), place).is_some() {
            let message = format!("{:?} is the category of an earlier entry", category.category);
            let error = Error::new(ErrorCode::ListDuplicate, message);
            return Err(error.at("category").at_index("categories", place));
        }
    }
    Ok(places)
}

/// The place of the budget for a category: its own, or that of the nearest category above it.
pub(super) fn place_of(category: &str, places: &BTreeMap<String, usize>) -> Option<usize> {
    with_those_above(&folded(category)).find_map(|name| places.get(name).copied())
}
