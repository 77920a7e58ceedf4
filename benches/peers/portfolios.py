"""Monte Carlo simulation of portfolios: simple programs in numpy and in numba, and this package."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
import workloads
from workloads import ASSET_CLASSES, CORRELATIONS, WEIGHTS

PERCENTILES = [5, 10, 25, 50, 75, 90, 95]
PATHS, YEARS = 100_000, 40

# As in rust/portfolios.rs, from 4,000,000 paths by numpy.
ACCUMULATED = [726_796.0, 1_611_687.0, 3_813_802.0, 0.54404]
RETIRED = [0.73823, 368_344.0, 1_004_314.0, 2_719_667.0]
RETIRED_FROM_HISTORY = [0.83402, 404_330.0, 839_967.0, 1_841_350.0]


def worst(expected: list[float]) -> Callable[[list[float]], float]:
    return lambda found: max(abs(one / other - 1) for one, other in zip(found, expected))


def accumulation(peer: str) -> tuple[Callable[[], Any], Callable[[Any], float], float]:
    paths, months = 10_000, 360
    drift, deviation = 0.07 / 12 - 0.15**2 / 24, 0.15 / 12**0.5

    def answer(balances: np.ndarray) -> list[float]:
        return [*np.percentile(balances, [10, 50, 90]), (balances >= 1_500_000).mean()]

    if peer == "wherewithal":
        import wherewithal

        def run() -> list[float]:
            result = wherewithal.simulation.run(
                initial_balance=100_000.0,
                months=months,
                expected_return=0.07 - 0.15**2 / 2,
                return_convention="logarithmic",
                volatility=0.15,
                flows=[{"amount": 1_000.0}],
                paths=paths,
                seed=1,
                percentiles=[10.0, 50.0, 90.0],
                fan=False,
                target=1_500_000.0,
            )
            return [*(row.value for row in result.terminal_nominal.percentiles), result.target_probability]

    elif peer == "numba":
        import numba

        @numba.njit(parallel=True, fastmath=True)
        def simulate() -> np.ndarray:
            balances = np.empty(paths)
            for path in numba.prange(paths):
                balance = 100_000.0
                for _ in range(months):
                    balance = balance * np.exp(drift + deviation * np.random.standard_normal()) + 1_000.0
                balances[path] = balance
            return balances

        def run() -> list[float]:
            return answer(simulate())

    else:
        generator = np.random.default_rng(1)

        def run() -> list[float]:
            growth = generator.standard_normal((months, paths))
            growth *= deviation
            growth += drift
            np.exp(growth, out=growth)
            balances = np.full(paths, 100_000.0)
            for month in growth:
                balances *= month
                balances += 1_000.0
            return answer(balances)

    return run, worst(ACCUMULATED), 1.0


def question(historical: bool, returns: list[list[float]], inflation: list[float]) -> dict[str, Any]:
    """The arguments of `simulation.portfolio`."""
    names = [name for name, _, _ in ASSET_CLASSES]
    if historical:
        history = {"assetClasses": names, "periodsPerYear": 12, "returns": returns, "inflation": inflation}
        market = {"kind": "bootstrap", "history": history, "blocks": {"kind": "independent"}}
    else:
        market = {
            "kind": "lognormal",
            "assetClasses": [
                {"name": name, "expectedReturn": mean, "volatility": deviation}
                for name, mean, deviation in ASSET_CLASSES
            ],
            "inflation": {"expected": 0.025, "volatility": 0.012, "persistence": 0.6},
            "correlations": CORRELATIONS,
        }
    flow = {"timing": "start", "inflationLinked": True}
    return {
        "initial_balance": 200_000.0,
        "years": YEARS,
        "steps": "annual",
        "market": market,
        "allocation": {"kind": "fixed", "weights": WEIGHTS},
        "rebalancing": {"kind": "everyStep"},
        "flows": [
            {"amount": 20_000.0, "startYear": 1, "endYear": 20, **flow},
            {"amount": -40_000.0, "startYear": 21, "endYear": 40, **flow},
        ],
        "paths": PATHS,
        "seed": 1,
        "percentiles": [float(percentile) for percentile in PERCENTILES],
        "fan_money": "real",
    }


def retirement(workload: str, peer: str) -> tuple[Callable[[], Any], Callable[[Any], float], float]:
    historical = workload == "w3"
    error = worst(RETIRED_FROM_HISTORY if historical else RETIRED)
    returns, inflation = workloads.history()
    if peer == "wherewithal":
        import wherewithal

        arguments = question(historical, returns, inflation)

        def run() -> list[float]:
            result = wherewithal.simulation.portfolio(**arguments)
            last = [row.value for row in result.terminal_real.percentiles]
            return [result.success.probability, last[3], last[4], last[6]]

        return run, error, 1.0

    growth = 1 + np.array(returns)
    prices = 1 + np.array(inflation)
    starts = len(prices) - 11
    weights = np.array(WEIGHTS)
    means = np.array([np.log1p(mean) - deviation**2 / 2 for _, mean, deviation in ASSET_CLASSES])
    deviations = np.array([deviation for _, _, deviation in ASSET_CLASSES])
    factor = np.linalg.cholesky(np.array(CORRELATIONS))

    def collapsed() -> tuple[np.ndarray, np.ndarray]:
        """All possible years: the growth of the portfolio and that of prices."""
        assets, levels = np.ones((starts, 5)), np.ones(starts)
        for month in range(12):
            assets *= growth[month : month + starts]
            levels *= prices[month : month + starts]
        return assets @ weights, levels

    if peer.startswith("numba"):
        simulate = compiled(historical, means, deviations, factor, weights)

        def run() -> list[float]:
            years = collapsed() if historical else (np.empty(0), np.empty(0))
            reals, held = simulate(*years)
            fan = np.percentile(reals, PERCENTILES, axis=1)[:, -1]
            return [held.mean(), fan[3], fan[4], fan[6]]

        return run, error, 1.0

    generator = np.random.default_rng(1)

    def run() -> list[float]:
        balance, level, rate = np.full(PATHS, 200_000.0), np.ones(PATHS), np.full(PATHS, 0.025)
        holds, fan = np.ones(PATHS, bool), np.empty((YEARS, 7))
        years = collapsed() if historical else None
        for year in range(YEARS):
            if year < 20:
                balance += 20_000 * level
            else:
                balance -= 40_000 * level
                holds &= balance >= 0
                np.maximum(balance, 0, out=balance)
            if years is None:
                shocks = factor @ generator.standard_normal((6, PATHS))
                balance *= weights @ np.exp(means[:, None] + deviations[:, None] * shocks[:5])
                rate = 0.025 + 0.6 * (rate - 0.025) + 0.012 * shocks[5]
                level *= 1 + rate
            else:
                first = generator.integers(0, starts, PATHS)
                balance *= years[0][first]
                level *= years[1][first]
            fan[year] = np.percentile(balance / level, PERCENTILES)
        return [holds.mean(), fan[-1, 3], fan[-1, 4], fan[-1, 6]]

    return run, error, 1.0


def compiled(historical: bool, means: Any, deviations: Any, factor: Any, weights: Any) -> Any:
    """The same paths one by one, compiled by numba."""
    import numba

    numba.set_num_threads(int(os.environ["NUMBA_NUM_THREADS"]))

    @numba.njit(parallel=True, fastmath=True)
    def simulate(years: np.ndarray, levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        reals, held = np.empty((YEARS, PATHS)), np.empty(PATHS, numba.boolean)
        for path in numba.prange(PATHS):
            balance, level, rate, holds = 200_000.0, 1.0, 0.025, True
            normals = np.empty(6)
            for year in range(YEARS):
                if year < 20:
                    balance += 20_000.0 * level
                else:
                    balance -= 40_000.0 * level
                    if balance < 0.0:
                        balance, holds = 0.0, False
                if historical:
                    first = np.random.randint(0, len(years))
                    balance *= years[first]
                    level *= levels[first]
                else:
                    for index in range(6):
                        normals[index] = np.random.standard_normal()
                    total = 0.0
                    for asset in range(5):
                        shock = 0.0
                        for index in range(asset + 1):
                            shock += factor[asset, index] * normals[index]
                        total += weights[asset] * np.exp(means[asset] + deviations[asset] * shock)
                    shock = 0.0
                    for index in range(6):
                        shock += factor[5, index] * normals[index]
                    balance *= total
                    rate = 0.025 + 0.6 * (rate - 0.025) + 0.012 * shock
                    level *= 1 + rate
                reals[year, path] = balance / level
            held[path] = holds
        return reals, held

    return simulate
