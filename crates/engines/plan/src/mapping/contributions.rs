//! Contributions.

use super::super::timeline::{Piece, annual, year};
use super::{
    Context,
    accounts::Planned,
    incomes::{Paid, name_of, paid},
    limits::Placed,
    people::is_wage,
};
use wherewithal_base::{
    Result,
    error::At as _,
    num::{Decimal, gate},
};
use wherewithal_household::{CashFlowFrequency, Contribution, ContributionSource};
use wherewithal_retirement::{
    ContributionAmount, ContributionFunds, EmployerMatch, RetirementContribution,
    RetirementContributionLimit, RetirementIncome, RetirementIncomeKind, RetirementMoment,
    RetirementTaxTreatment,
};

/// A contribution of an employer that matches one of the household; both by their places.
struct Match<'a> {
    of: usize,
    by: usize,
    terms: MatchTerms<'a>,
}

/// What an employer adds to a contribution, by an income of the document.
#[derive(Debug, Clone, Copy)]
struct MatchTerms<'a> {
    income: &'a str,
    rate: f64,
    up_to_share: f64,
}

/// A part of a contribution with one match, or with none.
struct Part {
    piece: Piece,
    employer: Option<EmployerMatch>,
}

/// Whether two contributions go to one account at the same times and with the same growth.
fn is_in_step(one: &Contribution, other: &Contribution) -> bool {
    one.account == other.account
        && one.frequency == other.frequency
        && (one.start, one.end) == (other.start, other.end)
        && one.annual_growth == other.annual_growth
}

impl<'a> Context<'a> {
    /// The contributions. What an employer pays in step with a contribution of the household is a match of it. Anything
    /// else that an employer pays is an income that is contributed: it is taxed where contributions are deducted, so that it
    /// makes no taxable income.
    pub(super) fn contributions(
        &mut self,
        accounts: &[Planned<'a>],
        incomes: &mut Vec<RetirementIncome>,
    ) -> Result<Vec<RetirementContribution>> {
        let (mut planned, mut placed) = (Vec::new(), Vec::new());
        let matched = self.matches();
        for (index, contribution) in self.household.contributions.iter().enumerate() {
            if matched.iter().any(|pair| pair.by == index) {
                continue;
            }
            let employer = matched.iter().find(|pair| pair.of == index).map(|pair| pair.terms);
            let Some(account) = accounts.iter().find(|one| one.account.id == contribution.account) else {
                continue;
            };
            let before = planned.len();
            self.contribution(index, contribution, account, employer, incomes, &mut planned)
                .at_index("contributions", index)?;
            let is_employer = contribution.source == ContributionSource::Employer;
            placed.extend((before..planned.len()).map(|planned| Placed { index, planned, is_employer }));
        }
        self.note_limits(accounts, incomes, &planned, &placed);
        self.placed = placed;
        Ok(planned)
    }

    /// The contributions of employers that keep step with one of the household: to the same account, at the same times and
    /// with the same growth, while the owner of the account earns a wage.
    fn matches(&self) -> Vec<Match<'a>> {
        let all = &self.household.contributions;
        let mut matches: Vec<Match<'a>> = Vec::new();
        for (by, employer) in all.iter().enumerate() {
            if employer.source != ContributionSource::Employer {
                continue;
            }
            let of = all.iter().enumerate().position(|(index, own)| {
                own.source == ContributionSource::Household
                    && own.employer_match.is_none()
                    && !own.amount.is_zero()
                    && is_in_step(own, employer)
                    && !matches.iter().any(|earlier| earlier.of == index)
            });
            let Some((of, own)) = of.and_then(|of| Some((of, all.get(of)?))) else { continue };
            let (Some(income), Some(rate)) =
                (self.wage_of_owner(&own.account), self.matched_share(own, employer))
            else {
                continue;
            };
            if rate <= Decimal::from(10_u32) {
                let terms = MatchTerms { income, rate: gate::to_f64(rate), up_to_share: 1.0 };
                matches.push(Match { of, by, terms });
            }
        }
        matches
    }

    /// What an employer pays as a share of what the household contributes at first. A contribution above its limit is no more
    /// than the limit, and the employer pays the amount of the document all the same.
    fn matched_share(&self, own: &Contribution, employer: &Contribution) -> Option<Decimal> {
        let account = self.household.accounts.iter().find(|one| one.id == own.account)?;
        let yearly = |contribution: &Contribution| {
            self.in_base(annual(contribution.amount, contribution.frequency).ok()?, account.currency).ok()
        };
        let limit = match own.annual_limit {
            Some(limit) => self.in_base(limit, account.currency).ok(),
            None => self.adults.by_id(account.owner.as_deref()).and_then(|owner| {
                let age = self.timeline.first_year - owner.person.birth_date.year();
                self.most(self.limit_of_kind(account.kind)?, age.cast_unsigned()).map(Decimal::from)
            }),
        };
        match limit {
            Some(limit) if !limit.is_zero() && limit < yearly(own)? => {
                yearly(employer)?.divided_by(limit).ok()
            }
            _ => employer.amount.divided_by(own.amount).ok(),
        }
    }

    /// The id of a wage of the owner of an account: the first that has begun and lasts until retirement.
    fn wage_of_owner(&self, account: &str) -> Option<&'a str> {
        let account = self.household.accounts.iter().find(|one| one.id == account)?;
        let owner = self.adults.by_id(account.owner.as_deref())?;
        let wage = self.household.income.iter().find(|income| {
            is_wage(income)
                && !income.amount.is_zero()
                && income.start.is_none_or(|start| start <= self.timeline.as_of)
                && income.end.is_none()
                && income.person.as_deref() == Some(owner.person.id.as_str())
        })?;
        Some(wage.id.as_str())
    }

    fn contribution(
        &mut self,
        index: usize,
        contribution: &'a Contribution,
        account: &Planned<'a>,
        employer: Option<MatchTerms<'a>>,
        incomes: &mut Vec<RetirementIncome>,
        planned: &mut Vec<RetirementContribution>,
    ) -> Result<()> {
        let field = format!("contributions[{index}]");
        let amount =
            self.in_base(annual(contribution.amount, contribution.frequency)?, account.account.currency)?;
        if amount.is_zero() {
            return Ok(());
        }
        let owner = self.adults.by_id(account.account.owner.as_deref()).cloned();
        let end = contribution.end.or_else(|| owner.as_ref().and_then(|owner| owner.last_work_day));
        let is_once = contribution.frequency == CashFlowFrequency::Once;
        let pieces = match contribution.frequency {
            CashFlowFrequency::Once => {
                let day = contribution.start.and_then(|day| self.timeline.once(day));
                day.map(|year| self.timeline.at_once(year)).into_iter().collect()
            }
            // Without an end of its own it ends with the work of the owner, where that has one.
            _ => self.timeline.pieces(contribution.start, end),
        };
        match contribution.start.filter(|_| is_once) {
            Some(day) => self.note_once(&field, &contribution.name, day),
            None => self.note_periods(&field, &contribution.name, contribution.start, end, &pieces),
        }
        let base = pieces.first().map_or(self.timeline.first_year, |piece| piece.from);
        let terms = employer.or_else(|| employer_match(contribution));
        for Part { piece, employer } in self.parts(&pieces, terms) {
            let mut piece = piece;
            let until_retirement = piece.until.is_none() && owner.is_some();
            if let Some(owner) = owner.as_ref().filter(|_| end.is_none() && !is_once) {
                let retires_in = owner.retires_in();
                if piece.from >= retires_in {
                    continue;
                }
                // The years of an income that is matched may be more than those of the contribution.
                piece.until = piece.until.map(|until| until.min(retires_in));
            }
            let piece = &piece;
            let Paid { annual_amount, inflation_linked, annual_growth } =
                paid(amount, contribution.annual_growth, base, piece)?;
            // Without an owner who retires, it has no end.
            let until = match (piece.until, until_retirement) {
                (Some(until), _) => Some(year(until)),
                (None, true) => None,
                (None, false) => Some(year(i32::MAX)),
            };
            let start = piece.start(&self.timeline);
            let mut one = RetirementContribution {
                account: account.plan.name.clone(),
                amount: ContributionAmount::Fixed { annual_amount, inflation_linked, annual_growth },
                limit: None,
                employer_match: None,
                paid_from: match contribution.source {
                    ContributionSource::Household => ContributionFunds::Income,
                    // Its income is in the plan, so that nothing of the household's is left to pay it.
                    ContributionSource::Employer => ContributionFunds::AnyMoney,
                },
                start: start.clone(),
                until: until.clone(),
            };
            if contribution.source == ContributionSource::Employer {
                let is_deducted = matches!(
                    account.plan.treatment,
                    RetirementTaxTreatment::Traditional | RetirementTaxTreatment::HealthSavings
                );
                let name = self.names_of_incomes.unique(&name_of(&contribution.name, piece, &pieces));
                incomes.push(RetirementIncome {
                    name,
                    kind: RetirementIncomeKind::Other,
                    owner: owner.as_ref().map(|owner| owner.name.clone()),
                    annual_amount,
                    inflation_linked,
                    annual_growth,
                    start,
                    until: until.or_else(|| {
                        owner
                            .as_ref()
                            .map(|owner| RetirementMoment::Retirement { person: owner.name.clone() })
                    }),
                    taxable_share: if is_deducted { 1.0 } else { 0.0 },
                    survivor_share: 0.0,
                });
            } else {
                one.limit = self.limit(contribution, account)?;
                one.employer_match = employer;
            }
            planned.push(one);
        }
        if contribution.source == ContributionSource::Household && !pieces.is_empty() {
            self.assume_limit(&field, contribution, account);
        }
        Ok(())
    }

    fn limit(
        &self,
        contribution: &Contribution,
        account: &Planned<'a>,
    ) -> Result<Option<RetirementContributionLimit>> {
        if let Some(limit) = contribution.annual_limit {
            let annual_amount = gate::to_f64(self.in_base(limit, account.account.currency)?);
            return Ok(Some(RetirementContributionLimit::Amount { annual_amount }));
        }
        Ok(self
            .limit_of_kind(account.account.kind)
            .map(|account| RetirementContributionLimit::UnitedStates { account }))
    }

    fn assume_limit(&mut self, field: &str, contribution: &Contribution, account: &Planned<'a>) {
        if contribution.annual_limit.is_some() || self.limit_of_kind(account.account.kind).is_none() {
            return;
        }
        self.assumed.add(
            format!("{field}.annualLimit"),
            format!(
                "{} is at most the annual limit of the law for {}",
                contribution.name, account.account.name
            ),
            "the most that is contributed in a year",
        );
    }

    /// The pieces of a contribution, split so that each has the match by the income that is paid in its years. The income
    /// of a part of a year is one of its own in the plan.
    fn parts(&self, pieces: &[Piece], terms: Option<MatchTerms<'_>>) -> Vec<Part> {
        let none = Vec::new();
        let incomes = terms.and_then(|terms| self.planned_incomes.get(terms.income)).unwrap_or(&none);
        let mut parts = Vec::new();
        for piece in pieces {
            let mut rest = Some(*piece);
            for (income, matched) in
                incomes.iter().filter_map(|income| Some((income, income.part_of(piece)?)))
            {
                let before = Piece { until: Some(matched.from), ..rest.unwrap_or(*piece) };
                if before.from < matched.from {
                    parts.push(Part { piece: before, employer: None });
                }
                let employer = terms.map(|terms| EmployerMatch {
                    income: income.name.clone(),
                    rate: terms.rate,
                    up_to_share: terms.up_to_share,
                });
                parts.push(Part { piece: matched, employer });
                rest = matched.until.map(|until| Piece { from: until, ..*piece });
            }
            let is_left = |rest: &Piece| rest.until.is_none_or(|until| rest.from < until);
            parts.extend(rest.filter(is_left).map(|piece| Part { piece, employer: None }));
        }
        parts
    }
}

fn employer_match(contribution: &Contribution) -> Option<MatchTerms<'_>> {
    let given = contribution.employer_match.as_ref()?;
    let of = |value: Decimal| gate::to_f64(value);
    Some(MatchTerms { income: &given.income, rate: of(given.rate), up_to_share: of(given.up_to_share) })
}
