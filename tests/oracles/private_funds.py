"""A private fund beside a public index, with 40 digits.

Kaplan and Schoar: a quotient of compounded amounts. Long and Nickels: the flows in the index, and the internal rate with what
they leave. PME+ (Rouvinez): distributions times the factor with which the index leaves the net asset value. Direct alpha
(Gredil, Griffiths and Stucke): the internal rate of compounded flows. Rates are found by `roots.py`.
"""

from fractions import Fraction

from mpmath import mpf, workdps

from internal_rate import present_value
from roots import all_rates
from support import day, number

DIGITS = 40


def exact(value):
    fraction = number(value)
    return mpf(fraction.numerator) / fraction.denominator


def undefined(reason):
    return {"value": None, "reason": reason}


def quotient(dividend, divisor):
    return {"value": dividend / divisor} if divisor else undefined("zeroDivisor")


def rate(flows, left, as_of):
    """The internal rate a year of amounts by day."""
    by_day = {}
    for when, amount in [*flows, (as_of, left)]:
        by_day[when] = by_day.get(when, 0) + amount
    amounts = {when: amount for when, amount in by_day.items() if amount}
    if amounts and all(amount < 0 for amount in amounts.values()):
        return undefined("totalLoss")
    if len(amounts) < 2 or all(amount > 0 for amount in amounts.values()):
        return undefined("noCapital")
    first = min(when for when, _ in flows)
    # Of less than a year, a root is the return of the whole time, which is not as extreme as that of a year.
    unit = min((as_of - first).days, 365)
    own = [(mpf((when - first).days) / unit, amount) for when, amount in amounts.items()]
    near = [(float(time), float(amount)) for time, amount in own]
    sizes = [(time, abs(amount)) for time, amount in near]
    found = all_rates(
        lambda one: present_value(own, one), lambda one: (present_value(near, one), present_value(sizes, one))
    )
    found = [(1 + whole) ** (mpf(365) / unit) - 1 for whole in found]
    return {"value": found[0]} if len(found) == 1 else undefined("severalRates" if found else "noRate")


def difference(one, other):
    if one["value"] is None or other["value"] is None:
        return one if one["value"] is None else other
    return {"value": one["value"] - other["value"]}


def public_market_equivalent(request):
    with workdps(DIGITS):
        levels = {day(level["date"]): exact(level["level"]) for level in request["index"]}
        as_of, left = day(request["asOf"]), exact(request.get("netAssetValue", 0))

        def level(when):
            if when in levels:
                return levels[when]
            return levels[max(other for other in levels if other < when)]

        received = [(day(flow["date"]), -exact(flow["amount"])) for flow in request["flows"]]
        grown = [(when, amount * level(as_of) / level(when)) for when, amount in received]
        stated = [number(flow["amount"]) for flow in request["flows"]]
        paid = sum((amount for amount in stated if amount > 0), Fraction(0))
        given = -sum((amount for amount in stated if amount < 0), Fraction(0))
        paid_grown = -sum(amount for _, amount in grown if amount < 0)
        given_grown = sum(amount for _, amount in grown if amount > 0)
        own = rate(received, left, as_of)
        index_value = paid_grown - given_grown
        in_index = rate(received, index_value, as_of) if index_value >= 0 else undefined("noRate")
        factor = quotient(paid_grown - left, given_grown)
        scaled = factor
        if factor["value"] is not None:
            scaled = rate([(when, a * factor["value"] if a > 0 else a) for when, a in received], left, as_of)
        total = given + number(request.get("netAssetValue", 0))
        answer = {
            "paidIn": paid,
            "distributed": given,
            "netAssetValue": number(request.get("netAssetValue", 0)),
            "dpi": quotient(given, paid),
            "rvpi": quotient(number(request.get("netAssetValue", 0)), paid),
            "tvpi": quotient(total, paid),
            "internalRate": own,
            "kaplanSchoar": quotient(given_grown + left, paid_grown),
            "longNickels": {
                "indexValue": {"value": index_value},
                "internalRate": in_index,
                "excessRate": difference(own, in_index),
            },
            "pmePlus": {"factor": factor, "internalRate": scaled, "excessRate": difference(own, scaled)},
            "directAlpha": rate(grown, left, as_of),
        }
        if request.get("commitment") is not None:
            answer["pic"] = quotient(paid, number(request["commitment"]))
        return answer


OPERATIONS = {"returns.public_market_equivalent": public_market_equivalent}
