//! What is charged beside interest and principal.

use wherewithal_base::{dates::Date, num::Decimal, wire::Wire};

/// A fee of a loan.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct LoanFee {
    /// What it is for.
    pub name: String,
    /// How much each time, at least 0.
    pub amount: Decimal,
    /// When it is paid.
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

/// When a fee is paid.
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

/// What is collected with each payment for bills that the lender pays: property taxes, insurance.
///
/// The account is analysed by aggregate accounting (12 CFR 1024.17): each year's deposits are the bills of that
/// year in equal parts, each rounded up to the minor unit, and the account never falls below the cushion.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct Escrow {
    /// The bills, at most 20.
    pub items: Vec<EscrowItem>,
    /// The cushion in months of deposits: what the account holds at its lowest, as a twelfth of the year's bills
    /// for each month. 0 to 2, the highest that the regulation allows.
    #[wire(default, range = 0..=2)]
    pub cushion_months: u32,
}

/// A bill that is paid out of escrow.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct EscrowItem {
    /// What it is for.
    pub name: String,
    /// How much is due each time in the first year, at least 0.
    pub amount: Decimal,
    /// A day on which it is due, on or after the advance.
    pub first_due: Date,
    /// How many months lie between two bills: 1, 2, 3, 4, 6 or 12.
    #[wire(default = twelve)]
    pub every_months: u32,
    /// By how much it grows on each anniversary of `firstDue`, as a fraction; above -1, at most 1.
    #[wire(default)]
    pub growth: Decimal,
}

fn twelve() -> u32 {
    12
}

/// Private mortgage insurance (PMI) of a loan with a small down payment.
///
/// It ends by the rules of the Homeowners Protection Act of 1998 (12 U.S.C. 4901-4910): by itself when the balance
/// is first *scheduled* to reach 78 % of the original value of the property, whatever was paid beyond the schedule;
/// on request when it first reaches 80 %; at the latest at the midpoint of the amortization.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PrivateMortgageInsurance {
    /// The premium of a year as a fraction of what `basis` names; from 0 to 1.
    pub annual_rate: Decimal,
    /// What the premium is a fraction of.
    #[wire(default)]
    pub basis: PremiumBasis,
    /// The original value of the property: the lesser of the price and the appraised value. At least the principal
    /// is not required: a loan may exceed it.
    pub original_value: Decimal,
    /// A premium paid at closing.
    #[wire(default)]
    pub upfront_premium: Decimal,
    /// Whether the borrower asks for the end as soon as the balance, extra payments included, reaches 80 %.
    #[wire(default)]
    pub end_on_request: bool,
    /// Whether the insurance ends by itself at 78 % and at the midpoint. Insurance of a government programme may
    /// not.
    #[wire(default = yes)]
    pub automatic_end: bool,
}

/// What a premium is a fraction of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum PremiumBasis {
    /// The principal at the start: a constant premium.
    #[default]
    OriginalPrincipal,
    /// The balance at the start of each year of the loan: a declining premium.
    AnnualBalance,
}
