//! Sums of what happens in a year, over the paths.

use super::{
    compiled::{CompiledPlan, Property},
    engine::YearRecord,
};

/// An amount of a year whose mean over the paths is shown.
#[derive(Debug, Clone, Copy)]
pub(super) enum YearAmount {
    Income,
    SocialSecurity,
    Due,
    DebtPayments,
    Contributions,
    EmployerContributions,
    OrdinaryTax,
    GainsTax,
    StateTax,
    Penalty,
    TaxSettlement,
    Spending,
    Shortfall,
    Surplus,
    /// Balance of all accounts at the end of the year.
    Balance,
    /// Balance of all debts at the end of the year.
    DebtsOwed,
    /// Value of all properties at the end of the year.
    PropertyValue,
}

/// The number of amounts.
const COUNT: usize = YearAmount::PropertyValue as usize + 1;

/// The first of the amounts at the end of the year; the others are paid at its start.
const FIRST_AT_THE_END: usize = YearAmount::Balance as usize;

/// The amounts of a year of a path, in the order of [`YearAmount`].
#[expect(clippy::indexing_slicing, reason = "there is a place for each amount")]
fn amounts(plan: &CompiledPlan, record: &YearRecord) -> [f64; COUNT] {
    let mut amounts = [0.0; COUNT];
    let mut set = |amount: YearAmount, value: f64| amounts[amount as usize] = value;
    let social_security: f64 = record.benefits.iter().sum();
    set(YearAmount::Income, record.income - social_security);
    set(YearAmount::SocialSecurity, social_security);
    set(YearAmount::Due, record.due);
    set(YearAmount::DebtPayments, record.debts.iter().sum());
    set(YearAmount::Contributions, record.saved);
    set(YearAmount::EmployerContributions, record.accounts.iter().map(|account| account.employer).sum());
    set(YearAmount::OrdinaryTax, record.taxes.ordinary);
    set(YearAmount::GainsTax, record.taxes.long_term_gains);
    set(YearAmount::StateTax, record.taxes.state);
    set(YearAmount::Penalty, record.taxes.penalty);
    set(YearAmount::TaxSettlement, record.tax_settlement);
    set(YearAmount::Spending, record.paid_spending());
    set(YearAmount::Shortfall, record.shortfall);
    set(YearAmount::Surplus, record.surplus);
    set(YearAmount::Balance, record.closing());
    set(YearAmount::DebtsOwed, plan.debts.iter().map(|debt| debt.owed_after(record.year)).sum());
    set(YearAmount::PropertyValue, plan.properties.iter().map(|property| value(property, record)).sum());
    amounts
}

/// The value of a property at the end of the year.
fn value(property: &Property, record: &YearRecord) -> f64 {
    property.closing.at(record.year, record.closing_price_level)
}

/// Sums over the paths that are still running in a year.
#[derive(Debug, Clone)]
pub(super) struct YearSums {
    pub(super) running: usize,
    pub(super) nominal: AmountSums,
    /// In today's money: each path by its own price level.
    pub(super) real: AmountSums,
}

/// Sums of the amounts of a year, in one kind of money.
#[derive(Debug, Clone)]
pub(super) struct AmountSums {
    amounts: [f64; COUNT],
    /// The money that the household receives from each account: withdrawals, minimum distributions and payments for
    /// health.
    pub(super) withdrawals: Vec<f64>,
    /// The value of each property at the end of the year.
    pub(super) property_values: Vec<f64>,
}

impl YearSums {
    pub(super) fn new(plan: &CompiledPlan) -> Self {
        let zeros = AmountSums {
            amounts: [0.0; COUNT],
            withdrawals: vec![0.0; plan.accounts.len()],
            property_values: vec![0.0; plan.properties.len()],
        };
        Self { running: 0, nominal: zeros.clone(), real: zeros }
    }

    /// Adds a year of a path.
    pub(super) fn count(&mut self, plan: &CompiledPlan, record: &YearRecord) {
        self.running += 1;
        // Two divisions in place of one for each amount.
        let (at_start, at_end) = (1.0 / record.price_level, 1.0 / record.closing_price_level);
        let sums = self.nominal.amounts.iter_mut().zip(&mut self.real.amounts);
        for (place, ((nominal, real), amount)) in sums.zip(amounts(plan, record)).enumerate() {
            *nominal += amount;
            *real += amount * if place < FIRST_AT_THE_END { at_start } else { at_end };
        }
        let sums = self.nominal.withdrawals.iter_mut().zip(&mut self.real.withdrawals);
        for ((nominal, real), account) in sums.zip(&record.accounts) {
            *nominal += account.paid_out();
            *real += account.paid_out() * at_start;
        }
        let sums = self.nominal.property_values.iter_mut().zip(&mut self.real.property_values);
        for ((nominal, real), property) in sums.zip(&plan.properties) {
            let value = value(property, record);
            *nominal += value;
            *real += value * at_end;
        }
    }

    /// Adds the sums over other paths.
    pub(super) fn add(&mut self, other: &Self) {
        self.running += other.running;
        self.nominal.add(&other.nominal);
        self.real.add(&other.real);
    }
}

impl AmountSums {
    #[expect(clippy::indexing_slicing, reason = "there is a sum for each amount")]
    pub(super) fn of(&self, amount: YearAmount) -> f64 {
        self.amounts[amount as usize]
    }

    fn add(&mut self, other: &Self) {
        let sums = self.amounts.iter_mut().chain(&mut self.withdrawals).chain(&mut self.property_values);
        let parts = other.amounts.iter().chain(&other.withdrawals).chain(&other.property_values);
        for (sum, part) in sums.zip(parts) {
            *sum += part;
        }
    }
}
