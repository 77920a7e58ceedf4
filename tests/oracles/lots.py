"""Tax lots share by share, loss by loss, in exact fractions: `lots.book`, `lots.explain`, and `lots.unrealized` of securities
in another currency (`lots_currency.py`).

Written from the law and the reference pages. The rules:

- cost is the price and the fees, and the lot that was acquired first is sold first where nothing is specified: IRC 1012,
  Reg. 1.1012-1(a) and (c); the average of all shares of an account: Reg. 1.1012-1(e);
- a distribution reduces the basis and is a gain above it, share by share: IRC 301(c)(2) and (3);
- a split moves the basis to the new shares, and a fraction paid in cash counts as received and sold: IRC 305(a), 307(a);
- a holding period begins on the day after the acquisition and is longer than a year on the same day of the next year:
  IRC 1222, Rev. Rul. 66-7;
- a loss is disallowed for each share that is replaced within 30 days before or after the sale: IRC 1091(a); losses in the
  order of the sales, and those of one sale in the order of acquisition: Reg. 1.1091-1(b); purchases in their order:
  Reg. 1.1091-1(c) and (d); a share replaces one share only: Reg. 1.1091-1(e); what is left of the purchase of which shares
  are sold replaces none of them: Rev. Rul. 56-602; the loss raises the basis of what replaces them, and their holding
  period is added to its own: IRC 1091(d), IRC 1223(3); in an account that is not taxed it does neither: Rev. Rul. 2008-5.

Where an engine goes through the events once and keeps the losses that may still be replaced, this program looks from each
loss at all purchases of its window, those after the sale included, and lays claim to their shares. A purchase that comes
to its day finds the claims on it.
"""

from datetime import date, timedelta
from fractions import Fraction

import lots_currency
import lots_probable
from lots_actions import Actions
from lots_currency import Both, Currencies, in_book
from support import NotCovered, day, minor_unit, number, places, round_to

WINDOW = timedelta(days=30)
ACQUISITIONS = ("buy", "reinvest")
RANK = dict.fromkeys(("split", "bonusShares", "symbolChange", "merger", "spinOff"), 0)
RANK |= {"returnOfCapital": 1, "dividend": 2}
RANK |= dict.fromkeys(("buy", "reinvest", "receiveGift", "inherit"), 3)
RANK |= {"transfer": 4, "sell": 5, "give": 5}


class Parcel:
    """Shares of one purchase with one holding period, and the amount that they cost when they were last changed."""

    def __init__(self, purchase, ident, part, quantity, cost, since=None):
        self.purchase, self.id, self.part = purchase, ident, part
        self.account, self.security, self.acquired = purchase.account, purchase.security, purchase.date
        self.since, self.replaces = since, False
        # Whether it was purchased, so that it can replace shares; inherited; and what counts at a loss, if that is other.
        self.purchased, self.inherited, self.loss = True, False, None
        self.set(quantity, cost)

    def set(self, quantity, cost):
        """From now on `quantity` shares cost `cost`; what leaves is a part of that."""
        if getattr(self, "loss", None) is not None:
            raise NotCovered("a new basis of a gift with two bases")
        self.whole, self.gone, self.amount = quantity, Fraction(0), cost

    @property
    def quantity(self):
        return self.whole - self.gone

    @property
    def held_since(self):
        return self.since or self.acquired

    @property
    def place(self):
        return (self.acquired, self.purchase.position, self.part)


class Pool:
    """All shares of an account with an average cost; the same arithmetic as that of a parcel."""

    def __init__(self, security, quantity, cost):
        self.security = security
        Parcel.set(self, quantity, cost)


class Event:
    """An event of the list, with the sum that it moves."""

    def __init__(self, book, index, document):
        self.index, self.kind, self.date = index, document["kind"], day(document["date"])
        if self.kind not in RANK:
            raise NotCovered(f"the event {self.kind}")
        self.sequence, self.security = document.get("sequence", 0), document["security"]
        self.account = book.account(document.get("account") or book.only_account)
        self.quantity, self.document = number(document.get("quantity")), document
        if self.kind == "bonusShares":
            self.document = document | {"to": document["from"] + document["bonus"]}
        self.claims, self.done = [], False
        if self.kind in ("buy", "sell"):
            total = number(document.get("amount"))
            if total is None:
                total = round_to(number(document["price"]) * self.quantity, book.unit_of(self.security))
            fees = number(document.get("fees", "0"))
            self.amount = total + fees if self.kind == "buy" else total - fees
        else:
            self.amount = number(document.get("amount"))
        if self.amount is not None and self.security in book.currencies.of:
            rate = document.get("exchangeRate")
            self.amount = book.currencies.exchanged(self.security, self.amount, self.date, book.unit, rate)
        self.parts = 0
        # The security that it purchases, also by an exchange of which all gain and loss counts: IRC 1091(a).
        self.bought = self.security if self.kind in ACQUISITIONS else None
        if self.kind == "merger" and document.get("taxable"):
            self.bought = document.get("into")

    @property
    def id(self):
        return self.document.get("lot") or f"#{self.index}"

    @property
    def order(self):
        return (self.date, self.sequence, RANK[self.kind], self.index)


class Book(Actions):
    def __init__(self, request):
        rules = request.get("rules", {})
        self.currency = rules.get("currency", "USD")
        places_ = rules.get("amountPlaces")
        self.unit = minor_unit(self.currency) if places_ is None else Fraction(1, 10**places_)
        self.places, self.currencies = places_, Currencies(request)
        jurisdiction = rules.get("jurisdiction", "unitedStates")
        if jurisdiction not in ("unitedStates", "none"):
            raise NotCovered("the law of another country")
        self.together = rules.get("scope", "account") == "allAccounts"
        self.washes, self.rates = jurisdiction == "unitedStates", rules.get("taxRates")
        used = [rules.get("method"), *(election["method"] for election in rules.get("elections", []))]
        if "minimumTax" in used and not self.rates:
            raise NotCovered("the least tax without rates")
        self.method, self.elections = rules.get("method", "fifo"), rules.get("elections", [])
        self.long_term_days = rules.get("longTermDays")
        # Those that are only probably substantially identical change no figure.
        groups = rules.get("substantiallyIdentical", [])
        self.groups = [group for group in groups if group["verdict"] == "certain"]
        self.probable = [group for group in groups if group["verdict"] == "probable"]
        accounts = request.get("accounts", [])
        self.only_account = accounts[0]["id"] if len(accounts) == 1 else None
        self.treatments = {account["id"]: account["treatment"] for account in accounts}
        self.kinds = {security["id"]: security.get("kind", "stock") for security in request.get("securities", [])}
        if {"option", "section1256", "bond"} & set(self.kinds.values()):
            raise NotCovered("options, section 1256 contracts and bonds")
        self.events = sorted((Event(self, i, e) for i, e in enumerate(request["events"])), key=lambda e: e.order)
        for position, event in enumerate(self.events):
            event.position = position
        self.parcels, self.pools = [], {}
        self.disposals, self.wash_sales, self.gains, self.dividends, self.trail = [], [], [], [], []
        self.given = []
        # The first id of each security, whatever became of it.
        self.first = {}
        for event in self.events:
            if event.kind == "symbolChange":
                self.first[event.document["into"]] = self.root(event.security)

    def run(self):
        for event in self.events:
            if not event.done:
                getattr(self, event.kind)(event)
        return self

    # Amounts

    def unit_of(self, security):
        """The smallest unit of the amounts of a security."""
        if self.places is not None:
            return self.unit
        return minor_unit(self.currencies.of.get(security, self.currency))

    def rounded(self, value, security=None):
        if isinstance(value, Both):
            return lots_currency.rounded(value, self.unit, self.unit_of(security))
        return round_to(value, self.unit)

    def shared(self, amount, quantities, security=None):
        """The parts of an amount by quantity: each is what all up to it come to, less what those before it came to."""
        total, before, parts = sum(quantities), Fraction(0), []
        for quantity in quantities:
            after = before + quantity
            upto = self.rounded(amount * (after / total), security)
            parts.append(upto - self.rounded(amount * (before / total), security))
            before = after
        return parts

    def left(self, holder):
        """What the shares that are left of a parcel or a pool cost."""
        return self.rounded(holder.amount * (1 - holder.gone / holder.whole), holder.security)

    def take(self, holder, quantity):
        """Takes shares out; what they cost."""
        before = self.left(holder)
        holder.gone += quantity
        return before - self.left(holder)

    def add(self, holder, quantity, cost):
        holder_left = self.left(holder) if holder.whole != holder.gone else Fraction(0)
        Parcel.set(holder, holder.whole - holder.gone + quantity, holder_left + cost)

    # Positions

    def root(self, security):
        return self.first.get(security, security)

    def account(self, name):
        """The account of a position: where all accounts are one, the first that is taxed as this one is."""
        if not self.together:
            return name
        return next((first for first in self.treatments if self.treatments[first] == self.treatments.get(name)), name)

    def known_accounts(self):
        return [None, *self.treatments]

    def parcel_of(self, event, account, security, quantity, cost):
        parcel = Parcel(event, event.id, 0, quantity, cost)
        parcel.account, parcel.security = account, security
        return parcel

    def part_of(self, parcel, quantity, cost):
        """A new part of the purchase of a parcel, with its dates."""
        parcel.purchase.parts += 1
        part = parcel.purchase.parts
        apart = Parcel(parcel.purchase, f"{parcel.purchase.id}#{part}", part, quantity, cost, parcel.since)
        apart.account, apart.security, apart.replaces = parcel.account, parcel.security, parcel.replaces
        apart.purchased, apart.inherited = parcel.purchased, parcel.inherited
        self.parcels.append(apart)
        return apart

    def split_off(self, parcel, quantity):
        """A part with its share of the cost, and of the basis for a loss."""
        lower = None if parcel.loss is None else self.loss_left(parcel) - self.loss_left(parcel, quantity)
        apart = self.part_of(parcel, quantity, self.take(parcel, quantity))
        apart.loss = lower
        return apart

    def loss_left(self, parcel, taken=0):
        """The basis for a loss of what is left when `taken` more shares have gone."""
        return self.rounded(parcel.loss * (1 - (parcel.gone + taken) / parcel.whole))

    def term(self, parcel, since, when):
        return "long" if parcel.inherited or self.is_long(since, when) else "short"

    def taxable(self, account):
        return self.treatments.get(account, "taxable") == "taxable"

    def method_of(self, account, security, when):
        """The method of an election that fits, the one that took effect last, or that of the book."""
        fitting = [
            (day(election.get("from")) or date.min, place, election["method"])
            for place, election in enumerate(self.elections)
            if election.get("account") in (None, account) and election.get("security") in (None, security)
        ]
        fitting = [election for election in fitting if election[0] <= when]
        return max(fitting)[2] if fitting else self.method

    def position(self, account, security):
        """The parcels of a position that are left, in the order of acquisition."""
        mine = (p for p in self.parcels if (p.account, p.security) == (account, security) and p.quantity)
        return sorted(mine, key=lambda parcel: parcel.place)

    def pool(self, account, security, when):
        """The pool of a position with an average cost on a day. It begins and ends as the method changes."""
        key, method = (account, security), self.method_of(account, security, when)
        held = self.position(account, security)
        if method == "averageCost" and key not in self.pools:
            self.pools[key] = Pool(security, sum(p.quantity for p in held), sum(self.left(p) for p in held))
        elif method != "averageCost" and key in self.pools:
            ended = self.pools.pop(key)
            if held:
                for parcel, cost in zip(held, self.shared(self.left(ended), [p.quantity for p in held], security)):
                    parcel.set(parcel.quantity, cost)
        return self.pools.get(key)

    def is_long(self, since, sold):
        if self.long_term_days is not None:
            return (sold - since).days > self.long_term_days
        begins = since + timedelta(days=1)
        leap = (begins.month, begins.day) == (2, 29)
        return sold >= (date(begins.year + 1, 3, 1) if leap else begins.replace(year=begins.year + 1))

    def tell(self, event, parcel, rule, quantity, change, other=None):
        step = {"event": event.index, "date": event.date, "lot": parcel.id, "rule": rule}
        self.trail.append((parcel, step | {"quantity": quantity, "basisChange": change, "other": other}))

    # Events

    def buy(self, event):
        """A purchase. Its first shares go to the claims on it, in their order."""
        event.done = True
        pool = self.pool(event.account, event.security, event.date)
        parcel = Parcel(event, event.id, 0, event.quantity, event.amount)
        self.parcels.append(parcel)
        self.tell(event, parcel, "purchase", event.quantity, event.amount)
        if pool:
            self.add(pool, event.quantity, event.amount)
        for claim in event.claims:
            self.replace(event, parcel, *claim)

    def reinvest(self, event):
        self.dividend(event)
        self.buy(event)

    def dividend(self, event):
        self.dividends.append((event.date, event.account, in_book(event.amount)))

    def split(self, event):
        ratio = Fraction(event.document["to"], event.document["from"])
        for parcel in self.parcels:
            if parcel.security == event.security:
                parcel.whole, parcel.gone = parcel.whole * ratio, parcel.gone * ratio
                if parcel.quantity:
                    self.tell(event, parcel, "split", parcel.quantity, Fraction(0))
        for (_, security), pool in self.pools.items():
            if security == event.security:
                pool.whole, pool.gone = pool.whole * ratio, pool.gone * ratio
        self.pay_fractions(event, event.security)

    def returnOfCapital(self, event):
        held = self.position(event.account, event.security)
        if not held:
            raise NotCovered("a distribution on no shares")
        pool = self.pool(event.account, event.security, event.date)
        quantities = [parcel.quantity for parcel in held]
        if event.security in self.currencies.of:
            self.return_abroad(event, held, pool, quantities)
            return
        if pool:
            basis = self.left(pool)
            returned = min(basis, event.amount)
            Parcel.set(pool, pool.whole - pool.gone, basis - returned)
            parts = self.shared(returned, quantities), self.shared(event.amount - returned, quantities)
            for parcel, part, gain in zip(held, *parts):
                self.distributed(event, parcel, part, gain)
            return
        for parcel, part in zip(held, self.shared(event.amount, quantities)):
            basis = self.left(parcel)
            parcel.set(parcel.quantity, basis - min(basis, part))
            self.distributed(event, parcel, min(basis, part), max(part - basis, Fraction(0)))

    def return_abroad(self, event, held, pool, quantities):
        """A distribution in another currency: what uses the basis up in the book's uses it up in both."""
        if pool:
            basis, paid = self.left(pool), event.amount
            returned = min(basis.book, paid.book)
            left = basis - paid
            left = Both(left.book, max(left.abroad, Fraction(0)), left.rates)
            Parcel.set(pool, pool.whole - pool.gone, Both(Fraction(0), Fraction(0)) if paid > basis else left)
            gains = self.shared(paid.book - returned, quantities)
            costs = payments = [None] * len(held)
            if sum(gains):
                # By the gains, so that the rows of those have all of it.
                costs = self.shared(Both(returned, basis.abroad, basis.rates), gains, event.security)
                payments = self.shared(Both(Fraction(0), paid.abroad, paid.rates), gains, event.security)
            for parcel, part, gain, cost, payment in zip(
                held, self.shared(returned, quantities), gains, costs, payments
            ):
                abroad = (cost, payment + Both(cost.book + gain, 0)) if gain else None
                self.distributed(event, parcel, part, gain, abroad)
            return
        for parcel, paid in zip(held, self.shared(event.amount, quantities, event.security)):
            basis = self.left(parcel)
            if paid > basis:
                parcel.set(parcel.quantity, Both(Fraction(0), Fraction(0)))
                self.distributed(event, parcel, basis.book, paid.book - basis.book, (basis, paid))
            else:
                left = basis - paid
                parcel.set(parcel.quantity, Both(left.book, max(left.abroad, Fraction(0)), left.rates))
                self.distributed(event, parcel, paid.book, Fraction(0))

    def distributed(self, event, parcel, returned, gain, abroad=None):
        self.tell(event, parcel, "returnOfCapital", parcel.quantity, -returned)
        if gain:
            self.tell(event, parcel, "gainOnDistribution", parcel.quantity, Fraction(0))
        if gain and self.taxable(parcel.account):
            term = self.term(parcel, parcel.held_since, event.date)
            self.gains.append((event, parcel, gain, term, abroad))

    def sell(self, event):
        self.draw_forward(event)
        picks = event.document.get("lots", [])
        if "targetGain" in event.document:
            raise NotCovered("a sale that is to have a given gain")
        if picks:
            taken = self.picked(event, picks)
        else:
            taken = self.selected(event.account, event.security, event.date, event.quantity, event.amount, event)
        self.sold(event, event.account, event.quantity, event.amount, taken)

    def draw_forward(self, event):
        """What a sale lacks comes from the purchases that follow on its day, each as if it had come before the sale."""
        event.borrowed = []
        for later in self.events[event.position + 1 :]:
            held = sum(parcel.quantity for parcel in self.position(event.account, event.security))
            if held >= event.quantity or (later.kind, later.security) == ("split", event.security):
                break
            wanted = (later.account, later.security, later.date) == (event.account, event.security, event.date)
            if wanted and later.kind in ACQUISITIONS and not later.done:
                getattr(self, later.kind)(later)
                event.borrowed.append(later)

    def selected(self, account, security, when, quantity, amount, event=None):
        """The parcels that the method selects, each with a number of shares. What was drawn forward comes last."""
        method, borrowed = self.method_of(account, security, when), getattr(event, "borrowed", [])
        self.pool(account, security, when)

        def rank(parcel):
            per_share = parcel.amount / parcel.whole
            last_first = (-parcel.purchase.position, -parcel.part)
            long = self.term(parcel, parcel.held_since, when) == "long"
            by_term = (not long, -per_share)
            orders = {"hifo": -per_share, "lofo": per_share, "lifo": last_first, "longTermFirst": by_term}
            late = parcel.purchase in borrowed
            return (late, parcel.place if late else orders.get(method, parcel.place), parcel.place)

        held = sorted(self.position(account, security), key=rank)
        if method == "minimumTax":
            early = [parcel for parcel in held if parcel.purchase not in borrowed]
            held = self.by_tax(early, when, amount / quantity) + [p for p in held if p not in early]
        taken, lacking = [], quantity
        for parcel in held:
            part = min(parcel.quantity, lacking)
            if part:
                taken.append((parcel, part))
            lacking -= part
        if lacking:
            raise NotCovered("more is sold than is held")
        return taken

    def by_tax(self, parcels, when, price):
        """Again and again the parcel with the least tax, of the dearest of each term; of equal ones the first acquired."""
        terms = {"shortTerm": [], "longTerm": []}
        for parcel in sorted(parcels, key=lambda parcel: (-parcel.amount / parcel.whole, parcel.place)):
            terms[self.term(parcel, parcel.held_since, when) + "Term"].append(parcel)
        order = []
        while any(terms.values()):
            heads = [(number(self.rates[term]), row[0]) for term, row in terms.items() if row]
            _, first = min(heads, key=lambda head: (head[0] * (price - head[1].amount / head[1].whole), head[1].place))
            order.append(first)
            for row in terms.values():
                row[:] = [parcel for parcel in row if parcel is not first]
        return order

    def picked(self, event, picks):
        taken = []
        for pick in picks:
            named = [p for p in self.position(event.account, event.security) if pick["lot"] in (p.id, p.purchase.id)]
            if not named:
                raise NotCovered("a lot that does not exist")
            lacking = number(pick.get("quantity"))
            if lacking is None:
                lacking = sum(parcel.quantity for parcel in named)
            for parcel in named:
                part = min(parcel.quantity, lacking)
                if part:
                    taken.append((parcel, part))
                lacking -= part
            if lacking:
                raise NotCovered("more of a lot is sold than is left")
        if sum(part for _, part in taken) != event.quantity:
            raise NotCovered("named lots that are not what is sold")
        return taken

    def sold(self, event, account, quantity, amount, taken, security=None):
        """Rows of a sale, and then the losses among them that are replaced."""
        self.wash_losses(self.leave(event, account, amount, taken, security))

    def leave(self, event, account, amount, taken, security=None):
        """Rows of what is sold of one account."""
        security = security or event.security
        pool = self.pool(account, security, event.date)
        rows = []
        rule = {"sell": "sale", "merger": "merger"}.get(event.kind, "cashInLieu")
        if security != event.security:
            rule = "cashInLieu"
        parts = self.shared(amount, [part for _, part in taken], security)
        for (parcel, part), proceeds in zip(taken, parts):
            since, lower = parcel.held_since, None
            if parcel.loss is not None:
                lower = self.loss_left(parcel) - self.loss_left(parcel, part)
            cost = self.take(parcel, part)
            if pool:
                cost = self.take(pool, part)
            if lower is not None and proceeds < cost:
                # Between the two bases there is neither gain nor loss.
                cost, since = (lower, parcel.acquired) if proceeds < lower else (proceeds, since)
            rows.append(self.note(event, parcel, part, proceeds, cost, rule, since))
        return rows

    def wash_losses(self, rows):
        """The losses of one disposition, in the order of acquisition."""
        for row in sorted(rows, key=lambda row: row["parcel"].place):
            wash = self.taxable(row["account"]) and self.kinds.get(row["security"]) != "digitalAsset"
            if self.washes and wash and row["proceeds"] < row["cost"]:
                self.wash(row)

    def note(self, event, parcel, part, proceeds, cost, rule, since=None):
        """A row of a disposal."""
        since = since or parcel.held_since
        row = {"event": event, "parcel": parcel, "quantity": part, "proceeds": proceeds, "cost": cost}
        row |= {"since": since, "disallowed": Fraction(0), "rule": rule, "security": parcel.security}
        row |= {"term": self.term(parcel, since, event.date), "index": len(self.disposals), "account": parcel.account}
        self.tell(event, parcel, rule, part, -cost)
        self.disposals.append(row)
        return row

    # Wash sales

    def identical(self, security):
        root = self.root(security)
        groups = ({self.root(name) for name in group["securities"]} for group in self.groups)
        return next((group for group in groups if root in group), {root})

    def ratio(self, security, after, before):
        """How many shares one share becomes by the splits between two events."""
        ratio = Fraction(1)
        for event in self.events[after.position + 1 : before.position]:
            if event.kind in ("split", "bonusShares") and self.root(event.security) == self.root(security):
                ratio *= Fraction(event.document["to"], event.document["from"])
        return ratio

    def wash(self, row):
        """Finds what replaces the shares of a row, in the order of acquisition."""
        sale, sold, wanted = row["event"], row["parcel"], row["quantity"]
        loss, whole, replaced = row["cost"] - row["proceeds"], row["quantity"], Fraction(0)
        identical = {name for name in self.identical(row["security"]) if self.kinds.get(name) != "digitalAsset"}
        for purchase in self.events:
            fits = purchase.bought and self.root(purchase.bought) in identical and purchase is not sold.purchase
            if not fits or abs(purchase.date - sale.date) > WINDOW:
                continue
            if purchase.done:
                for parcel in sorted(self.parcels, key=lambda parcel: parcel.place):
                    if parcel.purchase is purchase and not parcel.replaces and parcel.purchased:
                        part = min(parcel.quantity, wanted - replaced)
                        if part:
                            amount = self.part_of_loss(sold, loss, whole, replaced, part)
                            replaced += part
                            self.replace(sale, parcel, row, part, amount)
            elif purchase.kind == "merger":
                raise NotCovered("shares of a taxable merger that replace what was sold before it")
            else:
                ratio = self.ratio(row["security"], sale, purchase)
                free = purchase.quantity - sum(claim[1] for claim in purchase.claims)
                part = min(free, (wanted - replaced) * ratio)
                if part:
                    amount = self.part_of_loss(sold, loss, whole, replaced, part / ratio)
                    replaced += part / ratio
                    purchase.claims.append((row, part, amount))

    def part_of_loss(self, sold, loss, whole, before, part):
        upto = self.rounded(loss * ((before + part) / whole), sold.security)
        return upto - self.rounded(loss * (before / whole), sold.security)

    def replace(self, event, parcel, row, quantity, loss):
        """Sets the shares of a parcel apart that replace those of a row, and moves the loss and the holding period."""
        for_good = not self.taxable(parcel.account)
        pool = self.pool(parcel.account, parcel.security, event.date)
        if quantity < parcel.quantity or event.kind not in ACQUISITIONS:
            parcel = self.set_apart(event, parcel, quantity)
        parcel.replaces = True
        row["disallowed"] += loss
        if for_good:
            self.tell(event, parcel, "washSaleLossForGood", quantity, Fraction(0), row["parcel"].id)
        else:
            days = (row["event"].date - row["since"]).days
            # No calendar has a day before the first one.
            parcel.since = date.fromordinal(max(parcel.held_since.toordinal() - days, 1))
            parcel.set(parcel.quantity, self.left(parcel) + loss)
            if pool:
                self.add(pool, Fraction(0), loss)
            self.tell(event, parcel, "washSaleReplacement", quantity, loss, row["parcel"].id)
        self.wash_sales.append((row, parcel, quantity, loss, for_good))

    def set_apart(self, event, parcel, quantity):
        cost = self.take(parcel, quantity)
        if (parcel.account, parcel.security) in self.pools:
            cost = Fraction(0)
        apart = self.part_of(parcel, quantity, cost)
        self.tell(event, parcel, "setApart", quantity, -cost, apart.id)
        self.tell(event, apart, "setApart", quantity, cost, parcel.id)
        return apart

    # Answers

    def book(self):
        # Absent if there are none.
        probable = lots_probable.rows(self, ACQUISITIONS)
        return self.certain() | ({"probableWashSales": probable} if probable else {})

    def certain(self):
        return {
            "currency": self.currency,
            "lots": self.open_lots(),
            "shortPositions": [],
            "disposals": [self.disposal(row) for row in self.disposals],
            "washSales": [self.wash_sale(*entry) for entry in self.wash_sales],
            "distributionGains": [
                {"event": event.index, "lot": parcel.id, "date": event.date, "gain": gain, "term": term}
                | (self.foreign(parcel.security, *abroad) if abroad else {})
                for event, parcel, gain, term, abroad in self.gains
            ],
            "given": [self.in_account(row.pop("account")) | row | shares(row["quantity"]) for row in self.given],
            "years": self.years(),
        }

    def open_lots(self):
        rows, self.costs = [], []
        order = [None, *self.treatments]
        positions = {(p.account, p.security) for p in self.parcels}
        for account, security in sorted(positions, key=lambda key: (order.index(key[0]), key[1])):
            held = self.position(account, security)
            costs = [self.left(parcel) for parcel in held]
            if (account, security) in self.pools and held:
                left = self.left(self.pools[account, security])
                costs = self.shared(left, [p.quantity for p in held], security)
            self.costs += [(parcel.id, cost) for parcel, cost in zip(held, costs)]
            for parcel, cost in zip(held, costs):
                row = {"id": parcel.id, "security": security, "acquisitionDate": parcel.acquired}
                row |= self.in_account(account) | shares(parcel.quantity)
                row |= {"costPerShare": places(in_book(cost) / parcel.quantity, 4), "totalCost": in_book(cost)}
                row |= self.amount_abroad("foreignCost", security, cost)
                if parcel.held_since < parcel.acquired:
                    row["heldSince"] = parcel.since
                if parcel.loss is not None:
                    row["lossBasis"] = self.loss_left(parcel)
                rows.append(row)
        return rows

    def in_account(self, account):
        return {} if account is None or self.together else {"account": account}

    def amount_abroad(self, name, security, amount):
        if not isinstance(amount, Both):
            return {}
        return {name: {"currency": self.currencies.of[security], "amount": amount.abroad}}

    def foreign(self, security, cost, proceeds):
        """A gain in parts, of a security in another currency."""
        if not isinstance(cost, Both):
            return {}
        return lots_currency.told(self.currencies.of[security], cost, proceeds, self.unit)

    def disposal(self, row):
        parcel, event = row["parcel"], row["event"]
        abroad = self.foreign(row["security"], row["cost"], row["proceeds"])
        row = row | {name: in_book(row[name]) for name in ("cost", "proceeds", "disallowed")}
        told = {"event": event.index, "lot": parcel.id, "security": row["security"]}
        told |= {"acquisitionDate": parcel.acquired, "saleDate": event.date, "term": row["term"], "rule": row["rule"]}
        told |= {"proceeds": row["proceeds"], "cost": row["cost"], "disallowedLoss": row["disallowed"]}
        told["gain"] = row["proceeds"] - row["cost"] + row["disallowed"]
        account = row["account"]
        told |= abroad | {"taxable": self.taxable(account)}
        return told | self.in_account(account) | shares(row["quantity"])

    def wash_sale(self, row, parcel, quantity, loss, for_good):
        told = {"disposal": row["index"], "replacement": parcel.id, "permanent": for_good}
        told |= {"disallowedLoss": in_book(loss)} | self.amount_abroad("foreignLoss", parcel.security, loss)
        return told | shares(quantity)

    def years(self):
        """The totals of the tax years in which a taxable account had a gain, a loss or income."""
        names = ("proceeds", "cost", "disallowedLoss", "gain")
        years = {}

        def year(when):
            empty = {"shortTerm": dict.fromkeys(names, Fraction(0)), "longTerm": dict.fromkeys(names, Fraction(0))}
            return years.setdefault(when.year, {"year": when.year} | empty | {"dividends": Fraction(0)})

        for row in map(self.disposal, self.disposals):
            if row["taxable"]:
                for name in names:
                    year(row["saleDate"])[row["term"] + "Term"][name] += row[name]
        for event, _, gain, term, _ in self.gains:
            for name in ("proceeds", "gain"):
                year(event.date)[term + "Term"][name] += gain
        for when, account, amount in self.dividends:
            if self.taxable(account):
                year(when)["dividends"] += amount
        return [years[number_] for number_ in sorted(years)]


def shares(quantity):
    """A number of shares, and the fraction if no decimal is as much."""
    if 10**200 % quantity.denominator == 0:
        return {"quantity": quantity}
    return {"quantity": places(quantity, 18), "quantityFraction": f"{quantity.numerator}/{quantity.denominator}"}


def book(request):
    """`lots.book`."""
    return Book(request).run().book()


def explain(request):
    """`lots.explain`."""
    kept = Book(request["book"]).run()
    steps = [
        step | shares(step["quantity"]) | {"basisChange": in_book(step["basisChange"])}
        for parcel, step in kept.trail
        if request["lot"] in (parcel.id, parcel.purchase.id)
    ]
    if not steps:
        raise NotCovered("a lot that does not exist")
    return {"steps": steps}


OPERATIONS = {"lots.book": book, "lots.explain": explain}
