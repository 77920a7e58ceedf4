//! Assets: homes, cars, holdings, shares of businesses.

use serde_json::Value as Json;
use uuid::Uuid;
use wherewithal_base::{dates::Date, num::Decimal};

use crate::{
    Page, Reader, Result, Row, Table, Timestamp, Tx,
    column::{ColumnType::*, column},
    records::{self, Assignments, Owner, Record},
};

/// The table and its columns.
pub static TABLE: Table = Table {
    name: "assets",
    noun: "asset",
    columns: &[
        column("id", Uuid),
        column("user_id", Uuid),
        column("category_id", Uuid),
        column("asset_type", Varchar(100)),
        column("name", Varchar(255)),
        column("description", Text),
        column("current_value", Decimal(15, 2)),
        column("cost_basis", Decimal(15, 2)),
        column("acquisition_date", Date),
        column("quantity", Decimal(15, 6)),
        column("ticker_symbol", Varchar(20)),
        column("metadata", Json),
        column("is_active", Boolean),
        column("created_at", Timestamp),
        column("updated_at", Timestamp),
    ],
};

/// The editable details of an asset.
#[derive(Debug, Clone, PartialEq)]
pub struct AssetDetails {
    /// The category.
    pub category_id: Option<Uuid>,
    /// The kind of asset, such as `primary_residence`; at most 100 characters.
    pub asset_type: String,
    /// The owner's name for it; at most 255 characters.
    pub name: String,
    /// A description.
    pub description: Option<String>,
    /// The current total value; at most 15 digits, two of them after the point.
    pub current_value: Decimal,
    /// The total cost; at most 15 digits, two of them after the point.
    pub cost_basis: Option<Decimal>,
    /// The date of acquisition.
    pub acquisition_date: Option<Date>,
    /// The number of units; at most 15 digits, six of them after the point.
    pub quantity: Option<Decimal>,
    /// The ticker symbol; at most 20 characters.
    pub ticker_symbol: Option<String>,
    /// Additional data as a JSON document; by default an empty object.
    pub metadata: Json,
}

/// An asset.
#[derive(Debug, Clone, PartialEq)]
pub struct Asset {
    /// The id.
    pub id: Uuid,
    /// The owner.
    pub user_id: Uuid,
    /// The details.
    pub details: AssetDetails,
    /// Whether the row is active.
    pub is_active: bool,
    /// The time of the insertion.
    pub created_at: Timestamp,
    /// The time of the last change.
    pub updated_at: Timestamp,
}

impl AssetDetails {
    /// An asset with only a kind, a name and a value.
    #[must_use]
    pub fn new(asset_type: &str, name: &str, current_value: Decimal) -> Self {
        Self {
            category_id: None,
            asset_type: asset_type.to_owned(),
            name: name.to_owned(),
            description: None,
            current_value,
            cost_basis: None,
            acquisition_date: None,
            quantity: None,
            ticker_symbol: None,
            metadata: Json::Object(serde_json::Map::new()),
        }
    }

    fn assignments(&self) -> Assignments {
        vec![
            ("category_id", self.category_id.into()),
            ("asset_type", (&self.asset_type).into()),
            ("name", (&self.name).into()),
            ("description", (&self.description).into()),
            ("current_value", self.current_value.into()),
            ("cost_basis", self.cost_basis.into()),
            ("acquisition_date", self.acquisition_date.into()),
            ("quantity", self.quantity.into()),
            ("ticker_symbol", (&self.ticker_symbol).into()),
            ("metadata", (&self.metadata).into()),
        ]
    }
}

/// Inserts an asset of a user.
///
/// # Errors
/// `store.reference.violated` if the user or the category does not exist; those of the columns.
pub async fn insert(tx: &mut Tx, user_id: Uuid, details: &AssetDetails) -> Result<Asset> {
    records::insert_owned(tx, user_id, details.assignments()).await
}

/// The user's asset with the id.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user.
pub async fn get(reader: &mut Reader, user_id: Uuid, id: Uuid) -> Result<Asset> {
    records::get(reader, Owner::User(user_id), id).await
}

/// A page of the user's assets.
///
/// # Errors
/// `store.page.limit`.
pub async fn list(reader: &mut Reader, user_id: Uuid, page: Page) -> Result<Vec<Asset>> {
    records::list(reader, Owner::User(user_id), page).await
}

/// Changes the details of the user's asset.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user; those of the columns.
pub async fn update(tx: &mut Tx, user_id: Uuid, id: Uuid, details: &AssetDetails) -> Result<Asset> {
    records::update(tx, Owner::User(user_id), id, details.assignments()).await
}

/// Deactivates the user's asset, or activates it again.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user.
pub async fn set_active(tx: &mut Tx, user_id: Uuid, id: Uuid, active: bool) -> Result<Asset> {
    records::set_active(tx, Owner::User(user_id), id, active).await
}

/// Deletes the user's asset.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user; `store.reference.violated` while a liability refers to it.
pub async fn delete(tx: &mut Tx, user_id: Uuid, id: Uuid) -> Result<()> {
    records::delete::<Asset>(tx, Owner::User(user_id), id).await
}

impl Record for Asset {
    const TABLE: &'static Table = &TABLE;

    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            details: AssetDetails {
                category_id: row.optional("category_id")?,
                asset_type: row.get("asset_type")?,
                name: row.get("name")?,
                description: row.optional("description")?,
                current_value: row.get("current_value")?,
                cost_basis: row.optional("cost_basis")?,
                acquisition_date: row.optional("acquisition_date")?,
                quantity: row.optional("quantity")?,
                ticker_symbol: row.optional("ticker_symbol")?,
                metadata: row.get("metadata")?,
            },
            is_active: row.get("is_active")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}
