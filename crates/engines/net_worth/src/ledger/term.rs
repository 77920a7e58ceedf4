//! What changes net worth.

use wherewithal_base::{Result, num::Decimal, wire::Wire};
use wherewithal_classification::FlowClass;

use super::tables::shown;

/// What a change of net worth comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum NetWorthTerm {
    /// Income less expenses, as the accounts see it that are no debts: what is paid on debts is taken off, and what is borrowed
    /// is added.
    Saving,
    /// What payments take off debts, less what is borrowed or charged to them.
    DebtRepaid,
    /// Interest and dividends.
    Income,
    /// Prices: what positions gained beside what went into them.
    Market,
    /// Exchange rates.
    Currency,
    /// Fees, those of trades included; negative.
    Fees,
    /// Taxes, what is withheld included; negative.
    Taxes,
    /// Gifts, inheritances, and what comes from or goes to accounts outside the ledger.
    External,
    /// Movements between positions and accounts; zero in the household.
    Transfers,
    /// Valuations of assets, and statements that differ from the transactions.
    Revaluation,
}

/// A change, by what it comes from: the terms add up to it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub struct NetWorthTerms {
    /// Income less expenses, as the accounts see it that are no debts: what is paid on debts is taken off, and what is borrowed
    /// is added. With `debtRepaid` it is income less spending, the interest on debts included.
    pub saving: Decimal,
    /// What payments take off debts, less what is borrowed or charged to them.
    pub debt_repaid: Decimal,
    /// Interest and dividends.
    pub income: Decimal,
    /// Prices: what positions gained beside what went into them, in the currency of the position, converted at the last rate.
    pub market: Decimal,
    /// Exchange rates, with what rounding leaves; exactly 0 of a position in the currency of all totals, except for what a transfer from
    /// another currency gained or lost on the day's rate.
    pub currency: Decimal,
    /// Fees, those of trades included; negative.
    pub fees: Decimal,
    /// Taxes, what is withheld included; negative.
    pub taxes: Decimal,
    /// Gifts, inheritances, and what comes from or goes to accounts outside the ledger.
    pub external: Decimal,
    /// Movements between positions, accounts and persons; exactly 0 in the household.
    pub transfers: Decimal,
    /// Valuations of assets, statements that differ from the transactions, and what securities gained that had no price at one end or
    /// when shares of them moved.
    pub revaluation: Decimal,
}

impl NetWorthTerm {
    /// All terms.
    pub(super) const ALL: [Self; 10] = [
        Self::Saving,
        Self::DebtRepaid,
        Self::Income,
        Self::Market,
        Self::Currency,
        Self::Fees,
        Self::Taxes,
        Self::External,
        Self::Transfers,
        Self::Revaluation,
    ];

    /// The term of money that comes into an account or leaves it, other than by a trade or a paired transfer.
    pub(super) fn of(class: FlowClass, debt: bool) -> Self {
        match class {
            FlowClass::Income
            | FlowClass::Expense
            | FlowClass::Refund
            | FlowClass::InterestPaid
            | FlowClass::PrincipalPaid
            | FlowClass::LoanTaken
            | FlowClass::LoanGiven
            | FlowClass::LoanRepaid => Self::earned(debt),
            FlowClass::Interest | FlowClass::Dividend => Self::Income,
            FlowClass::Fee => Self::Fees,
            FlowClass::Tax | FlowClass::Withholding => Self::Taxes,
            // The other end is not in the ledger.
            FlowClass::Transfer | FlowClass::ExternalFlow | FlowClass::Trade | FlowClass::CorporateAction => {
                Self::External
            }
        }
    }

    /// What is earned or spent, in an account or by a debt.
    pub(super) fn earned(debt: bool) -> Self {
        if debt { Self::DebtRepaid } else { Self::Saving }
    }
}

impl NetWorthTerms {
    pub(super) fn of(&self, term: NetWorthTerm) -> Decimal {
        match term {
            NetWorthTerm::Saving => self.saving,
            NetWorthTerm::DebtRepaid => self.debt_repaid,
            NetWorthTerm::Income => self.income,
            NetWorthTerm::Market => self.market,
            NetWorthTerm::Currency => self.currency,
            NetWorthTerm::Fees => self.fees,
            NetWorthTerm::Taxes => self.taxes,
            NetWorthTerm::External => self.external,
            NetWorthTerm::Transfers => self.transfers,
            NetWorthTerm::Revaluation => self.revaluation,
        }
    }

    pub(super) fn add(&mut self, term: NetWorthTerm, amount: Decimal) -> Result<()> {
        let place = match term {
            NetWorthTerm::Saving => &mut self.saving,
            NetWorthTerm::DebtRepaid => &mut self.debt_repaid,
            NetWorthTerm::Income => &mut self.income,
            NetWorthTerm::Market => &mut self.market,
            NetWorthTerm::Currency => &mut self.currency,
            NetWorthTerm::Fees => &mut self.fees,
            NetWorthTerm::Taxes => &mut self.taxes,
            NetWorthTerm::External => &mut self.external,
            NetWorthTerm::Transfers => &mut self.transfers,
            NetWorthTerm::Revaluation => &mut self.revaluation,
        };
        *place = place.plus(amount)?;
        Ok(())
    }

    pub(super) fn add_all(&mut self, other: &Self) -> Result<()> {
        NetWorthTerm::ALL.into_iter().try_for_each(|term| self.add(term, other.of(term)))
    }

    /// Each term with at least so many decimal places.
    pub(super) fn shown(&self, places: u32) -> Self {
        let shown = |value| shown(value, places);
        Self {
            saving: shown(self.saving),
            debt_repaid: shown(self.debt_repaid),
            income: shown(self.income),
            market: shown(self.market),
            currency: shown(self.currency),
            fees: shown(self.fees),
            taxes: shown(self.taxes),
            external: shown(self.external),
            transfers: shown(self.transfers),
            revaluation: shown(self.revaluation),
        }
    }

    pub(super) fn sum(&self) -> Result<Decimal> {
        Decimal::sum(NetWorthTerm::ALL.map(|term| self.of(term)))
    }
}
