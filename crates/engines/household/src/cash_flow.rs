//! Income, spending and contributions.

use wherewithal_base::{dates::Date, money::Currency, num::Decimal, wire::Wire};

/// Income of the household, before tax.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct IncomeStream {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the income, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The kind of income.
    pub kind: IncomeKind,
    /// The id of the recipient.
    #[wire(omit)]
    pub person: Option<String>,
    /// The currency of the amount, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// Each payment before tax, at least 0. If it rises with inflation it is in the money of `asOf`, otherwise it is
    /// the first amount.
    #[wire(range = 0..)]
    pub amount: Decimal,
    /// The frequency of the payments.
    pub frequency: CashFlowFrequency,
    /// The first day; absent if it has already started.
    #[wire(omit)]
    pub start: Option<Date>,
    /// The last day. Absent means without end, except that salary, bonus and self-employment end when the
    /// person retires.
    #[wire(omit)]
    pub end: Option<Date>,
    /// The rise on each anniversary of its start, as a fraction (0.03 is 3 %); absent means that it rises with
    /// inflation, 0 that it never does.
    #[wire(rate, omit)]
    pub annual_growth: Option<f64>,
    /// Whether it is taxed.
    #[wire(default = yes)]
    pub taxable: bool,
    /// The share of a pension or another income that continues to the survivor after the person's death, 0 to 1; absent
    /// means 0. Business income, rents and other income that is not paid for work or for life pass to the survivor whole.
    #[wire(omit, range = 0..=1)]
    pub survivor_share: Option<f64>,
}

fn yes() -> bool {
    true
}

/// The kind of an income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum IncomeKind {
    /// Salary and wages.
    Salary,
    /// Bonuses and commissions.
    Bonus,
    /// Work on one's own account.
    SelfEmployment,
    /// Distributions of a business.
    Business,
    /// Rent that is not stated with a property.
    Rental,
    /// A pension.
    Pension,
    /// Social Security.
    SocialSecurity,
    /// Payments of an annuity.
    Annuity,
    /// Alimony and child support.
    Support,
    /// Anything else.
    Other,
}

impl IncomeKind {
    /// Whether the income ends when the person retires.
    #[must_use]
    pub fn is_earned(self) -> bool {
        matches!(self, Self::Salary | Self::Bonus | Self::SelfEmployment)
    }
}

/// Spending of the household.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Expense {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the expense, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The kind of expense.
    pub kind: ExpenseKind,
    /// The currency of the amount, if it is not the household's.
    #[wire(omit)]
    pub currency: Option<Currency>,
    /// Each payment as a positive amount, at least 0. If it rises with inflation it is in the money of `asOf`,
    /// otherwise it is the first amount.
    #[wire(range = 0..)]
    pub amount: Decimal,
    /// The frequency of the payments.
    pub frequency: CashFlowFrequency,
    /// The first day; absent if it has already started.
    #[wire(omit)]
    pub start: Option<Date>,
    /// The last day; absent means without end.
    #[wire(omit)]
    pub end: Option<Date>,
    /// The rise on each anniversary of its start, as a fraction (0.03 is 3 %); absent means that it rises with
    /// inflation, 0 that it never does.
    #[wire(rate, omit)]
    pub annual_growth: Option<f64>,
    /// Whether it must be paid in any event; absent means yes, except for travel and giving.
    #[wire(omit)]
    pub essential: Option<bool>,
}

impl Expense {
    /// Whether the expense must be paid in any event.
    #[must_use]
    pub fn is_essential(&self) -> bool {
        self.essential.unwrap_or(!matches!(self.kind, ExpenseKind::Travel | ExpenseKind::Giving))
    }
}

/// The kind of an expense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ExpenseKind {
    /// Everything that is not listed separately.
    Living,
    /// Rent, utilities, repairs.
    Housing,
    /// Groceries and restaurants.
    Food,
    /// Fuel, transit, repairs of vehicles.
    Transportation,
    /// Health care and its insurance.
    Healthcare,
    /// Premiums that are not stated with a policy or a property.
    Insurance,
    /// School, university, courses.
    Education,
    /// Care of children and other dependents.
    DependentCare,
    /// Holidays and leisure.
    Travel,
    /// Gifts and donations.
    Giving,
    /// Taxes that the taxes of the assumptions do not cover.
    Taxes,
    /// Anything else.
    Other,
}

/// Money paid into an account.
///
/// Contributions of the household move money within the household; contributions of an employer come from outside it. In a
/// plan, those of the household are at most what income leaves after taxes, debts and expenses; those that the list has first
/// are paid first.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct Contribution {
    /// Unique in the document: 1 to 64 letters, digits, points, hyphens and underscores.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name of the contribution, at most 200 characters.
    #[wire(length = 1..=200)]
    pub name: String,
    /// The id of the account that receives it. The amount is in the account's currency.
    pub account: String,
    /// The payer.
    #[wire(default)]
    pub source: ContributionSource,
    /// Each payment, at least 0. If it rises with inflation it is in the money of `asOf`, otherwise it is the first
    /// amount.
    #[wire(range = 0..)]
    pub amount: Decimal,
    /// The frequency of the payments.
    pub frequency: CashFlowFrequency,
    /// The first day; absent if it has already started.
    #[wire(omit)]
    pub start: Option<Date>,
    /// The last day; absent means until the owner of the account retires, or without end if it has no owner among the
    /// adults.
    #[wire(omit)]
    pub end: Option<Date>,
    /// The rise on each anniversary of its start, as a fraction (0.03 is 3 %); absent means that it rises with
    /// inflation, 0 that it never does.
    #[wire(rate, omit)]
    pub annual_growth: Option<f64>,
    /// The match that an employer adds to a contribution of the household.
    #[wire(omit)]
    pub employer_match: Option<ContributionMatch>,
    /// The most that the household contributes in a year, in the money of `asOf`, at least 0; it rises with prices.
    /// Without it, a plan of a household that lives in the United States applies the limit of the law for the kind of
    /// account, and says so; otherwise there is none. Contributions of one person to one kind of account share the limit of
    /// the law, in the order of the list. Where the contributions of a person come to more than a limit, the plan says in
    /// which year and by which law, whether it reduces them or not.
    #[wire(omit, range = 0..)]
    pub annual_limit: Option<Decimal>,
}

/// The match that an employer adds: `rate × min(contribution, upToShare × income)`.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ContributionMatch {
    /// The id of the income on which the match is based, such as a salary.
    pub income: String,
    /// The match for each unit of the contribution (0.5 is half), 0 to 10.
    #[wire(range = 0..=10)]
    pub rate: Decimal,
    /// The share of the income up to which a contribution is matched (0.06 is 6 %), 0 to 1.
    #[wire(share, range = 0..=1)]
    pub up_to_share: Decimal,
}

/// The payer of a contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ContributionSource {
    /// The household, out of its income.
    #[default]
    Household,
    /// An employer, on top of the income.
    Employer,
}

/// The frequency of a cash flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum CashFlowFrequency {
    /// Every week, 52 times a year.
    Weekly,
    /// Every two weeks, 26 times a year.
    Biweekly,
    /// Twice a month.
    Semimonthly,
    /// Every month.
    Monthly,
    /// Every three months.
    Quarterly,
    /// Every six months.
    Semiannual,
    /// Every year.
    Annual,
    /// Once, on the day of `start`. A plan leaves out what was before `asOf`: the balances contain it.
    Once,
}

impl CashFlowFrequency {
    /// The number of times a year; `None` for once.
    #[must_use]
    pub fn times_a_year(self) -> Option<u32> {
        match self {
            Self::Weekly => Some(52),
            Self::Biweekly => Some(26),
            Self::Semimonthly => Some(24),
            Self::Monthly => Some(12),
            Self::Quarterly => Some(4),
            Self::Semiannual => Some(2),
            Self::Annual => Some(1),
            Self::Once => None,
        }
    }
}
