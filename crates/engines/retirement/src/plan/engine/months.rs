//! A year that was decided at its start and is settled month by month, while the market moves.

use super::{
    super::{
        compiled::{CompiledPlan, Treatment},
        taxes::TaxableIncome,
    },
    accounts::gain_share,
    record::{AccountYear, YearRecord},
    state::{PathState, Workspace},
    withdrawal::Withdrawals,
};
use wherewithal_math::is_covered;

/// Settles a year: `months` has the growth of each class in each month, `earned` the taxable income without anything
/// that leaves accounts. What the record says of accounts, shortfall and surplus is replaced by what really happens; the
/// taxes remain those that were computed at the start and are withheld. After the last year of a path, the taxes on what
/// really happened are settled at once.
pub(super) fn settle(
    plan: &CompiledPlan,
    months: &[f64],
    work: &mut Workspace,
    earned: TaxableIncome,
    is_last: bool,
) {
    let Workspace { state, record, decided, month, .. } = work;
    decided.copy_from_slice(&record.accounts);
    for row in &mut record.accounts {
        *row = AccountYear { opening: row.opening, is_locked: row.is_locked, ..AccountYear::default() };
    }
    (record.surplus, record.shortfall) = (0.0, 0.0);
    // The room in a bracket is that of the year as it was decided, also where less was distributed in fact.
    let withdrawals = Withdrawals::new(plan, state, record, decided_income(record, decided, earned));
    let parts = (months.len() / plan.classes()) as f64;
    let mut settlement = Settlement {
        plan,
        state,
        record,
        decided,
        month,
        withdrawals: withdrawals.spread(parts),
        parts,
        income: earned,
    };
    let growth = settlement.run(months);
    settlement.settle_taxes(is_last);
    let accounts = record.accounts.iter_mut().zip(&state.holdings);
    accounts.for_each(|(row, holdings)| row.close(holdings));
    state.portfolio_return = growth - 1.0;
}

/// The taxable income at the start of the year: what is earned, and all distributions and conversions that were decided.
fn decided_income(record: &YearRecord, decided: &[AccountYear], mut income: TaxableIncome) -> TaxableIncome {
    income.ordinary += decided.iter().map(|row| row.required_distribution).sum::<f64>();
    income.ordinary += record.conversions.iter().sum::<f64>();
    income
}

/// A year while it is settled.
struct Settlement<'a> {
    plan: &'a CompiledPlan,
    state: &'a mut PathState,
    record: &'a mut YearRecord,
    /// What was decided about each account.
    decided: &'a [AccountYear],
    /// What each account holds and is to pay, in the month at hand.
    month: &'a mut [AccountYear],
    withdrawals: Withdrawals<'a>,
    /// The number of months, in which it is settled in equal parts.
    parts: f64,
    /// The taxable income of what really happened.
    income: TaxableIncome,
}

#[expect(
    clippy::indexing_slicing,
    reason = "accounts are those of the plan, and each has its rows and holdings"
)]
impl Settlement<'_> {
    /// Runs the months, and returns the growth of all accounts together: the product of the months'.
    fn run(&mut self, months: &[f64]) -> f64 {
        let record = &self.record;
        let due = record.planned_spending + record.due + record.saved + record.taxes.total() - record.income;
        let mut growth = 1.0;
        for (number, market) in months.chunks_exact(self.plan.classes()).enumerate() {
            let settlement = if number == 0 { self.record.tax_settlement } else { 0.0 };
            let brought = self.pay_out();
            self.pay(due / self.parts + settlement - brought);
            self.contribute();
            growth *= self.grow(market);
        }
        growth
    }

    /// Pays out a month's part of what was decided to leave each account, and returns what the household receives of it.
    fn pay_out(&mut self) -> f64 {
        let mut received = 0.0;
        for account in 0..self.decided.len() {
            let (health, _) = self.take(account, self.decided[account].health / self.parts);
            let (required, _) = self.take(account, self.decided[account].required_distribution / self.parts);
            self.record.accounts[account].health += health;
            self.record.accounts[account].required_distribution += required;
            self.income.ordinary += required;
            received += health + required;
        }
        for (number, conversion) in self.plan.conversions.iter().enumerate() {
            let (amount, _) = self.take(conversion.source, self.record.conversions[number] / self.parts);
            self.record.accounts[conversion.source].conversion_out += amount;
            self.record.accounts[conversion.target].conversion_in += amount;
            self.put(conversion.target, amount);
            self.income.ordinary += amount;
        }
        received
    }

    /// Pays what a month needs from the accounts in their order, of what each holds now; a negative need is a surplus.
    fn pay(&mut self, need: f64) {
        if need <= 0.0 {
            self.keep(-need);
            return;
        }
        self.look();
        self.withdrawals.split(need, self.month);
        let paid = self.withdraw();
        if !is_covered(paid, need) {
            self.record.shortfall += need - paid;
        }
    }

    /// Deposits a surplus; without an account for it, it is spent.
    fn keep(&mut self, surplus: f64) {
        self.record.surplus += surplus;
        if let Some(account) = self.plan.surplus_account {
            self.record.accounts[account].deposit += surplus;
            self.put(account, surplus);
        }
    }

    /// Notes what each account holds.
    fn look(&mut self) {
        for (account, row) in self.month.iter_mut().enumerate() {
            let held: f64 = self.state.holdings[account].iter().sum();
            let gain_share = match self.plan.accounts[account].treatment {
                Treatment::Taxable { .. } => gain_share(held, self.state.bases[account]),
                _ => 0.0,
            };
            let is_locked = self.record.accounts[account].is_locked;
            *row = AccountYear { opening: held, gain_share, is_locked, ..AccountYear::default() };
        }
    }

    /// Makes the withdrawals of the month, and returns their sum.
    fn withdraw(&mut self) -> f64 {
        let mut paid = 0.0;
        for account in 0..self.month.len() {
            let (amount, gain_share) = self.take(account, self.month[account].withdrawal);
            self.record.accounts[account].withdrawal += amount;
            self.withdrawals.tax(&self.plan.accounts[account], amount, gain_share, &mut self.income);
            paid += amount;
        }
        paid
    }

    /// Deposits a month's part of the contributions.
    fn contribute(&mut self) {
        for account in 0..self.decided.len() {
            let contribution = self.decided[account].contribution / self.parts;
            let employer = self.decided[account].employer / self.parts;
            self.record.accounts[account].contribution += contribution;
            self.record.accounts[account].employer += employer;
            self.put(account, contribution + employer);
        }
    }

    /// Takes an amount from all classes of an account alike, at most what it holds. Returns what was taken, and the share of
    /// it that is gain.
    fn take(&mut self, account: usize, wanted: f64) -> (f64, f64) {
        let (holdings, basis) = (&mut self.state.holdings[account], &mut self.state.bases[account]);
        let held: f64 = holdings.iter().sum();
        let share = gain_share(held, *basis);
        let kept = if wanted < held { 1.0 - wanted / held } else { 0.0 };
        holdings.iter_mut().for_each(|holding| *holding *= kept);
        *basis *= kept;
        (wanted.min(held), share)
    }

    /// Invests an amount by the allocation of an account.
    fn put(&mut self, account: usize, amount: f64) {
        let targets = self.plan.accounts[account].targets.of_year(self.record.year);
        for (holding, target) in self.state.holdings[account].iter_mut().zip(targets) {
            *holding += amount * target;
        }
        self.state.bases[account] += amount;
    }

    /// Grows all accounts by a month of the market, and returns their growth together.
    fn grow(&mut self, market: &[f64]) -> f64 {
        let (mut before, mut after) = (0.0, 0.0);
        for (account, holdings) in self.plan.accounts.iter().zip(&mut self.state.holdings) {
            let growth = match &account.treatment {
                Treatment::Cash { month_growth, .. } => month_growth.as_slice(),
                _ => market,
            };
            for (holding, growth) in holdings.iter_mut().zip(growth) {
                before += *holding;
                *holding *= growth;
                after += *holding;
            }
        }
        if before > 0.0 { after / before } else { 1.0 }
    }

    /// The difference between the taxes on what really happened and those that were withheld: due in the first month of
    /// the next year, or at once after the last, when the tax on what is withdrawn for it is part of it.
    fn settle_taxes(&mut self, is_last: bool) {
        let withheld = self.record.taxes.total();
        let year = self.record.tax_year();
        let filing = self.state.filing(self.record.year);
        let difference = self.plan.taxes.bill(&self.income, filing, year).total() - withheld;
        self.state.tax_settlement = difference;
        if !is_last {
            return;
        }
        if difference <= 0.0 {
            self.record.tax_settlement += difference;
            self.keep(-difference);
            return;
        }
        self.look();
        let withdrawals = Withdrawals::new(self.plan, self.state, self.record, self.income);
        let payment = withdrawals.pay(-withheld, self.month);
        self.withdraw();
        self.record.tax_settlement += payment.taxes.total() - withheld;
        self.record.shortfall += payment.shortfall;
    }
}
