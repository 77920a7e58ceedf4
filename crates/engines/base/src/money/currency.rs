//! ISO 4217 currencies.

use std::{fmt, str::FromStr};

use super::iso4217::{CURRENCIES, Entry, NAMES};
use crate::{
    Error, ErrorCode, Result,
    wire::{self, Reader, Shape, Sink, Value, Wire},
};

/// A currency or fund code of ISO 4217, as of the list of 2026-01-01.
///
/// Currencies are ordered by their code. On the wire: the three capital letters of the code, `USD`.
///
/// ```
/// # use wherewithal_base::wherewithal;
/// use wherewithal::money::Currency;
///
/// let yen: Currency = "JPY".parse()?;
/// assert_eq!((yen.numeric_code(), yen.decimal_places(), yen.name()), (392, Some(0), "Yen"));
/// assert_eq!("Yen".parse::<Currency>().unwrap_err().code().as_str(), "currency.unknown");
/// # Ok::<(), wherewithal::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static Entry);

/// The default currency.
#[must_use]
pub fn us_dollar() -> Currency {
    Currency::USD
}

impl Currency {
    /// The US dollar.
    pub const USD: Self = known("USD");
    /// The euro.
    pub const EUR: Self = known("EUR");
    /// The pound sterling.
    pub const GBP: Self = known("GBP");
    /// The yen.
    pub const JPY: Self = known("JPY");
    /// The Swiss franc.
    pub const CHF: Self = known("CHF");
    /// The Canadian dollar.
    pub const CAD: Self = known("CAD");
    /// The Australian dollar.
    pub const AUD: Self = known("AUD");

    /// Every currency, in the order of the codes.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        CURRENCIES.iter().map(Self)
    }

    /// The currency of an ISO 4217 numeric code, such as 840 for the US dollar.
    ///
    /// # Errors
    /// `currency.unknown`.
    pub fn from_numeric_code(code: u16) -> Result<Self> {
        Self::all()
            .find(|currency| currency.numeric_code() == code)
            .ok_or_else(|| unknown(&format!("{code} is not a numeric currency code")))
    }

    /// The alphabetic code: three capital letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// The numeric code, 1 to 999; the standard writes it with three digits.
    #[must_use]
    pub fn numeric_code(self) -> u16 {
        self.0.numeric
    }

    /// The decimal places of the minor unit: 2 for the US dollar, 0 for the yen, 3 for the Kuwaiti dinar. `None` if the
    /// standard defines none, as for gold.
    #[must_use]
    pub fn decimal_places(self) -> Option<u32> {
        self.0.decimal_places.map(u32::from)
    }

    /// The English name in the standard.
    #[must_use]
    pub fn name(self) -> &'static str {
        place(self.code()).and_then(|place| NAMES.get(place)).copied().unwrap_or_default()
    }
}

/// The currency of a code in the list; an unknown code does not compile.
const fn known(code: &str) -> Currency {
    let mut rest: &'static [Entry] = &CURRENCIES;
    while let Some((first, others)) = rest.split_first() {
        if matches!(first.code.as_bytes(), [a, b, c]
            if matches!(code.as_bytes(), [x, y, z] if *a == *x && *b == *y && *c == *z))
        {
            return Currency(first);
        }
        rest = others;
    }
    #[expect(clippy::panic, reason = "runs at compile time only")]
    {
        panic!("not a code of the list")
    }
}

/// The place of a code in the list.
fn place(code: &str) -> Option<usize> {
    CURRENCIES.binary_search_by(|entry| entry.code.cmp(code)).ok()
}

fn unknown(found: &str) -> Error {
    Error::new(
        ErrorCode::CurrencyUnknown,
        format!("{found}; use an ISO 4217 code in capitals, such as \"USD\""),
    )
}

impl FromStr for Currency {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        place(text).and_then(|place| CURRENCIES.get(place)).map(Self).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            unknown(&format!("{shown:?} is not a currency"))
        })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Wire for Currency {
    fn shape() -> Shape {
        Shape::Currency
    }
    fn read(value: &Value<'_>, reader: Reader) -> Result<Self> {
        reader.text(value, Shape::Currency)?.parse()
    }
    fn write(&self, sink: &mut dyn Sink) -> Result<()> {
        sink.text(self.code())
    }
}

wire::serde_impls!(Currency);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_ordered_and_without_doubles() {
        for pair in CURRENCIES.windows(2) {
            assert!(pair[0].code < pair[1].code, "{pair:?}");
        }
        let mut numbers: Vec<u16> = Currency::all().map(Currency::numeric_code).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), Currency::all().len());
    }

    #[test]
    fn every_currency_is_found_by_its_codes_and_survives_the_wire() {
        for currency in Currency::all() {
            assert_eq!(currency.code().parse::<Currency>().unwrap(), currency);
            assert_eq!(Currency::from_numeric_code(currency.numeric_code()).unwrap(), currency);
            assert!(!currency.name().is_empty());
            let json = serde_json::to_string(&currency).unwrap();
            assert_eq!(json, format!("\"{}\"", currency.code()));
            assert_eq!(serde_json::from_str::<Currency>(&json).unwrap(), currency);
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["", "usd", "US", "USDX", " USD", "ZZZ", "BGN", "HRK", "\u{df}\u{df}"] {
            assert_eq!(text.parse::<Currency>().unwrap_err().code(), ErrorCode::CurrencyUnknown, "{text}");
        }
        assert!(Currency::from_numeric_code(0).is_err());
    }
}
