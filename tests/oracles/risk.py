"""Risk measures of series of returns, by numpy and scipy, from the definitions that the reference pages state.

Skewness, kurtosis and Jarque-Bera are those of scipy.stats, beta is numpy's covariance, normal quantiles are scipy's,
and the expected shortfall of the Cornish-Fisher expansion is its numerical integral over the tail, where the engine has
a closed form. Quantiles are taken at exact places: the confidence level is the decimal that was written. A window is
measured by itself.
"""

from fractions import Fraction
from math import ceil, exp, floor, isfinite, sqrt

import numpy as np
from scipy import integrate, stats

from support import NotCovered, day

DEVIATION_ROUNDING = 1e-14
DEPTH_ROUNDING = 1e-9


class Undefined(Exception):
    """A measure without a value. It says why."""


def measure(compute):
    """The value of a function, or why there is none."""
    try:
        value = float(compute())
    except Undefined as reason:
        return {"value": None, "reason": str(reason)}
    return {"value": value} if isfinite(value) else {"value": None, "reason": "tooLarge"}


def divided(dividend, divisor, reason):
    if divisor == 0:
        raise Undefined(reason)
    return dividend / divisor


def periodic(rate, request):
    """The rate of a period."""
    periods = request["periodsPerYear"]
    if request.get("rateConversion", "compound") == "simple":
        return rate / periods
    return np.expm1(np.log1p(rate) / periods)


def place(count, probability, definition):
    """The place of a quantile, from 0, as an exact fraction."""
    if definition == "inverseDistribution":
        return Fraction(max(ceil(count * probability) - 1, 0))
    from_one = {
        "linear": (count - 1) * probability + 1,
        "weibull": (count + 1) * probability,
        "medianUnbiased": (count + Fraction(1, 3)) * probability + Fraction(1, 3),
    }[definition]
    return min(max(from_one - 1, Fraction(0)), Fraction(count - 1))


def quantile(values, probability, definition):
    ordered = np.sort(values)
    at = place(len(ordered), probability, definition)
    below = floor(at)
    share = float(at - below)
    return ordered[below] if share == 0 else (1 - share) * ordered[below] + share * ordered[below + 1]


def lower_tail(values, probability, definition):
    """The mean up to the place of a quantile."""
    return np.sort(values)[: floor(place(len(values), probability, definition)) + 1].mean()


def drawdowns_after(returns):
    """The drawdown after each return; the value at the start is the first peak."""
    values = np.concatenate([[1.0], np.cumprod(1 + np.asarray(returns))])
    if not np.isfinite(values).all():
        raise NotCovered("a growth that numpy has no number for")
    depths = 1 - values / np.maximum.accumulate(values)
    return np.where(depths <= DEPTH_ROUNDING, 0.0, depths)[1:]


def episodes_of(depths):
    """Peak, trough, end and whether it has ended, of each stretch below a peak; period 0 is the start."""
    depths = [0.0, *depths]
    found, period = [], 1
    while period < len(depths):
        if depths[period] == 0:
            period += 1
            continue
        peak, end = period - 1, period
        while end < len(depths) and depths[end] > 0:
            end += 1
        trough = max(range(peak + 1, end), key=lambda at: (depths[at], -at))
        found.append((peak, trough, end if end < len(depths) else None, depths[trough]))
        period = end
    return found


def deviation(values, size, request):
    """The standard deviation, zero where only rounding varies."""
    ddof = 0 if request.get("deviationDivisor", "sample") == "population" else 1
    if len(values) <= ddof:
        raise Undefined("tooFewReturns")
    if np.std(values) <= DEVIATION_ROUNDING * size:
        return 0.0
    return np.std(values, ddof=ddof)


def shape(values, size, adjusted):
    """Skewness and excess kurtosis."""

    def of(statistic, needed):
        if len(values) < (needed if adjusted else 2):
            raise Undefined("tooFewReturns")
        if np.std(values) <= DEVIATION_ROUNDING * size:
            raise Undefined("noDeviation")
        return statistic(values, bias=not adjusted)

    return lambda: of(stats.skew, 3), lambda: of(stats.kurtosis, 4)


def expansion(z, skewness, kurtosis):
    return z + (z**2 - 1) * skewness / 6 + (z**3 - 3 * z) * kurtosis / 24 - (2 * z**3 - 5 * z) * skewness**2 / 36


def rises(skewness, kurtosis, end):
    """Whether the expansion rises everywhere up to `end`."""
    polynomial = np.polynomial.Polynomial(
        [-skewness / 6, 1 - kurtosis / 8 + 5 * skewness**2 / 36, skewness / 6, kurtosis / 24 - skewness**2 / 18]
    )
    slope = polynomial.deriv()
    turns = [float(root.real) for root in slope.roots() if abs(root.imag) < 1e-12 and root.real <= end]
    probes = [end, *(turn + step for turn in turns for step in (-1e-3, 0)), min([end, *turns]) - 1e6]
    return all(slope(probe) > 0 for probe in probes)


def measures(r):
    """`risk.measures`."""
    x = np.array(r["returns"], dtype=float)
    n, p = len(x), r["periodsPerYear"]
    free = (
        np.array(r["riskFreeReturns"], dtype=float)
        if r.get("riskFreeReturns")
        else np.full(n, periodic(r.get("riskFreeRate", 0.0), r))
    )
    minimum = periodic(r.get("minimumAcceptableReturn", 0.0), r)
    confidence = Fraction(str(r.get("confidence", 0.95)))
    tail, definition = 1 - confidence, r.get("quantileDefinition", "linear")
    e = x - free
    size = np.abs(x).max()
    excess_size = size + np.abs(free).max()
    depths = drawdowns_after(x)
    troughs = sorted((depth for *_, depth in episodes_of(depths)), reverse=True)
    root = sqrt(p)

    def annualized(values):
        if not r.get("annualizeShortSeries", False) and n / p < 1:
            raise Undefined("underOneYear")
        return np.exp(np.sum(np.log1p(values)) * p / n) - 1 if (values > -1).all() else -1.0

    def above_free():
        return annualized(x) - annualized(free)

    def ratio():
        return divided(e.mean(), deviation(e, excess_size, r), "noDeviation")

    skewness, kurtosis = shape(x, size, r.get("momentEstimator") == "adjusted")
    skew, kurt = shape(x, size, False)
    excess_skew, excess_kurt = shape(e, excess_size, False)

    def jarque_bera():
        skew()
        return stats.jarque_bera(x).statistic

    def error(of_shape):
        q = ratio()
        extra = excess_kurt() * q * q / 4 - excess_skew() * q if of_shape else 0.0
        return sqrt((1 + q * q / 2 + extra) / n) * root

    under = np.minimum(x - minimum, 0)
    downside = sqrt((under**2).mean())
    losses = -x[x < 0].sum()
    z = stats.norm.ppf(float(tail))

    def corrected():
        if not rises(skew(), kurt(), z):
            raise Undefined("invalidExpansion")
        return lambda at: expansion(at, skew(), kurt())

    def corrected_shortfall():
        corrected()
        s, k = skew(), kurt()
        # A normal variable below -12 has no weight beside these tolerances.
        area, _ = integrate.quad(
            lambda at: expansion(at, s, k) * stats.norm.pdf(at), -12, z, epsabs=1e-14, epsrel=1e-12, limit=500
        )
        return -(x.mean() + area / float(tail) * deviation(x, size, r))

    result = {
        "periods": n,
        "years": n / p,
        "cumulativeReturn": measure(lambda: np.prod(1 + x) - 1),
        "annualizedReturn": measure(lambda: annualized(x)),
        "meanReturn": measure(lambda: x.mean() * p),
        "volatility": measure(lambda: deviation(x, size, r) * root),
        "downsideDeviation": measure(lambda: downside * root),
        "semiVariance": measure(
            lambda: 0.0 if np.std(x) <= DEVIATION_ROUNDING * size else (np.minimum(x - x.mean(), 0) ** 2).mean() * p
        ),
        "skewness": measure(skewness),
        "excessKurtosis": measure(kurtosis),
        "jarqueBera": measure(jarque_bera),
        "jarqueBeraPValue": measure(lambda: exp(-jarque_bera() / 2)),
        "sharpe": measure(lambda: ratio() * root),
        "sharpeStandardError": measure(lambda: error(False)),
        "sharpeStandardErrorMertens": measure(lambda: error(True)),
        "sortino": measure(lambda: divided(x.mean() - minimum, downside, "noDownside") * root),
        "omega": measure(lambda: divided(np.maximum(x - minimum, 0).sum(), -under.sum(), "noDownside")),
        "kappa3": measure(lambda: divided(x.mean() - minimum, ((-under) ** 3).mean() ** (1 / 3), "noDownside")),
        "gainToPain": measure(lambda: divided(x.sum(), losses, "noDownside")),
        "tailRatio": measure(
            lambda: divided(abs(quantile(x, confidence, definition)), abs(quantile(x, tail, definition)), "zeroDivisor")
        ),
        "maximumDrawdown": measure(depths.max),
        "ulcerIndex": measure(lambda: sqrt((depths**2).mean())),
        "conditionalDrawdownAtRisk": measure(lambda: -lower_tail(-depths, tail, definition)),
        "calmar": measure(lambda: divided(annualized(x), depths.max(), "noDrawdown")),
        "sterling": measure(
            lambda: divided(
                annualized(x),
                (np.mean(troughs[: r.get("sterlingDrawdowns", 1)]) if troughs else 0.0) + r.get("sterlingExcess", 0.1),
                "noDrawdown",
            )
        ),
        "burke": measure(
            lambda: divided(
                above_free(), sqrt(sum(depth**2 for depth in troughs[: r.get("burkeDrawdowns") or n])), "noDrawdown"
            )
        ),
        "martin": measure(lambda: divided(above_free(), sqrt((depths**2).mean()), "noDrawdown")),
        "valueAtRisk": {
            "historical": measure(lambda: -quantile(x, tail, definition)),
            "normal": measure(lambda: -(x.mean() + z * deviation(x, size, r))),
            "cornishFisher": measure(lambda: -(x.mean() + corrected()(z) * deviation(x, size, r))),
        },
        "expectedShortfall": {
            "historical": measure(lambda: -lower_tail(x, tail, definition)),
            "normal": measure(lambda: stats.norm.pdf(z) / float(tail) * deviation(x, size, r) - x.mean()),
            "cornishFisher": measure(corrected_shortfall),
        },
    }
    return result | beside(r, x, free, e, excess_size, ratio)


BESIDE = [
    "alpha", "beta", "rSquared", "mSquared", "treynor", "informationRatio", "trackingError", "upCapture", "downCapture",
]  # fmt: skip


def beside(r, x, free, e, excess_size, ratio):
    """The measures that compare with a benchmark."""
    if not r.get("benchmark"):
        return {name: {"value": None, "reason": "noBenchmark"} for name in BESIDE}
    b = np.array(r["benchmark"], dtype=float)
    p, root = r["periodsPerYear"], sqrt(r["periodsPerYear"])
    g = b - free
    benchmark_size = np.abs(b).max() + np.abs(free).max()
    population = r | {"deviationDivisor": "population"}
    own, theirs = deviation(e, excess_size, population), deviation(g, benchmark_size, population)
    active = x - b
    active_size = np.abs(x).max() + np.abs(b).max()

    def pairs():
        if len(x) < 2:
            raise Undefined("tooFewReturns")
        found = np.cov(e, g, ddof=0)[0, 1]
        return 0.0 if abs(found) <= DEVIATION_ROUNDING * (excess_size * theirs + benchmark_size * own) else found

    def beta():
        return divided(pairs(), theirs**2, "noDeviation")

    def alpha():
        each = e.mean() - beta() * g.mean()
        if r.get("alphaConversion", "compound") == "simple":
            return each * p
        if each < -1:
            raise Undefined("totalLoss")
        return (1 + each) ** p - 1

    def capture(chosen, reason):
        if not chosen.any():
            raise Undefined(reason)
        mean = [np.prod(1 + values[chosen]) ** (1 / chosen.sum()) - 1 for values in (x, b)]
        return mean[0] / mean[1]

    return {
        "alpha": measure(alpha),
        "beta": measure(beta),
        "rSquared": measure(lambda: divided(pairs(), own * theirs, "noDeviation") ** 2),
        "mSquared": measure(lambda: (ratio() * deviation(b, np.abs(b).max(), r) + free.mean()) * p),
        "treynor": measure(lambda: divided(e.mean() * p, beta(), "zeroDivisor")),
        "informationRatio": measure(
            lambda: divided(active.mean(), deviation(active, active_size, r), "noDeviation") * root
        ),
        "trackingError": measure(lambda: deviation(active, active_size, r) * root),
        "upCapture": measure(lambda: capture(b > 0, "noBenchmarkRise")),
        "downCapture": measure(lambda: capture(b < 0, "noBenchmarkFall")),
    }


def drawdowns(r):
    """`risk.drawdowns`."""
    depths = drawdowns_after(r["returns"])
    days = [day(r.get("startDate")), *map(day, r.get("dates") or [None] * len(depths))]

    def between(one, other):
        return (days[other] - days[one]).days if days[one] and days[other] else None

    rows = []
    for peak, trough, recovery, depth in episodes_of(depths):
        if depth < r.get("minimumDepth", 0) * (1 - DEPTH_ROUNDING):
            continue
        end = len(depths) if recovery is None else recovery
        rows.append(
            {
                "depth": float(depth),
                "peakPeriod": peak,
                "peakDate": days[peak],
                "troughPeriod": trough,
                "troughDate": days[trough],
                "recoveryPeriod": recovery,
                "recoveryDate": None if recovery is None else days[recovery],
                "periods": end - peak,
                "days": between(peak, end),
                "periodsToTrough": trough - peak,
                "daysToTrough": between(peak, trough),
            }
        )
    return {
        "maximumDepth": float(depths.max()),
        "meanDepth": measure(lambda: divided(sum(row["depth"] for row in rows), len(rows), "noDrawdown")),
        "currentDepth": float(depths[-1]),
        "episodes": rows,
    }


def rolling(r):
    """`risk.rolling`: each window as a series of its own."""
    name, width = r["measure"], r["window"]
    points = []
    lists = [field for field in ("returns", "benchmark", "riskFreeReturns") if r.get(field)]
    for end in range(width, len(r["returns"]) + 1):
        part = {field: r[field][end - width : end] for field in lists}
        found = measures(r | part)
        if name == "correlation":
            point = correlation(r | part, found)
        else:
            point = found[name]
        date = r["dates"][end - 1] if r.get("dates") else None
        points.append({"period": end, "date": day(date), "value": point["value"], "reason": point.get("reason")})
    return {"points": points}


def correlation(r, found):
    """The root of the share that a benchmark explains, with the sign of the beta."""
    if found["rSquared"]["value"] is None:
        return found["rSquared"]
    return {"value": float(np.copysign(sqrt(found["rSquared"]["value"]), found["beta"]["value"]))}


OPERATIONS = {"risk.measures": measures, "risk.drawdowns": drawdowns, "risk.rolling": rolling}
