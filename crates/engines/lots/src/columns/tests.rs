//! A table gives the rows that its events give, by either way.

use proptest::prelude::*;
use wherewithal_base::{
    ErrorCode,
    control::Control,
    dates::{Date, date},
    num::{Decimal, Rounding},
};
use wherewithal_household::TaxTreatment;

use super::*;
use crate::{
    DistributionGainRow, Jurisdiction, LotBook, LotBookInput, LotDisposal, LotElection, LotEvent, LotMethod,
    LotScope, OpenLot, SecurityKind, WashSale, book,
};

/// A table that owns its columns.
#[derive(Debug, Clone, Default)]
struct Columns {
    days: Vec<i32>,
    sequences: Vec<u32>,
    kinds: Vec<LotTradeKind>,
    accounts: Vec<u32>,
    securities: Vec<u32>,
    quantities: Vec<i64>,
    money: Vec<i64>,
    fees: Vec<i64>,
    /// Places of prices; none for amounts.
    price_places: Option<u32>,
}

const QUANTITY_PLACES: u32 = 3;

impl Columns {
    fn table(&self) -> LotTrades<'_> {
        LotTrades {
            days: &self.days,
            sequences: Some(&self.sequences),
            kinds: &self.kinds,
            accounts: Some(&self.accounts),
            securities: Some(&self.securities),
            quantities: &self.quantities,
            quantity_places: QUANTITY_PLACES,
            money: match self.price_places {
                Some(places) => LotTradeMoney::Prices { values: &self.money, places },
                None => LotTradeMoney::Amounts(&self.money),
            },
            fees: Some(&self.fees),
        }
    }

    /// The events, written down independently of `whole`.
    fn events(&self, setting: &Setting, places: u32) -> Vec<LotEvent> {
        let event = |row: usize| {
            let date = Date::from_day_number(self.days[row] + EPOCH).unwrap();
            let (sequence, lot) = (self.sequences[row], None);
            let account = Some(setting.accounts[self.accounts[row] as usize].id.clone());
            let security = setting.securities[self.securities[row] as usize].id.clone();
            let quantity = Decimal::new(self.quantities[row], QUANTITY_PLACES).unwrap();
            let price = self.price_places.map(|places| Decimal::new(self.money[row], places).unwrap());
            let given = self.price_places.is_none().then(|| Decimal::new(self.money[row], places).unwrap());
            let fees = Decimal::new(self.fees[row], places).unwrap();
            let amount = given.unwrap_or_else(|| {
                let product = quantity.times(price.unwrap()).unwrap();
                product.round(places, wherewithal_base::num::Rounding::HalfEven)
            });
            match self.kinds[row] {
                LotTradeKind::Buy => LotEvent::Buy {
                    date,
                    sequence,
                    account,
                    security,
                    quantity,
                    price,
                    amount: given,
                    fees,
                    lot,
                    exchange_rate: None,
                },
                LotTradeKind::Sell => LotEvent::Sell {
                    date,
                    sequence,
                    account,
                    security,
                    quantity,
                    price,
                    amount: given,
                    fees,
                    lots: Vec::new(),
                    target_gain: None,
                    exchange_rate: None,
                },
                LotTradeKind::Reinvest => LotEvent::Reinvest {
                    date,
                    sequence,
                    account,
                    security,
                    quantity,
                    amount,
                    lot,
                    exchange_rate: None,
                },
                LotTradeKind::Dividend => {
                    LotEvent::Dividend { date, account, security, amount, exchange_rate: None }
                }
                LotTradeKind::ReturnOfCapital => LotEvent::ReturnOfCapital {
                    date,
                    sequence,
                    account,
                    security,
                    amount,
                    exchange_rate: None,
                },
            }
        };
        (0..self.days.len()).map(event).collect()
    }
}

/// The rules of a book.
#[derive(Debug, Clone)]
struct Setting {
    rules: LotRules,
    accounts: Vec<LotAccount>,
    securities: Vec<LotSecurity>,
}

fn setting(jurisdiction: Jurisdiction, method: LotMethod, kind: SecurityKind, places: u32) -> Setting {
    let account = |id: &str, treatment| LotAccount { id: id.to_owned(), treatment };
    let security = |id: &str| LotSecurity { id: id.to_owned(), kind, option: None, currency: None };
    Setting {
        rules: LotRules { amount_places: Some(places), jurisdiction, method, ..LotRules::default() },
        accounts: vec![
            account("broker", TaxTreatment::Taxable),
            account("second", TaxTreatment::Taxable),
            account("roth", TaxTreatment::TaxFree),
        ],
        // Not in the order of their ids.
        securities: vec![security("Y"), security("X")],
    }
}

fn columns(setting: &Setting, columns: &Columns) -> Result<LotColumns> {
    let Setting { rules, accounts, securities } = setting;
    book_columns(&columns.table(), rules, accounts, securities, &Control::default())
}

/// The rows of the book of the events.
fn rows(setting: &Setting, columns: &Columns) -> Result<LotBook> {
    let Setting { rules, accounts, securities } = setting.clone();
    let events = columns.events(setting, rules.amount_places.unwrap());
    book(&LotBookInput { events, rules, accounts, securities }, &Control::default())
}

/// The id of a part of a purchase.
fn id(lot: u32, part: u32) -> String {
    if part == 0 { format!("#{lot}") } else { format!("#{lot}#{part}") }
}

/// That a table has the rows of a book.
fn assert_same(found: &LotColumns, expected: &LotBook) {
    let money = |amount: i64| Decimal::new(amount, found.places).unwrap();
    let shares = |quantity: i64| Decimal::new(quantity, found.quantity_places).unwrap();
    let disposals = &found.disposals;
    assert_eq!(disposals.events.len(), expected.disposals.len());
    for (row, LotDisposal { event, lot, quantity, proceeds, cost, disallowed_loss, term, rule, .. }) in
        expected.disposals.iter().enumerate()
    {
        assert_eq!(disposals.events[row], *event);
        assert_eq!(id(disposals.lots[row], disposals.parts[row]), *lot);
        assert_eq!(shares(disposals.quantities[row]), *quantity);
        assert_eq!(money(disposals.proceeds[row]), *proceeds);
        assert_eq!(money(disposals.costs[row]), *cost);
        assert_eq!(money(disposals.disallowed_losses[row]), *disallowed_loss);
        assert_eq!((disposals.terms[row], disposals.rules[row]), (*term, *rule));
    }
    let lots = &found.lots;
    assert_eq!(lots.lots.len(), expected.lots.len());
    for (row, OpenLot { id: lot, acquisition_date, held_since, quantity, total_cost, .. }) in
        expected.lots.iter().enumerate()
    {
        assert_eq!(id(lots.lots[row], lots.parts[row]), *lot);
        assert_eq!(lots.held_since[row] + EPOCH, held_since.unwrap_or(*acquisition_date).day_number());
        assert_eq!(shares(lots.quantities[row]), *quantity);
        assert_eq!(money(lots.costs[row]), *total_cost);
    }
    let washes = &found.wash_sales;
    assert_eq!(washes.lots.len(), expected.wash_sales.len());
    for (row, WashSale { disposal, replacement, quantity, disallowed_loss, permanent, .. }) in
        expected.wash_sales.iter().enumerate()
    {
        assert_eq!(washes.disposals[row], *disposal);
        assert_eq!(id(washes.lots[row], washes.parts[row]), *replacement);
        // Where a loss is divided among accounts.
        let quantity = quantity.round(found.quantity_places, Rounding::HalfEven);
        assert_eq!(shares(washes.quantities[row]), quantity);
        assert_eq!(money(washes.disallowed_losses[row]), *disallowed_loss);
        assert_eq!(washes.permanent[row], *permanent);
    }
    let gains = &found.distribution_gains;
    assert_eq!(gains.lots.len(), expected.distribution_gains.len());
    for (row, DistributionGainRow { event, lot, gain, term, .. }) in
        expected.distribution_gains.iter().enumerate()
    {
        assert_eq!((gains.events[row], gains.terms[row]), (*event, *term));
        assert_eq!(id(gains.lots[row], gains.parts[row]), *lot);
        assert_eq!(money(gains.gains[row]), *gain);
    }
    assert_eq!(found.years, expected.years);
}

/// Whether the table takes no more than lines of lots.
fn is_plain(setting: &Setting, columns: &Columns) -> bool {
    let Setting { rules, accounts, securities } = setting;
    let table = columns.table();
    let empty = Book::new(rules, accounts, securities).unwrap();
    let order = order::of(&table);
    plain::book(&table, securities, order.as_deref(), &empty, &Control::default()).unwrap().is_some()
}

fn same(setting: &Setting, table: &Columns) {
    match (columns(setting, table), rows(setting, table)) {
        (Ok(found), Ok(expected)) => assert_same(&found, &expected),
        (Err(found), Err(expected)) => {
            assert_eq!((found.code(), found.path()), (expected.code(), expected.path()));
        }
        (found, expected) => panic!("{found:?} and {expected:?}"),
    }
}

fn table() -> impl Strategy<Value = Columns> {
    let row = (0..40i32, 0..3u32, 0..12u8, 0..3u32, 0..2u32, 1..5_000i64, 1..20_000i64, 0..300i64);
    (prop::collection::vec(row, 1..60), prop::option::of(0..5u32), any::<bool>(), any::<bool>()).prop_map(
        |(rows, price_places, in_order, covers)| {
            let mut columns = Columns { price_places, ..Columns::default() };
            let mut day = 19_000;
            let mut held = std::collections::BTreeMap::new();
            for (days, sequence, kind, account, security, quantity, money, fees) in rows {
                day += days;
                let mut quantity = quantity;
                let mut kind = match kind {
                    0..6 => LotTradeKind::Buy,
                    6..9 => LotTradeKind::Sell,
                    9 => LotTradeKind::Reinvest,
                    10 => LotTradeKind::Dividend,
                    _ => LotTradeKind::ReturnOfCapital,
                };
                let held = held.entry((account, security)).or_insert(0);
                if covers && kind == LotTradeKind::Sell {
                    quantity = quantity.min(*held);
                }
                if covers && *held == 0 && matches!(kind, LotTradeKind::Sell | LotTradeKind::ReturnOfCapital)
                {
                    (kind, quantity) = (LotTradeKind::Buy, quantity.max(1));
                }
                match kind {
                    LotTradeKind::Buy | LotTradeKind::Reinvest => *held += quantity,
                    LotTradeKind::Sell => *held -= quantity,
                    LotTradeKind::Dividend | LotTradeKind::ReturnOfCapital => {}
                }
                columns.days.push(if in_order { day } else { 19_000 + day * 31 % 900 });
                columns.sequences.push(if in_order { columns.kinds.len() as u32 } else { sequence });
                columns.kinds.push(kind);
                columns.accounts.push(account);
                columns.securities.push(security);
                columns.quantities.push(quantity);
                columns.money.push(money);
                let has_fees = matches!(kind, LotTradeKind::Buy | LotTradeKind::Sell);
                columns.fees.push(if has_fees { fees } else { 0 });
            }
            columns
        },
    )
}

/// The table without the kinds that are more than lines of lots.
fn without_returns(mut table: Columns) -> Columns {
    for kind in &mut table.kinds {
        if *kind == LotTradeKind::ReturnOfCapital {
            *kind = LotTradeKind::Dividend;
        }
    }
    table
}

fn method() -> impl Strategy<Value = LotMethod> {
    prop::sample::select(vec![LotMethod::Fifo, LotMethod::Lifo, LotMethod::Hifo, LotMethod::Lofo])
}

proptest! {
    #[test]
    fn a_plain_table_is_the_book_of_its_events(
        table in table(),
        method in method(),
        is_american in any::<bool>(),
        places in 0..9u32,
        together in any::<bool>(),
    ) {
        let jurisdiction = if is_american { Jurisdiction::UnitedStates } else { Jurisdiction::None };
        let mut setting = setting(jurisdiction, method, SecurityKind::DigitalAsset, places);
        setting.rules.long_term_days = (places > 4).then_some(365);
        if together {
            setting.rules.scope = LotScope::AllAccounts;
        }
        let table = without_returns(table);
        same(&setting, &table);
    }

    #[test]
    fn any_table_is_the_book_of_its_events(
        table in table(),
        method in method(),
        jurisdiction in prop::sample::select(vec![
            Jurisdiction::UnitedStates,
            Jurisdiction::None,
            Jurisdiction::UnitedKingdom,
            Jurisdiction::Canada,
        ]),
        places in 0..5u32,
    ) {
        let method = if jurisdiction.pools() { LotMethod::Fifo } else { method };
        same(&setting(jurisdiction, method, SecurityKind::Stock, places), &table);
    }
}

/// Three purchases and two sales, a year apart.
fn small() -> Columns {
    use LotTradeKind::{Buy, Sell};
    Columns {
        days: vec![19_000, 19_010, 19_020, 19_380, 19_400],
        sequences: vec![0; 5],
        kinds: vec![Buy, Buy, Buy, Sell, Sell],
        accounts: vec![0; 5],
        securities: vec![1; 5],
        quantities: vec![10_000, 7_000, 5_000, 11_000, 3_000],
        money: vec![1_000, 1_500, 1_200, 1_300, 1_400],
        fees: vec![0, 5, 0, 5, 0],
        price_places: Some(2),
    }
}

#[test]
fn a_plain_table_takes_no_book() {
    for method in [LotMethod::Fifo, LotMethod::Lifo, LotMethod::Hifo, LotMethod::Lofo] {
        let setting = setting(Jurisdiction::None, method, SecurityKind::Stock, 2);
        assert!(is_plain(&setting, &small()), "{method:?}");
        same(&setting, &small());
    }
}

#[test]
fn what_a_line_of_lots_cannot_do_is_left_to_the_book() {
    let plain = setting(Jurisdiction::None, LotMethod::Fifo, SecurityKind::Stock, 2);
    let by_taxes = setting(Jurisdiction::None, LotMethod::LongTermFirst, SecurityKind::Stock, 2);
    let with_wash_sales = setting(Jurisdiction::UnitedStates, LotMethod::Fifo, SecurityKind::Stock, 2);
    let mut elected = plain.clone();
    let from = Some(date(2022, 1, 20).unwrap());
    elected.rules.elections =
        vec![LotElection { account: None, security: None, from, method: LotMethod::Hifo }];
    for setting in [&by_taxes, &with_wash_sales, &elected] {
        assert!(!is_plain(setting, &small()));
        same(setting, &small());
    }
    let mut large = small();
    large.quantities = large.quantities.iter().map(|quantity| quantity * 100_000_000_000).collect();
    large.money = large.money.iter().map(|price| price * 1_000_000_000).collect();
    assert!(!is_plain(&plain, &large), "the products have more than 64 bits");
    assert_eq!(columns(&plain, &large).unwrap_err().code(), ErrorCode::DecimalOverflow);
}

#[test]
fn errors_are_those_of_the_events() {
    let setting = setting(Jurisdiction::None, LotMethod::Hifo, SecurityKind::Stock, 2);
    let changed = |change: fn(&mut Columns)| {
        let mut table = small();
        change(&mut table);
        same(&setting, &table);
        columns(&setting, &table).unwrap_err().code()
    };
    assert_eq!(changed(|table| table.quantities[3] = 30_000), ErrorCode::QuantityExceedsHeld);
    assert_eq!(changed(|table| table.quantities[1] = 0), ErrorCode::QuantityOutOfRange);
    assert_eq!(changed(|table| table.quantities[0] = i64::MAX), ErrorCode::QuantityOutOfRange);
    assert_eq!(changed(|table| table.money[4] = -1), ErrorCode::AmountOutOfRange);
    assert_eq!(changed(|table| table.fees[1] = -1), ErrorCode::AmountOutOfRange);
    assert_eq!(changed(|table| table.sequences[2] = 1_000_001), ErrorCode::CountOutOfRange);

    let refused = |change: fn(&mut Columns)| {
        let mut table = small();
        change(&mut table);
        let error = columns(&setting, &table).unwrap_err();
        (error.code(), error.path().to_owned())
    };
    let at = |code, path: &str| (code, path.to_owned());
    assert_eq!(refused(|table| table.money.truncate(4)), at(ErrorCode::ListLengthMismatch, "price"));
    assert_eq!(refused(|table| table.accounts[2] = 3), at(ErrorCode::NameUnknown, "account[2]"));
    assert_eq!(refused(|table| table.days[4] = i32::MAX), at(ErrorCode::DateOutOfRange, "events[4].date"));
    assert_eq!(
        refused(|table| table.price_places = Some(19)),
        at(ErrorCode::NumberOutOfRange, "pricePlaces")
    );
}

#[test]
fn a_security_in_another_currency_is_refused() {
    let mut setting = setting(Jurisdiction::None, LotMethod::Fifo, SecurityKind::Stock, 2);
    setting.securities[1].currency = Some("EUR".parse().unwrap());
    let refusal = columns(&setting, &Columns { price_places: Some(2), ..Columns::default() }).unwrap_err();
    assert_eq!(refusal.code(), ErrorCode::SecurityUnsuitable);
    assert_eq!(refusal.path(), "securities[1].currency");
}
