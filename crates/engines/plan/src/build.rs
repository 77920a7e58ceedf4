//! Builds the plan.

use super::{
    cash_flow, debts,
    flows::Flows,
    horizon::Horizon,
    output::{Plan, PlanAssumption, PlanFanRow, PlanFlow, PlanFlowKind, PlanNote, PlanProjection},
    request::PlanInput,
};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    control::Control,
    error::At as _,
    num::{Decimal, Rounding, gate},
};
use wherewithal_household::{Assumptions, Household};
use wherewithal_net_worth as net_worth;
use wherewithal_simulation::{self as simulation, SimulationFlow, SimulationInput, SimulationResult};

/// The most cash flows of a simulation.
const MAX_FLOWS: usize = 1000;

/// The plan of a household.
///
/// All accounts are projected as one portfolio. Every item of the document that moves money becomes a cash flow
/// (`flows`): income, rents and employer contributions come in; taxes, expenses, the costs of properties and policies,
/// debt payments and goals go out. A surplus stays in the accounts, and a shortfall is taken out of them, at the end of
/// each month. The plan succeeds on a path if the accounts never run out. Properties, funds, businesses, policies and
/// other assets are not sold.
///
/// # Errors
/// Those of [`Household::validate`], inside `household`; `field.missing`;
/// `term.out_of_range` and `field.conflict`; `amount.out_of_range` if the accounts are overdrawn as a whole; `list.too_long`; those of
/// [`simulation::run`] at `paths`, `seed` and `percentiles`; `operation.cancelled`.
pub fn build(request: &PlanInput, control: &Control<'_>) -> Result<Plan> {
    let household = &request.household;
    // Also validates the document, on which everything below relies.
    let statement = net_worth::statement(household).at("household")?;
    let assumptions = household.assumptions.as_ref().ok_or_else(|| {
        Error::new(ErrorCode::FieldMissing, "a projection needs expectedReturn, volatility and inflation")
            .at("assumptions")
            .at("household")
    })?;
    let horizon = Horizon::of(request)?;

    let mut notes = general_notes();
    let debts = debts::debts(household, horizon.months, &mut notes).at("household")?;
    let mut flows = Flows::new(household, &horizon, assumptions)?;
    flows.collect(&debts).at("household")?;
    notes.append(&mut flows.notes);
    let flows = flows.flows;

    let initial_balance = initial_balance(household).at("household")?;
    let simulated = SimulationInput {
        initial_balance: gate::to_f64(initial_balance),
        months: horizon.months,
        expected_return: assumptions.expected_return,
        volatility: assumptions.volatility,
        inflation: assumptions.inflation,
        annual_fee: assumptions.annual_fee,
        flows: simulation_flows(&flows)?,
        paths: request.paths,
        seed: request.seed,
        percentiles: request.percentiles.clone(),
        ..SimulationInput::default()
    };
    let result = simulation::run(&simulated, control)?;
    let places = household.places()?;

    Ok(Plan {
        name: household.name.clone(),
        as_of: household.as_of,
        currency: household.currency,
        net_worth: statement,
        debts: debts.iter().map(|debt| debt.summary(household)).collect::<Result<_>>()?,
        cash_flow: cash_flow::years(&flows, &horizon, assumptions.inflation, places)?,
        flows: flows.into_iter().map(|flow| shown(flow, places)).collect(),
        assumptions: stated(assumptions, &simulated, &horizon),
        projection: projection(result, &horizon, initial_balance)?,
        notes,
    })
}

/// The balance of all accounts, in the household's currency.
fn initial_balance(household: &Household) -> Result<Decimal> {
    let values = household.accounts.iter().map(|account| {
        household.convert(account.value(household.places_of(account.currency))?, account.currency)
    });
    let sum = Decimal::sum(values.collect::<Result<Vec<_>>>()?)?;
    if sum.is_negative() {
        let message = format!(
            "the accounts are overdrawn by {}; a plan starts with money, so list an overdraft that stays as a liability \
             with its payment",
            sum.negated()
        );
        return Err(Error::new(ErrorCode::AmountOutOfRange, message).at("accounts"));
    }
    Ok(sum)
}

fn shown(flow: PlanFlow, places: u32) -> PlanFlow {
    PlanFlow { monthly_amount: flow.monthly_amount.round(places, Rounding::HalfEven), ..flow }
}

fn simulation_flows(flows: &[PlanFlow]) -> Result<Vec<SimulationFlow>> {
    let flows: Vec<SimulationFlow> = flows
        .iter()
        // They stay within the household, whose accounts are projected together.
        .filter(|flow| flow.kind != PlanFlowKind::Contribution)
        .map(|flow| SimulationFlow {
            amount: gate::to_f64(flow.monthly_amount),
            start_month: flow.start_month,
            end_month: Some(flow.end_month),
            annual_growth: flow.annual_growth,
            inflation_linked: flow.inflation_linked,
            ..SimulationFlow::default()
        })
        .collect();
    // Checked here, because the simulation would report the path of its own input.
    check::length(flows.len(), 0..=MAX_FLOWS).at("household")?;
    Ok(flows)
}

fn projection(
    result: SimulationResult,
    horizon: &Horizon<'_>,
    initial_balance: Decimal,
) -> Result<PlanProjection> {
    let fan = result
        .fan
        .iter()
        .map(|row| {
            let date = horizon.date_of(row.month)?;
            Ok(PlanFanRow {
                month: row.month,
                date,
                age: horizon.age_on(date)?,
                percentile: row.percentile,
                nominal: row.nominal,
                real: row.real,
            })
        })
        .collect::<Result<_>>()?;
    Ok(PlanProjection {
        months: horizon.months,
        end: horizon.date_of(horizon.months)?,
        initial_balance,
        success: result.success,
        fan,
        solvency: result.solvency,
        terminal_nominal: result.terminal_nominal,
        terminal_real: result.terminal_real,
        depletion_share: result.depletion_share,
        depletion_months: result.depletion_months,
        paths: result.paths,
        seed: result.seed,
    })
}

/// The assumptions of the projection, each with its source.
fn stated(
    assumptions: &Assumptions,
    simulated: &SimulationInput,
    horizon: &Horizon<'_>,
) -> Vec<PlanAssumption> {
    let fraction = "fraction a year";
    let field = |name: &str| format!("household.assumptions.{name}");
    let row = |name: &str, value: f64, unit: &str, source: String| PlanAssumption {
        name: name.to_owned(),
        value,
        unit: unit.to_owned(),
        source,
    };
    vec![
        row(
            "initialBalance",
            simulated.initial_balance,
            "household currency",
            "the sum of household.accounts".to_owned(),
        ),
        row("months", f64::from(horizon.months), "months", horizon.source.clone()),
        row("expectedReturn", assumptions.expected_return, fraction, field("expectedReturn")),
        row("volatility", assumptions.volatility, fraction, field("volatility")),
        row("inflation", assumptions.inflation, fraction, field("inflation")),
        row("annualFee", assumptions.annual_fee, fraction, field("annualFee")),
        row(
            "effectiveTaxRate",
            assumptions.effective_tax_rate,
            "fraction of income",
            field("effectiveTaxRate"),
        ),
    ]
}

fn general_notes() -> Vec<PlanNote> {
    [
        "all accounts are projected as one portfolio with one return; expectedReturn is the arithmetic mean of a \
         year",
        "a surplus stays in the accounts, and a shortfall is taken out of them, at the end of each month",
        "contributions of the household move money within it; those of employers are added to it",
        "taxes are effectiveTaxRate times taxable income; withdrawals are not taxed",
        "properties, private funds, businesses, policies and other assets are not sold, and capital calls are not \
         paid",
    ]
    .into_iter()
    .map(|text| PlanNote { source: String::new(), text: text.to_owned() })
    .collect()
}

#[cfg(test)]
mod tests;
