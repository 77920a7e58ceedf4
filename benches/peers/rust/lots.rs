//! Tax lots.

use std::collections::VecDeque;

use wherewithal::{
    control::Control,
    lots::{Book, LotMethod, LotTradeKind, book_columns},
};
use wherewithal_benches::{Trades, expected_gains, gains, lot_rules, traded_security, trades};

use crate::measure::{Measured, best};

/// Short-term and long-term gain, and the number of matches.
type Found = (i128, i128, usize);

pub(crate) fn lots(workload: &str, peer: &str, repetitions: u32) -> Measured {
    let events = if workload == "w7-large" { 10_000_000 } else { 150_000 };
    let trades = trades(events).expect("trades");
    let method = if workload == "w7-hifo" { LotMethod::Hifo } else { LotMethod::Fifo };
    let rules = lot_rules(method);
    let security = [traded_security()];
    let error = |found: &Found| {
        let expected = if events == 150_000 { expected_gains(method) } else { in_integers(&trades) };
        if *found == expected { 0.0 } else { 1.0 }
    };
    match peer {
        "wherewithal, columns" => {
            let run = || book_columns(&trades.table(), &rules, &[], &security, &Control::default());
            best(repetitions, || run().expect("a book"), |book| error(&gains(book)))
        }
        "wherewithal, event by event" => {
            let events = trades.events().expect("events");
            let run = || {
                let mut book = Book::new(&rules, &[], &security).expect("a book");
                for (index, event) in (0..).zip(&events) {
                    book.apply(index, event).expect("an event");
                }
                book
            };
            // The book keeps its records to itself: the columns of the same trades are checked.
            let columns = book_columns(&trades.table(), &rules, &[], &security, &Control::default());
            best(repetitions, run, |_| error(&gains(columns.as_ref().expect("a book"))))
        }
        _ => best(repetitions, || in_integers(&trades), error),
    }
}

/// First in, first out, as one would write it by hand: a queue of lots, and no row for a match.
fn in_integers(trades: &Trades) -> Found {
    let mut lots: VecDeque<(i64, i64, i32)> = VecDeque::new();
    let (mut short, mut long, mut matches) = (0, 0, 0);
    for row in 0..trades.days.len() {
        let (day, price) = (trades.days[row], trades.prices[row]);
        let mut quantity = trades.quantities[row];
        if trades.kinds[row] == LotTradeKind::Buy {
            lots.push_back((quantity, price, day));
            continue;
        }
        while quantity > 0 {
            let (held, cost, bought) = lots.front_mut().expect("a lot");
            let taken = quantity.min(*held);
            let gain = i128::from(taken * (price - *cost));
            *(if day - *bought > 365 { &mut long } else { &mut short }) += gain;
            matches += 1;
            quantity -= taken;
            *held -= taken;
            if *held == 0 {
                lots.pop_front();
            }
        }
    }
    (short, long, matches)
}
