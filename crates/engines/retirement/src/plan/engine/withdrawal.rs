//! Payments out of accounts: minimum distributions, conversions, payments for health, and other withdrawals.

use super::{
    super::{
        compiled::{Account, CompiledPlan, Treatment, Withdrawals as WithdrawalPlan},
        taxes::{Filing, TaxBill, TaxYear, TaxableIncome},
    },
    record::{AccountYear, YearRecord},
    state::PathState,
};

/// The tolerance of the search for the withdrawal, relative to the amounts.
pub(super) const TOLERANCE: f64 = 1e-12;

/// Pays out minimum distributions, and returns their sum.
pub(super) fn distribute_required(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord) -> f64 {
    let Some(rule) = &plan.required_distributions else { return 0.0 };
    let mut sum = 0.0;
    for (account, row) in plan.accounts.iter().zip(&mut record.accounts) {
        if account.treatment != Treatment::Traditional || row.is_locked {
            continue;
        }
        let holder = holder(state, account.owner, record.year);
        let age = plan.age(holder, record.year);
        let spouse_age = (state.living(record.year) > 1).then(|| plan.age(1 - holder, record.year));
        // The distribution is a share of the balance at the end of the previous year, whatever happens to it this year.
        row.required_distribution =
            row.opening * rule.share(plan.birth_year(holder), age, spouse_age) * record.part;
        record.taxable.ordinary += row.required_distribution;
        sum += row.required_distribution;
    }
    sum
}

/// Moves money from traditional to Roth accounts.
#[expect(clippy::indexing_slicing, reason = "a conversion names accounts of the plan")]
pub(super) fn convert(plan: &CompiledPlan, record: &mut YearRecord) {
    for (conversion, converted) in plan.conversions.iter().zip(&mut record.conversions) {
        let wanted = conversion.amount.at(record.year, record.price_level) * record.part;
        let source = &mut record.accounts[conversion.source];
        let amount = wanted.min(source.available());
        source.conversion_out += amount;
        record.accounts[conversion.target].conversion_in += amount;
        record.taxable.ordinary += amount;
        *converted = amount;
    }
}

/// Pays for health and care from health savings accounts, and returns the amount paid.
pub(super) fn pay_health(plan: &CompiledPlan, record: &mut YearRecord) -> f64 {
    let mut left = record.health;
    for (account, row) in plan.accounts.iter().zip(&mut record.accounts) {
        if account.treatment == Treatment::HealthSavings {
            row.health = left.min(row.available());
            left -= row.health;
        }
    }
    record.health - left
}

/// Withdraws the amount needed and the taxes on the withdrawal, or leaves a surplus if nothing is needed. The amount
/// that the accounts cannot pay is a shortfall.
pub(super) fn withdraw(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord, needed: f64) {
    let withdrawals = Withdrawals::new(plan, state, record, record.taxable);
    let taken = withdrawals.pay(needed, &mut record.accounts);
    record.taxable = taken.taxable;
    record.taxes = taken.taxes;
    record.surplus = taken.surplus;
    record.shortfall = taken.shortfall;
}

/// The context of a withdrawal.
pub(super) struct Withdrawals<'a> {
    plan: &'a CompiledPlan,
    /// Income of the year before any withdrawal.
    before: TaxableIncome,
    /// The ordinary income up to which tranches fill a bracket.
    room: f64,
    filing: Filing,
    year: TaxYear,
    /// For each person, whether withdrawals from that person's accounts are subject to the penalty.
    early: [bool; 2],
}

/// A withdrawal that pays what is needed, as far as the accounts can.
pub(super) struct Payment {
    pub(super) taxable: TaxableIncome,
    pub(super) taxes: TaxBill,
    /// What is left over if nothing is needed.
    surplus: f64,
    /// What the accounts cannot pay.
    pub(super) shortfall: f64,
}

/// A withdrawal and its tax.
struct Taken {
    taxable: TaxableIncome,
    taxes: TaxBill,
    /// The amount left of it after all taxes of the year.
    after_tax: f64,
}

impl<'a> Withdrawals<'a> {
    /// Withdrawals in the year of a record, on top of the income in `before`.
    pub(super) fn new(
        plan: &'a CompiledPlan,
        state: &PathState,
        record: &YearRecord,
        before: TaxableIncome,
    ) -> Self {
        let bracket = match &plan.withdrawals {
            WithdrawalPlan::Proportional => 0.0,
            WithdrawalPlan::InOrder { bracket, .. } => *bracket,
        };
        Self {
            plan,
            before,
            room: (bracket * record.price_level * record.part - before.ordinary).max(0.0),
            filing: state.filing(record.year),
            year: record.tax_year(),
            early: early(plan, state, record.year),
        }
    }

    /// The same in one of `parts` equal parts of the year.
    pub(super) fn spread(mut self, parts: f64) -> Self {
        self.room /= parts;
        self
    }

    /// Withdraws what is needed and the taxes of the year from the accounts in their order.
    pub(super) fn pay(&self, needed: f64, accounts: &mut [AccountYear]) -> Payment {
        let most = accounts.iter().map(AccountYear::available).sum();
        let mut left = |gross: f64| self.take(gross, accounts).after_tax - needed;
        let left_without = left(0.0);
        let gross = if left_without >= 0.0 {
            0.0
        } else {
            // Relative to what lacks, if nothing but taxes has to be paid.
            root(left_without, most, TOLERANCE * needed.abs().max(-left_without), left)
        };
        // Once more, because the search writes every trial into the accounts.
        let Taken { taxable, taxes, after_tax } = self.take(gross, accounts);
        Payment {
            taxable,
            taxes,
            surplus: left_without.max(0.0),
            // Below `most` the root was found: the rest is within the tolerance of the search.
            shortfall: if gross < most { 0.0 } else { (needed - after_tax).max(0.0) },
        }
    }

    /// What is left after the taxes of the year of everything that the accounts can give.
    pub(super) fn most(&self, accounts: &mut [AccountYear]) -> f64 {
        let most = accounts.iter().map(AccountYear::available).sum();
        self.take(most, accounts).after_tax
    }

    /// Adds a withdrawal from an account to income.
    #[expect(clippy::indexing_slicing, reason = "an account has one of at most two people as its owner")]
    pub(super) fn tax(&self, account: &Account, amount: f64, gain_share: f64, income: &mut TaxableIncome) {
        if matches!(account.treatment, Treatment::Taxable { .. }) {
            income.long_term_gains += amount * gain_share;
        } else if account.treatment.is_deferred() {
            income.ordinary += amount;
            if self.early[account.owner] {
                income.early_withdrawals += amount;
            }
        }
    }

    /// Takes a sum from the accounts in their order.
    fn take(&self, gross: f64, accounts: &mut [AccountYear]) -> Taken {
        self.split(gross, accounts);
        let mut taxable = self.before;
        for (account, row) in self.plan.accounts.iter().zip(accounts) {
            self.tax(account, row.withdrawal, row.gain_share, &mut taxable);
        }
        let taxes = self.plan.taxes.bill(&taxable, self.filing, self.year);
        Taken { taxable, taxes, after_tax: gross - taxes.total() }
    }

    /// Divides a sum among the accounts.
    #[expect(clippy::indexing_slicing, reason = "the order of withdrawals names accounts of the plan")]
    pub(super) fn split(&self, gross: f64, accounts: &mut [AccountYear]) {
        match &self.plan.withdrawals {
            WithdrawalPlan::Proportional => {
                let most: f64 = accounts.iter().map(AccountYear::available).sum();
                let share = if most > 0.0 { (gross / most).min(1.0) } else { 0.0 };
                for row in accounts {
                    row.withdrawal = share * row.available();
                }
            }
            WithdrawalPlan::InOrder { tranches, .. } => {
                for row in accounts.iter_mut() {
                    row.withdrawal = 0.0;
                }
                let mut left = gross;
                let mut room = self.room;
                for tranche in tranches {
                    let row = &mut accounts[tranche.account];
                    let mut amount = left.min(row.available() - row.withdrawal);
                    if tranche.fills_bracket {
                        amount = amount.min(room);
                        room -= amount;
                    }
                    row.withdrawal += amount;
                    left -= amount;
                }
            }
        }
    }
}

/// For each person, whether withdrawals from that person's accounts are subject to the penalty.
fn early(plan: &CompiledPlan, state: &PathState, year: usize) -> [bool; 2] {
    let mut early = [false; 2];
    for (owner, early) in early.iter_mut().take(plan.people.len()).enumerate() {
        let age = plan.age(holder(state, owner, year), year);
        *early = plan.taxes.early_withdrawal.applies_at(age);
    }
    early
}

/// The owner of an account, 0 or 1: after the owner's death, the survivor.
fn holder(state: &PathState, owner: usize, year: usize) -> usize {
    if state.is_alive(owner, year) || state.living(year) == 0 { owner } else { 1 - owner }
}

/// The gross sum, at most `most`, at which `left` is 0; `most` if it is negative even then. What is said of a gross sum here
/// holds for any amount of which more leaves more.
///
/// `left` increases with the gross sum and is nearly piecewise linear, with kinks at tax brackets and at depleted
/// accounts: a secant through two points of the piece with the root hits it at once. If a secant leads outside the
/// bracket of the root, the bracket is bisected instead.
pub(super) fn root(left_at_zero: f64, most: f64, tolerance: f64, mut left: impl FnMut(f64) -> f64) -> f64 {
    const MAX_STEPS: u32 = 200;

    let (mut low, mut high) = (0.0, most);
    let (mut before, mut left_before) = (0.0, left_at_zero);
    // If the withdrawal is not taxed, the missing amount is the root.
    let mut gross = (-left_at_zero).min(most);
    for _ in 0..MAX_STEPS {
        let left_now = left(gross);
        if left_now.abs() <= tolerance || (gross >= most && left_now < 0.0) {
            break;
        }
        if left_now < 0.0 {
            low = gross;
        } else {
            high = gross;
        }
        let slope = (left_now - left_before) / (gross - before);
        (before, left_before) = (gross, left_now);
        let secant = gross - left_now / slope;
        gross = if secant > low && secant < high {
            secant
        } else if secant >= most && high >= most {
            most
        } else {
            low + (high - low) / 2.0
        };
        // No number closer to the root can be represented.
        if gross == before {
            break;
        }
    }
    gross
}
