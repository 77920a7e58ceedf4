"""Several debts repaid from one budget, month by month, in exact fractions, and the least interest by a linear program.

Each month costs a twelfth of the rate in force on the opening balance, rounded; then the minimum payments, then the rest
of the budget in the order of the strategy. Interest that a promotion defers (12 CFR 1026.16(h)) is added up, rounded month
by month, and charged in the first month after the promotion if anything is owed then. The bound without rounding is a mixed-integer linear program, solved by HiGHS
(scipy): a binary variable for each debt and month says whether the debt is still owed after it. Minimum payments of cards:
the method of 12 CFR Part 1026, appendices M1 and M2.
"""

from calendar import monthrange
from fractions import Fraction
from math import ceil

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from support import NotCovered, add_months, cents, day, minor_unit, number, places, round_to

LIMIT = 1200


class Debt:
    def __init__(self, document, first):
        self.id, self.name = document["id"], document.get("name") or document["id"]
        self.balance, self.rate = number(document["balance"]), number(document["annualRate"])
        self.minimum = document["minimumPayment"]
        self.interest = document.get("interest", "monthly")
        self.promotions = [(day(p["until"]), number(p["annualRate"])) for p in document.get("promotions", [])]
        self.first, self.day = first, document.get("paymentDay")
        promotion = document.get("deferredInterest")
        self.until = day(promotion["until"]) if promotion else None
        self.accrued = number(promotion.get("accrued", "0")) if promotion else Fraction(0)

    def date(self, month):
        when = add_months(self.first, month - 1)
        return when if self.day is None else when.replace(day=min(self.day, monthrange(when.year, when.month)[1]))

    def interest_in(self, month, opening):
        """A month's interest before rounding: a twelfth of the rate, or its 365th for each day since the last due date."""
        rate = self.rate_in(month)
        if self.interest == "monthly":
            return opening * rate / 12
        days = (self.date(month) - self.date(month - 1)).days
        if self.interest == "daily":
            return opening * rate * days / 365
        return opening * places((1 + rate / 365) ** days - 1, 18)

    def defers(self, month):
        return self.until is not None and self.date(month) <= self.until

    def rate_in(self, month):
        return next((rate for until, rate in self.promotions if self.date(month) <= until), self.rate)


class Plan:
    """The conventions of one request."""

    def __init__(self, request):
        self.first = day(request["firstPayment"])
        self.debts = [Debt(document, self.first) for document in request["debts"]]
        self.currency, self.policy = request.get("currency", "USD"), request.get("rounding", "halfEven")
        self.budget_rule = request["budget"]

    def rounded(self, value, policy=None):
        return cents(value, self.currency, policy or self.policy)

    def minimum(self, debt, opening, interest, charged=0):
        """The minimum payment by the rule, and what decided it; what was deferred and is charged is owed, but not asked."""
        rule, owed = debt.minimum, opening + interest + charged
        if rule["kind"] == "fixed":
            asked, reason = number(rule["amount"]), "fixed"
        else:
            exact = number(rule["fraction"]) * opening
            more = interest if rule["kind"] == "percentPlusInterest" else 0
            step = number(rule.get("rounding", {}).get("step"))
            asked, reason = self.rounded(exact) + more, rule["kind"]
            if step:
                asked = round_to(exact + more, step, rule["rounding"].get("rounding", "halfEven"))
            if number(rule.get("floor", "0")) > asked:
                asked, reason = number(rule["floor"]), "floor"
        return (owed, "balance") if owed < asked else (asked, reason)

    def budget(self, month):
        """The budget of a month: growth after every twelfth month since the last change, and one-off amounts."""
        changes = [(c["month"], number(c["monthly"])) for c in self.budget_rule.get("changes", [])]
        since = [change for change in changes if change[0] <= month]
        base = since[-1][1] if since else number(self.budget_rule["monthly"])
        growth = number(self.budget_rule.get("annualGrowth", "0"))
        start = since[-1][0] if since else 1
        grown = sum(later % 12 == 1 for later in range(start + 1, month + 1)) if growth else 0
        for _ in range(grown):
            base = self.rounded(base * (1 + growth), "halfEven")
        extra = sum(number(e["amount"]) for e in self.budget_rule.get("extraPayments", []) if e["month"] == month)
        return base + extra

    def order(self, strategy, month):
        """The debts in the order in which they get what is left."""
        kind = strategy["kind"]
        if kind == "snowball":
            return sorted(self.debts, key=lambda debt: (debt.balance, debt.id))
        if kind == "avalanche":
            return sorted(self.debts, key=lambda debt: (-debt.rate_in(month), debt.id))
        if kind == "highestPayment":
            start = {debt.id: debt.balance for debt in self.debts}
            first = {row["debtId"]: row["minimum"] for row in self.month(1, start, None)}
            return sorted(self.debts, key=lambda debt: (-first[debt.id], debt.id))
        return [next(debt for debt in self.debts if debt.id == name) for name in strategy["order"]]

    def run(self, strategy=None, fixed=None, targets=None):
        """The rows of a plan; without a strategy, minimum payments only. None if a debt is owed after 1,200 months."""
        balances = {debt.id: debt.balance for debt in self.debts}
        deferred = {debt.id: debt.accrued for debt in self.debts}
        rows, month = [], 0
        while any(balances.values()):
            month += 1
            if month > LIMIT:
                return None
            made = self.month(month, balances, fixed, deferred)
            if strategy:
                self.spend(
                    self.budget(month) - sum(row["payment"] for row in made), made, self.order(strategy, month), targets
                )
            for row in made:
                row["surplus"] = row["payment"] - row["minimum"]
                row["principal"] = row["payment"] - row["interest"]
                row["balance"] = balances[row["debtId"]] = row["opening"] - row["principal"]
                if not row["balance"]:
                    row["deferredInterest"] = Fraction(0)
                deferred[row["debtId"]] = row["deferredInterest"]
            rows += made
        return rows

    def month(self, month, balances, fixed, deferred=None):
        """The interest and the minimum payments of a month."""
        rows = []
        deferred = deferred or {debt.id: debt.accrued for debt in self.debts}
        for debt in self.debts:
            opening = balances[debt.id]
            if opening == 0:
                continue
            rate = debt.rate_in(month)
            interest = self.rounded(debt.interest_in(month, opening))
            before, charged = deferred[debt.id], Fraction(0)
            if debt.defers(month):
                before, interest = before + interest, Fraction(0)
            else:
                before, charged = Fraction(0), before
            minimum, rule = self.minimum(debt, opening, interest, charged)
            if fixed is not None:
                minimum = min(fixed[debt.id], opening + interest + charged)
            row = {"month": month, "date": debt.date(month), "debtId": debt.id, "opening": opening, "annualRate": rate}
            row |= {"interest": interest + charged, "deferredInterestCharged": charged, "deferredInterest": before}
            rows.append(row | {"minimum": minimum, "minimumRule": rule, "payment": minimum})
        return rows

    def spend(self, left, rows, order, targets):
        """Gives out what the budget leaves: up to the targets first, where there are any, then in order."""
        by_id = {row["debtId"]: row for row in rows}
        for with_targets in (True, False) if targets else (False,):
            for debt in order:
                row = by_id.get(debt.id)
                if row is None:
                    continue
                owed = row["opening"] + row["interest"]
                if with_targets:
                    owed = min(owed, targets.get((debt.id, row["month"]), Fraction(0)))
                more = max(min(left, owed - row["payment"]), Fraction(0))
                row["payment"] += more
                left -= more

    def summary(self, rows):
        debts = []
        for debt in self.debts:
            own = [row for row in rows if row["debtId"] == debt.id]
            debts.append(
                {
                    "id": debt.id,
                    "name": debt.name,
                    "payoffDate": own[-1]["date"],
                    "months": own[-1]["month"],
                    "totalInterest": sum(row["interest"] for row in own),
                    "deferredInterestCharged": sum(row["deferredInterestCharged"] for row in own),
                    "totalPaid": sum(row["payment"] for row in own),
                }
            )
        return {
            "debtFreeDate": max(debt["payoffDate"] for debt in debts),
            "months": rows[-1]["month"],
            "totalInterest": sum(row["interest"] for row in rows),
            "totalPaid": sum(row["payment"] for row in rows),
            "debts": debts,
        }

    def baseline(self, rows, plan):
        if rows is None:
            return None
        base = self.summary(rows)
        del base["debts"]
        saved = {
            "interestSaved": base["totalInterest"] - plan["totalInterest"],
            "monthsSaved": base["months"] - plan["months"],
        }
        return base | saved

    def result(self, strategy, rows):
        """A plan compared with the two baselines."""
        plan = self.summary(rows)
        first = {row["debtId"]: row["minimum"] for row in self.month(1, {d.id: d.balance for d in self.debts}, None)}
        plan["minimumsOnly"] = self.baseline(self.run(), plan)
        plan["fixedMinimums"] = self.baseline(self.run(fixed=first), plan)
        return plan | {"strategy": strategy, "schedule": rows}

    def least_interest(self):
        """The least interest without rounding, and the payments that cost it."""
        if any(debt.interest != "monthly" or "rounding" in debt.minimum for debt in self.debts):
            raise NotCovered("the least interest of debts by the day, or with payments in whole dollars")
        months = min(self.summary(self.run({"kind": kind}))["months"] for kind in ("snowball", "avalanche")) + 2
        count = len(self.debts)
        size = 4 * count * months

        def at(block, debt, month):
            return block * count * months + debt * months + month

        rows, lower, upper = [], [], []

        def constrain(terms, low, high):
            row = np.zeros(size)
            for index, factor in terms:
                row[index] += factor
            rows.append(row)
            lower.append(low)
            upper.append(high)

        for number_, debt in enumerate(self.debts):
            large = float(debt.balance) * 3
            last = sum(debt.defers(month + 1) for month in range(months)) - 1
            for month in range(months):
                pay, left, owed, charged = (at(block, number_, month) for block in range(4))
                rate = float(debt.rate_in(month + 1)) / 12
                growth = 1.0 if month <= last else 1 + rate
                before = [(at(1, number_, month - 1), growth)] if month else []
                start = 0.0 if month else float(debt.balance)
                if 0 <= last == month - 1:
                    # What was deferred, if the debt is owed at the end of the promotion: interest on the opening balances.
                    rates = [float(debt.rate_in(m + 1)) / 12 for m in range(month)]
                    fixed = float(debt.accrued) + rates[0] * float(debt.balance)
                    later = [(at(1, number_, m - 1), -rates[m]) for m in range(1, month)]
                    most = fixed + sum(rates) * large
                    constrain([(charged, 1), (at(2, number_, last), -most)] + later, fixed - most, np.inf)
                    before.append((charged, 1.0))
                constrain([(left, 1), (pay, 1)] + [(i, -f) for i, f in before], start * growth, start * growth)
                constrain([(left, 1), (owed, -large)], -np.inf, 0)
                for share, fixed in minimum_lines(debt, growth - 1):
                    opening = [(at(1, number_, month - 1), -share)] if month else []
                    constrain([(pay, 1), (owed, -large)] + opening, fixed + share * start - large, np.inf)
        for month in range(months):
            constrain([(at(0, debt, month), 1) for debt in range(count)], 0, float(self.budget(month + 1)))
        cost = np.zeros(size)
        cost[: count * months] = 1
        integral = np.zeros(size)
        integral[2 * count * months : 3 * count * months] = 1
        top = np.full(size, np.inf)
        top[2 * count * months : 3 * count * months] = 1
        for debt in range(count):
            top[at(1, debt, months - 1)] = 0
        answer = milp(
            cost,
            constraints=LinearConstraint(np.array(rows), lower, upper),
            bounds=Bounds(np.zeros(size), top),
            integrality=integral,
            options={"mip_rel_gap": 1e-9},
        )
        if not answer.success:
            raise ValueError(answer.message)
        interest = answer.fun - float(sum(debt.balance for debt in self.debts))
        targets = {
            (debt.id, month + 1): self.rounded(Fraction(float(answer.x[at(0, n, month)])))
            for n, debt in enumerate(self.debts)
            for month in range(months)
        }
        return Fraction(interest), targets

    def optimum(self):
        """The best plan that was found, and what the bound without rounding proves of it."""
        interest, targets = self.least_interest()
        unit = minor_unit(self.currency)
        bound = ceil((interest - Fraction(1, 10**7)) / unit) * unit
        plans = [self.run({"kind": kind}) for kind in ("snowball", "avalanche", "highestPayment")]
        plans.append(self.run({"kind": "avalanche"}, targets=targets))
        best = min(plans, key=lambda rows: sum(row["interest"] for row in rows))
        gap = sum(row["interest"] for row in best) - interest
        status = "exactUpToRounding" if gap <= len(best) * unit / 2 else "bounded"
        return best, {"status": status, "unroundedLowerBound": bound}


def minimum_lines(debt, rate):
    """The minimum payment as the larger of lines in the opening balance: (share, constant)."""
    rule = debt.minimum
    if rule["kind"] == "fixed":
        return [(0.0, float(number(rule["amount"])))]
    share = float(number(rule["fraction"])) + (rate if rule["kind"] == "percentPlusInterest" else 0.0)
    return [(share, 0.0), (0.0, float(number(rule.get("floor", "0"))))]


def payoff_plan(request):
    """`debt.payoff_plan`."""
    plan = Plan(request)
    strategy = request.get("strategy", {"kind": "avalanche"})
    if strategy["kind"] == "optimum":
        rows, proof = plan.optimum()
        return plan.result("optimum", rows) | {"proof": proof}
    return plan.result(strategy["kind"], plan.run(strategy)) | {"proof": None}


def payoff_compare(request):
    """`debt.payoff_compare`."""
    plan = Plan(request)
    strategies = [{"kind": kind} for kind in ("snowball", "avalanche", "highestPayment")]
    if request.get("customOrder"):
        strategies.append({"kind": "custom", "order": request["customOrder"]})
    results = [plan.result(strategy["kind"], plan.run(strategy)) for strategy in strategies]
    rows, proof = plan.optimum()
    results.append(plan.result("optimum", rows))
    winner = min(results, key=lambda one: (one["totalInterest"], one["months"]))
    return {"winner": winner["strategy"], "strategies": results, "proof": proof}


OPERATIONS = {"debt.payoff_plan": payoff_plan, "debt.payoff_compare": payoff_compare}
