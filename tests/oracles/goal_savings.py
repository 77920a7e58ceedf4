"""Savings for one goal, month by month: contribution at the start, rounded interest, contribution at the end.

A month's rate is `((1 + return) (1 - fee))^(1/12) - 1` with 60 digits; interest is rounded half to even to the minor unit.
Required contributions are found by halving over minor units, and one unit less is checked to miss. Chances: the lognormal
distribution where there are no contributions, else a simulation by numpy, whose error is far below the tolerance.
"""

from fractions import Fraction
from math import ceil, exp, log, sqrt

import numpy as np
from mpmath import mpf, workdps
from scipy.stats import norm

from simple_returns import in_logarithms
from support import NotCovered, add_months, cents, day, minor_unit, number, places

PATHS = 400_000


def exact(value):
    """A floating-point number of the wire as the decimal that it stands for."""
    return Fraction(str(value))


def power(base, exponent):
    """A power with 60 digits."""
    with workdps(60):
        value = (mpf(base.numerator) / base.denominator) ** (mpf(exponent.numerator) / exponent.denominator)
        return Fraction(str(value))


def monthly_rate(expected_return, fee):
    return power((1 + exact(expected_return)) * (1 - exact(fee)), Fraction(1, 12)) - 1


class Saving:
    """When contributions are made, and what they and the balance come to."""

    def __init__(self, terms, rate, currency):
        self.yearly = terms.get("frequency", "monthly") == "yearly"
        self.at_start = terms.get("timing", "end") == "start"
        self.growth, self.rate, self.currency = exact(terms.get("annualGrowth", 0)), rate, currency

    def amount(self, first, years):
        """The contribution of a later year, rounded."""
        return cents(first * (1 + self.growth) ** years, self.currency)

    def due(self, month, start):
        """Whether a contribution is made at the start or the end of a month, counted from 1."""
        if start != self.at_start:
            return False
        return not self.yearly or (month - 1) % 12 == 0 if start else not self.yearly or month % 12 == 0

    def run(self, balance, first, months, done=0):
        """(contribution, interest, balance) of each month after those that are done; `first` is that of the first year to come."""
        rows = []
        for month in range(done + 1, months + 1):
            years = (month - 1) // 12 - done // 12
            given = self.amount(first, years) if self.due(month, True) or self.due(month, False) else Fraction(0)
            before = given if self.at_start else Fraction(0)
            interest = cents((balance + before) * self.rate, self.currency)
            balance += interest + given
            rows.append((given, interest, balance))
        return rows

    def final(self, balance, first, months, done=0):
        rows = self.run(balance, first, months, done)
        return rows[-1][2] if rows else balance

    def required(self, balance, target, months, done=0):
        """The least contribution that reaches the target; None where none does."""
        unit = minor_unit(self.currency)
        return least(lambda count: self.final(balance, count * unit, months, done) >= target, unit)


def least(enough, unit):
    """The least multiple of a unit that is enough, None if none of up to 10^18 is."""
    if enough(0):
        return Fraction(0)
    high = 1
    while not enough(high):
        high *= 2
        if high > 10**18:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high * unit


def target_of(target, inflation, currency):
    """What is needed on the day, rounded."""
    if not target.get("inflationLinked", True):
        return number(target["amount"])
    return cents(number(target["amount"]) * power(1 + inflation, Fraction(target["months"], 12)), currency)


class Question:
    """What the projections of one goal share."""

    def __init__(self, request):
        self.request, self.currency = request, request.get("currency", "USD")
        self.assumed = request["assumptions"]
        rate = monthly_rate(mean_return(self.assumed), self.assumed.get("annualFee", 0))
        self.saving = Saving(request.get("contributionTerms", {}), rate, self.currency)
        self.months = request["target"]["months"]
        self.target = target_of(request["target"], exact(self.assumed.get("inflation", 0)), self.currency)
        self.current = number(request.get("currentAmount", "0"))


def time_to_target(request):
    """`goals.time_to_target`, at the expected return."""
    if request.get("successProbability"):
        raise NotCovered("the month for a probability")
    linked, months = request.get("inflationLinked", True), 0
    target = {"amount": request["targetAmount"], "inflationLinked": linked, "months": months}
    q = Question(request | {"target": target})
    contribution, final, needed = number(request.get("contribution", "0")), q.current, q.target
    while final < needed:
        months += 1
        final = q.saving.final(q.current, contribution, months)
        needed = target_of(target | {"months": months}, exact(q.assumed.get("inflation", 0)), q.currency)
    given = sum((row[0] for row in q.saving.run(q.current, contribution, months)), Fraction(0))
    return {
        "months": months,
        "targetAmount": needed,
        "finalAmount": final,
        "totalContributions": given,
        "totalGrowth": final - q.current - given,
    }


def sixths(amount, whole):
    return places(amount / whole, 6)


def project(request):
    """`goals.project`."""
    q = Question(request)
    contribution = number(request.get("contribution", "0"))
    rows = q.saving.run(q.current, contribution, q.months)
    final = rows[-1][2]
    table, since = [], 0
    for month in [*range(12, q.months, 12), q.months]:
        part = rows[since:month]
        shown = {"month": month, "contributions": sum(r[0] for r in part), "growth": sum(r[1] for r in part)}
        table.append(shown | {"balance": rows[month - 1][2]})
        since = month
    result = {
        "targetAmount": q.target,
        "projectedAmount": final,
        "totalContributions": sum(row[0] for row in rows),
        "totalGrowth": sum(row[1] for row in rows),
        "fundedRatio": sixths(final, q.target),
        "shortfall": max(q.target - final, Fraction(0)),
        "surplus": max(final - q.target, Fraction(0)),
        "rows": table,
    }
    return result | chance(q, contribution, final)


def chance(q, contribution, final):
    """The probability that the target is reached, and percentiles of what will be saved."""
    if q.request.get("market"):
        return market_chance(q, contribution)
    if not q.assumed.get("volatility"):
        probability, method = float(final >= q.target), "certain"
        return {"successProbability": probability, "standardError": None, "probabilityMethod": method}
    if contribution == 0:
        return lump_sum(q)
    share = simulated(q, contribution)
    return {"successProbability": share, "probabilityMethod": "simulation"}


def log_moments(assumed):
    """Mean and deviation of the logarithmic return of a year, before the fee."""
    one = in_logarithms(assumed)
    convention, expected, spread = one.get("returnConvention", "arithmetic"), one["expectedReturn"], one["volatility"]
    if convention == "logarithmic":
        return expected, spread
    return log(1 + expected) - (spread**2 / 2 if convention == "arithmetic" else 0), spread


def mean_return(assumed):
    """The arithmetic mean of the return of a year."""
    if assumed.get("returnConvention", "arithmetic") in ("arithmetic", "simple"):
        return assumed["expectedReturn"]
    mean, spread = log_moments({"volatility": 0, **assumed})
    return exp(mean + spread**2 / 2) - 1


def log_drift(assumed, months):
    """The mean of the logarithmic growth over some months, and its deviation."""
    mean, spread = log_moments(assumed)
    mean += log(1 - assumed.get("annualFee", 0))
    return mean * months / 12, spread * sqrt(months / 12)


def lump_sum(q):
    mean, spread = log_drift(q.assumed, q.months)
    probability = float(norm.sf((log(float(q.target / q.current)) - mean) / spread))
    outcomes = []
    for percentile in (10, 25, 50, 75, 90):
        amount = float(q.current) * exp(mean + spread * float(norm.ppf(percentile / 100)))
        outcomes.append({"percentile": percentile, "amount": cents(Fraction(amount), q.currency)})
    found = {"successProbability": probability, "standardError": None, "probabilityMethod": "closedForm"}
    return found | {"outcomes": outcomes}


def simulated(q, contribution):
    """The share of many simulated paths of monthly lognormal returns that reach the target."""
    random, balance = np.random.default_rng(1), np.full(PATHS, float(q.current))
    mean, spread = log_drift(q.assumed, 1)
    for month in range(1, q.months + 1):
        balance = step(q.saving, balance, contribution, month, np.exp(mean + spread * random.standard_normal(PATHS)))
    return float((balance >= float(q.target)).mean())


def step(saving, balance, contribution, month, growth):
    """A month of all paths: contributions and growth."""
    amount = float(saving.amount(contribution, (month - 1) // 12))
    balance = balance + (amount if saving.due(month, True) else 0)
    return balance * growth + (amount if saving.due(month, False) else 0)


def market_chance(q, contribution):
    model = q.request["market"]["model"]
    if model["kind"] == "paths":
        return given_paths(q, contribution)
    if model["kind"] != "lognormal" or any(
        a.get("returnConvention", "arithmetic") != "arithmetic" for a in model["assetClasses"]
    ):
        raise NotCovered("a market of another kind than lognormal, with arithmetic means")
    if model.get("inflation", {}).get("volatility"):
        raise NotCovered("inflation at random")
    classes, weights = model["assetClasses"], np.array(q.request["market"]["weights"])
    size = len(classes)
    matrix = np.array(model["correlations"])[:size, :size] if model.get("correlations") else np.eye(size)
    factor, random = np.linalg.cholesky(matrix), np.random.default_rng(1)
    spread = np.array([one["volatility"] for one in classes]) / sqrt(12)
    mean = np.array([log(1 + one["expectedReturn"]) + log(1 - one.get("annualFee", 0)) for one in classes]) / 12
    balance, fee = np.full(PATHS, float(q.current)), (1 - q.assumed.get("annualFee", 0)) ** (1 / 12)
    for month in range(1, q.months + 1):
        shocks = random.standard_normal((PATHS, size)) @ factor.T
        growth = np.exp(mean - spread**2 / 2 + spread * shocks) @ weights * fee
        balance = step(q.saving, balance, contribution, month, growth)
    prices = (1 + model.get("inflation", {}).get("expected", 0)) ** (q.months / 12)
    linked = q.request["target"].get("inflationLinked", True)
    target = float(number(q.request["target"]["amount"])) * (prices if linked else 1)
    return {"successProbability": float((balance >= target).mean()), "probabilityMethod": "simulation"}


def paths_of(q):
    """Growth of the portfolio month by month and the target, for each given path, exactly."""
    market = q.request["market"]
    weights = [exact(weight) for weight in market["weights"]]
    for path in market["model"]["paths"][: q.request.get("paths", 10000)]:
        rows = path["returns"][: q.months]
        growth = [sum(w * (1 + exact(r)) for w, r in zip(weights, row, strict=True)) for row in rows]
        prices = Fraction(1)
        for rise in (path.get("inflation") or [])[: q.months]:
            prices *= 1 + exact(rise)
        linked = q.request["target"].get("inflationLinked", True)
        yield growth, number(q.request["target"]["amount"]) * (prices if linked else 1)


def along(q, contribution, growth):
    """The end of a path, exactly; growing contributions are not rounded here."""
    balance = q.current
    for month, factor in enumerate(growth, 1):
        amount = contribution * (1 + q.saving.growth) ** ((month - 1) // 12)
        balance += amount if q.saving.due(month, True) else 0
        balance = balance * factor + (amount if q.saving.due(month, False) else 0)
    return balance


def quantile(values, share):
    """Type 7 of Hyndman and Fan, exactly."""
    values = sorted(values)
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def given_paths(q, contribution):
    ends = [(along(q, contribution, growth), target) for growth, target in paths_of(q)]
    share = Fraction(sum(end >= target for end, target in ends), len(ends))
    outcomes = [
        {"percentile": p, "amount": cents(quantile([end for end, _ in ends], Fraction(p, 100)), q.currency)}
        for p in (10, 25, 50, 75, 90)
    ]
    error = sqrt(share * (1 - share) / len(ends))
    found = {"successProbability": share, "standardError": error, "probabilityMethod": "simulation"}
    return found | {"outcomes": outcomes}


def required_contribution(request):
    """`goals.required_contribution`."""
    q = Question(request)
    amount = q.saving.required(q.current, q.target, q.months)
    rows = q.saving.run(q.current, amount, q.months)
    result = {
        "targetAmount": q.target,
        "contribution": amount,
        "totalContributions": sum(row[0] for row in rows),
        "finalAmount": rows[-1][2],
        "forProbability": None,
    }
    share = request.get("successProbability")
    return result if share is None else result | {"forProbability": for_probability(q, exact(share), amount)}


def for_probability(q, share, plain):
    """The least contribution with which at least a share of the paths reaches the target."""
    if q.request.get("market"):
        if q.request["market"]["model"]["kind"] != "paths":
            raise NotCovered("paths that are drawn")
        unit = minor_unit(q.currency)
        needed = sorted(
            least(lambda count, g=growth, t=target: along(q, count * unit, g) >= t, unit)
            for growth, target in paths_of(q)
        )
        amount = needed[ceil(share * len(needed)) - 1]
        reached = Fraction(sum(one <= amount for one in needed), len(needed))
        return {"contribution": amount, "totalContributions": amount * q.months, "successProbability": reached}
    if q.assumed.get("volatility"):
        paths = q.request.get("paths", 10000)
        return {"successProbability": Fraction(ceil(share * paths), paths)}
    return {"contribution": plain, "successProbability": 1, "standardError": None}


def progress(request):
    """`goals.progress`."""
    q = Question(request)
    start, actual = day(request["startDate"]), number(request["actualAmount"])
    contribution, begun = number(request.get("contribution", "0")), number(request.get("startAmount", "0"))
    elapsed = 0
    while add_months(start, elapsed + 1) <= day(request["asOf"]):
        elapsed += 1
    planned = [begun] + [row[2] for row in q.saving.run(begun, contribution, q.months)]
    running = q.saving.amount(contribution, elapsed // 12)
    ahead = [q.saving.amount(contribution, later) for later in range(elapsed // 12, (q.months - 1) // 12 + 1)]
    final = continued(q, actual, ahead, elapsed)
    required = q.saving.required(actual, q.target, q.months, elapsed)
    plan_month = max((month for month, balance in enumerate(planned) if balance <= actual), default=0)
    return {
        "status": status(actual, planned[elapsed], q.target, exact(request.get("tolerance", 0))),
        "elapsedMonths": elapsed,
        "remainingMonths": q.months - elapsed,
        "targetAmount": q.target,
        "plannedAmount": planned[elapsed],
        "difference": actual - planned[elapsed],
        "targetRatio": sixths(actual, q.target),
        "planRatio": sixths(actual, planned[elapsed]) if planned[elapsed] else None,
        "planMonth": plan_month,
        "monthsAhead": plan_month - elapsed,
        "projectedAmount": final,
        "shortfall": max(q.target - final, Fraction(0)),
        "surplus": max(final - q.target, Fraction(0)),
        "plannedContribution": running,
        "requiredContribution": required,
        "contributionChange": None if required is None else required - running,
    }


def continued(q, balance, amounts, elapsed):
    """What will be saved if contributions go on as planned, each year's rounded from the first one."""
    for month in range(elapsed + 1, q.months + 1):
        amount = amounts[(month - 1) // 12 - elapsed // 12]
        before = amount if q.saving.due(month, True) else Fraction(0)
        after = amount if q.saving.due(month, False) else Fraction(0)
        balance += before
        balance += cents(balance * q.saving.rate, q.currency) + after
    return balance


def status(actual, planned, target, tolerance):
    if actual >= target:
        return "reached"
    if actual >= planned:
        return "ahead"
    return "onTrack" if actual >= planned * (1 - tolerance) else "behind"


OPERATIONS = {
    "goals.project": project,
    "goals.required_contribution": required_contribution,
    "goals.time_to_target": time_to_target,
    "goals.progress": progress,
}
SLOW = {"goals.project"}
