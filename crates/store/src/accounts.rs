//! Accounts at banks, brokers and pension providers.

use serde_json::Value as Json;
use uuid::Uuid;
use wherewithal_base::num::Decimal;

use crate::{
    Page, Reader, Result, Row, Secret, Table, Timestamp, Tx,
    column::{ColumnType::*, column},
    records::{self, Assignments, Owner, Record},
};

/// The table and its columns.
pub static TABLE: Table = Table {
    name: "accounts",
    noun: "account",
    columns: &[
        column("id", Uuid),
        column("user_id", Uuid),
        column("account_type", Varchar(50)),
        column("account_name", Varchar(255)),
        column("institution_name", Varchar(255)),
        column("account_number_last4", Varchar(4)),
        column("current_balance", Decimal(15, 2)),
        column("available_balance", Decimal(15, 2)),
        column("interest_rate", Decimal(5, 4)),
        column("is_retirement", Boolean),
        column("tax_treatment", Varchar(50)),
        column("plaid_account_id", Varchar(255)),
        column("plaid_access_token", Text),
        column("plaid_item_id", Varchar(255)),
        column("is_active", Boolean),
        column("last_synced_at", Timestamp),
        column("metadata", Json),
        column("created_at", Timestamp),
        column("updated_at", Timestamp),
    ],
};

/// The editable details of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountDetails {
    /// The kind of account, such as `checking` or `401k`; at most 50 characters.
    pub account_type: String,
    /// The owner's name for it; at most 255 characters.
    pub account_name: Option<String>,
    /// The name of the institution; at most 255 characters.
    pub institution_name: Option<String>,
    /// The last four characters of its number.
    pub account_number_last4: Option<String>,
    /// The balance; none if unknown. At most 15 digits, two of them after the point.
    pub current_balance: Option<Decimal>,
    /// The amount available for withdrawal; at most 15 digits, two of them after the point.
    pub available_balance: Option<Decimal>,
    /// The annual rate as a fraction: 0.0425 is 4.25 percent. At most five digits, four of them after the point.
    pub interest_rate: Option<Decimal>,
    /// Whether it is an account for retirement.
    pub is_retirement: bool,
    /// The tax treatment, such as `taxable`, `tax_deferred` or `tax_free`; at most 50 characters.
    pub tax_treatment: Option<String>,
    /// Plaid's id of the account; at most 255 characters.
    pub plaid_account_id: Option<String>,
    /// Plaid's key to the account.
    pub plaid_access_token: Option<Secret>,
    /// Plaid's id of the connection to the institution; at most 255 characters.
    pub plaid_item_id: Option<String>,
    /// The time of the last update of the balance.
    pub last_synced_at: Option<Timestamp>,
    /// Additional data as a JSON document; by default an empty object.
    pub metadata: Json,
}

/// An account.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The id.
    pub id: Uuid,
    /// The owner.
    pub user_id: Uuid,
    /// The details.
    pub details: AccountDetails,
    /// Whether the row is active.
    pub is_active: bool,
    /// The time of the insertion.
    pub created_at: Timestamp,
    /// The time of the last change.
    pub updated_at: Timestamp,
}

impl AccountDetails {
    /// A taxable account with only a kind and a balance.
    #[must_use]
    pub fn new(account_type: &str, current_balance: Decimal) -> Self {
        Self {
            account_type: account_type.to_owned(),
            account_name: None,
            institution_name: None,
            account_number_last4: None,
            current_balance: Some(current_balance),
            available_balance: None,
            interest_rate: None,
            is_retirement: false,
            tax_treatment: Some("taxable".to_owned()),
            plaid_account_id: None,
            plaid_access_token: None,
            plaid_item_id: None,
            last_synced_at: None,
            metadata: Json::Object(serde_json::Map::new()),
        }
    }

    fn assignments(&self) -> Assignments {
        vec![
            ("account_type", (&self.account_type).into()),
            ("account_name", (&self.account_name).into()),
            ("institution_name", (&self.institution_name).into()),
            ("account_number_last4", (&self.account_number_last4).into()),
            ("current_balance", self.current_balance.into()),
            ("available_balance", self.available_balance.into()),
            ("interest_rate", self.interest_rate.into()),
            ("is_retirement", self.is_retirement.into()),
            ("tax_treatment", (&self.tax_treatment).into()),
            ("plaid_account_id", (&self.plaid_account_id).into()),
            ("plaid_access_token", (&self.plaid_access_token).into()),
            ("plaid_item_id", (&self.plaid_item_id).into()),
            ("last_synced_at", self.last_synced_at.into()),
            ("metadata", (&self.metadata).into()),
        ]
    }
}

/// Inserts an account of a user.
///
/// # Errors
/// `store.reference.violated` if the user does not exist; those of the columns.
pub async fn insert(tx: &mut Tx, user_id: Uuid, details: &AccountDetails) -> Result<Account> {
    records::insert_owned(tx, user_id, details.assignments()).await
}

/// The user's account with the id.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user.
pub async fn get(reader: &mut Reader, user_id: Uuid, id: Uuid) -> Result<Account> {
    records::get(reader, Owner::User(user_id), id).await
}

/// A page of the user's accounts.
///
/// # Errors
/// `store.page.limit`.
pub async fn list(reader: &mut Reader, user_id: Uuid, page: Page) -> Result<Vec<Account>> {
    records::list(reader, Owner::User(user_id), page).await
}

/// Changes the details of the user's account.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user; those of the columns.
pub async fn update(tx: &mut Tx, user_id: Uuid, id: Uuid, details: &AccountDetails) -> Result<Account> {
    records::update(tx, Owner::User(user_id), id, details.assignments()).await
}

/// Deactivates the user's account, or activates it again.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user.
pub async fn set_active(tx: &mut Tx, user_id: Uuid, id: Uuid, active: bool) -> Result<Account> {
    records::set_active(tx, Owner::User(user_id), id, active).await
}

/// Deletes the user's account.
///
/// # Errors
/// `store.not_found`, also if it belongs to another user.
pub async fn delete(tx: &mut Tx, user_id: Uuid, id: Uuid) -> Result<()> {
    records::delete::<Account>(tx, Owner::User(user_id), id).await
}

impl Record for Account {
    const TABLE: &'static Table = &TABLE;

    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            user_id: row.get("user_id")?,
            details: AccountDetails {
                account_type: row.get("account_type")?,
                account_name: row.optional("account_name")?,
                institution_name: row.optional("institution_name")?,
                account_number_last4: row.optional("account_number_last4")?,
                current_balance: row.optional("current_balance")?,
                available_balance: row.optional("available_balance")?,
                interest_rate: row.optional("interest_rate")?,
                is_retirement: row.get("is_retirement")?,
                tax_treatment: row.optional("tax_treatment")?,
                plaid_account_id: row.optional("plaid_account_id")?,
                plaid_access_token: row.optional("plaid_access_token")?,
                plaid_item_id: row.optional("plaid_item_id")?,
                last_synced_at: row.optional("last_synced_at")?,
                metadata: row.get("metadata")?,
            },
            is_active: row.get("is_active")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
        })
    }
}
