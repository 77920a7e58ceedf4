//! Merchant category codes (ISO 18245): what a merchant sells, and the category of expenses that it belongs to.

mod table;

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _, num::Decimal, wire::Wire};
use wherewithal_ledger::is_merchant_code;

use crate::FlowClass;
use table::TABLE;

/// A code of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) code: u16,
    pub(crate) description: &'static str,
    pub(crate) category: &'static str,
}

/// The code that a text is, if the table has it.
pub(crate) fn find(text: &str) -> Option<Code> {
    let code: u16 = text.parse().ok().filter(|_| is_merchant_code(text))?;
    let place = TABLE.binary_search_by_key(&code, |entry| entry.0).ok()?;
    let (code, description, category) = TABLE.get(place).copied()?;
    Some(Code { code, description, category })
}

impl Code {
    /// Whether something is bought, which no transfer between own accounts is.
    pub(crate) fn is_purchase(self) -> bool {
        self.category != table::MOVEMENTS && self.category != table::CASH
    }

    /// What an amount is that is paid to such a merchant, if the code tells: money that is moved can be anything.
    pub(crate) fn class(self, amount: Decimal) -> Option<FlowClass> {
        match self.category {
            table::MOVEMENTS => None,
            table::TAXES => Some(FlowClass::Tax),
            _ if amount > Decimal::ZERO => Some(FlowClass::Refund),
            _ => Some(FlowClass::Expense),
        }
    }

    /// The code in words, for reasons.
    pub(crate) fn words(self) -> String {
        format!("{:04}: {}", self.code, self.description)
    }
}

/// Input of `classification.merchant_codes`.
#[derive(Debug, Clone, Wire)]
pub struct MerchantCodesInput {
    /// The codes that are asked for, four digits each, at most 1,000; all that are known if it is empty.
    #[wire(default, length = ..=1_000)]
    pub codes: Vec<String>,
}

/// Merchant category codes.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct MerchantCodes {
    /// The codes, in the order of the input, else ascending.
    pub codes: Vec<MerchantCode>,
}

/// A merchant category code.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct MerchantCode {
    /// The code, four digits.
    #[wire(length = 4..=4)]
    pub code: String,
    /// What merchants of the code sell.
    pub description: String,
    /// The category of expenses.
    pub category: String,
    /// What a payment to such a merchant is; null if the code does not tell, because it moves money.
    pub class: Option<FlowClass>,
}

/// What merchant category codes mean.
///
/// ```
/// # use wherewithal_classification::wherewithal;
/// use wherewithal::classification::{self, MerchantCodesInput};
///
/// let answer = classification::merchant_codes(&MerchantCodesInput { codes: vec!["5812".to_owned()] })?;
/// assert_eq!(answer.codes[0].category, "Restaurants");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.too_long`, `name.unknown`.
pub fn merchant_codes(input: &MerchantCodesInput) -> Result<MerchantCodes> {
    check::length(input.codes.len(), 0..=1_000).at("codes")?;
    let of = |code: Code| MerchantCode {
        code: format!("{:04}", code.code),
        description: code.description.to_owned(),
        category: code.category.to_owned(),
        class: code.class(Decimal::ONE.negated()),
    };
    if input.codes.is_empty() {
        let all =
            TABLE.iter().map(|(code, description, category)| Code { code: *code, description, category });
        return Ok(MerchantCodes { codes: all.map(of).collect() });
    }
    let known = |(index, text): (usize, &String)| {
        find(text).map(of).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            let message = format!("no merchant category code is {shown:?}; codes have four digits");
            Error::new(ErrorCode::NameUnknown, message).at_index("codes", index)
        })
    };
    Ok(MerchantCodes { codes: input.codes.iter().enumerate().map(known).collect::<Result<_>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ascends_and_every_entry_says_something() {
        assert!(TABLE.is_sorted_by(|one, other| one.0 < other.0));
        assert!(
            TABLE.iter().all(|(_, description, category)| !description.is_empty() && !category.is_empty())
        );
    }

    #[test]
    fn what_moves_money_is_no_purchase() {
        assert_eq!(find("4829").unwrap().class(Decimal::ONE.negated()), None);
        assert_eq!(find("9311").unwrap().class(Decimal::ONE.negated()), Some(FlowClass::Tax));
        assert_eq!(find("5812").unwrap().class(Decimal::ONE), Some(FlowClass::Refund));
        assert!(!find("6011").unwrap().is_purchase());
        assert_eq!(find("58"), None);
        assert_eq!(find("٥٨١٢"), None);
    }
}
