//! The finance charge, the amount financed and the total of payments of Regulation Z.

use super::flows::{CreditPayment, expand, positive, prepaid};
use crate::loan::places;
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The largest number of charges.
const MAX_CHARGES: usize = 1000;

/// A credit transaction with its charges.
#[derive(Debug, Clone, Wire)]
pub struct FinanceChargeInput {
    /// The principal loan amount (for a credit sale, the cash price less the downpayment), without the charges that
    /// are added to the loan; greater than zero.
    #[wire(above = 0)]
    pub principal: Decimal,
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// All scheduled payments of the consumer, at most 20,000.
    #[wire(length = 1..=20000)]
    pub payments: Vec<CreditPayment>,
    /// The charges in connection with the credit, at most 1000.
    #[wire(default, length = ..=1000)]
    pub charges: Vec<CreditCharge>,
    /// The part of the payments that is finance charge but not interest, such as mortgage insurance premiums. It counts
    /// towards the finance charge, not towards the total interest percentage.
    #[wire(default)]
    pub mortgage_insurance: Decimal,
    /// The downpayment of a credit sale, for the total sale price.
    #[wire(default)]
    pub downpayment: Decimal,
}

/// A charge that the consumer bears.
#[derive(Debug, Clone, Wire)]
pub struct CreditCharge {
    /// The amount; zero or more.
    #[wire(range = 0..)]
    pub amount: Decimal,
    /// The purpose of the charge.
    pub category: ChargeCategory,
    /// How it is paid.
    #[wire(default)]
    pub treatment: ChargeTreatment,
}

/// The category of a charge under Regulation Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum ChargeCategory {
    /// Interest collected at the start, such as for the days before the first period; a finance charge.
    Interest,
    /// A finance charge other than interest: points, loan fees, service charges.
    FinanceCharge,
    /// Not a finance charge, such as title and appraisal fees of a mortgage.
    Other,
}

/// How a charge is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum ChargeTreatment {
    /// In cash, at or before the start.
    #[default]
    PaidAtClosing,
    /// Out of the principal.
    WithheldFromProceeds,
    /// Added to the principal: the consumer owes it with the loan.
    AddedToLoan,
}

/// The disclosures of Regulation Z for a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FinanceCharge {
    /// The initial debt: the principal and the charges that are added to the loan.
    pub loan_amount: Decimal,
    /// The finance charges that are paid at the start, withheld or financed.
    pub prepaid_finance_charge: Decimal,
    /// The loan amount less the prepaid finance charge (12 CFR 1026.18(b)): the basis of the annual percentage rate.
    pub amount_financed: Decimal,
    /// The sum of the payments (12 CFR 1026.18(h)).
    pub total_of_payments: Decimal,
    /// The total cost of the credit (12 CFR 1026.4 and 1026.18(d)): the total of payments less the amount financed.
    pub finance_charge: Decimal,
    /// The interest in the payments and at the start.
    pub total_interest: Decimal,
    /// The total interest as a percentage of the loan amount, rounded half up to three decimal places (12 CFR
    /// 1026.37(l)(3)).
    pub total_interest_percentage: Decimal,
    /// The total of payments and the downpayment (12 CFR 1026.18(j)).
    pub total_sale_price: Decimal,
    /// The amount received by the consumer, or by another party on the consumer's behalf, after withheld charges.
    pub net_proceeds: Decimal,
}

/// The finance charge, the amount financed and the total of payments as Regulation Z defines them.
///
/// The finance charge and the amount financed add up to the total of payments.
///
/// ```
/// # use wherewithal_debt::wherewithal;
/// use wherewithal::{dates::date, debt, debt::{ChargeCategory, ChargeTreatment, CreditCharge, CreditPayment, FinanceChargeInput}, money::Currency, num::Decimal};
///
/// let disclosed = debt::finance_charge(&FinanceChargeInput {
///     principal: "10000".parse()?,
///     currency: Currency::USD,
///     payments: vec![CreditPayment::monthly(date(2026, 2, 1)?, "322.67".parse()?, 36)],
///     charges: vec![CreditCharge {
///         amount: "200".parse()?,
///         category: ChargeCategory::FinanceCharge,
///         treatment: ChargeTreatment::WithheldFromProceeds,
///     }],
///     mortgage_insurance: Decimal::ZERO,
///     downpayment: Decimal::ZERO,
/// })?;
/// assert_eq!(disclosed.amount_financed.to_string(), "9800.00");
/// assert_eq!(disclosed.finance_charge.to_string(), "1816.12");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `charges.exceed_credit`,
/// `list.empty`, `count.out_of_range`,
/// `list.too_long`, `decimal.too_precise` and `date.out_of_range`, each at the path of its
/// field.
pub fn finance_charge(input: &FinanceChargeInput) -> Result<FinanceCharge> {
    let places = places(input.currency).at("currency")?;
    let principal = positive(input.principal, places).at("principal")?;
    let insurance = prepaid(input.mortgage_insurance, places).at("mortgageInsurance")?;
    let downpayment = prepaid(input.downpayment, places).at("downpayment")?;
    let total_of_payments: i128 =
        expand(&input.payments, places)?.into_iter().map(|(_, _, amount)| amount).sum();
    check::length(input.charges.len(), 0..=MAX_CHARGES).at("charges")?;
    let (mut loan_amount, mut net_proceeds) = (principal, principal);
    let (mut prepaid_charge, mut interest_at_start) = (0, 0);
    for (index, charge) in input.charges.iter().enumerate() {
        let amount = prepaid(charge.amount, places).at("amount").at_index("charges", index)?;
        match charge.treatment {
            ChargeTreatment::PaidAtClosing => {}
            ChargeTreatment::WithheldFromProceeds => net_proceeds -= amount,
            ChargeTreatment::AddedToLoan => loan_amount += amount,
        }
        match charge.category {
            ChargeCategory::Interest => {
                prepaid_charge += amount;
                interest_at_start += amount;
            }
            ChargeCategory::FinanceCharge => prepaid_charge += amount,
            ChargeCategory::Other => {}
        }
    }
    let amount_financed = loan_amount - prepaid_charge;
    if amount_financed <= 0 || net_proceeds < 0 {
        let message = "the charges use up the whole loan; together they must be less than the principal";
        return Err(Error::new(ErrorCode::ChargesExceedCredit, message).at("charges"));
    }
    let total_interest = total_of_payments - loan_amount - insurance + interest_at_start;
    let amount = |units: i128| Decimal::from_i128(units, places);
    let percentage = amount(total_interest)?
        .times(Decimal::from(100_i64))?
        .divided_by(amount(loan_amount)?)?
        .round(3, Rounding::HalfUp);
    Ok(FinanceCharge {
        loan_amount: amount(loan_amount)?,
        prepaid_finance_charge: amount(prepaid_charge)?,
        amount_financed: amount(amount_financed)?,
        total_of_payments: amount(total_of_payments)?,
        finance_charge: amount(total_of_payments - amount_financed)?,
        total_interest: amount(total_interest)?,
        total_interest_percentage: percentage,
        total_sale_price: amount(total_of_payments + downpayment)?,
        net_proceeds: amount(net_proceeds)?,
    })
}
