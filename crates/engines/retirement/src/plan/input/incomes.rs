//! Incomes.

use super::RetirementMoment;
use wherewithal_base::wire::Wire;

/// An annual income.
///
/// In the k-th year after its start (k = 0 in the first) it is `annualAmount × (1 + annualGrowth)^k`, times the price
/// level at the start of the year if it is linked to inflation. For an income that started before the plan, k counts
/// from the first year of the plan.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementIncome {
    /// Its unique name; 1 to 100 characters.
    pub name: String,

    /// The kind of income. By default, a salary ends when its owner retires.
    #[wire(default)]
    pub kind: RetirementIncomeKind,

    /// The name of the person who receives it. It ends with that person's death, except for `survivorShare`. Without an
    /// owner, the household receives it.
    pub owner: Option<String>,

    /// Annual amount before tax, 0 to 10^15: that of its first year, in today's money if it is linked to inflation.
    #[wire(range = 0..=1e15)]
    pub annual_amount: f64,

    /// Whether it rises with prices.
    #[wire(default = yes)]
    pub inflation_linked: bool,

    /// Its annual growth as a fraction, on top of inflation if it is linked to it; above -1 and at most 10.
    #[wire(rate, default, above = -1, range = ..=10)]
    pub annual_growth: f64,

    /// The first year of the income; by default the first of the plan.
    pub start: Option<RetirementMoment>,

    /// The first year without it; by default, a salary ends with the retirement of its owner, and other incomes have no
    /// end.
    pub until: Option<RetirementMoment>,

    /// The share that is taxed as ordinary income, 0 to 1.
    #[wire(share, default = one, range = 0..=1)]
    pub taxable_share: f64,

    /// The share that continues to the other person after the owner's death, 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub survivor_share: f64,
}

/// The kind of income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RetirementIncomeKind {
    /// Pay for work; it must have an owner.
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

/// A person's Social Security retirement benefit. It rises with prices. Give either `annualBenefit` or
/// `primaryInsuranceAmount`.
///
/// With a primary insurance amount, the benefit follows the rules of the United States (see `social_security.benefit`):
/// it depends on the claiming age, a spousal benefit based on half of the other person's amount may be added once both
/// have claimed, and a survivor's benefit depends on both claiming ages. With an annual benefit nothing is added, and a
/// survivor receives the benefit of the deceased, whether it was claimed or not.
///
/// A survivor receives the larger of the own benefit, once claimed, and the survivor's benefit, from `survivorAge` on.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct RetirementSocialSecurity {
    /// The name of the person.
    pub person: String,

    /// The annual benefit at the claiming age, in today's money, 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub annual_benefit: Option<f64>,

    /// The primary insurance amount: the monthly benefit at full retirement age, in today's money, 0 to 10^15. 0 for a
    /// person without a record. The person must be born in 1938 or later.
    #[wire(range = 0..=1e15)]
    pub primary_insurance_amount: Option<f64>,

    /// The claiming age, 62 to 70; it may lie in the past. The benefit starts in the year in which the age is reached.
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
