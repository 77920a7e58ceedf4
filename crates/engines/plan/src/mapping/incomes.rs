//! Incomes.

use super::super::timeline::{Piece, annual, year};
use super::{
    Context,
    benefits::Benefits,
    people::{ends_in_time, is_wage},
};
use wherewithal_base::{
    Result,
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, gate},
};
use wherewithal_household::{CashFlowFrequency, IncomeKind, IncomeStream};
use wherewithal_math as math;
use wherewithal_retirement::{
    RetirementIncome, RetirementIncomeKind, RetirementLumpSum, RetirementSocialSecurity,
};

/// The share of a Social Security benefit that is taxed where nothing else is said: the most that the law taxes (26 U.S.C.
/// 86).
pub(super) const TAXABLE_SHARE: f64 = 0.85;

/// An amount that is paid in a piece of the plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paid {
    pub(super) annual_amount: f64,
    pub(super) inflation_linked: bool,
    pub(super) annual_growth: f64,
}

/// An income of the plan, and the years in which it is paid.
#[derive(Debug, Clone)]
pub(super) struct PlannedIncome {
    pub(super) name: String,
    from: i32,
    /// The first year without it; `None` without an end of its own.
    until: Option<i32>,
}

impl PlannedIncome {
    /// The part of a piece in which the income is paid.
    pub(super) fn part_of(&self, piece: &Piece) -> Option<Piece> {
        let until = match (piece.until, self.until) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let from = piece.from.max(self.from);
        until.is_none_or(|until| from < until).then_some(Piece { from, until, ..*piece })
    }
}

/// The amount of a piece: of the months that it has, risen since the first year in which anything is paid. The plan itself
/// takes the part of its first year that it counts.
pub(super) fn paid(annual: Decimal, growth: Option<f64>, base: i32, piece: &Piece) -> Result<Paid> {
    let months = Decimal::from(piece.months);
    let amount = gate::to_f64(annual.times(months)?.divided_by(Decimal::from(piece.of_months))?);
    Ok(match growth {
        None => Paid { annual_amount: amount, inflation_linked: true, annual_growth: 0.0 },
        Some(rate) => Paid {
            annual_amount: amount * math::pow(1.0 + rate, f64::from(piece.from - base)),
            inflation_linked: false,
            annual_growth: rate,
        },
    })
}

/// The name of a piece: with its years, if it is not the only or the main one.
pub(super) fn name_of(name: &str, piece: &Piece, pieces: &[Piece]) -> String {
    if pieces.len() == 1 || piece.is_whole() { name.to_owned() } else { format!("{name}, {}", piece.from) }
}

impl<'a> Context<'a> {
    /// The incomes, and the Social Security benefits among them and of the people.
    pub(super) fn incomes(&mut self) -> Result<(Vec<RetirementIncome>, Vec<RetirementSocialSecurity>)> {
        let mut incomes = Vec::new();
        let mut benefits = Benefits::default();
        for (index, income) in self.household.income.iter().enumerate() {
            self.income(index, income, &mut incomes, &mut benefits).at_index("income", index)?;
        }
        let social_security = self.social_security(benefits)?;
        Ok((incomes, social_security))
    }

    fn income(
        &mut self,
        index: usize,
        income: &'a IncomeStream,
        incomes: &mut Vec<RetirementIncome>,
        benefits: &mut Benefits,
    ) -> Result<()> {
        let amount = self.in_base(annual(income.amount, income.frequency)?, income.currency)?;
        if amount.is_zero() {
            return Ok(());
        }
        self.foreign(&format!("income[{index}]"), income.currency);
        if income.frequency == CashFlowFrequency::Once {
            let taxable = if income.taxable { 1.0 } else { 0.0 };
            return self.once(&format!("income[{index}]"), income, amount, taxable);
        }
        if income.kind == IncomeKind::SocialSecurity && self.benefit(index, income, amount, benefits)? {
            return Ok(());
        }
        let end = self.end_of(income)?;
        let pieces = self.timeline.pieces(income.start, end);
        self.note_periods(&format!("income[{index}]"), &income.name, income.start, end, &pieces);
        let base = pieces.first().map_or(self.timeline.first_year, |piece| piece.from);
        let adult = self.adults.by_id(income.person.as_deref()).cloned();
        let is_wage = is_wage(income) && adult.is_some();
        let retires_in = adult.as_ref().map(super::people::Adult::retires_in);
        let owner = adult.filter(|_| ends_with_death(income)).map(|adult| adult.name);
        if owner.is_some() && self.adults.list.len() > 1 && is_for_life(income.kind) {
            self.assume_survivor_share(index, income);
        }
        for piece in &pieces {
            let follows_retirement = is_wage && income.end.is_none();
            if follows_retirement && retires_in.is_some_and(|retires| piece.from >= retires) {
                continue;
            }
            let Paid { annual_amount, inflation_linked, annual_growth } =
                paid(amount, income.annual_growth, base, piece)?;
            let name = self.names_of_incomes.unique(&name_of(&income.name, piece, &pieces));
            let planned = PlannedIncome { name: name.clone(), from: piece.from, until: piece.until };
            self.planned_incomes.entry(&income.id).or_default().push(planned);
            incomes.push(RetirementIncome {
                name,
                kind: kind(income.kind, is_wage),
                owner: owner.clone(),
                annual_amount,
                inflation_linked,
                annual_growth,
                start: piece.start(&self.timeline),
                until: piece.end(),
                taxable_share: taxable_share(income),
                survivor_share: if owner.is_some() { income.survivor_share.unwrap_or(0.0) } else { 0.0 },
            });
        }
        Ok(())
    }

    /// The last day of an income. That of the wage of somebody who is no adult of the plan is the day before retirement;
    /// that of an adult is left to the plan.
    fn end_of(&self, income: &IncomeStream) -> Result<Option<Date>> {
        if income.end.is_some() || !is_wage(income) {
            return Ok(income.end);
        }
        let id = income.person.as_deref();
        let person = self.household.people.iter().find(|person| Some(person.id.as_str()) == id);
        ends_in_time(person, &self.adults)?;
        match person
            .filter(|person| person.dependent)
            .and_then(|person| Some((person, person.retirement_age?)))
        {
            Some((person, age)) => {
                Ok(Some(person.birth_date.add_months(age.cast_signed() * 12)?.add_days(-1)?))
            }
            None => Ok(None),
        }
    }

    fn assume_survivor_share(&mut self, index: usize, income: &IncomeStream) {
        if income.survivor_share.is_none() {
            self.assumed.figure(
                format!("income[{index}].survivorShare"),
                format!("{} ends with the death of the person", income.name),
                (0.0, "fraction"),
                "the share that the survivor receives",
            );
        }
    }

    /// Money that is received once.
    fn once(
        &mut self,
        field: &str,
        income: &IncomeStream,
        amount: Decimal,
        taxable_share: f64,
    ) -> Result<()> {
        let Some(day) = income.start else { return Ok(()) };
        self.note_once(field, &income.name, day);
        let Some(at) = self.timeline.once(day) else { return Ok(()) };
        let sum = RetirementLumpSum {
            name: self.names_of_lump_sums.unique(&income.name),
            amount: gate::to_f64(amount),
            inflation_linked: income.annual_growth.is_none(),
            at: year(at),
            taxable_share,
            spend: false,
            essential: true,
        };
        self.lump_sums.push(sum);
        Ok(())
    }

    /// Lists that an amount in another currency keeps its exchange rate.
    pub(super) fn foreign(&mut self, field: &str, currency: Option<Currency>) {
        let Some(currency) = currency.filter(|currency| *currency != self.household.currency) else { return };
        self.assumed.add(
            format!("{field}.currency"),
            format!("{currency} keeps the exchange rate of the document"),
            "the amount in the household's currency",
        );
    }
}

fn kind(kind: IncomeKind, is_wage: bool) -> RetirementIncomeKind {
    match kind {
        _ if is_wage => RetirementIncomeKind::Salary,
        IncomeKind::Pension => RetirementIncomeKind::Pension,
        IncomeKind::Annuity => RetirementIncomeKind::Annuity,
        IncomeKind::Rental => RetirementIncomeKind::Rent,
        _ => RetirementIncomeKind::Other,
    }
}

/// Whether an income is paid for the life of a person.
fn is_for_life(kind: IncomeKind) -> bool {
    matches!(kind, IncomeKind::Pension | IncomeKind::Annuity | IncomeKind::SocialSecurity)
}

/// Whether an income ends with the death of its person, except for the share of a survivor.
fn ends_with_death(income: &IncomeStream) -> bool {
    income.kind.is_earned() || is_for_life(income.kind) || income.survivor_share.is_some()
}

fn taxable_share(income: &IncomeStream) -> f64 {
    match (income.taxable, income.kind) {
        (false, _) => 0.0,
        (true, IncomeKind::SocialSecurity) => TAXABLE_SHARE,
        (true, _) => 1.0,
    }
}
