//! What happens to a loan on single days or for some payments.

use wherewithal_base::{
    dates::{Date, Frequency},
    num::Decimal,
    wire::Wire,
};

/// Payments beyond the agreed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ExtraPayment {
    /// The date of the first extra payment, after `advanceDate`.
    pub date: Date,
    /// The amount each time; greater than zero. The last one is at most what is owed.
    #[wire(above = 0)]
    pub amount: Decimal,
    /// The frequency, counted from `date`.
    #[wire(default)]
    pub repeat: ExtraPaymentRepeat,
    /// The end date of a repeated payment, not before `date`; absent if it continues for the life of the loan.
    pub until: Option<Date>,
    /// Whether each is paid on its own date or with the next payment.
    #[wire(default)]
    pub timing: ExtraPaymentTiming,
}

/// How often an extra payment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ExtraPaymentRepeat {
    /// Once.
    #[default]
    Once,
    /// With every payment.
    EveryPayment,
    /// Every 7 days.
    Weekly,
    /// Every 14 days.
    Biweekly,
    /// On the same day of each month.
    Monthly,
    /// Every 3 months.
    Quarterly,
    /// Every 6 months.
    Semiannually,
    /// Once a year.
    Annually,
}

impl ExtraPaymentRepeat {
    pub(super) fn frequency(self) -> Option<Frequency> {
        match self {
            Self::Once | Self::EveryPayment => None,
            Self::Weekly => Some(Frequency::Weekly),
            Self::Biweekly => Some(Frequency::Biweekly),
            Self::Monthly => Some(Frequency::Monthly),
            Self::Quarterly => Some(Frequency::Quarterly),
            Self::Semiannually => Some(Frequency::Semiannual),
            Self::Annually => Some(Frequency::Annual),
        }
    }
}

/// When an extra payment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ExtraPaymentTiming {
    /// Together with the first payment due on or after its date.
    #[default]
    WithPayment,
    /// On its date, which may lie between two payments: if interest accrues by the day, less of it accrues from this day
    /// on, and the interest of the days before is due with the next payment. If it accrues by the period, the whole period
    /// bears interest, and the extra payment counts from the next due date on, as with `withPayment`.
    OnDate,
}

/// A change of the rate on an agreed or assumed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct RateChange {
    /// The first day at the new rate, after `advanceDate`. If interest accrues by the day, this day is charged at the new
    /// rate; if by the period, the first period that starts on or after it. The payments are recomputed from the first
    /// one whose whole period is charged at the new rate, unless they are agreed.
    pub date: Date,
    /// The nominal annual rate from this day on, as a fraction, from 0 to 10.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
}

/// Payments that are reduced or not made at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PaymentBreak {
    /// The number of the first payment concerned, from 1.
    #[wire(range = 1..=5200)]
    pub first_number: u32,
    /// The number of payments concerned. The last payment of the term is never one of them.
    #[wire(range = 1..=5200)]
    pub payments: u32,
    /// What is paid instead.
    #[wire(default)]
    pub pays: BreakPayment,
    /// What it means for the other payments. Agreed payments stay the same; a balance left is due with the last one.
    #[wire(default)]
    pub others: OtherPayments,
}

impl PaymentBreak {
    pub(super) fn extends_term(&self) -> bool {
        self.others == OtherPayments::ExtendTerm
    }
}

/// What is paid during a payment break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum BreakPayment {
    /// Nothing: a payment holiday. The interest of each period is added to the balance, whatever `unpaidInterest` says.
    #[default]
    Nothing,
    /// The interest of the period.
    Interest,
}

/// What a payment break means for the payments before and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum OtherPayments {
    /// Those before it are as if there were none, and those after it are recomputed over the rest of the term.
    #[default]
    RecomputedAfter,
    /// All are computed with the break in mind, so that those after it are the same as those before.
    LevelThroughout,
    /// All stay the same, and the term is longer: by the payments of the break, and by further ones until the loan is
    /// repaid. The last payment then also pays what would be less than half a payment after it, unless `finalPayment` is
    /// `additional`. For level and straight-line repayment without a balloon, `amortizationPayments` and `maturity`.
    ExtendTerm,
}
