"""A household's retirement plan along one path, year by year, in the order of events that the documentation states.

Money moves at the start of the year and then grows. What must be withdrawn, the tax on it included, and what income leaves
for contributions are found by halving. Of a first year with fewer months than twelve, their part counts.
Social Security by `social_security.py`, divisors by `required_distributions.py`, loans by `amortization.py`, taxes by
`retirement_taxes.py`, rules of spending by `spending_rules.py`.
"""

import copy
import itertools
from fractions import Fraction

import numpy as np

import required_distributions
from amortization import amortize
from contribution_limits import of_plan
from market_paths import random_paths
from retirement_months import Months, months
from retirement_taxes import taxes_by_kind
from social_security import Person as Claimant
from spending_rules import Policy, Year
from support import NotCovered

KNOWN_RULES = {"constantReal", "percentOfPortfolio", "constantRealWithdrawal", "guytonKlinger"}
DEFERRED = ("traditional", "healthSavings")
ORDER = ["cash", "taxable", "traditional", "roth", "healthSavings"]


class Account:
    def __init__(self, document, weights):
        self.name, self.owner = document["name"], document.get("owner")
        self.treatment = document["treatment"]
        self.kind = self.treatment["kind"]
        self.own_allocation = document.get("allocation")
        self.accessible_from = document.get("accessibleFrom")
        balance = document["balance"]
        self.parts = [balance] if self.kind == "cash" else [balance * weight for weight in weights]
        self.basis = self.treatment.get("basis") if self.treatment.get("basis") is not None else balance
        self.locked = False  # whether nothing may leave it in the year
        self.deciding, self.fresh = True, 0.0  # while a year is decided, what is paid in does not leave again
        self.paid_in = [0.0] * len(self.parts)  # the same by class
        self.planned = {"contribution": 0.0, "health": 0.0, "required": 0.0}  # what was decided for the year

    def balance(self):
        return sum(self.parts)

    def free(self):
        """What may leave it."""
        if self.locked:
            return 0.0
        return max(self.balance() - self.fresh, 0.0) if self.deciding else self.balance()

    def gain_share(self):
        """The share of what is sold that is a gain, by the average cost of what may leave; negative for a loss."""
        new = sum(self.kept_back())
        held = self.balance() - new
        return 1 - (self.basis - new) / held if self.kind == "taxable" and held > 0 else 0.0

    def kept_back(self):
        """What was paid in while the year is decided: it does not leave again."""
        return self.paid_in if self.deciding else [0.0] * len(self.parts)

    def take(self, amount):
        """Takes from all classes alike."""
        new = self.kept_back()
        held = self.balance() - sum(new)
        if held > 0:
            kept = 1 - amount / held
            self.basis = (self.basis - sum(new)) * kept + sum(new) if self.kind == "taxable" else self.basis
            self.parts = [(part - own) * kept + own for part, own in zip(self.parts, new, strict=True)]

    def put(self, amount, weights):
        """Invests by the allocation."""
        self.fresh += amount
        added = [amount] if self.kind == "cash" else [amount * weight for weight in weights]
        self.parts = [part + own for part, own in zip(self.parts, added, strict=True)]
        self.paid_in = [before + own for before, own in zip(self.paid_in, added, strict=True)]
        self.basis += amount if self.kind == "taxable" else 0

    def grow(self, factors, part):
        """A year of the market, or a part of one."""
        if self.kind == "cash":
            factors = [(1 + self.treatment.get("interestRate", 0)) ** part]
        self.parts = [part * factor for part, factor in zip(self.parts, factors, strict=True)]


def scaled(weights):
    """Weights that add up to 1."""
    return [weight / sum(weights) for weight in weights]


class Plan:
    """What a plan says, by year."""

    def __init__(self, document):
        self.document, self.first = document, document["firstYear"]
        self.first_part = document.get("firstYearMonths", 12) / 12
        self.people = document["people"]
        self.taxes = document.get("taxes", {"kind": "rates"})
        for person in self.people:
            if person["mortality"]["kind"] != "fixedAge":
                raise NotCovered("lives that are drawn")
        self.last = max(person["birthYear"] + person["mortality"]["age"] for person in self.people)
        self.years = self.last - self.first + 1
        if document.get("years"):
            self.years = min(self.years, document["years"])
        self.loans = {
            debt["name"]: self.loan(debt["terms"])
            for debt in document.get("debts", [])
            if debt["terms"]["kind"] in ("loan", "rows")
        }

    def owed(self, name, year):
        """What is owed on a loan at the end of a year; before its first payment all that was borrowed."""
        debt = next(debt for debt in self.document["debts"] if debt["name"] == name)
        before = [balance for paid, _, balance in self.loans[name] if paid <= year]
        terms = debt["terms"]
        return before[-1] if before else float(terms["loan"]["principal"] if "loan" in terms else terms["balance"])

    def sold(self, item, year):
        """Whether a property is sold in a year or before it."""
        sale = self.moment(item.get("sale"))
        return sale is not None and sale <= year

    def loan(self, terms):
        """(year, payment, balance) of each payment, or of each year."""
        if terms["kind"] == "rows":
            return [(row["year"], row["payments"], row["balance"]) for row in terms["rows"]]
        rows = amortize(terms["loan"])["schedule"]
        return [(row["date"].year, float(row["payment"]), float(row["balance"])) for row in rows]

    def person(self, name):
        return next(person for person in self.people if person["name"] == name)

    def owner(self, item):
        """The person to whom an account belongs: by default the first."""
        return self.person(item["owner"]) if item.get("owner") else self.people[0]

    def alive(self, person, year):
        return year <= person["birthYear"] + person["mortality"]["age"]

    def living(self, year):
        return [person for person in self.people if self.alive(person, year)]

    def retires(self, person):
        return person["birthYear"] + person["retirementAge"]

    def part(self, year):
        """The part of a year that the plan counts."""
        return self.first_part if year == self.first else 1.0

    def age_of(self, count, since):
        """The years of growth at the start of the year that is `count` years after the one of `since`."""
        return count - (1 - self.first_part) if since == self.first and count > 0 else count

    def moment(self, moment, default=None):
        if moment is None:
            return default
        if moment["kind"] == "year":
            return moment["year"]
        person = self.person(moment["person"])
        return self.retires(person) if moment["kind"] == "retirement" else person["birthYear"] + moment["age"]

    def during(self, item, year, until=None):
        """The number of years since something began, if it runs."""
        start = self.moment(item.get("start"), self.first)
        end = self.moment(item.get("until"), until)
        if year < start or (end is not None and year >= end):
            return None
        return year - max(start, self.first)

    def grown(self, item, name, count, level):
        linked = level if item.get("inflationLinked", True) else 1.0
        return item[name] * (1 + item.get("annualGrowth", 0)) ** count * linked

    def weights(self, account, year):
        """The allocation of an account in a year."""
        plan = (account.get("allocation") if isinstance(account, dict) else account.own_allocation) or self.document[
            "allocation"
        ]
        if plan["kind"] == "fixed":
            return scaled(plan["weights"])
        points = [(self.moment(point["at"]), scaled(point["weights"])) for point in plan["points"]]
        if year <= points[0][0]:
            return points[0][1]
        for (left, low), (right, high) in itertools.pairwise(points):
            if year <= right:
                share = (year - left) / (right - left)
                return [a + (b - a) * share for a, b in zip(low, high, strict=True)]
        return points[-1][1]


class Run:
    """One path of a plan. `market` gives the growth factors of a year and the rise of prices."""

    def __init__(self, document, market):
        self.plan, self.market = Plan(document), market
        plan = self.plan
        self.accounts = [Account(account, plan.weights(account, plan.first)) for account in document["accounts"]]
        self.level, self.rows, self.settlement = 1.0, [], 0.0
        self.last_return = self.last_inflation = 0.0
        spending = document["spending"]
        everyone = max(plan.retires(person) for person in plan.people)
        self.start = plan.moment(spending.get("start"), everyone)
        self.policy = Policy(spending["policy"])
        for index in range(plan.years):
            self.rows.append(self.year(index))

    def year(self, index):
        """A year in which contributions out of income leave no payment unpaid, if they can help it."""
        if not self.saves_from_income():
            return self.attempt(index, float("inf"))
        names = ("accounts", "policy", "level", "settlement", "last_return", "last_inflation")
        before = copy.deepcopy({name: getattr(self, name) for name in names})

        def again(most):
            self.__dict__.update(copy.deepcopy(before))
            return self.attempt(index, most)

        row = again(float("inf"))
        contributed = self.from_income
        if row["shortfall"] <= 0 or contributed <= 0:
            return row
        if self.plan.document.get("steps") == "monthly":
            raise NotCovered("contributions out of income in a year of months that falls short")
        low, high = 0.0, contributed
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (low, middle) if again(middle)["shortfall"] > 0 else (middle, high)
        return again(low)

    def attempt(self, index, most):
        """A year with at most a sum of contributions out of income."""
        plan, _document = self.plan, self.plan.document
        self.now = plan.first + index
        self.part, self.before = plan.part(self.now), None
        self.opening = [account.balance() for account in self.accounts]
        self.income = {"ordinary": 0.0, "gains": 0.0, "benefits": 0.0}
        self.penalised = 0.0
        self.optional = 0.0  # what need not be paid: a part of living expenses beside the policy
        self.open_accounts(index)
        salaries, incomes = self.incomes()
        # What comes and goes once and belongs to the accounts.
        self.once = {"received": 0.0, "ordinary": 0.0, "gains": 0.0, "paid": 0.0}
        benefits = self.social_security()
        self.income["benefits"] += benefits
        sale, sale_gain, costs = self.properties()
        self.income["gains"] += sale_gain
        lump_in, lump_out = self.lump_sums()
        health, due = self.due()
        due += costs + lump_out + max(-sale, 0.0)
        sale = max(sale, 0.0)
        came_in = incomes + benefits + sale + lump_in
        total_due = due + health
        paid_by_savings = self.pay_health(health)
        regular = came_in - self.once["received"]
        bills = total_due - paid_by_savings + self.optional - self.once["paid"] + self.known_living() + self.settlement
        contributions = self.contribute(salaries, most, regular - bills)
        alone, self.earned = self.regular_tax(), dict(self.income)
        distributions = self.required_distributions()
        self.conversions()
        fixed = total_due - paid_by_savings + contributions
        spending, triggers = self.spending(index, regular - fixed - alone)
        # Where no spending is planned, all that is left of income is spent.
        living = max(regular + distributions - fixed - self.regular_tax(), 0.0) if spending is None else spending
        essential = self.essential(living)
        living += self.optional
        owed = self.settlement
        withdrawals, taxes = self.withdraw(fixed + living + owed - came_in - distributions)
        bill = self.billed
        left = came_in + distributions + sum(withdrawals) - fixed - taxes - living - owed
        moved = {
            "withdrawals": withdrawals,
            "shortfall": max(-left, 0.0),
            "surplus": max(left, 0.0),
            "settlement": owed,
        }
        level = self.level
        moved = self.pass_year(index, moved, (living + total_due + contributions + taxes - came_in) / 12, taxes)
        shortfall = moved["shortfall"]
        if shortfall <= 1e-9 * (living + total_due + contributions + taxes + max(moved["settlement"], 0.0)):
            shortfall = 0.0
        closing = sum(account.balance() for account in self.accounts)
        paid = living - min(shortfall, living)
        return {
            "year": self.now,
            "priceLevel": level,
            "accounts": [
                {
                    "name": account.name,
                    "withdrawal": taken,
                    "paidOut": taken + account.planned["health"] + account.planned["required"],
                    "closing": account.balance(),
                }
                for account, taken in zip(self.accounts, moved["withdrawals"], strict=True)
            ],
            "debts": [{"name": name, "balance": balance} for name, balance in self.owed().items()],
            "properties": [{"name": name, "closing": value} for name, value in self.possessions(index).items()],
            "benefits": benefits,
            "totalIncome": came_in,
            "totalDue": total_due,
            "contributions": contributions,
            "employers": self.employers,
            "paidOnDebts": self.paid_on_debts,
            "taxes": {**bill, "total": taxes},
            "spending": living,
            "realSpending": living / level,
            "paid": paid,
            "essential": essential,
            "retired": self.now >= self.start,
            "triggers": triggers,
            "shortfall": shortfall,
            "surplus": moved["surplus"],
            "closing": closing,
            "realClosing": closing / self.level,
            "closingLevel": self.level,
            "taxSettlement": moved["settlement"],
        }

    def pass_year(self, index, moved, _need, _taxes):
        """The market's year; what moved in fact."""
        self.deposit(moved["surplus"])
        factors, rise = self.market(index)
        factors, rise = [factor**self.part for factor in factors], (1 + rise) ** self.part - 1
        invested = sum(account.balance() for account in self.accounts)
        for account in self.accounts:
            account.grow(factors, self.part)
        grown = sum(account.balance() for account in self.accounts)
        self.last_return, self.last_inflation = grown / invested - 1 if invested else 0.0, rise
        self.level *= 1 + rise
        return moved

    def open_accounts(self, index):
        """Distributions are taxed and reinvested, and accounts are rebalanced."""
        when = self.plan.document.get("rebalancing", {"kind": "annually"})["kind"]
        for account in self.accounts:
            account.planned = dict.fromkeys(account.planned, 0.0)
            account.locked = self.now < self.plan.moment(account.accessible_from, self.now)
            account.deciding, account.fresh = True, 0.0
            account.paid_in = [0.0] * len(account.parts)
            held, rule = account.balance(), account.treatment
            for_a_year = held * self.part
            if account.kind == "cash":
                self.income["ordinary"] += for_a_year * rule.get("interestRate", 0)
                continue
            if account.kind == "taxable":
                interest = for_a_year * rule.get("interestYield", 0)
                dividends = for_a_year * rule.get("dividendYield", 0)
                self.income["ordinary"] += interest
                self.income["gains"] += dividends
                account.basis += interest + dividends
            if when == "bands":
                raise NotCovered("bands of rebalancing")
            if when != "never":
                targets = [held * weight for weight in self.plan.weights(account, self.now)]
                sold = sum(max(part - target, 0.0) for part, target in zip(account.parts, targets, strict=True))
                gain = sold * account.gain_share()
                if account.kind == "taxable":
                    self.income["gains"] += gain
                    account.basis += gain
                account.parts = targets

    def incomes(self):
        """The incomes by name, and their sum."""
        plan, by_name = self.plan, {}
        for income in plan.document.get("incomes", []):
            owner = plan.person(income["owner"]) if income.get("owner") else None
            until = plan.retires(owner) if income.get("kind") == "salary" else None
            count = plan.during(income, self.now, until)
            amount = 0.0 if count is None else plan.grown(income, "annualAmount", count, self.level) * self.part
            if owner and not plan.alive(owner, self.now):
                amount *= income.get("survivorShare", 0)
            by_name[income["name"]] = amount
            self.income["ordinary"] += amount * income.get("taxableShare", 1.0)
        return by_name, sum(by_name.values())

    def social_security(self):
        claims = {claim["person"]: claim for claim in self.plan.document.get("socialSecurity", [])}
        total = 0.0
        for person in self.plan.living(self.now):
            partner = next((other for other in self.plan.people if other is not person), None)
            total += self.benefit(person, partner, claims)
        return total * self.level * self.part

    def benefit(self, person, partner, claims):
        """The benefit of a living person in a year, in the money of the start."""
        own_claim = claims.get(person["name"])
        age = self.now - person["birthYear"]
        own = (
            self.own_benefit(person, partner, own_claim, claims) if own_claim and age >= own_claim["claimAge"] else 0.0
        )
        if partner is None or self.plan.alive(partner, self.now) or partner["name"] not in claims:
            return own
        survivor_age = (own_claim or {}).get("survivorAge", 60)
        if age < survivor_age:
            return own
        return max(own, self.survivors(person, partner, own_claim, claims[partner["name"]]))

    def claimants(self, person, partner, own_claim, other_claim):
        """Both as `social_security.py` takes them: born in the middle of their years, in whole years of age."""

        def one(who, claim, **more):
            amount = Fraction(str((claim or {}).get("primaryInsuranceAmount") or 0))
            shown = {"birthDate": f"{who['birthYear']}-07-02", "primaryInsuranceAmount": str(amount)}
            return Claimant(shown | {"claimingAge": {"years": (claim or {}).get("claimAge", 70)}} | more)

        return one(person, own_claim), one(partner, other_claim)

    def own_benefit(self, person, partner, claim, claims):
        if claim.get("annualBenefit") is not None:
            return claim["annualBenefit"]
        mine, other = self.claimants(person, partner or person, claim, claims.get(partner["name"]) if partner else None)
        exact = float(mine.amount * mine.factor(mine.claim)) * 12
        both = partner and partner["name"] in claims and self.plan.alive(partner, self.now)
        if both and self.now >= partner["birthYear"] + claims[partner["name"]]["claimAge"]:
            exact += self.excess(mine, other)
        return exact

    def excess(self, mine, other):
        """What half of the other's amount adds, reduced for age, without rounding."""
        start = max(mine.born + mine.claim, other.born + other.claim)
        early = max(mine.full - (start - mine.born), 0)
        factor = 1 - (Fraction(25, 36) * min(early, 36) + Fraction(5, 12) * max(early - 36, 0)) / 100
        own = max(mine.amount, mine.amount * mine.factor(mine.claim))
        return float(max(other.amount / 2 - own, 0) * factor) * 12

    def survivors(self, person, partner, own_claim, other_claim):
        if other_claim.get("annualBenefit") is not None:
            return other_claim["annualBenefit"]
        mine, other = self.claimants(person, partner, own_claim, other_claim)
        death = 12 * (partner["mortality"]["age"] + 1)
        full, limit = other.amount, None
        if death <= other.claim:
            full = other.amount * other.factor(max(death, other.full))
        elif other.claim > other.full:
            full = other.amount * other.factor(other.claim)
        elif other.claim < other.full:
            limit = max(other.amount * other.factor(other.claim), other.amount * Fraction(825, 1000))
        start = max(
            12 * (own_claim or {}).get("survivorAge", 60),
            12 * (partner["birthYear"] + partner["mortality"]["age"] + 1 - person["birthYear"]),
        )
        early = max(mine.survivor_full - start, 0)
        benefit = full * (1 - Fraction(285, 1000) * early / (mine.survivor_full - 720))
        return float(benefit if limit is None else min(benefit, limit)) * 12

    def properties(self):
        """What sales leave, their taxed gains, and the costs of the year."""
        plan, left, gains, costs = self.plan, 0.0, 0.0, 0.0
        for item in plan.document.get("properties", []):
            sale, owned_from = plan.moment(item.get("sale")), plan.moment(item.get("ownedFrom"), plan.first)
            count = self.now - owned_from
            if count < 0:
                continue
            if sale is None or self.now < sale:
                costs += item.get("annualCost", 0) * self.level * self.part
            elif self.now == sale:
                value = plan.grown(item, "value", plan.age_of(count, owned_from), self.level)
                net = value * (1 - item.get("sellingCost", 0))
                basis = item["basis"] if item.get("basis") is not None else item["value"]
                gain = max(net - basis - item.get("gainExclusion", 0), 0.0)
                proceeds = net - (plan.owed(item["mortgage"], self.now - 1) if item.get("mortgage") else 0.0)
                # What a sale lacks is due, whatever another one brings.
                gains, left, costs = gains + gain, left + max(proceeds, 0.0), costs + max(-proceeds, 0.0)
                self.once["paid"] += max(-proceeds, 0.0)
                if not item.get("spend"):
                    self.once["gains"] += gain
                    self.once["received"] += max(proceeds, 0.0)
        return left, gains, costs

    def possessions(self, index):
        """The value of the properties that are still owned at the end of the year, each by its name."""
        values = {}
        for item in self.plan.document.get("properties", []):
            owned_from = self.plan.moment(item.get("ownedFrom"), self.plan.first)
            count = self.now - owned_from
            is_owned = count >= 0 and not self.plan.sold(item, self.now)
            age = self.plan.age_of(count + 1, owned_from)
            values[item["name"]] = self.plan.grown(item, "value", age, self.level) if is_owned else 0.0
        return values

    def repaid(self):
        """The debts that sales of properties have repaid."""
        return {
            item.get("mortgage") for item in self.plan.document.get("properties", []) if self.plan.sold(item, self.now)
        }

    def owed(self):
        """What is owed on each loan at the end of the year."""
        repaid = self.repaid()
        return {name: 0.0 if name in repaid else self.plan.owed(name, self.now) for name in self.plan.loans}

    def lump_sums(self):
        came, went = 0.0, 0.0
        for item in self.plan.document.get("lumpSums", []):
            if self.plan.moment(item["at"]) == self.now:
                amount = item["amount"] * (self.level if item.get("inflationLinked", True) else 1.0)
                came += max(amount, 0.0)
                self.once["paid"] += max(-amount, 0.0)
                if item.get("essential", True):
                    went += max(-amount, 0.0)
                else:
                    self.optional += max(-amount, 0.0)
                taxed = max(amount, 0.0) * item.get("taxableShare", 0)
                self.income["ordinary"] += taxed
                if not item.get("spend"):
                    self.once["ordinary"] += taxed
                    self.once["received"] += max(amount, 0.0)
        return came, went

    def due(self):
        """What is due for health and care, and for everything else."""
        plan, health, other, self.paid_on_debts = self.plan, 0.0, 0.0, 0.0
        count = self.now - plan.first
        for item in plan.document.get("expenses", []):
            since = plan.during(item, self.now)
            amount = 0.0 if since is None else plan.grown(item, "annualAmount", since, self.level) * self.part
            if not item.get("essential", True):
                self.optional += amount
            elif item.get("kind") == "health":
                health += amount
            else:
                other += amount
        for item in plan.document.get("education", []):
            if item["startYear"] <= self.now < item["startYear"] + item.get("years", 4):
                other += plan.grown(item, "annualCost", count, self.level) * self.part
        for item in plan.document.get("longTermCare", []):
            person = plan.person(item["person"])
            if item.get("probability", 1.0) != 1.0:
                raise NotCovered("care that is drawn")
            left = person["birthYear"] + person["mortality"]["age"] - self.now
            if 0 <= left < item["years"]:
                health += plan.grown(item, "annualCost", count, self.level) * self.part
        repaid = self.repaid()
        for debt in plan.document.get("debts", []):
            if debt["terms"]["kind"] == "payments":
                if plan.during(debt["terms"], self.now) is not None:
                    self.paid_on_debts += debt["terms"]["annualAmount"] * self.part
            elif debt["name"] not in repaid:
                payments = (payment for year, payment, _ in plan.loans[debt["name"]] if year == self.now)
                self.paid_on_debts += sum(payments)
        return health, other + self.paid_on_debts

    def saves_from_income(self):
        """Whether any contribution is paid out of income only."""
        return any(item.get("paidFrom") == "income" for item in self.plan.document.get("contributions", []))

    def known_living(self):
        """Living expenses that depend neither on income nor on the portfolio."""
        rule = self.plan.document["spending"]
        alone = len(self.plan.people) == 2 and len(self.plan.living(self.now)) == 1
        if self.now < self.start:
            known = rule.get("beforeRetirement") or 0.0
        else:
            policy, constant = rule["policy"], rule["policy"]["rule"]
            known = policy.get("essentialSpending", 0.0)
            known += constant["annualSpending"] if constant["kind"] == "constantReal" else 0.0
            known = min(max(known, policy.get("minimumSpending") or 0.0), policy.get("maximumSpending") or float("inf"))
        return known * self.level * (rule.get("survivorShare", 1.0) if alone else 1.0) * self.part

    def contribute(self, salaries, most, left):
        """Makes the contributions; those out of income up to `most`, and to what is `left` of income after bills."""

        def lacking(budget):
            made = self.contributions(salaries, budget)
            total = sum(saved for _, saved, _, _, _ in made)
            deducted = sum(saved for _, saved, _, _, is_deducted in made if is_deducted)
            return total + self.regular_tax(deducted) - left

        wanted = self.contributions(salaries, most)
        budget = sum(saved for _, saved, _, from_income, _ in wanted if from_income)
        if budget > 0 and lacking(budget) > 1e-9 * abs(left):
            low, high = 0.0, budget
            for _ in range(200):
                middle = (low + high) / 2
                low, high = (low, middle) if lacking(middle) > 0 else (middle, high)
            budget = low
        made = self.contributions(salaries, budget)
        self.employers, self.from_income, total = 0.0, 0.0, 0.0
        by_name = {account.name: account for account in self.accounts}
        for name, saved, added, from_income, is_deducted in made:
            account = by_name[name]
            self.employers += added
            self.from_income += saved if from_income else 0.0
            total += saved
            account.put(saved + added, self.plan.weights(account, self.now))
            account.planned["contribution"] += saved + added
            if is_deducted:
                self.income["ordinary"] -= saved
        if self.part < 1:
            regular = {kind: amount - self.once.get(kind, 0.0) for kind, amount in self.income.items()}
            self.before = self.months_before(regular)
        return total

    def contributions(self, salaries, most):
        """Of each: the account, what is saved, the employer's part, whether it is out of income (up to `most`), and deducted."""
        plan, made, used = self.plan, [], {}
        for item in plan.document.get("contributions", []):
            account = next(one for one in self.accounts if one.name == item["account"])
            owner = plan.owner({"owner": account.owner})
            count = plan.during(item, self.now, plan.retires(owner))
            # What goes to an account of both goes on with the survivor.
            if count is None or (account.owner and not plan.alive(owner, self.now)):
                continue
            amount = item["amount"]
            if amount["kind"] == "fixed":
                saved = plan.grown(amount, "annualAmount", count, self.level) * self.part
            else:
                saved = amount["share"] * salaries[amount["income"]]
            limit = item.get("limit")
            if limit and limit["kind"] == "amount":
                saved = min(saved, limit["annualAmount"] * self.level * self.part)
            elif limit:
                # One person has the limit of a kind of account once.
                person = owner or plan.people[0]
                key = (person["name"], limit["account"])
                by_law = of_plan(limit["account"], plan.first, self.now - person["birthYear"]) * self.level * self.part
                saved = min(saved, max(by_law - used.get(key, 0.0), 0.0))
            from_income = item.get("paidFrom") == "income"
            if from_income:
                saved = min(saved, max(most, 0.0))
                most -= saved
            if limit and limit["kind"] == "unitedStates":
                used[key] = used.get(key, 0.0) + saved
            match = item.get("employerMatch")
            added = match["rate"] * min(saved, match["upToShare"] * salaries[match["income"]]) if match else 0.0
            made.append((account.name, saved, added, from_income, account.kind in DEFERRED))
        return made

    def pay_health(self, amount):
        paid = 0.0
        for account in self.accounts:
            if account.kind == "healthSavings":
                part = min(amount - paid, account.free())
                account.take(part)
                account.planned["health"] = part
                paid += part
        return paid

    def required_distributions(self):
        rule, total = self.plan.document.get("requiredDistributions"), 0.0
        for account, opening in zip(self.accounts, self.opening, strict=True):
            if rule is None or account.kind != "traditional":
                continue
            divisor = self.divisor(rule, self.holder(account))
            amount = min(opening / divisor * self.part, account.free()) if divisor else 0.0
            account.take(amount)
            account.planned["required"] = amount
            self.income["ordinary"] += amount
            total += amount
        return total

    def holder(self, account):
        """The owner of an account, or the survivor."""
        owner = self.plan.owner({"owner": account.owner})
        living = self.plan.living(self.now)
        return owner if owner in living or not living else living[0]

    def divisor(self, rule, person):
        age = self.now - person["birthYear"]
        if rule["kind"] == "divisors":
            table = {entry["age"]: entry["divisor"] for entry in rule["divisors"]}
            return table.get(min(age, max(table))) if age >= rule["startAge"] else None
        if age < required_distributions.first_age(person["birthYear"]):
            return None
        other = [one for one in self.plan.living(self.now) if one is not person]
        younger = self.now - other[0]["birthYear"] if other else None
        return float(required_distributions.period(age, younger)[1])

    def conversions(self):
        plan, self.converted = self.plan, []
        for item in plan.document.get("conversions", []):
            if plan.during(item, self.now) is None:
                continue
            source = next(one for one in self.accounts if one.name == item["sourceAccount"])
            target = next(one for one in self.accounts if one.name == item["targetAccount"])
            level = self.level if item.get("inflationLinked", True) else 1.0
            amount = min(item["annualAmount"] * level * self.part, source.free())
            source.take(amount)
            target.put(amount, plan.weights(target, self.now))
            self.income["ordinary"] += amount
            self.converted.append((source, target, amount))

    def spending(self, index, other_income):
        """Living expenses: None where all that is left of income is spent."""
        rule = self.plan.document["spending"]
        if self.now < self.start:
            before = rule.get("beforeRetirement")
            return (None, []) if before is None else (before * self.level * self.part, [])
        alone = len(self.plan.people) == 2 and len(self.plan.living(self.now)) == 1
        scale = rule.get("survivorShare", 1.0) if alone else 1.0
        if self.policy.policy["rule"]["kind"] not in KNOWN_RULES:
            raise NotCovered("a rule of spending that hears the past or the future")
        year = Year(self.now - self.plan.people[0]["birthYear"], self.level, self.plan.years - index, 0.0, 0.0, [])
        year.last_return, year.last_inflation = self.last_return, self.last_inflation
        # Rules count in whole years.
        whole = self.policy.decide(year, sum(self.opening), max(other_income, 0.0) / self.part, scale)
        return whole * self.part, year.triggers

    def essential(self, living):
        """How much of living expenses must be met: before the policy starts, all of them."""
        if self.now < self.start:
            return living
        rule = self.plan.document["spending"]
        alone = len(self.plan.people) == 2 and len(self.plan.living(self.now)) == 1
        scale = rule.get("survivorShare", 1.0) if alone else 1.0
        return min(rule["policy"].get("essentialSpending", 0) * self.level * scale * self.part, living)

    def tax(self, more=None):
        """The taxes on the year's income and, where given, on withdrawals from each account."""
        return sum(self.bill(more).values())

    def bill(self, more=None):
        """The same by kind."""
        income, penalty = dict(self.income), 0.0
        rule = self.plan.document.get("earlyWithdrawalPenalty")
        for account, amount in zip(self.accounts, more or [], strict=bool(more)):
            if account.kind in ("traditional", "healthSavings"):
                income["ordinary"] += amount
                if rule and self.now - self.holder(account)["birthYear"] < rule["untilAge"]:
                    penalty += rule["rate"] * amount
            elif account.kind == "taxable":
                income["gains"] += amount * account.gain_share()
        return self.assessed(income, self.before) | {"penalty": penalty}

    def regular_tax(self, deducted=0.0):
        """The taxes without those on what comes once and belongs to the accounts; before contributions with a deduction."""
        income = {kind: amount - self.once.get(kind, 0.0) for kind, amount in self.income.items()}
        income["ordinary"] -= deducted
        before = self.before or (self.months_before(income) if self.part < 1 else None)
        return sum(self.assessed(income, before).values())

    def assessed(self, income, before):
        """The taxes on an income by kind: on top of what was earned and taxed in the months of the year before the plan."""
        joint = len(self.plan.living(self.now)) == 2
        if before is None:
            return taxes_by_kind(self.plan.taxes, income, self.level, joint)
        earlier, paid = before
        together = {kind: amount + earlier[kind] for kind, amount in income.items()}
        of_year = taxes_by_kind(self.plan.taxes, together, self.level, joint)
        return {kind: amount - paid[kind] for kind, amount in of_year.items()}

    def months_before(self, regular):
        """What was earned and taxed in the months of the year before the plan, at the same rate as in those that count."""
        whole = {kind: amount / self.part for kind, amount in regular.items()}
        taxes = taxes_by_kind(self.plan.taxes, whole, self.level, len(self.plan.living(self.now)) == 2)
        earlier = {kind: amount * (1 - self.part) for kind, amount in whole.items()}
        return earlier, {kind: amount * (1 - self.part) for kind, amount in taxes.items()}

    def order(self):
        """(account, most) in the order of withdrawals."""
        rule = self.plan.document.get("withdrawalOrder", {"kind": "taxableFirst"})
        by_kind = [account for kind in ORDER for account in self.accounts if account.kind == kind]
        if rule["kind"] == "custom":
            named = [next(one for one in self.accounts if one.name == name) for name in rule["accounts"]]
            by_kind = named + [account for account in by_kind if account not in named]
        if rule["kind"] != "bracketFilling":
            return [(account, account.free()) for account in by_kind]
        room = self.room(rule["ordinaryIncome"])
        first = []
        for account in self.accounts:
            if account.kind == "traditional":
                part = min(room, account.free())
                room -= part
                first.append((account, part))
        used = {account: part for account, part in first}
        kinds = ["cash", "taxable", "roth", "traditional", "healthSavings"]
        rest = [account for kind in kinds for account in self.accounts if account.kind == kind]
        return first + [(account, account.free() - used.get(account, 0.0)) for account in rest]

    def room(self, ordinary_income):
        """How much of withdrawals still fills the bracket."""
        return max(ordinary_income * self.level * self.part - self.income["ordinary"], 0.0)

    def split(self, amount):
        """What each account gives of an amount that is withdrawn."""
        given = {account: 0.0 for account in self.accounts}
        if self.plan.document.get("withdrawalOrder", {}).get("kind") == "proportional":
            held = sum(account.free() for account in self.accounts)
            share = min(amount / held, 1.0) if held else 0.0
            return [account.free() * share for account in self.accounts]
        for account, most in self.order():
            part = min(amount, most)
            given[account] += part
            amount -= part
        return [given[account] for account in self.accounts]

    def withdraw(self, needed):
        """Withdraws what is needed and the taxes of the year; what each account gave, and the taxes."""
        held = sum(account.free() for account in self.accounts)

        def lacking(amount):
            return needed + self.tax(self.split(amount)) - amount

        if lacking(0.0) <= 0:
            amount = 0.0
        elif lacking(held) >= 0:
            amount = held
        else:
            low, high = 0.0, held
            for _ in range(200):
                middle = (low + high) / 2
                low, high = (middle, high) if lacking(middle) > 0 else (low, middle)
            amount = high
        parts = self.split(amount)
        self.billed = self.bill(parts)
        taxes = sum(self.billed.values())
        for account, part in zip(self.accounts, parts, strict=True):
            account.take(part)
        return parts, taxes

    def deposit(self, amount):
        """Puts what is left into the surplus account, if there is one."""
        name = self.plan.document.get("surplusAccount")
        found = [account for account in self.accounts if account.name == name]
        found += [account for kind in ("taxable", "cash") for account in self.accounts if account.kind == kind]
        if found:
            found[0].put(amount, self.plan.weights(found[0], self.now))


class MonthlyRun(Months, Run):
    """The same plan in monthly steps."""


def is_certain(model):
    """Whether nothing of a market is drawn, so that one path stands for all."""
    chances = [*model.get("assetClasses", []), model.get("inflation", {})] if model["kind"] == "lognormal" else []
    return model["kind"] == "lognormal" and not any(one.get("volatility") for one in chances)


def lognormal_without_volatility(model):
    """The market of a year where nothing is uncertain."""
    growth = [(1 + one["expectedReturn"]) * (1 - one.get("annualFee", 0)) for one in model["assetClasses"]]
    inflation = model.get("inflation", {})
    expected, persistence = inflation.get("expected", 0), inflation.get("persistence", 0)
    initial = inflation.get("initial")
    deviation = 0.0 if initial is None else initial - expected

    def market(index):
        return growth, expected + persistence ** (index + 1) * deviation

    return [market]


def drawn_paths(document):
    """The markets of paths that are drawn at random."""
    paths = np.arange(document.get("paths", 10000))
    growth = random_paths(document["market"], document.get("seed", 0), paths, Plan(document).years, 1)[1]
    return [lambda index, rows=rows: (rows[index][:-1], rows[index][-1] - 1) for rows in growth.tolist()]


def given_paths(model):
    """The market of each given path, year by year."""
    if model.get("periodsPerYear", 1) != 1:
        raise NotCovered("months")
    fees = model.get("annualFees") or [0.0] * len(model["assetClasses"])
    markets = []
    for path in model["paths"]:
        rises = path.get("inflation") or [0.0] * len(path["returns"])
        rows = [[(1 + r) * (1 - f) for r, f in zip(row, fees, strict=True)] for row in path["returns"]]
        markets.append(lambda index, rows=rows, rises=rises: (rows[index], rises[index]))
    return markets


def cohorts(model, years):
    """The history from each of its years on."""
    history, length = model["history"], len(model["history"]["returns"])
    rises = history.get("inflation") or [0.0] * length
    fees = model.get("annualFees") or [0.0] * len(history["assetClasses"])
    rows = [[(1 + r) * (1 - f) for r, f in zip(row, fees, strict=True)] for row in history["returns"]]
    starts = range(length) if model.get("circular") else range(length - years + 1)
    return [lambda index, s=s: (rows[(s + index) % length], rises[(s + index) % length]) for s in starts]


def markets(document):
    """The markets of all paths of a plan; a certain one stands for all."""
    model = document["market"]
    if document.get("steps", "annual") != "annual":
        raise NotCovered("monthly steps")
    if is_certain(model):
        return lognormal_without_volatility(model)
    if model["kind"] == "paths":
        return given_paths(model)
    if model["kind"] == "historicalCohorts":
        return cohorts(model, Plan(document).years)
    return drawn_paths(document)


def summary(document, run, number):
    """What became of a path."""
    rows, last = run.rows, run.rows[-1]
    short = [row for row in rows if row["shortfall"] > 0]
    bequest = document.get("bequest")
    wanted = 0.0
    if bequest:
        wanted = bequest["amount"] * (run.level if bequest.get("inflationLinked", True) else 1.0)
    met = last["closing"] >= wanted * (1 - 1e-9)
    essential = all(row["shortfall"] <= row["spending"] - row["essential"] + 1e-9 * row["spending"] for row in short)
    paid = essential if document.get("success") == "essentialSpending" else not short
    return {
        "path": number,
        "success": paid and met,
        "essentialPaid": essential,
        "bequestMet": met,
        "years": len(rows),
        "terminalNominal": last["closing"],
        "terminalReal": last["realClosing"],
        "lifetimeSpending": sum(row["paid"] / row["priceLevel"] for row in rows if row["retired"]),
        "shortfall": sum(row["shortfall"] / row["priceLevel"] for row in rows),
        "yearsShort": len(short),
        "depletionYear": short[0]["year"] if short else None,
    }


def path(request):
    """`retirement.path`."""
    document, number = request["plan"], request.get("path", 0)
    if document.get("steps") == "monthly":
        path_of_months = months(document["market"], number)
        run = MonthlyRun(document, lambda index: path_of_months[12 * index : 12 * index + 12])
    else:
        all_paths = markets(document)
        run = Run(document, all_paths[number if len(all_paths) > 1 else 0])
    return {"summary": summary(document, run, number), "rows": run.rows}


OPERATIONS = {"retirement.path": path}
