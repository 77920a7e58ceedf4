"""Random ledgers that the engine writes, read by other programs: journals by beancount, OFX by ofxtools, QIF by quiffen.

beancount must load a journal without a complaint, and its balances must be the sums of the ledger's transactions. ofxtools
checks each element against the specification. Of what each program reads, days, amounts, shares and texts are those of the
ledger, but for transactions that are named as left out.
"""

import json
import warnings
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO

from beancount import loader
from ofxtools.Parser import OFXTree
from quiffen import Qif

from asking import ask, draws

SECURITIES = [
    {"id": "EXTM", "symbol": "EXTM", "name": "Example Total Market ETF", "kind": "stock"},
    {"id": "XFND", "symbol": "XFND", "cusip": "037833100", "name": "Fund & Co", "kind": "mutualFund"},
    {"id": "XBND", "symbol": "XBND", "name": "Bond <2036>", "kind": "bond"},
]
ACCOUNTS = [
    {"id": "checking", "currency": "USD", "kind": "checking"},
    {"id": "card", "currency": "USD", "liabilityKind": "creditCard"},
    {"id": "broker", "currency": "USD", "kind": "brokerage"},
]
TEXTS = ["CORNER CAFE", "=HYPERLINK(1)", 'say "yes"', "Café & Söhne", "a\\b", "100 % <b>", "-", "'quoted'"]
# What comes in and what goes out, with and without shares.
CASH = {
    "deposit": 1,
    "refund": 1,
    "interest": 1,
    "withdrawal": -1,
    "purchase": -1,
    "fee": -1,
    "transfer": 0,
    "other": 0,
}
TRADES = {"buy": -1, "sell": 1, "dividend": 1, "reinvestment": 0, "securityTransfer": 0}


def ledger(draw):
    """Some transactions, each on a day of its own."""
    today, found = date(2026, 1, 5), []
    for number in range(draw.randrange(2, 12)):
        today += timedelta(days=draw.randrange(1, 9))
        account = draw.choice(ACCOUNTS)["id"]
        one = {"id": f"t{number}", "account": account, "date": str(today), "description": draw.choice(TEXTS)}
        if account == "broker" and draw.random() < 0.7:
            found.append(one | traded(draw))
        else:
            kind = draw.choice(list(CASH))
            sign = CASH[kind] or draw.choice([1, -1])
            one |= {"type": kind, "amount": cents(sign * draw.randrange(1, 99_999))}
            if draw.random() < 0.4:
                one["category"] = draw.choice(["Food", "Food: Out & about", "=SUM(A1)"])
            if draw.random() < 0.3:
                one["payee"] = draw.choice(TEXTS)
            found.append(one)
    return found


def traded(draw):
    kind, quantity, price = draw.choice(list(TRADES)), draw.randrange(1, 500), draw.randrange(100, 50_000)
    fees = draw.choice([0, 0, 102])
    worth = quantity * price
    one = {"type": kind, "security": draw.choice(SECURITIES)["id"], "amount": "0"}
    if kind == "dividend":
        return one | {"amount": cents(worth)}
    one |= {"quantity": str(-quantity if kind == "sell" else quantity), "price": cents(price)}
    if kind in {"buy", "sell"}:
        one["amount"] = cents(TRADES[kind] * worth - fees)
        one |= {"fees": cents(fees)} if fees else {}
    if kind == "reinvestment":
        parts = ((worth, "income"), (-worth, "reinvestment"))
        one["splits"] = [{"amount": cents(part), "category": name} for part, name in parts]
    return one


def cents(number):
    sign = "-" if number < 0 else ""
    return f"{sign}{abs(number) // 100}.{abs(number) % 100:02}"


def request(kind, transactions):
    """The ledger in a format. Of OFX, the card has a balance that is stated, and the checking account those after its rows."""
    asked = {"format": kind, "accounts": ACCOUNTS, "securities": SECURITIES, "transactions": transactions}
    if kind == "ofx":
        asked["transactions"] = [
            one | {"balance": f"{place}.00"} if one["account"] == "checking" else one
            for place, one in enumerate(transactions)
        ]
        asked["balances"] = [{"account": "card", "date": "2026-12-31", "kind": "ledger", "amount": "-1.00"}]
    return asked


def kept(answer, transactions):
    """The transactions that the file has."""
    gone = {one["id"] for one in answer["omitted"] if one.get("reason") and "id" in one}
    return [one for one in transactions if one["id"] not in gone]


def journal(answer, transactions):
    """What beancount says that differs."""
    entries, errors, _ = loader.load_string(answer["text"], dedent=False)
    if errors:
        yield f"beancount: {errors[0].message}"
    wanted, found = Counter(), Counter()
    for one in kept(answer, transactions):
        name = ("Liabilities:" if one["account"] == "card" else "Assets:") + one["account"].capitalize()
        wanted[name, "USD"] += Fraction(one["amount"])
        if "quantity" in one:
            wanted[name, one["security"]] += Fraction(one["quantity"])
    for entry in entries:
        for posting in getattr(entry, "postings", None) or []:
            if posting.account.startswith(("Assets:", "Liabilities:")):
                found[posting.account, posting.units.currency] += Fraction(posting.units.number)
    if {key: value for key, value in wanted.items() if value} != {key: value for key, value in found.items() if value}:
        yield f"beancount has {found}, the ledger {wanted}"
    texts = sorted((str(e.date), e.narration) for e in entries if hasattr(e, "narration"))
    if texts != sorted((one["date"], one["description"]) for one in kept(answer, transactions)):
        yield f"beancount has the texts {texts}"


def statements(answer, transactions):
    """What ofxtools says that differs."""
    tree = OFXTree()
    root = tree.parse(BytesIO(answer["text"].encode()))
    booked = [one for one in transactions if one["account"] == "checking"]
    if booked and not any(one["account"] == "checking" for one in kept(answer, transactions)):
        yield "the checking account is left out, and its last row has a balance"
    for statement in root.iter("STMTRS"):
        wanted = Fraction(transactions.index(booked[-1]))
        if Fraction(statement.findtext("LEDGERBAL/BALAMT")) != wanted:
            yield f"the statement ends with {statement.findtext('LEDGERBAL/BALAMT')}, its last row with {wanted}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree.convert()
    found = []
    for element in root.iter():
        if element.tag == "STMTTRN":
            found.append((element.findtext("DTPOSTED"), Fraction(element.findtext("TRNAMT")), None))
        elif element.find("INVTRAN") is not None:
            total, units = element.findtext("TOTAL"), element.findtext("UNITS")
            amount = Fraction(total or 0) if element.tag != "REINVEST" else Fraction(0)
            amount = -amount if element.tag == "INVEXPENSE" else amount
            shares = Fraction(units) if units else None
            shares = -shares if element.findtext("TFERACTION") == "OUT" else shares
            found.append((element.findtext("INVTRAN/DTTRADE"), amount, shares))
    wanted = [
        (
            one["date"].replace("-", ""),
            Fraction(one["amount"]),
            Fraction(one["quantity"]) if "quantity" in one else None,
        )
        for one in kept(answer, transactions)
    ]
    if sorted(found, key=str) != sorted(wanted, key=str):
        yield f"ofxtools has {found}, the ledger {wanted}"


def registers(answer, transactions):
    """What quiffen says that differs, of the accounts without investments; it takes securities for transactions."""
    listed = answer["text"].partition("!Account\n")
    book = Qif.parse_string("".join(listed[1:]).partition("!Account\nNbroker\n")[0])
    found = []
    for name, held in book.accounts.items():
        for listed in held.transactions.values():
            found += [(name, str(one.date.date()), Fraction(one.amount)) for one in listed]
    wanted = [
        (one["account"], one["date"], Fraction(one["amount"]))
        for one in kept(answer, transactions)
        if one["account"] != "broker"
    ]
    if sorted(found) != sorted(wanted):
        yield f"quiffen has {found}, the ledger {wanted}"


PEERS = {"beancount": journal, "ofx": statements, "qif": registers}


def failures(engine, seed, places):
    """The ledgers that another program reads in another way."""
    ledgers = [ledger(draw) for draw in draws(seed, places)]
    requests = [(kind, entry) for entry in ledgers for kind in PEERS]
    answers = ask(engine, [("formats.write", request(*one)) for one in requests])
    found = []
    for (kind, entry), answer in zip(requests, answers):
        lines = [str(answer)] if "code" in answer else list(PEERS[kind](answer, entry))
        if lines:
            found.append("\n    ".join([json.dumps(request(kind, entry)), *lines]))
    return found
