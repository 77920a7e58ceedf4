"""The statistics of many paths of a retirement plan, by numpy: quantiles of type 7, deviations with divisor n - 1.

The paths are those of `retirement_plan.py`. A market without chance has one path, which stands for all.
"""

import itertools
from math import sqrt

import numpy as np

from retirement_plan import Plan, Run, is_certain, markets, summary
from support import NotCovered

PERCENTILES = [5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]
NORMAL_95 = 1.959963984540054


class Paths:
    """All paths of a plan."""

    def __init__(self, document, change=None):
        found = markets(document)
        wanted = document.get("paths", 10000)
        certain = is_certain(document["market"])
        self.count = wanted if certain else min(wanted, len(found))
        found = [change(market) for market in found] if change else found
        runs = [Run(document, market) for market in found[: 1 if certain else self.count]]
        self.document = document
        self.runs = runs * self.count if certain else runs
        self.summaries = [summary(document, run, number) for number, run in enumerate(self.runs)]

    def column(self, name):
        return np.array([float(one[name]) for one in self.summaries])

    def success(self):
        return success_of(np.array([one["success"] for one in self.summaries]))


def success_of(flags):
    """A share of paths with its standard error and Wilson's interval."""
    count, share = len(flags), float(flags.mean())
    z2 = NORMAL_95**2 / count
    centre = (share + z2 / 2) / (1 + z2)
    half = NORMAL_95 / (1 + z2) * sqrt(share * (1 - share) / count + z2 / (4 * count))
    return {
        "probability": share,
        "standardError": sqrt(share * (1 - share) / count),
        "wilsonLower": centre - half,
        "wilsonUpper": centre + half,
    }


def distribution(values, percentiles):
    """The mean, the deviation and the percentiles of some numbers; None where there are none."""
    if len(values) == 0:
        return None
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    shown = [{"percentile": p, "value": float(np.percentile(values, p))} for p in percentiles]
    return {"mean": float(np.mean(values)), "standardDeviation": spread, "percentiles": shown}


def outcome(paths):
    """What becomes of a plan, in a few numbers."""
    real = paths.column("terminalReal")
    return {
        "success": paths.success(),
        "medianTerminalNominal": float(np.median(paths.column("terminalNominal"))),
        "medianTerminalReal": float(np.median(real)),
        "meanTerminalReal": float(real.mean()),
        "expectedShortfall": float(paths.column("shortfall").mean()),
    }


def difference(before, after):
    """How one plan differs from another on the same paths."""
    old, new = (np.array([one["success"] for one in paths.summaries]) for paths in (before, after))
    gained, lost, count = int((new & ~old).sum()), int((old & ~new).sum()), len(old)
    change = after.column("terminalReal") - before.column("terminalReal")
    return {
        "successProbability": (gained - lost) / count,
        "standardError": sqrt(gained + lost - (gained - lost) ** 2 / count) / count,
        "gainedPaths": gained,
        "lostPaths": lost,
        "medianTerminalReal": float(np.median(after.column("terminalReal")) - np.median(before.column("terminalReal"))),
        "meanTerminalReal": float(change.mean()),
        "meanStandardError": float(np.std(change, ddof=1) / sqrt(count)) if count > 1 else 0.0,
    }


def shortfalls(paths, percentiles):
    short = [one for one in paths.summaries if one["yearsShort"]]
    born = paths.document["people"][0]["birthYear"]
    return {
        "share": len(short) / paths.count,
        "expected": float(paths.column("shortfall").mean()),
        "amount": distribution([one["shortfall"] for one in short], percentiles),
        "yearsShort": distribution([one["yearsShort"] for one in short], percentiles),
        "depletionAge": distribution([one["depletionYear"] - born for one in short], percentiles),
    }


def early_returns(paths):
    """The mean real return of the plan's allocation in the first ten years of retirement, compounded, for each path."""
    _document, plan = paths.document, Plan(paths.document)
    returns = []
    for run in paths.runs:
        first = max(run.start - plan.first, 0)
        years = range(first, min(first + 10, plan.years))
        growth = 1.0
        for index in years:
            factors, rise = run.market(index)
            weights = plan.weights({}, plan.first + index)
            growth *= sum(w * f for w, f in zip(weights, factors, strict=True)) / (1 + rise)
        returns.append(growth ** (1 / len(years)) - 1)
    return np.array(returns)


def sequence(paths):
    """How much the first years decide: fifths by the early return."""
    early, left = early_returns(paths), paths.column("terminalReal")
    wins = np.array([one["success"] for one in paths.summaries])
    order, count = np.argsort(early, kind="stable"), paths.count
    bounds = [index * count // 5 for index in range(6)]
    quintiles = []
    for number, (low, high) in enumerate(itertools.pairwise(bounds), 1):
        part = order[low:high]
        if len(part):
            quintiles.append(
                {
                    "quintile": number,
                    "paths": len(part),
                    "lowestReturn": float(early[part].min()),
                    "meanReturn": float(early[part].mean()),
                    "highestReturn": float(early[part].max()),
                    "successProbability": float(wins[part].mean()),
                    "meanTerminalReal": float(left[part].mean()),
                    "medianTerminalReal": float(np.median(left[part])),
                }
            )
    varies = np.ptp(early) > 0 and np.ptp(left) > 0
    return {"correlation": float(np.corrcoef(early, left)[0, 1]) if varies else None, "quintiles": quintiles}


def fan(paths, percentiles):
    """The balances at the start and at the end of each year."""
    opening = sum(account["balance"] for account in paths.document["accounts"])
    rows = [{"year": 0, "percentile": p, "nominal": opening, "real": opening} for p in percentiles]
    for index in range(len(paths.runs[0].rows)):
        nominal = [run.rows[index]["closing"] for run in paths.runs]
        real = [run.rows[index]["realClosing"] for run in paths.runs]
        for p in percentiles:
            one, other = float(np.percentile(nominal, p)), float(np.percentile(real, p))
            rows.append({"year": index + 1, "percentile": p, "nominal": one, "real": other})
    return rows


def amounts(row):
    """What a year of a path brings, costs and leaves, by the names of the means: what flows, and what is there at its end."""
    taxes, shortfall = row["taxes"], row["shortfall"]
    flows = {
        "income": row["totalIncome"] - row["benefits"],
        "socialSecurity": row["benefits"],
        "due": row["totalDue"],
        "debtPayments": row["paidOnDebts"],
        "contributions": row["contributions"],
        "employerContributions": row["employers"],
        "taxes": taxes["total"] + row["taxSettlement"],
        "ordinaryTax": taxes["ordinary"],
        "gainsTax": taxes["gains"],
        "stateTax": taxes["state"],
        "penalty": taxes["penalty"],
        "taxSettlement": row["taxSettlement"],
        "spending": row["paid"],
        "shortfall": shortfall,
        "surplus": row["surplus"],
    }
    debts = sum(debt["balance"] for debt in row["debts"])
    properties = sum(item["closing"] for item in row["properties"])
    owned = {"balance": row["closing"], "debtsOwed": debts, "propertyValue": properties}
    return flows, owned | {"netWorth": row["closing"] + properties - debts}


def year_means(paths, real):
    """The means of each year, nominal or in today's money."""
    means = []
    for index, first in enumerate(paths.runs[0].rows):
        rows = [run.rows[index] for run in paths.runs]
        starts = np.array([row["priceLevel"] if real else 1.0 for row in rows])
        ends = np.array([row["closingLevel"] if real else 1.0 for row in rows])
        shown = {"year": first["year"], "running": 1.0}
        flows, owned = zip(*(amounts(row) for row in rows), strict=True)
        for name in flows[0]:
            shown[name] = float(np.mean(np.array([one[name] for one in flows]) / starts))
        for name in owned[0]:
            shown[name] = float(np.mean(np.array([one[name] for one in owned]) / ends))
        paid = np.array([[account["paidOut"] for account in row["accounts"]] for row in rows]) / starts[:, None]
        names = [account["name"] for account in first["accounts"]]
        worth = np.array([[item["closing"] for item in row["properties"]] for row in rows]) / ends[:, None]
        shown["properties"] = [
            {"property": item["name"], "value": float(mean)}
            for item, mean in zip(first["properties"], worth.mean(axis=0), strict=True)
        ]
        shown["withdrawals"] = [
            {"account": name, "amount": float(mean)} for name, mean in zip(names, paid.mean(axis=0), strict=True)
        ]
        means.append(shown)
    return means


def run(document):
    """`retirement.run`."""
    paths, percentiles = Paths(document), document.get("percentiles", PERCENTILES)
    all_paid = np.array([not one["yearsShort"] for one in paths.summaries])
    essential = np.array([one["essentialPaid"] for one in paths.summaries])
    left = np.array([one["bequestMet"] for one in paths.summaries])
    order = sorted(paths.summaries, key=lambda one: one["terminalReal"] - one["shortfall"])
    return {
        "success": paths.success(),
        "allSpendingProbability": float(all_paid.mean()),
        "essentialSpendingProbability": float(essential.mean()),
        "bequestProbability": float(left.mean()) if document.get("bequest") else None,
        "fan": fan(paths, percentiles),
        "years": year_means(paths, real=False),
        "yearsReal": year_means(paths, real=True),
        "terminalNominal": distribution(paths.column("terminalNominal"), percentiles),
        "terminalReal": distribution(paths.column("terminalReal"), percentiles),
        "lifetimeSpending": distribution(paths.column("lifetimeSpending"), percentiles),
        "shortfall": shortfalls(paths, percentiles),
        "sequenceOfReturns": sequence(paths),
        "worstPath": order[0],
        "medianPath": order[(len(order) - 1) // 2],
        "bestPath": order[-1],
        "paths": paths.count,
    }


def projection(request):
    """`retirement.projection`: scenarios at even distances from the worst path to the best."""
    paths, most = Paths(request["plan"]), request.get("scenarios", 100)
    order = sorted(paths.summaries, key=lambda one: one["terminalReal"])
    count = min(most, len(order))
    if count == 1:
        raise NotCovered("a single scenario of several")
    places = [index * (len(order) - 1) // (count - 1) for index in range(count)]

    def at(percent):
        nominal, real = paths.column("terminalNominal"), paths.column("terminalReal")
        return {"nominal": float(np.percentile(nominal, percent)), "real": float(np.percentile(real, percent))}

    return {
        "scenarios": [order[place] for place in places],
        "success": paths.success(),
        "medianOutcome": at(50),
        "bestCase": at(90),
        "worstCase": at(10),
    }


OPERATIONS = {"retirement.run": run, "retirement.projection": projection}
