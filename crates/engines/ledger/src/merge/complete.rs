//! Two records with one id: what one adds to the other, and where they contradict each other.

use wherewithal_base::money::Currency;

use crate::{LedgerAccount, LedgerSecurity, LedgerTransaction};

/// The fields that a record adds to another one, and those in which they differ.
#[derive(Default)]
pub(super) struct Differences {
    pub(super) completed: Vec<&'static str>,
    pub(super) conflicting: Vec<&'static str>,
}

impl Differences {
    /// A field that may be absent.
    fn optional<T: PartialEq + Clone>(
        &mut self,
        known: &mut Option<T>,
        read: &Option<T>,
        field: &'static str,
    ) {
        match (&*known, read) {
            (None, Some(_)) => {
                known.clone_from(read);
                self.completed.push(field);
            }
            (Some(one), Some(other)) if one != other => self.conflicting.push(field),
            _ => {}
        }
    }

    /// A field that belongs to an amount, so that it completes no other amount.
    fn figure<T: PartialEq + Clone>(
        &mut self,
        known: &mut Option<T>,
        read: &Option<T>,
        of_one_amount: bool,
        field: &'static str,
    ) {
        if of_one_amount || known.is_some() {
            self.optional(known, read, field);
        } else if read.is_some() {
            self.conflicting.push(field);
        }
    }

    /// A list that may be empty.
    fn list<T: PartialEq + Clone>(&mut self, known: &mut Vec<T>, read: &[T], field: &'static str) {
        if read.is_empty() || known.as_slice() == read {
            return;
        }
        if known.is_empty() {
            known.extend_from_slice(read);
            self.completed.push(field);
        } else {
            self.conflicting.push(field);
        }
    }

    /// A field that every record has.
    fn needed<T: PartialEq>(&mut self, known: &T, read: &T, field: &'static str) {
        if known != read {
            self.conflicting.push(field);
        }
    }
}

pub(super) fn account(known: &mut LedgerAccount, read: &LedgerAccount) -> Differences {
    let mut found = Differences::default();
    found.optional(&mut known.name, &read.name, "name");
    found.optional(&mut known.institution, &read.institution, "institution");
    found.optional(&mut known.number, &read.number, "number");
    found.optional(&mut known.currency, &read.currency, "currency");
    // An account has a kind of asset or a kind of debt.
    let is_unknown = known.kind.is_none() && known.liability_kind.is_none();
    if is_unknown || read.kind.is_none() || known.kind.is_some() {
        found.optional(&mut known.kind, &read.kind, "kind");
    } else {
        found.conflicting.push("kind");
    }
    if known.kind.is_none() || read.liability_kind.is_none() {
        found.optional(&mut known.liability_kind, &read.liability_kind, "liabilityKind");
    } else {
        found.conflicting.push("liabilityKind");
    }
    found.optional(&mut known.tax_treatment, &read.tax_treatment, "taxTreatment");
    found
}

pub(super) fn security(known: &mut LedgerSecurity, read: &LedgerSecurity) -> Differences {
    let mut found = Differences::default();
    found.optional(&mut known.symbol, &read.symbol, "symbol");
    found.optional(&mut known.cusip, &read.cusip, "cusip");
    found.optional(&mut known.isin, &read.isin, "isin");
    found.optional(&mut known.name, &read.name, "name");
    found.optional(&mut known.kind, &read.kind, "kind");
    found.optional(&mut known.currency, &read.currency, "currency");
    found
}

/// All fields but the place in the source, which is another one in every file. What states no currency is in that of the
/// account.
pub(super) fn transaction(
    known: &mut LedgerTransaction,
    read: &LedgerTransaction,
    of_account: Option<Currency>,
) -> Differences {
    let mut found = Differences::default();
    let in_one_currency = match (known.currency.or(of_account), read.currency.or(of_account)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let of_one_amount = known.amount == read.amount && in_one_currency;
    found.needed(&known.account, &read.account, "account");
    found.needed(&known.date, &read.date, "date");
    found.optional(&mut known.settlement_date, &read.settlement_date, "settlementDate");
    found.needed(&known.amount, &read.amount, "amount");
    if !in_one_currency {
        found.conflicting.push("currency");
    } else if of_account.is_none() {
        found.optional(&mut known.currency, &read.currency, "currency");
    }
    found.needed(&known.r#type, &read.r#type, "type");
    found.needed(&words(&known.description), &words(&read.description), "description");
    found.optional(&mut known.payee, &read.payee, "payee");
    found.optional(&mut known.memo, &read.memo, "memo");
    found.optional(&mut known.check_number, &read.check_number, "checkNumber");
    found.optional(&mut known.category, &read.category, "category");
    found.optional(&mut known.merchant_category_code, &read.merchant_category_code, "merchantCategoryCode");
    found.optional(&mut known.security, &read.security, "security");
    found.figure(&mut known.quantity, &read.quantity, of_one_amount, "quantity");
    found.figure(&mut known.price, &read.price, of_one_amount, "price");
    found.figure(&mut known.fees, &read.fees, of_one_amount, "fees");
    // A ratio is whole or absent.
    if (known.split_from.is_none() && known.split_to.is_none())
        || (read.split_from.is_some() && read.split_to.is_some())
    {
        found.optional(&mut known.split_from, &read.split_from, "splitFrom");
        found.optional(&mut known.split_to, &read.split_to, "splitTo");
    }
    if of_one_amount || !known.splits.is_empty() {
        found.list(&mut known.splits, &read.splits, "splits");
    } else if !read.splits.is_empty() {
        found.conflicting.push("splits");
    }
    found.optional(&mut known.transfer_account, &read.transfer_account, "transferAccount");
    found.figure(&mut known.balance, &read.balance, of_one_amount, "balance");
    found.optional(&mut known.reference, &read.reference, "reference");
    found.list(&mut known.tags, &read.tags, "tags");
    found
}

/// The words of a text, whatever stands between them: their number makes no difference to a fingerprint either.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
