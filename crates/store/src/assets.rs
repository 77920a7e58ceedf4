//! What people own: a home, a car, a holding, a share of a business.

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

/// What is said about an asset, and may be changed.
#[derive(Debug, Clone, PartialEq)]
pub struct AssetDetails {
    /// The category it is shown under.
    pub category_id: Option<Uuid>,
    /// What kind of thing it is, such as `primary_residence`; at most 100 characters.
    pub asset_type: String,
    /// What its owner calls it; at most 255 characters.
    pub name: String,
    /// Anything worth saying about it.
    pub description: Option<String>,
    /// What it is worth now, as a whole; at most 15 digits, two of them after the point.
    pub current_value: Decimal,
    /// What it cost, as a whole; at most 15 digits, two of them after the point.
    pub cost_basis: Option<Decimal>,
    /// When it was acquired.
    pub acquisition_date: Option<Date>,
    /// How many units there are; at most 15 digits, six of them after the point.
    pub quantity: Option<Decimal>,
    /// The symbol under which it is traded; at most 20 characters.
    pub ticker_symbol: Option<String>,
    /// Whatever else is known, as a JSON document; an empty object at first.
    pub metadata: Json,
}

/// An asset.
#[derive(Debug, Clone, PartialEq)]
pub struct Asset {
    /// The id.
    pub id: Uuid,
    /// Whose it is.
    pub user_id: Uuid,
    /// What is said about it.
    pub details: AssetDetails,
    /// Whether it still counts.
    pub is_active: bool,
    /// When the row was made.
    pub created_at: Timestamp,
    /// When the row was last changed.
    pub updated_at: Timestamp,
}

impl AssetDetails {
    /// An asset of which only the kind, the name and the value are known.
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
/// `store.reference.violated` when the user or the category does not exist; those of the columns.
pub async fn insert(tx: &mut Tx, user_id: Uuid, details: &AssetDetails) -> Result<Asset> {
    records::insert_owned(tx, user_id, details.assignments()).await
}

/// The user's asset with that id.
///
/// # Errors
/// `store.not_found`, also when it is someone else's.
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

/// Changes what is said about the user's asset.
///
/// # Errors
/// `store.not_found`, also when it is someone else's; those of the columns.
pub async fn update(tx: &mut Tx, user_id: Uuid, id: Uuid, details: &AssetDetails) -> Result<Asset> {
    records::update(tx, Owner::User(user_id), id, details.assignments()).await
}

/// Takes the user's asset out of what counts, or puts it back.
///
/// # Errors
/// `store.not_found`, also when it is someone else's.
pub async fn set_active(tx: &mut Tx, user_id: Uuid, id: Uuid, active: bool) -> Result<Asset> {
    records::set_active(tx, Owner::User(user_id), id, active).await
}

/// Deletes the user's asset.
///
/// # Errors
/// `store.not_found`, also when it is someone else's; `store.reference.violated` while a liability refers to it.
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
