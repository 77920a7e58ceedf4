"""`lots.reconcile`: rows of Form 1099-B beside the sales of the book of `lots.py`, by the rounds of the reference page.

What is filed follows the instructions for Form 8949, columns (e) to (h): of a row whose basis was reported the broker's figures, with
an adjustment that leads to the book's gain and the codes B, D, E, O, T and W; of another the book's cost. A row that stands for
lots of both terms is covered where it agrees with them.
"""

from datetime import date
from fractions import Fraction

import lots_reports
from support import QUOTED, NotCovered, day, number

ZERO = Fraction(0)
# How far the quantities of a group may be apart, for each lot and row.
ROUGH = Fraction(5, 10_000)


class Row:
    """A row of a broker."""

    def __init__(self, document, names, only_account):
        self.document, self.security = document, names.get(document["security"], document["security"])
        self.account = document.get("account") or only_account
        self.quantity, self.sold = number(document["quantity"]), day(document["dateSold"])
        self.acquired, self.term = day(document.get("dateAcquired")), document.get("term")
        self.proceeds, self.cost = number(document["proceeds"]), number(document.get("cost"))
        self.disallowed = number(document.get("disallowedLoss", "0"))
        self.discount = number(document.get("accruedDiscount", "0"))
        self.reported, self.lots, self.by = document["basisReported"], [], "nothing"

    def place(self):
        return (self.account, self.security, self.sold)


class Sold:
    """Shares of a lot that the book has sold."""

    def __init__(self, sales, index):
        entry, told = sales.kept.disposals[index], sales.answer["disposals"][index]
        self.index, self.parcel, self.event, self.told = index, entry["parcel"], entry["event"], told
        self.account, self.security, self.sold = told.get("account"), told["security"], told["saleDate"]
        self.days = {told["acquisitionDate"], entry["since"]}
        self.quantity, self.free = entry["quantity"], True
        self.proceeds, self.cost, self.disallowed = told["proceeds"], told["cost"], told["disallowedLoss"]
        self.term, self.gain = told["term"], told["gain"]

    def place(self):
        return (self.account, self.security, self.sold)


class Reconciliation:
    def __init__(self, request):
        self.sales = lots_reports.Sales({"book": request["book"]})
        kept, self.year = self.sales.kept, request["year"]
        names = {entry["name"]: entry["security"] for entry in request.get("names", [])}
        self.rounding = number(request.get("rounding", "0.01"))
        self.rows = [Row(document, names, kept.only_account) for document in request["rows"]]
        mine = [n for n, told in enumerate(self.sales.answer["disposals"]) if told["taxable"]]
        sold = [Sold(self.sales, n) for n in mine]
        self.sold = [entry for entry in sold if entry.sold.year == self.year]
        self.split = {event.security for event in kept.events if event.kind in ("split", "bonusShares")}
        self.match()

    # Matching

    def match(self):
        self.one_by_one("exact", self.agrees)
        self.one_by_one("lot", lambda row, lot: row.acquired in lot.days)
        self.one_by_one("sale", lambda row, lot: row.term == lot.term)
        self.one_by_one("sale", lambda row, lot: True)
        self.groups("group", lambda entry: (*entry.place(), entry.term), self.same_quantity)
        self.groups("group", lambda entry: entry.place(), self.same_quantity)
        self.groups("proceeds", lambda entry: entry.place(), self.same_proceeds)

    def agrees(self, row, lot):
        same = row.acquired in lot.days and row.term == lot.term
        return same and (row.proceeds, row.cost, row.disallowed) == (lot.proceeds, lot.cost, lot.disallowed)

    def one_by_one(self, name, fits):
        for row in self.rows:
            for lot in self.sold:
                same = row.place() == lot.place() and row.quantity == lot.quantity
                if not row.lots and lot.free and same and fits(row, lot):
                    row.lots, row.by, lot.free = [lot], name, False

    def groups(self, name, key, fits):
        for group in dict.fromkeys(key(row) for row in self.rows if not row.lots):
            rows = [row for row in self.rows if not row.lots and key(row) == group]
            lots = [lot for lot in self.sold if lot.free and key(lot) == group]
            if not lots or not fits(rows, lots):
                continue
            if len(rows) > 1:
                raise NotCovered("several rows for several lots")
            rows[0].lots, rows[0].by = lots, name
            for lot in lots:
                lot.free = False

    def same_quantity(self, rows, lots):
        apart = abs(sum(row.quantity for row in rows) - sum(lot.quantity for lot in lots))
        near = apart <= ROUGH * (len(rows) + len(lots))
        return not apart or near and sum(r.proceeds for r in rows) == sum(lot.proceeds for lot in lots)

    def same_proceeds(self, rows, lots):
        same = sum(row.proceeds for row in rows) == sum(lot.proceeds for lot in lots)
        return same and rows[0].security in self.split

    # What differs

    def differences(self, row):
        if not row.lots:
            return [{"reason": "missingInBook", "figure": "sale"}]
        found, near = [], self.rounding * len(row.lots)
        other = row.acquired is not None and not any(row.acquired in lot.days for lot in row.lots)
        if other:
            found.append({"reason": "otherLot", "figure": "dateAcquired"})
        apart = self.sum(row, "proceeds") - row.proceeds
        if apart:
            reason = "rounding" if abs(apart) <= near else "wrongProceeds"
            found.append({"reason": reason, "figure": "proceeds", "amount": apart})
        apart = self.sum(row, "cost") - (row.cost or ZERO)
        if apart:
            reason = "rounding" if abs(apart) <= near and row.cost is not None else self.why_cost(row, apart, other)
            found.append({"reason": reason, "figure": "cost", "amount": apart})
        apart = self.sum(row, "disallowed") - row.disallowed
        if apart:
            reason = "rounding" if abs(apart) <= near else self.why_loss(row, apart)
            found.append({"reason": reason, "figure": "disallowedLoss", "amount": apart})
        if row.term and {lot.term for lot in row.lots} != {row.term}:
            found.append({"reason": "wrongTerm", "figure": "term"})
        return found

    def sum(self, row, name):
        return sum((getattr(lot, name) for lot in row.lots), ZERO)

    def why_cost(self, row, apart, other):
        """By the other lot; by what happened to the lot, if it makes up the difference; then by the rest."""
        if other:
            return "otherLot"
        changes = {"washSaleReplacement": ZERO, "returnOfCapital": ZERO}
        for lot in row.lots:
            for parcel, step in self.sales.kept.trail:
                if parcel is lot.parcel and step["rule"] in changes:
                    # What was sold of the lot has its share of the change.
                    changes[step["rule"]] += step["basisChange"] * lot.quantity / step["quantity"]
        if apart == changes["washSaleReplacement"] and apart:
            return "washSaleAcrossAccounts" if self.across(row, "parcel") else "washSaleOfBook"
        if apart == changes["returnOfCapital"] and apart:
            return "returnOfCapital"
        if not row.reported:
            return "uncoveredLot"
        return "corporateAction" if row.by == "proceeds" else "wrongBasis"

    def why_loss(self, row, apart):
        if apart < 0:
            return "washSaleOfBroker"
        return "washSaleAcrossAccounts" if self.across(row, "sale") else "washSaleOfBook"

    def across(self, row, side):
        """Whether a wash sale of the lots has its other side in another account or another security."""
        found = set()
        for entry, parcel, *_ in self.sales.kept.wash_sales:
            for lot in row.lots:
                concerns = parcel is lot.parcel if side == "parcel" else entry["index"] == lot.index
                if concerns:
                    found.add((entry["account"], entry["security"]) != (parcel.account, parcel.security))
        if len(found) > 1:
            raise NotCovered("wash sales within the account and across accounts")
        return True in found

    # What is filed

    def filed(self, row):
        if not row.lots:
            box = lots_reports.BOXES[row.term or "short", "basis" if row.reported else "proceedsOnly"]
            told = {"formBox": box, "description": self.described(row), "disposals": [], "proceeds": row.proceeds}
            told |= {
                "cost": row.cost or ZERO,
                "dateSold": row.sold,
                "codes": "",
                "adjustment": ZERO,
                "inherited": False,
            }
            return [told | {"gain": row.proceeds - (row.cost or ZERO)}]
        terms = [term for term in ("short", "long") if any(lot.term == term for lot in row.lots)]
        if len(terms) == 1:
            return [self.one_term(row, row.lots, row.proceeds, row.cost)]
        if self.differences(row):
            raise NotCovered("a row of both terms that differs")
        parts = [[lot for lot in row.lots if lot.term == term] for term in terms]
        totals = [(sum(lot.proceeds for lot in part), sum(lot.cost for lot in part)) for part in parts]
        return [self.one_term(row, part, *total) for part, total in zip(parts, totals)]

    def described(self, row, lots=()):
        if "description" in row.document:
            return row.document["description"]
        digital = self.sales.kept.kinds.get(row.security) == "digitalAsset"
        shares = sum((lot.quantity for lot in lots), ZERO) or row.quantity
        if 10**200 % shares.denominator:
            return QUOTED
        return f"{lots_reports.plain(shares)} {'' if digital else 'sh. '}{row.security}"

    def one_term(self, row, lots, proceeds, cost):
        near, term = self.rounding * len(lots), lots[0].term
        book = {name: sum((getattr(lot, name) for lot in lots), ZERO) for name in ("proceeds", "cost", "disallowed")}
        codes, adjustment = set(), book["disallowed"]
        apart = book["proceeds"] - proceeds
        if abs(apart) > near:
            codes.add("E" if self.fees(lots) else "O")
            adjustment += apart
        if not row.reported:
            if row.cost is not None and abs(book["cost"] - row.cost) > near:
                codes.add("B")
            cost = book["cost"]
        elif abs(book["cost"] - cost) > near:
            codes.add("B")
            adjustment += cost - book["cost"]
        if row.term and row.term != term:
            codes.add("T")
        if book["disallowed"] or row.disallowed:
            codes.add("W")
        if row.discount:
            codes.add("D")
            adjustment -= row.discount
        box = lots_reports.BOXES[term, "basis" if row.reported else "proceedsOnly"]
        if self.sales.kept.kinds.get(row.security) == "digitalAsset" and row.sold >= date(2025, 1, 1):
            box = lots_reports.DIGITAL[box]
        days = {lots_reports.acquired(self.sales.kept.disposals[lot.index]["parcel"], lot.told) for lot in lots}
        told = {"formBox": box, "description": self.described(row, lots if len(lots) < len(row.lots) else ())}
        told |= lots_reports.column_b(days.pop() if len(days) == 1 else None)
        told |= {"dateSold": row.sold, "proceeds": proceeds}
        told |= {"cost": cost, "codes": "".join(sorted(codes)), "adjustment": adjustment}
        return told | {"gain": proceeds - cost + adjustment, "disposals": [lot.index for lot in lots]}

    def fees(self, lots):
        return sum((number(lot.event.document.get("fees", "0")) for lot in lots), ZERO)

    def answer(self):
        rows, filed = [], []
        for row in self.rows:
            made = self.filed(row)
            filed += made
            told = {"matchedBy": row.by, "lots": [shown(lot) for lot in row.lots], "differences": self.differences(row)}
            less = bool(row.lots) and self.sum(row, "disallowed") < row.disallowed - self.rounding * len(row.lots)
            rows.append(told | {"filed": made, "needsStatement": less})
        missing = [lot for lot in self.sold if lot.free]
        for lot in missing:
            made = lots_reports.shown(self.sales.row(lot.index, self.sales.kept.disposals[lot.index], lot.told))
            made.setdefault("description", QUOTED)
            box = lots_reports.BOXES[lot.term, "nothing"]
            digital = self.sales.kept.kinds.get(lot.security) == "digitalAsset" and lot.sold >= date(2025, 1, 1)
            filed.append(made | {"formBox": lots_reports.DIGITAL[box] if digital else box})
        gains = [entry for entry in self.sales.kept.gains if entry[0].date.year == self.year]
        filed += [lots_reports.shown(self.sales.distribution(*entry[:4])) for entry in gains]
        filed.sort(key=lambda row: (row["formBox"], row["dateSold"]))
        sums = {}
        for row in filed:
            total = sums.setdefault(row["formBox"], dict.fromkeys(lots_reports.COLUMNS, ZERO))
            for column in lots_reports.COLUMNS:
                total[column] += row[column]
        form = {"shortTerm": [row for row in filed if row["formBox"] in "abcghi"]}
        form |= {"longTerm": [row for row in filed if row["formBox"] in "defjkl"]}
        form |= {"totals": [{"formBox": box} | sums[box] for box in sorted(sums)]}
        form |= self.sales.probable(self.year)
        return {"rows": rows, "missingAtBroker": [lot.told for lot in missing], "form": form}


def shown(lot):
    quantity = lot.told["quantity"]
    told = {"disposal": lot.index, "lot": lot.told["lot"], "quantity": quantity, "proceeds": lot.proceeds}
    return told | {"cost": lot.cost, "disallowedLoss": lot.disallowed, "term": lot.term}


def reconcile(request):
    """`lots.reconcile`."""
    return Reconciliation(request).answer()


OPERATIONS = {"lots.reconcile": reconcile}
