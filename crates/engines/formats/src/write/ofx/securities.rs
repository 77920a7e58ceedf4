//! The list of securities (13.8), and the unique ids by which transactions and positions name them.

use std::collections::BTreeMap;

use wherewithal_base::Result;
use wherewithal_ledger::{LedgerSecurity, LedgerSecurityKind as Kind};

use super::elements::Elements;
use crate::{
    ids::Ids,
    write::{
        omitted::{List, Omissions},
        texts,
    },
};

/// The longest unique id and the longest symbol (13.8.1, 13.8.5).
const IDENTITY: usize = 32;

/// The securities of the input, by id.
pub(super) struct Securities<'i> {
    by_id: BTreeMap<&'i str, Listed<'i>>,
}

/// A security of the list.
pub(super) struct Listed<'i> {
    pub(super) security: &'i LedgerSecurity,
    /// Its unique id, which no other security has, and what kind of number that is.
    number: String,
    kind: &'static str,
    /// Whether a reader gives it its id.
    pub(super) is_kept: bool,
}

impl<'i> Securities<'i> {
    pub(super) fn of(securities: &'i [LedgerSecurity]) -> Self {
        let identities = identities(securities);
        // A reader calls a security by its symbol where no other has it, else by its unique id.
        let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
        for (security, (number, _)) in securities.iter().zip(&identities) {
            *uses.entry(number).or_default() += 1;
            if let Some(symbol) = symbol(security).filter(|symbol| symbol != number) {
                *uses.entry(symbol).or_default() += 1;
            }
        }
        let mut kept = Vec::new();
        for (security, (number, _)) in securities.iter().zip(&identities) {
            let symbol = symbol(security).filter(|symbol| uses.get(symbol) == Some(&1));
            kept.push(symbol.unwrap_or(number) == security.id);
        }
        let mut by_id = BTreeMap::new();
        for ((security, (number, kind)), is_kept) in securities.iter().zip(identities).zip(kept) {
            by_id.insert(security.id.as_str(), Listed { security, number, kind, is_kept });
        }
        Self { by_id }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Listed<'i>> {
        self.by_id.get(id)
    }
}

impl Listed<'_> {
    /// Writes the unique id.
    pub(super) fn identity(&self, file: &mut Elements) {
        file.open("SECID");
        file.text_value("UNIQUEID", &self.number, IDENTITY);
        file.value("UNIQUEIDTYPE", self.kind);
        file.close("SECID");
    }
}

/// The symbol that is written in full.
fn symbol(security: &LedgerSecurity) -> Option<&str> {
    security.symbol.as_deref().filter(|symbol| is_kept(symbol))
}

fn is_kept(text: &str) -> bool {
    let (line, is_whole) = texts::line(text);
    is_whole && !line.is_empty() && text.chars().count() <= IDENTITY
}

/// The numbers that a security has, the surest first.
fn numbers(security: &LedgerSecurity) -> [(Option<&str>, &'static str); 3] {
    [
        (security.cusip.as_deref(), "CUSIP"),
        (security.isin.as_deref(), "ISIN"),
        (security.symbol.as_deref(), "TICKER"),
    ]
}

/// The unique ids: a number that is that of one security alone, else the id, whose end is a number where it is too long.
fn identities(securities: &[LedgerSecurity]) -> Vec<(String, &'static str)> {
    let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
    for (number, _) in securities.iter().flat_map(numbers) {
        if let Some(number) = number {
            *uses.entry(number).or_default() += 1;
        }
    }
    let mut given = Ids::default();
    let mut identities = vec![(String::new(), "OTHER"); securities.len()];
    for is_number in [true, false] {
        for (security, identity) in securities.iter().zip(&mut identities) {
            let is_one = |number: &str| uses.get(number) == Some(&1) && is_kept(number);
            let number = numbers(security)
                .into_iter()
                .find_map(|(number, kind)| Some((number.filter(|number| is_one(number))?, kind)));
            match number {
                Some((number, kind)) if is_number => *identity = (given.unique(number, IDENTITY), kind),
                None if !is_number => {
                    let (line, _) = texts::line(&security.id);
                    let called = if line.trim().is_empty() { "security" } else { line.trim() };
                    identity.0 = given.unique(called, IDENTITY);
                }
                _ => {}
            }
        }
    }
    identities
}

/// Whether a security is written as one of any kind: of a bond or an option, OFX wants what a ledger does not know, such as
/// the par value or the shares of a contract.
pub(super) fn is_other(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Bond | Kind::Option | Kind::DigitalAsset | Kind::Other))
}

/// Writes the list of securities.
pub(super) fn write(
    securities: &[LedgerSecurity],
    by_id: &Securities<'_>,
    file: &mut Elements,
    omissions: &mut Omissions<'_>,
) -> Result<()> {
    if securities.is_empty() {
        return Ok(());
    }
    file.open("SECLISTMSGSRSV1");
    file.open("SECLIST");
    for (index, security) in securities.iter().enumerate() {
        let Some(listed) = by_id.get(&security.id) else { continue };
        let said = describe(listed, file);
        omissions.written(List::Securities, index, &said)?;
    }
    file.close("SECLIST");
    file.close("SECLISTMSGSRSV1");
    Ok(())
}

fn describe(listed: &Listed<'_>, file: &mut Elements) -> Vec<&'static str> {
    let security = listed.security;
    let mut said = Vec::new();
    match listed.kind {
        "CUSIP" => said.push("cusip"),
        "ISIN" => said.push("isin"),
        _ => {}
    }
    let (element, says_kind) = match security.kind {
        Some(Kind::Stock) => ("STOCKINFO", true),
        Some(Kind::MutualFund) => ("MFINFO", true),
        Some(Kind::Other) => ("OTHERINFO", true),
        kind if is_other(kind) => ("OTHERINFO", false),
        _ => ("STOCKINFO", false),
    };
    said.extend(says_kind.then_some("kind"));
    file.open(element);
    file.open("SECINFO");
    listed.identity(file);
    let is_named = file.text_value("SECNAME", security.name.as_ref().unwrap_or(&security.id), 120);
    said.extend((is_named && security.name.is_some()).then_some("name"));
    if let Some(symbol) = &security.symbol {
        said.extend(file.text_value("TICKER", symbol, IDENTITY).then_some("symbol"));
    }
    file.close("SECINFO");
    file.close(element);
    said
}
