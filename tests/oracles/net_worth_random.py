"""Random ledgers through the engine and through `net_worth_ledger.py`, field by field: statements, series, attributions.

Each answer is also held to what must be true of any: the terms add up to the change and the entries to the terms, at every
level; positions add up to accounts, accounts and persons to the whole; transfers are zero in the household.
"""

from datetime import date, timedelta
from fractions import Fraction

from asking import ask, differences, draws, failed
from net_worth_ledger import TERMS, Books, as_of, attribution, series
from support import NotCovered

FIRST = date(2025, 12, 1)
DAYS = 200
PLACES = {"USD": 2, "EUR": 2, "JPY": 0}


class Ledger:
    def __init__(self, draw):
        self.draw, self.transactions, self.corrections = draw, [], []
        self.accounts = [{"id": "checking", "kind": "checking"}, {"id": "broker", "kind": "brokerage"}]
        self.accounts[1]["currency"] = draw.choice(["USD", "EUR"])
        self.accounts += draw.sample(
            [
                {"id": "card", "liabilityKind": "creditCard"},
                {"id": "loan", "liabilityKind": "personalLoan", "currency": draw.choice(["USD", "EUR"])},
                {"id": "savings", "kind": "savings", "currency": draw.choice(["USD", "EUR", "JPY"])},
                {"id": "ira", "kind": "rothIra"},
                {"id": "wallet"},
            ],
            draw.randrange(0, 5),
        )
        self.securities = [{"id": name} for name in "ABC"[: draw.randrange(1, 4)]]
        for security in self.securities:
            if draw.random() < 0.7:
                security["currency"] = draw.choice(["USD", "EUR", "JPY"])

    def amount(self, currency, most=2000):
        digits = PLACES[currency]
        return Fraction(self.draw.randrange(1, most * 10**digits), 10**digits)

    def currency(self, account):
        return account.get("currency", "USD")

    def day(self, latest=DAYS):
        return FIRST + timedelta(days=self.draw.randrange(0, latest))

    def record(self, account, when, amount, kind, **rest):
        name = f"t{len(self.transactions):03}"
        fields = {"id": name, "account": account["id"], "date": str(when), "amount": plain(amount), "type": kind}
        if self.draw.random() < 0.15:
            fields["settlementDate"] = str(when + timedelta(days=self.draw.choice([-2, 1, 1, 2, 3, 30])))
        self.transactions.append(fields | {"description": f"record {name}"} | rest)
        return name

    def state_balances(self, settles):
        """The balance after each of an account's records, or after most of them; sometimes one that is wrong."""
        for account in self.accounts:
            if self.draw.random() < 0.7:
                continue
            own = [one for one in self.transactions if one["account"] == account["id"] and not one.get("currency")]
            own.sort(key=lambda one: (settles and one.get("settlementDate")) or one["date"])
            balance, share = Fraction(self.draw.randrange(-500, 5000)), self.draw.choice([0.2, 0.7, 1])
            for one in own:
                balance += Fraction(one["amount"])
                balance += self.draw.choice([0] * 15 + [-10, 25])
                if self.draw.random() < share and (one["amount"] != "0" or self.draw.random() < 0.5):
                    one["balance"] = plain(balance)

    def said(self, name, kind):
        self.corrections.append({"transaction": name, "class": kind, "once": True})

    def any(self):
        draw, account = self.draw, self.draw.choice(self.accounts)
        currency = self.currency(account)
        choice = draw.random()
        if choice < 0.25:
            kind = draw.choice(
                ["income", "expense", "refund", "loanTaken", "loanGiven", "externalFlow", "principalPaid"]
            )
            sign = -1 if kind in ("expense", "loanGiven", "principalPaid") else 1
            if account.get("liabilityKind"):
                sign = -sign if kind in ("loanTaken", "principalPaid") else sign
            rest = {"currency": "EUR"} if draw.random() < 0.1 else {}
            name = self.record(account, self.day(), sign * self.amount(rest.get("currency", currency)), "other", **rest)
            self.said(name, kind)
        elif choice < 0.4:
            kind = draw.choice(["interest", "dividend", "fee", "tax", "withholding", "interestPaid"])
            amount = self.amount(currency, 200) * (1 if kind in ("interest", "dividend") else -1)
            rest = {"security": draw.choice(self.securities)["id"]} if draw.random() < 0.6 else {}
            self.said(self.record(account, self.day(), amount, "other", **rest), kind)
        elif choice < 0.6:
            self.trade(account, currency)
        elif choice < 0.85:
            self.transfer(account, currency)
        elif choice < 0.92:
            ratio = draw.choice([("1", "2"), ("1", "3"), ("3", "1"), ("2", "3")])
            rest = {"security": draw.choice(self.securities)["id"], "splitFrom": ratio[0], "splitTo": ratio[1]}
            if draw.random() < 0.15:
                rest = {"security": rest["security"], "quantity": str(draw.randrange(1, 40))}
            self.record(account, self.day(), Fraction(0), "split", **rest)
        else:
            rest = {"security": draw.choice(self.securities)["id"], "quantity": str(draw.randrange(1, 20))}
            kind = draw.choice(["income", "externalFlow"])
            self.said(self.record(account, self.day(), Fraction(0), "other", **rest), kind)

    def trade(self, account, currency):
        draw, sells = self.draw, self.draw.random() < 0.4
        quantity = Fraction(draw.randrange(1, 4000), draw.choice([1, 10, 100]))
        price = Fraction(draw.randrange(100, 20_000), 100)
        fee = self.amount(currency, 10) if draw.random() < 0.5 else Fraction(0)
        money = round(quantity * price * 10 ** PLACES[currency]) / Fraction(10 ** PLACES[currency])
        amount = (money if sells else -money) - fee
        rest = {"security": draw.choice(self.securities)["id"], "quantity": plain(-quantity if sells else quantity)}
        if fee:
            rest["fees"] = plain(fee)
        self.record(account, self.day(), amount, "sell" if sells else "buy", **rest)

    def transfer(self, account, currency):
        draw, when = self.draw, self.day(DAYS - 10)
        other = draw.choice([one for one in self.accounts if one is not account])
        arrives = when + timedelta(days=draw.choice([0, 0, 1, 3, 5]))
        if draw.random() < 0.2:
            # A number of shares that no other transfer has, and the account at the other end, make the pair certain.
            security, quantity = draw.choice(self.securities)["id"], 100 + len(self.transactions)
            rest = {"security": security, "transferAccount": other["id"]}
            self.record(account, when, Fraction(0), "securityTransfer", quantity=str(-quantity), **rest)
            rest["transferAccount"] = account["id"]
            self.record(other, arrives, Fraction(0), "securityTransfer", quantity=str(quantity), **rest)
            return
        amount, digits = self.amount(currency), PLACES[self.currency(other)]
        arrived = amount
        if currency != self.currency(other):
            converted = amount * Fraction(draw.randrange(800, 1300), 1000)
            arrived = max(Fraction(1), Fraction(round(converted * 10**digits), 10**digits))
        left = self.record(account, when, -amount, "transfer")
        came = self.record(other, arrives, arrived, "transfer")
        self.corrections.append({"transaction": left, "transferOf": came, "once": True})


def plain(value):
    """A fraction with a finite decimal expansion."""
    text = f"{value.numerator * 10**6 // value.denominator:d}"
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    digits = digits.rjust(7, "0")
    return f"{sign}{digits[:-6]}.{digits[-6:]}".rstrip("0").rstrip(".")


def books(draw):
    ledger = Ledger(draw)
    for _ in range(draw.randrange(1, 25)):
        ledger.any()
    cash_date = draw.choice([None, None, "settlement", "transaction"])
    ledger.state_balances(cash_date != "transaction")
    own = draw.choice(["USD", "USD", "EUR", "JPY"])
    told = {
        "ledger": {
            "accounts": ledger.accounts,
            "securities": ledger.securities,
            "transactions": draw.sample(ledger.transactions, len(ledger.transactions)),
            "corrections": ledger.corrections,
        },
        "currency": own,
    } | ({"cashDate": cash_date} if cash_date else {})
    told["exchangeRates"] = [
        {
            "from": currency,
            "to": own,
            "date": str(FIRST + timedelta(days=step)),
            "rate": f"{draw.randrange(5, 2000) / 100}",
        }
        for currency in PLACES
        if currency != own
        for step in range(-40, DAYS + 20, draw.choice([3, 5, 20]))
    ]
    told["prices"] = [
        {
            "security": security["id"],
            "date": str(FIRST + timedelta(days=step)),
            "price": f"{draw.randrange(1, 30000) / 100}",
        }
        for security in ledger.securities
        for step in range(draw.choice([-40, -40, -40, 60]), DAYS + 20, draw.choice([2, 7, 30]))
    ]
    told["balances"] = [
        {"account": account["id"], "date": str(when), "kind": "cash", "amount": str(draw.randrange(-5000, 20000))}
        for account in ledger.accounts
        for when in sorted({ledger.day() for _ in range(draw.choice([0, 0, 1, 1, 2]))})
    ]
    told["balances"] += [
        {"account": account["id"], "date": str(when), "kind": "ledger", "amount": str(draw.randrange(0, 900))}
        | {"currency": draw.choice([currency for currency in PLACES if currency != ledger.currency(account)])}
        for account in ledger.accounts
        for when in sorted({ledger.day() for _ in range(draw.choice([0, 0, 0, 1]))})
    ]
    told["positions"] = [
        {
            "account": "broker",
            "security": security["id"],
            "date": str(ledger.day()),
            "quantity": str(draw.randrange(-5, 400)),
        }
        for security in ledger.securities
        if draw.random() < 0.3
    ]
    if told["positions"] and draw.random() < 0.3:
        # In two lots, on a day that is said once.
        listed = told["positions"][0]
        told["positionsAsOf"] = listed.pop("date")
        told["positions"].append(listed | {"quantity": str(draw.randrange(1, 50)), "price": "12.5"})
    if draw.random() < 0.5:
        spent = [one["id"] for one in ledger.transactions if one["type"] == "other" and not one.get("security")]
        told["assets"] = [{"id": "home", "category": "realEstate", "transactions": spent[: draw.randrange(0, 3)]}]
        told["assets"] += [{"id": "fund", "category": "alternativeInvestments", "currency": "EUR"}]
        told["assets"][1] |= {"illiquidityDiscount": "0.15", "unfundedCommitment": "25000", "liquid": True}
        told["valuations"] = [
            {"asset": name, "date": str(when), "value": str(draw.randrange(0, 500_000))}
            for name in ("home", "fund")
            for when in sorted({ledger.day() for _ in range(draw.randrange(0, 3))})
        ]
    if draw.random() < 0.7:
        share = Fraction(draw.randrange(1, 999), 1000)
        told["owners"] = [
            {
                "id": account["id"],
                "owners": [{"person": "Elena", "share": plain(share)}, {"person": "Marcus", "share": plain(1 - share)}],
            }
            for account in ledger.accounts
            if draw.random() < 0.6
        ]
        for asset in told.get("assets", []):
            owners = [{"person": "Elena", "share": plain(share * Fraction(3, 5))}]
            owners += [{"person": "Marcus", "share": "0.25"}] if draw.random() < 0.5 else []
            told["owners"] += [{"id": asset["id"], "owners": owners}] if draw.random() < 0.5 else []
    return told


def a_request(draw):
    told = books(draw)
    first, last = sorted(FIRST + timedelta(days=draw.randrange(-10, DAYS + 10)) for _ in range(2))
    choice = draw.random()
    if choice < 0.25:
        return "net_worth.as_of", {"books": told, "asOf": str(last)} | liquidation(draw, told, last)
    period = {"books": told, "from": str(first), "to": str(last)}
    if choice < 0.35:
        return "net_worth.series", period | {"days": draw.choice(["monthEnds", "quarterEnds", "yearEnds"])}
    return "net_worth.attribution", period | lots(draw, told)


def lots(draw, told):
    """How positions are opened to their lots, with lots of what there was before."""
    if draw.random() < 0.3:
        return {}
    methods = ["fifo", "fifo", "lifo", "hifo", "lofo", "averageCost"]
    detail, opening = {"method": draw.choice(methods)}, []
    securities = [security["id"] for security in told["ledger"]["securities"]]
    if draw.random() < 0.4:
        when = str(FIRST + timedelta(days=draw.randrange(0, DAYS)))
        elections = [{"account": "broker", "method": draw.choice(methods)}]
        elections += [{"security": draw.choice(securities), "from": when, "method": draw.choice(methods)}]
        detail["elections"] = elections[: draw.randrange(1, 3)]
    if draw.random() < 0.6:
        for (account, what, security, _), position in Books(told).positions.items():
            if what == "security" and position.opening > 3:
                for _ in range(draw.randrange(1, 3)):
                    acquired = FIRST - timedelta(days=draw.randrange(20, 900))
                    lot = {"account": account, "security": security, "acquired": str(acquired)}
                    quantity = Fraction(position.opening * draw.randrange(1, 4) * 10 // 1, 100)
                    cost = Fraction(draw.randrange(0, 99_999), 100)
                    opening.append(lot | {"quantity": plain(quantity), "cost": plain(cost)})
        detail["opening"] = opening
    return {"lots": detail}


def liquidation(draw, told, when):
    """Lots of what may be held, and rates."""
    if draw.random() < 0.4:
        return {}
    rates = {name: f"0.{draw.randrange(0, 50):02}" for name in ("shortTermRate", "longTermRate", "deferredRate")}
    lots, held = [], as_of({"books": told, "asOf": str(when)})
    for row in held["positions"]:
        if row["kind"] == "security" and row["quantity"] >= 1 and row["account"] != "ira":
            for _ in range(draw.randrange(0, 3)):
                acquired = when - timedelta(days=draw.choice([0, 20, 365, 366, 367, 900]))
                lot = {"account": row["account"], "security": row["security"], "acquired": str(acquired)}
                lots.append(lot | {"quantity": plain(row["quantity"] // 3), "cost": str(draw.randrange(0, 30_000))})
    lots = [lot for lot in lots if lot["quantity"] != "0" and not told_debt(told, lot["account"])]
    return {"liquidation": rates | {"lots": lots}}


def told_debt(told, account):
    return any(one["id"] == account and one.get("liabilityKind") for one in told["ledger"]["accounts"])


def failures(engine, seed, places):
    requests = [a_request(draw) for draw in draws(seed, places)]
    found = []
    for (operation, request), answer in zip(requests, ask(engine, requests)):
        lines = [str(answer)] if "code" in answer else list(compared(operation, request, answer))
        if lines:
            found.append(f"{operation} " + failed(request, lines))
    return found


def compared(operation, request, answer):
    if operation == "net_worth.attribution":
        yield from contradictions(answer)
        answer.pop("entries")
    model = {"net_worth.as_of": as_of, "net_worth.series": series, "net_worth.attribution": attribution}[operation]
    try:
        told = model(request)
    except NotCovered as reason:
        yield f"not covered: {reason}"
        return
    if operation == "net_worth.series":
        answer.pop("unpriced"), answer.pop("stale")
    for rows in (answer.get("positions", []), told.get("positions", []), answer.get("lots", []), told.get("lots", [])):
        for row in rows:
            for point in (row, row.get("opening"), row.get("closing")):
                if point and point.get("quantity") is not None:
                    # A split by three is a fraction here and 28 digits there.
                    point["quantity"] = round(Fraction(point["quantity"]), 12)
    for rows in (
        answer.get("adjustments", []),
        told.get("adjustments", []),
        answer.get("unpriced", []),
        told.get("unpriced", []),
    ):
        for row in rows:
            for field in {"computed", "difference", "quantity"} & set(row):
                row[field] = round(Fraction(row[field]), 12)
    yield from differences(answer, told)


def contradictions(answer):
    """What cannot be true of any answer."""
    for row in [answer, *answer["accounts"], *answer["positions"], *answer["persons"]]:
        name = row.get("account") or row.get("id") or row.get("person")
        if sum(Fraction(row["terms"][term]) for term in TERMS) != Fraction(row["change"]):
            yield f"the terms of {name} do not add up to the change"
    if Fraction(answer["terms"]["transfers"]) != 0:
        yield f"transfers of {answer['terms']['transfers']} in the household"
    for rows in ("accounts", "persons"):
        for term in TERMS:
            if sum(Fraction(row["terms"][term]) for row in answer[rows]) != Fraction(answer["terms"][term]):
                yield f"{term} of the {rows} does not add up"
    for row in answer["positions"]:
        name = (row["account"], row["kind"], row["security"])
        own = [lot for lot in answer.get("lots", []) if (lot["account"], lot["kind"], lot["security"]) == name]
        if not row["security"] or "lots" not in answer:
            continue
        for term in TERMS:
            if sum(Fraction(lot["terms"][term]) for lot in own) != Fraction(row["terms"][term]):
                yield f"{term} of the lots of {row['account']} {row['security']} does not add up"
        for end in ("opening", "closing"):
            for figure in ("value", "amount"):
                if row[end] and sum(Fraction(lot[end][figure]) for lot in own) != Fraction(row[end][figure]):
                    yield f"{figure} of the lots of {row['account']} {row['security']} does not add up"
    for lot in answer.get("lots", []):
        if sum(Fraction(lot["terms"][term]) for term in TERMS) != Fraction(lot["change"]):
            yield f"the terms of a lot of {lot['account']} {lot['security']} do not add up"
    sums = {}
    for entry in answer["entries"]:
        key = (entry["account"], entry["kind"], entry["security"], entry["term"])
        sums[key] = sums.get(key, 0) + Fraction(entry["value"])
    told = {}
    for row in answer["positions"]:
        for term in TERMS:
            key = (row["account"], row["kind"], row["security"], term)
            told[key] = told.get(key, 0) + Fraction(row["terms"][term])
    for key in set(sums) | set(told):
        if key[3] not in ("market", "currency", "revaluation") and sums.get(key, 0) != told.get(key, 0):
            yield f"the entries of {key} do not add up"
