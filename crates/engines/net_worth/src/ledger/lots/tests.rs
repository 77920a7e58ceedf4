use proptest::prelude::*;
use serde_json::{Value, json};
use wherewithal_base::{ErrorCode, Result, control::Control, num::Decimal};

use super::*;
use crate::ledger::{
    NetWorthAttribution, NetWorthAttributionInput, PositionPoint, attribution,
    tests::{DAYS, any_books, books, day, decimal, ledger, simple, sums},
};

fn asked(value: &Value, from: i32, to: i32, lots: &Value) -> Result<NetWorthAttribution> {
    let lots: AttributionLots = serde_json::from_value(lots.clone()).unwrap();
    let input =
        NetWorthAttributionInput { books: books(value), from: day(from), to: day(to), lots: Some(lots) };
    attribution(&input, &Control::default())
}

/// The lots, each as its number of shares at both ends, its change, and its terms `income`, `market` and `transfers`.
fn told(answer: &NetWorthAttribution) -> Vec<String> {
    let quantity = |point: &Option<LotPoint>| {
        point.as_ref().map_or_else(|| "?".to_owned(), |point| point.quantity.to_string())
    };
    let line = |lot: &LotAttribution| {
        let NetWorthTerms { income, market, transfers, .. } = lot.terms;
        let (opening, closing) = (quantity(&lot.opening), quantity(&lot.closing));
        let name = lot.transaction.clone().unwrap_or_else(|| format!("{:?}", lot.origin));
        format!("{name} {opening} {closing}: {} = {income} + {market} + {transfers}", lot.change)
    };
    answer.lots.iter().flatten().map(line).collect()
}

fn trade(id: &str, on: &str, quantity: &str, amount: &str) -> Value {
    let kind = if quantity.starts_with('-') { "sell" } else { "buy" };
    json!({"id": id, "account": "broker", "date": on, "amount": amount, "type": kind, "security": "A",
        "quantity": quantity, "description": format!("record {id}")})
}

/// Two purchases, a dividend, a split of two for one, and a sale of 15 of 40.
fn two_lots() -> Value {
    let mut value = simple();
    value["ledger"]["transactions"] = json!([
        trade("a", "2026-01-05", "10", "-100"),
        trade("b", "2026-01-06", "10", "-120"),
        {"id": "c", "account": "broker", "date": "2026-01-10", "amount": "5.01", "type": "dividend", "security": "A",
            "description": "dividend"},
        {"id": "d", "account": "broker", "date": "2026-01-12", "amount": "0", "type": "split", "security": "A",
            "splitFrom": "1", "splitTo": "2", "description": "split"},
        trade("e", "2026-01-20", "-15", "105")]);
    value["prices"] = json!([{"security": "A", "date": "2026-01-05", "price": "10"},
        {"security": "A", "date": "2026-01-06", "price": "11"}, {"security": "A", "date": "2026-01-12", "price": "6"},
        {"security": "A", "date": "2026-01-31", "price": "8"}]);
    value
}

#[test]
fn a_sale_takes_what_the_method_says() {
    let value = two_lots();
    let fifo = asked(&value, 5, 40, &json!({})).unwrap();
    // 110 of a at the beginning; 15 of its 20 shares are sold for 105, and 5 are left at 8. The odd cent of the dividend is the
    // first lot's.
    assert_eq!(
        told(&fifo),
        ["a 10 5: -70.00 = 2.51 + 35.00 + -107.51", "b 10 20: 50.00 = 2.50 + 50.00 + -2.50"]
    );
    let lifo = asked(&value, 5, 40, &json!({"method": "lifo"})).unwrap();
    assert_eq!(
        told(&lifo),
        ["a 10 20: 50.00 = 2.51 + 50.00 + -2.51", "b 10 5: -70.00 = 2.50 + 35.00 + -107.50"]
    );
    let elected =
        json!({"method": "lofo", "elections": [{"account": "broker", "security": "A", "method": "hifo"}]});
    assert_eq!(told(&asked(&value, 5, 40, &elected).unwrap()), told(&lifo));
    let average = asked(&value, 5, 40, &json!({"method": "averageCost"})).unwrap();
    assert_eq!(told(&average), told(&fifo));
    assert_eq!((fifo.positions, fifo.terms), (lifo.positions, lifo.terms));
}

#[test]
fn opening_lots_come_first_and_the_rest_is_a_lot_without_a_day() {
    let mut value = two_lots();
    value["positions"] =
        json!([{"account": "broker", "security": "A", "date": "2026-01-31", "quantity": "35"}]);
    let opening = json!([{"account": "broker", "security": "A", "acquired": "2020-05-04", "quantity": "3", "cost": "9"},
        {"account": "broker", "security": "A", "acquired": "2019-05-04", "quantity": "1", "cost": "9"}]);
    let answer = asked(&value, 5, 40, &json!({"opening": opening})).unwrap();
    // Before the split there were 5 shares more than the purchases.
    let lots: Vec<_> = (answer.lots.iter().flatten())
        .map(|lot| {
            (lot.opening_lot, lot.transaction.as_deref(), lot.closing.as_ref().unwrap().quantity.to_string())
        })
        .collect();
    let left = |place: Option<u32>, id: Option<&'static str>, shares: &str| (place, id, shares.to_owned());
    assert_eq!(
        lots,
        [
            left(None, None, "0"),
            left(Some(1), None, "0"),
            left(Some(0), None, "0"),
            left(None, Some("a"), "15"),
            left(None, Some("b"), "20")
        ]
    );
}

#[test]
fn shares_that_move_to_another_account_stay_their_lots() {
    let mut value = two_lots();
    value["ledger"]["accounts"] =
        json!([{"id": "broker", "kind": "brokerage"}, {"id": "other", "kind": "brokerage"}]);
    let moved = |id: &str, account: &str, other: &str, on: &str, quantity: &str| {
        json!({"id": id, "account": account, "transferAccount": other, "date": on, "amount": "0", "security": "A",
            "type": "securityTransfer", "quantity": quantity, "description": format!("record {id}")})
    };
    let rows = value["ledger"]["transactions"].as_array_mut().unwrap();
    rows.push(moved("m", "broker", "other", "2026-01-22", "-12"));
    rows.push(moved("n", "other", "broker", "2026-01-26", "12"));
    rows.push(json!({"id": "o", "account": "other", "date": "2026-01-23", "amount": "-60", "type": "buy", "security": "A",
        "quantity": "10", "description": "record o"}));
    rows.push(json!({"id": "p", "account": "other", "date": "2026-01-28", "amount": "56", "type": "sell", "security": "A",
        "quantity": "-7", "description": "record p"}));
    let held = |answer: &NetWorthAttribution| -> Vec<String> {
        let lots = answer.lots.iter().flatten();
        lots.map(|lot| {
            let id = lot.transaction.as_deref().unwrap();
            format!("{} {:?} {id} {}", lot.account, lot.kind, lot.closing.as_ref().unwrap().quantity)
        })
        .collect()
    };
    assert_eq!(
        held(&asked(&value, 5, 23, &json!({})).unwrap()),
        [
            "broker Security a 0",
            "broker Security b 13",
            "broker UnderWay a 5",
            "broker UnderWay b 7",
            "other Security o 10"
        ]
    );
    // What was bought first in the other account is sold first here.
    assert_eq!(
        held(&asked(&value, 5, 40, &json!({})).unwrap()),
        [
            "broker Security a 0",
            "broker Security b 13",
            "broker UnderWay a 0",
            "broker UnderWay b 0",
            "other Security a 0",
            "other Security b 5",
            "other Security o 10"
        ]
    );
}

#[test]
fn what_contradicts_the_ledger_is_refused_where_it_does() {
    let mut value = two_lots();
    value["positions"] =
        json!([{"account": "broker", "security": "A", "date": "2026-01-31", "quantity": "35"}]);
    let opening = |field: &str, entry: Value| {
        let mut lot = json!({"account": "broker", "security": "A", "acquired": "2020-05-04", "quantity": "3", "cost": "9"});
        lot[field] = entry;
        json!({"opening": [lot]})
    };
    for (lots, code, path) in [
        (opening("account", json!("x")), ErrorCode::NameUnknown, "lots.opening[0].account"),
        (opening("security", json!("x")), ErrorCode::NameUnknown, "lots.opening[0].security"),
        (opening("account", json!("checking")), ErrorCode::QuantityExceedsHeld, "lots.opening[0].quantity"),
        (opening("quantity", json!("6")), ErrorCode::QuantityExceedsHeld, "lots.opening[0].quantity"),
        (opening("acquired", json!("2026-01-06")), ErrorCode::DatesOutOfOrder, "lots.opening[0].acquired"),
        (
            json!({"elections": [{"account": "x", "method": "lifo"}]}),
            ErrorCode::NameUnknown,
            "lots.elections[0].account",
        ),
        (
            json!({"elections": [{"security": "x", "method": "lifo"}]}),
            ErrorCode::NameUnknown,
            "lots.elections[0].security",
        ),
        (json!({"method": "minimumTax"}), ErrorCode::FieldMissing, "lots.taxRates"),
    ] {
        let error = asked(&value, 5, 40, &lots).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path), "{lots}");
    }
}

/// One end of a lot.
type End = fn(&LotAttribution) -> Option<&LotPoint>;

/// That the lots of each position add up to it.
fn add_up(answer: &NetWorthAttribution) {
    let lots = answer.lots.as_ref().unwrap();
    for position in answer.positions.iter().filter(|position| position.security.is_some()) {
        let own: Vec<&LotAttribution> = (lots.iter())
            .filter(|lot| {
                (&lot.account, Some(&lot.security), lot.kind)
                    == (&position.account, position.security.as_ref(), position.kind)
            })
            .collect();
        assert_eq!(sums(&own.iter().map(|lot| &lot.terms).collect::<Vec<_>>()), position.terms);
        assert_eq!(Decimal::sum(own.iter().map(|lot| lot.change)).unwrap(), position.change);
        let ends: [(&Option<PositionPoint>, End); 2] = [
            (&position.opening, |lot| lot.opening.as_ref()),
            (&position.closing, |lot| lot.closing.as_ref()),
        ];
        for (of_position, of_lot) in ends {
            let Some(point) = of_position else { continue };
            let sum = |of: fn(&LotPoint) -> Decimal| {
                Decimal::sum(own.iter().map(|lot| of(of_lot(lot).unwrap()))).unwrap()
            };
            assert_eq!(sum(|point| point.value), point.value);
            assert_eq!(sum(|point| point.amount), point.amount);
            assert_eq!(sum(|point| point.quantity), point.quantity);
        }
    }
    for lot in lots {
        assert_eq!(lot.terms.sum().unwrap(), lot.change);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn lots_add_up_to_their_positions((events, rates, prices) in any_books(), from in 0..DAYS, length in 0..DAYS, method in 0_usize..4) {
        let value = ledger(&events, &rates, &prices, false, 1);
        let method = ["fifo", "lifo", "hifo", "averageCost"][method];
        let lots = json!({"method": method});
        add_up(&asked(&value, from, from + length, &lots).unwrap());
    }

    #[test]
    fn the_order_of_the_rows_changes_no_lot((events, rates, prices) in any_books(), from in 0..DAYS) {
        let value = ledger(&events, &rates, &prices, false, 1);
        let mut reversed = value.clone();
        reversed["ledger"]["transactions"].as_array_mut().unwrap().reverse();
        reversed["ledger"]["corrections"].as_array_mut().unwrap().reverse();
        let lots = json!({"method": "hifo"});
        prop_assert_eq!(asked(&value, from, DAYS, &lots).unwrap(), asked(&reversed, from, DAYS, &lots).unwrap());
    }

    #[test]
    fn a_purchase_in_two_halves_changes_no_position((events, rates, prices) in any_books(), from in 0..DAYS) {
        let value = ledger(&events, &rates, &prices, false, 2);
        let mut halved = value.clone();
        let rows = halved["ledger"]["transactions"].as_array_mut().unwrap();
        let mut further = Vec::new();
        for row in rows.iter_mut().filter(|row| row["type"] == "buy") {
            for field in ["quantity", "amount", "fees"] {
                let whole: Decimal = row[field].as_str().unwrap().parse().unwrap();
                row[field] = json!(whole.divided_by(decimal("2")).unwrap().to_string());
            }
            let mut other = row.clone();
            other["id"] = json!(format!("{}x", row["id"].as_str().unwrap()));
            further.push(other);
        }
        rows.extend(further);
        let (whole, halves) = (asked(&value, from, DAYS, &json!({})).unwrap(), asked(&halved, from, DAYS, &json!({})).unwrap());
        add_up(&halves);
        // Halves of an amount are converted and rounded by themselves.
        if whole.positions.iter().all(|position| position.currency == whole.currency) {
            prop_assert_eq!(whole.terms, halves.terms);
        }
        let ends = |answer: &NetWorthAttribution| answer.positions.iter().map(|one| (one.opening.clone(), one.closing.clone())).collect::<Vec<_>>();
        prop_assert_eq!(ends(&whole), ends(&halves));
    }
}
