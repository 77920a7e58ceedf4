"""Taxes of one year of a plan: rates, or brackets with a deduction, and the taxable part of Social Security.

The taxable part by provisional income is 26 U.S.C. 86: half of what exceeds the first threshold, at most half of the
benefits; then 85 % of what exceeds the second one more, at most 85 % of the benefits. Long-term gains lie on top of ordinary
income.
"""


def taxable_benefits(rule, benefits, other_income):
    """How much of Social Security benefits is ordinary income."""
    if rule["kind"] == "share":
        return rule["share"] * benefits
    provisional = other_income + benefits / 2
    lower, upper = rule["lower"], rule["upper"]
    first = min(max(min(provisional, upper) - lower, 0) / 2, benefits / 2)
    second = 0.85 * max(provisional - upper, 0)
    return min(first + second, 0.85 * benefits)


def by_brackets(brackets, level, start, end):
    """The tax on income between two amounts."""
    total = 0.0
    for index, bracket in enumerate(brackets):
        low = bracket["above"] * level
        high = brackets[index + 1]["above"] * level if index + 1 < len(brackets) else float("inf")
        total += bracket["rate"] * max(min(end, high) - max(start, low), 0)
    return total


def tax(rules, income, level, joint):
    """The taxes on a year's income: a dict with `ordinary`, `gains` and `benefits`."""
    return sum(taxes_by_kind(rules, income, level, joint).values())


def taxes_by_kind(rules, income, level, joint):
    """The taxes on ordinary income and on gains, and those of the state."""
    ordinary, gains, benefits = income["ordinary"], max(income["gains"], 0.0), income["benefits"]
    if rules["kind"] == "rates":
        taxed = max(ordinary + rules.get("taxableSocialSecurityShare", 0.85) * benefits, 0.0)
        state = rules.get("state", 0) * (max(ordinary, 0.0) + gains)
        on_gains = rules.get("longTermGains", 0) * gains
        return {"ordinary": rules.get("ordinary", 0) * taxed, "gains": on_gains, "state": state}
    schedule = rules["joint"] if joint and rules.get("joint") else rules["single"]
    level = level if rules.get("inflationIndexed", True) else 1.0
    share = taxable_benefits(
        schedule.get("socialSecurity", {"kind": "share", "share": 0.85}), benefits, ordinary + gains
    )
    deduction = schedule.get("deduction", 0) * level
    taxed = max(ordinary + share - deduction, 0.0)
    rest = max(deduction - ordinary - share, 0.0)
    taxed_gains = max(gains - rest, 0.0)
    on_ordinary = by_brackets(schedule["ordinary"], level, 0.0, taxed)
    on_gains = by_brackets(schedule.get("longTermGains", []), level, taxed, taxed + taxed_gains)
    state_rest = max(deduction - ordinary, 0.0)
    state = rules.get("state", 0) * (max(ordinary - deduction, 0.0) + max(gains - state_rest, 0.0))
    return {"ordinary": on_ordinary, "gains": on_gains, "state": state}
