//! Tests of decimals, rounding and the gate.
//!
//! The tables were computed with Python 3.11: `decimal` (quantize with each rounding mode, at 80 and more digits)
//! and `fractions`.

use proptest::prelude::*;

use super::{Decimal, Rounding, gate};
use crate::ErrorCode;

const POLICIES: [Rounding; 4] = [Rounding::HalfEven, Rounding::HalfUp, Rounding::Down, Rounding::Up];

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    (-(1i128 << 96) + 1..1i128 << 96, 0u32..96, 0u32..=28)
        .prop_map(|(mantissa, shift, scale)| Decimal::from_i128(mantissa >> shift, scale).unwrap())
}

fn any_policy() -> impl Strategy<Value = Rounding> {
    prop::sample::select(POLICIES.to_vec())
}

#[test]
#[rustfmt::skip]
fn rounding_to_places() {
    let cases: &[(&str, u32, [&str; 4])] = &[
        ("2.5", 0, ["2", "3", "2", "3"]),
        ("3.5", 0, ["4", "4", "3", "4"]),
        ("-2.5", 0, ["-2", "-3", "-2", "-3"]),
        ("-3.5", 0, ["-4", "-4", "-3", "-4"]),
        ("2.4", 0, ["2", "2", "2", "3"]),
        ("2.6", 0, ["3", "3", "2", "3"]),
        ("-2.6", 0, ["-3", "-3", "-2", "-3"]),
        ("0.005", 2, ["0.00", "0.01", "0.00", "0.01"]),
        ("0.015", 2, ["0.02", "0.02", "0.01", "0.02"]),
        ("0.0149999999999999999999999999", 2, ["0.01", "0.01", "0.01", "0.02"]),
        ("0.0150000000000000000000000001", 2, ["0.02", "0.02", "0.01", "0.02"]),
        ("-0.004", 2, ["0.00", "0.00", "0.00", "-0.01"]),
        ("1.5", 3, ["1.500", "1.500", "1.500", "1.500"]),
        ("79228162514264337593543950335", 0, ["79228162514264337593543950335", "79228162514264337593543950335", "79228162514264337593543950335", "79228162514264337593543950335"]),
        ("7922816251426433759354395033.5", 0, ["7922816251426433759354395034", "7922816251426433759354395034", "7922816251426433759354395033", "7922816251426433759354395034"]),
        ("7.9228162514264337593543950335", 27, ["7.922816251426433759354395034", "7.922816251426433759354395034", "7.922816251426433759354395033", "7.922816251426433759354395034"]),
        ("0.0000000000000000000000000005", 27, ["0.000000000000000000000000000", "0.000000000000000000000000001", "0.000000000000000000000000000", "0.000000000000000000000000001"]),
        ("999999.995", 2, ["1000000.00", "1000000.00", "999999.99", "1000000.00"]),
        ("-0.125", 2, ["-0.12", "-0.13", "-0.12", "-0.13"]),
        ("0", 2, ["0.00", "0.00", "0.00", "0.00"]),
    ];
    for (value, places, expected) in cases {
        for (policy, expected) in POLICIES.iter().zip(expected) {
            let found = decimal(value).round(*places, *policy).to_string();
            assert_eq!(found, *expected, "{value} to {places} places, {policy:?}");
        }
    }
}

#[test]
fn places_that_do_not_fit_are_left_out() {
    assert_eq!(
        decimal("12345678901234567890123456.5").round(9, Rounding::Up).to_string(),
        "12345678901234567890123456.500"
    );
    assert_eq!(decimal("0.5").round(u32::MAX, Rounding::Up).to_string(), "0.5000000000000000000000000000");
}

#[test]
#[rustfmt::skip]
fn rounding_to_a_step() {
    let cases: &[(&str, &str, [&str; 4])] = &[
        ("2.525", "0.05", ["2.5", "2.55", "2.5", "2.55"]),
        ("2.575", "0.05", ["2.6", "2.6", "2.55", "2.6"]),
        ("-2.525", "0.05", ["-2.5", "-2.55", "-2.5", "-2.55"]),
        ("2.51", "0.05", ["2.5", "2.5", "2.5", "2.55"]),
        ("2.5499", "0.05", ["2.55", "2.55", "2.5", "2.55"]),
        ("7", "3", ["6", "6", "6", "9"]),
        ("-7", "3", ["-6", "-6", "-6", "-9"]),
        ("4.5", "3", ["6", "6", "3", "6"]),
        ("1.5", "3", ["0", "3", "0", "3"]),
        ("10", "0.3", ["9.9", "9.9", "9.9", "10.2"]),
        ("100", "100", ["100", "100", "100", "100"]),
        ("150", "100", ["200", "200", "100", "200"]),
        ("250", "100", ["200", "300", "200", "300"]),
        ("0.3", "1", ["0", "0", "0", "1"]),
        ("1234567890.12345", "0.00001", ["1234567890.12345", "1234567890.12345", "1234567890.12345", "1234567890.12345"]),
    ];
    for (value, step, expected) in cases {
        for (policy, expected) in POLICIES.iter().zip(expected) {
            let found = decimal(value).round_to_step(decimal(step), *policy).unwrap();
            assert_eq!(found, decimal(expected), "{value} to a multiple of {step}, {policy:?}");
        }
    }
}

#[test]
fn a_step_must_be_positive() {
    for step in ["0", "-0.05"] {
        let error = decimal("1").round_to_step(decimal(step), Rounding::HalfEven).unwrap_err();
        assert_eq!(error.code(), ErrorCode::NumberOutOfRange);
    }
}

#[test]
#[rustfmt::skip]
fn arithmetic_is_exact_where_the_result_fits() {
    let cases: &[(&str, char, &str, &str)] = &[
        ("0.1", '+', "0.2", "0.3"),
        ("79228162514264337593543950335", '-', "0.5", "79228162514264337593543950334"),
        ("79228162514264337593543950334", '+', "0.5", "79228162514264337593543950334"),
        ("1", '/', "3", "0.3333333333333333333333333333"),
        ("2", '/', "3", "0.6666666666666666666666666667"),
        ("-2", '/', "3", "-0.6666666666666666666666666667"),
        ("1", '/', "7", "0.1428571428571428571428571429"),
        ("0.0000000000000000000000000001", '*', "0.5", "0"),
        ("0.0000000000000000000000000003", '*', "0.5", "0.0000000000000000000000000002"),
        ("1.0000000000000000000000000001", '*', "1.0000000000000000000000000001", "1.0000000000000000000000000002"),
        ("123456789.12", '+', "0.3333333333333333333333333333", "123456789.45333333333333333333"),
        ("400000", '*', "0.065", "26000"),
        ("79228162514264337593543950335", '*', "0.1", "7922816251426433759354395033.5"),
    ];
    for (left, operator, right, expected) in cases {
        let (a, b) = (decimal(left), decimal(right));
        let found = match operator {
            '+' => a.plus(b),
            '-' => a.minus(b),
            '*' => a.times(b),
            _ => a.divided_by(b),
        };
        assert_eq!(found.unwrap(), decimal(expected), "{left} {operator} {right}");
    }
}

#[test]
fn what_does_not_fit_is_an_error() {
    let (largest, one) = (decimal("79228162514264337593543950335"), Decimal::ONE);
    let tiny = decimal("0.0000000000000000000000000001");
    for result in [
        largest.plus(one),
        largest.negated().minus(one),
        largest.times(decimal("2")),
        largest.divided_by(tiny),
        Decimal::sum([largest, largest]),
        Decimal::from_i128(1 << 96, 0),
        Decimal::new(1, 29),
        "79228162514264337593543950336".parse(),
        "0.00000000000000000000000000001".parse(),
    ] {
        assert_eq!(result.unwrap_err().code(), ErrorCode::DecimalOverflow);
    }
    assert_eq!(one.divided_by(Decimal::ZERO).unwrap_err().code(), ErrorCode::DecimalDivisionByZero);
}

#[test]
fn only_plain_notation_is_read() {
    for text in [
        "", "-", "+", ".", "1.", ".5", "1e3", "1,5", "1_000", " 1", "1 ", "--1", "+-1", "0x1", "NaN", "inf",
        "\u{661}",
    ] {
        assert_eq!(text.parse::<Decimal>().unwrap_err().code(), ErrorCode::DecimalMalformed, "{text}");
    }
    for (text, shown) in [("+5", "5"), ("-0", "0"), ("-0.00", "0.00"), ("007.50", "7.50")] {
        assert_eq!(decimal(text).to_string(), shown);
    }
}

#[test]
fn zero_has_no_sign() {
    let minus_one = decimal("-1");
    for zero in [
        Decimal::ZERO.times(minus_one),
        Decimal::ZERO.divided_by(minus_one),
        minus_one.plus(Decimal::ONE),
        minus_one.minus(minus_one),
        decimal("-0.0000000000000000000000000001").times(decimal("0.1")),
        decimal("-0.04").round_to_step(Decimal::ONE, Rounding::HalfEven),
        Ok(decimal("-0.04").round(0, Rounding::HalfEven)),
        Ok(Decimal::ZERO.negated()),
        gate::to_decimal(-0.0, 0, Rounding::Down),
        gate::exact_decimal(-0.0),
    ] {
        let zero = zero.unwrap();
        assert!(!zero.to_string().contains('-') && !zero.is_negative(), "{zero}");
    }
}

#[test]
fn json_numbers_are_read_where_they_are_exact() {
    let read = |text: &str| serde_json::from_str::<Decimal>(text);
    assert_eq!(read("\"2.50\"").unwrap().to_string(), "2.50");
    assert_eq!(read("18446744073709551615").unwrap().to_string(), "18446744073709551615");
    assert_eq!(read("-9223372036854775808").unwrap().to_string(), "-9223372036854775808");
    assert_eq!(read("0.065").unwrap().to_string(), "0.065");
    assert_eq!(read("1e-7").unwrap().to_string(), "0.0000001");
    assert_eq!(read("1.5E3").unwrap().to_string(), "1500");
    assert_eq!(read("0.30000000000000004").unwrap().to_string(), "0.3");
    for (text, code) in [
        ("0.3333333333333333", "decimal.inexact"),
        ("1e29", "decimal.overflow"),
        ("1e-29", "decimal.overflow"),
        ("\"1e3\"", "decimal.malformed"),
    ] {
        assert!(read(text).unwrap_err().to_string().contains(code), "{text}");
    }
    for text in ["true", "null", "[]", "{}"] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
#[rustfmt::skip]
fn the_gate_rounds_the_exact_binary_value_once() {
    let cases: &[(f64, u32, [&str; 4])] = &[
        (0.1, 28, ["0.1000000000000000055511151231", "0.1000000000000000055511151231", "0.1000000000000000055511151231", "0.1000000000000000055511151232"]),
        (1e-30, 28, ["0.0000000000000000000000000000", "0.0000000000000000000000000000", "0.0000000000000000000000000000", "0.0000000000000000000000000001"]),
        (5e-21, 20, ["0.00000000000000000000", "0.00000000000000000000", "0.00000000000000000000", "0.00000000000000000001"]),
        (2.5, 0, ["2", "3", "2", "3"]),
        (1.005, 2, ["1.00", "1.00", "1.00", "1.01"]),
        (2.675, 2, ["2.67", "2.67", "2.67", "2.68"]),
        (0.125, 2, ["0.12", "0.13", "0.12", "0.13"]),
        (-0.125, 2, ["-0.12", "-0.13", "-0.12", "-0.13"]),
        (123456789.987654, 4, ["123456789.9877", "123456789.9877", "123456789.9876", "123456789.9877"]),
        (1e22, 2, ["10000000000000000000000.00", "10000000000000000000000.00", "10000000000000000000000.00", "10000000000000000000000.00"]),
        (7.9e28, 2, ["78999999999999996926548246528", "78999999999999996926548246528", "78999999999999996926548246528", "78999999999999996926548246528"]),
        (9007199254740993.0, 0, ["9007199254740992", "9007199254740992", "9007199254740992", "9007199254740992"]),
        (5e-324, 10, ["0.0000000000", "0.0000000000", "0.0000000000", "0.0000000001"]),
        (1e15, 28, ["1000000000000000.0000000000000", "1000000000000000.0000000000000", "1000000000000000.0000000000000", "1000000000000000.0000000000000"]),
        (-0.0, 2, ["0.00", "0.00", "0.00", "0.00"]),
        (4.35, 2, ["4.35", "4.35", "4.34", "4.35"]),
    ];
    for (value, places, expected) in cases {
        for (policy, expected) in POLICIES.iter().zip(expected) {
            let found = gate::to_decimal(*value, *places, *policy).unwrap().to_string();
            assert_eq!(found, *expected, "{value:e} to {places} places, {policy:?}");
        }
    }
}

#[test]
fn the_gate_refuses_what_no_decimal_holds() {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let error = gate::to_decimal(value, 2, Rounding::HalfEven).unwrap_err();
        assert_eq!(error.code(), ErrorCode::NumberNotFinite);
        assert_eq!(gate::exact_decimal(value).unwrap_err().code(), ErrorCode::NumberNotFinite);
    }
    let limit = 79_228_162_514_264_337_593_543_950_336.0;
    for value in [limit, -limit, 1e300, f64::MAX] {
        let error = gate::to_decimal(value, 2, Rounding::HalfEven).unwrap_err();
        assert_eq!(error.code(), ErrorCode::DecimalOverflow);
    }
    assert!(gate::to_decimal(limit.next_down(), 0, Rounding::Up).is_ok());
}

proptest! {
    #[test]
    fn text_leads_back(value in any_decimal()) {
        let read = decimal(&value.to_string());
        prop_assert_eq!(read, value);
        prop_assert_eq!(read.scale(), value.scale());
        prop_assert_eq!(value.normalized(), value);
    }

    #[test]
    fn adding_and_taking_away_leads_back(a in -(1i64 << 60)..1 << 60, b in -(1i64 << 60)..1 << 60, scale in 0u32..=9) {
        let (a, b) = (Decimal::new(a, scale).unwrap(), Decimal::new(b, 9 - scale).unwrap());
        prop_assert_eq!(a.plus(b).unwrap().minus(b).unwrap(), a);
        prop_assert_eq!(a.plus(b).unwrap(), b.plus(a).unwrap());
        prop_assert_eq!(a.minus(b).unwrap(), b.minus(a).unwrap().negated());
    }

    #[test]
    fn rounding_moves_by_less_than_its_unit(value in any_decimal(), places in 0u32..=27, policy in any_policy()) {
        let rounded = value.round(places, policy);
        prop_assert!(rounded.scale() <= places);
        if let Ok(moved) = rounded.minus(value) {
            let unit = Decimal::new(1, places).unwrap();
            let twice = moved.abs().plus(moved.abs()).unwrap();
            match policy {
                Rounding::HalfEven | Rounding::HalfUp => prop_assert!(twice <= unit),
                Rounding::Down => prop_assert!(moved.abs() < unit && rounded.abs() <= value.abs()),
                Rounding::Up => prop_assert!(moved.abs() < unit && rounded.abs() >= value.abs()),
            }
        }
        prop_assert_eq!(rounded.round(places, policy), rounded);
    }

    #[test]
    fn a_step_is_rounded_to_its_nearest_multiple(
        units in -(1i64 << 50)..1 << 50,
        step in 1i64..1_000_000,
        policy in any_policy(),
    ) {
        let (value, step) = (Decimal::new(units, 6).unwrap(), Decimal::new(step, 4).unwrap());
        let rounded = value.round_to_step(step, policy).unwrap();
        // In millionths both are integers, and so is their quotient if it has no remainder.
        let millionths = |value: Decimal| value.normalized().mantissa() * 10i128.pow(6 - value.normalized().scale());
        prop_assert_eq!(millionths(rounded) % millionths(step), 0);
        let moved = (millionths(rounded) - millionths(value)).abs();
        match policy {
            Rounding::HalfEven | Rounding::HalfUp => prop_assert!(2 * moved <= millionths(step)),
            Rounding::Down => prop_assert!(moved < millionths(step) && rounded.abs() <= value.abs()),
            Rounding::Up => prop_assert!(moved < millionths(step) && rounded.abs() >= value.abs()),
        }
    }

    #[test]
    fn a_decimal_becomes_the_nearest_binary_number(value in any_decimal()) {
        prop_assert_eq!(gate::to_f64(value), value.to_string().parse::<f64>().unwrap());
    }

    #[test]
    fn fifteen_digits_pass_the_gate_and_return(digits in -999_999_999_999_999i64..=999_999_999_999_999, scale in 0u32..=20) {
        let value = Decimal::new(digits, scale).unwrap();
        prop_assert_eq!(gate::exact_decimal(gate::to_f64(value)).unwrap(), value);
    }

    /// The standard library prints the exact binary value, rounded half to even.
    #[test]
    fn the_gate_agrees_with_the_printer(value in -1e13f64..1e13, exponent in 0i64..40, places in 0u32..=12) {
        let value = value * f64::from_bits(((1023 - 3 * exponent) as u64) << 52);
        let found = gate::to_decimal(value, places, Rounding::HalfEven).unwrap();
        let printed = format!("{value:.*}", places as usize);
        prop_assert_eq!(found, decimal(&printed));
        prop_assert_eq!(found.scale(), places);
    }
}
