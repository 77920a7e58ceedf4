"""Compounding of annual rates, from the definition, with 40 digits: one unit grows to (1 + r/n)^(n t), e^(r t) or 1 + r t."""

from mpmath import exp, log, mpf, workdps

PERIODS = {
    "annual": 1,
    "semiannual": 2,
    "quarterly": 4,
    "monthly": 12,
    "semimonthly": 24,
    "biweekly": 26,
    "weekly": 52,
    "daily": 365,
}
DIGITS = 40


def growth(rate, compounding, years):
    if compounding == "continuous":
        return exp(rate * years)
    if compounding == "simple":
        return 1 + rate * years
    return (1 + rate / PERIODS[compounding]) ** (PERIODS[compounding] * years)


def convert(request):
    """`rates.convert`: over one year."""
    with workdps(DIGITS):
        yearly = growth(mpf(request["rate"]), request["compounding"], mpf(1))
        to = request["to"]
        if to in PERIODS:
            period = yearly ** (mpf(1) / PERIODS[to]) - 1
            rate = mpf(request["rate"]) if to == request["compounding"] else period * PERIODS[to]
        else:
            period, rate = None, log(yearly) if to == "continuous" else yearly - 1
        return {"rate": rate, "periodRate": period, "effectiveRate": yearly - 1}


def factors(request):
    """`rates.factors`: a negative time exchanges the two."""
    with workdps(DIGITS):
        years = mpf(request["years"])
        factor = growth(mpf(request["rate"]), request.get("compounding", "annual"), abs(years))
        factor = factor if years >= 0 else 1 / factor
        return {"growthFactor": factor, "discountFactor": 1 / factor}


OPERATIONS = {"rates.convert": convert, "rates.factors": factors}
