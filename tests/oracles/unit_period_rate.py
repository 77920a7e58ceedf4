"""The annual percentage rate of Regulation Z, written from 12 CFR Part 1026, Appendix J, and Appendix D for
construction loans whose advances are not known.

Times are counted by Appendix J, (b)(5): full unit-periods back from the later date, and what remains as a fraction of
one more. The general equation (b)(8) is solved with 50 digits.
"""

import itertools
from collections import Counter
from datetime import timedelta
from fractions import Fraction

from mpmath import mpf

from roots import nearest_rate
from support import add_months, add_periods, cents, day, is_last_of_month, number, places

DAY, WEEK, SEMIMONTH, MONTH, YEAR = ("day", 1), ("week", 1), ("semimonth", 1), ("month", 1), ("year", 1)
LENGTH = {"day": 1, "week": 7, "semimonth": 15, "month": 30, "year": 365}


def whole_months(start, end):
    """How many months lie between two dates that are whole months apart, else None."""
    same_day = start.day == end.day
    short_end = is_last_of_month(end) and end.day < start.day
    short_start = is_last_of_month(start) and start.day < end.day
    if start < end and (same_day or short_end or short_start):
        months = 12 * (end.year - start.year) + end.month - start.month
        return months or None
    return None


def months_and_days(start, end):
    """Full months back from the later date, and the days that remain."""
    whole = whole_months(start, end)
    if whole is not None:
        return whole, 0
    months = 12 * (end.year - start.year) + end.month - start.month
    while add_months(end, -months) < start:
        months -= 1
    return months, (add_months(end, -months) - start).days


def kinds(start, end):
    """The standard intervals that the time between two neighbouring dates is."""
    days, months = (end - start).days, whole_months(start, end)
    found = []
    if days == 1:
        found.append(DAY)
    if days % 7 == 0 and days <= 364:
        found.append(("week", days // 7))
    if months and months < 12:
        found.append(("month", months))
    if months == 12:
        found.append(YEAR)
    if months is None and is_semimonth(start, end):
        found.append(SEMIMONTH)
    return found or [("days", days)]


def is_semimonth(start, end):
    """Half of a month of 30 days, the last day of a month standing for the 30th."""
    first, second = (30 if is_last_of_month(when) else when.day for when in (start, end))
    return 30 * (end.month - start.month + 12 * (end.year - start.year)) + second - first == 15


def nearest_standard(length):
    """The standard interval nearest to a length in days."""
    choices = [DAY, SEMIMONTH, YEAR]
    choices += [("week", count) for count in range(1, 53)] + [("month", count) for count in range(1, 12)]
    return min(choices, key=lambda unit: abs(LENGTH[unit[0]] * unit[1] - length))


def unit_period(dates, single):
    """The unit-period of flows on the given dates, in order."""
    if single:
        start, end = dates[0], dates[-1]
        if end >= add_months(start, 12):
            return YEAR
        months = whole_months(start, end)
        return ("month", months) if months else ("day", (end - start).days)
    counts = Counter(kind for pair in itertools.pairwise(dates) for kind in kinds(*pair))
    length = lambda unit: unit[1] * LENGTH.get(unit[0], 1)
    most = max(counts.values())
    if most == 1 and len(dates) > 2:
        return nearest_standard(Fraction((dates[-1] - dates[0]).days, len(dates) - 1))
    best = min((unit for unit, count in counts.items() if count == most), key=length)
    return nearest_standard(best[1]) if best[0] == "days" else best


def per_year(unit):
    return Fraction({"day": 365, "week": 52, "semimonth": 24, "month": 12, "year": 1}[unit[0]], unit[1])


def unit_periods(start, end, unit):
    """Full unit-periods between two dates and the fraction of one more."""
    kind, count = unit
    days = (end - start).days
    if kind in ("day", "week"):
        length = count * LENGTH[kind]
        return days // length, Fraction(days % length, length)
    months, rest = months_and_days(start, end)
    if kind == "year":
        years = months // 12
        if rest == 0:
            return years, Fraction(months % 12, 12)
        return years, Fraction((add_months(end, -12 * years) - start).days, 365)
    days, length = 30 * months + rest, 15 if kind == "semimonth" else 30 * count
    return days // length, Fraction(days % length, length)


def present_value(flows, rate):
    """The value of (amount, t, f) at a periodic rate, by powers in order."""
    total, power, reached = 0, 1, 0
    for amount, whole, rest in flows:
        power *= (1 + rate) ** (whole - reached)
        reached = whole
        total += amount / ((1 + rest * rate) * power)
    return total


def periodic_rate(flows):
    """The rate of a unit-period at which (amount, t, f) have no value."""
    flows = sorted((whole, rest, amount) for amount, whole, rest in flows)
    exact = [(mpf(a.numerator) / a.denominator, w, mpf(r.numerator) / r.denominator) for w, r, a in flows]
    near = [(float(amount), whole, float(rest)) for whole, rest, amount in flows]
    sizes = [(abs(amount), whole, rest) for amount, whole, rest in near]
    return nearest_rate(
        lambda rate: present_value(exact, rate),
        lambda rate: (present_value(near, rate), present_value(sizes, rate)),
    )


def timed(advances, payments, unit, shift=None):
    """Amounts, positive for payments, with their times from the first advance."""
    start = shift or min(when for when, _ in advances)
    signed = [(start if shift else when, -amount) for when, amount in advances] + list(payments)
    return [(amount, *unit_periods(start, max(when, start), unit)) for when, amount in signed]


def rate_of_flows(advances, payments):
    """The annual percentage rate of dated advances and payments."""
    dates = sorted({when for when, _ in advances + payments})
    unit = unit_period(dates, len(advances) == 1 and len(payments) == 1)
    rate = periodic_rate(timed(advances, payments, unit)) * per_year(unit).numerator / per_year(unit).denominator
    return Fraction(str(rate))


def expand(payments):
    result = []
    for entry in payments:
        start, frequency = day(entry["date"]), entry.get("frequency", "monthly")
        result += [(add_periods(start, n, frequency), number(entry["amount"])) for n in range(entry.get("count", 1))]
    return sorted(result)


def is_regular(advances, payments):
    """One advance, equal payments at equal periods; the first period and the first and last payment may differ
    (12 CFR 1026.22(a)(3)). Equal periods are as many days or as many months, or all half a month.
    """
    pairs = [(left, right) for (left, _), (right, _) in itertools.pairwise(payments)]
    days, months = ({measure(*pair) for pair in pairs} for measure in (lambda a, b: b - a, whole_months))
    equal_times = len(days) <= 1 or (len(months) <= 1 and None not in months)
    equal_times = equal_times or all(SEMIMONTH in kinds(*pair) for pair in pairs)
    middle = {amount for _, amount in payments[1:-1]}
    return len(advances) == 1 and equal_times and len(middle) <= 1


def regular_months(unit):
    return unit[1] if unit[0] == "month" else 12


def disregarded(advances, payments, unit):
    """The start of a regular first period, where the one that there is may be taken for it (12 CFR 1026.17(c)(4))."""
    start, first, last = advances[0][0], payments[0][0], payments[-1][0]
    kind, count = unit
    steps = {(right - left).days for (left, _), (right, _) in itertools.pairwise(payments)}
    if len(steps) == 1 and unit not in kinds(payments[0][0], payments[1][0]):
        # Equal steps that are no unit-period: the regular first period is one of them.
        regular = first - timedelta(days=steps.pop())
    elif kind in ("day", "week"):
        regular = first - timedelta(days=count * LENGTH[kind])
    else:
        regular = (
            add_periods(first, -1, "semimonthly") if kind == "semimonth" else add_months(first, -regular_months(unit))
        )
    more = (regular - start).days
    if more == 0:
        return None
    years = Fraction(months_and_days(start, last)[0], 12)
    shorter, longer = (6, 13) if years < 1 else (11, 21) if years < 10 else (10**9, 32)
    return regular if -shorter <= more <= longer else None


def annual_percentage_rate(request):
    """`debt.annual_percentage_rate`."""
    advances = sorted((day(entry["date"]), number(entry["amount"])) for entry in request["advances"])
    payments = expand(request["payments"])
    prepaid = number(request.get("prepaidFinanceCharge", "0"))
    advances[0] = (advances[0][0], advances[0][1] - prepaid)
    unit = unit_period(sorted({when for when, _ in advances + payments}), len(advances) == len(payments) == 1)
    regular = is_regular(advances, payments)
    shift = disregarded(advances, payments, unit) if regular and request.get("disregardFirstPeriod") else None
    flows = timed(advances, payments, unit, shift)
    rate = periodic_rate(flows)
    yearly = per_year(unit)
    annual = Fraction(str(rate)) * yearly
    financed, paid = sum(amount for _, amount in advances), sum(amount for _, amount in payments)
    stated, tolerance = number(request.get("stated")), Fraction(1, 8) if regular else Fraction(1, 4)
    return {
        "annualPercentageRate": annual,
        "disclosed": places(annual * 100, request.get("decimalPlaces", 2), "halfUp"),
        "unitPeriod": {"interval": unit[0], "count": unit[1]},
        "unitPeriodsPerYear": yearly,
        "periodicRate": Fraction(str(rate)),
        "financeCharge": paid - financed,
        "amountFinanced": financed,
        "totalOfPayments": paid,
        "regularity": "regular" if regular else "irregular",
        "tolerance": tolerance,
        "difference": None if stated is None else stated - annual * 100,
        "accurate": None if stated is None else abs(stated - annual * 100) <= tolerance,
        "firstPeriodDisregarded": shift is not None,
        "status": "exact" if rate == 0 else "converged",
    }


def construction_loan_estimate(request):
    """`debt.construction_loan_estimate`, by Appendix D."""
    commitment, rate, months = (
        number(request["commitment"]),
        number(request["annualRate"]),
        request["constructionMonths"],
    )
    prepaid = number(request.get("prepaidFinanceCharge", "0"))
    outstanding = commitment if request.get("interestBasis") == "commitment" else commitment / 2
    factor = rate / 12 * months
    plain = outstanding * factor
    interest = plain + plain / 2 * factor if request.get("interestReserve") else plain
    interest = cents(interest, request.get("currency", "USD"), request.get("rounding", "halfEven"))
    permanent = request.get("permanent")
    if permanent:
        financed = commitment - prepaid - interest
        payment, count = number(permanent["payment"]), permanent["payments"]
        first = Fraction(months, 2) + permanent.get("monthsToFirstPayment", 1)
        flows = [(-financed, 0, Fraction(0))]
        flows += [(payment, int(first) + later, first - int(first)) for later in range(count)]
        yearly, charge = 12, payment * count - (commitment - prepaid - interest)
    else:
        financed, charge = commitment / 2 - prepaid, interest + prepaid
        yearly = Fraction(12, min(months, 12))
        periods = Fraction(months, min(months, 12))
        flows = [(-financed, 0, Fraction(0)), (financed + charge, int(periods), periods - int(periods))]
    periodic = Fraction(str(periodic_rate(flows)))
    return {
        "estimatedInterest": interest,
        "financeCharge": charge,
        "amountFinanced": commitment - prepaid,
        "amountFinancedForComputation": financed,
        "totalOfPayments": commitment - prepaid + charge,
        "annualPercentageRate": periodic * yearly,
        "disclosed": places(periodic * yearly * 100, request.get("decimalPlaces", 2), "halfUp"),
        "periodicRate": periodic,
        "unitPeriodsPerYear": yearly,
    }


OPERATIONS = {
    "debt.annual_percentage_rate": annual_percentage_rate,
    "debt.construction_loan_estimate": construction_loan_estimate,
}
