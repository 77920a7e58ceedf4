"""A benchmark of several indexes, in exact fractions: what each component has become, period by period."""

from datetime import date
from fractions import Fraction

from support import day, number


def falls_between(rule, one, following):
    marks = {
        "everyPeriod": lambda when: when,
        "monthly": lambda when: (when.year, when.month),
        "quarterly": lambda when: (when.year, (when.month + 2) // 3),
        "annually": lambda when: when.year,
        "never": lambda when: date.min,
    }
    return marks[rule](one) != marks[rule](following)


def blended_benchmark(request):
    dates = [day(text) for text in request["dates"]]
    weights = [number(component["weight"]) for component in request["components"]]
    columns = [[number(value) for value in component["returns"]] for component in request["components"]]
    rule = request.get("rebalancing", "everyPeriod")
    value, held, returns, restored = Fraction(1), list(weights), [], 0
    for period in range(len(dates)):
        if period and falls_between(rule, dates[period - 1], dates[period]):
            held, restored = [weight * value for weight in weights], restored + 1
        held = [amount * (1 + column[period]) for amount, column in zip(held, columns, strict=True)]
        returns.append(sum(held) / value - 1 if value else Fraction(0))
        value = sum(held)
    answer = {
        "returns": returns,
        "cumulativeReturn": value - 1,
        "endWeights": [amount / value for amount in held] if value else weights,
        "rebalancings": restored,
        "excess": None,
    }
    own = [number(one) for one in request.get("portfolio", [])]
    if own:
        growth = Fraction(1)
        for one in own:
            growth *= 1 + one
        answer["excess"] = {
            "portfolioReturn": growth - 1,
            "arithmetic": [one - other for one, other in zip(own, returns, strict=True)],
            "arithmeticCumulative": growth - value,
            "geometricCumulative": growth / value - 1 if value else None,
        }
    return answer


OPERATIONS = {"returns.blended_benchmark": blended_benchmark}
