//! Allocation of money among several goals.

use std::collections::BTreeMap;

use super::{
    amounts::{Amounts, MAX_MINOR_UNITS, ratio},
    capacity::Capacity,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::Date,
    error::At as _,
    money::{Currency, Money, us_dollar},
    num::Decimal,
    order,
    wire::Wire,
};
use wherewithal_household::GoalPriority;

/// The largest number of goals, and of accounts.
const MAX_ITEMS: usize = 50;
/// The longest id, in characters.
const MAX_ID: usize = 64;
/// The number of steps into which a funded ratio is divided when the lowest one is raised.
const LEVELS: i64 = 1_000_000_000;

/// Input of `goals.allocate`: goals, and the accounts that may pay for them.
#[derive(Debug, Clone, Wire)]
pub struct GoalAllocationInput {
    /// The goals, 1 to 50.
    #[wire(length = 1..=50)]
    pub goals: Vec<AllocationGoal>,
    /// The accounts, 1 to 50.
    #[wire(length = 1..=50)]
    pub accounts: Vec<AllocationAccount>,
    /// The method of allocation.
    #[wire(default)]
    pub method: AllocationMethod,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
}

/// A goal of an allocation.
#[derive(Debug, Clone, Wire)]
pub struct AllocationGoal {
    /// Unique among the goals: 1 to 64 characters.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The amount that would fund it fully today, greater than 0: for a later goal its present value, as computed by
    /// `goals.funded_ratio`.
    pub need: Decimal,
    /// Its priority among the goals.
    #[wire(default)]
    pub priority: GoalPriority,
    /// The date when it is needed. Among goals of equal priority, earlier ones come first, and those without a date
    /// last.
    pub target_date: Option<Date>,
    /// The ids of the accounts that may pay for it; if the list is empty, all of them.
    #[wire(default, length = ..=50)]
    pub accounts: Vec<String>,
}

/// An account of an allocation.
#[derive(Debug, Clone, Wire)]
pub struct AllocationAccount {
    /// Unique among the accounts: 1 to 64 characters.
    #[wire(length = 1..=64)]
    pub id: String,
    /// Its balance; at least 0.
    #[wire(range = 0..)]
    pub balance: Decimal,
}

/// The method of allocating money among goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum AllocationMethod {
    /// A waterfall, goal by goal: by priority, then by date, then in the order of the list. A goal receives money only
    /// after every goal before it is funded as far as its accounts allow.
    #[default]
    Priority,
    /// Each account, in the order of the list, is divided among its goals in proportion to their remaining need; the
    /// minor units left over by rounding go to the largest remainders.
    Proportional,
    /// The lowest funded ratio is made as high as possible, then the next one, and so on, to a billionth.
    RaiseLeastFunded,
}

/// Result of `goals.allocate`.
#[derive(Debug, Clone, Wire)]
pub struct GoalAllocationResult {
    /// The goals in the order of the input.
    pub goals: Vec<AllocatedGoal>,
    /// The accounts in the order of the input.
    pub accounts: Vec<AllocatedAccount>,
    /// The amount that each account gives each goal, ordered by account, then by goal, without zeros.
    pub lines: Vec<GoalAllocationLine>,
    /// The sum of the goals' needs.
    pub total_need: Decimal,
    /// The sum of the allocated amounts.
    pub total_allocated: Decimal,
    /// The sum of the remaining balances.
    pub total_unallocated: Decimal,
}

/// The allocation of one goal.
#[derive(Debug, Clone, Wire)]
pub struct AllocatedGoal {
    /// The goal.
    pub id: String,
    /// The allocated amount.
    pub allocated: Decimal,
    /// The missing amount.
    pub shortfall: Decimal,
    /// The allocated amount as a fraction of its need, to six places.
    pub funded_ratio: Decimal,
}

/// The allocation of one account.
#[derive(Debug, Clone, Wire)]
pub struct AllocatedAccount {
    /// The account.
    pub id: String,
    /// The amount that it gives.
    pub allocated: Decimal,
    /// Its remaining balance.
    pub unallocated: Decimal,
}

/// The amount that one account gives one goal.
#[derive(Debug, Clone, Wire)]
pub struct GoalAllocationLine {
    /// The account.
    pub account: String,
    /// The goal.
    pub goal: String,
    /// The amount, greater than 0.
    #[wire(above = 0)]
    pub amount: Decimal,
}

/// Allocates the money of several accounts to several goals.
///
/// Every amount is a whole number of minor units, and all amounts add up. With `priority` and `raiseLeastFunded`, a
/// goal may be paid from any of its accounts, and a goal that only one account may pay for does not lose because
/// another goal was paid from that account first.
///
/// ```
/// # use wherewithal_goals::wherewithal;
/// use wherewithal::{goals::{self, AllocationAccount, AllocationGoal, AllocationMethod, GoalAllocationInput}, household::GoalPriority, money::Currency};
///
/// let goal = |id: &str, need: &str, priority| {
///     Ok::<_, wherewithal::Error>(AllocationGoal {
///         id: id.into(), need: need.parse()?, priority, target_date: None, accounts: vec![],
///     })
/// };
/// let result = goals::allocate(&GoalAllocationInput {
///     goals: vec![goal("car", "20000", GoalPriority::Low)?, goal("reserve", "15000", GoalPriority::High)?],
///     accounts: vec![AllocationAccount { id: "savings".into(), balance: "25000".parse()? }],
///     method: AllocationMethod::Priority,
///     currency: Currency::USD,
/// })?;
/// assert_eq!(result.goals[0].allocated.to_string(), "10000.00");
/// assert_eq!(result.goals[1].allocated.to_string(), "15000.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// The codes of invalid values and `currency.minor_unit_missing`, each with its path.
pub fn allocate(input: &GoalAllocationInput) -> Result<GoalAllocationResult> {
    let amounts = Amounts::of(input.currency)?;
    let (needs, mut capacity) = checked(input, amounts)?;
    match input.method {
        AllocationMethod::Priority => by_priority(&input.goals, &needs, &mut capacity),
        AllocationMethod::Proportional => {
            in_proportion(&needs, &mut capacity, input.accounts.len(), input.currency, amounts)?;
        }
        AllocationMethod::RaiseLeastFunded => capacity = raise_least_funded(&needs, capacity),
    }
    answer(input, &needs, &capacity, amounts)
}

/// The needs, and the accounts before any allocation.
#[expect(clippy::indexing_slicing, reason = "every account has a cell for every goal")]
fn checked(input: &GoalAllocationInput, amounts: Amounts) -> Result<(Vec<i64>, Capacity)> {
    let accounts = index_of("accounts", input.accounts.iter().map(|account| account.id.as_str()))?;
    index_of("goals", input.goals.iter().map(|goal| goal.id.as_str()))?;
    let mut balances = Vec::with_capacity(input.accounts.len());
    for (index, account) in input.accounts.iter().enumerate() {
        balances.push(amounts.read(account.balance, "balance").at_index("accounts", index)?);
    }
    let mut needs = Vec::with_capacity(input.goals.len());
    let mut serves = vec![vec![false; input.goals.len()]; balances.len()];
    for (index, goal) in input.goals.iter().enumerate() {
        needs.push(amounts.read_positive(goal.need, "need").at_index("goals", index)?);
        let of_goal = eligible(goal, &accounts).at_index("goals", index)?;
        for (row, serves) in serves.iter_mut().zip(of_goal) {
            row[index] = serves;
        }
    }
    for (field, sum) in [("accounts", total(&balances)), ("goals", total(&needs))] {
        if sum > i128::from(MAX_MINOR_UNITS) {
            let message = "the amounts add up to more than 10^15 minor units, the largest sum";
            return Err(Error::new(ErrorCode::AmountOutOfRange, message).at(field));
        }
    }
    let goals = needs.len();
    Ok((needs, Capacity::new(balances, serves, goals)))
}

fn total(units: &[i64]) -> i128 {
    units.iter().map(|units| i128::from(*units)).sum()
}

/// The index of each id in its list.
fn index_of<'a>(
    field: &str,
    ids: impl ExactSizeIterator<Item = &'a str>,
) -> Result<BTreeMap<&'a str, usize>> {
    check::length(ids.len(), 1..=MAX_ITEMS).at(field)?;
    let mut places = BTreeMap::new();
    for (index, id) in ids.enumerate() {
        check::text(id, MAX_ID).at("id").at_index(field, index)?;
        if places.insert(id, index).is_some() {
            let message = format!("{id:?} is the id of an earlier entry; each entry needs its own id");
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("id").at_index(field, index));
        }
    }
    Ok(places)
}

/// For each account, whether it may pay for a goal.
#[expect(clippy::indexing_slicing, reason = "the places are those of the accounts")]
fn eligible(goal: &AllocationGoal, accounts: &BTreeMap<&str, usize>) -> Result<Vec<bool>> {
    let mut eligible = vec![goal.accounts.is_empty(); accounts.len()];
    check::length(goal.accounts.len(), 0..=MAX_ITEMS).at("accounts")?;
    for (index, id) in goal.accounts.iter().enumerate() {
        let Some(place) = accounts.get(id.as_str()) else {
            let shown: String = id.chars().take(64).collect();
            let message = format!("there is no account {shown:?}");
            return Err(Error::new(ErrorCode::NameUnknown, message).at_index("accounts", index));
        };
        eligible[*place] = true;
    }
    Ok(eligible)
}

fn by_priority(goals: &[AllocationGoal], needs: &[i64], capacity: &mut Capacity) {
    let mut order: Vec<(usize, (&AllocationGoal, &i64))> = goals.iter().zip(needs).enumerate().collect();
    order::sort_by_key(&mut order, |(index, (goal, _))| {
        let rank = match goal.priority {
            GoalPriority::High => 0,
            GoalPriority::Medium => 1,
            GoalPriority::Low => 2,
        };
        (rank, goal.target_date.is_none(), goal.target_date, *index)
    });
    for (index, (_, need)) in order {
        capacity.raise(index, *need);
    }
}

fn in_proportion(
    needs: &[i64],
    capacity: &mut Capacity,
    accounts: usize,
    currency: Currency,
    amounts: Amounts,
) -> Result<()> {
    for account in 0..accounts {
        let missing: Vec<i64> = needs
            .iter()
            .enumerate()
            .map(|(goal, need)| if capacity.may_serve(account, goal) { need - capacity.has(goal) } else { 0 })
            .collect();
        let sum: i64 = missing.iter().sum();
        if sum == 0 {
            continue;
        }
        // No share exceeds the missing amount, because the sum that is divided does not exceed their sum.
        let shared = Money::new(amounts.write(capacity.left(account).min(sum))?, currency);
        let weights: Vec<Decimal> = missing.iter().map(|units| Decimal::from(*units)).collect();
        for (goal, part) in shared.allocate(&weights)?.into_iter().enumerate() {
            capacity.give(account, goal, amounts.read(part.amount(), "goals")?);
        }
    }
    Ok(())
}

/// Raises all goals evenly to the level at which one of them can get no more, fixes that goal there, and continues with
/// the others.
#[expect(
    clippy::expect_used,
    reason = "the goals that are held got as much in the round before, together with the others"
)]
fn raise_least_funded(needs: &[i64], empty: Capacity) -> Capacity {
    // The amounts of the goals that are fixed.
    let mut held: Vec<Option<i64>> = vec![None; needs.len()];
    let mut best = empty.clone();
    while held.iter().any(Option::is_none) {
        let levels = |level: i64| -> Vec<i64> {
            needs.iter().zip(&held).map(|(need, held)| held.unwrap_or_else(|| part(*need, level))).collect()
        };
        let fill = |level: i64| -> Option<Capacity> {
            let mut filled = empty.clone();
            let wanted = levels(level);
            for (goal, wanted) in wanted.iter().enumerate() {
                filled.raise(goal, *wanted);
            }
            wanted.iter().enumerate().all(|(goal, wanted)| filled.has(goal) == *wanted).then_some(filled)
        };
        let (mut possible, mut impossible) = (0, LEVELS + 1);
        while impossible - possible > 1 {
            let middle = possible + (impossible - possible) / 2;
            if fill(middle).is_some() {
                possible = middle;
            } else {
                impossible = middle;
            }
        }
        best = fill(possible).expect("the amounts of fixed goals were possible before");
        // At the next level, some goal falls short: it is fixed at the amount that it can get.
        let next = levels((possible + 1).min(LEVELS));
        for (goal, (wanted, held)) in next.iter().zip(held.iter_mut()).enumerate() {
            if held.is_none() {
                best.raise(goal, *wanted);
                if possible == LEVELS || best.has(goal) < *wanted {
                    *held = Some(best.has(goal));
                }
            }
        }
    }
    best
}

/// A number of billionths of an amount, rounded down.
fn part(need: i64, level: i64) -> i64 {
    // At most the amount, because the level is at most the whole.
    (i128::from(need) * i128::from(level) / i128::from(LEVELS)) as i64
}

fn answer(
    input: &GoalAllocationInput,
    needs: &[i64],
    capacity: &Capacity,
    amounts: Amounts,
) -> Result<GoalAllocationResult> {
    let goals = input.goals.iter().zip(needs).enumerate().map(|(index, (goal, need))| {
        let has = capacity.has(index);
        Ok(AllocatedGoal {
            id: goal.id.clone(),
            allocated: amounts.write(has)?,
            shortfall: amounts.write(need - has)?,
            funded_ratio: ratio(has, *need)?,
        })
    });
    let (mut accounts, mut lines) = (Vec::new(), Vec::new());
    let (mut allocated, mut unallocated) = (0, 0);
    for (place, account) in input.accounts.iter().enumerate() {
        let mut given = 0;
        for (index, goal) in input.goals.iter().enumerate() {
            let amount = capacity.given(place, index);
            given += amount;
            if amount > 0 {
                let amount = amounts.write(amount)?;
                lines.push(GoalAllocationLine { account: account.id.clone(), goal: goal.id.clone(), amount });
            }
        }
        allocated += given;
        unallocated += capacity.left(place);
        accounts.push(AllocatedAccount {
            id: account.id.clone(),
            allocated: amounts.write(given)?,
            unallocated: amounts.write(capacity.left(place))?,
        });
    }
    Ok(GoalAllocationResult {
        goals: goals.collect::<Result<_>>()?,
        accounts,
        lines,
        total_need: amounts.write(total(needs))?,
        total_allocated: amounts.write(allocated)?,
        total_unallocated: amounts.write(unallocated)?,
    })
}
