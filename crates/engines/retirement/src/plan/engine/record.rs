//! The record of one year of a path.

use super::super::{
    compiled::CompiledPlan,
    taxes::{MonthsBefore, TaxBill, TaxYear, TaxableIncome},
};
use crate::spending::SpendingTriggers;
use wherewithal_math::is_covered;

/// The record of one year, nominal. It is overwritten every year; copy what you need.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct YearRecord {
    /// The year, counted from 0.
    pub(in super::super) year: usize,
    /// The part of the year that the plan counts: less than 1 if it starts within the year.
    pub(super) part: f64,
    /// The price level at the start of the year; 1 at the start of the plan.
    pub(in super::super) price_level: f64,
    /// The price level at the end of the year.
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
    /// The proceeds of sales after costs and mortgages; negative if money is still owed.
    pub(in super::super) sales: Vec<f64>,
    /// Negative if paid.
    pub(in super::super) lump_sums: Vec<f64>,
    /// Total income, without withdrawals from accounts.
    pub(in super::super) income: f64,
    /// Payments due, without living expenses, contributions and taxes.
    pub(in super::super) due: f64,
    /// The part of it for health and care.
    pub(in super::super) health: f64,
    /// Payments that need not be made: a part of living expenses beside what the policy decides.
    pub(super) optional: f64,
    /// The household's contributions.
    pub(in super::super) saved: f64,
    /// The part of them that is paid out of income.
    pub(super) saved_from_income: f64,
    /// The part of them that is deducted from taxable income.
    pub(super) deducted: f64,
    /// Each of them.
    pub(in super::super) contributions: Vec<f64>,
    /// What each of them would be if income sufficed.
    pub(in super::super) wanted_contributions: Vec<f64>,
    /// For each contribution, what it and those that share its limit have used of the limit.
    pub(super) used_limits: Vec<f64>,
    pub(in super::super) taxable: TaxableIncome,
    /// What was earned and taxed in the year before the plan starts, if it starts within the year.
    pub(super) months_before: Option<MonthsBefore>,
    /// The part of income that comes once and belongs to the accounts, and the part of taxable income that it makes.
    pub(super) once: Once,
    pub(in super::super) taxes: TaxBill,
    /// Living expenses by the policy.
    pub(in super::super) planned_spending: f64,
    /// The essential part of them.
    pub(in super::super) essential_spending: f64,
    /// The parts of the policy that changed them.
    pub(in super::super) triggers: SpendingTriggers,
    /// The shortfall of living expenses and other payments.
    pub(in super::super) shortfall: f64,
    /// Income left over in the year.
    pub(in super::super) surplus: f64,
    /// Taxes of the previous year that are paid in this one, and in the last year of a path also what its own taxes
    /// lack; negative for a refund. 0 with annual steps.
    pub(in super::super) tax_settlement: f64,
    /// Each conversion, as decided at the start of the year.
    pub(in super::super) conversions: Vec<f64>,
}

/// Money that comes once and belongs to the accounts: lump sums and the proceeds of properties.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Once {
    /// What is paid once, whether it is due or a part of living expenses.
    pub(super) paid: f64,
    pub(super) income: f64,
    pub(super) ordinary: f64,
    pub(super) long_term_gains: f64,
}

/// The record of one account in a year: `closing = opening + contribution + employer + conversionIn + deposit -
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
    /// Payments for health and care.
    pub(in super::super) health: f64,
    pub(in super::super) withdrawal: f64,
    pub(in super::super) growth: f64,
    pub(in super::super) closing: f64,
    /// The share of what is sold that is gain.
    pub(in super::super) gain_share: f64,
    /// Whether nothing may leave the account in this year.
    pub(in super::super) is_locked: bool,
}

impl AccountYear {
    pub(super) fn inflow(&self) -> f64 {
        self.contribution + self.employer + self.conversion_in + self.deposit
    }

    pub(super) fn outflow(&self) -> f64 {
        self.required_distribution + self.conversion_out + self.health + self.withdrawal
    }

    /// The money that the household receives.
    pub(in super::super) fn paid_out(&self) -> f64 {
        self.required_distribution + self.health + self.withdrawal
    }

    /// Closes the account: what its holdings are worth, and how much of that is growth.
    pub(super) fn close(&mut self, holdings: &[f64]) {
        self.closing = holdings.iter().sum();
        self.growth = self.closing - (self.opening + self.inflow() - self.outflow());
    }

    /// The amount available for withdrawals: the opening balance minus earlier payments out of the account.
    pub(super) fn available(&self) -> f64 {
        if self.is_locked {
            return 0.0;
        }
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
            conversions: vec![0.0; plan.conversions.len()],
            contributions: vec![0.0; plan.contributions.len()],
            wanted_contributions: vec![0.0; plan.contributions.len()],
            used_limits: vec![0.0; plan.contributions.len()],
            ..Self::default()
        }
    }

    /// Resets the record at the start of a year. Lists of amounts are overwritten later, in full.
    pub(super) fn begin(&mut self, plan: &CompiledPlan, year: usize, price_level: f64) {
        self.year = year;
        self.part = if year == 0 { plan.first_part } else { 1.0 };
        self.price_level = price_level;
        self.accounts.fill(AccountYear::default());
        self.income = 0.0;
        self.due = 0.0;
        self.health = 0.0;
        self.optional = 0.0;
        self.saved = 0.0;
        self.saved_from_income = 0.0;
        self.deducted = 0.0;
        self.used_limits.fill(0.0);
        self.taxable = TaxableIncome::default();
        self.months_before = None;
        self.once = Once::default();
        self.taxes = TaxBill::default();
        self.planned_spending = 0.0;
        self.essential_spending = 0.0;
        self.triggers = SpendingTriggers::default();
        self.shortfall = 0.0;
        self.surplus = 0.0;
        self.tax_settlement = 0.0;
    }

    /// The year as the rules of taxes see it.
    pub(super) fn tax_year(&self) -> TaxYear {
        TaxYear { price_level: self.price_level, months_before: self.months_before }
    }

    /// The balance of all accounts at the end of the year.
    pub(in super::super) fn closing(&self) -> f64 {
        self.accounts.iter().map(|account| account.closing).sum()
    }

    /// Living expenses paid: a shortfall reduces them first.
    pub(in super::super) fn paid_spending(&self) -> f64 {
        (self.planned_spending - self.shortfall).max(0.0)
    }

    /// Whether there is a shortfall.
    pub(in super::super) fn falls_short(&self) -> bool {
        self.lacks(self.shortfall)
    }

    /// Whether there is a shortfall of essential spending.
    pub(in super::super) fn falls_short_of_essentials(&self) -> bool {
        self.lacks(self.shortfall - (self.planned_spending - self.essential_spending))
    }

    /// Whether an amount is missing in the payments of the year, and not merely rounding.
    fn lacks(&self, missing: f64) -> bool {
        let payments =
            self.planned_spending + self.due + self.saved + self.taxes.total() + self.tax_settlement.max(0.0);
        !is_covered(payments - missing, payments)
    }

    /// Forgives what is missing only because of rounding.
    pub(super) fn forgive_rounding(&mut self) {
        if !self.falls_short() {
            self.shortfall = 0.0;
        }
    }
}
