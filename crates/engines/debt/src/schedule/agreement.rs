//! The terms of a loan, as agreed.

use super::{
    adjustable_rate::AdjustableRate,
    charges::{Escrow, LoanFee, PrivateMortgageInsurance},
    events::{ExtraPayment, PaymentBreak, RateChange},
};
use wherewithal_base::{
    dates::{BusinessDayConvention, Calendar, Date, DayCount, Frequency, MonthEnd, SemimonthlyDays},
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    rates::Compounding,
    wire::Wire,
};

/// The agreed terms of a loan: the principal, the interest, the repayment, and other charges.
///
/// All amounts are positive and have at most the decimal places of the currency. A loan that gives only `principal`,
/// `annualRate`, `advanceDate` and its term is repaid by level monthly payments.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanAgreement {
    /// The amount advanced on `advanceDate`, greater than zero. A line of credit that is first drawn on later may start
    /// at 0 if `draws` are given.
    #[wire(above = 0)]
    pub principal: Decimal,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), from 0 to 10, with at most 12 decimal places. With an
    /// adjustable rate, the initial rate.
    #[wire(rate, range = 0..=10)]
    pub annual_rate: Decimal,
    /// How interest accrues.
    #[wire(default)]
    pub accrual: InterestAccrual,
    /// How often payments are due; any frequency except daily.
    #[wire(default = monthly)]
    pub frequency: Frequency,
    /// The two days of the month of semimonthly payments; by default, the day of the first payment and the day 15 days
    /// from it.
    pub semimonthly_days: Option<SemimonthlyDays>,
    /// For weekly and biweekly payments: each payment is a quarter or a half of the monthly level payment over the same
    /// term ("accelerated"), so that the loan is repaid early. The part is rounded, the monthly payment is not. Otherwise, the payment is computed from the weekly or
    /// biweekly periods themselves ("true" biweekly).
    #[wire(default)]
    pub accelerated: bool,
    /// The date on which the principal is advanced; interest accrues from this day.
    pub advance_date: Date,
    /// The date of the first payment, on or after `advanceDate`; by default, one period after it. On the day of the
    /// advance, payments are made in advance, as on a lease, and the first bears no interest. Later payments are counted
    /// from this date; if it is the default, from `advanceDate`, so that payments from 31 January on fall on the last
    /// days of the months. For a first period of irregular length, see `oddFirstPeriod`.
    pub first_payment: Option<Date>,
    /// How months are counted from the end of a month.
    #[wire(default)]
    pub month_end: MonthEnd,
    /// The calendar of business days by which due dates are moved; Saturdays and Sundays by default.
    #[wire(default)]
    pub calendar: Calendar,
    /// How a due date that is not a business day is moved; not at all by default. Dates are counted before any is moved. A
    /// first payment on the day of the advance is made with it and is not moved.
    /// Interest by the day accrues up to the moved date; interest by the period stays the same.
    #[wire(default)]
    pub convention: BusinessDayConvention,
    /// The number of payments, 1 to 5200. Give either this or `termMonths`.
    #[wire(range = 1..=5200)]
    pub number_of_payments: Option<u32>,
    /// The term in months, which must be a whole number of payments: 360 months are 360 monthly, 780 biweekly or 120
    /// quarterly payments. Give either this or `numberOfPayments`.
    #[wire(range = 1..=5200)]
    pub term_months: Option<u32>,
    /// The number of payments that would repay the loan, if the term ends earlier: the payments are computed over this
    /// number, and the remaining balance is due with the last payment of the term (a balloon). At least the number of
    /// payments, at most 5200.
    #[wire(range = 1..=5200)]
    pub amortization_payments: Option<u32>,
    /// The date of the last payment, if it is not the regular date; after the payment before it. The odd days of the
    /// last period are charged by the day.
    pub maturity: Option<Date>,
    /// How the principal is repaid.
    #[wire(default)]
    pub repayment: Repayment,
    /// The number of interest-only payments at the start; fewer than the number of payments.
    #[wire(default)]
    pub interest_only_payments: u32,
    /// The balance to be left for the last payment, in addition to a regular payment. The payments are computed so that
    /// it remains; if less than it is owed, they are interest-only.
    #[wire(default)]
    pub balloon: Decimal,
    /// How the interest of an odd first period is paid.
    #[wire(default)]
    pub odd_first_period: OddFirstPeriod,
    /// What happens if a payment does not cover the interest.
    #[wire(default)]
    pub unpaid_interest: UnpaidInterest,
    /// The index, margin and caps of an adjustable rate; absent for a fixed rate.
    pub adjustable_rate: Option<AdjustableRate>,
    /// Changes of the rate on known days, in any order; at most 10,000. Not together with `adjustableRate`.
    #[wire(default, length = ..=10_000)]
    pub rate_changes: Vec<RateChange>,
    /// Payments that are reduced to the interest or not made at all, in any order; at most 10,000.
    #[wire(default, length = ..=10_000)]
    pub payment_breaks: Vec<PaymentBreak>,
    /// A promotion without interest if the loan is repaid in time; absent for none. Not together with `draws`,
    /// `adjustableRate` and an `oddFirstPeriod` other than `spread`.
    pub deferred_interest: Option<DeferredInterest>,
    /// Further advances on a line of credit or a construction loan, in any order. After each, the payments are
    /// recomputed from the next payment on.
    #[wire(default, length = ..=10_000)]
    pub draws: Vec<Draw>,
    /// The most that may be owed after a draw; absent for no limit.
    pub credit_limit: Option<Decimal>,
    /// Savings that are offset against the balance, so that interest accrues on the rest. In any order; each applies
    /// from its date until the next one's.
    #[wire(default, length = ..=40_000)]
    pub offsets: Vec<Offset>,
    /// Payments beyond the agreed ones; at most 10,000, which make at most 1,000,000 payments.
    #[wire(default, length = ..=10_000)]
    pub extra_payments: Vec<ExtraPayment>,
    /// The effect of an extra payment on later payments.
    #[wire(default)]
    pub after_extra_payment: AfterExtraPayment,
    /// How each period's interest is rounded to the minor unit of the currency.
    #[wire(default)]
    pub interest_rounding: Rounding,
    /// How a computed payment is rounded.
    #[wire(default)]
    pub payment_rounding: PaymentRounding,
    /// How the last payment settles the accumulated rounding.
    #[wire(default)]
    pub final_payment: FinalPayment,
    /// Discount points, in percent of the principal, paid at closing; from 0 to 100. They are a fee and, like all fees that
    /// are computed, rounded half to even to the minor unit, whatever `interestRounding` says.
    #[wire(default, range = 0..=100)]
    pub points: Decimal,
    /// Fees at closing and during the term.
    #[wire(default, length = ..=100)]
    pub fees: Vec<LoanFee>,
    /// The escrow for taxes and insurance, collected with each payment; absent for none.
    pub escrow: Option<Escrow>,
    /// Private mortgage insurance (PMI); absent for none.
    pub private_mortgage_insurance: Option<PrivateMortgageInsurance>,
}

impl LoanAgreement {
    /// A loan in US dollars that is repaid by level monthly payments, the first one month after the advance.
    #[must_use]
    pub fn level(
        principal: Decimal,
        annual_rate: Decimal,
        number_of_payments: u32,
        advance_date: Date,
    ) -> Self {
        Self {
            principal,
            currency: us_dollar(),
            annual_rate,
            accrual: InterestAccrual::default(),
            frequency: Frequency::Monthly,
            semimonthly_days: None,
            accelerated: false,
            advance_date,
            first_payment: None,
            month_end: MonthEnd::default(),
            calendar: Calendar::default(),
            convention: BusinessDayConvention::default(),
            number_of_payments: Some(number_of_payments),
            term_months: None,
            amortization_payments: None,
            maturity: None,
            repayment: Repayment::default(),
            interest_only_payments: 0,
            balloon: Decimal::ZERO,
            odd_first_period: OddFirstPeriod::default(),
            unpaid_interest: UnpaidInterest::default(),
            adjustable_rate: None,
            rate_changes: Vec::new(),
            payment_breaks: Vec::new(),
            deferred_interest: None,
            draws: Vec::new(),
            credit_limit: None,
            offsets: Vec::new(),
            extra_payments: Vec::new(),
            after_extra_payment: AfterExtraPayment::default(),
            interest_rounding: Rounding::default(),
            payment_rounding: PaymentRounding::default(),
            final_payment: FinalPayment::default(),
            points: Decimal::ZERO,
            fees: Vec::new(),
            escrow: None,
            private_mortgage_insurance: None,
        }
    }
}

fn monthly() -> Frequency {
    Frequency::Monthly
}

/// How interest accrues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
#[wire(tag = "kind")]
pub enum InterestAccrual {
    /// By the period: each regular period bears the same rate, however many days it has. Days are counted only in odd
    /// periods.
    Periodic {
        /// How often the nominal rate compounds; by default as often as payments are due, so that the rate of a period
        /// is the annual rate divided by the number of payments a year. Semiannual is the rule for Canadian mortgages:
        /// the rate of a month is (1 + r/2)^(1/6) - 1. Any compounding except continuous and simple. If compounding
        /// makes the rate of a period irrational, it is rounded half to even to 18 decimal places.
        compounding: Option<Compounding>,
        /// How odd days are counted.
        #[wire(default)]
        odd_days: DayCount,
    },
    /// By the day, without compounding within a period: the balance of each day bears the annual rate times the day's
    /// share of the year ("simple interest", "daily accrual").
    Daily {
        /// How days are converted to fractions of a year.
        #[wire(default)]
        day_count: DayCount,
    },
    /// Flat, or add-on: the annual rate on the original principal for the whole term, whatever has been repaid. The
    /// interest of the term is rounded once and added to the principal, and all payments are equal parts of the sum, but
    /// for the last, which settles it. Extra payments save interest only by ending the loan early: the interest of later
    /// payments is then not charged. Without them all interest is charged: a payment that repays the last of the principal
    /// earlier, because payments are rounded up or agreed, also charges the interest that remains as far as it reaches, and
    /// later payments the rest. A payment that does not cover its interest adds the rest to the balance. Only for
    /// level repayment, and not together with what would change the interest later, such as draws and changes of the
    /// rate.
    Flat {
        /// How the interest is allotted to the payments.
        #[wire(default)]
        allotment: FlatAllotment,
        /// How odd days are counted.
        #[wire(default)]
        odd_days: DayCount,
    },
}

/// How flat interest is allotted to the payments: the sum of the parts up to each payment is rounded. The allotment decides
/// what a loan that is repaid early has cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum FlatAllotment {
    /// In equal parts.
    #[default]
    StraightLine,
    /// By the Rule of 78, the sum of the digits: of n payments, the first takes n parts, the next n - 1, and the last one.
    /// In the United States, not for the refund of consumer loans of more than 61 months (15 U.S.C. 1615(b)).
    RuleOf78,
}

impl Default for InterestAccrual {
    fn default() -> Self {
        Self::Periodic { compounding: None, odd_days: DayCount::default() }
    }
}

/// How the principal is repaid.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
#[wire(tag = "kind")]
pub enum Repayment {
    /// By equal payments of interest and principal.
    Level {
        /// The agreed payment, if it is not the computed one. If it is lower, the remaining balance is due with the
        /// last payment; if it is higher, the loan ends early.
        payment: Option<Decimal>,
    },
    /// By equal parts of the principal, plus the interest.
    StraightLine,
    /// Interest only throughout; the principal is due with the last payment.
    InterestOnly,
    /// A single payment at the end: the interest of each period is added to the balance.
    Bullet,
    /// By payments that rise by a fixed fraction at regular steps and are level afterwards (a graduated payment
    /// mortgage). The first ones may be less than the interest: see `unpaidInterest`.
    Graduated {
        /// The increase of the payment at each step, as a fraction (0.075 is 7.5 %); above -1, at most 1.
        #[wire(rate, above = -1, range = ..=1)]
        increase: Decimal,
        /// The number of payments from one step to the next, at least 1.
        #[wire(range = 1..)]
        every: u32,
        /// The number of increases, 1 to 100.
        #[wire(range = 1..=100)]
        steps: u32,
    },
    /// By individually agreed payments: each step applies from its payment on. Any balance that they leave is due with
    /// the last payment.
    Stepped {
        /// The steps in rising order, the first from payment 1; at most 5200.
        #[wire(length = 1..=5200)]
        steps: Vec<PaymentStep>,
    },
}

impl Default for Repayment {
    fn default() -> Self {
        Self::Level { payment: None }
    }
}

/// A payment amount that applies from a given payment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PaymentStep {
    /// The number of the first payment of this amount, from 1.
    pub first_number: u32,
    /// The payment, interest included.
    pub payment: Decimal,
}

/// How the interest of an odd first period is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum OddFirstPeriod {
    /// By all payments: the level payment is computed with the odd interest included.
    #[default]
    Spread,
    /// By the first payment, which differs from the level payment of a regular loan by the interest of the odd days.
    FirstPayment,
    /// At closing: the interest of the days before the first regular period is prepaid. The first payment must
    /// then be at least one period after the advance.
    Closing,
}

/// What happens if a payment does not cover the interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
#[wire(tag = "kind")]
pub enum UnpaidInterest {
    /// The loan is refused.
    #[default]
    Refuse,
    /// The unpaid interest is added to the balance (negative amortization).
    Capitalize {
        /// The most that the balance may reach, as a fraction of the principal (1.15 is 115 %); at least 1, at most 10.
        /// A payment that would let the balance exceed the cap is raised to meet it, and the payments after it repay
        /// the loan by the end of the term. Absent for no cap.
        #[wire(share, range = 1..=10)]
        cap: Option<Decimal>,
    },
}

/// A promotion without interest if the loan is repaid in time, "same as cash" (12 CFR 1026.16(h)).
///
/// Up to its end, interest accrues and is not charged, and payments repay principal only. If anything is owed at the end,
/// all interest since the advance is charged on that day, rounded once, and is due with the next payment. What this
/// payment leaves unpaid is added to the balance, and later payments are recomputed unless they are agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct DeferredInterest {
    /// The last day on which the loan can be repaid without interest; after `advanceDate`.
    pub until: Date,
}

/// An advance after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct Draw {
    /// The date of the advance: on or after `advanceDate` (on or after the start of the first regular period, if odd
    /// days are paid at closing), and before the last payment. On the date of a payment, the draw follows the payment.
    pub date: Date,
    /// The amount; greater than zero.
    #[wire(above = 0)]
    pub amount: Decimal,
}

/// Savings that are offset against the balance from a date on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct Offset {
    /// The first day.
    pub date: Date,
    /// The amount that is offset, at least 0; only the part up to the balance has an effect.
    #[wire(range = 0..)]
    pub amount: Decimal,
}

/// The effect of an extra payment on later payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum AfterExtraPayment {
    /// They stay the same, and the loan is repaid earlier.
    #[default]
    ShortenTerm,
    /// They are recomputed over the remaining payments (a recast).
    Recast,
}

/// How a computed payment is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub struct PaymentRounding {
    /// The rounding mode. `up` makes the last payment the smallest.
    #[wire(default)]
    pub rounding: Rounding,
    /// The step to which it is rounded, such as 1 for whole units or 0.05 for Swiss cash: a multiple of the minor
    /// unit, above 0 and at most 1,000,000 minor units. The minor unit itself by default.
    pub step: Option<Decimal>,
}

/// How the balance that rounding leaves is settled at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum FinalPayment {
    /// The last payment settles the balance: it is a little more or less than the others.
    #[default]
    Settle,
    /// The last regular payment never exceeds the others; what it leaves is paid one period later, in an additional
    /// payment.
    Additional,
}
