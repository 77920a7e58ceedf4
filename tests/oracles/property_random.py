"""Random rental properties and depreciations through the engine and through `property_cash_flow.py`, field by field.

Internal rates, which are floating-point numbers, are compared within 10^-9.
"""

import json
from datetime import date, timedelta
from fractions import Fraction

from asking import ask, differences, draws
from property_cash_flow import cash_flow, depreciation
from support import QUOTED


def money(draw, low, high):
    return f"{draw.randrange(low * 100, high * 100) / 100:.2f}"


def rate(draw, low, high):
    return f"{draw.randrange(low, high) / 1000:.3f}"


def expense(draw, name):
    if draw.random() < 0.4:
        return {"kind": "shareOfIncome", "name": name, "share": rate(draw, 0, 150)}
    return {"kind": "fixed", "name": name, "annualAmount": money(draw, 0, 6000), "annualGrowth": rate(draw, -30, 80)}


def a_property(draw):
    price = draw.randrange(80_000, 900_000)
    request = {
        "years": draw.randrange(1, 36),
        "purchase": {"price": str(price), "closingCosts": money(draw, 0, 20_000)},
        "rents": [
            {
                "name": f"unit {number}",
                "units": draw.randrange(1, 5),
                "monthlyRent": money(draw, 300, 2500),
                "annualGrowth": rate(draw, -40, 90),
            }
            for number in range(draw.randrange(1, 4))
        ],
        "vacancyRate": rate(draw, 0, 150),
        "creditLossRate": rate(draw, 0, 50),
        "operatingExpenses": [expense(draw, name) for name in ("tax", "insurance", "repairs")[: draw.randrange(0, 4)]],
        "reserves": [expense(draw, name) for name in ("roof",)[: draw.randrange(0, 2)]],
        "sale": {"appreciation": rate(draw, -60, 90), "costRate": rate(draw, 0, 90)},
    }
    if draw.random() < 0.5:
        request["purchase"] |= {"improvements": money(draw, 0, 50_000), "value": str(price + draw.randrange(0, 40_000))}
    if draw.random() < 0.5:
        request["otherIncome"] = [
            {"name": "laundry", "annualAmount": money(draw, 0, 2000), "annualGrowth": rate(draw, 0, 40)}
        ]
    request["loans"] = [
        {
            "principal": money(draw, price // 10, price // 2),
            "annualRate": rate(draw, 0, 120),
            "termMonths": draw.choice([60, 84, 180, 360, 365]),
        }
        for _ in range(draw.randrange(0, 3))
    ]
    if draw.random() < 0.75:
        request["taxes"] = {
            "landShare": rate(draw, 0, 500),
            "recovery": draw.choice(["residential", "nonresidential"]),
            "method": draw.choice(["straightLine", "irsTables"]),
            "ordinaryRate": rate(draw, 0, 500),
            "capitalGainsRate": rate(draw, 0, 300),
            "passiveLosses": draw.choice(["suspended", "allowed"]),
        }
        if draw.random() < 0.3:
            request["taxes"]["recaptureRate"] = rate(draw, 0, 300)
    if draw.random() < 0.5:
        request["discountRate"] = draw.randrange(-20, 200) / 1000
    return "cash_flow.property", request


def a_building(draw):
    begun = date(2020, 1, 1) + timedelta(days=draw.randrange(0, 1500))
    request = {
        "basis": money(draw, 1, 900_000),
        "placedInService": str(begun),
        "recovery": draw.choice(["residential", "nonresidential"]),
        "method": draw.choice(["straightLine", "irsTables"]),
    }
    if draw.random() < 0.6:
        request["disposed"] = str(begun + timedelta(days=draw.randrange(0, 16_000)))
    return "cash_flow.depreciation", request


def failures(engine, seed, places):
    """The properties and buildings whose answers differ."""
    requests = [a_property(draw) if draw.random() < 0.7 else a_building(draw) for draw in draws(seed, places)]
    found = []
    for (operation, request), answer in zip(requests, ask(engine, requests)):
        lines = [str(answer)] if "code" in answer else list(compared(operation, request, answer))
        if lines:
            found.append(f"{operation} {json.dumps(request)}\n    " + "\n    ".join(lines[:4]))
    return found


def compared(operation, request, answer):
    model = {"cash_flow.property": cash_flow, "cash_flow.depreciation": depreciation}[operation](request)
    if operation == "cash_flow.property":
        for name in ("beforeTax", "afterTax"):
            if model[name]:
                yield from rates(answer[name], model[name], name)
                model[name] |= {"internalRate": QUOTED, "noRateReason": QUOTED}
    yield from differences(answer, model)


def rates(told, model, name):
    one, other = told["internalRate"], model["internalRate"]
    if (one is None) != (other is None):
        yield f"{name}: {one} of the engine, {other} of the program"
    elif one and abs(Fraction(one["rate"]) - Fraction(str(other["rate"]))) > Fraction(1, 10**9):
        yield f"{name}: {one['rate']} of the engine, {other['rate']} of the program"
