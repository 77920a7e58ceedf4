"""Limits of contributions to retirement and health savings accounts of the United States, in dollars.

IRS Notice 2024-80 (2025) and Notice 2025-67 with IR-2025-111 (2026); for health savings accounts IRS Publication 969 (2025)
and Rev. Proc. 2025-19 (2026). 26 U.S.C. 402(g), 414(v), 415(c), 457(e)(15), 219(b)(5), 223(b). Catch-up contributions of
deferrals do not count as annual additions (414(v)(3)(A)).
"""

from support import NotCovered

# Deferrals, their catch-up and that from 60 to 63; annual additions; IRA and catch-up; HSA alone, of a family, catch-up.
YEARS = {
    2025: (23500, 7500, 11250, 70000, 7000, 1000, 4300, 8550, 1000),
    2026: (24500, 8000, 11250, 72000, 7500, 1100, 4400, 8750, 1000),
}


def limit(account, year, age):
    """The limit at any age, and the catch-up contribution."""
    if year not in YEARS:
        raise NotCovered("limits of another year")
    deferral, later, sixties, additions, ira, ira_later, alone, family, hsa_later = YEARS[year]
    catch_up = sixties if 60 <= age <= 63 else later if age >= 50 else 0
    return {
        "workplacePlan": (deferral, catch_up),
        "plan457b": (deferral, catch_up),
        "annualAdditions": (additions, catch_up),
        "individualRetirementAccount": (ira, ira_later if age >= 50 else 0),
        "healthSavingsSelfOnly": (alone, hsa_later if age >= 55 else 0),
        "healthSavingsFamily": (family, hsa_later if age >= 55 else 0),
    }[account]


def of_plan(account, first_year, age):
    """The limit in the dollars of the first year of a plan, or of the nearest year that is known."""
    return sum(limit(account, min(max(first_year, min(YEARS)), max(YEARS)), age))


def contribution_limit(request):
    """`retirement_accounts.contribution_limit`."""
    base, catch_up = limit(request["account"], request["year"], request["age"])
    return {"base": base, "catchUp": catch_up, "total": base + catch_up}


OPERATIONS = {"retirement_accounts.contribution_limit": contribution_limit}
