//! The names of merchants, for who wants to see them apart from a classification.

use wherewithal_base::{
    Result, check,
    control::{Control, Work},
    error::At as _,
    wire::Wire,
};

use crate::merchant::merchant;

/// Input of `classification.merchant_names`.
#[derive(Debug, Clone, Wire)]
pub struct MerchantNamesInput {
    /// Texts as banks and cards print them, at most 100,000.
    #[wire(length = ..=100_000)]
    pub texts: Vec<String>,
}

/// The names in texts of banks and cards.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct MerchantNames {
    /// One for each text, in their order.
    pub merchants: Vec<MerchantName>,
}

/// The name in a text.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct MerchantName {
    /// The name in capitals; null if nothing of the text is a name.
    pub name: Option<String>,
}

/// The names of the merchants in texts that banks and cards print.
///
/// ```
/// # use wherewithal_classification::wherewithal;
/// use wherewithal::{classification::{self, MerchantNamesInput}, control::Control};
///
/// let texts = vec!["SQ *CORNER CAFE #12".to_owned(), "12345678".to_owned()];
/// let answer = classification::merchant_names(&MerchantNamesInput { texts }, &Control::default())?;
/// assert_eq!(answer.merchants[0].name.as_deref(), Some("CORNER CAFE"));
/// assert_eq!(answer.merchants[1].name, None);
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `list.too_long`, `operation.cancelled`.
pub fn merchant_names(input: &MerchantNamesInput, control: &Control) -> Result<MerchantNames> {
    check::length(input.texts.len(), 0..=100_000).at("texts")?;
    let mut work = Work::under(control);
    let named = |text: &String| {
        work.done(8 + text.len() / 32)?;
        Ok(MerchantName { name: merchant(text) })
    };
    Ok(MerchantNames { merchants: input.texts.iter().map(named).collect::<Result<_>>()? })
}
