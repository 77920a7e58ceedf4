//! The cash flows of a household, each from one item of the document.

use super::{
    debts::{Debt, Payments},
    horizon::{Horizon, birthday},
    output::{PlanFlow, PlanFlowKind, PlanNote},
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::Date,
    error::At as _,
    money::Currency,
    num::{Decimal, Rounding, gate},
};
use wherewithal_household::{Assumptions, CashFlowFrequency, ContributionSource, Household, Person};

/// The age up to which a wage without an end is believed.
const OLDEST_EARNER: u32 = 75;
/// The decimal places of the effective tax rate.
const TAX_RATE_PLACES: u32 = 12;

/// Collects the cash flows and the notes about them. Amounts are not rounded.
pub(super) struct Flows<'a> {
    household: &'a Household,
    horizon: &'a Horizon<'a>,
    tax_rate: Decimal,
    pub(super) flows: Vec<PlanFlow>,
    pub(super) notes: Vec<PlanNote>,
}

/// An amount with its frequency and its period.
struct Stream<'a> {
    source: String,
    name: &'a str,
    kind: PlanFlowKind,
    amount: Decimal,
    currency: Option<Currency>,
    frequency: CashFlowFrequency,
    start: Option<Date>,
    end: Option<Date>,
    rise: Rise,
}

/// How a cash flow grows.
#[derive(Clone, Copy)]
enum Rise {
    WithInflation,
    ByYear(f64),
}

impl Rise {
    fn of(annual_growth: Option<f64>) -> Self {
        annual_growth.map_or(Self::WithInflation, Self::ByYear)
    }
}

impl<'a> Flows<'a> {
    pub(super) fn new(
        household: &'a Household,
        horizon: &'a Horizon<'a>,
        assumptions: &Assumptions,
    ) -> Result<Self> {
        Ok(Self {
            household,
            horizon,
            // Exact from here on, like the amounts that it is multiplied with.
            tax_rate: gate::to_decimal(assumptions.effective_tax_rate, TAX_RATE_PLACES, Rounding::HalfEven)?,
            flows: Vec::new(),
            notes: Vec::new(),
        })
    }

    /// Collects every cash flow of the document.
    pub(super) fn collect(&mut self, debts: &[Debt<'_>]) -> Result<()> {
        self.income()?;
        self.properties()?;
        self.contributions()?;
        self.expenses()?;
        self.insurance()?;
        for debt in debts {
            self.debt(debt).at_index("liabilities", debt.index)?;
        }
        self.goals()
    }

    fn income(&mut self) -> Result<()> {
        for (index, income) in self.household.income.iter().enumerate() {
            // An explicit end takes precedence over retirement.
            let earned = income.kind.is_earned() && income.end.is_none();
            let person = income.person.as_deref().filter(|_| earned).and_then(|id| self.person(id));
            if earned && income.frequency != CashFlowFrequency::Once {
                self.ends_in_time(person).at_index("income", index)?;
            }
            let stream = Stream {
                source: format!("income[{index}]"),
                name: &income.name,
                kind: PlanFlowKind::Income,
                amount: income.amount,
                currency: income.currency,
                frequency: income.frequency,
                start: income.start,
                end: income.end,
                rise: Rise::of(income.annual_growth),
            };
            self.until_retirement(stream, person, income.taxable).at_index("income", index)?;
        }
        Ok(())
    }

    /// Refuses a wage that nobody would go on earning: one without an end, in a plan in which its earner, or without one
    /// the youngest adult, grows older than any usual age of retirement.
    fn ends_in_time(&self, person: Option<&Person>) -> Result<()> {
        let Some(earner) = person.or(self.horizon.person) else { return Ok(()) };
        if person.is_some_and(|person| person.retirement_age.is_some()) {
            return Ok(());
        }
        if birthday(earner, OLDEST_EARNER + 1)? > self.horizon.date_of(self.horizon.months)? {
            return Ok(());
        }
        let message = format!(
            "this income would go on beyond the age of {OLDEST_EARNER} of {}; give its end, or a person with a \
             retirementAge",
            earner.name
        );
        Err(Error::new(ErrorCode::FieldMissing, message).at("end"))
    }

    fn properties(&mut self) -> Result<()> {
        for (index, property) in self.household.properties.iter().enumerate() {
            let parts = [
                ("rent", PlanFlowKind::Income, property.monthly_rent, CashFlowFrequency::Monthly),
                (
                    "property tax",
                    PlanFlowKind::Expense,
                    property.property_tax_annual,
                    CashFlowFrequency::Annual,
                ),
                ("insurance", PlanFlowKind::Expense, property.insurance_annual, CashFlowFrequency::Annual),
                ("association dues", PlanFlowKind::Expense, property.hoa_monthly, CashFlowFrequency::Monthly),
            ];
            for (part, kind, amount, frequency) in parts {
                let Some(amount) = amount else { continue };
                let stream = Stream {
                    source: format!("properties[{index}]"),
                    name: &format!("{}: {part}", property.name),
                    kind,
                    amount,
                    currency: property.currency,
                    frequency,
                    start: None,
                    end: None,
                    rise: Rise::WithInflation,
                };
                self.add(&stream, kind == PlanFlowKind::Income).at_index("properties", index)?;
            }
        }
        Ok(())
    }

    fn contributions(&mut self) -> Result<()> {
        for (index, contribution) in self.household.contributions.iter().enumerate() {
            let account = self.household.accounts.iter().find(|account| account.id == contribution.account);
            let owner = account.and_then(|account| account.owner.as_deref());
            let person = owner.filter(|_| contribution.end.is_none()).and_then(|id| self.person(id));
            let stream = Stream {
                source: format!("contributions[{index}]"),
                name: &contribution.name,
                kind: match contribution.source {
                    ContributionSource::Household => PlanFlowKind::Contribution,
                    ContributionSource::Employer => PlanFlowKind::EmployerContribution,
                },
                amount: contribution.amount,
                currency: account.and_then(|account| account.currency),
                frequency: contribution.frequency,
                start: contribution.start,
                end: contribution.end,
                rise: Rise::of(contribution.annual_growth),
            };
            self.until_retirement(stream, person, false).at_index("contributions", index)?;
        }
        Ok(())
    }

    fn expenses(&mut self) -> Result<()> {
        for (index, expense) in self.household.expenses.iter().enumerate() {
            let stream = Stream {
                source: format!("expenses[{index}]"),
                name: &expense.name,
                kind: PlanFlowKind::Expense,
                amount: expense.amount,
                currency: expense.currency,
                frequency: expense.frequency,
                start: expense.start,
                end: expense.end,
                rise: Rise::of(expense.annual_growth),
            };
            self.add(&stream, false).at_index("expenses", index)?;
        }
        Ok(())
    }

    fn insurance(&mut self) -> Result<()> {
        for (index, policy) in self.household.insurance.iter().enumerate() {
            let Some(amount) = policy.premium_annual else { continue };
            let stream = Stream {
                source: format!("insurance[{index}]"),
                name: &format!("{}: premium", policy.name),
                kind: PlanFlowKind::Expense,
                amount,
                currency: policy.currency,
                frequency: CashFlowFrequency::Annual,
                start: None,
                end: None,
                rise: Rise::ByYear(0.0),
            };
            self.add(&stream, false).at_index("insurance", index)?;
        }
        Ok(())
    }

    fn debt(&mut self, debt: &Debt<'_>) -> Result<()> {
        let source = format!("liabilities[{}]", debt.index);
        let payment = debt.monthly_payment()?.unwrap_or_default();
        let (last, final_payment) = match &debt.payments {
            Payments::Schedule(schedule) => (schedule.schedule.len() as u32, schedule.final_payment),
            Payments::Standing(debt) if debt.is_repaid => (debt.payments, debt.left),
            Payments::Standing(debt) => (debt.payments, debt.paid),
            Payments::AtOnce => (1, debt.liability.balance),
        };
        let mut pay = |amount: Decimal, start_month: u32, end_month: u32| {
            let flow = PlanFlow {
                source: source.clone(),
                name: debt.liability.name.clone(),
                kind: PlanFlowKind::DebtPayment,
                monthly_amount: self.in_base(amount, debt.liability.currency)?.negated(),
                start_month,
                end_month,
                annual_growth: 0.0,
                inflation_linked: false,
            };
            self.push(flow);
            Ok(())
        };
        // The last payment differs from the others, so it is a cash flow of its own.
        if last > 1 {
            pay(payment, 1, last - 1)?;
        }
        pay(final_payment, last, last)
    }

    fn goals(&mut self) -> Result<()> {
        for (index, goal) in self.household.goals.iter().enumerate() {
            if !goal.kind.is_spent() {
                self.note(
                    format!("goals[{index}]"),
                    "the money is kept, so nothing is taken out for this goal",
                );
                continue;
            }
            let stream = Stream {
                source: format!("goals[{index}]"),
                name: &goal.name,
                kind: PlanFlowKind::Goal,
                amount: goal.target_amount,
                currency: goal.currency,
                frequency: CashFlowFrequency::Once,
                start: Some(goal.target_date),
                end: None,
                rise: Rise::WithInflation,
            };
            self.add(&stream, false).at_index("goals", index)?;
        }
        Ok(())
    }

    fn person(&self, id: &str) -> Option<&'a Person> {
        self.household.people.iter().find(|person| person.id == id)
    }

    /// Adds a cash flow that ends when a person retires.
    fn until_retirement(
        &mut self,
        mut stream: Stream<'_>,
        person: Option<&Person>,
        taxed: bool,
    ) -> Result<()> {
        if let Some(person) = person
            && let Some(age) = person.retirement_age
        {
            let last = birthday(person, age)?.add_days(-1)?;
            stream.end = Some(last);
            self.note(
                stream.source.clone(),
                format!("ends on {last}, the day before {} retires at {age}", person.name),
            );
            // A flow that would start after retirement never happens.
            if stream.start.is_some_and(|start| start > last) {
                return Ok(());
            }
        }
        self.add(&stream, taxed)
    }

    /// Adds a cash flow and, if it is taxed, the tax on it.
    fn add(&mut self, stream: &Stream<'_>, taxed: bool) -> Result<()> {
        let as_of = self.household.as_of;
        let once = stream.frequency == CashFlowFrequency::Once;
        let end = if once { stream.start } else { stream.end };
        let over = end.is_some_and(|end| end < as_of);
        let start_month = match stream.start {
            Some(start) if start > as_of => self.horizon.month_of(start)?,
            Some(_) | None => 1,
        };
        if over || start_month > self.horizon.months {
            let when = if over { "is over before the plan starts" } else { "starts after the plan ends" };
            self.note(stream.source.clone(), format!("{} {when}, so it is left out", stream.name));
            return Ok(());
        }
        let end_month = end.map(|end| self.horizon.month_of(end)).transpose()?;

        // Spread evenly over the months, because the projection has monthly steps.
        let monthly = match stream.frequency.times_a_year() {
            Some(times) => stream.amount.times(Decimal::from(times))?.divided_by(Decimal::from(12_u32))?,
            None => stream.amount,
        };
        let monthly = self.in_base(monthly, stream.currency)?;
        let inwards = matches!(
            stream.kind,
            PlanFlowKind::Income | PlanFlowKind::EmployerContribution | PlanFlowKind::Contribution
        );
        let flow = PlanFlow {
            source: stream.source.clone(),
            name: stream.name.to_owned(),
            kind: stream.kind,
            monthly_amount: if inwards { monthly } else { monthly.negated() },
            start_month,
            end_month: end_month.unwrap_or(self.horizon.months),
            annual_growth: match stream.rise {
                // A single payment has no anniversaries on which to rise.
                Rise::ByYear(rate) if !once => rate,
                Rise::ByYear(_) | Rise::WithInflation => 0.0,
            },
            inflation_linked: matches!(stream.rise, Rise::WithInflation),
        };
        let tax = monthly.times(self.tax_rate)?;
        if taxed && !tax.is_zero() {
            let on_it = PlanFlow {
                name: format!("{}: tax", flow.name),
                kind: PlanFlowKind::Taxes,
                monthly_amount: tax.negated(),
                ..flow.clone()
            };
            self.push(flow);
            self.push(on_it);
        } else {
            self.push(flow);
        }
        Ok(())
    }

    /// Converts an amount to the household's currency without rounding: it is a monthly average, not an amount that
    /// anyone pays.
    fn in_base(&self, amount: Decimal, currency: Option<Currency>) -> Result<Decimal> {
        amount.times(self.household.exchange_rate(currency.unwrap_or(self.household.currency))?)
    }

    /// Adds the part of a cash flow that lies within the plan.
    fn push(&mut self, flow: PlanFlow) {
        if flow.start_month <= self.horizon.months && !flow.monthly_amount.is_zero() {
            self.flows.push(PlanFlow { end_month: flow.end_month.min(self.horizon.months), ..flow });
        }
    }

    fn note(&mut self, source: String, text: impl Into<String>) {
        self.notes.push(PlanNote { source, text: text.into() });
    }
}
