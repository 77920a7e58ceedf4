"""What Regulation Z discloses of a transaction: sums of 12 CFR 1026.18(b), (d), (h) and (j) and 1026.37(l)(3)."""

from fractions import Fraction

from support import number, places
from unit_period_rate import expand


def finance_charge(request):
    charges = [
        (number(c["amount"]), c["category"], c.get("treatment", "paidAtClosing")) for c in request.get("charges", [])
    ]

    def total(test):
        return sum((amount for amount, category, treatment in charges if test(category, treatment)), Fraction(0))

    principal, downpayment = number(request["principal"]), number(request.get("downpayment", "0"))
    paid = sum(amount for _, amount in expand(request["payments"]))
    loan = principal + total(lambda _, treatment: treatment == "addedToLoan")
    prepaid = total(lambda category, _: category != "other")
    at_start = total(lambda category, _: category == "interest")
    interest = paid - loan - number(request.get("mortgageInsurance", "0")) + at_start
    return {
        "loanAmount": loan,
        "prepaidFinanceCharge": prepaid,
        "amountFinanced": loan - prepaid,
        "totalOfPayments": paid,
        "financeCharge": paid - (loan - prepaid),
        "totalInterest": interest,
        "totalInterestPercentage": places(interest / loan * 100, 3, "halfUp"),
        "totalSalePrice": paid + downpayment,
        "netProceeds": principal - total(lambda _, treatment: treatment == "withheldFromProceeds"),
    }


OPERATIONS = {"debt.finance_charge": finance_charge}
