"""Random ledgers through `cash_flow.statement`, `recurring`, `budget`, `forecast` and `spending`, and through the programs of each.

Properties are held besides: the periods of a statement add up to its total, and what is counted on the cash basis and not
paid yet is what is counted on the accrual basis.
"""

from datetime import date, timedelta
from fractions import Fraction

from asking import ask, differences, draws, failed
from budgets import budget
from cash_flow_forecast import forecast
from cash_flow_statement import MOVEMENTS, statement
from ledger_flows import total
from recurring_payments import recurring
from spending_trends import spending

PROGRAMS = {
    "cash_flow.statement": statement,
    "cash_flow.recurring": recurring,
    "cash_flow.budget": budget,
    "cash_flow.forecast": forecast,
    "cash_flow.spending": spending,
}
ACCOUNTS = [
    {"id": "checking", "kind": "checking"},
    {"id": "savings", "kind": "savings", "currency": "USD"},
    {"id": "card", "liabilityKind": "creditCard"},
    {"id": "loan", "liabilityKind": "autoLoan"},
    {"id": "abroad", "kind": "checking", "currency": "JPY"},
]
CATEGORIES = ["Food", "Food:Groceries", "food / out", "Housing>Rent", "Expenses:Food", "Travel", "Pets", None]
OUT = ["expense", "expense", "expense", "fee", "tax", "interestPaid", "transfer", "principalPaid", "loanGiven", "trade"]
IN = ["income", "income", "interest", "dividend", "refund", "refund", "transfer", "loanTaken", "externalFlow"]
FREQUENCIES = [7, 14, 28, 30, 91, 365]


def money(draw, low, high):
    return f"{draw.randrange(low * 100, high * 100) / 100:.2f}"


class Maker:
    """A ledger in the making."""

    def __init__(self, draw):
        self.draw, self.transactions, self.corrections = draw, [], []
        self.first = date(2024, 1, 1) + timedelta(days=draw.randrange(0, 400))
        self.days = draw.choice([20, 60, 120, 400])

    def add(self, when, account, amount, kind, merchant=None, category=None):
        name = f"t{len(self.transactions):04}"
        amount = str(int(float(amount))) if account == "abroad" else amount
        transaction = {
            "id": name,
            "account": account,
            "date": str(when),
            "amount": amount,
            "type": "other",
            "description": "TEXT",
        }
        if self.draw.random() < 0.2:
            transaction["settlementDate"] = str(when + timedelta(days=self.draw.randrange(0, 4)))
        said = {"transaction": name, "class": kind, "once": True, "notTransfer": kind != "transfer"}
        said["merchant"] = merchant or f"text {self.draw.randrange(0, 4)}"
        self.transactions.append(transaction)
        self.corrections.append(said | ({"category": category} if category else {}))

    def noise(self):
        for _ in range(self.draw.choice([0, 5, 40, 100])):
            when = self.first + timedelta(days=self.draw.randrange(0, self.days))
            account = self.draw.choice(ACCOUNTS)["id"]
            goes_out = self.draw.random() < 0.65
            kind = self.draw.choice(OUT if goes_out else IN)
            amount = money(self.draw, 1, 900)
            category = self.draw.choice(CATEGORIES)
            merchant = self.draw.choice(["ALPHA", "Beta", "beta", None])
            self.add(when, account, "-" + amount if goes_out else amount, kind, merchant, category)

    def series(self, name):
        draw, when = self.draw, self.first + timedelta(days=self.draw.randrange(0, 40))
        step, day_of_month = draw.choice(FREQUENCIES), draw.choice([None, None, 1, 15, 28, 30, 31])
        amount, account = money(draw, 1, 300), draw.choice(["checking", "card"])
        jitter, varies = draw.choice([0, 0, 1, 3]), draw.random() < 0.2
        goes_out, category = draw.random() < 0.7, draw.choice(CATEGORIES)
        end = self.first + timedelta(days=self.days)
        while when < end:
            if draw.random() < 0.03:
                amount = money(draw, 1, 300)
            shown = money(draw, 1, 300) if varies else amount
            off = timedelta(days=draw.randrange(-jitter, jitter + 1))
            kind = "expense" if goes_out else "income"
            if draw.random() > 0.05:
                self.add(when + off, account, "-" + shown if goes_out else shown, kind, name, category)
            if draw.random() < 0.04:
                late = timedelta(days=draw.randrange(0, 5))
                self.add(when + off + late, account, "-" + shown if goes_out else shown, kind, name, category)
            if day_of_month and step >= 28:
                month = when.year * 12 + when.month + max(1, step // 30) - 1
                last = (date(month // 12 + (month % 12 == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
                when = date(month // 12, month % 12 + 1, min(day_of_month, last))
            else:
                when += timedelta(days=step)

    def ledger(self):
        self.noise()
        for name in ("GYM", "RENT", "FILMS", "BETA")[: self.draw.randrange(0, 5)]:
            self.series(name)
        if not self.transactions:
            self.add(self.first, "checking", "10.00", "income")
        order = list(range(len(self.transactions)))
        self.draw.shuffle(order)
        return {
            "accounts": ACCOUNTS,
            "transactions": [self.transactions[place] for place in order],
            "corrections": self.corrections,
        }


def a_statement(draw, maker):
    request = {"ledger": maker.ledger(), "periods": draw.choice(["months", "quarters", "years", "whole"])}
    request["basis"] = draw.choice(["accrual", "cash"])
    if draw.random() < 0.5:
        request["from"] = str(maker.first + timedelta(days=draw.randrange(-40, 10)))
        request["to"] = str(maker.first + timedelta(days=draw.randrange(10, 500)))
    elif draw.random() < 0.3:
        days = sorted(draw.sample(range(100), 3))
        request |= {"periods": "dates", "starts": [str(maker.first + timedelta(days=day)) for day in days]}
        request["to"] = str(maker.first + timedelta(days=100))
    if request["basis"] == "cash" and draw.random() < 0.5:
        request["owedBefore"] = [{"account": "card", "amount": money(draw, 0, 800)}]
    if draw.random() < 0.4:
        early = str(maker.first - timedelta(days=5))
        rates = [{"from": "JPY", "to": "USD", "rate": "0.0067", "date": early}]
        for _ in range(draw.randrange(0, 5)):
            day = maker.first + timedelta(days=draw.randrange(0, 200))
            rates.append({"from": "JPY", "to": "USD", "rate": f"0.00{draw.randrange(50, 90)}", "date": str(day)})
        unique = {rate["date"]: rate for rate in rates}
        request |= {"reportCurrency": "USD", "exchangeRates": list(unique.values())}
    if draw.random() < 0.3:
        request["essentialCategories"] = draw.sample([name for name in CATEGORIES if name], 2)
    request["savingsBase"] = draw.choice(["income", "incomeAfterTax"])
    if draw.random() < 0.4:
        request["comparison"] = draw.choice(["previous", "yearBefore"])
    return request


def a_detection(draw):
    return {
        "minPayments": draw.choice([3, 3, 4, 6]),
        "minConfidence": draw.choice(["0.7", "0.5", "0.9"]),
        "amountGap": draw.choice(["0.2", "0", "1"]),
        "doubleDays": draw.randrange(0, 4),
        "findDoubles": draw.random() < 0.8,
    }


def a_recurrence(draw, maker):
    request = {"ledger": maker.ledger()}
    if draw.random() < 0.6:
        request["asOf"] = str(maker.first + timedelta(days=maker.days + draw.randrange(-20, 60)))
    if draw.random() < 0.6:
        request["detection"] = a_detection(draw)
    return request


def a_budget(draw, maker):
    start = maker.first + timedelta(days=draw.randrange(-30, 30))
    request = {
        "ledger": maker.ledger(),
        "from": str(start),
        "months": draw.choice([1, 1, 3, 12]),
        "periods": draw.randrange(1, 8),
        "unassignedBefore": money(draw, -50, 500),
        "categories": [],
    }
    for name in draw.sample(["food", "Food:Groceries", "Housing", "Travel", "Pets"], draw.randrange(0, 5)):
        category = {
            "category": name,
            "amount": money(draw, 0, 900),
            "rollOver": draw.choice(["nothing", "left", "overspent", "both"]),
            "leftBefore": money(draw, -50, 90),
        }
        if draw.random() < 0.4:
            days = sorted(draw.sample(range(300), 2))
            category["changes"] = [
                {"from": str(start + timedelta(days=day)), "amount": money(draw, 0, 900)} for day in days
            ]
        request["categories"].append(category)
    if draw.random() < 0.4:
        request |= {"method": "zeroBased", "plannedIncome": money(draw, 0, 4000)}
    if draw.random() < 0.5:
        as_of = start + timedelta(days=draw.randrange(0, 27))
        request["asOf"] = str(as_of)
        income = as_of + timedelta(days=draw.randrange(1, 30))
        bills = [
            {
                "date": str(as_of + timedelta(days=draw.randrange(-3, 30))),
                "amount": money(draw, 0, 300),
                "category": draw.choice(["food", "Pets", "Other"]),
            }
            for _ in range(draw.randrange(0, 5))
        ]
        balances = [{"account": "checking", "balance": money(draw, -100, 3000)}]
        if draw.random() < 0.5:
            balances.append({"account": "card", "balance": "-" + money(draw, 0, 700)})
        request["spending"] = {"balances": balances, "nextIncome": str(income), "bills": bills}
    return request


def a_forecast(draw, maker):
    request = {
        "ledger": maker.ledger(),
        "asOf": str(maker.first + timedelta(days=maker.days + draw.randrange(-20, 20))),
        "balances": [{"account": "checking", "balance": money(draw, 0, 2000)}],
        "days": draw.choice([5, 35, 95, 366]),
        "weeks": draw.choice([4, 13, 52]),
        "confidenceLevel": draw.choice([0.5, 0.8, 0.95]),
        "detect": draw.random() < 0.8,
    }
    for account in draw.sample(["card", "abroad", "savings"], draw.randrange(0, 3)):
        request["balances"].append({"account": account, "balance": str(draw.randrange(-900, 900))})
    if draw.random() < 0.5:
        start = maker.first + timedelta(days=maker.days - draw.randrange(0, 40))
        planned = {"name": "flat", "account": "checking", "amount": "-" + money(draw, 0, 900), "start": str(start)}
        if draw.random() < 0.7:
            planned |= {"rule": {"frequency": draw.choice(["monthly", "weekly"])}, "monthEnd": "clamp"}
            planned["convention"] = draw.choice(["unadjusted", "following", "preceding"])
        if draw.random() < 0.5:
            planned["merchant"] = draw.choice(["rent", "Gym"])
        request["planned"] = [planned]
    return request


def trends(draw, maker):
    request = {"ledger": maker.ledger(), "threshold": draw.choice(["3.5", "2", "0.5"])}
    request["from"] = str(maker.first + timedelta(days=draw.randrange(-60, 60)))
    request["to"] = str(maker.first + timedelta(days=60 + draw.randrange(0, 400)))
    return request


def a_request(draw):
    makers = {
        "statement": a_statement,
        "recurring": a_recurrence,
        "budget": a_budget,
        "forecast": a_forecast,
        "spending": trends,
    }
    name = draw.choice([*makers, "statement", "recurring"])
    return f"cash_flow.{name}", makers[name](draw, Maker(draw))


def failures(engine, seed, places):
    """The ledgers whose answers differ."""
    requests = [a_request(draw) for draw in draws(seed, places)]
    found = []
    for (operation, request), answer in zip(requests, ask(engine, requests)):
        lines = [str(answer)] if "code" in answer else list(compared(operation, request, answer))
        if lines:
            found.append(f"{operation} " + failed(request, lines))
    return found


def compared(operation, request, answer):
    model = PROGRAMS[operation](request)
    if operation == "cash_flow.forecast":
        for one, other in zip(answer["accounts"], model["accounts"]):
            if not near(one.pop("weeklyDeviation"), other.pop("weeklyDeviation")):
                yield "the deviations of weeks differ"
    yield from differences(answer, model)
    if operation == "cash_flow.statement":
        yield from properties(answer)


def near(one, other):
    return one == other or (one is not None and other is not None and abs(one - other) <= 1e-12 * (1 + abs(other)))


def properties(answer):
    """What holds of every statement, by its own figures."""
    amounts = [name for name in ("totalIncome", "expenses", "saved", "change", "essential", *MOVEMENTS)]
    for table in [*answer["currencies"], *([answer["report"]] if answer["report"] else [])]:
        for name in amounts:
            parts = total(Fraction(period["figures"][name]) for period in table["periods"])
            if parts != Fraction(table["total"][name]):
                yield f"{table['currency']}: the periods add up to {parts} of {name}"
        entries = [entry for entry in answer["entries"] if entry["currency"] == table["currency"]]
        if table is not answer["report"]:
            counted = total(Fraction(entry["amount"]) for entry in entries)
            if counted != Fraction(table["total"]["change"]):
                yield f"{table['currency']}: the entries add up to {counted}"
