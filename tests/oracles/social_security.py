"""Monthly benefits of Social Security by the ages of the claims, in exact fractions.

20 CFR 404.409 (full retirement age), 404.410 (reductions), 404.313 (delayed retirement credits), 404.304 and 404.333
(spouse's benefit and rounding), 404.338 (survivor's benefit). An age is attained on the day before the birthday, and a
benefit belongs to a month: all times are counted in months of the day before birth.

Entitlement ends with the month before that of death (404.311, 404.332, 404.337): a benefit whose first month is not
before the month of death is never paid. Credits count from the January after the year in which they were earned; those
of the year in which 70 is reached, from that month on (404.313). A survivor has all of them.
"""

from datetime import date, timedelta
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

    def lives(self, month):
        """Whether a month, counted like that of birth, is before that of death."""
        return self.death is None or month < self.born + self.death

    def credits(self, month):
        """The credits that count in a month, for a claim after full retirement age."""
        seventy = self.born + 70 * 12
        earned = range(self.born + self.full, min(self.born + self.claim, seventy))

        def counts(one):
            # Months are counted such that those of a year are 12 * year + 1 to 12 * year + 12.
            of_year = (one - 1) // 12
            return month >= seventy if of_year == (seventy - 1) // 12 else of_year < (month - 1) // 12

        return sum(counts(one) for one in earned)

    def in_month(self, month):
        """The factor and the own benefit of a month after the claim."""
        age = self.claim if self.claim < self.full else self.full + self.credits(month)
        return self.factor(age), self.benefit(age)

    def raised(self, first):
        """The first month after `first` in which the own benefit is larger than in `first`, if it is paid."""
        months = range(first + 1, first + 13)
        later = next((month for month in months if self.in_month(month)[0] > self.in_month(first)[0]), None)
        return later if later is not None and self.lives(later) else None

    def benefit(self, age):
        """The monthly benefit: a reduction rounded up to ten cents, a credit down."""
        factor = self.factor(age)
        if factor < 1:
            return self.amount - round_to(self.amount * (1 - factor), DIME, "up")
        return self.amount + down(self.amount * (factor - 1))


def shown(factor, benefit):
    return {"factor": factor, "monthlyBenefit": benefit, "monthlyPayment": down(benefit, DOLLAR)}


def first_day(month):
    return date((month - 1) // 12, (month - 1) % 12 + 1, 1)


def own(person):
    """The benefit on one's own record."""
    first = person.born + person.claim
    if not person.lives(first):
        return None
    later = person.raised(first)
    return {
        "effectiveDate": first_day(first),
        **shown(*person.in_month(first)),
        "withAllCredits": later and {"effectiveDate": first_day(later), **shown(*person.in_month(later))},
    }


def spousal(person, partner):
    """What the partner's record adds while both live (404.333, 404.410)."""
    first = max(person.born + person.claim, partner.born + partner.claim)
    if not (person.lives(first) and partner.lives(first)):
        return None
    early = max(person.full - (first - person.born), 0)
    percent = Fraction(25, 36) * min(early, 36) + Fraction(5, 12) * max(early - 36, 0)
    factor = 1 - percent / 100

    def paid(month):
        mine = person.in_month(month)[1]
        excess = max(down(partner.amount / 2) - max(person.amount, mine), Fraction(0))
        reduced = excess - round_to(excess * (1 - factor), DIME, "up")
        return {"excess": shown(factor, reduced), "totalMonthlyBenefit": mine + reduced}

    later = person.raised(first)
    later = later if later is not None and partner.lives(later) else None
    return {
        "startingAge": in_years(first - person.born),
        **paid(first),
        "withAllCredits": later and {"effectiveDate": first_day(later), **paid(later)},
    }


def survivor(person, partner):
    """What the partner's record pays after the partner's death (404.338, 404.410)."""
    before_claim = not partner.lives(partner.born + partner.claim)
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
    if not person.lives(person.born + start):
        return None
    early = max(person.survivor_full - start, 0)
    cut = Fraction(285, 1000) * early / (person.survivor_full - 60 * 12)
    benefit = full - round_to(full * cut, DIME, "up")
    benefit = benefit if limit is None else min(benefit, limit)
    mine = person.benefit(person.claim) if person.lives(person.born + person.claim) else Fraction(0)
    return {
        "startingAge": in_years(start),
        "fullAmount": full,
        "limit": limit,
        "benefit": shown(1 - cut, benefit),
        "totalMonthlyBenefit": max(benefit, mine),
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
                "own": own(person),
                "spousal": spousal(person, partner) if partner else None,
                "survivor": survivor(person, partner) if partner else None,
            }
        )
    return {"people": result}


OPERATIONS = {"social_security.benefit": social_security_benefit}
