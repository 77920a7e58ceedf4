"""Answers about retirement plans: boundaries found by walking a grid, changes on the same paths, stress tests.

Every answer runs whole plans by `retirement_plan.py`. Boundaries are searched by halving whole steps of the precision, and
both neighbours are run. Safe rates are exact: a path's balance at the end is what a portfolio of 1 grows to, less the rate
times what withdrawals of 1 would have grown to (Bengen 1994). Stressed years are those of `market_history.py`.
"""

import copy
from fractions import Fraction
from math import sqrt

import numpy as np

from market_history import TABLE
from retirement_plan import Plan, markets
from retirement_statistics import PERCENTILES, Paths, difference, distribution, outcome, success_of
from support import NotCovered

TESTS = {
    "greatDepression": (1929, 1932),
    "oilCrisis": (1973, 1974),
    "dotComBubble": (2000, 2002),
    "financialCrisis": (2008, 2008),
    "highInflation": (1973, 1981),
    "lostDecade": (2000, 2009),
}
LEVELS = ("annualSpending", "initialRate", "rate", "base")


def changed(plan, change):
    """A copy of a plan with one change."""
    plan = copy.deepcopy(plan)
    kind = change["kind"]
    if kind == "spending":
        policy, factor = plan["spending"]["policy"], 1 + change["relative"]
        for document in (policy, policy["rule"]):
            for name in (*LEVELS, "essentialSpending", "minimumSpending", "maximumSpending"):
                if document.get(name) is not None:
                    document[name] *= factor
    elif kind == "expectedReturn" and plan["market"]["kind"] == "lognormal":
        for one in plan["market"]["assetClasses"]:
            one["expectedReturn"] += change["shift"]
    elif kind == "inflation" and plan["market"]["kind"] == "lognormal":
        inflation = plan["market"].setdefault("inflation", {})
        inflation["expected"] = inflation.get("expected", 0) + change["shift"]
        if inflation.get("initial") is not None:
            inflation["initial"] += change["shift"]
    elif kind == "longevity":
        for person in plan["people"]:
            if change.get("person") in (None, person["name"]):
                person["mortality"]["age"] += change["years"]
    elif kind == "retirementAge":
        for person in plan["people"]:
            if change.get("person") in (None, person["name"]):
                person["retirementAge"] += change["years"]
    else:
        raise NotCovered(f"the change {kind}")
    return plan


def varied(plan, assumption, value):
    """A plan with an assumption of a tornado or a grid at a value."""
    shifts = {"expectedReturn", "inflation"}
    years = {"retirementAge", "longevity"}
    name = "shift" if assumption in shifts else "years" if assumption in years else "relative"
    return changed(plan, {"kind": assumption, name: int(value) if assumption in years else value})


def what_if(request):
    """`retirement.what_if`."""
    base, scenarios = Paths(request["plan"]), []
    for scenario in request["scenarios"]:
        plan = request["plan"]
        for change in scenario["changes"]:
            plan = changed(plan, change)
        paths = Paths(plan)
        scenarios.append({"name": scenario["name"], "outcome": outcome(paths), "difference": difference(base, paths)})
    return {"base": outcome(base), "scenarios": scenarios, "paths": base.count}


def tornado(request):
    """`retirement.tornado`."""
    base, bars = Paths(request["plan"]), []
    for bar in request["assumptions"]:
        ends = {}
        for end in ("low", "high"):
            paths = Paths(varied(request["plan"], bar["assumption"], bar[end]))
            ends[end] = {"value": bar[end], "outcome": outcome(paths), "difference": difference(base, paths)}
        one, other = (ends[end]["outcome"] for end in ("low", "high"))
        swings = {
            "successSwing": abs(one["success"]["probability"] - other["success"]["probability"]),
            "medianSwing": abs(one["medianTerminalReal"] - other["medianTerminalReal"]),
        }
        bars.append({"assumption": bar["assumption"], **ends, **swings})
    by_median = request.get("sortBy") == "medianTerminalReal"
    keys = ("medianSwing", "successSwing") if by_median else ("successSwing", "medianSwing")
    return {"base": outcome(base), "bars": sorted(bars, key=lambda bar: [-bar[key] for key in keys])}


def sensitivity_grid(request):
    """`retirement.sensitivity_grid`."""
    rows, columns, cells = request["rows"], request["columns"], []
    for row in rows["values"]:
        for column in columns["values"]:
            plan = varied(varied(request["plan"], rows["assumption"], row), columns["assumption"], column)
            cells.append({"row": row, "column": column, "outcome": outcome(Paths(plan))})
    return {"base": outcome(Paths(request["plan"])), "cells": cells}


def stressed(plan, classes, first, last):
    """What makes the first years of retirement spending those of the history."""
    start = Paths(plan).runs[0].start - plan["firstYear"]
    start = max(start, 0)
    years = {start + offset: TABLE[year] for offset, year in enumerate(range(first, last + 1))}

    def change(market):
        def year(index):
            if index not in years:
                return market(index)
            row = years[index]
            return [1 + float(row[name]) / 100 for name in classes], float(row["inflation"]) / 100

        return year

    return start, years, change


def stress_tests(request):
    """`retirement.stress_tests`."""
    plan, results = request["plan"], []
    base = Paths(plan)
    for test in request["tests"]:
        first, last = TESTS[test["kind"]] if test["kind"] in TESTS else (test["firstYear"], test["lastYear"])
        start, years, change = stressed(plan, request["historicalClasses"], first, last)
        paths = Paths(plan, change)
        real = prices = 1.0
        for index in years:
            factors, rise = change(None)(index)
            weights = Plan(plan).weights({}, plan["firstYear"] + index)
            real *= sum(w * f for w, f in zip(weights, factors, strict=True)) / (1 + rise)
            prices *= 1 + rise
        results.append(
            {
                "test": test,
                "firstYear": first,
                "lastYear": last,
                "planYear": plan["firstYear"] + start,
                "realReturn": real ** (1 / len(years)) - 1,
                "inflation": prices ** (1 / len(years)) - 1,
                "outcome": outcome(paths),
                "difference": difference(base, paths),
            }
        )
    return {"base": outcome(base), "tests": results}


def boundary(plan_with, confidence, precision, easy, hard):
    """The value nearest to `hard` that suffices, in whole steps of the precision from zero; `easy` must suffice."""
    step = Fraction(str(precision))

    def run(count):
        return Paths(plan_with(float(count * step))).success()

    low, high = round(Fraction(str(easy)) / step), round(Fraction(str(hard)) / step)
    if run(high)["probability"] >= confidence:
        return {"value": float(high * step), "success": run(high), "nextValue": None, "status": "endOfRange"}
    if run(low)["probability"] < confidence:
        raise ValueError("no solution")
    while abs(high - low) > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if run(middle)["probability"] >= confidence else (low, middle)
    return {
        "value": float(low * step),
        "success": run(low),
        "nextValue": float(high * step),
        "nextSuccessProbability": run(high)["probability"],
        "status": "boundary",
    }


def maximum_spending(request):
    """`retirement.maximum_spending`."""
    plan = request["plan"]
    name = next(name for name in LEVELS if name in plan["spending"]["policy"]["rule"])
    amount = name == "annualSpending"
    precision = request.get("precision") or (1 if amount else 0.0001)
    highest = request.get("highest") or (10**9 if amount else 1)

    def with_level(value):
        changed_plan = copy.deepcopy(plan)
        changed_plan["spending"]["policy"]["rule"][name] = value
        return changed_plan

    solution = boundary(with_level, request.get("confidence", 0.9), precision, 0, highest)
    return {"level": "amount" if amount else "share", "solution": solution}


def required_saving(request):
    """`retirement.required_saving`."""
    amount = {"kind": "fixed", "inflationLinked": request.get("inflationLinked", True)}
    amount["annualGrowth"] = request.get("annualGrowth", 0.0)

    def with_saving(value):
        plan = copy.deepcopy(request["plan"])
        saving = {"account": request["account"], "amount": amount | {"annualAmount": value}}
        moments = {name: request[name] for name in ("start", "until") if request.get(name)}
        plan.setdefault("contributions", []).append(saving | moments)
        return plan

    return boundary(with_saving, request.get("confidence", 0.9), request.get("precision", 1), request["highest"], 0)


def required_return(request):
    """`retirement.required_return`."""

    def shifted(value):
        return changed(request["plan"], {"kind": "expectedReturn", "shift": value})

    ends = request.get("highest", 0.2), request.get("lowest", -0.1)
    return boundary(shifted, request.get("confidence", 0.9), request.get("precision", 0.0001), *ends)


def earliest_retirement_age(request):
    """`retirement.earliest_retirement_age`."""
    plan, confidence = request["plan"], request.get("confidence", 0.9)
    person = next(p for p in plan["people"] if request.get("person") in (None, p["name"]))
    lowest = request.get("lowestAge")
    lowest = plan["firstYear"] - person["birthYear"] if lowest is None else lowest
    rows = []
    for age in range(lowest, request.get("highestAge", 75) + 1):
        years = age - person["retirementAge"]
        result = outcome(Paths(changed(plan, {"kind": "retirementAge", "person": person["name"], "years": years})))
        rows.append({"age": age, "suffices": result["success"]["probability"] >= confidence, "outcome": result})
    first = next(row for row in rows if row["suffices"])
    return {
        "person": person["name"],
        "age": first["age"],
        "year": person["birthYear"] + first["age"],
        "success": first["outcome"]["success"],
        "holdsForHigherAges": all(row["suffices"] for row in rows if row["age"] > first["age"]),
        "ages": rows,
    }


def own_rate(market, weights, years, final_share, timing, per_year):
    """The highest rate that a path bears: each withdrawal of a rate of 1 grown to the end, by asset classes.

    A withdrawal is made after the share `waited` of its step; growth within a step is even, and so is that within a year
    whose history has no months. The amount of a year is at the prices of its first withdrawal.
    """
    waited = {"start": 0.0, "middle": 0.5, "end": 1.0}[timing]
    grown, withdrawn, prices = 1.0, 0.0, 1.0
    for index in range(years):
        factors, rise = market(index)
        amount = prices * (1 + rise) ** (waited / per_year)
        ends = [
            sum(factor ** (1 - (step + waited) / per_year) for step in range(per_year)) / per_year for factor in factors
        ]
        growth = sum(w * f for w, f in zip(weights, factors, strict=True))
        grown *= growth
        withdrawn = withdrawn * growth + amount * sum(w * end for w, end in zip(weights, ends, strict=True))
        prices *= 1 + rise
    return (grown - final_share * prices) / withdrawn


def safe_withdrawal_rate(request):
    """`retirement.safe_withdrawal_rate`."""
    years = request["years"]
    person = {"name": "one", "birthYear": 2000, "retirementAge": 0, "mortality": {"kind": "fixedAge", "age": years - 1}}
    plan = {"firstYear": 2000, "people": [person], "market": request["market"]}
    monthly, cohorts = request.get("steps", "annual") == "monthly", request["market"]["kind"] == "historicalCohorts"
    if monthly and not (cohorts and request["market"]["history"]["periodsPerYear"] == 1):
        raise NotCovered("months, other than those of an annual history")
    found = markets(plan)[: request.get("paths", 10000)]
    weights, share, timing = request["weights"], request.get("finalShare", 0), request.get("timing", "start")
    rates = np.array([own_rate(market, weights, years, share, timing, 12 if monthly else 1) for market in found])
    confidence, count = request.get("confidence"), len(rates)
    confidence = (1.0 if cohorts else 0.9) if confidence is None else confidence
    rate = max(one for one in rates if (rates >= one).mean() >= confidence - 1e-12)
    return {
        "withdrawalRate": rate,
        "confidence": confidence,
        "success": success_of(rates >= rate),
        "residual": float((rates >= rate).mean()) - confidence,
        "nextSuccessProbability": float((rates > rate).mean()),
        "worstPath": int(rates.argmin()),
        "worstRate": float(rates.min()),
        "bestPath": int(rates.argmax()),
        "bestRate": float(rates.max()),
        "percentiles": distribution(rates, request.get("percentiles", PERCENTILES))["percentiles"],
        "paths": count,
    }


def ladder_plan(request, amounts):
    """The plan with conversions of some amounts in stretches of equal length."""
    first, last, count = request["firstYear"], request["lastYear"], len(amounts)
    length = last - first + 1
    bounds = [first + index * length // count for index in range(count + 1)]
    plan = copy.deepcopy(request["plan"])
    for amount, start, end in zip(amounts, bounds, bounds[1:], strict=False):
        conversion = {"sourceAccount": request["sourceAccount"], "targetAccount": request["targetAccount"]}
        span = {"start": {"kind": "year", "year": start}, "until": {"kind": "year", "year": end}}
        plan.setdefault("conversions", []).append(conversion | {"annualAmount": amount} | span)
    return plan, bounds


def left_after_tax(request, amounts):
    """What each path leaves in today's money after the heirs' tax, less what could not be paid; and the paths."""
    paths = Paths(ladder_plan(request, amounts)[0])
    values = []
    for run, one in zip(paths.runs, paths.summaries, strict=True):
        taxed = sum(account.balance() for account in run.accounts if account.kind in ("traditional", "healthSavings"))
        values.append((run.rows[-1]["closing"] - request["terminalTaxRate"] * taxed) / run.level - one["shortfall"])
    return np.array(values), paths


def roth_conversion_ladder(request):
    """`retirement.roth_conversion_ladder`: a grid for one stage after the other, then halved distances."""
    count, highest, grid = request.get("stages", 1), request["highest"], request.get("grid", 9)
    objective = request.get("objective", {"kind": "mean"})

    def value(amounts):
        left = left_after_tax(request, amounts)[0]
        return float(left.mean() if objective["kind"] == "mean" else np.percentile(left, objective["percentile"]))

    best = [0.0] * count
    best_value, step = value(best), highest / (grid - 1)
    for stage in range(count):
        for index in range(grid):
            trial = [*best[:stage], index * step, *best[stage + 1 :]]
            found = value(trial)
            if found > best_value + 1e-9:
                best, best_value = trial, found
    for _ in range(request.get("refinements", 4)):
        step /= 2
        for stage in range(count):
            for moved in (best[stage] - step, best[stage] + step):
                trial = [*best[:stage], moved, *best[stage + 1 :]]
                if 0 <= moved <= highest and value(trial) > best_value + 1e-9:
                    best, best_value = trial, value(trial)
    with_ladder, paths = left_after_tax(request, best)
    without, plain = left_after_tax(request, [0.0] * count)
    bounds, gain = ladder_plan(request, best)[1], with_ladder - without
    return {
        "stages": [
            {"firstYear": start, "lastYear": end - 1, "annualAmount": amount}
            for amount, start, end in zip(best, bounds, bounds[1:], strict=False)
        ],
        "value": best_value,
        "valueWithout": value([0.0] * count),
        "meanGain": float(gain.mean()),
        "gainStandardError": float(np.std(gain, ddof=1) / sqrt(len(gain))),
        "success": paths.success(),
        "successWithout": plain.success(),
    }


OPERATIONS = {
    "retirement.what_if": what_if,
    "retirement.tornado": tornado,
    "retirement.sensitivity_grid": sensitivity_grid,
    "retirement.stress_tests": stress_tests,
    "retirement.maximum_spending": maximum_spending,
    "retirement.required_saving": required_saving,
    "retirement.required_return": required_return,
    "retirement.earliest_retirement_age": earliest_retirement_age,
    "retirement.safe_withdrawal_rate": safe_withdrawal_rate,
    "retirement.roth_conversion_ladder": roth_conversion_ladder,
}
