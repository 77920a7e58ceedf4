//! Changes of a plan.

use super::{market, rule};
use crate::limits;
use crate::{
    RetirementAllocation, RetirementBequest, RetirementContribution, RetirementExpense, RetirementIncome,
    RetirementLumpSum, RetirementMortality, RetirementPerson, RetirementPlan, RetirementTaxes,
    RothConversion, SpendingPolicy, TaxBrackets, WithdrawalOrder,
};
use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _, wire::Wire};
use wherewithal_market::MarketModel;
use wherewithal_reference::social_security::real::worker_factor;

/// A change of a plan. A relative change of 0.1 is a rise of 10 %, -0.1 a fall of 10 %; from -1 to 10. A shift of 0.01
/// adds one percentage point; from -1 to 1.
#[derive(Debug, Clone, Wire)]
#[wire(tag = "kind")]
pub enum RetirementChange {
    /// Shifts the annual return of every asset class; in a history, the return of each period by its fraction of a
    /// year. The returns of bonds that follow a yield do not change.
    ExpectedReturn {
        /// The shift as a fraction.
        #[wire(rate)]
        shift: f64,
    },
    /// Scales the volatility of every asset class; in a history or in given paths, the deviation of each return from
    /// the mean of its class.
    Volatility {
        /// The relative change.
        #[wire(share)]
        relative: f64,
    },
    /// Shifts mean inflation and the initial inflation; nominal returns do not change.
    Inflation {
        /// The shift as a fraction.
        #[wire(rate)]
        shift: f64,
    },
    /// Scales living expenses in retirement: the level of the rule, essential spending and the bounds. Rules without a
    /// level of their own (`variablePercentage`, `riskGuardrails`, `requiredDistribution`, `amortization`) refuse it.
    Spending {
        /// The relative change.
        #[wire(share)]
        relative: f64,
    },
    /// Replaces the spending policy.
    SpendingPolicy {
        /// The policy.
        policy: SpendingPolicy,
    },
    /// Moves retirement later or earlier; everything that is tied to it moves along.
    RetirementAge {
        /// The name of the person; by default everyone.
        person: Option<String>,
        /// The number of years later, -120 to 120.
        #[wire(range = -120..=120)]
        years: i32,
    },
    /// Lengthens or shortens the lives of people with a fixed age at death.
    Longevity {
        /// The name of the person; by default everyone.
        person: Option<String>,
        /// The number of additional years, -120 to 120.
        #[wire(range = -120..=120)]
        years: i32,
    },
    /// Scales all contributions.
    Savings {
        /// The relative change.
        #[wire(share)]
        relative: f64,
    },
    /// Adds a contribution.
    Contribution {
        /// The contribution.
        contribution: RetirementContribution,
    },
    /// Replaces the allocation of the plan.
    Allocation {
        /// The allocation.
        allocation: RetirementAllocation,
    },
    /// Changes the claiming age of Social Security benefits. They change by the reductions for early claiming and the
    /// credits for late claiming of the year of birth, as in `social_security.benefit`.
    ClaimAge {
        /// The name of the person.
        person: String,
        /// The age, 62 to 70.
        #[wire(range = 62..=70)]
        claim_age: u32,
    },
    /// Scales Social Security benefits.
    SocialSecurity {
        /// The relative change.
        #[wire(share)]
        relative: f64,
    },
    /// Scales all tax rates.
    Taxes {
        /// The relative change.
        #[wire(share)]
        relative: f64,
    },
    /// Adds a lump sum.
    LumpSum {
        /// The lump sum.
        lump_sum: RetirementLumpSum,
    },
    /// Adds an income.
    Income {
        /// The income.
        income: RetirementIncome,
    },
    /// Adds an expense.
    Expense {
        /// The expense.
        expense: RetirementExpense,
    },
    /// Adds a conversion from a traditional to a Roth account.
    Conversion {
        /// The conversion.
        conversion: RothConversion,
    },
    /// Replaces the order of withdrawals.
    WithdrawalOrder {
        /// The order.
        order: WithdrawalOrder,
    },
    /// Replaces the bequest.
    Bequest {
        /// The bequest.
        bequest: RetirementBequest,
    },
    /// Replaces the market.
    Market {
        /// The model of the asset classes' returns and of inflation.
        market: Box<MarketModel>,
    },
}

impl RetirementChange {
    /// Applies the change to a plan.
    ///
    /// # Errors
    /// `change.not_applicable` if the plan has nothing to change, `name.unknown`, `rate.out_of_range`,
    /// `age.out_of_range`. Other errors appear when the plan is run.
    pub(crate) fn apply(&self, plan: &mut RetirementPlan) -> Result<()> {
        match self {
            Self::ExpectedReturn { shift } => market::shift_returns(&mut plan.market, shift_of(*shift)?),
            Self::Volatility { relative } => market::scale_volatility(&mut plan.market, factor(*relative)?),
            Self::Inflation { shift } => market::shift_inflation(&mut plan.market, shift_of(*shift)?),
            Self::Spending { relative } => rule::scale(&mut plan.spending.policy, factor(*relative)?)?,
            Self::SpendingPolicy { policy } => plan.spending.policy = policy.clone(),
            Self::RetirementAge { person, years } => {
                let shift = |person: &mut RetirementPerson| moved(person.retirement_age, *years);
                each_person(plan, person.as_deref(), |person| {
                    person.retirement_age = shift(person)?;
                    Ok(())
                })?;
            }
            Self::Longevity { person, years } => {
                each_person(plan, person.as_deref(), |person| live_longer(&mut person.mortality, *years))?;
            }
            Self::Savings { relative } => scale_savings(plan, factor(*relative)?),
            Self::Contribution { contribution } => plan.contributions.push(contribution.clone()),
            Self::Allocation { allocation } => plan.allocation = allocation.clone(),
            Self::ClaimAge { person, claim_age } => claim_at(plan, person, *claim_age)?,
            Self::SocialSecurity { relative } => {
                let factor = factor(*relative)?;
                for benefit in &mut plan.social_security {
                    let given = [&mut benefit.annual_benefit, &mut benefit.primary_insurance_amount];
                    for amount in given.into_iter().flatten() {
                        *amount *= factor;
                    }
                }
            }
            Self::Taxes { relative } => scale_taxes(&mut plan.taxes, factor(*relative)?),
            Self::LumpSum { lump_sum } => plan.lump_sums.push(lump_sum.clone()),
            Self::Income { income } => plan.incomes.push(income.clone()),
            Self::Expense { expense } => plan.expenses.push(expense.clone()),
            Self::Conversion { conversion } => plan.conversions.push(conversion.clone()),
            Self::WithdrawalOrder { order } => plan.withdrawal_order = order.clone(),
            Self::Bequest { bequest } => plan.bequest = Some(*bequest),
            Self::Market { market } => plan.market = (**market).clone(),
        }
        Ok(())
    }
}

fn shift_of(shift: f64) -> Result<f64> {
    check::rate(shift, -1.0..=1.0).at("shift")
}

fn factor(relative: f64) -> Result<f64> {
    Ok(1.0 + check::rate(relative, -1.0..=10.0).at("relative")?)
}

/// Changes one person or all.
fn each_person(
    plan: &mut RetirementPlan,
    name: Option<&str>,
    mut change: impl FnMut(&mut RetirementPerson) -> Result<()>,
) -> Result<()> {
    let only = match name {
        Some(name) => Some(
            check::place(name, plan.people.iter().map(|person| person.name.as_str()), "person")
                .at("person")?,
        ),
        None => None,
    };
    let people = plan.people.iter_mut().enumerate();
    for (_, person) in people.filter(|(index, _)| only.is_none_or(|only| only == *index)) {
        change(person)?;
    }
    Ok(())
}

/// An age some years later.
fn moved(age: u32, years: i32) -> Result<u32> {
    age.checked_add_signed(years).filter(|age| *age <= limits::MAX_AGE).ok_or_else(|| {
        let message =
            format!("{years} years added to age {age} give an age outside 0 to {}", limits::MAX_AGE);
        Error::new(ErrorCode::AgeOutOfRange, message).at("years")
    })
}

fn live_longer(mortality: &mut RetirementMortality, years: i32) -> Result<()> {
    match mortality {
        RetirementMortality::FixedAge { age } => {
            *age = moved(*age, years)?;
            Ok(())
        }
        RetirementMortality::Table { .. } => {
            let message = "this lifetime is drawn from a table; years can be added only to a fixed age";
            Err(Error::new(ErrorCode::ChangeNotApplicable, message).at("years"))
        }
    }
}

fn scale_savings(plan: &mut RetirementPlan, factor: f64) {
    use crate::ContributionAmount;

    for contribution in &mut plan.contributions {
        match &mut contribution.amount {
            ContributionAmount::Fixed { annual_amount, .. } => *annual_amount *= factor,
            ContributionAmount::ShareOfIncome { share, .. } => *share *= factor,
        }
    }
}

#[expect(clippy::indexing_slicing, reason = "the person was looked up among those of the plan")]
fn claim_at(plan: &mut RetirementPlan, name: &str, claim_age: u32) -> Result<()> {
    let place =
        check::place(name, plan.people.iter().map(|person| person.name.as_str()), "person").at("person")?;
    let birth_year = plan.people[place].birth_year;
    let Some(benefit) = plan.social_security.iter_mut().find(|benefit| benefit.person == name) else {
        let message = format!("{name:?} has no Social Security benefit in the plan");
        return Err(Error::new(ErrorCode::ChangeNotApplicable, message).at("person"));
    };
    limits::age(claim_age, 62, 70).at("claimAge")?;
    let share = |age: u32| worker_factor(birth_year, age * 12);
    if let Some(amount) = &mut benefit.annual_benefit {
        *amount *= share(claim_age) / share(benefit.claim_age);
    }
    benefit.claim_age = claim_age;
    Ok(())
}

fn scale_taxes(taxes: &mut RetirementTaxes, factor: f64) {
    let scale_brackets = |brackets: &mut TaxBrackets| {
        for bracket in brackets.ordinary.iter_mut().chain(&mut brackets.long_term_gains) {
            bracket.rate *= factor;
        }
    };
    match taxes {
        RetirementTaxes::Rates { ordinary, long_term_gains, state, .. } => {
            for rate in [ordinary, long_term_gains, state] {
                *rate *= factor;
            }
        }
        RetirementTaxes::Brackets { single, joint, state, .. } => {
            scale_brackets(single);
            if let Some(joint) = joint {
                scale_brackets(joint);
            }
            *state *= factor;
        }
    }
}

/// Applies changes one after the other.
///
/// # Errors
/// Those of a change, at `changes[…]`.
pub(crate) fn changed(plan: &RetirementPlan, changes: &[RetirementChange]) -> Result<RetirementPlan> {
    let mut changed = plan.clone();
    for (index, change) in changes.iter().enumerate() {
        change.apply(&mut changed).at_index("changes", index)?;
    }
    Ok(changed)
}
