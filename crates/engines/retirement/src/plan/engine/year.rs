//! One year: the order of events.

use super::{
    super::compiled::CompiledPlan,
    accounts::{grow, open},
    contributions::{keep_payments_whole, save},
    incomes::earn,
    market::YearGrowth,
    months::settle,
    obligations::owe,
    record::YearRecord,
    spending::{Means, decide},
    state::Workspace,
    taxes::{bill, regular_bill},
    withdrawal::{convert, distribute_required, pay_health, withdraw},
};

/// Runs one year. Money moves at its start, at the price level of the start; then accounts grow.
///
/// 1. Accounts open: what they distribute is taxed; they are rebalanced.
/// 2. Incomes, benefits, sales and lump sums come in.
/// 3. Expenses, education, care, debts and the costs of properties fall due; health savings accounts pay for health.
/// 4. Contributions are made; traditional accounts pay minimum distributions; conversions are made.
/// 5. Living expenses are decided.
/// 6. Payments that income does not cover are withdrawn, with the taxes on the withdrawal; contributions out of income that
///    would leave a payment unpaid are given up; surplus income is deposited.
/// 7. Accounts grow, prices rise.
///
/// With monthly steps, what the first six events decide is settled month by month while the accounts grow. `is_last`:
/// whether the path ends with the year.
pub(super) fn run_year(
    plan: &CompiledPlan,
    work: &mut Workspace,
    year: usize,
    market: &YearGrowth<'_>,
    is_last: bool,
) {
    let Workspace { state, record, .. } = work;
    record.begin(plan, year, state.price_level);
    record.tax_settlement = state.tax_settlement;
    state.cape = market.cape;
    for (person, alive) in record.alive.iter_mut().enumerate() {
        *alive = state.is_alive(person, year);
    }

    open(plan, state, record);
    earn(plan, state, record);
    owe(plan, state, record);
    let health = pay_health(plan, record);
    save(plan, state, record, health);

    let due = record.due - health + record.saved;
    let all_income = record.income - due - bill(plan, state, record).total();
    let regular = record.income - record.once.income;
    let net_income = regular - due - regular_bill(plan, state, record).total();
    let mut earned = record.taxable;
    // Before conversions, because a minimum distribution must not be converted.
    let required = distribute_required(plan, state, record);
    convert(plan, record);
    let cash = regular + required - due - regular_bill(plan, state, record).total();

    decide(plan, work, Means { net_income, all_income, cash });
    let Workspace { state, record, .. } = work;
    let needed = |record: &YearRecord| {
        let due = record.due - health + record.saved;
        record.planned_spending + due + record.tax_settlement - record.income - required
    };
    let (taxable, deducted) = (record.taxable, record.deducted);
    let amount = needed(record);
    withdraw(plan, state, record, amount);
    if record.falls_short() && record.saved_from_income > 0.0 {
        record.taxable = taxable;
        keep_payments_whole(plan, state, record, needed);
        earned.ordinary += deducted - record.deducted;
        let amount = needed(record);
        withdraw(plan, state, record, amount);
    }
    if market.months.is_empty() {
        deposit_surplus(plan, record);
        grow(plan, market, state, record);
    } else {
        settle(plan, market.months, work, earned, is_last);
    }

    let Workspace { state, record, .. } = work;
    record.forgive_rounding();
    state.inflation = market.prices - 1.0;
    state.price_level *= market.prices;
    record.closing_price_level = state.price_level;
}

#[expect(clippy::indexing_slicing, reason = "the account is one of the plan")]
fn deposit_surplus(plan: &CompiledPlan, record: &mut YearRecord) {
    if let Some(account) = plan.surplus_account {
        record.accounts[account].deposit = record.surplus;
    }
}
