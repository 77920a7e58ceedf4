//! Transactions.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// A transaction of an account, as its source states it.
///
/// In the store it is a row of `transactions`: `account` is `account_id`, `date` is `transaction_date`, `settlementDate` is
/// `post_date`, `amount`, `description`, `category` and `tags` have columns of their names, `type` is `transaction_type`,
/// `payee` is `merchant_name`, and the rest is kept in `metadata`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerTransaction {
    /// The id, unique in the ledger. What reads a file makes it a fingerprint of what the source states, so that the same
    /// transaction has the same id in every file.
    #[wire(length = 1..=100)]
    pub id: String,
    /// The id of the account.
    #[wire(length = 1..=100)]
    pub account: String,
    /// The date that the source has written: of a trade, the trade date. It has no time and no zone.
    pub date: Date,
    /// The day of posting or settlement, if the source states it.
    #[wire(omit)]
    pub settlement_date: Option<Date>,
    /// What the cash of the account changes by: positive if it comes in, 0 for a movement of shares alone. For a card or a
    /// loan, a purchase or a draw is negative and a payment positive. Fees are included.
    pub amount: Decimal,
    /// The currency of the amount, if it is not the account's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// What the source says it is.
    pub r#type: LedgerTransactionType,
    /// The text of the source.
    pub description: String,
    /// Who was paid or who paid, if the source says so beside the description.
    #[wire(omit)]
    pub payee: Option<String>,
    /// A memo or a note.
    #[wire(omit)]
    pub memo: Option<String>,
    /// The number of the check.
    #[wire(omit)]
    pub check_number: Option<String>,
    /// The category that the source gives.
    #[wire(omit)]
    pub category: Option<String>,
    /// The merchant category code (ISO 18245), four digits.
    #[wire(omit, length = 4..=4)]
    pub merchant_category_code: Option<String>,
    /// The id of the security.
    #[wire(omit, length = 1..=100)]
    pub security: Option<String>,
    /// The change in the number of shares: positive if they come in.
    #[wire(omit)]
    pub quantity: Option<Decimal>,
    /// The price of a share, at least zero.
    #[wire(omit, range = 0..)]
    pub price: Option<Decimal>,
    /// Commissions and fees, which are part of the amount; at least zero.
    #[wire(omit, range = 0..)]
    pub fees: Option<Decimal>,
    /// The number of shares before a split for `splitTo` after it. Only of a split, and with `splitTo`.
    #[wire(omit, above = 0)]
    pub split_from: Option<Decimal>,
    /// The number of shares after a split for `splitFrom` before it.
    #[wire(omit, above = 0)]
    pub split_to: Option<Decimal>,
    /// The parts of the amount, whose sum it is. A reinvested dividend has two that cancel: the income and what it bought.
    #[wire(default, omit, length = ..=1_000)]
    pub splits: Vec<LedgerSplit>,
    /// The other account of a transfer, as the source names it.
    #[wire(omit)]
    pub transfer_account: Option<String>,
    /// The balance of the account after the transaction, if the source states it.
    #[wire(omit)]
    pub balance: Option<Decimal>,
    /// The source's own reference, such as the FITID of OFX.
    #[wire(omit)]
    pub reference: Option<String>,
    /// Tags or labels.
    #[wire(default, omit, length = ..=100)]
    pub tags: Vec<String>,
    /// Where it stands in its source.
    #[wire(omit)]
    pub source: Option<LedgerSource>,
}

/// A part of a transaction's amount.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LedgerSplit {
    /// The part, with the sign of the transaction's amounts.
    pub amount: Decimal,
    /// Its category.
    #[wire(omit)]
    pub category: Option<String>,
    /// Its memo.
    #[wire(omit)]
    pub memo: Option<String>,
    /// The other account, if the part is a transfer.
    #[wire(omit)]
    pub transfer_account: Option<String>,
}

/// The place of a record in its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LedgerSource {
    /// The number of the row or record, counted from 1.
    #[wire(range = 1..)]
    pub row: u32,
    /// The number of the line on which it starts, counted from 1.
    #[wire(omit, range = 1..)]
    pub line: Option<u32>,
}

/// What a source says that a transaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum LedgerTransactionType {
    /// Money that comes in.
    Deposit,
    /// Money that goes out, other than for a purchase.
    Withdrawal,
    /// A purchase from a merchant.
    Purchase,
    /// A payment: of a bill, by check, or of a card's balance.
    Payment,
    /// Money that a merchant returns.
    Refund,
    /// A transfer between accounts.
    Transfer,
    /// A fee.
    Fee,
    /// Interest, received or paid.
    Interest,
    /// A dividend.
    Dividend,
    /// Income that buys shares, or the purchase of shares with income.
    Reinvestment,
    /// A purchase of a security.
    Buy,
    /// A sale of a security that is held.
    Sell,
    /// A short sale.
    SellShort,
    /// A purchase that closes a short position.
    Cover,
    /// A split of shares.
    Split,
    /// A return of capital.
    ReturnOfCapital,
    /// A capital gain that a fund distributes.
    CapitalGainDistribution,
    /// A tax that is paid.
    Tax,
    /// A tax that is withheld.
    Withholding,
    /// A contribution to a retirement, education or health account.
    Contribution,
    /// A distribution from such an account.
    Distribution,
    /// Shares that come in or go out without a trade.
    SecurityTransfer,
    /// The exercise of an option.
    OptionExercise,
    /// The assignment of an option.
    OptionAssignment,
    /// The expiry of an option.
    OptionExpiry,
    /// A security that gets another symbol.
    SymbolChange,
    /// A merger or another exchange of securities.
    Merger,
    /// Shares of a subsidiary that a company distributes.
    SpinOff,
    /// A reward: cash back, a bonus, or what staking earns.
    Reward,
    /// Anything else.
    Other,
}

impl LedgerTransactionType {
    /// Whether shares come in: a purchase, a reinvestment or the closing of a short position.
    #[must_use]
    pub fn acquires(self) -> bool {
        matches!(self, Self::Buy | Self::Reinvestment | Self::Cover)
    }

    /// Whether shares go out: a sale, long or short.
    #[must_use]
    pub fn disposes(self) -> bool {
        matches!(self, Self::Sell | Self::SellShort)
    }
}
