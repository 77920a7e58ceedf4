//! The words of a corporate action in a statement of Interactive Brokers: `NVDA(US67066G1040) Split 10 for 1 (NVDA, NVIDIA
//! CORP, US67066G1040)` says whose action it is, what it is, and last the security that the row moves.

use wherewithal_base::num::Decimal;
use wherewithal_ledger::LedgerTransactionType as Type;

use crate::{DecimalMark, printed::number::number};

/// The words of a corporate action.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Action<'a> {
    /// Whose it is and what it is, by which its rows belong together.
    pub(super) whole: &'a str,
    /// What it is.
    what: &'a str,
    pub(super) symbol: &'a str,
    pub(super) name: &'a str,
    /// The ISIN or the CUSIP.
    pub(super) number: &'a str,
}

impl<'a> Action<'a> {
    /// The words of a description; `None` if it names no security at its end.
    pub(super) fn of(description: &'a str) -> Option<Self> {
        let rest = description.trim().strip_suffix(')')?;
        let opening = opening(rest)?;
        let (whole, security) = (rest.get(..opening)?.trim_end(), rest.get(opening + 1..)?);
        let (symbol, rest) = security.split_once(',')?;
        let (name, number) = rest.rsplit_once(',').unwrap_or((rest, ""));
        let (symbol, name, number) = (symbol.trim(), name.trim(), number.trim());
        let what = match whole.split_once(')') {
            Some((issuer, what)) if is_number(issuer.rsplit('(').next().unwrap_or_default()) => {
                what.trim_start()
            }
            _ => whole,
        };
        (!symbol.is_empty() || !number.is_empty()).then_some(Self { whole, what, symbol, name, number })
    }

    /// What it is. What takes shares for money is a sale, and what is none of the others exchanges securities.
    pub(super) fn kind(&self) -> Type {
        let what = self.what.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| what.contains(word));
        if what.starts_with("split") || what.starts_with("stock dividend") {
            Type::Split
        } else if has(&["spinoff", "spin-off"]) {
            Type::SpinOff
        } else if has(&["cusip/isin change", "symbol change", "name change"]) {
            Type::SymbolChange
        } else if has(&["maturity", "redemption", "full call", "partial call", "cash in lieu", "delisted"]) {
            Type::Sell
        } else {
            Type::Merger
        }
    }

    /// The shares before a split and after it: 1 and 10 of `Split 10 for 1`.
    pub(super) fn ratio(&self) -> Option<(Decimal, Decimal)> {
        let mut words = self.what.split_whitespace();
        let is_split = words.next()?.eq_ignore_ascii_case("split");
        let after = positive(words.next()?)?;
        let is_ratio = words.next()?.eq_ignore_ascii_case("for");
        let before = positive(words.next()?)?;
        (is_split && is_ratio).then_some((before, after))
    }
}

fn positive(text: &str) -> Option<Decimal> {
    number(text, DecimalMark::Point).ok().filter(|number| *number > Decimal::ZERO)
}

/// Whether a text has the form of an ISIN or a CUSIP.
fn is_number(text: &str) -> bool {
    matches!(text.len(), 9 | 12) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The place of the parenthesis that opens what the end of a text closes.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 1_usize;
    for (place, character) in text.char_indices().rev() {
        match character {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(place);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_says_what_it_is_and_which_security_it_moves() {
        for (text, kind, symbol, name, number) in [
            (
                "NVDA(US67066G1040) Split 10 for 1 (NVDA, NVIDIA CORP, US67066G1040)",
                Type::Split,
                "NVDA",
                "NVIDIA CORP",
                "US67066G1040",
            ),
            (
                "SSL(CA0000000001) Merged(Acquisition) WITH US0000000002 1 for 16 (RGLD, ROYAL GOLD (THE), US0000000002)",
                Type::Merger,
                "RGLD",
                "ROYAL GOLD (THE)",
                "US0000000002",
            ),
            (
                "PARNT(US0000000777) Spinoff  1 for 5 (SPNCO, SPINCO CORP, US0000000778)",
                Type::SpinOff,
                "SPNCO",
                "SPINCO CORP",
                "US0000000778",
            ),
            (
                "(US9128280000) Bond Maturity FOR USD 1.00 PER BOND (T, US TREASURY, 912828000)",
                Type::Sell,
                "T",
                "US TREASURY",
                "912828000",
            ),
            (
                "QZS(CA0000000009) Merged(Offer) (QZS, SPLIT CORP, CA0000000009)",
                Type::Merger,
                "QZS",
                "SPLIT CORP",
                "CA0000000009",
            ),
        ] {
            let action = Action::of(text).unwrap();
            assert_eq!(action.kind(), kind, "{text}");
            assert_eq!((action.symbol, action.name, action.number), (symbol, name, number), "{text}");
        }
        for text in ["", "Split 10 for 1", "(,,)", "words)", "(words"] {
            assert_eq!(Action::of(text), None, "{text}");
        }
    }

    #[test]
    fn a_split_has_a_ratio() {
        let ratio = |text| {
            Action::of(text)
                .and_then(|action| action.ratio())
                .map(|(before, after)| (before.to_string(), after.to_string()))
        };
        assert_eq!(
            ratio("A(US0000000001) Split 3 for 2 (A, A INC, US0000000001)"),
            Some(("2".to_owned(), "3".to_owned()))
        );
        assert_eq!(ratio("A(US0000000001) Split 0 for 2 (A, A INC, US0000000001)"), None);
        assert_eq!(ratio("A(US0000000001) Spinoff 3 for 2 (A, A INC, US0000000001)"), None);
    }
}
