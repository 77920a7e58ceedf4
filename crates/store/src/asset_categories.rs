//! The categories under which assets are shown.

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

/// The specification's eight categories, which every database has from its first step on.
pub mod builtin {
    use uuid::Uuid;

    /// Homes and let property.
    pub const REAL_ESTATE: Uuid = id(1);
    /// Securities held outside retirement accounts.
    pub const INVESTMENTS: Uuid = id(2);
    /// Current and savings accounts.
    pub const CASH_AND_BANKING: Uuid = id(3);
    /// Accounts for retirement, with what they hold.
    pub const RETIREMENT_ACCOUNTS: Uuid = id(4);
    /// Private equity, hedge funds, commodities, collectibles.
    pub const ALTERNATIVE_INVESTMENTS: Uuid = id(5);
    /// Shares in a business of one's own.
    pub const BUSINESS_INTERESTS: Uuid = id(6);
    /// Insurance with a cash value.
    pub const INSURANCE: Uuid = id(7);
    /// Everything else.
    pub const OTHER_ASSETS: Uuid = id(8);

    const fn id(number: u128) -> Uuid {
        Uuid::from_u128(0x00000000_0000_7000_8000_000000000000 + number)
    }
}

/// A category that is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssetCategoryDetails {
    /// The name, at most 100 characters.
    pub name: String,
    /// The category that this one is part of.
    pub parent_category_id: Option<Uuid>,
    /// The name of a picture, at most 50 characters.
    pub icon: Option<String>,
    /// What belongs in it.
    pub description: Option<String>,
    /// Its place among the others; those without one come last.
    pub sort_order: Option<i32>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetCategory {
    /// The id.
    pub id: Uuid,
    /// What it says.
    pub details: AssetCategoryDetails,
    /// Whether new assets may be put into it.
    pub is_active: bool,
}

/// Inserts a category.
///
/// # Errors
/// `store.reference.violated` when the parent does not exist; those of the columns.
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

/// The category with that id.
///
/// # Errors
/// `store.not_found`.
pub async fn get(reader: &mut Reader, id: Uuid) -> Result<AssetCategory> {
    records::get(reader, Owner::Anyone, id).await
}

/// Every active category, in the order in which they are shown.
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

/// Deletes a category that nothing refers to.
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
