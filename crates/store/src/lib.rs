//! Persistence for `wherewithal`: SQLite, embedded and the default, and PostgreSQL, with the same answers.
//!
//! Open a database, bring its tables up to date, and work in transactions:
//!
//! ```
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path().join("wealth.db").display().to_string();
//! use wherewithal_store::{Db, Timestamp, assets, users};
//!
//! # runtime.block_on(async {
//! let now: Timestamp = "2026-01-31T09:30:00Z".parse()?;
//! let db = Db::open(&path).await?;
//! db.migrate(now).await?;
//!
//! let mut tx = db.begin(now).await?;
//! let user = users::insert(&mut tx, &users::NewUser::client("mara@example.com")).await?;
//! let house = assets::AssetDetails::new("primary_residence", "House", "650000".parse()?);
//! let house = assets::insert(&mut tx, user.id, &house).await?;
//! tx.commit().await?;
//!
//! let mut reader = db.read().await?;
//! let stored = assets::get(&mut reader, user.id, house.id).await?;
//! assert_eq!(stored.details.current_value.to_string(), "650000.00");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - Money and quantities are exact. No arithmetic, comparison or ordering of decimals is done in SQL. A value that
//!   its column cannot hold exactly is refused, never rounded; a stored value that cannot be read is an error,
//!   never zero.
//! - The crate reads no clock: the time is an argument of [`Db::begin`] and the same for the whole transaction.
//!   Ids are UUIDs of version 7, made here, so that rows in the order of their ids are in the order of their making.
//! - A user's rows are reached with the user's id only: a stranger's id is answered with `store.not_found`.

pub mod accounts;
pub mod asset_categories;
pub mod assets;
mod column;
mod db;
mod error;
pub mod households;
mod id;
pub mod liabilities;
mod migrate;
pub mod net_worth_snapshots;
mod page;
mod records;
mod secret;
mod timestamp;
pub mod users;
mod value;

pub use column::{Column, ColumnType, Table};
pub use db::{Backend, Db, Reader, Row, Stored, Tx};
pub use error::{Code, Error, Kind, Result};
pub use page::Page;
pub use secret::Secret;
pub use timestamp::Timestamp;
pub use uuid::Uuid;
pub use value::Value;

/// Every table that this crate keeps, with its columns.
pub const TABLES: &[&Table] = &[
    &users::TABLE,
    &asset_categories::TABLE,
    &assets::TABLE,
    &accounts::TABLE,
    &liabilities::TABLE,
    &net_worth_snapshots::TABLE,
    &households::TABLE,
];
