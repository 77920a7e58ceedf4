"""Random series of returns through the engine and through `risk.py`: all measures, drawdowns, and windows.

Series are short and long, calm and wild, constant and with total losses, with benchmarks that move with them or against
them, and with every choice of the input. Numbers agree to nine digits, reasons and dates exactly.
"""

import json
from datetime import date, timedelta

from asking import ask, draws
from risk import OPERATIONS
from run import differences

TOLERANCE = {"relative": 1e-9, "absolute": 1e-10}
WINDOWS = ["cumulativeReturn", "meanReturn", "volatility", "downsideDeviation", "sharpe", "sortino", "maximumDrawdown"]
COMPARED = ["alpha", "beta", "correlation", "trackingError", "informationRatio"]


def returns(draw, count):
    kind = draw.choice(["calm", "calm", "wild", "flat", "cents"])
    if kind == "flat":
        return [draw.choice([0.0, 0.01, -0.02])] * count
    if kind == "cents":
        return [draw.randrange(-3, 4) / 100 for _ in range(count)]
    scale = 0.02 if kind == "calm" else 0.4
    return [round(max(draw.gauss(scale / 5, scale), -0.99), 6) for _ in range(count)]


def series(draw):
    """The fields that all operations share."""
    count = draw.choice([1, 2, 3, 4, 5, 8, 20, 60, 250])
    request = {"returns": returns(draw, count)}
    if draw.random() < 0.5:
        days = sorted(draw.sample(range(1, 3 * count + 2), count))
        request["dates"] = [str(date(2020, 1, 1) + timedelta(days=days[index])) for index in range(count)]
    return request


def compared(draw, request):
    """Fields of the rates, the benchmark and the choices."""
    count = len(request["returns"])
    request["periodsPerYear"] = draw.choice([1, 4, 12, 52, 252, 365.25])
    kind = draw.choice(["none", "other", "follows", "opposes"])
    if kind == "other":
        request["benchmark"] = returns(draw, count)
    elif kind != "none":
        sign = 1 if kind == "follows" else -1
        own = [max(min(value, 0.9), -0.9) for value in request["returns"]]
        request["benchmark"] = [round(sign * value / 2 + draw.gauss(0, 0.005), 6) for value in own]
    if "benchmark" in request and "dates" in request and draw.random() < 0.5:
        request["benchmarkDates"] = request["dates"]
    if draw.random() < 0.3:
        request["riskFreeReturns"] = [round(draw.uniform(0, 0.004), 6) for _ in range(count)]
    elif draw.random() < 0.5:
        request["riskFreeRate"] = draw.choice([0.01, 0.035, -0.004])
    if draw.random() < 0.5:
        request["minimumAcceptableReturn"] = draw.choice([0.02, 0.07, -0.05])
    for field, choices in {
        "rateConversion": ["compound", "simple"],
        "deviationDivisor": ["sample", "population"],
        "alphaConversion": ["compound", "simple"],
    }.items():
        if draw.random() < 0.5:
            request[field] = draw.choice(choices)
    return request


def measured(draw):
    request = compared(draw, series(draw))
    request["annualizeShortSeries"] = draw.random() < 0.5
    for field, choices in {
        "confidence": [0.9, 0.95, 0.975, 0.99, 0.51],
        "quantileDefinition": ["linear", "inverseDistribution", "weibull", "medianUnbiased"],
        "momentEstimator": ["population", "adjusted"],
        "sterlingDrawdowns": [1, 3, 10],
        "sterlingExcess": [0, 0.1, 0.05],
        "burkeDrawdowns": [1, 4],
    }.items():
        if draw.random() < 0.5:
            request[field] = draw.choice(choices)
    if draw.random() < 0.1:
        request["returns"][-1] = -1
    return "risk.measures", request


def fallen(draw):
    request = series(draw)
    if "dates" in request and draw.random() < 0.5:
        request["startDate"] = "2020-01-01"
    if draw.random() < 0.3:
        request["minimumDepth"] = draw.choice([0.01, 0.1, 0.5])
    return "risk.drawdowns", request


def rolled(draw):
    request = compared(draw, series(draw))
    # A window of its own costs as much as a series.
    request = {name: value[:60] if isinstance(value, list) else value for name, value in request.items()}
    measures = WINDOWS + (COMPARED if "benchmark" in request else [])
    request |= {"measure": draw.choice(measures), "window": draw.randrange(1, len(request["returns"]) + 1)}
    return "risk.rolling", request


def failures(engine, seed, places):
    """What differs, as texts."""
    requests = [draw.choice([measured, fallen, rolled])(draw) for draw in draws(seed, places)]
    found = []
    for (operation, request), answer in zip(requests, ask(engine, requests)):
        model = json.loads(json.dumps(OPERATIONS[operation](request), default=plain))
        lines = [str(answer)] if "code" in answer else list(differences(model, answer, TOLERANCE))
        if lines:
            found.append("\n    ".join([operation, json.dumps(request), *lines[:8]]))
    return found


def plain(value):
    """Dates and numpy's numbers in JSON."""
    return str(value) if isinstance(value, date) else value.item()
