"""Time value of level payments, from the equation `fv + pv (1 + i)^n + pmt (1 + i w) ((1 + i)^n - 1) / i = 0`, with 60 digits.

Interest and principal of single payments come from a schedule, row by row. The numbers of the input are taken as the
binary fractions that they are.
"""

from mpmath import log, mpf, workdps

from roots import all_rates, nearest_to

DIGITS = 60


def precise(compute):
    """Runs a program with 60 digits."""

    def run(request):
        with workdps(DIGITS):
            return compute(
                {name: mpf(value) if isinstance(value, (int, float)) else value for name, value in request.items()}
            )

    return run


def begins(request):
    return 1 if request.get("when") == "begin" else 0


def annuity_factor(rate, periods, begin):
    """What payments of 1 come to at the end."""
    if rate == 0:
        return periods
    return (1 + rate * begin) * ((1 + rate) ** periods - 1) / rate


@precise
def fv(r):
    growth = (1 + r["rate"]) ** r["nper"]
    return {"value": -(r["pv"] * growth + r["pmt"] * annuity_factor(r["rate"], r["nper"], begins(r)))}


@precise
def pv(r):
    paid = r["pmt"] * annuity_factor(r["rate"], r["nper"], begins(r))
    return {"value": -(r.get("fv", 0) + paid) / (1 + r["rate"]) ** r["nper"]}


def payment(r):
    growth = (1 + r["rate"]) ** r["nper"]
    return -(r.get("fv", 0) + r["pv"] * growth) / annuity_factor(r["rate"], r["nper"], begins(r))


@precise
def pmt(r):
    return {"value": payment(r)}


@precise
def nper(r):
    rate, future = r["rate"], r.get("fv", mpf(0))
    if rate == 0:
        return {"value": -(r["pv"] + future) / r["pmt"]}
    perpetual = r["pmt"] * (1 + rate * begins(r)) / rate
    return {"value": log((perpetual - future) / (perpetual + r["pv"])) / log(1 + rate)}


@precise
def rate(r):
    def terms(x, amounts):
        growth = (1 + x) ** -amounts["nper"]
        paid = amounts["pmt"] * annuity_factor(x, amounts["nper"], begins(r)) * growth
        return amounts.get("fv", 0) * growth, amounts["pv"], paid

    def value(x):
        return sum(terms(x, r))

    def rough(x):
        near = terms(x, floats)
        return sum(near), sum(map(abs, near))

    floats = {name: float(r[name]) for name in ("nper", "pv", "pmt", "fv") if name in r}
    if value(mpf(0)) == 0:
        return {"rate": mpf(0), "residual": mpf(0), "status": "exact"}
    return {"rate": nearest_to(all_rates(value, rough), r.get("guess", mpf("0.1"))), "status": "converged"}


def schedule(r):
    """(interest, principal) of each payment, as amounts paid: negative where a loan is repaid."""
    level, balance, rows = payment(r), r["pv"], []
    for number in range(int(r["nper"])):
        if begins(r):
            interest = mpf(0) if number == 0 else -balance * r["rate"]
        else:
            interest = -balance * r["rate"]
        principal = level - interest
        balance += principal
        rows.append((interest, principal))
    return rows


@precise
def ipmt(r):
    return {"value": schedule(r)[int(r["per"]) - 1][0]}


@precise
def ppmt(r):
    return {"value": schedule(r)[int(r["per"]) - 1][1]}


def part_of_range(r, part):
    return {"value": sum(row[part] for row in schedule(r)[int(r["startPeriod"]) - 1 : int(r["endPeriod"])])}


@precise
def cumipmt(r):
    return part_of_range(r, 0)


@precise
def cumprinc(r):
    return part_of_range(r, 1)


@precise
def effect(r):
    return {"value": (1 + r["nominalRate"] / r["periodsPerYear"]) ** r["periodsPerYear"] - 1}


@precise
def nominal(r):
    return {"value": r["periodsPerYear"] * ((1 + r["effectiveRate"]) ** (1 / r["periodsPerYear"]) - 1)}


@precise
def rri(r):
    return {"value": (r["fv"] / r["pv"]) ** (1 / r["nper"]) - 1}


@precise
def pduration(r):
    return {"value": log(r["fv"] / r["pv"]) / log(1 + r["rate"])}


FUNCTIONS = (fv, pv, pmt, nper, rate, ipmt, ppmt, cumipmt, cumprinc, effect, nominal, rri, pduration)
NAMES = (
    "fv",
    "pv",
    "pmt",
    "nper",
    "rate",
    "ipmt",
    "ppmt",
    "cumipmt",
    "cumprinc",
    "effect",
    "nominal",
    "rri",
    "pduration",
)
OPERATIONS = {f"time_value.{name}": function for name, function in zip(NAMES, FUNCTIONS, strict=True)}
