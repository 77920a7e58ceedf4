//! The events.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// What happened to securities on a day.
///
/// Events take effect by date; on one day, first by `sequence`, then in this order: corporate actions (splits, mergers,
/// spin-offs, changes of a symbol); returns of capital; dividends; acquisitions; transfers and exercises; sales, gifts and short
/// sales; the closing of short sales, assignments and expiries; marking to market. Of two that stand equal, the one that stands
/// first in the list comes first. A sale that comes before the purchases of its day takes from them what
/// it lacks. `account` may be left out in a book of one account.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
#[wire(tag = "kind")]
pub enum LotEvent {
    /// A purchase.
    Buy {
        /// The day of the trade.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The price of a share, at least zero. Either this or `amount`.
        #[wire(range = 0..)]
        price: Option<Decimal>,
        /// What all shares cost without `fees`, at least zero.
        #[wire(range = 0..)]
        amount: Option<Decimal>,
        /// Commissions and fees, which are part of the cost; at least zero.
        #[wire(default, omit, range = 0..)]
        fees: Decimal,
        /// The id of the lot, by which a sale can name it; absent for `#` and the place of the event in the list, counted from 0.
        #[wire(length = 1..=100)]
        lot: Option<String>,
        /// The price of one unit of the security's currency in that of the book, for the amounts of this event; absent for the
        /// rate of the day in `exchangeRates` of the rules. Only where the security has another currency than the book.
        #[wire(omit, above = 0)]
        exchange_rate: Option<Decimal>,
    },
    /// A dividend that is reinvested: a purchase, and income of the same amount.
    Reinvest {
        /// The day of the trade.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The dividend, which is the cost of the shares; at least zero.
        #[wire(range = 0..)]
        amount: Decimal,
        /// The id of the lot; absent for `#` and the place of the event in the list, counted from 0.
        #[wire(length = 1..=100)]
        lot: Option<String>,
        /// The price of one unit of the security's currency in that of the book, for the amounts of this event; absent for the
        /// rate of the day in `exchangeRates` of the rules. Only where the security has another currency than the book.
        #[wire(omit, above = 0)]
        exchange_rate: Option<Decimal>,
    },
    /// A dividend paid in cash. It changes no lot.
    Dividend {
        /// The day of the payment.
        date: Date,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The amount, at least zero.
        #[wire(range = 0..)]
        amount: Decimal,
        /// The price of one unit of the security's currency in that of the book, for the amounts of this event; absent for the
        /// rate of the day in `exchangeRates` of the rules. Only where the security has another currency than the book.
        #[wire(omit, above = 0)]
        exchange_rate: Option<Decimal>,
    },
    /// A sale.
    Sell {
        /// The day of the trade.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The price of a share, at least zero. Either this or `amount`.
        #[wire(range = 0..)]
        price: Option<Decimal>,
        /// What all shares brought before `fees`, at least zero.
        #[wire(range = 0..)]
        amount: Option<Decimal>,
        /// Commissions and fees, which reduce the proceeds; at least zero.
        #[wire(default, omit, range = 0..)]
        fees: Decimal,
        /// The lots that are sold, named at the time of the sale (specific identification, Reg. 1.1012-1(c)(2)); absent for
        /// those that the method selects. Their quantities add up to that of the sale.
        #[wire(default, omit, length = ..=10_000)]
        lots: Vec<LotPick>,
        /// The gain that the sale should have before a wash sale, negative for a loss: it takes the shares that come as close
        /// to it as possible. They are counted in the smallest unit that a quantity of the security needed so far: in whole
        /// shares, if all were whole. Nothing is closer if a search through the choices ends within 100,000 steps, and within
        /// 5,000,000 for all sales of the book, as it nearly always does for a few lots; otherwise a gain that is possible is
        /// missed by no more than half of what such a unit of the dearest lot costs more than one of the cheapest, and by the
        /// rounding of what parts of lots cost, a smallest unit of money for each lot at most. Without `lots`.
        target_gain: Option<Decimal>,
        /// The price of one unit of the security's currency in that of the book, for the amounts of this event; absent for the
        /// rate of the day in `exchangeRates` of the rules. Only where the security has another currency than the book.
        #[wire(omit, above = 0)]
        exchange_rate: Option<Decimal>,
    },
    /// A split, a reverse split, or a dividend in shares of the same kind: every `from` shares become `to` shares. Basis
    /// and dates stay (IRC 305(a), 307(a)).
    Split {
        /// The first day on which the new number of shares counts.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the security; in all accounts.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares before, 1 to 1,000,000.
        #[wire(range = 1..=1_000_000)]
        from: u32,
        /// The number of shares after, 1 to 1,000,000.
        #[wire(range = 1..=1_000_000)]
        to: u32,
        /// Cash paid in place of fractions of shares: they count as received and sold (Rev. Rul. 66-365), by the method of
        /// the account.
        #[wire(default, omit, length = ..=10_000)]
        cash_in_lieu: Vec<CashInLieu>,
    },
    /// A distribution that is not a dividend: it reduces the basis of each lot, and what is above the basis of a lot is a
    /// capital gain of that lot (IRC 301(c)(2) and (3)).
    ReturnOfCapital {
        /// The day of the payment.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// What is paid for all shares, at least zero.
        #[wire(range = 0..)]
        amount: Decimal,
        /// The price of one unit of the security's currency in that of the book, for the amounts of this event; absent for the
        /// rate of the day in `exchangeRates` of the rules. Only where the security has another currency than the book.
        #[wire(omit, above = 0)]
        exchange_rate: Option<Decimal>,
    },
    /// Shares that the company gives for nothing: for every `from` shares there are `bonus` further ones of the same kind. It
    /// is the split of `from` into `from` + `bonus` (IRC 305(a), 307(a)).
    BonusShares {
        /// The first day on which the new number of shares counts.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the security; in all accounts.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares before, 1 to 1,000,000.
        #[wire(range = 1..=1_000_000)]
        from: u32,
        /// The number of shares that are added, 1 to 1,000,000.
        #[wire(range = 1..=1_000_000)]
        bonus: u32,
        /// Cash paid in place of fractions of shares: they count as received and sold (Rev. Rul. 66-365), by the method of
        /// the account.
        #[wire(default, omit, length = ..=10_000)]
        cash_in_lieu: Vec<CashInLieu>,
    },
    /// A security gets another id, in all accounts: the lots go on under it.
    SymbolChange {
        /// The first day of the new id.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The new id, which no other security of the book has.
        #[wire(length = 1..=100)]
        into: String,
    },
    /// A merger or another exchange of all shares of a security, in all accounts, for shares of another, for cash, or for
    /// both.
    ///
    /// Shares for shares carry basis and dates over (IRC 354, 358(a)). If there is cash as well, the gain of each lot is
    /// recognised up to its cash and the loss of none (356(a) and (c)); gains and losses of lots are not netted. Cash alone is
    /// a sale. In a `taxable` exchange the old shares are sold for the value of the new ones, which are bought at it.
    Merger {
        /// The day of the exchange.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the security; in all accounts.
        #[wire(length = 1..=100)]
        security: String,
        /// The id of the new security; absent if there is only cash.
        #[wire(length = 1..=100)]
        into: Option<String>,
        /// The number of old shares that turn into `to` new ones, 1 to 1,000,000. Only with `into`.
        #[wire(range = 1..=1_000_000)]
        from: Option<u32>,
        /// The number of new shares, 1 to 1,000,000. Only with `into`.
        #[wire(range = 1..=1_000_000)]
        to: Option<u32>,
        /// Cash for each old share, at least zero.
        #[wire(range = 0..)]
        cash_per_share: Option<Decimal>,
        /// What a new share is worth, at least zero: needed, and only then, if there is cash as well, or if the exchange is
        /// taxable.
        #[wire(range = 0..)]
        price: Option<Decimal>,
        /// Whether all gain and loss is recognised.
        #[wire(default, omit)]
        taxable: bool,
        /// Cash paid in place of fractions of new shares: they count as received and sold (Rev. Rul. 66-365), by the method of
        /// the account.
        #[wire(default, omit, length = ..=10_000)]
        cash_in_lieu: Vec<CashInLieu>,
    },
    /// A company distributes shares of a subsidiary, and the basis of each lot is divided between the two (IRC 355, 358(b)
    /// and (c), Reg. 1.358-2(a)(2)(iv)). The new shares take over the dates.
    SpinOff {
        /// The day of the distribution.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the security that distributes; in all accounts.
        #[wire(length = 1..=100)]
        security: String,
        /// The id of the security that is distributed.
        #[wire(length = 1..=100)]
        into: String,
        /// The number of shares that bring `to` new ones, 1 to 1,000,000.
        #[wire(range = 1..=1_000_000)]
        from: u32,
        /// The number of new shares, 1 to 1,000,000.
        #[wire(range = 1..=1_000_000)]
        to: u32,
        /// The part of the basis that goes over to the new shares, 0 to 1, as the company states it (Form 8937). Either this
        /// or `marketValues`.
        #[wire(share, range = 0..=1)]
        basis_fraction: Option<Decimal>,
        /// What the shares were worth, by which the basis is divided.
        market_values: Option<SpinOffValues>,
        /// Cash paid in place of fractions of new shares: they count as received and sold (Rev. Rul. 66-365), by the method of
        /// the account.
        #[wire(default, omit, length = ..=10_000)]
        cash_in_lieu: Vec<CashInLieu>,
    },
    /// A transfer in kind to another account of the household, such as another broker or the spouse: basis, dates and ids
    /// of the lots go with the shares (IRC 1041, 1223(2)). Both accounts are taxed in the same way; from or to a retirement
    /// account it is a distribution, a contribution or a conversion, and no transfer. From a position with an average cost
    /// shares leave at the average.
    Transfer {
        /// The day of the transfer.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account that the shares leave.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the account to which they go.
        #[wire(length = 1..=100)]
        to_account: String,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The lots that move; absent for those that the method selects. Their quantities add up to that of the event.
        #[wire(default, omit, length = ..=10_000)]
        lots: Vec<LotPick>,
    },
    /// Shares that are received as a gift, from someone who is not of the household. The donor's basis and holding period
    /// carry over (IRC 1015(a), 1223(2)). If the shares were worth less than that basis, the lot has two: the donor's for a
    /// gain, and the value for a loss, whose holding period starts at the gift; between them there is neither. A transfer
    /// between two accounts of the household is `transfer`.
    ReceiveGift {
        /// The day of the gift.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The donor's adjusted basis of all shares, at least zero.
        #[wire(range = 0..)]
        donor_basis: Decimal,
        /// The day from which the donor's holding period is counted, not after the gift.
        donor_acquired: Date,
        /// What all shares were worth at the gift, at least zero. Required unless `fromSpouse`.
        #[wire(range = 0..)]
        fair_market_value: Option<Decimal>,
        /// Gift tax that the donor paid: the part that bears on the appreciation is added to the basis.
        gift_tax: Option<GiftTax>,
        /// Whether it comes from a spouse, or from a former one incident to the divorce: basis and dates carry over, whatever
        /// the value (IRC 1041).
        #[wire(default, omit)]
        from_spouse: bool,
        /// The id of the lot; absent for `#` and the place of the event in the list, counted from 0.
        #[wire(length = 1..=100)]
        lot: Option<String>,
    },
    /// Shares that are inherited: the basis is what they were worth (IRC 1014(a)), and a sale is always long-term (1223(9)).
    Inherit {
        /// The day of the death.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// What all shares were worth on the day of the death, at least zero.
        #[wire(range = 0..)]
        fair_market_value: Decimal,
        /// The later valuation, if the estate elected it (IRC 2032): it is the basis.
        alternate_valuation: Option<AlternateValuation>,
        /// The id of the lot; absent for `#` and the place of the event in the list, counted from 0.
        #[wire(length = 1..=100)]
        lot: Option<String>,
    },
    /// Shares that are given away, to someone who is not of the household: they leave without a gain or a loss.
    Give {
        /// The day of the gift.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The lots that are given; absent for those that the method selects. Their quantities add up to that of the event.
        #[wire(default, omit, length = ..=10_000)]
        lots: Vec<LotPick>,
        /// Whether a charity receives them. The deduction depends on the term and the cost that the row tells (IRC 170(e)).
        #[wire(default, omit)]
        to_charity: bool,
    },
    /// A sale of shares that are not held, to be delivered later, or of an option that is written. The gain counts when it is
    /// closed (Reg. 1.1233-1(a)). If the same shares are held for one year or less, or bought before the closing, their
    /// holding period begins at the closing; if they are held for more than one year, a loss is long-term (IRC 1233(b) and
    /// (d)). Constructive sales (IRC 1259) are not recognised: where shares are held at a gain, enter a sale.
    SellShort {
        /// The day of the trade.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The price of a share, at least zero. Either this or `amount`.
        #[wire(range = 0..)]
        price: Option<Decimal>,
        /// What all shares brought before `fees`, at least zero.
        #[wire(range = 0..)]
        amount: Option<Decimal>,
        /// Commissions and fees, which reduce the proceeds; at least zero.
        #[wire(default, omit, range = 0..)]
        fees: Decimal,
        /// The id of the lot, by which a purchase can name it; absent for `#` and the place of the event in the list, counted from 0.
        #[wire(length = 1..=100)]
        lot: Option<String>,
        /// The price of one unit of the security's currency in that of the book, for the amounts of this event; absent for the
        /// rate of the day in `exchangeRates` of the rules. Only where the security has another currency than the book.
        #[wire(omit, above = 0)]
        exchange_rate: Option<Decimal>,
    },
    /// A purchase that closes short sales, or options that were written.
    BuyToCover {
        /// The day of the trade.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The price of a share, at least zero. Either this or `amount`.
        #[wire(range = 0..)]
        price: Option<Decimal>,
        /// What all shares cost without `fees`, at least zero.
        #[wire(range = 0..)]
        amount: Option<Decimal>,
        /// Commissions and fees, which are part of the cost; at least zero.
        #[wire(default, omit, range = 0..)]
        fees: Decimal,
        /// The short sales that are closed; absent for the earliest. Their quantities add up to that of the event.
        #[wire(default, omit, length = ..=10_000)]
        lots: Vec<LotPick>,
        /// The price of one unit of the security's currency in that of the book, for the amounts of this event; absent for the
        /// rate of the day in `exchangeRates` of the rules. Only where the security has another currency than the book.
        #[wire(omit, above = 0)]
        exchange_rate: Option<Decimal>,
    },
    /// Shares that are held are delivered to close short sales of the same account. The gain is what those brought, less what
    /// the shares cost (Reg. 1.1233-1(a)). It is of the term of the shares, except that a gain is short-term as far as the same
    /// shares were held for one year or less at the short sale or bought before the closing, and still are, and a loss is
    /// long-term as far as they were held for more than one year (IRC 1233(b) to (e)). If the shares were held at the short
    /// sale, a loss counts for wash sales as of its day (Reg. 1.1091-1(g)). A short sale of shares that are held at a gain can
    /// be a constructive sale, whose gain counts on its day (IRC 1259): that is not recognised; enter a sale instead.
    DeliverToCover {
        /// The day of the delivery.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of shares, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// The lots that are delivered; absent for those that the method selects. Their quantities add up to that of the event.
        #[wire(default, omit, length = ..=10_000)]
        lots: Vec<LotPick>,
        /// The short sales that are closed; absent for the earliest. Their quantities add up to that of the event.
        #[wire(default, omit, length = ..=10_000)]
        short_sales: Vec<LotPick>,
    },
    /// Options that are held are exercised. The premium of a call becomes part of the cost of the shares that it buys, that of
    /// a put reduces what its shares bring (Rev. Rul. 78-182).
    Exercise {
        /// The day of the exercise.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the option.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of contracts, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// What is paid for all shares at the strike price, without the premium, at least zero.
        #[wire(range = 0..)]
        amount: Decimal,
        /// The lots of shares that are delivered, where shares are sold; absent for those that the method selects. Their
        /// quantities add up to the shares of the contracts.
        #[wire(default, omit, length = ..=10_000)]
        lots: Vec<LotPick>,
    },
    /// Options that were written are assigned. The premium of a call becomes part of what its shares bring, that of a put
    /// reduces the cost of the shares that it buys (Rev. Rul. 78-182).
    Assign {
        /// The day of the assignment.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the option.
        #[wire(length = 1..=100)]
        security: String,
        /// The number of contracts, above zero, with at most 18 decimal places.
        #[wire(above = 0)]
        quantity: Decimal,
        /// What is paid for all shares at the strike price, without the premium, at least zero.
        #[wire(range = 0..)]
        amount: Decimal,
        /// The lots of shares that are delivered, where shares are sold; absent for those that the method selects. Their
        /// quantities add up to the shares of the contracts.
        #[wire(default, omit, length = ..=10_000)]
        lots: Vec<LotPick>,
    },
    /// All contracts of an option in an account expire. Those that are held count as sold for nothing; the premium of those that
    /// were written is a short-term gain (IRC 1234(a)(2) and (b)(1)).
    Expire {
        /// The day of the expiry.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the account.
        #[wire(length = 1..=100)]
        account: Option<String>,
        /// The id of the option.
        #[wire(length = 1..=100)]
        security: String,
    },
    /// Section 1256 contracts are marked to market, in all accounts, as on the last business day of each year (IRC
    /// 1256(a)(1)): they count as sold, and their value is the basis from then on.
    MarkToMarket {
        /// The day.
        date: Date,
        /// The place among the events of the day, 0 to 1,000,000.
        #[wire(default, omit, range = 0..=1_000_000)]
        sequence: u32,
        /// The id of the security; in all accounts.
        #[wire(length = 1..=100)]
        security: String,
        /// The price, at least zero: of a share, where `option` gives a multiplier, otherwise of a contract.
        #[wire(range = 0..)]
        price: Decimal,
    },
}

/// Shares of one lot that leave.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotPick {
    /// The id of the lot. The id of a purchase stands for all its parts that are left.
    #[wire(length = 1..=140)]
    pub lot: String,
    /// The number of shares, above zero; absent for all that are left.
    #[wire(above = 0)]
    pub quantity: Option<Decimal>,
}

/// Cash paid in place of a fraction of a share.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct CashInLieu {
    /// The id of the account. Where the lots of several accounts stand together, one entry has what was paid for the fraction
    /// that they hold together.
    #[wire(length = 1..=100)]
    pub account: Option<String>,
    /// What is paid for the fraction that the account holds beyond whole shares, at least zero.
    #[wire(range = 0..)]
    pub amount: Decimal,
}

/// What shares were worth after a spin-off.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SpinOffValues {
    /// A share of the company that distributed, at least zero.
    #[wire(range = 0..)]
    pub security: Decimal,
    /// A share of the subsidiary, at least zero.
    #[wire(range = 0..)]
    pub into: Decimal,
}

/// Gift tax that a donor paid on shares (IRC 1015(d)(6)).
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct GiftTax {
    /// The tax paid on the gift of these shares, at least zero.
    #[wire(range = 0..)]
    pub paid: Decimal,
    /// The amount of the gift: its value after the annual exclusion and deductions, above zero.
    #[wire(above = 0)]
    pub amount_of_gift: Decimal,
}

/// The valuation that an estate can elect instead of that at the death (IRC 2032).
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AlternateValuation {
    /// Six months after the death, or the earlier day on which the estate sold or distributed the shares.
    pub date: Date,
    /// What all shares were worth on this day, at least zero.
    #[wire(range = 0..)]
    pub fair_market_value: Decimal,
}

impl LotEvent {
    /// The day on which it takes effect.
    #[must_use]
    pub fn date(&self) -> Date {
        match self {
            Self::Buy { date, .. }
            | Self::Reinvest { date, .. }
            | Self::Dividend { date, .. }
            | Self::Sell { date, .. }
            | Self::Split { date, .. }
            | Self::ReturnOfCapital { date, .. }
            | Self::BonusShares { date, .. }
            | Self::SymbolChange { date, .. }
            | Self::Merger { date, .. }
            | Self::SpinOff { date, .. }
            | Self::Transfer { date, .. }
            | Self::ReceiveGift { date, .. }
            | Self::Inherit { date, .. }
            | Self::Give { date, .. }
            | Self::SellShort { date, .. }
            | Self::BuyToCover { date, .. }
            | Self::DeliverToCover { date, .. }
            | Self::Exercise { date, .. }
            | Self::Assign { date, .. }
            | Self::Expire { date, .. }
            | Self::MarkToMarket { date, .. } => *date,
        }
    }

    /// Its place among all events: by day, then by sequence, then by what it is.
    pub(crate) fn order(&self) -> (Date, u32, u8) {
        let (sequence, rank) = match self {
            Self::Split { sequence, .. }
            | Self::BonusShares { sequence, .. }
            | Self::SymbolChange { sequence, .. }
            | Self::Merger { sequence, .. }
            | Self::SpinOff { sequence, .. } => (*sequence, 0),
            Self::ReturnOfCapital { sequence, .. } => (*sequence, 1),
            Self::Dividend { .. } => (0, 2),
            Self::Buy { sequence, .. }
            | Self::Reinvest { sequence, .. }
            | Self::ReceiveGift { sequence, .. }
            | Self::Inherit { sequence, .. } => (*sequence, 3),
            Self::Transfer { sequence, .. } | Self::Exercise { sequence, .. } => (*sequence, 4),
            Self::Sell { sequence, .. } | Self::Give { sequence, .. } | Self::SellShort { sequence, .. } => {
                (*sequence, 5)
            }
            Self::BuyToCover { sequence, .. }
            | Self::DeliverToCover { sequence, .. }
            | Self::Assign { sequence, .. }
            | Self::Expire { sequence, .. } => (*sequence, 6),
            Self::MarkToMarket { sequence, .. } => (*sequence, 7),
        };
        (self.date(), sequence, rank)
    }

    /// Whether it is a purchase, a sale or a payment that changes no lot: what the trades of a day consist of.
    pub(crate) fn is_trade(&self) -> bool {
        matches!(self, Self::Buy { .. } | Self::Reinvest { .. } | Self::Sell { .. } | Self::Dividend { .. })
    }

    /// Whether it means the same under the rules of every country.
    pub(crate) fn is_universal(&self) -> bool {
        self.is_trade()
            || matches!(self, Self::Split { .. } | Self::BonusShares { .. } | Self::ReturnOfCapital { .. })
    }

    /// The security.
    pub(crate) fn security(&self) -> &str {
        match self {
            Self::Buy { security, .. }
            | Self::Reinvest { security, .. }
            | Self::Dividend { security, .. }
            | Self::Sell { security, .. }
            | Self::ReturnOfCapital { security, .. }
            | Self::Transfer { security, .. }
            | Self::ReceiveGift { security, .. }
            | Self::Inherit { security, .. }
            | Self::Give { security, .. }
            | Self::SellShort { security, .. }
            | Self::BuyToCover { security, .. }
            | Self::DeliverToCover { security, .. }
            | Self::Exercise { security, .. }
            | Self::Assign { security, .. }
            | Self::Expire { security, .. }
            | Self::Split { security, .. }
            | Self::BonusShares { security, .. }
            | Self::SymbolChange { security, .. }
            | Self::Merger { security, .. }
            | Self::SpinOff { security, .. }
            | Self::MarkToMarket { security, .. } => security,
        }
    }

    /// The id of the security that its shares turn into, or that they bring.
    pub(crate) fn new_security(&self) -> Option<&str> {
        match self {
            Self::SymbolChange { into, .. } | Self::SpinOff { into, .. } => Some(into),
            Self::Merger { into, .. } => into.as_deref(),
            _ => None,
        }
    }

    /// The id of the account that it names.
    pub(crate) fn account(&self) -> Option<&String> {
        match self {
            Self::Buy { account, .. }
            | Self::Reinvest { account, .. }
            | Self::Dividend { account, .. }
            | Self::Sell { account, .. }
            | Self::ReturnOfCapital { account, .. }
            | Self::Transfer { account, .. }
            | Self::ReceiveGift { account, .. }
            | Self::Inherit { account, .. }
            | Self::Give { account, .. }
            | Self::SellShort { account, .. }
            | Self::BuyToCover { account, .. }
            | Self::DeliverToCover { account, .. }
            | Self::Exercise { account, .. }
            | Self::Assign { account, .. }
            | Self::Expire { account, .. } => account.as_ref(),
            Self::Split { .. }
            | Self::BonusShares { .. }
            | Self::SymbolChange { .. }
            | Self::Merger { .. }
            | Self::SpinOff { .. }
            | Self::MarkToMarket { .. } => None,
        }
    }

    /// The exchange rate that it gives.
    pub(crate) fn exchange_rate(&self) -> Option<Decimal> {
        match self {
            Self::Buy { exchange_rate, .. }
            | Self::Reinvest { exchange_rate, .. }
            | Self::Dividend { exchange_rate, .. }
            | Self::Sell { exchange_rate, .. }
            | Self::ReturnOfCapital { exchange_rate, .. }
            | Self::SellShort { exchange_rate, .. }
            | Self::BuyToCover { exchange_rate, .. } => *exchange_rate,
            _ => None,
        }
    }

    /// Whether it can give an exchange rate.
    pub(crate) fn can_give_rate(&self) -> bool {
        matches!(
            self,
            Self::Buy { .. }
                | Self::Reinvest { .. }
                | Self::Dividend { .. }
                | Self::Sell { .. }
                | Self::ReturnOfCapital { .. }
                | Self::SellShort { .. }
                | Self::BuyToCover { .. }
        )
    }

    /// Whether it moves money, so that a rate is needed where the security is of another currency.
    pub(crate) fn moves_money(&self) -> bool {
        match self {
            Self::SymbolChange { .. }
            | Self::Transfer { .. }
            | Self::Give { .. }
            | Self::DeliverToCover { .. } => false,
            Self::Split { cash_in_lieu, .. }
            | Self::BonusShares { cash_in_lieu, .. }
            | Self::SpinOff { cash_in_lieu, .. } => !cash_in_lieu.is_empty(),
            Self::Merger { cash_per_share, price, cash_in_lieu, .. } => {
                cash_per_share.is_some() || price.is_some() || !cash_in_lieu.is_empty()
            }
            _ => true,
        }
    }

    /// Whether it splits the security of another event.
    pub(crate) fn is_split_of(&self, other: &Self) -> bool {
        matches!(self, Self::Split { .. } | Self::BonusShares { .. }) && self.security() == other.security()
    }

    /// Whether it brings shares that a sale of the same day can take.
    pub(crate) fn is_acquisition(&self) -> bool {
        matches!(
            self,
            Self::Buy { .. } | Self::Reinvest { .. } | Self::ReceiveGift { .. } | Self::Inherit { .. }
        )
    }
}
