use proptest::prelude::*;

use super::{
    benefit::{Claim, Credits},
    real::Deceased,
    *,
};
use wherewithal_base::dates::date;

fn person(birth: (i32, u32, u32), amount: &str, claiming: (u32, u32)) -> SocialSecurityPerson {
    SocialSecurityPerson {
        birth_date: date(birth.0, birth.1, birth.2).unwrap(),
        primary_insurance_amount: amount.parse().unwrap(),
        claiming_age: ClaimingAge { years: claiming.0, months: claiming.1 },
        death_age: None,
        survivor_claiming_age: None,
    }
}

fn asked(people: Vec<SocialSecurityPerson>) -> Vec<SocialSecurityBenefits> {
    benefit(&SocialSecurityInput { people }).unwrap().people
}

fn own(birth: (i32, u32, u32), amount: &str, claiming: (u32, u32)) -> String {
    paid(&asked(vec![person(birth, amount, claiming)])[0])
}

/// The own benefit with all credits.
fn paid(benefits: &SocialSecurityBenefits) -> String {
    let own = benefits.own.as_ref().unwrap();
    own.with_all_credits.as_ref().map_or(own.monthly_benefit, |later| later.monthly_benefit).to_string()
}

fn at(years: u32, months: u32) -> Option<ClaimingAge> {
    Some(ClaimingAge { years, months })
}

/// 20 CFR 404.409: the last and the first day of each row, for retirement and for survivor's benefits.
#[test]
fn full_retirement_ages_are_those_of_the_regulation() {
    let ages = |birth| {
        let benefits = &asked(vec![person(birth, "1000", (67, 0))])[0];
        let months = |age: AgeInMonths| age.years * 12 + age.months - 65 * 12;
        (months(benefits.full_retirement_age), months(benefits.survivor_full_retirement_age))
    };
    for (birth, retirement, survivor) in [
        ((1938, 1, 2), 2, 0),
        ((1939, 1, 1), 2, 0),
        ((1939, 1, 2), 4, 0),
        ((1940, 1, 2), 6, 2),
        ((1941, 1, 2), 8, 4),
        ((1942, 1, 2), 10, 6),
        ((1943, 1, 1), 10, 6),
        ((1943, 1, 2), 12, 8),
        ((1944, 1, 2), 12, 10),
        ((1945, 1, 2), 12, 12),
        ((1955, 1, 1), 12, 12),
        ((1955, 1, 2), 14, 12),
        ((1956, 1, 2), 16, 12),
        ((1957, 1, 1), 16, 12),
        ((1957, 1, 2), 18, 14),
        ((1958, 1, 2), 20, 16),
        ((1959, 1, 2), 22, 18),
        ((1960, 1, 2), 24, 20),
        ((1961, 1, 2), 24, 22),
        ((1962, 1, 1), 24, 22),
        ((1962, 1, 2), 24, 24),
        ((2000, 1, 2), 24, 24),
    ] {
        assert_eq!(ages(birth), (retirement, survivor), "{birth:?}");
    }
}

/// The example of 20 CFR 404.410(a): 980.50 at 44 months before 65 years and 8 months is reduced by 228.78, rounded up to
/// 228.80, to 751.70.
#[test]
fn the_example_of_the_regulation_comes_out() {
    assert_eq!(own((1941, 6, 15), "980.50", (62, 0)), "751.70");
}

/// The example of the Program Operations Manual RS 00615.692: 30 credits at 7/12 of 1 % make 1,175.00 of 1,000.00, and not
/// the 1,174.90 of the decimal equivalent.
#[test]
fn credits_are_multiplied_before_they_are_divided() {
    assert_eq!(own((1940, 6, 15), "1000", (68, 0)), "1175.00");
}

/// "Primary and spousal benefits at age 62", Office of the Chief Actuary (quickcalc/earlyretire), of a primary insurance
/// amount of 1,000.
#[test]
fn benefits_at_62_are_those_of_the_chief_actuary() {
    for (year, primary, spousal) in [
        (1938, "791", "370"),
        (1939, "783", "366"),
        (1940, "775", "362"),
        (1941, "766", "358"),
        (1942, "758", "354"),
        (1943, "750", "350"),
        (1954, "750", "350"),
        (1955, "741", "345"),
        (1956, "733", "341"),
        (1957, "725", "337"),
    ] {
        let couple = asked(vec![person((year, 6, 15), "1000", (62, 0)), person((year, 6, 15), "0", (62, 0))]);
        assert_eq!(couple[0].own.as_ref().unwrap().monthly_payment.to_string(), primary, "{year}");
        let excess = &couple[1].spousal.as_ref().unwrap().excess;
        assert_eq!(excess.monthly_payment.to_string(), spousal, "{year}");
    }
}

/// Jennings and Reichenstein, Journal of Wealth Management, Winter 2001: benefits at 62 and 70 as a share of that at full
/// retirement age.
#[test]
fn factors_at_62_and_70_are_the_published_ones() {
    for (year, early, late) in [
        (1938, 79.0 + 1.0 / 6.0, 131.0 + 5.0 / 12.0),
        (1939, 78.0 + 1.0 / 3.0, 132.0 + 2.0 / 3.0),
        (1940, 77.5, 131.5),
        (1941, 76.0 + 2.0 / 3.0, 132.5),
        (1942, 75.0 + 5.0 / 6.0, 131.25),
        (1943, 75.0, 132.0),
        (1955, 74.0 + 1.0 / 6.0, 130.0 + 2.0 / 3.0),
        (1956, 73.0 + 1.0 / 3.0, 129.0 + 1.0 / 3.0),
        (1957, 72.5, 128.0),
        (1958, 71.0 + 2.0 / 3.0, 126.0 + 2.0 / 3.0),
        (1959, 70.0 + 5.0 / 6.0, 125.0 + 1.0 / 3.0),
        (1960, 70.0, 124.0),
    ] {
        assert!((real::worker_factor(year, 62 * 12) * 100.0 - early).abs() < 1e-10, "{year}");
        assert!((real::worker_factor(year, 70 * 12) * 100.0 - late).abs() < 1e-10, "{year}");
    }
}

/// Social Security Handbook section 724: 28.5 % at 60, spread over 72 months where full retirement age is 66.
#[test]
fn survivors_lose_at_most_28_5_percent() {
    let worker = || person((1950, 6, 15), "1000", (66, 0));
    let survivor = |claiming: (u32, u32)| {
        let mut survivor = person((1950, 6, 15), "0", (66, 0));
        survivor.survivor_claiming_age = Some(ClaimingAge { years: claiming.0, months: claiming.1 });
        asked(vec![worker(), survivor])[1].survivor.clone().unwrap().benefit.monthly_benefit.to_string()
    };
    assert_eq!(survivor((60, 0)), "715.00");
    // 36 of 72 months: 14.25 %.
    assert_eq!(survivor((63, 0)), "857.50");
    assert_eq!(survivor((66, 0)), "1000.00");
    assert_eq!(survivor((80, 0)), "1000.00");
}

/// 20 CFR 404.338: who claimed at 62 (70 %) leaves 82.5 % of the primary insurance amount at most, who claimed a year
/// early (93 1/3 %) the benefit, who waited the credits.
#[test]
fn the_survivor_keeps_what_the_law_leaves() {
    let left = |claiming: (u32, u32)| {
        let couple =
            asked(vec![person((1962, 6, 15), "2000", claiming), person((1962, 6, 15), "600", (67, 0))]);
        let survivor = couple[1].survivor.clone().unwrap();
        (survivor.benefit.monthly_benefit.to_string(), survivor.total_monthly_benefit.to_string())
    };
    assert_eq!(left((62, 0)).0, "1650.00");
    assert_eq!(left((66, 0)).0, "1866.60");
    assert_eq!(left((67, 0)).0, "2000.00");
    assert_eq!(left((70, 0)).0, "2480.00");
    assert_eq!(left((70, 0)).1, "2480.00");
}

#[test]
fn a_death_before_the_claim_leaves_the_full_amount_and_the_credits_so_far() {
    let left = |death: (u32, u32)| {
        let mut worker = person((1962, 6, 15), "2000", (70, 0));
        worker.death_age = Some(ClaimingAge { years: death.0, months: death.1 });
        let couple = asked(vec![worker, person((1962, 6, 15), "0", (67, 0))]);
        couple[1].survivor.clone().unwrap().benefit.monthly_benefit.to_string()
    };
    assert_eq!(left((60, 0)), "2000.00");
    // 18 months of credit: 12 %.
    assert_eq!(left((68, 6)), "2240.00");
    assert_eq!(left((75, 0)), "2480.00");
}

/// 20 CFR 404.313: credits of the year of the claim count from January on, or from the month of the 70th birthday.
#[test]
fn credits_of_the_year_of_the_claim_count_later() {
    let own = |birth, claiming| {
        let own = asked(vec![person(birth, "1000", claiming)])[0].own.clone().unwrap();
        let later = own
            .with_all_credits
            .map(|later| (later.effective_date.to_string(), later.monthly_benefit.to_string()));
        (own.effective_date.to_string(), own.monthly_benefit.to_string(), later)
    };
    let later = |date: &str, benefit: &str| Some((date.to_owned(), benefit.to_owned()));
    for (birth, claiming, from, first, all) in [
        ((1960, 7, 10), (68, 0), "2028-07-01", "1040.00", later("2029-01-01", "1080.00")),
        ((1960, 7, 10), (67, 0), "2027-07-01", "1000.00", None),
        ((1960, 7, 10), (67, 3), "2027-10-01", "1000.00", later("2028-01-01", "1020.00")),
        ((1960, 7, 10), (67, 6), "2028-01-01", "1040.00", None),
        ((1960, 7, 10), (69, 11), "2030-06-01", "1200.00", later("2030-07-01", "1233.30")),
        ((1960, 7, 10), (70, 0), "2030-07-01", "1240.00", None),
        // The first of January counts as December: 70 is reached in the year before.
        ((1961, 1, 1), (69, 11), "2030-11-01", "1166.60", later("2030-12-01", "1233.30")),
        ((1960, 7, 10), (62, 0), "2022-07-01", "700.00", None),
    ] {
        assert_eq!(own(birth, claiming), (from.to_owned(), first.to_owned(), all), "{birth:?} {claiming:?}");
    }
}

/// Entitlement ends with the month before that of death: 20 CFR 404.311(b), 404.332(b), 404.337(b).
#[test]
fn the_dead_are_paid_nothing() {
    let couple = |death: Option<ClaimingAge>, of_partner: Option<ClaimingAge>| {
        let mut one = person((1960, 7, 10), "400", (68, 0));
        one.death_age = death;
        let mut partner = person((1960, 7, 10), "3000", (68, 0));
        partner.death_age = of_partner;
        let benefits = asked(vec![one, partner]).swap_remove(0);
        let raised = benefits.own.as_ref().map(|own| own.with_all_credits.is_some());
        let spousal = benefits.spousal.as_ref().map(|spousal| spousal.with_all_credits.is_some());
        (raised, spousal, benefits.survivor.is_some())
    };
    assert_eq!(couple(None, None), (Some(true), Some(true), true));
    // Before the claim, in its month, in the month after, and in the January in which the credits would count.
    assert_eq!(couple(at(67, 11), None), (None, None, true));
    assert_eq!(couple(at(68, 0), None), (None, None, true));
    assert_eq!(couple(at(68, 1), None), (Some(false), Some(false), true));
    assert_eq!(couple(at(68, 6), None), (Some(false), Some(false), true));
    assert_eq!(couple(at(68, 7), None), (Some(true), Some(true), true));
    // The partner's death ends the spouse's benefit alone.
    assert_eq!(couple(None, at(68, 0)), (Some(true), None, true));
    assert_eq!(couple(None, at(68, 6)), (Some(true), Some(false), true));
    // Whoever dies first, or in the same month, is no survivor; nor is who dies before the survivor's benefit starts.
    assert_eq!(couple(at(75, 0), at(80, 0)), (Some(true), Some(true), false));
    assert_eq!(couple(at(80, 0), at(80, 0)), (Some(true), Some(true), false));
    assert_eq!(couple(at(80, 1), at(80, 0)), (Some(true), Some(true), true));
    assert_eq!(couple(at(66, 8), at(50, 0)), (None, None, false));
}

/// Without an own benefit before death, the survivor's is all there is.
#[test]
fn a_survivor_who_dies_before_the_own_claim_has_the_survivors_benefit_alone() {
    let mut one = person((1962, 6, 15), "2000", (70, 0));
    one.death_age = at(69, 0);
    one.survivor_claiming_age = at(60, 0);
    let mut partner = person((1962, 6, 15), "1000", (62, 0));
    partner.death_age = at(55, 0);
    let benefits = &asked(vec![one, partner])[0];
    assert_eq!(benefits.own, None);
    assert_eq!(benefits.survivor.as_ref().unwrap().total_monthly_benefit.to_string(), "715.00");
}

/// The older claims at 67; the younger, who claimed at 62, draws on that record from 64 and 2 months on only: 34 months
/// early at 25/36 % of the excess of 400.
#[test]
fn the_spouse_draws_once_both_have_claimed() {
    let couple = asked(vec![person((1960, 3, 10), "2000", (67, 0)), person((1963, 1, 20), "600", (62, 0))]);
    assert_eq!(paid(&couple[1]), "420.00");
    let spousal = couple[1].spousal.as_ref().unwrap();
    assert_eq!(spousal.starting_age, AgeInMonths { years: 64, months: 2 });
    assert_eq!(spousal.excess.monthly_benefit.to_string(), "305.50");
    assert_eq!(spousal.total_monthly_benefit.to_string(), "725.50");
    assert!(couple[0].spousal.as_ref().unwrap().excess.monthly_benefit.is_zero());
}

/// Half of 2,600 less 1,000 would be 300; the credits of 240 on the own benefit leave 60 (the example that
/// maximizemysocialsecurity.com gives for RS 00615.694 of the Program Operations Manual).
#[test]
fn credits_of_ones_own_are_set_off_against_the_spouses_benefit() {
    let couple = asked(vec![person((1950, 6, 15), "1000", (69, 0)), person((1950, 6, 15), "2600", (70, 0))]);
    assert_eq!(paid(&couple[0]), "1240.00");
    let spousal = couple[0].spousal.as_ref().unwrap();
    // The partner claims in June 2020, when all credits count.
    assert_eq!(spousal.excess.monthly_benefit.to_string(), "60.00");
    assert_eq!(spousal.total_monthly_benefit.to_string(), "1300.00");
    assert_eq!(spousal.with_all_credits, None);

    // If the partner claims before the credits of 2019 count, the excess makes up for them until January.
    let couple = asked(vec![person((1950, 6, 15), "1000", (69, 0)), person((1950, 6, 15), "2600", (69, 3))]);
    let spousal = couple[0].spousal.as_ref().unwrap();
    assert_eq!(couple[0].own.as_ref().unwrap().monthly_benefit.to_string(), "1206.60");
    assert_eq!(spousal.excess.monthly_benefit.to_string(), "93.40");
    assert_eq!(spousal.total_monthly_benefit.to_string(), "1300.00");
    let later = spousal.with_all_credits.as_ref().unwrap();
    assert_eq!(later.effective_date.to_string(), "2020-01-01");
    assert_eq!(later.excess.monthly_benefit.to_string(), "60.00");
    assert_eq!(later.total_monthly_benefit.to_string(), "1300.00");
}

fn any_claim() -> impl Strategy<Value = Claim> {
    (1938..2000_u32, 1..=12_u32, 0..60_000_i64, 744..=840_u32, proptest::option::of(700..1200_u32)).prop_map(
        |(birth_year, month, primary_insurance_amount, claiming_age, death_age)| Claim {
            birth_year,
            birth_month: birth_year * 12 + month,
            primary_insurance_amount,
            claiming_age,
            death_age,
        },
    )
}

proptest! {
    #[test]
    fn waiting_never_lowers_the_own_benefit(claim in any_claim()) {
        prop_assume!(claim.claiming_age < 840);
        let later = Claim { claiming_age: claim.claiming_age + 1, ..claim };
        prop_assert!(later.own(Credits::All) >= claim.own(Credits::All));
        prop_assert!(later.left_to_survivor() >= claim.left_to_survivor());
    }

    #[test]
    fn credits_count_by_january_or_at_70_and_never_lower_the_benefit(claim in any_claim()) {
        let (first, all) = (claim.own(Credits::AtClaim), claim.own(Credits::All));
        prop_assert!(first <= all);
        match claim.all_credits_month() {
            None => prop_assert_eq!(first, all),
            Some(month) => {
                prop_assert!(month > claim.claiming_month() && month <= claim.claiming_month() + 12);
                prop_assert!(month % 12 == 1 || month == claim.birth_month + age::LATEST);
            }
        }
    }

    #[test]
    fn waiting_never_lowers_the_survivors_benefit(
        survivor in any_claim(), deceased in any_claim(), age in 720..1000_u32
    ) {
        prop_assert!(survivor.survivor(&deceased, age + 1) >= survivor.survivor(&deceased, age));
        prop_assert!(survivor.survivor(&deceased, age) <= deceased.left_to_survivor());
    }

    #[test]
    fn the_benefits_in_real_money_are_those_before_rounding(
        survivor in any_claim(), deceased in any_claim(), age in 720..1000_u32
    ) {
        // In the month of the claim, a plan that counts whole years takes the death to come after the claim.
        prop_assume!(deceased.death_age != Some(deceased.claiming_age));
        let amount = deceased.primary_insurance_amount as f64;
        let worker = amount * real::worker_factor(deceased.birth_year, deceased.claiming_age);
        prop_assert!((worker - deceased.own(Credits::All) as f64).abs() < 1.000_001);

        let start = survivor.spousal_starting_age(&deceased);
        let spousal = real::spousal_benefit(
            survivor.birth_year,
            start,
            survivor.primary_insurance_amount as f64,
            survivor.own(Credits::All) as f64,
            amount,
        );
        prop_assert!((spousal - survivor.spousal(&deceased, Credits::All) as f64).abs() < 1.500_001);

        let death_age = deceased.death_age.unwrap_or(1200);
        let gone = Deceased {
            birth_year: deceased.birth_year,
            primary_insurance_amount: amount,
            claiming_age: deceased.claiming_age,
            death_age,
        };
        let left = real::survivor_benefit(&gone, survivor.birth_year, age);
        prop_assert!((left - survivor.survivor(&deceased, age) as f64).abs() < 2.000_001);
    }
}
