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
        )
        .example(
            "Two lots, of which a sale takes the dearer one",
            r#"{"from": "2025-12-31", "to": "2026-03-31", "lots": {"method": "hifo"}, "books": {
                "ledger": {
                    "accounts": [{"id": "broker", "kind": "brokerage"}],
                    "securities": [{"id": "FUND"}],
                    "transactions": [
                        {"id": "first", "account": "broker", "date": "2025-05-04", "amount": "-900", "type": "buy",
                            "security": "FUND", "quantity": "10", "description": "Buy"},
                        {"id": "second", "account": "broker", "date": "2025-09-04", "amount": "-1100", "type": "buy",
                            "security": "FUND", "quantity": "10", "description": "Buy"},
                        {"id": "sale", "account": "broker", "date": "2026-02-10", "amount": "420", "type": "sell",
                            "security": "FUND", "quantity": "-4", "description": "Sell"}]},
                "prices": [{"security": "FUND", "date": "2025-12-31", "price": "100"},
                    {"security": "FUND", "date": "2026-03-31", "price": "108"}]}}"#,
        ),
    ]
}

const AS_OF: &str = "\
**Cash** is the sum of the transactions, and **shares** are the sum of their quantities; a split multiplies what there was before \
everything else of its day. The first stated balance of an account in a currency says what there was before its transactions. Where a later \
one differs from them, it counts from its day on, and `adjustments` has the difference. Without a stated balance an account begins \
with nothing. What is dated on the day is included. Where splits leave a fraction that no decimal states, such as a third of a share, a statement with decimal \
places agrees if it is the fraction rounded to them; one without, such as 3 for 3⅓, counts from its day on. The `balance` of a transaction is a statement too, as it is for \
`ledger.prove` and `ledger.household`: the last one of a day, with the transactions of the day after it, says how the day ends, unless `balances` has a balance of that day.

**Days.** A transaction counts in net worth from its `date` on. Its cash moves on the day that `cashDate` says, by default that of posting or settlement, so that a balance is compared with what it contains; between the two days \
its amount is a position under way: due to the account, or owed by it. So a purchase or a trade counts once, whichever of the two days a statement lies between. Transfers are under way between the days on which cash moves.

**Prices.** A position is worth its quantity times the last price on or before the day, divided by the ratio of the splits since the day of the price, rounded half to even to the minor unit of the currency \
of the security, then converted at the last exchange rate on or before the day and rounded again. A price or a rate that is older than \
`staleAfterDays` is used and listed. A position without a price is left out of all totals and listed in `unpriced`: it is \
never taken to be worth nothing in silence. A missing exchange rate is refused with `currency.mismatch`. Money in the currency of all totals \
is never rounded.

A price of the day of a split or later is of new shares, one from before it of old ones; so a split alone changes no value. What a split is, all accounts say that have it: where one states no ratio or they state different ones, a price from before is not \
used after it, and the position is in `unpriced` until there is a new one. Accounts that book a split on different days, at most 31 apart, mean the same one unless one of them has both: a price from before counts after the last of these days, and on the days between \
nobody knows which shares a price is of, so there is none.

The currency of a security is its own; else that of its prices; else that of the first account by id that names it.

**Money under way.** A transfer whose ends have two days is a position of the account that it left until it arrives, so a \
transfer never lowers net worth. Money that left for an own account and for which no arrival was found stays under way for \
`ledger.transferDays` days, and is outside the ledger after that.

**Assets** count with their last valuation and the payments after it (`transactions` of the asset), less the discount for illiquidity and what others own (`owners` whose shares add up to less than 1), \
rounded half to even to the minor unit. A payment for such an asset is a transfer of all that was paid, and `revaluation` takes off what does not count. Money that was lent is such an asset, whose transactions are the loan and its repayments.

**Persons** have their shares of each account and asset in whole minor units: each share is rounded down, and what is left over goes to the \
largest remainders, by name where they are equal.

**Kinds.** What an account is says its kind; without one its cash is among cash and banking, its shares are investments, and it is liquid. \
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
| `external` | gifts and the like, transfers whose other end is not in the ledger, and trades that name no security |
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

**Rounding.** Each entry is converted at the last exchange rate on or before its day and rounded half to even to the minor unit; into the currency of its position, to nine decimal places; positions are valued as in `net_worth.as_of`. What rounding leaves in a \
position of another currency is in its `currency`, so the terms add up to the change to the last digit. For persons, each term of an account and its values at both ends \
are divided by the shares as a value is; where a person's terms then differ from the person's change, the largest term of the account takes the difference (of equal ones the first in the order of the answer).

**Lots.** With `lots`, each position of securities is opened to its lots. Which lots a sale takes is what the book of `lots.book` answers where no country's rules apply: by \
`method` and `elections`, within each account. Shares that come in are a lot of their transaction, whether they are bought, received, or come of a merger or a spin-off, \
except for those that close what is sold short, in its order; shares that leave and are not held are a lot that is sold short. A lot costs what its transaction paid for the shares with its fees, or without \
money what they were worth at the last price. What there was before the first transaction are the lots of `lots.opening`, and for the rest one lot without a day, which cost nothing. A statement \
of more shares than there are begins a lot, and one of fewer takes shares as a sale does. A split, also one that tells how many shares it adds, changes the number of shares of every lot.

Shares that move between accounts of the ledger stay the lots that they are, with their days, if as many of the same security arrive. They begin a lot where they arrive if accounts between which \
shares of it move, directly or by way of others, held shares on the day of a split and do not have the same splits. On one day, splits come first, then what concerns all shares, shares that come in, those that \
arrive from another account, those that leave for one, sales, and statements, each by the ids of the transactions.

Trades with their fees and taxes, and the value of shares without money, belong to the lots whose shares moved, by the number of shares. All else, such as a dividend, belongs to the lots that were held when the day began; without any to those at its end, \
or else to those that were the last to be held. The line `noLot` has what came of a security of which there never was a share.

Values at both ends are divided by shares, and each term of the entries by what is exactly a lot's. The parts are whole minor units: each is computed to nine decimal places and rounded down, and the units that are left go to the \
largest remainders, of equal ones to the lot that was acquired first; an amount below zero is divided as its opposite. `market` or `revaluation` is the rest of a lot's change; in a position of another currency it is divided in the same way by what each lot \
exactly gained in that currency, converted at the rate of `to`, and `currency` is the rest. So lots add up to their position and terms to the change of a lot, to the last digit.

Two periods that follow each other add up to the period of both, term by term; `market` and `currency` do so separately in the currency of all totals, and \
as a sum in others. The order of the transactions does not matter, except among those of one day and account with balances that do not tell their order.";
