//! What net worth is computed from: a ledger, and the prices, rates and values of its time.

use wherewithal_base::{
    dates::Date,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};
use wherewithal_classification::ClassifyInput;
use wherewithal_household::{AssetCategory, ExchangeRate, TaxTreatment};
use wherewithal_ledger::{CashDate, LedgerPrice, StatedBalance, StatedPosition};

/// Days after which a price is stale, if the input does not say: over a long weekend a price is seven days old at most.
fn stale_after() -> u32 {
    7
}

/// A ledger with everything that gives it a value.
///
/// Every amount of cash and every number of shares follows from the transactions. What statements state beside them
/// anchors both: before the first stated balance of an account they are worked back from it, and where a later one
/// differs from the transactions, the difference is an adjustment of its day, which the answer lists. The `balance` of a
/// transaction is such a statement, unless `balances` has one of its day.
#[derive(Debug, Clone, Wire)]
pub struct NetWorthBooks {
    /// The accounts, the securities and the transactions, with the rules and corrections by which they are classified: the
    /// input of `classification.classify`.
    pub ledger: ClassifyInput,
    /// The currency of all totals.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Balances that statements state, each at the end of its day and in a currency; negative for what is owed. Those of the
    /// kind `available` include a limit of credit and are not used.
    #[wire(default, omit, length = ..=200_000)]
    pub balances: Vec<StatedBalance>,
    /// Positions that statements state, each with its date, at whose end it holds. Those of one account, security and day are added up. A
    /// value or a price in it is also a price of the security on that day.
    #[wire(default, omit, length = ..=200_000)]
    pub positions: Vec<StatedPosition>,
    /// The day of positions that have none of their own. Without it, they are refused.
    #[wire(omit)]
    pub positions_as_of: Option<Date>,
    /// The day from which a transaction counts in balances of cash, as for `ledger.prove`. Between that day and its date, what it moves is
    /// under way; net worth and shares always go by the date.
    #[wire(default, omit)]
    pub cash_date: CashDate,
    /// Prices of securities, as they were on their day: not adjusted for later splits, by whose ratio they are divided from the
    /// day of the split on. One for a security and a day, and all of a security in one currency.
    #[wire(default, omit, length = ..=1_000_000)]
    pub prices: Vec<LedgerPrice>,
    /// Exchange rates into `currency`; one for a currency and a day. Others are not used, and none is inverted.
    #[wire(default, omit, length = ..=200_000)]
    pub exchange_rates: Vec<ExchangeRate>,
    /// What is owned beside the accounts: property, private funds, businesses, cash values of insurance, receivables.
    #[wire(default, omit, length = ..=10_000)]
    pub assets: Vec<ValuedAsset>,
    /// The values of those assets; one for an asset and a day.
    #[wire(default, omit, length = ..=100_000)]
    pub valuations: Vec<AssetValuation>,
    /// Who owns an account or an asset, and owes a debt. What is not listed is held jointly.
    #[wire(default, omit, length = ..=10_000)]
    pub owners: Vec<OwnedBy>,
    /// A price or an exchange rate that is older than so many days is reported as stale, 0 to 3,660. It is used all the same.
    #[wire(default = stale_after, range = 0..=3_660)]
    pub stale_after_days: u32,
}

/// An asset that has a stated value instead of transactions.
///
/// It counts from its first valuation or payment on. A payment for it raises its value and one that it makes lowers it,
/// until the next valuation says what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ValuedAsset {
    /// The id, 1 to 100 characters; no account and no other asset has it.
    #[wire(length = 1..=100)]
    pub id: String,
    /// The name, at most 200 characters.
    #[wire(omit, length = 1..=200)]
    pub name: Option<String>,
    /// The category in a statement.
    pub category: AssetCategory,
    /// The currency of its values; absent for the currency of all totals.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// Whether it can be turned into cash within days without a penalty.
    #[wire(default)]
    pub liquid: bool,
    /// How its growth is taxed.
    #[wire(omit)]
    pub tax_treatment: Option<TaxTreatment>,
    /// What its value is reduced by because it cannot be sold at once, as a fraction from 0 to 1.
    #[wire(share, omit, range = 0..=1)]
    pub illiquidity_discount: Option<Decimal>,
    /// What a private fund may still call, in its currency; at least zero. It is reported beside the totals.
    #[wire(omit, range = 0..)]
    pub unfunded_commitment: Option<Decimal>,
    /// The ids of the transactions that paid for it, or that it paid: a purchase, capital calls and distributions of a fund,
    /// a sum that was lent and what came back of it. They move money between the account and the asset, and are neither
    /// spending nor income; interest and dividends among them are income of the asset.
    #[wire(default, omit, length = ..=10_000)]
    pub transactions: Vec<String>,
}

/// The value of an asset on a day.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AssetValuation {
    /// The id of the asset.
    #[wire(length = 1..=100)]
    pub asset: String,
    /// The day, at whose end it holds.
    pub date: Date,
    /// The value of the whole, before a discount, in the currency of the asset; at least zero.
    #[wire(range = 0..)]
    pub value: Decimal,
}

/// Who owns an account or an asset.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct OwnedBy {
    /// The id of the account or the asset.
    #[wire(length = 1..=100)]
    pub id: String,
    /// The owners. The shares of an account add up to exactly 1. Those of an asset may add up to less: what others own is no part
    /// of net worth, and what is paid for it is in `revaluation`.
    #[wire(length = 1..=100)]
    pub owners: Vec<OwnerShare>,
}

/// The share of an owner.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct OwnerShare {
    /// The id or name of the person, at most 100 characters.
    #[wire(length = 1..=100)]
    pub person: String,
    /// The share as a fraction, above 0 and at most 1.
    #[wire(share, above = 0, range = ..=1)]
    pub share: Decimal,
}
