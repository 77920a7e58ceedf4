//! The months of a plan, in minor units.

use super::{
    super::payment::interest,
    compiled::{CompiledDebts, Debt, MAX_BALANCE, MAX_MONTHS, RatePeriod},
};
use std::cmp::Reverse;
use wherewithal_base::{Error, ErrorCode, Result, order};

/// The course of all debts, month by month.
pub(super) struct Run {
    /// For each month, the part of each debt.
    pub(super) months: Vec<Vec<DebtMonth>>,
    pub(super) total_interest: i128,
}

/// One debt in one month.
#[derive(Clone, Copy)]
pub(super) struct DebtMonth {
    pub(super) opening: i64,
    /// The interest that is charged, `charged` included.
    pub(super) interest: i64,
    /// The part of the interest that a promotion had deferred.
    pub(super) charged: i64,
    /// What a promotion has deferred up to this month and not charged.
    pub(super) deferred: i64,
    /// The minimum payment: the amount of the rule, or the balance owed if that is less.
    pub(super) minimum: i64,
    pub(super) bound_by: BoundBy,
    /// The payment in addition to the minimum.
    pub(super) surplus: i64,
    pub(super) rate: RatePeriod,
}

/// The rule that determined a minimum payment.
#[derive(Clone, Copy)]
pub(super) enum BoundBy {
    Rule,
    Floor,
    Balance,
}

impl DebtMonth {
    pub(super) fn due(&self) -> i64 {
        self.opening + self.interest
    }

    pub(super) fn payment(&self) -> i64 {
        self.minimum + self.surplus
    }

    pub(super) fn balance(&self) -> i64 {
        self.due() - self.payment()
    }
}

/// What is owed on a debt between two months.
#[derive(Clone, Copy)]
struct Owed {
    balance: i64,
    /// The interest that a promotion has deferred.
    deferred: i64,
}

impl Owed {
    fn at_start(terms: &CompiledDebts) -> Vec<Self> {
        let owed = |debt: &Debt| Self {
            balance: debt.balance,
            deferred: debt.deferral.map_or(0, |deferral| deferral.accrued),
        };
        terms.debts.iter().map(owed).collect()
    }
}

/// Why a run does not end.
pub(super) enum Unpaid {
    /// The budget of a month, counted from 0, is below the minimum payments.
    BelowMinimums { month: usize, budget: i64, minimums: i128 },
    /// A balance is left after the last month, or has exceeded the limit.
    Never,
}

/// The end of a run.
pub(super) type Outcome = std::result::Result<Run, Unpaid>;

impl Run {
    /// Makes all minimum payments each month, and lets `distribute` add the rest of the budget to the surplus of the
    /// month's debts.
    pub(super) fn with_budget(
        terms: &CompiledDebts,
        rates: &[Vec<RatePeriod>],
        mut distribute: impl FnMut(usize, &mut [DebtMonth], i64),
    ) -> Result<Outcome> {
        let mut run = Self { months: Vec::new(), total_interest: 0 };
        let mut owed = Owed::at_start(terms);
        for (month, (rates, budget)) in rates.iter().zip(&terms.budget).enumerate() {
            let Some(mut debts) = open(terms, rates, month, &owed)? else {
                return Ok(Err(Unpaid::Never));
            };
            // The minimum payments of all debts together can exceed 64 bits.
            let minimums = debts.iter().map(|debt| i128::from(debt.minimum)).sum();
            let Ok(surplus) = i64::try_from(i128::from(*budget) - minimums) else {
                return Ok(Err(Unpaid::BelowMinimums { month, budget: *budget, minimums }));
            };
            if surplus < 0 {
                return Ok(Err(Unpaid::BelowMinimums { month, budget: *budget, minimums }));
            }
            distribute(month, &mut debts, surplus);
            if run.close(debts, &mut owed) {
                return Ok(Ok(run));
            }
        }
        Ok(Err(Unpaid::Never))
    }

    /// Makes only the minimum payments each month; with `fixed`, those of the first month throughout. What a repaid
    /// debt frees is not paid on another.
    pub(super) fn minimums_only(
        terms: &CompiledDebts,
        rates: &[Vec<RatePeriod>],
        fixed: bool,
    ) -> Result<Option<Self>> {
        let mut run = Self { months: Vec::new(), total_interest: 0 };
        let mut owed = Owed::at_start(terms);
        let mut first: Vec<i64> = Vec::new();
        for (month, rates) in rates.iter().enumerate() {
            let Some(mut debts) = open(terms, rates, month, &owed)? else { return Ok(None) };
            if first.is_empty() {
                first = debts.iter().map(|debt| debt.minimum).collect();
            }
            if fixed {
                for (debt, first) in debts.iter_mut().zip(&first) {
                    debt.minimum = debt.due().min(*first);
                }
            }
            if run.close(debts, &mut owed) {
                return Ok(Some(run));
            }
        }
        Ok(None)
    }

    /// Adds a month; true if everything is repaid.
    fn close(&mut self, mut debts: Vec<DebtMonth>, owed: &mut [Owed]) -> bool {
        for (debt, owed) in debts.iter_mut().zip(owed.iter_mut()) {
            self.total_interest += i128::from(debt.interest);
            let balance = debt.balance();
            if balance == 0 {
                // Repaid in time, so it is never charged.
                debt.deferred = 0;
            }
            *owed = Owed { balance, deferred: debt.deferred };
        }
        self.months.push(debts);
        owed.iter().all(|owed| owed.balance == 0)
    }

    pub(super) fn total_paid(&self) -> i128 {
        self.months.iter().flatten().map(|debt| i128::from(debt.payment())).sum()
    }
}

/// The debts at the start of a month, counted from 0, with their interest and minimum payments; `None` if an amount exceeds
/// the limit.
fn open(
    terms: &CompiledDebts,
    rates: &[RatePeriod],
    month: usize,
    owed: &[Owed],
) -> Result<Option<Vec<DebtMonth>>> {
    let mut debts = Vec::with_capacity(owed.len());
    for ((debt, rate), owed) in terms.debts.iter().zip(rates).zip(owed) {
        let Owed { balance: opening, deferred } = *owed;
        if opening > MAX_BALANCE || deferred > MAX_BALANCE {
            return Ok(None);
        }
        let accrued = interest(opening, rate.monthly, terms.rounding)?;
        let defers = debt.deferral.is_some_and(|deferral| deferral.defers(month));
        let (of_month, charged, deferred) =
            if defers { (0, 0, deferred + accrued) } else { (accrued, deferred, 0) };
        let charge = of_month + charged;
        let (asked, at_floor) = debt.minimum.payment(opening, of_month, terms.rounding)?;
        let due = opening + charge;
        let bound_by = match (asked > due, at_floor) {
            (true, _) => BoundBy::Balance,
            (false, true) => BoundBy::Floor,
            (false, false) => BoundBy::Rule,
        };
        debts.push(DebtMonth {
            opening,
            interest: charge,
            charged,
            deferred,
            minimum: asked.min(due),
            bound_by,
            surplus: 0,
            rate: *rate,
        });
    }
    Ok(Some(debts))
}

/// Distributes the surplus in an order: each debt gets what it needs, the next what is left.
#[expect(clippy::indexing_slicing, reason = "an order names debts of the terms, which every month has")]
pub(super) fn pay_in_order(debts: &mut [DebtMonth], order: &[usize], mut surplus: i64) {
    for index in order {
        let debt = &mut debts[*index];
        let more = surplus.min(debt.balance());
        debt.surplus += more;
        surplus -= more;
    }
}

/// The order of the highest rates in force. Debts are in the order of their ids, which a stable sort keeps.
pub(super) fn highest_rate_first(debts: &[DebtMonth]) -> Vec<usize> {
    in_order_of(debts.iter().map(|debt| Reverse(debt.rate.annual)))
}

/// The order of the smallest balances at the start.
pub(super) fn smallest_balance_first(terms: &CompiledDebts) -> Vec<usize> {
    in_order_of(terms.debts.iter().map(|debt| debt.balance))
}

/// The indices of keys in ascending order; equal keys keep their order.
#[expect(clippy::indexing_slicing, reason = "the places are those of the keys")]
pub(super) fn in_order_of<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<usize> {
    let keys: Vec<K> = keys.collect();
    order::sorted_places(keys.len(), &|a, b| keys[a].cmp(&keys[b]))
}

/// The order of the highest minimum payments of the first month.
pub(super) fn highest_payment_first(terms: &CompiledDebts, rates: &[Vec<RatePeriod>]) -> Result<Vec<usize>> {
    let first = match rates.first() {
        Some(rates) => open(terms, rates, 0, &Owed::at_start(terms))?,
        None => None,
    };
    Ok(match first {
        Some(debts) => in_order_of(debts.iter().map(|debt| Reverse(debt.minimum))),
        // Balances that exceed the limit in the first month are never repaid, in any order.
        None => (0..terms.debts.len()).collect(),
    })
}

impl Unpaid {
    /// The error of a budget that does not repay the debts.
    pub(super) fn into_error(self, terms: &CompiledDebts) -> Result<Error> {
        let error = match self {
            Self::BelowMinimums { month, budget, minimums } => Error::new(
                ErrorCode::BudgetBelowMinimums,
                format!(
                    "the budget of month {} is {}, but the minimum payments of that month come to {}; the budget \
                     must be at least that",
                    month + 1,
                    terms.amount(budget)?,
                    terms.total(minimums)?
                ),
            ),
            Self::Never => Error::new(
                ErrorCode::PaymentNeverRepays,
                format!(
                    "the debts are not repaid within {MAX_MONTHS} months; the budget must exceed the interest, \
                     which is {} in the first month",
                    terms.total(first_interest(terms)?)?
                ),
            ),
        };
        Ok(error.at("monthly").at("budget"))
    }
}

fn first_interest(terms: &CompiledDebts) -> Result<i128> {
    let rates = terms.rates(1)?;
    let mut sum = 0;
    for (debt, rate) in terms.debts.iter().zip(rates.iter().flatten()) {
        if debt.deferral.is_none() {
            sum += i128::from(interest(debt.balance, rate.monthly, terms.rounding)?);
        }
    }
    Ok(sum)
}
