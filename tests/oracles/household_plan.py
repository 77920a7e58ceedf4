"""A household's plan at the amounts of each year, straight from its document.

Written from the reference pages of `plan.retirement_plan`, of the household document and of `retirement.run`. Each amount
of a year is computed from the document: the months in which it runs, the years by which it has grown, the rows of the
loans. Only what happens to the accounts (distributions, taxes, withdrawals, growth) is that of `retirement_plan.py`;
loans by `amortization.py`, the statement by `net_worth.py`, records of earnings by `social_security_earnings.py`.

Limits of contributions by `contribution_limits.py`. Federal income tax: Rev. Proc. 2025-32 and 26 U.S.C.
86(c), as the vectors of `income_tax.federal_parameters` quote them. Exclusion of the gain on a home: 26 U.S.C. 121(b).
Penalty: 26 U.S.C. 72(t), until the year of the 60th birthday.
"""

from datetime import date
from fractions import Fraction

import numpy as np

import net_worth
from amortization import amortize
from contribution_limits import of_plan
from retirement_plan import DEFERRED, Run, markets, summary
from retirement_statistics import success_of, year_means
from social_security_earnings import primary_insurance_amount
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
WAGES = {"salary", "bonus", "selfEmployment"}
FOR_LIFE = {"pension", "annuity", "socialSecurity"}
CASH = {"checking", "savings", "moneyMarket", "certificateOfDeposit", "cash"}
TAXABLE = {"brokerage", "custodial", "trust", "cryptocurrency"}
EDUCATION = {"plan529", "coverdell"}
TAX_FREE = {"roth401k", "roth403b", "rothIra"} | EDUCATION
WORKPLACE = {"traditional401k", "roth401k", "traditional403b", "roth403b", "thriftSavingsPlan"}
INDIVIDUAL = {"traditionalIra", "rothIra"}
AT_ONCE = {"creditCard", "overdraft", "medicalDebt", "taxesOwed"}
KEPT = {"emergencyFund", "retirement"}

# Rev. Proc. 2025-32: deduction, brackets, brackets of long-term gains, thresholds of benefits.
ORDINARY = (0.10, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37)
FEDERAL = {
    "single": (
        16100,
        (0, 12400, 50400, 105700, 201775, 256225, 640600),
        (0, 49450, 545500),
        (25000, 34000),
    ),
    "marriedFilingJointly": (
        32200,
        (0, 24800, 100800, 211400, 403550, 512450, 768700),
        (0, 98900, 613700),
        (32000, 44000),
    ),
    "headOfHousehold": (
        24150,
        (0, 17700, 67450, 105700, 201750, 256200, 640600),
        (0, 66200, 579600),
        (25000, 34000),
    ),
    "qualifyingSurvivingSpouse": (
        32200,
        (0, 24800, 100800, 211400, 403550, 512450, 768700),
        (0, 98900, 613700),
        (25000, 34000),
    ),
}


def limited_as(kind, people):
    """The limit of the law for what a household contributes to a kind of account."""
    if kind in WORKPLACE:
        return "workplacePlan"
    if kind in INDIVIDUAL:
        return "individualRetirementAccount"
    if kind == "hsa":
        return "healthSavingsFamily" if people > 1 else "healthSavingsSelfOnly"
    return kind if kind == "plan457b" else None


def nearest_month(when):
    """The first day of a month that is nearest to a date; of two that are as near, the earlier."""
    before = when.replace(day=1)
    after = add_months(before, 1)
    return before if when - before <= after - when else after


class Flow:
    """What is paid regularly, or once: by year, in whole months."""

    def __init__(self, item, amount, begins, as_of):
        self.start, self.end, self.begins = day(item.get("start")), day(item.get("end")), begins
        first_year = begins.year
        self.once = item["frequency"] == "once"
        # The balances contain what was paid before their day.
        self.is_over = self.once and self.start < as_of
        self.amount = float(amount) * (1 if self.once else PER_YEAR[item["frequency"]])
        self.growth = item.get("annualGrowth")
        self.base = max(self.start.year, first_year) if self.start else first_year

    def months(self, year):
        """The months of a year in which it is paid, the ones of its first and its last day included."""
        first = 12 * self.start.year + self.start.month if self.start else 12 * year + 1
        first = max(first, 12 * self.begins.year + self.begins.month)
        last = 12 * self.end.year + self.end.month if self.end else 12 * year + 12
        return max(min(last, 12 * year + 12) - max(first, 12 * year + 1) + 1, 0)

    def in_year(self, year, level):
        """The amount of a year, in its money."""
        if self.once:
            # What is between the balances and the start of the plan is paid at the start.
            share = 1.0 if year == self.base and not self.is_over else 0.0
        else:
            share = self.months(year) / 12
        return self.amount * share * (level if self.growth is None else (1 + self.growth) ** (year - self.base))


class Household:
    """The document, with its amounts in the household's currency."""

    def __init__(self, request):
        self.request, self.document = request, request["household"]
        self.currency = self.document.get("currency", "USD")
        self.as_of = day(self.document["asOf"])
        self.begins = nearest_month(self.as_of)
        self.first = self.begins.year
        self.rates = {rate["from"]: number(rate["rate"]) for rate in self.list("exchangeRates")}
        self.assumed = self.document["assumptions"]
        residence = self.document.get("residence")
        self.in_us = residence == "US" or (residence is None and self.currency == "USD")
        # Limits, exclusions and estimates are amounts in dollars, and hold for a household that counts in them.
        self.has_dollars = self.in_us and self.currency == "USD"
        self.adults = [person for person in self.list("people") if not person.get("dependent")][:2]
        self.accounts = {account["id"]: account for account in self.list("accounts")}
        self.incomes = {income["id"]: income for income in self.list("income")}
        self.statement = {asset[0]: asset[-1] for asset in net_worth.Household(self.document).assets}

    def list(self, name):
        return self.document.get(name, [])

    def worth(self, item, amount, shared=True):
        """The household's part of an amount of an item, in its currency, without rounding."""
        share = number(item.get("ownershipShare")) if shared else None
        amount = number(amount) * (1 if share is None else share)
        return amount * self.rate(item.get("currency"))

    def rate(self, currency):
        return Fraction(1) if currency in (None, self.currency) else self.rates[currency]

    def in_cents(self, item, amount):
        """The same, rounded like an item of the statement: the share first, then the conversion."""
        currency = item.get("currency") or self.currency
        share = number(item.get("ownershipShare"))
        own = number(amount) if share is None else cents(number(amount) * share, currency)
        return own if currency == self.currency else cents(own * self.rates[currency], self.currency)

    def flow(self, item, currency=None):
        amount = number(item["amount"]) * self.rate(currency or item.get("currency"))
        return Flow(item, amount, self.begins, self.as_of)

    def adult(self, name):
        return next((person for person in self.adults if person["id"] == name), None)

    def born(self, person):
        return day(person["birthDate"]).year

    def wages(self, person):
        return [
            income
            for income in self.list("income")
            if income["kind"] in WAGES and income.get("person") == person["id"] and income["frequency"] != "once"
        ]

    def retires(self, person):
        """The first year without work."""
        if person.get("retirementAge") is not None:
            return self.born(person) + person["retirementAge"]
        wages = self.wages(person)
        if any(not income.get("end") for income in wages):
            return self.last_year(person) + 1
        ends = [day(income["end"]).year + 1 for income in wages]
        return max(ends, default=self.first)

    def last_day_of_work(self, person):
        """The last day of the last income from work, if that decides when a person retires."""
        wages = self.wages(person)
        decides = person.get("retirementAge") is None and all(income.get("end") for income in wages)
        return max((income["end"] for income in wages), default=None) if decides else None

    def last_year(self, person):
        if person.get("planToAge") is not None:
            return self.born(person) + person["planToAge"]
        if person.get("sex"):
            raise NotCovered("lives that are drawn")
        now, years = self.first - self.born(person), self.request.get("years")
        # Who asks for years wants all of them; who is 90 or more lives five years more.
        longest = min(now + (years - 1 if years else 5), 120)
        return self.born(person) + (self.request.get("horizonAge") or max(95, longest))

    def years_of_education(self, account):
        """The years in which money of an account for education is wanted."""
        goals = [
            day(goal["targetDate"]).year
            for goal in self.list("goals")
            if goal["kind"] == "education" and goal.get("account") in (None, account["id"])
        ]
        expenses = [self.flow(item).base for item in self.list("expenses") if item["kind"] == "education"]
        return goals + expenses


def treatment_of(account):
    """Cash, taxable, traditional, roth or healthSavings."""
    kind = account["kind"]
    stated = {"taxable": "taxable", "taxDeferred": "traditional", "taxFree": "roth"}.get(account.get("taxTreatment"))
    if stated:
        return "cash" if stated == "taxable" and kind in CASH else stated
    if kind in CASH:
        return "cash"
    if kind in TAXABLE:
        return "taxable"
    if kind == "hsa":
        return "healthSavings"
    return "roth" if kind in TAX_FREE else "traditional"


def cost_of(home, account):
    """The cost of everything in an account; what has no cost of its own counts with its value."""
    if account.get("costBasis") is not None:
        return home.in_cents(account, account["costBasis"])
    currency = account.get("currency") or home.currency
    value, held, cost = net_worth.account_value(account, currency), Fraction(0), Fraction(0)
    for item in account.get("holdings", []):
        worth = cents(number(item["quantity"]) * number(item["price"]), currency)
        held += worth
        cost += worth if item.get("costBasis") is None else number(item["costBasis"])
    return home.in_cents(account, cost + value - held)


def balances(home):
    """The balances of the accounts; overdrawn ones are settled from cash, then from taxable accounts, in their order."""
    left = {name: home.statement[name] for name in home.accounts}
    given = dict.fromkeys(left, Fraction(0))
    payers = [name for kind in ("cash", "taxable") for name in left if treatment_of(home.accounts[name]) == kind]
    for name, balance in list(left.items()):
        if balance >= 0:
            continue
        owed, left[name] = -balance, Fraction(0)
        for payer in payers:
            part = min(owed, max(left[payer], Fraction(0)))
            left[payer] -= part
            given[payer] += part
            owed -= part
        if owed > 0:
            raise NotCovered("an overdraft that no account can settle")
    return left, given


def class_weights(home, weights):
    names = [one["name"] for one in home.assumed["assetClasses"]]
    by_name = {one["assetClass"]: one["weight"] for one in weights}
    return [by_name.get(name, 0.0) for name in names]


def allocation_of(home, account):
    """The weights of an account: its own, those of its holdings, or those of the assumptions."""
    if not home.assumed.get("assetClasses"):
        return [1.0]
    if account.get("allocation"):
        return class_weights(home, account["allocation"])
    worth = {}
    for item in account.get("holdings", []):
        if item.get("assetClass"):
            value = number(item["quantity"]) * number(item["price"])
            worth[item["assetClass"]] = worth.get(item["assetClass"], 0) + value
    total = sum(worth.values())
    if total:
        return class_weights(home, [{"assetClass": n, "weight": float(v / total)} for n, v in worth.items()])
    return class_weights(home, home.assumed["allocation"])


def accounts_of(home):
    """The accounts of the plan."""
    left, given = balances(home)
    result = []
    for name, account in home.accounts.items():
        kind = treatment_of(account)
        treatment = {"kind": kind}
        balance = left[name]
        if kind == "cash":
            treatment["interestRate"] = float(number(account.get("interestRate") or "0"))
        if kind == "taxable":
            cost = cost_of(home, account)
            whole = balance + given[name]
            treatment["basis"] = float(cost * balance / whole if given[name] else max(cost, 0))
            treatment["dividendYield"] = account.get("dividendYield") or 0.0
        owner = home.adult(account.get("owner"))
        entry = {
            "name": name,
            "owner": owner["id"] if owner else None,
            "balance": float(balance),
            "treatment": treatment,
        }
        if kind != "cash" and not home.assumed.get("glidePath"):
            entry["allocation"] = {"kind": "fixed", "weights": allocation_of(home, account)}
        if account.get("accessAge") is not None:
            person = owner or home.adults[0]
            entry["accessibleFrom"] = {"kind": "year", "year": home.born(person) + account["accessAge"]}
        if account["kind"] in EDUCATION:
            years = home.years_of_education(account)
            if years:
                entry["accessibleFrom"] = {"kind": "year", "year": min(years)}
        result.append(entry)
    if len(result) > 20:
        result = put_together(result)
    if not result:
        result.append({"name": "cash", "owner": None, "balance": 0.0, "treatment": {"kind": "cash"}})
    return result


def put_together(accounts):
    """Accounts of the same owner, treatment, allocation and access as one, with the sum of balances and costs."""
    merged = {}
    for account in accounts:
        rest = {name: value for name, value in account["treatment"].items() if name != "basis"}
        same = (account["owner"], str(rest), str(account.get("allocation")), str(account.get("accessibleFrom")))
        if same in merged:
            merged[same]["balance"] += account["balance"]
            if "basis" in account["treatment"]:
                merged[same]["treatment"]["basis"] += account["treatment"]["basis"]
        else:
            merged[same] = account
    if len(merged) > 20:
        raise NotCovered("more than 20 kinds of accounts")
    return list(merged.values())


def is_for_education(home, name):
    """Whether an account pays for an education, and so pays first from then on."""
    account = home.accounts.get(name, {})
    return account.get("kind") in EDUCATION and bool(home.years_of_education(account))


def federal(status):
    deduction, ordinary, gains, (lower, upper) = FEDERAL[status]
    return {
        "deduction": deduction,
        "ordinary": [{"above": a, "rate": r} for a, r in zip(ordinary, ORDINARY, strict=True)],
        "longTermGains": [{"above": a, "rate": r} for a, r in zip(gains, (0.0, 0.15, 0.2), strict=True)],
        "socialSecurity": {"kind": "provisionalIncome", "lower": lower, "upper": upper},
    }


def scale(document):
    """Brackets of the document."""

    def rows(name):
        return [{"above": float(number(one["above"])), "rate": one["rate"]} for one in document.get(name, [])]

    return {
        "deduction": float(number(document.get("deduction", "0"))),
        "ordinary": rows("ordinary"),
        "longTermGains": rows("longTermGains"),
        "socialSecurity": {"kind": "share", "share": document.get("taxableSocialSecurityShare", 0.85)},
    }


def taxes_of(home):
    assumed, couple = home.assumed, len(home.adults) == 2
    if assumed.get("effectiveTaxRate") is not None:
        rate = assumed["effectiveTaxRate"]
        return {"kind": "rates", "ordinary": rate, "longTermGains": rate}
    rule = assumed.get("taxes") or {"kind": "unitedStates" if home.in_us else "rates"}
    if rule["kind"] == "rates":
        state = rule.get("stateRate", 0.0)
        return {**{key: value for key, value in rule.items() if key != "stateRate"}, "state": state}
    shared = {"kind": "brackets", "state": rule.get("stateRate", 0.0)}
    if rule["kind"] == "brackets":
        joint = {"joint": scale(rule["joint"])} if rule.get("joint") else {}
        return {
            **shared,
            "single": scale(rule["single"]),
            **joint,
            "inflationIndexed": rule.get("inflationIndexed", True),
        }
    status = rule.get("filingStatus") or ("marriedFilingJointly" if couple else "single")
    if status == "marriedFilingSeparately":
        raise NotCovered("separate returns")
    if home.first < 2026:
        raise NotCovered("taxes of another year")
    if status == "marriedFilingJointly":
        return {**shared, "single": federal("single"), "joint": federal(status)}
    return {**shared, "single": federal(status)}


def claim_year(home, person, income):
    """The year in which an income of Social Security is claimed as a person's benefit, or None if it cannot be one.

    A benefit rises with prices, is taxed like one, passes to a survivor whole and has no end. One without a start has been
    claimed before the plan, at 70 at the latest.
    """
    odd = income.get("annualGrowth") is not None or income.get("end") or income.get("survivorShare") is not None
    if odd or income["frequency"] == "once" or not income.get("taxable", True):
        return None
    start = day(income.get("start"))
    year = start.year if start else min(home.first, home.born(person) + 70)
    return year if 62 <= year - home.born(person) <= 70 else None


def listed_benefits(home):
    """The incomes that are a person's benefit, by the person; what has no person is that of the first adult."""
    found = {}
    for income in home.list("income"):
        name = income.get("person")
        person = home.adult(name) if name else next(iter(home.adults), None)
        if income["kind"] != "socialSecurity" or not person or person["id"] in found:
            continue
        if not person.get("socialSecurity") and claim_year(home, person, income) is not None:
            found[person["id"]] = income
    return found


def benefits_of(home):
    """The Social Security benefits of the plan."""
    found, listed = [], listed_benefits(home)
    received = [income for income in home.list("income") if income["kind"] == "socialSecurity"]
    for person in home.adults:
        own = any(income.get("person") in (None, person["id"]) for income in received)
        if person.get("socialSecurity"):
            found.append(stated_benefit(home, person, person["socialSecurity"]))
        elif person["id"] in listed:
            income = listed[person["id"]]
            age = claim_year(home, person, income) - home.born(person)
            entry = {"person": person["id"], "annualBenefit": home.flow(income).amount, "claimAge": age}
            found.append(entry | {"survivorAge": 60})
        elif home.has_dollars and not own and present_work(home, person)[0] > 0:
            found.append(stated_benefit(home, person, {"basis": {"kind": "estimate"}}))
    return found


def present_work(home, person):
    """What somebody earns a year at present by the work that lasts, and the first year without any work."""
    retires = home.retires(person)

    def last_year(flow):
        return min(flow.end.year, retires - 1) if flow.end else retires - 1

    flows = [home.flow(income) for income in home.wages(person)]
    flows = [flow for flow in flows if flow.amount > 0 and not (flow.end and flow.end < home.as_of)]
    present = [flow for flow in flows if not (flow.start and flow.start > home.as_of)]
    longest = max((last_year(flow) for flow in present), default=None)
    other_work_follows = len(present) < len(flows)
    earned = sum(flow.amount for flow in present if other_work_follows or last_year(flow) == longest)
    return earned, max((last_year(flow) for flow in flows), default=retires - 1) + 1


def stated_benefit(home, person, stated):
    basis, dollars = stated["basis"], float(home.rate("USD"))
    entry = {
        "person": person["id"],
        "claimAge": stated.get("claimAge") or 67,
        "survivorAge": stated.get("survivorAge") or 60,
    }
    if basis["kind"] == "monthlyBenefit":
        return entry | {"annualBenefit": 12 * float(number(basis["amount"])) * dollars}
    if basis["kind"] == "primaryInsuranceAmount":
        return entry | {"primaryInsuranceAmount": float(number(basis["amount"])) * dollars}
    if basis["kind"] == "earnings":
        earnings = {"kind": "record", "years": basis["years"]}
    else:
        earned, stops = present_work(home, person)
        salary = cents(Fraction(str(earned)) / home.rate("USD"))
        age = stops - home.born(person)
        earnings = {"kind": "salary", "amount": str(float(salary)), "year": home.first, "stopAge": age}
    answer = primary_insurance_amount({"birthDate": person["birthDate"], "earnings": earnings})
    # The amount is in the money of the start of the plan: later increases are those of the plan's own prices.
    amount = answer["primaryInsuranceAmount"]
    for increase in answer["increases"]:
        if increase["effectiveDate"] < date(home.first, 1, 1):
            amount = increase["primaryInsuranceAmount"]
    return entry | {"primaryInsuranceAmount": float(amount) * dollars}


def in_living_rule(home, item):
    """Whether an expense is a part of the spending rule: it is paid in every month of the plan."""
    start = day(item.get("start"))
    later = start is not None and start >= add_months(home.begins, 1)
    plain = item.get("annualGrowth") is None and not item.get("end") and not later
    return plain and item["kind"] != "healthcare" and item["frequency"] != "once"


def is_essential(item):
    stated = item.get("essential")
    return item["kind"] not in ("travel", "giving") if stated is None else stated


def living_of(home):
    """Essential and discretionary living expenses a year."""
    essential = discretionary = 0.0
    for item in home.list("expenses"):
        if in_living_rule(home, item):
            amount = home.flow(item).amount
            essential, discretionary = (
                (essential + amount, discretionary) if is_essential(item) else (essential, discretionary + amount)
            )
    return essential, discretionary


def market_of(home):
    assumed = home.assumed
    classes = assumed.get("assetClasses") or [
        {"name": "portfolio", "expectedReturn": assumed["expectedReturn"], "volatility": assumed["volatility"]}
    ]
    usual = {
        "annualFee": assumed.get("annualFee", 0.0),
        "returnConvention": assumed.get("returnConvention", "arithmetic"),
    }
    return {
        "kind": "lognormal",
        "assetClasses": [{**usual, **one} for one in classes],
        "inflation": {"expected": assumed["inflation"]},
        "correlations": assumed.get("correlations", []),
    }


def plan_of(home):
    """What the accounts, the taxes and the market need to be told; the flows are those of the document."""
    request = home.request
    people = [
        {
            "name": person["id"],
            "birthYear": home.born(person),
            "retirementAge": home.retires(person) - home.born(person),
            "mortality": {"kind": "fixedAge", "age": home.last_year(person) - home.born(person)},
        }
        for person in home.adults
    ]
    years = request.get("years")
    if not people:
        born = home.first - 40
        people = [
            {"name": "nobody", "birthYear": born, "retirementAge": 40, "mortality": {"kind": "fixedAge", "age": 150}}
        ]
        years = years or 30
    essential, discretionary = living_of(home)
    accounts = accounts_of(home)
    plan = {
        "firstYear": home.first,
        "firstYearMonths": 13 - home.begins.month,
        "people": people,
        "accounts": accounts,
        "allocation": {"kind": "fixed", "weights": [1.0]},
        "socialSecurity": benefits_of(home),
        "spending": {
            "policy": {
                "rule": {"kind": "constantReal", "annualSpending": discretionary},
                "essentialSpending": essential,
            },
            "start": {"kind": "year", "year": home.first},
            "survivorShare": home.assumed.get("survivorSpendingShare", 1.0),
        },
        "taxes": taxes_of(home),
        "market": market_of(home),
        "paths": request.get("paths", 10000),
        "seed": request.get("seed", 0),
    }
    if home.assumed.get("assetClasses"):
        count = len(home.assumed["assetClasses"])
        plan["allocation"] = {"kind": "fixed", "weights": [1 / count] * count}
    if home.assumed.get("glidePath"):
        plan["allocation"] = {
            "kind": "glidePath",
            "points": [
                {"at": {"kind": "year", "year": one["year"]}, "weights": class_weights(home, one["weights"])}
                for one in home.assumed["glidePath"]
            ],
        }
    first_payers = [a["name"] for a in accounts if is_for_education(home, a["name"])]
    if first_payers:
        plan["withdrawalOrder"] = {"kind": "custom", "accounts": first_payers}
    if home.in_us:
        plan["requiredDistributions"] = {"kind": "unitedStates"}
        plan["earlyWithdrawalPenalty"] = {"rate": 0.1, "untilAge": 60}
    if home.assumed.get("bequest") is not None:
        plan["bequest"] = {"amount": float(number(home.assumed["bequest"]))}
    if years:
        plan["years"] = years
    return plan


class Debt:
    """A debt by the dates of its payments, in the household's currency."""

    def __init__(self, home, item, converted=True):
        self.item, self.name = item, item["id"]
        amounts = home.in_cents if converted else in_own_currency(home)
        self.currency = home.currency if converted else item.get("currency") or home.currency
        self.principal = amounts(item, item["balance"])
        self.rate = number(item.get("annualRate", "0"))
        self.payment = None if item.get("payment") is None else amounts(item, item["payment"])
        self.extra = amounts(item, item.get("extraMonthlyPayment") or "0")
        self.first = day(item.get("nextPayment")) or add_months(home.as_of, 1)
        self.term, self.deferred, self.cost = item.get("remainingMonths"), [], Fraction(0)
        self.at_once = bool(item.get("paidInFull")) or (
            item["kind"] in AT_ONCE and self.payment is None and self.term is None
        )
        if item.get("deferment"):
            self.defer(home, item["deferment"])
        self.endless = False
        self.rows = [(date(home.first, 1, 1), self.principal, Fraction(0))] if self.at_once else self.schedule()

    def defer(self, home, terms):
        """The time before the first payment."""
        first = day(terms["firstPayment"])
        months = 0
        while add_months(home.as_of, months + 2) <= first:
            months += 1
        how = terms.get("interest", "accrues")
        interest = self.principal * self.rate / 12
        if how == "accrues":
            self.cost = cents(interest * months, self.currency)
            self.principal += self.cost
        elif how == "paid":
            paid = cents(interest, self.currency)
            self.cost = paid * months
            self.deferred = [(add_months(home.as_of, k + 1), paid, self.principal) for k in range(months)]
        self.first = first

    def schedule(self):
        """(date, payment, balance after it)."""
        if self.payment is None and self.term is None:
            raise NotCovered("a loan with neither a payment nor a term")
        monthly = None if self.payment is None else self.payment + self.extra
        if monthly is not None and monthly <= cents(self.principal * self.rate / 12, self.currency):
            return self.deferred + self.standing(monthly)
        loan = {
            "principal": str(self.principal),
            "annualRate": str(self.rate),
            "termMonths": self.term or 1200,
            "firstPayment": self.first.isoformat(),
            "currency": self.currency,
            "extraMonthlyPayment": str(self.extra),
        }
        if self.payment is not None:
            loan["payment"] = str(self.payment)
        rows = amortize(loan)["schedule"]
        self.monthly = amortize(loan)["payment"] + self.extra
        return self.deferred + [(row["date"], row["payment"], row["balance"]) for row in rows]

    def standing(self, monthly):
        """A payment that leaves the balance or lets it grow."""
        self.monthly, rows, balance = monthly, [], self.principal
        self.endless = self.term is None
        for number_of in range(self.term or 1500):
            owed = balance + cents(balance * self.rate / 12, self.currency)
            last = self.term is not None and number_of == self.term - 1
            paid = owed if last else min(monthly, owed)
            balance = owed - paid
            rows.append((add_months(self.first, number_of), paid, balance))
        return rows

    def paid_in(self, year):
        return float(sum(payment for when, payment, _ in self.rows if when.year == year))

    def owed_after(self, year):
        """The balance at the end of a year."""
        before = [balance for when, _, balance in self.rows if when.year <= year]
        return float(before[-1] if before else self.principal)

    def shown(self, sale):
        """As `debts` of the plan has it; `sale` is the day of the sale that repays it, and what is sold."""
        before = [row for row in self.rows[len(self.deferred) :] if sale and row[0].year < sale[0].year]
        if sale and not self.at_once and len(before) < len(self.rows) - len(self.deferred):
            return self.until(*sale, before)
        return self.as_paid() | {"repaidBy": None}

    def until(self, sold_on, what, rows):
        """The same, up to a sale."""
        paid, owed = sum(payment for _, payment, _ in rows), rows[-1][2] if rows else self.principal
        deferred = sum(payment for when, payment, _ in self.deferred if when.year < sold_on.year)
        return {
            "id": self.name,
            "monthlyPayment": self.monthly,
            "remainingPayments": len(rows),
            "payoffDate": sold_on,
            "finalPayment": owed,
            "remainingInterest": paid - (self.principal - owed) + (deferred if self.deferred else self.cost),
            "repaidBy": what,
        }

    def as_paid(self):
        """The same by its payments alone."""
        if self.at_once:
            return {"id": self.name, "balance": self.principal, "monthlyPayment": None}
        start = len(self.deferred)
        result = {"id": self.name, "monthlyPayment": self.monthly}
        if self.endless:
            return result | dict.fromkeys(("remainingPayments", "payoffDate", "finalPayment", "remainingInterest"))
        paid = sum(payment for _, payment, _ in self.rows[start:])
        return result | {
            "remainingPayments": len(self.rows) - start,
            "payoffDate": self.rows[-1][0],
            "finalPayment": self.rows[-1][1],
            "remainingInterest": paid - self.principal + self.cost,
        }


def in_own_currency(home):
    def amounts(item, amount):
        share = number(item.get("ownershipShare"))
        currency = item.get("currency") or home.currency
        return number(amount) if share is None else cents(number(amount) * share, currency)

    return amounts


class Possession:
    """A property, or another asset that will be sold."""

    def __init__(self, home, item, group):
        self.item, self.name, self.group = item, item["id"], group
        field = {"properties": "value", "privateFunds": "netAssetValue", "businesses": "valuation"}.get(group, "value")
        field = "cashValue" if group == "insurance" else field
        self.value = float(home.worth(item, item.get(field, "0")))
        self.growth = item.get("annualGrowth")
        cost = item.get("costBasis")
        # The cost of a business is that of the household's share already.
        self.basis = self.value if cost is None else float(home.worth(item, cost, shared=group != "businesses"))
        sale = item.get("sale")
        self.sold = day(sale["date"]).year if sale else None
        self.selling_cost = (sale or {}).get("sellingCost") or 0.0
        self.cost = self.rent = 0.0
        if group == "properties":
            yearly = home.worth(item, item.get("propertyTaxAnnual") or "0")
            yearly += home.worth(item, item.get("insuranceAnnual") or "0")
            self.cost = float(yearly + 12 * home.worth(item, item.get("hoaMonthly") or "0"))
            self.rent = float(12 * home.worth(item, item.get("monthlyRent") or "0"))
        self.exclusion = self.excluded(home)

    def excluded(self, home):
        """The part of the gain that is not taxed; 26 U.S.C. 121(b) for a home."""
        if self.item.get("gainExclusion") is not None:
            return float(home.worth(self.item, self.item["gainExclusion"], shared=False))
        if self.group == "properties" and home.has_dollars and self.item["kind"] == "primaryResidence":
            return 500000.0 if len(home.adults) == 2 else 250000.0
        return 0.0

    def worth_at(self, years, level):
        return self.value * (level if self.growth is None else (1 + self.growth) ** years)

    def kept(self, year):
        return self.sold is None or year < self.sold


class HouseholdRun(Run):
    """One path of a household: the amounts of each year from its document."""

    def __init__(self, home, plan, market):
        self.home, self.benefits = home, list(listed_benefits(home).values())
        self.debts = [Debt(home, item) for item in home.list("liabilities") if number(item["balance"]) > 0]
        groups = ("properties", "privateFunds", "businesses", "insurance", "otherAssets")
        self.things = [
            Possession(home, item, group)
            for group in groups
            for item in home.list(group)
            if group == "properties" or item.get("sale")
        ]
        self.flows = {item["id"]: home.flow(item) for name in ("income", "expenses") for item in home.list(name)}
        for item in home.list("contributions"):
            account = home.accounts[item["account"]]
            owner = home.adult(account.get("owner"))
            ending = {} if item.get("end") or owner is None else {"end": home.last_day_of_work(owner)}
            self.flows[item["id"]] = home.flow({**item, **ending}, account.get("currency"))
        super().__init__(plan, market)

    def is_alive(self, name):
        """Whether a person lives; who is not an adult of the plan does."""
        person = self.home.adult(name)
        return person is None or self.now <= self.home.last_year(person)

    def paid(self, item):
        return self.flows[item["id"]].in_year(self.now, self.level)

    def works(self, item, person):
        """Whether something that ends with retirement still runs."""
        return bool(item.get("end")) or person is None or self.now < self.home.retires(person)

    def incomes(self):
        home, by_name = self.home, {}
        for item in home.list("income"):
            if item["frequency"] == "once" or item in self.benefits:
                continue
            person, amount = home.adult(item.get("person")), self.paid(item)
            if item["kind"] in WAGES and not self.works(item, person):
                amount = 0.0
            if person and not self.is_alive(person["id"]):
                if item["kind"] in FOR_LIFE:
                    amount *= item.get("survivorShare") or 0.0
                elif item["kind"] in WAGES:
                    amount = 0.0
                else:
                    amount *= 1.0 if item.get("survivorShare") is None else item["survivorShare"]
            by_name[item["id"]] = amount
            self.income["ordinary"] += amount * self.taxed(item)
        for thing in self.things:
            if thing.rent and thing.kept(self.now):
                by_name[thing.name] = thing.rent * self.level * self.part
                self.income["ordinary"] += by_name[thing.name]
        for item in home.list("contributions"):
            if item.get("source") == "employer" and not self.is_match(item):
                by_name[item["id"]] = self.contributed(item)
        return by_name, sum(by_name.values())

    def taxed(self, item):
        if not item.get("taxable", True):
            return 0.0
        return 0.85 if item["kind"] == "socialSecurity" else 1.0

    def properties(self):
        left = gains = costs = 0.0
        for thing in self.things:
            if thing.kept(self.now):
                costs += thing.cost * self.level * self.part
            elif self.now == max(thing.sold, self.home.first):
                age = self.plan.age_of(self.now - self.home.first, self.home.first)
                net = thing.worth_at(age, self.level) * (1 - thing.selling_cost)
                gain = max(net - thing.basis - thing.exclusion, 0.0)
                loan = self.loan_on(thing)
                proceeds = net - (loan.owed_after(self.now - 1) if loan else 0.0)
                gains, left, costs = gains + gain, left + max(proceeds, 0.0), costs + max(-proceeds, 0.0)
                self.once["gains"] += gain
                self.once["received"] += max(proceeds, 0.0)
                self.once["paid"] += max(-proceeds, 0.0)
        return left, gains, costs

    def loan_on(self, thing):
        """The largest loan that something secures."""
        loans = [d for d in self.debts if d.item.get("securedBy") == thing.name and not d.at_once]
        return max(loans, key=lambda debt: debt.principal, default=None)

    def possessions(self, index):
        """What each thing is worth at the end of the year, and after it the home that replaces it."""
        worth = {}
        for thing in self.things:
            age = self.plan.age_of(index + 1, self.home.first)
            worth[thing.item["name"]] = thing.worth_at(age, self.level) if thing.kept(self.now) else 0.0
            new = thing.item.get("replacement")
            if new:
                price = new["price"] if new.get("value") is None else new["value"]
                value = float(self.home.worth(thing.item, price, shared=False)) * self.level
                # A value that rises with prices, and on top of them from its purchase on.
                bought = max(thing.sold, self.home.first)
                years = self.plan.age_of(self.now + 1 - bought, bought)
                value *= (1 + (new.get("realGrowth") or 0.0)) ** years
                worth[thing.item["name"] + ": replacement"] = 0.0 if thing.kept(self.now) else value
        return worth

    def repaid(self):
        loans = [self.loan_on(thing) for thing in self.things if not thing.kept(self.now)]
        return {loan.name for loan in loans if loan}

    def owed(self):
        repaid = self.repaid()
        return {debt.name: 0.0 if debt.name in repaid else debt.owed_after(self.now) for debt in self.debts}

    def lump_sums(self):
        home, came, went, before = self.home, 0.0, 0.0, self.optional
        for item in home.list("income"):
            if item["frequency"] == "once":
                amount = self.paid(item)
                came += amount
                self.income["ordinary"] += amount * self.taxed(item)
                self.once["ordinary"] += amount * self.taxed(item)
                self.once["received"] += amount
        for item in home.list("expenses"):
            if item["frequency"] == "once":
                went += self.must(self.paid(item), is_essential(item))
        for goal in home.list("goals"):
            if goal["kind"] not in KEPT and max(day(goal["targetDate"]).year, home.first) == self.now:
                amount = float(home.worth(goal, goal["targetAmount"])) * self.level
                went += self.must(amount, goal.get("priority") != "low")
        for thing in self.things:
            new = thing.item.get("replacement")
            if new and self.now == max(thing.sold, home.first):
                went += float(home.worth(thing.item, new["price"], shared=False)) * self.level
        # What need not be paid was not counted among what went.
        self.once["paid"] += went + self.optional - before
        return came, went

    def must(self, amount, essential):
        """What must be paid; the rest is a part of living expenses."""
        if not essential:
            self.optional += amount
        return amount if essential else 0.0

    def due(self):
        home, health, other = self.home, 0.0, 0.0
        for item in home.list("expenses"):
            if item["frequency"] == "once" or in_living_rule(home, item):
                continue
            amount = self.must(self.paid(item), is_essential(item))
            if item["kind"] == "healthcare":
                health += amount
            else:
                other += amount
        surrendered = {thing.name for thing in self.things if not thing.kept(self.now)}
        for policy in home.list("insurance"):
            if policy["id"] in surrendered:
                continue
            terms = {"frequency": "annual", "annualGrowth": 0, "end": policy.get("end")}
            premium = home.worth(policy, policy.get("premiumAnnual") or "0")
            other += Flow(terms, premium, home.begins, home.as_of).in_year(self.now, self.level)
        for thing in self.things:
            new = thing.item.get("replacement")
            if new and not thing.kept(self.now):
                yearly = float(home.worth(thing.item, new.get("annualCost", "0"), shared=False))
                other += yearly * self.level * self.part
        repaid = self.repaid()
        self.paid_on_debts = sum(debt.paid_in(self.now) for debt in self.debts if debt.name not in repaid)
        return health, other + self.paid_on_debts

    def contributed(self, item):
        """A contribution in a year, before limits."""
        owner = self.home.adult(self.home.accounts[item["account"]].get("owner"))
        if not self.works(item, owner) or (owner and not self.is_alive(owner["id"])):
            return 0.0
        return self.paid(item)

    def partner_of(self, item):
        """The contribution of the household that an employer's payment matches: the first of the same account and times."""
        same = ("account", "frequency", "start", "end", "annualGrowth")
        for other in self.home.list("contributions"):
            if other.get("source", "household") == "household" and all(other.get(k) == item.get(k) for k in same):
                return other
        return None

    def is_match(self, item):
        """Whether an employer's payment is a match: the first of a contribution without one, at most ten times as much."""
        home = self.home
        owner = home.adult(home.accounts[item["account"]].get("owner"))
        wages = home.wages(owner) if owner else []
        begun = [income for income in wages if not income.get("start") or day(income["start"]) <= home.as_of]
        if all(income.get("end") for income in begun):
            return False
        other = self.partner_of(item)
        if other is None or other.get("employerMatch") or number(other["amount"]) == 0:
            return False
        payments = [one for one in home.list("contributions") if one.get("source") == "employer"]
        first = next(one for one in payments if self.partner_of(one) is other)
        return first is item and number(item["amount"]) <= 10 * number(other["amount"])

    def matched_share(self, item, other):
        """An employer's payment as a share of what the household pays at first, which a limit of the first year holds."""
        home, account = self.home, self.home.accounts[other["account"]]
        own = number(other["amount"]) * PER_YEAR[other["frequency"]]
        most = number(other["annualLimit"]) if other.get("annualLimit") is not None else None
        owner = home.adult(account.get("owner"))
        kind = limited_as(account["kind"], len(home.list("people")))
        if most is None and home.has_dollars and owner and kind:
            most = number(str(of_plan(kind, home.first, home.first - home.born(owner))))
        paid = min(own, most) if most else own
        return float(number(item["amount"]) * PER_YEAR[item["frequency"]] / paid)

    def limit(self, item):
        """What is left of the most that the household may contribute in the year."""
        home, account, self.key = self.home, self.home.accounts[item["account"]], None
        if item.get("annualLimit") is not None:
            return float(number(item["annualLimit"]) * home.rate(account.get("currency"))) * self.level * self.part
        if not home.has_dollars:
            return float("inf")
        owner = home.adult(account.get("owner")) or home.adults[0]
        kind = limited_as(account["kind"], len(home.list("people")))
        if kind is None:
            return float("inf")
        # One person has the limit of a kind of account once.
        self.key = (owner["id"], kind)
        most = of_plan(kind, home.first, self.now - home.born(owner)) * self.level * self.part
        return max(most - self.used.get(self.key, 0.0), 0.0)

    def saves_from_income(self):
        return any(item.get("source") != "employer" for item in self.home.list("contributions"))

    def contributions(self, salaries, most):
        home, made, self.used = self.home, [], {}
        paid = {}
        by_account = {account.name: account for account in self.accounts}  # merged ones by the name of their first
        for item in home.list("contributions"):
            account = by_account[item["account"]]
            if item.get("source") == "employer":
                if self.is_match(item):
                    other = self.partner_of(item)
                    share = self.matched_share(item, other)
                    if other["id"] not in paid:
                        raise NotCovered("a match before what it matches")
                    saved, added = 0.0, share * paid[other["id"]]
                else:
                    # An income that is contributed: what is not taxed is not deducted either.
                    saved, added = self.contributed(item), 0.0
            else:
                # The household pays out of income; the first of the list are paid first.
                saved = min(self.contributed(item), self.limit(item), max(most, 0.0))
                most -= saved
                paid[item["id"]] = saved
                if self.key:
                    self.used[self.key] = self.used.get(self.key, 0.0) + saved
                match = item.get("employerMatch")
                added = 0.0
                if match:
                    base = float(number(match["upToShare"])) * salaries.get(match["income"], 0.0)
                    added = float(number(match["rate"])) * min(saved, base)
            by_household = item.get("source") != "employer"
            made.append((account.name, saved, added, by_household, by_household and account.kind in DEFERRED))
        return made


class HouseholdPaths:
    """All paths of a household's plan."""

    def __init__(self, request):
        self.home = Household(request)
        self.document = plan_of(self.home)
        found = markets(self.document)
        self.count = self.document["paths"] if len(found) == 1 else len(found)
        runs = [HouseholdRun(self.home, self.document, market) for market in found]
        self.runs = runs * self.count if len(runs) == 1 else runs
        self.summaries = [summary(self.document, run, number) for number, run in enumerate(self.runs)]


def debts_of(home, run):
    """The debts in their own currencies, each up to the sale in the plan that repays it."""
    sales = {}
    for thing in run.things:
        loan = run.loan_on(thing)
        if loan and thing.sold is not None and thing.sold <= run.plan.first + run.plan.years - 1:
            sales[loan.name] = (max(date(thing.sold, 1, 1), home.begins), thing.item["name"])
    owed = [item for item in home.list("liabilities") if number(item["balance"]) > 0]
    return [Debt(home, item, converted=False).shown(sales.get(item["id"])) for item in owed]


def build(request):
    """`plan.build`."""
    paths = HouseholdPaths(request)
    home = paths.home
    years = {real: year_means(paths, real) for real in (False, True)}
    for row in (*years[False], *years[True]):
        for withdrawal in row["withdrawals"]:
            account = home.accounts.get(withdrawal["account"])
            withdrawal["account"] = account["name"] if account else withdrawal["account"]
    return {
        "name": home.document["name"],
        "asOf": home.document["asOf"],
        "currency": home.currency,
        "debts": debts_of(home, paths.runs[0]),
        "result": {
            "success": success_of(np.array([one["success"] for one in paths.summaries])),
            "years": years[False],
            "yearsReal": years[True],
        },
    }


OPERATIONS = {"plan.build": build}
