//! The categories of assets.

use uuid::Uuid;

use crate::{
    Reader, Result, Row, Table, Tx,
    column::{ColumnType::*, column},
    records::{self, Owner, Record},
};

/// The table and its columns.
pub static TABLE: Table = Table {
    name: "asset_categories",
    noun: "asset category",
    columns: &[
        column("id", Uuid),
        column("name", Varchar(100)),
        column("parent_category_id", Uuid),
        column("icon", Varchar(50)),
        column("description", Text),
        column("sort_order", Integer),
        column("is_active", Boolean),
    ],
};

/// The eight categories of the specification, which the first migration inserts.
pub mod builtin {
    use uuid::Uuid;

    /// Homes and rental property.
    pub const REAL_ESTATE: Uuid = id(1);
    /// Securities outside retirement accounts.
    pub const INVESTMENTS: Uuid = id(2);
    /// Current and savings accounts.
    pub const CASH_AND_BANKING: Uuid = id(3);
    /// Retirement accounts and their holdings.
    pub const RETIREMENT_ACCOUNTS: Uuid = id(4);
    /// Private equity, hedge funds, commodities, collectibles.
    pub const ALTERNATIVE_INVESTMENTS: Uuid = id(5);
    /// Shares of private businesses.
    pub const BUSINESS_INTERESTS: Uuid = id(6);
    /// Insurance with a cash value.
    pub const INSURANCE: Uuid = id(7);
    /// Everything else.
    pub const OTHER_ASSETS: Uuid = id(8);

    const fn id(number: u128) -> Uuid {
        Uuid::from_u128(0x00000000_0000_7000_8000_000000000000 + number)
    }
}

/// The details of a category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssetCategoryDetails {
    /// The name, at most 100 characters.
    pub name: String,
    /// The parent category.
    pub parent_category_id: Option<Uuid>,
    /// The name of an icon, at most 50 characters.
    pub icon: Option<String>,
    /// A description of its content.
    pub description: Option<String>,
    /// The position among the others; categories without one come last.
    pub sort_order: Option<i32>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetCategory {
    /// The id.
    pub id: Uuid,
    /// The details.
    pub details: AssetCategoryDetails,
    /// Whether new assets may be in it.
    pub is_active: bool,
}

/// Inserts a category.
///
/// # Errors
/// `store.reference.violated` if the parent does not exist; those of the columns.
pub async fn insert(tx: &mut Tx, category: &AssetCategoryDetails) -> Result<AssetCategory> {
    let assignments = vec![
        ("id", tx.new_id().into()),
        ("name", (&category.name).into()),
        ("parent_category_id", category.parent_category_id.into()),
        ("icon", (&category.icon).into()),
        ("description", (&category.description).into()),
        ("sort_order", category.sort_order.into()),
    ];
    records::insert(tx, assignments).await
}

/// The category with the id.
///
/// # Errors
/// `store.not_found`.
pub async fn get(reader: &mut Reader, id: Uuid) -> Result<AssetCategory> {
    records::get(reader, Owner::Anyone, id).await
}

/// Every active category, in the order of display.
///
/// # Errors
/// Those of the database.
pub async fn list(reader: &mut Reader) -> Result<Vec<AssetCategory>> {
    let sql = format!(
        "SELECT {} FROM asset_categories WHERE is_active ORDER BY sort_order NULLS LAST, id",
        TABLE.column_list()
    );
    reader.fetch_built(sql, vec![]).await?.iter().map(AssetCategory::read).collect()
}

/// Deletes a category without references to it.
///
/// # Errors
/// `store.not_found`; `store.reference.violated` while an asset or another category refers to it.
pub async fn delete(tx: &mut Tx, id: Uuid) -> Result<()> {
    records::delete::<AssetCategory>(tx, Owner::Anyone, id).await
}

impl Record for AssetCategory {
    const TABLE: &'static Table = &TABLE;

    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            details: AssetCategoryDetails {
                name: row.get("name")?,
                parent_category_id: row.optional("parent_category_id")?,
                icon: row.optional("icon")?,
                description: row.optional("description")?,
                sort_order: row.optional("sort_order")?,
            },
            is_active: row.get("is_active")?,
        })
    }
}
