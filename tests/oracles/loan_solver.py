"""The one unknown of a loan of level payments: each candidate is tried, and the loan that it makes is run.

The level payment of the definition is exact; a candidate is an answer if its payment, rounded half to even to the minor
unit, is the payment that is given. Of many, the roundest is returned, as the documentation says.
"""

from fractions import Fraction
from math import ceil, floor

import loan_schedule
from support import cents, minor_unit, number


def loan_of(request, principal, rate, count, balloon=0):
    """The agreement that the values make."""
    terms = {
        "principal": str(principal),
        "annualRate": str(rate),
        "numberOfPayments": count,
        "balloon": str(balloon),
    }
    kept = ("accrual", "frequency", "advanceDate", "firstPayment", "currency", "interestRounding")
    kept += ("interestOnlyPayments", "rateChanges", "extraPayments", "paymentBreaks")
    # All payments but those of a break are equal, and the term is the given one.
    breaks = [pause | {"others": "levelThroughout"} for pause in request.get("paymentBreaks", [])]
    terms |= {name: request[name] for name in kept if name in request}
    return terms | ({"paymentBreaks": breaks} if breaks else {})


def has_events(request):
    return any(request.get(name) for name in ("interestOnlyPayments", "rateChanges", "extraPayments", "paymentBreaks"))


def left_after(loan, principal, rate, payment):
    """What equal payments leave at the end if nothing is rounded."""
    balance = principal
    for index in range(loan.count):
        if loan.is_changed(index):
            rate = loan.rate_on(loan.start(index), rate)
        interest = loan.interest(index, balance, rate)
        pays, _ = loan.pause(index)
        if index < loan.interest_only or pays == "interest":
            paid = interest
        else:
            paid = Fraction(0) if pays else payment
        prepaid = sum(amount for _, amount in loan.prepaid(index))
        balance += interest - paid - prepaid - loan_schedule.extra_due(loan, index)
    return balance


def exact_payment(request, principal, rate, count, balloon=Fraction(0)):
    """The level payment before rounding."""
    loan = loan_schedule.Loan(loan_of(request, principal, rate, count, balloon))
    if has_events(request):
        # What is left falls by the same amount for each unit of the payment.
        none = left_after(loan, principal, rate, Fraction(0))
        return (none - balloon) / (none - left_after(loan, principal, rate, Fraction(1)))
    return loan_schedule.level_payment(loan, 0, principal, rate)


def fewest_payments(request, principal, rate, payment):
    """The least number whose level payment, to the minor unit, does not exceed the one given; payments fall with the number."""
    high, currency = 400 if has_events(request) else 5200, request.get("currency", "USD")
    ends = [pause["firstNumber"] + pause["payments"] - 1 for pause in request.get("paymentBreaks", [])]
    low = max([request.get("interestOnlyPayments", 0), *ends])
    while high - low > 1:
        middle = (low + high) // 2
        enough = cents(exact_payment(request, principal, rate, middle), currency) <= payment
        low, high = (low, middle) if enough else (middle, high)
    return high


def roundest_rate(request, principal, count, payment, balloon):
    """The rate with the fewest places at which the rounded level payment is the one given."""
    unit = minor_unit(request.get("currency", "USD"))

    def bound(target):
        low, high = Fraction(0), Fraction(10)
        for _ in range(60):
            middle = (low + high) / 2
            below = exact_payment(request, principal, middle, count, balloon) < target
            low, high = (middle, high) if below else (low, middle)
            low, high = (Fraction(floor(low * 10**15), 10**15), Fraction(ceil(high * 10**15), 10**15))
        return low, high

    lowest, highest = bound(payment - unit / 2)[0], bound(payment + unit / 2)[1]
    for digits in range(13):
        scale = 10**digits
        for numerator in range(floor(lowest * scale), ceil(highest * scale) + 1):
            rate = Fraction(numerator, scale)
            if rate >= 0 and cents(exact_payment(request, principal, rate, count, balloon)) == payment:
                return rate
    raise ValueError("no rate of at most 12 places")


def roundest_principal(request, rate, count, payment, balloon):
    """The multiple of the largest power of ten whose rounded level payment is the one given."""
    unit = minor_unit(request.get("currency", "USD"))
    share = exact_payment(request, Fraction(0), rate, count, balloon)
    one = exact_payment(request, Fraction(1), rate, count, balloon) - share
    lowest, highest = (payment - unit / 2 - share) / one, (payment + unit / 2 - share) / one
    step = Fraction(10**15)
    while step >= unit:
        for multiple in range(floor(lowest / step), ceil(highest / step) + 1):
            principal = multiple * step
            if principal > 0 and cents(exact_payment(request, principal, rate, count, balloon)) == payment:
                return principal
        step /= 10
    raise ValueError("no principal")


def solve(request):
    """`debt.solve`."""
    given = {name: number(request.get(name)) for name in ("principal", "annualRate", "payment", "balloon")}
    principal, rate, payment, balloon = given.values()
    count = request.get("numberOfPayments")
    values = {"principal": principal, "annualRate": rate, "numberOfPayments": count, "payment": payment}
    unknown = next((name for name, value in values.items() if value is None), "balloon")
    owed = balloon or Fraction(0)
    if unknown == "principal":
        principal = roundest_principal(request, rate, count, payment, owed)
    elif unknown == "annualRate":
        rate = roundest_rate(request, principal, count, payment, owed)
    elif unknown == "numberOfPayments":
        count = fewest_payments(request, principal, rate, payment)
    elif unknown == "payment":
        payment = cents(exact_payment(request, principal, rate, count, owed), request.get("currency", "USD"))
    terms = loan_of(request, principal, rate, count) | {"repayment": {"kind": "level", "payment": str(payment)}}
    table = loan_schedule.run(terms)[1]
    if unknown == "balloon":
        loan = loan_schedule.Loan(terms)
        extra = loan_schedule.extra_due(loan, len(table) - 1)
        balloon = table[-1]["payment"] - payment - extra - sum(amount for _, amount in table[-1]["prepaid"])
    return {
        "unknown": unknown,
        "principal": principal,
        "annualRate": rate,
        "numberOfPayments": count,
        "payment": payment,
        "balloon": balloon or Fraction(0),
        "finalPayment": table[-1]["payment"],
        "payoffDate": table[-1]["date"],
        "totalInterest": sum(row["interest"] for row in table),
        "totalPaid": sum(row["payment"] for row in table),
    }


OPERATIONS = {"debt.solve": solve}
