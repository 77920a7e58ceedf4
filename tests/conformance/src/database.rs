//! A fresh database for each test.

use tempfile::TempDir;
use wherewithal_store::{Db, Timestamp};

use crate::Cluster;

/// A database of its own, which goes away with this value.
#[derive(Debug)]
pub struct TestDatabase {
    /// The open database, its tables up to date.
    pub db: Db,
    /// Where it is: the argument of [`Db::open`].
    pub location: String,
    _directory: Option<TempDir>,
}

impl TestDatabase {
    /// A file in a directory of its own.
    ///
    /// # Panics
    /// When it cannot be made.
    #[expect(clippy::expect_used, reason = "a test that cannot be set up fails")]
    pub async fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a directory for the database");
        let location = directory.path().join("test.db").display().to_string();
        Self::at(location, Some(directory)).await
    }

    /// A database on the server of this process; none where the server may be missing and is.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn postgres() -> Option<Self> {
        let location = Cluster::shared()?.create_database();
        Some(Self::at(location, None).await)
    }

    #[expect(clippy::expect_used, reason = "a test that cannot be set up fails")]
    async fn at(location: String, directory: Option<TempDir>) -> Self {
        let db = Db::open(&location).await.expect("the database opens");
        db.migrate(moment("2026-01-31T09:30:00Z")).await.expect("the tables are made");
        Self { db, location, _directory: directory }
    }
}

/// The moment that `text` says.
///
/// # Panics
/// When it says none.
#[must_use]
#[expect(clippy::expect_used, reason = "a literal in a test")]
pub fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment in UTC")
}
