//! A separate process for tests that kill it, start it at the same time as others, or run it under another account.
//!
//! `store_child write|hold|migrate LOCATION`

use std::{
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

use wherewithal_conformance::moment;
use wherewithal_store::{Db, Result, Timestamp, Tx, users};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, location] = arguments.as_slice() else {
        eprintln!("usage: store_child write|hold|migrate LOCATION");
        return ExitCode::from(2);
    };
    let now = moment("2026-01-31T09:30:00Z");
    let outcome = match task.as_str() {
        "write" => write(location, now).await,
        "hold" => hold(location, now).await,
        "migrate" => migrate(location, now).await,
        _ => return ExitCode::from(2),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(error.code().as_str());
            ExitCode::FAILURE
        }
    }
}

/// Commits one user after another and prints the address of each after its commit, until it is killed.
async fn write(location: &str, now: Timestamp) -> Result<()> {
    let db = Db::open(location).await?;
    for number in 0_u64.. {
        let mut tx = db.begin(now).await?;
        let user = insert(&mut tx, &format!("committed-{number}@example.com")).await?;
        tx.commit().await?;
        say(&user);
    }
    Ok(())
}

/// Inserts a user, prints its address, and waits with the transaction open.
async fn hold(location: &str, now: Timestamp) -> Result<()> {
    let db = Db::open(location).await?;
    let mut tx = db.begin(now).await?;
    for number in 0..100 {
        insert(&mut tx, &format!("held-{number}@example.com")).await?;
    }
    say("held");
    tokio::time::sleep(Duration::from_secs(600)).await;
    tx.commit().await
}

/// Opens the database and brings its tables up to date.
async fn migrate(location: &str, now: Timestamp) -> Result<()> {
    let db = Db::open(location).await?;
    db.migrate(now).await?;
    say("migrated");
    Ok(())
}

async fn insert(tx: &mut Tx, email: &str) -> Result<String> {
    Ok(users::insert(tx, &users::NewUser::client(email)).await?.email)
}

/// Writes a line at once. An error means that the process is about to be killed.
fn say(line: &str) {
    let mut output = io::stdout().lock();
    let _ = writeln!(output, "{line}").and_then(|()| output.flush());
}
