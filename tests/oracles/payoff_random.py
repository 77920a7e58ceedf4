"""Random payoff plans of a few yen through the engine, and through every way to spend the budget in whole yen.

A plan has one to three debts of up to 12 yen, with rates so high that every month's interest is felt, promotional rates,
and promotions that charge all deferred interest if the debt is not repaid by their end (12 CFR 1026.16(h)). All allocations
of at most the budget, month by month, are tried, without a look at which of them could be good. Then

- the bound that the engine proves is at most the least interest of all of them,
- the plan that the engine calls the optimum costs at least that, and exactly that where its proof says so,
- the optimum costs no more than the plan of any fixed order,
- each fixed order gives the rows of `payoff.py`.
"""

import json

from asking import ask, differences, draws
from payoff import Plan

ORDERS = ("avalanche", "snowball", "highestPayment")
MONTHS = 14


def request(draw):
    debts, monthly = [], draw.randrange(1, 5)
    for place in range(draw.choice([1, 2, 2, 2, 3])):
        balance, least = draw.randrange(2, 13), draw.randrange(1, 4)
        monthly += least + balance // 4
        debt = {"id": f"d{place}", "balance": str(balance), "annualRate": f"{draw.randrange(60_000) / 100:.2f} %"}
        kind = draw.choice(["fixed", "fixed", "percentOfBalance", "percentPlusInterest"])
        if kind == "fixed":
            debt["minimumPayment"] = {"kind": kind, "amount": str(least)}
        else:
            debt["minimumPayment"] = {"kind": kind, "fraction": f"0.{draw.randrange(1, 4)}", "floor": str(least)}
        if draw.random() < 0.7:
            accrued = draw.choice([0, 0, draw.randrange(8)])
            debt["deferredInterest"] = {"until": f"2026-{draw.randrange(2, 7):02}-01", "accrued": str(accrued)}
        if draw.random() < 0.3:
            until = f"2026-{draw.randrange(2, 6):02}-01"
            debt["promotions"] = [{"until": until, "annualRate": f"{draw.randrange(60_000) / 100:.2f} %"}]
        debts.append(debt)
    rounding = draw.choice(["halfEven", "halfEven", "halfUp", "down", "up"])
    budget = {"monthly": str(monthly)}
    return {"currency": "JPY", "firstPayment": "2026-02-01", "debts": debts, "budget": budget, "rounding": rounding}


def in_fractions(document):
    """The rates of the program, as fractions."""
    text = json.dumps(document)
    return json.loads(text, object_hook=lambda one: {k: rate(v) if k == "annualRate" else v for k, v in one.items()})


def rate(text):
    return str(round(float(text.removesuffix(" %")) * 100) / 10_000)


def least_interest(plan):
    """The least interest of all allocations that repay every debt, or None if none does in time."""
    start = tuple((int(debt.balance), int(debt.accrued)) for debt in plan.debts)
    states, least = {start: 0}, None
    for month in range(1, MONTHS + 1):
        after = {}
        budget = int(plan.budget(month))
        for state, interest in states.items():
            if least is not None and interest >= least:
                continue
            for lefts, charged in allocations(plan, month, state, budget):
                total = interest + charged
                if not any(balance for balance, _ in lefts):
                    least = total if least is None else min(least, total)
                elif after.get(lefts, total) >= total:
                    after[lefts] = total
        states = after
    return least


def allocations(plan, month, state, budget):
    """What may be left of each debt after a month, and the interest that was charged."""
    choices = [((), 0, 0)]
    for debt, (balance, deferred) in zip(plan.debts, state):
        accrued = int(plan.rounded(debt.interest_in(month, balance)))
        if debt.defers(month):
            now, charged, later = 0, 0, deferred + accrued
        else:
            now, charged, later = accrued, deferred, 0
        due = balance + now + charged
        least = int(plan.minimum(debt, balance, now, charged)[0]) if balance else 0
        choices = [
            (lefts + ((due - paid, later if due > paid else 0),), spent + paid, interest + now + charged)
            for lefts, spent, interest in choices
            for paid in range(least, min(due, budget - spent) + 1)
        ]
    return [(lefts, interest) for lefts, _, interest in choices]


def faults(document, answers):
    """What is wrong with the answers to a request: the optimum, then each order."""
    plan = Plan(in_fractions(document))
    best, orders = answers[0], answers[1:]
    for kind, answer in zip(ORDERS, orders):
        if "code" in answer:
            continue
        rows = plan.run({"kind": kind})
        expected = {
            "schedule": rows,
            **{k: v for k, v in plan.summary(rows).items() if k in ("totalInterest", "months")},
        }
        names = expected["schedule"][0].keys()
        schedule = [
            {name: row[name] for name in names if name not in ("date", "annualRate")} for row in answer["schedule"]
        ]
        told = {"schedule": schedule, "totalInterest": answer["totalInterest"], "months": answer["months"]}
        for row in expected["schedule"]:
            del row["date"], row["annualRate"]
        yield from (f"{kind}{line}" for line in differences(told, expected))
        if "code" not in best and int(best["totalInterest"]) > int(answer["totalInterest"]):
            yield f"the optimum costs {best['totalInterest']}, {kind} {answer['totalInterest']}"
    if "code" in best:
        if any("code" not in answer for answer in orders):
            yield f"the optimum is refused, an order is not: {best}"
        return
    least, found, bound = least_interest(plan), int(best["totalInterest"]), int(best["proof"]["lowerBound"])
    if least is None:
        return
    if bound > least:
        yield f"the bound is {bound}, the least interest {least}"
    if found < least and best["months"] <= MONTHS:
        yield f"the optimum costs {found}, less than the least of all, {least}"
    if best["proof"]["status"] == "exact" and found != least:
        yield f"the proof says that {found} is the least, which is {least}"


def failures(engine, seed, places):
    """The plans that differ from all allocations, with what differs."""
    requests = [request(draw) for draw in draws(seed, places)]
    kinds = ("optimum", *ORDERS)
    asked = [("debt.payoff_plan", one | {"strategy": {"kind": kind}}) for one in requests for kind in kinds]
    answers = ask(engine, asked)
    found = []
    for place, document in enumerate(requests):
        lines = list(faults(document, answers[place * len(kinds) : (place + 1) * len(kinds)]))
        if lines:
            found.append("\n    ".join([json.dumps(document), *lines[:5]]))
    if all("code" in answer for answer in answers):
        found.append("no plan of these repays its debts, so that nothing was compared")
    return found
