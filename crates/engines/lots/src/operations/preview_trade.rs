//! `lots.preview_trade`.

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::Control,
    dates::Date,
    error::At as _,
    num::{Decimal, Rounding},
    order,
    wire::Wire,
};

use super::LotBookInput;
use crate::{
    HoldingTerm,
    engine::{Book, Disposal, Id, Position, Wash, build_unfinished},
    exact::proportion,
    input::{GainTaxRates, LotEvent, WashSaleVerdict},
    output::{LotDisposal, OpenLot, account_id, disposal_row, held, lot_id, money, open_lot, quantity},
};

/// Days before and after a sale at a loss in which a purchase replaces the shares.
const WINDOW: i32 = 30;

/// Input of `lots.preview_trade`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct TradePreviewInput {
    /// The history of the book.
    pub book: LotBookInput,
    /// The trade: a sale, a purchase or a reinvestment, on or after the day of the last event. It comes after all events of
    /// the book.
    pub trade: LotEvent,
    /// The rates at which gains are taxed; absent for the `taxRates` of the book's rules. Without either, the answer has no tax.
    pub rates: Option<GainTaxRates>,
    /// How many days a sale may wait for lots to become long-term, 0 to 36,600.
    #[wire(default, omit, range = 0..=36_600)]
    pub horizon_days: u32,
}

impl TradePreviewInput {
    /// Runs the operation.
    ///
    /// # Errors
    /// Those of [`preview_trade`].
    pub fn run(&self, control: &Control) -> Result<TradePreview> {
        preview_trade(self, control)
    }
}

/// What a trade would do.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct TradePreview {
    /// What a sale would bring; absent for a purchase.
    pub sale: Option<SalePreview>,
    /// What a purchase would become; absent for a sale.
    pub purchase: Option<PurchasePreview>,
    /// The losses that the trade would disallow: those of the sale because of shares bought before, or earlier ones because
    /// of the purchase.
    pub wash_sales: Vec<WashSalePreview>,
    /// The first day after that of the trade on which it would disallow nothing, if nothing else is traded until then: all
    /// that it would match with is then more than 30 days back. Absent if it disallows nothing.
    #[wire(omit)]
    pub clear_from: Option<Date>,
    /// After a sale at a loss, the days on which a purchase of the same disallows what is left of the loss. After a purchase,
    /// the days on which a sale of other shares of the same at a loss is disallowed. Absent where there is no such day.
    #[wire(omit)]
    pub window: Option<WashSaleWindow>,
    /// The securities that count as the same in `washSales` and `window`, the one that is traded first.
    pub identical_securities: Vec<String>,
    /// Those that are probably substantially identical: to trade them has the same effect if they are.
    pub probably_identical_securities: Vec<String>,
}

/// What a sale would bring.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SalePreview {
    /// The lots that would be sold, with what counts of each gain. `event` is the number of events in the book.
    pub disposals: Vec<LotDisposal>,
    /// The proceeds, less fees.
    pub proceeds: Decimal,
    /// The short-term gain that counts, negative for a loss.
    pub short_term_gain: Decimal,
    /// The long-term gain that counts, negative for a loss.
    pub long_term_gain: Decimal,
    /// The tax on the gains at the given rates, each gain at the rate of its term; negative for what a loss saves if it
    /// offsets gains of its own term. Zero in an account whose gains are not taxed. Absent without rates.
    #[wire(omit)]
    pub tax: Option<Decimal>,
    /// The proceeds less `tax`. Absent without rates.
    #[wire(omit)]
    pub proceeds_after_tax: Option<Decimal>,
    /// The shares sold at a loss that nothing has replaced yet.
    pub shares_at_risk: Decimal,
    /// The loss of those shares, at least zero, which a purchase in `window` would disallow.
    pub loss_at_risk: Decimal,
    /// The lots with a gain that would be long-term within the horizon, and what waiting would save.
    pub waiting: Vec<WaitingLot>,
}

/// A lot that becomes long-term soon.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct WaitingLot {
    /// The id of the lot.
    pub lot: String,
    /// The first day on which its sale is long-term.
    pub long_term_from: Date,
    /// The days from the sale until then, above zero.
    pub days: u32,
    /// The tax that the sale would cost less on that day at the same price; absent without rates.
    #[wire(omit)]
    pub tax_saved: Option<Decimal>,
}

/// What a purchase would become.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PurchasePreview {
    /// Its lots: the part that replaces nothing, and those that replace shares sold at a loss, with the cost that they would
    /// have.
    pub lots: Vec<OpenLot>,
}

/// A loss that a trade would disallow.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct WashSalePreview {
    /// The id of the lot that was sold at a loss.
    pub sold_lot: String,
    /// The day of that sale.
    pub sale_date: Date,
    /// The id of the lot that replaces it.
    pub replacement: String,
    /// The account of the replacement; absent in a book without accounts, and where the lots of all accounts stand together (`scope`).
    #[wire(omit)]
    pub replacement_account: Option<String>,
    /// The day on which the replacement was bought.
    pub purchase_date: Date,
    /// The number of shares that it replaces.
    pub quantity: Decimal,
    /// The exact number as a fraction if it is no decimal.
    #[wire(omit)]
    pub quantity_fraction: Option<String>,
    /// The loss, above zero.
    pub disallowed_loss: Decimal,
    /// Whether the loss is gone for good, because the replacement is in an account whose gains are not taxed.
    pub permanent: bool,
}

/// Days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct WashSaleWindow {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// What a book had before the trade.
struct Before {
    disposals: usize,
    washes: usize,
}

/// Tells what a trade would do before it is made: gains and their tax, lots, and the losses that it would disallow.
///
/// # Errors
/// Those of [`book`](super::book), inside `book` or `trade`; `field.conflict` for an event that is no trade;
/// `dates.out_of_order` for one before the last event; `rate.out_of_range`, `term.out_of_range`.
pub fn preview_trade(input: &TradePreviewInput, control: &Control) -> Result<TradePreview> {
    let LotBookInput { events, rules, accounts, securities } = &input.book;
    if let Some(rates) = input.rates {
        rates.check().at("rates")?;
    }
    check::whole(input.horizon_days, 0..=36_600, ErrorCode::TermOutOfRange).at("horizonDays")?;
    let (LotEvent::Buy { security, account, .. }
    | LotEvent::Reinvest { security, account, .. }
    | LotEvent::Sell { security, account, .. }) = &input.trade
    else {
        let message = "only a sale, a purchase or a reinvestment can be previewed";
        return Err(Error::new(ErrorCode::FieldConflict, message).at("kind").at("trade"));
    };
    input.book.check_names_with(std::slice::from_ref(&input.trade)).at("book")?;
    let number = u32::try_from(events.len()).unwrap_or(u32::MAX);
    let events = events.iter().enumerate();
    let book_before = build_unfinished(rules, accounts, securities, events, false, control).at("book")?;
    let mut book = book_before.clone();
    let before = Before { disposals: book.disposals.len(), washes: book.washes.len() };
    book.apply(number, &input.trade).at("trade")?;
    book.finish()?;

    let day = input.trade.date().day_number();
    let position = book.position(security, account.as_ref(), day).at("trade")?;
    let washes = book.washes.get(before.washes..).unwrap_or_default();
    let is_sale = matches!(input.trade, LotEvent::Sell { .. });
    let sale = is_sale.then(|| sale(&book, input, position, &before)).transpose()?;
    let purchase = (!is_sale).then(|| purchase(&book, number)).transpose()?;
    let has_window = match &sale {
        Some(sale) => !sale.loss_at_risk.is_zero(),
        None => book.has_wash_sales(position),
    };
    let (identical_securities, probably_identical_securities) = identical(&book, security);
    Ok(TradePreview {
        sale,
        purchase,
        wash_sales: washes.iter().map(|wash| wash_sale(&book, wash)).collect::<Result<_>>()?,
        clear_from: clear_from(&book_before, input, last_match(&book, washes, is_sale), control)?,
        window: has_window
            .then(|| {
                let date = input.trade.date();
                let window = |days| date.add_days(days).at("date").at("trade");
                Ok(WashSaleWindow { from: window(-WINDOW)?, to: window(WINDOW)? })
            })
            .transpose()?,
        identical_securities,
        probably_identical_securities,
    })
}

fn sale(
    book: &Book,
    input: &TradePreviewInput,
    position: Id<Position>,
    before: &Before,
) -> Result<SalePreview> {
    let disposals = book.disposals.get(before.disposals..).unwrap_or_default();
    let gain_of = |disposal: &Disposal| disposal.result() + disposal.disallowed;
    let sum = |term| disposals.iter().filter(|disposal| disposal.term == term).map(gain_of).sum();
    let both: i128 = sum(HoldingTerm::SixtyForty);
    let long_part = proportion(both, 60, 100)?;
    let short: i128 = sum(HoldingTerm::Short) + both - long_part;
    let long: i128 = sum(HoldingTerm::Long) + long_part;
    let proceeds = money(book, disposals.iter().map(|disposal| disposal.proceeds).sum())?;
    let given = input.rates.or(book.rules.tax_rates);
    let rates = given.filter(|_| book.is_taxable(position));
    let tax = match (rates, given) {
        (Some(rates), _) => {
            let exact = money(book, short)?
                .times(rates.short_term)?
                .plus(money(book, long)?.times(rates.long_term)?)?;
            Some(exact.round(book.places, Rounding::HalfEven))
        }
        (None, Some(_)) => Some(money(book, 0)?),
        (None, None) => None,
    };
    let (units, loss) = at_risk(book, position, before)?;
    Ok(SalePreview {
        disposals: (before.disposals..book.disposals.len())
            .map(|place| disposal_row(book, place))
            .collect::<Result<_>>()?,
        proceeds,
        short_term_gain: money(book, short)?,
        long_term_gain: money(book, long)?,
        tax,
        proceeds_after_tax: tax.map(|tax| proceeds.minus(tax)).transpose()?,
        shares_at_risk: book.families[book.family_of(position)].unit().shares(units)?,
        loss_at_risk: money(book, loss)?,
        waiting: waiting(book, input, disposals, rates)?,
    })
}

/// The units of the sale that wait for a replacement, and their loss.
fn at_risk(book: &Book, position: Id<Position>, before: &Before) -> Result<(i128, i128)> {
    let pending = book.families[book.family_of(position)].pending.iter();
    let own = pending.filter(|loss| loss.disposal >= before.disposals);
    own.map(|waiting| {
        let whole = -book.disposal(waiting.disposal).result();
        // What is left of the loss after the shares that are replaced, as the book divides it.
        let replaced = proportion(whole, waiting.of - waiting.units, waiting.of)?;
        Ok((waiting.units, whole - replaced))
    })
    .try_fold((0, 0), |(units, loss), more: Result<(i128, i128)>| {
        let (more_units, more_loss) = more?;
        Ok((units + more_units, loss + more_loss))
    })
}

fn waiting(
    book: &Book,
    input: &TradePreviewInput,
    disposals: &[Disposal],
    rates: Option<GainTaxRates>,
) -> Result<Vec<WaitingLot>> {
    let mut waiting = Vec::new();
    for disposal in disposals {
        let gain = disposal.result();
        let first_long_day = book.long_term.first_long_day(book.lots[disposal.lot].held_since);
        // After the last day of the calendar nothing waits.
        let Ok(long_term_from) = Date::from_day_number(first_long_day) else { continue };
        let days = u32::try_from(input.trade.date().days_until(long_term_from)).unwrap_or(0);
        if gain <= 0 || disposal.term != HoldingTerm::Short || days > input.horizon_days {
            continue;
        }
        let saved = |rates: GainTaxRates| {
            let exact = money(book, gain)?.times(rates.short_term.minus(rates.long_term)?)?;
            Ok(exact.round(book.places, Rounding::HalfEven))
        };
        let tax_saved = rates.map(saved).transpose()?;
        waiting.push(WaitingLot { lot: lot_id(book, disposal.lot), long_term_from, days, tax_saved });
    }
    Ok(waiting)
}

/// The lots of a purchase, with the cost that they have in the end.
fn purchase(book: &Book, event: u32) -> Result<PurchasePreview> {
    let own = held(book)?.into_iter().filter(|(lot, _)| book.blocks[book.lots[*lot].block].event == event);
    let abroad = book.costs_abroad()?;
    let lots =
        own.map(|(lot, cost)| open_lot(book, lot, cost, abroad.get(lot).copied())).collect::<Result<_>>()?;
    Ok(PurchasePreview { lots })
}

fn wash_sale(book: &Book, wash: &Wash) -> Result<WashSalePreview> {
    let sold = sold(book, wash);
    let replacement = &book.lots[wash.replacement];
    let (quantity, quantity_fraction) = quantity(book, wash.replacement, wash.units, wash.unit)?;
    Ok(WashSalePreview {
        sold_lot: lot_id(book, sold.lot),
        sale_date: Date::from_day_number(sold.day)?,
        replacement: lot_id(book, wash.replacement),
        replacement_account: account_id(book, &book.positions[replacement.position]),
        purchase_date: Date::from_day_number(replacement.acquired)?,
        quantity,
        quantity_fraction,
        disallowed_loss: money(book, wash.amount)?,
        permanent: wash.for_good,
    })
}

#[expect(clippy::expect_used, reason = "a wash sale names a disposal of the book")]
fn sold<'a>(book: &'a Book, wash: &Wash) -> &'a Disposal {
    book.disposals.get(wash.disposal).expect("the disposal is in the book")
}

/// The day of the last trade that a trade is matched with.
fn last_match(book: &Book, washes: &[Wash], is_sale: bool) -> Option<i32> {
    let others = washes
        .iter()
        .map(|wash| if is_sale { book.lots[wash.replacement].acquired } else { sold(book, wash).day });
    others.max()
}

/// The first day on which the trade is more than 30 days after all that it would match with then. What it matches with on a
/// later day are later trades, which on the day of the trade had no part in it; so that day is tried, until there is none.
fn clear_from(
    before: &Book,
    input: &TradePreviewInput,
    mut last: Option<i32>,
    control: &Control,
) -> Result<Option<Date>> {
    let washes_before = before.washes.len();
    let mut clear = None;
    while let Some(day) = last {
        control.check()?;
        let date = Date::from_day_number(day + WINDOW + 1).at("date").at("trade")?;
        clear = Some(date);
        let mut book = before.clone();
        let number = u32::try_from(input.book.events.len()).unwrap_or(u32::MAX);
        book.apply(number, &moved(input, date)).at("trade")?;
        book.finish()?;
        let washes = book.washes.get(washes_before..).unwrap_or_default();
        // A day that is no later would never end.
        last = last_match(&book, washes, matches!(input.trade, LotEvent::Sell { .. }))
            .filter(|next| *next > day);
    }
    Ok(clear)
}

/// The trade on another day, at the exchange rate of its own.
fn moved(input: &TradePreviewInput, day: Date) -> LotEvent {
    let mut trade = input.trade.clone();
    if let LotEvent::Buy { date, security, exchange_rate, .. }
    | LotEvent::Reinvest { date, security, exchange_rate, .. }
    | LotEvent::Sell { date, security, exchange_rate, .. } = &mut trade
    {
        let described = input.book.securities.iter().find(|described| described.id == *security);
        if let Some(currency) = described.and_then(|described| described.currency) {
            let rates = &input.book.rules.exchange_rates;
            let of_day = rates.iter().find(|rate| rate.currency == currency && rate.date == *date);
            *exchange_rate = exchange_rate.or(of_day.map(|rate| rate.rate));
        }
        *date = day;
    }
    trade
}

/// The securities that are certainly and those that are probably substantially identical to one.
fn identical(book: &Book, security: &str) -> (Vec<String>, Vec<String>) {
    let others = |verdict| {
        let groups = book.rules.substantially_identical.iter().filter(move |group| group.verdict == verdict);
        groups
            .filter(|group| group.securities.iter().any(|member| member == security))
            .flat_map(|group| &group.securities)
            .filter(|member| *member != security)
            .cloned()
    };
    let certain = std::iter::once(security.to_owned()).chain(others(WashSaleVerdict::Certain)).collect();
    let mut probable: Vec<String> = others(WashSaleVerdict::Probable).collect();
    order::sort_by(&mut probable, String::cmp);
    probable.dedup();
    (certain, probable)
}
