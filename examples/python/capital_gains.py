"""A year of trades with dividends, a split and wash sales: the tax lots, and the Form 8949 to file."""

import wherewithal as ww

accounts = [{"id": "broker", "treatment": "taxable"}, {"id": "roth", "treatment": "tax_free"}]
securities = [{"id": "INDEX", "kind": "exchange_traded_fund"}]
broker, roth = {"account": "broker"}, {"account": "roth"}
events = [
    {"kind": "buy", "date": "2023-03-06", "security": "ACME", "quantity": "100", "price": "60", **broker},
    {"kind": "buy", "date": "2024-09-16", "security": "INDEX", "quantity": "40", "price": "250", **broker},
    {"kind": "buy", "date": "2025-01-13", "security": "ACME", "quantity": "50", "price": "80", **broker},
    {"kind": "dividend", "date": "2025-03-14", "security": "ACME", "amount": "37.50", **broker},
    {
        "kind": "reinvest",
        "date": "2025-03-28",
        "security": "INDEX",
        "quantity": "0.25",
        "amount": "60",
        **broker,
    },
    # A loss of which a part is disallowed, because the dividend was reinvested a few days before.
    {"kind": "sell", "date": "2025-04-08", "security": "INDEX", "quantity": "40", "price": "230", **broker},
    {"kind": "split", "date": "2025-06-02", "security": "ACME", "from": 1, "to": 2},
    # One order, of which one lot is long-term and the other short-term.
    {
        "kind": "sell",
        "date": "2025-08-11",
        "security": "ACME",
        "quantity": "240",
        "price": "35",
        "fees": "4.80",
        **broker,
    },
    # Bought back within 30 days: a part here, and a part in the Roth account, where the loss is gone for good.
    {"kind": "buy", "date": "2025-08-25", "security": "ACME", "quantity": "20", "price": "34", **broker},
    {"kind": "buy", "date": "2025-08-27", "security": "ACME", "quantity": "10", "price": "33", **roth},
    {"kind": "sell", "date": "2025-12-01", "security": "ACME", "quantity": "20", "price": "45", **broker},
]
book = {"events": events, "accounts": accounts, "securities": securities}

lots = ww.lots.book(**book)
for lot in lots.lots:
    print(
        f"{lot.account:7} {lot.quantity:>6} {lot.security:6} of {lot.acquisition_date}: {lot.total_cost:>9}"
    )
for wash in lots.wash_sales:
    fate = "gone for good" if wash.permanent else "added to the cost of what was bought"
    print(f"{wash.disallowed_loss} of a loss is disallowed for {wash.quantity} shares: {fate}")

form = ww.lots.form_8949(book=book, year=2025)
heading = (
    f"{'box':4}{'(a) description':18}{'(b) acquired':13}{'(c) sold':12}{'(d) proceeds':>12}{'(e) cost':>11}"
)
heading += f"{'(f)':>5}{'(g)':>9}{'(h) gain':>11}"
for part, rows in [("Part I: short-term", form.short_term), ("Part II: long-term", form.long_term)]:
    print(f"\nForm 8949, {part}\n{heading}")
    for row in rows:
        acquired = "INHERITED" if row.inherited else row.date_acquired or "VARIOUS"
        print(
            f"{row.form_box.upper():4}{row.description:18}{acquired!s:13}{row.date_sold!s:12}{row.proceeds:>12}"
            f"{row.cost:>11}{row.codes:>5}{row.adjustment:>9}{row.gain:>11}"
        )
for total in form.totals:
    print(
        f"box {total.form_box.upper()}: {total.proceeds} less {total.cost} plus {total.adjustment} is {total.gain}"
    )

year = ww.lots.schedule_d(book=book, years=[{"year": 2025, "filing_status": "single"}]).years[0]
print(
    f"\nSchedule D: {year.net_short_term} short-term, {year.net_long_term} long-term, {year.net_gain} together"
)
print(
    f"{year.deducted_loss} is deducted, {year.carryover.short_term + year.carryover.long_term} carried over"
)
