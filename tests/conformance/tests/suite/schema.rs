//! The tables are those of the specification.

use std::collections::BTreeMap;

use wherewithal_conformance::{Cluster, TestDatabase, on_both};
use wherewithal_store::*;

use crate::{now, write};

on_both!(the_columns_are_those_that_the_code_knows, the_indexes_are_those_of_the_specification);

/// The type of each column by table and column, as reported by the database.
async fn columns(db: &Db) -> BTreeMap<(String, String), String> {
    let sql = match db.backend() {
        Backend::Sqlite => {
            "SELECT tables.name AS table_name, columns.name AS column_name, columns.type AS kind
             FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
             WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'"
        }
        Backend::Postgres => {
            "SELECT table_name::text AS table_name, column_name::text AS column_name,
               CASE WHEN data_type = 'numeric'
                      THEN 'numeric(' || numeric_precision || ',' || numeric_scale || ')'
                    WHEN data_type = 'character varying' THEN 'varchar(' || character_maximum_length || ')'
                    ELSE data_type END::text AS kind
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let rows = db.read().await.unwrap().fetch_all(sql, vec![]).await.unwrap();
    rows.iter()
        .map(|row| {
            ((row.get("table_name").unwrap(), row.get("column_name").unwrap()), row.get("kind").unwrap())
        })
        .filter(|((table, _), _): &((String, String), String)| table != "schema_migrations")
        .collect()
}

fn kind(backend: Backend, kind: ColumnType) -> String {
    match (backend, kind) {
        (Backend::Sqlite, ColumnType::Boolean | ColumnType::Integer) => "INTEGER".to_owned(),
        (Backend::Sqlite, _) => "TEXT".to_owned(),
        (_, ColumnType::Boolean) => "boolean".to_owned(),
        (_, ColumnType::Integer) => "integer".to_owned(),
        (_, ColumnType::Text) => "text".to_owned(),
        (_, ColumnType::Varchar(limit)) => format!("varchar({limit})"),
        (_, ColumnType::Decimal(precision, scale)) => format!("numeric({precision},{scale})"),
        (_, ColumnType::Date) => "date".to_owned(),
        (_, ColumnType::Timestamp) => "timestamp without time zone".to_owned(),
        (_, ColumnType::Uuid) => "uuid".to_owned(),
        (_, ColumnType::Json) => "jsonb".to_owned(),
    }
}

async fn the_columns_are_those_that_the_code_knows(test: TestDatabase) {
    let known: BTreeMap<(String, String), String> = TABLES
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (table, column)))
        .map(|(table, column)| {
            ((table.name.to_owned(), column.name.to_owned()), kind(test.db.backend(), column.kind))
        })
        .collect();
    assert_eq!(columns(&test.db).await, known);
}

/// The names are those of the specification's `CREATE INDEX` statements.
async fn the_indexes_are_those_of_the_specification(test: TestDatabase) {
    let sql = match test.db.backend() {
        Backend::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'idx%' ORDER BY name"
        }
        Backend::Postgres => {
            "SELECT indexname::text AS name FROM pg_indexes WHERE indexname LIKE 'idx%' ORDER BY indexname"
        }
    };
    let rows = test.db.read().await.unwrap().fetch_all(sql, vec![]).await.unwrap();
    let names: Vec<String> = rows.iter().map(|row| row.get("name").unwrap()).collect();
    assert_eq!(
        names,
        [
            "idx_accounts_plaid_item",
            "idx_accounts_user",
            "idx_assets_category",
            "idx_assets_ticker",
            "idx_assets_type",
            "idx_assets_user",
            "idx_liabilities_related_asset",
            "idx_liabilities_type",
            "idx_liabilities_user",
            "idx_net_worth_user_date",
            "idx_users_email",
            "idx_users_role",
        ]
    );
}

/// Rows written by hand in PostgreSQL get the defaults and the time of the change, as in the specification.
#[tokio::test]
async fn rows_written_by_hand_get_the_specification_s_defaults() {
    let Some(test) = TestDatabase::postgres().await else { return };
    let cluster = Cluster::shared().unwrap();
    let psql = |sql: &str| cluster.psql(&test.location, sql).unwrap();
    psql("INSERT INTO users (email, role) VALUES ('hand@example.com', 'client')");
    assert_eq!(psql("SELECT is_active, email_verified, mfa_enabled FROM users"), "t|f|f");
    assert_eq!(psql("SELECT uuid_send(id) IS NOT NULL FROM users"), "t");
    psql("INSERT INTO accounts (user_id, account_type) SELECT id, 'checking' FROM users");
    assert_eq!(
        psql("SELECT current_balance, is_retirement, tax_treatment, metadata, is_active FROM accounts"),
        "0.00|f|taxable|{}|t"
    );
    psql("UPDATE users SET created_at = '2001-01-01', updated_at = '2001-01-01'");
    let age = "SELECT now() AT TIME ZONE 'UTC' - updated_at < interval '1 minute' FROM users";
    assert_eq!(psql(age), "t", "the trigger writes the time of the change");

    // The store can read such rows.
    let user =
        users::find_by_email(&mut test.db.read().await.unwrap(), "hand@example.com").await.unwrap().unwrap();
    let accounts =
        accounts::list(&mut test.db.read().await.unwrap(), user.id, Page::first(10)).await.unwrap();
    assert_eq!(accounts[0].details.current_balance.unwrap().to_string(), "0.00");
    let renamed = users::UserProfile { name: Some("Hand".to_owned()), ..Default::default() };
    let updated = write(&test.db, async |tx| users::update(tx, user.id, &renamed).await).await.unwrap();
    assert_eq!(
        updated.updated_at,
        now(),
        "on the store's own connections the time is that of the transaction"
    );
}
