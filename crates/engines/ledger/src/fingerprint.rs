//! Fingerprints: the same transaction has the same id in every file.
//!
//! The hash is FNV-1a with 128 bits (Fowler, Noll and Vo; draft-eastlake-fnv). It is no secret and protects from accidents,
//! not from an attacker: whoever can choose the transactions of a file can also choose what they say.

use std::collections::BTreeMap;

use crate::LedgerTransaction;

const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The hash of several fields.
struct Hash(u128);

impl Default for Hash {
    fn default() -> Self {
        Self(BASIS)
    }
}

impl Hash {
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(PRIME);
    }

    /// Adds a text.
    fn text(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.byte(byte));
    }

    /// Adds a field, whose words are separated by one space whatever its source has between them.
    fn field(&mut self, text: &str) {
        for (index, word) in text.split_whitespace().enumerate() {
            if index > 0 {
                self.byte(b' ');
            }
            self.text(word);
        }
        self.end();
    }

    /// Adds a name, of which every space counts: two accounts may differ in nothing else.
    fn name(&mut self, name: &str) {
        self.text(name);
        self.end();
    }

    /// Ends a field. No text has this byte, so two fields are never taken for others.
    fn end(&mut self) {
        self.byte(0xff);
    }

    fn finish(&self) -> u128 {
        self.0
    }
}

/// Gives each transaction that has none its id: a fingerprint of what its source states, the same in every file that states
/// it. An id that the source itself states stays.
///
/// The fields are, in this order, the account, the date, the amount, the currency, the security, the quantity, the
/// description, the payee, the number of the check and the reference; then the number of the transaction, from 0, among
/// those without an id that are equal in all of that. A field is the text, its words separated by one space, and then the
/// byte 255, but the account and the security are as they are, every space included; numbers have no trailing zeros, and
/// what is absent is an empty text. The hash is FNV-1a with 128 bits, in 32 hexadecimal digits.
///
/// So two equal coffees have two ids, a file that is read again has the ids of the first time, and one that overlaps has
/// the ids of what it shares with the first.
pub fn identify(transactions: &mut [LedgerTransaction]) {
    let mut seen: BTreeMap<u128, u32> = BTreeMap::new();
    for transaction in transactions.iter_mut().filter(|transaction| transaction.id.is_empty()) {
        transaction.id = next_id(transaction, &mut seen);
    }
}

/// The ids that [`identify`] would give.
pub(crate) fn fingerprints(transactions: &[LedgerTransaction]) -> Vec<String> {
    let mut seen = BTreeMap::new();
    transactions.iter().map(|transaction| next_id(transaction, &mut seen)).collect()
}

fn next_id(transaction: &LedgerTransaction, seen: &mut BTreeMap<u128, u32>) -> String {
    let mut hash = content(transaction);
    let occurrence = seen.entry(hash.finish()).or_default();
    hash.field(&occurrence.to_string());
    *occurrence += 1;
    format!("{:032x}", hash.finish())
}

fn content(transaction: &LedgerTransaction) -> Hash {
    let mut hash = Hash::default();
    hash.name(&transaction.account);
    hash.field(&transaction.date.to_string());
    // 4.50 and 4.5 are the same amount.
    hash.field(&transaction.amount.normalized().to_string());
    hash.field(transaction.currency.map_or("", |currency| currency.code()));
    hash.name(transaction.security.as_deref().unwrap_or_default());
    let quantity = transaction.quantity.map(|quantity| quantity.normalized().to_string());
    hash.field(quantity.as_deref().unwrap_or_default());
    hash.field(&transaction.description);
    hash.field(transaction.payee.as_deref().unwrap_or_default());
    hash.field(transaction.check_number.as_deref().unwrap_or_default());
    hash.field(transaction.reference.as_deref().unwrap_or_default());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_space_of_a_name_counts_and_none_of_a_text() {
        let of = |account: &str, security: &str, text: &str| {
            let json = format!(
                r#"{{"id": "1", "account": "{account}", "date": "2026-03-02", "amount": "-4.50", "type": "purchase",
                    "security": "{security}", "description": "{text}"}}"#
            );
            fingerprints(&[serde_json::from_str(&json).unwrap()])
        };
        assert_eq!(of("a b", "X Y", "CORNER CAFE"), of("a b", "X Y", " CORNER   CAFE "));
        assert_ne!(of("a b", "X Y", "CORNER CAFE"), of("a  b", "X Y", "CORNER CAFE"));
        assert_ne!(of("a b", "X Y", "CORNER CAFE"), of("a b", "X  Y", "CORNER CAFE"));
    }

    /// The values of draft-eastlake-fnv-17, appendix C.
    #[test]
    fn the_hash_is_the_published_one() {
        for (text, expected) in [
            ("", 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d),
            ("a", 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964),
            ("foobar", 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18),
        ] {
            let mut hash = Hash::default();
            hash.text(text);
            assert_eq!(hash.finish(), expected, "{text}");
        }
    }
}
