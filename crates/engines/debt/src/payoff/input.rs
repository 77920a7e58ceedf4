//! The input of a payoff plan: the debts, the budget and the strategy.

use crate::PaymentRounding;
use wherewithal_base::{
    dates::Date,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The debts, the budget and one strategy.
#[derive(Debug, Clone, Wire)]
pub struct PayoffPlanInput {
    /// The currency of all amounts. Interest and minimum payments are rounded to its minor unit.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The date of the first month's payments, one month after the balances. Later payments fall on the same day
    /// of each month, or on the last day of a month that is too short for it.
    pub first_payment: Date,
    /// The debts, 1 to 50, with distinct ids. Their order does not affect the plan.
    #[wire(length = 1..=50)]
    pub debts: Vec<PayoffDebt>,
    /// The monthly budget for all debts together.
    pub budget: PayoffBudget,
    /// The rule by which debts get the surplus: the part of the budget above the minimum payments.
    #[wire(default)]
    pub strategy: PayoffStrategy,
    /// How each month's interest, and each minimum payment that is a share of a balance, is rounded.
    #[wire(default)]
    pub rounding: Rounding,
}

/// The debts and the budget, for all strategies side by side.
#[derive(Debug, Clone, Wire)]
pub struct PayoffComparisonInput {
    /// The currency of all amounts. Interest and minimum payments are rounded to its minor unit.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The date of the first month's payments, one month after the balances.
    pub first_payment: Date,
    /// The debts, 1 to 50, with distinct ids. Their order does not affect the plans.
    #[wire(length = 1..=50)]
    pub debts: Vec<PayoffDebt>,
    /// The monthly budget for all debts together.
    pub budget: PayoffBudget,
    /// The ids of all debts in an order of your own, to be compared as well.
    #[wire(length = ..=50)]
    pub custom_order: Option<Vec<String>>,
    /// How each month's interest, and each minimum payment that is a share of a balance, is rounded.
    #[wire(default)]
    pub rounding: Rounding,
}

/// One debt of a payoff plan.
#[derive(Debug, Clone, Wire)]
pub struct PayoffDebt {
    /// The unique id of the debt; 1 to 64 characters.
    #[wire(length = 1..=64)]
    pub id: String,
    /// The name for display; the id by default.
    pub name: Option<String>,
    /// The balance one month before the first payment; greater than zero.
    #[wire(above = 0)]
    pub balance: Decimal,
    /// Nominal annual rate as a fraction (0.2199 is 21.99 %), charged monthly on the opening balance as `interest` says.
    /// From 0 to 10, with at most 12 decimal places.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
    /// How a month's interest is computed.
    #[wire(default)]
    pub interest: DebtInterest,
    /// The least that must be paid each month; the balance if less is owed.
    pub minimum_payment: MinimumPayment,
    /// Rates that apply before the annual rate does, in the order of their ends.
    #[wire(default, length = ..=100)]
    pub promotions: Vec<PromotionalRate>,
    /// A promotion without interest if the debt is repaid by its end, "same as cash"; absent for none.
    #[wire(omit)]
    pub deferred_interest: Option<PayoffDeferredInterest>,
    /// The day of the month on which this debt is paid, 1 to 31; the day of the first payment by default. In a month
    /// that is too short, its last day.
    #[wire(range = 1..=31)]
    pub payment_day: Option<u32>,
}

/// How a month's interest is computed from the annual rate and the opening balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum DebtInterest {
    /// A twelfth of the annual rate, however many days the month has.
    #[default]
    Monthly,
    /// A 365th of the annual rate for each day since the last payment date, without compounding within the month.
    Daily,
    /// The same, compounded each day, as most credit cards do it: (1 + r/365)^days - 1, rounded half to even to 18 decimal
    /// places.
    DailyCompounded,
}

/// A promotion without interest if the debt is repaid in time, "same as cash" (12 CFR 1026.16(h)).
///
/// Up to its end, each month's interest at the rate in force is computed on the opening balance, rounded, and set aside; it
/// is neither charged nor part of the minimum payment. If anything is owed after the last payment up to the end, all of it
/// is charged together with the next month's interest; otherwise it is never charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PayoffDeferredInterest {
    /// The last payment date at which the debt can be repaid without interest; on or after the debt's first payment date.
    pub until: Date,
    /// The interest that has been set aside before the first month, as the statement says; not negative.
    #[wire(default, range = 0..)]
    pub accrued: Decimal,
}

/// A rate that applies until a date.
#[derive(Debug, Clone, Copy, Wire)]
pub struct PromotionalRate {
    /// The last payment date whose month is charged at this rate.
    pub until: Date,
    /// Nominal annual rate as a fraction; 0 is a promotion without interest.
    #[wire(rate)]
    pub annual_rate: Decimal,
}

/// The rule for a debt's minimum payment. The payment never exceeds the balance owed.
#[derive(Debug, Clone, Copy, Wire)]
#[wire(tag = "kind")]
pub enum MinimumPayment {
    /// The same amount every month, as with an instalment loan.
    Fixed {
        /// The amount; not negative.
        #[wire(range = 0..)]
        amount: Decimal,
    },
    /// A share of the opening balance, but not less than the floor.
    PercentOfBalance {
        /// The share of the opening balance as a fraction: 0.02 is 2 %. Above 0 and at most 1.
        #[wire(share, above = 0, range = ..=1)]
        fraction: Decimal,
        /// The least amount.
        #[wire(default)]
        floor: Decimal,
        /// How the amount is rounded before it is compared with the floor: to whole dollars with the step 1. To the minor
        /// unit, as `rounding` of the plan says, if no step is given.
        #[wire(default)]
        rounding: PaymentRounding,
    },
    /// A share of the opening balance plus the month's interest, but not less than the floor. The plan charges no fees,
    /// so the payment includes none; nor does it include interest that a promotion had deferred.
    PercentPlusInterest {
        /// The share of the opening balance as a fraction: 0.01 is 1 %. Above 0 and at most 1.
        #[wire(share, above = 0, range = ..=1)]
        fraction: Decimal,
        /// The least amount.
        #[wire(default)]
        floor: Decimal,
        /// How the amount is rounded before it is compared with the floor: to whole dollars with the step 1. To the minor
        /// unit, as `rounding` of the plan says, if no step is given.
        #[wire(default)]
        rounding: PaymentRounding,
    },
}

/// The monthly budget for all debts together, including minimum payments.
#[derive(Debug, Clone, Wire)]
pub struct PayoffBudget {
    /// The budget of the first month; greater than zero.
    #[wire(above = 0)]
    pub monthly: Decimal,
    /// The growth of the budget after every twelfth month, as a fraction: 0.03 is 3 % a year. From 0 to 1. The grown
    /// budget is rounded half to even.
    #[wire(rate, default, range = 0..=1)]
    pub annual_growth: Decimal,
    /// Changes of the budget, in ascending order of months. Growth continues from the changed budget.
    #[wire(default, length = ..=1200)]
    pub changes: Vec<PayoffBudgetChange>,
    /// Amounts paid once, on top of the budget of their month. Several in one month add up.
    #[wire(default, length = ..=10_000)]
    pub extra_payments: Vec<PayoffExtraPayment>,
}

/// A budget that applies from a month on.
#[derive(Debug, Clone, Copy, Wire)]
pub struct PayoffBudgetChange {
    /// The number of the month, 1 to 1200; month 1 is that of the first payment.
    #[wire(range = 1..=1200)]
    pub month: u32,
    /// The monthly budget from then on; not negative.
    #[wire(range = 0..)]
    pub monthly: Decimal,
}

/// An amount that is paid once on top of the budget.
#[derive(Debug, Clone, Copy, Wire)]
pub struct PayoffExtraPayment {
    /// The number of the month, 1 to 1200; month 1 is that of the first payment.
    #[wire(range = 1..=1200)]
    pub month: u32,
    /// The amount; not negative.
    #[wire(range = 0..)]
    pub amount: Decimal,
}

/// The rule by which debts get the surplus: the part of the budget above the minimum payments. What one debt no longer
/// needs goes to the next in the same month. Ties are broken by the order of the ids.
#[derive(Debug, Clone, PartialEq, Eq, Default, Wire)]
#[wire(tag = "kind")]
pub enum PayoffStrategy {
    /// The smallest balance at the start first.
    Snowball,
    /// The highest rate in force first, month by month. A rate whose interest is deferred counts.
    #[default]
    Avalanche,
    /// The highest minimum payment of the first month first.
    HighestPayment,
    /// The order of the list.
    Custom {
        /// The ids of all debts, each once.
        #[wire(length = 1..=50)]
        order: Vec<String>,
    },
    /// The least total interest of all ways to spend the budget, with a proof of how close it is.
    Optimum,
}

/// A strategy by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PayoffStrategyName {
    /// The smallest balance at the start first.
    Snowball,
    /// The highest rate in force first.
    Avalanche,
    /// The highest minimum payment of the first month first.
    HighestPayment,
    /// A custom order.
    Custom,
    /// The least total interest.
    Optimum,
}

impl PayoffStrategy {
    pub(super) fn name(&self) -> PayoffStrategyName {
        match self {
            Self::Snowball => PayoffStrategyName::Snowball,
            Self::Avalanche => PayoffStrategyName::Avalanche,
            Self::HighestPayment => PayoffStrategyName::HighestPayment,
            Self::Custom { .. } => PayoffStrategyName::Custom,
            Self::Optimum => PayoffStrategyName::Optimum,
        }
    }
}
