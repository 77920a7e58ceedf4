//! The fourth decision rule of Guyton and Klinger: the assets that are sold for a year's withdrawal.

use crate::limits;
use wherewithal_base::{Result, check, error::At as _, wire::Wire};

/// The largest number of asset classes.
const MAX_CLASSES: usize = 100;
/// The longest name of a class, in characters.
const MAX_NAME: usize = 100;

/// Input of `retirement.fund_withdrawal`: a withdrawal, and the asset classes that may pay for it.
#[derive(Debug, Clone, Wire)]
pub struct WithdrawalFundingInput {
    /// The amount needed; 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub withdrawal: f64,
    /// The asset classes at the end of the previous year, 1 to 100.
    #[wire(length = 1..=100)]
    pub classes: Vec<FundingClass>,
}

/// An asset class.
#[derive(Debug, Clone, Wire)]
pub struct FundingClass {
    /// Its unique name, 1 to 100 characters.
    #[wire(length = 1..=100)]
    pub name: String,
    /// Its role.
    pub role: FundingRole,
    /// Its value; 0 to 10^15.
    #[wire(range = 0..=1e15)]
    pub balance: f64,
    /// Its target share of the portfolio, 0 to 1. The shares add up to 1.
    #[wire(share, range = 0..=1)]
    pub target_weight: f64,
    /// Its return in the previous year (-0.1 is -10 %); from -1 to 10.
    #[wire(rate, range = -1..=10)]
    pub last_return: f64,
}

/// The role of an asset class when a withdrawal is funded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum FundingRole {
    /// Stocks, real estate and the like.
    Equity,
    /// Bonds.
    FixedIncome,
    /// Bank deposits, bills, money market funds.
    Cash,
}

/// Result of `retirement.fund_withdrawal`.
#[derive(Debug, Clone, Wire)]
pub struct WithdrawalFundingResult {
    /// The classes in the order of the input.
    pub classes: Vec<FundedClass>,
    /// The amount that all classes together could not pay.
    pub shortfall: f64,
}

/// The changes of one asset class: `balance = former balance - withdrawn - movedToCash`.
#[derive(Debug, Clone, Wire)]
pub struct FundedClass {
    /// Its name.
    pub name: String,
    /// The amount sold for the withdrawal.
    pub withdrawn: f64,
    /// The amount sold and kept as cash for later withdrawals; negative for the cash class that received it.
    pub moved_to_cash: f64,
    /// The remaining balance.
    pub balance: f64,
}

/// The assets sold for a year's withdrawal, by the portfolio management rule of Guyton and Klinger (2006, as in Guyton,
/// "Decision Rules and Portfolio Management for Retirees", Journal of Financial Planning, October 2004).
///
/// An equity class with a positive return and a share above its target is sold down to the target. The withdrawal is
/// paid, in this order, from (1) these sales, (2) fixed income above its target, (3) cash, (4) the rest of fixed
/// income, (5) the rest of equities, the best return of the previous year first. So an equity class that lost is sold
/// only when everything else is used up. The rest of the sales becomes cash, in the first cash class; without one, it
/// is not sold. Within one step, classes are used in the order of the list.
///
/// ```
/// # use wherewithal_retirement::wherewithal;
/// use wherewithal::retirement::{self, FundingClass, FundingRole, WithdrawalFundingInput};
///
/// let class = |name: &str, role, balance, target_weight, last_return| FundingClass {
///     name: name.into(), role, balance, target_weight, last_return,
/// };
/// let result = retirement::fund_withdrawal(&WithdrawalFundingInput {
///     withdrawal: 40_000.0,
///     classes: vec![
///         class("stocks", FundingRole::Equity, 650_000.0, 0.6, 0.2),
///         class("bonds", FundingRole::FixedIncome, 300_000.0, 0.3, 0.02),
///         class("cash", FundingRole::Cash, 50_000.0, 0.1, 0.01),
///     ],
/// })?;
/// assert_eq!(result.classes[0].balance, 600_000.0);
/// assert_eq!(result.classes[2].balance, 60_000.0);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `number.not_finite`, the codes of invalid values, each with its path.
pub fn fund_withdrawal(input: &WithdrawalFundingInput) -> Result<WithdrawalFundingResult> {
    let withdrawal = limits::amount(input.withdrawal).at("withdrawal")?;
    check_classes(&input.classes)?;
    let mut pots: Vec<Pot> = input.classes.iter().map(Pot::of).collect();
    let shortfall = fund(&mut pots, withdrawal);
    let classes = input
        .classes
        .iter()
        .zip(&pots)
        .map(|(class, pot)| FundedClass {
            name: class.name.clone(),
            withdrawn: pot.withdrawn,
            moved_to_cash: pot.moved_to_cash,
            balance: pot.balance,
        })
        .collect();
    Ok(WithdrawalFundingResult { classes, shortfall })
}

fn check_classes(classes: &[FundingClass]) -> Result<()> {
    check::length(classes.len(), 1..=MAX_CLASSES).at("classes")?;
    for (index, class) in classes.iter().enumerate() {
        check_class(class).at_index("classes", index)?;
    }
    let weights: Vec<f64> = classes.iter().map(|class| class.target_weight).collect();
    check::weights(&weights, classes.len()).at("classes").map(drop)
}

fn check_class(class: &FundingClass) -> Result<()> {
    check::text(&class.name, MAX_NAME).at("name")?;
    limits::amount(class.balance).at("balance")?;
    check::fraction(class.target_weight).at("targetWeight")?;
    check::rate(class.last_return, -1.0..=10.0).at("lastReturn").map(|_| ())
}

/// One class while a withdrawal is funded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pot {
    pub(crate) role: FundingRole,
    pub(crate) target_weight: f64,
    pub(crate) last_return: f64,
    pub(crate) balance: f64,
    pub(crate) withdrawn: f64,
    pub(crate) moved_to_cash: f64,
    /// The part of the balance above the target that may be sold for that reason.
    excess: f64,
}

impl Pot {
    fn of(class: &FundingClass) -> Self {
        Self::new(class.role, class.target_weight, class.last_return, class.balance)
    }

    /// A class before anything is sold.
    pub(crate) fn new(role: FundingRole, target_weight: f64, last_return: f64, balance: f64) -> Self {
        Self { role, target_weight, last_return, balance, withdrawn: 0.0, moved_to_cash: 0.0, excess: 0.0 }
    }

    /// Withdraws up to `most` of the amount still needed, and returns the rest of that amount.
    fn pay(&mut self, needed: f64, most: f64) -> f64 {
        let paid = needed.min(most);
        self.withdrawn += paid;
        self.balance -= paid;
        self.excess = (self.excess - paid).max(0.0);
        needed - paid
    }
}

/// Applies the portfolio management rule and returns the amount that could not be paid.
pub(crate) fn fund(pots: &mut [Pot], withdrawal: f64) -> f64 {
    let total: f64 = pots.iter().map(|pot| pot.balance).sum();
    for pot in pots.iter_mut() {
        let sells = match pot.role {
            FundingRole::Equity => pot.last_return > 0.0,
            FundingRole::FixedIncome => true,
            FundingRole::Cash => false,
        };
        pot.excess = if sells { (pot.balance - pot.target_weight * total).max(0.0) } else { 0.0 };
    }
    let mut needed = withdrawal;
    for role in [FundingRole::Equity, FundingRole::FixedIncome] {
        for pot in pots.iter_mut().filter(|pot| pot.role == role) {
            needed = pot.pay(needed, pot.excess);
        }
    }
    keep_as_cash(pots);
    for role in [FundingRole::Cash, FundingRole::FixedIncome] {
        for pot in pots.iter_mut().filter(|pot| pot.role == role) {
            needed = pot.pay(needed, pot.balance);
        }
    }
    while needed > 0.0 {
        let Some(pot) = best_equity(pots) else { break };
        needed = pot.pay(needed, pot.balance);
    }
    needed
}

/// Moves the rest of equities above their targets to the first cash class.
fn keep_as_cash(pots: &mut [Pot]) {
    if !pots.iter().any(|pot| pot.role == FundingRole::Cash) {
        return;
    }
    let mut moved = 0.0;
    for pot in pots.iter_mut().filter(|pot| pot.role == FundingRole::Equity && pot.excess > 0.0) {
        pot.balance -= pot.excess;
        pot.moved_to_cash = pot.excess;
        moved += pot.excess;
    }
    if let Some(cash) = pots.iter_mut().find(|pot| pot.role == FundingRole::Cash)
        && moved > 0.0
    {
        cash.balance += moved;
        cash.moved_to_cash = -moved;
    }
}

/// The equity class with the best return that still has a balance; the first of equals.
fn best_equity(pots: &mut [Pot]) -> Option<&mut Pot> {
    pots.iter_mut()
        .filter(|pot| pot.role == FundingRole::Equity && pot.balance > 0.0)
        .reduce(|best, pot| if pot.last_return > best.last_return { pot } else { best })
}
