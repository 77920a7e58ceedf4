"""`lots.plan_sales` by looking at every choice of whole shares, for books of a few lots.

Of all choices that meet the target as the reference page says, cash and a weight reached and passed by no more than a share of one
lot, a loss and a gain not passed and missed by less than any share that could be added, the one with the least tax, and of equal ones the one that sells least. The
bound of the answer is that of `lots_plans.py`, where it is tried; here it is left to the vector.
"""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import lots
from lots_plans import Candidates, reach
from support import QUOTED, NotCovered, cents, number

MOST = 500_000


def plan(request):
    """`lots.plan_sales`."""
    if not request.get("wholeShares", True):
        raise NotCovered("fractions of shares")
    until = date.fromisoformat(request["asOf"])
    events = [event for event in request["book"]["events"] if date.fromisoformat(event["date"]) <= until]
    request = request | {"book": request["book"] | {"events": events}}
    if request["target"].get("reinvested") is False:
        request = request | {"target": paid_out(request)}
    candidates = Candidates(request)
    washed = left_out(request, candidates, until)
    adds, amount, must = reach(request, candidates)
    able = [lot for lot in candidates.lots if adds(lot) > 0 and lot["id"] not in washed]
    size = 1
    for lot in able:
        size *= lot["shares"] + 1
    if size > MOST:
        raise NotCovered("a book of too many choices")
    best = min(choices(able, adds, amount, must), default=None)
    if best is None:
        raise NotCovered("a target that cannot be met")
    return told(candidates, able, best[-1], washed, until) | {"leftOut": reasons(request, candidates, able, washed)}


def paid_out(request):
    """A weight of what is left when the proceeds are paid out, as the cash that it takes from the security."""
    aim, candidates = request["target"], Candidates(request)
    weight, worth = number(aim["weight"]), candidates.worth[aim["security"]]
    over = (worth - weight * sum(candidates.worth.values())) / (1 - weight)
    return aim | {"over": over}


def left_out(request, candidates, today):
    """The lots whose loss another purchase of the last 30 days would disallow."""
    if request.get("washSales", "avoid") != "avoid":
        return set()
    kept = lots.Book(request["book"]).run()
    recent = [
        parcel
        for parcel in kept.parcels
        if parcel.quantity and parcel.acquired >= today - lots.WINDOW and not parcel.replaces
    ]
    purchases = {parcel.id: parcel.purchase for parcel in kept.parcels}
    return {
        lot["id"]
        for lot in candidates.lots
        if lot["gain"] < 0
        and any(p.security == lot["security"] and p.purchase is not purchases[lot["id"]] for p in recent)
    }


def choices(able, adds, amount, must):
    """Each choice that meets the target: its tax, what it sells, and the numbers of shares."""
    largest = max((adds(lot) for lot in able), default=Fraction(0))
    for counts in product(*(range(lot["shares"] + 1) for lot in able)):
        value = sum((adds(lot) * count for lot, count in zip(able, counts)), Fraction(0))
        if must:
            meets = amount <= value <= amount + largest
        else:
            rest = [adds(lot) for lot, count in zip(able, counts) if count < lot["shares"]]
            meets = value <= amount and all(value + share > amount for share in rest)
        if meets:
            tax = sum((lot["tax"] * count for lot, count in zip(able, counts)), Fraction(0))
            worth = sum((lot["price"] * count for lot, count in zip(able, counts)), Fraction(0))
            yield tax, worth, counts


def reasons(request, candidates, able, washed):
    """Why lots are not chosen from: a loss that would be disallowed, or nothing that they add to the target."""
    only = request["target"].get("security")
    others = [lot for lot in candidates.lots if lot not in able and only in (None, lot["security"])]
    rows = [{"lot": lot["id"], "reason": "washSale"} for lot in others if lot["id"] in washed]
    return rows + [{"lot": lot["id"], "reason": "offTarget"} for lot in others if lot["id"] not in washed]


def told(candidates, able, counts, washed, today):
    rows, gains = [], {"short": Fraction(0), "long": Fraction(0)}
    for lot, count in zip(able, counts):
        if count:
            gain = cents(lot["gain"] * count)
            gains[lot["term"]] += gain
            proceeds = cents(lot["price"] * count)
            row = {"lot": lot["id"], "security": lot["security"], "quantity": Fraction(count), "proceeds": proceeds}
            rows.append(row | {"cost": proceeds - gain, "gain": gain, "term": lot["term"]})
    rows.sort(key=lambda row: row["security"])
    losses = sorted({row["security"] for row in rows if row["gain"] < 0})
    tax = sum((lot["tax"] * count for lot, count in zip(able, counts)), Fraction(0))
    return {
        "sales": rows,
        "proceeds": sum((row["proceeds"] for row in rows), Fraction(0)),
        "shortTermGain": gains["short"],
        "longTermGain": gains["long"],
        "tax": cents(tax),
        "lowerBound": QUOTED,
        "gap": QUOTED,
        "doNotBuyUntil": today + timedelta(days=30) if losses else None,
        "soldAtLoss": losses,
    }


OPERATIONS = {"lots.plan_sales": plan}
