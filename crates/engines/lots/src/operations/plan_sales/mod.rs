//! `lots.plan_sales`.

mod candidates;
mod choice;

use std::ops::Bound::{Excluded, Included};

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::Control,
    dates::Date,
    error::At as _,
    num::{Decimal, Rounding},
    order,
    wire::Wire,
};

use super::{
    LotBookInput,
    unrealized::{Prices, SecurityPrice, prices},
};
use crate::{
    HoldingTerm,
    engine::{Book, build},
    exact::{overflow, rounded_quotient},
    input::{GainTaxRates, LotEvent},
    names::Securities,
    output::{account_id, held, lot_id, money},
};
pub(crate) use candidates::Quotient;
use candidates::{Candidate, PARTS, candidates, divided_up};
use choice::{Choice, Goal};

/// Days after a sale at a loss in which a purchase would disallow it.
const WINDOW: i32 = 30;

/// Input of `lots.plan_sales`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SalesPlanInput {
    /// The history of the book.
    pub book: LotBookInput,
    /// The day of the sales. Later events are left out.
    pub as_of: Date,
    /// The price of each security that is held, in any order; others may be among them.
    #[wire(length = ..=100_000)]
    pub prices: Vec<SecurityPrice>,
    /// The rates at which gains are taxed; a loss saves as much.
    pub rates: GainTaxRates,
    /// What the sales are for.
    pub target: SalesTarget,
    /// Whether only whole shares are sold.
    #[wire(default = yes)]
    pub whole_shares: bool,
    /// The least market value of what is sold of a lot, at least zero.
    #[wire(range = 0..)]
    pub minimum_sale: Option<Decimal>,
    /// What happens with lots whose loss a purchase of the last 30 days would disallow.
    #[wire(default)]
    pub wash_sales: WashSalePolicy,
    /// The ids of securities of which nothing is sold.
    #[wire(default, omit, length = ..=10_000)]
    pub keep: Vec<String>,
}

fn yes() -> bool {
    true
}

impl SalesPlanInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`plan_sales`].
    pub fn run(&self, control: &Control) -> Result<SalesPlan> {
        plan_sales(self, control)
    }
}

/// What sales are for.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
#[wire(tag = "kind")]
pub enum SalesTarget {
    /// To raise cash, at least so much and less than one more share of any lot.
    Cash {
        /// The cash, above zero.
        #[wire(above = 0)]
        amount: Decimal,
        /// Whether it is what is left after the tax on the gains; otherwise what the sales bring.
        #[wire(default)]
        after_tax: bool,
    },
    /// To realize a loss, at most so much and more than one share less of any lot (tax-loss harvesting).
    Loss {
        /// The loss, above zero.
        #[wire(above = 0)]
        amount: Decimal,
    },
    /// To realize a gain, at most so much and more than one share less of any lot, such as what a bracket has room for.
    Gain {
        /// The gain, above zero.
        #[wire(above = 0)]
        amount: Decimal,
    },
    /// To reduce a security to a weight in the market value of all accounts of the book.
    Weight {
        /// The id of the security.
        #[wire(length = 1..=100)]
        security: String,
        /// The weight, from 0 to below 1.
        #[wire(share, range = 0.., below = 1)]
        weight: Decimal,
        /// Whether the proceeds stay in the accounts; otherwise they leave them, and less is the whole of which the weight is
        /// a part.
        #[wire(default = yes)]
        reinvested: bool,
    },
}

/// What happens with lots whose loss would be disallowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum WashSalePolicy {
    /// They are not sold.
    #[default]
    Avoid,
    /// They may be sold, and their loss counts as if nothing had been bought.
    Ignore,
}

/// The lots to sell for a target at the least tax.
///
/// `lowerBound` proves how good the plan is: no choice of the lots that are not in `leftOut` that meets the target as well
/// has a lower tax, not even one that sells fractions of shares. For a gain only lots with a gain are chosen from, for a loss
/// only lots with a loss.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SalesPlan {
    /// What to sell of each lot, by account, security and day of acquisition.
    pub sales: Vec<PlannedSale>,
    /// What the sales bring.
    pub proceeds: Decimal,
    /// The short-term gain, negative for a loss.
    pub short_term_gain: Decimal,
    /// The long-term gain, negative for a loss.
    pub long_term_gain: Decimal,
    /// The tax on the gains at the given rates, negative if losses save more.
    pub tax: Decimal,
    /// No choice has a lower tax than this, but for what the rounding of the amounts of its lots brings; at most `tax`.
    pub lower_bound: Decimal,
    /// `tax` less `lowerBound`: how much a better choice could save at most.
    pub gap: Decimal,
    /// The lots that are not chosen from, and why: by account, security and day of acquisition, those that are off the target
    /// last.
    pub left_out: Vec<LotLeftOut>,
    /// The last day on which a purchase of a security that is sold at a loss would disallow the loss; absent if there is none.
    #[wire(omit)]
    pub do_not_buy_until: Option<Date>,
    /// The securities sold at a loss.
    pub sold_at_loss: Vec<String>,
}

/// What to sell of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PlannedSale {
    /// The id of the lot.
    pub lot: String,
    /// The account; absent in a book without accounts, and where the lots of all accounts stand together (`scope`).
    #[wire(omit)]
    pub account: Option<String>,
    /// The security.
    pub security: String,
    /// The number of shares.
    pub quantity: Decimal,
    /// The exact number as a fraction if it is no decimal.
    #[wire(omit)]
    pub quantity_fraction: Option<String>,
    /// What they bring.
    pub proceeds: Decimal,
    /// What they cost.
    pub cost: Decimal,
    /// The gain, negative for a loss.
    pub gain: Decimal,
    /// Whether it is short-term or long-term.
    pub term: HoldingTerm,
}

/// A lot that a plan does not sell.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LotLeftOut {
    /// The id of the lot.
    pub lot: String,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why a plan does not sell a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum LeftOutReason {
    /// Its loss would be disallowed because of a purchase within the last 30 days.
    WashSale,
    /// Gains of its account are not taxed.
    NotTaxable,
    /// Its cost is an average, so lots cannot be chosen.
    AverageCost,
    /// Its gain counts at the end of the year whether it is sold or not (IRC 1256).
    MarkedToMarket,
    /// It is a gift whose basis depends on the proceeds (IRC 1015(a)).
    TwoBases,
    /// The caller keeps the security.
    Kept,
    /// It holds less than a whole share, or less than the least sale.
    TooSmall,
    /// Selling it adds nothing to the target: it has no gain where one is wished, or no loss, or is worth nothing.
    OffTarget,
}

/// The lots to sell for a target at the least tax, and a bound that proves how near to the least that is.
///
/// # Errors
/// Those of [`book`](super::book), inside `book`; those of [`unrealized`](super::unrealized) for the prices;
/// `solve.no_solution` if the lots do not suffice, `method.unsuitable` in a jurisdiction without lots, `name.unknown` for a
/// security of the target that is not held or one to keep that does not exist, `rate.out_of_range`, `amount.out_of_range`, `decimal.overflow`.
pub fn plan_sales(input: &SalesPlanInput, control: &Control) -> Result<SalesPlan> {
    input.rates.check().at("rates")?;
    let LotBookInput { events, rules, accounts, securities } = &input.book;
    if rules.jurisdiction.pools() {
        let message = "the jurisdiction has a pool of all shares, so no lots can be chosen";
        return Err(Error::new(ErrorCode::MethodUnsuitable, message)
            .at("jurisdiction")
            .at("rules")
            .at("book"));
    }
    input.book.check_names().at("book")?;
    let until: Vec<(usize, &LotEvent)> =
        events.iter().enumerate().filter(|(_, event)| event.date() <= input.as_of).collect();
    let mut book = build(rules, accounts, securities, until, false, control).at("book")?;
    if !input.keep.is_empty() {
        let known = Securities::of(&input.book);
        for (index, security) in input.keep.iter().enumerate() {
            known.require(security).at_index("keep", index)?;
        }
    }
    let prices = prices(&input.prices)?;
    let (mut candidates, mut left_out) = candidates(&mut book, input, &prices)?;
    let goal = goal(&book, input, &prices, &mut candidates)?;
    candidates.retain(|candidate| {
        if candidate.measure <= 0 {
            let reason = LeftOutReason::OffTarget;
            left_out.push(LotLeftOut { lot: lot_id(&book, candidate.lot), reason });
        }
        candidate.measure > 0
    });
    control.check()?;
    let choice = choice::choose(&candidates, &goal).map_err(told_of_prices)?;
    plan(&book, input, &choice, left_out)
}

/// Where amounts have too many digits, prices are at fault: what is held and what it cost is bounded.
fn told_of_prices(error: Error) -> Error {
    if error.code() == ErrorCode::DecimalOverflow && error.path().is_empty() {
        error.at("prices")
    } else {
        error
    }
}

/// What is to be reached, and what each lot adds to it.
fn goal(
    book: &Book,
    input: &SalesPlanInput,
    prices: &Prices<'_>,
    candidates: &mut [Candidate],
) -> Result<Goal> {
    let parts = |amount: Decimal| {
        let parts = book.amount(amount, "amount").at("target")? * PARTS;
        if parts > 0 {
            return Ok(parts);
        }
        let message = format!("{amount} is no target; it must be above zero");
        Err(Error::new(ErrorCode::AmountOutOfRange, message).at("amount").at("target"))
    };
    let (amount, at_least) = match &input.target {
        SalesTarget::Cash { amount, .. } => (parts(*amount)?, true),
        SalesTarget::Loss { amount } | SalesTarget::Gain { amount } => (parts(*amount)?, false),
        SalesTarget::Weight { security, weight, reinvested } => {
            (excess(book, input, prices, security, *weight, *reinvested)?, true)
        }
    };
    for lot in candidates {
        lot.measure = match &input.target {
            SalesTarget::Cash { after_tax: true, .. } => lot.value - lot.tax,
            SalesTarget::Cash { .. } | SalesTarget::Weight { .. } => lot.value,
            SalesTarget::Loss { .. } => -lot.gain,
            SalesTarget::Gain { .. } => lot.gain,
        };
    }
    Ok(Goal { amount, at_least })
}

/// What must be sold of a security to bring it down to a weight, in parts of the smallest unit of money; zero if nothing.
fn excess(
    book: &Book,
    input: &SalesPlanInput,
    prices: &Prices<'_>,
    security: &str,
    weight: Decimal,
    reinvested: bool,
) -> Result<i128> {
    check::decimal_rate(weight, (Included(Decimal::ZERO), Excluded(Decimal::ONE)))
        .at("weight")
        .at("target")?;
    let (mut whole, mut own) = (0, None);
    for (lot, _) in held(book)? {
        let id = book.securities[book.positions[book.lots[lot].position].security].id.as_str();
        let price = Quotient::of(book, lot, prices.of(id)?, input.as_of)?;
        let value = price.parts(book.lots[lot].holding.units)?;
        whole += value;
        if id == security {
            own = Some(own.unwrap_or(0) + value);
        }
    }
    let own: i128 = own.ok_or_else(|| {
        Error::new(ErrorCode::NameUnknown, format!("no shares of {security:?} are held"))
            .at("security")
            .at("target")
    })?;
    // own − sold is the weight of the whole, from which what is sold is missing unless it stays.
    let unit = 10i128.pow(weight.scale());
    let too_large = || overflow().at("prices");
    let too_much = own.checked_mul(unit).ok_or_else(too_large)?
        - whole.checked_mul(weight.mantissa()).ok_or_else(too_large)?;
    let divisor = if reinvested { unit } else { unit - weight.mantissa() };
    if divisor == 0 {
        let message = "a weight of all that is left cannot be reached by selling";
        return Err(Error::new(ErrorCode::SolveNoSolution, message).at("weight").at("target"));
    }
    Ok(if too_much <= 0 { 0 } else { divided_up(too_much, divisor) })
}

fn plan(
    book: &Book,
    input: &SalesPlanInput,
    choice: &Choice<'_>,
    left_out: Vec<LotLeftOut>,
) -> Result<SalesPlan> {
    let prices = prices(&input.prices)?;
    let mut sales = Vec::new();
    let (mut proceeds, mut short, mut long) = (0, 0, 0);
    let mut at_loss: Vec<String> = Vec::new();
    for (candidate, steps) in &choice.sales {
        let lot = &book.lots[candidate.lot];
        let position = &book.positions[lot.position];
        let security = book.securities[position.security].id.clone();
        let unit = book.families[book.family_of(lot.position)].unit();
        let units = candidate.step * steps;
        let value = Quotient::of(book, candidate.lot, prices.of(&security)?, input.as_of)?.value(units)?;
        let cost = lot.holding.clone().take(units)?;
        let gain = value - cost;
        proceeds += value;
        *(if candidate.term == HoldingTerm::Long { &mut long } else { &mut short }) += gain;
        if gain < 0 {
            at_loss.push(security.clone());
        }
        sales.push(PlannedSale {
            lot: lot_id(book, candidate.lot),
            account: account_id(book, position),
            security,
            quantity: unit.shares(units)?,
            quantity_fraction: unit.fraction(units),
            proceeds: money(book, value)?,
            cost: money(book, cost)?,
            gain: money(book, gain)?,
            term: candidate.term,
        });
    }
    order::sort_by(&mut at_loss, String::cmp);
    at_loss.dedup();
    let (short_term_gain, long_term_gain) = (money(book, short)?, money(book, long)?);
    let exact =
        short_term_gain.times(input.rates.short_term)?.plus(long_term_gain.times(input.rates.long_term)?)?;
    let tax = exact.round(book.places, Rounding::HalfEven);
    // Rounded as the tax is, so the order of the two stays; but amounts of lots are rounded, so the tax can be a few of the
    // smallest unit below what is exact.
    let lower_bound = money(book, rounded_quotient(choice.bound, PARTS))?.min(tax);
    let gap = tax.minus(lower_bound)?;
    Ok(SalesPlan {
        sales,
        proceeds: money(book, proceeds)?,
        short_term_gain,
        long_term_gain,
        tax,
        lower_bound,
        gap,
        left_out,
        do_not_buy_until: (!at_loss.is_empty())
            .then(|| input.as_of.add_days(WINDOW))
            .transpose()
            .at("asOf")?,
        sold_at_loss: at_loss,
    })
}
