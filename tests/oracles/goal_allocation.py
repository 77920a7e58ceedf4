"""Money of several accounts shared among goals, by the bounds of all sets of goals, in exact fractions.

What goals get can be paid if and only if no set of goals gets more than the accounts that serve one of them hold (Hall's
theorem for flows). So a goal of the waterfall gets the least room of all sets that contain it, and the least funded ratio
can be raised to the least, over all sets, of what is there over what is needed.
"""

from fractions import Fraction
from itertools import combinations
from math import floor

from support import minor_unit, number, places

RANK = {"high": 0, "medium": 1, "low": 2}


class Market:
    """Goals and the accounts that serve them."""

    def __init__(self, request):
        self.unit = minor_unit(request.get("currency", "USD"))
        self.balances = {account["id"]: number(account["balance"]) for account in request["accounts"]}
        self.goals = request["goals"]
        self.needs = [number(goal["need"]) for goal in self.goals]
        self.serves = [set(goal.get("accounts") or self.balances) for goal in self.goals]
        size = len(self.goals)
        self.sets = [subset for count in range(1, size + 1) for subset in combinations(range(size), count)]
        self.reach = {subset: self.held(subset) for subset in self.sets}

    def held(self, subset):
        return sum(self.balances[name] for name in set().union(*(self.serves[goal] for goal in subset)))


def waterfall(market):
    order = sorted(
        range(len(market.goals)),
        key=lambda i: (RANK[market.goals[i].get("priority", "medium")], market.goals[i].get("targetDate") or "9999", i),
    )
    given = {}
    for goal in order:
        margins = [
            market.reach[subset] - sum(given[other] for other in subset if other != goal)
            for subset in market.sets
            if goal in subset and all(other == goal or other in given for other in subset)
        ]
        given[goal] = min(market.needs[goal], *margins)
    return [given[goal] for goal in range(len(market.goals))]


def raised(market):
    """The funded ratio of each goal, the least one raised as far as can be, then the next."""
    ratios = {}
    while len(ratios) < len(market.goals):
        best, tight = Fraction(1), set()
        for subset in market.sets:
            free = [goal for goal in subset if goal not in ratios]
            if not free:
                continue
            left = market.reach[subset] - sum(ratios[goal] * market.needs[goal] for goal in subset if goal in ratios)
            ratio = left / sum(market.needs[goal] for goal in free)
            if ratio < best:
                best, tight = ratio, set(free)
            elif ratio == best:
                tight |= set(free)
        free = [goal for goal in range(len(market.goals)) if goal not in ratios]
        for goal in tight or free:
            ratios[goal] = best
    return [ratios[goal] * market.needs[goal] for goal in range(len(market.goals))]


def proportional(market):
    """Each account in turn, shared in proportion to what is still needed, by largest remainders."""
    left, lines = list(market.needs), []
    for name, balance in market.balances.items():
        served = [goal for goal in range(len(left)) if name in market.serves[goal] and left[goal] > 0]
        total = sum(left[goal] for goal in served)
        pot = min(balance, total)
        exact = {goal: pot * left[goal] / total / market.unit for goal in served} if total else {}
        units = {goal: floor(share) for goal, share in exact.items()}
        spare = int(pot / market.unit) - sum(units.values())
        for goal in sorted(served, key=lambda goal: (units[goal] - exact[goal], goal))[:spare]:
            units[goal] += 1
        for goal in served:
            left[goal] -= units[goal] * market.unit
            if units[goal]:
                lines.append({"account": name, "goal": market.goals[goal]["id"], "amount": units[goal] * market.unit})
    return [need - rest for need, rest in zip(market.needs, left, strict=True)], lines


def allocate(request):
    """`goals.allocate`. Ratios of `raiseLeastFunded` are those before rounding to minor units."""
    market, method = Market(request), request.get("method", "priority")
    lines = None
    if method == "proportional":
        given, lines = proportional(market)
    else:
        given = waterfall(market) if method == "priority" else raised(market)
    total = sum(given)
    result = {
        "goals": [
            {"id": goal["id"], "allocated": got, "shortfall": need - got, "fundedRatio": places(got / need, 6)}
            for goal, got, need in zip(market.goals, given, market.needs, strict=True)
        ],
        "totalNeed": sum(market.needs),
        "totalAllocated": total,
        "totalUnallocated": sum(market.balances.values()) - total,
    }
    if lines is None:
        return result
    paid = {name: sum(line["amount"] for line in lines if line["account"] == name) for name in market.balances}
    accounts = [
        {"id": name, "allocated": paid[name], "unallocated": balance - paid[name]}
        for name, balance in market.balances.items()
    ]
    return result | {"accounts": accounts, "lines": lines}


OPERATIONS = {"goals.allocate": allocate}
