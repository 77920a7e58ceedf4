//! The entries for a ledger.

use wherewithal::net_worth;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "net_worth.as_of",
            "What the accounts of a ledger and other assets are worth at the end of a day.",
            net_worth::as_of,
        )
        .details(AS_OF)
        .example(
            "A payment on the last day of November, a fund, and a loan; a home shared by two",
            r#"{"asOf": "2026-11-30", "books": {
                "ledger": {
                    "accounts": [{"id": "checking", "kind": "checking"}, {"id": "broker", "kind": "brokerage"},
                        {"id": "loan", "liabilityKind": "mortgage"}],
                    "securities": [{"id": "FUND", "currency": "EUR"}],
                    "transactions": [{"id": "rent", "account": "checking", "date": "2026-11-30", "amount": "-250",
                        "type": "payment", "description": "Rent"}]},
                "balances": [{"account": "checking", "date": "2026-10-31", "kind": "ledger", "amount": "1000"},
                    {"account": "loan", "date": "2026-10-31", "kind": "ledger", "amount": "-200000"}],
                "positions": [{"account": "broker", "date": "2026-10-31", "security": "FUND", "quantity": "40"}],
                "prices": [{"security": "FUND", "date": "2026-11-27", "price": "101.55"}],
                "exchangeRates": [{"from": "EUR", "to": "USD", "rate": "1.16", "date": "2026-11-30"}],
                "assets": [{"id": "home", "category": "realEstate"}],
                "valuations": [{"asset": "home", "date": "2026-06-30", "value": "450000"}],
                "owners": [{"id": "home", "owners": [{"person": "Elena", "share": "0.6"}, {"person": "Marcus", "share": "0.4"}]}]}}"#,
        ),
        Operation::new(
            "net_worth.series",
            "Net worth from a ledger on each of several days, by account.",
            net_worth::series,
        )
        .details(
            "Each day is valued as `net_worth.as_of` values it, with the last price and the last exchange rate on or before it. \
             With `monthEnds` and the like the last day of each month is valued, and the last day of the period. A series has at most 100,000 days, and 4,000,000 values of a position on a day.",
        )
        .example(
            "Three month ends",
            r#"{"from": "2026-09-15", "to": "2026-11-30", "days": "monthEnds", "books": {
                "ledger": {"accounts": [{"id": "checking", "kind": "checking"}], "transactions": [
                    {"id": "rent", "account": "checking", "date": "2026-11-30", "amount": "-250", "type": "payment",
                        "description": "Rent"}]},
                "balances": [{"account": "checking", "date": "2026-10-31", "kind": "ledger", "amount": "1000"}]}}"#,
        ),
        Operation::new(
            "net_worth.attribution",
            "What a change of net worth comes from: saving, debt repaid, income, prices, exchange rates, fees, taxes. Without a remainder.",
            net_worth::attribution,
        )
        .details(ATTRIBUTION)
        .example(
            "A deposit, a purchase with a fee, a dividend, and a price that fell",
            r#"{"from": "2025-12-31", "to": "2026-03-31", "books": {
                "ledger": {
                    "accounts": [{"id": "broker", "kind": "brokerage"}],
                    "securities": [{"id": "FUND"}],
                    "transactions": [
                        {"id": "pay", "account": "broker", "date": "2026-01-15", "amount": "5000", "type": "deposit",
                            "description": "Salary"},
                        {"id": "buy", "account": "broker", "date": "2026-01-20", "amount": "-4005", "type": "buy",
                            "security": "FUND", "quantity": "40", "price": "100", "fees": "5", "description": "Buy"},
                        {"id": "dividend", "account": "broker", "date": "2026-03-15", "amount": "60", "type": "dividend",
                            "security": "FUND", "description": "Dividend"}],
                    "corrections": [{"transaction": "pay", "class": "income"}]},
                "prices": [{"security": "FUND", "date": "2026-03-31", "price": "98"}]}}"#,
        ),
    ]
}

const AS_OF: &str = "\
**Cash** is the sum of the transactions, and **shares** are the sum of their quantities; a split multiplies what there was before \
everything else of its day. The first stated balance of an account says what there was before its transactions. Where a later \
one differs from them, it counts from its day on, and `adjustments` has the difference. Without a stated balance an account begins \
with nothing. What is dated on the day is included.

**Prices.** A position is worth its quantity times the last price on or before the day, rounded half to even to the minor unit of the currency \
of the security, then converted at the last exchange rate on or before the day and rounded again. A price or a rate that is older than \
`staleAfterDays` is used and listed. A position without a price is left out of all totals and listed in `unpriced`: it is \
never taken to be worth nothing in silence. A missing exchange rate is refused with `currency.mismatch`. Money in the currency of all totals \
is never rounded.

The currency of a security is its own; else that of its prices; else that of the first account by id that names it.

**Money under way.** A transfer whose ends have two days is a position of the account that it left until it arrives, so a \
transfer never lowers net worth. Money that left for an own account and for which no arrival was found stays under way for \
`ledger.transferDays` days, and is outside the ledger after that.

**Assets** count with their last valuation and the payments after it (`transactions` of the asset), less the discount for illiquidity, \
rounded half to even to the minor unit. Money that was lent is such an asset, whose transactions are the loan and its repayments.

**Persons** have their shares of each account and asset in whole minor units: each share is rounded down, and what is left over goes to the \
largest remainders, by name where they are equal.

A position below zero is a liability: of its account's kind, or an overdraft where the account is no debt; a short position is of the kind `other`. A card with a credit is an \
asset among cash and banking.

**After tax.** With `liquidation`, everything is sold on the day. A lot has the part of its position's value that its shares are of it, rounded half to even so that the parts \
add up; the gain is that less the cost. A lot is long-term if it was held for more than a year: the day after the purchase counts as the first. Short-term and long-term gains \
are netted each, then a loss of one lowers the gain of the other; a loss that is left saves no tax. Each tax is its base times its rate, rounded half to even, and what is in a tax-deferred account is taxed as a \
whole at `deferredRate`. Debts, cash and tax-free accounts cost no tax. What has no lot is in `withoutCost`, untaxed.";

const ATTRIBUTION: &str = "\
The period is the days after `from` up to and including `to`. The flows are those of `classification.classify`.

| term | what is in it |
|---|---|
| `saving` | in accounts that are no debts: income, expenses, refunds, what is paid on debts, and loans that are taken or given |
| `debtRepaid` | the same in the accounts of debts: payments less purchases, draws and interest charged, and how stated balances of a debt differ from its transactions |
| `income` | interest and dividends |
| `market` | what prices did to securities, and corporate actions |
| `currency` | what exchange rates did, with what rounding leaves |
| `fees`, `taxes` | fees with those of trades, taxes with what is withheld; negative |
| `external` | gifts and the like, and transfers whose other end is not in the ledger |
| `transfers` | trades, transfers between accounts, and payments for assets; zero in the household |
| `revaluation` | valuations of assets, stated balances and positions that differ from the transactions, and what prices did to securities without a price at one end, or on a day on which shares of them moved without money |

A payment on a debt is negative in `saving` and positive in `debtRepaid`, and a purchase with a card is negative in `debtRepaid`; so the sum of the two \
is income less spending, interest on debts included, and each shows what happened on its side. Interest on a debt has no term of its own for this reason; its entries have the class `interestPaid`.

**What belongs to a security.** Income, fees and taxes with a security are terms of its position, from which a transfer moves the \
money to or from the account's cash; trades are transfers between the two. The same holds for the transactions of an asset. Shares that come in or go out without money and without a trade count at the price of \
the day, by the class of the transaction; where there is none, their entry is zero and `revaluation` has what they turn out to be worth.

**Market and currency.** In the currency of the position, `market` is the closing value less the opening value less what went in, converted at the exchange rate of `to`. \
`currency` is the rest: the opening value times the change of the rate, plus each flow times the change of the rate since its day. So \
the cross term, the gain on the gain, belongs to the market. In the currency of all totals, `currency` is exactly zero. A transfer between \
currencies is a transfer of what left, at the rate of the day of its arrival; what arrived beside that is `currency`. Of two amounts in one currency the difference is \
`fees`.

**Rounding.** Each entry is converted at the last exchange rate on or before its day and rounded half to even to the minor unit; positions are valued as in `net_worth.as_of`. What rounding leaves in a \
position of another currency is in its `currency`, so the terms add up to the change to the last digit. For persons, each term of an account and its values at both ends \
are divided by the shares as a value is; where a person's terms then differ from the person's change, the largest term of the account takes the difference (of equal ones the first in the order of the answer).

Two periods that follow each other add up to the period of both, term by term; `market` and `currency` do so separately in the currency of all totals, and \
as a sum in others. The order of the transactions does not matter.";
