"""Portfolios along paths, month by month or step by step.

The random numbers are those that the documentation lays out (`random_numbers`, `market_paths`), except in the distributions
of many paths with a market of asset classes. Of one class without flows, quantiles and mean are those of the lognormal
distribution; everything else is simulated by numpy along 400,000 paths of its own (default_rng), so that only vectors with a
tolerance of sampling can be recomputed.
"""

from math import exp, log, sqrt

import numpy as np
from mpmath import exp as mp_exp
from mpmath import log as mp_log
from mpmath import mpf, workdps
from scipy.stats import norm

from market_paths import MODELS, random_paths
from random_numbers import RETURNS, Sequence
from retirement_plan import is_certain
from retirement_statistics import success_of
from simple_returns import in_logarithms
from support import NotCovered

PATHS = 400_000
DIGITS = 40
ROUNDING = 1e-9  # the part of an amount whose lack is rounding: docs/NUMERICS.md
RANDOM = "chance in a market of asset classes, other than annual steps of arithmetic means"


def log_growth(convention, expected, volatility):
    """The mean logarithmic growth of a year."""
    if convention == "logarithmic":
        return mpf(expected)
    return mp_log(1 + mpf(expected)) - (mpf(volatility) ** 2 / 2 if convention == "arithmetic" else 0)


def monthly_flow(flows, month, timing, inflation):
    """The money that moves in a month at one of its ends."""
    total = mpf(0)
    for flow in flows:
        start, end = flow.get("startMonth", 1), flow.get("endMonth") or 10**9
        if start <= month <= end and flow.get("timing", "end") == timing:
            amount = mpf(flow["amount"]) * (1 + mpf(flow.get("annualGrowth", 0))) ** ((month - start) // 12)
            linked = (1 + mpf(inflation)) ** (mpf(month) / 12)
            total += amount * (linked if flow.get("inflationLinked") else 1)
    return total


def monthly_growth(request):
    """The growth of each month, fee included: months by paths, one path where chance is absent."""
    request = in_logarithms(request)
    drift = log_growth(request.get("returnConvention", "arithmetic"), request["expectedReturn"], request["volatility"])
    return (drift + mp_log(1 - mpf(request.get("annualFee", 0)))) / 12, request["volatility"] / sqrt(12)


def months_of(request, paths):
    """Month by month: the flows at its start, growth, the flows at its end and the balances, for the given paths."""
    drift, spread = monthly_growth(request)
    sequence = Sequence(request.get("seed", 0), RETURNS, np.asarray(paths)) if spread else None
    balance = np.full(len(paths), mpf(request["initialBalance"]) if sequence is None else request["initialBalance"])
    failed, inflation, spare = np.zeros(len(paths), dtype=int), request.get("inflation", 0), []
    for month in range(1, request["months"] + 1):
        if sequence is None:
            growth = np.full(len(paths), mp_exp(drift))
        else:
            spare = spare or list(sequence.normals())
            growth = np.exp(float(drift) + spread * spare.pop(0))
        flows, before = [], failed.copy()
        for timing, factor in (("start", growth), ("end", 1)):
            amount = monthly_flow(request.get("flows", []), month, timing, inflation)
            amount = np.where(failed > 0, 0, amount if sequence is None else float(amount))
            short = balance + amount < ROUNDING * amount
            failed = np.where(short & (failed == 0), month, failed)
            balance = np.where(failed > 0, 0, np.maximum(balance + amount, 0)) * factor
            flows.append(amount)
        yield month, flows, growth, balance, failed, before


def simulation_run(request):
    """`simulation.run`."""
    with workdps(DIGITS):
        certain, paths = not request["volatility"], request.get("paths", 10000)
        percentiles, last = request.get("percentiles", [5, 10, 25, 50, 75, 90, 95]), request["months"]
        inflation = mpf(request.get("inflation", 0))
        start = np.full(
            1 if certain else paths, mpf(request["initialBalance"]) if certain else request["initialBalance"]
        )
        kept, failed = {0: start}, np.zeros(len(start), dtype=int)
        for month, _, _, balance, failed, _ in months_of(request, np.arange(len(start))):
            if month == last or month % 12 == 0:
                kept[month] = balance
        levels = {month: (1 + inflation) ** (mpf(month) / 12) for month in kept}
        real = {
            month: balance / (levels[month] if certain else float(levels[month])) for month, balance in kept.items()
        }
        fan = [
            {"month": month, "percentile": p, "nominal": nominal["value"], "real": adjusted["value"]}
            for month in kept
            for p, nominal, adjusted in zip(
                percentiles, quantiles(kept[month], percentiles), quantiles(real[month], percentiles), strict=True
            )
        ]
        answer = {
            "success": success_of(np.repeat(failed == 0, paths // len(failed))),
            "terminalNominal": distribution(kept[last], percentiles),
            "terminalReal": distribution(real[last], percentiles),
            "fan": fan if request.get("fan", True) else [],
            "solvency": [{"month": month, "share": float(((failed == 0) | (failed > month)).mean())} for month in kept],
            "depletionShare": float((failed > 0).mean()),
            "depletionMonths": quantiles(failed[failed > 0], percentiles) if failed.any() else [],
            "paths": paths,
            "seed": request.get("seed", 0),
        }
        if request.get("target") is not None:
            reached = (real if request.get("targetInflationLinked") else kept)[last] >= request["target"] * (
                1 - ROUNDING
            )
            share = float((reached & (failed == 0)).mean())
            answer |= {"targetProbability": share, "targetStandardError": sqrt(share * (1 - share) / paths)}
        return answer


def distribution(values, percentiles):
    if len(values) == 1:
        return {"mean": values[0], "standardDeviation": 0.0, "percentiles": quantiles(values, percentiles)}
    mean, spread = float(values.mean()), float(values.std(ddof=1))
    return {"mean": mean, "standardDeviation": spread, "percentiles": quantiles(values, percentiles)}


def quantiles(values, percentiles):
    """Those of type 7 (Hyndman and Fan 1996), which is numpy's own."""
    if len(values) == 1:
        return same(percentiles, values[0])
    return [{"percentile": p, "value": float(np.percentile(values, p))} for p in percentiles]


def simulation_path(request):
    """`simulation.path`."""
    with workdps(DIGITS):
        simulation, path = request["simulation"], request.get("path", 0)
        start = mpf(simulation["initialBalance"])
        inflation = mpf(simulation.get("inflation", 0))
        rows, depleted = [row_of(0, [0, 0], 1, start, start)], None
        for month, flows, growth, balance, failed, before in months_of(simulation, [path]):
            real = balance[0] / (1 + inflation) ** (mpf(month) / 12)
            rows.append(row_of(month, [flow[0] for flow in flows], growth[0], balance[0], real))
            if failed[0] and not before[0]:
                depleted = month
        return {"path": path, "depletionMonth": depleted, "rows": rows}


def row_of(month, flows, growth, nominal, real):
    return {
        "month": month,
        "startFlow": float(flows[0]),
        "monthlyReturn": float(growth) - 1,
        "endFlow": float(flows[1]),
        "nominal": float(nominal),
        "real": float(real),
    }


def same(percentiles, value):
    return [{"percentile": p, "value": value} for p in percentiles]


class Steps:
    """A portfolio along one path, step by step."""

    def __init__(self, request, path=0):
        self.market = request["market"]
        self.request, self.per_year = request, 12 if request.get("steps") == "monthly" else 1
        self.fee = (1 - mpf(request.get("annualFee", 0))) ** (mpf(1) / self.per_year)
        if is_certain(self.market) and not self.market.get("inflation", {}).get("persistence"):
            self.certain_market()
        elif self.market["kind"] in MODELS:
            self.drawn_market(path)
        else:
            raise NotCovered("paths that are given")
        if request["allocation"]["kind"] != "fixed":
            raise NotCovered("a glide path")
        self.weights = [mpf(weight) for weight in request["allocation"]["weights"]]
        self.never = request.get("rebalancing", {"kind": "everyStep"})["kind"] == "never"

    def certain_market(self):
        share = mpf(1) / self.per_year
        self.names = [one["name"] for one in self.market["assetClasses"]]
        returns = [
            ((1 + mpf(one["expectedReturn"])) * (1 - mpf(one.get("annualFee", 0)))) ** share - 1
            for one in self.market["assetClasses"]
        ]
        rise = (1 + mpf(self.market.get("inflation", {}).get("expected", 0))) ** share
        self.market_of = lambda step: (returns, rise)

    def drawn_market(self, path):
        request = self.request
        self.names, growth = random_paths(self.market, request.get("seed", 0), [path], request["years"], self.per_year)
        rows = [[mpf(number) for number in row] for row in growth[0].tolist()]
        self.market_of = lambda step: ([number - 1 for number in rows[step - 1][:-1]], rows[step - 1][-1])

    def flow(self, step, timing, level):
        """The money that moves in a step at one of its ends."""
        year, total = (step - 1) // self.per_year + 1, mpf(0)
        for flow in self.request.get("flows", []):
            if flow.get("frequency", "everyStep") != "everyStep":
                raise NotCovered("flows once a year")
            start, end = flow.get("startYear", 1), flow.get("endYear") or 10**9
            if start <= year <= end and flow.get("timing", "end") == timing:
                amount = mpf(flow["amount"]) * (1 + mpf(flow.get("annualGrowth", 0))) ** (year - start)
                total += amount * (level if flow.get("inflationLinked") else 1)
        return total

    def rows(self):
        parts = [mpf(self.request["initialBalance"]) * weight for weight in self.weights]
        level, failed, rows = mpf(1), False, []
        for step in range(1, self.request["years"] * self.per_year + 1):
            first = mpf(0) if failed else self.flow(step, "start", level)
            parts, broken = moved(parts, first, self.weights)
            if not self.never:
                parts = [sum(parts) * weight for weight in self.weights]
            before = sum(parts)
            returns, rise = self.market_of(step)
            parts = [part * (1 + rate) * self.fee for part, rate in zip(parts, returns, strict=True)]
            level *= rise
            grown = sum(w * (1 + rate) for w, rate in zip(self.weights, returns, strict=True)) * self.fee - 1
            portfolio_return = sum(parts) / before - 1 if before else mpf(0) if self.never else grown
            last = mpf(0) if failed else self.flow(step, "end", level)
            parts, broken_late = moved(parts, last, self.weights)
            now = broken or broken_late
            if failed or now:
                parts = [mpf(0)] * len(parts)
            rows.append(
                {
                    "step": step,
                    "startFlow": first,
                    "returns": returns,
                    "portfolioReturn": portfolio_return,
                    "inflation": rise - 1,
                    "priceLevel": level,
                    "endFlow": last,
                    "nominal": sum(parts),
                    "real": sum(parts) / level,
                    "failed": now and not failed,
                }
            )
            failed = failed or now
        return rows


def moved(parts, flow, weights):
    """Deposits are invested by the allocation, withdrawals taken from all alike; and whether one could not be paid."""
    held = sum(parts)
    if flow >= 0:
        return [part + flow * weight for part, weight in zip(parts, weights, strict=True)], False
    if held + flow < ROUNDING * flow:
        return [mpf(0)] * len(parts), True
    return [part * max(1 + flow / held, mpf(0)) for part in parts], False


def portfolio_path(request):
    """`simulation.portfolio_path`."""
    with workdps(DIGITS):
        steps = Steps(request["simulation"], request.get("path", 0))
        rows = steps.rows()
        failed = next((row["step"] for row in rows if row["failed"]), None)
        return {"path": request.get("path", 0), "assetClasses": steps.names, "depletionStep": failed, "rows": rows}


def portfolio(request):
    """`simulation.portfolio`."""
    if any(one["volatility"] for one in request["market"]["assetClasses"]):
        return uncertain(request)
    with workdps(DIGITS):
        steps = Steps(request)
        rows, per_year = steps.rows(), steps.per_year
        failed = next((row["step"] for row in rows if row["failed"]), None)
        percentiles, paths = request.get("percentiles", [5, 10, 25, 50, 75, 90, 95]), request.get("paths", 10000)
        years = {0: (mpf(request["initialBalance"]),) * 2}
        for row in rows[per_year - 1 :: per_year]:
            years[row["step"] // per_year] = (row["nominal"], row["real"])
        money, end = request.get("fanMoney", "both"), rows[-1]
        fan = [
            {"year": year, "percentile": p, "nominal": nominal, "real": real}
            for year, (nominal, real) in years.items()
            for p in percentiles
        ]
        return {
            "success": success_of(np.full(paths, failed is None)),
            "terminalNominal": {
                "mean": end["nominal"],
                "standardDeviation": 0.0,
                "percentiles": same(percentiles, end["nominal"]),
            },
            "terminalReal": {"mean": end["real"], "percentiles": same(percentiles, end["real"])},
            "fan": [] if money == "none" else fan,
            "solvency": [{"year": year, "share": float(failed is None or year * per_year < failed)} for year in years],
            "depletionShare": float(failed is not None),
            "depletionYears": same(percentiles, mpf(failed) / per_year) if failed else [],
            "paths": paths,
        }


def uncertain(request):
    """Distributions of many paths, where closed forms or a simulation of our own can tell them."""
    weights, classes = request["allocation"]["weights"], request["market"]["assetClasses"]
    if request.get("steps", "annual") != "annual" or any("returnConvention" in one for one in classes):
        raise NotCovered(RANDOM)
    if not request.get("flows") and max(weights) == 1:
        return one_class(request, classes[weights.index(1)])
    return simulated(request, np.array(weights, dtype=float))


def one_class(request, asset):
    """One asset class without flows: the lognormal distribution."""
    years, spread = request["years"], asset["volatility"] * sqrt(request["years"])
    drift = (log(1 + asset["expectedReturn"]) - asset["volatility"] ** 2 / 2) * years
    start = request["initialBalance"]
    percentiles = [
        {"percentile": p, "value": start * exp(drift + spread * float(norm.ppf(p / 100)))}
        for p in request["percentiles"]
    ]
    return {"terminalNominal": {"mean": start * (1 + asset["expectedReturn"]) ** years, "percentiles": percentiles}}


def simulated(request, weights):
    """Rebalanced every year: flow at the start, growth, then inflation; a path that cannot pay has failed for good."""
    model, random = request["market"], np.random.default_rng(1)
    inflation, classes = model.get("inflation", {}), model["assetClasses"]
    size = len(classes) + 1
    given = model.get("correlations") or np.eye(size)
    matrix = np.eye(size)
    matrix[: len(given), : len(given)] = given
    factor = np.linalg.cholesky(matrix)
    spread = np.array([one["volatility"] for one in classes])
    drift = (
        np.array([log(1 + one["expectedReturn"]) + log(1 - one.get("annualFee", 0)) for one in classes]) - spread**2 / 2
    )
    balance, level = np.full(PATHS, float(request["initialBalance"])), np.ones(PATHS)
    rise, alive = np.full(PATHS, inflation.get("initial") or inflation.get("expected", 0.0)), np.ones(PATHS, dtype=bool)
    for year in range(1, request["years"] + 1):
        for flow in request.get("flows", []):
            if flow.get("timing", "end") != "start" or flow.get("annualGrowth"):
                raise NotCovered("flows at the end of a year, or growing ones")
            if flow.get("startYear", 1) <= year <= (flow.get("endYear") or 10**9):
                balance = balance + flow["amount"] * (level if flow.get("inflationLinked") else 1.0)
        alive &= balance >= 0
        shocks = random.standard_normal((PATHS, size)) @ factor.T
        balance = np.where(alive, balance * (np.exp(drift + spread * shocks[:, :-1]) @ weights), 0.0)
        mean = inflation.get("expected", 0.0)
        rise = mean + inflation.get("persistence", 0) * (rise - mean) + inflation.get("volatility", 0) * shocks[:, -1]
        level = level * (1 + np.maximum(rise, -0.9))
    percentiles = request.get("percentiles", [50])

    def shown(values):
        return {
            "mean": float(values.mean()),
            "percentiles": [{"percentile": p, "value": float(np.percentile(values, p))} for p in percentiles],
        }

    return {"success": success_of(alive), "terminalNominal": shown(balance), "terminalReal": shown(balance / level)}


OPERATIONS = {
    "simulation.run": simulation_run,
    "simulation.path": simulation_path,
    "simulation.portfolio": portfolio,
    "simulation.portfolio_path": portfolio_path,
}
SLOW = {"simulation.portfolio"}
