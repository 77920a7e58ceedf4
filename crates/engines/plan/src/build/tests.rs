use proptest::prelude::*;

use super::*;
use crate::PlanCashFlowYear;
use wherewithal_base::{dates::date, money::Currency};
use wherewithal_household::{
    Account, AccountKind, CashFlowFrequency, Contribution, ContributionSource, Expense, ExpenseKind, Goal,
    GoalKind, GoalPriority, IncomeKind, IncomeStream, Liability, LiabilityKind, Person,
};

fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2).unwrap()
}

fn expense(amount: Decimal) -> Expense {
    Expense {
        id: "living".to_owned(),
        name: "Living".to_owned(),
        kind: ExpenseKind::Living,
        currency: None,
        amount,
        frequency: CashFlowFrequency::Monthly,
        start: None,
        end: None,
        annual_growth: None,
    }
}

fn salary(amount: Decimal) -> IncomeStream {
    IncomeStream {
        id: "salary".to_owned(),
        name: "Salary".to_owned(),
        kind: IncomeKind::Salary,
        person: Some("ana".to_owned()),
        currency: None,
        amount,
        frequency: CashFlowFrequency::Biweekly,
        start: None,
        end: None,
        annual_growth: Some(0.03),
        taxable: true,
    }
}

fn loan(balance: Decimal) -> Liability {
    Liability {
        id: "loan".to_owned(),
        name: "Loan".to_owned(),
        kind: LiabilityKind::Mortgage,
        owner: None,
        lender: None,
        currency: None,
        balance,
        annual_rate: "0.05".parse().unwrap(),
        payment: None,
        remaining_months: Some(120),
        extra_monthly_payment: None,
        next_payment: None,
        secured_by: None,
        original_amount: None,
        origination_date: None,
    }
}

fn contribution(source: ContributionSource) -> Contribution {
    Contribution {
        id: "saving".to_owned(),
        name: "Saving".to_owned(),
        account: "savings".to_owned(),
        source,
        amount: cents(50_000),
        frequency: CashFlowFrequency::Monthly,
        start: None,
        end: None,
        annual_growth: None,
    }
}

fn goal(kind: GoalKind) -> Goal {
    Goal {
        id: "goal".to_owned(),
        name: "Goal".to_owned(),
        kind,
        currency: None,
        target_amount: cents(1_000_000),
        target_date: date(2030, 6, 30).unwrap(),
        priority: GoalPriority::default(),
        account: None,
    }
}

fn household(balance: Decimal) -> Household {
    let mut household = Household::new("Any", Currency::USD, date(2026, 1, 1).unwrap());
    household.people.push(Person {
        id: "ana".to_owned(),
        name: "Ana".to_owned(),
        birth_date: date(1970, 1, 1).unwrap(),
        retirement_age: Some(60),
        dependent: false,
    });
    household.accounts.push(Account {
        id: "savings".to_owned(),
        name: "Savings".to_owned(),
        kind: AccountKind::Savings,
        owner: Some("ana".to_owned()),
        institution: None,
        currency: None,
        balance: Some(balance),
        cash: None,
        cost_basis: None,
        tax_treatment: None,
        interest_rate: None,
        holdings: Vec::new(),
    });
    household.assumptions = Some(Assumptions {
        expected_return: 0.05,
        volatility: 0.1,
        inflation: 0.02,
        annual_fee: 0.0,
        effective_tax_rate: 0.2,
    });
    household
}

fn plan(household: Household) -> Plan {
    let request = PlanInput { paths: 200, years: Some(20), ..PlanInput::new(household) };
    build(&request, &Control::default()).unwrap()
}

fn lively() -> Household {
    let mut household = household(cents(30_000_000));
    household.income.push(salary(cents(300_000)));
    household.expenses.push(expense(cents(400_000)));
    household.liabilities.push(loan(cents(10_000_000)));
    household
}

#[test]
fn earned_income_ends_the_day_before_retirement() {
    let plan = plan(lively());
    let salary: Vec<&PlanFlow> = plan.flows.iter().filter(|flow| flow.source == "income[0]").collect();
    // Ana turns 60 on 2030-01-01, 48 months after the start.
    assert!(salary.iter().all(|flow| (flow.start_month, flow.end_month) == (1, 48)));
    assert_eq!(plan.cash_flow[3].end, date(2029, 12, 31).unwrap());
    assert!(!plan.cash_flow[3].income.is_zero());
    assert!(plan.cash_flow[4].income.is_zero() && plan.cash_flow[4].taxes.is_zero());
    assert!(plan.notes.iter().any(|note| note.source == "income[0]" && note.text.contains("2029-12-31")));
}

#[test]
fn pay_every_two_weeks_is_twenty_six_twelfths_a_month() {
    let plan = plan(lively());
    let first = &plan.cash_flow[0];
    assert_eq!((first.income.to_string(), first.taxes.to_string()), ("78000.00".into(), "15600.00".into()));
}

#[test]
fn what_the_household_saves_moves_inside_it_and_what_an_employer_pays_is_added() {
    let before = plan(lively());
    let with = |source| {
        let mut household = lively();
        household.contributions.push(contribution(source));
        plan(household)
    };
    let own = with(ContributionSource::Household);
    assert_eq!(
        own.projection.terminal_nominal.mean.to_bits(),
        before.projection.terminal_nominal.mean.to_bits()
    );
    assert_eq!(own.cash_flow[0].net, before.cash_flow[0].net);
    assert!(!own.cash_flow[0].contributions.is_zero());
    let employer = with(ContributionSource::Employer);
    assert!(employer.projection.terminal_nominal.mean > before.projection.terminal_nominal.mean);
    assert!(employer.cash_flow[0].net > before.cash_flow[0].net);
}

#[test]
fn goals_that_are_kept_take_nothing_out_and_goals_that_are_spent_do_so_once() {
    let with = |kind| {
        let mut household = lively();
        household.goals.push(goal(kind));
        plan(household)
    };
    assert!(with(GoalKind::EmergencyFund).cash_flow.iter().all(|year| year.goals.is_zero()));
    let spent = with(GoalKind::MajorPurchase);
    let years: Vec<u32> =
        spent.cash_flow.iter().filter(|year| !year.goals.is_zero()).map(|year| year.year).collect();
    assert_eq!(years, [5]);
    // 10,000 at 2 % over 54 months: 10000 × 1.02^4.5 = 10932.03 (Python's decimal).
    assert_eq!(spent.cash_flow[4].goals.to_string(), "10932.03");
}

#[test]
fn a_card_without_a_payment_is_repaid_in_the_first_month() {
    let mut household = lively();
    (household.liabilities[0].remaining_months, household.liabilities[0].kind) =
        (None, LiabilityKind::CreditCard);
    let plan = plan(household);
    assert_eq!(plan.cash_flow[0].debt_payments.to_string(), "100000.00");
    assert!(plan.cash_flow[1].debt_payments.is_zero());
    assert_eq!((plan.debts[0].payoff_date, plan.debts[0].monthly_payment), (None, None));
    assert!(plan.notes.iter().any(|note| note.source == "liabilities[0]"));
}

#[test]
fn an_assumption_that_would_decide_the_plan_is_refused_at_its_field() {
    let refused = |household| {
        let request = PlanInput { paths: 10, ..PlanInput::new(household) };
        let error = build(&request, &Control::default()).unwrap_err();
        (error.code(), error.path().to_owned())
    };
    let mut without_term = lively();
    without_term.liabilities[0].remaining_months = None;
    assert_eq!(
        refused(without_term),
        (ErrorCode::FieldMissing, "household.liabilities[0].payment".to_owned())
    );
    let mut without_end = lively();
    without_end.people[0].retirement_age = None;
    assert_eq!(refused(without_end), (ErrorCode::FieldMissing, "household.income[0].end".to_owned()));
    let mut without_earner = lively();
    without_earner.income[0].person = None;
    assert_eq!(refused(without_earner), (ErrorCode::FieldMissing, "household.income[0].end".to_owned()));
    let mut overdrawn = lively();
    overdrawn.accounts[0].balance = Some(cents(-1));
    assert_eq!(refused(overdrawn), (ErrorCode::AmountOutOfRange, "household.accounts".to_owned()));
}

#[test]
fn a_loan_that_pays_no_more_than_its_interest_stays() {
    let with = |payment, term| {
        let mut household = lively();
        let loan = &mut household.liabilities[0];
        // The interest of a month is 416.67.
        (loan.payment, loan.remaining_months) = (Some(cents(payment)), term);
        plan(household)
    };
    let standing = with(41_667, None);
    assert_eq!(standing.cash_flow[19].debt_payments.to_string(), "5000.04");
    assert_eq!(standing.debts[0].payoff_date, None);
    let repaid = with(41_667, Some(60));
    assert_eq!(repaid.debts[0].payoff_date, Some(date(2031, 1, 1).unwrap()));
    assert_eq!(repaid.debts[0].final_payment.unwrap().to_string(), "100416.67");
    assert!(repaid.cash_flow[5].debt_payments.is_zero());
    // One cent more a month begins to repay it.
    assert!(with(41_668, None).debts[0].payoff_date.is_some());
}

#[test]
fn debt_payments_add_up_to_what_the_schedule_says() {
    let plan = plan(lively());
    let paid = Decimal::sum(plan.cash_flow.iter().map(|year| year.debt_payments)).unwrap();
    let debt = &plan.debts[0];
    assert_eq!(paid, debt.balance.plus(debt.remaining_interest.unwrap()).unwrap());
    assert_eq!(debt.payoff_date, Some(date(2036, 1, 1).unwrap()));
}

#[test]
fn a_stream_outside_the_plan_is_left_out_and_noted() {
    let mut household = lively();
    household.expenses.push(Expense {
        id: "later".to_owned(),
        start: Some(date(2047, 1, 1).unwrap()),
        ..expense(cents(100))
    });
    household.expenses.push(Expense {
        id: "former".to_owned(),
        end: Some(date(2025, 12, 31).unwrap()),
        ..expense(cents(100))
    });
    let plan = plan(household);
    for source in ["expenses[1]", "expenses[2]"] {
        assert!(plan.flows.iter().all(|flow| flow.source != source));
        assert!(plan.notes.iter().any(|note| note.source == source), "{source}");
    }
}

#[test]
fn a_cancelled_plan_stops() {
    let control = Control::default();
    control.cancel();
    let error = build(&PlanInput::new(lively()), &control).unwrap_err();
    assert_eq!(error.code(), ErrorCode::OperationCancelled);
}

#[test]
fn more_streams_than_a_simulation_holds_are_refused() {
    let mut household = lively();
    household.expenses =
        (0..1000).map(|index| Expense { id: format!("expense-{index}"), ..expense(cents(100)) }).collect();
    let error = build(&PlanInput::new(household), &Control::default()).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::ListTooLong, "household"));
}

fn foots(year: &PlanCashFlowYear) -> bool {
    let terms = [
        year.income,
        year.employer_contributions,
        year.taxes.negated(),
        year.expenses.negated(),
        year.debt_payments.negated(),
        year.goals.negated(),
    ];
    Decimal::sum(terms).unwrap() == year.net
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_year_foots_and_the_years_follow_one_another(
        balance in 0_i64..1_000_000_000,
        pay in 0_i64..1_000_000,
        spending in 0_i64..1_000_000,
        debt in 100_000_i64..100_000_000,
        years in 1_u32..60,
    ) {
        let mut household = household(cents(balance));
        household.income.push(salary(cents(pay)));
        household.expenses.push(expense(cents(spending)));
        household.liabilities.push(loan(cents(debt)));
        household.contributions.push(contribution(ContributionSource::Employer));
        household.goals.push(goal(GoalKind::Travel));
        let request = PlanInput { paths: 10, years: Some(years), ..PlanInput::new(household) };
        let plan = build(&request, &Control::default()).unwrap();
        prop_assert_eq!(plan.cash_flow.len(), years as usize);
        prop_assert!(plan.cash_flow.iter().all(foots));
        for pair in plan.cash_flow.windows(2) {
            prop_assert_eq!(pair[0].end.add_days(1).unwrap(), pair[1].start);
        }
        prop_assert_eq!(plan.projection.months, years * 12);
        let rows = plan.projection.fan.len();
        prop_assert_eq!(rows, (years as usize + 1) * request.percentiles.len());
    }

    #[test]
    fn more_money_at_the_start_never_lowers_the_chance_of_success(
        balance in 0_i64..200_000_000,
        more in 1_i64..200_000_000,
        spending in 100_000_i64..1_000_000,
    ) {
        let chance = |balance| {
            let mut household = household(cents(balance));
            household.expenses.push(expense(cents(spending)));
            plan(household).projection.success.probability
        };
        prop_assert!(chance(balance + more) >= chance(balance));
    }

    #[test]
    fn spending_more_never_raises_the_chance_of_success(
        balance in 0_i64..200_000_000,
        spending in 100_000_i64..1_000_000,
        more in 1_i64..1_000_000,
    ) {
        let chance = |spending| {
            let mut household = household(cents(balance));
            household.expenses.push(expense(cents(spending)));
            plan(household).projection.success.probability
        };
        prop_assert!(chance(spending + more) <= chance(spending));
    }
}
