//! The entries that give facts about markets, lives and the law.

use wherewithal::{history, mortality, retirement_accounts, social_security};

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "market.history",
            "The annual returns of stocks, bonds, bills and homes and the inflation of the United States from 1928 on.",
            history::history,
        )
        .details(HISTORY)
        .example("Everything", "{}")
        .example(
            "Stocks and Treasury bonds in the stagflation of the seventies",
            r#"{"firstYear": 1966, "lastYear": 1981, "assetClasses": ["largeStocks", "treasuryBonds"]}"#,
        ),
        Operation::new(
            "mortality.survival",
            "The probability of being alive year by year, for one person or a couple.",
            mortality::survival,
        )
        .details(SURVIVAL)
        .example("A woman of 65", r#"{"lives": [{"age": 65, "sex": "female"}]}"#)
        .example(
            "A couple, one of them in better health than most",
            r#"{"lives": [{"age": 66, "sex": "male", "mortalityMultiplier": 0.7}, {"age": 63, "sex": "female"}],
                "percentiles": [25, 50, 75]}"#,
        ),
        Operation::new(
            "retirement_accounts.required_minimum_distribution",
            "What the owner of a traditional IRA or of a workplace plan has to draw from it in a year.",
            retirement_accounts::required_minimum_distribution,
        )
        .details(REQUIRED_MINIMUM_DISTRIBUTION)
        .example(
            "An owner of 75",
            r#"{"balance": "500000", "birthYear": 1951, "year": 2026}"#,
        )
        .example(
            "The same with a spouse who is 15 years younger",
            r#"{"balance": "500000", "birthYear": 1951, "year": 2026, "spouseBirthYear": 1966}"#,
        ),
        Operation::new(
            "social_security.benefit",
            "The monthly retirement, spouse's and survivor's benefits of Social Security by the ages at which they are claimed.",
            social_security::benefit,
        )
        .details(SOCIAL_SECURITY_BENEFIT)
        .example(
            "One person who claims at 62",
            r#"{"people": [{"birthDate": "1960-06-15", "primaryInsuranceAmount": "2000", "claimingAge": {"years": 62}}]}"#,
        )
        .example(
            "A couple: one waits until 70, the other claims at 63 and a half",
            r#"{"people": [
                {"birthDate": "1962-03-10", "primaryInsuranceAmount": "2800", "claimingAge": {"years": 70}},
                {"birthDate": "1964-11-02", "primaryInsuranceAmount": "900", "claimingAge": {"years": 63, "months": 6}}]}"#,
        ),
        Operation::new(
            "retirement_accounts.contribution_limit",
            "What one person may pay into a workplace plan, an IRA or a health savings account in a year.",
            retirement_accounts::contribution_limit,
        )
        .details(CONTRIBUTION_LIMIT)
        .example("A workplace plan at 61", r#"{"account": "workplacePlan", "year": 2026, "age": 61}"#),
    ]
}

const HISTORY: &str = "\
Calendar years, nominal, before costs and taxes. Each series names its source in `sources`; they are those of A. \
Damodaran's table \"Historical Returns on Stocks, Bonds and Bills\" (New York University, January 2026), with R. \
Shiller's ratio of price to ten years' earnings in each January. `history` is what the market models that draw from a \
history take; the spending rule `capeBased` follows its `cape`.

`statistics` and `correlations` are what a parametric model takes: `arithmeticMean` as `expectedReturn` with the \
arithmetic convention, `logVolatility` as `volatility`, and the correlations of logarithmic growth with inflation as the \
last row. A year can be asked for from 1928 to 2025; at least two years are needed.

Bonds are of ten years: they swing more than the five-year notes and less than the long corporate bonds of the studies of \
withdrawal rates. Real estate is a price index, without rent and without upkeep, and much smoother than the price of one \
house. One country's past is one draw, and a fortunate one.";

const SURVIVAL: &str = "\
The table is the Social Security Administration's period life table of 2022: how people of each age died in that year, \
without any later improvement, so that younger people will probably live longer. `mortalityMultiplier` scales the \
probability of death at every age for better or worse health. The lives of a couple do not depend on each other.

`rows` gives the probability that each is alive, that everybody is and that anybody is, on each anniversary of today. \
Expectancies spread deaths evenly over each year of age. A percentile counts whole years: half of all couples see the \
first death within the year that follows `yearsUntilFirstDeath` of the percentile 50, or before.";

const REQUIRED_MINIMUM_DISTRIBUTION: &str = "\
The balance of 31 December of the year before, divided by the distribution period of 26 CFR 1.401(a)(9)-9 for the ages \
attained in the year, rounded half up to cents. The Uniform Lifetime Table applies, except where the spouse is the only \
beneficiary of the whole year and more than ten years younger: then the Joint and Last Survivor Table does. A spouse \
below 20 counts as 20.

Distributions start with the year in which the owner attains 73, or 75 if born in 1960 or later (SECURE 2.0 Act, section \
107; for those born in 1959, whom its wording puts under both, 73 as in the proposed regulation of July 2024); until 1950, \
72. The first is due on 1 April of the following year, each later one on 31 December. Not covered: years before 2022, \
inherited accounts, an employee who still works, Roth accounts of the owner, which have none.";

const SOCIAL_SECURITY_BENEFIT: &str = "\
Amounts are monthly, in the dollars of the primary insurance amount; cost-of-living adjustments raise all of them alike. \
An age is attained on the day before the birthday.

- Own benefit: less 5/9 of 1 % for each of the first 36 months before full retirement age and 5/12 of 1 % for each month \
more; plus 2/3 of 1 % for each month after it up to 70 (born 1938 to 1942: 13/24, 7/12 or 5/8). 20 CFR 404.410, 404.313.
- Spouse's benefit: half of the partner's primary insurance amount, less the own primary insurance amount or benefit, \
whichever is larger; the rest less 25/36 of 1 % for each of the first 36 months before full retirement age and 5/12 of 1 % \
for each month more. It starts when both have claimed; the claim is for both benefits (deemed filing).
- Survivor's benefit: what the partner had, with credits, less up to 28.5 % for the months from 60 to the survivor's full \
retirement age that are not waited for; where the partner had claimed early, at most the larger of the partner's benefit \
and of 82.5 % of the primary insurance amount. 20 CFR 404.338. The larger of own and survivor's benefit is paid in all.

Reductions are rounded up to ten cents, credits and shares down; a payment is rounded down to dollars. Not covered: the \
family maximum, the earnings test, benefits for children, for the divorced and the disabled, and the month for which a \
benefit at exactly 62 cannot be paid yet (all but those born on the first or second of a month wait a month more).";

const CONTRIBUTION_LIMIT: &str = "\
The limits of 2025 and 2026: for workplace plans what the employee defers (26 U.S.C. 402(g), 414(v)), for individual \
retirement accounts traditional and Roth together, for health savings accounts by coverage. `age` is the age attained by \
the end of the year. Sources: IRS Notices 2024-80 and 2025-67, Publication 969 (2025), Rev. Proc. 2025-19.";
