//! A fresh database for each test.

use tempfile::TempDir;
use wherewithal_store::{Db, Timestamp};

use crate::Cluster;

/// A separate database, which is deleted when dropped.
#[derive(Debug)]
pub struct TestDatabase {
    /// The open database, its tables up to date.
    pub db: Db,
    /// The location: the argument of [`Db::open`].
    pub location: String,
    _directory: Option<TempDir>,
}

impl TestDatabase {
    /// A file in a new directory.
    ///
    /// # Panics
    /// If it cannot be created.
    #[expect(clippy::expect_used, reason = "a test that cannot be set up fails")]
    pub async fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a directory for the database");
        let location = directory.path().join("test.db").display().to_string();
        Self::at(location, Some(directory)).await
    }

    /// A database on the server of this process; none if the server is missing and that is allowed.
    ///
    /// # Panics
    /// If it cannot be created.
    pub async fn postgres() -> Option<Self> {
        let location = Cluster::shared()?.create_database();
        Some(Self::at(location, None).await)
    }

    #[expect(clippy::expect_used, reason = "a test that cannot be set up fails")]
    async fn at(location: String, directory: Option<TempDir>) -> Self {
        let db = Db::open(&location).await.expect("the database opens");
        db.migrate(moment("2026-01-31T09:30:00Z")).await.expect("the migrations succeed");
        Self { db, location, _directory: directory }
    }
}

/// The time in `text`.
///
/// # Panics
/// If the text is not a time.
#[must_use]
#[expect(clippy::expect_used, reason = "a literal in a test")]
pub fn moment(text: &str) -> Timestamp {
    text.parse().expect("a time in UTC")
}
