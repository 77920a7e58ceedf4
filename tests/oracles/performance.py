"""What a portfolio gained, from its values and flows, in exact fractions.

A moment is a number of half days: the start of day d is 2 d, its end 2 d + 2. A value is taken at the end of its day, or at
the start if it is one before the flows of the day; those then follow it at once. Each flow counts for the part of the time
from its moment to the end (Dietz, modified); what is put in is there from the start of its day and what is taken out until
its end, unless the policy says otherwise. The return of the whole links those of the periods that have capital. Rates are
found by `roots.py`, flows dated by their days as parts of the whole time.
"""

from fractions import Fraction
from itertools import pairwise

from mpmath import mpf, workdps

from day_counts import fraction
from internal_rate import present_value
from roots import all_rates
from support import day, number

DIGITS = 40
KINDS = ["price", "income", "currency", "fees", "taxes", "withholding"]


def undefined(reason):
    return {"value": None, "reason": reason}


def ratio(dividend, divisor):
    return {"value": dividend / divisor} if divisor > 0 else undefined("noCapital")


def moment(value):
    return 2 * value["date"].toordinal() + (0 if value["before"] else 2)


def at(flow, first, policy):
    """The moment of a flow, of which the value `first` may be the one just before it."""
    if first["before"] and flow["date"] == first["date"]:
        return moment(first)
    later = {"startOfDay": 0, "middleOfDay": 1, "endOfDay": 2, "inflowsAtStart": 2 if flow["amount"] < 0 else 0}
    return 2 * flow["date"].toordinal() + later[policy]


def dietz(first, last, flows, policy):
    """Gain and average capital."""
    begin, end = moment(first), moment(last)
    length = max(end - begin, 1)
    gain = last["value"] - first["value"] - sum(flow["amount"] for flow in flows)
    weighted = sum(flow["amount"] * (end - at(flow, first, policy)) for flow in flows)
    return gain, first["value"] + Fraction(weighted) / length


def belongs(flow, first, last):
    after = flow["date"] >= first["date"] if first["before"] else flow["date"] > first["date"]
    return after and (flow["date"] < last["date"] if last["before"] else flow["date"] <= last["date"])


def period(first, last, flows, policy):
    gain, capital = dietz(first, last, flows, policy)
    told = {
        "start": first["date"].isoformat(),
        "end": last["date"].isoformat(),
        "startValue": first["value"],
        "endValue": last["value"],
        "netFlow": sum((flow["amount"] for flow in flows), Fraction(0)),
        "gain": gain,
        "averageCapital": capital,
        "return": ratio(gain, capital),
    }
    if flows:
        for name, own in [("returnAtStartOfDay", "startOfDay"), ("returnAtEndOfDay", "endOfDay")]:
            told[name] = ratio(*dietz(first, last, flows, own))
    return told


def warning(told, first, flows, request):
    start = {"start": told["start"], "end": told["end"]}
    result = told["return"]["value"]
    if result is None:
        return {"kind": "noCapital", **start, "averageCapital": told["averageCapital"]}
    unknown = [flow for flow in flows if not (first["before"] and flow["date"] == first["date"])]
    large = number(request.get("largeFlow", "0.1"))
    if unknown and abs(told["netFlow"]) > large * first["value"]:
        return {"kind": "largeFlow", **start, "netFlow": told["netFlow"], "startValue": first["value"]}
    if not flows and abs(result) > number(request.get("jump", "0.5")):
        return {"kind": "jump", **start, "gain": told["gain"], "return": result}
    return None


def linked(periods):
    growth, found = Fraction(1), False
    for one in periods:
        value = one["return"]["value"]
        if value is None:
            continue
        if value < -1:
            return undefined("totalLoss")
        growth, found = growth * (1 + value), True
    return {"value": growth - 1} if found else undefined("noCapital")


def a_year(rate, years, annualization):
    """The statement of a rate a year."""
    if rate["value"] is not None and annualization == "aYearOrMore" and years < 1:
        return undefined("underOneYear")
    return rate


def money_weighted(first, last, flows, years, request):
    dated = [(first["date"], -first["value"])]
    dated += [(flow["date"], -flow["amount"]) for flow in flows] + [(last["date"], last["value"])]
    by_day = {}
    for when, amount in dated:
        by_day[when] = by_day.get(when, 0) + amount
    amounts = [amount for amount in by_day.values() if amount]
    roots = []
    if amounts and all(amount < 0 for amount in amounts):
        found = undefined("totalLoss")
    elif len(amounts) < 2 or all(amount > 0 for amount in amounts):
        found = undefined("noCapital")
    else:
        # Times are parts of the whole, so a rate is a return of the whole time.
        days = (last["date"] - first["date"]).days
        own = [
            (mpf((when - first["date"]).days) / days, mpf(amount.numerator) / amount.denominator)
            for when, amount in by_day.items()
            if amount
        ]
        near = [(float(time), float(amount)) for time, amount in own]
        sizes = [(time, abs(amount)) for time, amount in near]
        roots = all_rates(
            lambda rate: present_value(own, rate), lambda rate: (present_value(near, rate), present_value(sizes, rate))
        )
        found = {"value": roots[0]} if len(roots) == 1 else undefined("severalRates" if roots else "noRate")

    def a_year_of(value):
        return (1 + value) ** (1 / years) - 1

    answer = {
        "periodReturn": found,
        "roots": [{"periodReturn": {"value": r}, "annualReturn": {"value": a_year_of(r)}} for r in roots],
    }
    annualization = request.get("annualization", "aYearOrMore")
    if annualization != "never":
        own = found if found["value"] is None else {"value": a_year_of(found["value"])}
        answer["annualReturn"] = a_year(own, years, annualization)
    return answer


def performance(request):
    with workdps(DIGITS):
        values = [
            {"date": day(v["date"]), "value": number(v["value"]), "before": v.get("beforeFlows", False)}
            for v in request["values"]
        ]
        flows = [{"date": day(f["date"]), "amount": number(f["amount"])} for f in request.get("flows", [])]
        policy = request.get("dayPolicy", "inflowsAtStart")
        first, last = values[0], values[-1]
        periods, warnings = [], []
        for begin, end in pairwise(values):
            own = [flow for flow in flows if belongs(flow, begin, end)]
            told = period(begin, end, own, policy)
            periods.append(told)
            warned = warning(told, begin, own, request)
            warnings += [warned] if warned else []
        gain, capital = dietz(first, last, flows, policy)
        inflows = sum((flow["amount"] for flow in flows if flow["amount"] > 0), Fraction(0))
        outflows = -sum((flow["amount"] for flow in flows if flow["amount"] < 0), Fraction(0))
        exact_years = fraction(first["date"], last["date"], request.get("dayCount", "actual365Fixed"))
        years = mpf(exact_years.numerator) / exact_years.denominator
        whole = linked(periods)
        parts = dict.fromkeys(KINDS, Fraction(0))
        for source in request.get("gainSources", []):
            parts[source["kind"]] += number(source["amount"])
        parts["price"] = gain - sum(parts.values())
        answer = {
            "start": first["date"].isoformat(),
            "end": last["date"].isoformat(),
            "days": (last["date"] - first["date"]).days,
            "years": years,
            "startValue": first["value"],
            "endValue": last["value"],
            "inflows": inflows,
            "outflows": outflows,
            "gain": gain,
            "gainParts": [
                {"kind": kind, "amount": amount, "contribution": ratio(amount, capital)}
                for kind, amount in parts.items()
                if kind == "price" or amount
            ],
            "simpleReturn": ratio(gain, first["value"] + inflows),
            "averageCapital": capital,
            "modifiedDietzReturn": ratio(gain, capital),
            "timeWeightedReturn": whole,
            "moneyWeighted": money_weighted(first, last, flows, years, request),
            "dayPolicy": policy,
            "signsDiffer": whole["value"] is not None and whole["value"] * gain < 0,
            "periods": periods,
            "warnings": warnings,
        }
        annualization = request.get("annualization", "aYearOrMore")
        if annualization != "never":
            own = whole
            if whole["value"] is not None:
                growth = 1 + whole["value"]
                own = {"value": (mpf(growth.numerator) / growth.denominator) ** (1 / years) - 1 if growth else mpf(-1)}
            answer["timeWeightedAnnualReturn"] = a_year(own, years, annualization)
        return answer


OPERATIONS = {"returns.performance": performance}
