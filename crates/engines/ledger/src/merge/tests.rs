//! Nothing twice, and nothing lost.

use proptest::prelude::*;
use wherewithal_base::num::Decimal;

use super::*;
use crate::{LedgerAccount, StatedBalance, StatedBalanceKind, StatedPosition, identify};

fn transaction(account: &str, day: u32, cents: i64, text: &str) -> LedgerTransaction {
    let json = format!(
        r#"{{"id": "-", "account": "{account}", "date": "2026-03-{day:02}", "amount": "0", "type": "other",
            "description": "{text}"}}"#
    );
    let mut transaction: LedgerTransaction = serde_json::from_str(&json).unwrap();
    transaction.amount = Decimal::new(cents, 2).unwrap();
    transaction.id.clear();
    transaction
}

/// The records of a file.
fn file(mut transactions: Vec<LedgerTransaction>) -> LedgerRecords {
    identify(&mut transactions);
    let names: BTreeSet<String> = transactions.iter().map(|one| one.account.clone()).collect();
    let accounts = names.into_iter().map(LedgerAccount::named).collect();
    LedgerRecords { accounts, transactions, ..LedgerRecords::default() }
}

fn merging(existing: &LedgerRecords, read: &LedgerRecords) -> LedgerMergeInput {
    LedgerMergeInput {
        existing: existing.clone(),
        read: read.clone(),
        aliases: Vec::new(),
        near_days: 3,
        probable_duplicates: ProbableDuplicates::Keep,
    }
}

fn merged(input: &LedgerMergeInput) -> LedgerMerge {
    merge(input, &Control::default()).unwrap()
}

fn ids(records: &LedgerRecords) -> BTreeSet<&str> {
    records.transactions.iter().map(|one| one.id.as_str()).collect()
}

#[test]
fn a_day_has_as_many_equal_ones_as_the_file_with_more() {
    let coffee = || transaction("card", 2, -450, "CAFE");
    let first = file(vec![coffee(), coffee()]);
    let second = file(vec![coffee(), coffee(), coffee(), transaction("card", 3, -1_825, "BOOKS")]);
    let told = merged(&merging(&first, &second));
    assert_eq!((told.counts.added, told.counts.duplicates), (2, 2));
    assert_eq!(told.records.transactions.len(), 4);
    assert_eq!(told.probable, []);
}

#[test]
fn what_is_probably_there_is_listed_and_not_dropped() {
    let bank =
        file(vec![transaction("bank", 2, -450, "CORNER CAFE 0312"), transaction("bank", 4, -900, "RENT")]);
    let mut late = transaction("bank", 6, -900, "MARCH RENT");
    late.settlement_date = Some("2026-03-07".parse().unwrap());
    let read = file(vec![
        transaction("bank", 2, -450, "CAFE"),
        late,
        transaction("bank", 9, -450, "CORNER CAFE 0312"),
    ]);
    let mut input = merging(&bank, &read);
    let told = merged(&input);
    assert_eq!(told.counts.added, 3);
    let bases: Vec<_> = told.probable.iter().map(|one| (one.basis, one.days, one.left_out)).collect();
    use ProbableDuplicateBasis::{NearDay, SameDay};
    assert_eq!(bases, [(SameDay, 0, false), (NearDay, 2, false)]);
    input.probable_duplicates = ProbableDuplicates::LeaveOut;
    let told = merged(&input);
    assert_eq!((told.counts.added, told.counts.left_out, told.counts.read), (2, 1, 3));
    input.near_days = 1;
    assert_eq!(merged(&input).probable.len(), 1);
}

#[test]
fn references_that_differ_and_texts_that_recur_are_no_duplicates() {
    let referred = |reference: &str, text: &str| {
        let mut one = transaction("bank", 2, -450, text);
        one.reference = Some(reference.to_owned());
        one
    };
    let told = merged(&merging(&file(vec![referred("1", "CAFE")]), &file(vec![referred("2", "CAFE")])));
    assert_eq!((told.counts.added, told.probable.len()), (1, 0));
    let daily = |day| file(vec![transaction("bank", day, -450, "CAFE")]);
    assert_eq!(merged(&merging(&daily(2), &daily(3))).probable, []);
}

#[test]
fn an_alias_gives_fingerprints_of_the_other_account() {
    let existing = file(vec![transaction("checking", 2, -450, "CAFE")]);
    let read = file(vec![transaction("1234", 2, -450, "CAFE"), transaction("1234", 3, -70, "BREAD")]);
    let mut input = merging(&existing, &read);
    assert_eq!(merged(&input).counts.added, 2);
    let alias = |existing: &str, apart| {
        vec![LedgerAccountAlias { read: "1234".to_owned(), existing: existing.to_owned(), apart }]
    };
    input.aliases = alias("checking", false);
    let told = merged(&input);
    assert_eq!((told.counts.added, told.counts.duplicates), (1, 1));
    assert_eq!(told.records.accounts.len(), 1);
    input.aliases[0].existing = "savings".to_owned();
    let error = merge(&input, &Control::default()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("name.unknown", "aliases[0].existing"));
    input.aliases = alias(" ", true);
    assert_eq!(merge(&input, &Control::default()).unwrap_err().code().as_str(), "text.invalid");
}

#[test]
fn an_alias_renames_the_other_ends_of_transfers() {
    let existing = file(vec![transaction("checking", 2, -450, "CAFE")]);
    let mut to = transaction("card", 3, 900, "PAYMENT");
    to.transfer_account = Some("1234".to_owned());
    let mut parted = transaction("card", 4, 900, "PAYMENT AND FEE");
    parted.splits = serde_json::from_str(
        r#"[{"amount": "8.00", "transferAccount": "1234"}, {"amount": "1.00", "transferAccount": "elsewhere"}]"#,
    )
    .unwrap();
    let read = file(vec![transaction("1234", 3, -900, "CARD"), to, parted]);
    let mut input = merging(&existing, &read);
    input.aliases =
        vec![LedgerAccountAlias { read: "1234".to_owned(), existing: "checking".to_owned(), apart: false }];
    let told = merged(&input).records;
    let ends: Vec<_> = told
        .transactions
        .iter()
        .flat_map(|one| one.splits.iter().map(|split| &split.transfer_account).chain([&one.transfer_account]))
        .flatten()
        .map(String::as_str)
        .collect();
    assert_eq!(ends, ["checking", "checking", "elsewhere"]);
}

#[test]
fn an_account_whose_number_ends_alike_is_kept_apart() {
    let of = |institution: &str| {
        let mut records = file(vec![transaction("1234", 2, -450, "CAFE")]);
        records.accounts[0].institution = Some(institution.to_owned());
        records
    };
    let mut input = merging(&of("Example Bank"), &of("Another Bank"));
    let told = merged(&input);
    // The equal transaction of the other bank counts as a duplicate, and the institutions tell that it may be none.
    assert_eq!((told.counts.duplicates, told.conflicts[0].field.as_str()), (1, "institution"));
    let existing = "1234 Another Bank".to_owned();
    input.aliases = vec![LedgerAccountAlias { read: "1234".to_owned(), existing, apart: true }];
    let told = merged(&input);
    assert_eq!((told.counts.added, told.counts.duplicates, told.conflicts.len()), (1, 0, 0));
    assert_eq!(told.records.accounts.len(), 2);
    input.existing = told.records;
    let again = merged(&input);
    assert_eq!((again.counts.added, again.counts.duplicates), (0, 1));
    assert_eq!(again.records, input.existing);
}

#[test]
fn fields_are_completed_and_conflicts_are_told() {
    let mut existing = file(vec![transaction("card", 2, -450, "CAFE")]);
    let mut read = existing.clone();
    existing.transactions[0].category = Some("Coffee".to_owned());
    existing.accounts[0].institution = Some("One Bank".to_owned());
    read.transactions[0].category = Some("Food".to_owned());
    read.transactions[0].memo = Some("note".to_owned());
    read.accounts[0].institution = Some("Another Bank".to_owned());
    read.accounts[0].name = Some("Card".to_owned());
    let told = merged(&merging(&existing, &read));
    assert_eq!(told.duplicates[0].completed, ["memo"]);
    let kept = &told.records.transactions[0];
    assert_eq!((kept.category.as_deref(), kept.memo.as_deref()), (Some("Coffee"), Some("note")));
    assert_eq!(told.records.accounts[0].name.as_deref(), Some("Card"));
    let fields: Vec<_> = told.conflicts.iter().map(|one| (one.record, one.field.as_str())).collect();
    use LedgerConflictRecord::{Account, Transaction};
    assert_eq!(fields, [(Account, "institution"), (Transaction, "category")]);
}

/// Two accounts whose numbers end alike may have equal transactions, and the balance of a day is then all that tells.
#[test]
fn other_balances_and_positions_of_one_day_are_told() {
    let state = |kind: &str, cents: i64, shares: u32| {
        let mut records = file(vec![transaction("1234", 2, -450, "CAFE")]);
        records.securities = vec![crate::LedgerSecurity::named("X")];
        records.balances = serde_json::from_str(&format!(
            r#"[{{"account": "1234", "date": "2026-03-31", "kind": "{kind}", "amount": "{cents}"}}]"#
        ))
        .unwrap();
        records.positions = serde_json::from_str(&format!(
            r#"[{{"account": "1234", "date": "2026-03-31", "security": "X", "quantity": "{shares}"}}]"#
        ))
        .unwrap();
        records
    };
    let fields = |existing: &LedgerRecords, read: &LedgerRecords| {
        let told = merged(&merging(existing, read));
        assert_eq!((told.counts.duplicates, told.counts.added), (1, 0));
        let of = |one: &LedgerConflict| {
            assert_eq!((one.record, one.id.as_str()), (LedgerConflictRecord::Account, "1234"));
            one.field.clone()
        };
        told.conflicts.iter().map(of).collect::<Vec<_>>()
    };
    let first = state("ledger", 100, 3);
    assert_eq!(fields(&first, &first), Vec::<String>::new());
    assert_eq!(fields(&first, &state("ledger", 200, 3)), ["balances"]);
    assert_eq!(fields(&first, &state("ledger", 100, 4)), ["positions"]);
    assert_eq!(fields(&first, &state("cash", 200, 3)), Vec::<String>::new());
    // What can be spent changes within a day.
    assert_eq!(fields(&state("available", 100, 3), &state("available", 200, 3)), Vec::<String>::new());
    // Both are there now, so neither is new.
    let both = merged(&merging(&first, &state("ledger", 200, 3))).records;
    assert_eq!(both.balances.len(), 2);
    assert_eq!(fields(&both, &state("ledger", 200, 3)), Vec::<String>::new());
}

/// A file of one transaction, whose account states this currency.
fn in_currency(currency: Option<&str>, day: u32) -> LedgerRecords {
    let mut records = file(vec![transaction("1234", day, -500, "SHOP")]);
    records.accounts[0].currency = currency.map(|code| code.parse().unwrap());
    records
}

#[test]
fn an_account_has_one_currency() {
    let mut input = merging(&in_currency(Some("USD"), 2), &in_currency(Some("JPY"), 3));
    let error = merge(&input, &Control::default()).unwrap_err();
    assert_eq!((error.code().as_str(), error.path()), ("currency.mismatch", "read.accounts[0].currency"));
    let existing = "1234-JPY".to_owned();
    input.aliases = vec![LedgerAccountAlias { read: "1234".to_owned(), existing, apart: true }];
    assert_eq!(merged(&input).counts.accounts_added, 1);
}

#[test]
fn amounts_that_get_a_currency_are_told() {
    for (one, other) in [(None, Some("JPY")), (Some("JPY"), None)] {
        let told = merged(&merging(&in_currency(one, 2), &in_currency(other, 3)));
        let fields: Vec<_> = told.conflicts.iter().map(|one| (one.record, one.field.as_str())).collect();
        assert_eq!(fields, [(LedgerConflictRecord::Account, "currency")]);
        assert_eq!(told.records.accounts[0].currency.map(|currency| currency.code()), Some("JPY"));
    }
    // Without such amounts, there is nothing to tell.
    let mut bare = in_currency(None, 2);
    bare.transactions.clear();
    assert_eq!(merged(&merging(&bare, &in_currency(Some("JPY"), 3))).conflicts, []);
}

#[test]
fn a_duplicate_does_not_change_the_currency_of_an_amount() {
    let mut existing = in_currency(Some("USD"), 2);
    existing.transactions[0].id = "stated".to_owned();
    let mut read = existing.clone();
    read.transactions[0].currency = Some("USD".parse().unwrap());
    let told = merged(&merging(&existing, &read));
    assert_eq!((told.conflicts.len(), &told.records), (0, &existing));
    read.transactions[0].currency = Some("EUR".parse().unwrap());
    read.transactions[0].balance = Some(7_u32.into());
    let told = merged(&merging(&existing, &read));
    let fields: Vec<_> = told.conflicts.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["currency", "balance"]);
    assert_eq!(told.records, existing);
}

#[test]
fn an_account_does_not_become_an_asset_and_a_debt() {
    let (mut existing, mut read) = (file(vec![]), file(vec![]));
    existing.accounts = vec![serde_json::from_str(r#"{"id": "a", "kind": "checking"}"#).unwrap()];
    read.accounts = vec![serde_json::from_str(r#"{"id": "a", "liabilityKind": "creditCard"}"#).unwrap()];
    for input in [merging(&existing, &read), merging(&read, &existing)] {
        let told = merged(&input);
        assert_eq!(told.records.accounts, input.existing.accounts);
        assert_eq!(told.conflicts.len(), 1);
    }
}

#[test]
fn positions_of_several_lots_stay_several() {
    let lot = |quantity: u32| StatedPosition {
        account: "a".to_owned(),
        date: None,
        security: "X".to_owned(),
        quantity: quantity.into(),
        price: None,
        value: None,
        cost_basis: None,
    };
    let mut records = file(vec![]);
    records.accounts = vec![LedgerAccount::named("a")];
    records.securities = vec![crate::LedgerSecurity::named("X")];
    records.positions = vec![lot(5), lot(5)];
    let mut more = records.clone();
    more.positions.push(lot(5));
    assert_eq!(merged(&merging(&records, &records)).records, records);
    assert_eq!(merged(&merging(&records, &more)).counts.positions_added, 1);
}

fn files() -> impl Strategy<Value = LedgerRecords> {
    let row = (0_usize..2, 1_u32..6, 1_i64..4, 0_usize..3);
    prop::collection::vec(row, 0..25).prop_map(|rows| {
        let row = |(account, day, cents, text): (usize, u32, i64, usize)| {
            transaction(["card", "bank"][account], day, -cents, ["CAFE", "BOOKS", "BREAD"][text])
        };
        let mut file = file(rows.into_iter().map(row).collect());
        if let Some(account) = file.accounts.first() {
            let account = account.id.clone();
            file.balances = (1_u32..3)
                .map(|day| StatedBalance {
                    account: account.clone(),
                    date: format!("2026-03-{day:02}").parse().unwrap(),
                    kind: StatedBalanceKind::Ledger,
                    security: None,
                    amount: day.into(),
                    currency: None,
                })
                .collect();
        }
        file
    })
}

proptest! {
    #[test]
    fn a_file_that_is_merged_with_itself_is_itself(file in files()) {
        let told = merged(&merging(&file, &file));
        prop_assert_eq!(&told.records, &file);
        prop_assert!(told.probable.is_empty() && told.conflicts.is_empty());
    }

    #[test]
    fn a_file_that_is_merged_twice_is_merged_once(one in files(), other in files()) {
        let once = merged(&merging(&one, &other)).records;
        let twice = merged(&merging(&once, &other));
        prop_assert_eq!(&twice.records, &once);
        prop_assert_eq!(twice.counts.added, 0);
    }

    #[test]
    fn the_order_of_files_does_not_matter_and_counts_add_up(one in files(), other in files()) {
        let (forth, back) = (merged(&merging(&one, &other)), merged(&merging(&other, &one)));
        prop_assert_eq!(ids(&forth.records), ids(&back.records));
        prop_assert_eq!(forth.records.balances.len(), back.records.balances.len());
        let counts = forth.counts;
        prop_assert_eq!(counts.read, counts.added + counts.duplicates + counts.left_out);
        prop_assert_eq!(forth.records.transactions.len(), (counts.existing + counts.added) as usize);
        // Of what is equal, there is as much as in the file that has more of it.
        let many = |records: &LedgerRecords, key: &(String, String, Decimal)| {
            let is_it = |one: &&LedgerTransaction| {
                (&one.account, &one.date.to_string(), one.amount) == (&key.0, &key.1, key.2)
                    && one.description == "CAFE"
            };
            records.transactions.iter().filter(is_it).count()
        };
        for cafe in forth.records.transactions.iter().filter(|one| one.description == "CAFE") {
            let key = (cafe.account.clone(), cafe.date.to_string(), cafe.amount);
            prop_assert_eq!(many(&forth.records, &key), many(&one, &key).max(many(&other, &key)));
        }
    }
}
