//! The entries of `income_tax`.

use wherewithal::income_tax;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "income_tax.federal_parameters",
            "The brackets, the standard deduction and the thresholds of the federal income tax of the United States.",
            income_tax::federal_parameters,
        )
        .details(FEDERAL_PARAMETERS)
        .example("A joint return of 2026", r#"{"year": 2026, "filingStatus": "marriedFilingJointly"}"#),
    ]
}

const FEDERAL_PARAMETERS: &str = "\
The amounts of 2024 to 2026. For a later year those of 2026 are returned, and `year` says so: amounts of the future are \
not estimated.

- `deduction`, `ordinary` and `longTermGains` have the form of the brackets of a retirement plan (`taxes` of kind \
`brackets`, field `single` or `joint`).
- `additionalDeduction` is added to the deduction for each person of 65 or more, and again for each who is blind; \
`seniorDeduction` is deducted beside the standard deduction or itemized ones.
- `socialSecurity` has the thresholds of 26 U.S.C. 86(c). For married people who file separately they are 0; those who \
lived apart for the whole year have the thresholds of a single person.

Not covered: the alternative minimum tax, the net investment income tax, credits, gains taxed at 25 % or 28 %, and \
taxes of states. Sources: IRS Rev. Proc. 2023-34, 2024-40 and 2025-32; Public Law 119-21, sections 70102 and 70103.";
