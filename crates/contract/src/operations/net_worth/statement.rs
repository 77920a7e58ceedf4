//! The entry for a household document.

use wherewithal::net_worth::NetWorthInput;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "net_worth.statement",
            "The assets, liabilities and net worth of a household on one date, by category and kind.",
            NetWorthInput::run,
        )
        .details(STATEMENT)
        .example(
            "A home, its loan, and an account in another currency",
            r#"{"household": {"version": 1, "name": "Example", "asOf": "2026-01-01",
                "accounts": [
                    {"id": "checking", "name": "Checking", "kind": "checking", "balance": "12000"},
                    {"id": "depot", "name": "Depot", "kind": "brokerage", "currency": "EUR", "balance": "25000"}],
                "properties": [{"id": "home", "name": "Home", "kind": "primaryResidence", "value": "500000"}],
                "liabilities": [{"id": "loan", "name": "Home loan", "kind": "mortgage", "balance": "400000",
                                 "annualRate": "0.065", "securedBy": "home"}],
                "exchangeRates": [{"from": "EUR", "to": "USD", "rate": "1.1745", "date": "2025-12-31"}]}}"#,
        ),
    ]
}

const STATEMENT: &str = "\
Every asset is in exactly one of eight categories, which are always listed, in a fixed order. `netWorth` is \
`totalAssets` less `totalLiabilities`; categories, kinds and items add up to these totals to the last digit. \
Liabilities are positive amounts and are subtracted once.

An account counts with its balance, or with the sum of its cash and holdings. An overdrawn account is a liability of the \
kind `overdraft`, and a debt with a negative balance, such as an overpaid card, is an asset among cash and banking. A business with the household's share of its \
valuation, a private fund with its net asset value, while unfunded commitments are reported separately from the totals, a policy with its cash value.

Rounding, half to even to the smallest unit of the currency, occurs at two points: the valuation of a holding \
(quantity times price) or of a share of a business, and the conversion of an item into the household's currency. An \
item in another currency needs an exchange rate from that currency into the household's; without one the statement is \
refused with `currency.mismatch`, and a rate in the other direction is not inverted.

Liquid assets are cash, bank deposits, taxable brokerage accounts and cryptocurrency. Liquid net worth deducts the liabilities without an illiquid asset as collateral. The debt-to-asset ratio and the shares of categories have four decimal places and are absent if the divisor is zero.

The result does not depend on the order of the items in the document.";
