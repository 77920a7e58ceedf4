//! Accounts: balances, tax treatment, owners.

use super::super::timeline::year;
use super::{Context, allocation::Investments, names::Names};
use wherewithal_base::{
    Error, ErrorCode, Result,
    error::At as _,
    num::{Decimal, gate},
};
use wherewithal_household::{Account, AccountKind, ExpenseKind, GoalKind, TaxTreatment, owned_part};
use wherewithal_retirement::{RetirementAccount, RetirementMoment, RetirementTaxTreatment, WithdrawalOrder};

/// An account on its way into the plan.
pub(super) struct Planned<'a> {
    pub(super) index: usize,
    pub(super) account: &'a Account,
    /// The household's part in its currency.
    pub(super) value: Decimal,
    pub(super) plan: RetirementAccount,
    /// Whether it is for education.
    pub(super) is_education: bool,
    /// The asset classes of its investments, if they are known.
    pub(super) investments: Option<Investments>,
}

impl<'a> Context<'a> {
    /// The accounts of the document. What is owed on an overdrawn one is taken out of the others.
    pub(super) fn accounts(&mut self) -> Result<Vec<Planned<'a>>> {
        let mut names = Names::default();
        let mut planned = Vec::new();
        for (index, account) in self.household.accounts.iter().enumerate() {
            planned.push(self.account(index, account, &mut names).at_index("accounts", index)?);
        }
        self.net_overdrafts(&mut planned)?;
        let has_room = |planned: &Planned<'_>| {
            matches!(
                planned.plan.treatment,
                RetirementTaxTreatment::Taxable { .. } | RetirementTaxTreatment::Cash { .. }
            )
        };
        for one in &mut planned {
            self.assume_about(one);
        }
        let needs_account = !planned.iter().any(has_room);
        if needs_account {
            self.assumed.add(
                "accounts",
                "what is left over is kept as cash without interest: there is no account for it",
                "an account of the kind checking, savings or brokerage",
            );
        }
        Ok(planned)
    }

    fn account(&mut self, index: usize, account: &'a Account, names: &mut Names) -> Result<Planned<'a>> {
        let places = self.household.places_of(account.currency);
        let whole = account.value(places)?;
        let value =
            self.household.convert(owned_part(whole, account.ownership_share, places)?, account.currency)?;
        let is_education = matches!(account.kind, AccountKind::Plan529 | AccountKind::Coverdell);
        let name = names.unique(&account.name);
        let owner = self.adults.by_id(account.owner.as_deref());
        let accessible_from = account.access_age.and_then(|age| {
            // Without an adult as its owner, the first person's age counts.
            let owner = owner.or(self.adults.list.first())?;
            Some(RetirementMoment::Age { person: owner.name.clone(), age })
        });
        let treatment = self.treatment(account, whole, places)?;
        Ok(Planned {
            index,
            account,
            value,
            is_education,
            investments: self.investments(account)?,
            plan: RetirementAccount {
                name,
                owner: owner.map(|owner| owner.name.clone()),
                balance: gate::to_f64(value),
                treatment,
                allocation: None,
                accessible_from: match is_education {
                    true => self.first_year_of_education(account).map(year),
                    false => accessible_from,
                },
            },
        })
    }

    fn treatment(&self, account: &Account, whole: Decimal, places: u32) -> Result<RetirementTaxTreatment> {
        use wherewithal_household::AssetCategory::CashAndBanking;

        let by_law = account.effective_tax_treatment();
        if account.kind == AccountKind::Hsa && account.tax_treatment.is_none() {
            return Ok(RetirementTaxTreatment::HealthSavings);
        }
        Ok(match by_law {
            TaxTreatment::TaxDeferred => RetirementTaxTreatment::Traditional,
            TaxTreatment::TaxFree => RetirementTaxTreatment::Roth,
            TaxTreatment::Taxable if account.kind.category() == CashAndBanking => {
                let interest_rate = account.interest_rate.map_or(0.0, gate::to_f64);
                RetirementTaxTreatment::Cash { interest_rate }
            }
            TaxTreatment::Taxable => {
                let cost = owned_part(cost_basis(account, whole, places)?, account.ownership_share, places)?;
                let basis = self.household.convert(cost, account.currency)?;
                RetirementTaxTreatment::Taxable {
                    basis: Some(gate::to_f64(basis).max(0.0)),
                    interest_yield: 0.0,
                    dividend_yield: account.dividend_yield.unwrap_or(0.0),
                }
            }
        })
    }

    /// Takes what is owed on overdrawn accounts out of cash, then out of taxable investments, in the order of the
    /// document.
    #[expect(clippy::indexing_slicing, reason = "the places are those of the list itself")]
    fn net_overdrafts(&mut self, planned: &mut [Planned<'a>]) -> Result<()> {
        for overdrawn in 0..planned.len() {
            let mut owed = planned[overdrawn].value.negated();
            if owed.is_negative() || owed.is_zero() {
                continue;
            }
            for is_cash in [true, false] {
                for other in planned.iter_mut() {
                    let fits = match other.plan.treatment {
                        RetirementTaxTreatment::Cash { .. } => is_cash,
                        RetirementTaxTreatment::Taxable { .. } => !is_cash,
                        _ => false,
                    };
                    if !fits || other.value.is_negative() {
                        continue;
                    }
                    let taken = owed.min(other.value);
                    other.take(taken)?;
                    owed = owed.minus(taken)?;
                }
            }
            let Planned { index, account, .. } = planned[overdrawn];
            if !owed.is_zero() {
                let message = format!(
                    "{} is overdrawn, and cash and taxable investments lack {owed} to settle it; list an overdraft that \
                     stays as a liability with its payment",
                    account.name
                );
                return Err(Error::new(ErrorCode::AmountOutOfRange, message)
                    .at("balance")
                    .at_index("accounts", index));
            }
            planned[overdrawn].empty();
            self.assumed.add(
                format!("accounts[{index}].balance"),
                "what is owed on the account is settled from cash, then from taxable investments, when the plan starts",
                "an overdraft that stays as a liability with its payment",
            );
        }
        Ok(())
    }

    /// Lists what the document leaves open about an account.
    fn assume_about(&mut self, planned: &Planned<'a>) {
        let Planned { index, account, plan, .. } = planned;
        let field = |name: &str| format!("accounts[{index}].{name}");
        if plan.balance > 0.0 {
            match plan.treatment {
                RetirementTaxTreatment::Cash { .. } if account.interest_rate.is_none() => {
                    self.assumed.figure(
                        field("interestRate"),
                        format!("{} bears no interest", account.name),
                        (0.0, "fraction a year"),
                        "the interest rate as a fraction",
                    )
                }
                RetirementTaxTreatment::Taxable { basis, .. } => {
                    if !has_cost_basis(account) {
                        let some = account.holdings.iter().any(|holding| holding.cost_basis.is_some());
                        let what = if some { "what has no cost of its own" } else { "it" };
                        let gain = if some { "no other gain" } else { "no gain" };
                        self.assumed.figure(
                            field("costBasis"),
                            format!("{} holds {gain}: {what} cost what it is worth", account.name),
                            (basis.unwrap_or(plan.balance), "household currency"),
                            "the cost of the account, or of each holding",
                        );
                    }
                    if account.dividend_yield.is_none() {
                        self.assumed.figure(
                            field("dividendYield"),
                            format!(
                                "{} distributes nothing: its gains are taxed when they are sold",
                                account.name
                            ),
                            (0.0, "fraction a year"),
                            "dividends and distributed gains as a share of the value",
                        );
                    }
                }
                _ => {}
            }
        }
        if planned.is_education {
            let (assumption, instead) = match &plan.accessible_from {
                Some(RetirementMoment::Year { year }) => (
                    format!(
                        "{} pays from {year} on, first and untaxed, for education and then for everything else",
                        account.name
                    ),
                    "the goals of the kind education with their dates",
                ),
                _ => (
                    format!(
                        "{} is used untaxed after the other accounts: there is no education to pay for",
                        account.name
                    ),
                    "a goal of the kind education with its date",
                ),
            };
            self.assumed.add(field("kind"), assumption, instead);
        }
        if account.kind == AccountKind::Custodial {
            self.assumed.add(
                field("kind"),
                format!("{} is money of the household, although it belongs to a child", account.name),
                "leave the account out, or \"ownershipShare\"",
            );
        }
        if account.currency.is_some_and(|currency| currency != self.household.currency) {
            self.assumed.add(
                field("currency"),
                "the exchange rate of the document applies to the balance, and the account follows the markets of the plan",
                "the account in the household's currency",
            );
        }
    }

    /// Lists in which order accounts are drawn, where there are several.
    fn assume_order(&mut self, planned: &[Planned<'a>]) {
        let groups: Vec<_> = planned.iter().map(|one| std::mem::discriminant(&one.plan.treatment)).collect();
        if groups.len() < 2 {
            return;
        }
        let is_shared =
            groups.iter().enumerate().any(|(place, group)| groups.iter().take(place).any(|one| one == group));
        let within = if is_shared { "; those of one group in the order of the document" } else { "" };
        self.assumed.add(
            "accounts",
            format!(
                "what income does not pay is drawn from cash first, then from taxable, tax-deferred, tax-free and health \
                 savings accounts{within}"
            ),
            "for another order, the plan of `plan.retirement_plan` with a `withdrawalOrder` of its own",
        );
    }

    /// The year in which the education that an account pays for begins.
    fn first_year_of_education(&self, account: &Account) -> Option<i32> {
        let first = self.timeline.first_year;
        let goals = self.household.goals.iter().filter(|goal| {
            goal.kind == GoalKind::Education
                && goal.account.as_ref().is_none_or(|holder| *holder == account.id)
        });
        let goals = goals.map(|goal| goal.target_date.year());
        let expenses = self
            .household
            .expenses
            .iter()
            .filter(|expense| expense.kind == ExpenseKind::Education)
            .filter(|expense| !self.timeline.pieces(expense.start, expense.end).is_empty())
            .map(|expense| expense.start.map_or(first, |start| start.year()));
        goals.chain(expenses).map(|year| year.max(first)).min()
    }

    /// Accounts for education pay first, as soon as there is education to pay for.
    pub(super) fn withdrawal_order(&mut self, planned: &[Planned<'a>]) -> WithdrawalOrder {
        self.assume_order(planned);
        let first: Vec<String> = planned
            .iter()
            .filter(|planned| planned.is_education && planned.plan.accessible_from.is_some())
            .map(|planned| planned.plan.name.clone())
            .collect();
        if first.is_empty() {
            WithdrawalOrder::TaxableFirst
        } else {
            WithdrawalOrder::Custom { accounts: first }
        }
    }
}

impl Planned<'_> {
    /// Takes money out before the plan starts; a cost basis falls in proportion.
    fn take(&mut self, taken: Decimal) -> Result<()> {
        let before = gate::to_f64(self.value);
        self.value = self.value.minus(taken)?;
        self.plan.balance = gate::to_f64(self.value);
        if let RetirementTaxTreatment::Taxable { basis: Some(basis), .. } = &mut self.plan.treatment
            && before > 0.0
        {
            *basis *= self.plan.balance / before;
        }
        Ok(())
    }

    fn empty(&mut self) {
        self.value = Decimal::ZERO;
        self.plan.balance = 0.0;
        if let RetirementTaxTreatment::Taxable { basis, .. } = &mut self.plan.treatment {
            *basis = Some(0.0);
        }
    }
}

fn has_cost_basis(account: &Account) -> bool {
    account.cost_basis.is_some()
        || (!account.holdings.is_empty()
            && account.holdings.iter().all(|holding| holding.cost_basis.is_some()))
}

/// The cost of an account: its own, or that of the holdings with the cash beside them. A holding whose cost is not known
/// cost what it is worth, and a debit balance is deducted, so that the gain is that of the holdings.
fn cost_basis(account: &Account, whole: Decimal, places: u32) -> Result<Decimal> {
    if let Some(cost) = account.cost_basis {
        return Ok(cost);
    }
    let held = account.holdings.iter().map(|holding| holding.value(places)).collect::<Result<Vec<_>>>()?;
    let costs = account.holdings.iter().zip(&held).map(|(one, value)| one.cost_basis.unwrap_or(*value));
    let cost = Decimal::sum(costs)?;
    // What is not in holdings is cash, which has no gain.
    cost.plus(whole.minus(Decimal::sum(held)?)?)
}
