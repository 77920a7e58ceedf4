//! The accounts of the plan, at most as many as it has room for.

use super::{Context, accounts::Planned};
use wherewithal_base::{Error, ErrorCode, Result};
use wherewithal_retirement::{
    RetirementAccount, RetirementContribution, RetirementTaxTreatment, WithdrawalOrder,
};

/// The largest number of accounts of a plan.
const MAX_ACCOUNTS: usize = 20;
/// The name of the account that is added if what is left over has no place.
const LEFT_OVER: &str = "Cash that is left over";

impl<'a> Context<'a> {
    /// The accounts of the plan: with one for what is left over, and merged where there are too many.
    pub(super) fn merged(
        &mut self,
        planned: Vec<Planned<'a>>,
        contributions: &mut [RetirementContribution],
        order: &mut WithdrawalOrder,
    ) -> Result<Vec<RetirementAccount>> {
        let has_room = |planned: &Planned<'_>| {
            matches!(
                planned.plan.treatment,
                RetirementTaxTreatment::Taxable { .. } | RetirementTaxTreatment::Cash { .. }
            )
        };
        let needs_account = !planned.iter().any(has_room);
        let room = MAX_ACCOUNTS - usize::from(needs_account);
        let mut accounts: Vec<(usize, RetirementAccount)> =
            planned.into_iter().map(|planned| (planned.index, planned.plan)).collect();
        // Alike in everything first; then in all but their rates and allocations.
        for alike in [is_alike as fn(&RetirementAccount, &RetirementAccount) -> bool, is_like] {
            if accounts.len() > room {
                accounts = self.merge(accounts, alike, contributions, order);
            }
        }
        if accounts.len() > room {
            let message = format!(
                "a plan has at most {MAX_ACCOUNTS} accounts, and {} are left of these after those of one owner and one \
                 tax treatment were put together",
                accounts.len()
            );
            return Err(Error::new(ErrorCode::ListTooLong, message).at("accounts"));
        }
        let mut accounts: Vec<RetirementAccount> = accounts.into_iter().map(|(_, account)| account).collect();
        if needs_account {
            let mut name = LEFT_OVER.to_owned();
            while accounts.iter().any(|account| account.name == name) {
                name.push('+');
            }
            accounts.push(RetirementAccount {
                name,
                owner: None,
                balance: 0.0,
                treatment: RetirementTaxTreatment::Cash { interest_rate: 0.0 },
                allocation: None,
                accessible_from: None,
            });
        }
        Ok(accounts)
    }

    fn merge(
        &mut self,
        accounts: Vec<(usize, RetirementAccount)>,
        alike: fn(&RetirementAccount, &RetirementAccount) -> bool,
        contributions: &mut [RetirementContribution],
        order: &mut WithdrawalOrder,
    ) -> Vec<(usize, RetirementAccount)> {
        let mut kept: Vec<(usize, RetirementAccount)> = Vec::new();
        for (index, account) in accounts {
            let Some((_, into)) = kept.iter_mut().find(|(_, into)| alike(into, &account)) else {
                kept.push((index, account));
                continue;
            };
            self.assumed.add(
                format!("accounts[{index}]"),
                format!(
                    "{} is counted with {}: a plan has at most {MAX_ACCOUNTS} accounts",
                    account.name, into.name
                ),
                "fewer accounts",
            );
            for contribution in contributions.iter_mut().filter(|one| one.account == account.name) {
                contribution.account.clone_from(&into.name);
            }
            if let WithdrawalOrder::Custom { accounts } = order {
                accounts.retain(|name| *name != account.name);
            }
            put_into(into, account);
        }
        kept
    }
}

/// Adds the balance of an account to another; rates become means by balance.
fn put_into(into: &mut RetirementAccount, account: RetirementAccount) {
    use RetirementTaxTreatment::{Cash, Taxable};

    let (had, added) = (into.balance, account.balance);
    let total = had + added;
    let mean = |one: f64, other: f64| if total > 0.0 { (one * had + other * added) / total } else { one };
    match (&mut into.treatment, account.treatment) {
        (Cash { interest_rate }, Cash { interest_rate: other }) => {
            *interest_rate = mean(*interest_rate, other)
        }
        (
            Taxable { basis, interest_yield, dividend_yield },
            Taxable { basis: other_basis, interest_yield: other_interest, dividend_yield: other_dividend },
        ) => {
            *basis = Some(basis.unwrap_or(had) + other_basis.unwrap_or(added));
            *interest_yield = mean(*interest_yield, other_interest);
            *dividend_yield = mean(*dividend_yield, other_dividend);
        }
        _ => {}
    }
    into.balance = total;
}

/// Whether a plan cannot tell two accounts apart.
fn is_alike(one: &RetirementAccount, other: &RetirementAccount) -> bool {
    use RetirementTaxTreatment::{Cash, Taxable};

    let same_rates = match (one.treatment, other.treatment) {
        (Cash { interest_rate: one }, Cash { interest_rate: other }) => one == other,
        (
            Taxable { interest_yield: one_interest, dividend_yield: one_dividend, .. },
            Taxable { interest_yield: other_interest, dividend_yield: other_dividend, .. },
        ) => (one_interest, one_dividend) == (other_interest, other_dividend),
        _ => true,
    };
    is_like(one, other) && same_rates && one.allocation == other.allocation
}

/// Whether two accounts have one owner, one tax treatment and one year of access.
fn is_like(one: &RetirementAccount, other: &RetirementAccount) -> bool {
    std::mem::discriminant(&one.treatment) == std::mem::discriminant(&other.treatment)
        && one.owner == other.owner
        && one.accessible_from == other.accessible_from
}
