//! How positions are opened to their lots.

use std::collections::BTreeSet;

use wherewithal_base::{
    Error, ErrorCode, Result, check, dates::Date, error::At as _, num::Decimal, wire::Wire,
};
use wherewithal_lots::{GainTaxRates, LotElection, LotMethod};

use crate::ledger::books::{Books, fault};

/// How positions of securities are opened to their lots.
///
/// What the transactions buy are lots, and the methods of `lots.book` say which of them a sale takes. No country's rules apply:
/// wash sales and pools change what a gain is for a tax and not what net worth gained.
#[derive(Debug, Clone, PartialEq, Eq, Default, Wire)]
pub struct AttributionLots {
    /// The method that selects the lots of what leaves an account, where no election says otherwise.
    #[wire(default)]
    pub method: LotMethod,
    /// Methods for single accounts or securities, or from a date on, as in the rules of `lots.book`.
    #[wire(default, omit, length = ..=1_000)]
    pub elections: Vec<LotElection>,
    /// The tax rates by which `minimumTax` selects lots; required for it.
    #[wire(omit)]
    pub tax_rates: Option<GainTaxRates>,
    /// The lots of the shares that there were before the first transaction. What they leave of a position is one lot, which
    /// counts as acquired before all others and as having cost nothing.
    #[wire(default, omit, length = ..=100_000)]
    pub opening: Vec<OpeningLot>,
}

/// A lot that there was before the first transaction of its position.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct OpeningLot {
    /// The id of the account.
    #[wire(length = 1..=100)]
    pub account: String,
    /// The id of the security.
    #[wire(length = 1..=100)]
    pub security: String,
    /// The day of the purchase: neither after the period begins nor after anything else that the ledger has of the position.
    pub acquired: Date,
    /// The number of shares before the first transaction, above zero.
    #[wire(above = 0)]
    pub quantity: Decimal,
    /// What these shares cost, in the currency of the security; at least zero. Methods that go by the cost need it.
    #[wire(range = 0..)]
    pub cost: Decimal,
}

impl AttributionLots {
    /// Whether a method looks at what lots cost.
    pub(super) fn goes_by_cost(&self) -> bool {
        let methods = self.elections.iter().map(|election| election.method).chain([self.method]);
        methods.into_iter().any(|method| {
            matches!(
                method,
                LotMethod::Hifo | LotMethod::Lofo | LotMethod::MinimumTax | LotMethod::LongTermFirst
            )
        })
    }

    /// Validates methods and opening lots by themselves.
    ///
    /// # Errors
    /// `field.missing`, `rate.out_of_range`; inside `elections` and `opening` `name.unknown`, `quantity.out_of_range` and
    /// `amount.out_of_range`.
    pub(super) fn validate(&self, books: &Books<'_>) -> Result<()> {
        if let Some(rates) = self.tax_rates {
            check::decimal_fraction(rates.short_term).at("shortTerm").at("taxRates")?;
            check::decimal_fraction(rates.long_term).at("longTerm").at("taxRates")?;
        }
        let mut methods = self.elections.iter().map(|election| election.method).chain([self.method]);
        if self.tax_rates.is_none() && methods.any(|method| method == LotMethod::MinimumTax) {
            let message = "`minimumTax` selects by tax rates; give them";
            return Err(Error::new(ErrorCode::FieldMissing, message).at("taxRates"));
        }
        let accounts: BTreeSet<&str> =
            books.items.iter().filter(|item| !item.valued).map(|item| item.id).collect();
        let known = |id: &str, is_known: bool, list: &str, index: usize, field: &str, thing: &str| {
            if is_known {
                return Ok(());
            }
            let message = format!("no {thing} is called {id:?}");
            Err(fault(ErrorCode::NameUnknown, message, field, list, index))
        };
        let is_security = |id: &str| books.securities.by_id.contains_key(id);
        for (index, election) in self.elections.iter().enumerate() {
            if let Some(id) = election.account.as_deref() {
                known(id, accounts.contains(id), "elections", index, "account", "account")?;
            }
            if let Some(id) = election.security.as_deref() {
                known(id, is_security(id), "elections", index, "security", "security")?;
            }
        }
        for (index, lot) in self.opening.iter().enumerate() {
            known(
                &lot.account,
                accounts.contains(lot.account.as_str()),
                "opening",
                index,
                "account",
                "account",
            )?;
            known(&lot.security, is_security(&lot.security), "opening", index, "security", "security")?;
            if lot.quantity <= Decimal::ZERO {
                let message = format!("{} is not above zero", lot.quantity);
                return Err(fault(ErrorCode::QuantityOutOfRange, message, "quantity", "opening", index));
            }
            if lot.cost.is_negative() {
                let message = format!("{} is below zero", lot.cost);
                return Err(fault(ErrorCode::AmountOutOfRange, message, "cost", "opening", index));
            }
        }
        Ok(())
    }
}
