//! Formatting of amounts for display. Nothing is calculated with the text.

use wherewithal::num::{Decimal, Rounding};

/// An amount in whole units of its currency, such as `$1,234,568` or `-CHF 12`.
pub(crate) fn whole(amount: Decimal, currency: &str) -> String {
    let rounded = amount.round(0, Rounding::HalfEven);
    let minus = if rounded.is_negative() { "-" } else { "" };
    format!("{minus}{}{}", symbol(currency), grouped(&rounded.abs().to_string()))
}

/// A simulated amount in whole units of its currency, such as `$1,234,568`.
pub(crate) fn rounded(amount: f64, currency: &str) -> String {
    let digits = format!("{:.0}", amount.abs());
    let minus = if amount < 0.0 && digits != "0" { "-" } else { "" };
    format!("{minus}{}{}", symbol(currency), grouped(&digits))
}

/// A simulated amount with few digits, such as `$1.61M` or `$720k`.
pub(crate) fn short(amount: f64, currency: &str) -> String {
    let size = amount.abs();
    let (scaled, unit) = match size {
        _ if size >= 999_500_000_000.0 => (size / 1e12, "T"),
        _ if size >= 999_500_000.0 => (size / 1e9, "B"),
        _ if size >= 999_500.0 => (size / 1e6, "M"),
        _ if size >= 999.5 => (size / 1e3, "k"),
        _ => (size, ""),
    };
    let places = match scaled {
        _ if unit.is_empty() || scaled >= 99.95 => 0,
        _ if scaled >= 9.995 => 1,
        _ => 2,
    };
    let mut digits = format!("{scaled:.places$}");
    if digits.contains('.') {
        digits.truncate(digits.trim_end_matches('0').trim_end_matches('.').len());
    }
    let minus = if amount < 0.0 && digits != "0" { "-" } else { "" };
    format!("{minus}{}{digits}{unit}", symbol(currency))
}

/// A share as a percentage with one decimal place, such as `87.4 %`; the space does not break a line.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1}\u{a0}%", (share * 1000.0).round() / 10.0)
}

/// What [`percent`] of a share leaves of a hundred: of 0.7495 and its rest it says 75.0 % and 25.0 %, where each of the two
/// rounded by itself would make 100.1 %.
pub(crate) fn rest_of_percent(share: f64) -> String {
    let tenths = (share * 1000.0).round();
    format!("{:.1}\u{a0}%", (1000.0 - tenths) / 10.0)
}

/// A rate as a percentage, with all of its digits: a multiplication in floating point could change one like 0.0650.
pub(crate) fn exact_percent(rate: Decimal) -> String {
    let hundred = Decimal::from(100_i64);
    rate.times(hundred)
        .map_or_else(|_| rate.to_string(), |percent| format!("{}\u{a0}%", percent.normalized()))
}

/// Commas between groups of three digits.
pub(crate) fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The sign of a currency if it is unambiguous to most readers; otherwise its code and a space.
fn symbol(currency: &str) -> String {
    match currency {
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        code => format!("{code}\u{a0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_and_signed_before_the_currency() {
        let cases = [
            ("0", "$0"),
            ("999.5", "$1,000"),
            ("-1234567.89", "-$1,234,568"),
            ("-0.4", "$0"),
            ("100000", "$100,000"),
        ];
        for (amount, text) in cases {
            assert_eq!(whole(amount.parse().expect("a decimal"), "USD"), text);
        }
        assert_eq!(whole("12".parse().expect("a decimal"), "CHF"), "CHF\u{a0}12");
    }

    #[test]
    fn a_percentage_and_its_rest_make_a_hundred() {
        assert_eq!((percent(0.7495), rest_of_percent(0.7495)), ("75.0\u{a0}%".into(), "25.0\u{a0}%".into()));
        for paths in [1_u32, 7, 400, 10_000] {
            for paid in 0..=paths {
                let share = f64::from(paid) / f64::from(paths);
                let tenths =
                    |text: String| text.replace(['.', '\u{a0}', '%'], "").parse::<u32>().expect("digits");
                assert_eq!(tenths(percent(share)) + tenths(rest_of_percent(share)), 1000, "{share}");
            }
        }
    }

    #[test]
    fn simulated_amounts_are_grouped_too() {
        for (amount, text) in [(0.4, "$0"), (-0.4, "$0"), (1_234_567.6, "$1,234,568"), (-999.5, "-$1,000")] {
            assert_eq!(rounded(amount, "USD"), text, "{amount}");
        }
    }

    #[test]
    fn short_amounts_keep_three_digits_and_never_show_a_thousand_of_a_unit() {
        let cases = [
            (0.0, "$0"),
            (-0.2, "$0"),
            (999.4, "$999"),
            (999.6, "$1k"),
            (1_610_000.0, "$1.61M"),
            (720_123.0, "$720k"),
            (12_345.0, "$12.3k"),
            (999_600.0, "$1M"),
            (-2_500_000_000.0, "-$2.5B"),
            (99_960_000.0, "$100M"),
        ];
        for (amount, text) in cases {
            assert_eq!(short(amount, "USD"), text, "{amount}");
        }
    }
}
