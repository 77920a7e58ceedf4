"""Ratios by which lenders decide: debt to income, and loan to value by Fannie Mae's Selling Guide, B2-1.2-01 to B2-1.2-03.

Limits are decided by exact amounts; a ratio is rounded half to even to six places.
"""

from fractions import Fraction
from math import ceil, floor

from amortization import level_payment
from support import cents, minor_unit, number, places


def limit(fraction, income, amount, currency):
    if fraction is None:
        return None
    largest = cents(fraction * income, currency, "down")
    return {"largest": largest, "room": largest - amount, "isMet": amount <= fraction * income}


def largest_principal(payment, quote, currency, policy):
    """The largest principal whose rounded level payment is within a payment."""
    unit = minor_unit(currency)
    one = level_payment(Fraction(1), number(quote["annualRate"]) / 12, quote["termMonths"])
    principal = cents((payment + unit) / one, currency, "up")
    while cents(principal * one, currency, policy) > payment:
        principal -= unit
    return principal


def debt_to_income(request):
    """`debt.debt_to_income`."""
    currency = request.get("currency", "USD")
    income = number(request["grossMonthlyIncome"])
    housing = {name: number(value) for name, value in request.get("housing", {}).items()}
    home = sum(housing.values(), Fraction(0))
    others = sum((number(debt["payment"]) for debt in request.get("debts", [])), Fraction(0))
    front = limit(number(request.get("frontEndLimit")), income, home, currency)
    back = limit(number(request.get("backEndLimit")), income, home + others, currency)
    payment = housing.get("principalAndInterest", Fraction(0))
    margins = [entry["room"] for entry in (front, back) if entry]
    largest = max(min(margins) + payment, Fraction(0)) if margins else None
    quote = request.get("loan")
    loan = (
        largest_principal(largest, quote, currency, request.get("rounding", "halfEven")) if quote and margins else None
    )
    return {
        "housingExpense": home,
        "otherDebts": others,
        "totalDebts": home + others,
        "frontEndRatio": places(home / income, 6),
        "backEndRatio": places((home + others) / income, 6),
        "frontEnd": front,
        "backEnd": back,
        "largestPayment": largest,
        "largestLoan": loan,
    }


def loan_to_value(request):
    """`debt.loan_to_value`."""
    currency = request.get("currency", "USD")
    price = number(request.get("purchasePrice"))
    value = min([number(request["appraisedValue"])] + ([price] if price is not None else []))
    mortgage = number(request["firstMortgage"])
    liens = request.get("subordinateLiens", [])
    owed = sum((number(lien["balance"]) for lien in liens), Fraction(0))
    full = sum(
        (max(number(lien["balance"]), number(lien.get("creditLimit", "0") or "0")) for lien in liens), Fraction(0)
    )
    parts = {
        "loanToValue": (mortgage, "loanToValueLimit", Fraction(0)),
        "combined": (mortgage + owed, "combinedLimit", owed),
        "highCombined": (mortgage + full, "highCombinedLimit", full),
    }
    result, largest = {"value": value, "equity": value - mortgage - owed}, []
    for name, (loans, limit_name, others) in parts.items():
        most = number(request.get(limit_name))
        result[name] = {
            "loans": loans,
            "ratio": places(loans / value, 6),
            "percentRoundedUp": ceil(Fraction(floor(loans / value * 10000), 100)),
            "isMet": None if most is None else loans <= most * value,
        }
        if most is not None:
            largest.append(max(cents(most * value - others, currency, "down"), Fraction(0)))
    first = min(largest) if largest else None
    needed = None
    if price is not None and first is not None:
        needed = max(price - min(first, max(price - owed, Fraction(0))) - owed, Fraction(0))
    return result | {
        "downPayment": None if price is None else price - mortgage - owed,
        "largestFirstMortgage": first,
        "excess": None if first is None else max(mortgage - first, Fraction(0)),
        "downPaymentNeeded": needed,
    }


OPERATIONS = {"debt.debt_to_income": debt_to_income, "debt.loan_to_value": loan_to_value}
