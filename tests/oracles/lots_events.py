"""Random histories with every event that moves lots beside trades, compared row by row with `lots.py`.

Mergers for shares, cash and both, spin-offs, bonus shares, changes of a symbol, transfers between accounts, gifts received and
given, and inheritances, among the trades, splits and distributions of `lots_random.py`, wash sales included. What `lots.py`
does not cover is left out of the histories: an average cost where lots are exchanged, and what a gift with two bases becomes
when its basis changes.
"""

import json
from datetime import timedelta
from fractions import Fraction
from math import floor

import lots
from asking import ask, differences, draws, text
from lots_random import RATIOS, History
from support import NotCovered


class Events(History):
    """A history with further events."""

    # What is probable is computed beside trades and splits only.
    verdicts = ("certain",)

    def __init__(self, draw):
        super().__init__(draw)
        self.new_ids, self.original, self.dual = 0, list(self.securities), set()

    def trades(self, account, security):
        """Every other day has another event instead of trades, if there is one that fits."""
        kinds = [self.bonus, self.rename, self.move, self.gift, self.inherit, self.give]
        if not self.averages():
            kinds += [self.merger, self.spin_off]
        if self.draw.random() < 0.45 and security != "D":
            self.draw.choice(kinds)(account, security)
        else:
            super().trades(account, security)

    def averages(self):
        return any(election["method"] == "averageCost" for election in self.rules.get("elections", []))

    def return_of_capital(self, account, security):
        if security not in self.dual:
            super().return_of_capital(account, security)

    def holders(self, security):
        return [account for account in self.accounts if self.held.get((account, security))]

    def everywhere(self, kind, security, **fields):
        made = {"kind": kind, "date": str(self.today), "security": security} | fields
        self.days[-1].append(made)
        return made

    def new_id(self):
        self.new_ids += 1
        return f"N{self.new_ids}"

    def forget(self, security):
        """The lots of a security cannot be named any more."""
        for key in self.lots:
            if key[1] == security:
                self.lots[key] = None

    def exchange(self, security, into, ratio):
        """Shares of a security become others. Cash pays for fractions, for most accounts; what it pays is returned."""
        cash = []
        for account in self.accounts:
            held = self.held.pop((account, security), Fraction(0)) * ratio
            self.lots.pop((account, security), None)
            if not held:
                continue
            self.lots[account, into] = None
            fraction = held - floor(held)
            if fraction and self.draw.random() < 0.6:
                paid = {"amount": text(self.cut(fraction * self.quote[into]))}
                cash.append(paid if account is None else paid | {"account": account})
                held -= fraction
            self.held[account, into] = held
        return {"cashInLieu": cash} if cash else {}

    def merger(self, account, security):
        """For shares, for both, for cash alone; taxable only in a book of one account, where the new lot has an id."""
        form = self.draw.choice(["shares", "both", "both", "cash", "taxable"])
        if security in self.dual and form == "both" or form == "taxable" and len(self.accounts) > 1:
            return
        if not self.holders(security):
            return
        price, into = self.price(security), self.new_id()
        paid = price * Fraction(self.draw.choice([10, 50, 100, 120]), 100)
        if form == "cash":
            self.everywhere("merger", security, cashPerShare=text(self.cut(paid)))
            for holder in self.accounts:
                self.held.pop((holder, security), None)
                self.lots.pop((holder, security), None)
            return
        from_, to = self.draw.choice(RATIOS)
        self.quote[into] = max(Fraction(floor(price * from_ / to * 50), 100), Fraction(1, 100))
        fields = {"into": into, "from": from_, "to": to}
        if form == "both":
            fields |= {"cashPerShare": text(self.cut(paid / 2))}
        if form == "taxable":
            fields |= {"taxable": True}
        if form != "shares":
            fields["price"] = text(self.quote[into])
        made = self.everywhere("merger", security, **fields)
        made |= self.exchange(security, into, Fraction(to, from_))
        self.replace(security, into)

    def replace(self, security, into):
        self.securities = [into if name == security else name for name in self.securities]
        if security in self.dual:
            self.dual.add(into)

    def spin_off(self, account, security):
        if security in self.dual or not self.holders(security):
            return
        into, (from_, to), price = self.new_id(), self.draw.choice(RATIOS), self.price(security)
        self.quote[into] = max(Fraction(floor(price * from_ / to * 20), 100), Fraction(1, 100))
        if self.draw.random() < 0.5:
            fields = {"basisFraction": self.draw.choice(["0", "0.1", "0.2345", "0.5", "1"])}
        else:
            fields = {"marketValues": {"security": text(price), "into": text(self.quote[into])}}
        made = self.everywhere("spinOff", security, into=into, to=to, **fields)
        made["from"] = from_
        before = {account: self.held.get((account, security), Fraction(0)) for account in self.accounts}
        made |= self.exchange(security, into, Fraction(to, from_))
        for holder, held in before.items():
            self.held[holder, security] = held
            self.lots[holder, security] = None
        self.securities.append(into)

    def bonus(self, account, security):
        from_, bonus = self.draw.choice([(1, 1), (3, 1), (10, 3), (7, 2)])
        self.everywhere("bonusShares", security, bonus=bonus, **{"from": from_})
        for holder in self.accounts:
            key = (holder, security)
            if self.held.get(key):
                self.held[key] *= Fraction(from_ + bonus, from_)
        self.forget(security)

    def rename(self, account, security):
        if self.averaged(security):
            return
        into = self.new_id()
        self.everywhere("symbolChange", security, into=into)
        self.quote[into] = self.quote[security]
        for holder in self.accounts:
            self.held[holder, into] = self.held.pop((holder, security), Fraction(0))
            self.lots[holder, into] = self.lots.pop((holder, security), [])
        self.replace(security, into)

    def move(self, account, security):
        """To another account that is taxed alike."""
        there = {"broker": "spouse", "spouse": "broker"}.get(account)
        held = self.held.get((account, security))
        quantity = self.amount_of_shares(held) if held and there and there in self.accounts else None
        if not quantity:
            return
        made = self.event("transfer", account, security, toAccount=there, quantity=text(quantity))
        self.held[account, security] -= quantity
        self.held[there, security] = self.held.get((there, security), Fraction(0)) + quantity
        self.choose(made, account, security, quantity)
        self.lots[account, security] = self.lots[there, security] = None

    def gift(self, account, security):
        quantity, price = self.amount_of_shares(), self.price(security)
        worth = self.cut(price * quantity)
        shares = [50, 90, 100] if self.averages() else [50, 90, 100, 110, 150]
        basis = self.cut(worth * Fraction(self.draw.choice(shares), 100))
        made = self.event("receiveGift", account, security, quantity=text(quantity), donorBasis=text(basis))
        made["donorAcquired"] = str(self.today - timedelta(days=self.draw.choice([0, 20, 200, 364, 365, 366, 900])))
        if self.draw.random() < 0.2:
            made["fromSpouse"] = True
        else:
            made["fairMarketValue"] = text(worth)
            if basis > worth:
                self.dual.add(security)
            if self.draw.random() < 0.3:
                made["giftTax"] = {"paid": text(self.cut(worth * Fraction(2, 5))), "amountOfGift": text(worth + 1)}
        self.come(made, account, security, quantity)

    def inherit(self, account, security):
        quantity = self.amount_of_shares()
        worth = self.cut(self.price(security) * quantity)
        made = self.event("inherit", account, security, quantity=text(quantity), fairMarketValue=text(worth))
        if self.draw.random() < 0.3:
            later = self.today + timedelta(days=self.draw.randrange(1, 150))
            made["alternateValuation"] = {
                "date": str(later),
                "fairMarketValue": text(self.cut(worth * Fraction(9, 10))),
            }
        self.come(made, account, security, quantity)

    def give(self, account, security):
        held = self.held.get((account, security))
        quantity = self.amount_of_shares(held) if held else None
        if quantity:
            made = self.event("give", account, security, quantity=text(quantity))
            if self.draw.random() < 0.5:
                made["toCharity"] = True
            self.held[account, security] -= quantity
            self.choose(made, account, security, quantity)

    def request(self):
        self.securities = self.original
        return super().request()


def failures(engine, seed, places):
    """The histories whose answers differ from those of `lots.py`; those that it does not cover are passed over."""
    requests = [Events(draw).made() for draw in draws(seed, places)]
    answers = ask(engine, [("lots.book", request) for request in requests])
    found = []
    for place, request, answer in zip(places, requests, answers):
        try:
            model = lots.book(request)
        except NotCovered as reason:
            model = None
            lines = [f"the engine answers, and the program does not: {reason}"] if "code" not in answer else []
            if not str(reason).startswith(("a new basis", "more is sold")):
                lines = lines or [f"the program does not cover it: {reason}"]
        if model:
            lines = [str(answer)] if "code" in answer else list(differences(answer, model))
        if lines:
            found.append("\n    ".join([f"history {place} of seed {seed}: {json.dumps(request)}", *lines[:8]]))
    return found
