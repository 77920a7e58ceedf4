//! Whether the contributions of a person keep within the limits of the law of the United States, year by year.
//!
//! The document's contributions are compared with the limits; the plan holds those that state no limit of their own to them.

use super::{Context, accounts::Planned, people::Adult};
use std::collections::BTreeMap;
use wherewithal_base::money::Currency;
use wherewithal_household::AccountKind;
use wherewithal_math as math;
use wherewithal_reference::contribution_limit::{self, ContributionAccount};
use wherewithal_retirement::{
    ContributionAmount, RetirementContribution, RetirementContributionLimit, RetirementIncome,
    RetirementMoment,
};

/// What exceeds a limit by less than this share of it exceeds it by rounding alone.
const ROUNDING: f64 = 1e-9;

/// A contribution of the plan with its place in the document, and whether an employer pays it.
pub(super) struct Placed {
    pub(super) index: usize,
    pub(super) planned: usize,
    pub(super) is_employer: bool,
}

/// A limit, and the accounts that it is about.
struct Limit {
    account: ContributionAccount,
    accounts: &'static [AccountKind],
    counts_employers: bool,
    named: &'static str,
    law: &'static str,
}

const ELECTIVE_DEFERRALS: [AccountKind; 5] = [
    AccountKind::Traditional401k,
    AccountKind::Roth401k,
    AccountKind::Traditional403b,
    AccountKind::Roth403b,
    AccountKind::ThriftSavingsPlan,
];

const LIMITS: [Limit; 6] = [
    Limit {
        account: ContributionAccount::WorkplacePlan,
        accounts: &ELECTIVE_DEFERRALS,
        counts_employers: false,
        named: "workplace plans",
        law: "26 U.S.C. 402(g), 414(v)",
    },
    Limit {
        account: ContributionAccount::Plan457b,
        accounts: &[AccountKind::Plan457b],
        counts_employers: false,
        named: "457(b) plans",
        law: "26 U.S.C. 457(e)(15), 414(v)",
    },
    Limit {
        account: ContributionAccount::AnnualAdditions,
        accounts: &ELECTIVE_DEFERRALS,
        counts_employers: true,
        named: "workplace plans, with those of employers,",
        law: "26 U.S.C. 415(c), 414(v)",
    },
    Limit {
        account: ContributionAccount::IndividualRetirementAccount,
        accounts: &[AccountKind::TraditionalIra, AccountKind::RothIra],
        counts_employers: false,
        named: "individual retirement accounts",
        law: "26 U.S.C. 219(b)(5), 408A(c)(2)",
    },
    Limit {
        account: ContributionAccount::HealthSavingsSelfOnly,
        accounts: &[AccountKind::Hsa],
        counts_employers: true,
        named: "health savings accounts, with those of employers,",
        law: "26 U.S.C. 223(b)",
    },
    Limit {
        account: ContributionAccount::HealthSavingsFamily,
        accounts: &[AccountKind::Hsa],
        counts_employers: true,
        named: "health savings accounts, with those of employers,",
        law: "26 U.S.C. 223(b)",
    },
];

/// What is contributed in a year, in today's money.
#[derive(Clone, Copy)]
struct Contributed {
    /// As the document states it.
    stated: f64,
    /// As the plan pays it.
    paid: f64,
    /// The place of the contribution that exceeds the limit, or of the last.
    index: usize,
    /// Whether an employer matches what the limit reduces.
    reduces_match: bool,
}

impl Context<'_> {
    /// The limit of the law of the United States for the household's part of contributions to a kind of account.
    pub(super) fn limit_of_kind(&self, kind: AccountKind) -> Option<ContributionAccount> {
        if !self.is_american || self.household.currency != Currency::USD {
            return None;
        }
        let applies = |limit: &&Limit| {
            limit.accounts.contains(&kind)
                && limit.account != ContributionAccount::AnnualAdditions
                && self.has_coverage(limit.account)
        };
        LIMITS.iter().find(applies).map(|limit| limit.account)
    }

    /// Whether a limit is that of the household: with more than one person, the coverage of health insurance is a family's.
    fn has_coverage(&self, account: ContributionAccount) -> bool {
        match account {
            ContributionAccount::HealthSavingsSelfOnly => self.household.people.len() <= 1,
            ContributionAccount::HealthSavingsFamily => self.household.people.len() > 1,
            _ => true,
        }
    }

    /// Says where the contributions of a person exceed a limit, in the first year in which they do.
    pub(super) fn note_limits(
        &mut self,
        accounts: &[Planned<'_>],
        incomes: &[RetirementIncome],
        contributions: &[RetirementContribution],
        placed: &[Placed],
    ) {
        if !self.is_american || self.household.currency != Currency::USD {
            return;
        }
        let adults = self.adults.list.clone();
        let accounts: BTreeMap<&str, &Planned<'_>> =
            accounts.iter().map(|account| (account.plan.name.as_str(), account)).collect();
        let incomes: BTreeMap<&str, &RetirementIncome> =
            incomes.iter().map(|income| (income.name.as_str(), income)).collect();
        let mut exceeded = Vec::new();
        for limit in LIMITS.iter().filter(|limit| self.has_coverage(limit.account)) {
            for (place, adult) in adults.iter().enumerate() {
                let counts = |one: &&Placed| {
                    (limit.counts_employers || !one.is_employer)
                        && self.is_to(one, limit.accounts, &accounts, contributions, place)
                };
                let own: Vec<&Placed> = placed.iter().filter(counts).collect();
                let found = (self.timeline.first_year..=self.adults.last_year)
                    .find_map(|year| self.exceeding(limit, adult, &own, &incomes, contributions, year));
                exceeded.extend(found.map(|(year, most, sum)| (limit, adult, year, most, sum)));
            }
        }
        for (limit, adult, year, most, sum) in exceeded {
            self.note(limit, adult, year, most, sum);
        }
    }

    /// Whether a contribution is to an account of a kind whose owner is an adult; what nobody owns is the first adult's.
    fn is_to(
        &self,
        placed: &Placed,
        kinds: &[AccountKind],
        accounts: &BTreeMap<&str, &Planned<'_>>,
        contributions: &[RetirementContribution],
        adult: usize,
    ) -> bool {
        let Some(contribution) = contributions.get(placed.planned) else { return false };
        let Some(account) = accounts.get(contribution.account.as_str()) else { return false };
        let owner = self.adults.place(account.account.owner.as_deref()).unwrap_or(0);
        owner == adult && kinds.contains(&account.account.kind)
    }

    /// The limit of a year and what is contributed in it, if that is more.
    fn exceeding(
        &self,
        limit: &Limit,
        adult: &Adult<'_>,
        own: &[&Placed],
        incomes: &BTreeMap<&str, &RetirementIncome>,
        contributions: &[RetirementContribution],
        year: i32,
    ) -> Option<(i32, f64, Contributed)> {
        let age = (year - adult.person.birth_date.year()).cast_unsigned();
        let most = f64::from(self.most(limit.account, age)?);
        // Deferrals are held to a limit of their own before they count as annual additions.
        let (is_of_additions, held_to) = match limit.account {
            ContributionAccount::AnnualAdditions => {
                (true, f64::from(self.most(ContributionAccount::WorkplacePlan, age)?))
            }
            _ => (false, most),
        };
        let mut sum = Contributed { stated: 0.0, paid: 0.0, index: own.first()?.index, reduces_match: false };
        let mut left = held_to;
        for placed in own {
            let contribution = contributions.get(placed.planned)?;
            let stated = self.amount_of(contribution, adult, year);
            let (own_part, paid) = match contribution.limit {
                Some(RetirementContributionLimit::Amount { annual_amount }) => {
                    (stated.min(annual_amount), stated.min(annual_amount))
                }
                Some(RetirementContributionLimit::UnitedStates { .. }) => {
                    let paid = stated.min(left.max(0.0));
                    sum.reduces_match |= paid < stated && contribution.employer_match.is_some();
                    (if is_of_additions { paid } else { stated }, paid)
                }
                None => (stated, stated),
            };
            if !(is_of_additions && placed.is_employer) {
                left -= paid;
            }
            let matched = match &contribution.employer_match {
                Some(employer) if limit.counts_employers => {
                    let income = incomes.get(employer.income.as_str());
                    let base = income.map_or(0.0, |income| self.income_of(income, adult, year));
                    employer.rate * paid.min(employer.up_to_share * base)
                }
                _ => 0.0,
            };
            let before = sum.stated;
            sum.stated += own_part + matched;
            sum.paid += paid + matched;
            if before <= most && sum.stated > before {
                sum.index = placed.index;
            }
        }
        (sum.stated > most * (1.0 + ROUNDING)).then_some((year, most, sum))
    }

    /// The limit of the law at an age, by the year in which the plan starts or the nearest that is known.
    pub(super) fn most(&self, account: ContributionAccount, age: u32) -> Option<u32> {
        let known = contribution_limit::KNOWN_YEARS;
        let year = self.timeline.first_year.cast_unsigned().clamp(*known.start(), *known.end());
        let found = contribution_limit::limit(account, year, age)?;
        Some(found.base + found.catch_up)
    }

    /// A contribution of a year, in today's money.
    fn amount_of(&self, contribution: &RetirementContribution, adult: &Adult<'_>, year: i32) -> f64 {
        let ContributionAmount::Fixed { annual_amount, inflation_linked, annual_growth } =
            contribution.amount
        else {
            return 0.0;
        };
        let span = (contribution.start.as_ref(), contribution.until.as_ref());
        self.real_amount((annual_amount, inflation_linked, annual_growth), span, adult, year)
    }

    fn income_of(&self, income: &RetirementIncome, adult: &Adult<'_>, year: i32) -> f64 {
        let amount = (income.annual_amount, income.inflation_linked, income.annual_growth);
        self.real_amount(amount, (income.start.as_ref(), income.until.as_ref()), adult, year)
    }

    /// An amount of a year in today's money: zero outside its years. Inflation is that of the assumptions.
    fn real_amount(
        &self,
        (annual_amount, inflation_linked, annual_growth): (f64, bool, f64),
        (start, until): (Option<&RetirementMoment>, Option<&RetirementMoment>),
        adult: &Adult<'_>,
        year: i32,
    ) -> f64 {
        let calendar_year = |moment: Option<&RetirementMoment>| match moment {
            Some(RetirementMoment::Year { year }) => Some(year.cast_signed()),
            _ => None,
        };
        let first = calendar_year(start).unwrap_or(self.timeline.first_year);
        let end = calendar_year(until).unwrap_or_else(|| adult.retires_in());
        if year < first || year >= end {
            return 0.0;
        }
        let grown = annual_amount * math::pow(1.0 + annual_growth, f64::from(year - first));
        if inflation_linked {
            return grown;
        }
        grown * math::pow(1.0 + self.assumptions.inflation, f64::from(self.timeline.first_year - year))
    }

    fn note(&mut self, limit: &Limit, adult: &Adult<'_>, year: i32, most: f64, contributed: Contributed) {
        let Contributed { stated, paid, index, reduces_match } = contributed;
        let kept = if paid <= most * (1.0 + ROUNDING) {
            let matches = if reduces_match { ", and employers match what is contributed" } else { "" };
            format!("the plan contributes no more than the limit, in the order of the list{matches}")
        } else {
            format!("the plan contributes {paid:.2} all the same, because the document says so")
        };
        self.assumed.figure(
            format!("contributions[{index}].amount"),
            format!(
                "the contributions of {} to {} come to {stated:.2} in {year}, more than the limit of the law ({}); {kept}",
                adult.name, limit.named, limit.law
            ),
            (most, "household currency, in the money of the start"),
            "amounts within the limit",
        );
    }
}
