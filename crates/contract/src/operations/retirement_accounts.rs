//! The entries of `retirement_accounts`: the rules of IRAs, workplace plans and health savings accounts.

use wherewithal::retirement_accounts;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "retirement_accounts.required_minimum_distribution",
            "The required minimum distribution from a traditional IRA or a workplace plan for a year.",
            retirement_accounts::required_minimum_distribution,
        )
        .details(REQUIRED_MINIMUM_DISTRIBUTION)
        .example("An owner of 75", r#"{"balance": "500000", "birthYear": 1951, "year": 2026}"#)
        .example(
            "The same with a spouse who is 15 years younger",
            r#"{"balance": "500000", "birthYear": 1951, "year": 2026, "spouseBirthYear": 1966}"#,
        ),
        Operation::short(
            "retirement_accounts.contribution_limit",
            "The annual contribution limit of a workplace plan, an IRA or a health savings account.",
            retirement_accounts::contribution_limit,
        )
        .details(CONTRIBUTION_LIMIT)
        .example("A workplace plan at 61", r#"{"account": "workplacePlan", "year": 2026, "age": 61}"#),
    ]
}

const REQUIRED_MINIMUM_DISTRIBUTION: &str = "\
The balance of 31 December of the previous year, divided by the distribution period of 26 CFR 1.401(a)(9)-9 for the ages \
attained in the year, rounded half up to cents. The Uniform Lifetime Table applies, unless the spouse is the only beneficiary of the whole year and more than ten years younger: then the Joint and Last Survivor Table does. A spouse younger than 20 counts as 20.

Distributions start with the year in which the owner attains 73, or 75 if born in 1960 or later (SECURE 2.0 Act, section \
107; for those born in 1959, to whom both apply by its wording, 73 as in the proposed regulation of July 2024); 72 if born before 1951. The first is due on 1 April of the following year, each later one on 31 December. Not covered: years before 2022, \
inherited accounts, employees who still work, and Roth accounts of the owner, which have no required distributions.";

const CONTRIBUTION_LIMIT: &str = "\
The limits of 2025 and 2026: for workplace plans elective deferrals (26 U.S.C. 402(g), 414(v); 457(e)(15) for 457(b) plans, which \
have a limit of their own), or all annual additions with those of the employer (415(c)), for individual \
retirement accounts traditional and Roth together, for health savings accounts by coverage. `age` is the age attained by \
the end of the year. Sources: IRS Notices 2024-80 and 2025-67, Publication 969 (2025), Rev. Proc. 2025-19.";
