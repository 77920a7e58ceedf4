"""Random ledgers with corrections, rules and models through the engine and through `classification.py`, field by field; and
properties: the order of the rows does not matter, and printed texts have the names that the rules give them."""

from copy import deepcopy
from datetime import date, timedelta

from asking import ask, disagreement, draws, failed
from classification import classify, merchant_names, train

ACCOUNTS = [
    {"id": "checking", "kind": "checking", "name": "Everyday", "number": "1234", "institution": "First Bank"},
    {"id": "savings", "kind": "savings", "name": "Rainy day", "number": "5678"},
    {"id": "card", "liabilityKind": "creditCard", "number": "9876", "institution": "Blue Card"},
    {"id": "loan", "liabilityKind": "autoLoan", "name": "Car", "number": "2222"},
    {"id": "mortgage", "liabilityKind": "mortgage", "institution": "Home Lender"},
    {"id": "broker", "kind": "brokerage", "institution": "Index House"},
    {"id": "euro", "kind": "checking", "currency": "EUR"},
    {"id": "unknown"},
]
TEXTS = [
    "CORNER CAFE 0123",
    "SQ *CORNER CAFE",
    "BLUE DOOR GRILL #12",
    "NORTH PHARMACY 00123  SEATTLE    WA",
    "ACME PAYROLL 260302",
    "SALARY",
    "TRANSFER TO XXXX5678",
    "TRANSFER FROM CHECKING 1234",
    "BLUE CARD E-PAYMENT",
    "PAYMENT THANK YOU",
    "HOME LENDER PMT",
    "INDEX HOUSE",
    "MONTHLY AUTOPAY CARD 9876",
    "ONLINE",
    "123456",
    "Opening Balance",
    "INTEREST CHARGE ON PURCHASES",
]
TYPES = [
    "deposit",
    "withdrawal",
    "payment",
    "transfer",
    "purchase",
    "refund",
    "other",
    "fee",
    "interest",
    "contribution",
]
RARE = [
    "distribution",
    "tax",
    "withholding",
    "reward",
    "dividend",
    "reinvestment",
    "buy",
    "sell",
    "split",
    "securityTransfer",
]
AMOUNTS = ["10", "10.00", "25.5", "100", "100", "250", "4000"]
CATEGORIES = ["Food", "Health", "Salary", "Mortgage interest", "Principal", "Tax:Federal", "Transfer", "Car payment"]
CATEGORIES += ["Equity:Opening-Balances", "Equity:Draws", "Income:Dividends", "Expenses:BankFees", "Starting Balances"]
CLASSES = ["expense", "income", "transfer", "refund", "loanGiven", "loanTaken", "externalFlow", "principalPaid"]


def transaction(draw, place, first):
    account = draw.choice(ACCOUNTS)
    kind = draw.choice(TYPES) if draw.random() < 0.85 else draw.choice(RARE)
    amount = draw.choice(AMOUNTS)
    made = {
        "id": f"t{draw.randrange(100):02}-{place}",
        "account": account["id"],
        "date": (first + timedelta(draw.randrange(25))).isoformat(),
        "amount": amount if draw.random() < 0.5 else "-" + amount,
        "type": kind,
        "description": draw.choice(TEXTS),
    }
    if draw.random() < 0.1:
        made["payee"] = draw.choice(TEXTS + [" "])
    if draw.random() < 0.1:
        made["memo"] = draw.choice(TEXTS)
    if draw.random() < 0.1:
        made["category"] = draw.choice(CATEGORIES)
    if draw.random() < 0.15:
        made["transferAccount"] = draw.choice(
            ["checking", "Everyday", "Savings …5678", "card", "Car", "euro", "Vacation"]
        )
    if draw.random() < 0.05:
        made["currency"] = "EUR"
    if draw.random() < 0.08:
        made["fees"] = "1.25"
    if kind in ("buy", "sell", "reinvestment", "dividend", "securityTransfer", "split"):
        made["security"] = draw.choice(["X", "Y"])
        made["quantity"] = draw.choice(["2", "-2", "3.5"])
        if kind == "reinvestment" and draw.random() < 0.5:
            made |= {"amount": "0", "price": "10.333"}
        if kind in ("securityTransfer", "split"):
            made["amount"] = "0"
    elif draw.random() < 0.12:
        made["splits"] = splits(draw, made["amount"])
    return made


def mirrored(draw, other, name):
    """What could be the other end of a transaction."""
    amount = other["amount"]
    made = {
        "id": name,
        "account": draw.choice(ACCOUNTS)["id"],
        "date": (date.fromisoformat(other["date"]) + timedelta(draw.choice([0, 0, 1, 2, 5, 6, -1]))).isoformat(),
        "amount": amount[1:] if amount.startswith("-") else "-" + amount,
        "type": draw.choice(["deposit", "withdrawal", "payment", "transfer", "refund", "other"]),
        "description": draw.choice(TEXTS),
    }
    if other["type"] == "securityTransfer":
        quantity = other["quantity"]
        made |= {"type": "securityTransfer", "security": other["security"], "amount": "0"}
        made["quantity"] = quantity[1:] if quantity.startswith("-") else "-" + quantity
    if draw.random() < 0.2:
        made["transferAccount"] = other["account"]
    return made


def conversion_legs(draw, first):
    """Ends of conversions within one account, several of them of one day."""
    account = draw.choice(["checking", "euro", "broker", "card"])
    made = []
    for place in range(draw.randrange(2, 8)):
        amount = draw.choice(AMOUNTS)
        leg = {
            "id": f"x{draw.randrange(10)}-{place}",
            "account": account,
            "date": (first + timedelta(draw.randrange(2))).isoformat(),
            "amount": amount if draw.random() < 0.5 else "-" + amount,
            "currency": draw.choice(["USD", "EUR", "GBP"][: draw.choice([2, 2, 3])]),
            "type": draw.choice(["transfer", "transfer", "deposit", "withdrawal", "other", "refund"]),
            "description": draw.choice(["CURRENCY CONVERSION", "FX EUR/USD", "EUR.USD", "Exchanged to EUR"]),
        }
        if draw.random() < 0.4:
            leg["transferAccount"] = draw.choice([account, account, account, "savings"])
        made.append(leg)
    return made


def charge(draw, place, first):
    """Interest that the account of a debt is charged."""
    return {
        "id": f"c{place}",
        "account": draw.choice(["loan", "mortgage"]),
        "date": (first + timedelta(draw.randrange(20))).isoformat(),
        "amount": draw.choice(["-4", "-60", "-100", "3"]),
        "type": "interest",
        "description": "INTEREST",
    }


def splits(draw, amount):
    whole = round(float(amount) * 100)
    parts = [draw.choice([-1000, -500, 500, whole // 2]) for _ in range(draw.randrange(1, 3))]
    parts.append(whole - sum(parts))
    made = []
    for part in parts:
        split = {"amount": f"{part / 100:.2f}"}
        if draw.random() < 0.6:
            split["category"] = draw.choice(CATEGORIES)
        if draw.random() < 0.2:
            split["memo"] = draw.choice(TEXTS)
        if draw.random() < 0.3:
            split["transferAccount"] = draw.choice(["loan", "savings", "[outside]"])
        made.append(split)
    return made


def corrections(draw, transactions):
    made, seen = [], set()
    for corrected in draw.sample(transactions, min(len(transactions), draw.randrange(6))):
        if corrected["id"] in seen:
            continue
        seen.add(corrected["id"])
        correction = {"transaction": corrected["id"]}
        if draw.random() < 0.5:
            correction["class"] = draw.choice(CLASSES)
        if draw.random() < 0.4:
            correction["category"] = draw.choice(CATEGORIES)
        if draw.random() < 0.2:
            correction["merchant"] = draw.choice(["Cafe", "Pharmacy"])
        if draw.random() < 0.2:
            correction["once"] = True
        if draw.random() < 0.1 and correction.get("class") != "transfer":
            correction["notTransfer"] = True
        if draw.random() < 0.15:
            correction["part"] = 0
        if draw.random() < 0.15 and "class" not in correction and "notTransfer" not in correction:
            correction["transferOf"] = draw.choice(transactions)["id"]
        if len(correction.keys() - {"transaction", "once", "part"}):
            made.append(correction)
    return made


def pairs_of_shares(draw, transactions, made):
    """Corrections that pair equally many shares of a security, which left one account and came to another."""
    corrected = {correction["transaction"] for correction in made}
    moved = [one for one in transactions if one["type"] == "securityTransfer" and one["id"] not in corrected]
    for one in moved:
        for other in moved:
            opposite = one["security"] == other["security"] and float(one["quantity"]) == -float(other["quantity"])
            if opposite and one["account"] != other["account"] and draw.random() < 0.5:
                return [{"transaction": one["id"], "transferOf": other["id"]}]
    return []


def rules(draw):
    made = []
    for _ in range(draw.randrange(4)):
        rule = {}
        if draw.random() < 0.8:
            rule["text"] = draw.choice(["cafe", "Corner  Cafe", "e-payment", "online", "PAYMENT", "north pharmacy"])
            rule["comparison"] = draw.choice(["contains", "contains", "equals", "startsWith"])
            if draw.random() < 0.3:
                rule["field"] = draw.choice(["description", "payee", "memo"])
        else:
            rule["account"] = draw.choice(ACCOUNTS)["id"]
        if draw.random() < 0.3:
            rule |= {"minAmount": "-100", "maxAmount": draw.choice(["-10", "50"])}
        if draw.random() < 0.6:
            rule["class"] = draw.choice(CLASSES)
        rule["category"] = draw.choice(CATEGORIES)
        if draw.random() < 0.2:
            rule["merchant"] = "Renamed"
        made.append(rule)
    return made


def ledger(draw):
    first = date(2026, 3, 1)
    transactions = [transaction(draw, place, first) for place in range(draw.randrange(1, draw.choice([6, 20, 40])))]
    for place, other in enumerate(draw.sample(transactions, len(transactions) // 2)):
        transactions.append(mirrored(draw, other, f"m{place}"))
    if draw.random() < 0.3:
        transactions += [charge(draw, place, first) for place in range(3)]
    if draw.random() < 0.4:
        transactions += conversion_legs(draw, first)
    made = {
        "accounts": ACCOUNTS,
        "securities": [{"id": "X"}, {"id": "Y"}],
        "transactions": transactions,
        "corrections": corrections(draw, transactions),
        "rules": rules(draw),
    }
    made["corrections"] += pairs_of_shares(draw, transactions, made["corrections"])
    if draw.random() < 0.3:
        made["transferDays"] = draw.choice([0, 1, 10, 31])
    if draw.random() < 0.2:
        made["scope"] = draw.sample([account["id"] for account in ACCOUNTS], draw.randrange(1, 8))
    if draw.random() < 0.3:
        made["model"] = model(draw)
        made["minConfidence"] = draw.choice([0, 0.5, 0.9])
    return made


def model(draw):
    labels = [
        {"category": "Food", "class": "expense", "examples": 3},
        {"category": "Other", "examples": draw.randrange(1, 9)},
    ]
    if draw.random() < 0.5:
        labels.append({"category": "Salary", "class": "income", "examples": 2})
    words = []
    for word in sorted(draw.sample(["CORNER", "CAFE", "ONLINE", "SALARY", "PHARMACY", "DOOR"], 4)):
        chosen = draw.sample(range(len(labels)), draw.randrange(1, len(labels) + 1))
        words.append(
            {"word": word, "counts": [{"label": label, "count": draw.randrange(1, 5)} for label in sorted(chosen)]}
        )
    return {"smoothing": draw.choice([0.5, 1, 2]), "labels": labels, "words": words}


def printed(draw):
    """A text as a bank could print it."""
    pieces = [
        "POS",
        "PURCHASE",
        "CORNER",
        "CAFE",
        "SQ *",
        "*",
        " * ",
        "#12",
        "0123",
        "12",
        "7-ELEVEN",
        "SEATTLE",
        "WA",
        "US",
        "  ",
    ]
    pieces += [
        "STORE",
        "ON",
        "03/02",
        "REF",
        "NETFLIX.COM",
        "WWW.",
        "INC",
        "LLC",
        "JOE'S",
        "H&M",
        "XXXX",
        "XXXX1234",
        "Müller",
        "-",
        ".",
    ]
    return draw.choice(["", " "]) + draw.choice([" ", " ", "", "  "]).join(draw.choices(pieces, k=draw.randrange(7)))


def failures(engine, seed, places):
    found = []
    sources = draws(seed, places)
    made = [ledger(draw) for draw in sources]
    shuffled = []
    for draw, request in zip(sources, made):
        transactions = list(request["transactions"])
        draw.shuffle(transactions)
        shuffled.append(request | {"transactions": transactions})
    texts = [{"texts": [printed(draw) for _ in range(20)]} for draw in sources]
    learned = [{key: request[key] for key in ("transactions", "corrections")} for request in made]
    answers = ask(engine, [("classification.classify", request) for request in made])
    again = ask(engine, [("classification.classify", request) for request in shuffled])
    for request, answer, other in zip(made, answers, again):
        if lines := disagreement(answer, classify, request, compared):
            found.append(failed(request, lines))
        if answer != other and "code" not in answer:
            found.append(failed(request, ["another order of the rows has another answer"]))
    for operation, compute, requests in (
        ("classification.merchant_names", merchant_names, texts),
        ("classification.train", train, learned),
    ):
        for request, answer in zip(requests, ask(engine, [(operation, request) for request in requests])):
            if lines := disagreement(answer, compute, request):
                found.append(failed(request, lines))
    return found


def compared(answer):
    """An answer without words, and with confidences to nine places."""
    answer = deepcopy(answer)
    for flow in answer["flows"]:
        for reason in (flow["reason"], flow.get("categoryReason") or {}):
            reason.pop("detail", None)
            if reason.get("confidence") is not None:
                reason["confidence"] = f"{float(reason['confidence']):.9f}"
    return answer
