//! The output types of a schedule.

use super::adjustable_rate::RateAdjustment;
use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// The schedule of a loan, its totals and what is due at closing.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct LoanSchedule {
    /// The first payment that is neither interest-only nor part of a payment break, or the first payment if there is none
    /// before the last; without extra payments, fees, escrow and insurance.
    pub payment: Decimal,
    /// The interest of a regular period at the initial rate, as a fraction of the balance; rounded half to even to 18
    /// decimal places.
    pub periodic_rate: Decimal,
    /// The number of payments.
    pub number_of_payments: u32,
    /// The last payment, extra payments included.
    pub final_payment: Decimal,
    /// The balance that the regular payments leave at the end of the term, and by which the last payment exceeds a
    /// regular one. Zero if they repay the loan.
    pub balloon: Decimal,
    /// The date of the last payment.
    pub payoff_date: Date,
    /// The principal and all draws.
    pub total_drawn: Decimal,
    /// The sum of all interest in the schedule, excluding interest prepaid at closing.
    pub total_interest: Decimal,
    /// The sum of all payments of interest and principal, extra payments included: `totalDrawn` and `totalInterest`.
    pub total_paid: Decimal,
    /// The sum of all extra payments.
    pub total_extra: Decimal,
    /// The sum of all fees after closing.
    pub total_fees: Decimal,
    /// The sum of all escrow deposits after closing.
    pub total_escrow: Decimal,
    /// The sum of all premiums of mortgage insurance after closing.
    pub total_mortgage_insurance: Decimal,
    /// The finance charge: interest, points, prepaid interest, finance-charge fees and premiums of mortgage insurance.
    pub finance_charge: Decimal,
    /// The annual percentage rate by the actuarial method of Regulation Z (12 CFR Part 1026, Appendix J), as a
    /// fraction: the cost of credit with all finance charges, at the rates of the schedule. Null if no rate makes the
    /// payments worth the advances, for example because nothing is advanced before the first payment.
    pub annual_percentage_rate: Option<f64>,
    /// The amounts due at closing.
    pub closing: LoanClosing,
    /// The adjustments of the rate, in order; empty for a fixed rate.
    pub rate_adjustments: Vec<RateAdjustment>,
    /// The end of private mortgage insurance; null without it.
    pub private_mortgage_insurance: Option<PrivateMortgageInsuranceEnd>,
    /// The escrow account; null without escrow.
    pub escrow: Option<EscrowAccount>,
    /// One row for each payment.
    pub schedule: Vec<ScheduleRow>,
}

/// The amounts due at closing.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanClosing {
    /// Discount points.
    pub points: Decimal,
    /// Fees that are paid at closing.
    pub fees: Decimal,
    /// The interest of the odd days before the first regular period, if it is paid at closing.
    pub prepaid_interest: Decimal,
    /// The first deposit to escrow.
    pub escrow_deposit: Decimal,
    /// The premium of mortgage insurance that is paid at closing.
    pub mortgage_insurance: Decimal,
    /// The sum of all these.
    pub total: Decimal,
    /// The principal less that sum: what the borrower receives at closing. Negative if more is paid than advanced.
    pub net_proceeds: Decimal,
}

/// One payment of a schedule, with the balances before and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ScheduleRow {
    /// The number of the payment, from 1.
    pub number: u32,
    /// The date on which it is due.
    pub date: Date,
    /// The balance after the previous payment, or after the advance.
    pub opening: Decimal,
    /// The draws between the previous payment and this one.
    pub drawn: Decimal,
    /// The nominal annual rate in force at the start of the period, as a fraction.
    pub annual_rate: Decimal,
    /// The amount paid, extra payments included: the interest and the principal.
    pub payment: Decimal,
    /// The interest of the period, rounded.
    pub interest: Decimal,
    /// The part of the payment that reduces the balance; negative if the payment does not cover the interest.
    pub principal: Decimal,
    /// The part of the payment that is an extra payment.
    pub extra: Decimal,
    /// The balance after the payment: `opening` plus `drawn` less `principal`. Zero in the last row.
    pub balance: Decimal,
    /// Fees due with the payment.
    pub fees: Decimal,
    /// The deposit to escrow.
    pub escrow: Decimal,
    /// The premium of mortgage insurance.
    pub mortgage_insurance: Decimal,
    /// The total due on the date: payment, fees, escrow and insurance.
    pub total_due: Decimal,
}

/// The end of the private mortgage insurance (PMI) of a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PrivateMortgageInsuranceEnd {
    /// The date on which the balance is first scheduled to reach 80 % of the original value, without extra payments;
    /// null if it is below from the start.
    pub scheduled_request_date: Option<Date>,
    /// The date on which the balance reaches 80 % with the extra payments; null if it is below from the start.
    pub request_date: Option<Date>,
    /// The date on which the balance is first scheduled to reach 78 %, without extra payments; null if it is below from
    /// the start.
    pub automatic_end_date: Option<Date>,
    /// The payment at the midpoint of the amortization.
    pub midpoint_date: Date,
    /// The date of the last premium with a payment; null if none is charged.
    pub last_premium_date: Option<Date>,
}

/// The escrow account of a loan.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct EscrowAccount {
    /// The deposit at closing, with which the account never falls below the cushion.
    pub initial_deposit: Decimal,
    /// The balance that is refunded when the loan is repaid.
    pub refund: Decimal,
    /// Deposits and bills in order of their dates. On the same day, the deposit comes first, except for a bill on the
    /// anniversary of the first payment: its deposits are those of the year before.
    pub entries: Vec<EscrowEntry>,
}

/// A deposit to escrow, or a bill paid out of it.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct EscrowEntry {
    /// The date.
    pub date: Date,
    /// The name of the bill; null for a deposit.
    pub item: Option<String>,
    /// The amount deposited.
    pub deposit: Decimal,
    /// The amount paid out.
    pub disbursement: Decimal,
    /// The balance of the account afterwards.
    pub balance: Decimal,
}
