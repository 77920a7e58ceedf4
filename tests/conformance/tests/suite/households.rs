//! A household's document is stored as rows and read back unchanged.

use wherewithal_base::{dates::date, money::Currency, num::Decimal};
use wherewithal_conformance::{TestDatabase, on_both};
use wherewithal_household::{
    Account, AccountKind, Business, Household, Liability, LiabilityKind, OtherAsset, OtherAssetKind,
};
use wherewithal_store::{asset_categories::builtin, *};

use crate::{refusal, refused, user, write};

on_both!(
    the_examples_come_back_as_they_were,
    rows_have_what_the_document_says,
    what_a_column_cannot_hold_is_kept_beside_it,
    a_changed_row_changes_the_document,
    an_added_row_takes_part,
    a_second_document_replaces_the_first,
    a_broken_document_is_refused_with_its_path,
    a_household_belongs_to_its_user,
    a_full_household_comes_back,
);

const EXAMPLES: [&str; 5] = [
    include_str!("../../../../examples/households/rivera.json"),
    include_str!("../../../../examples/households/okafor.json"),
    include_str!("../../../../examples/households/whitfield.json"),
    include_str!("../../../../examples/households/novak.json"),
    include_str!("../../../../examples/households/lindqvist.json"),
];

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn example(index: usize) -> Household {
    serde_json::from_str(EXAMPLES[index]).unwrap()
}

fn small() -> Household {
    Household::new("Small", Currency::USD, date(2026, 1, 1).unwrap())
}

fn account(fields: &str) -> Account {
    serde_json::from_str(fields).unwrap()
}

async fn keep(db: &Db, owner: Uuid, household: &Household) -> Result<()> {
    write(db, async |tx| households::replace(tx, owner, household).await).await
}

async fn kept(db: &Db, owner: Uuid) -> Household {
    households::get(&mut db.read().await.unwrap(), owner).await.unwrap()
}

async fn the_examples_come_back_as_they_were(test: TestDatabase) {
    for index in 0..EXAMPLES.len() {
        let owner = user(&test.db, &format!("{index}@example.com")).await;
        keep(&test.db, owner, &example(index)).await.unwrap();
        assert_eq!(kept(&test.db, owner).await, example(index));
    }
}

/// The figures are those of the example document.
async fn rows_have_what_the_document_says(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    keep(&test.db, owner, &example(0)).await.unwrap();
    let mut reader = test.db.read().await.unwrap();
    let accounts = accounts::list(&mut reader, owner, Page::first(100)).await.unwrap();
    let assets = assets::list(&mut reader, owner, Page::first(100)).await.unwrap();
    let liabilities = liabilities::list(&mut reader, owner, Page::first(100)).await.unwrap();
    assert_eq!((accounts.len(), assets.len(), liabilities.len()), (8, 3, 4));

    let savings = &accounts[1].details;
    assert_eq!(
        (savings.account_type.as_str(), savings.account_name.as_deref()),
        ("savings", Some("Emergency savings"))
    );
    assert_eq!(
        (savings.current_balance, savings.interest_rate),
        (Some(decimal("38000")), Some(decimal("0.0385")))
    );
    assert!(!savings.is_retirement);
    let plan = &accounts[2].details;
    // 3120.4417 × 61.38 = 191532.711546, and 18250.55 × 1.00.
    assert_eq!(plan.current_balance, Some(decimal("209783.26")));
    assert!(plan.is_retirement);

    let home = &assets[0];
    assert_eq!(home.details.category_id, Some(builtin::REAL_ESTATE));
    assert_eq!(
        (home.details.asset_type.as_str(), home.details.name.as_str()),
        ("primaryResidence", "Family home")
    );
    assert_eq!(
        (home.details.current_value, home.details.cost_basis),
        (decimal("585000"), Some(decimal("455000")))
    );
    assert_eq!(home.details.acquisition_date, Some(date(2019, 6, 28).unwrap()));
    assert_eq!(assets[1].details.category_id, Some(builtin::INSURANCE));
    assert_eq!(assets[2].details.category_id, Some(builtin::OTHER_ASSETS));

    let mortgage = &liabilities[0].details;
    assert_eq!((mortgage.liability_type.as_str(), mortgage.current_balance), ("mortgage", decimal("400000")));
    assert_eq!((mortgage.interest_rate, mortgage.related_asset_id), (Some(decimal("0.065")), Some(home.id)));
    assert_eq!(liabilities[1].details.monthly_payment, Some(decimal("412.30")));
    assert_eq!(liabilities[1].details.related_asset_id, Some(assets[2].id));
}

async fn what_a_column_cannot_hold_is_kept_beside_it(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let mut household = small();
    household.accounts = vec![account(
        r#"{ "id": "margin", "name": "Margin", "kind": "brokerage", "balance": "10", "interestRate": "0.012345678901" }"#,
    )];
    let debt = |id: &str, rate: &str| -> Liability {
        let fields = format!(
            r#"{{ "id": "{id}", "name": "{id}", "kind": "other", "balance": "10", "annualRate": "{rate}" }}"#
        );
        serde_json::from_str(&fields).unwrap()
    };
    household.liabilities = vec![
        debt("common", "0.06125"),
        debt("fine", "0.061250"),
        debt("payday", "1000 %"),
        debt("none", "0"),
    ];
    household.liabilities[0].kind = LiabilityKind::MarginLoan;
    // Its collateral is an account, to which the table cannot refer.
    household.liabilities[0].secured_by = Some("margin".to_owned());
    household.liabilities[0].payment = Some(decimal("123456789.01"));
    keep(&test.db, owner, &household).await.unwrap();
    assert_eq!(kept(&test.db, owner).await, household);

    let rows = liabilities::list(&mut test.db.read().await.unwrap(), owner, Page::first(10)).await.unwrap();
    let rates: Vec<Option<Decimal>> = rows.iter().map(|row| row.details.interest_rate).collect();
    assert_eq!(rates, [None, None, None, Some(Decimal::ZERO)]);
    assert_eq!((rows[0].details.monthly_payment, rows[0].details.related_asset_id), (None, None));

    // A required amount that does not fit its column is refused.
    let mut dinars = Household::new("Kuwait", "KWD".parse().unwrap(), date(2026, 1, 1).unwrap());
    dinars.accounts = vec![
        account(r#"{ "id": "a", "name": "A", "kind": "checking", "balance": "1.230" }"#),
        account(r#"{ "id": "b", "name": "B", "kind": "checking", "balance": "1.234" }"#),
    ];
    let refusal = refusal(keep(&test.db, owner, &dinars).await);
    assert_eq!(refusal, refused("store.decimal.scale", "accounts[1].balance"));
    assert_eq!(kept(&test.db, owner).await, household, "the previous household is unchanged");
}

async fn a_changed_row_changes_the_document(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let mut household = example(0);
    keep(&test.db, owner, &household).await.unwrap();
    let change = async |tx: &mut Tx| {
        let mut checking = accounts::list(tx, owner, Page::first(1)).await?.remove(0);
        checking.details.current_balance = Some("15000.00".parse().unwrap());
        accounts::update(tx, owner, checking.id, &checking.details).await?;
        let mut home = assets::list(tx, owner, Page::first(1)).await?.remove(0);
        home.details.current_value = "600000.00".parse().unwrap();
        home.details.cost_basis = None;
        assets::update(tx, owner, home.id, &home.details).await?;
        let card = liabilities::list(tx, owner, Page::first(10)).await?.remove(3);
        liabilities::set_active(tx, owner, card.id, false).await
    };
    write(&test.db, change).await.unwrap();
    household.accounts[0].balance = Some(decimal("15000"));
    household.properties[0].value = decimal("600000");
    household.properties[0].cost_basis = None;
    household.liabilities.remove(3);
    assert_eq!(kept(&test.db, owner).await, household);
}

async fn an_added_row_takes_part(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    keep(&test.db, owner, &small()).await.unwrap();
    let add = async |tx: &mut Tx| {
        let mut savings = accounts::AccountDetails::new("savings", decimal("100"));
        savings.account_name = Some("Holiday money".to_owned());
        savings.tax_treatment = None;
        accounts::insert(tx, owner, &savings).await?;
        let boat = assets::AssetDetails::new("vehicle", "Boat", decimal("9000"));
        let boat = assets::insert(tx, owner, &boat).await?;
        let mut loan = liabilities::LiabilityDetails::new("personalLoan", decimal("4000"));
        loan.related_asset_id = Some(boat.id);
        liabilities::insert(tx, owner, &loan).await
    };
    write(&test.db, add).await.unwrap();
    let household = kept(&test.db, owner).await;
    let savings = &household.accounts[0];
    assert_eq!((savings.kind, savings.name.as_str()), (AccountKind::Savings, "Holiday money"));
    assert_eq!(savings.balance, Some(decimal("100")));
    let boat = &household.other_assets[0];
    assert_eq!(
        (boat.kind, boat.name.as_str(), boat.value),
        (OtherAssetKind::Vehicle, "Boat", decimal("9000"))
    );
    assert_eq!(household.liabilities[0].secured_by.as_ref(), Some(&boat.id));
    household.validate().unwrap();

    // An unknown kind is an error, without guessing.
    let strange = assets::AssetDetails::new("primary_residence", "House", decimal("1"));
    write(&test.db, async |tx| assets::insert(tx, owner, &strange).await).await.unwrap();
    let outcome = households::get(&mut test.db.read().await.unwrap(), owner).await;
    assert_eq!(refusal(outcome), refused("store.value.unreadable", ""));
}

async fn a_second_document_replaces_the_first(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    for index in [0, 1, 2, 0] {
        keep(&test.db, owner, &example(index)).await.unwrap();
        assert_eq!(kept(&test.db, owner).await, example(index));
    }
    keep(&test.db, owner, &small()).await.unwrap();
    assert_eq!(kept(&test.db, owner).await, small());
}

async fn a_broken_document_is_refused_with_its_path(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let mut household = example(0);
    household.liabilities[1].secured_by = Some("nothing".to_owned());
    let outcome = keep(&test.db, owner, &household).await;
    assert_eq!(refusal(outcome), refused("store.document.invalid", "liabilities[1].securedBy"));
    let outcome = keep(&test.db, Uuid::from_u128(7), &small()).await;
    assert_eq!(refusal(outcome), refused("store.reference.violated", ""));
}

async fn a_household_belongs_to_its_user(test: TestDatabase) {
    let (one, other) = (user(&test.db, "a@example.com").await, user(&test.db, "b@example.com").await);
    keep(&test.db, one, &example(0)).await.unwrap();
    let mut reader = test.db.read().await.unwrap();
    assert!(households::get(&mut reader, other).await.unwrap_err().is_not_found());
    drop(reader);
    keep(&test.db, other, &example(1)).await.unwrap();
    assert_eq!(kept(&test.db, one).await, example(0));
    write(&test.db, async |tx| users::delete(tx, one).await).await.unwrap();
    assert!(households::get(&mut test.db.read().await.unwrap(), one).await.unwrap_err().is_not_found());
    assert_eq!(kept(&test.db, other).await, example(1));
}

/// More rows than on a page, in order.
async fn a_full_household_comes_back(test: TestDatabase) {
    let owner = user(&test.db, "a@example.com").await;
    let mut household = small();
    household.accounts = (0..1000)
        .map(|number| {
            account(&format!(
                r#"{{ "id": "account-{number}", "name": "A", "kind": "cash", "balance": "{number}" }}"#
            ))
        })
        .collect();
    let other = |number| -> OtherAsset {
        let fields =
            format!(r#"{{ "id": "thing-{number}", "name": "T", "kind": "art", "value": "{number}.5" }}"#);
        serde_json::from_str(&fields).unwrap()
    };
    household.other_assets = (0..1000).map(other).collect();
    let business = |number| -> Business {
        let fields = format!(
            r#"{{ "id": "business-{number}", "name": "B", "ownershipShare": "0.333333333", "valuation": "{number}.01" }}"#
        );
        serde_json::from_str(&fields).unwrap()
    };
    household.businesses = (1..=100).map(business).collect();
    keep(&test.db, owner, &household).await.unwrap();
    assert_eq!(kept(&test.db, owner).await, household);
}

#[tokio::test]
async fn both_databases_give_back_the_same_bytes() {
    let Some(postgres) = TestDatabase::postgres().await else { return };
    let sqlite = TestDatabase::sqlite().await;
    for (index, _) in EXAMPLES.iter().enumerate() {
        let mut texts = Vec::new();
        for test in [&sqlite, &postgres] {
            let owner = user(&test.db, &format!("{index}@example.com")).await;
            keep(&test.db, owner, &example(index)).await.unwrap();
            texts.push(serde_json::to_string(&kept(&test.db, owner).await).unwrap());
        }
        assert_eq!(texts[0], texts[1]);
    }
}
