//! The list of securities of a file.

use std::collections::BTreeMap;

use wherewithal_ledger::{LedgerSecurity, LedgerSecurityKind as Kind};

use super::document::{Document, Node};
use crate::collect::{Collected, cut};

/// The elements that describe a security, and what it is.
const KINDS: [(&str, Kind); 5] = [
    ("STOCKINFO", Kind::Stock),
    ("MFINFO", Kind::MutualFund),
    ("DEBTINFO", Kind::Bond),
    ("OPTINFO", Kind::Option),
    ("OTHERINFO", Kind::Other),
];

/// The longest id of a reader, and the longest symbol.
const MAX_ID: usize = 100;

/// The securities of a file by their unique ids, which a number and what kind of number it is are together (13.8.1).
pub(super) struct Securities {
    by_number: BTreeMap<String, Vec<Listed>>,
}

/// A security of the list.
struct Listed {
    /// What kind of number its unique id is, such as `CUSIP`.
    kind: String,
    security: LedgerSecurity,
}

impl Securities {
    pub(super) fn of(document: &Document<'_>, collected: &mut Collected) -> Self {
        let mut by_number: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
        for node in document.nodes() {
            let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == node.name()) else { continue };
            let Some(info) = node.child("SECINFO") else { continue };
            let Some(mut security) = identified(&info, collected) else { continue };
            security.kind = Some(*kind);
            security.symbol =
                info.given("TICKER").map(|ticker| ticker.chars().take(MAX_ID).collect()).or(security.symbol);
            security.name = info.given("SECNAME").map(|name| cut(&name));
            let (number, kind) = unique_id(&info);
            let alike = by_number.entry(number.to_owned()).or_default();
            match alike.iter_mut().find(|listed| listed.kind == kind) {
                Some(listed) => listed.security = security,
                None => {
                    if !alike.is_empty() {
                        security.id = collected.security_id(&format!("{number} ({kind})"));
                    }
                    alike.push(Listed { kind: kind.to_owned(), security });
                }
            }
        }
        let mut securities = Self { by_number };
        securities.call_by_symbol();
        securities
    }

    /// Gives each security its symbol for an id, where no other one has it.
    fn call_by_symbol(&mut self) {
        let mut uses: BTreeMap<String, u32> = BTreeMap::new();
        for security in self.all() {
            *uses.entry(security.id.clone()).or_default() += 1;
            if let Some(symbol) = security.symbol.as_ref().filter(|symbol| **symbol != security.id) {
                *uses.entry(symbol.clone()).or_default() += 1;
            }
        }
        for listed in self.by_number.values_mut().flatten() {
            let security = &mut listed.security;
            if let Some(symbol) = security.symbol.as_ref().filter(|symbol| uses.get(*symbol) == Some(&1)) {
                security.id.clone_from(symbol);
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = &LedgerSecurity> {
        self.by_number.values().flatten().map(|listed| &listed.security)
    }

    /// The security that an element names.
    pub(super) fn named_in(&self, node: &Node<'_, '_>, collected: &mut Collected) -> Option<LedgerSecurity> {
        let id = node.find("SECID")?;
        let (number, kind) = unique_id(&id);
        let listed = self.by_number.get(number).map(Vec::as_slice).unwrap_or_default();
        let found = match listed {
            // Without the kind of the number, that of the only security is meant.
            [one] if kind.is_empty() => Some(one),
            _ => listed.iter().find(|listed| listed.kind == kind),
        };
        match found {
            Some(listed) => Some(listed.security.clone()),
            None => identified(&id, collected),
        }
    }
}

/// The unique id within an element: the number, and what kind of number it is.
fn unique_id<'d>(node: &Node<'d, '_>) -> (&'d str, &'d str) {
    (node.text("UNIQUEID"), node.text("UNIQUEIDTYPE"))
}

/// A security by its unique id alone.
fn identified(node: &Node<'_, '_>, collected: &mut Collected) -> Option<LedgerSecurity> {
    let (number, kind) = unique_id(node);
    if number.is_empty() {
        return None;
    }
    let mut security = LedgerSecurity::named(collected.security_id(number));
    let number: String = number.chars().take(MAX_ID).collect();
    match kind {
        "CUSIP" if number.chars().count() == 9 => security.cusip = Some(number),
        "ISIN" if number.chars().count() == 12 => security.isin = Some(number),
        "TICKER" => security.symbol = Some(number),
        _ => {}
    }
    Some(security)
}
