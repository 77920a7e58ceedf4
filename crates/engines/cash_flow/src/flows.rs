//! The classified parts of a ledger's transactions, and what the engines of this package look up about them.

use std::{
    cell::{Cell, OnceCell},
    collections::BTreeMap,
};

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::Control,
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding},
    order,
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
    /// The transactions by date, account and id, as the flows are, once one is looked for: half of the engines look for none.
    in_order: OnceCell<Vec<&'l LedgerTransaction>>,
    /// The place of the one that was found last. Flows are mostly looked at in their order, so the next is near it.
    last: Cell<usize>,
    /// The transactions by id, once the other end of a transfer is looked for.
    by_id: OnceCell<BTreeMap<&'l str, &'l LedgerTransaction>>,
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
        let (in_order, last, by_id) = (OnceCell::new(), Cell::new(0), OnceCell::new());
        Ok(Self { all, currency: ledger.currency, written, in_order, last, by_id, accounts })
    }

    /// The transaction of a flow.
    #[expect(clippy::expect_used, reason = "a flow is a part of a transaction of the ledger")]
    fn transaction(&self, flow: &ClassifiedFlow) -> &'l LedgerTransaction {
        let in_order = self.in_order.get_or_init(|| in_order(self.written));
        let last = self.last.get();
        let is_at = |place: &usize| in_order.get(*place).is_some_and(|one| one.id == flow.transaction);
        let place = [last, last + 1].into_iter().find(is_at).or_else(|| {
            let wanted = (flow.date, flow.account.as_str(), flow.transaction.as_str());
            in_order.binary_search_by(|one| key(one).cmp(&wanted)).ok()
        });
        let place = place.expect("the transaction of a flow is in the ledger");
        self.last.set(place);
        in_order.get(place).copied().expect("the place is that of a transaction")
    }

    /// The account at the other end of a transfer, if that was found.
    pub(crate) fn other_account(&self, flow: &ClassifiedFlow) -> Option<&'l LedgerAccount> {
        let by_id = || self.written.iter().map(|one| (one.id.as_str(), one)).collect();
        let other = self.by_id.get_or_init(by_id).get(flow.counterpart.as_deref()?)?;
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

/// Transactions in the order of the flows that they have.
fn in_order(written: &[LedgerTransaction]) -> Vec<&LedgerTransaction> {
    let mut all: Vec<&LedgerTransaction> = written.iter().collect();
    order::sort_by(&mut all, |one, other| key(one).cmp(&key(other)));
    all
}

fn key(transaction: &LedgerTransaction) -> (Date, &str, &str) {
    (transaction.date, &transaction.account, &transaction.id)
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
