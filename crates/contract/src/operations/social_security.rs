//! The entries of `social_security`.

use wherewithal::social_security;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "social_security.benefit",
            "The monthly retirement, spouse's and survivor's benefits of Social Security by the ages at which they are \
                claimed.",
            social_security::benefit,
        )
        .details(SOCIAL_SECURITY_BENEFIT)
        .example(
            "One person who claims at 62",
            r#"{"people": [{"birthDate": "1960-06-15", "primaryInsuranceAmount": "2000", "claimingAge": {"years": 62}}]}"#,
        )
        .example(
            "Credits of the year of the claim count from January on",
            r#"{"people": [{"birthDate": "1960-07-10", "primaryInsuranceAmount": "1000", "claimingAge": {"years": 68}}]}"#,
        )
        .example(
            "A couple: one waits until 70, the other claims at 63 and a half",
            r#"{"people": [
                {"birthDate": "1962-03-10", "primaryInsuranceAmount": "2800", "claimingAge": {"years": 70}},
                {"birthDate": "1964-11-02", "primaryInsuranceAmount": "900", "claimingAge": {"years": 63, "months": 6}}]}"#,
        ),
        Operation::short(
            "social_security.primary_insurance_amount",
            "The primary insurance amount of Social Security from earnings by year, or estimated from one salary.",
            social_security::primary_insurance_amount,
        )
        .details(PRIMARY_INSURANCE_AMOUNT)
        .example(
            "A record of three years",
            r#"{"birthDate": "1961-05-20", "earnings": {"kind": "record", "years": [
                {"year": 1990, "amount": "24000"}, {"year": 2010, "amount": "61000"}, {"year": 2022, "amount": "90000"}]}}"#,
        )
        .example(
            "An estimate from the salary of today",
            r#"{"birthDate": "1985-03-10", "earnings": {"kind": "salary", "amount": "85000", "year": 2026, "stopAge": 67}}"#,
        ),
    ]
}

const PRIMARY_INSURANCE_AMOUNT: &str = "\
The amount on which all benefits of a record rest: `primaryInsuranceAmount` of `social_security.benefit`.

- Earnings of each year from 1951 on count up to its contribution and benefit base, and are multiplied by the average \
wage of the year in which 60 is attained over that of the year, to the nearer cent; later ones count as they are. 42 \
U.S.C. 415(b)(3); 20 CFR 404.211(d).
- The highest 35 years, with zeros where there are fewer, are averaged over their months, rounded down to dollars. Those \
born before 1929 have fewer years: from 1951, or the year of age 22, to that of age 61, less five. 20 CFR 404.211(e), (f).
- 90 % of the average up to the first bend point of the year in which 62 is attained, 32 % up to the second and 15 % \
above it, rounded down to ten cents. 42 U.S.C. 415(a)(1); 20 CFR 404.212.
- Increases of the cost of living from the December of that year on, each rounded down to ten cents. 42 U.S.C. 415(i).
- An age is attained on the day before the birthday. All years of the record count, also those after a claim (20 CFR \
404.280).

The average wages are known up to 2025, the bases up to 2027 and the increases up to December 2026; nothing is extrapolated. \
For those who attain 62 after 2027, `projected` is `true`: earnings are indexed to the wages of 2025 and the bend points of \
2027 apply, so the amount is at that level of wages, and earnings of later years count as they are: write them at today's \
level. After 2027 the base of 2027 limits them.

With a salary, earnings of each year are that proportion of the average wage of the year, from the year of `startAge` to the \
one before that of `stopAge`; `estimated` is `true`. After 2025 the average wage of 2025 stands for that of the year.

Not covered: whether the person is insured (40 credits), periods of disability, the special minimum, and people born before \
1922. Source of the figures: Social Security Administration, Office of the Chief Actuary.";

const SOCIAL_SECURITY_BENEFIT: &str = "\
Amounts are monthly, in the dollars of the primary insurance amount; cost-of-living adjustments raise all of them alike. By law an age is attained on the day before the birthday.

- Own benefit: less 5/9 of 1 % for each of the first 36 months before full retirement age and 5/12 of 1 % for each month \
more; plus 2/3 of 1 % for each month after it up to 70 (born 1938 to 1942: 13/24, 7/12 or 5/8). 20 CFR 404.410, 404.313.
- When credits count: at first those earned until the end of the year before the claim; all of them from the next January \
on, or from the month in which 70 is reached if that is earlier (`withAllCredits`). 20 CFR 404.313, Social Security \
Handbook 720. A survivor has all of them at once.
- Spouse's benefit: half of the partner's primary insurance amount, less the own primary insurance amount or benefit, \
whichever is larger; the rest less 25/36 of 1 % for each of the first 36 months before full retirement age and 5/12 of 1 % \
for each month more. It starts when both have claimed; the claim is for both benefits (deemed filing).
- Survivor's benefit: the partner's benefit, with credits, less up to 28.5 %, spread evenly over the months from 60 to the survivor's full retirement age, for a claim before it; if the partner had claimed early, at most the larger of the partner's benefit \
and of 82.5 % of the primary insurance amount. 20 CFR 404.338. The total payment is the larger of the own and the survivor's benefit.
- Death: no benefit is paid for the month of death or a later one, so one whose first month is not before that of the \
claimant's death is `null`; nor is a spouse's benefit on the record of the dead. 20 CFR 404.311, 404.332, 404.337.

Reductions are rounded up to ten cents, credits and shares down; a payment is rounded down to dollars. Not covered: the \
family maximum, the earnings test, benefits for children, for the divorced and the disabled, and the first month at 62, for which most people are not entitled yet (only those born on the first or second of a month are).";
