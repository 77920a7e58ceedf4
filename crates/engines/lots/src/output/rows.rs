//! The rows.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

use crate::{BasisRule, HoldingTerm};

/// The lots of a household and everything that was sold from them.
///
/// `lots` are what is left, `disposals` what was sold, one row for each lot that a sale took from. What was paid in is what
/// came out, to the last digit: the cost of `lots` and of `given`, the proceeds less the gains of `disposals`, distributions
/// less their gains, and losses that are gone for good add up to the cost of all purchases. Of a gift that is sold below the
/// donor's basis, only the part that counts against the proceeds is cost. Gains on distributions in accounts that are not
/// taxed are not listed.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotBook {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The lots that are left, by account in the order of the list, then by security and day of acquisition.
    pub lots: Vec<OpenLot>,
    /// What is sold short and not closed, by account, security and day.
    pub short_positions: Vec<ShortPosition>,
    /// What was sold, in the order of the sales.
    pub disposals: Vec<LotDisposal>,
    /// The losses that wash sales disallow, in the order in which they were found.
    pub wash_sales: Vec<WashSale>,
    /// Losses that may not count although the figures let them, by reason and in the order of the sales; absent if there are
    /// none. They change no figure.
    #[wire(default, omit)]
    pub probable_wash_sales: Vec<ProbableWashSale>,
    /// Distributions above the basis of a lot.
    pub distribution_gains: Vec<DistributionGainRow>,
    /// Shares that were given away, one row for each lot that a gift took from.
    pub given: Vec<GivenShares>,
    /// The tax years in which a taxable account has a sale, a gain on a distribution or a dividend, in their order.
    pub years: Vec<LotYear>,
}

/// A lot: shares of one purchase with the same cost and the same holding period.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct OpenLot {
    /// The id: that of its purchase, and `#` and a number for a part that was set apart. Shares that replace others are set
    /// apart, in the order of the matches; only a purchase of which all that is left replaces earlier sales when it is made
    /// keeps its id. Of the parts of a purchase, the rest comes first, then they in their order.
    pub id: String,
    /// The account; absent in a book without accounts, and where the lots of all accounts stand together (`scope`).
    #[wire(omit)]
    pub account: Option<String>,
    /// The security.
    pub security: String,
    /// The day of the purchase.
    pub acquisition_date: Date,
    /// The day from which the holding period is counted, if it is another: a wash sale or a gift made it earlier.
    #[wire(omit)]
    pub held_since: Option<Date>,
    /// The number of shares, or of contracts.
    pub quantity: Decimal,
    /// The exact number as a fraction, such as `47/7`, if it is no decimal; `quantity` is then rounded to 18 places.
    #[wire(omit)]
    pub quantity_fraction: Option<String>,
    /// The cost of a share, rounded half to even to 4 decimal places.
    pub cost_per_share: Decimal,
    /// The cost of all shares.
    pub total_cost: Decimal,
    /// The basis of all shares if they are sold at a loss, where it is another: of a gift that was worth less than the donor's
    /// basis, which `totalCost` is.
    #[wire(omit)]
    pub loss_basis: Option<Decimal>,
    /// The cost of all shares in the currency of the security, if that is another.
    #[wire(omit)]
    pub foreign_cost: Option<ForeignAmount>,
}

/// Shares that are owed, because they were sold short, or an option that was written.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ShortPosition {
    /// The id: that of its short sale, and `#` and a number for a part that was set apart.
    pub id: String,
    /// The account; absent in a book without accounts, and where the lots of all accounts stand together (`scope`).
    #[wire(omit)]
    pub account: Option<String>,
    /// The security.
    pub security: String,
    /// The day of the short sale.
    pub date: Date,
    /// The number of shares, or of contracts.
    pub quantity: Decimal,
    /// The exact number as a fraction if it is no decimal.
    #[wire(omit)]
    pub quantity_fraction: Option<String>,
    /// What all of them brought, less disallowed losses of short sales that they replace.
    pub proceeds: Decimal,
    /// Whether a loss would be long-term, because the same shares were held for more than one year at the short sale.
    pub long_term_loss: bool,
    /// What all of them brought in the currency of the security, if that is another.
    #[wire(omit)]
    pub foreign_proceeds: Option<ForeignAmount>,
}

/// Shares of one lot that were sold.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotDisposal {
    /// The place of the event in the list, counted from 0.
    pub event: u32,
    /// The id of the lot; of a short sale that a purchase closes, its own.
    pub lot: String,
    /// The account; absent in a book without accounts, and where the lots of all accounts stand together (`scope`).
    #[wire(omit)]
    pub account: Option<String>,
    /// The security.
    pub security: String,
    /// The day of the purchase; of a short sale, that of the purchase that closes it.
    pub acquisition_date: Date,
    /// The day of the sale; of a short sale, the day on which it is closed.
    pub sale_date: Date,
    /// The day on which shares were sold short.
    #[wire(omit)]
    pub short_sale_date: Option<Date>,
    /// The number of shares.
    pub quantity: Decimal,
    /// The exact number as a fraction if it is no decimal.
    #[wire(omit)]
    pub quantity_fraction: Option<String>,
    /// What the shares brought, less their part of the fees.
    pub proceeds: Decimal,
    /// What they cost.
    pub cost: Decimal,
    /// The loss that a wash sale disallows, at least zero.
    pub disallowed_loss: Decimal,
    /// The gain that counts, negative for a loss: proceeds less cost plus `disallowedLoss`.
    pub gain: Decimal,
    /// Whether the gain is short-term or long-term, or 60 % and 40 % of both.
    pub term: HoldingTerm,
    /// Whether gains of the account are taxed. If not, the row is in no total.
    pub taxable: bool,
    /// By which rule the shares count as sold.
    pub rule: BasisRule,
    /// The gain in parts, if the security is in another currency. They add up to proceeds less cost.
    #[wire(omit)]
    pub foreign: Option<ForeignGain>,
}

/// An amount in the currency of a security.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ForeignAmount {
    /// The currency.
    pub currency: Currency,
    /// The amount.
    pub amount: Decimal,
}

/// A gain on a security in another currency: what it is there, and what of it is due to the price, to the currency, and to
/// both.
///
/// With F0 and F1 for cost and proceeds in the currency of the security, and e0 and e1 for the exchange rates at which they
/// were converted, the gain in the currency of the book is (F1 − F0) × e0 + F0 × (e1 − e0) + (F1 − F0) × (e1 − e0). Where
/// amounts of several rates came together, such as in an average cost, e0 is the cost in the currency of the book divided by
/// that in the other. The second and the third part are rounded half to even, and the first is the rest, so that the three
/// add up. What cost nothing in its own currency gains by its price alone. Of a short sale, which begins with the proceeds, F0
/// and e0 are those of the proceeds, F1 and e1 those of the cost, and the signs are the opposite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ForeignGain {
    /// The currency of the security.
    pub currency: Currency,
    /// What the shares brought, or are worth, in that currency.
    pub proceeds: Decimal,
    /// What they cost in it.
    pub cost: Decimal,
    /// What the change of the price gained, at the first rate, in the currency of the book.
    pub price_part: Decimal,
    /// What the change of the rate gained, at the first price, in the currency of the book.
    pub currency_part: Decimal,
    /// What the change of the rate gained on the change of the price, in the currency of the book.
    pub cross_part: Decimal,
}

/// A loss that is disallowed because the shares were replaced.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct WashSale {
    /// The place of the disposal in `disposals`, counted from 0.
    pub disposal: u32,
    /// The id of the lot that replaces the shares.
    pub replacement: String,
    /// The number of shares that it replaces.
    pub quantity: Decimal,
    /// The exact number as a fraction if it is no decimal.
    #[wire(omit)]
    pub quantity_fraction: Option<String>,
    /// The loss, at least zero: it is zero if so few shares are replaced that their loss is rounded to nothing.
    pub disallowed_loss: Decimal,
    /// Whether the loss is gone for good, because the replacement is in an account whose gains are not taxed. Otherwise it
    /// is part of the cost of the replacement.
    pub permanent: bool,
    /// The loss in the currency of the security, if that is another, which the cost of the replacement there takes over; below
    /// zero for a gain.
    #[wire(omit)]
    pub foreign_loss: Option<ForeignAmount>,
}

/// A loss that may not count, although the figures let it.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ProbableWashSale {
    /// Why it may not count.
    pub reason: ProbableWashSaleReason,
    /// The place of the disposal in the `disposals` of `lots.book`, counted from 0.
    pub disposal: u32,
    /// The id of the lot that stands against it: the one that was bought, or of which shares were sold.
    pub lot: String,
    /// The account of that lot; absent in a book without accounts, and where the lots of all accounts stand together (`scope`).
    #[wire(omit)]
    pub account: Option<String>,
    /// The security of that lot.
    pub security: String,
    /// The day of the purchase, or of the sale.
    pub date: Date,
    /// The number of shares that stand against the loss, rounded half to even to 18 decimal places.
    pub quantity: Decimal,
    /// The loss of so many shares, at least zero: what would be disallowed beside what is.
    pub loss: Decimal,
    /// Whether the loss would be gone for good, because gains in the account of the purchase are not taxed (Rev. Rul. 2008-5).
    pub permanent: bool,
}

/// Why a loss may not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum ProbableWashSaleReason {
    /// A security was bought within 30 days that is probably substantially identical to the one sold (IRC 1091(a)).
    ProbablyIdentical,
    /// Shares of the same were sold within 30 days of the closing of a short sale (IRC 1091(e)(1)).
    SoldAroundClosing,
    /// Shares that closed a short sale count as sold on its day (Reg. 1.1091-1(g)), and shares were bought within 30 days of that
    /// day, but left before the closing, so that no basis can rise (IRC 1091(d)).
    LeftBeforeClosing,
}

/// What a distribution paid above the basis of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct DistributionGainRow {
    /// The place of the event in the list, counted from 0.
    pub event: u32,
    /// The id of the lot.
    pub lot: String,
    /// The day of the payment.
    pub date: Date,
    /// The gain, above zero.
    pub gain: Decimal,
    /// Whether it is short-term or long-term.
    pub term: HoldingTerm,
    /// The gain in parts, if the security is in another currency: of what was paid, and of the cost that it used up.
    #[wire(omit)]
    pub foreign: Option<ForeignGain>,
}

/// Shares of one lot that were given away.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct GivenShares {
    /// The place of the event in the list, counted from 0.
    pub event: u32,
    /// The id of the lot.
    pub lot: String,
    /// The account; absent in a book without accounts, and where the lots of all accounts stand together (`scope`).
    #[wire(omit)]
    pub account: Option<String>,
    /// The security.
    pub security: String,
    /// The day of the gift.
    pub date: Date,
    /// The day from which the holding period is counted.
    pub held_since: Date,
    /// The number of shares.
    pub quantity: Decimal,
    /// The exact number as a fraction if it is no decimal.
    #[wire(omit)]
    pub quantity_fraction: Option<String>,
    /// What they cost: the basis that the donee takes over, or that limits the deduction of a gift to charity of shares held
    /// short-term.
    pub cost: Decimal,
    /// Whether they were held short-term or long-term.
    pub term: HoldingTerm,
    /// Whether a charity received them.
    pub to_charity: bool,
    /// What they cost in the currency of the security, if that is another.
    #[wire(omit)]
    pub foreign_cost: Option<ForeignAmount>,
}

/// A tax year in taxable accounts.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotYear {
    /// The year. In the United Kingdom, whose tax years run from 6 April to 5 April, the one in which it begins: 2024 for
    /// 2024/25. In Canada the calendar year, as in the United States.
    pub year: i32,
    /// Short-term sales and gains on distributions, and 40 % of section 1256 contracts.
    pub short_term: TermTotals,
    /// Long-term ones, and 60 % of section 1256 contracts.
    pub long_term: TermTotals,
    /// Dividends, reinvested ones included.
    pub dividends: Decimal,
}

/// Totals of a year, short-term or long-term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct TermTotals {
    /// Proceeds of sales, and what distributions paid above the basis.
    pub proceeds: Decimal,
    /// Cost of what was sold.
    pub cost: Decimal,
    /// Losses that wash sales disallow.
    pub disallowed_loss: Decimal,
    /// The gain, negative for a loss: proceeds less cost plus disallowed losses.
    pub gain: Decimal,
}
