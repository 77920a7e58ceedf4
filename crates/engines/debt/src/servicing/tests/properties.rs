//! Properties of every loan and every list of payments.

use super::*;

/// Loans of all kinds: some are refused, and are left out by the properties.
fn any_loan(daily: bool) -> impl Strategy<Value = Value> {
    let accrual = if daily {
        prop::sample::select(vec![
            json!({"kind": "daily", "dayCount": "actual365Fixed"}),
            json!({"kind": "daily", "dayCount": "actual360"}),
            json!({"kind": "daily", "dayCount": "actualActualIsda"}),
            json!({"kind": "daily", "dayCount": "thirty360Us"}),
            json!({"kind": "daily", "dayCount": "thirtyE360"}),
        ])
    } else {
        prop::sample::select(vec![
            json!({"kind": "periodic"}),
            json!({"kind": "periodic", "compounding": "semiannual"}),
            json!({"kind": "periodic", "oddDays": "actual365Fixed"}),
            json!({"kind": "flat"}),
            json!({"kind": "flat", "allotment": "ruleOf78"}),
        ])
    };
    let repayment = prop::sample::select(vec![
        json!({}),
        json!({}),
        json!({"repayment": {"kind": "straightLine"}}),
        json!({"repayment": {"kind": "interestOnly"}}),
        json!({"repayment": {"kind": "bullet"}}),
        json!({"interestOnlyPayments": 2}),
        json!({"balloon": "500"}),
        json!({"repayment": {"kind": "graduated", "increase": "0.05", "every": 4, "steps": 3},
               "unpaidInterest": {"kind": "capitalize"}}),
        json!({"amortizationPayments": 90}),
        json!({"finalPayment": "additional"}),
    ]);
    let charges = prop::sample::select(vec![
        json!({}),
        json!({}),
        json!({"fees": [{"name": "service", "amount": "3.50", "timing": "everyPayment"},
                        {"name": "release", "amount": "40", "timing": "lastPayment"}]}),
        json!({"escrow": {"items": [{"name": "tax", "amount": "600", "firstDue": "2025-07-01", "everyMonths": 6}],
                          "cushionMonths": 1}}),
        json!({"privateMortgageInsurance": {"annualRate": "0.005", "originalValue": "9000"}}),
    ]);
    let dates = prop::sample::select(vec![
        json!({"advanceDate": "2025-01-01"}),
        json!({"advanceDate": "2025-01-31"}),
        json!({"advanceDate": "2024-02-15", "firstPayment": "2024-04-01"}),
        json!({"advanceDate": "2025-01-10", "firstPayment": "2025-02-01"}),
        json!({"advanceDate": "2025-01-10", "firstPayment": "2025-03-01", "oddFirstPeriod": "firstPayment"}),
        json!({"advanceDate": "2025-01-10", "frequency": "biweekly"}),
        json!({"advanceDate": "2025-01-10", "frequency": "quarterly"}),
        json!({"advanceDate": "2025-01-10", "frequency": "everyFourWeeks"}),
        json!({"advanceDate": "2025-01-10", "firstPayment": "2025-01-10"}),
        json!({"advanceDate": "2025-01-10", "convention": "modifiedFollowing", "calendar": {"closures": ["2025-03-10"]}}),
    ]);
    let changes = prop::sample::select(vec![
        json!({}),
        json!({}),
        json!({"draws": [{"date": "2025-03-15", "amount": "700"}, {"date": "2025-04-01", "amount": "300"}]}),
        json!({"offsets": [{"date": "2025-02-20", "amount": "1500"}]}),
        json!({"adjustableRate": {"index": [{"date": "2020-01-01", "rate": "0.03"}, {"date": "2025-06-01", "rate": "0.07"}],
               "margin": "0.01", "firstAdjustmentAfter": 3, "adjustEvery": 3}}),
        json!({"extraPayments": [{"date": "2025-03-02", "amount": "120", "repeat": "everyPayment"}]}),
        json!({"extraPayments": [{"date": "2025-05-02", "amount": "900"}], "afterExtraPayment": "recast"}),
        json!({"extraPayments": [{"date": "2025-04-02", "amount": "50", "repeat": "monthly"}]}),
        json!({"rateChanges": [{"date": "2025-03-16", "annualRate": "0.09"}, {"date": "2025-06-16", "annualRate": "0.03"}]}),
        json!({"paymentBreaks": [{"firstNumber": 2, "payments": 1}]}),
        json!({"paymentBreaks": [{"firstNumber": 2, "payments": 2, "others": "extendTerm"}]}),
        json!({"paymentBreaks": [{"firstNumber": 1, "payments": 1, "pays": "interest", "others": "extendTerm"}]}),
        json!({"deferredInterest": {"until": "2025-05-20"}}),
        json!({"deferredInterest": {"until": "2026-02-10"},
               "extraPayments": [{"date": "2025-08-02", "amount": "900", "repeat": "quarterly"}]}),
        json!({"paymentBreaks": [{"firstNumber": 1, "payments": 2, "pays": "interest", "others": "levelThroughout"}]}),
    ]);
    let rounding = prop::sample::select(vec!["halfEven", "halfUp", "down", "up"]);
    (
        (100_000_i64..2_000_000, 0_i64..2000, 3_u32..40, rounding),
        (accrual, repayment, charges, dates, changes),
    )
        .prop_map(
            |((principal, rate, payments, rounding), (accrual, repayment, charges, dates, changes))| {
                let mut loan = json!({
                    "principal": Decimal::new(principal, 2).unwrap().to_string(),
                    "annualRate": Decimal::new(rate, 4).unwrap().to_string(),
                    "numberOfPayments": payments,
                    "interestRounding": rounding,
                    "accrual": accrual,
                });
                for part in [repayment, charges, dates, changes] {
                    loan.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
                }
                loan
            },
        )
}

/// Flat loans so small that a payment rounded up repays the principal before all interest is charged.
fn small_flat_loan() -> impl Strategy<Value = Value> {
    let extra = prop::sample::select(vec![
        json!([]),
        json!([]),
        json!([{"date": "2025-03-02", "amount": "0.05"}]),
        json!([{"date": "2025-03-02", "amount": "0.01", "repeat": "everyPayment"}]),
    ]);
    let allotment = prop::sample::select(vec!["straightLine", "ruleOf78"]);
    (20_i64..500, 0_i64..5000, 3_u32..60, allotment, extra).prop_map(
        |(principal, rate, payments, allotment, extra)| {
            json!({
                "principal": Decimal::new(principal, 2).unwrap().to_string(),
                "annualRate": Decimal::new(rate, 4).unwrap().to_string(),
                "numberOfPayments": payments,
                "advanceDate": "2025-01-01",
                "accrual": {"kind": "flat", "allotment": allotment},
                "extraPayments": extra,
            })
        },
    )
}

fn either_loan() -> impl Strategy<Value = Value> {
    prop_oneof![4 => any_loan(true), 4 => any_loan(false), 1 => small_flat_loan()]
}

/// The largest effect of rounding on the interest: a minor unit for each installment.
fn rounding(ledger: &LoanLedger) -> Decimal {
    Decimal::new(ledger.installments.len() as i64, 2).unwrap()
}

/// Without fees, insurance and escrow: what these take of a payment is not paid of principal, and it depends on when
/// the installment falls due. Also without recasts, rate adjustments and draws, which recompute installments, so that
/// less principal may fall due with each: overdue principal may bear no interest where principal not yet due does. And
/// without interest-only payments before the end of a promotion: the first level payment is then computed after extra
/// payments, and the smaller it is, the more of the promotion's interest it leaves to be added to the balance.
fn without_charges_and_recasts(loan: &Value) -> LoanAgreement {
    let mut loan = loan.clone();
    let charges = ["fees", "escrow", "privateMortgageInsurance"];
    for field in charges.into_iter().chain(["afterExtraPayment", "adjustableRate", "draws"]) {
        loan.as_object_mut().unwrap().remove(field);
    }
    if loan.get("deferredInterest").is_some() {
        loan.as_object_mut().unwrap().remove("interestOnlyPayments");
    }
    agreement(&loan)
}

/// Payments by day after the advance, amount in cents and purpose.
fn any_payments() -> impl Strategy<Value = Vec<(i32, i64, bool)>> {
    prop::collection::vec(
        (
            0_i32..900,
            prop_oneof![1_i64..5_000, 20_000_i64..80_000, 1_i64..400_000],
            prop::bool::weighted(0.15),
        ),
        0..14,
    )
}

fn received(loan: &LoanAgreement, payments: &[(i32, i64, bool)]) -> Vec<ReceivedPayment> {
    let payment = |(index, (day, cents, principal)): (usize, &(i32, i64, bool))| ReceivedPayment {
        id: Some(index.to_string()),
        date: loan.advance_date.add_days(*day).unwrap(),
        amount: Decimal::new(*cents, 2).unwrap(),
        apply_to: if *principal { PaymentPurpose::Principal } else { PaymentPurpose::Installment },
    };
    payments.iter().enumerate().map(payment).collect()
}

fn any_policy() -> impl Strategy<Value = ServicingPolicy> {
    let orders = prop::sample::select(vec![
        json!({}),
        json!({"order": ["interest", "principal", "escrow", "fees"]}),
        json!({"order": ["escrow", "principal", "fees", "interest"]}),
        json!({"partialPayments": "hold"}),
        json!({"overduePrincipal": "bearsInterest"}),
        json!({"lateFee": {"fraction": "0.05", "flat": "5", "graceDays": 10, "maximum": "30"}}),
        json!({"lateFee": {"fraction": "0.05", "graceDays": 3}, "partialPayments": "hold"}),
    ]);
    orders.prop_map(|policy| serde_json::from_value(policy).unwrap())
}

fn posted(
    loan: &LoanAgreement,
    payments: Vec<ReceivedPayment>,
    policy: &ServicingPolicy,
    days: i32,
) -> LoanLedger {
    let as_of = loan.advance_date.add_days(days).unwrap();
    post_payments(&LoanLedgerInput { loan: loan.clone(), payments, as_of, policy: policy.clone() }).unwrap()
}

fn sum(values: impl IntoIterator<Item = Decimal>) -> Decimal {
    Decimal::sum(values).unwrap()
}

/// All interest that a ledger has charged.
fn interest(ledger: &LoanLedger) -> Decimal {
    sum(ledger.entries.iter().map(|entry| entry.interest_charged))
}

/// Long enough for every loan of the properties to end.
const LONG: i32 = 3_900;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_agreement_asks_for_paid_when_due_is_its_schedule_row_by_row(loan in either_loan()) {
        let loan = agreement(&loan);
        let Ok(contract) = schedule(&loan) else { return Ok(()) };
        let request = LoanLedgerInput {
            payments: contract_payments(&contract),
            as_of: contract.payoff_date,
            policy: ServicingPolicy::default(),
            loan: loan.clone(),
        };
        let ledger = post_payments(&request).unwrap();
        prop_assert_eq!(ledger.standing.closed_on, Some(contract.payoff_date));
        prop_assert_eq!(ledger.standing.principal, Decimal::ZERO);
        prop_assert_eq!(ledger.standing.unapplied, Decimal::ZERO);
        prop_assert_eq!(ledger.standing.unpaid_fees, Decimal::ZERO);
        prop_assert_eq!(ledger.installments.len(), contract.schedule.len());
        prop_assert_eq!(ledger.variance.principal, Decimal::ZERO);
        prop_assert_eq!(ledger.variance.interest, Decimal::ZERO);
        if let Some(escrow) = &contract.escrow {
            prop_assert_eq!(ledger.standing.escrow_balance, escrow.refund.max(Decimal::ZERO));
        }
        for row in &contract.schedule {
            let of_day = || ledger.entries.iter().filter(|entry| entry.date == row.date);
            let parts = |part: fn(&LedgerAllocation) -> Decimal| sum(of_day().map(|entry| part(&entry.allocation)));
            let balance = of_day().rev().find(|entry| entry.kind != LedgerEntryKind::Draw).unwrap().balances.principal;
            let capitalized = sum(of_day().map(|entry| entry.interest_capitalized));
            prop_assert_eq!(balance, row.balance, "{:?}", row);
            let charged: Vec<_> = ledger.entries.iter().filter(|entry| entry.number == Some(row.number)).collect();
            prop_assert_eq!(charged.len(), 1);
            let draws = ledger.entries.iter().filter(|entry| entry.kind == LedgerEntryKind::Draw);
            let in_period = draws.filter(|entry| {
                let before = contract.schedule.iter().rev().find(|other| other.number < row.number);
                entry.date < row.date && before.is_none_or(|before| entry.date >= before.date)
            });
            let of_draws = sum(in_period.map(|entry| entry.interest_charged));
            prop_assert_eq!(charged[0].interest_charged.plus(of_draws).unwrap(), row.interest, "{:?}", row);
            prop_assert_eq!(parts(|parts| parts.interest).plus(capitalized).unwrap(), row.interest, "{:?}", row);
            let principal = parts(|parts| parts.principal.plus(parts.extra_principal).unwrap());
            prop_assert_eq!(principal.minus(capitalized).unwrap(), row.principal, "{:?}", row);
            prop_assert_eq!(parts(|parts| parts.extra_principal), row.extra, "{:?}", row);
            prop_assert_eq!(parts(|parts| parts.fees), row.fees, "{:?}", row);
            prop_assert_eq!(parts(|parts| parts.escrow), row.escrow, "{:?}", row);
            prop_assert_eq!(parts(|parts| parts.mortgage_insurance), row.mortgage_insurance, "{:?}", row);
        }
        // An installment that falls due with the advance is past due at its end.
        if contract.schedule.first().is_some_and(|row| row.date == loan.advance_date) { return Ok(()) }
        let remaining = remaining_schedule(&RemainingScheduleInput {
            as_of: loan.advance_date,
            loan,
            payments: vec![],
            policy: ServicingPolicy::default(),
            catch_up: CatchUp::NextPayment,
        }).unwrap();
        prop_assert_eq!(&remaining.schedule, &contract.schedule);
        prop_assert_eq!(remaining.comparison.interest_saved, Decimal::ZERO);
        prop_assert_eq!((remaining.comparison.months_saved, remaining.comparison.payments_saved), (0, 0));
    }

    #[test]
    fn a_ledger_foots(
        loan in either_loan(), payments in any_payments(), policy in any_policy(), days in 0_i32..1500,
    ) {
        let loan = agreement(&loan);
        if schedule(&loan).is_err() { return Ok(()) }
        let payments = received(&loan, &payments);
        let days = payments.iter().map(|payment| loan.advance_date.days_until(payment.date)).max().unwrap_or(0).max(days);
        let ledger = posted(&loan, payments.clone(), &policy, days);
        let standing = &ledger.standing;
        let drawn = sum(ledger.entries.iter().filter(|entry| {
            matches!(entry.kind, LedgerEntryKind::Draw | LedgerEntryKind::Advance)
        }).map(|entry| entry.amount));
        prop_assert_eq!(
            standing.principal.plus(standing.total_principal_paid).unwrap(),
            drawn.plus(standing.total_interest_capitalized).unwrap()
        );
        prop_assert_eq!(
            interest(&ledger),
            sum([standing.total_interest_paid, standing.total_interest_capitalized, standing.unpaid_interest])
        );
        let mut unapplied = Decimal::ZERO;
        for entry in &ledger.entries {
            let parts = entry.allocation;
            let all = sum([parts.fees, parts.late_fees, parts.interest, parts.principal, parts.extra_principal,
                           parts.mortgage_insurance, parts.escrow, parts.unapplied]);
            let paid = if entry.kind == LedgerEntryKind::Payment { entry.amount } else { Decimal::ZERO };
            prop_assert_eq!(all, paid);
            unapplied = unapplied.plus(parts.unapplied).unwrap();
            prop_assert_eq!(entry.balances.unapplied, unapplied);
            let balances = entry.balances;
            for amount in [parts.fees, parts.late_fees, parts.interest, parts.principal, parts.extra_principal,
                           parts.mortgage_insurance, parts.escrow, entry.amount, entry.interest_charged,
                           entry.interest_capitalized, balances.principal, balances.interest, balances.fees,
                           balances.escrow, balances.unapplied] {
                prop_assert!(!amount.is_negative(), "{:?}", entry);
            }
        }
        prop_assert_eq!(standing.unapplied, unapplied);
        prop_assert_eq!(standing.total_received, sum(payments.iter().map(|payment| payment.amount)));
        for bill in &ledger.installments {
            prop_assert_eq!(bill.amount.plus(bill.late_fee).unwrap(), bill.paid.plus(bill.unpaid).unwrap());
            prop_assert!(!bill.paid.is_negative() && !bill.unpaid.is_negative(), "{:?}", bill);
            prop_assert!(!bill.interest.is_negative() && !bill.principal.is_negative(), "{:?}", bill);
        }
        let past_due = standing.past_due;
        for amount in [past_due.interest, past_due.principal, past_due.fees, past_due.late_fees, past_due.escrow,
                       past_due.mortgage_insurance] {
            prop_assert!(!amount.is_negative(), "{:?}", past_due);
        }
        prop_assert!(ledger.entries.is_sorted_by_key(|entry| entry.date));
    }

    #[test]
    fn the_order_of_the_list_does_not_matter(
        loan in either_loan(), payments in any_payments(), policy in any_policy(), turn in 0_usize..14,
    ) {
        let loan = agreement(&loan);
        if schedule(&loan).is_err() { return Ok(()) }
        // Several on one day.
        let payments: Vec<_> = payments.iter().map(|(day, cents, principal)| (day / 90 * 90, *cents, *principal)).collect();
        let payments = received(&loan, &payments);
        let mut turned = payments.clone();
        turned.reverse();
        turned.rotate_left(turn.min(payments.len()));
        prop_assert_eq!(posted(&loan, payments, &policy, 1200), posted(&loan, turned, &policy, 1200));
    }

    #[test]
    fn an_earlier_payment_never_costs_more_interest(
        loan in any_loan(true), payments in any_payments(), which in 0_usize..14, earlier in 0_i32..200,
    ) {
        let agreed = without_charges_and_recasts(&loan);
        if schedule(&agreed).is_err() || payments.is_empty() { return Ok(()) }
        let which = which % payments.len();
        let mut moved = payments.clone();
        moved[which].0 = (moved[which].0 - earlier).max(0);
        let policy = ServicingPolicy::default();
        let before = posted(&agreed, received(&agreed, &payments), &policy, 1500);
        let after = posted(&agreed, received(&agreed, &moved), &policy, 1500);
        let most = interest(&before).plus(rounding(&before)).unwrap();
        prop_assert!(interest(&after) <= most, "{} {}", interest(&after), interest(&before));
    }

    #[test]
    fn more_paid_never_means_more_interest(
        loan in either_loan(), payments in any_payments(), which in 0_usize..14, more in 1_i64..200_000,
    ) {
        let agreed = without_charges_and_recasts(&loan);
        if schedule(&agreed).is_err() || payments.is_empty() { return Ok(()) }
        let which = which % payments.len();
        let mut raised = payments.clone();
        raised[which].1 += more;
        let policy = ServicingPolicy::default();
        let before = posted(&agreed, received(&agreed, &payments), &policy, 1500);
        let after = posted(&agreed, received(&agreed, &raised), &policy, 1500);
        let most = interest(&before).plus(rounding(&before)).unwrap();
        prop_assert!(interest(&after) <= most, "{} {}", interest(&after), interest(&before));
    }

    #[test]
    fn a_payoff_quote_that_is_paid_closes_the_loan(
        loan in either_loan(), payments in any_payments(), policy in any_policy(), days in 0_i32..1500,
    ) {
        let loan = agreement(&loan);
        if schedule(&loan).is_err() { return Ok(()) }
        let mut payments = received(&loan, &payments);
        let last = payments.iter().map(|payment| payment.date).max().unwrap_or(loan.advance_date);
        let date = loan.advance_date.add_days(days).unwrap().max(last);
        // Later draws are not owed yet.
        if loan.draws.iter().any(|draw| draw.date >= date) { return Ok(()) }
        let quote = payoff_quote(&PayoffQuoteInput {
            loan: loan.clone(), payments: payments.clone(), date, policy: policy.clone(),
            prepayment_penalty: None, good_through: None,
        }).unwrap();
        let parts = [quote.principal, quote.unpaid_interest, quote.accrued_interest, quote.fees, quote.late_fees,
                     quote.mortgage_insurance, quote.escrow];
        prop_assert!(parts.iter().all(|part| !part.is_negative()), "{:?}", quote);
        prop_assert_eq!(
            sum(parts).plus(quote.overpayment).unwrap(), quote.total.plus(quote.unapplied).unwrap()
        );
        if !quote.total.is_zero() {
            payments.push(ReceivedPayment {
                id: None, date, amount: quote.total, apply_to: PaymentPurpose::Installment,
            });
        }
        let ledger = post_payments(&LoanLedgerInput { loan, payments, as_of: date, policy }).unwrap();
        prop_assert!(ledger.standing.closed_on.is_some());
        prop_assert_eq!(ledger.standing.principal, Decimal::ZERO);
        prop_assert_eq!(ledger.standing.unpaid_interest, Decimal::ZERO);
        prop_assert_eq!(ledger.standing.unapplied, quote.overpayment);
        prop_assert_eq!(ledger.standing.escrow_balance, quote.escrow_refund);
    }

    #[test]
    fn a_remaining_schedule_repays_the_loan(
        loan in either_loan(), payments in any_payments(), policy in any_policy(), days in 0_i32..1200,
        spread in 0_u32..9,
    ) {
        let loan = agreement(&loan);
        if schedule(&loan).is_err() { return Ok(()) }
        let payments = received(&loan, &payments);
        let last = payments.iter().map(|payment| payment.date).max().unwrap_or(loan.advance_date);
        let as_of = loan.advance_date.add_days(days).unwrap().max(last);
        let catch_up = if spread == 0 { CatchUp::NextPayment } else { CatchUp::Spread { payments: spread } };
        let remaining = remaining_schedule(&RemainingScheduleInput { loan, payments, as_of, policy, catch_up }).unwrap();
        let mut balance = remaining.standing.principal;
        for row in &remaining.schedule {
            prop_assert_eq!(row.opening, balance);
            prop_assert_eq!(row.payment, row.interest.plus(row.principal).unwrap());
            balance = sum([row.opening, row.drawn, row.principal.negated()]);
            prop_assert_eq!(row.balance, balance);
            prop_assert!(row.date > as_of);
        }
        prop_assert_eq!(balance, Decimal::ZERO);
    }
}

#[test]
fn a_loan_that_is_never_paid_is_followed_beyond_its_term() {
    for loan in [car_loan(), mortgage()] {
        let loan = LoanAgreement { number_of_payments: Some(12), term_months: None, ..agreement(&loan) };
        let ledger = posted(&loan, vec![], &ServicingPolicy::default(), LONG);
        assert_eq!(ledger.standing.principal, loan.principal.round(2, wherewithal_base::num::Rounding::Down));
        assert!(ledger.installments.len() > 100);
        assert!(ledger.standing.unpaid_interest > decimal("10000"));
    }
}
