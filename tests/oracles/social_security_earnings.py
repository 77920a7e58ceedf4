"""The primary insurance amount of Social Security from earnings by year, in exact fractions.

42 U.S.C. 415(b) and 20 CFR 404.211: earnings up to the contribution and benefit base, indexed to the average wage of the
year in which 60 is attained and rounded to the nearer cent; the average of the highest years, rounded down to a dollar,
where the number of years is that from the year of age 22 (1951 at the earliest) to that of age 61, less five. 42 U.S.C.
415(a)(1) and 20 CFR 404.212: 90, 32 and 15 % between bend points, which are 180 and 1,085 dollars of 1979 in the
proportion of the average wages of two years before, rounded to the nearer dollar; rounded down to ten cents. 42 U.S.C.
415(i)(2): each increase of the cost of living from the December of the year of age 62 on, rounded down to ten cents.

`data/social_security.csv` has the average wages, the bases and the increases (percent, effective in December) as the
program ssa.tools ships them (https://github.com/Gregable/social-security-tools, `src/lib/constants.ts`, up to 2023, 2025
and 2024); the later ones are those of PyPI policyengine-us 2.68.0 (average wages of 2024 and 2025, the increase of 2025)
and PyPI fin-assist 0.4.5 (bases of 2026 and 2027, the increase of 2026).
"""

import csv
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path

from support import day, number, round_to

CENT, DIME = Fraction(1, 100), Fraction(1, 10)


def table():
    path = Path(__file__).with_name("data") / "social_security.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {int(row["year"]): Fraction(row[name]) for row in rows if row[name]}
        for name in ("average_wage", "base", "increase")
    ]


WAGES, BASES, INCREASES = table()
LAST_WAGE, LAST_BASE = max(WAGES), max(BASES)


def bend_points(formula_year):
    growth = WAGES[formula_year - 2] / WAGES[1977]
    return [round_to(amount * growth, 1, "halfUp") for amount in (180, 1085)]


def average_indexed(earnings, birth_year, formula_year):
    """The years with their indexed earnings, the number of computation years, and the average of a month."""
    indexing_year = formula_year - 2
    rows = []
    for year in sorted(earnings):
        counted = min(earnings[year], BASES[min(year, LAST_BASE)])
        factor = WAGES[indexing_year] / WAGES[year] if year < indexing_year else Fraction(1)
        rows.append((year, counted, factor, round_to(counted * factor, CENT, "halfUp")))
    elapsed = range(max(1951, birth_year + 22), birth_year + 62)
    count = len(elapsed) - 5
    best = sorted(rows, key=lambda row: (-row[3], row[0]))[:count]
    average = floor(sum(row[3] for row in best) / (12 * count))
    return rows, {row[0] for row in best}, count, average


def primary_insurance(average, points):
    first, second = points
    amount = (
        Fraction(90, 100) * min(average, first)
        + Fraction(32, 100) * max(min(average, second) - first, 0)
        + Fraction(15, 100) * max(average - second, 0)
    )
    return round_to(amount, DIME, "down")


def steady(earnings, birth_year):
    """A salary that keeps its proportion to the average wage, from one age to another."""
    year = earnings["year"]
    reference = WAGES[min(year, LAST_WAGE)]
    ages = range(earnings.get("startAge", 22), earnings["stopAge"])
    years = [birth_year + age for age in ages if birth_year + age >= 1951]
    salary = number(earnings["amount"])
    return {year: round_to(salary * WAGES[min(year, LAST_WAGE)] / reference, CENT, "halfUp") for year in years}


def primary_insurance_amount(request):
    """`social_security.primary_insurance_amount`."""
    birth_year = (day(request["birthDate"]) - timedelta(days=1)).year
    eligibility = birth_year + 62
    formula_year = min(eligibility, LAST_WAGE + 2)
    given = request["earnings"]
    estimated = given["kind"] == "salary"
    earnings = (
        steady(given, birth_year) if estimated else {entry["year"]: number(entry["amount"]) for entry in given["years"]}
    )
    rows, best, count, average = average_indexed(earnings, birth_year, formula_year)
    points = bend_points(formula_year)
    amount = primary_insurance(average, points)
    increases, increased = [], amount
    if eligibility == formula_year:
        for year in sorted(INCREASES):
            if year >= eligibility:
                increased = round_to(increased * (1 + INCREASES[year] / 100), DIME, "down")
                increases.append(
                    {
                        "effectiveDate": date(year, 12, 1),
                        "rate": INCREASES[year] / 100,
                        "primaryInsuranceAmount": increased,
                    }
                )
    return {
        "eligibilityYear": eligibility,
        "formulaYear": formula_year,
        "indexingYear": formula_year - 2,
        "projected": eligibility != formula_year,
        "estimated": estimated,
        "computationYears": count,
        "averageIndexedMonthlyEarnings": average,
        "firstBendPoint": points[0],
        "secondBendPoint": points[1],
        "primaryInsuranceAmount": amount,
        "increases": increases,
        "withIncreases": increased,
        "years": [
            {"year": year, "creditable": counted, "factor": factor, "indexed": indexed, "counted": year in best}
            for year, counted, factor, indexed in rows
        ],
    }


OPERATIONS = {"social_security.primary_insurance_amount": primary_insurance_amount}
