"""The measures of the engine beside those of empyrical-reloaded, quantstats and ffn, on the Nasdaq and the S&P 500 of arch.

    pip install -r tests/oracles/risk_peers.txt
    python tests/oracles/risk_peers.py --engine PATH

PATH is the program `wherewithal-codegen`. The series are the daily closes from 1999 to 2018 that arch ships; the Nasdaq is
measured, and the S&P 500 is its benchmark. Each figure of a peer either agrees to nine digits, or is one that
docs/RISK_MEASURES.md explains. The run fails where a figure that should agree differs, and where one that is explained agrees.
"""

import argparse
import sys

import empyrical
import ffn
import numpy as np
import quantstats.stats as qs
from arch.data import nasdaq, sp500

from asking import ask

DAYS = 252
RATE = 0.02
TARGET = 0.03
TOLERANCE = 1e-9


def series():
    """Daily returns of both indices, and the prices of the first."""
    prices = [source.load()["Adj Close"].astype(float) for source in (nasdaq, sp500)]
    own, benchmark = (closes.pct_change().dropna() for closes in prices)
    assert (own.index == benchmark.index).all()
    return own, benchmark, prices[0]


def answers(engine, own, benchmark):
    """The engine's answers to the questions that peers are asked."""
    plain = {"returns": list(own), "benchmark": list(benchmark), "periodsPerYear": DAYS}
    free = plain | {"riskFreeRate": RATE}
    variants = {
        "plain": plain,
        "free": free,
        "adjusted": plain | {"momentEstimator": "adjusted"},
        "target": plain | {"minimumAcceptableReturn": TARGET},
        "freeIsTarget": free | {"minimumAcceptableReturn": RATE},
        "alpha": plain | {"alphaConversion": "simple"},
    }
    found = ask(engine, [("risk.measures", request) for request in variants.values()])
    for answer in found:
        if "code" in answer:
            sys.exit(f"the engine refuses: {answer}")
    return dict(zip(variants, found))


def comparisons(ours, own, benchmark, prices):
    """Peer, name, whether it should agree, our value, its value."""
    plain, free, adjusted = ours["plain"], ours["free"], ours["adjusted"]

    def value(answer, name):
        return answer[name]["value"]

    daily = (1 + RATE) ** (1 / DAYS) - 1
    target = (1 + TARGET) ** (1 / DAYS) - 1
    e = "empyrical"
    yield e, "cum_returns_final", True, value(plain, "cumulativeReturn"), empyrical.cum_returns_final(own)
    yield e, "annual_return", True, value(plain, "annualizedReturn"), empyrical.annual_return(own)
    yield e, "annual_volatility", True, value(plain, "volatility"), empyrical.annual_volatility(own)
    yield e, "sharpe_ratio", True, value(free, "sharpe"), empyrical.sharpe_ratio(own, daily)
    yield e, "sharpe_ratio with an annual rate", False, value(free, "sharpe"), empyrical.sharpe_ratio(own, RATE)
    downside = empyrical.downside_risk(own, target)
    yield e, "downside_risk", True, value(ours["target"], "downsideDeviation"), downside
    yield e, "sortino_ratio", True, value(ours["target"], "sortino"), empyrical.sortino_ratio(own, target)
    yield e, "omega_ratio", True, value(ours["target"], "omega"), empyrical.omega_ratio(own, required_return=TARGET)
    yield e, "calmar_ratio", True, value(plain, "calmar"), empyrical.calmar_ratio(own)
    yield e, "max_drawdown", True, value(plain, "maximumDrawdown"), -empyrical.max_drawdown(own)
    yield e, "tail_ratio", True, value(plain, "tailRatio"), empyrical.tail_ratio(own)
    yield e, "value_at_risk", True, plain["valueAtRisk"]["historical"]["value"], -empyrical.value_at_risk(own)
    shortfall = -empyrical.conditional_value_at_risk(own)
    yield e, "conditional_value_at_risk", True, plain["expectedShortfall"]["historical"]["value"], shortfall
    yield e, "alpha", True, value(free, "alpha"), empyrical.alpha(own, benchmark, daily)
    yield e, "beta", True, value(free, "beta"), empyrical.beta(own, benchmark, daily)
    yield e, "excess_sharpe", False, value(plain, "informationRatio"), empyrical.excess_sharpe(own, benchmark)
    yield e, "up_capture", False, value(plain, "upCapture"), empyrical.up_capture(own, benchmark)
    yield e, "down_capture", False, value(plain, "downCapture"), empyrical.down_capture(own, benchmark)

    q = "quantstats"
    yield q, "comp", True, value(plain, "cumulativeReturn"), qs.comp(own)
    yield q, "cagr", True, value(plain, "annualizedReturn"), qs.cagr(own)
    yield q, "volatility", True, value(plain, "volatility"), qs.volatility(own)
    yield q, "sharpe", True, value(free, "sharpe"), qs.sharpe(own, rf=RATE)
    yield q, "sortino", True, value(ours["freeIsTarget"], "sortino"), qs.sortino(own, rf=RATE)
    yield q, "omega", True, value(ours["target"], "omega"), qs.omega(own, required_return=TARGET)
    yield q, "gain_to_pain_ratio", True, value(plain, "gainToPain"), qs.gain_to_pain_ratio(own)
    yield q, "tail_ratio", True, value(plain, "tailRatio"), qs.tail_ratio(own)
    yield q, "skew", True, value(adjusted, "skewness"), qs.skew(own)
    yield q, "kurtosis", True, value(adjusted, "excessKurtosis"), qs.kurtosis(own)
    yield q, "calmar", True, value(plain, "calmar"), qs.calmar(own)
    yield q, "max_drawdown", True, value(plain, "maximumDrawdown"), -qs.max_drawdown(own)
    ulcer = qs.ulcer_index(own)
    yield q, "ulcer_index", False, value(plain, "ulcerIndex"), ulcer
    corrected = ulcer * np.sqrt((len(own) - 1) / len(own))
    yield q, "ulcer_index with the divisor n", True, value(plain, "ulcerIndex"), corrected
    yield q, "ulcer_performance_index", False, value(plain, "martin"), qs.ulcer_performance_index(own)
    yield q, "value_at_risk", True, plain["valueAtRisk"]["normal"]["value"], -qs.value_at_risk(own)
    yield q, "value_at_risk, historical", False, plain["valueAtRisk"]["historical"]["value"], -qs.value_at_risk(own)
    shortfall = plain["expectedShortfall"]
    parametric = -qs.conditional_value_at_risk(own)
    yield q, "conditional_value_at_risk", True, shortfall["normal"]["value"], parametric
    historical = -qs.conditional_value_at_risk(own, method="historical")
    yield q, "conditional_value_at_risk, historical", True, shortfall["historical"]["value"], historical
    greeks = qs.greeks(own, benchmark)
    yield q, "greeks: beta", True, value(plain, "beta"), greeks["beta"]
    yield q, "greeks: alpha", True, value(ours["alpha"], "alpha"), greeks["alpha"]
    yield q, "r_squared", True, value(plain, "rSquared"), qs.r_squared(own, benchmark)
    information = qs.information_ratio(own, benchmark)
    yield q, "information_ratio", False, value(plain, "informationRatio"), information
    annual = information * np.sqrt(DAYS)
    yield q, "information_ratio, annualized", True, value(plain, "informationRatio"), annual
    yield q, "treynor_ratio", False, value(free, "treynor"), qs.treynor_ratio(own, benchmark, rf=RATE)

    f = "ffn"
    yield f, "calc_total_return", True, value(plain, "cumulativeReturn"), ffn.calc_total_return(prices)
    yield f, "calc_cagr", False, value(plain, "annualizedReturn"), ffn.calc_cagr(prices)
    yield f, "calc_sharpe", True, value(free, "sharpe"), ffn.calc_sharpe(own, rf=RATE, nperiods=DAYS)
    sortino = ffn.calc_sortino_ratio(own, rf=RATE, nperiods=DAYS)
    yield f, "calc_sortino_ratio", True, value(ours["freeIsTarget"], "sortino"), sortino
    yield f, "calc_max_drawdown", True, value(plain, "maximumDrawdown"), -ffn.calc_max_drawdown(prices)
    yield f, "calc_calmar_ratio", False, value(plain, "calmar"), ffn.calc_calmar_ratio(prices)
    yield f, "to_ulcer_index", False, value(plain, "ulcerIndex"), ffn.core.to_ulcer_index(prices) / 100
    information = ffn.calc_information_ratio(own, benchmark)
    yield f, "calc_information_ratio", False, value(plain, "informationRatio"), information


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True, help="the program wherewithal-codegen")
    own, benchmark, prices = series()
    ours = answers(parser.parse_args().engine, own, benchmark)
    wrong = 0
    for peer, name, agrees, mine, theirs in comparisons(ours, own, benchmark, prices):
        difference = abs(mine - float(theirs)) / abs(mine)
        fault = (difference <= TOLERANCE) != agrees
        wrong += fault
        state = "FAULT" if fault else "agrees" if agrees else "explained"
        print(f"{peer:<12}{name:<42}{mine:>22.12g}{float(theirs):>22.12g}{difference:>12.1e}  {state}")
    sys.exit(f"{wrong} figures are not as docs/RISK_MEASURES.md says" if wrong else 0)


if __name__ == "__main__":
    main()
