//! The figures of a period: sums by line and category.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    comparison::comparisons,
    input::{CashFlowStatementInput, MAX_CATEGORIES},
    output::{CashFlowCategory, CashFlowFigures, CashFlowLine, CashFlowPeriod, CashFlowTable, DebtService},
    periods::Periods,
    recognition::Recognized,
};
use crate::{
    SavingsBase,
    essential::{folded, with_those_above, without_root},
    flows::zero,
    savings_rate::share_saved,
};
use wherewithal_base::{Result, check, control::Work, error::At as _, money::Currency, num::Decimal};

/// The longest name of a category of the input.
const MAX_NAME: usize = 200;

/// The categories that are essential.
pub(super) struct Essentials {
    names: BTreeSet<String>,
}

impl Essentials {
    pub(super) fn of(categories: &[String]) -> Result<Self> {
        check::length(categories.len(), 0..=MAX_CATEGORIES).at("essentialCategories")?;
        let mut names = BTreeSet::new();
        for (index, category) in categories.iter().enumerate() {
            check::text(category, MAX_NAME).at_index("essentialCategories", index)?;
            names.insert(folded(category));
        }
        Ok(Self { names })
    }

    fn hold(&self, category: &str) -> bool {
        let category = folded(category);
        let below = without_root(&category);
        with_those_above(&category).chain(with_those_above(below)).any(|name| self.names.contains(name))
    }
}

/// The sums of one currency.
pub(super) struct Table<'f> {
    pub(super) currency: Currency,
    periods: Vec<Sums<'f>>,
}

impl<'f> Table<'f> {
    pub(super) fn new(currency: Currency, periods: usize) -> Result<Self> {
        let zero = zero(currency)?;
        Ok(Self { currency, periods: (0..periods).map(|_| Sums::new(zero)).collect() })
    }

    #[expect(clippy::indexing_slicing, reason = "the period is one of the statement's")]
    pub(super) fn add(&mut self, period: usize, one: &Recognized<'f>, amount: Decimal) -> Result<()> {
        self.periods[period].add(one, amount)
    }

    pub(super) fn finish(
        self,
        periods: &Periods,
        essentials: &Essentials,
        input: &CashFlowStatementInput,
        work: &mut Work<'_, '_>,
    ) -> Result<CashFlowTable> {
        let (zero, base) = (zero(self.currency)?, input.savings_base);
        let mut total = Sums::new(zero);
        let mut rows = Vec::with_capacity(self.periods.len());
        for ((first, last), sums) in periods.days()?.into_iter().zip(&self.periods) {
            total.add_all(sums)?;
            let (figures, categories) = sums.finish(essentials, base)?;
            rows.push(CashFlowPeriod { first, last, figures, categories });
        }
        let (total, categories) = total.finish(essentials, base)?;
        let comparisons = match input.comparison {
            Some(with) => comparisons(&rows, with, zero, work)?,
            None => Vec::new(),
        };
        Ok(CashFlowTable { currency: self.currency, periods: rows, total, categories, comparisons })
    }
}

/// The sums of one period, with the sign of the cash.
struct Sums<'f> {
    zero: Decimal,
    by_category: BTreeMap<(CashFlowLine, Option<&'f str>), (Decimal, u32)>,
    refunds: Decimal,
    /// Principal that accounts other than debts paid.
    principal: Decimal,
}

impl<'f> Sums<'f> {
    fn new(zero: Decimal) -> Self {
        Self { zero, by_category: BTreeMap::new(), refunds: zero, principal: zero }
    }

    fn add(&mut self, one: &Recognized<'f>, amount: Decimal) -> Result<()> {
        let (sum, entries) = self.by_category.entry((one.line, one.category())).or_insert((self.zero, 0));
        *sum = sum.plus(amount)?;
        *entries += 1;
        if one.is_refund() {
            self.refunds = self.refunds.plus(amount)?;
        }
        if one.line == CashFlowLine::Principal && !one.in_debt {
            self.principal = self.principal.plus(amount)?;
        }
        Ok(())
    }

    fn add_all(&mut self, other: &Self) -> Result<()> {
        for (key, (amount, count)) in &other.by_category {
            let (sum, entries) = self.by_category.entry(*key).or_insert((self.zero, 0));
            *sum = sum.plus(*amount)?;
            *entries += count;
        }
        self.refunds = self.refunds.plus(other.refunds)?;
        self.principal = self.principal.plus(other.principal)?;
        Ok(())
    }

    /// The sum of a line, with the sign of the cash.
    fn line(&self, line: CashFlowLine) -> Result<Decimal> {
        let mut sum = self.zero;
        for ((_, _), (amount, _)) in
            self.by_category.range((line, None)..).take_while(|((of, _), _)| *of == line)
        {
            sum = sum.plus(*amount)?;
        }
        Ok(sum)
    }

    fn finish(
        &self,
        essentials: &Essentials,
        base: SavingsBase,
    ) -> Result<(CashFlowFigures, Vec<CashFlowCategory>)> {
        let came_in = |line| self.line(line);
        let went_out = |line| self.line(line).map(Decimal::negated);
        let (income, interest) = (came_in(CashFlowLine::Income)?, came_in(CashFlowLine::Interest)?);
        let dividends = came_in(CashFlowLine::Dividends)?;
        let total_income = income.plus(interest)?.plus(dividends)?;
        let (expenses, fees) = (went_out(CashFlowLine::Expenses)?, went_out(CashFlowLine::Fees)?);
        let (taxes, interest_paid) = (went_out(CashFlowLine::Taxes)?, went_out(CashFlowLine::InterestPaid)?);
        let total_spending = expenses.plus(fees)?.plus(taxes)?.plus(interest_paid)?;
        let saved = total_income.minus(total_spending)?;
        let share = share_saved(base, total_income, taxes, saved)?;
        let principal_paid = self.principal.negated();

        let mut categories = Vec::with_capacity(self.by_category.len());
        let (mut essential, mut discretionary, mut uncategorized) = (self.zero, self.zero, self.zero);
        for ((line, category), (sum, entries)) in &self.by_category {
            let amount = if line.is_spending() { sum.negated() } else { *sum };
            let is_essential = match category {
                Some(category) if *line == CashFlowLine::Expenses => Some(essentials.hold(category)),
                _ => None,
            };
            if *line == CashFlowLine::Expenses {
                let part = match is_essential {
                    Some(true) => &mut essential,
                    Some(false) => &mut discretionary,
                    None => &mut uncategorized,
                };
                *part = part.plus(amount)?;
            }
            categories.push(CashFlowCategory {
                line: *line,
                category: category.map(str::to_owned),
                amount,
                essential: is_essential,
                entries: *entries,
            });
        }
        let movements = [
            came_in(CashFlowLine::Transfers)?,
            came_in(CashFlowLine::Principal)?,
            came_in(CashFlowLine::LoansTaken)?,
            came_in(CashFlowLine::LoansGiven)?,
            came_in(CashFlowLine::LoansRepaid)?,
            came_in(CashFlowLine::External)?,
            came_in(CashFlowLine::Securities)?,
        ];
        let [transfers, principal, loans_taken, loans_given, loans_repaid, external, securities] = movements;
        let figures = CashFlowFigures {
            income,
            interest,
            dividends,
            total_income,
            expenses,
            refunds: self.refunds,
            essential,
            discretionary,
            uncategorized,
            fees,
            taxes,
            interest_paid,
            total_spending,
            saved,
            savings_rate: share.rate,
            savings_base: base,
            savings_base_amount: share.base_amount,
            no_rate_reason: share.no_rate_reason,
            debt_service: DebtService {
                interest: interest_paid,
                principal: principal_paid,
                total: interest_paid.plus(principal_paid)?,
            },
            transfers,
            principal,
            loans_taken,
            loans_given,
            loans_repaid,
            external,
            securities,
            change: saved.plus(Decimal::sum(movements)?)?,
        };
        Ok((figures, categories))
    }
}
