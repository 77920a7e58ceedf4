//! The database with several processes, and after one of them is killed.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use wherewithal_conformance::{TestDatabase, on_both};
use wherewithal_store::*;

use crate::{now, user};

on_both!(
    a_killed_writer_loses_nothing_that_it_committed,
    a_killed_writer_leaves_nothing_that_it_did_not_commit,
    processes_that_start_together_all_find_the_tables,
);

const CHILD: &str = env!("CARGO_BIN_EXE_store_child");

fn child(task: &str, location: &str) -> Child {
    Command::new(CHILD).args([task, location]).stdout(Stdio::piped()).spawn().unwrap()
}

async fn emails(db: &Db) -> BTreeSet<String> {
    let rows = db.read().await.unwrap().fetch_all("SELECT email FROM users", vec![]).await.unwrap();
    rows.iter().map(|row| row.get("email").unwrap()).collect()
}

/// Killed with SIGKILL, which a process cannot handle, at three different times.
async fn a_killed_writer_loses_nothing_that_it_committed(test: TestDatabase) {
    for lines in [1, 17, 60] {
        let mut tx = test.db.begin(now()).await.unwrap();
        tx.execute("DELETE FROM users", vec![]).await.unwrap();
        tx.commit().await.unwrap();

        let mut writer = child("write", &test.location);
        let mut output = BufReader::new(writer.stdout.take().unwrap());
        let mut said = Vec::new();
        for _ in 0..lines {
            let mut line = String::new();
            output.read_line(&mut line).unwrap();
            said.push(line);
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        // Its output between the last line read and its end.
        let mut rest = String::new();
        output.read_to_string(&mut rest).unwrap();
        said.extend(rest.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::to_owned));

        let db = Db::open(&test.location).await.unwrap();
        let found = emails(&db).await;
        for email in &said {
            assert!(found.contains(email.trim_end()), "{email} was committed and is lost");
        }
        assert!(found.len() <= said.len() + 1, "at most one was committed and not yet printed");
        user(&db, "after@example.com").await;
    }
}

async fn a_killed_writer_leaves_nothing_that_it_did_not_commit(test: TestDatabase) {
    user(&test.db, "before@example.com").await;
    let mut writer = child("hold", &test.location);
    let mut line = String::new();
    BufReader::new(writer.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "held\n");
    assert_eq!(emails(&test.db).await.len(), 1, "uncommitted changes are invisible");
    writer.kill().unwrap();
    writer.wait().unwrap();
    // Its lock was released.
    user(&test.db, "after@example.com").await;
    let found = emails(&Db::open(&test.location).await.unwrap()).await;
    assert_eq!(found, BTreeSet::from(["after@example.com".to_owned(), "before@example.com".to_owned()]));
}

async fn processes_that_start_together_all_find_the_tables(test: TestDatabase) {
    // A database without tables: another file, or another database of the server.
    let fresh = match test.db.backend() {
        Backend::Sqlite => format!("{}-fresh", test.location),
        Backend::Postgres => wherewithal_conformance::Cluster::shared().unwrap().create_database(),
    };
    let children: Vec<Child> = (0..6).map(|_| child("migrate", &fresh)).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "migrated\n");
    }
    let db = Db::open(&fresh).await.unwrap();
    assert_eq!(asset_categories::list(&mut db.read().await.unwrap()).await.unwrap().len(), 8);
}

/// An account that can read a directory, but not write to it.
#[test]
fn a_directory_that_cannot_be_written_to_is_unavailable() {
    let directory = tempfile::tempdir().unwrap();
    let program = directory.path().join("store_child");
    std::fs::copy(CHILD, &program).unwrap();
    let closed = directory.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    set_mode(directory.path(), 0o755);
    set_mode(&closed, 0o555);
    assert_eq!(migrate_as_ordinary_user(&program, &closed.join("wealth.db")), "store.unavailable\n");

    // The file exists, but the account can only read it.
    let opened = directory.path().join("opened");
    std::fs::create_dir(&opened).unwrap();
    let location = opened.join("wealth.db");
    let made = Command::new(&program).arg("migrate").arg(&location).output().unwrap();
    assert!(made.status.success());
    set_mode(&location, 0o444);
    set_mode(&opened, 0o555);
    assert_eq!(migrate_as_ordinary_user(&program, &location), "store.unavailable\n");
    set_mode(&opened, 0o755);
    set_mode(&closed, 0o755);
}

/// Runs `migrate` under an account to which permissions apply: root's do not.
fn migrate_as_ordinary_user(program: &Path, location: &PathBuf) -> String {
    let id = Command::new("id").arg("-u").output().unwrap();
    let mut command = Command::new(program);
    if String::from_utf8_lossy(&id.stdout).trim() == "0" {
        const NOBODY: u32 = 65534;
        std::os::unix::process::CommandExt::uid(&mut command, NOBODY);
        std::os::unix::process::CommandExt::gid(&mut command, NOBODY);
    }
    let output = command.arg("migrate").arg(location).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}
