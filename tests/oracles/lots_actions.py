"""What happens to lots beside purchases and sales, in exact fractions: corporate actions, transfers, gifts, inheritances.

A part of the program `lots.py`, written from the law and the reference pages. The rules:

- bonus shares are a split: IRC 305(a), 307(a);
- shares for shares carry basis and dates over: IRC 354, 358(a), 1223(1); with cash as well, the gain of each lot counts up
  to its cash and the loss of none: IRC 356(a) and (c); cash alone, or a taxable exchange, is a sale: IRC 1001;
- a spin-off divides the basis of each lot by value: IRC 355, 358(b) and (c), Reg. 1.358-2(a)(2)(iv);
- what comes without tax is not purchased, so it replaces nothing: IRC 1091(a);
- between accounts of a household basis and dates travel: IRC 1041, 1223(2);
- a gift keeps the donor's basis and dates, with the gift tax on the appreciation: IRC 1015(a) and (d)(6), 1223(2); worth less
  than that basis, a loss counts from the value and from the day of the gift: IRC 1015(a), Reg. 1.1015-1(a)(2);
- an inheritance has the value at the death or the alternate one, and is long-term: IRC 1014(a), 2032, 1223(9).
"""

from fractions import Fraction
from math import floor

from support import NotCovered, day, number


class Actions:
    """The part of a book that these events need."""

    def bonusShares(self, event):
        self.split(event)

    def symbolChange(self, event):
        new = event.document["into"]
        for parcel in self.parcels:
            if parcel.security == event.security:
                parcel.security = new
        for account, security in list(self.pools):
            if security == event.security:
                self.pools[account, new] = self.pools.pop((account, security))

    def no_average(self, event):
        if any(security == event.security for _, security in self.pools):
            raise NotCovered(f"the event {event.kind} and an average cost")

    def accounts_with(self, security):
        """The accounts that hold a security, in the order of the list."""
        held = {parcel.account for parcel in self.parcels if parcel.security == security and parcel.quantity}
        return [account for account in self.known_accounts() if account in held]

    def merger(self, event):
        self.no_average(event)
        into, cash = event.document.get("into"), number(event.document.get("cashPerShare"))
        ratio = Fraction(event.document["to"], event.document["from"]) if into else None
        price = number(event.document.get("price"))
        if event.security in self.currencies.of and (cash or price):
            raise NotCovered("a merger with amounts in another currency")
        rows = []
        for account in self.accounts_with(event.security):
            held = self.position(account, event.security)
            total = sum(parcel.quantity for parcel in held)
            whole = [(parcel, parcel.quantity) for parcel in held]
            if into is None or event.document.get("taxable"):
                worth = self.rounded(price * ratio * total) if into else Fraction(0)
                amount = worth + self.rounded((cash or 0) * total)
                rows += self.leave(event, account, amount, whole)
                if into:
                    event.done = True
                    self.parcels.append(self.parcel_of(event, account, into, ratio * total, worth))
            else:
                if cash:
                    self.boot(event, account, held, cash, price * ratio)
                for parcel in held:
                    parcel.security, parcel.purchased = into, False
                    self.begin_anew(parcel, parcel.quantity * ratio)
        self.wash_losses(rows)
        if into:
            self.pay_fractions(event, into)

    def begin_anew(self, parcel, quantity):
        """From now on parts of the cost are parts of what is left of it."""
        basis, lower = self.left(parcel), None if parcel.loss is None else self.loss_left(parcel)
        parcel.loss = None
        parcel.set(quantity, basis)
        parcel.loss = lower

    def boot(self, event, account, held, cash, price):
        """Cash beside shares: each lot has a gain of no more than its cash, and what is left of its basis."""
        quantities = [parcel.quantity for parcel in held]
        paid = self.shared(self.rounded(cash * sum(quantities)), quantities)
        worth = self.shared(self.rounded(price * sum(quantities)), quantities)
        for parcel, part, value in zip(held, paid, worth):
            basis = self.left(parcel)
            gain = min(max(part + value - basis, Fraction(0)), part)
            if part:
                self.note(event, parcel, parcel.quantity, part, part - gain, "merger")
            parcel.set(parcel.quantity, basis - part + gain)

    def spinOff(self, event):
        self.no_average(event)
        into, values = event.document["into"], event.document.get("marketValues")
        ratio = Fraction(event.document["to"], event.document["from"])
        fraction = number(event.document.get("basisFraction"))
        if values:
            new, old = ratio * number(values["into"]), number(values["security"])
            fraction = new / (new + old)
        for account in self.accounts_with(event.security):
            for parcel in self.position(account, event.security):
                basis = self.left(parcel)
                moved = self.rounded(basis * fraction)
                parcel.set(parcel.quantity, basis - moved)
                apart = self.part_of(parcel, parcel.quantity * ratio, moved)
                apart.security, apart.purchased = into, False
        self.pay_fractions(event, into)

    def pay_fractions(self, event, security):
        """Cash for fractions of shares, which count as received and sold, account by account as they are listed."""
        for cash in event.document.get("cashInLieu", []):
            account, amount = cash.get("account") or self.only_account, number(cash["amount"])
            if event.security in self.currencies.of:
                amount = self.currencies.exchanged(event.security, amount, event.date, self.unit)
            held = self.position(account, security)
            total = sum(parcel.quantity for parcel in held)
            fraction = total - floor(total)
            if not fraction:
                raise NotCovered("cash for no fraction of a share")
            taken = self.selected(account, security, event.date, fraction, amount)
            self.sold(event, account, fraction, amount, taken, security)

    # From one hand to another

    def leaving(self, event):
        """The parcels that leave a position with an event, and how many shares of each."""
        picks = event.document.get("lots", [])
        if picks:
            return self.picked(event, picks)
        return self.selected(event.account, event.security, event.date, event.quantity, Fraction(0), event)

    def transfer(self, event):
        if self.together:
            # The lots of all accounts are one, so they stay where they are.
            return
        there = event.document["toAccount"]
        taken, pool = self.leaving(event), self.pool(event.account, event.security, event.date)
        theirs = self.pool(there, event.security, event.date)
        for parcel, part in taken:
            if pool:
                cost = self.take(pool, part)
                if part == parcel.quantity:
                    parcel.set(part, cost)
                    moved = parcel
                else:
                    self.take(parcel, part)
                    moved = self.part_of(parcel, part, cost)
            elif part == parcel.quantity:
                moved = parcel
            else:
                moved = self.split_off(parcel, part)
            moved.account = there
            if theirs:
                self.add(theirs, part, self.left(moved))

    def receiveGift(self, event):
        document = event.document
        basis, worth = number(document["donorBasis"]), number(document.get("fairMarketValue"))
        tax = document.get("giftTax")
        if tax and worth > basis:
            basis += self.rounded(number(tax["paid"]) * (worth - basis) / number(tax["amountOfGift"]))
        parcel = self.parcel_of(event, event.account, event.security, event.quantity, basis)
        parcel.since, parcel.purchased = day(document["donorAcquired"]), False
        if worth is not None and worth < basis and not document.get("fromSpouse"):
            if self.method_of(event.account, event.security, event.date) == "averageCost":
                raise NotCovered("a gift with two bases and an average cost")
            parcel.loss = worth
        self.come(parcel)

    def inherit(self, event):
        later = event.document.get("alternateValuation")
        worth = number(later["fairMarketValue"] if later else event.document["fairMarketValue"])
        parcel = self.parcel_of(event, event.account, event.security, event.quantity, worth)
        parcel.purchased, parcel.inherited = False, True
        self.come(parcel)

    def come(self, parcel):
        pool = self.pool(parcel.account, parcel.security, parcel.acquired)
        self.parcels.append(parcel)
        if pool:
            self.add(pool, parcel.whole, parcel.amount)

    def give(self, event):
        taken, pool = self.leaving(event), self.pool(event.account, event.security, event.date)
        for parcel, part in taken:
            cost = self.take(parcel, part)
            if pool:
                cost = self.take(pool, part)
            self.given.append(
                {
                    "event": event.index,
                    "lot": parcel.id,
                    "security": parcel.security,
                    "date": event.date,
                    "heldSince": parcel.held_since,
                    "cost": cost,
                    "term": self.term(parcel, parcel.held_since, event.date),
                    "toCharity": event.document.get("toCharity", False),
                    "account": event.account,
                    "quantity": part,
                }
            )
