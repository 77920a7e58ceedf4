//! Errors of the two databases, mapped to the codes of this crate.

use sqlx::{error::DatabaseError, postgres::PgDatabaseError};

use super::{Code, Error};
use crate::TABLES;

/// Maps the error of a driver to a code and path, the same for both databases.
pub(crate) fn from_sqlx(error: sqlx::Error) -> Error {
    let described = match &error {
        sqlx::Error::Database(database) => match database.try_downcast_ref::<PgDatabaseError>() {
            Some(postgres) => from_postgres(postgres),
            None => from_sqlite(database.as_ref()),
        },
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Error::new(Code::Unavailable, "the database cannot be reached"),
        sqlx::Error::PoolTimedOut => {
            Error::new(Code::Busy, "every connection to the database was in use for too long")
        }
        sqlx::Error::Configuration(_) => {
            Error::new(Code::LocationInvalid, "the address of the database is not valid")
        }
        _ => Error::new(Code::StatementFailed, "the database refused a statement"),
    };
    described.caused_by(error)
}

/// Codes: PostgreSQL documentation, appendix A, "PostgreSQL Error Codes".
fn from_postgres(error: &PgDatabaseError) -> Error {
    let code = error.code();
    match code {
        "23505" => about_column(unique(), error.detail().and_then(last_column_of_detail)),
        "23503" => reference(),
        "23514" => about_column(check(), error.constraint().and_then(column_of_check)),
        "23502" => about_column(null(), error.column()),
        "40001" | "40P01" => {
            Error::new(Code::TransactionConflict, "a deadlock with another transaction: repeat this one")
        }
        "55P03" | "57014" => busy(),
        "25006" => unavailable("the database cannot be written to", error),
        _ => match code.get(..2) {
            // Connections, authorisation, a missing database, a full disk, a server that starts or stops.
            Some("08" | "28" | "3D" | "53" | "58") => unavailable("the database refused", error),
            Some("57") => unavailable("the database is stopping or starting", error),
            _ => Error::new(Code::StatementFailed, format!("the database refused a statement ({code})")),
        },
    }
}

/// Codes: <https://www.sqlite.org/rescode.html>; the low eight bits of an extended code are the primary one.
fn from_sqlite(error: &dyn DatabaseError) -> Error {
    let code: i32 = error.code().and_then(|code| code.parse().ok()).unwrap_or_default();
    let message = error.message();
    match code {
        // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _FOREIGNKEY, _CHECK, _NOTNULL.
        2067 | 1555 => about_column(unique(), message.rsplit_once('.').map(|(_, column)| column)),
        787 => reference(),
        275 => about_column(
            check(),
            message.rsplit_once(": ").and_then(|(_, constraint)| column_of_check(constraint)),
        ),
        1299 => about_column(null(), message.rsplit_once('.').map(|(_, column)| column)),
        _ => match code & 0xff {
            // SQLITE_BUSY, SQLITE_LOCKED.
            5 | 6 => busy(),
            // SQLITE_PERM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _AUTH, _NOTADB.
            3 | 8 | 10 | 11 | 13 | 14 | 23 | 26 => unavailable("the database file cannot be used", error),
            _ => Error::new(Code::StatementFailed, format!("the database refused a statement ({code})")),
        },
    }
}

fn unique() -> Error {
    Error::new(Code::UniqueViolated, "there is already a row with this value")
}

fn reference() -> Error {
    Error::new(
        Code::ReferenceViolated,
        "the row refers to one that does not exist, or is referred to by another",
    )
}

fn check() -> Error {
    Error::new(Code::CheckViolated, "the value violates a rule of its table")
}

fn null() -> Error {
    Error::new(Code::NullViolated, "a value is required")
}

fn busy() -> Error {
    Error::new(Code::Busy, "the database is busy with another writer; try again")
}

fn unavailable(what: &str, error: &dyn DatabaseError) -> Error {
    Error::new(Code::Unavailable, format!("{what}: {}", error.message()))
}

fn about_column(error: Error, column: Option<&str>) -> Error {
    match column {
        Some(column) => error.at_column(column),
        None => error,
    }
}

/// The last column of a detail such as `Key (user_id, snapshot_date)=(…) already exists.`
///
/// The server may translate the rest of the sentence, but not the parentheses.
fn last_column_of_detail(detail: &str) -> Option<&str> {
    let (columns, _) = detail.split_once('(')?.1.split_once(")=(")?;
    columns.rsplit(", ").next()
}

/// The column of a constraint with PostgreSQL's default name, such as `users_role_check`.
fn column_of_check(constraint: &str) -> Option<&'static str> {
    let constraint = constraint.strip_suffix("_check")?;
    TABLES.iter().find_map(|table| {
        let column = constraint.strip_prefix(table.name)?.strip_prefix('_')?;
        table.columns.iter().map(|known| known.name).find(|name| *name == column)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_and_constraints_name_the_column() {
        let detail = "Key (user_id, snapshot_date)=(0198, 2026-01-31) already exists.";
        assert_eq!(last_column_of_detail(detail), Some("snapshot_date"));
        assert_eq!(last_column_of_detail("Key (email)=(a)=(b) already exists."), Some("email"));
        assert_eq!(column_of_check("users_role_check"), Some("role"));
        assert_eq!(column_of_check("assets_current_value_check"), Some("current_value"));
        assert_eq!(column_of_check("users_role"), None);
    }
}
