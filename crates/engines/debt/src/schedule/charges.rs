//! Charges other than interest and principal: fees, escrow and mortgage insurance.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// A fee of a loan.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanFee {
    /// Its purpose.
    pub name: String,
    /// The amount each time, at least 0.
    #[wire(range = 0..)]
    pub amount: Decimal,
    /// The time of payment.
    #[wire(default)]
    pub timing: FeeTiming,
    /// Whether it is a finance charge: part of the cost of credit, as an origination fee is and a recording fee
    /// is not.
    #[wire(default = yes)]
    pub finance_charge: bool,
}

fn yes() -> bool {
    true
}

/// The time at which a fee is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum FeeTiming {
    /// At closing, in cash or out of the principal.
    #[default]
    Closing,
    /// With every payment.
    EveryPayment,
    /// Once a year, with the first payment on or after each anniversary of the advance.
    Annually,
    /// With the last payment.
    LastPayment,
}

/// Deposits that are collected with each payment for bills that the lender pays: property taxes, insurance.
///
/// The account is analysed by aggregate accounting (12 CFR 1024.17), year by year from the first payment on: each
/// deposit is an equal part of the year's bills, rounded up to the minor unit. The first deposit, at closing, keeps the
/// account above the cushion during the first year. A shortage or a surplus at the start of a later year is spread over
/// its payments; in a year with fewer payments than usual, because the loan ends or a period is long, those before the
/// balance is lowest make up a shortage. What the lender has advanced at the end is due with the last payment.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Escrow {
    /// The bills, at most 20.
    #[wire(length = ..=20)]
    pub items: Vec<EscrowItem>,
    /// The cushion: the lowest balance of the account, in months of deposits (a twelfth of the year's bills each). From
    /// 0 to 2, the most that the regulation allows.
    #[wire(default, range = 0..=2)]
    pub cushion_months: u32,
}

/// A bill that is paid out of escrow.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct EscrowItem {
    /// Its purpose.
    pub name: String,
    /// The amount of each bill in the first year, at least 0.
    #[wire(range = 0..)]
    pub amount: Decimal,
    /// The date of the first bill, on or after the advance.
    pub first_due: Date,
    /// The months from one bill to the next: 1, 2, 3, 4, 6 or 12.
    #[wire(default = twelve)]
    pub every_months: u32,
    /// The growth of the amount on each anniversary of `firstDue`, as a fraction; above -1, at most 1.
    #[wire(rate, default, above = -1, range = ..=1)]
    pub growth: Decimal,
}

fn twelve() -> u32 {
    12
}

/// Private mortgage insurance (PMI) of a loan with a small down payment.
///
/// It ends by the rules of the Homeowners Protection Act of 1998 (12 U.S.C. 4901-4910): automatically when the balance
/// is first *scheduled* to reach 78 % of the original value of the property, regardless of extra payments; on request
/// when it first reaches 80 %; at the latest at the midpoint of the amortization.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PrivateMortgageInsurance {
    /// The annual premium as a fraction of the `basis`; from 0 to 1. Each payment's part is rounded half to even.
    #[wire(share, range = 0..=1)]
    pub annual_rate: Decimal,
    /// The base of the premium's rate.
    #[wire(default)]
    pub basis: PremiumBasis,
    /// The original value of the property: the lesser of the price and the appraised value. It may be less than the
    /// principal.
    pub original_value: Decimal,
    /// A premium paid at closing.
    #[wire(default)]
    pub upfront_premium: Decimal,
    /// Whether the borrower requests the end as soon as the balance, extra payments included, reaches 80 %.
    #[wire(default)]
    pub end_on_request: bool,
    /// Whether the insurance ends automatically at 78 % and at the midpoint. The insurance of a government program may
    /// not.
    #[wire(default = yes)]
    pub automatic_end: bool,
}

/// The base of a premium's rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum PremiumBasis {
    /// The principal at the start: a constant premium.
    #[default]
    OriginalPrincipal,
    /// The balance at the start of each year of the loan: a declining premium.
    AnnualBalance,
}
