"""Paths of the market models that draw random numbers: growth of asset classes and of prices, by numpy.

Lognormal and Student-t returns, the bootstrap (Efron 1979, Kuensch 1989, Politis and Romano 1992 and 1994), regimes (Hamilton
1989) and vector autoregression. Growth is an array of steps by columns by paths, prices last.
"""

from math import exp, log, sqrt

import numpy as np

from random_numbers import MARKET, REGIMES, Sequence, shocks, student_factors, uniform
from simple_returns import model_in_logarithms
from support import NotCovered

LEAST_INFLATION, LEAST_BOND_GROWTH = -0.9, 0.01


def factor_of(correlations, size):
    """The lower triangular factor of a matrix of correlations; without its last rows those variables are uncorrelated."""
    matrix = np.eye(size)
    if correlations:
        matrix[: len(correlations), : len(correlations)] = correlations
    if np.linalg.eigvalsh(matrix).min() <= 0:
        raise NotCovered("correlations that are not positive definite")
    return np.linalg.cholesky(matrix)


def log_mean(asset):
    """The mean logarithmic growth of a year."""
    convention, expected = asset.get("returnConvention", "arithmetic"), asset["expectedReturn"]
    if convention == "logarithmic":
        return expected
    return log(1 + expected) - (asset["volatility"] ** 2 / 2 if convention == "arithmetic" else 0)


def growth_of(assets, numbers, share):
    """The growth of asset classes in a share of a year."""
    return np.array(
        [
            np.exp(log_mean(asset) * share + asset["volatility"] * sqrt(share) * one)
            * (1 - asset.get("annualFee", 0)) ** share
            for asset, one in zip(assets, numbers, strict=True)
        ]
    )


def monthly_inflation(volatility, persistence, share):
    """What remains of a deviation after a share of a year, and the deviation of a shock; the long-run variance stays."""
    kept = persistence**share
    return kept, volatility * sqrt((1 - kept**2) / (1 - persistence**2))


def joint(rows, size):
    """Growth of several periods in a row, multiplied."""
    return np.array([np.prod(rows[first : first + size], axis=0) for first in range(0, len(rows), size)])


def antithetic_origin(model, paths):
    return paths // 2 if model.get("sampling") == "antithetic" else paths


def lognormal(model, seed, paths, years, per_year):
    """Lognormal returns; with degrees of freedom, Student-t ones."""
    model = model_in_logarithms(model)
    assets, inflation, share = model["assetClasses"], model.get("inflation", {}), 1 / per_year
    size, steps = len(assets) + 1, years * per_year
    factor = factor_of(model.get("correlations"), size)
    mean = inflation.get("expected", 0.0)
    kept, spread = monthly_inflation(inflation.get("volatility", 0.0), inflation.get("persistence", 0.0), share)
    rate = np.full(len(paths), mean if inflation.get("initial") is None else inflation["initial"])
    rows = []
    for step, numbers in enumerate(shocks(model.get("sampling", "random"), seed, paths, steps, size)):
        numbers = factor @ numbers
        if model["kind"] == "studentT":
            numbers = numbers * student_factors(seed, antithetic_origin(model, paths), step, model["degreesOfFreedom"])
        rate = np.maximum(mean + kept * (rate - mean) + spread * numbers[-1], LEAST_INFLATION)
        rows.append(np.vstack([growth_of(assets, numbers[:-1], share), (1 + rate) ** share]))
    return np.array(rows)


def drawn(word, cumulative):
    """The regime that a uniform number falls into."""
    number = uniform(word)
    reached = (number[:, None] >= cumulative).sum(axis=1)
    return np.minimum(reached, cumulative.shape[-1] - 1)


def stationary(transitions):
    """The distribution that a step of the chain does not change."""
    size = len(transitions)
    system = np.vstack([np.array(transitions).T - np.eye(size), np.ones(size)])
    return np.linalg.lstsq(system, np.append(np.zeros(size), 1.0), rcond=None)[0]


def regimes(model, seed, paths, years, per_year):
    states, changes = [model_in_logarithms(state) for state in model["regimes"]], model.get("transitionsPerYear", 1)
    periods = max(changes, per_year)
    share, size = 1 / periods, len(states[0]["assetClasses"]) + 1
    start = np.array(model.get("initialProbabilities") or stationary(model["transitions"]))
    rows_of_chain = np.cumsum(np.array(model["transitions"]), axis=1)
    sequence = Sequence(seed, REGIMES, antithetic_origin(model, paths))
    persistence = model.get("inflationPersistence", 0.0)
    means = np.array([state.get("expectedInflation", 0.0) for state in states])
    shocks_of_inflation = [monthly_inflation(s.get("inflationVolatility", 0.0), persistence, share) for s in states]
    factors = [factor_of(state.get("correlations"), size) for state in states]
    initial = model.get("initialInflation")
    rate = np.full(len(paths), start @ means if initial is None else initial)
    rows, regime = [], None
    for period, numbers in enumerate(shocks(model.get("sampling", "random"), seed, paths, years * periods, size)):
        if period % (periods // changes) == 0:
            chain = np.cumsum(start)[None, :] if regime is None else rows_of_chain[regime]
            regime = drawn(sequence.word(), chain)
        growth = np.empty((size, len(paths)))
        for index, state in enumerate(states):
            here = regime == index
            own = factors[index] @ numbers[:, here]
            kept, spread = shocks_of_inflation[index]
            rate[here] = means[index] + kept * (rate[here] - means[index]) + spread * own[-1]
            growth[:-1, here] = growth_of(state["assetClasses"], own[:-1], share)
        rate = np.maximum(rate, LEAST_INFLATION)
        growth[-1] = (1 + rate) ** share
        rows.append(growth)
    return joint(rows, periods // per_year)


def autoregression(model, seed, paths, years, per_year):
    states, assets = model["states"], model["assetClasses"]
    periods, names = model.get("periodsPerYear", 1), [state["name"] for state in model["states"]]
    share, size = 1 / periods, len(states) + len(assets)
    if periods < per_year:
        raise NotCovered("years that cannot be divided")
    factor = factor_of(model.get("correlations"), size)
    mean = np.array([state["mean"] for state in states])[:, None]
    spread = np.array([state["volatility"] for state in states])[:, None]
    first = [state["mean"] if state.get("initial") is None else state["initial"] for state in states]
    level = np.repeat(np.array(first)[:, None], len(paths), axis=1)
    inflation = names.index(model["inflationState"]) if model.get("inflationState") else None
    coefficients, rows = np.array(model["coefficients"]), []
    for numbers in shocks(model.get("sampling", "random"), seed, paths, years * periods, size):
        numbers = factor @ numbers
        after = mean + coefficients @ (level - mean) + spread * numbers[: len(states)]
        if inflation is not None:
            after[inflation] = np.maximum(after[inflation], LEAST_INFLATION)
        growth = []
        for asset, own in zip(assets, numbers[len(states) :], strict=True):
            if asset["kind"] == "bond":
                index = names.index(asset["yieldState"])
                change = after[index] - level[index]
                factor_of_growth = 1 + level[index] * share - asset["duration"] * change
                factor_of_growth += asset.get("convexity", 0.0) / 2 * change**2
                one = np.maximum(factor_of_growth, LEAST_BOND_GROWTH)
            else:
                rate = level[names.index(asset["rateState"])] if asset.get("rateState") else np.zeros(len(paths))
                drift = np.log(1 + rate + asset["premium"]) - asset["volatility"] ** 2 / 2
                one = np.exp(drift * share + asset["volatility"] * sqrt(share) * own)
            growth.append(one * (1 - asset.get("annualFee", 0)) ** share)
        prices = np.ones(len(paths)) if inflation is None else (1 + after[inflation]) ** share
        rows.append(np.vstack([*growth, prices]))
        level = after
    return joint(rows, periods // per_year)


def bootstrap(model, seed, paths, years, per_year):
    history, blocks = model["history"], model.get("blocks", {"kind": "independent"})
    rows = np.array(history["returns"]) + 1
    prices = 1 + np.array(history.get("inflation") or [0.0] * len(rows))
    fees = np.array(model.get("annualFees") or [0.0] * rows.shape[1])
    periods, kind = history["periodsPerYear"] // per_year, blocks["kind"]
    if not periods:
        raise NotCovered("years that cannot be divided")
    length = len(rows)
    block = 1 if kind in ("independent", "stationary") else blocks["steps"]
    possible = length - block * periods + 1 if kind in ("independent", "moving") else length
    sequence, rows_drawn, start = Sequence(seed, MARKET, paths), [], None
    for step in range(years * per_year):
        if kind == "stationary" or step % block == 0:
            word = sequence.word()
            fresh = ((word >> np.uint64(32)) * np.uint64(possible)) >> np.uint64(32)
            fresh = fresh.astype(np.int64)
            if start is None or kind != "stationary":
                start = fresh
            else:
                renewed = (word & np.uint64(2**32 - 1)) < np.uint64(int(2**32 / blocks["meanSteps"]))
                start = np.where(renewed, fresh, start)
        growth = np.ones((rows.shape[1], len(paths)))
        rise = np.ones(len(paths))
        for offset in range(periods):
            at = (start + offset) % length
            growth *= rows[at].T
            rise *= prices[at]
        start = (start + periods) % length
        rows_drawn.append(np.vstack([growth * ((1 - fees) ** (1 / per_year))[:, None], rise]))
    return np.array(rows_drawn)


MODELS = {
    "lognormal": lognormal,
    "studentT": lognormal,
    "regimeSwitching": regimes,
    "vectorAutoregression": autoregression,
    "bootstrap": bootstrap,
}


def random_paths(model, seed, paths, years, per_year):
    """Names of the asset classes, and growth: paths by steps by columns, prices last."""
    if model["kind"] == "bootstrap":
        names = model["history"]["assetClasses"]
    else:
        assets = model["regimes"][0]["assetClasses"] if "regimes" in model else model["assetClasses"]
        names = [asset["name"] for asset in assets]
    growth = MODELS[model["kind"]](model, seed, np.asarray(paths, dtype=np.int64), years, per_year)
    return names, np.moveaxis(growth, -1, 0)


def closed_form(model, per_year):
    """Mean and deviation of the return of each asset class in a step, where they are the same in every step."""
    share = 1 / per_year
    if model["kind"] == "lognormal":
        return [mixed([1.0], [asset], share) for asset in model_in_logarithms(model)["assetClasses"]]
    regimes_in_balance = model["kind"] == "regimeSwitching" and not model.get("initialProbabilities")
    if regimes_in_balance and model.get("transitionsPerYear", 1) == per_year:
        weights = stationary(model["transitions"])
        states = [model_in_logarithms(state) for state in model["regimes"]]
        classes = zip(*[state["assetClasses"] for state in states], strict=True)
        return [mixed(weights, assets, share) for assets in classes]
    blocks = model.get("blocks", {"kind": "independent"})["kind"]
    if model["kind"] == "bootstrap" and blocks == "independent" and model["history"]["periodsPerYear"] == per_year:
        rows = 1 + np.array(model["history"]["returns"])
        fees = np.array(model.get("annualFees") or [0.0] * rows.shape[1])
        return [{"expectedMean": float(mean)} for mean in rows.mean(axis=0) * (1 - fees) ** share - 1]
    return []


def mixed(weights, assets, share):
    """The moments of a lognormal return, or of one that is drawn from several."""
    first = second = 0.0
    for weight, asset in zip(weights, assets, strict=True):
        mean = exp((log_mean(asset) + asset["volatility"] ** 2 / 2) * share) * (1 - asset.get("annualFee", 0)) ** share
        first += weight * mean
        second += weight * mean**2 * exp(asset["volatility"] ** 2 * share)
    return {"expectedMean": first - 1, "expectedStandardDeviation": sqrt(max(second - first**2, 0.0))}
