//! The costs in both currencies follow one another through every event.

use proptest::prelude::*;
use wherewithal_base::{
    dates::{Date, date},
    money::Currency,
    num::Decimal,
};

use super::{ForeignCost, Rates, Sum};
use crate::{
    Jurisdiction, LotEvent, LotExchangeRate, LotMethod, LotRules,
    engine::{
        Book, Lot,
        conservation::{book_in, bought_by, deferred, draws, event, fingerprint, gains, gone, open, owed},
    },
};

/// Days for which there are rates, before and after the first day of a history.
const DAYS: std::ops::Range<i32> = -401..2_500;

fn first_day() -> Date {
    date(2024, 1, 2).unwrap()
}

fn methods() -> impl Strategy<Value = LotMethod> {
    prop::sample::select(vec![
        LotMethod::Fifo,
        LotMethod::Lifo,
        LotMethod::Hifo,
        LotMethod::Lofo,
        LotMethod::LongTermFirst,
    ])
}

/// The rate of a day: always one, or one that jumps between a half and one and a half.
fn rate(day: i32, is_one: bool) -> Decimal {
    let hundredths = if is_one { 100 } else { 50 + (day + 1_000) * 37 % 101 };
    Decimal::from_i128(hundredths.into(), 2).unwrap()
}

fn book(method: LotMethod, is_one: bool) -> Book {
    book_of(LotRules { method, ..LotRules::default() }, is_one)
}

fn book_of(rules: LotRules, is_one: bool) -> Book {
    let day = |day| first_day().add_days(day).unwrap();
    let exchange_rates = DAYS
        .map(|number| LotExchangeRate {
            currency: Currency::EUR,
            date: day(number),
            rate: rate(number, is_one),
        })
        .collect();
    book_in(Some(Currency::EUR), LotRules { exchange_rates, ..rules })
}

/// What all lots that are held cost abroad, less what was brought by those that are owed.
fn open_abroad(book: &Book) -> i128 {
    let signed = |(lot, cost): (_, &ForeignCost)| {
        let Lot { is_short, .. } = &book.lots[lot];
        if *is_short { -cost.holding.cost } else { cost.holding.cost }
    };
    book.costs_abroad().unwrap().iter().map(signed).sum()
}

fn gains_abroad(book: &Book) -> i128 {
    let sold: i128 = book.foreign.disposals.iter().map(|(_, row)| row.proceeds - row.cost).sum();
    let paid: i128 =
        book.foreign.distributions.iter().map(|(_, (cost, paid))| paid.foreign - cost.foreign).sum();
    sold + paid
}

fn deferred_abroad(book: &Book) -> i128 {
    let deferred = |(place, loss): (usize, &i128)| if book.washes[place].for_good { 0 } else { *loss };
    book.foreign.washes.iter().map(deferred).sum()
}

/// What an event that was applied brought in both currencies.
fn received(event: &LotEvent, book: &Book, first: usize, exchanged: impl Fn(Decimal) -> Sum) -> Sum {
    let nothing = Sum::default();
    match event {
        LotEvent::Sell { amount: Some(amount), .. }
        | LotEvent::SellShort { amount: Some(amount), .. }
        | LotEvent::ReturnOfCapital { amount, .. } => exchanged(*amount),
        LotEvent::Exercise { amount, security, .. } if security == "PUT" => exchanged(*amount),
        LotEvent::Assign { amount, security, .. } if security == "CALL" => exchanged(*amount),
        LotEvent::BuyToCover { .. }
        | LotEvent::DeliverToCover { .. }
        | LotEvent::Exercise { .. }
        | LotEvent::Assign { .. }
        | LotEvent::Expire { .. }
        | LotEvent::MarkToMarket { .. } => nothing,
        _ => book.disposals.iter().enumerate().skip(first).fold(nothing, |sum, (place, disposal)| {
            let foreign = book.foreign.disposals.get(place).unwrap().proceeds;
            sum.plus(1, Sum { book: disposal.proceeds, foreign, rates: Rates::None })
        }),
    }
}

/// Applies the events of draws to a book; `check` sees the book before and after each, and what was paid in and out.
fn replay(
    book: &mut Book,
    draws: Vec<crate::engine::conservation::Draw>,
    is_one: bool,
    mut check: impl FnMut(&Book, &Book, &LotEvent, Sum, Sum),
) {
    let mut day = first_day();
    for (index, draw) in draws.into_iter().enumerate() {
        day = day.add_days(i32::try_from(draw.5).unwrap()).unwrap();
        let (event, money) = event(draw, day);
        let number = first_day().days_until(day);
        // Taxable mergers buy at what they bring; the other property has them.
        if !is_one && matches!(event, LotEvent::Merger { taxable: true, .. }) {
            continue;
        }
        let mut tried = book.clone();
        if tried.apply(u32::try_from(index).unwrap(), &event).is_err() {
            assert_eq!(fingerprint(&tried), fingerprint(book));
            continue;
        }
        let exchanged = |amount: Decimal, day: i32| {
            let foreign = amount.mantissa() * 10i128.pow(2 - amount.scale());
            let rate = super::Rate::new(rate(day, is_one), 2, 2).unwrap();
            Sum { book: rate.of(foreign).unwrap(), foreign, rates: Rates::None }
        };
        let paid_on = if matches!(event, LotEvent::ReceiveGift { .. }) { number - 400 } else { number };
        let mut paid = exchanged(money, paid_on);
        if matches!(event, LotEvent::Merger { .. }) {
            let bought = bought_by(&tried, index);
            paid = paid.plus(1, Sum { book: bought, foreign: bought, rates: Rates::None });
        }
        let returned = received(&event, &tried, book.disposals.len(), |amount| exchanged(amount, number));
        check(book, &tried, &event, paid, returned);
        *book = tried;
    }
}

/// That both costs of a book are the same to the last part.
fn assert_same_costs(book: &Book, event: &LotEvent) {
    for (lot, cost) in book.foreign.lots.iter() {
        let own = book.lots[lot].holding;
        assert_eq!(
            (cost.holding.units, cost.holding.cost, cost.holding.whole_units, cost.holding.whole_cost),
            (own.units, own.cost, own.whole_units, own.whole_cost),
            "a lot after {event:?}"
        );
    }
    for (position, cost) in book.foreign.pools.iter() {
        let own = book.positions[position].pool;
        assert_eq!((cost.holding.units, cost.holding.cost), (own.units, own.cost), "an average");
    }
    for (place, row) in book.foreign.disposals.iter() {
        let own = &book.disposals[place];
        assert_eq!((row.proceeds, row.cost, row.disallowed), (own.proceeds, own.cost, own.disallowed));
        let (_, parts) = book.parts_of_disposal(place).unwrap().unwrap();
        assert_eq!((parts.price, parts.currency, parts.cross), (own.result(), 0, 0));
    }
    assert_eq!(book.foreign.disposals.iter().count(), book.disposals.len());
    let washes: Vec<i128> = book.washes.iter().map(|wash| wash.amount).collect();
    assert_eq!(book.foreign.washes.iter().map(|(_, loss)| *loss).collect::<Vec<_>>(), washes);
    let gifts: Vec<i128> = book.departures.iter().map(|departure| departure.cost).collect();
    assert_eq!(book.foreign.departures.iter().map(|(_, cost)| *cost).collect::<Vec<_>>(), gifts);
    assert_eq!(gains_abroad(book), gains(book));
    assert_eq!(open_abroad(book), open(book) - owed(book), "every lot has a cost abroad");
}

/// The book at the end of the day, with all losses decided.
fn finished(book: &Book) -> Book {
    let mut book = book.clone();
    book.finish().unwrap();
    book
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn at_a_rate_of_one_both_costs_are_the_same(draws in draws(), method in methods()) {
        let mut book = book(method, true);
        replay(&mut book, draws, true, |_, book, event, _, _| assert_same_costs(book, event));
    }

    #[test]
    fn pools_keep_both_costs(
        draws in prop::collection::vec((0u8..13, 0u8..3, 0u8..3, 1u32..400, 1u32..9, 0u32..40), 1..60),
        jurisdiction in prop::sample::select(vec![Jurisdiction::UnitedKingdom, Jurisdiction::Canada]),
        is_one in any::<bool>(),
    ) {
        let rules = LotRules { jurisdiction, ..LotRules::default() };
        let mut book = book_of(rules, is_one);
        let (mut paid, mut distributed) = (Sum::default(), Sum::default());
        let mut beyond = 0;
        replay(&mut book, draws, is_one, |before, book, event, in_, out| {
            paid = paid.plus(1, in_);
            if matches!(event, LotEvent::ReturnOfCapital { .. }) {
                distributed = distributed.plus(1, out);
                // What waited for the day is decided before a distribution of it.
                let mut before = before.clone();
                before.end_days().unwrap();
                before.decide_losses(event.date().day_number()).unwrap();
                let recovered = open_abroad(&before) - open_abroad(book);
                let more = out.foreign - recovered - (gains_abroad(book) - gains_abroad(&before));
                assert!(more >= 0, "a distribution takes no more off a cost than it pays");
                beyond += more;
            }
            let book = finished(book);
            if is_one {
                assert_same_costs(&book, event);
            }
            let sold: i128 = book.disposals.iter().map(|row| row.cost).sum();
            let gained: i128 = book.distribution_gains.iter().map(|row| row.amount).sum();
            assert_eq!(open(&book) - deferred(&book), paid.book - sold - distributed.book + gained);
            let sold: i128 = book.foreign.disposals.iter().map(|(_, row)| row.cost).sum();
            let gained = gains_abroad(&book) - book.foreign.disposals.iter().map(|(_, row)| row.proceeds - row.cost).sum::<i128>();
            let abroad = open_abroad(&book) - deferred_abroad(&book);
            assert_eq!(abroad, paid.foreign - sold - distributed.foreign + gained + beyond);
        });
    }

    #[test]
    fn what_was_paid_in_is_what_comes_out_in_both_currencies(draws in draws(), method in methods()) {
        let mut book = book(method, false);
        let (mut paid, mut returned) = (Sum::default(), Sum::default());
        // Distributions above the cost abroad of lots that have a cost left in the currency of the book.
        let mut beyond = 0;
        replay(&mut book, draws, false, |before, book, event, in_, out| {
            paid = paid.plus(1, in_);
            returned = returned.plus(1, out);
            if matches!(event, LotEvent::ReturnOfCapital { .. }) {
                let recovered = open_abroad(before) - open_abroad(book);
                let more = out.foreign - recovered - (gains_abroad(book) - gains_abroad(before));
                assert!(more >= 0, "a distribution takes no more off a cost than it pays");
                beyond += more;
            }
            let in_book = open(book) - owed(book) - deferred(book) + gone(book);
            assert_eq!(in_book, paid.book - returned.book + gains(book));
            let given: i128 = book.foreign.departures.iter().map(|(_, cost)| *cost).sum();
            let abroad = open_abroad(book) - deferred_abroad(book) + given;
            assert_eq!(abroad, paid.foreign - returned.foreign + gains_abroad(book) + beyond);
            for place in 0..book.disposals.len() {
                let (_, parts) = book.parts_of_disposal(place).unwrap().unwrap();
                assert_eq!(parts.price + parts.currency + parts.cross, book.disposals[place].result());
            }
        });
    }
}
