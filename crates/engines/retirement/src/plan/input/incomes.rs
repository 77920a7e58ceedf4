//! Incomes.

use super::RetirementMoment;
use wherewithal_base::wire::Wire;

/// An income, year by year.
///
/// In the k-th year after its start (k = 0 in the first) it is `annualAmount × (1 + annualGrowth)^k`, times the level of
/// prices at the start of the year where it is linked to inflation. An income that started before the plan is counted
/// from the first year of the plan.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementIncome {
    /// What it is called; 1 to 100 characters, different from the other incomes.
    pub name: String,

    /// What sort of income it is. A salary ends by itself when its owner retires.
    #[wire(default)]
    pub kind: RetirementIncomeKind,

    /// The name of the person whose income it is. It ends with that person's death, but for `survivorShare`. Without an
    /// owner it is the household's.
    pub owner: Option<String>,

    /// Amount of one year before tax, 0 to 10^15: that of its first year, in today's money where it is linked to
    /// inflation.
    pub annual_amount: f64,

    /// Whether it rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// Its rise from year to year as a fraction, on top of prices where it is linked to them; from above -1 to 10.
    #[wire(default)]
    pub annual_growth: f64,

    /// The first year of the income; by default the first of the plan.
    pub start: Option<RetirementMoment>,

    /// The first year without it; by default a salary ends with the retirement of its owner and anything else not at
    /// all.
    pub until: Option<RetirementMoment>,

    /// The share that is ordinary income for the tax, 0 to 1.
    #[wire(default = one)]
    pub taxable_share: f64,

    /// The share that goes on to the other person after the owner's death, 0 to 1.
    #[wire(default)]
    pub survivor_share: f64,
}

/// What sort of income it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RetirementIncomeKind {
    /// Pay for work; it needs an owner.
    Salary,
    /// A pension.
    Pension,
    /// Rent from a property.
    Rent,
    /// An annuity.
    Annuity,
    /// Anything else.
    #[default]
    Other,
}

/// A person's Social Security retirement benefit. It rises with prices. One of `annualBenefit` and
/// `primaryInsuranceAmount` is given.
///
/// With a primary insurance amount the benefit follows the rules of the United States (see
/// `social_security.benefit`): it depends on the age of claiming, half of the other person's amount may add to it
/// once both have claimed, and a survivor's benefit depends on both ages of claiming. With an annual benefit nothing is
/// added, and a survivor has the benefit of the deceased, whether it was claimed or not.
///
/// A survivor has the larger of the own benefit, once claimed, and of the survivor's benefit, from `survivorAge` on.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementSocialSecurity {
    /// The name of the person.
    pub person: String,

    /// The benefit of one year at the age of claiming, in today's money, 0 to 10^15.
    pub annual_benefit: Option<f64>,

    /// The primary insurance amount: the benefit of one month at full retirement age, in today's money, 0 to 10^15. 0 for a
    /// person without a record. The person must be born in 1938 or later.
    pub primary_insurance_amount: Option<f64>,

    /// The age at which it is claimed, 62 to 70; it may lie in the past. The benefit starts in the year in which the age is
    /// reached.
    #[wire(range = 62..=70)]
    pub claim_age: u32,

    /// The age from which this person would claim a survivor's benefit, 60 to 70.
    #[wire(default = survivor_age, range = 60..=70)]
    pub survivor_age: u32,
}

fn yes() -> bool {
    true
}

fn one() -> f64 {
    1.0
}

fn survivor_age() -> u32 {
    60
}
