"""Net worth from a ledger, by definition: quantities summed day by day, prices and rates looked up, values rounded where the
reference rounds them, and what a change comes from.

The market's part is computed in two ways: as the reference defines it, by the values at both ends, and as the sum over all
days of quantity times the move of the price, with each trade from its own price to that day's close. The two may differ by the
rounding of the two values alone; anything more is a fault of this program or of the definition.

Flows are classified by what the record or the user says, and by nothing else: `NotCovered` where that is not enough.
"""

from datetime import timedelta
from fractions import Fraction

import net_worth_lots
from ledger_proofs import Book, Holding
from net_worth import CATEGORIES, LIQUID, account_category
from support import PLACES, NotCovered, add_months, cents, day, number, places

SOURCE = {"dividend": "dividend", "fee": "fee", "tax": "tax", "withholding": "withholding"}
EARNED = {"income", "expense", "refund", "interestPaid", "principalPaid", "loanTaken", "loanGiven", "loanRepaid"}
YIELDS = {"dividend": "income", "interest": "income", "fee": "fees", "tax": "taxes", "withholding": "taxes"}
# Of an amount in another currency, in the currency of its position; and of a price that is shown.
CONVERTED, SHOWN_PRICE = 9, 18
MOVABLE = {"transfer", "interestPaid", "principalPaid", "loanTaken", "loanGiven", "loanRepaid"}
TERMS = [
    "saving",
    "debtRepaid",
    "income",
    "market",
    "currency",
    "fees",
    "taxes",
    "external",
    "transfers",
    "revaluation",
]
DEFERRED = {
    "traditional401k",
    "traditional403b",
    "plan457b",
    "thriftSavingsPlan",
    "traditionalIra",
    "sepIra",
    "simpleIra",
    "otherRetirement",
}
FREE = {"roth401k", "roth403b", "rothIra", "hsa", "plan529", "coverdell"}
LIABILITIES = ["mortgage", "homeEquityLoan", "heloc", "autoLoan", "studentLoan", "personalLoan", "creditCard"]
LIABILITIES += ["marginLoan", "policyLoan", "businessLoan", "overdraft", "medicalDebt", "taxesOwed", "other"]
LIABILITY_NAMES = {"personalLoan": "Personal loan", "creditCard": "Credit card", "overdraft": "Overdraft"}
LIABILITY_NAMES |= {"mortgage": "Mortgage", "other": "Other debt"}


def treatment(account):
    kind = account.get("kind")
    usual = "taxDeferred" if kind in DEFERRED else "taxFree" if kind in FREE else "taxable"
    return account.get("taxTreatment") or usual


class Flow:
    def __init__(self, record, part, amount, kind):
        self.record, self.part, self.amount, self.kind = record, part, amount, kind


def classified(ledger):
    """The parts of each transaction, and the transaction at the other end of each pair."""
    if ledger.get("rules") or ledger.get("scope") or ledger.get("model"):
        raise NotCovered("rules, a model or a scope")
    said, pairs = {}, {}
    for correction in ledger.get("corrections", []):
        if correction.get("part") is not None:
            raise NotCovered("a correction of a part")
        if correction.get("transferOf"):
            pairs[correction["transaction"]] = correction["transferOf"]
            pairs[correction["transferOf"]] = correction["transaction"]
        elif correction.get("class"):
            said[correction["transaction"]] = correction["class"]
    moved = [record for record in ledger["transactions"] if record["type"] == "securityTransfer"]
    for left in moved:
        ends = [came for came in moved if opposite_shares(left, came)]
        if len(ends) > 1:
            raise NotCovered("shares that could have gone to several accounts")
        if ends:
            pairs[left["id"]], pairs[ends[0]["id"]] = ends[0]["id"], left["id"]
    legs = [one for one in ledger["transactions"] if one.get("transferAccount") == one["account"]]
    for left in legs:
        ends = [came for came in legs if converted(left, came)]
        back = [other for other in legs if any(converted(other, came) for came in ends)]
        if left["type"] != "transfer" or len(ends) > 1 or len(back) > 1:
            raise NotCovered("a conversion that could be another one")
        if ends:
            pairs[left["id"]], pairs[ends[0]["id"]] = ends[0]["id"], left["id"]
    flows = {}
    for record in sorted(ledger["transactions"], key=lambda record: record["id"]):
        name, kind, amount = record["id"], record["type"], number(record["amount"])
        if record.get("splits"):
            raise NotCovered("splits")
        if name in pairs:
            flows[name] = [Flow(record, 0, amount, "transfer")]
        elif kind in ("buy", "sell") and name not in said:
            fee = number(record.get("fees") or "0")
            flows[name] = [Flow(record, 0, amount + fee, "trade")]
            if fee:
                flows[name].append(Flow(record, 1, -fee, "fee"))
        elif kind == "split" and name not in said:
            flows[name] = [Flow(record, 0, amount, "corporateAction")]
        elif kind == "securityTransfer" and name not in said:
            flows[name] = [Flow(record, 0, amount, "externalFlow")]
        elif name in said or kind in SOURCE:
            flows[name] = [Flow(record, 0, amount, said.get(name) or SOURCE[kind])]
        else:
            raise NotCovered(f"a {kind} whose class nobody states")
    divide_payments(ledger, flows, pairs)
    return flows, pairs


def divide_payments(ledger, flows, pairs):
    """A payment to a loan covers the interest that the loan was charged until its day first, at both ends alike."""
    accounts = {account["id"]: account for account in ledger["accounts"]}

    def currency(record):
        own = accounts[record["account"]].get("currency") or ledger.get("currency", "USD")
        return record.get("currency") or own

    for account in accounts.values():
        if account.get("liabilityKind", "creditCard") in ("creditCard", "overdraft"):
            continue
        events = []
        for name, parts in flows.items():
            flow = parts[0]
            if flow.record["account"] != account["id"]:
                continue
            pays = flow.amount > 0 and (flow.kind == "principalPaid" or name in pairs)
            if pays or flow.kind == "interestPaid":
                events.append((day(flow.record["date"]), pays, name))
        owed = Fraction(0)
        for _, pays, name in sorted(events):
            flow = flows[name][0]
            if not pays:
                owed = max(owed - flow.amount, Fraction(0))
                continue
            interest = min(owed, flow.amount)
            owed -= interest
            other = flows[pairs[name]][0] if name in pairs else None
            if other and currency(other.record) == currency(flow.record) and 0 < interest < flow.amount:
                for end, part in ((flow, interest), (other, -interest)):
                    end.amount -= part
                    flows[end.record["id"]].append(Flow(end.record, 1, part, "transfer"))


def opposite_shares(left, came):
    """Whether as many shares of one security left for an account as came to it from there."""
    quantity = number(left["quantity"])
    matches = left["security"] == came["security"] and quantity == -number(came["quantity"]) and quantity < 0
    return matches and left.get("transferAccount") == came["account"] and came.get("transferAccount") == left["account"]


def converted(left, came):
    """Whether money left in one currency and came in another within one account on one day."""
    here, there = ((one["account"], one["date"]) for one in (left, came))
    return here == there and number(left["amount"]) < 0 < number(came["amount"])


class Position:
    def __init__(self, currency):
        self.currency, self.changes, self.splits, self.stated, self.entries = currency, [], [], {}, []
        self.opening, self.resets, self.unvalued, self.digits = Fraction(0), {}, [], {}

    def replay(self, anchored):
        """The quantity at the end of each day that matters; what statements add to the transactions."""
        days = sorted({when for when, _ in self.changes} | {when for when, *_ in self.splits} | set(self.stated))
        first = min(self.stated, default=None)
        if anchored and first is not None:
            scale, total = Fraction(1), Fraction(0)
            for when in days:
                if when <= first:
                    ratio = self.ratio(when)
                    scale, total = scale * ratio, total * ratio + self.added(when)
            self.opening = (self.stated[first] - total) / scale
        self.levels, quantity = [], self.opening
        for when in days:
            quantity = quantity * self.ratio(when) + self.added(when)
            if when in self.stated and not agrees(quantity, self.stated[when], self.digits.get(when, 0)):
                self.resets[when] = (self.stated[when], quantity)
                quantity = self.stated[when]
            self.levels.append((when, quantity))

    def ratio(self, when):
        product = Fraction(1)
        for other, ratio in self.splits:
            product *= ratio if other == when else 1
        return product

    def added(self, when):
        return sum((value for other, value in self.changes if other == when), Fraction(0))

    def on(self, when):
        return next((quantity for other, quantity in reversed(self.levels) if other <= when), self.opening)


DAYS_OF_ONE_SPLIT = 31


def spans(days):
    """The splits, each with its first and last day: those that accounts date differently within a month are one."""
    found = []
    for when in sorted(days):
        ratios, accounts = set(days[when].values()), set(days[when])
        last = found[-1] if found else None
        if last and (when - last["last"]).days <= DAYS_OF_ONE_SPLIT and not accounts & last["accounts"]:
            last["last"], last["accounts"] = when, last["accounts"] | accounts
            last["ratios"] |= ratios
        else:
            found.append({"first": when, "last": when, "ratios": ratios, "accounts": accounts})
    return found


def ratio_between(splits, start, end):
    """What became of a share after one day until another; none if nobody knows."""
    product = Fraction(1)
    for split in splits:
        if split["last"] <= start or split["first"] > end:
            continue
        if split["first"] <= start or split["last"] > end or len(split["ratios"]) > 1 or None in split["ratios"]:
            return None
        product *= next(iter(split["ratios"]))
    return product


def agrees(quantity, stated, digits):
    """A fraction that no decimal states agrees with what it is rounded to, if the statement has decimal places."""
    denominator = quantity.denominator
    for factor in (2, 5):
        while denominator % factor == 0:
            denominator //= factor
    return quantity == stated or (denominator > 1 and digits > 0 and places(quantity, digits) == stated)


class Books:
    def __init__(self, books):
        self.books, self.ledger = books, books["ledger"]
        self.currency = books.get("currency", "USD")
        self.accounts = {account["id"]: account for account in self.ledger["accounts"]}
        self.assets = {asset["id"]: asset for asset in books.get("assets", [])}
        self.items = list(self.accounts) + list(self.assets)
        self.securities = {one["id"]: one for one in self.ledger.get("securities", [])}
        self.places = PLACES.get(self.currency, 2)
        self.rates, self.prices, self.positions, self.adjustments = {}, {}, {}, []
        for rate in books.get("exchangeRates", []):
            if rate["to"] == self.currency:
                self.rates.setdefault(rate["from"], []).append((day(rate["date"]), number(rate["rate"])))
        for (account, security, when), held in sorted(self.listed_positions().items()):
            quantity = sum(number(one["quantity"]) for one in held)
            values = [number(one.get("value")) for one in held]
            prices = [number(one["price"]) for one in held if one.get("price") is not None]
            price = prices[0] if prices else None
            if quantity and None not in values and sum(values) * quantity >= 0:
                price = sum(values) / quantity
            if price is not None:
                self.prices.setdefault(security, {}).setdefault(when, price)
        self.splits = {name: spans(self.split_days(name)) for name in self.securities}
        for price in books.get("prices", []):
            self.prices.setdefault(price["security"], {})[day(price["date"])] = number(price["price"])
        self.flows, self.pairs = classified(self.ledger)
        self.of_asset = {name: asset["id"] for asset in self.assets.values() for name in asset.get("transactions", [])}
        for name in sorted(self.flows):
            self.post(name)
        self.read_statements()
        for key in self.order():
            position = self.positions[key]
            position.replay(key[1] != "asset")
            self.settle(key, position)

    def order(self):
        rank, listed = {"cash": 0, "security": 1, "asset": 2}, list(self.securities)

        def key(position):
            item, what, name, way = position
            return self.items.index(item), rank[what], listed.index(name) if what == "security" else name, way

        return sorted(self.positions, key=key)

    def listed_positions(self):
        """The stated positions, those of one account, security and day together."""
        together = {}
        for one in self.books.get("positions", []):
            when = day(one.get("date") or self.books["positionsAsOf"])
            together.setdefault((one["account"], one["security"], when), []).append(one)
        return together

    def split_days(self, security):
        """The ratio of the splits of each day by account; none where the records do not say it."""
        days = {}
        for record in self.ledger["transactions"]:
            if record.get("security") != security or not (record["type"] == "split" or record.get("splitTo")):
                continue
            ratio = number(record["splitTo"]) / number(record["splitFrom"]) if record.get("splitTo") else None
            told = days.setdefault(day(record["date"]), {})
            if record["account"] in told:
                before = told[record["account"]]
                known = None not in (before, ratio) and not number(record.get("quantity"))
                ratio = before * ratio if known else None
            told[record["account"]] = ratio
        return days

    def cash_day(self, record):
        """The day on which a record moves cash."""
        settles = self.books.get("cashDate", "settlement") == "settlement"
        return day((record.get("settlementDate") if settles else None) or record["date"])

    def item_currency(self, item):
        if item in self.assets:
            return self.assets[item].get("currency") or self.currency
        return self.accounts[item].get("currency") or self.ledger.get("currency", "USD")

    def security_currency(self, security):
        stated = self.securities[security].get("currency")
        stated = stated or next(
            (p["currency"] for p in self.books.get("prices", []) if p["security"] == security and p.get("currency")),
            None,
        )
        if stated:
            return stated
        named = {p["account"] for p in self.books.get("positions", []) if p["security"] == security}
        named |= {t["account"] for t in self.ledger["transactions"] if t.get("security") == security}
        return self.item_currency(min(named)) if named else self.currency

    def at(self, item, what, name="", way=False):
        key = (item, what, name, way)
        if key not in self.positions:
            currency = name if what == "cash" else self.item_currency(item)
            self.positions[key] = Position(self.security_currency(name) if what == "security" else currency)
        return self.positions[key]

    def is_debt(self, account):
        return bool(self.accounts[account].get("liabilityKind"))

    def rate(self, currency, when):
        if currency == self.currency:
            return Fraction(1), None
        known = [(other, rate) for other, rate in self.rates.get(currency, []) if other <= when]
        if not known:
            raise NotCovered(f"no rate from {currency}")
        other, rate = max(known)
        return rate, other

    def converted(self, amount, currency, when):
        if currency == self.currency or amount == 0:
            return amount
        return cents(amount * self.rate(currency, when)[0], self.currency)

    def price(self, security, when):
        """The last price and its day, for a share as it is on a later day."""
        known = [(other, price) for other, price in self.prices.get(security, {}).items() if other <= when]
        if not known:
            return None
        dated, price = max(known)
        ratio = ratio_between(self.splits[security], dated, when)
        return None if ratio is None else (dated, price / ratio)

    # What each transaction does.

    def post(self, name):
        flows = self.flows[name]
        record = flows[0].record
        when, account = day(record["date"]), record["account"]
        self.shares(flows, record, when, account)
        for flow in flows:
            if flow.amount == 0:
                continue
            currency = record.get("currency") or self.item_currency(account)
            cash = self.at(account, "cash", currency)
            settled = self.cash_day(record)
            if name in self.pairs and self.opposite(name):
                self.end_of_pair(flow, record, settled, account, currency, cash)
                continue
            cash.changes.append((settled, flow.amount))
            if settled != when:
                # Due to the account, or owed, between the two days.
                due = self.at(account, "cash", currency, True)
                due.changes += [(when, flow.amount), (settled, -flow.amount)]
                due.entries.append((settled, "transfers", -flow.amount, currency, None, None))
                cash.entries.append((settled, "transfers", flow.amount, currency, None, None))
                cash = due
            term = YIELDS.get(flow.kind)
            if flow.kind in EARNED:
                term = "debtRepaid" if self.is_debt(account) else "saving"
            asset, security = self.of_asset.get(name), record.get("security")
            place = None
            if asset:
                place = self.at(asset, "asset")
            elif security and (flow.kind in YIELDS or flow.kind in ("trade", "corporateAction")):
                place = self.at(account, "security", security)
            if place is None:
                cash.entries.append((when, term or "external", flow.amount, currency, None, None))
                continue
            # Dividends are of the shares that were held; all else is of those that move.
            moves = number(record.get("quantity")) and not asset and term != "income"
            moved = name if moves else None
            if flow.kind in YIELDS:
                place.entries.append((when, term, flow.amount, currency, None, moved))
            elif asset:
                worth = flow.amount
                if place.currency != currency:
                    worth = cents(
                        worth * self.rate(currency, when)[0] / self.rate(place.currency, when)[0], place.currency
                    )
                place.changes.append((when, -worth))
            quantity = number(record.get("quantity")) if flow.kind == "trade" else None
            place.entries.append((when, "transfers", -flow.amount, currency, quantity, moved))
            cash.entries.append((when, "transfers", flow.amount, currency, None, None))

    def opposite(self, name):
        here, there = self.flows[name][0].amount, self.flows[self.pairs[name]][0].amount
        return here * there < 0

    def end_of_pair(self, flow, record, when, account, currency, cash):
        other = self.flows[self.pairs[record["id"]]][0]
        other_day, other_account = self.cash_day(other.record), other.record["account"]
        other_currency = other.record.get("currency") or self.item_currency(other_account)
        pays = self.is_debt(account) != self.is_debt(other_account)
        term = "transfers" if not pays else "debtRepaid" if self.is_debt(account) else "saving"
        if flow.amount < 0:
            cash.changes.append((when, flow.amount))
            if when == other_day:
                cash.entries.append((when, term, flow.amount, currency, None, None))
                return
            way = self.at(account, "cash", currency, True)
            way.changes += [(when, -flow.amount), (other_day, flow.amount)]
            cash.entries.append((when, "transfers", flow.amount, currency, None, None))
            way.entries.append((when, "transfers", -flow.amount, currency, None, None))
            way.entries.append((other_day, term, flow.amount, currency, None, None))
            return
        if flow.part:
            return
        # All that arrives is one entry, with the first of its parts.
        came = sum(one.amount for one in self.flows[record["id"]])
        left = [one.amount for one in self.flows[other.record["id"]]]
        cash.changes.append((when, came))
        if pays:
            cash.entries.append((when, term, came, currency, None, None))
            return
        for amount in left:
            cash.entries.append((when, "transfers", -amount, other_currency, None, None))
        if (came, currency) == (-sum(left), other_currency) and len(left) == 1:
            return
        # Parts that are rounded one by one differ from their sum by what rounding does.
        lost = "fees" if currency == other_currency and came != -sum(left) else "currency"
        cash.entries.append((when, lost, came, currency, None, None))
        for amount in left:
            cash.entries.append((when, lost, amount, other_currency, None, None))

    def shares(self, flows, record, when, account):
        security, quantity = record.get("security"), number(record.get("quantity"))
        if security is None:
            return
        if not quantity:
            if record.get("splitTo"):
                ratio = number(record["splitTo"]) / number(record["splitFrom"])
                self.at(account, "security", security).splits.append((when, ratio))
            return
        position = self.at(account, "security", security)
        position.changes.append((when, quantity))
        other = self.other_end(record)
        if other:
            self.moved(position, security, quantity, when, account, other, record["id"])
            return
        if any(flow.kind in ("trade", "corporateAction") for flow in flows):
            return
        kind = flows[0].kind
        term = YIELDS.get(kind) or ("saving" if kind in EARNED else "external")
        if kind in EARNED and self.is_debt(account):
            term = "debtRepaid"
        self.in_kind(position, when, term, security, quantity, record["id"])

    def other_end(self, record):
        """The record by which as many or other shares went the other way."""
        if record["id"] not in self.pairs:
            return None
        other = self.flows[self.pairs[record["id"]]][0].record
        return other if number(other.get("quantity") or "0") * number(record["quantity"]) < 0 else None

    def moved(self, position, security, quantity, when, account, other, name):
        other_day = day(other["date"])
        if quantity > 0:
            self.in_kind(position, when, "transfers", other["security"], -number(other["quantity"]), name)
            return
        self.in_kind(position, when, "transfers", security, quantity, name)
        if when != other_day:
            way = self.at(account, "security", security, True)
            way.changes += [(when, -quantity), (other_day, quantity)]
            self.in_kind(way, when, "transfers", security, -quantity, (name, "enters"))
            self.in_kind(way, other_day, "transfers", security, quantity, (name, "ends"))

    def in_kind(self, position, when, term, security, quantity, moved):
        price = self.price(security, when)
        if price:
            currency = self.security_currency(security)
            value = cents(quantity * price[1], currency)
            position.entries.append((when, term, value, currency, quantity, moved))
        else:
            position.unvalued.append(when)

    # What statements say.

    def read_statements(self):
        for balance in self.books.get("balances", []):
            if balance["kind"] in ("cash", "ledger"):
                currency = balance.get("currency") or self.item_currency(balance["account"])
                position = self.at(balance["account"], "cash", currency)
            elif balance["kind"] == "shares":
                position = self.at(balance["account"], "security", balance["security"])
            else:
                continue
            position.stated[day(balance["date"])] = number(balance["amount"])
            position.digits[day(balance["date"])] = len(str(balance["amount"]).partition(".")[2])
        for (account, security, when), lots in self.listed_positions().items():
            held = self.at(account, "security", security)
            held.stated[when] = sum(number(one["quantity"]) for one in lots)
            held.digits[when] = max(len(str(one["quantity"]).partition(".")[2]) for one in lots)
        for (account, currency, when), stated in self.running().items():
            self.at(account, "cash", currency).stated.setdefault(when, stated)
        for valuation in self.books.get("valuations", []):
            self.at(valuation["asset"], "asset").stated[day(valuation["date"])] = number(valuation["value"])

    def running(self):
        """What the balances of records say about the ends of their days: the last one of a day, and the records after it."""
        accounts = [one | {"currency": self.item_currency(one["id"])} for one in self.accounts.values()]
        records = {"accounts": accounts, "transactions": self.ledger["transactions"], "positionsIncomplete": True}
        records |= {"balances": self.books.get("balances", []), "cashDate": self.books.get("cashDate", "settlement")}
        book, ends = Book(records), {}
        for key in book.keys:
            if key[1] != "cash":
                continue
            replay = Holding(book, key)
            for figure, place, *_ in replay.points:
                if figure.source == "runningBalance":
                    later = [row.add for row in replay.rows[place:] if row.day == figure.day]
                    ends[key[0], key[2], figure.day] = figure.stated + sum(later)
        return ends

    def settle(self, key, position):
        item, what, name, _ = key
        if what == "asset":
            return
        for when, (stated, computed) in sorted(position.resets.items()):
            change = stated - computed
            if what == "cash":
                term = "debtRepaid" if self.is_debt(item) else "revaluation"
                position.entries.append((when, term, change, position.currency, None, None))
            else:
                self.in_kind(position, when, "revaluation", name, change, "statement")
            told = {"account": item, "security": name if what == "security" else None, "date": when, "stated": stated}
            told |= {"computed": computed, "difference": change, "currency": position.currency}
            self.adjustments.append(told)

    # What a position is worth.

    def worth(self, key, when):
        item, what, name, _ = key
        position = self.positions[key]
        quantity = position.on(when)
        empty = {"quantity": Fraction(0), "price": None, "date": None, "amount": Fraction(0), "rate": Fraction(1)}
        if quantity == 0:
            return empty | {"rateDate": None, "value": Fraction(0)}
        price, dated, amount = None, None, quantity
        if what == "security":
            found = self.price(name, when)
            if found is None:
                return None
            dated, price = found
            amount = cents(quantity * price, position.currency)
            price = places(price, SHOWN_PRICE)
        if what == "asset":
            kept = 1 - (number(self.assets[item].get("illiquidityDiscount")) or 0)
            kept *= sum(number(owner["share"]) for owner in self.listed_owners(item)) or 1
            if kept != 1:
                amount = cents(quantity * kept, position.currency)
        rate, rate_date = self.rate(position.currency, when)
        value = amount if position.currency == self.currency else cents(amount * rate, self.currency)
        shown = {"quantity": quantity, "price": price, "date": dated, "amount": amount, "rate": rate}
        return shown | {"rateDate": rate_date, "value": value}

    def kind(self, key):
        return "underWay" if key[3] else key[1]

    def stale(self, keys_and_days):
        found = set()
        for key, when in keys_and_days:
            worth = self.worth(key, when)
            if worth is None:
                continue
            for security, currency, dated in (
                (key[2], "", worth["date"]),
                ("", self.positions[key].currency, worth["rateDate"]),
            ):
                if dated and (when - dated).days > self.books.get("staleAfterDays", 7):
                    found.add((security, currency, when, dated))
        return [
            {"security": s or None, "currency": c or None, "usedOn": used, "date": of, "days": (used - of).days}
            for s, c, used, of in sorted(found)
        ]

    def unpriced(self, keys_and_days):
        return [
            {"account": key[0], "security": key[2], "date": when, "quantity": self.positions[key].on(when)}
            for key, when in keys_and_days
            if self.worth(key, when) is None
        ]

    def listed_owners(self, item):
        return next((entry["owners"] for entry in self.books.get("owners", []) if entry["id"] == item), [])

    def owners(self, item):
        """What each owner has of the household's part."""
        listed = [(owner["person"], number(owner["share"])) for owner in self.listed_owners(item)]
        whole = sum(share for _, share in listed)
        return [(person, share / whole) for person, share in listed]

    def parts(self, amount, owners):
        """Whole units by the largest remainder."""
        digits = self.places
        while amount * 10**digits % 1:
            digits += 1
        units, sign = abs(amount) * 10**digits, -1 if amount < 0 else 1
        floors = {person: units * share // 1 for person, share in owners}
        order = sorted(owners, key=lambda owner: (-(units * owner[1] % 1), owner[0]))
        for person, _ in order[: int(units - sum(floors.values()))]:
            floors[person] += 1
        return {person: sign * Fraction(count, 10**digits) for person, count in floors.items()}


def by_person(totals):
    """By name, what is held jointly last."""
    return sorted(totals.items(), key=lambda entry: (entry[0] is None, entry[0] or ""))


def as_of(request):
    """`net_worth.as_of`."""
    books, when = Books(request["books"]), day(request["asOf"])
    positions, values = [], dict.fromkeys(books.items, Fraction(0))
    assets, debts, currencies = {}, {}, {}
    for key in books.order():
        worth = books.worth(key, when)
        if worth is None or worth["quantity"] == 0:
            continue
        item, what, name, _ = key
        value, currency = worth["value"], books.positions[key].currency
        values[item] += value
        own = books.accounts.get(item, {})
        if value < 0:
            usual = "other" if what == "security" else "overdraft"
            debts.setdefault(own.get("liabilityKind") or usual, []).append(-value)
        else:
            usual = "investments" if what == "security" else "cashAndBanking"
            kind = account_category(own["kind"]) if own.get("kind") else usual
            assets.setdefault(books.assets[item]["category"] if item in books.assets else kind, []).append(value)
        amount, total = currencies.get(currency, (0, 0))
        currencies[currency] = (amount + worth["amount"], total + value)
        positions.append(
            {
                "account": item,
                "kind": books.kind(key),
                "security": name if what == "security" else None,
                "quantity": worth["quantity"],
                "price": worth["price"],
                "priceDate": worth["date"],
                "currency": currency,
                "amount": worth["amount"],
                "exchangeRate": worth["rate"],
                "rateDate": worth["rateDate"],
                "value": value,
            }
        )
    persons, treatments, accounts, liquid = {}, {}, [], Fraction(0)
    for item in books.items:
        own, value = books.accounts.get(item) or books.assets[item], values[item]
        owners = books.owners(item)
        for person, part in books.parts(value, owners).items() if owners else [(None, value)]:
            persons[person] = persons.get(person, 0) + part
        taxed = treatment(own) if item in books.accounts else own.get("taxTreatment", "taxable")
        treatments[taxed] = treatments.get(taxed, 0) + value
        debt = own.get("liabilityKind")
        is_liquid = own.get("liquid", False) if item in books.assets else not own.get("kind") or own["kind"] in LIQUID
        liquid += value if is_liquid and not debt else 0
        told = {"id": item, "name": own.get("name"), "liabilityKind": debt, "liquid": is_liquid and not debt}
        accounts.append(told | {"taxTreatment": taxed, "value": value})
    total, owed = sum(map(sum, assets.values()), Fraction(0)), sum(map(sum, debts.values()), Fraction(0))
    categories = []
    for category, name in CATEGORIES.items():
        inside = assets.get(category, [])
        subtotal = sum(inside, Fraction(0))
        shown = {"category": category, "name": name, "count": len(inside), "total": subtotal}
        categories.append(shown | {"share": places(subtotal / total, 4) if total else None})
    unfunded = Fraction(0)
    for asset in books.assets.values():
        if asset.get("unfundedCommitment"):
            unfunded += books.converted(number(asset["unfundedCommitment"]), books.item_currency(asset["id"]), when)
    everything = [(key, when) for key in books.order()]
    return {
        "asOf": when,
        "currency": books.currency,
        "totalAssets": total,
        "totalLiabilities": owed,
        "netWorth": total - owed,
        "liquidAssets": liquid,
        "unfundedCommitments": unfunded,
        "categories": categories,
        "liabilityTotals": [
            {"kind": kind, "name": LIABILITY_NAMES[kind], "count": len(debts[kind]), "total": sum(debts[kind])}
            for kind in LIABILITIES
            if kind in debts
        ],
        "accounts": accounts,
        "positions": positions,
        "persons": [{"person": person, "value": value} for person, value in by_person(persons)],
        "taxTreatments": [
            {"taxTreatment": taxed, "value": treatments[taxed]}
            for taxed in ("taxable", "taxDeferred", "taxFree")
            if taxed in treatments
        ],
        "currencies": [
            {"currency": currency, "amount": amount, "value": value}
            for currency, (amount, value) in sorted(currencies.items())
        ],
        "unpriced": books.unpriced(everything),
        "stale": books.stale(everything),
        "adjustments": [told for told in books.adjustments if told["date"] <= when],
        "afterTax": after_tax(books, request["liquidation"], when, values) if request.get("liquidation") else None,
    }


def after_tax(books, sale, when, values):
    """What is left if everything is sold."""
    lots, without_cost = [], Fraction(0)
    for key in books.order():
        item, what, name, way = key
        own = books.accounts.get(item) or books.assets[item]
        taxed = treatment(own) if item in books.accounts else own.get("taxTreatment", "taxable")
        if what == "cash" or taxed != "taxable" or own.get("liabilityKind"):
            continue
        worth = books.worth(key, when)
        value, sold, counted = worth["value"] if worth else Fraction(0), Fraction(0), Fraction(0)
        mine = [lot for lot in sale.get("lots", []) if lot["account"] == item and lot.get("security", "") == name]
        for lot in sorted(mine, key=lambda lot: lot["acquired"]) if not way else []:
            until = value
            if what == "security":
                counted += number(lot["quantity"])
                until = cents(value * counted / worth["quantity"], books.currency)
            bought, cost = day(lot["acquired"]), number(lot["cost"])
            begins = bought + timedelta(days=1)
            long = when >= add_months(begins, 12)
            told = {"account": item, "security": name or None, "acquired": bought, "longTerm": long}
            lots.append(told | {"value": until - sold, "cost": cost, "gain": until - sold - cost})
            sold = until
        without_cost += value - sold
    gains = {long: sum((lot["gain"] for lot in lots if lot["longTerm"] is long), Fraction(0)) for long in (False, True)}
    short, long = gains[False], gains[True]
    if short < 0 or long < 0:
        both = short + long
        short, long = (both, Fraction(0)) if short > 0 else (Fraction(0), both)
    taxes = {
        "shortTermTax": cents(max(short, 0) * number(sale["shortTermRate"]), books.currency),
        "longTermTax": cents(max(long, 0) * number(sale["longTermRate"]), books.currency),
        "deferredTax": Fraction(0),
    }
    for item in books.items:
        own = books.accounts.get(item) or books.assets[item]
        taxed = treatment(own) if item in books.accounts else own.get("taxTreatment", "taxable")
        if taxed == "taxDeferred":
            taxes["deferredTax"] += cents(max(values[item], 0) * number(sale["deferredRate"]), books.currency)
    return taxes | {
        "netWorth": sum(values.values()) - sum(taxes.values()),
        "taxes": sum(taxes.values()),
        "shortTermGain": gains[False],
        "longTermGain": gains[True],
        "unusedLoss": max(-short - long, Fraction(0)),
        "lots": lots,
        "withoutCost": without_cost,
    }


def series(request):
    """`net_worth.series`: the statements of its days."""
    first, last = day(request["from"]), day(request["to"])
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    months = {"monthEnds": 1, "quarterEnds": 3, "yearEnds": 12}.get(request.get("days", "every"))
    if months:
        ends = [when for when in days if (when + timedelta(days=1)).day == 1 and when.month % months == 0]
        days = ends if ends and ends[-1] == last else [*ends, last]
    statements = [as_of({"books": request["books"], "asOf": str(when)}) for when in days]
    accounts = [account["id"] for account in statements[0]["accounts"]]
    return {
        "currency": statements[0]["currency"],
        "dates": days,
        "netWorth": [statement["netWorth"] for statement in statements],
        "accounts": [
            {"id": name, "values": [statement["accounts"][place]["value"] for statement in statements]}
            for place, name in enumerate(accounts)
        ],
    }


def local(books, entry, currency):
    when, _, amount, own, *_ = entry
    if own == currency:
        return amount
    return places(amount * books.rate(own, when)[0] / books.rate(currency, when)[0], CONVERTED)


def moves_of_prices(books, key, entries, first, last):
    """Quantity times the move of the price, day by day; what is traded moves from its own price to the day's close."""
    position, security = books.positions[key], key[2]
    total, when = Fraction(0), first
    held, before = position.on(first), books.price(security, first)
    while when < last:
        when += timedelta(days=1)
        close = books.price(security, when)
        ratio = position.ratio(when)
        if held and close and before:
            total += held * (ratio * close[1] - before[1])
        for entry in entries:
            if entry[0] == when and entry[4] is not None:
                total += entry[4] * close[1] - local(books, entry, position.currency)
            elif entry[0] == when:
                total -= local(books, entry, position.currency)
        # Shares that came without an entry, as of a split that says how many it adds, are a gain.
        entered = sum(
            entry[4] for entry in entries if entry[0] == when and entry[4] is not None and entry[5] != "statement"
        )
        total += (position.added(when) - entered) * close[1]
        held, before = position.on(when), close
    return total


def change(books, key, first, last):
    """The terms of a position."""
    position = books.positions[key]
    entries = [entry for entry in position.entries if first < entry[0] <= last]
    terms = dict.fromkeys(TERMS, Fraction(0))
    for when, term, amount, currency, *_ in entries:
        terms[term] += books.converted(amount, currency, when)
    opening, closing = books.worth(key, first), books.worth(key, last)
    values = [worth["value"] if worth else Fraction(0) for worth in (opening, closing)]
    amounts = [worth["amount"] if worth else Fraction(0) for worth in (opening, closing)]
    went_in = sum((local(books, entry, position.currency) for entry in entries), Fraction(0))
    rest = values[1] - values[0] - sum(terms.values())
    gained = amounts[1] - amounts[0] - went_in
    if key[1] == "cash":
        assert gained == 0 or any(entry[3] != position.currency for entry in entries)
        terms["currency"] += rest
    else:
        unknown = any(first < when <= last for when in position.unvalued)
        term = "market" if key[1] == "security" and opening and closing and not unknown else "revaluation"
        days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
        if term == "market" and all(books.price(key[2], when) for when in days):
            days = moves_of_prices(books, key, entries, first, last)
            allowed = Fraction(2 + len(entries), 2 * 10 ** PLACES.get(position.currency, 2))
            assert abs(days - gained) <= allowed, f"{key}: {float(days)} day by day, {float(gained)} by the ends"
        if position.currency == books.currency:
            terms[term] += rest
        else:
            priced = books.converted(gained, position.currency, last)
            terms[term] += priced
            terms["currency"] += rest - priced
    moved = bool(entries) or any(first < when <= last for when in position.unvalued)
    own = sum((entry[2] for entry in entries if entry[3] == position.currency), Fraction(0))
    told = own + cents(went_in - own, position.currency)
    return values[0], values[1], terms, told, moved, opening, closing


def added(one, other):
    return one[0] + other[0], one[1] + other[1], {term: one[2][term] + other[2][term] for term in TERMS}


def point(worth):
    """A position at one end."""
    if worth is None:
        return None
    names = {"quantity": "quantity", "price": "price", "amount": "amount", "exchangeRate": "rate", "value": "value"}
    return {shown: worth[name] for shown, name in names.items()}


def shown(part):
    opening, closing, terms = part
    return {"opening": opening, "closing": closing, "change": closing - opening, "terms": terms}


def attribution(request):
    """`net_worth.attribution`, without its entries."""
    books, first, last = Books(request["books"]), day(request["from"]), day(request["to"])
    nothing = (Fraction(0), Fraction(0), dict.fromkeys(TERMS, Fraction(0)))
    by_item, positions = dict.fromkeys(books.items, nothing), []
    for key in books.order():
        opening, closing, terms, went_in, moved, start, end = change(books, key, first, last)
        by_item[key[0]] = added(by_item[key[0]], (opening, closing, terms))
        if not moved and start and end and start["quantity"] == end["quantity"] == 0:
            continue
        told = {"account": key[0], "kind": books.kind(key), "security": key[2] if key[1] == "security" else None}
        told |= {"currency": books.positions[key].currency, "opening": point(start), "closing": point(end)}
        positions.append(told | {"flows": went_in, "change": closing - opening, "terms": terms})
    persons = {}
    for item, whole in by_item.items():
        for person, part in divided(books, item, whole):
            persons[person] = added(persons.get(person, nothing), part)
    total = nothing
    for whole in by_item.values():
        total = added(total, whole)
    ends = [(key, when) for key in books.order() for when in (first, last)]
    lots = {"lots": net_worth_lots.lots(books, request["lots"], first, last)} if request.get("lots") is not None else {}
    return lots | {
        "from": first,
        "to": last,
        "currency": books.currency,
        **shown(total),
        "accounts": [{"id": item} | shown(part) for item, part in by_item.items()],
        "positions": positions,
        "persons": [{"person": person} | shown(part) for person, part in by_person(persons)],
        "unpriced": books.unpriced(ends),
        "stale": books.stale(ends),
        "adjustments": [told for told in books.adjustments if first < told["date"] <= last],
    }


def divided(books, item, whole):
    owners = books.owners(item)
    if not owners:
        return [(None, whole)]
    opening, closing = books.parts(whole[0], owners), books.parts(whole[1], owners)
    terms = {term: books.parts(whole[2][term], owners) for term in TERMS}
    largest = max(TERMS, key=lambda term: abs(whole[2][term]))
    result = []
    for person, _ in owners:
        own = {term: terms[term][person] for term in TERMS}
        own[largest] += closing[person] - opening[person] - sum(own.values())
        result.append((person, (opening[person], closing[person], own)))
    return result


OPERATIONS = {"net_worth.as_of": as_of, "net_worth.series": series, "net_worth.attribution": attribution}
