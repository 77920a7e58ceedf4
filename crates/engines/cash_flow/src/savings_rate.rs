//! What share of an income is saved.

use crate::amounts::Amounts;
use wherewithal_base::{
    Result, check,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The decimal places of the rate.
const PLACES: u32 = 6;
/// The most flows.
const MAX_FLOWS: usize = 100_000;

/// Input of `cash_flow.savings_rate`.
#[derive(Debug, Clone, Wire)]
pub struct SavingsRateInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// What came in and went out in the period, at most 100,000 flows.
    #[wire(length = ..=100_000)]
    pub flows: Vec<HouseholdFlow>,
    /// What the rate is a share of.
    #[wire(default)]
    pub base: SavingsBase,
}

/// Money that came in or went out.
#[derive(Debug, Clone, Wire)]
pub struct HouseholdFlow {
    /// What it is.
    pub kind: HouseholdFlowKind,
    /// Its amount, 0 to 10^12; the kind says in which direction it went.
    #[wire(range = 0..=1000000000000)]
    pub amount: Decimal,
}

/// What a flow of money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum HouseholdFlowKind {
    /// Salary, interest, dividends, rents and other income, before tax.
    Income,
    /// Spending.
    Expense,
    /// Spending that came back: it lowers the expenses, and is no income.
    Refund,
    /// Taxes on the income.
    Tax,
    /// Taxes that came back.
    TaxRefund,
    /// Money moved between own accounts, such as into savings: neither income nor expense.
    Transfer,
}

/// What a savings rate is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum SavingsBase {
    /// All income, before tax.
    #[default]
    Income,
    /// Income less taxes.
    IncomeAfterTax,
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct SavingsRate {
    /// The sum of the income, before tax.
    pub income: Decimal,
    /// Taxes less those that came back; negative if more came back.
    pub taxes: Decimal,
    /// Spending less refunds; negative if more came back.
    pub expenses: Decimal,
    /// Income less taxes and expenses; negative if more was spent.
    pub saved: Decimal,
    /// What was moved between own accounts, which is in none of the other figures.
    pub transferred: Decimal,
    /// What the rate is a share of.
    pub base: SavingsBase,
    /// The amount of the base.
    pub base_amount: Decimal,
    /// What was saved, divided by the base, rounded half to even to six decimal places; null if the base is not above zero.
    pub rate: Option<Decimal>,
    /// Why there is no rate; null if there is one.
    pub no_rate_reason: Option<String>,
}

/// What share of an income is saved.
///
/// A refund lowers the expenses, and money moved between own accounts is neither income nor expense.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::cash_flow::{self, HouseholdFlow, HouseholdFlowKind::*, SavingsBase, SavingsRateInput};
/// use wherewithal::money::Currency;
///
/// let flow = |kind, amount: &str| Ok::<_, wherewithal::Error>(HouseholdFlow { kind, amount: amount.parse()? });
/// let answer = cash_flow::savings_rate(&SavingsRateInput {
///     currency: Currency::USD,
///     flows: vec![flow(Income, "4000")?, flow(Expense, "2500")?, flow(Refund, "400")?, flow(Transfer, "600")?],
///     base: SavingsBase::Income,
/// })?;
/// assert_eq!(answer.saved.to_string(), "1900.00");
/// assert_eq!(answer.rate, Some("0.475".parse()?));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `decimal.too_precise`, `list.too_long`, `currency.minor_unit_missing`.
pub fn savings_rate(input: &SavingsRateInput) -> Result<SavingsRate> {
    let amounts = Amounts::of(input.currency)?;
    check::length(input.flows.len(), 0..=MAX_FLOWS).at("flows")?;
    let zero = amounts.zero();
    let (mut income, mut taxes, mut expenses, mut transferred) = (zero, zero, zero, zero);
    for (index, flow) in input.flows.iter().enumerate() {
        let amount = amounts.read(flow.amount).at("amount").at_index("flows", index)?;
        let (total, signed) = match flow.kind {
            HouseholdFlowKind::Income => (&mut income, amount),
            HouseholdFlowKind::Expense => (&mut expenses, amount),
            HouseholdFlowKind::Refund => (&mut expenses, amount.negated()),
            HouseholdFlowKind::Tax => (&mut taxes, amount),
            HouseholdFlowKind::TaxRefund => (&mut taxes, amount.negated()),
            HouseholdFlowKind::Transfer => (&mut transferred, amount),
        };
        *total = total.plus(signed)?;
    }
    let after_tax = income.minus(taxes)?;
    let saved = after_tax.minus(expenses)?;
    let share = share_saved(input.base, income, taxes, saved)?;
    Ok(SavingsRate {
        income,
        taxes,
        expenses,
        saved,
        transferred,
        base: input.base,
        base_amount: share.base_amount,
        rate: share.rate,
        no_rate_reason: share.no_rate_reason,
    })
}

/// The share of an income that is saved.
pub(crate) struct ShareSaved {
    pub(crate) base_amount: Decimal,
    pub(crate) rate: Option<Decimal>,
    pub(crate) no_rate_reason: Option<String>,
}

/// What was saved, divided by all income or by income after taxes, or the reason why that is no rate.
pub(crate) fn share_saved(
    base: SavingsBase,
    income: Decimal,
    taxes: Decimal,
    saved: Decimal,
) -> Result<ShareSaved> {
    let base_amount = match base {
        SavingsBase::Income => income,
        SavingsBase::IncomeAfterTax => income.minus(taxes)?,
    };
    let (rate, no_rate_reason) = if base_amount > Decimal::ZERO {
        (Some(saved.divided_by(base_amount)?.round(PLACES, Rounding::HalfEven)), None)
    } else if income.is_zero() {
        (None, Some("there is no income".to_owned()))
    } else if income.is_negative() {
        (None, Some("more income was taken back than came in".to_owned()))
    } else {
        (None, Some("the taxes use up the income".to_owned()))
    };
    Ok(ShareSaved { base_amount, rate, no_rate_reason })
}
