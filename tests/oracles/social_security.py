"""Monthly benefits of Social Security by the ages of the claims, in exact fractions.

20 CFR 404.409 (full retirement age), 404.410 (reductions), 404.313 (delayed retirement credits), 404.304 and 404.333
(spouse's benefit and rounding), 404.338 (survivor's benefit). An age is attained on the day before the birthday, and a
benefit belongs to a month: all times are counted in months of the day before birth. No spouse's benefit is paid on the
record of somebody who is dead, nor to the dead.
"""

from datetime import timedelta
from fractions import Fraction

from support import day, number, round_to

DIME, DOLLAR = Fraction(1, 10), Fraction(1)


def down(amount, step=DIME):
    return round_to(amount, step, "down")


def months(age):
    return 12 * age["years"] + age.get("months", 0)


def in_years(count):
    return {"years": count // 12, "months": count % 12}


def full_age(year):
    """Full retirement age in months, by the year of birth (404.409)."""
    if year <= 1937:
        return 65 * 12
    if year <= 1942:
        return 65 * 12 + 2 * (year - 1937)
    if year <= 1954:
        return 66 * 12
    return min(66 * 12 + 2 * (year - 1954), 67 * 12)


def credit(year):
    """The delayed retirement credit of a month (404.313)."""
    percent = {1937: "13/24", 1938: "13/24", 1939: "7/12", 1940: "7/12", 1941: "5/8", 1942: "5/8"}.get(year, "2/3")
    return Fraction(percent) / 100


class Person:
    def __init__(self, document):
        before = day(document["birthDate"]) - timedelta(days=1)
        self.born = 12 * before.year + before.month  # the month that counts as that of birth
        self.year = before.year
        self.full, self.survivor_full = full_age(self.year), full_age(self.year - 2)
        self.amount = down(number(document["primaryInsuranceAmount"]))
        self.claim = months(document["claimingAge"])
        self.death = months(document["deathAge"]) if document.get("deathAge") else None
        self.survivor_claim = months(document["survivorClaimingAge"]) if document.get("survivorClaimingAge") else None

    def factor(self, age):
        """What a claim at an age makes of the primary insurance amount."""
        early = max(self.full - age, 0)
        late = max(min(age, 70 * 12) - self.full, 0)
        percent = Fraction(5, 9) * min(early, 36) + Fraction(5, 12) * max(early - 36, 0)
        return 1 - percent / 100 + late * credit(self.year)

    def benefit(self, age):
        """The monthly benefit: a reduction rounded up to ten cents, a credit down."""
        factor = self.factor(age)
        if factor < 1:
            return self.amount - round_to(self.amount * (1 - factor), DIME, "up")
        return self.amount + down(self.amount * (factor - 1))


def shown(factor, benefit):
    return {"factor": factor, "monthlyBenefit": benefit, "monthlyPayment": down(benefit, DOLLAR)}


def spousal(person, partner):
    """What the partner's record adds while both live (404.333, 404.410)."""
    start = max(person.born + person.claim, partner.born + partner.claim)
    deaths = [one.born + one.death for one in (person, partner) if one.death is not None]
    if any(death <= start for death in deaths):
        return None
    age = start - person.born
    early = max(person.full - age, 0)
    percent = Fraction(25, 36) * min(early, 36) + Fraction(5, 12) * max(early - 36, 0)
    factor = 1 - percent / 100
    own = person.benefit(person.claim)
    excess = max(down(partner.amount / 2) - max(person.amount, own), Fraction(0))
    reduced = excess - round_to(excess * (1 - factor), DIME, "up")
    return {
        "startingAge": in_years(age),
        "excess": shown(factor, reduced),
        "totalMonthlyBenefit": own + reduced,
    }


def survivor(person, partner):
    """What the partner's record pays after the partner's death (404.338, 404.410)."""
    before_claim = partner.death is not None and partner.death < partner.claim
    full, limit = partner.amount, None
    if before_claim:
        full = partner.benefit(max(partner.death, partner.full))
    elif partner.claim > partner.full:
        full = partner.benefit(partner.claim)
    elif partner.claim < partner.full:
        limit = max(partner.benefit(partner.claim), down(partner.amount * Fraction(825, 1000)))
    start = person.survivor_claim if person.survivor_claim is not None else person.survivor_full
    if partner.death is not None:
        start = max(start, partner.born + partner.death - person.born)
    early = max(person.survivor_full - start, 0)
    cut = Fraction(285, 1000) * early / (person.survivor_full - 60 * 12)
    benefit = full - round_to(full * cut, DIME, "up")
    benefit = benefit if limit is None else min(benefit, limit)
    return {
        "startingAge": in_years(start),
        "fullAmount": full,
        "limit": limit,
        "benefit": shown(1 - cut, benefit),
        "totalMonthlyBenefit": max(benefit, person.benefit(person.claim)),
    }


def social_security_benefit(request):
    """`social_security.benefit`."""
    people = [Person(document) for document in request["people"]]
    result = []
    for index, person in enumerate(people):
        partner = people[1 - index] if len(people) == 2 else None
        result.append(
            {
                "fullRetirementAge": in_years(person.full),
                "survivorFullRetirementAge": in_years(person.survivor_full),
                "own": shown(person.factor(person.claim), person.benefit(person.claim)),
                "spousal": spousal(person, partner) if partner else None,
                "survivor": survivor(person, partner) if partner else None,
            }
        )
    return {"people": result}


OPERATIONS = {"social_security.benefit": social_security_benefit}
