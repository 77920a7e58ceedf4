//! Accounts, portfolios and securities.

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Error, ErrorCode, Result, money::Currency};
use wherewithal_household::AccountKind;
use wherewithal_ledger::{LedgerAccount, LedgerSecurity};

use super::tree::{Node, Tree};
use crate::{
    collect::cut,
    masked::{last_four, masked},
};

/// The longest id.
const MAX_ID: usize = 100;
/// The first version whose amounts have currencies, and the last one whose shares have six decimal places.
const FIRST_VERSION: u32 = 29;
const LAST_WITH_SIX: u32 = 48;

/// What a file has, by the places of its elements.
pub(super) struct Client<'t, 'a> {
    /// Accounts and portfolios, in the order of the file.
    pub(super) holders: Vec<Holder<'t, 'a>>,
    accounts: BTreeMap<u32, LedgerAccount>,
    securities: BTreeMap<u32, LedgerSecurity>,
    /// The decimal places of a number of shares.
    pub(super) share_places: u32,
}

/// An account or a portfolio.
pub(super) struct Holder<'t, 'a> {
    pub(super) node: Node<'t, 'a>,
    /// The name of its transactions.
    pub(super) transactions: &'static str,
}

impl<'t, 'a> Client<'t, 'a> {
    /// # Errors
    /// `file.unrecognized`, `version.unsupported`, `markup.malformed`.
    pub(super) fn of(tree: &'t Tree<'a>) -> Result<Self> {
        let Some(root) = tree.root().filter(|root| root.name() == "client") else {
            return Err(Error::new(ErrorCode::FileUnrecognized, "the file has no element `client`"));
        };
        let version: u32 = root.text("version")?.parse().unwrap_or_default();
        if version < FIRST_VERSION {
            let message = format!(
                "the file has version {version}; open it with a current Portfolio Performance and save it, which makes it at least {FIRST_VERSION}"
            );
            return Err(Error::new(ErrorCode::VersionUnsupported, message));
        }
        let share_places = if version <= LAST_WITH_SIX { 6 } else { 8 };
        let mut client = Self {
            holders: Vec::new(),
            accounts: BTreeMap::new(),
            securities: BTreeMap::new(),
            share_places,
        };
        let mut ids = Names::default();
        for node in listed(root, "securities", "security")? {
            client.securities.insert(node.place, security(node, &mut ids)?);
        }
        let mut ids = Names::default();
        for node in listed(root, "accounts", "account")? {
            let currency = node.text("currencyCode")?.parse().ok();
            client.accounts.insert(node.place, account(node, currency, None, &mut ids)?);
            client.holders.push(Holder { node, transactions: "account-transaction" });
        }
        for node in listed(root, "portfolios", "portfolio")? {
            let of = node.part("referenceAccount")?;
            let currency =
                of.and_then(|of| client.accounts.get(&of.place)).and_then(|account| account.currency);
            let kind = Some(AccountKind::Brokerage);
            client.accounts.insert(node.place, account(node, currency, kind, &mut ids)?);
            client.holders.push(Holder { node, transactions: "portfolio-transaction" });
        }
        Ok(client)
    }

    pub(super) fn account(&self, node: Node<'_, '_>) -> Option<&LedgerAccount> {
        self.accounts.get(&node.place)
    }

    pub(super) fn security(&self, node: Node<'_, '_>) -> Option<&LedgerSecurity> {
        self.securities.get(&node.place)
    }
}

/// The objects of a list, each once.
fn listed<'t, 'a>(root: Node<'t, 'a>, list: &str, name: &str) -> Result<Vec<Node<'t, 'a>>> {
    let Some(list) = root.part(list)? else { return Ok(Vec::new()) };
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for node in list.children(name) {
        let object = node.object()?;
        if seen.insert(object.place) {
            found.push(object);
        }
    }
    Ok(found)
}

fn account(
    node: Node<'_, '_>,
    currency: Option<Currency>,
    kind: Option<AccountKind>,
    ids: &mut Names,
) -> Result<LedgerAccount> {
    let name = node.text("name")?;
    let shown = masked(if name.is_empty() { "account" } else { name });
    let id = ids.unique(&shown);
    Ok(LedgerAccount {
        name: Some(cut(&shown)),
        number: (shown != name && !name.is_empty()).then(|| last_four(name)).flatten(),
        currency,
        kind,
        ..LedgerAccount::named(id)
    })
}

fn security(node: Node<'_, '_>, ids: &mut Names) -> Result<LedgerSecurity> {
    let given = |name: &str| -> Result<Option<String>> {
        let text = node.text(name)?;
        Ok((!text.is_empty()).then(|| text.chars().take(MAX_ID).collect()))
    };
    let (symbol, isin, name) = (given("tickerSymbol")?, given("isin")?, given("name")?);
    let wanted = symbol.as_ref().or(isin.as_ref()).or(name.as_ref());
    let id = ids.unique(wanted.map_or("security", String::as_str));
    Ok(LedgerSecurity {
        symbol,
        isin: isin.filter(|isin| isin.chars().count() == 12),
        name,
        currency: node.text("currencyCode")?.parse().ok(),
        ..LedgerSecurity::named(id)
    })
}

/// Names that no other has: with a number behind them where they are taken.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
    /// The number that is tried next for a name.
    next: BTreeMap<String, u32>,
}

impl Names {
    fn unique(&mut self, name: &str) -> String {
        let start: String = name.chars().take(MAX_ID - 12).collect();
        if self.taken.insert(start.clone()) {
            return start;
        }
        let next = self.next.entry(start.clone()).or_insert(2);
        loop {
            let found = format!("{start} ({next})");
            *next += 1;
            if self.taken.insert(found.clone()) {
                return found;
            }
        }
    }
}
