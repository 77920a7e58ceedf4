"""Survival by the Social Security Administration's period life table of 2022, in exact fractions.

The probabilities of death are those of `data/period_life_table_2022.csv`
(https://www.ssa.gov/oact/STATS/table4c6.html, as PyPI's owlplanner 2026.10.26 ships them). Deaths are spread evenly over
each year of age, and the lives of a couple do not depend on each other.
"""

import csv
from fractions import Fraction
from pathlib import Path

LAST = 119


def table():
    path = Path(__file__).with_name("data") / "period_life_table_2022.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [{sex: Fraction(row[sex]) for sex in ("male", "female")} for row in csv.DictReader(file)]


TABLE = table()


def deaths(life):
    """The probability of death in each year from today, for somebody who lives to see it."""
    multiplier = Fraction(str(life.get("mortalityMultiplier", 1)))
    for age in range(life["age"], LAST + 1):
        yearly = TABLE[age][life["sex"]]
        yield Fraction(1) if age == LAST else min(yearly * multiplier, Fraction(1))


def survival(life):
    """The probability of being alive after each year, today included."""
    alive = [Fraction(1)]
    for death in deaths(life):
        alive.append(alive[-1] * (1 - death))
    return alive


def years_until(alive, percent):
    """The least number of years such that death has come within one more with at least this probability."""
    return next(year for year in range(len(alive)) if 1 - (alive[year + 1] if year + 1 < len(alive) else 0) >= percent)


def together(one, other):
    """The expected years in which both are alive: the integral of a product of two lines, year by year."""
    total = Fraction(0)
    for year in range(len(one) - 1):
        a, b, c, d = one[year], one[year + 1], other[year], other[year + 1]
        total += (a * c + b * d) / 3 + (a * d + b * c) / 6
    return total


def expected(alive):
    return sum(alive[1:]) + Fraction(1, 2)


def mortality_survival(request):
    """`mortality.survival`."""
    lives = request["lives"]
    alive = [survival(life) for life in lives]
    length = max(map(len, alive))
    alive = [table_ + [Fraction(0)] * (length - len(table_)) for table_ in alive]
    everybody, anybody = alive[0], alive[0]
    first = last = expected(alive[0])
    if len(lives) == 2:
        everybody = [a * b for a, b in zip(*alive, strict=True)]
        anybody = [a + b - a * b for a, b in zip(*alive, strict=True)]
        first = together(*alive)
        last = expected(alive[0]) + expected(alive[1]) - first
    half = Fraction(1, 2)
    percentiles = []
    for percentile in request.get("percentiles", [5, 10, 25, 50, 75, 90, 95]):
        share = Fraction(str(percentile)) / 100
        percentiles.append(
            {
                "percentile": percentile,
                "yearsUntilFirstDeath": years_until(everybody, share),
                "yearsUntilLastDeath": years_until(anybody, share),
                "agesAtDeath": [life["age"] + years_until(own, share) for life, own in zip(lives, alive, strict=True)],
            }
        )
    return {
        "lives": [
            {
                "age": life["age"],
                "lifeExpectancy": expected(own),
                "medianAgeAtDeath": life["age"] + years_until(own, half),
            }
            for life, own in zip(lives, alive, strict=True)
        ],
        "firstDeathExpectancy": first,
        "lastDeathExpectancy": last,
        "rows": [
            {
                "year": year,
                "alive": [own[year] for own in alive],
                "everybody": everybody[year],
                "anybody": anybody[year],
            }
            for year in range(length)
        ],
        "percentiles": percentiles,
    }


OPERATIONS = {"mortality.survival": mortality_survival}
