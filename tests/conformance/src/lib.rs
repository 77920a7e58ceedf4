//! Support for the tests of the store: a temporary PostgreSQL server, and a fresh database of either kind.
//!
//! The suite itself is in `tests/`: each test is one function that runs on both databases.

mod cluster;
mod database;

pub use cluster::{Cluster, LoopbackUrl};
pub use database::{TestDatabase, moment};

/// Turns an asynchronous function into two tests, one for each database.
///
/// The function takes a [`TestDatabase`], whose tables are up to date, and panics if the test fails.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name($crate::TestDatabase::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(database) = $crate::TestDatabase::postgres().await {
                    super::$name(database).await;
                }
            }
        }
    )*};
}
