use super::*;

/// Totals as published by nationwide.com ("IRS contribution limits"), visionretirement.com and haasfinancialgroup.com
/// ("2026 Contribution Limits"). Annual additions: 70,000 and 77,500 for 2025, 72,000, 80,000 and 83,250 for 2026, as the
/// summaries of Notices 2024-80 and 2025-67 print them.
#[test]
fn totals_are_the_published_ones() {
    use ContributionAccount::*;
    for (account, year, age, total) in [
        (WorkplacePlan, 2025, 49, 23_500),
        (WorkplacePlan, 2025, 50, 31_000),
        (WorkplacePlan, 2025, 60, 34_750),
        (WorkplacePlan, 2026, 40, 24_500),
        (WorkplacePlan, 2026, 59, 32_500),
        (WorkplacePlan, 2026, 63, 35_750),
        (WorkplacePlan, 2026, 64, 32_500),
        (Plan457b, 2026, 40, 24_500),
        (AnnualAdditions, 2025, 40, 70_000),
        (AnnualAdditions, 2025, 50, 77_500),
        (AnnualAdditions, 2026, 40, 72_000),
        (AnnualAdditions, 2026, 50, 80_000),
        (AnnualAdditions, 2026, 60, 83_250),
        (IndividualRetirementAccount, 2025, 50, 8_000),
        (IndividualRetirementAccount, 2026, 49, 7_500),
        (IndividualRetirementAccount, 2026, 50, 8_600),
        (HealthSavingsSelfOnly, 2025, 54, 4_300),
        (HealthSavingsSelfOnly, 2026, 55, 5_400),
        (HealthSavingsFamily, 2025, 30, 8_550),
        (HealthSavingsFamily, 2026, 60, 9_750),
    ] {
        let found = contribution_limit(&ContributionLimitInput { account, year, age }).unwrap();
        assert_eq!(found.total, total, "{account:?} {year} {age}");
    }
}
