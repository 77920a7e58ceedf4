//! Expenses: those that go on for life are living expenses, the others are listed.

use super::super::timeline::{annual, year};
use super::{
    Context,
    incomes::{Paid, name_of, paid},
};
use wherewithal_base::{
    Result,
    error::At as _,
    num::{Decimal, gate},
};
use wherewithal_household::{CashFlowFrequency, Expense, ExpenseKind, InsuranceKind};
use wherewithal_retirement::{RetirementExpense, RetirementExpenseKind, RetirementLumpSum};

/// The living expenses of the plan's spending rule, a year, in the money of its start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Living {
    pub(super) essential: f64,
    pub(super) discretionary: f64,
}

impl<'a> Context<'a> {
    /// The expenses.
    pub(super) fn living(&mut self) -> Result<Living> {
        let (mut essential, mut discretionary) = (Decimal::ZERO, Decimal::ZERO);
        for (index, expense) in self.household.expenses.iter().enumerate() {
            let sum = if expense.is_essential() { &mut essential } else { &mut discretionary };
            *sum = sum.plus(self.expense(index, expense).at_index("expenses", index)?)?;
        }
        Ok(Living { essential: gate::to_f64(essential), discretionary: gate::to_f64(discretionary) })
    }

    /// The annual amount if it is a living expense, in the household's currency; otherwise it is listed, and 0 is left.
    fn expense(&mut self, index: usize, expense: &'a Expense) -> Result<Decimal> {
        let field = format!("expenses[{index}]");
        let amount = self.in_base(annual(expense.amount, expense.frequency)?, expense.currency)?;
        if amount.is_zero() {
            return Ok(amount);
        }
        self.foreign(&field, expense.currency);
        if expense.frequency == CashFlowFrequency::Once {
            self.pay_once(&field, expense, amount);
            return Ok(Decimal::ZERO);
        }
        let pieces = self.timeline.pieces(expense.start, expense.end);
        let is_for_life = matches!(pieces.as_slice(), [piece] if piece.is_everything(&self.timeline));
        if is_for_life && expense.annual_growth.is_none() && expense.kind != ExpenseKind::Healthcare {
            return Ok(amount);
        }
        self.note_periods(&field, &expense.name, expense.start, expense.end, &pieces);
        let base = pieces.first().map_or(self.timeline.first_year, |piece| piece.from);
        for piece in &pieces {
            let Paid { annual_amount, inflation_linked, annual_growth } =
                paid(amount, expense.annual_growth, base, piece)?;
            let planned = RetirementExpense {
                name: self.names_of_expenses.unique(&name_of(&expense.name, piece, &pieces)),
                kind: kind(expense.kind),
                annual_amount,
                inflation_linked,
                annual_growth,
                start: piece.start(&self.timeline),
                until: piece.end(),
                essential: expense.is_essential(),
            };
            self.expenses.push(planned);
        }
        Ok(Decimal::ZERO)
    }

    fn pay_once(&mut self, field: &str, expense: &Expense, amount: Decimal) {
        let Some(day) = expense.start else { return };
        self.note_once(field, &expense.name, day);
        let Some(at) = self.timeline.once(day) else { return };
        let sum = RetirementLumpSum {
            name: self.names_of_lump_sums.unique(&expense.name),
            amount: gate::to_f64(amount.negated()),
            inflation_linked: expense.annual_growth.is_none(),
            at: year(at),
            taxable_share: 0.0,
            spend: false,
            essential: expense.is_essential(),
        };
        self.lump_sums.push(sum);
    }

    /// The premiums of insurance policies, which do not rise, and what is not planned about the policies.
    pub(super) fn insurance(&mut self) -> Result<()> {
        for (index, policy) in self.household.insurance.iter().enumerate() {
            let field = format!("insurance[{index}]");
            let premium = policy.premium_annual.unwrap_or_default();
            let amount = self.in_base(premium, policy.currency).at_index("insurance", index)?;
            if !amount.is_zero() {
                self.foreign(&field, policy.currency);
                // A policy that is surrendered has no premiums from the year of the surrender on.
                let surrendered = policy.sale.as_ref().map(|sale| sale.date.year());
                let pieces = self.timeline.pieces(None, policy.end);
                self.note_periods(&field, &policy.name, None, policy.end, &pieces);
                for piece in &pieces {
                    if surrendered.is_some_and(|year| year <= piece.from) {
                        continue;
                    }
                    let until = match (piece.until, surrendered) {
                        (Some(until), Some(surrendered)) => Some(until.min(surrendered)),
                        (until, surrendered) => until.or(surrendered),
                    };
                    let Paid { annual_amount, .. } = paid(amount, Some(0.0), piece.from, piece)?;
                    let name = name_of(&format!("{}: premium", policy.name), piece, &pieces);
                    let planned = RetirementExpense {
                        name: self.names_of_expenses.unique(&name),
                        kind: RetirementExpenseKind::Other,
                        annual_amount,
                        inflation_linked: false,
                        annual_growth: 0.0,
                        start: piece.start(&self.timeline),
                        until: until.map(year),
                        essential: true,
                    };
                    self.expenses.push(planned);
                }
                if policy.end.is_none() && surrendered.is_none() && ends_usually(policy.kind) {
                    self.assumed.add(
                        format!("{field}.end"),
                        format!("the premium of {} is paid to the end of the plan", policy.name),
                        "the last day of the cover",
                    );
                }
            }
            if policy.death_benefit.is_some_and(|benefit| !benefit.is_zero()) {
                self.assumed.add(
                    format!("{field}.deathBenefit"),
                    format!("the plan does not count on the death benefit of {}", policy.name),
                    "leave it out, or add an income of the survivor",
                );
            }
        }
        Ok(())
    }
}

fn kind(kind: ExpenseKind) -> RetirementExpenseKind {
    match kind {
        ExpenseKind::Healthcare => RetirementExpenseKind::Health,
        ExpenseKind::Housing => RetirementExpenseKind::Housing,
        _ => RetirementExpenseKind::Other,
    }
}

/// Whether insurance of a kind usually ends in life.
fn ends_usually(kind: InsuranceKind) -> bool {
    matches!(kind, InsuranceKind::TermLife | InsuranceKind::Disability)
}
