"""Present and future values of cash flows and their internal rates, with 60 digits.

Rates: all sign changes of the present value on a fine grid of ln(1 + rate); of short lists one period apart
all roots of the polynomial, so that double roots are found. Dates become years by the exact day counts of
`day_counts.py`. The numbers of the input are taken as the binary fractions that they are.
"""

from mpmath import mpf, polyroots, workdps

from day_counts import fraction
from roots import all_rates, nearest_to
from support import day

DIGITS = 60


def flows_of(request):
    """(time, amount) with times in periods, or in years from the earliest date."""
    amounts = [mpf(amount) for amount in request["amounts"]]
    if "dates" not in request:
        return [(mpf(index), amount) for index, amount in enumerate(amounts)]
    dates = [day(text) for text in request["dates"]]
    first, count = min(dates), request.get("dayCount", "actual365Fixed")
    times = [fraction(first, when, count) for when in dates]
    return [(mpf(time.numerator) / time.denominator, amount) for time, amount in zip(times, amounts, strict=True)]


def present_value(flows, rate):
    if all(time == index for index, (time, _) in enumerate(flows)):
        total, discount = 0, 1 / (1 + rate)
        for _, amount in reversed(flows):
            total = total * discount + amount
        return total
    return sum(amount * (1 + rate) ** -time for time, amount in flows)


def internal_rate(request):
    """`time_value.irr` and `time_value.xirr`."""
    with workdps(DIGITS):
        flows = flows_of(request)
        status = "converged"
        if "dates" not in request and len(flows) <= 12:
            rates, status = polynomial_rates([amount for _, amount in flows])
        else:
            near = [(float(time), float(amount)) for time, amount in flows]
            sizes = [(time, abs(amount)) for time, amount in near]
            rates = all_rates(
                lambda rate: present_value(flows, rate),
                lambda rate: (present_value(near, rate), present_value(sizes, rate)),
            )
        best = nearest_to(rates, mpf(request.get("guess", 0.1)))
        if sum(amount for _, amount in flows) == 0 and abs(best) < mpf(10) ** -30:
            best, status = mpf(0), "exact"
        bounds = request.get("allRoots")
        inside = [{"rate": rate} for rate in rates if bounds and bounds["lower"] <= rate <= bounds["upper"]]
        return {"rate": best, "status": status, "allRoots": inside if bounds else None}


def polynomial_rates(amounts):
    """The real rates of flows one period apart, in order; a double root counts once."""
    while amounts[-1] == 0:
        amounts = amounts[:-1]
    powers = polyroots(list(reversed(amounts)), maxsteps=400, extraprec=400)
    real = sorted(1 / root.real - 1 for root in powers if abs(root.imag) < mpf(10) ** -12 and root.real > 0)
    distinct = [rate for index, rate in enumerate(real) if index == 0 or rate - real[index - 1] > mpf(10) ** -12]
    return distinct, "tangent" if len(distinct) < len(real) else "converged"


def value_at(request, later):
    with workdps(DIGITS):
        flows, rate = flows_of(request), mpf(request["rate"])
        end = max(time for time, _ in flows) if later else 0
        return {"value": present_value(flows, rate) * (1 + rate) ** end}


def xnpv(request):
    return value_at(request, later=False)


def xnfv(request):
    return value_at(request, later=True)


def npv(request):
    with workdps(DIGITS):
        rate, shift = mpf(request["rate"]), 0 if request.get("startFromZero", True) else 1
        return {"value": sum(mpf(amount) / (1 + rate) ** (i + shift) for i, amount in enumerate(request["amounts"]))}


def nfv(request):
    with workdps(DIGITS):
        rate, last = mpf(request["rate"]), mpf(request["nper"])
        return {"value": sum(mpf(amount) * (1 + rate) ** (last - i - 1) for i, amount in enumerate(request["amounts"]))}


def mirr(request):
    """Payments discounted to the first flow, receipts compounded to the last."""
    with workdps(DIGITS):
        amounts = [mpf(amount) for amount in request["amounts"]]
        finance, reinvest = 1 + mpf(request["financeRate"]), 1 + mpf(request["reinvestRate"])
        last = len(amounts) - 1
        paid = -sum(amount / finance**index for index, amount in enumerate(amounts) if amount < 0)
        received = sum(amount * reinvest ** (last - index) for index, amount in enumerate(amounts) if amount > 0)
        return {"value": (received / paid) ** (mpf(1) / last) - 1}


def xfv(request):
    """A flow discounted to the start at one rate and compounded to the end at another."""
    with workdps(DIGITS):
        start, when, end = (day(request[name]) for name in ("startDate", "cashFlowDate", "endDate"))
        count = request.get("dayCount", "actual365Fixed")
        flow, last = fraction(start, when, count), fraction(start, end, count)
        flow, last = (mpf(time.numerator) / time.denominator for time in (flow, last))
        discounted = mpf(request["cashFlow"]) / (1 + mpf(request["cashFlowRate"])) ** flow
        return {"value": discounted * (1 + mpf(request["endRate"])) ** last}


OPERATIONS = {
    "time_value.irr": internal_rate,
    "time_value.xirr": internal_rate,
    "time_value.mirr": mirr,
    "time_value.npv": npv,
    "time_value.nfv": nfv,
    "time_value.xnpv": xnpv,
    "time_value.xnfv": xnfv,
    "time_value.xfv": xfv,
}
