//! The entries of `social_security`.

use wherewithal::social_security;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
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
    ]
}

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
