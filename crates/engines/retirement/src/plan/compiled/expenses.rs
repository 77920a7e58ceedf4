//! Expenses, education, care and lump sums.

use super::{
    super::{RetirementExpense, RetirementExpenseKind, RetirementPlan},
    calendar::{Calendar, Span},
    streams::{Amount, Stream},
};
use crate::limits;
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

/// An expense.
#[derive(Debug, Clone)]
pub(in super::super) struct Expense {
    pub(in super::super) name: String,
    pub(in super::super) amount: Stream,
    /// Whether it is paid from health savings accounts first.
    pub(in super::super) is_health: bool,
    /// Whether it is due; otherwise it is a part of living expenses.
    pub(in super::super) is_essential: bool,
}

/// Long-term care of a person.
#[derive(Debug, Clone)]
pub(in super::super) struct Care {
    pub(in super::super) person: usize,
    pub(in super::super) cost: Stream,
    /// The number of years before death, including the year of death.
    pub(in super::super) years: usize,
    pub(in super::super) probability: f64,
}

/// A one-time payment or receipt.
#[derive(Debug, Clone)]
pub(in super::super) struct LumpSum {
    pub(in super::super) name: String,
    pub(in super::super) year: i64,
    amount: f64,
    inflation_linked: bool,
    pub(in super::super) taxable_share: f64,
    /// Whether it is income for the spending rule.
    pub(in super::super) is_spent: bool,
    /// Whether a payment is due; otherwise it is a part of living expenses.
    pub(in super::super) is_essential: bool,
}

impl LumpSum {
    /// The nominal amount in its year.
    pub(in super::super) fn at(&self, year: usize, price_level: f64) -> f64 {
        match (self.year == year as i64, self.inflation_linked) {
            (false, _) => 0.0,
            (true, true) => self.amount * price_level,
            (true, false) => self.amount,
        }
    }
}

pub(super) fn compile(plan: &RetirementPlan, calendar: &Calendar, years: u32) -> Result<Vec<Expense>> {
    check::length(plan.expenses.len(), 0..=limits::MAX_ITEMS).at("expenses")?;
    check::names(plan.expenses.iter().map(|expense| expense.name.as_str()), "name").at("expenses")?;
    let expense = |(index, given): (usize, &RetirementExpense)| {
        let compile = || {
            let span = calendar.span(given.start.as_ref(), given.until.as_ref(), None, years)?;
            let amount = Amount {
                annual_amount: given.annual_amount,
                inflation_linked: given.inflation_linked,
                annual_growth: given.annual_growth,
            };
            Stream::new(&amount, span, years, "annualAmount")
        };
        Ok(Expense {
            name: given.name.clone(),
            amount: compile().at_index("expenses", index)?,
            is_health: given.kind == RetirementExpenseKind::Health,
            is_essential: given.essential,
        })
    };
    plan.expenses.iter().enumerate().map(expense).collect()
}

pub(super) fn education(plan: &RetirementPlan, years: u32) -> Result<Vec<Expense>> {
    check::length(plan.education.len(), 0..=limits::MAX_ITEMS).at("education")?;
    check::names(plan.education.iter().map(|education| education.name.as_str()), "name").at("education")?;
    let education = |(index, given): (usize, &super::super::RetirementEducation)| {
        let compile = || {
            limits::year(given.start_year, 1900, 2400).at("startYear")?;
            limits::years(given.years, 1, 20).at("years")?;
            let start = i64::from(given.start_year) - i64::from(plan.first_year);
            let cut = |year: i64| year.clamp(0, i64::from(years)) as usize;
            let span = Span { start: cut(start), until: cut(start + i64::from(given.years)) };
            Stream::cost(given.annual_cost, given.annual_growth, span, years, "annualCost")
        };
        let amount = compile().at_index("education", index)?;
        Ok(Expense { name: given.name.clone(), amount, is_health: false, is_essential: true })
    };
    plan.education.iter().enumerate().map(education).collect()
}

pub(super) fn care(plan: &RetirementPlan, calendar: &Calendar, years: u32) -> Result<Vec<Care>> {
    check::length(plan.long_term_care.len(), 0..=plan.people.len()).at("longTermCare")?;
    let whole = Span { start: 0, until: years as usize };
    let mut cared_for: Vec<usize> = Vec::new();
    let mut all = Vec::new();
    for (index, given) in plan.long_term_care.iter().enumerate() {
        let compile = || {
            limits::years(given.years, 1, 30).at("years")?;
            Ok(Care {
                person: calendar.person(&given.person, "person")?,
                cost: Stream::cost(given.annual_cost, given.annual_growth, whole, years, "annualCost")?,
                years: given.years as usize,
                probability: check::fraction(given.probability).at("probability")?,
            })
        };
        let care = compile().at_index("longTermCare", index)?;
        if cared_for.contains(&care.person) {
            let message = format!("{:?} already has an entry for care", given.person);
            let error = Error::new(ErrorCode::ListDuplicate, message).at("person");
            return Err(error.at_index("longTermCare", index));
        }
        cared_for.push(care.person);
        all.push(care);
    }
    Ok(all)
}

pub(super) fn lump_sums(plan: &RetirementPlan, calendar: &Calendar) -> Result<Vec<LumpSum>> {
    check::length(plan.lump_sums.len(), 0..=limits::MAX_ITEMS).at("lumpSums")?;
    check::names(plan.lump_sums.iter().map(|sum| sum.name.as_str()), "name").at("lumpSums")?;
    let lump_sum = |(index, given): (usize, &super::super::RetirementLumpSum)| {
        let compile = || {
            Ok(LumpSum {
                name: given.name.clone(),
                year: calendar.moment(&given.at).at("at")?,
                amount: check::amount(given.amount, -check::MAX_AMOUNT..=check::MAX_AMOUNT).at("amount")?,
                inflation_linked: given.inflation_linked,
                taxable_share: check::fraction(given.taxable_share).at("taxableShare")?,
                is_spent: given.spend,
                is_essential: given.essential,
            })
        };
        compile().at_index("lumpSums", index)
    };
    plan.lump_sums.iter().enumerate().map(lump_sum).collect()
}
