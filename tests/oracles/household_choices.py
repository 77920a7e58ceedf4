"""Two choices of a household, month by month: a home bought or rented, extra money for the loan or for investments.

Payments and interest are exact fractions, growth at an effective annual rate has 50 digits, and each amount is rounded
once where it is posted: a month's twelfth of a yearly cost, a month's return, a year's tax.
"""

from fractions import Fraction

from mpmath import mpf

from loan_comparison import existing_side, level_side
from roots import nearest_rate
from support import cents, minor_unit, number


def exact(value):
    """A floating-point number of the wire as the decimal that it stands for."""
    return Fraction(str(value))


def precise(value):
    return mpf(value.numerator) / value.denominator


def monthly_growth(annual_return):
    return Fraction(str((1 + precise(annual_return)) ** (mpf(1) / 12)))


class Home:
    """A home that is bought, beside one that is rented."""

    def __init__(self, request):
        self.request, self.currency = request, request.get("currency", "USD")
        self.policy = request.get("rounding", "halfEven")
        self.buy, self.taxes = request["purchase"], request.get("taxes", {})
        self.price, self.down = number(self.buy["price"]), number(self.buy["downPayment"])
        self.growth = monthly_growth(exact(request["investmentReturn"]))
        terms = self.buy.get("mortgage")
        self.loan = None
        if terms and self.price > self.down:
            rate, months = number(terms["annualRate"]), terms["termMonths"]
            self.loan = level_side(self.price - self.down, rate, months, self.currency, self.policy)

    def rounded(self, value):
        return cents(value, self.currency, self.policy)

    def given(self, document, name, default="0"):
        return number(document.get(name) or default)

    def grown(self, amount, rate, year):
        return amount * (1 + rate) ** (year - 1)

    def premium(self, opening):
        """A month's mortgage insurance: due as long as the month starts above the share of the price."""
        if not self.loan or opening <= self.price * self.given(self.buy, "mortgageInsuranceUntil", "0.8"):
            return Fraction(0)
        return self.rounded(self.loan.principal * self.given(self.buy, "mortgageInsuranceRate") / 12)

    def monthly_costs(self, year, value):
        """A month's costs of the home in a year, by kind."""
        growth = self.given(self.request, "costGrowth")
        return {
            "propertyTax": self.rounded(value * self.given(self.buy, "propertyTaxRate") / 12),
            "insurance": self.rounded(self.grown(self.given(self.buy, "insurance"), growth, year) / 12),
            "maintenance": self.rounded(value * self.given(self.buy, "maintenanceRate") / 12),
            "associationFees": self.rounded(self.grown(self.given(self.buy, "associationFees"), growth, year)),
        }

    def tax_saving(self, interest, property_tax, balance_before, balance_after):
        """What the deductions save over those of a tenant."""
        limit, mean = number(self.taxes.get("mortgageLimit")), (balance_before + balance_after) / 2
        share = min(Fraction(1), limit / mean) if limit is not None and mean else Fraction(1)
        cap = number(self.taxes.get("propertyTaxLimit"))
        deducted = property_tax if cap is None else min(property_tax, cap)
        other, standard = self.given(self.taxes, "otherDeductions"), self.given(self.taxes, "standardDeduction")
        more = max(interest * share + deducted + other, standard) - max(other, standard)
        return self.rounded(self.given(self.taxes, "marginalRate") * more)

    def compare(self, first_rent):
        """The years of both households."""
        rental, cost_growth = self.request["rental"], self.given(self.request, "costGrowth")
        upfront = self.down + self.given(self.buy, "closingCosts")
        buyer, tenant = Fraction(0), upfront
        buyer_cost, tenant_cost, rows = upfront, Fraction(0), []
        balance = self.loan.principal if self.loan else Fraction(0)
        value = self.price
        for year in range(1, self.request["years"] + 1):
            costs = self.monthly_costs(year, value)
            rent = self.rounded(self.grown(first_rent, self.given(rental, "rentGrowth"), year))
            insurance = self.rounded(self.grown(self.given(rental, "insurance"), cost_growth, year) / 12)
            months = range(12 * year - 11, 12 * year + 1)
            paid = [self.loan.in_month(month) if self.loan else (Fraction(0),) * 3 for month in months]
            interest = sum(entry[1] for entry in paid)
            saving = self.tax_saving(interest, 12 * costs["propertyTax"], balance, paid[-1][2])
            before, balance, outlay = balance, paid[-1][2], Fraction(0)
            premiums = [self.premium(opening) for opening in [before, *(entry[2] for entry in paid[:-1])]]
            for month, (payment, _, _), premium in zip(months, paid, premiums, strict=True):
                spent = payment + premium + sum(costs.values()) - (saving if month == months[-1] else 0)
                outlay += spent
                buyer = self.rounded(buyer * self.growth) + max(rent + insurance - spent, Fraction(0))
                tenant = self.rounded(tenant * self.growth) + max(spent - rent - insurance, Fraction(0))
            value = self.rounded(self.grown(self.price, self.given(self.buy, "appreciation"), year + 1))
            selling = self.rounded(value * self.given(self.buy, "sellingCostRate"))
            gain = value - selling - self.price - self.given(self.taxes, "capitalGainsExclusion")
            tax = self.rounded(max(gain, Fraction(0)) * self.given(self.taxes, "capitalGainsRate"))
            left = value - selling - balance - tax
            buyer_cost += outlay
            tenant_cost += 12 * (rent + insurance)
            rows.append(
                {
                    "year": year,
                    "mortgagePayments": sum(entry[0] for entry in paid),
                    "mortgageInterest": interest,
                    "mortgageInsurance": sum(premiums),
                    **{name: 12 * amount for name, amount in costs.items()},
                    "taxSaving": saving,
                    "buyerOutlay": outlay,
                    "rent": 12 * rent,
                    "tenantInsurance": 12 * insurance,
                    "tenantOutlay": 12 * (rent + insurance),
                    "homeValue": value,
                    "mortgageBalance": balance,
                    "sellingCosts": selling,
                    "capitalGainsTax": tax,
                    "buyerInvestments": buyer,
                    "tenantInvestments": tenant,
                    "buyerNetCost": buyer_cost - left,
                    "tenantNetCost": tenant_cost,
                    "buyerWealth": left + buyer,
                    "tenantWealth": tenant,
                    "advantageOfBuying": left + buyer - tenant,
                }
            )
        return upfront, rows

    def equal_rent(self):
        """The lowest first rent, in minor units, at which the buyer has at least as much at the end."""
        unit = minor_unit(self.currency)

        def enough(count):
            return self.compare(count * unit)[1][-1]["advantageOfBuying"] >= 0

        if enough(0):
            return None
        low, high = 0, 1
        while not enough(high):
            low, high = high, high * 2
            if high > 10**15:
                return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if enough(middle) else (middle, high)
        return high * unit


def rent_or_buy(request):
    """`debt.rent_or_buy`."""
    home = Home(request)
    upfront, rows = home.compare(number(request["rental"]["rent"]))
    return {
        "mortgagePrincipal": home.price - home.down,
        "mortgagePayment": home.loan.payment if home.loan else Fraction(0),
        "upfrontCost": upfront,
        "breakEvenYear": next((row["year"] for row in rows if row["advantageOfBuying"] >= 0), None),
        "advantageOfBuying": rows[-1]["advantageOfBuying"],
        "equalRent": home.equal_rent(),
        "years": rows,
    }


class ExtraMoney:
    """Money beyond a loan's payments, and the two ways to use it."""

    def __init__(self, request):
        self.request, self.currency = request, request.get("currency", "USD")
        self.policy = request.get("rounding", "halfEven")
        self.rate = number(request["loan"]["annualRate"])
        self.agreed = existing_side(request["loan"], self.currency, self.policy)
        self.monthly, self.once = (number(request.get(name, "0")) for name in ("extraMonthly", "extraOnce"))
        self.horizon = request.get("horizonMonths") or self.agreed.months()
        self.tax = number(request.get("interestTaxRate", "0"))
        self.match = request.get("employerMatch")

    def rounded(self, value):
        return cents(value, self.currency, self.policy)

    def flows(self, prepay):
        """What is invested at the start and each month, and what becomes of the loan."""
        balance = self.agreed.principal
        into_loan = min(self.once, balance) if prepay else Fraction(0)
        balance -= into_loan
        months, matched, payoff = [], Fraction(0), 0 if balance == 0 else None
        for month in range(1, self.horizon + 1):
            agreed = self.agreed.in_month(month)[0]
            budget = agreed + self.monthly
            interest = self.rounded(balance * self.rate / 12)
            paid = min(budget if prepay else agreed, balance + interest)
            if balance and balance + interest == paid:
                payoff = month
            balance += interest - paid
            part = Fraction(0)
            if self.match:
                part = min(budget - paid, number(self.match["monthlyLimit"])) * number(self.match["rate"])
                part = self.rounded(part)
            matched += part
            saved = self.rounded(interest * self.tax)
            invested = budget - paid + saved + part
            entry = {"payment": paid, "interest": interest, "balance": balance, "invested": invested, "saved": saved}
            months.append(entry | {"budget": budget})
        return {"start": self.once - into_loan, "months": months, "matched": matched, "payoff": payoff}

    def investments(self, flows, after_tax):
        growth, held, table = monthly_growth(after_tax), flows["start"], []
        for entry in flows["months"]:
            held = self.rounded(held * growth) + entry["invested"]
            table.append(held)
        return table

    def outcome(self, flows, after_tax):
        held, months = self.investments(flows, after_tax)[-1], flows["months"]
        return {
            "investments": held,
            "loanBalance": months[-1]["balance"],
            "wealth": held - months[-1]["balance"],
            "interestPaid": sum(entry["interest"] for entry in months),
            "taxSaved": sum(entry["saved"] for entry in months),
            "matched": flows["matched"],
            "payoffMonth": flows["payoff"],
        }

    def break_even(self, prepay, invest, tax):
        """The return before tax at which both ways leave the same, growth not rounded."""
        differences = [precise(invest["start"] - prepay["start"])]
        differences += [
            precise(a["invested"] - b["invested"]) for a, b in zip(invest["months"], prepay["months"], strict=True)
        ]
        differences[-1] -= precise(invest["months"][-1]["balance"] - prepay["months"][-1]["balance"])
        last = len(differences) - 1

        def value(rate):
            growth = (1 + rate) ** (mpf(1) / 12)
            total = mpf(0)
            for amount in differences:
                total = total * growth + amount
            return total / growth**last

        try:
            before_tax = Fraction(str(nearest_rate(value))) / (1 - tax)
        except ValueError:
            return None
        return before_tax if before_tax > -1 else None


def prepay_or_invest(request):
    """`debt.prepay_or_invest`."""
    case = ExtraMoney(request)
    tax = exact(request.get("investmentTaxRate", 0))
    after_tax = exact(request["investmentReturn"]) * (1 - tax)
    prepay, invest = case.flows(True), case.flows(False)
    early, late = case.outcome(prepay, after_tax), case.outcome(invest, after_tax)
    safe = request.get("riskFreeReturn")
    risk_free = None
    if safe is not None:
        rate = exact(safe) * (1 - tax)
        advantage = case.outcome(invest, rate)["wealth"] - case.outcome(prepay, rate)["wealth"]
        risk_free = {"afterTaxReturn": rate, "advantageOfInvesting": advantage}
    held_early, held_late = case.investments(prepay, after_tax), case.investments(invest, after_tax)
    schedule = [
        {
            "month": index + 1,
            "budget": a["budget"],
            "prepayLoanPayment": a["payment"],
            "prepayInterest": a["interest"],
            "prepayBalance": a["balance"],
            "prepayInvested": a["invested"],
            "prepayInvestments": held_early[index],
            "investLoanPayment": b["payment"],
            "investInterest": b["interest"],
            "investBalance": b["balance"],
            "investInvested": b["invested"],
            "investInvestments": held_late[index],
        }
        for index, (a, b) in enumerate(zip(prepay["months"], invest["months"], strict=True))
    ]
    return {
        "payment": case.agreed.payment,
        "horizonMonths": case.horizon,
        "prepay": early,
        "invest": late,
        "advantageOfInvesting": late["wealth"] - early["wealth"],
        "interestSaved": late["interestPaid"] - early["interestPaid"],
        "prepaymentReturn": (1 + case.rate * (1 - case.tax) / 12) ** 12 - 1,
        "breakEvenReturn": case.break_even(prepay, invest, tax),
        "riskFree": risk_free,
        "schedule": schedule,
    }


OPERATIONS = {"debt.rent_or_buy": rent_or_buy, "debt.prepay_or_invest": prepay_or_invest}
