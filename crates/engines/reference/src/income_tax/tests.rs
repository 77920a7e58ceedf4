use super::*;

use FilingStatus::{
    HeadOfHousehold, MarriedFilingJointly, MarriedFilingSeparately, QualifyingSurvivingSpouse, Single,
};

const ALL: [FilingStatus; 5] =
    [Single, MarriedFilingJointly, MarriedFilingSeparately, HeadOfHousehold, QualifyingSurvivingSpouse];

/// PyPI taxcalc 6.8.0, `policy_current_law.json`: `II_brk1` to `II_brk6`, `STD`, `STD_Aged`, `CG_brk1`, `CG_brk2`, of
/// `single`, `mjoint`, `mseparate` and `headhh`.
const SECOND_SOURCE: [(u32, FilingStatus, [u32; 10]); 12] = [
    (2024, Single, [11600, 47150, 100525, 191950, 243725, 609350, 14600, 1950, 47025, 518900]),
    (2024, MarriedFilingJointly, [23200, 94300, 201050, 383900, 487450, 731200, 29200, 1550, 94050, 583750]),
    (
        2024,
        MarriedFilingSeparately,
        [11600, 47150, 100525, 191950, 243725, 365600, 14600, 1550, 47025, 291850],
    ),
    (2024, HeadOfHousehold, [16550, 63100, 100500, 191950, 243700, 609350, 21900, 1950, 63000, 551350]),
    (2025, Single, [11925, 48475, 103350, 197300, 250525, 626350, 15750, 2000, 48350, 533400]),
    (2025, MarriedFilingJointly, [23850, 96950, 206700, 394600, 501050, 751600, 31500, 1600, 96700, 600050]),
    (
        2025,
        MarriedFilingSeparately,
        [11925, 48475, 103350, 197300, 250525, 375800, 15750, 1600, 48350, 300000],
    ),
    (2025, HeadOfHousehold, [17000, 64850, 103350, 197300, 250500, 626350, 23625, 2000, 64750, 566700]),
    (2026, Single, [12400, 50400, 105700, 201775, 256225, 640600, 16100, 2050, 49450, 545500]),
    (2026, MarriedFilingJointly, [24800, 100800, 211400, 403550, 512450, 768700, 32200, 1650, 98900, 613700]),
    (
        2026,
        MarriedFilingSeparately,
        [12400, 50400, 105700, 201775, 256225, 384350, 16100, 1650, 49450, 306850],
    ),
    (2026, HeadOfHousehold, [17700, 67450, 105700, 201750, 256200, 640600, 24150, 2050, 66200, 579600]),
];

#[test]
fn the_amounts_are_those_of_the_second_source() {
    for (year, filing, figures) in SECOND_SOURCE {
        let found = federal_income_tax(year, filing).unwrap();
        assert_eq!(found.year, year);
        let starts = |brackets: &[FederalTaxBracket]| -> Vec<u32> {
            assert_eq!(brackets[0].above, 0);
            brackets[1..].iter().map(|bracket| bracket.above).collect()
        };
        assert_eq!(starts(&found.ordinary), figures[..6], "{year} {filing:?}");
        assert_eq!(found.deduction, figures[6], "{year} {filing:?}");
        assert_eq!(found.additional_deduction, figures[7], "{year} {filing:?}");
        assert_eq!(starts(&found.long_term_gains), figures[8..], "{year} {filing:?}");
    }
}

#[test]
fn every_known_year_answers_for_every_status_with_rising_rates_and_amounts() {
    for (year, filing) in KNOWN_YEARS.flat_map(|year| ALL.map(|filing| (year, filing))) {
        let found = federal_income_tax(year, filing).unwrap();
        assert_eq!((found.year, found.filing_status), (year, filing));
        assert_eq!((found.ordinary.len(), found.long_term_gains.len()), (7, 3));
        for brackets in [&found.ordinary, &found.long_term_gains] {
            assert!(brackets.is_sorted_by(|one, next| one.above < next.above && one.rate < next.rate));
        }
    }
}

/// 26 U.S.C. 1(j)(2)(B) and 63(c)(2)(A): a surviving spouse has the table and the deduction of a joint return; 86(c) and
/// 151(d)(5)(C) speak of joint returns alone.
#[test]
fn a_surviving_spouse_has_the_brackets_of_a_joint_return_and_the_thresholds_of_a_single_person() {
    for year in KNOWN_YEARS {
        let spouse = federal_income_tax(year, QualifyingSurvivingSpouse).unwrap();
        let joint = federal_income_tax(year, MarriedFilingJointly).unwrap();
        let single = federal_income_tax(year, Single).unwrap();
        assert_eq!((spouse.deduction, spouse.ordinary), (joint.deduction, joint.ordinary));
        assert_eq!(spouse.social_security, single.social_security);
        assert_eq!(spouse.senior_deduction, single.senior_deduction);
    }
}

#[test]
fn a_later_year_is_answered_with_the_last_one_and_says_so() {
    let last = federal_income_tax(2026, Single).unwrap();
    assert_eq!(federal_income_tax(2040, Single).unwrap(), last);
    assert_eq!(last.year, 2026);
}

#[test]
fn years_outside_the_range_are_refused() {
    for year in [0, 2023, 2201] {
        let error = federal_income_tax(year, Single).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::YearOutOfRange, "year"));
    }
}
