//! Liabilities: mortgages, loans, credit cards.

use serde_json::Value as Json;
use uuid::Uuid;
use wherewithal_base::{dates::Date, num::Decimal};

use crate::{
    Code, Error, Page, Reader, Result, Row, Table, Timestamp, Tx, assets,
    column::{ColumnType::*, column},
    records::{self, Assignments, Owner, Record},
};

/// The table and its columns.
pub static TABLE: Table = Table {
    name: "liabilities",
    noun: "liability",
    columns: &[
        column("id", Uuid),
        column("user_id", Uuid),
        column("liability_type", Varchar(50)),
        column("lender_name", Varchar(255)),
        column("account_number_last4", Varchar(4)),
        column("original_amount", Decimal(15, 2)),
        column("current_balance", Decimal(15, 2)),
        column("interest_rate", Decimal(5, 4)),
        column("monthly_payment", Decimal(10, 2)),
        column("payment_due_day", Integer),
        column("origination_date", Date),
        column("maturity_date", Date),
        column("auto_pay_enabled", Boolean),
        column("related_asset_id", Uuid),
        column("metadata", Json),
        column("is_active", Boolean),
        column("created_at", Timestamp),
        column("updated_at", Timestamp),
    ],
};

/// The editable details of a liability.
#[derive(Debug, Clone, PartialEq)]
pub struct LiabilityDetails {
    /// The kind of debt, such as `mortgage`; at most 50 characters.
    pub liability_type: String,
    /// The name of the lender; at most 255 characters.
    pub lender_name: Option<String>,
    /// The last four characters of its number.
    pub account_number_last4: Option<String>,
    /// The original amount, positive; at most 15 digits, two of them after the point.
    pub original_amount: Option<Decimal>,
    /// The current balance, positive; at most 15 digits, two of them after the point.
    pub current_balance: Decimal,
    /// The annual rate as a fraction: 0.065 is 6.5 percent. At most five digits, four of them after the point.
    pub interest_rate: Option<Decimal>,
    /// The monthly payment, positive; at most ten digits, two of them after the point.
    pub monthly_payment: Option<Decimal>,
    /// The day of the month of the payment.
    pub payment_due_day: Option<i32>,
    /// The date of origination.
    pub origination_date: Option<Date>,
    /// The date of maturity.
    pub maturity_date: Option<Date>,
    /// Whether payments are automatic.
    pub auto_pay_enabled: bool,
    /// The asset that is its collateral, of the same user.
    pub related_asset_id: Option<Uuid>,
    /// Additional data as a JSON document; by default an empty object.
    pub metadata: Json,
}

/// A liability.
#[derive(Debug, Clone, PartialEq)]
pub struct Liability {
    /// The id.
    pub id: Uuid,
    /// The debtor.
    pub user_id: Uuid,
    /// The details.
    pub details: LiabilityDetails,
    /// Whether the row is active.
    pub is_active: bool,
    /// The time of the insertion.
    pub created_at: Timestamp,
    /// The time of the last change.
    pub updated_at: Timestamp,
}

impl LiabilityDetails {
    /// A debt with only a kind and a balance.
    #[must_use]
    pub fn new(liability_type: &str, current_balance: Decimal) -> Self {
        Self {
            liability_type: liability_type.to_owned(),
            lender_name: None,
            account_number_last4: None,
            original_amount: None,
            current_balance,
            interest_rate: None,
            monthly_payment: None,
            payment_due_day: None,
            origination_date: None,
            maturity_date: None,
            auto_pay_enabled: false,
            related_asset_id: None,
            metadata: Json::Object(serde_json::Map::new()),
        }
    }

    fn assignments(&self) -> Assignments {
        vec![
            ("liability_type", (&self.liability_type).into()),
            ("lender_name", (&self.lender_name).into()),
            ("account_number_last4", (&self.account_number_last4).into()),
            ("original_amount", self.original_amount.into()),
            ("current_balance", self.current_balance.into()),
            ("interest_rate", self.interest_rate.into()),
            ("monthly_payment", self.monthly_payment.into()),
            ("payment_due_day", self.payment_due_day.into()),
            ("origination_date", self.origination_date.into()),
            ("maturity_date", self.maturity_date.into()),
            ("auto_pay_enabled", self.auto_pay_enabled.into()),
            ("related_asset_id", self.related_asset_id.into()),
            ("metadata", (&self.metadata).into()),
        ]
    }
}

/// Inserts a liability of a user.
///
/// # Errors
/// `store.reference.violated` if the user does not exist; `store.reference.violated` at `relatedAssetId` if it is not
/// an asset of the user; those of the columns.
pub async fn insert(tx: &mut Tx, user_id: Uuid, details: &LiabilityDetails) -> Result<Liability> {
    require_own_asset(tx, user_id, details.related_asset_id).await?;
    records::insert_owned(tx, user_id, details.assignments()).await
}

/// The user's liability with the id.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user.
pub async fn get(reader: &mut Reader, user_id: Uuid, id: Uuid) -> Result<Liability> {
    records::get(reader, Owner::User(user_id), id).await
}

/// A page of the user's liabilities.
///
/// # Errors
/// `store.page.limit`.
pub async fn list(reader: &mut Reader, user_id: Uuid, page: Page) -> Result<Vec<Liability>> {
    records::list(reader, Owner::User(user_id), page).await
}

/// Changes the details of the user's liability.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user; `store.reference.violated` at `relatedAssetId` if it is not
/// an asset of the user; those of the columns.
pub async fn update(tx: &mut Tx, user_id: Uuid, id: Uuid, details: &LiabilityDetails) -> Result<Liability> {
    require_own_asset(tx, user_id, details.related_asset_id).await?;
    records::update(tx, Owner::User(user_id), id, details.assignments()).await
}

/// Deactivates the user's liability, or activates it again.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user.
pub async fn set_active(tx: &mut Tx, user_id: Uuid, id: Uuid, active: bool) -> Result<Liability> {
    records::set_active(tx, Owner::User(user_id), id, active).await
}

/// Deletes the user's liability.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user.
pub async fn delete(tx: &mut Tx, user_id: Uuid, id: Uuid) -> Result<()> {
    records::delete::<Liability>(tx, Owner::User(user_id), id).await
}

/// Refuses a reference to an asset of another user, which the foreign key alone would allow.
async fn require_own_asset(tx: &mut Tx, user_id: Uuid, asset_id: Option<Uuid>) -> Result<()> {
    let Some(asset_id) = asset_id else { return Ok(()) };
    match assets::get(tx, user_id, asset_id).await {
        Err(error) if error.is_not_found() => Err(Error::new(
            Code::ReferenceViolated,
            "the related asset does not exist, or belongs to another user",
        )
        .at("relatedAssetId")),
        other => other.map(drop),
    }
}

impl Record for Liability {
    const TABLE: &'static Table = &TABLE;

    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            details: LiabilityDetails {
                liability_type: row.get("liability_type")?,
                lender_name: row.optional("lender_name")?,
                account_number_last4: row.optional("account_number_last4")?,
                original_amount: row.optional("original_amount")?,
                current_balance: row.get("current_balance")?,
                interest_rate: row.optional("interest_rate")?,
                monthly_payment: row.optional("monthly_payment")?,
                payment_due_day: row.optional("payment_due_day")?,
                origination_date: row.optional("origination_date")?,
                maturity_date: row.optional("maturity_date")?,
                auto_pay_enabled: row.get("auto_pay_enabled")?,
                related_asset_id: row.optional("related_asset_id")?,
                metadata: row.get("metadata")?,
            },
            is_active: row.get("is_active")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}
