"""Random portfolios, attributions and private funds through the engine and through exact programs.

Values stand before or after the flows of their days, some are zero or below, flows are small and large, and weights are those
of segments that come and go. Amounts agree exactly, returns to nine digits, reasons exactly.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

from mpmath import mpf

import performance
import private_funds
import return_attribution
from asking import ask, draws, text
from run import differences

TOLERANCE = {"relative": 1e-9, "absolute": 1e-9}
OPERATIONS = {**performance.OPERATIONS, **private_funds.OPERATIONS, **return_attribution.OPERATIONS}
# The rate a year of a few days is so large that nothing but its size can be compared.
MOST = 1e6
SUMS = {
    *("startValue", "endValue", "inflows", "outflows", "gain", "netFlow", "amount"),
    *("paidIn", "distributed", "netAssetValue"),
}


def money(draw, most):
    return f"{draw.randrange(1, most)}.{draw.randrange(100):02d}"


def signed(draw, most):
    return ("-" if draw.random() < 0.4 else "") + money(draw, most)


def portfolio(draw):
    length = draw.choice([2, 5, 40, 300, 900])
    days = sorted(draw.sample(range(1, length + 1), min(length, draw.choice([1, 2, 4, 9]))))
    start = date(2023, 2, 20)
    at = [start, *(start + timedelta(days=number) for number in days)]
    # Beyond these proportions a rate is a matter of how far one looks for it.
    size = draw.choice([9, 5_000, 2_000_000])
    values = []
    for when in at:
        value = {"date": str(when), "value": f"{draw.randrange(size // 3 + 1, size + 1)}.{draw.randrange(100):02d}"}
        kind = draw.random()
        if kind < 0.06:
            value["value"] = "0"
        elif kind < 0.1:
            value["value"] = "-" + value["value"]
        if draw.random() < 0.3:
            value["beforeFlows"] = True
        values.append(value)
    flows = []
    for _ in range(draw.choice([0, 0, 1, 3, 8])):
        when = start + timedelta(days=draw.randrange(0, days[-1] + 1))
        early = when == start and not values[0].get("beforeFlows")
        late = when == at[-1] and values[-1].get("beforeFlows")
        if not early and not late:
            flows.append({"date": str(when), "amount": signed(draw, draw.choice([size // 9 + 1, size]))})
    request = {"values": values, "flows": flows}
    for field, choices in {
        "dayPolicy": ["inflowsAtStart", "startOfDay", "middleOfDay", "endOfDay"],
        "annualization": ["aYearOrMore", "always", "never"],
        "dayCount": ["actual365Fixed", "actualActualIsda", "thirtyE360"],
        "largeFlow": [0.05, 0.5],
        "jump": [0.1, 2],
    }.items():
        if draw.random() < 0.4:
            request[field] = draw.choice(choices)
    if draw.random() < 0.3 and days[-1] > 1:
        when = str(start + timedelta(days=1))
        kinds = ["income", "currency", "fees", "taxes", "withholding"]
        request["gainSources"] = [
            {"date": when, "kind": draw.choice(kinds), "amount": signed(draw, 300)} for _ in range(draw.randrange(1, 5))
        ]
    return "returns.performance", request


def shares(draw, count):
    """Weights of four places that add up to one."""
    cuts = sorted(draw.randrange(0, 10_001) for _ in range(count - 1))
    return [(after - before) / 10_000 for before, after in zip([0, *cuts], [*cuts, 10_000], strict=True)]


def attributed(draw):
    names = [f"segment {number}" for number in range(6)]
    periods = []
    for _ in range(draw.choice([1, 2, 5, 24])):
        chosen = draw.sample(names, draw.randrange(1, 7))
        own, others = shares(draw, len(chosen)), shares(draw, len(chosen))
        segments = []
        for name, weight, other in zip(chosen, own, others, strict=True):
            segment = {"name": name, "portfolioWeight": weight, "benchmarkWeight": other}
            if weight or draw.random() < 0.5:
                segment["portfolioReturn"] = round(draw.gauss(0.01, 0.08), 4)
            if other or draw.random() < 0.5:
                segment["benchmarkReturn"] = round(draw.gauss(0.01, 0.08), 4)
            segments.append(segment)
        periods.append({"segments": segments})
    request = {"periods": periods}
    for field, choices in {
        "model": ["brinsonFachler", "brinsonHoodBeebower"],
        "interaction": ["separate", "inSelection"],
        "linking": ["carino", "menchero", "frongello", "sum"],
    }.items():
        if draw.random() < 0.7:
            request[field] = draw.choice(choices)
    return "returns.attribution", request


def fund(draw):
    count = draw.choice([2, 3, 8, 30])
    days = [date(2012, 1, 15) + timedelta(days=91 * number) for number in range(count)]
    level, index, flows = 1000.0, [], []
    for when in days:
        index.append({"date": str(when), "level": round(level, 2)})
        level *= 1 + draw.uniform(-0.12, 0.14)
    # A first payment of little would have rates beyond any that is looked for.
    flows.append({"date": str(days[0]), "amount": f"{draw.randrange(40_000, 90_000)}.{draw.randrange(100):02d}"})
    for when in days[1:]:
        if draw.random() < 0.6:
            flows.append({"date": str(when), "amount": signed(draw, 40_000)})
    request = {"flows": flows, "asOf": str(days[-1]), "netAssetValue": money(draw, 150_000), "index": index}
    if draw.random() < 0.3:
        request["commitment"] = money(draw, 300_000)
    return "returns.public_market_equivalent", request


def plain(value, key=None):
    """Numbers as JSON has them; sums of money as decimals."""
    if isinstance(value, dict):
        return {name: plain(inner, name) for name, inner in value.items() if not is_huge(inner)}
    if isinstance(value, (list, tuple)):
        return [plain(inner, key) for inner in value]
    if isinstance(value, Fraction):
        return text(value) if key in SUMS else float(value)
    return float(value) if isinstance(value, mpf) else value


def shortest(value, key=None):
    """Sums of money without trailing zeros, so that their texts are compared."""
    if isinstance(value, dict):
        return {name: shortest(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [shortest(inner, key) for inner in value]
    return text(Fraction(value)) if key in SUMS else value


def is_huge(value):
    return isinstance(value, dict) and isinstance(value.get("value"), mpf) and abs(value["value"]) > MOST


def failures(engine, seed, places):
    """What differs, as texts."""
    requests = [draw.choice([portfolio, portfolio, attributed, fund])(draw) for draw in draws(seed, places)]
    found = []
    for (operation, request), answer in zip(requests, ask(engine, requests), strict=True):
        model = plain(OPERATIONS[operation](request))
        lines = [str(answer)] if "code" in answer else list(differences(model, shortest(answer), TOLERANCE))
        if lines:
            found.append("\n    ".join([operation, json.dumps(request), *lines[:8]]))
    return found
