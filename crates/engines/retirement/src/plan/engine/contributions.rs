//! Contributions of people and of their employers.

use super::{
    super::{
        compiled::{CompiledPlan, Contribution, Saved},
        taxes::TaxableIncome,
    },
    record::YearRecord,
    spending::known_living_expenses,
    state::PathState,
    taxes::{note_months_before, regular_bill},
    withdrawal::{TOLERANCE, Withdrawals, root},
};
use wherewithal_math::is_covered;

/// Contributions of people and of their employers. Those that are paid out of income are at most what it leaves after taxes,
/// payments due, other contributions and the living expenses that do not depend on it. Money that comes or goes once is a
/// matter of the accounts, and so it neither pays for them nor lowers them. `health`: what health savings accounts pay.
pub(super) fn save(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord, health: f64) {
    let earned = record.taxable;
    contribute(plan, state, record, f64::INFINITY);
    record.wanted_contributions.copy_from_slice(&record.contributions);
    note_months_before(plan, state, record);
    if record.saved_from_income <= 0.0 {
        return;
    }
    let income = record.income - record.once.income;
    let bills = record.due - health + record.optional - record.once.paid
        + known_living_expenses(plan, state, record)
        + record.tax_settlement;
    give_up(plan, state, record, earned, income, |record| {
        note_months_before(plan, state, record);
        income - bills - record.saved - regular_bill(plan, state, record).total()
    });
}

/// Gives up contributions that are paid out of income as far as the payments of the year would lack the money, in a record
/// before withdrawals. `needed`: what has to be withdrawn for the payments.
pub(super) fn keep_payments_whole(
    plan: &CompiledPlan,
    state: &PathState,
    record: &mut YearRecord,
    needed: impl Fn(&YearRecord) -> f64,
) {
    if record.saved_from_income <= 0.0 {
        return;
    }
    let mut income = record.taxable;
    income.ordinary += record.deducted;
    let payments = needed(record).max(0.0);
    give_up(plan, state, record, income, payments, |record| {
        let withdrawals = Withdrawals::new(plan, state, record, record.taxable);
        withdrawals.most(&mut record.accounts) - needed(record)
    });
}

/// Gives up the last contributions that are paid out of income until `left` is not negative, or all of them. `income` is
/// the taxable income without contributions, and `amounts` the size of the amounts from which rounding comes.
fn give_up(
    plan: &CompiledPlan,
    state: &PathState,
    record: &mut YearRecord,
    income: TaxableIncome,
    amounts: f64,
    mut left: impl FnMut(&mut YearRecord) -> f64,
) {
    let lacking = left(record);
    if lacking >= 0.0 || is_covered(amounts, amounts - lacking) {
        return;
    }
    let wanted = record.saved_from_income;
    let mut left_without = |given_up: f64| {
        undo(record);
        record.taxable = income;
        contribute(plan, state, record, wanted - given_up);
        left(record)
    };
    let tolerance = TOLERANCE * wanted.max(-lacking);
    let given_up = root(lacking, wanted, tolerance, &mut left_without);
    // Once more, because the search writes every trial into the record.
    left_without(given_up);
}

/// Takes all contributions out of a record, but for the taxable income.
fn undo(record: &mut YearRecord) {
    for row in &mut record.accounts {
        (row.contribution, row.employer) = (0.0, 0.0);
    }
    (record.saved, record.saved_from_income, record.deducted) = (0.0, 0.0, 0.0);
    record.used_limits.fill(0.0);
}

/// Makes the contributions, those out of income in their order up to a sum of `most`.
#[expect(
    clippy::indexing_slicing,
    reason = "a contribution names an account, incomes and a contribution of the plan"
)]
fn contribute(plan: &CompiledPlan, state: &PathState, record: &mut YearRecord, most: f64) {
    let year = record.year;
    for (index, contribution) in plan.contributions.iter().enumerate() {
        record.contributions[index] = 0.0;
        let is_over = contribution.owner.is_some_and(|owner| !state.is_alive(owner, year));
        if is_over || !contribution.span.contains(year) {
            continue;
        }
        let mut saved = own_part(contribution, record);
        if contribution.is_from_income {
            saved = saved.min((most - record.saved_from_income).max(0.0));
            record.saved_from_income += saved;
        }
        record.contributions[index] = saved;
        record.used_limits[contribution.shares_limit_of] += saved;
        let employer = contribution.employer.map_or(0.0, |employer| {
            employer.rate * saved.min(employer.up_to_share * record.incomes[employer.income])
        });
        let row = &mut record.accounts[contribution.account];
        row.contribution += saved;
        row.employer += employer;
        record.saved += saved;
        if plan.accounts[contribution.account].treatment.is_deferred() {
            record.taxable.ordinary -= saved;
            record.deducted += saved;
        }
    }
}

/// A person's contribution, up to what is left of the limit.
#[expect(
    clippy::indexing_slicing,
    reason = "the income and the contribution are of the plan, and each of its years has a limit"
)]
fn own_part(contribution: &Contribution, record: &YearRecord) -> f64 {
    let wanted = match &contribution.saved {
        Saved::Fixed(amount) => amount.at(record.year, record.price_level) * record.part,
        Saved::ShareOfIncome { income, share } => record.incomes[*income] * share,
    };
    let limit = contribution.limits[record.year] * record.price_level * record.part;
    wanted.min((limit - record.used_limits[contribution.shares_limit_of]).max(0.0))
}
