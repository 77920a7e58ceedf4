//! What happens in one year of a path.

use super::super::{
    compiled::CompiledPlan,
    taxes::{TaxBill, TaxableIncome},
};
use crate::spending::SpendingTriggers;

/// What happens in one year, in nominal money. It is written anew each year; whoever wants it keeps a copy.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct YearRecord {
    /// The year, counted from 0.
    pub(in super::super) year: usize,
    /// The level of prices at the start of the year; 1 at the start of the plan.
    pub(in super::super) price_level: f64,
    /// The same at the end of the year.
    pub(in super::super) closing_price_level: f64,
    pub(in super::super) alive: Vec<bool>,
    pub(in super::super) accounts: Vec<AccountYear>,
    pub(in super::super) incomes: Vec<f64>,
    /// The Social Security benefit of each person.
    pub(in super::super) benefits: Vec<f64>,
    pub(in super::super) expenses: Vec<f64>,
    pub(in super::super) education: Vec<f64>,
    pub(in super::super) care: Vec<f64>,
    pub(in super::super) debts: Vec<f64>,
    /// The values of the properties at the start of the year.
    pub(in super::super) property_values: Vec<f64>,
    pub(in super::super) property_costs: Vec<f64>,
    /// What sales leave after their costs and mortgages; negative where it has to be paid.
    pub(in super::super) sales: Vec<f64>,
    /// Negative where it goes out.
    pub(in super::super) lump_sums: Vec<f64>,
    /// What comes in, withdrawals from accounts excepted.
    pub(in super::super) income: f64,
    /// What is due beside living expenses, contributions and taxes.
    pub(in super::super) due: f64,
    /// The part of it that is for health and care.
    pub(in super::super) health: f64,
    /// Own contributions.
    pub(in super::super) saved: f64,
    pub(in super::super) taxable: TaxableIncome,
    pub(in super::super) taxes: TaxBill,
    /// Living expenses as the policy asks for.
    pub(in super::super) planned_spending: f64,
    /// The essential part of them.
    pub(in super::super) essential_spending: f64,
    /// Why the policy asks for them.
    pub(in super::super) triggers: SpendingTriggers,
    /// What could not be paid of living expenses and of all that is due.
    pub(in super::super) shortfall: f64,
    /// What is left of the year's income.
    pub(in super::super) surplus: f64,
    /// Arrears of the year before that are paid in this one.
    pub(in super::super) arrears_paid: f64,
    /// Arrears that are left for the next year.
    pub(in super::super) arrears: f64,
}

/// What happens to one account in a year: `closing = opening + contribution + employer + conversionIn + deposit -
/// requiredDistribution - conversionOut - health - withdrawal + growth`.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct AccountYear {
    pub(in super::super) opening: f64,
    pub(in super::super) contribution: f64,
    pub(in super::super) employer: f64,
    pub(in super::super) conversion_in: f64,
    pub(in super::super) deposit: f64,
    pub(in super::super) required_distribution: f64,
    pub(in super::super) conversion_out: f64,
    /// What it pays for health and care.
    pub(in super::super) health: f64,
    pub(in super::super) withdrawal: f64,
    pub(in super::super) growth: f64,
    pub(in super::super) closing: f64,
    /// The part of what is sold that is gain.
    pub(in super::super) gain_share: f64,
}

impl AccountYear {
    pub(super) fn inflow(&self) -> f64 {
        self.contribution + self.employer + self.conversion_in + self.deposit
    }

    pub(super) fn outflow(&self) -> f64 {
        self.required_distribution + self.conversion_out + self.health + self.withdrawal
    }

    /// What it pays to the household.
    pub(in super::super) fn paid_out(&self) -> f64 {
        self.required_distribution + self.health + self.withdrawal
    }

    /// What can be withdrawn: what was there at the start less what has left before withdrawals.
    pub(super) fn available(&self) -> f64 {
        (self.opening - self.required_distribution - self.conversion_out - self.health).max(0.0)
    }
}

impl YearRecord {
    pub(in super::super) fn new(plan: &CompiledPlan) -> Self {
        Self {
            alive: vec![false; plan.people.len()],
            accounts: vec![AccountYear::default(); plan.accounts.len()],
            incomes: vec![0.0; plan.incomes.len()],
            benefits: vec![0.0; plan.people.len()],
            expenses: vec![0.0; plan.expenses.len()],
            education: vec![0.0; plan.education.len()],
            care: vec![0.0; plan.care.len()],
            debts: vec![0.0; plan.debts.len()],
            property_values: vec![0.0; plan.properties.len()],
            property_costs: vec![0.0; plan.properties.len()],
            sales: vec![0.0; plan.properties.len()],
            lump_sums: vec![0.0; plan.lump_sums.len()],
            ..Self::default()
        }
    }

    /// The start of a year. Lists of amounts are written by those whose amounts they are.
    pub(super) fn begin(&mut self, year: usize, price_level: f64) {
        self.year = year;
        self.price_level = price_level;
        self.accounts.fill(AccountYear::default());
        self.income = 0.0;
        self.due = 0.0;
        self.health = 0.0;
        self.saved = 0.0;
        self.taxable = TaxableIncome::default();
        self.taxes = TaxBill::default();
        self.planned_spending = 0.0;
        self.essential_spending = 0.0;
        self.triggers = SpendingTriggers::default();
        self.shortfall = 0.0;
        self.surplus = 0.0;
        self.arrears_paid = 0.0;
        self.arrears = 0.0;
    }

    /// What the accounts hold at the end of the year.
    pub(in super::super) fn closing(&self) -> f64 {
        self.accounts.iter().map(|account| account.closing).sum()
    }

    /// Living expenses that were paid: a shortfall takes from them first.
    pub(in super::super) fn paid_spending(&self) -> f64 {
        (self.planned_spending - self.shortfall).max(0.0)
    }

    /// Whether something was not paid, rounding aside.
    pub(in super::super) fn falls_short(&self) -> bool {
        self.shortfall > self.tolerance()
    }

    /// Whether something essential was not paid, rounding aside.
    pub(in super::super) fn falls_short_of_essentials(&self) -> bool {
        self.shortfall - (self.planned_spending - self.essential_spending) > self.tolerance()
    }

    fn tolerance(&self) -> f64 {
        1e-9 * (self.planned_spending + self.due + self.saved + self.taxes.total() + 1.0)
    }
}
