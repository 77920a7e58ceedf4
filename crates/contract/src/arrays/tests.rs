use wherewithal::time_value::{self, PaymentTiming, columns::Column};
use wherewithal::wire::Spelling;

use super::*;

/// The numbers of a call whose arguments are columns.
fn fill(name: &str, columns: &[&[f64]], texts: &[&str]) -> Result<Vec<f64>> {
    Parts { numbers: columns, integers: &[], texts }.fill(get(name).unwrap())
}

fn refused(found: Result<Vec<f64>>) -> (ErrorCode, String) {
    let error = found.unwrap_err();
    (error.code(), error.path().to_owned())
}

#[test]
fn a_single_value_serves_every_row() {
    let rates: Vec<f64> = (1..=10_000).map(|row| f64::from(row) * 1e-6).collect();
    let payments = fill("pmt", &[&rates, &[12.0], &[1000.0], &[0.0]], &["", "end", "raise"]).unwrap();
    for (rate, payment) in rates.iter().zip(payments) {
        assert_eq!(payment, time_value::pmt(*rate, 12.0, 1000.0, 0.0, PaymentTiming::End).unwrap());
    }
    assert_eq!(fill("pmt", &[&[0.0], &[10.0], &[100.0], &[0.0]], &["", "end", "raise"]).unwrap(), [-10.0]);
    let begin = |when| fill("fv", &[&[0.1], &[1.0], &[-1.0], &[0.0]], &["", when, "raise"]).unwrap();
    assert_eq!(begin("1"), begin("begin"));
    assert_ne!(begin("1"), begin("0"));
    assert!(fill("pmt", &[&[0.0], &[], &[100.0], &[0.0]], &["", "end", "raise"]).unwrap().is_empty());
}

#[test]
fn the_first_row_without_an_answer_is_named_or_all_of_them_are_nan() {
    let mut periods = vec![12.0; 20_000];
    periods[7_000] = -1.0;
    periods[15_000] = -1.0;
    let call = |name, on_error| fill(name, &[&[0.01], &periods, &[100.0], &[0.0]], &["", "end", on_error]);
    for name in ["fv", "pv", "pmt"] {
        assert_eq!(refused(call(name, "raise")).1, "nper[7000]");
        let found = call(name, "nan").unwrap();
        let nans: Vec<usize> = (0..found.len()).filter(|row| found[*row].is_nan()).collect();
        assert_eq!(nans, [7_000, 15_000]);
    }
    let error = fill("pmt", &[&[0.01, 0.02], &[-1.0], &[100.0], &[0.0]], &["", "end", "raise"]);
    assert_eq!(refused(error).1, "nper");
}

#[test]
fn a_percentage_that_was_written_for_a_rate_is_refused_and_one_with_its_sign_is_not() {
    let mut rates = vec![0.01; 20_000];
    rates[9_000] = 6.5;
    let call = |on_error| fill("pmt", &[&rates, &[12.0], &[100.0], &[0.0]], &["", "end", on_error]);
    let error = call("raise").unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::RateOutOfRange, "rate[9000]"));
    assert_eq!(error.message(), "6.5 means 650 %; write 0.065 for 6.5 %, or \"650 %\" if it is meant");
    let found = call("nan").unwrap();
    assert!(found[9_000].is_nan());
    assert_eq!(found.iter().filter(|payment| payment.is_nan()).count(), 1);

    let one =
        |numbers: &[f64], text| fill("pmt", &[numbers, &[12.0], &[100.0], &[0.0]], &[text, "end", "raise"]);
    assert_eq!(refused(one(&[1.0], "")), (ErrorCode::RateOutOfRange, "rate".to_owned()));
    let expected = time_value::pmt(6.5, 12.0, 100.0, 0.0, PaymentTiming::End).unwrap();
    assert_eq!(one(&[], "650 %").unwrap(), [expected]);
    assert_eq!(one(&[], "~0.01\n650 %").unwrap(), [one(&[0.01], "").unwrap()[0], expected]);
    assert_eq!(refused(one(&[], "650 %\n~6.5")), (ErrorCode::RateOutOfRange, "rate[1]".to_owned()));
    assert_eq!(refused(one(&[], "650 %\n0.05")), (ErrorCode::InputInvalid, "rate[1]".to_owned()));
}

#[test]
fn arguments_that_do_not_fit_are_refused() {
    let found = fill("pmt", &[&[0.5; 3], &[1.0; 2], &[1.0], &[0.0]], &["", "end", "raise"]);
    assert_eq!(refused(found), (ErrorCode::InputInvalid, "nper".to_owned()));
    let found = fill("pmt", &[&[0.5], &[1.0], &[1.0], &[0.0]], &["", "middle", "raise"]);
    assert_eq!(refused(found), (ErrorCode::InputInvalid, "when".to_owned()));
    let found = fill("pmt", &[&[0.5], &[1.0], &[1.0], &[0.0]], &["", "end", "ignore"]);
    assert_eq!(refused(found), (ErrorCode::InputInvalid, "onError".to_owned()));
    let found = fill("pmt", &[&[0.5], &[1.0]], &["", "end", "raise"]);
    assert_eq!(refused(found), (ErrorCode::InputMissingField, "pv".to_owned()));
}

#[test]
fn an_argument_that_is_left_out_is_its_default() {
    let pmt = get("pmt").unwrap();
    let one = |number| Value::Column(Column::One(number));
    let values = [one(0.005), one(360.0), one(100_000.0)];
    let mut found = [0.0];
    assert!(
        pmt.fill(&Given::new(pmt, &values, Spelling::Snake), &mut found, &Control::default())
            .unwrap()
            .is_none()
    );
    assert_eq!(found, [time_value::pmt(0.005, 360.0, 100_000.0, 0.0, PaymentTiming::End).unwrap()]);
}

#[test]
fn dates_are_days_since_1970() {
    let xirr = |days: &[i32], day_count: &str| {
        let parts = Parts {
            numbers: &[&[-100.0, 110.0], &[0.1]],
            integers: &[days],
            texts: &["", day_count, "raise"],
        };
        parts.fill(get("xirr").unwrap())
    };
    assert!((xirr(&[0, 365], "actual365Fixed").unwrap()[0] - 0.1).abs() < 1e-12);
    assert_eq!(
        refused(xirr(&[0, i32::MAX], "actual365Fixed")),
        (ErrorCode::DateOutOfRange, "dates[1]".to_owned())
    );
    assert_eq!(refused(xirr(&[0, 365], "actual/365")), (ErrorCode::InputInvalid, "dayCount".to_owned()));
}

#[test]
fn a_series_without_a_rate_is_named_or_nan() {
    let call = |on_error| {
        let parts = Parts {
            numbers: &[&[-100.0, 110.0, 100.0, 10.0], &[0.1]],
            integers: &[&[0, 365, 0, 365], &[2, 4]],
            texts: &["", "actual365Fixed", on_error],
        };
        parts.fill(get("xirr_batch").unwrap())
    };
    assert_eq!(refused(call("raise")), (ErrorCode::CashFlowsOneSign, "amounts[1]".to_owned()));
    let found = call("nan").unwrap();
    assert!((found[0] - 0.1).abs() < 1e-12 && found[1].is_nan());
}

#[test]
fn the_terms_of_loans_are_exact() {
    let batch = get("amortize_batch").unwrap();
    let prepare = |numbers: &[&[f64]], texts: &[&str]| {
        Parts { numbers, integers: &[], texts }.read(batch, |given| batch.prepare(given))
    };
    let texts = ["400000\n250000", "0.065", "", "", "USD", "halfEven", "raise"];
    let schedules = prepare(&[&[], &[], &[360.0], &[0.0]], &texts).unwrap();
    assert_eq!(schedules.max_rows(), 720);
    let wrong = |numbers: &[&[f64]], texts: &[&str]| {
        let error = prepare(numbers, texts).unwrap_err();
        (error.code(), error.path().to_owned())
    };
    let texts = ["", "", "", "", "USD", "halfEven", "raise"];
    assert_eq!(
        wrong(&[&[1000.0], &[1.0 / 3.0], &[12.0], &[0.0]], &texts),
        (ErrorCode::DecimalInexact, "annualRate".to_owned())
    );
    assert_eq!(
        wrong(&[&[1000.0], &[0.05], &[12.0, 1.5], &[0.0]], &texts),
        (ErrorCode::TermOutOfRange, "termMonths[1]".to_owned())
    );
    for rate in [6.5, 1.0] {
        let refused = wrong(&[&[1000.0], &[0.05, rate], &[12.0], &[0.0]], &texts);
        assert_eq!(refused, (ErrorCode::RateOutOfRange, "annualRate[1]".to_owned()));
    }
    assert_eq!(
        wrong(&[&[1000.0], &[6.5], &[12.0], &[0.0]], &texts),
        (ErrorCode::RateOutOfRange, "annualRate".to_owned())
    );
    let texts = ["", "6.57 %\n650 %\n6.5", "", "", "USD", "halfEven", "raise"];
    assert_eq!(wrong(&[&[1000.0], &[], &[12.0], &[0.0]], &texts).1, "annualRate[2]");
    let texts = ["", "6.57 %\n650 %\n~0.06570000000000001", "", "", "USD", "halfEven", "raise"];
    assert!(prepare(&[&[1000.0], &[], &[12.0], &[0.0]], &texts).is_ok());
    let texts = ["1000\nx", "", "", "", "USD", "halfEven", "raise"];
    assert_eq!(wrong(&[&[], &[0.05], &[12.0], &[0.0]], &texts).1, "principal[1]");
}

#[test]
fn names_are_unique_and_every_function_has_an_example() {
    let mut names: Vec<&str> = functions().iter().map(ArrayFunction::name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(functions().iter().all(|function| !function.shown_example().answers.is_empty()));
}

#[test]
fn what_is_given_by_name_comes_last_and_can_be_left_out() {
    for function in functions() {
        let arguments = function.arguments();
        let first = arguments.iter().position(Argument::is_option).unwrap_or(arguments.len());
        assert!(
            arguments[first..].iter().all(|argument| argument.is_option() && argument.preset().is_some())
        );
        let required = arguments[..first].iter().rposition(|argument| argument.preset().is_none());
        let preset = arguments[..first].iter().position(|argument| argument.preset().is_some());
        assert!(preset.is_none_or(|preset| required < Some(preset)), "{}", function.name());
    }
}
