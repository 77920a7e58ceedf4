//! The document of a household, stored as rows.
//!
//! Accounts, assets and debts become rows of their tables, so that each can be read, changed and deleted separately;
//! the rest of the document is one row of `households`. A field with a column is stored only there. Fields without a
//! column, and values that do not fit their column exactly (such as a rate of 0.06125 with four decimal places), are in
//! the row's `metadata` under `household`. Nothing is rounded or lost.

mod item;
mod read;
mod write;

use serde_json::Value as Json;
use uuid::Uuid;
use wherewithal_household::Household;

use crate::{
    Reader, Result, Row, Table, Tx,
    column::{ColumnType::*, column},
    records::{self, Owner, Record},
};

/// The table and its columns.
pub static TABLE: Table = Table {
    name: "households",
    noun: "household",
    columns: &[
        column("id", Uuid),
        column("user_id", Uuid),
        column("document", Json),
        column("created_at", Timestamp),
        column("updated_at", Timestamp),
    ],
};

/// Stores the household of a user. All previous accounts, assets and liabilities of the user are deleted, whatever
/// their source: the document is complete.
///
/// # Errors
/// `store.document.invalid` at the field that violates a rule of the document; `store.decimal.scale` at an amount with
/// more than two decimal places; `store.reference.violated` if the user does not exist.
pub async fn replace(tx: &mut Tx, user_id: Uuid, household: &Household) -> Result<()> {
    write::replace(tx, user_id, household).await
}

/// The household of a user: the document with the current accounts, assets and liabilities. Inactive rows are left out;
/// rows that were added are included.
///
/// # Errors
/// `store.not_found` if the user has no document; `store.value.unreadable` with its cause if the rows are not a valid
/// document.
pub async fn get(reader: &mut Reader, user_id: Uuid) -> Result<Household> {
    read::get(reader, user_id).await
}

/// The document without its accounts, assets and liabilities.
struct Outline {
    document: Json,
}

impl Record for Outline {
    const TABLE: &'static Table = &TABLE;

    fn read(row: &Row) -> Result<Self> {
        Ok(Self { document: row.get("document")? })
    }
}

/// The lists of the document that are stored as assets.
const ASSET_LISTS: [&str; 5] = ["properties", "privateFunds", "businesses", "insurance", "otherAssets"];

/// The field stored as the asset's current value; none if the column is derived from the document.
fn value_field(list: &str) -> Option<&'static str> {
    match list {
        "privateFunds" => Some("netAssetValue"),
        // The valuation is of the whole business; the column has the household's share.
        "businesses" => None,
        "insurance" => Some("cashValue"),
        _ => Some("value"),
    }
}

/// The row of the user's outline.
async fn outline(reader: &mut Reader, user_id: Uuid) -> Result<Option<Outline>> {
    let sql = format!("SELECT {} FROM households WHERE user_id = $1", TABLE.column_list());
    let rows = reader.fetch_built(sql, vec![user_id.into()]).await?;
    rows.first().map(Outline::read).transpose()
}

async fn keep_outline(tx: &mut Tx, user_id: Uuid, document: Json) -> Result<()> {
    tx.execute("DELETE FROM households WHERE user_id = $1", vec![user_id.into()]).await?;
    let assignments = vec![
        ("id", tx.new_id().into()),
        ("user_id", user_id.into()),
        ("document", document.into()),
        ("created_at", tx.now().into()),
        ("updated_at", tx.now().into()),
    ];
    records::insert::<Outline>(tx, assignments).await.map(drop)
}

/// Every row of the user, page by page.
async fn all<R: Record>(reader: &mut Reader, user_id: Uuid, id: impl Fn(&R) -> Uuid) -> Result<Vec<R>> {
    let mut page = crate::Page::first(crate::Page::MAX);
    let mut rows = Vec::new();
    loop {
        let mut next: Vec<R> = records::list(reader, Owner::User(user_id), page).await?;
        page.after = next.last().map(&id);
        rows.append(&mut next);
        if page.after.is_none() {
            return Ok(rows);
        }
    }
}
