"""Costs of education, emergency reserves and funded ratios: powers with 60 digits, amounts rounded where they are posted."""

from fractions import Fraction

from goal_savings import exact, least, monthly_rate, power, sixths
from support import add_months, cents, day, minor_unit, number, places, round_to

GUIDELINE = {"stable": (3, 6, 12), "variable": (6, 9, 12), "irregular": (9, 12, 12)}


def study(request, contribution):
    """(month, cost, paid, balance) of each year of study, and what was contributed."""
    currency, rate = (
        request.get("currency", "USD"),
        monthly_rate(request["expectedReturn"], request.get("annualFee", 0)),
    )
    first, count = request["monthsUntilStart"], request["yearsOfStudy"]
    last_contribution = first + 12 * (count - 1) if request.get("contributeDuringStudy") else first
    at_start = request.get("contributionTiming") == "start"
    balance, given, rows = number(request.get("currentAmount", "0")), Fraction(0), []
    for month in range(first + 12 * (count - 1) + 1):
        if month:
            amount = contribution if month <= last_contribution else Fraction(0)
            interest = cents((balance + (amount if at_start else 0)) * rate, currency)
            balance += amount + interest
            given += amount
        if month >= first and (month - first) % 12 == 0:
            factor = power(1 + exact(request["costInflation"]), Fraction(month, 12))
            cost = cents(number(request["annualCost"]) * factor, currency)
            paid = min(cost, balance)
            balance -= paid
            rows.append((month, cost, paid, balance))
    return rows, given


def education(request):
    """`goals.education`."""
    rows, given = study(request, number(request.get("monthlyContribution", "0")))
    cost, paid = sum(row[1] for row in rows), sum(row[2] for row in rows)
    unit = minor_unit(request.get("currency", "USD"))
    required = least(lambda count: all(row[1] == row[2] for row in study(request, count * unit)[0]), unit)
    return {
        "years": [
            {"year": index + 1, "month": month, "cost": one, "paid": part, "shortfall": one - part, "balance": left}
            for index, (month, one, part, left) in enumerate(rows)
        ],
        "totalCost": cost,
        "totalPaid": paid,
        "totalShortfall": cost - paid,
        "fundedShare": sixths(paid, cost),
        "requiredContribution": required,
        "totalContributions": given,
        "finalAmount": rows[-1][3],
    }


def emergency_fund(request):
    """`goals.emergency_fund`."""
    currency = request.get("currency", "USD")
    expenses, current = number(request["monthlyEssentialExpenses"]), number(request.get("currentAmount", "0"))
    two, one, none = GUIDELINE[request["incomeStability"]]
    guideline = none if request["earners"] == 0 else one if request["earners"] == 1 else two
    months = number(request.get("targetMonths")) or Fraction(guideline)
    target = round_to(months * expenses, minor_unit(currency), "up")
    rate, added = monthly_rate(request.get("annualRate", 0), 0), number(request.get("monthlyContribution", "0"))
    balance, needed = current, 0
    while balance < target and needed <= 1200:
        balance += cents(balance * rate, currency) + added
        needed += 1
    return {
        "targetMonths": months,
        "guidelineMonths": guideline,
        "targetAmount": target,
        "coveredMonths": places(current / expenses, 6),
        "fundedRatio": sixths(current, target),
        "shortfall": max(target - current, Fraction(0)),
        "surplus": max(current - target, Fraction(0)),
        "monthsToTarget": needed if needed <= 1200 else None,
    }


def stream(flow, request):
    """The last date of a stream, its sum and its present value, exactly."""
    start, inflation, discount = (
        day(request["asOf"]),
        exact(request.get("inflation", 0)),
        exact(request["discountRate"]),
    )
    total = value = Fraction(0)
    every, first = flow.get("everyMonths", 12), day(flow["date"])
    for index in range(flow.get("count", 1)):
        when = add_months(first, every * index)
        years = Fraction((when - start).days, 365)
        amount = number(flow["amount"]) * (1 + exact(flow.get("annualGrowth", 0))) ** (every * index // 12)
        if flow.get("inflationLinked"):
            amount *= power(1 + inflation, years)
        total += amount
        value += amount / power(1 + discount, years)
    return when, total, value


def funded_ratio(request):
    """`goals.funded_ratio`."""
    currency, assets = request.get("currency", "USD"), number(request.get("assets", "0"))
    sides = {name: [stream(flow, request) for flow in request.get(name, [])] for name in ("payments", "contributions")}
    paid, given = (sum((value for *_, value in sides[name]), Fraction(0)) for name in ("payments", "contributions"))
    lack = cents(paid, currency) - assets - cents(given, currency)
    shown = {
        name: [
            {"lastDate": last, "total": cents(total, currency), "presentValue": cents(value, currency)}
            for last, total, value in rows
        ]
        for name, rows in sides.items()
    }
    return {
        "fundedRatio": (assets + given) / paid,
        "fundedByAssets": assets / paid,
        "presentValueOfPayments": cents(paid, currency),
        "presentValueOfContributions": cents(given, currency),
        "shortfall": max(lack, Fraction(0)),
        "surplus": max(-lack, Fraction(0)),
        **shown,
    }


OPERATIONS = {
    "goals.education": education,
    "goals.emergency_fund": emergency_fund,
    "goals.funded_ratio": funded_ratio,
}
