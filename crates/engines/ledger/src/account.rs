//! Accounts.

use wherewithal_base::{money::Currency, wire::Wire};
use wherewithal_household::{AccountKind, LiabilityKind, TaxTreatment};

/// An account whose transactions are recorded: a bank, investment or retirement account, a card or a loan.
///
/// In the store it is a row of `accounts`: `name` is `account_name`, `institution` is `institution_name`, `number` is
/// `account_number_last4`, `kind` or `liabilityKind` is `account_type`, and `taxTreatment` is `tax_treatment`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerAccount {
    /// The id, by which transactions name the account; 1 to 100 characters, unique in the ledger.
    #[wire(length = 1..=100)]
    pub id: String,
    /// The name of the account, at most 200 characters.
    #[wire(omit, length = 1..=200)]
    pub name: Option<String>,
    /// The name of the institution, at most 200 characters.
    #[wire(omit, length = 1..=200)]
    pub institution: Option<String>,
    /// The last characters of the account's number, at most 4: a whole number never leaves the engine.
    #[wire(omit, length = 1..=4)]
    pub number: Option<String>,
    /// The currency of amounts without their own.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// The kind of the account, if it is an asset and the kind is known. Without `liabilityKind`.
    #[wire(omit)]
    pub kind: Option<AccountKind>,
    /// The kind of the debt, if the account is a card or a loan. Without `kind`.
    #[wire(omit)]
    pub liability_kind: Option<LiabilityKind>,
    /// How growth and withdrawals are taxed, if it differs from the kind.
    #[wire(omit)]
    pub tax_treatment: Option<TaxTreatment>,
}

impl LedgerAccount {
    /// An account of which only the id is known.
    #[must_use]
    pub fn named(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: None,
            institution: None,
            number: None,
            currency: None,
            kind: None,
            liability_kind: None,
            tax_treatment: None,
        }
    }
}
