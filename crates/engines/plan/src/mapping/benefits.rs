//! Social Security.

use super::super::timeline::{age_in, annual};
use super::{
    Context,
    people::{Adult, is_wage},
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding, gate},
};
use wherewithal_household::{IncomeKind, IncomeStream, PersonSocialSecurity, SocialSecurityBasis};
use wherewithal_reference::social_security::{
    CoveredEarnings, PrimaryInsuranceInput, primary_insurance_amount,
};
use wherewithal_retirement::RetirementSocialSecurity;

/// The ages at which a benefit can be claimed.
const FIRST_AGE: i32 = 62;
const LAST_AGE: i32 = 70;
/// The age at which somebody claims of whom nothing is known: the full retirement age of those born in 1960 or later.
const DEFAULT_AGE: u32 = 67;
/// The first year of birth whose benefit is computed from a primary insurance amount.
const FIRST_BIRTH_YEAR: i32 = 1938;

/// The age from which an estimate counts earnings: 42 U.S.C. 415(b)(2).
const FIRST_WORKING_AGE: u32 = 22;
/// The largest wages of an estimate, far above the base up to which they count.
const MOST_WAGES: u32 = 1_000_000_000;

/// The benefits that are listed as incomes: the place of the adult, the claiming age and the annual amount.
#[derive(Debug, Default)]
pub(super) struct Benefits {
    list: Vec<(usize, u32, Decimal)>,
}

/// The work from which a benefit is estimated.
struct Work<'a> {
    /// The annual wages that last longest, in the household's currency.
    wages: Decimal,
    /// The age in the first year without work.
    stop_age: u32,
    /// The names of the incomes that end before those.
    ending: Vec<&'a str>,
}

impl Work<'_> {
    /// Says which incomes the estimate leaves out.
    fn without(&self) -> String {
        match self.ending.as_slice() {
            [] => String::new(),
            [one] => format!(" without {one}, which ends earlier"),
            several => format!(" without {}, which end earlier", several.join(" and ")),
        }
    }
}

impl<'a> Context<'a> {
    /// Plans an income as the Social Security benefit of its person. `false` if it is none that a plan has room for: then
    /// it is an income like others.
    pub(super) fn benefit(
        &mut self,
        index: usize,
        income: &IncomeStream,
        annual: Decimal,
        benefits: &mut Benefits,
    ) -> Result<bool> {
        let field = format!("income[{index}]");
        let id = income.person.as_deref();
        let place = match id {
            Some(_) => self.adults.list.iter().position(|adult| Some(adult.person.id.as_str()) == id),
            None => (!self.adults.list.is_empty()).then_some(0),
        };
        let Some(place) = place else { return Ok(false) };
        let Some(adult) = self.adults.list.get(place) else { return Ok(false) };
        let name = adult.person.name.clone();
        let born = adult.person.birth_date.year();
        let first = income.start.map_or(self.timeline.first_year, |start| start.year());
        let has_begun = first <= self.timeline.first_year;
        let claim_age = match first - born {
            age if (FIRST_AGE..=LAST_AGE).contains(&age) => Some(age),
            age if age > LAST_AGE && has_begun => Some(LAST_AGE),
            _ => None,
        };
        let is_plain = income.taxable
            && income.annual_growth.is_none()
            && income.end.is_none()
            && income.survivor_share.is_none()
            && !benefits.list.iter().any(|(other, ..)| *other == place);
        let Some(claim_age) = claim_age.filter(|_| is_plain) else {
            self.assumed.add(
                field,
                format!(
                    "{} is an income{}: a plan has one benefit for each person, which is claimed between 62 and 70, is \
                     taxed, rises with prices and passes to a survivor",
                    income.name,
                    if income.taxable { " of which 85 % is taxed" } else { "" }
                ),
                "the Social Security of the person",
            );
            return Ok(false);
        };
        if adult.person.social_security.is_some() {
            let message = format!("{name} has a benefit under `socialSecurity` as well; give one of the two");
            return Err(Error::new(ErrorCode::FieldConflict, message).at("person"));
        }
        if income.person.is_none() {
            self.assumed.add(
                format!("{field}.person"),
                format!("{} is the benefit of {name}, which a survivor goes on receiving", income.name),
                "the person whose benefit it is",
            );
        }
        if let Some(start) = income.start.filter(|start| (start.month(), start.day()) != (1, 1) && !has_begun)
        {
            self.assumed.figure(
                format!("{field}.start"),
                format!("{} begins on 1 January {}", income.name, start.year()),
                (f64::from(start.year()), "calendar year"),
                "a date in the following year",
            );
        }
        benefits.list.push((place, claim_age.cast_unsigned(), annual));
        Ok(true)
    }

    /// The benefits of the plan.
    pub(super) fn social_security(&mut self, benefits: Benefits) -> Result<Vec<RetirementSocialSecurity>> {
        let mut planned = Vec::new();
        let adults = self.adults.list.clone();
        for (place, adult) in adults.iter().enumerate() {
            let listed = benefits.list.iter().find(|(other, ..)| *other == place);
            let index = adult.index;
            if let Some((_, claim_age, annual)) = listed {
                planned.push(RetirementSocialSecurity {
                    person: adult.name.clone(),
                    annual_benefit: Some(gate::to_f64(*annual)),
                    primary_insurance_amount: None,
                    claim_age: *claim_age,
                    survivor_age: 60,
                });
                continue;
            }
            let estimate = PersonSocialSecurity {
                basis: SocialSecurityBasis::Estimate,
                claim_age: None,
                survivor_age: None,
            };
            let given = match &adult.person.social_security {
                Some(given) => given,
                None if self.is_estimated(adult) => &estimate,
                None => {
                    if self.is_american {
                        self.assumed.figure(
                            format!("people[{index}].socialSecurity"),
                            format!("{} receives no Social Security benefit of their own", adult.person.name),
                            (0.0, "dollars a year"),
                            "the benefit or the primary insurance amount of a statement, and the claiming age",
                        );
                    }
                    continue;
                }
            };
            let field = format!("people[{index}].socialSecurity");
            let claim_age = given.claim_age.unwrap_or_else(|| {
                self.assumed.figure(
                    format!("{field}.claimAge"),
                    format!("{} claims Social Security at {DEFAULT_AGE}", adult.person.name),
                    (f64::from(DEFAULT_AGE), "years of age"),
                    "the age, 62 to 70",
                );
                DEFAULT_AGE
            });
            let household = self.household;
            let amount = |monthly: Decimal| -> Result<Decimal> {
                monthly.times(household.exchange_rate(Currency::USD)?).at(&field)
            };
            let (annual_benefit, primary_insurance_amount) = match &given.basis {
                SocialSecurityBasis::MonthlyBenefit { amount: monthly } => {
                    (Some(gate::to_f64(amount(monthly.times(Decimal::from(12_u32))?)?)), None)
                }
                SocialSecurityBasis::PrimaryInsuranceAmount { amount: monthly } => {
                    if adult.person.birth_date.year() < FIRST_BIRTH_YEAR {
                        let message = format!(
                            "benefits from a primary insurance amount are computed for those born in \
                             {FIRST_BIRTH_YEAR} or later; give the monthly benefit"
                        );
                        return Err(Error::new(ErrorCode::YearOutOfRange, message)
                            .at("basis")
                            .at("socialSecurity")
                            .at_index("people", index));
                    }
                    (None, Some(gate::to_f64(amount(*monthly)?)))
                }
                SocialSecurityBasis::Earnings { years } => {
                    let record = CoveredEarnings::Record { years: years.clone() };
                    let monthly = self.primary_amount(adult, record).at("basis").at("socialSecurity");
                    (None, Some(gate::to_f64(amount(monthly.at_index("people", index)?)?)))
                }
                SocialSecurityBasis::Estimate => {
                    let work = self.present_work(adult)?;
                    let monthly = self.estimated(adult, &work);
                    let monthly = monthly.at("basis").at("socialSecurity").at_index("people", index)?;
                    let planned = gate::to_f64(amount(monthly)?);
                    self.assumed.figure(
                        format!("{field}.basis"),
                        format!(
                            "the primary insurance amount of {} is estimated from the present income from work{}, as if it \
                             had always been the same proportion of the average wage from 22 to {}",
                            adult.person.name,
                            work.without(),
                            work.stop_age
                        ),
                        (planned, "household currency a month"),
                        "the primary insurance amount of a statement, or the earnings by year",
                    );
                    (None, Some(planned))
                }
            };
            planned.push(RetirementSocialSecurity {
                person: adult.name.clone(),
                annual_benefit,
                primary_insurance_amount,
                claim_age,
                survivor_age: given.survivor_age.unwrap_or(60),
            });
        }
        Ok(planned)
    }

    /// Whether the benefit of somebody of whom nothing is stated is estimated: of who works in the United States, unless a
    /// benefit is listed for the household as a whole.
    fn is_estimated(&self, adult: &Adult<'_>) -> bool {
        let is_shared =
            |income: &IncomeStream| income.kind == IncomeKind::SocialSecurity && income.person.is_none();
        self.is_american
            && self.household.currency == Currency::USD
            && adult.person.birth_date.year() >= FIRST_BIRTH_YEAR
            && adult.retirement_age > FIRST_WORKING_AGE
            && !self.household.income.iter().any(is_shared)
            && self.present_work(adult).is_ok_and(|work| !work.wages.is_zero())
    }

    /// What a person earns by work in a year at present, on `asOf`: by what lasts longest. What ends in an earlier year would
    /// count as earned for a whole life if it were included, unless other work follows it.
    fn present_work(&self, adult: &Adult<'_>) -> Result<Work<'a>> {
        let id = Some(adult.person.id.as_str());
        let (today, last_of_all) = (self.timeline.as_of, adult.retires_in() - 1);
        let last_year =
            |income: &IncomeStream| income.end.map_or(last_of_all, |end| end.year().min(last_of_all));
        let of_person = || {
            self.household.income.iter().filter(|income| {
                is_wage(income)
                    && !income.amount.is_zero()
                    && income.person.as_deref() == id
                    && income.end.is_none_or(|end| end >= today)
            })
        };
        let present = || of_person().filter(|income| income.start.is_none_or(|start| start <= today));
        let longest = present().map(last_year).max().unwrap_or(last_of_all);
        let stops_after = of_person().map(last_year).max().unwrap_or(last_of_all);
        let is_followed = of_person().any(|income| income.start.is_some_and(|start| start > today));
        let (lasting, ending): (Vec<_>, Vec<_>) =
            present().partition(|income| is_followed || last_year(income) == longest);
        let amounts = lasting
            .into_iter()
            .map(|income| self.in_base(annual(income.amount, income.frequency)?, income.currency))
            .collect::<Result<Vec<_>>>()?;
        Ok(Work {
            wages: Decimal::sum(amounts)?,
            stop_age: age_in(adult.person.birth_date, stops_after + 1)?.min(adult.retirement_age),
            ending: ending.into_iter().map(|income| income.name.as_str()).collect(),
        })
    }

    /// The primary insurance amount by the present wages.
    fn estimated(&self, adult: &Adult<'_>, work: &Work<'_>) -> Result<Decimal> {
        // Wages of a household with another currency, in dollars.
        let dollar = self.household.exchange_rate(Currency::USD)?;
        let wages = work.wages.divided_by(dollar)?.round(2, Rounding::HalfEven);
        let salary = CoveredEarnings::Salary {
            amount: wages.min(Decimal::from(MOST_WAGES)),
            year: self.timeline.first_year.cast_unsigned(),
            start_age: FIRST_WORKING_AGE,
            stop_age: work.stop_age.max(FIRST_WORKING_AGE + 1),
        };
        self.primary_amount(adult, salary)
    }

    /// The primary insurance amount in the money of the start of the plan: with the increases of the cost of living up to
    /// then. Those that follow are the rise of the plan's own prices.
    fn primary_amount(&self, adult: &Adult<'_>, earnings: CoveredEarnings) -> Result<Decimal> {
        let request = PrimaryInsuranceInput { birth_date: adult.person.birth_date, earnings };
        let result = primary_insurance_amount(&request)?;
        let first_year = self.timeline.first_year;
        let before = result.increases.iter().rfind(|one| one.effective_date.year() < first_year);
        Ok(before.map_or(result.primary_insurance_amount, |one| one.primary_insurance_amount))
    }
}
