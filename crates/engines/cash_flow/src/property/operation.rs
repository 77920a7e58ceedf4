//! The cash flow of a rental property, year by year.

use super::{
    input::{MAX_UNITS, MAX_YEARS, PropertyExpense, RentalPropertyInput},
    loans::{LoanYear, loan_years},
    output::{PropertyCashFlow, PropertyLine, PropertySale, PropertyStatement, PropertyTotals, PropertyYear},
    ratios::{Invested, ratios},
    returns,
    taxes::TaxBook,
};
use crate::amounts::Amounts;
use wherewithal_base::{Error, ErrorCode, Result, check, control::Control, error::At as _, num::Decimal};

/// The largest growth in a year, as a fraction.
const MAX_GROWTH: i64 = 10;

/// The cash flow of a rental property, before and after tax, with the usual ratios and the return of the whole hold.
///
/// Years are years of ownership, and each counts as a tax year. Amounts grow from year to year: that of a year is the
/// amount of the year before times one plus the growth, rounded half to even to the minor unit, as is every line of a year.
/// Cash flows are those of year ends.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::cash_flow::{self, PropertyPurchase, PropertyRent, PropertySalePlan, RentalPropertyInput};
/// use wherewithal::{control::Control, money::Currency, num::Decimal};
///
/// let input = RentalPropertyInput {
///     currency: Currency::USD,
///     years: 1,
///     purchase: PropertyPurchase {
///         price: "200000".parse()?,
///         closing_costs: Decimal::ZERO,
///         improvements: Decimal::ZERO,
///         value: None,
///     },
///     loans: Vec::new(),
///     rents: vec![PropertyRent {
///         name: "house".to_owned(),
///         units: 1,
///         monthly_rent: "2000".parse()?,
///         annual_growth: Decimal::ZERO,
///     }],
///     other_income: Vec::new(),
///     vacancy_rate: "0.05".parse()?,
///     credit_loss_rate: Decimal::ZERO,
///     operating_expenses: Vec::new(),
///     reserves: Vec::new(),
///     sale: PropertySalePlan::default(),
///     taxes: None,
///     discount_rate: None,
/// };
/// let answer = cash_flow::property(&input, &Control::default())?;
/// assert_eq!(answer.first_year.net_operating_income.to_string(), "22800.00");
/// assert_eq!(answer.ratios.cap_rate, Some("0.114".parse()?));
/// assert_eq!(answer.ratios.debt_service_coverage, None); // there is no loan
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `rate.out_of_range`, `term.out_of_range`, `count.out_of_range`, `text.invalid`,
/// `list.duplicate`, `list.empty`, `list.too_long`, `decimal.too_precise`, `payment.never_repays`,
/// `currency.minor_unit_missing`, each at the path of its field; `decimal.overflow` if an amount grows beyond 28 digits;
/// `operation.cancelled`.
pub fn property(input: &RentalPropertyInput, control: &Control<'_>) -> Result<PropertyCashFlow> {
    let amounts = Amounts::of(input.currency)?;
    check::whole(input.years, 1..=MAX_YEARS, ErrorCode::TermOutOfRange).at("years")?;
    let discount_rate = input.discount_rate.map(check::growth).transpose().at("discountRate")?;
    let purchase = Purchase::read(input, amounts).at("purchase")?;
    let loan_years = loan_years(&input.loans, input.currency, input.years, amounts)?;
    let loan_amount = amounts.sum(input.loans.iter().map(|loan| loan.principal))?;
    let cash_invested = amounts.sum([purchase.bought, purchase.improvements, loan_amount.negated()])?;
    let mut operation = Operation::read(input, amounts)?;
    let appreciation = growth(input.sale.appreciation).at("appreciation").at("sale")?;
    let cost_rate = check::decimal_fraction(input.sale.cost_rate).at("costRate").at("sale")?;
    let mut taxes = match &input.taxes {
        Some(taxes) => {
            Some(TaxBook::new(taxes, purchase.bought, purchase.improvements, amounts).at("taxes")?)
        }
        None => None,
    };

    let mut value = purchase.value;
    let mut years: Vec<PropertyYear> = Vec::with_capacity(loan_years.len());
    let mut first_year = None;
    for (year, loans) in (1..).zip(&loan_years) {
        control.check()?;
        value = amounts.product(value, Decimal::ONE.plus(appreciation)?)?;
        let statement = operation.statement(loans)?;
        let is_last = year == input.years;
        years.push(row(year, &statement, *loans, value, is_last, taxes.as_mut())?);
        first_year.get_or_insert(statement);
        operation.grow()?;
    }
    let (Some(first_year), Some(last)) = (first_year, years.last()) else {
        return Err(Error::new(ErrorCode::TermOutOfRange, "there is no year").at("years"));
    };

    let sale = sale(last, cost_rate, taxes.as_ref(), amounts)?;
    let invested =
        Invested { price: purchase.price, value: purchase.value, loans: loan_amount, cash: cash_invested };
    let (ratios, undefined_ratios) = ratios(&first_year, invested)?;
    let before = years.iter().map(|year| year.cash_flow_before_tax);
    let before = flows(cash_invested, before, sale.proceeds_before_tax)?;
    let after = match sale.proceeds_after_tax {
        Some(proceeds) => {
            let after = years.iter().filter_map(|year| year.cash_flow_after_tax);
            Some(flows(cash_invested, after, proceeds)?)
        }
        None => None,
    };
    Ok(PropertyCashFlow {
        cash_invested,
        loan_amount,
        first_year,
        ratios,
        undefined_ratios,
        totals: totals(&years, amounts)?,
        years,
        sale,
        before_tax: returns::of(before, discount_rate, amounts, control)?,
        after_tax: after.map(|after| returns::of(after, discount_rate, amounts, control)).transpose()?,
    })
}

/// A growth in a year.
fn growth(rate: Decimal) -> Result<Decimal> {
    check::decimal_rate(rate, check::above(-1_i64, MAX_GROWTH))
}

/// The validated purchase.
struct Purchase {
    price: Decimal,
    /// Price and closing costs.
    bought: Decimal,
    improvements: Decimal,
    /// The market value after the purchase.
    value: Decimal,
}

impl Purchase {
    /// Its errors are inside `purchase`.
    fn read(input: &RentalPropertyInput, amounts: Amounts) -> Result<Self> {
        let purchase = &input.purchase;
        let price = amounts.read_positive(purchase.price).at("price")?;
        let closing_costs = amounts.read(purchase.closing_costs).at("closingCosts")?;
        Ok(Self {
            price,
            bought: price.plus(closing_costs)?,
            improvements: amounts.read(purchase.improvements).at("improvements")?,
            value: match purchase.value {
                Some(value) => amounts.read_positive(value).at("value")?,
                None => price,
            },
        })
    }
}

/// An amount that grows from year to year.
struct Growing<'i> {
    name: &'i str,
    amount: Decimal,
    /// How many times it occurs in a year: the months of all units, or once.
    times: Decimal,
    /// One plus its growth.
    factor: Decimal,
}

/// An expense of a year.
enum Expense<'i> {
    Growing(Growing<'i>),
    Share { name: &'i str, share: Decimal },
}

/// What the property brings in and costs in the year at hand.
struct Operation<'i> {
    amounts: Amounts,
    rents: Vec<Growing<'i>>,
    other_income: Vec<Growing<'i>>,
    vacancy_rate: Decimal,
    credit_loss_rate: Decimal,
    expenses: Vec<Expense<'i>>,
    reserves: Vec<Expense<'i>>,
}

impl<'i> Operation<'i> {
    fn read(input: &'i RentalPropertyInput, amounts: Amounts) -> Result<Self> {
        const MOST_ITEMS: usize = 200;

        check::length(input.rents.len(), 1..=MOST_ITEMS).at("rents")?;
        check::names(input.rents.iter().map(|rent| rent.name.as_str()), "name").at("rents")?;
        check::names(input.other_income.iter().map(|income| income.name.as_str()), "name")
            .at("otherIncome")?;
        let mut rents = Vec::with_capacity(input.rents.len());
        for (index, rent) in input.rents.iter().enumerate() {
            rents.push(read_rent(rent, amounts).at_index("rents", index)?);
        }
        let mut other_income = Vec::with_capacity(input.other_income.len());
        for (index, income) in input.other_income.iter().enumerate() {
            other_income.push(
                read_growing(&income.name, income.annual_amount, income.annual_growth, amounts)
                    .at_index("otherIncome", index)?,
            );
        }
        Ok(Self {
            amounts,
            rents,
            other_income,
            vacancy_rate: check::decimal_fraction(input.vacancy_rate).at("vacancyRate")?,
            credit_loss_rate: check::decimal_fraction(input.credit_loss_rate).at("creditLossRate")?,
            expenses: read_expenses(&input.operating_expenses, amounts).at("operatingExpenses")?,
            reserves: read_expenses(&input.reserves, amounts).at("reserves")?,
        })
    }

    /// The statement of the year at hand.
    fn statement(&self, loans: &LoanYear) -> Result<PropertyStatement> {
        let amounts = self.amounts;
        let rents = self.rents.iter().map(|growing| growing.line(amounts)).collect::<Result<Vec<_>>>()?;
        let other =
            self.other_income.iter().map(|growing| growing.line(amounts)).collect::<Result<Vec<_>>>()?;
        let gross_potential_rent = amounts.sum(rents.iter().map(|line| line.amount))?;
        let income: Vec<PropertyLine> = rents.into_iter().chain(other).collect();
        let gross_potential_income = amounts.sum(income.iter().map(|line| line.amount))?;
        let vacancy_loss = amounts.product(gross_potential_income, self.vacancy_rate)?;
        let credit_loss = amounts.product(gross_potential_income, self.credit_loss_rate)?;
        let effective_gross_income = gross_potential_income.minus(vacancy_loss)?.minus(credit_loss)?;
        let lines = |expenses: &[Expense<'_>]| -> Result<Vec<PropertyLine>> {
            expenses.iter().map(|expense| expense.line(effective_gross_income, amounts)).collect()
        };
        let expenses = lines(&self.expenses)?;
        let operating_expenses = amounts.sum(expenses.iter().map(|line| line.amount))?;
        let reserves = amounts.sum(lines(&self.reserves)?.iter().map(|line| line.amount))?;
        let net_operating_income = effective_gross_income.minus(operating_expenses)?;
        let debt_service = loans.interest.plus(loans.principal)?;
        Ok(PropertyStatement {
            income,
            gross_potential_rent,
            gross_potential_income,
            vacancy_loss,
            credit_loss,
            effective_gross_income,
            expenses,
            operating_expenses,
            net_operating_income,
            reserves,
            debt_service,
            cash_flow_before_tax: net_operating_income.minus(reserves)?.minus(debt_service)?,
        })
    }

    /// Goes to the next year.
    fn grow(&mut self) -> Result<()> {
        let amounts = self.amounts;
        let expenses = self.expenses.iter_mut().chain(&mut self.reserves);
        let of_expenses = expenses.filter_map(|expense| match expense {
            Expense::Growing(growing) => Some(growing),
            Expense::Share { .. } => None,
        });
        for growing in self.rents.iter_mut().chain(&mut self.other_income).chain(of_expenses) {
            growing.amount = amounts.product(growing.amount, growing.factor)?;
        }
        Ok(())
    }
}

impl Growing<'_> {
    fn line(&self, amounts: Amounts) -> Result<PropertyLine> {
        Ok(PropertyLine { name: self.name.to_owned(), amount: amounts.product(self.amount, self.times)? })
    }
}

impl Expense<'_> {
    fn line(&self, effective_gross_income: Decimal, amounts: Amounts) -> Result<PropertyLine> {
        match self {
            Self::Growing(growing) => growing.line(amounts),
            Self::Share { name, share } => Ok(PropertyLine {
                name: (*name).to_owned(),
                amount: amounts.product(effective_gross_income, *share)?,
            }),
        }
    }
}

fn read_rent(rent: &super::PropertyRent, amounts: Amounts) -> Result<Growing<'_>> {
    let units = check::whole(rent.units, 1..=MAX_UNITS, ErrorCode::CountOutOfRange).at("units")?;
    Ok(Growing {
        name: &rent.name,
        amount: amounts.read(rent.monthly_rent).at("monthlyRent")?,
        times: Decimal::from(12 * units),
        factor: Decimal::ONE.plus(growth(rent.annual_growth).at("annualGrowth")?)?,
    })
}

fn read_growing(name: &str, amount: Decimal, rate: Decimal, amounts: Amounts) -> Result<Growing<'_>> {
    Ok(Growing {
        name,
        amount: amounts.read(amount).at("annualAmount")?,
        times: Decimal::ONE,
        factor: Decimal::ONE.plus(growth(rate).at("annualGrowth")?)?,
    })
}

fn read_expenses(expenses: &[PropertyExpense], amounts: Amounts) -> Result<Vec<Expense<'_>>> {
    check::names(expenses.iter().map(PropertyExpense::name), "name")?;
    let mut found = Vec::with_capacity(expenses.len());
    for (index, expense) in expenses.iter().enumerate() {
        found.push(read_expense(expense, amounts).at_item(index)?);
    }
    Ok(found)
}

fn read_expense(expense: &PropertyExpense, amounts: Amounts) -> Result<Expense<'_>> {
    match expense {
        PropertyExpense::Fixed { name, annual_amount, annual_growth } => {
            read_growing(name, *annual_amount, *annual_growth, amounts).map(Expense::Growing)
        }
        PropertyExpense::ShareOfIncome { name, share } => {
            Ok(Expense::Share { name, share: check::decimal_fraction(*share).at("share")? })
        }
    }
}

fn row(
    year: u32,
    statement: &PropertyStatement,
    loans: LoanYear,
    value: Decimal,
    is_last: bool,
    taxes: Option<&mut TaxBook>,
) -> Result<PropertyYear> {
    let cash_flow_before_tax = statement.cash_flow_before_tax;
    let tax = match taxes {
        Some(taxes) => {
            let income = statement.net_operating_income.minus(loans.interest)?;
            Some(taxes.year(year, income, is_last)?)
        }
        None => None,
    };
    Ok(PropertyYear {
        year,
        gross_potential_income: statement.gross_potential_income,
        vacancy_and_credit_loss: statement.vacancy_loss.plus(statement.credit_loss)?,
        effective_gross_income: statement.effective_gross_income,
        operating_expenses: statement.operating_expenses,
        net_operating_income: statement.net_operating_income,
        reserves: statement.reserves,
        interest: loans.interest,
        principal: loans.principal,
        cash_flow_before_tax,
        depreciation: tax.map(|tax| tax.depreciation),
        taxable_income: tax.map(|tax| tax.taxable_income),
        suspended_losses: tax.map(|tax| tax.suspended_losses),
        tax: tax.map(|tax| tax.tax),
        cash_flow_after_tax: tax.map(|tax| cash_flow_before_tax.minus(tax.tax)).transpose()?,
        loan_balance: loans.balance,
        value,
        equity: value.minus(loans.balance)?,
    })
}

fn sale(
    last: &PropertyYear,
    cost_rate: Decimal,
    taxes: Option<&TaxBook>,
    amounts: Amounts,
) -> Result<PropertySale> {
    let price = last.value;
    let selling_costs = amounts.product(price, cost_rate)?;
    let received = price.minus(selling_costs)?;
    let proceeds_before_tax = received.minus(last.loan_balance)?;
    let taxes = taxes.map(|taxes| taxes.sale(received)).transpose()?;
    Ok(PropertySale {
        price,
        selling_costs,
        loan_payoff: last.loan_balance,
        proceeds_before_tax,
        taxes,
        proceeds_after_tax: taxes.map(|taxes| proceeds_before_tax.minus(taxes.tax)).transpose()?,
    })
}

/// The cash flows one year apart, from the purchase to the sale.
fn flows(invested: Decimal, years: impl Iterator<Item = Decimal>, proceeds: Decimal) -> Result<Vec<Decimal>> {
    let mut flows = vec![invested.negated()];
    flows.extend(years);
    let last = flows.len() - 1;
    #[expect(clippy::indexing_slicing, reason = "the list begins with the purchase")]
    let last = &mut flows[last];
    *last = last.plus(proceeds)?;
    Ok(flows)
}

fn totals(years: &[PropertyYear], amounts: Amounts) -> Result<PropertyTotals> {
    let sum = |of: fn(&PropertyYear) -> Decimal| amounts.sum(years.iter().map(of));
    let sum_known = |of: fn(&PropertyYear) -> Option<Decimal>| {
        let known: Option<Vec<Decimal>> = years.iter().map(of).collect();
        known.map(|known| amounts.sum(known)).transpose()
    };
    Ok(PropertyTotals {
        effective_gross_income: sum(|year| year.effective_gross_income)?,
        operating_expenses: sum(|year| year.operating_expenses)?,
        net_operating_income: sum(|year| year.net_operating_income)?,
        reserves: sum(|year| year.reserves)?,
        interest: sum(|year| year.interest)?,
        principal: sum(|year| year.principal)?,
        cash_flow_before_tax: sum(|year| year.cash_flow_before_tax)?,
        depreciation: sum_known(|year| year.depreciation)?,
        tax: sum_known(|year| year.tax)?,
        cash_flow_after_tax: sum_known(|year| year.cash_flow_after_tax)?,
    })
}
