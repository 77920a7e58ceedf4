//! The input for a loan that is being repaid: the payments received and the policy for applying them.

use crate::LoanAgreement;
use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// A loan, the payments received, and the date of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanLedgerInput {
    /// The loan as agreed. Its `extraPayments` are only planned; the payments received count.
    pub loan: LoanAgreement,
    /// The payments received, in any order; at most 10,000.
    #[wire(default, length = ..=10_000)]
    pub payments: Vec<ReceivedPayment>,
    /// The last date of the ledger; on or after the advance and every payment.
    pub as_of: Date,
    /// How payments are applied, and what late payment costs.
    #[wire(default)]
    pub policy: ServicingPolicy,
}

/// A payment received.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Wire)]
pub struct ReceivedPayment {
    /// An identifier, repeated in the ledger.
    pub id: Option<String>,
    /// The date of receipt, on or after the advance.
    pub date: Date,
    /// The amount; greater than zero.
    #[wire(above = 0)]
    pub amount: Decimal,
    /// The purpose of the payment.
    #[wire(default)]
    pub apply_to: PaymentPurpose,
}

/// The purpose of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Wire)]
pub enum PaymentPurpose {
    /// Installments: first those past due, the oldest first, then the one of the period in which it is received. The
    /// rest repays principal.
    #[default]
    Installment,
    /// Principal that is not yet due, only.
    Principal,
}

/// How payments are applied, and what late payment costs.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct ServicingPolicy {
    /// The order in which the parts of an installment are paid, each of the four named once. The oldest installment is
    /// paid in full before the next one.
    #[wire(default = usual_order, length = 4..=4)]
    pub order: Vec<PaymentPart>,
    /// What happens to money that does not pay an installment in full.
    #[wire(default)]
    pub partial_payments: PartialPayments,
    /// The late fee; absent for none.
    pub late_fee: Option<LateFee>,
    /// Whether overdue principal bears interest if interest accrues by the period.
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

/// What happens to money that does not pay an installment in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum PartialPayments {
    /// It pays a part of the installment.
    #[default]
    Apply,
    /// It is held, unapplied, until it covers the whole installment. It need not cover late fees, which are paid from
    /// what is left (12 CFR 1026.36(c)(1)).
    Hold,
}

/// Whether overdue principal bears interest if interest accrues by the period. If interest accrues by the day, it
/// always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum OverduePrincipal {
    /// Not before the end of the term: an installment is applied as of its due date, however late, as in the notes of
    /// the American secondary market (Fannie Mae/Freddie Mac Form 3200, section 3(A)). After the last payment of the
    /// agreement, for each whole period.
    #[default]
    AsOfDueDate,
    /// For each whole period that it is overdue.
    BearsInterest,
}

/// A late fee: a fraction of the overdue amount, a flat amount, or both.
///
/// It is charged once for an installment, on the day after the grace period, and rounded half to even. An installment that is short only because
/// earlier late fees were paid out of it bears none (12 CFR 1026.36(c)(2)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct LateFee {
    /// A fraction of the installment's overdue principal and interest (0.05 is 5 %), from 0 to 1.
    #[wire(share, default, range = 0..=1)]
    pub fraction: Decimal,
    /// A flat amount, at least 0.
    #[wire(default, range = 0..)]
    pub flat: Decimal,
    /// The grace period in days after the due date, 0 to 366.
    #[wire(default, range = 0..=366)]
    pub grace_days: u32,
    /// The most that is charged for an installment; absent for no limit.
    pub maximum: Option<Decimal>,
}

/// A loan to be paid off.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PayoffQuoteInput {
    /// The loan as agreed.
    pub loan: LoanAgreement,
    /// The payments received, in any order; at most 10,000.
    #[wire(default, length = ..=10_000)]
    pub payments: Vec<ReceivedPayment>,
    /// The payoff date; on or after the advance and every payment.
    pub date: Date,
    /// How payments are applied, and what late payment costs.
    #[wire(default)]
    pub policy: ServicingPolicy,
    /// The penalty for paying early; absent for none.
    pub prepayment_penalty: Option<PrepaymentPenalty>,
    /// The last date for which the quote gives a total, from `date` to 92 days later; absent for `date` alone.
    pub good_through: Option<Date>,
}

/// The penalty for paying a loan off early, rounded half to even.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PrepaymentPenalty {
    /// The amount of the penalty.
    pub amount: PenaltyAmount,
    /// The last date on which it is charged.
    pub until: Date,
}

/// The amount of a prepayment penalty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
#[wire(tag = "kind")]
pub enum PenaltyAmount {
    /// A fraction of the principal that is repaid.
    Balance {
        /// The fraction (0.02 is 2 %), from 0 to 1.
        #[wire(share, range = 0..=1)]
        fraction: Decimal,
    },
    /// Months of interest on the principal that is repaid, each a twelfth of the annual rate in force.
    Interest {
        /// The number of months, 0 to 120.
        #[wire(range = 0..=120)]
        months: u32,
    },
}

/// A loan, the payments received, and the date from which its schedule is computed.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct RemainingScheduleInput {
    /// The loan as agreed. Its `extraPayments` after `asOf` are part of the schedule.
    pub loan: LoanAgreement,
    /// The payments received, in any order; at most 10,000.
    #[wire(default, length = ..=10_000)]
    pub payments: Vec<ReceivedPayment>,
    /// The date after which the schedule starts; on or after the advance and every payment.
    pub as_of: Date,
    /// How payments are applied. No late fees are charged after `asOf`.
    #[wire(default)]
    pub policy: ServicingPolicy,
    /// How overdue amounts are caught up.
    #[wire(default)]
    pub catch_up: CatchUp,
}

/// How overdue amounts are caught up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
#[wire(tag = "kind")]
pub enum CatchUp {
    /// In full with the next payment.
    #[default]
    NextPayment,
    /// In equal parts with the next payments (a repayment plan), each rounded up to the minor unit.
    Spread {
        /// The number of payments, 1 to 120; anything still open is due with the last payment of the loan.
        #[wire(range = 1..=120)]
        payments: u32,
    },
}
