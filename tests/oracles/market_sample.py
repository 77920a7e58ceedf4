"""Paths that a market model takes as they are (cohorts of a history, paths from elsewhere), and the statistics of returns.

`market_paths` has the models that draw random numbers.
"""

import numpy as np

from market_paths import MODELS, closed_form, random_paths
from nearest_correlation import nearest_correlation


def joined(rows, months):
    """Growth factors of several periods in a row, multiplied."""
    return [np.prod(rows[first : first + months], axis=0) for first in range(0, len(rows) - months + 1, months)]


def cohorts(model, steps, per_step):
    history = model["history"]
    growth = 1 + np.array(history["returns"])
    prices = 1 + np.array(history.get("inflation") or [0.0] * len(growth))
    length, needed = len(growth), steps * per_step
    starts = range(length) if model.get("circular") else range(length - needed + 1)
    if not per_step:
        # Months of an annual history: each year spread evenly over twelve of them. Paths start with its years.
        years = steps // 12
        for start in range(length) if model.get("circular") else range(length - years + 1):
            rows = [(start + offset) % length for offset in range(years)]
            yield np.repeat(growth[rows] ** (1 / 12), 12, axis=0), np.repeat(prices[rows] ** (1 / 12), 12, axis=0)
        return
    for start in starts:
        periods = [(start + offset) % length for offset in range(needed)]
        yield joined(growth[periods], per_step), joined(prices[periods], per_step)


def given(model, steps, per_step):
    for path in model["paths"]:
        growth = 1 + np.array(path["returns"])[: steps * per_step]
        prices = 1 + np.array(path.get("inflation") or [0.0] * len(growth))[: steps * per_step]
        yield joined(growth, per_step), joined(prices, per_step)


def draw(request):
    """Growth of asset classes and prices: arrays of paths by steps by columns, prices last."""
    model, steps_per_year = request["market"], request.get("stepsPerYear", 1)
    steps = request["years"] * steps_per_year
    if model["kind"] in MODELS:
        paths = np.arange(request.get("paths", 10000))
        names, growth = random_paths(model, request.get("seed", 0), paths, request["years"], steps_per_year)
        return names, growth, steps
    if model["kind"] == "historicalCohorts":
        per_step = model["history"]["periodsPerYear"] // steps_per_year
        names, paths = model["history"]["assetClasses"], list(cohorts(model, steps, per_step))
    else:
        per_step = model.get("periodsPerYear", 1) // steps_per_year
        names, paths = model["assetClasses"], list(given(model, steps, per_step))
    fees = np.array(model.get("annualFees") or [0.0] * len(names))
    kept = (1 - fees) ** (1 / steps_per_year)
    paths = paths[: request.get("paths", 10000)]
    growth = np.array([[np.append(row * kept, price) for row, price in zip(*path, strict=True)] for path in paths])
    return names, growth, steps


def moments(values):
    """Mean, deviation (divisor n), skewness and kurtosis."""
    mean, spread = values.mean(), values.std()
    if np.ptp(values) == 0:
        return mean, 0.0, None, None
    centred = (values - mean) / spread
    return mean, spread, (centred**3).mean(), (centred**4).mean()


def correlation(one, other):
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def column(name, returns, steps_per_year):
    mean, spread, skewness, kurtosis = moments(returns.ravel())
    centred = returns - mean
    pairs = (centred[:, :-1] * centred[:, 1:]).ravel()
    return {
        "name": name,
        "mean": mean,
        "standardDeviation": spread,
        "skewness": skewness,
        "kurtosis": kurtosis,
        "autocorrelation": pairs.mean() / spread**2 if len(pairs) and spread else None,
        "smallest": returns.min(),
        "largest": returns.max(),
        "compoundAnnualReturn": np.expm1(np.log1p(returns).mean() * steps_per_year),
    }


def plain(value):
    """numpy's numbers as Python's."""
    return {key: float(item) if isinstance(item, np.floating) else item for key, item in value.items()}


def repairs(model):
    """The correlation matrix of a model and what takes its place."""
    matrix = model.get("correlations")
    answer = nearest_correlation({"correlations": matrix}) if matrix else {"repaired": False}
    return [{"path": "correlations", "nearest": answer}] if answer["repaired"] else []


def sample(request):
    """`market.sample`."""
    if request.get("shownPaths") == 0:
        return {"correlationRepairs": repairs(request["market"])}
    names, growth, steps = draw(request)
    returns, per_year = growth - 1, request.get("stepsPerYear", 1)
    flat = returns.reshape(-1, returns.shape[2])
    width = flat.shape[1]
    columns = [plain(column(name, returns[:, :, index], per_year)) for index, name in enumerate([*names, "inflation"])]
    for one, expected in zip(columns, closed_form(request["market"], per_year), strict=False):
        one.update(expected)
    return {
        "columns": columns,
        "correlations": [
            [1.0 if i == j else correlation(flat[:, i], flat[:, j]) or 0.0 for j in range(width)] for i in range(width)
        ],
        "shownPaths": [
            {"path": number, "steps": [{"returns": row[:-1].tolist(), "inflation": float(row[-1])} for row in path]}
            for number, path in enumerate(returns[: request.get("shownPaths", 3)])
        ],
        "correlationRepairs": [],
        "paths": len(growth),
        "steps": steps,
    }


OPERATIONS = {"market.sample": sample}
