"""A household's document as a retirement plan, and that plan year by year.

Written from the reference pages of `plan.retirement_plan` and of the household document alone. Whatever is paid is counted
month by month: each calendar year gets an entry of its own with the months in which something is paid, so that no rule about
periods is shared with anything else. The ledger of the plan is that of `retirement_plan.py`, loans are those of
`amortization.py`, and the statement of net worth is that of `net_worth.py`.

Limits of contributions: IRS Notice 2025-67 (2026). Federal brackets: Rev. Proc. 2025-32 (2026).
"""

from datetime import date
from fractions import Fraction

from net_worth import Household, account_value
from retirement_statistics import run
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
FOR_LIFE = {"pension", "annuity", "socialSecurity"}
DUE_AT_ONCE = {"creditCard", "overdraft", "medicalDebt", "taxesOwed"}
KEPT = {"emergencyFund", "retirement"}
CASH = {"checking", "savings", "moneyMarket", "certificateOfDeposit", "cash"}
TAXABLE = {"brokerage", "custodial", "trust", "cryptocurrency"}
FREE = {"roth401k", "roth403b", "rothIra"}
EDUCATION = {"plan529", "coverdell"}
WORKPLACE = {"traditional401k", "roth401k", "traditional403b", "roth403b", "plan457b", "thriftSavingsPlan"}
# Elective deferrals of 2026: the limit, and what is added at an age.
DEFERRAL = 24_500
CATCH_UP = {**dict.fromkeys(range(50, 60), 8_000), **dict.fromkeys(range(60, 64), 11_250)}
# 2026, single and head of household: deduction, starts of the brackets of income and of gains.
FEDERAL_2026 = {
    "single": (16_100, [12_400, 50_400, 105_700, 201_775, 256_225, 640_600], [49_450, 545_500]),
    "headOfHousehold": (24_150, [17_700, 67_450, 105_700, 201_750, 256_200, 640_600], [66_200, 579_600]),
}
RATES, GAINS = [0.10, 0.12, 0.22, 0.24, 0.32, 0.35, 0.37], [0.0, 0.15, 0.20]
THRESHOLDS = {"lower": 25_000, "upper": 34_000}  # 26 U.S.C. 86(c), whoever files alone
END = 2200


class Document:
    """The document of a household, and the plan that it makes."""

    def __init__(self, request):
        self.request, self.document = request, request["household"]
        self.home = Household(self.document)
        as_of = self.as_of = day(self.document["asOf"])
        before, after = as_of - date(as_of.year, 1, 1), date(as_of.year + 1, 1, 1) - as_of
        self.first = as_of.year if before <= after else as_of.year + 1
        self.assumed = self.document["assumptions"]
        self.american = self.document.get("residence", "US" if self.home.currency == "USD" else None) == "US"
        self.adults = [person for person in self.items("people") if not person.get("dependent")]
        if len(self.adults) > 2:
            raise NotCovered("three adults")
        self.born = {person["id"]: day(person["birthDate"]).year for person in self.items("people")}
        self.retires = {person["id"]: self.retirement(person) for person in self.adults}
        self.lump_sums, self.expenses, self.incomes, self.debts = [], [], [], []

    def items(self, name):
        return self.document.get(name, [])

    def retirement(self, person):
        """The year in which a person retires."""
        if person.get("retirementAge") is not None:
            return self.born[person["id"]] + person["retirementAge"]
        wages = [item for item in self.items("income") if item["kind"] in EARNED and item.get("person") == person["id"]]
        if any("end" not in item for item in wages):
            raise NotCovered("a wage without an end of somebody without an age of retirement")
        return max((day(item["end"]).year for item in wages), default=self.first)

    def adult(self, identifier):
        return next((person for person in self.adults if person["id"] == identifier), None)

    def in_base(self, item, amount):
        currency = item.get("currency") or self.home.currency
        return amount if currency == self.home.currency else amount * self.home.rates[currency]

    def part(self, item, amount):
        """The household's share of an amount, rounded to the minor unit."""
        if item.get("ownershipShare") is None:
            return amount
        return cents(amount * number(item["ownershipShare"]), item.get("currency") or self.home.currency)

    def months(self, item):
        """The months of each calendar year in which something is paid, up to the last year."""
        start, end = day(item.get("start")), day(item.get("end"))
        counts = {}
        for year in range(self.first, END):
            for month in range(1, 13):
                begun = start is None or (year, month) >= (start.year, start.month)
                over = end is not None and (year, month) > (end.year, end.month)
                if begun and not over:
                    counts[year] = counts.get(year, 0) + 1
        return counts

    def yearly(self, item, amount):
        """(year, amount, whether it rises with prices) for each year of something that is paid again and again."""
        growth, counts = item.get("annualGrowth"), self.months(item)
        for year, count in counts.items():
            share = float(amount * count / 12)
            if growth is not None:
                share *= (1 + growth) ** (year - min(counts))
            yield year, share, growth is None

    def annual(self, item):
        return self.in_base(item, number(item["amount"]) * PER_YEAR[item["frequency"]])

    def once(self, item, amount, when, taxed=0.0, must=True):
        """Money that comes or goes once."""
        if when.year >= self.first:
            linked = item.get("annualGrowth") is None
            sum_ = {"name": item["name"], "amount": float(amount), "inflationLinked": linked, "taxableShare": taxed}
            sum_["essential"] = must
            self.lump_sums.append(sum_ | {"at": {"kind": "year", "year": when.year}})

    def entry(self, into, year, amount, linked, **more):
        if amount:
            span = {"start": {"kind": "year", "year": year}, "until": {"kind": "year", "year": year + 1}}
            into.append({"name": f"{len(into)}", "annualAmount": amount, "inflationLinked": linked} | span | more)

    # Money that comes in.

    def collect_incomes(self):
        self.benefits = {}
        for item in self.items("income"):
            taxed = 1.0 if item.get("taxable", True) else 0.0
            if item["frequency"] == "once":
                self.once(item, self.in_base(item, number(item["amount"])), day(item["start"]), taxed)
            elif item["kind"] == "socialSecurity":
                self.benefit(item)
            else:
                self.income(item, taxed)
        for person in self.adults:
            given = person.get("socialSecurity")
            if given:
                claim = {"person": person["name"], "claimAge": given.get("claimAge", 67)}
                amount = self.in_base({"currency": "USD"}, number(given["basis"]["amount"]))
                if given["basis"]["kind"] == "monthlyBenefit":
                    claim["annualBenefit"] = float(12 * amount)
                else:
                    claim["primaryInsuranceAmount"] = float(amount)
                self.benefits[person["id"]] = claim

    def benefit(self, item):
        person = self.adult(item["person"]) if item.get("person") else self.adults[0]
        start = day(item.get("start"))
        age = (start.year if start else self.first) - self.born[person["id"]]
        age = min(age, 70) if start is None or start.year <= self.first else age
        if not 62 <= age <= 70 or "end" in item or "annualGrowth" in item or person["id"] in self.benefits:
            raise NotCovered("a benefit that is an income like others")
        claim = {"person": person["name"], "claimAge": age, "annualBenefit": float(self.annual(item))}
        self.benefits[person["id"]] = claim

    def income(self, item, taxed):
        adult = self.adult(item.get("person"))
        wage = item["kind"] in EARNED
        mortal = adult if wage or item["kind"] in FOR_LIFE or "survivorShare" in item else None
        for year, amount, linked in self.yearly(item, self.annual(item)):
            if wage and adult and "end" not in item and year >= self.retires[adult["id"]]:
                continue
            more = {"taxableShare": taxed, "survivorShare": item.get("survivorShare") or 0.0}
            owner = {"owner": mortal["name"]} if mortal else {}
            self.entry(self.incomes, year, amount, linked, of=item["id"], **more, **owner)

    # Accounts.

    def accounts(self):
        planned = []
        for item in self.items("accounts"):
            own = item.get("currency") or self.home.currency
            whole = account_value(item, own)
            value = self.home.convert(item, self.part(item, whole))
            owner = self.adult(item.get("owner"))
            planned.append(
                {"item": item, "value": value, "owner": owner, "treatment": self.treatment(item, whole, value)}
            )
        self.settle_overdrafts(planned)
        return [self.account(one) for one in planned]

    def treatment(self, item, whole, value):
        kind = item["kind"]
        if item.get("taxTreatment"):
            raise NotCovered("a tax treatment of its own")
        if kind in CASH:
            return {"kind": "cash", "interestRate": float(number(item.get("interestRate") or "0"))}
        if kind in TAXABLE:
            basis = self.cost(item, whole)
            basis = value if basis is None else self.home.convert(item, self.part(item, basis))
            return {"kind": "taxable", "basis": float(basis), "dividendYield": item.get("dividendYield") or 0.0}
        if kind == "hsa":
            return {"kind": "healthSavings"}
        return {"kind": "roth" if kind in FREE | EDUCATION else "traditional"}

    def cost(self, item, whole):
        if item.get("costBasis") is not None:
            return number(item["costBasis"])
        holdings = item.get("holdings", [])
        if not holdings or any(holding.get("costBasis") is None for holding in holdings):
            return None
        own = item.get("currency") or self.home.currency
        held = sum(cents(number(one["quantity"]) * number(one["price"]), own) for one in holdings)
        return sum(number(one["costBasis"]) for one in holdings) + max(whole - held, 0)

    def settle_overdrafts(self, planned):
        for one in planned:
            owed = max(-one["value"], 0)
            for kind in ("cash", "taxable"):
                for other in planned:
                    if other["treatment"]["kind"] == kind and other["value"] > 0:
                        taken = min(owed, other["value"])
                        left = other["value"] - taken
                        if kind == "taxable":
                            other["treatment"]["basis"] *= float(left / other["value"])
                        other["value"], owed = left, owed - taken
            one["value"] = max(one["value"], Fraction(0))

    def account(self, one):
        item, owner = one["item"], one["owner"]
        planned = {"name": item["name"], "balance": float(one["value"]), "treatment": one["treatment"]}
        if owner:
            planned["owner"] = owner["name"]
        if item["kind"] in EDUCATION:
            first = self.first_education(item)
            if first:
                planned["accessibleFrom"] = {"kind": "year", "year": first}
        elif item.get("accessAge") is not None:
            holder = owner or self.adults[0]
            planned["accessibleFrom"] = {"kind": "year", "year": self.born[holder["id"]] + item["accessAge"]}
        if self.assumed.get("assetClasses"):
            weights = self.weights(item)
            if weights and one["treatment"]["kind"] != "cash":
                planned["allocation"] = {"kind": "fixed", "weights": weights}
        return planned

    def first_education(self, item):
        years = [
            day(goal["targetDate"]).year
            for goal in self.items("goals")
            if goal["kind"] == "education" and goal.get("account") in (None, item["id"])
        ]
        for expense in self.items("expenses"):
            if expense["kind"] == "education":
                years += list(self.months(expense))[:1]
        return min(years, default=None)

    def weights(self, item):
        """The weights of an account in the asset classes; None where nothing is known of it."""
        names = [one["name"] for one in self.assumed["assetClasses"]]
        if item.get("allocation"):
            given = {one["assetClass"]: one["weight"] for one in item["allocation"]}
            return [given.get(name, 0.0) for name in names]
        own = item.get("currency") or self.home.currency
        values = dict.fromkeys(names, Fraction(0))
        for holding in item.get("holdings", []):
            if holding.get("assetClass"):
                values[holding["assetClass"]] += cents(number(holding["quantity"]) * number(holding["price"]), own)
        total = sum(values.values())
        return [float(value / total) for value in values.values()] if total else None

    def contributions(self):
        planned, all_of_them = [], self.items("contributions")
        matched = {}
        for employer in all_of_them:
            if employer.get("source") == "employer":
                own = next(
                    (one for one in all_of_them if self.in_step(one, employer) and one["id"] not in matched), None
                )
                if own is not None and self.wage(own):
                    matched[own["id"]] = employer
        skipped = {employer["id"] for employer in matched.values()}
        for item in all_of_them:
            if item["id"] not in skipped:
                self.contribution(item, matched.get(item["id"]), planned)
        return planned

    def holder(self, item):
        return next(account for account in self.items("accounts") if account["id"] == item["account"])

    def wage(self, item):
        owner = self.holder(item).get("owner")
        wages = (one for one in self.items("income") if one["kind"] in EARNED and one.get("person") == owner)
        return owner and next((one for one in wages if "end" not in one), None)

    def in_step(self, own, employer):
        same = all(
            own.get(name) == employer.get(name) for name in ("account", "frequency", "start", "end", "annualGrowth")
        )
        return own.get("source") != "employer" and "employerMatch" not in own and same

    def contribution(self, item, employer, planned):
        account = self.holder(item)
        owner = self.adult(account.get("owner"))
        amount = self.in_base(account, number(item["amount"]) * PER_YEAR[item["frequency"]])
        for year, paid, linked in self.yearly(item, amount):
            if owner and "end" not in item and year >= self.retires[owner["id"]]:
                continue
            self.check_limit(account, owner, item, year, paid)
            span = {"start": {"kind": "year", "year": year}, "until": {"kind": "year", "year": year + 1}}
            one = {"account": account["name"], **span}
            one["amount"] = {"kind": "fixed", "annualAmount": paid, "inflationLinked": linked}
            if item.get("source") == "employer":
                deducted = self.treatment(account, Fraction(0), Fraction(0))["kind"] in ("traditional", "healthSavings")
                alive = {"owner": owner["name"]} if owner else {}
                self.entry(self.incomes, year, paid, linked, taxableShare=1.0 if deducted else 0.0, **alive)
            elif item.get("employerMatch"):
                given = item["employerMatch"]
                rate, share = float(number(given["rate"])), float(number(given["upToShare"]))
                one["employerMatch"] = {"income": self.wage_in(given["income"], year), "rate": rate, "upToShare": share}
            elif employer:
                rate = float(number(employer["amount"]) / number(item["amount"]))
                wage = self.wage_in(self.wage(item)["id"], year)
                one["employerMatch"] = {"income": wage, "rate": rate, "upToShare": 1.0}
            planned.append(one)

    def wage_in(self, identifier, year):
        """The name of the entry of an income in a year."""
        return next(one["name"] for one in self.incomes if one.get("of") == identifier and one["start"]["year"] == year)

    def check_limit(self, account, owner, item, year, paid):
        """The limits of the law do not bind; where one might, this program has nothing to say."""
        if not self.american or item.get("source") == "employer" or account["kind"] in TAXABLE | CASH | EDUCATION:
            return
        if account["kind"] == "sepIra":
            return
        if account["kind"] not in WORKPLACE:
            raise NotCovered("the limit of another account than a workplace plan")
        age = year - self.born[owner["id"]]
        level = (1 + self.assumed["inflation"]) ** (year - self.first) if item.get("annualGrowth") is not None else 1
        if paid > (DEFERRAL + CATCH_UP.get(age, 8_000 if age >= 64 else 0)) * level:
            raise NotCovered("a contribution above the limit of the law")

    # Money that goes out.

    def living(self):
        essential, other = Fraction(0), Fraction(0)
        for item in self.items("expenses"):
            if item["frequency"] == "once":
                must = self.is_essential(item)
                self.once(item, -self.in_base(item, number(item["amount"])), day(item["start"]), must=must)
                continue
            begun = item.get("start") is None or day(item["start"]) <= date(self.first, 1, 31)
            if begun and "end" not in item and item.get("annualGrowth") is None and item["kind"] != "healthcare":
                if self.is_essential(item):
                    essential += self.annual(item)
                else:
                    other += self.annual(item)
                continue
            for year, amount, linked in self.yearly(item, self.annual(item)):
                kind = "health" if item["kind"] == "healthcare" else "other"
                self.entry(self.expenses, year, amount, linked, kind=kind, essential=self.is_essential(item))
        return float(essential), float(other)

    def is_essential(self, item):
        return item.get("essential", item["kind"] not in ("travel", "giving"))

    def premiums(self):
        for item in self.items("insurance"):
            amount = self.in_base(item, number(item.get("premiumAnnual") or "0"))
            if item.get("sale"):
                raise NotCovered("a policy that is surrendered")
            for year, count in self.months({"end": item["end"]} if item.get("end") else {}).items():
                self.entry(self.expenses, year, float(amount * count / 12), False)

    def monthly(self, name, amount, first, count):
        """Payments of a month, by calendar year."""
        by_year = {}
        for index in range(count):
            year = add_months(first, index).year
            by_year[year] = by_year.get(year, Fraction(0)) + amount
        for year, paid in by_year.items():
            if self.first <= year < END:
                span = {"start": {"kind": "year", "year": year}, "until": {"kind": "year", "year": year + 1}}
                self.debts.append(
                    {"name": f"{name}/{year}", "terms": {"kind": "payments", "annualAmount": float(paid)} | span}
                )

    def debt(self, item):
        own = item.get("currency") or self.home.currency
        balance = self.part(item, number(item["balance"]))
        if balance <= 0:
            return
        payment, term = number(item.get("payment")), item.get("remainingMonths")
        if item.get("paidInFull") or (payment is None and term is None and item["kind"] in DUE_AT_ONCE):
            self.monthly(item["id"], self.in_base(item, balance), date(self.first, 1, 1), 1)
            return
        rate = number(item.get("annualRate", "0"))
        first, principal = day(item.get("nextPayment")) or add_months(self.as_of, 1), balance
        if item.get("deferment"):
            first, waiting = day(item["deferment"]["firstPayment"]), 0
            while add_months(self.as_of, waiting + 2) <= first:
                waiting += 1
            interest = item["deferment"].get("interest", "accrues")
            if interest == "accrues":
                principal += cents(balance * rate * waiting / 12, own)
            elif interest == "paid":
                monthly = cents(balance * rate / 12, own)
                self.monthly(item["id"] + "/interest", self.in_base(item, monthly), add_months(self.as_of, 1), waiting)
        payment = None if payment is None else self.part(item, payment)
        extra = self.part(item, number(item.get("extraMonthlyPayment") or "0"))
        if payment is not None and payment + extra <= cents(principal * rate / 12, own):
            self.standing(item, principal, payment + extra, term, first, own)
            return
        loan = {
            "principal": str(float(self.home.convert(item, principal))),
            "currency": self.home.currency,
            "annualRate": str(item.get("annualRate", "0")),
            "termMonths": term or 1200,
            "firstPayment": first.isoformat(),
            "extraMonthlyPayment": str(float(self.home.convert(item, extra))),
        }
        if payment is not None:
            loan["payment"] = str(float(self.home.convert(item, payment)))
        self.debts.append({"name": item["id"], "terms": {"kind": "loan", "loan": loan}})

    def standing(self, item, balance, paid, term, first, own):
        rate = number(item.get("annualRate", "0"))
        for _ in range((term or 1) - 1):
            balance += cents(balance * rate / 12, own) - paid
        regular = term - 1 if term else 12 * (END - self.first)
        self.monthly(item["id"], self.in_base(item, paid), first, regular)
        if term:
            left = balance + cents(balance * rate / 12, own)
            self.monthly(item["id"] + "/last", self.in_base(item, left), add_months(first, regular), 1)

    def goals(self):
        for item in self.items("goals"):
            if item["kind"] not in KEPT:
                amount = self.in_base(item, number(item["targetAmount"]))
                must = item.get("priority") != "low"
                self.once({"name": item["name"]}, -amount, day(item["targetDate"]), must=must)

    # What is owned beside accounts.

    def properties(self):
        planned = []
        for item in self.items("properties"):
            one = self.property(item, number(item["value"]))
            costs = number(item.get("propertyTaxAnnual") or "0") + number(item.get("insuranceAnnual") or "0")
            costs += 12 * number(item.get("hoaMonthly") or "0")
            one["annualCost"] = float(self.in_base(item, self.part(item, costs)))
            sold = one["sale"]["year"] if item.get("sale") else END
            rent = self.in_base(item, self.part(item, 12 * number(item.get("monthlyRent") or "0")))
            for year in range(self.first, sold):
                self.entry(self.incomes, year, float(rent), True, taxableShare=1.0)
            if item.get("sale") and item["kind"] == "primaryResidence" and self.american:
                raise NotCovered("the exclusion of the gain on a home")
            one["gainExclusion"] = float(self.in_base(item, number(item.get("gainExclusion") or "0")))
            if item.get("replacement"):
                bought = item["replacement"]
                price = self.in_base(item, number(bought["price"]))
                self.once({"name": item["name"]}, -price, date(sold, 1, 1))
                cost = float(self.in_base(item, number(bought.get("annualCost", "0"))))
                for year in range(sold, END):
                    self.entry(self.expenses, year, cost, True)
            secured = [debt for debt in self.items("liabilities") if debt.get("securedBy") == item["id"]]
            if item.get("sale") and secured:
                loans = [debt for debt in self.debts if debt["name"] in {one["id"] for one in secured}]
                one["mortgage"] = max(loans, key=lambda debt: float(debt["terms"]["loan"]["principal"]))["name"]
            planned.append(one)
        for name, value in (("privateFunds", "netAssetValue"), ("otherAssets", "value")):
            planned += [self.property(item, number(item[value])) for item in self.items(name) if item.get("sale")]
        if any(item.get("sale") for item in self.items("businesses")):
            raise NotCovered("a business that is sold")
        return planned

    def property(self, item, value):
        value = float(self.in_base(item, self.part(item, value)))
        one = {"name": item["name"], "value": value, "annualGrowth": item.get("annualGrowth") or 0.0}
        one["inflationLinked"] = item.get("annualGrowth") is None
        if item.get("costBasis") is not None:
            one["basis"] = float(self.in_base(item, self.part(item, number(item["costBasis"]))))
        if item.get("sale"):
            one["sale"] = {"kind": "year", "year": max(day(item["sale"]["date"]).year, self.first)}
            one["sellingCost"] = item["sale"].get("sellingCost") or 0.0
        return one

    # Taxes, markets and lives.

    def taxes(self):
        rate, given = self.assumed.get("effectiveTaxRate"), self.assumed.get("taxes")
        if rate is not None:
            kinds = {"ordinary": rate, "longTermGains": rate, "taxableSocialSecurityShare": 1.0}
            return {"kind": "rates", "state": 0.0} | kinds
        if given and given["kind"] == "rates":
            one = {name: value for name, value in given.items() if name != "stateRate"}
            return {"state": given.get("stateRate", 0.0)} | one
        if (
            given
            and given["kind"] == "unitedStates"
            and given.get("filingStatus") in FEDERAL_2026
            and self.first == 2026
        ):
            deduction, income, gains = FEDERAL_2026[given["filingStatus"]]
            return {
                "kind": "brackets",
                "state": given.get("stateRate", 0.0),
                "single": {
                    "deduction": deduction,
                    "ordinary": brackets([0, *income], RATES),
                    "longTermGains": brackets([0, *gains], GAINS),
                    "socialSecurity": {"kind": "provisionalIncome", **THRESHOLDS},
                },
            }
        if given is None and not self.american:
            return {"kind": "rates"}
        raise NotCovered("other taxes")

    def market(self):
        fee, given = self.assumed.get("annualFee", 0.0), self.assumed.get("assetClasses")
        if not given:
            one = {name: self.assumed[name] for name in ("expectedReturn", "volatility")}
            given = [{"name": "all", **one}]
        return {
            "kind": "lognormal",
            "assetClasses": [{**one, "annualFee": fee} for one in given],
            "inflation": {"expected": self.assumed["inflation"]},
            "correlations": self.assumed.get("correlations", []),
        }

    def allocation(self, accounts):
        """That of accounts of which nothing else is known: that of the others together."""
        classes = self.assumed.get("assetClasses") or [None]
        if self.assumed.get("glidePath") or self.assumed.get("allocation"):
            raise NotCovered("weights of the whole plan")
        known = [one for one in accounts if one.get("allocation")]
        total = sum(one["balance"] for one in known)
        if len(classes) == 1:
            return {"kind": "fixed", "weights": [1.0]}
        weights = [
            sum(one["allocation"]["weights"][k] * one["balance"] for one in known) / total for k in range(len(classes))
        ]
        return {"kind": "fixed", "weights": weights}

    def people(self):
        years = self.request.get("years")
        if not self.adults:
            last = (years or 30) - 1
            life = {"kind": "fixedAge", "age": last}
            yield {"name": "Household", "birthYear": self.first, "retirementAge": 0, "mortality": life}
        for person in self.adults:
            born = self.born[person["id"]]
            if person.get("sex") and not person.get("planToAge"):
                raise NotCovered("lives that are drawn")
            usual = max(95, self.first - born + (years - 1 if years else 5))
            age = person.get("planToAge") or self.request.get("horizonAge") or usual
            yield {
                "name": person["name"],
                "birthYear": born,
                "retirementAge": max(self.retires[person["id"]] - born, 0),
                "mortality": {"kind": "fixedAge", "age": age},
            }

    def plan(self):
        self.collect_incomes()
        accounts = self.accounts()
        for item in self.items("liabilities"):
            self.debt(item)
        properties = self.properties()
        essential, other = self.living()
        self.premiums()
        contributions = self.contributions()
        self.goals()
        education = [
            one["name"]
            for one, item in zip(accounts, self.items("accounts"), strict=True)
            if item["kind"] in EDUCATION and one.get("accessibleFrom")
        ]
        plan = {
            "firstYear": self.first,
            "people": list(self.people()),
            "accounts": accounts,
            "allocation": self.allocation(accounts),
            "contributions": contributions,
            "incomes": self.incomes,
            "socialSecurity": list(self.benefits.values()),
            "expenses": self.expenses,
            "debts": self.debts,
            "properties": properties,
            "lumpSums": self.lump_sums,
            "spending": {
                "start": {"kind": "year", "year": self.first},
                "survivorShare": self.assumed.get("survivorSpendingShare", 1.0),
                "policy": {"rule": {"kind": "constantReal", "annualSpending": other}, "essentialSpending": essential},
            },
            "taxes": self.taxes(),
            "market": self.market(),
            "paths": self.request.get("paths", 10000),
            "seed": self.request.get("seed", 0),
        }
        if education:
            plan["withdrawalOrder"] = {"kind": "custom", "accounts": education}
        if self.request.get("years"):
            plan["years"] = self.request["years"]
        if self.american and self.adults:
            plan["requiredDistributions"] = {"kind": "unitedStates"}
            plan["earlyWithdrawalPenalty"] = {"rate": 0.1, "untilAge": 60}
        if self.assumed.get("bequest"):
            plan["bequest"] = {"amount": float(number(self.assumed["bequest"]))}
        return plan


def brackets(starts, rates):
    return [{"above": start, "rate": rate} for start, rate in zip(starts, rates, strict=True)]


def build(request):
    """`plan.build`: the years of its result, and how likely it is to hold."""
    result = run(Document(request).plan())
    return {"result": {name: result[name] for name in ("years", "yearsReal", "success", "paths")}}


OPERATIONS = {"plan.build": build}
SLOW = {"plan.build"}
