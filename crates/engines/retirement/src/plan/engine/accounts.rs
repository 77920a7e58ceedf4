//! Distributions, rebalancing and growth of accounts.

use super::{
    super::{
        compiled::{Account, CompiledPlan, Treatment, YearlyRebalancing},
        taxes::TaxableIncome,
    },
    market::YearGrowth,
    record::{AccountYear, YearRecord},
    state::PathState,
};

/// Opens the accounts: their distributions are taxed, and they are rebalanced.
pub(super) fn open(plan: &CompiledPlan, state: &mut PathState, record: &mut YearRecord) {
    let year = record.year;
    let accounts = plan.accounts.iter().zip(&mut state.holdings).zip(&mut state.bases);
    for (((account, holdings), basis), row) in accounts.zip(&mut record.accounts) {
        row.opening = holdings.iter().sum();
        row.is_locked = year < account.accessible_from;
        distribute(account.treatment, row.opening * record.part, basis, &mut record.taxable);
        let targets = account.targets.of_year(year);
        let gain = rebalance(plan.rebalancing, holdings, row.opening, targets, *basis);
        if matches!(account.treatment, Treatment::Taxable { .. }) {
            record.taxable.long_term_gains += gain;
            *basis += gain;
            row.gain_share = gain_share(row.opening, *basis);
        }
    }
}

/// Taxes the distributions of an account, of a balance for a year. They are reinvested, so they increase the cost basis.
fn distribute(treatment: Treatment, balance: f64, basis: &mut f64, taxable: &mut TaxableIncome) {
    match treatment {
        Treatment::Taxable { interest_yield, dividend_yield } => {
            taxable.ordinary += interest_yield * balance;
            taxable.long_term_gains += dividend_yield * balance;
            *basis += (interest_yield + dividend_yield) * balance;
        }
        // A negative rate makes no income.
        Treatment::Cash { interest_rate, .. } => taxable.ordinary += (interest_rate * balance).max(0.0),
        Treatment::Traditional | Treatment::Roth | Treatment::HealthSavings => {}
    }
}

/// Rebalances holdings if it is due, and returns the realized gain.
fn rebalance(
    rule: YearlyRebalancing,
    holdings: &mut [f64],
    balance: f64,
    targets: &[f64],
    basis: f64,
) -> f64 {
    if balance <= 0.0 || !rule.is_due(holdings, balance, targets) {
        return 0.0;
    }
    let mut sold = 0.0;
    for (holding, target) in holdings.iter_mut().zip(targets) {
        let wanted = balance * target;
        // Only sales realize gains.
        sold += (*holding - wanted).max(0.0);
        *holding = wanted;
    }
    sold * gain_share(balance, basis)
}

/// The share of a balance that is gain; negative for a loss.
pub(super) fn gain_share(balance: f64, basis: f64) -> f64 {
    if balance > 0.0 { 1.0 - basis / balance } else { 0.0 }
}

/// Applies flows and growth to the accounts in annual steps: withdrawals are taken from all classes in proportion to
/// their value, deposits are invested by the allocation.
pub(super) fn grow(
    plan: &CompiledPlan,
    market: &YearGrowth<'_>,
    state: &mut PathState,
    record: &mut YearRecord,
) {
    let (mut growth, mut invested) = (0.0, 0.0);
    let accounts = plan.accounts.iter().zip(&mut state.holdings).zip(&mut state.bases);
    for (((account, holdings), basis), row) in accounts.zip(&mut record.accounts) {
        grow_account(account, record.year, market.growth, holdings, basis, row);
        growth += row.growth;
        invested += row.opening + row.inflow() - row.outflow();
    }
    state.portfolio_return = if invested > 0.0 { growth / invested } else { 0.0 };
}

fn grow_account(
    account: &Account,
    year: usize,
    market: &[f64],
    holdings: &mut [f64],
    basis: &mut f64,
    row: &mut AccountYear,
) {
    let growth = match &account.treatment {
        Treatment::Cash { first_growth, .. } if year == 0 => first_growth.as_slice(),
        Treatment::Cash { growth, .. } => growth.as_slice(),
        _ => market,
    };
    let (inflow, outflow) = (row.inflow(), row.outflow());
    let share_out = if row.opening > 0.0 { (outflow / row.opening).min(1.0) } else { 0.0 };
    for ((holding, growth), target) in holdings.iter_mut().zip(growth).zip(account.targets.of_year(year)) {
        *holding = *holding * (growth - share_out * growth) + inflow * target * growth;
    }
    // A withdrawal takes the same share of the cost basis as of the balance.
    *basis = *basis * (1.0 - share_out) + inflow;
    row.close(holdings);
}
