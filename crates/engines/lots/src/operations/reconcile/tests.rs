//! What holds for any history and any form of a broker.

use proptest::prelude::*;
use serde_json::json;
use wherewithal_base::dates::date;

use super::*;
use crate::operations::{Form8949Input, book, form_8949};

/// A purchase or a sale: the day of the year, the account, the number of shares, and the price.
type Trade = (bool, i32, usize, i64, i64);

/// What a broker may have wrong of a row: nothing, the cost, the disallowed loss, the term, the day, or the row as a whole.
type Fault = (u8, i64);

const ACCOUNTS: [&str; 2] = ["a", "b"];

fn history(trades: &[Trade]) -> LotBookInput {
    let mut held = [0i64; 2];
    let mut sorted = trades.to_vec();
    // As the book orders them: purchases of a day come before its sales.
    sorted.sort_by_key(|(is_sale, day, ..)| (*day, *is_sale));
    let mut events = Vec::new();
    for (is_sale, day, account, quantity, price) in sorted {
        let quantity = if is_sale { quantity.min(held[account]) } else { quantity };
        if quantity == 0 {
            continue;
        }
        held[account] += if is_sale { -quantity } else { quantity };
        events.push(json!({
            "kind": if is_sale { "sell" } else { "buy" },
            "date": date(2024, 7, 1).unwrap().add_days(day).unwrap().to_string(),
            "account": ACCOUNTS[account], "security": "X",
            "quantity": quantity.to_string(), "price": price.to_string(),
        }));
    }
    let accounts = ACCOUNTS.map(|id| json!({"id": id, "treatment": "taxable"}));
    serde_json::from_value(json!({"events": events, "accounts": accounts})).unwrap()
}

/// The rows of a broker that has some of them wrong.
fn rows(sold: &[LotDisposal], faults: &[Fault]) -> Vec<BrokerSale> {
    let faults = faults.iter().copied().chain(std::iter::repeat((0, 0)));
    let mut rows = Vec::new();
    for (sale, (fault, size)) in sold.iter().filter(|sale| sale.sale_date.year() == 2025).zip(faults) {
        let mut row = BrokerSale {
            account: sale.account.clone(),
            security: sale.security.clone(),
            description: None,
            quantity: sale.quantity,
            date_acquired: Some(sale.acquisition_date),
            date_sold: sale.sale_date,
            proceeds: sale.proceeds,
            cost: Some(sale.cost),
            accrued_discount: Decimal::ZERO,
            disallowed_loss: sale.disallowed_loss,
            term: Some(sale.term),
            basis_reported: true,
        };
        match fault {
            1 => row.cost = Some(sale.cost.plus(Decimal::from(size)).unwrap()),
            2 => row.disallowed_loss = Decimal::from(size),
            3 => row.term = Some(HoldingTerm::Long),
            4 => row.date_acquired = None,
            5 => row.proceeds = sale.proceeds.plus(Decimal::from(size)).unwrap(),
            6 => row.quantity = row.quantity.plus(Decimal::from(size)).unwrap(),
            7 => continue,
            _ => {}
        }
        rows.push(row);
    }
    rows
}

fn trades() -> impl Strategy<Value = Vec<Trade>> {
    prop::collection::vec((any::<bool>(), 0..500i32, 0..2usize, 1..30i64, 1..50i64), 1..40)
}

fn sum(amounts: impl Iterator<Item = Decimal>) -> Decimal {
    Decimal::sum(amounts).unwrap()
}

proptest! {
    /// What a broker reports right is filed as the book has it.
    #[test]
    fn a_form_that_is_right_is_filed_as_it_is(trades in trades()) {
        let book_input = history(&trades);
        let control = Control::default();
        let sold = book(&book_input, &control).unwrap().disposals;
        let form = Form8949Input {
            book: book_input.clone(), year: 2025, reporting: Vec::new(), rows_by_sale: false, whole_dollar_totals: false,
        };
        let own = form_8949(&form, &control).unwrap();
        let input = BrokerReconciliationInput {
            book: book_input, year: 2025, rows: rows(&sold, &[]), names: Vec::new(), rounding: None,
        };
        let answer = reconcile(&input, &control).unwrap();
        prop_assert!(answer.rows.iter().all(|row| row.matched_by == BrokerMatch::Exact && row.differences.is_empty()));
        prop_assert_eq!(answer.form, own);
    }

    /// Whatever a broker has wrong: no row and no share is matched twice, and the gain of what is matched is the book's.
    #[test]
    fn a_form_that_is_wrong_leads_to_the_gains_of_the_book(
        trades in trades(), faults in prop::collection::vec((0..8u8, 1..9i64), 0..20),
    ) {
        let book_input = history(&trades);
        let control = Control::default();
        let sold = book(&book_input, &control).unwrap().disposals;
        let input = BrokerReconciliationInput {
            book: book_input, year: 2025, rows: rows(&sold, &faults), names: Vec::new(), rounding: Some(Decimal::ZERO),
        };
        let answer = reconcile(&input, &control).unwrap();
        let mut missing = answer.missing_at_broker.clone();
        for (place, sale) in (0..).zip(&sold).filter(|(_, sale)| sale.sale_date.year() == 2025) {
            let parts = answer.rows.iter().flat_map(|row| &row.lots).filter(|lot| lot.disposal == place);
            let (quantities, costs): (Vec<_>, Vec<_>) = parts.map(|lot| (lot.quantity, lot.cost)).unzip();
            if quantities.is_empty() {
                let found = missing.iter().position(|other| other == sale);
                prop_assert!(found.is_some(), "the sale is on no side");
                missing.remove(found.unwrap());
            } else {
                prop_assert_eq!(sum(quantities.into_iter()), sale.quantity);
                prop_assert_eq!(sum(costs.into_iter()), sale.cost);
            }
        }
        prop_assert!(missing.is_empty());
        for row in answer.rows.iter().filter(|row| !row.lots.is_empty()) {
            let ours = sum(row.lots.iter().map(|lot| {
                lot.proceeds.minus(lot.cost).and_then(|result| result.plus(lot.disallowed_loss)).unwrap()
            }));
            prop_assert_eq!(sum(row.filed.iter().map(|filed| filed.gain)), ours);
            for filed in &row.filed {
                let codes: Vec<char> = filed.codes.chars().collect();
                prop_assert!(codes.is_sorted());
                prop_assert!(filed.adjustment.is_zero() || !codes.is_empty());
            }
        }
    }
}
