//! Every value is read back unchanged.

use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value as Json, json};
use wherewithal_base::{dates::Date, num::Decimal};
use wherewithal_conformance::{TestDatabase, moment, on_both};
use wherewithal_store::{
    accounts::{self, AccountDetails},
    assets::{self, AssetDetails},
    liabilities::{self, LiabilityDetails},
    net_worth_snapshots::{self, NetWorthDetails},
    users::{self, NewUser, Role, UserProfile},
    *,
};

use crate::{now, refusal, refused, user, write, write_at};

on_both!(
    amounts_keep_every_digit,
    quantities_keep_six_places,
    rates_keep_four_places,
    payments_keep_ten_digits,
    what_does_not_fit_is_refused_and_never_rounded,
    any_decimal_of_the_column_survives,
    absent_values_stay_absent,
    texts_of_every_script_survive,
    texts_are_counted_in_characters,
    dates_reach_from_the_first_to_the_last,
    moments_keep_their_microseconds,
    documents_survive,
    any_document_reads_the_same,
    people_survive,
    snapshots_are_one_a_day,
    the_layer_reads_what_it_wrote,
    the_layer_refuses_the_wrong_type,
);

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Stores the asset and reads it back in another transaction.
async fn stored(db: &Db, owner: Uuid, details: &AssetDetails) -> AssetDetails {
    let written = write(db, async |tx| assets::insert(tx, owner, details).await).await.unwrap();
    let read = assets::get(&mut db.read().await.unwrap(), owner, written.id).await.unwrap();
    assert_eq!(written, read, "what an insert returns is what is stored");
    read.details
}

fn house() -> AssetDetails {
    AssetDetails::new("primary_residence", "House", decimal("650000"))
}

async fn amounts_keep_every_digit(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    for (given, kept) in [
        ("9999999999999.99", "9999999999999.99"),
        ("-9999999999999.99", "-9999999999999.99"),
        ("0.01", "0.01"),
        ("-0.01", "-0.01"),
        ("0", "0.00"),
        ("-0.00", "0.00"),
        ("10000", "10000.00"),
        ("0.1", "0.10"),
        ("1234.5600", "1234.56"),
        // 0.1 + 0.2 and this one have no exact binary form.
        ("0.30", "0.30"),
        ("4503599627370.97", "4503599627370.97"),
    ] {
        let details =
            AssetDetails { cost_basis: Some(decimal(given)), current_value: decimal(given), ..house() };
        let read = stored(&test.db, owner, &details).await;
        assert_eq!(read.current_value.to_string(), kept);
        assert_eq!(read.cost_basis.unwrap().to_string(), kept);
    }
}

async fn quantities_keep_six_places(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    for (given, kept) in [
        ("999999999.999999", "999999999.999999"),
        ("-999999999.999999", "-999999999.999999"),
        ("0.000001", "0.000001"),
        ("-0.000001", "-0.000001"),
        ("0", "0.000000"),
        ("100000000", "100000000.000000"),
    ] {
        let details = AssetDetails { quantity: Some(decimal(given)), ..house() };
        assert_eq!(stored(&test.db, owner, &details).await.quantity.unwrap().to_string(), kept);
    }
}

async fn rates_keep_four_places(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    for (given, kept) in
        [("9.9999", "9.9999"), ("-9.9999", "-9.9999"), ("0.0001", "0.0001"), ("0", "0.0000"), ("1", "1.0000")]
    {
        let mut details = AccountDetails::new("savings", decimal("1"));
        details.interest_rate = Some(decimal(given));
        let read = write(&test.db, async |tx| accounts::insert(tx, owner, &details).await).await.unwrap();
        assert_eq!(read.details.interest_rate.unwrap().to_string(), kept);
    }
}

async fn payments_keep_ten_digits(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    for (given, kept) in
        [("99999999.99", "99999999.99"), ("-99999999.99", "-99999999.99"), ("0.01", "0.01"), ("0", "0.00")]
    {
        let mut details = LiabilityDetails::new("mortgage", decimal("1"));
        details.monthly_payment = Some(decimal(given));
        let read = write(&test.db, async |tx| liabilities::insert(tx, owner, &details).await).await.unwrap();
        assert_eq!(read.details.monthly_payment.unwrap().to_string(), kept);
    }
}

async fn what_does_not_fit_is_refused_and_never_rounded(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let mut tx = test.db.begin(now()).await.unwrap();
    for (value, code) in [
        ("0.001", "store.decimal.scale"),
        ("0.005", "store.decimal.scale"),
        ("9999999999999.999", "store.decimal.scale"),
        ("10000000000000", "store.decimal.range"),
        ("-10000000000000", "store.decimal.range"),
        ("79228162514264337593543950335", "store.decimal.range"),
        ("0.0000000000000000000000000001", "store.decimal.scale"),
    ] {
        let details = AssetDetails { current_value: decimal(value), ..house() };
        assert_eq!(refusal(assets::insert(&mut tx, owner, &details).await), refused(code, "currentValue"));
    }
    let details = AssetDetails { quantity: Some(decimal("0.0000001")), ..house() };
    assert_eq!(
        refusal(assets::insert(&mut tx, owner, &details).await),
        refused("store.decimal.scale", "quantity")
    );
    let mut details = AccountDetails::new("savings", decimal("1"));
    details.interest_rate = Some(decimal("10"));
    let refusal_of_rate = refusal(accounts::insert(&mut tx, owner, &details).await);
    assert_eq!(refusal_of_rate, refused("store.decimal.range", "interestRate"));
    // Nothing was sent, so the transaction is still usable.
    assets::insert(&mut tx, owner, &house()).await.unwrap();
    tx.commit().await.unwrap();
    let all = assets::list(&mut test.db.read().await.unwrap(), owner, Page::first(10)).await.unwrap();
    assert_eq!(all.len(), 1);
}

/// Values drawn by proptest, without its shrinking, which cannot wait for a database.
fn drawn<S: Strategy>(strategy: S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

async fn any_decimal_of_the_column_survives(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let digits = 999_999_999_999_999_i64;
    let mut tx = test.db.begin(now()).await.unwrap();
    for (amount, quantity) in drawn((-digits..=digits, -digits..=digits), 300) {
        let details = AssetDetails {
            current_value: Decimal::new(amount, 2).unwrap(),
            quantity: Some(Decimal::new(quantity, 6).unwrap()),
            ..house()
        };
        let written = assets::insert(&mut tx, owner, &details).await.unwrap();
        let read = assets::get(&mut tx, owner, written.id).await.unwrap().details;
        assert_eq!(read, details);
        assert_eq!((read.current_value.mantissa(), read.current_value.scale()), (amount.into(), 2));
    }
    // The magnitudes at which digits to the base of 10000 start and end.
    for power in 0..15 {
        for mantissa in [10_i64.pow(power), 10_i64.pow(power) - 1, 7 * 10_i64.pow(power)] {
            let details = AssetDetails { current_value: Decimal::new(-mantissa, 2).unwrap(), ..house() };
            let written = assets::insert(&mut tx, owner, &details).await.unwrap();
            assert_eq!(written.details, details);
        }
    }
}

async fn absent_values_stay_absent(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let read = stored(&test.db, owner, &house()).await;
    assert_eq!(read, AssetDetails { current_value: decimal("650000.00"), ..house() });
    assert_eq!((read.category_id, read.description, read.cost_basis), (None, None, None));
    assert_eq!((read.acquisition_date, read.quantity, read.ticker_symbol), (None, None, None));

    let mut details = AccountDetails::new("checking", decimal("1"));
    details.current_balance = None;
    details.tax_treatment = None;
    let mut tx = test.db.begin(now()).await.unwrap();
    let account = accounts::insert(&mut tx, owner, &details).await.unwrap();
    assert_eq!(account.details, details, "an unknown balance is not zero");
    let details = LiabilityDetails::new("loan", decimal("1"));
    let liability = liabilities::insert(&mut tx, owner, &details).await.unwrap();
    assert_eq!(liability.details, details);

    // A statement prepared for absent values accepts present ones, and vice versa.
    let mut full = details.clone();
    full.payment_due_day = Some(31);
    full.monthly_payment = Some(decimal("12.5"));
    full.origination_date = Some(day("2024-02-29"));
    full.lender_name = Some("Bank".to_owned());
    for details in [&full, &details, &full] {
        assert_eq!(&liabilities::insert(&mut tx, owner, details).await.unwrap().details, details);
    }
    tx.commit().await.unwrap();
}

async fn texts_of_every_script_survive(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    for text in [
        "",
        " ",
        "Müller & Söhne",
        "住宅 🏡",
        "e\u{301} is not é",
        "\u{202e}drawkcab",
        "'; DROP TABLE users; --",
        "$1 %s \\ \" \n\r\t",
        "\u{10ffff}\u{1}\u{feff}",
        "NULL",
    ] {
        let details = AssetDetails { name: text.to_owned(), description: Some(text.repeat(100)), ..house() };
        let read = stored(&test.db, owner, &details).await;
        assert_eq!(read.name, text);
        assert_eq!(read.description.unwrap(), text.repeat(100));
    }
    let long = AssetDetails { description: Some("x".repeat(1_000_000)), ..house() };
    assert_eq!(stored(&test.db, owner, &long).await.description, long.description);
    let nul = AssetDetails { name: "a\0b".to_owned(), ..house() };
    let mut tx = test.db.begin(now()).await.unwrap();
    assert_eq!(refusal(assets::insert(&mut tx, owner, &nul).await), refused("store.text.nul", "name"));
}

async fn texts_are_counted_in_characters(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let fits = AssetDetails { name: "🏡".repeat(255), ticker_symbol: Some("A".repeat(20)), ..house() };
    assert_eq!(stored(&test.db, owner, &fits).await.name, fits.name);
    let mut tx = test.db.begin(now()).await.unwrap();
    // PostgreSQL itself would silently cut off spaces.
    for excess in ["🏡", " "] {
        let details = AssetDetails { name: fits.name.clone() + excess, ..house() };
        assert_eq!(
            refusal(assets::insert(&mut tx, owner, &details).await),
            refused("store.text.too_long", "name")
        );
    }
}

async fn dates_reach_from_the_first_to_the_last(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    for text in
        ["0001-01-01", "1582-10-10", "1969-12-31", "1999-12-31", "2000-01-01", "2024-02-29", "9999-12-31"]
    {
        let details = AssetDetails { acquisition_date: Some(day(text)), ..house() };
        assert_eq!(stored(&test.db, owner, &details).await.acquisition_date, Some(day(text)));
    }
}

async fn moments_keep_their_microseconds(test: TestDatabase) {
    for (number, text) in [
        "0001-01-01T00:00:00.000000Z",
        "1969-12-31T23:59:59.999999Z",
        "1999-12-31T23:59:59.999999Z",
        "2026-03-29T01:30:00.000001Z",
        "9999-12-31T23:59:59.999999Z",
    ]
    .into_iter()
    .enumerate()
    {
        let mut tx = test.db.begin(moment(text)).await.unwrap();
        let email = format!("{number}@example.com");
        let user = users::insert(&mut tx, &NewUser::client(&email)).await.unwrap();
        tx.commit().await.unwrap();
        let read = users::get(&mut test.db.read().await.unwrap(), user.id).await.unwrap();
        assert_eq!((read.created_at, read.updated_at), (moment(text), moment(text)));
        assert_eq!(read.created_at.to_string(), text);
    }
}

async fn documents_survive(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    for document in [
        json!({}),
        json!(null),
        json!([]),
        json!("text"),
        json!({ "z": 1, "a": { "longer": true, "b": null }, "é": "住宅 🏡 \\u0041 \" \n" }),
        json!([0.1, 1.0, -2.5e-7, 1e300, 5e-324, 1.7976931348623157e308, 0.30000000000000004]),
        json!([u64::MAX, i64::MIN, 9_007_199_254_740_993_u64, 0, -1]),
    ] {
        let details = AssetDetails { metadata: document.clone(), ..house() };
        assert_eq!(stored(&test.db, owner, &details).await.metadata, document);
    }
    // Both databases return the same text, with keys in order.
    let details =
        AssetDetails { metadata: json!({ "bb": 1, "a": -0.0, "c": { "y": 1e16, "x": 2 } }), ..house() };
    let read = stored(&test.db, owner, &details).await.metadata.to_string();
    assert_eq!(read, r#"{"a":0.0,"bb":1,"c":{"x":2,"y":10000000000000000}}"#);
}

fn document() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        (proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO)
            .prop_map(Json::from),
        "[^\0]{0,12}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            proptest::collection::btree_map("[^\0]{0,6}", inner, 0..6)
                .prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

/// Whole numbers beyond 2^53 become integers and a zero loses its sign; every number keeps its value.
fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Json::Object(left), Json::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        _ => left == right,
    }
}

async fn any_document_reads_the_same(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let mut tx = test.db.begin(now()).await.unwrap();
    for document in drawn(document(), 200) {
        let details = AssetDetails { metadata: document.clone(), ..house() };
        let read = assets::insert(&mut tx, owner, &details).await.unwrap().details.metadata;
        assert!(same(&document, &read), "{document} became {read}");
        // Written again, it no longer changes: its form is the same on both databases.
        let details = AssetDetails { metadata: read.clone(), ..house() };
        let again = assets::insert(&mut tx, owner, &details).await.unwrap().details.metadata;
        assert_eq!(again.to_string(), read.to_string());
    }
}

async fn people_survive(test: TestDatabase) {
    let new = NewUser {
        email: "Mara@example.com".to_owned(),
        role: Role::Advisor,
        password_hash: Some(Secret::new("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")),
        profile: UserProfile {
            name: Some("Mara Ilić".to_owned()),
            phone: Some("+1 555 0100".to_owned()),
            date_of_birth: Some(day("1980-02-29")),
            tax_filing_status: Some("single".to_owned()),
            primary_residence_state: Some("CA".to_owned()),
            avatar_url: Some("https://example.com/mara.png".to_owned()),
        },
    };
    let user = write(&test.db, async |tx| users::insert(tx, &new).await).await.unwrap();
    let mut reader = test.db.read().await.unwrap();
    let read = users::get(&mut reader, user.id).await.unwrap();
    assert_eq!(read, user);
    assert_eq!(
        (read.email.as_str(), read.role, &read.profile),
        ("Mara@example.com", Role::Advisor, &new.profile)
    );
    assert_eq!(read.password_hash, new.password_hash);
    assert!(read.is_active && !read.email_verified && !read.mfa_enabled);
    assert_eq!(users::find_by_email(&mut reader, "Mara@example.com").await.unwrap(), Some(read));
    assert_eq!(users::find_by_email(&mut reader, "mara@example.com").await.unwrap(), None);
}

async fn snapshots_are_one_a_day(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let mut details = NetWorthDetails {
        snapshot_date: day("2026-01-31"),
        total_assets: decimal("9999999999999.99"),
        total_liabilities: decimal("0.01"),
        net_worth: decimal("9999999999999.98"),
        asset_breakdown: json!({ "Real Estate": "650000.00" }),
    };
    let first =
        write(&test.db, async |tx| net_worth_snapshots::upsert(tx, owner, &details).await).await.unwrap();
    assert_eq!(first.details, details);
    details.net_worth = decimal("-12.30");
    let later = moment("2026-01-31T18:00:00Z");
    let second = write_at(&test.db, later, async |tx| net_worth_snapshots::upsert(tx, owner, &details).await)
        .await
        .unwrap();
    assert_eq!((second.id, second.created_at), (first.id, first.created_at));
    assert_eq!(second.details.net_worth.to_string(), "-12.30");

    details.snapshot_date = day("2026-02-01");
    write_at(&test.db, later, async |tx| net_worth_snapshots::upsert(tx, owner, &details).await)
        .await
        .unwrap();
    let mut reader = test.db.read().await.unwrap();
    let all = net_worth_snapshots::list(&mut reader, owner, day("0001-01-01"), day("9999-12-31"), 10)
        .await
        .unwrap();
    let days: Vec<String> = all.iter().map(|snapshot| snapshot.details.snapshot_date.to_string()).collect();
    assert_eq!(days, ["2026-02-01", "2026-01-31"]);
    let one = net_worth_snapshots::list(&mut reader, owner, day("2026-01-31"), day("2026-01-31"), 10)
        .await
        .unwrap();
    assert_eq!(one, [second]);
}

/// Columns with four decimal places and 15 digits exist only in tables created here for the test.
async fn the_layer_reads_what_it_wrote(test: TestDatabase) {
    let mut tx = test.db.begin(now()).await.unwrap();
    let numeric = match test.db.backend() {
        Backend::Sqlite => "CREATE TABLE prices (id INTEGER PRIMARY KEY, price TEXT) STRICT",
        Backend::Postgres => "CREATE TABLE prices (id INT PRIMARY KEY, price DECIMAL(15, 4))",
    };
    tx.execute(numeric, vec![]).await.unwrap();
    let column = Column { name: "price", kind: ColumnType::Decimal(15, 4) };
    let extremes = ["99999999999.9999", "-99999999999.9999", "0.0001", "-0.0001", "0.0000", "10000.0000"];
    for (id, text) in (0_i64..).zip(extremes) {
        let price = column.prepare(decimal(text).into()).unwrap();
        let changed =
            tx.execute("INSERT INTO prices (id, price) VALUES ($1, $2)", vec![id.into(), price]).await;
        assert_eq!(changed.unwrap(), 1);
    }
    let rows = tx.fetch_all("SELECT id, price FROM prices ORDER BY id", vec![]).await.unwrap();
    let read: Vec<String> = rows.iter().map(|row| row.get::<Decimal>("price").unwrap().to_string()).collect();
    assert_eq!(read, extremes);
    let count = tx.fetch_all("SELECT COUNT(*) AS count FROM prices", vec![]).await.unwrap();
    assert_eq!(count[0].get::<i64>("count").unwrap(), 6);
    // An argument may be used twice and out of order.
    let rows = tx
        .fetch_all(
            "SELECT id FROM prices WHERE id < $2 AND id > $1 AND id <> $1",
            vec![1_i64.into(), 4_i64.into()],
        )
        .await
        .unwrap();
    assert_eq!(rows.len(), 2);
}

async fn the_layer_refuses_the_wrong_type(test: TestDatabase) {
    user(&test.db, "a@example.com").await;
    let mut reader = test.db.read().await.unwrap();
    let rows = reader.fetch_all("SELECT id, email, is_active, phone FROM users", vec![]).await.unwrap();
    let row = &rows[0];
    assert_eq!(refusal(row.get::<Decimal>("email")), refused("store.value.unreadable", "email"));
    assert_eq!(refusal(row.get::<Date>("email")), refused("store.value.unreadable", "email"));
    assert_eq!(refusal(row.get::<Timestamp>("email")), refused("store.value.unreadable", "email"));
    assert_eq!(refusal(row.get::<Uuid>("email")), refused("store.value.unreadable", "email"));
    assert_eq!(refusal(row.get::<Json>("email")), refused("store.value.unreadable", "email"));
    assert_eq!(refusal(row.get::<bool>("email")), refused("store.value.unreadable", "email"));
    assert_eq!(refusal(row.get::<i64>("email")), refused("store.value.unreadable", "email"));
    assert_eq!(refusal(row.get::<String>("is_active")), refused("store.value.unreadable", "isActive"));
    assert_eq!(refusal(row.get::<String>("phone")), refused("store.value.missing", "phone"));
    assert_eq!(row.optional::<String>("phone").unwrap(), None);
    assert_eq!(refusal(row.get::<String>("nothing")), refused("store.column.unknown", "nothing"));
}
