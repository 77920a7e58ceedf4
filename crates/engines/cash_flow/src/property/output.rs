//! The answer about the cash flow of a property.

use wherewithal_base::{num::Decimal, wire::Wire};
use wherewithal_time_value::InternalRate;

/// The cash flow of a rental property.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PropertyCashFlow {
    /// The owner's own money: price, closing costs and improvements less the loans. Negative if more is borrowed.
    pub cash_invested: Decimal,
    /// The sum of the loans.
    pub loan_amount: Decimal,
    /// The statement of the first year.
    pub first_year: PropertyStatement,
    /// The ratios of the first year.
    pub ratios: PropertyRatios,
    /// The ratios that are null, each with the reason.
    pub undefined_ratios: Vec<UndefinedRatio>,
    /// One row for each year.
    pub years: Vec<PropertyYear>,
    /// The sums of the years.
    pub totals: PropertyTotals,
    /// The sale at the end of the last year.
    pub sale: PropertySale,
    /// What the owner gains before tax.
    pub before_tax: PropertyReturn,
    /// What the owner gains after tax; null without taxes.
    pub after_tax: Option<PropertyReturn>,
}

/// The statement of a year, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PropertyStatement {
    /// Each rent and each other income, as if no unit stood empty.
    pub income: Vec<PropertyLine>,
    /// The rents, as if no unit stood empty.
    pub gross_potential_rent: Decimal,
    /// Rents and other income, as if no unit stood empty.
    pub gross_potential_income: Decimal,
    /// What is lost because units stand empty.
    pub vacancy_loss: Decimal,
    /// What tenants do not pay.
    pub credit_loss: Decimal,
    /// Gross potential income less vacancy and credit loss.
    pub effective_gross_income: Decimal,
    /// Each operating expense.
    pub expenses: Vec<PropertyLine>,
    /// The sum of the operating expenses.
    pub operating_expenses: Decimal,
    /// Effective gross income less operating expenses (NOI).
    pub net_operating_income: Decimal,
    /// What is set aside for capital items.
    pub reserves: Decimal,
    /// The payments on the loans.
    pub debt_service: Decimal,
    /// Net operating income less reserves and debt service.
    pub cash_flow_before_tax: Decimal,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PropertyLine {
    /// The name of the item.
    pub name: String,
    /// The amount of the year, 0 or more.
    pub amount: Decimal,
}

/// The ratios of the first year, rounded half to even to six decimal places. One whose divisor is zero is null, and
/// `undefinedRatios` says why.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PropertyRatios {
    /// Net operating income divided by the price.
    pub cap_rate: Option<Decimal>,
    /// Cash flow before tax divided by the cash invested.
    pub cash_on_cash: Option<Decimal>,
    /// Net operating income divided by the debt service (DSCR).
    pub debt_service_coverage: Option<Decimal>,
    /// The price divided by the gross potential rent of the year.
    pub gross_rent_multiplier: Option<Decimal>,
    /// Operating expenses divided by the effective gross income.
    pub operating_expense_ratio: Option<Decimal>,
    /// Operating expenses and debt service divided by the gross potential income: the share of it at which the cash flow
    /// before reserves is zero. Above 1, no occupancy suffices.
    pub break_even_occupancy: Option<Decimal>,
    /// Net operating income divided by the loans.
    pub debt_yield: Option<Decimal>,
    /// The loans divided by the market value after the purchase.
    pub loan_to_value: Option<Decimal>,
}

/// A ratio that has no value.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct UndefinedRatio {
    /// The ratio.
    pub ratio: PropertyRatio,
    /// Why it has no value.
    pub reason: String,
}

/// A ratio of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum PropertyRatio {
    /// Net operating income to price.
    CapRate,
    /// Cash flow before tax to cash invested.
    CashOnCash,
    /// Net operating income to debt service.
    DebtServiceCoverage,
    /// Price to gross potential rent.
    GrossRentMultiplier,
    /// Operating expenses to effective gross income.
    OperatingExpenseRatio,
    /// Operating expenses and debt service to gross potential income.
    BreakEvenOccupancy,
    /// Net operating income to loans.
    DebtYield,
    /// Loans to market value.
    LoanToValue,
    /// What comes back to what was invested, before and after tax.
    EquityMultiple,
}

/// A year of a property. All amounts are those of the year; balance, value and equity are those of its end, before the sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PropertyYear {
    /// The year, from 1.
    pub year: u32,
    /// Rents and other income, as if no unit stood empty.
    pub gross_potential_income: Decimal,
    /// What is lost because units stand empty or tenants do not pay.
    pub vacancy_and_credit_loss: Decimal,
    /// Gross potential income less vacancy and credit loss.
    pub effective_gross_income: Decimal,
    /// The sum of the operating expenses.
    pub operating_expenses: Decimal,
    /// Effective gross income less operating expenses (NOI).
    pub net_operating_income: Decimal,
    /// What is set aside for capital items.
    pub reserves: Decimal,
    /// The interest on the loans.
    pub interest: Decimal,
    /// What is repaid of the loans.
    pub principal: Decimal,
    /// Net operating income less reserves, interest and principal.
    pub cash_flow_before_tax: Decimal,
    /// The deduction for the building; null without taxes.
    pub depreciation: Option<Decimal>,
    /// Net operating income less interest and depreciation; negative for a loss. Null without taxes.
    pub taxable_income: Option<Decimal>,
    /// The losses that wait at the end of the year, those of the last year included; null without taxes.
    pub suspended_losses: Option<Decimal>,
    /// The tax on the income of the year, without that on the sale; negative where a loss saves tax. Null without taxes.
    pub tax: Option<Decimal>,
    /// Cash flow before tax less tax; null without taxes.
    pub cash_flow_after_tax: Option<Decimal>,
    /// What is owed on the loans.
    pub loan_balance: Decimal,
    /// The market value.
    pub value: Decimal,
    /// The market value less what is owed.
    pub equity: Decimal,
}

/// The sums of the years of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PropertyTotals {
    /// The sum of the effective gross incomes.
    pub effective_gross_income: Decimal,
    /// The sum of the operating expenses.
    pub operating_expenses: Decimal,
    /// The sum of the net operating incomes.
    pub net_operating_income: Decimal,
    /// The sum of the reserves.
    pub reserves: Decimal,
    /// The sum of the interest.
    pub interest: Decimal,
    /// The sum of what is repaid of the loans.
    pub principal: Decimal,
    /// The sum of the cash flows before tax, without the sale.
    pub cash_flow_before_tax: Decimal,
    /// The sum of the depreciation; null without taxes.
    pub depreciation: Option<Decimal>,
    /// The sum of the taxes, without that on the sale; null without taxes.
    pub tax: Option<Decimal>,
    /// The sum of the cash flows after tax, without the sale; null without taxes.
    pub cash_flow_after_tax: Option<Decimal>,
}

/// The sale of a property.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PropertySale {
    /// The price: the market value at the end of the last year.
    pub price: Decimal,
    /// The costs of the sale.
    pub selling_costs: Decimal,
    /// What is paid to settle the loans.
    pub loan_payoff: Decimal,
    /// Price less costs and loans; negative if they exceed it.
    pub proceeds_before_tax: Decimal,
    /// The tax on the sale; null without taxes.
    pub taxes: Option<PropertySaleTax>,
    /// Proceeds less the tax on the sale; null without taxes.
    pub proceeds_after_tax: Option<Decimal>,
}

/// The tax on the sale of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct PropertySaleTax {
    /// Price, closing costs and improvements less all depreciation.
    pub adjusted_basis: Decimal,
    /// The price of the sale less its costs and the adjusted basis; negative for a loss.
    pub gain: Decimal,
    /// The part of the gain up to the depreciation (unrecaptured section 1250 gain).
    pub recaptured_depreciation: Decimal,
    /// The tax on that part.
    pub recapture_tax: Decimal,
    /// The rest of the gain, 0 or more.
    pub capital_gain: Decimal,
    /// The tax on the rest.
    pub capital_gains_tax: Decimal,
    /// The loss, as a positive amount: it is deducted from ordinary income (IRC 1231).
    pub loss: Decimal,
    /// The losses of earlier years that the sale releases, as a positive amount; they are deducted from ordinary income.
    pub released_losses: Decimal,
    /// What the loss and the released losses save at the ordinary rate, as a positive amount.
    pub tax_saved: Decimal,
    /// The taxes less what is saved; negative where more is saved.
    pub tax: Decimal,
}

/// What the owner of a property gains.
#[derive(Debug, Clone, PartialEq, Wire)]
pub struct PropertyReturn {
    /// The cash flows one year apart: the cash invested, as a negative amount, then that of each year; the last has the
    /// proceeds of the sale.
    pub cash_flows: Vec<Decimal>,
    /// The sum of the cash flows.
    pub profit: Decimal,
    /// The annual rate at which the cash flows balance, with every other such rate from -99 % to 1,000 %; null if there is
    /// none.
    pub internal_rate: Option<InternalRate>,
    /// Why there is no internal rate; null if there is one.
    pub no_rate_reason: Option<String>,
    /// The cash flows at the discount rate, rounded; null without a discount rate.
    pub net_present_value: Option<Decimal>,
    /// The cash flows after the purchase divided by the cash invested; null if no cash is invested.
    pub equity_multiple: Option<Decimal>,
}
