//! The entries of `mortality`.

use wherewithal::mortality;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "mortality.survival",
            "The probability of survival year by year, for one person or a couple.",
            mortality::survival,
        )
        .details(SURVIVAL)
        .example("A woman of 65", r#"{"lives": [{"age": 65, "sex": "female"}]}"#)
        .example(
            "A couple, one of them in better health than most",
            r#"{"lives": [{"age": 66, "sex": "male", "mortalityMultiplier": 0.7}, {"age": 63, "sex": "female"}],
                "percentiles": [25, 50, 75]}"#,
        ),
    ]
}

const SURVIVAL: &str = "\
The table is the Social Security Administration's period life table of 2022: the mortality of each age in that year, without any later improvement, so that younger people will probably live longer. `mortalityMultiplier` scales the probability of death at every age for better or worse health. The two lives of a couple are independent.

`rows` gives the probability that each is alive, that everybody is and that anybody is, on each anniversary of today. \
Expectancies spread deaths evenly over each year of age. A percentile counts whole years: half of all couples have the first death within the year that follows `yearsUntilFirstDeath` of the percentile 50, or before.";
