//! What was paid in is what comes out, whatever happens in between, and an event that is refused changes nothing.

use proptest::prelude::*;
use wherewithal_base::{
    dates::{Date, date},
    money::Currency,
    num::Decimal,
};
use wherewithal_household::TaxTreatment;

use super::{BasisRule, Book, Disposal, told::Told};
use crate::{
    LotAccount, LotElection, LotEvent, LotMethod, LotOption, LotRules, LotScope, LotSecurity, OptionRight,
    SecurityKind, SpinOffValues, input::CashInLieu,
};

/// An event of a random history: what it is, and numbers for its fields.
pub(super) type Draw = (u8, u8, u8, u32, u32, u32);

pub(super) fn draws() -> impl Strategy<Value = Vec<Draw>> {
    prop::collection::vec((0u8..38, 0u8..3, 0u8..3, 1u32..400, 1u32..9, 0u32..40), 1..60)
}

fn hundredths(number: u32) -> Decimal {
    Decimal::from_i128(i128::from(number), 2).unwrap()
}

/// An event of options, section 1256 contracts or shares that are sold short.
fn contract((kind, account, security, number, small, _): Draw, date: Date) -> (LotEvent, Decimal) {
    let sequence = 0;
    let account = Some(["taxable", "roth", "taxable"][usize::from(account)].to_owned());
    let stock = ["A", "B", "C"][usize::from(security)].to_owned();
    let security = ["CALL", "PUT", "INDEX"][usize::from(security)].to_owned();
    let quantity = Decimal::from(small);
    let amount = hundredths(number * 50 + small);
    let (price, fees, lot, lots) = (None, Decimal::ZERO, None, Vec::new());
    let nothing = Decimal::ZERO;
    match kind {
        20 | 21 => {
            let quantity = hundredths(number);
            let sold = LotEvent::SellShort {
                date,
                sequence,
                account,
                security: stock,
                quantity,
                price,
                amount: Some(amount),
                fees,
                lot,
                exchange_rate: None,
            };
            (sold, nothing)
        }
        36 | 37 => {
            let quantity = hundredths(number);
            let short_sales = Vec::new();
            let deliver = LotEvent::DeliverToCover {
                date,
                sequence,
                account,
                security: stock,
                quantity,
                lots,
                short_sales,
            };
            (deliver, nothing)
        }
        22 | 23 => {
            let quantity = hundredths(number);
            let cover = LotEvent::BuyToCover {
                date,
                sequence,
                account,
                security: stock,
                quantity,
                price,
                amount: Some(amount),
                fees,
                lots,
                exchange_rate: None,
            };
            (cover, amount)
        }
        24..=26 => {
            let buy = LotEvent::Buy {
                date,
                sequence,
                account,
                security,
                quantity,
                price,
                amount: Some(amount),
                fees,
                lot,
                exchange_rate: None,
            };
            (buy, amount)
        }
        27 => {
            let sell = LotEvent::Sell {
                date,
                sequence,
                account,
                security,
                quantity,
                price,
                amount: Some(amount),
                fees,
                lots,
                target_gain: None,
                exchange_rate: None,
            };
            (sell, nothing)
        }
        28 | 29 => {
            let write = LotEvent::SellShort {
                date,
                sequence,
                account,
                security,
                quantity,
                price,
                amount: Some(amount),
                fees,
                lot,
                exchange_rate: None,
            };
            (write, nothing)
        }
        30 | 31 => {
            let paid = if security == "CALL" { amount } else { nothing };
            (LotEvent::Exercise { date, sequence, account, security, quantity, amount, lots }, paid)
        }
        32 | 33 => {
            let paid = if security == "PUT" { amount } else { nothing };
            (LotEvent::Assign { date, sequence, account, security, quantity, amount, lots }, paid)
        }
        34 => (LotEvent::Expire { date, sequence, account, security }, nothing),
        _ => (LotEvent::MarkToMarket { date, sequence, security, price: hundredths(number) }, nothing),
    }
}

/// What an event that was applied brought: what it says, or what the disposals of it did.
fn received(event: &LotEvent, disposals: &[Disposal]) -> i128 {
    let said = |amount: &Decimal| amount.mantissa() * 10i128.pow(2 - amount.scale());
    match event {
        LotEvent::Sell { amount: Some(amount), .. }
        | LotEvent::SellShort { amount: Some(amount), .. }
        | LotEvent::ReturnOfCapital { amount, .. } => said(amount),
        LotEvent::Exercise { amount, security, .. } if security == "PUT" => said(amount),
        LotEvent::Assign { amount, security, .. } if security == "CALL" => said(amount),
        LotEvent::BuyToCover { .. }
        | LotEvent::DeliverToCover { .. }
        | LotEvent::Exercise { .. }
        | LotEvent::Assign { .. }
        | LotEvent::Expire { .. }
        | LotEvent::MarkToMarket { .. } => 0,
        _ => disposals.iter().map(|disposal| disposal.proceeds).sum(),
    }
}

/// The event of a draw, and what it pays into the book.
pub(super) fn event(draw: Draw, date: Date) -> (LotEvent, Decimal) {
    let (kind, account, security, number, small, _) = draw;
    let account_number = account;
    let other = ["A", "B", "C"][usize::from(account + security) % 3].to_owned();
    let to_account = ["taxable", "spouse", "roth"][usize::from(account + 1) % 3].to_owned();
    let account = Some(["taxable", "spouse", "roth"][usize::from(account)].to_owned());
    let security = ["A", "B", "C"][usize::from(security)].to_owned();
    let quantity = hundredths(number * small);
    let money = hundredths(number * 7 + small);
    let sequence = 0;
    let lot = None;
    let lots = Vec::new();
    let cash_in_lieu = if small == 3 {
        vec![CashInLieu { account: account.clone(), amount: hundredths(small) }]
    } else {
        vec![]
    };
    let nothing = Decimal::ZERO;
    match kind {
        0..=5 => {
            let buy = LotEvent::Buy {
                date,
                sequence,
                account,
                security,
                quantity,
                price: None,
                amount: Some(money),
                fees: hundredths(small),
                lot,
                exchange_rate: None,
            };
            (buy, money.plus(hundredths(small)).unwrap())
        }
        6..=9 => {
            let sell = LotEvent::Sell {
                date,
                sequence,
                account,
                security,
                quantity,
                price: None,
                amount: Some(money),
                fees: nothing,
                lots,
                target_gain: None,
                exchange_rate: None,
            };
            (sell, nothing)
        }
        10 => (LotEvent::Split { date, sequence, security, from: small, to: 4, cash_in_lieu }, nothing),
        11 => {
            (LotEvent::BonusShares { date, sequence, security, from: small, bonus: 1, cash_in_lieu }, nothing)
        }
        12 => (
            LotEvent::ReturnOfCapital {
                date,
                sequence,
                account,
                security,
                amount: hundredths(number),
                exchange_rate: None,
            },
            nothing,
        ),
        13 | 14 => {
            (LotEvent::Transfer { date, sequence, account, to_account, security, quantity, lots }, nothing)
        }
        15 => {
            let gift = LotEvent::ReceiveGift {
                date,
                sequence,
                account,
                security,
                quantity,
                donor_basis: money,
                donor_acquired: date.add_days(-400).unwrap(),
                fair_market_value: Some(hundredths(number * small)),
                gift_tax: None,
                from_spouse: false,
                lot,
            };
            (gift, money)
        }
        16 => {
            let inherited = LotEvent::Inherit {
                date,
                sequence,
                account,
                security,
                quantity,
                fair_market_value: money,
                alternate_valuation: None,
                lot,
            };
            (inherited, money)
        }
        17 => (
            LotEvent::Give { date, sequence, account, security, quantity, lots, to_charity: small > 4 },
            nothing,
        ),
        20.. => contract(draw, date),
        18 => {
            let merger = LotEvent::Merger {
                date,
                sequence,
                security,
                into: (small != 8).then_some(other),
                from: (small != 8).then_some(small),
                to: (small != 8).then_some(3),
                cash_per_share: (small > 4).then(|| hundredths(number)),
                price: (small != 8 && (small > 4 || account_number == 2)).then(|| hundredths(number * 2)),
                taxable: account_number == 2,
                cash_in_lieu,
            };
            (merger, nothing)
        }
        _ => {
            let spin_off = LotEvent::SpinOff {
                date,
                sequence,
                security,
                into: other,
                from: small,
                to: 2,
                basis_fraction: None,
                market_values: Some(SpinOffValues { security: money, into: hundredths(number) }),
                cash_in_lieu,
            };
            (spin_off, nothing)
        }
    }
}

fn book(method: LotMethod) -> Book {
    book_in(None, LotRules { method, ..LotRules::default() })
}

/// A book of securities in a currency.
pub(super) fn book_in(currency: Option<Currency>, rules: LotRules) -> Book {
    let account = |id: &str, treatment| LotAccount { id: id.to_owned(), treatment };
    let accounts = [
        account("taxable", TaxTreatment::Taxable),
        account("spouse", TaxTreatment::Taxable),
        account("roth", TaxTreatment::TaxFree),
    ];
    let security = |id: &str, kind, option| LotSecurity { id: id.to_owned(), kind, option, currency };
    let fund = |id: &str| security(id, SecurityKind::MutualFund, None);
    let option = |id: &str, underlying: &str, right| {
        let option = LotOption { underlying: underlying.to_owned(), right, multiplier: 10 };
        security(id, SecurityKind::Option, Some(option))
    };
    let securities = [
        fund("A"),
        fund("B"),
        fund("C"),
        option("CALL", "A", OptionRight::Call),
        option("PUT", "B", OptionRight::Put),
        security("INDEX", SecurityKind::Section1256, None),
    ];
    let elections = vec![LotElection {
        account: Some("spouse".to_owned()),
        security: None,
        from: Some(date(2024, 6, 1).unwrap()),
        method: LotMethod::AverageCost,
    }];
    // Where lots stand together, one account has no method of its own.
    let has_own = !rules.jurisdiction.pools() && rules.scope == LotScope::Account;
    let elections = if has_own { elections } else { Vec::new() };
    let rules = LotRules { elections, ..rules };
    let mut book = Book::new(&rules, &accounts, &securities).unwrap();
    book.journal = Some(Vec::new());
    book
}

/// What the shares cost that an event bought.
pub(super) fn bought_by(book: &Book, event: usize) -> i128 {
    let entries = book.journal.iter().flatten().filter(|entry| entry.event as usize == event);
    entries.filter(|entry| entry.rule == BasisRule::Purchase).map(|entry| entry.basis).sum()
}

/// What everything brought that is owed.
pub(super) fn owed(book: &Book) -> i128 {
    let shorts = book.positions.iter().flat_map(|(_, position)| position.shorts.lots(&book.lots));
    shorts.map(|lot| book.lots[lot].holding.cost).sum()
}

/// The cost of all open lots.
pub(super) fn open(book: &Book) -> i128 {
    let positions = book.positions.iter();
    positions
        .map(|(_, position)| {
            if position.is_averaged() {
                return position.pool.cost;
            }
            position.queue.lots(&book.lots).iter().map(|lot| book.lots[*lot].holding.cost).sum()
        })
        .sum()
}

/// All gains.
pub(super) fn gains(book: &Book) -> i128 {
    let sold: i128 = book.disposals.iter().map(Disposal::result).sum();
    let distributed: i128 = book.distribution_gains.iter().map(|gain| gain.amount).sum();
    sold + distributed
}

/// Basis that is gone without proceeds.
pub(super) fn gone(book: &Book) -> i128 {
    let given: i128 = book.departures.iter().map(|departure| departure.cost).sum();
    given + book.unused_basis
}

/// Losses that moved into the basis of a replacement.
pub(super) fn deferred(book: &Book) -> i128 {
    book.washes.iter().filter(|wash| !wash.for_good).map(|wash| wash.amount).sum()
}

/// Units of each position, as the lots and as the position have them.
fn assert_units(book: &Book) {
    for (_, position) in book.positions.iter() {
        let lots = position.queue.lots(&book.lots);
        let units: i128 = lots.iter().map(|lot| book.lots[*lot].holding.units).sum();
        assert_eq!(units, position.held, "units of a position");
        let shorts = position.shorts.lots(&book.lots);
        let owed: i128 = shorts.iter().map(|lot| book.lots[*lot].holding.units).sum();
        assert_eq!(owed, position.owed, "units owed by a position");
        let family = &book.families[book.securities[position.security].family];
        for lot in &lots {
            let listed = family.suspended.iter().filter(|other| *other == lot).count();
            assert_eq!(listed, usize::from(book.lots[*lot].suspended), "lots whose holding period stopped");
        }
        if position.is_averaged() {
            assert_eq!(position.pool.units, position.held, "units of an average");
        }
        for lot in lots {
            if let Some(gift) = book.lots[lot].gift {
                assert_eq!(book.gifts[gift].loss.units, book.lots[lot].holding.units, "units of two bases");
            }
        }
    }
}

/// The rows, to compare books by.
pub(super) fn fingerprint(book: &Book) -> String {
    format!("{:?}", crate::output::report(book).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn what_was_paid_in_is_what_comes_out(
        draws in draws(),
        method in prop::sample::select(vec![LotMethod::Fifo, LotMethod::Lifo, LotMethod::Hifo, LotMethod::Lofo, LotMethod::LongTermFirst]),
    ) {
        let mut book = book(method);
        let mut day = date(2024, 1, 2).unwrap();
        let (mut paid, mut returned) = (0, 0);
        for (index, draw) in draws.into_iter().enumerate() {
            day = day.add_days(i32::try_from(draw.5).unwrap()).unwrap();
            let (event, money) = event(draw, day);
            let mut tried = book.clone();
            match tried.apply(u32::try_from(index).unwrap(), &event) {
                Ok(()) => {
                    returned += received(&event, &tried.disposals[book.disposals.len()..]);
                    if matches!(event, LotEvent::Merger { .. }) {
                        paid += bought_by(&tried, index);
                    }
                    book = tried;
                    paid += money.mantissa() * 10i128.pow(2 - money.scale());
                }
                Err(_) => prop_assert_eq!(fingerprint(&tried), fingerprint(&book)),
            }
            assert_units(&book);
            let before_deferral = open(&book) - owed(&book) - deferred(&book);
            prop_assert_eq!(before_deferral + gone(&book), paid - returned + gains(&book));
        }
        let told: i128 = book.journal.iter().flatten().map(|entry| entry.basis).sum();
        prop_assert_eq!(told, open(&book) + owed(&book), "the journal tells every change of a basis");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn what_is_told_event_by_event_is_the_book(
        draws in draws(),
        method in prop::sample::select(vec![LotMethod::Fifo, LotMethod::Hifo, LotMethod::LongTermFirst]),
    ) {
        let (mut book, mut told) = (book(method), Told::default());
        let mut day = date(2024, 1, 2).unwrap();
        for (index, draw) in draws.into_iter().enumerate() {
            day = day.add_days(i32::try_from(draw.5).unwrap()).unwrap();
            let (event, _) = event(draw, day);
            if let Ok(changes) = book.append(u32::try_from(index).unwrap(), &event) {
                told.add(changes);
                told.assert_is(&book);
            }
        }
    }
}
