"""What share of an income is saved, and how many months an amount lasts, by the definitions of the reference, in exact fractions."""

from fractions import Fraction
from math import floor

from support import QUOTED, cents, number, places


def savings_rate(request):
    """`cash_flow.savings_rate`."""
    total = dict.fromkeys(("income", "expense", "refund", "tax", "taxRefund", "transfer"), Fraction(0))
    for flow in request["flows"]:
        total[flow["kind"]] += number(flow["amount"])
    taxes, expenses = total["tax"] - total["taxRefund"], total["expense"] - total["refund"]
    base = request.get("base", "income")
    amount = total["income"] - (taxes if base == "incomeAfterTax" else 0)
    saved = total["income"] - taxes - expenses
    return {
        "income": total["income"],
        "taxes": taxes,
        "expenses": expenses,
        "saved": saved,
        "transferred": total["transfer"],
        "base": base,
        "baseAmount": amount,
        "rate": places(saved / amount, 6) if amount > 0 else None,
        "noRateReason": None if amount > 0 else QUOTED,
    }


def runway(request):
    """`cash_flow.runway`."""
    currency, left = request.get("currency", "USD"), number(request["balance"])
    outflow, growth = number(request["monthlyOutflow"]), number(request.get("annualGrowth", "0"))
    rate = number(request.get("annualRate", "0"))
    spent, earned = Fraction(0), Fraction(0)
    for month in range(1200):
        if month and month % 12 == 0:
            outflow = cents(outflow * (1 + growth), currency)
        if left < outflow:
            part = Fraction(floor(left / outflow * 10**4), 10**4)
            return {
                "months": month,
                "monthsWithPart": month + part,
                "left": left,
                "nextOutflow": outflow,
                "spent": spent,
                "interest": earned,
            }
        interest = cents((left - outflow) * rate / 12, currency)
        left, spent, earned = left - outflow + interest, spent + outflow, earned + interest
    none = dict.fromkeys(("months", "monthsWithPart", "nextOutflow"))
    return none | {"left": left, "spent": spent, "interest": earned}


OPERATIONS = {"cash_flow.runway": runway, "cash_flow.savings_rate": savings_rate}
