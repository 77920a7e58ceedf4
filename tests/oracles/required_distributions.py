"""Required minimum distributions: the balance over the distribution period of 26 CFR 1.401(a)(9)-9, half up to cents.

The Uniform Lifetime Table and the Joint and Last Survivor Table in `data/` are those of T.D. 9930 (85 FR 72472) as PyPI's
owlplanner 2026.10.26 ships them; of the second, the ages that differ by more than ten years. First ages: SECURE 2.0 Act, section 107.
"""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

from support import number, round_to

DATA = Path(__file__).with_name("data")


def uniform_table():
    with (DATA / "uniform_lifetime.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["owner"]): Fraction(row["years"]) for row in csv.DictReader(file)}


def joint_table():
    with (DATA / "joint_and_last_survivor.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["owner"]): row for row in csv.DictReader(file)}


UNIFORM, JOINT = uniform_table(), joint_table()


def first_age(birth_year):
    if birth_year >= 1960:
        return 75
    return 73 if birth_year >= 1951 else 72


def period(age, spouse_age):
    """The table that applies and its distribution period."""
    age = min(age, 120)
    if spouse_age is not None and age - spouse_age > 10:
        return "jointAndLastSurvivor", Fraction(JOINT[age][str(max(spouse_age, 20))])
    return "uniformLifetime", UNIFORM[age]


def required_minimum_distribution(request):
    """`retirement_accounts.required_minimum_distribution`."""
    year, born, spouse = request["year"], request["birthYear"], request.get("spouseBirthYear")
    age, first = year - born, first_age(born)
    result = {"age": age, "firstAge": first, "firstYear": born + first}
    if age < first:
        nothing = dict.fromkeys(("table", "distributionPeriod", "dueDate"))
        return result | {"requiredMinimumDistribution": Fraction(0)} | nothing
    table, divisor = period(age, None if spouse is None else year - spouse)
    return result | {
        "requiredMinimumDistribution": round_to(number(request["balance"]) / divisor, Fraction(1, 100), "halfUp"),
        "table": table,
        "distributionPeriod": divisor,
        "dueDate": date(year + 1, 4, 1) if age == first else date(year, 12, 31),
    }


OPERATIONS = {"retirement_accounts.required_minimum_distribution": required_minimum_distribution}
