//! The classified parts of a ledger's transactions, and what the engines of this package look up about them.

use std::{cell::OnceCell, collections::BTreeMap};

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Control,
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
};
use wherewithal_classification::{ClassifiedFlow, ClassifyInput, FlowClass, classify};
use wherewithal_household::LiabilityKind;
use wherewithal_ledger::{LedgerAccount, LedgerTransaction};

/// A ledger whose transactions are classified.
pub(crate) struct Flows<'l> {
    /// The parts, in the order of the classification.
    pub(crate) all: Vec<ClassifiedFlow>,
    /// The currency of accounts that state none.
    currency: Currency,
    written: &'l [LedgerTransaction],
    /// The transactions by id, once one is looked for: half of the engines look for none.
    transactions: OnceCell<BTreeMap<&'l str, &'l LedgerTransaction>>,
    accounts: BTreeMap<&'l str, &'l LedgerAccount>,
}

impl<'l> Flows<'l> {
    /// Classifies a ledger; errors are at `ledger`.
    pub(crate) fn of(ledger: &'l ClassifyInput, control: &Control<'_>) -> Result<Self> {
        let mut all = classify(ledger, control).at("ledger")?.flows;
        for flow in &mut all {
            // Amounts have at least the decimal places of their currency, as the answers do.
            flow.amount = with_places(flow.amount, flow.currency);
        }
        let accounts = ledger.accounts.iter().map(|one| (one.id.as_str(), one)).collect();
        let written = &ledger.transactions;
        Ok(Self { all, currency: ledger.currency, written, transactions: OnceCell::new(), accounts })
    }

    /// The transaction of a flow.
    #[expect(clippy::expect_used, reason = "a flow is a part of a transaction of the ledger")]
    fn transaction(&self, flow: &ClassifiedFlow) -> &'l LedgerTransaction {
        let by_id = || self.written.iter().map(|one| (one.id.as_str(), one)).collect();
        self.transactions
            .get_or_init(by_id)
            .get(flow.transaction.as_str())
            .expect("the transaction of a flow is in the ledger")
    }

    /// The account at the other end of a transfer, if that was found.
    pub(crate) fn other_account(&self, flow: &ClassifiedFlow) -> Option<&'l LedgerAccount> {
        let by_id = || self.written.iter().map(|one| (one.id.as_str(), one)).collect();
        let other = self.transactions.get_or_init(by_id).get(flow.counterpart.as_deref()?)?;
        self.accounts.get(other.account.as_str()).copied()
    }

    /// The account with the id that a flow has, or that was found to be known.
    #[expect(clippy::expect_used, reason = "transactions name accounts of the ledger")]
    pub(crate) fn account(&self, id: &str) -> &'l LedgerAccount {
        self.accounts.get(id).expect("the account is in the ledger")
    }

    /// The currency of an account.
    pub(crate) fn currency_of(&self, account: &LedgerAccount) -> Currency {
        account.currency.unwrap_or(self.currency)
    }

    /// The account of an id that a caller gives.
    pub(crate) fn known_account(&self, id: &str) -> Result<&'l LedgerAccount> {
        let account = self.accounts.get(id).copied();
        account.ok_or_else(|| Error::new(ErrorCode::NameUnknown, format!("no account is called {id:?}")))
    }

    /// Whether an account is a credit card.
    pub(crate) fn is_card(&self, account: &str) -> bool {
        self.account(account).liability_kind == Some(LiabilityKind::CreditCard)
    }

    /// Whether an account is a card or a loan.
    pub(crate) fn is_debt(&self, account: &str) -> bool {
        self.account(account).liability_kind.is_some()
    }

    /// The day on which the cash of a flow moved: that of settlement, or where the source states none, the day that it
    /// has written.
    pub(crate) fn settled(&self, flow: &ClassifiedFlow) -> Date {
        self.transaction(flow).settlement_date.unwrap_or(flow.date)
    }

    /// Who is paid or pays: the merchant, or the text of the source where there is none.
    pub(crate) fn name<'f>(&'f self, flow: &'f ClassifiedFlow) -> &'f str {
        match &flow.merchant {
            Some(merchant) => merchant.trim(),
            None => {
                let transaction = self.transaction(flow);
                transaction.payee.as_ref().unwrap_or(&transaction.description).trim()
            }
        }
    }
}

/// Whether a class is income or spending, and not a movement between accounts, with lenders or into securities.
pub(crate) fn is_earned_or_spent(class: FlowClass) -> bool {
    matches!(class, FlowClass::Income | FlowClass::Interest | FlowClass::Dividend) || is_spending(class)
}

/// Whether a class is spending, or spending that comes back.
pub(crate) fn is_spending(class: FlowClass) -> bool {
    matches!(
        class,
        FlowClass::Expense
            | FlowClass::Refund
            | FlowClass::Fee
            | FlowClass::Tax
            | FlowClass::Withholding
            | FlowClass::InterestPaid
    )
}

/// Zero with the decimal places of a currency, so that a sum to which nothing is added has them too.
pub(crate) fn zero(currency: Currency) -> Result<Decimal> {
    Decimal::new(0, currency.decimal_places().unwrap_or(0))
}

/// An amount with at least the decimal places of a currency; none is lost.
pub(crate) fn with_places(amount: Decimal, currency: Currency) -> Decimal {
    match currency.decimal_places() {
        Some(places) if amount.scale() < places => amount.round(places, Rounding::HalfEven),
        _ => amount,
    }
}
