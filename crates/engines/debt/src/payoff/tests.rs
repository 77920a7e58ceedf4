use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{
    super::payment::interest,
    compiled::{CompiledDebts, MAX_MONTHS},
    run::{Run, pay_in_order},
    *,
};
use crate::PaymentRounding;
use wherewithal_base::{
    Error, ErrorCode,
    dates::date,
    money::Currency,
    num::{Decimal, Rounding},
};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn request(json: &str) -> PayoffPlanInput {
    serde_json::from_str(json).unwrap()
}

fn two_debts(extra: &str) -> String {
    format!(
        r#"{{"firstPayment": "2026-01-31", "debts": [
            {{"id": "a", "balance": "1000", "annualRate": "0.12", "minimumPayment": {{"kind": "fixed", "amount": "50"}}}},
            {{"id": "b", "balance": "500", "annualRate": "0.24", "minimumPayment": {{"kind": "fixed", "amount": "25"}}}}
        ], "budget": {{"monthly": "150"}}{extra}}}"#
    )
}

fn refused(json: &str) -> (ErrorCode, String) {
    let error: Error = payoff_plan(&request(json)).unwrap_err();
    (error.code(), error.path().to_owned())
}

#[test]
fn bad_input_is_refused_at_its_field() {
    let base = two_debts("");
    let cases = [
        (base.replace("\"b\"", "\"a\""), ErrorCode::ListDuplicate, "debts[1].id"),
        (base.replace("\"500\"", "\"-500\""), ErrorCode::AmountOutOfRange, "debts[1].balance"),
        (base.replace("\"500\"", "\"500.001\""), ErrorCode::DecimalTooPrecise, "debts[1].balance"),
        (base.replace("\"0.24\"", "\"24\""), ErrorCode::RateOutOfRange, "debts[1].annualRate"),
        (base.replace("\"25\"", "\"-25\""), ErrorCode::AmountOutOfRange, "debts[1].minimumPayment.amount"),
        (base.replace("\"150\"", "\"74.99\""), ErrorCode::BudgetBelowMinimums, "budget.monthly"),
        (base.replace("\"150\"", "\"0\""), ErrorCode::AmountOutOfRange, "budget.monthly"),
        (
            two_debts(r#", "strategy": {"kind": "custom", "order": ["a", "c"]}"#),
            ErrorCode::NameUnknown,
            "strategy.order[1]",
        ),
        (
            two_debts(r#", "strategy": {"kind": "custom", "order": ["a", "a"]}"#),
            ErrorCode::ListDuplicate,
            "strategy.order[1]",
        ),
        (
            two_debts(r#", "strategy": {"kind": "custom", "order": ["a"]}"#),
            ErrorCode::ListIncomplete,
            "strategy.order",
        ),
    ];
    for (json, code, path) in cases {
        assert_eq!(refused(&json), (code, path.to_owned()), "{json}");
    }
}

#[test]
fn too_small_a_budget_says_what_would_be_enough() {
    let error = payoff_plan(&request(&two_debts("").replace("\"150\"", "\"74.99\""))).unwrap_err();
    assert!(error.to_string().contains("75.00"), "{error}");
    assert!(payoff_plan(&request(&two_debts("").replace("\"150\"", "\"75\""))).is_ok());
}

#[test]
fn a_budget_that_the_interest_uses_up_never_repays() {
    let json = r#"{"firstPayment": "2026-01-31", "debts": [
        {"id": "a", "balance": "1000", "annualRate": "0.24", "minimumPayment": {"kind": "fixed", "amount": "5"}}
    ], "budget": {"monthly": "20"}, "strategy": {"kind": "optimum"}}"#;
    assert_eq!(refused(json), (ErrorCode::PaymentNeverRepays, "budget.monthly".to_owned()));
    // A cent more repays; the minimums alone still do not, so there is no baseline.
    let plan = payoff_plan(&request(&json.replace("\"20\"", "\"20.01\""))).unwrap();
    assert!(plan.minimums_only.is_none() && plan.fixed_minimums.is_none());
    // Growth without end is found before it leaves the range of numbers.
    let explosive = json.replace("0.24", "1000 %").replace("\"20\"", "\"5\"");
    assert_eq!(refused(&explosive).0, ErrorCode::PaymentNeverRepays);
}

#[test]
fn a_promotion_holds_for_payments_up_to_its_end() {
    let json = r#"{"firstPayment": "2026-01-31", "debts": [
        {"id": "a", "balance": "1200", "annualRate": "0.24", "paymentDay": 15,
         "promotions": [{"until": "2026-02-15", "annualRate": "0"}, {"until": "2026-03-14", "annualRate": "0.06"}],
         "minimumPayment": {"kind": "fixed", "amount": "100"}}
    ], "budget": {"monthly": "100"}}"#;
    let plan = payoff_plan(&request(json)).unwrap();
    let rates: Vec<String> = plan.schedule.iter().take(4).map(|row| row.annual_rate.to_string()).collect();
    assert_eq!(rates, ["0", "0", "0.24", "0.24"]);
    let dates: Vec<String> = plan.schedule.iter().take(2).map(|row| row.date.to_string()).collect();
    assert_eq!(dates, ["2026-01-15", "2026-02-15"]);
}

/// The least unrounded interest comes from a mixed-integer linear program, solved by HiGHS (scipy 1.17.1): a binary
/// variable for each debt and month says whether it is still owed, and then its minimum must be paid.
#[test]
fn a_promotion_that_ends_makes_the_avalanche_cost_more_than_the_optimum() {
    let json = |strategy: &str| {
        format!(
            r#"{{"firstPayment": "2026-02-01", "debts": [
                {{"id": "transfer", "balance": "3000", "annualRate": "0.2899",
                 "promotions": [{{"until": "2026-07-31", "annualRate": "0"}}],
                 "minimumPayment": {{"kind": "fixed", "amount": "30"}}}},
                {{"id": "loan", "balance": "5000", "annualRate": "0.0849",
                 "minimumPayment": {{"kind": "fixed", "amount": "100"}}}}
            ], "budget": {{"monthly": "600"}}, "strategy": {{"kind": "{strategy}"}}}}"#
        )
    };
    let interest = |strategy| payoff_plan(&request(&json(strategy))).unwrap().total_interest;
    let optimum = payoff_plan(&request(&json("optimum"))).unwrap();
    let proof = optimum.proof.unwrap();
    assert_eq!(proof.status, PayoffProofStatus::ExactUpToRounding);
    assert!(optimum.total_interest < interest("avalanche"));
    assert_eq!(proof.unrounded_lower_bound, decimal("342.35"));
}

#[test]
fn the_one_way_to_repay_a_single_debt_is_proved_exactly() {
    let json = r#"{"firstPayment": "2026-01-31", "debts": [
        {"id": "a", "balance": "1000", "annualRate": "0.24", "minimumPayment": {"kind": "fixed", "amount": "25"}}
    ], "budget": {"monthly": "60"}, "strategy": {"kind": "optimum"}}"#;
    let proof = payoff_plan(&request(json)).unwrap().proof.unwrap();
    assert_eq!(proof.status, PayoffProofStatus::Exact);
    assert!(proof.gap.is_zero());
}

/// The least total payment over twelve months, by trying every way to spend at most the budget in whole units: for each
/// state of the balances, the least payment that leads to it.
fn least_by_enumeration(terms: &CompiledDebts) -> Option<i64> {
    let start = |debt: &compiled::Debt| (debt.balance, debt.deferral.map_or(0, |deferral| deferral.accrued));
    let mut states = BTreeMap::from([(terms.debts.iter().map(start).collect::<Vec<_>>(), 0)]);
    let mut least: Option<i64> = None;
    for (month, rates) in terms.rates(12).unwrap().iter().enumerate() {
        let mut next: BTreeMap<Vec<(i64, i64)>, i64> = BTreeMap::new();
        for (owed, spent) in states {
            let mut options = vec![(Vec::new(), 0)];
            for ((debt, (balance, deferred)), rate) in terms.debts.iter().zip(owed).zip(rates) {
                let accrued = interest(balance, rate.monthly, terms.rounding).unwrap();
                let defers = debt.deferral.is_some_and(|deferral| month < deferral.months);
                let charged = if defers { 0 } else { accrued };
                let later = if defers { deferred + accrued } else { 0 };
                let due = balance + charged + if defers { 0 } else { deferred };
                let minimum = debt.minimum.payment(balance, charged, terms.rounding).unwrap().0.min(due);
                let mut longer = Vec::new();
                for (lefts, paid) in &options {
                    for payment in minimum..=due.min(terms.budget[month] - paid) {
                        let left = due - payment;
                        let mut lefts: Vec<(i64, i64)> = lefts.clone();
                        lefts.push((left, if left == 0 { 0 } else { later }));
                        longer.push((lefts, paid + payment));
                    }
                }
                options = longer;
            }
            for (lefts, paid) in options {
                let total = spent + paid;
                if lefts.iter().all(|(left, _)| *left == 0) {
                    least = Some(least.map_or(total, |least| least.min(total)));
                } else {
                    next.entry(lefts).and_modify(|least| *least = total.min(*least)).or_insert(total);
                }
            }
        }
        states = next;
    }
    least
}

fn terms_of(request: &PayoffPlanInput) -> CompiledDebts {
    CompiledDebts::new(
        request.currency,
        request.first_payment,
        &request.debts,
        &request.budget,
        request.rounding,
    )
    .unwrap()
}

prop_compose! {
    fn any_minimum(balance: i64, rate: i64)(
        kind in 0_usize..3,
        part in 15_i64..60,
        floor in 0_i64..4000,
        whole_dollars: bool,
    ) -> MinimumPayment {
        // The fixed amounts repay the debt, if slowly.
        let fixed = balance * part / 1000 + balance * rate / 120_000;
        let floor = Decimal::new(floor, 2).unwrap();
        let step = whole_dollars.then_some(Decimal::ONE);
        let rounding = PaymentRounding { step, ..PaymentRounding::default() };
        match kind {
            0 => MinimumPayment::Fixed { amount: Decimal::new(fixed, 2).unwrap() },
            1 => MinimumPayment::PercentOfBalance { fraction: Decimal::new(part + 10, 3).unwrap(), floor, rounding },
            _ => MinimumPayment::PercentPlusInterest { fraction: Decimal::new(part, 3).unwrap(), floor, rounding },
        }
    }
}

prop_compose! {
    fn any_debt()(balance in 1_000_i64..1_000_000, rate in 0_i64..3500, promotion in 0_i32..24, promotional in 0_i64..900)(
        minimum_payment in any_minimum(balance, rate),
        balance in Just(balance),
        rate in Just(rate),
        promotion in Just(promotion),
        promotional in Just(promotional),
        interest in prop_oneof![
            Just(DebtInterest::Monthly), Just(DebtInterest::Daily), Just(DebtInterest::DailyCompounded)
        ],
        payment_day in prop_oneof![Just(None), (1_u32..=31).prop_map(Some)],
        deferral in prop_oneof![3 => Just(None), 1 => (1_i32..18, 0_i64..20_000).prop_map(Some)],
    ) -> PayoffDebt {
        let until = date(2026, 1, 31).unwrap().add_months(promotion).unwrap();
        let promotions = if promotion < 12 {
            Vec::new()
        } else {
            vec![PromotionalRate { until: until.add_months(-9).unwrap(), annual_rate: Decimal::new(promotional, 4).unwrap() }]
        };
        PayoffDebt {
            id: String::new(),
            name: None,
            balance: Decimal::new(balance, 2).unwrap(),
            annual_rate: Decimal::new(rate, 4).unwrap(),
            interest,
            minimum_payment,
            promotions,
            deferred_interest: deferral.map(|(months, accrued)| PayoffDeferredInterest {
                until: date(2026, 1, 31).unwrap().add_months(months).unwrap(),
                accrued: Decimal::new(accrued, 2).unwrap(),
            }),
            payment_day,
        }
    }
}

prop_compose! {
    fn any_request()(
        mut debts in prop::collection::vec(any_debt(), 1..6),
        surplus in 5_i64..200,
        growth in prop_oneof![Just(0_i64), 0_i64..100],
        extra in prop::collection::vec((1_u32..30, 0_i64..100_000), 0..3),
        rounding in prop_oneof![Just(Rounding::HalfEven), Just(Rounding::HalfUp), Just(Rounding::Down), Just(Rounding::Up)],
        strategy in prop_oneof![
            Just(PayoffStrategy::Snowball), Just(PayoffStrategy::Avalanche), Just(PayoffStrategy::HighestPayment)
        ],
    ) -> PayoffPlanInput {
        let mut monthly = 0;
        for (index, debt) in debts.iter_mut().enumerate() {
            debt.id = format!("debt {index}");
            let balance = debt.balance.mantissa() as i64;
            // No minimum of `any_minimum` is more than this, whatever the rate in force.
            monthly += (balance * 12 / 100 + 4000).max(balance * surplus / 1000);
        }
        PayoffPlanInput {
            currency: Currency::USD,
            first_payment: date(2026, 1, 31).unwrap(),
            debts,
            budget: PayoffBudget {
                monthly: Decimal::new(monthly, 2).unwrap(),
                annual_growth: Decimal::new(growth, 3).unwrap(),
                changes: Vec::new(),
                extra_payments: extra
                    .into_iter()
                    .map(|(month, cents)| PayoffExtraPayment { month, amount: Decimal::new(cents, 2).unwrap() })
                    .collect(),
            },
            strategy,
            rounding,
        }
    }
}

prop_compose! {
    /// Requests whose balances are a few yen and whose rates are enormous, so that all allocations can be tried.
    fn tiny_request()(
        debts in prop::collection::vec(
            (3_i64..14, 0_i64..60_000, 0_i64..60_000, 1_i32..4, 1_i64..4, prop::option::of((1_i32..5, 0_i64..6))), 1..3,
        ),
        surplus in 1_i64..4,
    ) -> PayoffPlanInput {
        let mut monthly = surplus;
        let debts = debts
            .into_iter()
            .enumerate()
            .map(|(index, (balance, rate, promotional, until, minimum, deferral))| {
                monthly += minimum + balance / 4;
                PayoffDebt {
                    id: format!("debt {index}"),
                    name: None,
                    balance: Decimal::from(balance),
                    annual_rate: Decimal::new(rate, 4).unwrap(),
                    interest: DebtInterest::default(),
                    minimum_payment: MinimumPayment::Fixed { amount: Decimal::from(minimum) },
                    promotions: vec![PromotionalRate {
                        until: date(2026, 1, 1).unwrap().add_months(until).unwrap(),
                        annual_rate: Decimal::new(promotional, 4).unwrap(),
                    }],
                    deferred_interest: deferral.map(|(months, accrued)| PayoffDeferredInterest {
                        until: date(2026, 1, 1).unwrap().add_months(months).unwrap(),
                        accrued: Decimal::from(accrued),
                    }),
                    payment_day: None,
                }
            })
            .collect();
        PayoffPlanInput {
            currency: Currency::JPY,
            first_payment: date(2026, 2, 1).unwrap(),
            debts,
            budget: PayoffBudget {
                monthly: Decimal::from(monthly),
                annual_growth: Decimal::ZERO,
                changes: Vec::new(),
                extra_payments: Vec::new(),
            },
            strategy: PayoffStrategy::Optimum,
            rounding: Rounding::HalfEven,
        }
    }
}

fn sum<'a>(rows: impl IntoIterator<Item = &'a PayoffRow>, part: fn(&PayoffRow) -> Decimal) -> Decimal {
    Decimal::sum(rows.into_iter().map(part)).unwrap()
}

fn with_strategy(request: &PayoffPlanInput, strategy: PayoffStrategy) -> PayoffPlanInput {
    PayoffPlanInput { strategy, ..request.clone() }
}

/// The search for the optimum is too slow for all the cases of the ordinary run.
fn fewer_cases() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: if usual.cases == 256 { 48 } else { usual.cases }, ..usual }
}

proptest! {
    #![proptest_config(fewer_cases())]

    #[test]
    fn a_plan_foots(request in any_request(), optimum in any::<bool>()) {
        let request = if optimum { with_strategy(&request, PayoffStrategy::Optimum) } else { request };
        let plan = payoff_plan(&request).unwrap();
        for (debt, summary) in request.debts.iter().zip(&plan.debts) {
            let rows: Vec<&PayoffRow> = plan.schedule.iter().filter(|row| row.debt_id == debt.id).collect();
            let mut opening = debt.balance;
            for (row, month) in rows.iter().zip(1..) {
                prop_assert_eq!(row.month, month);
                prop_assert_eq!(row.opening, opening);
                prop_assert_eq!(row.interest.plus(row.principal).unwrap(), row.payment);
                prop_assert_eq!(row.minimum.plus(row.surplus).unwrap(), row.payment);
                prop_assert_eq!(row.opening.minus(row.principal).unwrap(), row.balance);
                prop_assert!(!row.balance.is_negative() && !row.surplus.is_negative());
                opening = row.balance;
            }
            prop_assert!(rows.last().unwrap().balance.is_zero());
            // All that was deferred is charged at once, unless the debt was repaid in time.
            let charged = sum(rows.iter().copied(), |row| row.deferred_interest_charged);
            prop_assert_eq!(charged, summary.deferred_interest_charged);
            match debt.deferred_interest {
                None => prop_assert!(charged.is_zero()),
                Some(promotion) if summary.payoff_date <= promotion.until => {
                    prop_assert!(summary.total_interest.is_zero());
                }
                Some(promotion) => {
                    let mut deferred = rows.iter().filter(|row| row.date <= promotion.until);
                    prop_assert_eq!(Some(charged), deferred.next_back().map(|row| row.deferred_interest));
                }
            }
            prop_assert_eq!(sum(rows.iter().copied(), |row| row.principal), debt.balance);
            prop_assert_eq!(sum(rows.iter().copied(), |row| row.interest), summary.total_interest);
            prop_assert_eq!(sum(rows.iter().copied(), |row| row.payment), summary.total_paid);
            prop_assert_eq!((rows.len() as u32, rows.last().unwrap().date), (summary.months, summary.payoff_date));
        }
        prop_assert_eq!(sum(&plan.schedule, |row| row.interest), plan.total_interest);
        prop_assert_eq!(sum(&plan.schedule, |row| row.payment), plan.total_paid);
        for totals in &plan.monthly_totals {
            let rows = || plan.schedule.iter().filter(|row| row.month == totals.month);
            prop_assert_eq!(sum(rows(), |row| row.payment), totals.payment);
            prop_assert_eq!(sum(rows(), |row| row.balance), totals.balance);
            prop_assert!(totals.payment <= totals.budget);
            prop_assert!(totals.payment == totals.budget || totals.month == plan.months);
        }
    }

    #[test]
    fn a_larger_budget_never_costs_more_interest(
        request in any_request(), month in 1_u32..24, more in 1_i64..50_000, shuffle in any::<u64>(), custom in any::<bool>(),
    ) {
        let mut request = request;
        if custom {
            let mut order: Vec<String> = request.debts.iter().map(|debt| debt.id.clone()).collect();
            let steps = shuffle as usize % order.len();
            order.rotate_left(steps);
            request.strategy = PayoffStrategy::Custom { order };
        }
        let before = payoff_plan(&request).unwrap();
        let mut larger = request.clone();
        larger.budget.extra_payments.push(PayoffExtraPayment { month, amount: Decimal::new(more, 2).unwrap() });
        let after = payoff_plan(&larger).unwrap();
        prop_assert!(after.total_interest <= before.total_interest);
        prop_assert!(after.months <= before.months);
        larger.budget.monthly = larger.budget.monthly.plus(Decimal::new(more, 2).unwrap()).unwrap();
        prop_assert!(payoff_plan(&larger).unwrap().total_interest <= after.total_interest);
    }

    #[test]
    fn the_order_of_the_debts_does_not_matter(request in any_request(), optimum in any::<bool>()) {
        let request = if optimum { with_strategy(&request, PayoffStrategy::Optimum) } else { request };
        let plan = payoff_plan(&request).unwrap();
        let mut reversed = request;
        reversed.debts.reverse();
        let other = payoff_plan(&reversed).unwrap();
        prop_assert_eq!(&plan.monthly_totals, &other.monthly_totals);
        prop_assert_eq!(plan.proof, other.proof);
        let mut debts = other.debts;
        debts.reverse();
        prop_assert_eq!(plan.debts, debts);
    }

    #[test]
    fn the_optimum_lies_between_its_bound_and_every_strategy(request in any_request()) {
        let best = payoff_plan(&with_strategy(&request, PayoffStrategy::Optimum)).unwrap();
        let proof = best.proof.unwrap();
        prop_assert!(proof.lower_bound <= best.total_interest);
        prop_assert_eq!(proof.lower_bound.plus(proof.gap).unwrap(), best.total_interest);
        prop_assert_eq!(proof.status == PayoffProofStatus::Exact, proof.gap.is_zero());
        for strategy in [PayoffStrategy::Snowball, PayoffStrategy::Avalanche, PayoffStrategy::HighestPayment] {
            let plan = payoff_plan(&with_strategy(&request, strategy)).unwrap();
            prop_assert!(best.total_interest <= plan.total_interest);
        }
    }

    #[test]
    fn no_other_way_to_spend_the_budget_costs_less_than_the_bound(request in any_request(), seed in any::<u32>()) {
        let proof = payoff_plan(&with_strategy(&request, PayoffStrategy::Optimum)).unwrap().proof.unwrap();
        let terms = terms_of(&request);
        let rates = terms.rates(MAX_MONTHS).unwrap();
        let mut state = seed;
        let mut uniform = |below: i64| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i64::from(state >> 8) * (below + 1) / (1 << 24)
        };
        // Any order, any split, and at times less than the budget.
        let run = Run::with_budget(&terms, &rates, |month, debts, surplus| {
            let mut left = if month % 5 == 4 { uniform(surplus) } else { surplus };
            let first = uniform(debts.len() as i64 - 1) as usize;
            let order: Vec<usize> = (0..debts.len()).map(|index| (index + first) % debts.len()).collect();
            for index in &order {
                let part = uniform(left);
                pay_in_order(debts, &[*index], part);
                left -= part;
            }
        })
        .unwrap();
        let Ok(run) = run else { return Ok(()) };
        prop_assert!(proof.lower_bound <= terms.total(run.total_interest).unwrap());
    }

    #[test]
    fn the_bound_and_the_optimum_enclose_the_least_of_all_allocations(request in tiny_request()) {
        let Ok(best) = payoff_plan(&request) else { return Ok(()) };
        let proof = best.proof.unwrap();
        let terms = terms_of(&request);
        let balances: i64 = terms.debts.iter().map(|debt| debt.balance).sum();
        let Some(least) = least_by_enumeration(&terms) else { return Ok(()) };
        let least = Decimal::from(least - balances);
        prop_assert!(proof.lower_bound <= least, "{} {least}", proof.lower_bound);
        prop_assert!(least <= best.total_interest || best.months > 12);
        prop_assert!(proof.status != PayoffProofStatus::Exact || least == best.total_interest);
    }

    #[test]
    fn without_promotions_the_avalanche_is_optimal_up_to_rounding(request in any_request()) {
        let mut request = request;
        for debt in &mut request.debts {
            debt.promotions.clear();
            debt.deferred_interest = None;
            debt.interest = DebtInterest::Monthly;
            if !matches!(debt.minimum_payment, MinimumPayment::Fixed { .. }) {
                let amount = debt.balance.times(decimal("0.05")).unwrap().round(2, Rounding::HalfEven);
                debt.minimum_payment = MinimumPayment::Fixed { amount };
            }
        }
        let avalanche = payoff_plan(&with_strategy(&request, PayoffStrategy::Avalanche)).unwrap().total_interest;
        let optimum = payoff_plan(&with_strategy(&request, PayoffStrategy::Optimum)).unwrap();
        if request.debts.len() == 1 {
            // There is nothing to choose, and its proof is exact.
            prop_assert_eq!(avalanche, optimum.total_interest);
            return Ok(());
        }
        let proof = optimum.proof.unwrap();
        // Rounding up never lowers the bound, but half even does, which makes its effect visible.
        request.rounding = Rounding::HalfEven;
        let half = payoff_plan(&with_strategy(&request, PayoffStrategy::Optimum)).unwrap().proof.unwrap();
        let rounding = half.unrounded_lower_bound.minus(half.lower_bound).unwrap().times(decimal("2.1")).unwrap();
        prop_assert!(avalanche.minus(proof.unrounded_lower_bound).unwrap() <= rounding.plus(decimal("0.02")).unwrap());
    }
}
