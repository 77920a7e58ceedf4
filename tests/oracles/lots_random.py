"""Random histories of trades through the engine and through `lots.py`, compared row by row, and properties of the answers.

A history has up to three accounts, one of which may be a Roth account, up to three securities, and up to thirty events
within some months, so that most losses have purchases within 30 days. Beside the comparison, each history is asked again in another order of the list,
with a sale in two parts, and with a split and its reverse, and money that came in is set against money that went out.

The first difference comes with the smallest part of the history that shows it.
"""

import json
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import lots
from asking import ask, differences, draws, text
from support import NotCovered

RATIOS = [(1, 2), (2, 1), (7, 1), (1, 7), (2, 3), (3, 2), (1, 3), (3, 1), (20, 21), (10, 1)]
# Every how manieth history is tried for properties.
PROPERTIES = 10
REFUSED = "the program refuses it"
METHODS = ["fifo", "lifo", "hifo", "lofo", "minimumTax", "longTermFirst"]
KINDS = {"X": "stock", "Y": "exchangeTradedFund", "F": "mutualFund", "D": "digitalAsset"}


class History:
    """A history under construction. It knows what is held, so that each sale can be made."""

    verdicts = ("certain", "certain", "probable")

    def __init__(self, draw):
        self.draw = draw
        self.securities = draw.sample(["X", "Y", "F", "X", "F", "D"], draw.choice([1, 1, 2, 3]))
        self.securities = sorted(set(self.securities))
        count = draw.choice([1, 1, 2, 3])
        self.accounts = [None] if count == 1 else ["broker", "roth", "spouse"][:count]
        self.held, self.lots = {}, {}
        self.days, self.today = [], date(2023, 1, 2) + timedelta(days=draw.randrange(500))
        self.quote = {security: Fraction(draw.randrange(500, 9000), 100) for security in self.securities}
        self.names, self.places = 0, draw.choice([2] * 20 + [0, 3, 4])
        self.rules = self.made_rules()

    def made_rules(self):
        draw, rules = self.draw, {}
        funds = [security for security in self.securities if KINDS.get(security, "stock") == "mutualFund"]
        if draw.random() < 0.5:
            rules["method"] = draw.choice(METHODS)
        elections = []
        for security in funds:
            if draw.random() < 0.5:
                elections.append({"security": security, "method": "averageCost"})
                for method in draw.choice([[], [], [], ["fifo"], ["hifo", "averageCost"]]):
                    begins = str(self.today + timedelta(days=draw.randrange(200)))
                    elections.append({"security": security, "method": method, "from": begins})
        for _ in range(draw.choice([0, 0, 0, 1, 2])):
            election = {"method": draw.choice(METHODS)}
            if draw.random() < 0.5:
                election["security"] = draw.choice(self.securities)
            if self.accounts != [None] and draw.random() < 0.5:
                election["account"] = draw.choice(self.accounts)
            if draw.random() < 0.7:
                election["from"] = str(self.today + timedelta(days=draw.randrange(200)))
            elections.append(election)
        if elections:
            rules["elections"] = elections
        rates = draw.choice([["0.37", "0.2"], ["0.24", "0.15"], ["0.1", "0"]])
        rules["taxRates"] = {"shortTerm": rates[0], "longTerm": rates[1]}
        if self.places == 0:
            rules["currency"] = "JPY"
        elif self.places != 2:
            rules["amountPlaces"] = self.places
        if draw.random() < 0.1:
            rules["jurisdiction"] = "none"
        if draw.random() < 0.1:
            rules["longTermDays"] = draw.choice([0, 30, 365])
        if len(self.securities) > 1 and draw.random() < 0.3:
            group = draw.sample(self.securities, 2)
            verdict = draw.choice(self.verdicts)
            rules["substantiallyIdentical"] = [{"securities": group, "verdict": verdict}]
        return rules

    def averaged(self, security):
        return any(e["method"] == "averageCost" and e["security"] == security for e in self.rules.get("elections", []))

    def price(self, security):
        """A price near the last one: losses are as frequent as gains."""
        move = Fraction(self.draw.randrange(88, 113), 100)
        self.quote[security] = max(Fraction(floor(self.quote[security] * move * 100), 100), Fraction(1, 100))
        return self.quote[security]

    def amount_of_shares(self, most=None):
        """A number of shares; up to what is held, all of it if that is a decimal."""
        draw = self.draw
        if most is None:
            scale = draw.choice([1, 1, 1, 10, 1000])
            return Fraction(draw.randrange(1, 60 * scale), scale)
        if draw.random() < 0.25 and 10**6 % most.denominator == 0:
            return most
        scale = draw.choice([1, 1, 10, 1000])
        top = floor(most * scale)
        return Fraction(draw.randrange(1, top + 1), scale) if top else None

    def cut(self, value):
        """An amount of money, with the decimal places of the book."""
        return Fraction(floor(value * 10**self.places), 10**self.places)

    def event(self, kind, account, security, **fields):
        made = {"kind": kind, "date": str(self.today), "security": security} | fields
        if account is not None:
            made["account"] = account
        self.days[-1].append(made)
        return made

    def buy(self, account, security, **fields):
        quantity, price = self.amount_of_shares(), self.price(security)
        made = self.event("buy", account, security, quantity=text(quantity), **fields)
        if self.draw.random() < 0.7:
            made["price"] = text(price)
        else:
            made["amount"] = text(self.cut(price * quantity))
        if self.draw.random() < 0.3:
            made["fees"] = text(self.cut(Fraction(self.draw.randrange(1, 2000), 100)))
        self.come(made, account, security, quantity)

    def reinvest(self, account, security):
        if self.held.get((account, security)):
            quantity = Fraction(self.draw.randrange(1, 3000), 1000)
            amount = self.cut(quantity * self.price(security))
            made = self.event("reinvest", account, security, quantity=text(quantity), amount=text(amount))
            self.come(made, account, security, quantity)

    def come(self, made, account, security, quantity):
        self.names += 1
        made["lot"] = f"L{self.names}"
        key = (account, security)
        self.held[key] = self.held.get(key, Fraction(0)) + quantity
        known = self.lots.setdefault(key, [])
        if known is not None:
            known.append([made["lot"], quantity])

    def sell(self, account, security, **fields):
        held = self.held.get((account, security))
        quantity = self.amount_of_shares(held) if held else None
        if not quantity:
            return
        price = self.price(security)
        made = self.event("sell", account, security, quantity=text(quantity), **fields)
        if self.draw.random() < 0.7:
            made["price"] = text(price)
        else:
            made["amount"] = text(self.cut(price * quantity))
        if self.draw.random() < 0.3:
            made["fees"] = text(self.cut(min(Fraction(self.draw.randrange(1, 500), 100), price * quantity)))
        self.held[account, security] -= quantity
        self.choose(made, account, security, quantity)

    def choose(self, made, account, security, quantity):
        """Sometimes names the lots of a sale. What an unnamed sale leaves of each lot is not known here."""
        known = self.lots.get((account, security))
        if known is None or self.averaged(security):
            return
        if self.draw.random() < 0.35:
            picks, lacking = [], quantity
            for lot in self.draw.sample(known, len(known)):
                part = min(lot[1], lacking)
                if part and 10**6 % part.denominator == 0:
                    picks.append({"lot": lot[0], "quantity": text(part)})
                    if part == lot[1] and self.draw.random() < 0.5:
                        del picks[-1]["quantity"]
                    lot[1] -= part
                    lacking -= part
            if not lacking:
                made["lots"] = picks
                return
        self.lots[account, security] = None if self.held[account, security] else []

    def sell_and_buy(self, account, security):
        """A sale that stands before a purchase of its day, sometimes of more than was held."""
        held = self.held.get((account, security), Fraction(0))
        bought, more = self.amount_of_shares(), self.amount_of_shares()
        sold = held + min(bought, more) if self.draw.random() < 0.5 and 10**6 % held.denominator == 0 else None
        if sold is None:
            self.sell(account, security, sequence=1)
        else:
            price = self.price(security)
            self.event("sell", account, security, quantity=text(sold), price=text(price), sequence=1)
        made = self.event("buy", account, security, quantity=text(bought), price=text(self.price(security)), sequence=2)
        self.come(made, account, security, bought)
        if sold is not None:
            self.held[account, security] -= sold
            self.lots[account, security] = None if self.held[account, security] else []

    def split(self, security):
        from_, to = self.draw.choice(RATIOS)
        made = {"kind": "split", "date": str(self.today), "security": security, "from": from_, "to": to}
        self.days[-1].append(made)
        self.quote[security] = max(Fraction(floor(self.quote[security] * from_ / to * 100), 100), Fraction(1, 100))
        cash = []
        for account in self.accounts:
            key = (account, security)
            if self.held.get(key):
                self.held[key] *= Fraction(to, from_)
                for lot in self.lots[key] or []:
                    lot[1] *= Fraction(to, from_)
                fraction = self.held[key] - floor(self.held[key])
                if fraction and self.draw.random() < 0.6:
                    paid = {"amount": text(self.cut(fraction * self.quote[security]))}
                    cash.append(paid if account is None else paid | {"account": account})
                    self.held[key] -= fraction
                    self.lots[key] = None
        if cash:
            made["cashInLieu"] = cash

    def return_of_capital(self, account, security):
        held = self.held.get((account, security))
        if held:
            share = Fraction(self.draw.choice([1, 5, 30, 80]), 100)
            self.event("returnOfCapital", account, security, amount=text(self.cut(held * self.quote[security] * share)))

    def made(self):
        """A history of some days with a few events each."""
        draw = self.draw
        for _ in range(draw.randrange(3, 22)):
            self.days.append([])
            account, security = draw.choice(self.accounts), draw.choice(self.securities)
            chance = draw.random()
            if chance < 0.02:
                self.event("dividend", account, security, amount=text(self.cut(Fraction(1234, 100))))
            elif chance < 0.07:
                self.split(security)
            elif chance < 0.11:
                self.return_of_capital(account, security)
            elif chance < 0.20:
                self.sell_and_buy(account, security)
            else:
                self.trades(account, security)
            self.today += timedelta(days=draw.choice([1, 1, 2, 3, 5, 8, 13, 21, 29, 30, 31, 60, 365]))
        if not self.names:
            self.days.append([])
            self.buy(self.accounts[0], self.securities[0])
        return self.request()

    def trades(self, account, security):
        """Purchases and then sales of one day, in the order in which they take effect."""
        draw = self.draw
        for _ in range(draw.choice([0, 1, 1, 1, 2])):
            if draw.random() < 0.15:
                self.reinvest(account, security)
            else:
                self.buy(draw.choice([account, account, draw.choice(self.accounts)]), security)
        for _ in range(draw.choice([0, 0, 1, 1, 2])):
            self.sell(account, security)

    def request(self):
        made = {"events": [event for day_ in self.days for event in day_], "rules": self.rules}
        if self.accounts != [None]:
            treatments = {"broker": "taxable", "roth": "taxFree", "spouse": "taxable"}
            made["accounts"] = [{"id": account, "treatment": treatments[account]} for account in self.accounts]
        # An election must not name a security that nothing else names.
        if self.rules.get("elections") or any(KINDS.get(security, "stock") != "stock" for security in self.securities):
            made["securities"] = [
                {"id": security, "kind": KINDS.get(security, "stock")} for security in self.securities
            ]
        return made


def abroad(draw, request):
    """The same history with securities in euros and a rate for each day, most of them of four decimal places."""
    rules = request.get("rules", {})
    if rules.get("currency", "USD") != "USD":
        return request
    places = draw.choice([1, 2, 4, 4, 4])
    table = [
        {
            "currency": "EUR",
            "date": day,
            "rate": text(Fraction(draw.randrange(8, 14) * 10 ** (places - 1) + low, 10**places)),
        }
        for day in sorted({event["date"] for event in request["events"]})
        for low in [draw.randrange(10 ** (places - 1))]
    ]
    known = {security["id"]: security for security in request.get("securities", [])}
    names = sorted({event["security"] for event in request["events"]} | set(known))
    securities = [known.get(name, {"id": name}) | {"currency": "EUR"} for name in names]
    return request | {"rules": rules | {"exchangeRates": table}, "securities": securities}


def compared(engine, request):
    """The differences of one history."""
    try:
        model = lots.book(request)
    except NotCovered as reason:
        return [f"{REFUSED}: {reason}"]
    return list(differences(engine, model))


def explanations(request, model):
    """A question for each lot of an answer, parts and whole purchases."""
    named = {row["id"] for row in model["lots"]} | {row["lot"] for row in model["disposals"]}
    return [
        {"book": request, "lot": lot} for lot in sorted(named | {lot.split("#")[0] for lot in named if lot[0] != "#"})
    ]


def money_that_is_missing(request, answer):
    """What was paid in, less what came out or is left, less losses that are gone for good. It should be nothing."""
    paid = sum(lots.Event(lots.Book(request), 0, e).amount for e in request["events"] if e["kind"] in lots.ACQUISITIONS)
    left = sum(Fraction(row["totalCost"]) for row in answer["lots"])
    came = sum(Fraction(row["proceeds"]) - Fraction(row["gain"]) for row in answer["disposals"])
    came += sum(Fraction(event["amount"]) for event in request["events"] if event["kind"] == "returnOfCapital")
    came -= sum(Fraction(row["gain"]) for row in answer["distributionGains"])
    gone = sum(Fraction(row["disallowedLoss"]) for row in answer["washSales"] if row["permanent"])
    return paid - left - came - gone


def in_another_order(draw, request):
    """The same history with its days in another order, and where each event now stands."""
    days = {}
    for place, event in enumerate(request["events"]):
        days.setdefault(event["date"], []).append((place, event))
    shuffled = draw.sample(list(days.values()), len(days))
    order = [entry for day_ in shuffled for entry in day_]
    return request | {"events": [event for _, event in order]}, {new: old for new, (old, _) in enumerate(order)}


def renumbered(answer, places):
    """An answer with the places of events as they were."""
    for name in ("disposals", "distributionGains"):
        for row in answer[name]:
            row["event"] = places[row["event"]]
    return answer


def split_and_back(draw, request):
    """The history with a split and its reverse on some day, and where each event of it now stands."""
    events = list(request["events"])
    day_ = draw.choice(events)["date"]
    security = draw.choice(events)["security"]
    one, other = draw.choice(RATIOS)
    made = {"kind": "split", "date": day_, "security": security}
    both = [made | {"from": one, "to": other}, made | {"from": other, "to": one}]
    return request | {"events": events + both}, {place: place for place in range(len(events))}


def without_a_purchase(draw, request):
    """The history without one of its purchases, which is often impossible."""
    bought = [place for place, event in enumerate(request["events"]) if event["kind"] in lots.ACQUISITIONS]
    left_out = draw.choice(bought)
    return request | {"events": [event for place, event in enumerate(request["events"]) if place != left_out]}


def in_two_parts(draw, request):
    """A sale in two parts, without wash sales, and the whole of it; nothing if there is none that can be parted."""
    plain = request | {"rules": request["rules"] | {"jurisdiction": "none"}}
    able = [
        place
        for place, event in enumerate(request["events"])
        if event["kind"] == "sell" and not {"lots", "sequence"} & set(event) and Fraction(event["quantity"]) > 1
    ]
    # The least tax depends on the price, which a part rounds by itself.
    if not able or "minimumTax" in json.dumps(request["rules"]):
        return None
    place = draw.choice(able)
    sale = request["events"][place]
    first = Fraction(draw.randrange(1, floor(Fraction(sale["quantity"]) * 1000)), 1000)
    parts = [{**sale, "quantity": text(part)} for part in (first, Fraction(sale["quantity"]) - first)]
    for part in parts:
        part.pop("fees", None)
        part.pop("amount", None)
        part["price"] = "1"
    events = request["events"]
    return plain, plain | {"events": events[:place] + parts + events[place + 1 :]}


def totals(answer):
    """What the shares of each lot cost that are left or were sold."""
    sums = {}
    for row in answer["disposals"]:
        for name in ("quantity", "cost"):
            key = (row["lot"], row.get("account"), row["saleDate"], name)
            value = row.get("quantityFraction") or row[name] if name == "quantity" else row[name]
            sums[key] = sums.get(key, 0) + Fraction(value)
    return sums, answer["lots"]


def broken_properties(engine, draw, request, answer):
    """The properties that an answer breaks."""
    untaxed = any(account["treatment"] != "taxable" for account in request.get("accounts", []))
    if not (untaxed and any(event["kind"] == "returnOfCapital" for event in request["events"])):
        missing = money_that_is_missing(request, answer)
        if missing:
            yield f"money that came in and did not go out: {float(missing)}"
    orders = [in_another_order(draw, request), split_and_back(draw, request)]
    parts = in_two_parts(draw, request)
    asked = [variant for variant, _ in orders] + list(parts or ())
    lacking = without_a_purchase(draw, request)
    given = ask(engine, [("lots.book", lacking)])[0]
    lines = compared(given, lacking)
    if lines and not ("code" in given and lines[0].startswith(REFUSED)):
        yield f"without a purchase: {lines[:3]}; {json.dumps(lacking)}"
    told = ask(engine, [("lots.book", variant) for variant in asked])
    for name, (_, places), other in zip(("another order", "a split and its reverse"), orders, told):
        lines = list(differences(renumbered(other, places), answer)) if "code" not in other else [str(other)]
        if lines:
            yield f"{name}: {lines[:3]}"
    if parts and totals(told[2]) != totals(told[3]):
        yield f"a sale in two parts costs something else: {json.dumps(asked[3])}"


def smallest(path, request):
    """Leaves out events while the answers still differ in an answer of both."""
    shrunk = True
    while shrunk:
        shrunk = False
        candidates = []
        for place in range(len(request["events"])):
            events = request["events"][:place] + request["events"][place + 1 :]
            candidates.append(request | {"events": events})
        for name in ("rules", "accounts", "securities"):
            for key in list(request.get(name, {})) if name == "rules" else []:
                candidates.append(request | {name: {k: v for k, v in request[name].items() if k != key}})
        answers = ask(path, [("lots.book", candidate) for candidate in candidates])
        for candidate, answer in zip(candidates, answers):
            try:
                model = lots.book(candidate)
            except NotCovered:
                continue
            if "code" not in answer and list(differences(answer, model)):
                request, shrunk = candidate, True
                break
    return request


def failures(engine, seed, places):
    """Makes histories, asks the engine and compares; a line for each that is wrong."""
    made = draws(seed, places)
    requests = [History(draw).made() for draw in made]
    # The properties speak of money in the currency of the book.
    requests = [
        abroad(draw, request) if place % PROPERTIES and draw.random() < 0.3 else request
        for place, draw, request in zip(places, made, requests)
    ]
    answers = ask(engine, [("lots.book", request) for request in requests])
    found = []
    for place, draw, request, answer in zip(places, made, requests, answers):
        if "code" in answer:
            small, lines = request, [str(answer)]
        else:
            small, lines = request, compared(answer, request)
            if lines and not found:
                small = smallest(engine, request)
                lines = compared(ask(engine, [("lots.book", small)])[0], small)
        if not lines and place % PROPERTIES == 0:
            lines = list(broken_properties(engine, draw, request, answer))
            lines += wrong_explanations(engine, request, answer)
        if lines:
            found.append("\n    ".join([f"history {place} of seed {seed}: {json.dumps(small)}", *lines[:8]]))
    return found


def wrong_explanations(engine, request, answer):
    """The differences of the explanations of the lots of a history."""
    questions = explanations(request, answer)
    told = ask(engine, [("lots.explain", question) for question in questions]) if questions else []
    for question, explained in zip(questions, told):
        for line in differences(explained, lots.explain(question)):
            return [f"{question['lot']}{line}"]
    return []
