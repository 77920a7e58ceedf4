//! What people owe: mortgages, loans, credit cards.

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

/// What is said about a liability, and may be changed.
#[derive(Debug, Clone, PartialEq)]
pub struct LiabilityDetails {
    /// What kind of debt it is, such as `mortgage`; at most 50 characters.
    pub liability_type: String,
    /// To whom it is owed; at most 255 characters.
    pub lender_name: Option<String>,
    /// The last four characters of its number.
    pub account_number_last4: Option<String>,
    /// What was borrowed, positive; at most 15 digits, two of them after the point.
    pub original_amount: Option<Decimal>,
    /// What is owed now, positive; at most 15 digits, two of them after the point.
    pub current_balance: Decimal,
    /// The yearly rate as a fraction: 0.065 is 6.5 percent. At most five digits, four of them after the point.
    pub interest_rate: Option<Decimal>,
    /// What is paid each month, positive; at most ten digits, two of them after the point.
    pub monthly_payment: Option<Decimal>,
    /// The day of the month on which the payment is due.
    pub payment_due_day: Option<i32>,
    /// When it was taken out.
    pub origination_date: Option<Date>,
    /// When it must be paid back.
    pub maturity_date: Option<Date>,
    /// Whether the payment is made without asking.
    pub auto_pay_enabled: bool,
    /// The asset that secures it; one of the same user.
    pub related_asset_id: Option<Uuid>,
    /// Whatever else is known, as a JSON document; an empty object at first.
    pub metadata: Json,
}

/// A liability.
#[derive(Debug, Clone, PartialEq)]
pub struct Liability {
    /// The id.
    pub id: Uuid,
    /// Whose it is.
    pub user_id: Uuid,
    /// What is said about it.
    pub details: LiabilityDetails,
    /// Whether it still counts.
    pub is_active: bool,
    /// When the row was made.
    pub created_at: Timestamp,
    /// When the row was last changed.
    pub updated_at: Timestamp,
}

impl LiabilityDetails {
    /// A debt of which only the kind and the balance are known.
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
/// `store.reference.violated` when the user does not exist; `store.reference.violated` at `relatedAssetId` when it is not an asset of the user; those of the columns.
pub async fn insert(tx: &mut Tx, user_id: Uuid, details: &LiabilityDetails) -> Result<Liability> {
    require_own_asset(tx, user_id, details.related_asset_id).await?;
    records::insert_owned(tx, user_id, details.assignments()).await
}

/// The user's liability with that id.
///
/// # Errors
/// `store.not_found`, also when it is someone else's.
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

/// Changes what is said about the user's liability.
///
/// # Errors
/// `store.not_found`, also when it is someone else's; `store.reference.violated` at `relatedAssetId` when it is not an asset of the user; those of the columns.
pub async fn update(tx: &mut Tx, user_id: Uuid, id: Uuid, details: &LiabilityDetails) -> Result<Liability> {
    require_own_asset(tx, user_id, details.related_asset_id).await?;
    records::update(tx, Owner::User(user_id), id, details.assignments()).await
}

/// Takes the user's liability out of what counts, or puts it back.
///
/// # Errors
/// `store.not_found`, also when it is someone else's.
pub async fn set_active(tx: &mut Tx, user_id: Uuid, id: Uuid, active: bool) -> Result<Liability> {
    records::set_active(tx, Owner::User(user_id), id, active).await
}

/// Deletes the user's liability.
///
/// # Errors
/// `store.not_found`, also when it is someone else's.
pub async fn delete(tx: &mut Tx, user_id: Uuid, id: Uuid) -> Result<()> {
    records::delete::<Liability>(tx, Owner::User(user_id), id).await
}

/// Refuses a reference to an asset of someone else, which the foreign key alone would let through.
async fn require_own_asset(tx: &mut Tx, user_id: Uuid, asset_id: Option<Uuid>) -> Result<()> {
    let Some(asset_id) = asset_id else { return Ok(()) };
    match assets::get(tx, user_id, asset_id).await {
        Err(error) if error.is_not_found() => Err(Error::new(
            Code::ReferenceViolated,
            "the related asset does not exist, or belongs to someone else",
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
