//! What is known about a loan that is being repaid: the payments received and the policy by which they are applied.

use crate::LoanAgreement;
use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// A loan, the payments that were received, and the day on which its state is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanLedgerInput {
    /// The loan as it was agreed. Its `extraPayments` are a plan: what was really paid counts.
    pub loan: LoanAgreement,
    /// The payments that were received, in any order; at most 10,000.
    #[wire(default)]
    pub payments: Vec<ReceivedPayment>,
    /// The day up to which the loan is followed, that day included. On or after every payment and the advance.
    pub as_of: Date,
    /// How payments are applied and what being late costs.
    #[wire(default)]
    pub policy: ServicingPolicy,
}

/// A payment that was received.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub struct ReceivedPayment {
    /// A name for it, repeated in the ledger.
    pub id: Option<String>,
    /// The day on which it was received, on or after the advance.
    pub date: Date,
    /// How much, greater than zero.
    pub amount: Decimal,
    /// What it is meant for.
    #[wire(default)]
    pub apply_to: PaymentPurpose,
}

/// What a payment is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Wire)]
pub enum PaymentPurpose {
    /// Installments: first those past due, the oldest first, then the one of the period in which it is received.
    /// What is left repays principal.
    #[default]
    Installment,
    /// Principal only, as far as it is not yet due.
    Principal,
}

/// How payments are applied and what being late costs.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ServicingPolicy {
    /// In which order the parts of an installment are paid; each of the four is named once. The oldest installment is
    /// paid in full before the next one.
    #[wire(default = usual_order)]
    pub order: Vec<PaymentPart>,
    /// What is done with money that does not pay an installment in full.
    #[wire(default)]
    pub partial_payments: PartialPayments,
    /// What being late costs besides interest; absent for nothing.
    pub late_fee: Option<LateFee>,
    /// Whether principal that is past due bears interest where interest accrues by the period.
    #[wire(default)]
    pub overdue_principal: OverduePrincipal,
}

impl Default for ServicingPolicy {
    fn default() -> Self {
        Self {
            order: usual_order(),
            partial_payments: PartialPayments::default(),
            late_fee: None,
            overdue_principal: OverduePrincipal::default(),
        }
    }
}

fn usual_order() -> Vec<PaymentPart> {
    vec![PaymentPart::Fees, PaymentPart::Interest, PaymentPart::Principal, PaymentPart::Escrow]
}

/// A part of an installment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PaymentPart {
    /// Fees of the agreement and late fees.
    Fees,
    /// Interest.
    Interest,
    /// Principal.
    Principal,
    /// The premium of mortgage insurance, then the deposit to escrow.
    Escrow,
}

/// What is done with money that does not pay an installment in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum PartialPayments {
    /// It pays a part of it.
    #[default]
    Apply,
    /// It is held, unapplied, until there is enough for the whole installment. Late fees need not be covered: they
    /// are paid from what is left (12 CFR 1026.36(c)(1)).
    Hold,
}

/// Whether principal that is past due bears interest where interest accrues by the period. By the day, it always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum OverduePrincipal {
    /// It does not before the end of the term: however late, an installment is applied as of its due date, as a
    /// note of the American secondary market says (Fannie Mae/Freddie Mac Form 3200, section 3(A)). After the last
    /// payment of the agreement it does, for each whole period.
    #[default]
    AsOfDueDate,
    /// It does for each whole period that it is past due.
    BearsInterest,
}

/// What being late costs besides interest: a fraction of what is overdue, a flat sum, or both.
///
/// It is charged once for an installment, on the day after the days of grace. An installment that is short only because
/// earlier late fees were paid out of it bears none (12 CFR 1026.36(c)(2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LateFee {
    /// A fraction of the installment's overdue principal and interest (0.05 is 5 %), from 0 to 1.
    #[wire(default)]
    pub fraction: Decimal,
    /// A sum, at least 0.
    #[wire(default)]
    pub flat: Decimal,
    /// How many days after the due date a payment is still in time, 0 to 366.
    #[wire(default, range = 0..=366)]
    pub grace_days: u32,
    /// The most that is charged for an installment; absent for no limit.
    pub maximum: Option<Decimal>,
}

/// A loan that is to be paid off.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PayoffQuoteInput {
    /// The loan as it was agreed.
    pub loan: LoanAgreement,
    /// The payments that were received, in any order; at most 10,000.
    #[wire(default)]
    pub payments: Vec<ReceivedPayment>,
    /// The day on which it is paid off, on or after every payment and the advance.
    pub date: Date,
    /// How payments are applied and what being late costs.
    #[wire(default)]
    pub policy: ServicingPolicy,
    /// What paying early costs; absent for nothing.
    pub prepayment_penalty: Option<PrepaymentPenalty>,
    /// The last day for which a total is asked for, on or after `date`, at most 92 days later; absent for `date` alone.
    pub good_through: Option<Date>,
}

/// What paying a loan off early costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PrepaymentPenalty {
    /// How much it is.
    pub amount: PenaltyAmount,
    /// The last day on which it is charged.
    pub until: Date,
}

/// How much a prepayment penalty is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
#[wire(tag = "kind")]
pub enum PenaltyAmount {
    /// A fraction of the principal that is repaid.
    Balance {
        /// The fraction (0.02 is 2 %), from 0 to 1.
        fraction: Decimal,
    },
    /// Months of interest on the principal that is repaid, each a twelfth of the annual rate in force.
    Interest {
        /// How many months, 0 to 120.
        months: u32,
    },
}

/// A loan whose schedule is asked for from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct RemainingScheduleInput {
    /// The loan as it was agreed. Its `extraPayments` that fall after `asOf` are part of the schedule.
    pub loan: LoanAgreement,
    /// The payments that were received, in any order; at most 10,000.
    #[wire(default)]
    pub payments: Vec<ReceivedPayment>,
    /// The day after which the schedule starts, on or after every payment and the advance.
    pub as_of: Date,
    /// How payments are applied. No late fees are charged after `asOf`.
    #[wire(default)]
    pub policy: ServicingPolicy,
    /// How what is past due is made up for.
    #[wire(default)]
    pub catch_up: CatchUp,
}

/// How what is past due is made up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
#[wire(tag = "kind")]
pub enum CatchUp {
    /// All of it with the next payment.
    #[default]
    NextPayment,
    /// In equal parts with the next payments (a repayment plan), each rounded up to the minor unit.
    Spread {
        /// With how many, 1 to 120; what is still open with the last payment of the loan is due with it.
        payments: u32,
    },
}
