//! Snapshots of a user's net worth by day.

use serde_json::Value as Json;
use uuid::Uuid;
use wherewithal_base::{dates::Date, num::Decimal};

use crate::{
    Page, Reader, Result, Row, Table, Timestamp, Tx,
    column::{ColumnType::*, column},
    records::{self, Owner, Record},
};

/// The table and its columns.
pub static TABLE: Table = Table {
    name: "net_worth_snapshots",
    noun: "net worth snapshot",
    columns: &[
        column("id", Uuid),
        column("user_id", Uuid),
        column("snapshot_date", Date),
        column("total_assets", Decimal(15, 2)),
        column("total_liabilities", Decimal(15, 2)),
        column("net_worth", Decimal(15, 2)),
        column("asset_breakdown", Json),
        column("created_at", Timestamp),
    ],
};

/// A user's net worth on a day. The store does no arithmetic: the three amounts come from the core.
#[derive(Debug, Clone, PartialEq)]
pub struct NetWorthDetails {
    /// The day; there is one snapshot per day.
    pub snapshot_date: Date,
    /// Total assets; at most 15 digits, two of them after the point.
    pub total_assets: Decimal,
    /// Total liabilities, positive; at most 15 digits, two of them after the point.
    pub total_liabilities: Decimal,
    /// Assets less liabilities; at most 15 digits, two of them after the point.
    pub net_worth: Decimal,
    /// Assets by category.
    pub asset_breakdown: Json,
}

/// A snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct NetWorthSnapshot {
    /// The id.
    pub id: Uuid,
    /// The user.
    pub user_id: Uuid,
    /// The amounts.
    pub details: NetWorthDetails,
    /// The time of the day's first snapshot.
    pub created_at: Timestamp,
}

/// Stores a snapshot; an existing one of the same user and day is replaced, with the same id.
///
/// # Errors
/// `store.reference.violated` if the user does not exist; those of the columns.
pub async fn upsert(tx: &mut Tx, user_id: Uuid, details: &NetWorthDetails) -> Result<NetWorthSnapshot> {
    let assignments = vec![
        ("id", tx.new_id().into()),
        ("user_id", user_id.into()),
        ("snapshot_date", details.snapshot_date.into()),
        ("total_assets", details.total_assets.into()),
        ("total_liabilities", details.total_liabilities.into()),
        ("net_worth", details.net_worth.into()),
        ("asset_breakdown", (&details.asset_breakdown).into()),
        ("created_at", tx.now().into()),
    ];
    let (_, values) = records::prepare(&TABLE, assignments)?;
    let rows = tx
        .fetch_all(
            "INSERT INTO net_worth_snapshots
               (id, user_id, snapshot_date, total_assets, total_liabilities, net_worth, asset_breakdown, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (user_id, snapshot_date) DO UPDATE SET
               total_assets = excluded.total_assets,
               total_liabilities = excluded.total_liabilities,
               net_worth = excluded.net_worth,
               asset_breakdown = excluded.asset_breakdown
             RETURNING id, user_id, snapshot_date, total_assets, total_liabilities, net_worth, asset_breakdown,
               created_at",
            values,
        )
        .await?;
    rows.first().map(NetWorthSnapshot::read).unwrap_or_else(|| Err(records::no_such_row(&TABLE)))
}

/// The user's snapshot of a day.
///
/// # Errors
/// `store.not_found`.
pub async fn get(reader: &mut Reader, user_id: Uuid, snapshot_date: Date) -> Result<NetWorthSnapshot> {
    let sql = format!(
        "SELECT {} FROM net_worth_snapshots WHERE user_id = $1 AND snapshot_date = $2",
        TABLE.column_list()
    );
    let rows = reader.fetch_built(sql, vec![user_id.into(), snapshot_date.into()]).await?;
    rows.first().map(NetWorthSnapshot::read).unwrap_or_else(|| Err(records::no_such_row(&TABLE)))
}

/// The user's snapshots from one day to another, both included, the latest first; at most `limit` of them.
///
/// # Errors
/// `store.page.limit`.
pub async fn list(
    reader: &mut Reader,
    user_id: Uuid,
    from: Date,
    to: Date,
    limit: u32,
) -> Result<Vec<NetWorthSnapshot>> {
    let sql = format!(
        "SELECT {} FROM net_worth_snapshots WHERE user_id = $1 AND snapshot_date BETWEEN $2 AND $3
         ORDER BY snapshot_date DESC LIMIT $4",
        TABLE.column_list()
    );
    let values = vec![user_id.into(), from.into(), to.into(), Page::first(limit).rows()?.into()];
    reader.fetch_built(sql, values).await?.iter().map(NetWorthSnapshot::read).collect()
}

/// Deletes the user's snapshot with the id.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user.
pub async fn delete(tx: &mut Tx, user_id: Uuid, id: Uuid) -> Result<()> {
    records::delete::<NetWorthSnapshot>(tx, Owner::User(user_id), id).await
}

impl Record for NetWorthSnapshot {
    const TABLE: &'static Table = &TABLE;

    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            details: NetWorthDetails {
                snapshot_date: row.get("snapshot_date")?,
                total_assets: row.get("total_assets")?,
                total_liabilities: row.get("total_liabilities")?,
                net_worth: row.get("net_worth")?,
                asset_breakdown: row.get("asset_breakdown")?,
            },
            created_at: row.get("created_at")?,
        })
    }
}
