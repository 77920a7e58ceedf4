//! The test suite for both databases.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by a panic, also in a function shared by two tests"
)]

mod files;
mod households;
mod opening;
mod ownership;
mod processes;
mod rules;
mod schema;
mod transactions;
mod values;

use wherewithal_conformance::moment;
use wherewithal_store::{Db, Error, Result, Timestamp, Tx, Uuid, users};

/// The current time of the tests.
fn now() -> Timestamp {
    moment("2026-01-31T09:30:00.123456Z")
}

/// The result of `work`, after a commit.
async fn write<T>(db: &Db, work: impl AsyncFn(&mut Tx) -> Result<T>) -> Result<T> {
    write_at(db, now(), work).await
}

async fn write_at<T>(db: &Db, moment: Timestamp, work: impl AsyncFn(&mut Tx) -> Result<T>) -> Result<T> {
    let mut tx = db.begin(moment).await?;
    let value = work(&mut tx).await?;
    tx.commit().await?;
    Ok(value)
}

/// Inserts a user with the address.
async fn user(db: &Db, email: &str) -> Uuid {
    write(db, async |tx| users::insert(tx, &users::NewUser::client(email)).await).await.unwrap().id
}

/// Code and path of the expected error.
fn refusal<T: std::fmt::Debug>(outcome: Result<T>) -> (String, String) {
    let error: Error = outcome.expect_err("it must be refused");
    (error.code().to_string(), error.path().to_owned())
}

fn refused(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}
