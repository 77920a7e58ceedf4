"""`lots.plan_sales` on random books, against all choices of whole shares: the target, and the proof of the bound.

What the reference page promises is tried on books of up to five lots of a few shares, where every choice can be looked at:

- what is sold is there, of whole shares and at least of the least value, and its sums are those of the lots;
- cash and a weight are reached, and passed by no more than a share of one lot; a loss and a gain are not passed, and are missed
  by less than a share of one lot, unless all that can be sold is sold;
- `gap` is `tax` less `lowerBound`, and neither is below zero;
- no choice that meets the target as well has a lower tax than `lowerBound`: one that raises the cash and at most a share of one
  lot more, or realizes no less of the loss or the gain than the plan and not more than asked.
Beside that, plans for the histories of `lots_random.py` are carried out: sold by the lots that are named, the book has the gains of
the plan, and no loss is disallowed.
"""

import json
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import lots
from asking import ask, draws, text
from lots_currency import in_book
from lots_random import History
from support import cents, number

RATES = ("shortTerm", "longTerm")


def question(draw):
    """A small book without wash sales, prices, rates and a target."""
    today, events, prices = date(2025, 11, 3), [], {}
    for security in draw.sample(["X", "Y", "Z"], draw.choice([1, 2, 3])):
        prices[security] = Fraction(draw.randrange(100, 9000), 100)
        for _ in range(draw.choice([1, 2])):
            bought = today - timedelta(days=draw.choice([31, 40, 200, 364, 365, 366, 367, 900]))
            price = prices[security] * Fraction(draw.randrange(50, 160), 100)
            event = {"kind": "buy", "date": str(bought), "security": security}
            quantity = draw.randrange(1, 7)
            events.append(event | {"quantity": str(quantity), "amount": text(cents(price * quantity))})
    made = {"book": {"events": events}, "asOf": str(today), "wholeShares": True}
    made["prices"] = [{"security": name, "price": text(price)} for name, price in sorted(prices.items())]
    short, long = draw.choice([("0.35", "0.15"), ("0.15", "0.35"), ("0.2", "0"), ("0.37", "0.2")])
    made["rates"] = {"shortTerm": short, "longTerm": long}
    worth = sum(prices[event["security"]] * int(event["quantity"]) for event in events)
    made["target"] = target(draw, worth, prices)
    if draw.random() < 0.2:
        made["minimumSale"] = text(Fraction(draw.randrange(1, 15000), 100))
    return made


def target(draw, worth, prices):
    share = Fraction(draw.randrange(1, 95), 100)
    kind = draw.choice(["cash", "cash", "afterTax", "loss", "gain", "weight"])
    if kind == "weight":
        return {"kind": kind, "security": draw.choice(sorted(prices)), "weight": text(share / 2)}
    if kind in ("cash", "afterTax"):
        made = {"kind": "cash", "amount": text(cents(worth * share))}
        return made | ({"afterTax": True} if kind == "afterTax" else {})
    return {"kind": kind, "amount": text(cents(worth * share / 8))}


class Candidates:
    """The lots that can be sold, with what one share of each brings, gains and costs in tax, before any rounding."""

    def __init__(self, request):
        today = date.fromisoformat(request["asOf"])
        prices = {entry["security"]: number(entry["price"]) for entry in request["prices"]}
        rates = {name: number(request["rates"][name]) for name in RATES}
        kept, self.lots, self.worth = lots.Book(request["book"]).run(), [], {}
        for parcel in sorted(kept.parcels, key=lambda parcel: parcel.place):
            price, term = prices[parcel.security], kept.term(parcel, parcel.held_since, today)
            if parcel.security in kept.currencies.of:
                price *= kept.currencies.rate(parcel.security, today)
            gain = price - in_book(parcel.amount) / parcel.whole
            tax = gain * rates[term + "Term"]
            self.lots.append(
                {"id": parcel.id, "security": parcel.security, "shares": int(parcel.quantity), "term": term}
            )
            self.lots[-1] |= {"price": price, "gain": gain, "tax": tax}
            self.worth[parcel.security] = self.worth.get(parcel.security, 0) + price * parcel.quantity
        self.least = number(request.get("minimumSale", "0")) or Fraction(0)

    def choices(self):
        """All choices of whole shares, each of a lot at least of the least value."""
        ranges = [[n for n in range(lot["shares"] + 1) if not n or n * lot["price"] >= self.least] for lot in self.lots]
        for counts in product(*ranges):
            yield {lot["id"]: count for lot, count in zip(self.lots, counts) if count}

    def sum(self, choice, field):
        return sum((lot[field] * choice.get(lot["id"], 0) for lot in self.lots), Fraction(0))


def reach(request, candidates):
    """What a lot's share adds to the target, the target itself, and whether it is to be reached or not to be passed."""
    aim = request["target"]
    if aim["kind"] == "cash":
        after = aim.get("afterTax")
        return lambda lot: lot["price"] - (lot["tax"] if after else 0), number(aim["amount"]), True
    if aim["kind"] == "weight":
        worth = candidates.worth[aim["security"]]
        over = worth - number(aim["weight"]) * sum(candidates.worth.values())
        over = aim.get("over", over)
        return lambda lot: lot["price"] if lot["security"] == aim["security"] else Fraction(0), over, True
    sign = 1 if aim["kind"] == "gain" else -1
    return lambda lot: max(sign * lot["gain"], Fraction(0)), number(aim["amount"]), False


def broken(request, answer):
    """What the answer breaks of what is promised."""
    candidates = Candidates(request)
    adds, amount, must = reach(request, candidates)
    plan = {row["lot"]: int(row["quantity"]) for row in answer["sales"]}
    by_id = {lot["id"]: lot for lot in candidates.lots}
    value = lambda choice: sum((adds(by_id[name]) * count for name, count in choice.items()), Fraction(0))
    cent = Fraction(1, 100) * (len(plan) + 1)
    tax, bound, gap = (Fraction(answer[name]) for name in ("tax", "lowerBound", "gap"))
    for name, count in plan.items():
        if not 0 < count <= by_id[name]["shares"] or count * by_id[name]["price"] < candidates.least - cent:
            yield f"{count} shares of {name} cannot be sold"
    if abs(candidates.sum(plan, "tax") - tax) > cent:
        yield f"the tax is {float(candidates.sum(plan, 'tax'))}"
    if abs(candidates.sum(plan, "price") - Fraction(answer["proceeds"])) > cent:
        yield f"the proceeds are {float(candidates.sum(plan, 'price'))}"
    if gap < 0 or gap != tax - bound:
        yield f"the gap {float(gap)} is not what is between {float(tax)} and {float(bound)}"
    got, largest = value(plan), max((adds(lot) for lot in candidates.lots), default=Fraction(0))
    relevant = [lot for lot in candidates.lots if adds(lot) > 0]
    if must and not candidates.least and not amount - cent <= got <= max(amount, 0) + largest + cent:
        yield f"{float(got)} of {float(amount)} are reached"
    if not must and got > amount + cent:
        yield f"{float(got)} are more than {float(amount)}"
    more = any(plan.get(lot["id"], 0) < lot["shares"] for lot in relevant)
    if not must and not candidates.least and got < amount - largest - cent and more:
        yield f"{float(got)} are less than {float(amount)} by more than a share"
    most = max(amount, 0) + largest if must else amount
    for choice in candidates.choices():
        there = value(choice)
        if (amount if must else got) <= there <= most and candidates.sum(choice, "tax") < bound - Fraction(1, 100):
            if not all(adds(by_id[name]) > 0 for name in choice):
                continue
            yield f"the tax of {choice} is {float(candidates.sum(choice, 'tax'))}, below the bound {float(bound)}"
            break


def unsolved(request, answer):
    """A target that cannot be met is refused, and no other."""
    candidates = Candidates(request)
    adds, amount, must = reach(request, candidates)
    by_id = {lot["id"]: lot for lot in candidates.lots}
    value = lambda choice: sum((adds(by_id[name]) * count for name, count in choice.items()), Fraction(0))
    solvable = not must or any(value(choice) >= amount for choice in candidates.choices())
    return [str(answer)] if solvable or answer["code"] != "solve.no_solution" else []


def large_question(draw):
    """A plan for a random history, soon after its last day; nothing for a book in which lots cannot be chosen."""
    book = History(draw).made()
    if {"currency", "amountPlaces"} & set(book["rules"]) or "averageCost" in json.dumps(book["rules"]):
        return None
    book["rules"].pop("jurisdiction", None)
    last = date.fromisoformat(max(event["date"] for event in book["events"]))
    securities = sorted({event["security"] for event in book["events"]})
    prices = [{"security": name, "price": text(Fraction(draw.randrange(500, 9000), 100))} for name in securities]
    made = {"book": book, "asOf": str(last + timedelta(days=draw.choice([1, 5, 20, 29, 30, 31, 40]))), "prices": prices}
    made |= {"rates": {"shortTerm": "0.35", "longTerm": "0.15"}, "wholeShares": draw.random() < 0.5}
    return made | {"target": {"kind": draw.choice(["cash", "loss", "gain"]), "amount": str(draw.randrange(10, 1500))}}


def carried_out(request, answer):
    """The book with the sales of a plan; nothing if a lot cannot be named with a decimal."""
    if any("quantityFraction" in row for row in answer["sales"]):
        return None
    orders = {}
    for row in answer["sales"]:
        orders.setdefault((row.get("account"), row["security"]), []).append(row)
    events = list(request["book"]["events"])
    for (account, security), rows in orders.items():
        sale = {"kind": "sell", "date": request["asOf"], "security": security}
        for name, field in (("quantity", "quantity"), ("amount", "proceeds")):
            sale[name] = text(sum(Fraction(row[field]) for row in rows))
        sale["lots"] = [{"lot": row["lot"], "quantity": row["quantity"]} for row in rows]
        events.append(sale if account is None else sale | {"account": account})
    return request["book"] | {"events": events}


def other_than_planned(engine, requests):
    """The plans whose sales do not gain what the plan says."""
    answers = ask(engine, [("lots.plan_sales", request) for request in requests])
    planned = [(request, answer) for request, answer in zip(requests, answers) if answer.get("sales")]
    made = [(request, answer, book) for request, answer in planned if (book := carried_out(request, answer))]
    for (request, answer, _), kept in zip(made, ask(engine, [("lots.book", book) for _, _, book in made])):
        first = len(request["book"]["events"])
        rows = [row for row in kept.get("disposals", []) if row["event"] >= first]
        gain = sum((Fraction(row["gain"]) for row in rows), Fraction(0))
        wanted = Fraction(answer["shortTermGain"]) + Fraction(answer["longTermGain"])
        washed = any(Fraction(row["disallowedLoss"]) for row in rows)
        # The proceeds of an order are shared among its lots, those of the plan are rounded lot by lot.
        if "code" in kept or washed or abs(gain - wanted) > Fraction(2 * len(rows), 100):
            yield "\n    ".join([json.dumps(request), json.dumps(answer["sales"]), json.dumps(kept.get("code", rows))])


def failures(engine, seed, places):
    """The plans that break a promise."""
    made = draws(seed, places)
    requests = [question(draw) for draw in made]
    answers = ask(engine, [("lots.plan_sales", request) for request in requests])
    found = list(other_than_planned(engine, [request for request in map(large_question, made) if request]))
    for request, answer in zip(requests, answers):
        lines = unsolved(request, answer) if "code" in answer else list(broken(request, answer))
        if lines:
            found.append("\n    ".join([json.dumps(request), json.dumps(answer), *lines]))
    return found
