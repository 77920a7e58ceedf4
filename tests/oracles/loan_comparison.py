"""Offers compared, a loan refinanced: both sides as exact schedules, month by month, in fractions.

The schedules are those of `amortization.py`. Present values discount each month's saving at an effective annual rate, with
50 digits.
"""

from fractions import Fraction

from mpmath import mp, mpf

from amortization import level_payment, rows
from support import cents, number

mp.dps = 50


class Side:
    """A loan as a table of payments, interest and balances by month, nothing after its end."""

    def __init__(self, principal, rate, months, payment, currency, policy):
        self.principal, self.payment = principal, payment
        self.table = rows(principal, rate, months, payment, 0, currency, policy)

    def months(self):
        return len(self.table)

    def in_month(self, month):
        """(payment, interest, balance) of a month."""
        if month > len(self.table):
            return Fraction(0), Fraction(0), Fraction(0)
        interest, repaid, balance = self.table[month - 1]
        return interest + repaid, interest, balance

    def paid(self, month):
        return sum((interest + repaid for interest, repaid, _ in self.table[:month]), Fraction(0))

    def interest(self, month):
        return sum((interest for interest, _, _ in self.table[:month]), Fraction(0))


def level_side(principal, rate, months, currency, policy):
    return Side(
        principal, rate, months, cents(level_payment(principal, rate / 12, months), currency, policy), currency, policy
    )


def existing_side(loan, currency, policy):
    """A loan that is being repaid: by its payment, over its months, or by both with a balloon."""
    balance, rate, months = number(loan["balance"]), number(loan["annualRate"]), loan.get("remainingMonths")
    payment = number(loan.get("payment"))
    if payment is None:
        return level_side(balance, rate, months, currency, policy)
    return Side(balance, rate, months or 10**6, payment, currency, policy)


def first(months, test):
    return next((month for month in range(1, months + 1) if test(month)), None)


def compare_loans(request):
    """`debt.compare_loans`."""
    principal, currency = number(request["principal"]), request.get("currency", "USD")
    policy = request.get("rounding", "halfEven")
    names, sides, upfront, points = [], [], [], []
    for offer in request["offers"]:
        names.append(offer["name"])
        sides.append(level_side(principal, number(offer["annualRate"]), offer["termMonths"], currency, policy))
        points.append(cents(principal * number(offer.get("points", "0")) / 100, currency, policy))
        upfront.append(points[-1] + number(offer.get("fees", "0")) - number(offer.get("lenderCredit", "0")))
    longest = max(side.months() for side in sides)
    horizons = request.get("horizons") or sorted({*range(12, longest + 1, 12), longest})
    cost = [[up + side.interest(month) for month in range(longest + 1)] for side, up in zip(sides, upfront)]
    outlay = [[up + side.paid(month) for month in range(longest + 1)] for side, up in zip(sides, upfront)]

    def until(index, month):
        side, reached = sides[index], min(month, longest)
        balance = side.in_month(month)[2] if month <= side.months() else Fraction(0)
        shown = {"month": month, "paid": side.paid(month), "interest": side.interest(month), "balance": balance}
        return shown | {"cost": cost[index][reached]}

    best = []
    for month in range(1, longest + 1):
        cheapest = min(range(len(sides)), key=lambda index: cost[index][month])
        if best and best[-1]["offer"] == names[cheapest]:
            best[-1]["lastMonth"] = month
        else:
            best.append({"offer": names[cheapest], "firstMonth": month, "lastMonth": month})
    offers = [
        {
            "name": names[index],
            "payment": side.payment,
            "points": points[index],
            "upfrontCost": upfront[index],
            "totalInterest": side.interest(longest),
            "totalPaid": outlay[index][longest],
            "totalCost": cost[index][longest],
            "costs": [until(index, month) for month in horizons],
        }
        for index, side in enumerate(sides)
    ]
    pairs = [(one, other) for one in range(len(sides)) for other in range(len(sides)) if upfront[one] > upfront[other]]
    breaks = [
        {
            "offer": names[one],
            "against": names[other],
            "cash": first(longest, lambda m, a=one, b=other: outlay[a][m] <= outlay[b][m]),
            "interest": first(longest, lambda m, a=one, b=other: cost[a][m] <= cost[b][m]),
        }
        for one, other in pairs
    ]
    return {"offers": offers, "best": best, "breakEvens": breaks}


def refinance_costs(new, balance, currency, policy):
    """The principal of the new loan and its costs by parts."""
    fees, credit = number(new.get("fees", "0")), number(new.get("lenderCredit", "0"))
    out, share = number(new.get("cashOut", "0")), number(new.get("points", "0")) / 100
    rolled = new.get("closingCosts") == "rolledIn"
    if rolled:
        principal = cents((balance + out + fees - credit) / (1 - share), currency, policy)
        points = principal - (balance + out + fees - credit)
    else:
        principal = balance + out
        points = cents(principal * share, currency, policy)
    total = points + fees - credit
    return principal, {
        "points": points,
        "fees": fees,
        "lenderCredit": credit,
        "total": total,
        "paidInCash": Fraction(0) if rolled else total,
        "rolledIn": total if rolled else Fraction(0),
    }


def refinance(request):
    """`debt.refinance`."""
    currency, policy = request.get("currency", "USD"), request.get("rounding", "halfEven")
    terms, rate = request["newLoan"], request.get("discountRate")
    old = existing_side(request["currentLoan"], currency, policy)
    principal, costs = refinance_costs(terms, old.principal, currency, policy)
    new = level_side(principal, number(terms["annualRate"]), terms["termMonths"], currency, policy)
    horizon = request.get("horizonMonths") or max(old.months(), new.months())
    last = max(old.months(), new.months(), horizon)
    table, saved, value = [], Fraction(0), mpf(0)
    for month in range(1, last + 1):
        (pay_old, interest_old, left_old), (pay_new, interest_new, left_new) = old.in_month(month), new.in_month(month)
        saving = pay_old - pay_new
        saved += saving
        if rate is not None:
            value += mpf(saving.numerator) / saving.denominator / (1 + mpf(rate)) ** (mpf(month) / 12)
        table.append(
            {
                "month": month,
                "currentPayment": pay_old,
                "currentInterest": interest_old,
                "currentBalance": left_old,
                "newPayment": pay_new,
                "newInterest": interest_new,
                "newBalance": left_new,
                "saving": saving,
                "cumulativeSaving": saved,
                "cumulativePresentValue": None if rate is None else cents(Fraction(str(value)), currency),
                "netBenefit": old.interest(month) - new.interest(month) - costs["total"],
            }
        )
    cash = costs["paidInCash"]
    reached = {"cumulativeSaving": cash, "netBenefit": 0} | ({} if rate is None else {"cumulativePresentValue": cash})
    months = {name: first(last, lambda m, n=name, a=amount: table[m - 1][n] >= a) for name, amount in reached.items()}
    at = table[horizon - 1]
    paid_old, paid_new = old.paid(horizon), new.paid(horizon) + cash
    cost_old = paid_old + at["currentBalance"]
    cost_new = paid_new + at["newBalance"] - number(terms.get("cashOut", "0"))
    return {
        "newPrincipal": principal,
        "costs": costs,
        "currentPayment": old.payment,
        "newPayment": new.payment,
        "monthlySaving": old.payment - new.payment,
        "currentMonths": old.months(),
        "newMonths": new.months(),
        "currentTotalInterest": old.interest(last),
        "newTotalInterest": new.interest(last),
        "interestSaved": old.interest(last) - new.interest(last),
        "breakEven": {
            "cash": months["cumulativeSaving"],
            "presentValue": months.get("cumulativePresentValue"),
            "interest": months["netBenefit"],
        },
        "atHorizon": {
            "month": horizon,
            "currentPaid": paid_old,
            "currentBalance": at["currentBalance"],
            "currentCost": cost_old,
            "newPaid": paid_new,
            "newBalance": at["newBalance"],
            "newCost": cost_new,
            "netBenefit": cost_old - cost_new,
        },
        "schedule": table,
    }


OPERATIONS = {"debt.compare_loans": compare_loans, "debt.refinance": refinance}
