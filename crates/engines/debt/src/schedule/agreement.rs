//! A loan as it was agreed.

use super::{
    adjustable_rate::AdjustableRate,
    charges::{Escrow, LoanFee, PrivateMortgageInsurance},
};
use wherewithal_base::{
    dates::{Date, DayCount, Frequency, MonthEnd, SemimonthlyDays},
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    rates::Compounding,
    wire::Wire,
};

/// A loan as it was agreed: what is borrowed, how interest accrues, how it is repaid and what is charged besides.
///
/// All amounts are positive and have at most the decimal places of the currency. A loan that names only
/// `principal`, `annualRate`, `advanceDate` and its term is repaid by level monthly payments.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanAgreement {
    /// What is advanced on `advanceDate`, greater than zero. A line of credit that is first drawn on later may start
    /// with 0 if `draws` are given.
    pub principal: Decimal,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// Nominal annual rate as a fraction (0.065 is 6.5 %), from 0 to 10, with at most 12 decimal places. With an
    /// adjustable rate, the rate of the initial time.
    pub annual_rate: Decimal,
    /// How interest accrues.
    #[wire(default)]
    pub accrual: InterestAccrual,
    /// How often payments fall due; every frequency but daily.
    #[wire(default = monthly)]
    pub frequency: Frequency,
    /// The two days of the month of semimonthly payments; without them, the day of the first payment and the day
    /// 15 days apart from it.
    pub semimonthly_days: Option<SemimonthlyDays>,
    /// Weekly and biweekly payments only: each payment is a quarter or a half of the monthly level payment over
    /// the same term ("accelerated"), so that the loan is repaid early. Without it, the payment is worked out
    /// from the weekly or biweekly periods themselves ("true" biweekly).
    #[wire(default)]
    pub accelerated: bool,
    /// When the principal is advanced; interest accrues from this day.
    pub advance_date: Date,
    /// When the first payment is due, after `advanceDate`; one period after it by default. Later payments are
    /// counted from this day. A first period of another length than the others is odd: see `oddFirstPeriod`.
    pub first_payment: Option<Date>,
    /// What a month later means at the end of a month.
    #[wire(default)]
    pub month_end: MonthEnd,
    /// How many payments are agreed, 1 to 1200. Either this or `termMonths` is given.
    #[wire(range = 1..=1200)]
    pub number_of_payments: Option<u32>,
    /// The term in months, which must be a whole number of payments: 360 months are 360 monthly, 780 biweekly or
    /// 120 quarterly payments. Either this or `numberOfPayments` is given.
    #[wire(range = 1..=1200)]
    pub term_months: Option<u32>,
    /// How many payments would repay the loan, where the term ends before that: the payments are worked out
    /// over this number, and what is left is due with the last payment of the term (a balloon). At least the number
    /// of payments, at most 1200.
    #[wire(range = 1..=1200)]
    pub amortization_payments: Option<u32>,
    /// When the last payment is due, where that is not a regular date: after the payment before it. The odd
    /// days of the last period are charged by the day.
    pub maturity: Option<Date>,
    /// How the principal is repaid.
    #[wire(default)]
    pub repayment: Repayment,
    /// How many payments at the start are of interest only; fewer than the number of payments.
    #[wire(default)]
    pub interest_only_payments: u32,
    /// What is agreed to be left for the last payment, besides a regular payment. The payments are worked out so
    /// that it is; where less than it is owed, they are of interest only.
    #[wire(default)]
    pub balloon: Decimal,
    /// How the interest of an odd first period is paid.
    #[wire(default)]
    pub odd_first_period: OddFirstPeriod,
    /// What happens when a payment does not cover its interest.
    #[wire(default)]
    pub unpaid_interest: UnpaidInterest,
    /// How the rate follows an index; absent for a fixed rate.
    pub adjustable_rate: Option<AdjustableRate>,
    /// Further advances on a line of credit or a construction loan, in any order. Each one has the payments worked
    /// out anew from the next payment on.
    #[wire(default)]
    pub draws: Vec<Draw>,
    /// The most that may be owed after a draw; absent for no limit.
    pub credit_limit: Option<Decimal>,
    /// Savings that are set off against the balance: interest accrues on the rest. In any order; each holds from
    /// its day until the next one's.
    #[wire(default)]
    pub offsets: Vec<Offset>,
    /// What is paid beyond the agreed payments.
    #[wire(default)]
    pub extra_payments: Vec<ExtraPayment>,
    /// What an extra payment does to the later ones.
    #[wire(default)]
    pub after_extra_payment: AfterExtraPayment,
    /// How each period's interest is rounded to the minor unit of the currency.
    #[wire(default)]
    pub interest_rounding: Rounding,
    /// How a payment that is worked out is rounded.
    #[wire(default)]
    pub payment_rounding: PaymentRounding,
    /// What is done about the sum of the rounding, with the last payment.
    #[wire(default)]
    pub final_payment: FinalPayment,
    /// Discount points, each one per cent of the principal, paid at closing; from 0 to 100.
    #[wire(default)]
    pub points: Decimal,
    /// Fees at closing and during the term.
    #[wire(default)]
    pub fees: Vec<LoanFee>,
    /// What is collected with each payment for taxes and insurance; absent for none.
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
    /// By the period: each regular period costs the same, however many days it has. Only the days of an odd
    /// period are counted.
    Periodic {
        /// How often the nominal rate compounds; by default as often as payments are due, so that a period costs the
        /// annual rate divided by the payments of a year. Semiannual is the rule of Canadian mortgages: a month
        /// costs (1 + r/2)^(1/6) - 1. Every compounding but continuous and simple. A rate of a period
        /// that compounding makes irrational is rounded half to even to 18 decimal places.
        compounding: Option<Compounding>,
        /// How odd days are counted.
        #[wire(default)]
        odd_days: DayCount,
    },
    /// By the day, without compounding within a period: the balance of each day costs the annual rate times the
    /// day's share of the year ("simple interest", "daily accrual").
    Daily {
        /// How days become fractions of a year.
        #[wire(default)]
        day_count: DayCount,
    },
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
        /// The payment that was agreed, where it is not the one worked out from the loan. What it leaves is due with
        /// the last payment; where it is more, the loan ends early.
        payment: Option<Decimal>,
    },
    /// By equal parts of the principal, with the interest on top.
    StraightLine,
    /// Interest only throughout; the principal is due with the last payment.
    InterestOnly,
    /// Nothing before the last payment: the interest of each period is added to the balance.
    Bullet,
    /// By payments that rise by a fixed fraction at regular steps and are level afterwards (a graduated payment
    /// mortgage). The first ones may be less than the interest: see `unpaidInterest`.
    Graduated {
        /// By how much the payment rises at each step, as a fraction (0.075 is 7.5 %); above -1, at most 1.
        increase: Decimal,
        /// How many payments lie between two steps, at least 1.
        every: u32,
        /// How many times the payment rises, 1 to 100.
        steps: u32,
    },
    /// By payments that were agreed one by one: each step holds from its payment on. What they leave is due with the
    /// last payment.
    Stepped {
        /// The steps in rising order, the first from payment 1; at most 1200.
        steps: Vec<PaymentStep>,
    },
}

impl Default for Repayment {
    fn default() -> Self {
        Self::Level { payment: None }
    }
}

/// A payment that holds from a number on.
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
    /// By all payments: the level payment is worked out with it.
    #[default]
    Spread,
    /// By the first payment, which differs from the level payment of a regular loan by the interest of the odd days.
    FirstPayment,
    /// At closing: the interest of the days before the first regular period is prepaid. The first payment must
    /// then be at least one period after the advance.
    Closing,
}

/// What happens when a payment does not cover its interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
#[wire(tag = "kind")]
pub enum UnpaidInterest {
    /// The loan is refused.
    #[default]
    Refuse,
    /// The rest is added to the balance (negative amortization).
    Capitalize {
        /// The most that the balance may reach, as a fraction of the principal (1.15 is 115 %); at least 1, at
        /// most 10. The payment that would pass it is raised to end there, and the payments after it repay the loan
        /// by the end of the term. Absent for no cap.
        cap: Option<Decimal>,
    },
}

/// An advance after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct Draw {
    /// When it is advanced: on or after `advanceDate` (where odd days are paid at closing, on or after the first
    /// regular period's start), and before the last payment. On the day of a payment, it follows the payment.
    pub date: Date,
    /// How much, greater than zero.
    pub amount: Decimal,
}

/// Savings set off against the balance from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct Offset {
    /// The first day.
    pub date: Date,
    /// How much is set off, at least 0; at most what is owed has an effect.
    pub amount: Decimal,
}

/// What is paid beyond the agreed payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct ExtraPayment {
    /// From when on, after `advanceDate`. It is paid together with the first payment due on or after this day.
    pub date: Date,
    /// How much each time, greater than zero.
    pub amount: Decimal,
    /// How often.
    #[wire(default)]
    pub repeat: ExtraPaymentRepeat,
    /// The last day of a repeated one, not before `date`; absent for as long as the loan lasts.
    pub until: Option<Date>,
}

/// How often an extra payment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ExtraPaymentRepeat {
    /// Once.
    #[default]
    Once,
    /// With every payment.
    EveryPayment,
    /// Once a year, with the first payment on or after each anniversary.
    Annually,
}

/// What an extra payment does to the later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum AfterExtraPayment {
    /// Nothing: the loan is repaid earlier.
    #[default]
    ShortenTerm,
    /// They are worked out anew over the payments that are left (a recast).
    Recast,
}

/// How a payment that is worked out is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub struct PaymentRounding {
    /// The policy. `up` makes the last payment the smallest.
    #[wire(default)]
    pub rounding: Rounding,
    /// The step to which it is rounded, such as 1 for whole units or 0.05 for Swiss cash: a multiple of the minor
    /// unit. The minor unit itself by default.
    pub step: Option<Decimal>,
}

/// What is done about what rounding leaves at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum FinalPayment {
    /// The last payment settles the balance: it is a little more or less than the others.
    #[default]
    Settle,
    /// The last regular payment is never more than the others; what it leaves is paid one period later by a payment
    /// of its own.
    Additional,
}
