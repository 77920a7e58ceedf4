"""Rules of spending in retirement, each written from its publication and applied to the whole history of a plan.

Bengen (Journal of Financial Planning, October 1994; May 2001); Vanguard's dynamic spending (Jaconetti, Kinniry and
DiJoseph 2013); Guyton and Klinger (March 2006), and for the order of sales Guyton (2004); variable percentage withdrawal
(Bogleheads forum); risk-based guardrails with the present value of spending after Milevsky and Robinson (Financial Analysts
Journal 61(6), 2005); Kitces' ratchet (2015); required distributions as a rule (Sun and Webb 2012); CAPE-based shares
(earlyretirementnow.com, part 18); amortization (TPAW).
"""

from statistics import NormalDist

from mpmath import exp, log, mpf, sqrt

from required_distributions import UNIFORM

WHOLE = {"constantReal", "amortization", "riskGuardrails"}  # rules that name the household's whole spending


class Year:
    """What a rule hears in a year: what is left of portfolio and income after essential spending, and the past."""

    def __init__(self, age, level, left, portfolio, income, future):
        self.age, self.level, self.years_left = age, level, left
        self.portfolio, self.income = portfolio, income
        self.future = (
            future  # real income of each later year less essential spending; negative where the portfolio pays it
        )
        self.last_return = self.last_inflation = 0.0
        self.cape = None
        self.amount = None  # what the rule decided, nominal
        self.triggers = []

    def trigger(self, name):
        self.triggers.append(name)


def exceeds(amount, limit):
    """Whether an amount is above a limit, and not merely by rounding: by more than 10^-9 of it."""
    return amount - limit > 1e-9 * abs(amount)


def constant_real(rule, past, year):
    return rule["annualSpending"] * year.level


def constant_real_withdrawal(rule, past, year):
    first = past[0] if past else year
    return rule["initialRate"] * first.portfolio / first.level * year.level


def percent_of_portfolio(rule, past, year):
    return rule["rate"] * year.portfolio


def within(year, amount, low, high):
    """An amount within the rule's own bounds."""
    if exceeds(low, amount):
        year.trigger("floor")
    if exceeds(amount, high):
        year.trigger("ceiling")
    return min(max(amount, low), high)


def floor_and_ceiling(rule, past, year):
    amount = rule["rate"] * year.portfolio
    if not past:
        return amount
    real = past[0].amount / past[0].level * year.level
    return within(year, amount, real * (1 - rule["floor"]), real * (1 + rule["ceiling"]))


def dynamic_spending(rule, past, year):
    amount = rule["rate"] * year.portfolio
    if not past:
        return amount
    real = past[-1].amount / past[-1].level * year.level
    if not exceeds(real + year.portfolio, real):
        return real
    return within(year, amount, real * (1 - rule.get("floor", 0.025)), real * (1 + rule.get("ceiling", 0.05)))


def guyton_klinger(rule, past, year):
    initial = rule["initialRate"]
    if not past:
        return initial * year.portfolio
    amount, rise, cap = past[-1].amount, year.last_inflation, rule.get("inflationCap")
    if not exceeds(amount + year.portfolio, amount):
        return amount * (1 + (rise if cap is None else min(rise, cap)))  # nothing is left to measure by
    if cap is not None and rise > cap:
        rise = cap
        year.trigger("inflationCapped")
    raised = amount * (1 + rise)
    if exceeds(1, 1 + year.last_return) and rise > 0 and exceeds(raised, initial * year.portfolio):
        year.triggers = ["inflationSkipped"]
    else:
        amount = raised
    guardrail, adjustment = rule.get("guardrail", 0.2), rule.get("adjustment", 0.1)
    if exceeds(amount, initial * (1 + guardrail) * year.portfolio) and year.years_left > rule.get(
        "preservationEnd", 15
    ):
        year.trigger("capitalPreservation")
        return amount * (1 - adjustment)
    if exceeds(initial * (1 - guardrail) * year.portfolio, amount):
        year.trigger("prosperity")
        return amount * (1 + adjustment)
    return amount


def variable_percentage(rule, past, year):
    """The payment at the start of each year that uses up the portfolio by the last age."""
    count = rule.get("lastAge", 99) - year.age + 1
    if count <= 1:
        return year.portfolio
    share = rule["stockShare"]
    growth = share * rule.get("stockGrowth", 0.05) + (1 - share) * rule.get("bondGrowth", 0.019)
    discounts = [(1 + growth) ** -index for index in range(count)]
    return year.portfolio / sum(discounts)


def ratchet(rule, past, year):
    first = past[0] if past else year
    if not past:
        return rule["initialRate"] * year.portfolio
    amount = past[-1].amount / past[-1].level * year.level
    raises = [index for index, one in enumerate(past) if "ratchet" in one.triggers]
    since = len(past) - (raises[-1] if raises else 0)
    start, now = first.portfolio, year.portfolio
    if rule.get("realThreshold"):
        now = now / year.level
    if since >= rule.get("yearsBetween", 3) and exceeds(now, start * (1 + rule.get("threshold", 0.5))):
        year.trigger("ratchet")
        amount *= 1 + rule.get("raise", 0.1)
    return amount


def required_distribution(rule, past, year):
    table = {entry["age"]: entry["divisor"] for entry in rule.get("divisors", [])} or UNIFORM
    first, last = min(table), max(table)
    if year.age < first:
        return year.portfolio / (float(table[first]) + first - year.age)
    return year.portfolio / float(table[min(year.age, last)])


def cape_based(rule, past, year):
    cape = year.cape if year.cape is not None else rule["cape"]
    return min(rule["base"] + rule["weight"] / cape, 1.0) * year.portfolio


def wealth(rule, year):
    """Portfolio and the present value of income, in real terms."""
    growth = 1 + rule["expectedRealReturn"]
    later = sum(income / growth ** (index + 1) for index, income in enumerate(year.future))
    return (year.portfolio + year.income) / year.level + later


def amortization(rule, past, year):
    growth, tilt = 1 + rule["expectedRealReturn"], 1 + rule.get("spendingTilt", 0)
    payments = sum((tilt / growth) ** index for index in range(year.years_left))
    left = wealth(rule, year) - rule.get("legacy", 0) / growth**year.years_left
    return min(max(left / payments * year.level, 0.0), year.portfolio + year.income)


class PresentValue:
    """The value of payments of 1 for some years, the first at once, at random lognormal real returns."""

    def __init__(self, rule, years):
        self.years = years
        if years == 1:
            return
        spread = mpf(rule["volatility"])
        drift = log(1 + mpf(rule["expectedRealReturn"])) - spread**2 / 2
        mean, second = exp(-drift + spread**2 / 2), exp(-2 * drift + 2 * spread**2)
        later = range(1, years)
        first = sum(mean**k for k in later)
        square = sum(second**k for k in later)
        square += 2 * sum(second**j * mean ** (k - j) for k in later for j in range(1, k))
        variance = log(square / first**2)
        self.log_mean, self.log_spread = log(first) - variance / 2, sqrt(variance)

    def chance(self, most):
        """The probability that the value is at most an amount."""
        if most < 1:
            return 0.0
        if self.years == 1:
            return 1.0
        if most == 1:
            return 0.0
        if self.log_spread == 0:
            return float(log(most - 1) >= self.log_mean)
        return NormalDist().cdf(float((log(mpf(most) - 1) - self.log_mean) / self.log_spread))

    def quantile(self, probability):
        if self.years == 1:
            return 1.0
        return 1 + float(exp(self.log_mean + self.log_spread * mpf(NormalDist().inv_cdf(probability))))


def risk_guardrails(rule, past, year):
    value, owned = PresentValue(rule, year.years_left), wealth(rule, year)
    target = max(owned / value.quantile(rule["targetSuccess"]), 0.0)
    if not past:
        return min(target * year.level, year.portfolio + year.income)
    real = past[-1].amount / past[-1].level
    if real == target == 0:
        return 0.0
    chance = value.chance(owned / real) if real > 0 else 1.0
    if chance < rule["lowerSuccess"]:
        year.trigger("lowerGuardrail")
    elif chance > rule["upperSuccess"]:
        year.trigger("upperGuardrail")
    else:
        return real * year.level
    return min((real + rule.get("adjustment", 1.0) * (target - real)) * year.level, year.portfolio + year.income)


RULES = {
    "constantReal": constant_real,
    "constantRealWithdrawal": constant_real_withdrawal,
    "percentOfPortfolio": percent_of_portfolio,
    "floorAndCeiling": floor_and_ceiling,
    "dynamicSpending": dynamic_spending,
    "guytonKlinger": guyton_klinger,
    "variablePercentage": variable_percentage,
    "riskGuardrails": risk_guardrails,
    "ratchet": ratchet,
    "requiredDistribution": required_distribution,
    "capeBased": cape_based,
    "amortization": amortization,
}


class Policy:
    """A rule, essential spending beside it, and bounds."""

    def __init__(self, policy):
        self.policy, self.past = policy, []

    def decide(self, year, portfolio, income, scale=1.0):
        """What is asked for in a year; `year` carries what the rule hears beside portfolio and income."""
        rule = self.policy["rule"]
        essential = self.policy.get("essentialSpending", 0) * year.level
        year.income = max(income - essential, 0.0)
        year.portfolio = max(portfolio - max(essential - income, 0.0), 0.0)
        year.amount = max(RULES[rule["kind"]](rule, self.past, year), 0.0)
        asked = essential + year.amount + (0.0 if rule["kind"] in WHOLE else year.income)
        low, high = self.policy.get("minimumSpending"), self.policy.get("maximumSpending")
        if low is not None and asked < low * year.level:
            asked = low * year.level
            year.trigger("minimumSpending")
        if high is not None and asked > high * year.level:
            asked = high * year.level
            year.trigger("maximumSpending")
        self.past.append(year)
        return asked * scale


def spending_path(request):
    """`retirement.spending_path`."""
    years, policy = request["years"], Policy(request["policy"])
    levels = [1.0]
    for entry in years:
        levels.append(levels[-1] * (1 + entry.get("inflation", 0)))
    essential = request["policy"].get("essentialSpending", 0)
    portfolio, rows = request["initialPortfolio"], []
    for index, entry in enumerate(years):
        level, income = levels[index], entry.get("otherIncome", 0.0)
        later = range(index + 1, len(years))
        future = [years[k].get("otherIncome", 0.0) / levels[k] - essential for k in later]
        year = Year(request["firstAge"] + index, level, len(years) - index, portfolio, income, future)
        year.cape = entry.get("cape")
        if index:
            year.last_return = years[index - 1]["portfolioReturn"]
            year.last_inflation = years[index - 1].get("inflation", 0.0)
        asked = policy.decide(year, portfolio, income)
        spent = min(asked, portfolio + income)
        taken = portfolio if spent == portfolio + income else spent - income
        end = (portfolio + income - spent) * (1 + entry["portfolioReturn"])
        rows.append(
            {
                "year": index + 1,
                "age": request["firstAge"] + index,
                "priceLevel": level,
                "portfolioStart": portfolio,
                "otherIncome": income,
                "spending": spent,
                "realSpending": spent / level,
                "shortfall": asked - spent,
                "withdrawal": taken,
                "withdrawalRate": taken / portfolio if portfolio else None,
                "triggers": year.triggers,
                "portfolioEnd": end,
            }
        )
        portfolio = end
    real = [row["realSpending"] for row in rows]
    return {
        "years": rows,
        "finalPortfolio": portfolio,
        "depletionYear": next((row["year"] for row in rows if row["shortfall"] > 1e-9), None),
        "totalRealSpending": sum(real),
        "lowestRealSpending": min(real),
        "highestRealSpending": max(real),
    }


def fund_withdrawal(request):
    """`retirement.fund_withdrawal`: the withdrawal as a queue of what may be sold, in order."""
    classes, needed = request["classes"], request["withdrawal"]
    total = sum(one["balance"] for one in classes)
    over = [max(one["balance"] - one["targetWeight"] * total, 0.0) for one in classes]
    role = {
        name: [i for i, one in enumerate(classes) if one["role"] == name] for name in ("equity", "fixedIncome", "cash")
    }
    risen = [i for i in role["equity"] if classes[i]["lastReturn"] > 0 and over[i] > 0]
    best_first = sorted(role["equity"], key=lambda i: -classes[i]["lastReturn"])
    tranches = [(i, over[i]) for i in risen] + [(i, over[i]) for i in role["fixedIncome"]]
    tranches += [(i, classes[i]["balance"]) for i in role["cash"] + role["fixedIncome"] + best_first]
    withdrawn = [0.0] * len(classes)
    for index, most in tranches:
        part = min(needed, most, classes[index]["balance"] - withdrawn[index])
        withdrawn[index] += part
        needed -= part
    moved = [0.0] * len(classes)
    if role["cash"]:
        for index in risen:
            moved[index] = max(over[index] - withdrawn[index], 0.0)
        moved[role["cash"][0]] = -sum(moved)
    return {
        "classes": [
            {"name": one["name"], "withdrawn": gone, "movedToCash": kept, "balance": one["balance"] - gone - kept}
            for one, gone, kept in zip(classes, withdrawn, moved, strict=True)
        ],
        "shortfall": needed,
    }


OPERATIONS = {"retirement.spending_path": spending_path, "retirement.fund_withdrawal": fund_withdrawal}
