"""Assumptions stated as simple returns, in logarithms: the exact conversion for lognormal returns, with 40 digits.

If ln g is normal with mean m and variance v, then E[g] = exp(m + v / 2) and Var[g] = E[g]^2 (exp(v) - 1); for two such
factors Cov[g, h] = E[g] E[h] (exp(c) - 1), where c is the covariance of the logarithms. With a normal variable e of
variance 1, Cov[g, e] = E[g] Cov[ln g, e] (Stein's lemma). Johnson, Kotz and Balakrishnan, Continuous Univariate
Distributions 1, chapter 14.
"""

import numpy as np
from mpmath import expm1, log, mpf, sqrt, workdps

from support import NotCovered


def moments(expected, spread):
    """Mean and deviation of the logarithm of a factor with mean 1 + `expected` and deviation `spread`."""
    with workdps(40):
        mean = 1 + mpf(expected)
        variance = log(1 + (mpf(spread) / mean) ** 2)
        return float(log(mean) - variance / 2), float(sqrt(variance))


def is_simple(one):
    return one.get("returnConvention") == "simple"


def in_logarithms(one):
    """An asset class, or another record with a return and a volatility, in logarithms."""
    if not is_simple(one):
        return one
    mean, spread = moments(one["expectedReturn"], one["volatility"])
    return {**one, "returnConvention": "logarithmic", "expectedReturn": mean, "volatility": spread}


def matrix(rows, assets):
    """Correlations of the logarithms, and of the logarithms with a normal variable in the last row if there is one more."""
    with workdps(40):
        ratios = [mpf(asset["volatility"]) / (1 + mpf(asset["expectedReturn"])) for asset in assets]
        spreads = [sqrt(log(1 + ratio**2)) for ratio in ratios]
        found = np.eye(len(rows))
        for row in range(len(rows)):
            for column in range(row):
                given, ratio, spread = mpf(rows[row][column]), ratios[column], spreads[column]
                if not spread or (row < len(assets) and not spreads[row]):
                    value = given
                elif row < len(assets):
                    value = log(1 + given * ratio * ratios[row]) / (spread * spreads[row])
                else:
                    # Cov[g, e] / (deviation of g) with the deviation of g over its mean as `ratio`.
                    value = given * ratio / spread
                found[row, column] = found[column, row] = float(value)
    if np.abs(found).max() > 1 or np.linalg.eigvalsh(found).min() < -1e-12:
        raise NotCovered("correlations that no lognormal returns have")
    return found.tolist()


def extremes(one, other):
    """The least and the largest correlation of two simple returns: those whose logarithms have the correlation -1 or 1."""
    with workdps(40):
        (_, s), (_, t) = moments(*one), moments(*other)
        ratios = sqrt(expm1(mpf(s) ** 2) * expm1(mpf(t) ** 2))
        return [float(expm1(sign * mpf(s) * mpf(t)) / ratios) for sign in (-1, 1)]


def model_in_logarithms(model):
    """A model of lognormal returns, or one regime, in logarithms."""
    assets = model.get("assetClasses", [])
    if not any(isinstance(asset, dict) and is_simple(asset) for asset in assets):
        return model
    rows = model.get("correlations")
    converted = {**model, "assetClasses": [in_logarithms(asset) for asset in assets]}
    return {**converted, "correlations": matrix(rows, assets)} if rows else converted
