"""A loan that is repaid monthly: level payment `P i / (1 - (1 + i)^-n)` and schedule, in exact fractions.

The payment and each month's interest are rounded once; the last payment settles the balance.
"""

from fractions import Fraction

from support import add_months, cents, day, number


def level_payment(principal, monthly_rate, months):
    """The exact level payment."""
    if monthly_rate == 0:
        return Fraction(principal) / months
    return principal * monthly_rate / (1 - (1 + monthly_rate) ** -months)


def rows(principal, annual_rate, months, payment, extra=0, currency="USD", policy="halfEven"):
    """(interest, principal, balance) of each month until the loan is repaid, at the latest in the last month."""
    balance, result = principal, []
    while balance > 0:
        interest = cents(balance * annual_rate / 12, currency, policy)
        due = balance + interest
        paid = due if len(result) == months - 1 else min(due, payment + extra)
        balance = due - paid
        result.append((interest, paid - interest, balance))
    return result


def amortize(request):
    """`debt.amortize`."""
    principal, rate, months = number(request["principal"]), number(request["annualRate"]), request["termMonths"]
    currency, policy = request.get("currency", "USD"), request.get("rounding", "halfEven")
    first = day(request["firstPayment"])
    agreed = number(request.get("payment"))
    payment = agreed if agreed is not None else cents(level_payment(principal, rate / 12, months), currency, policy)
    table = rows(principal, rate, months, payment, number(request.get("extraMonthlyPayment", "0")), currency, policy)
    schedule, opening = [], principal
    for index, (interest, repaid, balance) in enumerate(table):
        schedule.append(
            {
                "number": index + 1,
                "date": add_months(first, index, request.get("monthEnd", "anchorDay")),
                "opening": opening,
                "payment": interest + repaid,
                "interest": interest,
                "principal": repaid,
                "balance": balance,
            }
        )
        opening = balance
    return {
        "payment": payment,
        "finalPayment": schedule[-1]["payment"],
        "totalInterest": sum(row["interest"] for row in schedule),
        "totalPaid": sum(row["payment"] for row in schedule),
        "payoffDate": schedule[-1]["date"],
        "schedule": schedule,
    }


OPERATIONS = {"debt.amortize": amortize}
