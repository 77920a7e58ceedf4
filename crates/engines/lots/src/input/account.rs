//! Accounts.

use wherewithal_base::wire::Wire;
use wherewithal_household::TaxTreatment;

/// An account that holds securities. All accounts of a book belong to one household: to a person, to the spouse, or to
/// both.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotAccount {
    /// The id, by which events name the account.
    #[wire(length = 1..=100)]
    pub id: String,
    /// How the account is taxed. Gains in accounts that are not taxable are not reported, and what they buy within the
    /// window of a wash sale takes the loss away for good (Rev. Rul. 2008-5).
    pub treatment: TaxTreatment,
}
