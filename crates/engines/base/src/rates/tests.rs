//! Tests of rates and their conversions.

use proptest::prelude::*;

use super::{
    Compounding::{
        self, Annual, Biweekly, Continuous, Daily, Monthly, Quarterly, Semiannual, Semimonthly, Simple,
        Weekly,
    },
    Rate, basis_points, percent,
};
use crate::{
    ErrorCode,
    dates::{DayCount, date},
};

fn near(found: f64, expected: f64, relative: f64) -> bool {
    (found - expected).abs() <= relative * expected.abs()
}

/// Computed with mpmath 1.4.1 at 40 digits.
#[test]
#[rustfmt::skip]
fn conversions_are_correct_to_the_last_digits() {
    let cases: &[(f64, Compounding, Compounding, f64)] = &[
            (0.0525, Quarterly, Annual, 0.05354266737075805),
            (0.06, Semiannual, Monthly, 0.059263464374363736),
            (0.12, Monthly, Annual, 0.12682503013196972),
            (0.05, Annual, Continuous, 0.04879016416943201),
            (0.05, Continuous, Daily, 0.05000342481391666),
            (0.05, Daily, Weekly, 0.050020618529103854),
            (0.05, Weekly, Biweekly, 0.05002403846153847),
            (0.05, Biweekly, Semimonthly, 0.05000400405822925),
            (0.05, Semimonthly, Simple, 0.051216420023173156),
            (0.05, Simple, Quarterly, 0.049088937716157084),
            (-0.5, Annual, Monthly, -0.673508247819678),
            (-3.0, Monthly, Annual, -0.9683236479759216),
            (1e-12, Monthly, Annual, 1.0000000000004584e-12),
            (20.0, Annual, Monthly, 3.4655791255214012),
    ];
    for (rate, from, to, expected) in cases {
        let found = from.convert(*rate, *to).unwrap();
        assert!(near(found, *expected, 4e-15), "{rate} {from:?} {to:?}: {found} {expected}");
    }
}

/// Computed with mpmath 1.4.1 at 40 digits.
#[test]
#[rustfmt::skip]
fn factors_are_correct_to_the_last_digits() {
    let cases: &[(f64, Compounding, f64, f64, f64)] = &[
            (0.05, Annual, 10.0, 1.6288946267774413, 0.6139132535407593),
            (0.05, Monthly, 30.0, 4.467744314006133, 0.22382659564135196),
            (0.05, Continuous, 2.5, 1.1331484530668263, 0.8824969025845953),
            (0.05, Simple, 0.25, 1.0125, 0.9876543209876543),
            (0.065, Daily, 0.5, 1.0330309040728862, 0.9680252508006714),
            (-0.02, Quarterly, 7.0, 0.8690529955452602, 1.1506778126604136),
            (0.05, Annual, -10.0, 0.6139132535407593, 1.6288946267774413),
            (1e-10, Monthly, 100.0, 1.00000001, 0.9999999900000001),
    ];
    for (rate, compounding, years, growth, discount) in cases {
        let found = compounding.growth_factor(*rate, *years).unwrap();
        assert!(near(found, *growth, 1e-15), "{rate} {compounding:?} {years}: {found} {growth}");
        let found = compounding.growth_factor(*rate, -years).unwrap();
        assert!(near(found, *discount, 1e-15), "{rate} {compounding:?} {years}: {found} {discount}");
    }
}

/// The documentation of Excel's EFFECT and NOMINAL gives these two, to as many digits.
#[test]
fn the_examples_of_spreadsheets() {
    assert!((Quarterly.convert(0.0525, Annual).unwrap() - 0.053_542_7).abs() < 5e-8);
    assert!((Annual.convert(0.053_543, Quarterly).unwrap() - 0.052_500_32).abs() < 5e-9);
}

#[test]
fn rates_that_leave_nothing_are_refused() {
    for (rate, compounding) in [(-1.0, Annual), (-1.0, Simple), (-12.0, Monthly), (-400.0, Daily)] {
        let error = compounding.convert(rate, Continuous).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::RateOutOfRange, "rate"));
    }
    let error = Simple.growth_factor(-0.5, 2.0).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::RateOutOfRange, "rate"));
    assert!(Continuous.convert(-5.0, Annual).is_ok());
    for (annual, compounding) in [("-100", Annual), ("-100.1", Simple), ("-1200", Monthly)] {
        let error = Rate::nominal(percent(annual).unwrap(), compounding).unwrap_err();
        assert_eq!(error.code(), ErrorCode::RateOutOfRange);
    }
    assert!(Rate::nominal(percent("-1199").unwrap(), Monthly).is_ok());
}

#[test]
fn what_is_not_finite_is_refused() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for compounding in Compounding::ALL {
            let error = compounding.growth_factor(value, 1.0).unwrap_err();
            assert_eq!((error.code(), error.path()), (ErrorCode::NumberNotFinite, "rate"));
            let error = compounding.growth_factor(0.05, value).unwrap_err();
            assert_eq!((error.code(), error.path()), (ErrorCode::NumberNotFinite, "years"));
        }
    }
    assert_eq!(Annual.growth_factor(1.0, 1e6).unwrap_err().code(), ErrorCode::ResultTooLarge);
    assert_eq!(Continuous.convert(1e6, Annual).unwrap_err().code(), ErrorCode::ResultTooLarge);
}

#[test]
fn per_cent_and_basis_points_are_exact_fractions() {
    assert_eq!(percent("6.5").unwrap().to_string(), "0.065");
    assert_eq!(percent("100").unwrap().to_string(), "1.00");
    assert_eq!(basis_points("25").unwrap().to_string(), "0.0025");
    assert_eq!(percent("-0.10").unwrap(), basis_points("-10").unwrap());
    assert_eq!(percent("6,5").unwrap_err().code(), ErrorCode::DecimalMalformed);
    let fine = "0.000000000000000000000000001";
    assert_eq!(percent(fine).unwrap_err().code(), ErrorCode::DecimalOverflow);
}

#[test]
fn growth_between_dates() {
    let rate = Rate::effective_annual(percent("5").unwrap()).unwrap();
    let (start, end) = (date(2026, 1, 1).unwrap(), date(2027, 1, 1).unwrap());
    let growth = rate.growth_between(start, end, DayCount::Actual365Fixed).unwrap();
    assert!(near(growth, 1.05, 1e-15));
    assert!(near(rate.discount_factor(1.0).unwrap(), 1.0 / 1.05, 1e-15));
}

fn any_compounding() -> impl Strategy<Value = Compounding> {
    prop::sample::select(Compounding::ALL.to_vec())
}

proptest! {
    #[test]
    fn converting_leads_back(rate in -0.9f64..2.0, from in any_compounding(), to in any_compounding()) {
        let back = to.convert(from.convert(rate, to).unwrap(), from).unwrap();
        prop_assert!((back - rate).abs() <= 1e-14 * (1.0 + rate.abs()), "{} {}", back, rate);
        prop_assert_eq!(from.convert(rate, from).unwrap(), rate);
    }

    #[test]
    fn a_converted_rate_grows_alike(rate in -0.9f64..2.0, from in any_compounding(), to in any_compounding()) {
        let converted = from.convert(rate, to).unwrap();
        let (first, second) = (from.growth_factor(rate, 1.0).unwrap(), to.growth_factor(converted, 1.0).unwrap());
        prop_assert!(near(first, second, 1e-13));
    }

    #[test]
    fn discounting_undoes_growth(rate in -0.9f64..2.0, compounding in any_compounding(), years in 0.0f64..1.0) {
        let product = compounding.growth_factor(rate, years).unwrap() * compounding.growth_factor(rate, -years).unwrap();
        prop_assert!(near(product, 1.0, 1e-14));
    }

    #[test]
    fn more_frequent_compounding_earns_more(rate in 0.001f64..1.0) {
        let effective: Vec<f64> = [Annual, Semiannual, Quarterly, Monthly, Semimonthly, Biweekly, Weekly, Daily, Continuous]
            .iter()
            .map(|compounding| compounding.convert(rate, Annual).unwrap())
            .collect();
        prop_assert!(effective.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
