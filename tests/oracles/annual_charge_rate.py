"""The annual percentage rate of charge of the European Union and of the United Kingdom.

Directive 2008/48/EC, Annex I, and Directive (EU) 2023/2225, Annex III: years of 12 equal months or 52 weeks, whole periods
counted back from the flow, and the days that remain over the days of the year that ends with the last of them. FCA
Handbook, CONC App 1: whole periods forward from the first advance, and each day that remains over the days of its
calendar year. The equation is solved with 50 digits.
"""

from datetime import timedelta
from fractions import Fraction

from mpmath import mpf

from day_counts import actual_actual_isda, leap_days
from roots import nearest_rate
from support import add_months, day, number, places
from unit_period_rate import expand, months_and_days, whole_months

MONTHS = {"month": 1, "year": 12}


def backward(start, end, unit):
    """Whole periods back from the later date, and the days before them."""
    if unit == "week":
        weeks = (end - start).days // 7
        years, reached = Fraction(weeks, 52), end - timedelta(days=7 * weeks)
    else:
        count = months_and_days(start, end)[0] // MONTHS[unit]
        whole = whole_months(start, end) == count * MONTHS[unit]
        years = Fraction(count * MONTHS[unit], 12)
        reached = start if whole else add_months(end, -count * MONTHS[unit])
    length = 365 + leap_days(add_months(reached, -12), reached)
    return years + Fraction((reached - start).days, length)


def forward(start, end, unit):
    """Whole periods from the first advance, and the days after them, each over the days of its calendar year."""
    if unit == "week":
        weeks = (end - start).days // 7
        return Fraction(weeks, 52) + days_after(start + timedelta(days=7 * weeks), end)
    count = 0
    while add_months(start, (count + 1) * MONTHS[unit]) <= end:
        count += 1
    reached = add_months(start, count * MONTHS[unit])
    if whole_months(start, end) == (count + 1) * MONTHS[unit]:
        return Fraction((count + 1) * MONTHS[unit], 12)
    return Fraction(count * MONTHS[unit], 12) + days_after(reached, end)


def days_after(start, end):
    """The days after a date, the last one included, each over the days of its calendar year."""
    return actual_actual_isda(start + timedelta(days=1), end + timedelta(days=1))


def default_unit(start, dates):
    if all(when == start or whole_months(start, when) for when in dates):
        return "month"
    return "week" if all((when - start).days % 7 == 0 for when in dates) else "month"


def value(flows, rate):
    """What (amount, years) are worth at a yearly rate."""
    return sum(amount * (1 + rate) ** -years for amount, years in flows)


def charge_rate(request, count_time):
    advances = [(day(entry["date"]), number(entry["amount"])) for entry in request["advances"]]
    payments = expand(request["payments"])
    start = min(when for when, _ in advances)
    unit = request.get("timeUnit") or default_unit(start, [when for when, _ in advances + payments])
    flows = [(amount, when) for when, amount in payments] + [(-amount, when) for when, amount in advances]
    timed = []
    for amount, when in flows:
        years = Fraction((when - start).days, 365) if unit == "day" else count_time(start, when, unit)
        timed.append((mpf(amount.numerator) / amount.denominator, mpf(years.numerator) / years.denominator))
    rough = [(float(amount), float(years)) for amount, years in timed]
    sizes = [(abs(amount), years) for amount, years in rough]
    rate = nearest_rate(lambda x: value(timed, x), lambda x: (value(rough, x), value(sizes, x)))
    rate = Fraction(str(rate))
    credit, paid = sum(amount for _, amount in advances), sum(amount for _, amount in payments)
    return {
        "annualPercentageRate": rate,
        "disclosed": places(rate * 100, request.get("decimalPlaces", 1), "halfUp"),
        "timeUnit": unit,
        "totalAmountOfCredit": credit,
        "totalCostOfCredit": paid - credit,
        "totalAmountPayable": paid,
    }


def eu_rate(request):
    return charge_rate(request, backward)


def uk_rate(request):
    return charge_rate(request, backward if request.get("rules") == "mortgage" else forward)


OPERATIONS = {"debt.eu_annual_percentage_rate": eu_rate, "debt.uk_annual_percentage_rate": uk_rate}
