//! The months of both households, in minor units.

use super::{HomeTaxes, RentOrBuyInput, RentOrBuyYear};
use crate::comparison::{
    amounts::{Amounts, Share, YearlyGrowth, grown, growth, growth_factor},
    monthly::{MonthlyLoan, MonthlyTerms},
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    error::At as _,
    num::{Decimal, Rounding},
};

/// The longest time, in years.
const MAX_YEARS: u32 = 100;
/// The upper limit of the search for an equal rent, in minor units.
pub(super) const MAX_RENT: i64 = 1_000_000_000_000_000;

/// The validated input.
pub(super) struct Plan {
    pub(super) amounts: Amounts,
    pub(super) mortgage: Option<MonthlyLoan>,
    mortgage_insurance: MortgageInsurance,
    /// The monthly rent of the first year.
    pub(super) rent: i64,
    years: u32,
    price: i64,
    down_payment: i64,
    closing_costs: i64,
    property_tax: Share,
    maintenance: Share,
    selling_cost: Share,
    insurance: i64,
    association_fees: i64,
    tenant_insurance: i64,
    appreciation: YearlyGrowth,
    rent_growth: YearlyGrowth,
    cost_growth: YearlyGrowth,
    investment_return: f64,
    taxes: Taxes,
    rounding: Rounding,
}

/// Private mortgage insurance.
#[derive(Default)]
struct MortgageInsurance {
    /// The premium of a month.
    premium: i128,
    /// The balance up to which none is due.
    until: i128,
}

struct Taxes {
    marginal_rate: Share,
    mortgage_limit: Option<i64>,
    property_tax_limit: Option<i64>,
    standard_deduction: i64,
    other_deductions: i64,
    capital_gains_rate: Share,
    capital_gains_exclusion: i64,
}

impl Taxes {
    fn read(input: &HomeTaxes, amounts: Amounts) -> Result<Self> {
        let limit =
            |amount: Option<_>, field: &str| amount.map(|amount| amounts.read(amount, field)).transpose();
        Ok(Self {
            marginal_rate: Share::read(input.marginal_rate, 1, "marginalRate")?,
            mortgage_limit: limit(input.mortgage_limit, "mortgageLimit")?,
            property_tax_limit: limit(input.property_tax_limit, "propertyTaxLimit")?,
            standard_deduction: amounts.read(input.standard_deduction, "standardDeduction")?,
            other_deductions: amounts.read(input.other_deductions, "otherDeductions")?,
            capital_gains_rate: Share::read(input.capital_gains_rate, 1, "capitalGainsRate")?,
            capital_gains_exclusion: amounts.read(input.capital_gains_exclusion, "capitalGainsExclusion")?,
        })
    }
}

impl Plan {
    pub(super) fn read(input: &RentOrBuyInput) -> Result<Self> {
        let amounts = Amounts::of(input.currency)?;
        check::whole(input.years, 1..=MAX_YEARS, ErrorCode::TermOutOfRange).at("years")?;
        let taxes = Taxes::read(&input.taxes, amounts).at("taxes")?;
        let plan = Self {
            amounts,
            mortgage: None,
            mortgage_insurance: MortgageInsurance::default(),
            rent: amounts.read(input.rental.rent, "rent").at("rental")?,
            years: input.years,
            price: amounts.read_positive(input.purchase.price, "price").at("purchase")?,
            down_payment: amounts.read(input.purchase.down_payment, "downPayment").at("purchase")?,
            closing_costs: amounts.read(input.purchase.closing_costs, "closingCosts").at("purchase")?,
            property_tax: Share::read(input.purchase.property_tax_rate, 1, "propertyTaxRate")
                .at("purchase")?,
            maintenance: Share::read(input.purchase.maintenance_rate, 1, "maintenanceRate").at("purchase")?,
            selling_cost: Share::read(input.purchase.selling_cost_rate, 1, "sellingCostRate")
                .at("purchase")?,
            insurance: amounts.read(input.purchase.insurance, "insurance").at("purchase")?,
            association_fees: amounts
                .read(input.purchase.association_fees, "associationFees")
                .at("purchase")?,
            tenant_insurance: amounts.read(input.rental.insurance, "insurance").at("rental")?,
            // One year more, because the value at the end of the last year is that of the year after.
            appreciation: YearlyGrowth::read(input.purchase.appreciation, input.years + 1, "appreciation")
                .at("purchase")?,
            rent_growth: YearlyGrowth::read(input.rental.rent_growth, input.years, "rentGrowth")
                .at("rental")?,
            cost_growth: YearlyGrowth::read(input.cost_growth, input.years, "costGrowth")?,
            investment_return: growth(input.investment_return, "investmentReturn")?,
            taxes,
            rounding: input.rounding,
        };
        let mortgage = plan.mortgage(input).at("purchase")?;
        let mortgage_insurance = plan.mortgage_insurance(input).at("purchase")?;
        Ok(Self { mortgage, mortgage_insurance, ..plan })
    }

    fn mortgage(&self, input: &RentOrBuyInput) -> Result<Option<MonthlyLoan>> {
        let principal = self.mortgage_principal();
        if principal < 0 {
            return Err(Error::new(
                ErrorCode::AmountOutOfRange,
                format!(
                    "the down payment is {} and must not exceed the price of {}",
                    input.purchase.down_payment, input.purchase.price
                ),
            )
            .at("downPayment"));
        }
        if principal == 0 {
            return Ok(None);
        }
        let Some(mortgage) = &input.purchase.mortgage else {
            return Err(Error::new(
                ErrorCode::FieldMissing,
                "the down payment is below the price, so a mortgage with `annualRate` and `termMonths` is needed",
            )
            .at("mortgage"));
        };
        let terms =
            MonthlyTerms::read(self.amounts, mortgage.annual_rate, mortgage.term_months, self.rounding);
        terms.and_then(|terms| terms.level(principal).at("termMonths")).map(Some).at("mortgage")
    }

    fn mortgage_insurance(&self, input: &RentOrBuyInput) -> Result<MortgageInsurance> {
        let rate = Share::read(input.purchase.mortgage_insurance_rate, 1, "mortgageInsuranceRate")?;
        let until = match input.purchase.mortgage_insurance_until {
            Some(share) => share,
            None => Decimal::new(8, 1)?,
        };
        let until = Share::read(until, 1, "mortgageInsuranceUntil")?;
        Ok(MortgageInsurance {
            premium: rate.divided_by(12).of(self.mortgage_principal().into(), self.rounding)?,
            // A whole balance is above the share just if it is above the share rounded down.
            until: until.of(self.price.into(), Rounding::Down)?,
        })
    }

    pub(super) fn mortgage_principal(&self) -> i64 {
        self.price - self.down_payment
    }

    /// The buyer's cash payment at the purchase.
    pub(super) fn upfront(&self) -> i64 {
        self.down_payment + self.closing_costs
    }
}

/// The costs of owning, year by year.
pub(super) struct Owner {
    years: Vec<OwnerYear>,
}

#[derive(Default)]
struct OwnerYear {
    /// The outlay of each month; the tax saved is subtracted from the last.
    outlays: [i128; 12],
    mortgage_payments: i128,
    mortgage_interest: i128,
    mortgage_insurance: i128,
    property_tax: i128,
    insurance: i128,
    maintenance: i128,
    association_fees: i128,
    tax_saving: i128,
    home_value: i128,
    mortgage_balance: i128,
    selling_costs: i128,
    capital_gains_tax: i128,
}

impl OwnerYear {
    /// The net proceeds if the home is sold at the end of the year.
    fn proceeds(&self) -> i128 {
        self.home_value - self.selling_costs - self.capital_gains_tax - self.mortgage_balance
    }
}

impl Owner {
    pub(super) fn project(plan: &Plan) -> Result<Self> {
        let years = (1..=plan.years).map(|year| owner_year(plan, year)).collect::<Result<_>>()?;
        Ok(Self { years })
    }
}

fn owner_year(plan: &Plan, year: u32) -> Result<OwnerYear> {
    let value = plan.appreciation.in_year(plan.price, year, plan.rounding)?;
    let property_tax = plan.property_tax.divided_by(12).of(value, plan.rounding)?;
    let maintenance = plan.maintenance.divided_by(12).of(value, plan.rounding)?;
    let insurance = plan.cost_growth.in_month(plan.insurance, year, plan.rounding)?;
    let association_fees = plan.cost_growth.in_year(plan.association_fees, year, plan.rounding)?;
    let costs = property_tax + maintenance + insurance + association_fees;

    let months = (12 * (year - 1) + 1)..=(12 * year);
    // Without a mortgage nothing is paid or owed in any month.
    let loan_month = |month: u32| plan.mortgage.as_ref().map(|loan| loan.month(month)).unwrap_or_default();
    let balance_before =
        if year == 1 { plan.mortgage_principal() } else { loan_month(12 * (year - 1)).balance };
    let mut owner = OwnerYear {
        property_tax: 12 * property_tax,
        maintenance: 12 * maintenance,
        insurance: 12 * insurance,
        association_fees: 12 * association_fees,
        home_value: plan.appreciation.in_year(plan.price, year + 1, plan.rounding)?,
        mortgage_balance: loan_month(12 * year).balance.into(),
        ..OwnerYear::default()
    };
    let mut opening = i128::from(balance_before);
    for (outlay, month) in owner.outlays.iter_mut().zip(months) {
        let mortgage = loan_month(month);
        let insured = opening > plan.mortgage_insurance.until;
        let premium = if insured { plan.mortgage_insurance.premium } else { 0 };
        opening = mortgage.balance.into();
        owner.mortgage_insurance += premium;
        owner.mortgage_payments += i128::from(mortgage.payment);
        owner.mortgage_interest += i128::from(mortgage.interest);
        *outlay = i128::from(mortgage.payment) + premium + costs;
    }
    owner.tax_saving = tax_saving(plan, &owner, balance_before)?;
    // The deductions of a year are known only at its end.
    let [.., december] = &mut owner.outlays;
    *december -= owner.tax_saving;
    owner.selling_costs = plan.selling_cost.of(owner.home_value, plan.rounding)?;
    // Selling costs reduce the gain; the closing costs of the purchase are not taken into account.
    let gain = owner.home_value - owner.selling_costs - i128::from(plan.price);
    // A loss saves no tax.
    let taxable = (gain - i128::from(plan.taxes.capital_gains_exclusion)).max(0);
    owner.capital_gains_tax = plan.taxes.capital_gains_rate.of(taxable, plan.rounding)?;
    Ok(owner)
}

/// The tax that a year's deductions save, compared with a tenant's.
fn tax_saving(plan: &Plan, year: &OwnerYear, balance_before: i64) -> Result<i128> {
    let taxes = &plan.taxes;
    let balances = i128::from(balance_before) + year.mortgage_balance;
    let interest = match taxes.mortgage_limit.map(i128::from) {
        // The limit over the mean of two balances, as twice the limit over their sum: both stay whole numbers.
        Some(limit) if 2 * limit < balances => {
            Share::ratio(2 * limit, balances)?.of(year.mortgage_interest, plan.rounding)?
        }
        _ => year.mortgage_interest,
    };
    let property_tax =
        taxes.property_tax_limit.map_or(year.property_tax, |limit| year.property_tax.min(limit.into()));
    let standard = i128::from(taxes.standard_deduction);
    let other = i128::from(taxes.other_deductions);
    // Each household takes the standard deduction if it is larger; only what buying adds beyond the tenant's deduction
    // saves tax.
    let more = (interest + property_tax + other).max(standard) - other.max(standard);
    taxes.marginal_rate.of(more, plan.rounding)
}

/// The costs of renting, year by year.
pub(super) struct Tenant {
    years: Vec<TenantYear>,
}

/// The rent and the insurance of each month of a year.
struct TenantYear {
    rent: i128,
    insurance: i128,
}

impl Tenant {
    /// A tenant who pays `rent` a month in the first year.
    pub(super) fn project(plan: &Plan, rent: i64) -> Result<Self> {
        let year = |year: u32| {
            Ok(TenantYear {
                rent: plan.rent_growth.in_year(rent, year, plan.rounding)?,
                insurance: plan.cost_growth.in_month(plan.tenant_insurance, year, plan.rounding)?,
            })
        };
        Ok(Self { years: (1..=plan.years).map(year).collect::<Result<_>>()? })
    }
}

/// The wealth of both households at the end of a year.
pub(super) struct Outcome {
    buyer_investments: i128,
    tenant_investments: i128,
    buyer_wealth: i128,
}

impl Outcome {
    pub(super) fn advantage(&self) -> i128 {
        self.buyer_wealth - self.tenant_investments
    }
}

impl Plan {
    /// The household that pays less in a month invests the difference at the end of the month.
    pub(super) fn outcomes(&self, owner: &Owner, tenant: &Tenant) -> Result<Vec<Outcome>> {
        let monthly_growth = growth_factor(self.investment_return, 1.0);
        let (mut buyer_investments, mut tenant_investments) = (0_i128, i128::from(self.upfront()));
        let mut outcomes = Vec::with_capacity(owner.years.len());
        for (owned, rented) in owner.years.iter().zip(&tenant.years) {
            for outlay in &owned.outlays {
                let difference = outlay - rented.rent - rented.insurance;
                buyer_investments =
                    grown(buyer_investments, monthly_growth, self.rounding)? + (-difference).max(0);
                tenant_investments =
                    grown(tenant_investments, monthly_growth, self.rounding)? + difference.max(0);
            }
            let buyer_wealth = owned.proceeds() + buyer_investments;
            outcomes.push(Outcome { buyer_investments, tenant_investments, buyer_wealth });
        }
        Ok(outcomes)
    }

    pub(super) fn rows(
        &self,
        owner: &Owner,
        tenant: &Tenant,
        outcomes: &[Outcome],
    ) -> Result<Vec<RentOrBuyYear>> {
        let write = |units: i128| self.amounts.write(units);
        let (mut buyer_paid, mut tenant_paid) = (i128::from(self.upfront()), 0);
        let mut rows = Vec::with_capacity(outcomes.len());
        for (year, ((owned, rented), outcome)) in
            (1..).zip(owner.years.iter().zip(&tenant.years).zip(outcomes))
        {
            let buyer_outlay: i128 = owned.outlays.iter().sum();
            let tenant_outlay = 12 * (rented.rent + rented.insurance);
            buyer_paid += buyer_outlay;
            tenant_paid += tenant_outlay;
            rows.push(RentOrBuyYear {
                year,
                mortgage_payments: write(owned.mortgage_payments)?,
                mortgage_interest: write(owned.mortgage_interest)?,
                mortgage_insurance: write(owned.mortgage_insurance)?,
                property_tax: write(owned.property_tax)?,
                insurance: write(owned.insurance)?,
                maintenance: write(owned.maintenance)?,
                association_fees: write(owned.association_fees)?,
                tax_saving: write(owned.tax_saving)?,
                buyer_outlay: write(buyer_outlay)?,
                rent: write(12 * rented.rent)?,
                tenant_insurance: write(12 * rented.insurance)?,
                tenant_outlay: write(tenant_outlay)?,
                home_value: write(owned.home_value)?,
                mortgage_balance: write(owned.mortgage_balance)?,
                selling_costs: write(owned.selling_costs)?,
                capital_gains_tax: write(owned.capital_gains_tax)?,
                buyer_investments: write(outcome.buyer_investments)?,
                tenant_investments: write(outcome.tenant_investments)?,
                buyer_net_cost: write(buyer_paid - owned.proceeds())?,
                tenant_net_cost: write(tenant_paid)?,
                buyer_wealth: write(outcome.buyer_wealth)?,
                tenant_wealth: write(outcome.tenant_investments)?,
                advantage_of_buying: write(outcome.advantage())?,
            });
        }
        Ok(rows)
    }
}
