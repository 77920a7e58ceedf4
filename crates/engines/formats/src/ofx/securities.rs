//! The list of securities of a file.

use std::collections::BTreeMap;

use wherewithal_ledger::{LedgerSecurity, LedgerSecurityKind as Kind};

use super::document::{Document, Node};
use crate::collect::cut;

/// The elements that describe a security, and what it is.
const KINDS: [(&str, Kind); 5] = [
    ("STOCKINFO", Kind::Stock),
    ("MFINFO", Kind::MutualFund),
    ("DEBTINFO", Kind::Bond),
    ("OPTINFO", Kind::Option),
    ("OTHERINFO", Kind::Other),
];

/// The longest id.
const MAX_ID: usize = 100;

/// The securities of a file by their unique id.
pub(super) struct Securities {
    by_id: BTreeMap<String, LedgerSecurity>,
}

impl Securities {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut by_id = BTreeMap::new();
        for node in document.nodes() {
            let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == node.name()) else { continue };
            let Some(info) = node.child("SECINFO") else { continue };
            let Some(mut security) = identified(&info) else { continue };
            security.kind = Some(*kind);
            if let Some(ticker) = info.given("TICKER") {
                let ticker: String = ticker.chars().take(MAX_ID).collect();
                security.id.clone_from(&ticker);
                security.symbol = Some(ticker);
            }
            security.name = info.given("SECNAME").map(|name| cut(&name));
            by_id.insert(info.text("UNIQUEID").to_owned(), security);
        }
        Self { by_id }
    }

    /// The security that an element names.
    pub(super) fn named_in(&self, node: &Node<'_, '_>) -> Option<LedgerSecurity> {
        let id = node.find("SECID")?;
        self.by_id.get(id.text("UNIQUEID")).cloned().or_else(|| identified(&id))
    }
}

/// A security by its unique id alone.
fn identified(node: &Node<'_, '_>) -> Option<LedgerSecurity> {
    let unique: String = node.text("UNIQUEID").chars().take(MAX_ID).collect();
    if unique.is_empty() {
        return None;
    }
    let mut security = LedgerSecurity::named(unique.clone());
    match node.text("UNIQUEIDTYPE") {
        "CUSIP" if unique.chars().count() == 9 => security.cusip = Some(unique),
        "ISIN" if unique.chars().count() == 12 => security.isin = Some(unique),
        "TICKER" => security.symbol = Some(unique),
        _ => {}
    }
    Some(security)
}
