"""The files of a bank, a card and a broker: read, put together and proved; then what the household is worth and why, its cash
flow, what recurs and what is safe to spend. Printed, and drawn as a page.
"""

import base64
import csv
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from page import charts, document, figures, paragraph, table
from page.charts import Step, amount

import wherewithal as ww

STATEMENTS = Path(__file__).resolve().parents[1] / "statements"
FROM, TO = date(2025, 12, 31), date(2026, 3, 31)

# A bank's CSV names no account. The other two files do.
CHECKING = {"id": "checking", "kind": "checking", "number": "4471", "currency": "USD"}

# The files begin in January. What the statements of December end with is known from the statements themselves.
DECEMBER_BALANCES = [
    {"account": "checking", "date": FROM, "kind": "ledger", "amount": "5240.18"},
    {"account": "5521", "date": FROM, "kind": "ledger", "amount": "-412.36"},
    {"account": "8830", "date": FROM, "kind": "cash", "amount": "310.00"},
]
DECEMBER_POSITIONS = [
    {"account": "8830", "date": FROM, "security": "EXTM", "quantity": "40", "price": "241.50"}
]

# The card states merchant category codes, from which categories follow; the bank does not.
RULES = [
    {"text": "LAKESIDE WIDGETS", "merchant": "Lakeside Widgets"},
    {"text": "OAKFIELD PROPERTIES", "merchant": "Oakfield Properties", "category": "Rent"},
    {"text": "HILLSIDE POWER", "merchant": "Hillside Power", "category": "Utilities"},
    {"text": "NORTHSIDE DENTAL", "merchant": "Northside Dental", "category": "Health"},
    {"text": "ATM WITHDRAWAL", "category": "Cash"},
    {"text": "TAX REF", "class_": "tax", "category": "Federal tax"},
]


def read(content, name, **known):
    """Reads a file. It is given as bytes, so that its encoding is detected too."""
    reading = ww.formats.read(base64=base64.b64encode(content).decode(), file_name=name, **known)
    source = f"{reading.layout.institution} {reading.format}" if reading.layout else reading.format
    counts = reading.counts
    print(
        f"{name:11} {source:10} {counts.transactions:3} transactions, {counts.positions} positions,", end=" "
    )
    print(f"{counts.balances} balances, {counts.problems} problems")
    return reading


def records(source):
    """The records of a reading or of a merge, as a dictionary of lists."""
    names = ("accounts", "securities", "transactions", "balances", "positions")
    return {name: list(getattr(source, name) or []) for name in names}


def put_together(readings):
    """All readings as one ledger, with the figures of December."""
    ledger = {"accounts": []}
    for reading in readings:
        ledger = records(ww.ledger.merge(existing=ledger, read=records(reading)).records)
    ledger["balances"] = DECEMBER_BALANCES + ledger["balances"]
    ledger["positions"] = DECEMBER_POSITIONS + ledger["positions"]
    return ledger


def prove(ledger):
    """Replays the transactions between the figures that the files state. Gives a row for each holding."""
    proof = ww.ledger.prove(**ledger)
    rows = []
    for holding in proof.holdings:
        what = holding.security or "cash"
        spans = f"{holding.proved_transactions} of {holding.transactions}"
        rows.append((names[holding.account], what, holding.status.replace("_", " "), spans))
    for account, what, status, spans in rows:
        print(f"  {account:26} {what:5} {status:12} {spans:>8} transactions proved")
    for holding in proof.holdings:
        for fault in holding.faults:
            print(
                f"  {names[holding.account]}: {fault.difference} between {fault.after} and {fault.by};",
                end=" ",
            )
            print(f"{fault.confirming_figures} later ones agree")
            for one in fault.explanations:
                print(f"    {one.likelihood}: {one.kind} {one.amount or ''} from {one.from_} to {one.to}")
    return proof, rows


def money(value):
    return f"{value:>12,.2f}"


def long(day):
    return f"{day.day} {day:%B %Y}"


# Reading.

bank, card, broker = (STATEMENTS / name for name in ("bank.csv", "card.qfx", "broker.ofx"))
readings = [
    read(bank.read_bytes(), bank.name, account=CHECKING),
    read(card.read_bytes(), card.name),
    read(broker.read_bytes(), broker.name),
]
ledger = put_together(readings)
again = ww.ledger.merge(existing=ledger, read=records(readings[0])).counts
print(f"bank.csv once more: {again.added} new, {again.duplicates} there already")
assert again.added == 0
names = {account.id: f"{account.institution} ...{account.number}" for account in ledger["accounts"]}

# The proof.

print("\nThe three files together:")
proof, proof_rows = prove(ledger)
assert proof.proved

print("\nThe same with a row of the bank lost:")
lost = b"".join(row for row in bank.read_bytes().splitlines(keepends=True) if b"CHECK 118" not in row)
faulty, _ = prove(put_together([read(lost, bank.name, account=CHECKING), *readings[1:]]))
fault = next(fault for holding in faulty.holdings for fault in holding.faults)
missing = fault.explanations[0]
assert (missing.kind, missing.amount) == ("missing", Decimal("-145.00"))

# Classification.

# Nothing says what a check was for, but the user.
check = next(one for one in ledger["transactions"] if one.description == "CHECK 118")
flows = {name: ledger[name] for name in ("accounts", "securities", "transactions")}
flows |= {
    "rules": RULES,
    "corrections": [{"transaction": check.id, "category": "Child care", "once": True}],
}
classified = ww.classification.classify(**flows)
print("\nTransfers between the three, which are neither income nor spending:")
for pair in classified.transfers:
    print(f"  {pair.left} {names[pair.from_account]} to {names[pair.to_account]}", end=" ")
    print(f"{pair.amount:>8}, by {pair.evidence}")
for outstanding in classified.under_way:
    print(f"  {outstanding.since} {outstanding.amount} is under way", end=" ")
    print(f"to {names[outstanding.to_account]}")
assert not classified.ambiguous

# Net worth.

with (STATEMENTS / "prices.csv").open(newline="") as file:
    prices = [
        {"security": row["Symbol"], "date": row["Date"], "price": row["Price"]}
        for row in csv.DictReader(file)
    ]
books = {
    "ledger": flows,
    "balances": ledger["balances"],
    "positions": ledger["positions"],
    "prices": prices,
}
worth = ww.net_worth.as_of(books, as_of=TO)
change = ww.net_worth.attribution(books, from_=FROM, to=TO)
series = ww.net_worth.series(books, from_=FROM, to=TO)
assert not worth.adjustments and not worth.unpriced
TERMS = {
    "saving": "Saved in the accounts",
    "debt_repaid": "Card paid, less charged",
    "income": "Interest and dividends",
    "market": "Prices",
    "currency": "Exchange rates",
    "fees": "Fees",
    "taxes": "Taxes",
    "external": "From or to outside",
    "revaluation": "Revaluation",
}
steps = [Step(f"On {long(FROM)}", change.opening, is_total=True)]
steps += [
    Step(label, getattr(change.terms, term)) for term, label in TERMS.items() if getattr(change.terms, term)
]
steps.append(Step(f"On {long(TO)}", change.closing, is_total=True))
assert change.terms.transfers == 0
assert sum(step.amount for step in steps[1:-1]) == change.closing - change.opening

print(f"\nNet worth on {TO}:")
for account in worth.accounts:
    print(f"  {names[account.id]:32}{money(account.value)}")
print(f"  {'together':32}{money(worth.net_worth)}")
print("\nWhere the change comes from, without a remainder:")
for step in steps:
    print(f"  {step.name:32}{money(step.amount)}")

# Cash flow.

statement = ww.cash_flow.statement(flows, from_="2026-01-01", to=TO, entries=False).currencies[0]
LINES = {
    "income": "Income",
    "interest": "Interest",
    "dividends": "Dividends",
    "expenses": "Expenses, less refunds",
    "fees": "Fees",
    "taxes": "Taxes, less refunds",
    "total_spending": "Spending in all",
    "saved": "Saved",
}
months = [f"{period.first:%B}" for period in statement.periods]
every_period = [*(period.figures for period in statement.periods), statement.total]
print(f"\n  {'Cash flow':24}", *(f"{month:>12}" for month in [*months, "together"]), sep="")
for line, label in LINES.items():
    print(f"  {label:24}", *(money(getattr(each, line)) for each in every_period), sep="")
spending = [one for one in statement.categories if one.line == "expenses"]
spending.sort(key=lambda one: one.amount, reverse=True)

# What recurs, and what is safe to spend.

found = ww.cash_flow.recurring(flows, as_of=TO)
recurring = [one for one in found.series if one.class_ in ("income", "expense")]
print("\nWhat recurs:")
for one in recurring:
    dearer = (
        f", {one.price_changes[-1].change:+.1%} since {one.price_changes[-1].date:%d %b}"
        if one.price_changes
        else ""
    )
    print(
        f"  {one.name:22.22} {one.frequency.replace('_', ' '):16} {one.amount:>9} next {one.next:%d %b}{dearer}"
    )

next_income = min(one.next for one in recurring if one.amount > 0 and one.next)
bills = [
    {"date": one.next, "amount": -one.amount, "category": one.category}
    for one in recurring
    if one.amount < 0 and one.next and TO < one.next < next_income
]
cash = {one.account: one.value for one in worth.positions if one.kind == "cash"}
budget = ww.cash_flow.budget(
    flows,
    from_="2026-03-01",
    as_of=TO,
    categories=[
        {"category": "Groceries", "amount": "200", "roll_over": "left"},
        {"category": "Restaurants", "amount": "60"},
        {"category": "Rent", "amount": "1850"},
    ],
    spending={
        "balances": [{"account": account, "balance": cash[account]} for account in ("checking", "5521")],
        "next_income": next_income,
        "bills": bills,
    },
)
safe = budget.safe_to_spend
print(f"\nSafe to spend until {next_income}: {safe.amount}, {safe.per_day} a day")
print(f"  ({safe.cash} less {safe.set_aside} set aside)")

# The page.

gained = change.closing - change.opening
sections = [
    (
        "Where it stands",
        figures(
            [
                (
                    "Net worth",
                    amount(worth.net_worth),
                    f"{amount(gained, sign=True)} since {FROM.day} {FROM:%B}",
                ),
                (
                    "Saved in three months",
                    amount(statement.total.saved),
                    f"{statement.total.savings_rate:.0%} of income",
                ),
                (
                    "Safe to spend",
                    amount(safe.amount),
                    f"until the next income on {next_income.day} {next_income:%B}",
                ),
            ]
        )
        + table(
            "Accounts",
            ["Account", "Worth"],
            [(names[account.id], amount(account.value)) for account in worth.accounts],
        ),
    ),
    (
        "Why it changed",
        charts.waterfall("What the change of net worth comes from", steps)
        + paragraph("The steps add up to the change to the last cent.", "faint"),
    ),
    ("Net worth, day by day", charts.line("Net worth", series.dates, series.net_worth)),
    (
        "What came in and what went out",
        charts.columns(
            "Income and spending by month",
            months,
            [
                ("income", "up", [period.figures.total_income for period in statement.periods]),
                ("spending", "down", [period.figures.total_spending for period in statement.periods]),
            ],
        )
        + table(
            "By month",
            ["", *months, "Together"],
            [
                (label, *(amount(getattr(each, line)) for each in every_period))
                for line, label in LINES.items()
            ],
        )
        + table(
            "Expenses by category",
            ["Category", "Amount"],
            [(one.category or "without a category", amount(one.amount)) for one in spending],
        ),
    ),
    (
        "What recurs",
        table(
            "Income and spending that recur",
            ["Who", "How often", "Next", "Amount"],
            [
                (
                    one.name,
                    one.frequency.replace("_", " "),
                    f"{one.next.day}\N{NO-BREAK SPACE}{one.next:%b}",
                    amount(one.amount),
                )
                for one in recurring
            ],
            texts=3,
        ),
    ),
    (
        "What proves it",
        paragraph(
            "Between the figures that the files state, their transactions make up the difference: "
            "nothing is missing, and nothing stands twice."
        )
        + table("Holdings", ["Account", "What", "Status", "Transactions proved"], proof_rows, texts=3),
    ),
]
target = Path(tempfile.gettempdir()) / "one_household.html"
lead = f"A bank, a card and a broker, from three files, as of {long(TO)}. Every row is invented."
target.write_text(document("One household", lead, sections), "utf-8")
print("\npage in", target)
