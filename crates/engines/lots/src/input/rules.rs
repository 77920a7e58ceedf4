//! The rules of a book.

use wherewithal_base::{
    Result, check,
    dates::Date,
    error::At as _,
    money::{Currency, us_dollar},
    num::Decimal,
    wire::Wire,
};

/// The rules by which a book is kept.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotRules {
    /// The currency of all amounts, except those of events and prices of a security that has another.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The decimal places to which amounts of money are kept, 0 to 12; absent for those of the currency. A purchase at a
    /// price is rounded to them, half to even, and so are the parts of an amount that several lots share. Parts are
    /// rounded so that they add up to the amount.
    #[wire(range = 0..=12)]
    pub amount_places: Option<u32>,
    /// Whose tax rules apply.
    #[wire(default)]
    pub jurisdiction: Jurisdiction,
    /// Whether the lots of each account stand for themselves, or those of all accounts that are taxed alike together.
    #[wire(default)]
    pub scope: LotScope,
    /// The rates by which `minimumTax` selects lots; required for it.
    #[wire(omit)]
    pub tax_rates: Option<GainTaxRates>,
    /// The method that selects the lots of a sale, where no election says otherwise.
    #[wire(default)]
    pub method: LotMethod,
    /// Methods for single accounts or securities, or from a date on. Of the elections that fit a sale and took effect on or
    /// before its date, the one that took effect last counts, and of those of one day the one that stands last.
    #[wire(default, omit, length = ..=10_000)]
    pub elections: Vec<LotElection>,
    /// The number of days after which a holding is long-term: a sale is long-term if it is held for more than this number
    /// of days, 0 to 36,600. Absent for the rule of the United States: more than one year by the calendar.
    #[wire(range = 0..=36_600)]
    pub long_term_days: Option<u32>,
    /// Securities that are substantially identical to each other.
    #[wire(default, omit, length = ..=10_000)]
    pub substantially_identical: Vec<IdenticalSecurities>,
    /// Exchange rates for events that give none, in any order; one for a currency and a day. The rate of another day is never
    /// taken in place of a missing one.
    #[wire(default, omit, length = ..=200_000)]
    pub exchange_rates: Vec<LotExchangeRate>,
}

impl Default for LotRules {
    fn default() -> Self {
        Self {
            currency: us_dollar(),
            amount_places: None,
            jurisdiction: Jurisdiction::default(),
            scope: LotScope::default(),
            tax_rates: None,
            method: LotMethod::default(),
            elections: Vec::new(),
            long_term_days: None,
            substantially_identical: Vec::new(),
            exchange_rates: Vec::new(),
        }
    }
}

/// Whose tax rules apply to a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum Jurisdiction {
    /// The United States: wash sales by IRC 1091.
    #[default]
    UnitedStates,
    /// The United Kingdom: shares of one day together, then those bought within 30 days after the sale, then the pool of
    /// all others (TCGA 1992, sections 104 to 106A). Selects no other lots, so methods have no effect.
    UnitedKingdom,
    /// Canada: the adjusted cost base of all shares, and superficial losses (ITA 47, 40(2)(g), 53(1)(f) and 54). Of a loss
    /// the part of the shares sold is denied that is the least of the shares sold, those bought within 30 days before or after
    /// the sale, and those held at the end of that time (Interpretation Bulletin IT-456R, section 12). Each loss is looked at by
    /// itself, so shares bought in the periods of two losses count for both. All accounts count as one person; then the denied
    /// part is divided among taxable accounts and plans by what each has left of the shares that it bought, or, if none has
    /// any, by what each holds (Canada Revenue Agency, 2022-0940941C6, question 4). Selects no lots, so methods have no effect.
    Canada,
    /// No rule of a country: losses are never deferred.
    None,
}

impl Jurisdiction {
    /// Whether the law has one pool of all shares instead of lots.
    pub(crate) fn pools(self) -> bool {
        matches!(self, Self::UnitedKingdom | Self::Canada)
    }

    /// The tax year of a day: the calendar year, or in the United Kingdom that in which the tax year begins, on 6 April
    /// (Income Tax Act 2007, section 4(3) and (4)).
    pub(crate) fn tax_year(self, date: Date) -> i32 {
        let is_before = self == Self::UnitedKingdom && (date.month(), date.day()) < (4, 6);
        date.year() - i32::from(is_before)
    }
}

/// Whose lots a sale may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum LotScope {
    /// Those of its account (Reg. 1.1012-1(c)(1)(i); digital assets from 2025, Rev. Proc. 2024-28).
    #[default]
    Account,
    /// Those of all accounts that are taxed alike, as if they were one.
    AllAccounts,
}

/// Tax rates of gains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct GainTaxRates {
    /// The rate of short-term gains, from 0 to 1. A loss saves as much.
    #[wire(rate, range = 0..=1)]
    pub short_term: Decimal,
    /// The rate of long-term gains, from 0 to 1.
    #[wire(rate, range = 0..=1)]
    pub long_term: Decimal,
}

impl GainTaxRates {
    /// That both are rates from 0 to 1.
    pub(crate) fn check(self) -> Result<()> {
        check::decimal_fraction(self.short_term).at("shortTerm")?;
        check::decimal_fraction(self.long_term).at("longTerm")?;
        Ok(())
    }
}

/// The method that selects the lots of a sale.
///
/// Where two lots cost the same a share, the one acquired first is sold first. Of lots of one day, the one whose event comes
/// first counts as acquired first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum LotMethod {
    /// First in, first out: the lot acquired first (FIFO; the rule of Reg. 1.1012-1(c)(1) where nothing is specified).
    #[default]
    Fifo,
    /// Last in, first out: the lot acquired last (LIFO).
    Lifo,
    /// Highest in, first out: the lot with the highest cost per share (HIFO), and so the one with the greatest loss.
    Hifo,
    /// Lowest in, first out: the lot with the lowest cost per share (LOFO).
    Lofo,
    /// The lot whose sale costs the least tax at `taxRates`, or saves the most: the rate of its term times its gain. Of lots
    /// of the same term, the one with the highest cost per share, even if the rate is zero.
    MinimumTax,
    /// Lots held for more than a year before the others; of each kind, the one with the highest cost per share.
    LongTermFirst,
    /// The average cost of all shares of the account, single category (Reg. 1.1012-1(e)); shares leave in the order in
    /// which they were acquired.
    AverageCost,
}

/// A method for some accounts or securities, from a date on.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotElection {
    /// The id of the account; absent for all.
    #[wire(length = 1..=100)]
    pub account: Option<String>,
    /// The id of the security; absent for all.
    #[wire(length = 1..=100)]
    pub security: Option<String>,
    /// The first day on which it applies; absent for all days.
    pub from: Option<Date>,
    /// The method.
    pub method: LotMethod,
}

/// Securities that are substantially identical to each other, so that one replaces the other in a wash sale.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct IdenticalSecurities {
    /// The ids of the securities, each in no other group.
    #[wire(length = 2..=100)]
    pub securities: Vec<String>,
    /// How sure it is.
    pub verdict: WashSaleVerdict,
}

/// What one unit of a currency was worth in the currency of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LotExchangeRate {
    /// The currency, which is not that of the book.
    pub currency: Currency,
    /// The day.
    pub date: Date,
    /// The price of one unit of `currency` in units of the currency of the book: above zero, up to 10^9, with at most 15
    /// decimal places.
    #[wire(above = 0)]
    pub rate: Decimal,
}

/// How sure it is that a purchase replaces what was sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub enum WashSaleVerdict {
    /// The same security, or one that is substantially identical beyond doubt, such as another class of shares that
    /// converts into it.
    Certain,
    /// One that may be substantially identical, such as a fund on the same index from another company. It changes no figure;
    /// `probableWashSales` of `lots.book` lists what would be disallowed, and `lots.preview_trade` names it beside a trade.
    Probable,
}
