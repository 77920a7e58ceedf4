//! The currency beside a number: what its sign or its word can mean.
//!
//! Signs that several currencies share, and abbreviations, are those of the narrow symbols of the Unicode CLDR.

use wherewithal_base::money::Currency;

/// The currencies whose sign is that of the dollar.
const DOLLARS: &[&str] = &[
    "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "BBD", "BMD", "BND", "BRL", "BSD", "BZD",
    "CLP", "COP", "CUP", "CVE", "DOP", "FJD", "GYD", "JMD", "KYD", "LRD", "MOP", "NAD", "NIO", "SBD", "SRD",
    "SVC", "TOP", "TTD", "UYU", "WST", "XCD",
];

/// What stands beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// This currency.
    One(Currency),
    /// One of several, the first of them where nothing else is known.
    First(&'static [&'static str]),
    /// One of several, and only something else can tell which.
    Any(&'static [&'static str]),
    /// No currency: the sign of a digital asset or of a part of a unit, or two that contradict each other.
    Other,
}

impl Beside {
    /// Whether it can stand for a currency.
    pub(crate) fn fits(self, currency: Currency) -> bool {
        match self {
            Self::One(own) => own == currency,
            Self::First(codes) | Self::Any(codes) => codes.contains(&currency.code()),
            Self::Other => false,
        }
    }

    /// The currency that it stands for where nothing else is known.
    pub(crate) fn currency(self) -> Option<Currency> {
        match self {
            Self::One(own) => Some(own),
            Self::First(codes) => codes.first().and_then(|code| code.parse().ok()),
            Self::Any(_) | Self::Other => None,
        }
    }
}

/// What the sign and the word beside a number mean together; `None` if they say nothing.
pub(super) fn of(sign: Option<char>, word: Option<&str>) -> Option<Beside> {
    let named = match (sign, word) {
        // R$ is no rand.
        (Some('$'), Some("R")) => of_code("BRL"),
        (_, word) => word.and_then(of_word),
    };
    match (sign.and_then(of_sign), named) {
        (Some(sign), Some(Beside::One(named))) if !sign.fits(named) => Some(Beside::Other),
        (sign, named) => named.or(sign),
    }
}

fn of_code(code: &str) -> Option<Beside> {
    code.parse().ok().map(Beside::One)
}

/// The meaning of a currency sign.
fn of_sign(sign: char) -> Option<Beside> {
    match sign {
        // The sign of any currency.
        '\u{a4}' => None,
        '$' => Some(Beside::Any(DOLLARS)),
        '\u{a3}' => Some(Beside::First(&["GBP", "FKP", "GIP", "SHP", "SSP", "SYP", "EGP", "LBP", "SDG"])),
        '\u{a5}' => Some(Beside::Any(&["JPY", "CNY"])),
        '\u{e3f}' => of_code("THB"),
        '\u{20a1}' => of_code("CRC"),
        '\u{20a6}' => of_code("NGN"),
        '\u{20a8}' => Some(Beside::Any(RUPEES)),
        '\u{20a9}' => Some(Beside::First(&["KRW", "KPW"])),
        '\u{20aa}' => of_code("ILS"),
        '\u{20ab}' => of_code("VND"),
        '\u{20ac}' => of_code("EUR"),
        '\u{20ad}' => of_code("LAK"),
        '\u{20ae}' => of_code("MNT"),
        '\u{20b1}' => of_code("PHP"),
        '\u{20b2}' => of_code("PYG"),
        '\u{20b4}' => of_code("UAH"),
        '\u{20b5}' => of_code("GHS"),
        '\u{20b8}' => of_code("KZT"),
        '\u{20b9}' => of_code("INR"),
        '\u{20ba}' => of_code("TRY"),
        '\u{20bc}' => of_code("AZN"),
        '\u{20bd}' => of_code("RUB"),
        '\u{20be}' => of_code("GEL"),
        '\u{20c0}' => of_code("KGS"),
        _ => Some(Beside::Other),
    }
}

/// Whether two words stand for the same currency.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    of_word(one) == of_word(other)
}

/// The currencies of which the abbreviation is Rs.
const RUPEES: &[&str] = &["INR", "LKR", "MUR", "NPR", "PKR", "SCR"];

/// The meaning of a word: a code of ISO 4217 or an abbreviation.
fn of_word(word: &str) -> Option<Beside> {
    let code = match word {
        "Kč" => "CZK",
        "zł" => "PLN",
        "Ft" => "HUF",
        "lei" => "RON",
        "Fr" | "Fr." => "CHF",
        "R" => "ZAR",
        "US" => "USD",
        "CA" => "CAD",
        "A" | "AU" => "AUD",
        "NZ" => "NZD",
        "HK" => "HKD",
        "S" => "SGD",
        "MX" => "MXN",
        "C" => return Some(Beside::Any(&["CAD", "NIO"])),
        "kr" | "kr." => return Some(Beside::Any(&["SEK", "NOK", "DKK", "ISK"])),
        "Rs" | "Rs." => return Some(Beside::Any(RUPEES)),
        code => code,
    };
    of_code(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printed::number::Printed;

    fn beside(text: &str) -> Option<Beside> {
        Printed::of(text).unwrap().beside()
    }

    #[test]
    fn a_sign_or_a_code_says_which_currency_it_is() {
        for (text, code) in [
            ("\u{20ac}-4.50", "EUR"),
            ("-4.50 GBP", "GBP"),
            ("-450 JPY", "JPY"),
            ("\u{a3}4.50", "GBP"),
            ("US$ 3.00", "USD"),
            ("$5.00 CAD", "CAD"),
            ("R$ 10", "BRL"),
            ("R 10", "ZAR"),
            ("Kč16233.43638", "CZK"),
            ("10 zł", "PLN"),
        ] {
            assert_eq!(beside(text).and_then(Beside::currency).map(|one| one.code()), Some(code), "{text}");
        }
        for text in ["5.00", "(5.00)", "12.00 CR", "\u{a4}5"] {
            assert_eq!(beside(text), None, "{text}");
        }
    }

    #[test]
    fn a_sign_that_several_share_fits_each_of_them() {
        let dollar = beside("$5").unwrap();
        assert_eq!(dollar.currency(), None);
        assert!(dollar.fits(Currency::USD) && dollar.fits(Currency::CAD) && !dollar.fits(Currency::EUR));
        let yen = beside("\u{a5}5").unwrap();
        assert!(yen.fits(Currency::JPY) && !yen.fits(Currency::USD));
        assert_eq!(beside("\u{20ac}5 USD"), Some(Beside::Other));
        assert_eq!(beside("\u{20bf}0.5"), Some(Beside::Other));
    }

    #[test]
    fn every_code_of_the_lists_is_a_currency() {
        for code in DOLLARS.iter().chain(RUPEES) {
            assert!(code.parse::<Currency>().is_ok(), "{code}");
        }
    }
}
