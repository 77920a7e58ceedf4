"""A household's money month by month: streams of income, spending, debts and goals through one portfolio.

Amounts of another rhythm than a month are spread evenly over months and rise with prices, `(1 + inflation)^(t/12)` in month
t, unless they name a growth of their own; debts follow `amortization.py`; what is left is added at the end of each month.
Chance: a simulation of monthly lognormal returns by numpy, whose error is far below the tolerance.
"""

from datetime import timedelta
from math import log, sqrt

import numpy as np
from mpmath import mpf, workdps

from amortization import level_payment, rows
from net_worth import Household, account_value
from retirement_statistics import success_of
from support import NotCovered, add_months, cents, day, number

PER_YEAR = {
    "weekly": 52,
    "biweekly": 26,
    "semimonthly": 24,
    "monthly": 12,
    "quarterly": 4,
    "semiannual": 2,
    "annual": 1,
}
EARNED = {"salary", "bonus", "selfEmployment"}
DUE_AT_ONCE = {"creditCard", "overdraft", "medicalDebt", "taxesOwed"}
KEPT = {"emergencyFund", "retirement"}
PATHS, DIGITS = 400_000, 40


def precise(value):
    return mpf(value.numerator) / value.denominator


class Plan:
    def __init__(self, request):
        self.document = request["household"]
        self.home = Household(self.document)
        self.start = day(self.document["asOf"])
        self.assumed = self.document["assumptions"]
        self.inflation = mpf(self.assumed["inflation"])
        self.adults = [p for p in self.document.get("people", []) if not p.get("dependent")]
        self.months = self.length(request)
        self.columns = {name: [mpf(0)] * (self.months + 1) for name in COLUMNS}
        self.collect()

    def length(self, request):
        if request.get("years"):
            return 12 * request["years"]
        youngest = max(day(person["birthDate"]) for person in self.adults)
        end, months = add_months(youngest, 12 * (request.get("horizonAge") or 95)), 0
        while add_months(self.start, months) < end:
            months += 1
        return months

    def month_of(self, when):
        """The month of the plan in which a day lies, from 1."""
        month = 12 * (when.year - self.start.year) + when.month - self.start.month
        while add_months(self.start, month) > when:
            month -= 1
        return month + 1

    def in_currency(self, item, amount):
        currency = item.get("currency") or self.home.currency
        return amount if currency == self.home.currency else amount * self.home.rates[currency]

    def stream(self, column, item, monthly, last=None, rises=True):
        """Adds a stream to a column; `monthly` is its exact amount of a month."""
        first = max(self.month_of(day(item["start"])), 1) if item.get("start") else 1
        if item.get("end"):
            last = self.month_of(day(item["end"]))
        growth = item.get("annualGrowth")
        for month in range(first, min(last or self.months, self.months) + 1):
            self.columns[column][month] += precise(monthly) * self.factor(month, first, growth, rises)

    def factor(self, month, first, growth, rises):
        if growth is not None:
            return (1 + mpf(growth)) ** ((month - first) // 12)
        return (1 + self.inflation) ** (mpf(month) / 12) if rises else mpf(1)

    def retirement(self, name):
        """The last month before a person's retirement."""
        person = next((p for p in self.document.get("people", []) if p["id"] == name), None)
        if person is None or person.get("retirementAge") is None:
            return None
        birthday = add_months(day(person["birthDate"]), 12 * person["retirementAge"])
        return self.month_of(birthday - timedelta(days=1))

    def collect(self):
        document, tax = self.document, number(str(self.assumed.get("effectiveTaxRate", 0)))
        for item in document.get("income", []):
            last = self.retirement(item.get("person")) if item["kind"] in EARNED else None
            taxed = tax if item.get("taxable", True) else 0
            amount = self.in_currency(item, number(item["amount"]))
            if item["frequency"] == "once":
                self.once(item, amount, taxed)
                continue
            monthly = amount * PER_YEAR[item["frequency"]] / 12
            self.stream("income", item, monthly, last)
            self.stream("taxes", item, monthly * taxed, last)
        for item in document.get("expenses", []):
            amount = self.in_currency(item, number(item["amount"])) * PER_YEAR[item["frequency"]] / 12
            self.stream("expenses", item, amount)
        for item in document.get("properties", []):
            yearly = number(item.get("propertyTaxAnnual") or "0") + number(item.get("insuranceAnnual") or "0")
            costs = yearly / 12 + number(item.get("hoaMonthly") or "0")
            self.stream("expenses", {}, self.in_currency(item, costs))
            rent = self.in_currency(item, number(item.get("monthlyRent") or "0"))
            self.stream("income", {}, rent)
            self.stream("taxes", {}, rent * tax)
        for item in document.get("insurance", []):
            premium = self.in_currency(item, number(item.get("premiumAnnual") or "0"))
            self.stream("expenses", {}, premium / 12, rises=False)
        for item in document.get("contributions", []):
            account = next(one for one in document["accounts"] if one["id"] == item["account"])
            amount = self.in_currency(account, number(item["amount"])) * PER_YEAR[item["frequency"]] / 12
            column = "employerContributions" if item.get("source") == "employer" else "contributions"
            self.stream(column, item, amount, self.retirement(account.get("owner")))
        for item in document.get("goals", []):
            month = self.month_of(day(item["targetDate"]))
            if item["kind"] not in KEPT and 1 <= month <= self.months:
                amount = self.in_currency(item, number(item["targetAmount"]))
                self.columns["goals"][month] += precise(amount) * self.factor(month, 1, None, True)
        self.debts = [self.debt(item) for item in document.get("liabilities", [])]

    def once(self, item, amount, taxed):
        month = self.month_of(day(item["start"]))
        if 1 <= month <= self.months:
            money = precise(amount) * self.factor(month, month, item.get("annualGrowth"), True)
            self.columns["income"][month] += money
            self.columns["taxes"][month] += money * precise(number(str(taxed)))

    def debt(self, item):
        """The payments of a debt, and what the plan says about it."""
        currency, balance = item.get("currency") or self.home.currency, number(item["balance"])
        rate, months, payment = (
            number(item.get("annualRate", "0")),
            item.get("remainingMonths"),
            number(item.get("payment")),
        )
        if payment is None and months is None:
            if item["kind"] not in DUE_AT_ONCE:
                raise NotCovered("a loan without payment and term is refused")
            self.columns["debtPayments"][1] += precise(self.in_currency(item, balance))
            nothing = dict.fromkeys(("payoffDate", "remainingInterest", "finalPayment", "remainingPayments"))
            return {"id": item["id"], **nothing}
        if payment is None:
            payment = cents(level_payment(balance, rate / 12, months), currency)
        extra = number(item.get("extraMonthlyPayment") or "0")
        if payment + extra <= cents(balance * rate / 12, currency) and months is None:
            for month in range(1, self.months + 1):
                self.columns["debtPayments"][month] += precise(self.in_currency(item, payment + extra))
            return {"id": item["id"]} | dict.fromkeys(("payoffDate", "remainingInterest", "finalPayment"))
        table = rows(balance, rate, months or 10**6, payment, extra, currency)
        first = day(item.get("nextPayment")) or add_months(self.start, 1)
        for index, (interest, repaid, _) in enumerate(table):
            if index < self.months:
                self.columns["debtPayments"][index + 1] += precise(self.in_currency(item, interest + repaid))
        return {
            "id": item["id"],
            "payoffDate": add_months(first, len(table) - 1),
            "remainingInterest": sum(row[0] for row in table),
            "finalPayment": table[-1][0] + table[-1][1],
            "remainingPayments": len(table),
        }

    def net(self, month):
        c = self.columns
        came = c["income"][month] + c["employerContributions"][month]
        return came - c["taxes"][month] - c["expenses"][month] - c["debtPayments"][month] - c["goals"][month]


COLUMNS = ("income", "employerContributions", "taxes", "expenses", "debtPayments", "goals", "contributions")


def initial_balance(plan):
    values = []
    for account in plan.document.get("accounts", []):
        value = account_value(account, account.get("currency") or plan.home.currency)
        values.append(plan.home.convert(account, value))
    return sum(values)


def build(request):
    """`plan.build`."""
    with workdps(DIGITS):
        plan = Plan(request)
        years = range((plan.months + 11) // 12)
        cash_flow = [year_of(plan, year) for year in years]
        start = initial_balance(plan)
        found = chance(plan, start) if plan.assumed["volatility"] else certain(plan, start, request)
        projection = {"months": plan.months, "initialBalance": start, **found}
        return {"cashFlow": cash_flow, "debts": plan.debts, "projection": projection}


def year_of(plan, year):
    months = range(12 * year + 1, min(12 * year + 12, plan.months) + 1)
    start, end = add_months(plan.start, months[0] - 1), add_months(plan.start, months[-1]) - timedelta(days=1)
    sums = {name: sum(column[month] for month in months) for name, column in plan.columns.items()}
    shown = {name: cents(number(str(value)), plan.home.currency) for name, value in sums.items()}
    paid = sum(shown[name] for name in ("taxes", "expenses", "debtPayments", "goals"))
    net = shown["income"] + shown["employerContributions"] - paid
    return {"year": year + 1, "start": start, "end": end, "net": net, **shown}


def certain(plan, start, request):
    """The balances without chance."""
    growth = ((1 + mpf(plan.assumed["expectedReturn"])) * (1 - mpf(plan.assumed.get("annualFee", 0)))) ** (mpf(1) / 12)
    balance, failed, balances = precise(start), None, [precise(start)]
    for month in range(1, plan.months + 1):
        balance = balance * growth + plan.net(month)
        if failed is None and balance < -(mpf(10) ** -20):
            failed = month
        balance = mpf(0) if failed else balance
        balances.append(balance)
    percentiles = request.get("percentiles", [5, 10, 25, 50, 75, 90, 95])
    shown = sorted({*range(0, plan.months + 1, 12), plan.months})
    return {
        "success": success_of(np.full(request.get("paths", 10000), failed is None)),
        "fan": [
            {
                "month": month,
                "percentile": p,
                "nominal": balances[month],
                "real": balances[month] / (1 + plan.inflation) ** (mpf(month) / 12),
            }
            for month in shown
            for p in percentiles
        ],
        "depletionShare": float(failed is not None),
        "depletionMonths": [{"percentile": p, "value": failed} for p in percentiles] if failed else [],
    }


def chance(plan, start):
    """The share of many simulated paths that pay for everything."""
    spread = plan.assumed["volatility"] / sqrt(12)
    drift = log(1 + plan.assumed["expectedReturn"]) - plan.assumed["volatility"] ** 2 / 2
    drift = (drift + log(1 - plan.assumed.get("annualFee", 0))) / 12
    random, balance, alive = np.random.default_rng(1), np.full(PATHS, float(start)), np.ones(PATHS, dtype=bool)
    for month in range(1, plan.months + 1):
        balance = balance * np.exp(drift + spread * random.standard_normal(PATHS)) + float(plan.net(month))
        alive &= balance >= 0
        balance = np.where(alive, balance, 0.0)
    return {"success": success_of(alive)}


OPERATIONS = {"plan.build": build}
SLOW = {"plan.build"}
