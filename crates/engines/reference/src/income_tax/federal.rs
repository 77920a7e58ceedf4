//! The amounts of the federal income tax of the United States that are adjusted every year, and those that are not.
//!
//! Sources: IRS Rev. Proc. 2023-34 (2024), Rev. Proc. 2024-40 (2025; its standard deduction was replaced by Public Law
//! 119-21, section 70102) and Rev. Proc. 2025-32 (2026), sections "Tax rate tables", "Maximum capital gains rate" and
//! "Standard deduction"; 26 U.S.C. 86(c), 151(d)(5)(C). As shipped by PyPI policyengine-us 2.68.0
//! (`parameters/gov/irs`) and PyPI taxcalc 6.8.0 (`policy_current_law.json`). Compared figure by figure over all years
//! and filing statuses: they differ in one, the additional deduction of a surviving spouse of 2024, where taxcalc has
//! the higher amount, which 26 U.S.C. 63(f)(3) gives only to those who are neither married nor surviving spouses.

use super::FilingStatus;

/// The rates of ordinary income in percent: 26 U.S.C. 1(j)(2).
pub(super) const ORDINARY_PERCENT: [u32; 7] = [10, 12, 22, 24, 32, 35, 37];

/// The rates of long-term gains in percent: 26 U.S.C. 1(h)(1) and 1(j)(5).
pub(super) const LONG_TERM_GAINS_PERCENT: [u32; 3] = [0, 15, 20];

/// The amounts of one year and one group of filing statuses, in dollars.
pub(super) struct Amounts {
    pub(super) deduction: u32,
    pub(super) additional_deduction: u32,
    /// Where the second and each later bracket of ordinary income starts.
    pub(super) ordinary: [u32; 6],
    /// Where the second and the third bracket of long-term gains start.
    pub(super) long_term_gains: [u32; 2],
}

/// The amounts of one year. A surviving spouse has those of a joint return.
pub(super) struct Year {
    pub(super) year: u32,
    pub(super) source: &'static str,
    single: Amounts,
    joint: Amounts,
    separate: Amounts,
    head_of_household: Amounts,
}

impl Year {
    pub(super) fn amounts(&self, filing: FilingStatus) -> &Amounts {
        match filing {
            FilingStatus::Single => &self.single,
            FilingStatus::MarriedFilingJointly | FilingStatus::QualifyingSurvivingSpouse => &self.joint,
            FilingStatus::MarriedFilingSeparately => &self.separate,
            FilingStatus::HeadOfHousehold => &self.head_of_household,
        }
    }
}

/// The years that are known, ascending.
pub(super) const YEARS: [Year; 3] = [
    Year {
        year: 2024,
        source: "IRS Rev. Proc. 2023-34",
        single: Amounts {
            deduction: 14_600,
            additional_deduction: 1_950,
            ordinary: [11_600, 47_150, 100_525, 191_950, 243_725, 609_350],
            long_term_gains: [47_025, 518_900],
        },
        joint: Amounts {
            deduction: 29_200,
            additional_deduction: 1_550,
            ordinary: [23_200, 94_300, 201_050, 383_900, 487_450, 731_200],
            long_term_gains: [94_050, 583_750],
        },
        separate: Amounts {
            deduction: 14_600,
            additional_deduction: 1_550,
            ordinary: [11_600, 47_150, 100_525, 191_950, 243_725, 365_600],
            long_term_gains: [47_025, 291_850],
        },
        head_of_household: Amounts {
            deduction: 21_900,
            additional_deduction: 1_950,
            ordinary: [16_550, 63_100, 100_500, 191_950, 243_700, 609_350],
            long_term_gains: [63_000, 551_350],
        },
    },
    Year {
        year: 2025,
        source: "IRS Rev. Proc. 2024-40; Public Law 119-21, section 70102",
        single: Amounts {
            deduction: 15_750,
            additional_deduction: 2_000,
            ordinary: [11_925, 48_475, 103_350, 197_300, 250_525, 626_350],
            long_term_gains: [48_350, 533_400],
        },
        joint: Amounts {
            deduction: 31_500,
            additional_deduction: 1_600,
            ordinary: [23_850, 96_950, 206_700, 394_600, 501_050, 751_600],
            long_term_gains: [96_700, 600_050],
        },
        separate: Amounts {
            deduction: 15_750,
            additional_deduction: 1_600,
            ordinary: [11_925, 48_475, 103_350, 197_300, 250_525, 375_800],
            long_term_gains: [48_350, 300_000],
        },
        head_of_household: Amounts {
            deduction: 23_625,
            additional_deduction: 2_000,
            ordinary: [17_000, 64_850, 103_350, 197_300, 250_500, 626_350],
            long_term_gains: [64_750, 566_700],
        },
    },
    Year {
        year: 2026,
        source: "IRS Rev. Proc. 2025-32",
        single: Amounts {
            deduction: 16_100,
            additional_deduction: 2_050,
            ordinary: [12_400, 50_400, 105_700, 201_775, 256_225, 640_600],
            long_term_gains: [49_450, 545_500],
        },
        joint: Amounts {
            deduction: 32_200,
            additional_deduction: 1_650,
            ordinary: [24_800, 100_800, 211_400, 403_550, 512_450, 768_700],
            long_term_gains: [98_900, 613_700],
        },
        separate: Amounts {
            deduction: 16_100,
            additional_deduction: 1_650,
            ordinary: [12_400, 50_400, 105_700, 201_775, 256_225, 384_350],
            long_term_gains: [49_450, 306_850],
        },
        head_of_household: Amounts {
            deduction: 24_150,
            additional_deduction: 2_050,
            ordinary: [17_700, 67_450, 105_700, 201_750, 256_200, 640_600],
            long_term_gains: [66_200, 579_600],
        },
    },
];

/// The years with the deduction for seniors, and its amount in dollars: 26 U.S.C. 151(d)(5)(C).
pub(super) const SENIOR_YEARS: std::ops::RangeInclusive<u32> = 2025..=2028;
pub(super) const SENIOR_AMOUNT: u32 = 6_000;
pub(super) const SENIOR_PHASE_OUT_PERCENT: u32 = 6;

/// The income above which the deduction for seniors falls; `None` for married people who file separately, who do not
/// have it.
pub(super) fn senior_phase_out(filing: FilingStatus) -> Option<u32> {
    match filing {
        FilingStatus::MarriedFilingJointly => Some(150_000),
        FilingStatus::MarriedFilingSeparately => None,
        FilingStatus::Single | FilingStatus::HeadOfHousehold | FilingStatus::QualifyingSurvivingSpouse => {
            Some(75_000)
        }
    }
}

/// The base amount and the adjusted base amount of 26 U.S.C. 86(c). Married people who file separately have none,
/// unless they live apart for the whole year.
pub(super) fn social_security_thresholds(filing: FilingStatus) -> (u32, u32) {
    match filing {
        FilingStatus::MarriedFilingJointly => (32_000, 44_000),
        FilingStatus::MarriedFilingSeparately => (0, 0),
        FilingStatus::Single | FilingStatus::HeadOfHousehold | FilingStatus::QualifyingSurvivingSpouse => {
            (25_000, 34_000)
        }
    }
}
