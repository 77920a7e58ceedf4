//! Users: clients, advisors and administrators.

use std::{fmt, str::FromStr};

use uuid::Uuid;
use wherewithal_base::dates::Date;

use crate::{
    Code, Error, Page, Reader, Result, Row, Secret, Stored, Table, Timestamp, Tx,
    column::{ColumnType::*, column},
    db::unreadable,
    records::{self, Assignments, Owner, Record},
};

/// The table and its columns.
pub static TABLE: Table = Table {
    name: "users",
    noun: "user",
    columns: &[
        column("id", Uuid),
        column("email", Varchar(255)),
        column("name", Varchar(255)),
        column("role", Varchar(50)),
        column("password_hash", Varchar(255)),
        column("phone", Varchar(50)),
        column("date_of_birth", Date),
        column("tax_filing_status", Varchar(50)),
        column("primary_residence_state", Varchar(2)),
        column("avatar_url", Text),
        column("is_active", Boolean),
        column("email_verified", Boolean),
        column("mfa_enabled", Boolean),
        column("mfa_secret", Text),
        column("created_at", Timestamp),
        column("updated_at", Timestamp),
        column("last_login", Timestamp),
    ],
};

/// The role of a user on the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Sees their own data.
    Client,
    /// Sees the data of clients who allow it.
    Advisor,
    /// Administers the platform.
    Admin,
}

/// A new user.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// The email address, unique among users, case-sensitive; at most 255 characters.
    pub email: String,
    /// The role.
    pub role: Role,
    /// The hash of the password; none for users with an external sign-in.
    pub password_hash: Option<Secret>,
    /// The profile.
    pub profile: UserProfile,
}

/// The editable profile of a user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserProfile {
    /// The full name, at most 255 characters.
    pub name: Option<String>,
    /// The telephone number, at most 50 characters.
    pub phone: Option<String>,
    /// The date of birth.
    pub date_of_birth: Option<Date>,
    /// The filing status for income tax, such as `married_filing_jointly`; at most 50 characters.
    pub tax_filing_status: Option<String>,
    /// The state of residence, in two letters.
    pub primary_residence_state: Option<String>,
    /// The URL of the user's picture.
    pub avatar_url: Option<String>,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The id.
    pub id: Uuid,
    /// The email address, unique among users.
    pub email: String,
    /// The role.
    pub role: Role,
    /// The hash of the password; none for users with an external sign-in.
    pub password_hash: Option<Secret>,
    /// The profile.
    pub profile: UserProfile,
    /// Whether the user may sign in.
    pub is_active: bool,
    /// Whether the email address is confirmed.
    pub email_verified: bool,
    /// Whether a second factor is required.
    pub mfa_enabled: bool,
    /// The key of the second factor.
    pub mfa_secret: Option<Secret>,
    /// The time of the insertion.
    pub created_at: Timestamp,
    /// The time of the last change.
    pub updated_at: Timestamp,
    /// The time of the last sign-in.
    pub last_login: Option<Timestamp>,
}

impl NewUser {
    /// A client with only an email address.
    #[must_use]
    pub fn client(email: &str) -> Self {
        Self {
            email: email.to_owned(),
            role: Role::Client,
            password_hash: None,
            profile: UserProfile::default(),
        }
    }
}

/// Inserts a user.
///
/// # Errors
/// `store.unique.violated` at `email`; those of the columns.
pub async fn insert(tx: &mut Tx, user: &NewUser) -> Result<User> {
    let mut assignments = vec![
        ("id", tx.new_id().into()),
        ("email", (&user.email).into()),
        ("role", user.role.as_str().into()),
        ("password_hash", (&user.password_hash).into()),
        ("created_at", tx.now().into()),
        ("updated_at", tx.now().into()),
    ];
    assignments.extend(user.profile.assignments());
    records::insert(tx, assignments).await
}

/// The user with the id.
///
/// # Errors
/// `store.not_found`.
pub async fn get(reader: &mut Reader, id: Uuid) -> Result<User> {
    records::get(reader, Owner::Anyone, id).await
}

/// The user with exactly this email address, if there is one.
///
/// # Errors
/// Those of the database.
pub async fn find_by_email(reader: &mut Reader, email: &str) -> Result<Option<User>> {
    let email = TABLE.column("email")?.prepare(email.into())?;
    let sql = format!("SELECT {} FROM users WHERE email = $1", TABLE.column_list());
    let rows = reader.fetch_built(sql, vec![email]).await?;
    rows.first().map(User::read).transpose()
}

/// A page of all users.
///
/// # Errors
/// `store.page.limit`.
pub async fn list(reader: &mut Reader, page: Page) -> Result<Vec<User>> {
    records::list(reader, Owner::Anyone, page).await
}

/// Changes the profile of a user.
///
/// # Errors
/// `store.not_found`; those of the columns.
pub async fn update(tx: &mut Tx, id: Uuid, profile: &UserProfile) -> Result<User> {
    records::update(tx, Owner::Anyone, id, profile.assignments()).await
}

/// Activates or deactivates a user, who can sign in only while active.
///
/// # Errors
/// `store.not_found`.
pub async fn set_active(tx: &mut Tx, id: Uuid, active: bool) -> Result<User> {
    records::set_active(tx, Owner::Anyone, id, active).await
}

/// Deletes a user with all data.
///
/// # Errors
/// `store.not_found`.
pub async fn delete(tx: &mut Tx, id: Uuid) -> Result<()> {
    records::delete::<User>(tx, Owner::Anyone, id).await
}

impl UserProfile {
    fn assignments(&self) -> Assignments {
        vec![
            ("name", (&self.name).into()),
            ("phone", (&self.phone).into()),
            ("date_of_birth", self.date_of_birth.into()),
            ("tax_filing_status", (&self.tax_filing_status).into()),
            ("primary_residence_state", (&self.primary_residence_state).into()),
            ("avatar_url", (&self.avatar_url).into()),
        ]
    }
}

impl Record for User {
    const TABLE: &'static Table = &TABLE;

    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            email: row.get("email")?,
            role: row.get("role")?,
            password_hash: row.optional("password_hash")?,
            profile: UserProfile {
                name: row.optional("name")?,
                phone: row.optional("phone")?,
                date_of_birth: row.optional("date_of_birth")?,
                tax_filing_status: row.optional("tax_filing_status")?,
                primary_residence_state: row.optional("primary_residence_state")?,
                avatar_url: row.optional("avatar_url")?,
            },
            is_active: row.get("is_active")?,
            email_verified: row.get("email_verified")?,
            mfa_enabled: row.get("mfa_enabled")?,
            mfa_secret: row.optional("mfa_secret")?,
            created_at: row.get("created_at")?,
            updated_at: row.get("updated_at")?,
            last_login: row.optional("last_login")?,
        })
    }
}

impl Role {
    /// The role as stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Advisor => "advisor",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Role {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "client" => Ok(Self::Client),
            "advisor" => Ok(Self::Advisor),
            "admin" => Ok(Self::Admin),
            _ => Err(Error::new(
                Code::RoleUnknown,
                format!("{text:?} is not a role; it must be client, advisor or admin"),
            )),
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Stored for Role {
    fn read(row: &Row, column: &str) -> Result<Option<Self>> {
        let text = String::read(row, column)?;
        text.map(|text| text.parse().map_err(|error| unreadable("it is not a role").caused_by(error)))
            .transpose()
    }
}
