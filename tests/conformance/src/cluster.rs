//! A PostgreSQL server for the tests of one process.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

/// The variable with the programs that may be missing, separated by commas.
const ALLOW_MISSING: &str = "WHEREWITHAL_ALLOW_MISSING";
/// The owner of the databases: an ordinary user, as on a hosted server.
const OWNER: &str = "wherewithal";
/// A fixed password is enough: the server runs for minutes, accessible only from this machine.
const PASSWORD: &str = "throw-away";

/// Starts the server and waits for the end of its standard input, which comes when the parent process ends in any way;
/// then stops the server and removes its directory.
const WATCH: &str = r#"
"$1/postgres" -D "$2/data" -k "$2" -p "$3" \
  -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off \
  -c max_connections=200 -c shared_buffers=32MB > "$2/log" 2>&1 &
server=$!
read -r _
kill -QUIT "$server"
wait "$server"
rm -rf "$2"
"#;

/// A running PostgreSQL server with its own directory. The server is stopped and the directory removed when this value
/// is dropped or the process ends.
#[derive(Debug)]
pub struct Cluster {
    binaries: PathBuf,
    directory: PathBuf,
    port: u16,
    watch: Child,
    databases: AtomicU32,
}

/// The address of a database by TCP, with user and password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoopbackUrl(pub String);

impl Cluster {
    /// The server of this process, started by the first call.
    ///
    /// None if PostgreSQL is not installed and `WHEREWITHAL_ALLOW_MISSING` lists `postgres`: then there is nothing to
    /// test.
    ///
    /// # Panics
    /// If PostgreSQL is not installed, or does not start.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
        SHARED.get_or_init(Self::start_or_skip).as_ref()
    }

    #[expect(clippy::panic, reason = "a test that cannot be set up fails")]
    fn start_or_skip() -> Option<Self> {
        let Some(binaries) = find_binaries() else {
            if may_be_missing() {
                eprintln!("SKIPPED: PostgreSQL is not installed and {ALLOW_MISSING} allows that");
                return None;
            }
            panic!(
                "PostgreSQL's server was not found in /usr/lib/postgresql/*/bin or on the PATH: install Debian's \
                 package postgresql, or set {ALLOW_MISSING}=postgres to do without these tests"
            );
        };
        // Another process may take the free port first.
        for attempt in 1.. {
            match Self::start(&binaries) {
                Ok(cluster) => return Some(cluster),
                Err(error) if attempt == 3 => panic!("PostgreSQL does not start: {error}"),
                Err(error) => eprintln!("PostgreSQL does not start, trying again: {error}"),
            }
        }
        None
    }

    /// Starts a server with the programs in `binaries`.
    ///
    /// # Errors
    /// If one of the programs fails, with its output.
    pub fn start(binaries: &Path) -> io::Result<Self> {
        let account = Account::of_server()?;
        let directory = tempfile::Builder::new().prefix("pg").tempdir()?;
        account.give(directory.path())?;
        initialise(binaries, directory.path(), &account)?;
        let port = free_port()?;
        let mut watch = Command::new("/bin/sh");
        watch.args(["-c", WATCH, "watch"]).arg(binaries).arg(directory.path()).arg(port.to_string());
        account.apply(&mut watch);
        // Without a process group of its own, Ctrl-C would also end the watch before it can stop the server.
        std::os::unix::process::CommandExt::process_group(&mut watch, 0);
        let watch = watch.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let cluster = Self {
            binaries: binaries.to_owned(),
            // From here on the watch script is responsible for removing it.
            directory: directory.keep(),
            port,
            watch,
            databases: AtomicU32::new(0),
        };
        cluster.wait_until_ready()?;
        let role = format!("CREATE ROLE {OWNER} LOGIN PASSWORD '{PASSWORD}'");
        cluster.client("psql", &["--dbname", "postgres", "--command", &role])?;
        Ok(cluster)
    }

    /// Creates an empty database of an ordinary user, and returns its URL on the server's socket.
    ///
    /// # Panics
    /// If the server refuses.
    #[expect(clippy::expect_used, reason = "a test that cannot be set up fails")]
    pub fn create_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.client("createdb", &["--owner", OWNER, &name]).expect("the server makes a database");
        let socket = self.directory.display().to_string().replace('/', "%2F");
        format!("postgres://{OWNER}@localhost:{}/{name}?host={socket}", self.port)
    }

    /// The address of the same database by TCP, with a password.
    #[must_use]
    pub fn by_loopback(&self, location: &str) -> LoopbackUrl {
        let name = location.rsplit_once('?').map_or(location, |(url, _)| url);
        let name = name.rsplit_once('/').map_or("", |(_, name)| name);
        LoopbackUrl(format!("postgres://{OWNER}:{PASSWORD}@127.0.0.1:{}/{name}", self.port))
    }

    /// Runs a statement as the owner of the database at `location`, outside the store, and returns its output.
    ///
    /// # Errors
    /// If the server refuses, with its message.
    pub fn psql(&self, location: &str, sql: &str) -> io::Result<String> {
        let arguments = ["--no-align", "--tuples-only", "--dbname", location, "--command", sql];
        let output = self.run("psql", &arguments)?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Runs a client program as the superuser.
    fn client(&self, program: &str, arguments: &[&str]) -> io::Result<()> {
        let host = self.directory.display().to_string();
        let port = self.port.to_string();
        let mut all = vec!["--host", &host, "--port", &port, "--username", "postgres"];
        all.extend(arguments);
        self.run(program, &all).map(drop)
    }

    fn run(&self, program: &str, arguments: &[&str]) -> io::Result<Output> {
        checked(Command::new(self.binaries.join(program)).args(arguments).stdin(Stdio::null()))
    }

    fn wait_until_ready(&self) -> io::Result<()> {
        let mut last = Ok(());
        for _ in 0..300 {
            last = self.client("psql", &["--dbname", "postgres", "--command", "SELECT 1"]);
            if last.is_ok() {
                return last;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let log = std::fs::read_to_string(self.directory.join("log")).unwrap_or_default();
        last.map_err(|error| io::Error::other(format!("{error}; its log: {log}")))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        if let Err(error) = self.watch.wait() {
            eprintln!("the throw-away PostgreSQL was not stopped: {error}");
        }
    }
}

/// Creates the server's files.
fn initialise(binaries: &Path, directory: &Path, account: &Account) -> io::Result<()> {
    let mut initdb = Command::new(binaries.join("initdb"));
    initdb.args(["--username=postgres", "--auth-local=trust", "--auth-host=scram-sha-256"]);
    initdb.args(["--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]).arg(directory.join("data"));
    account.apply(&mut initdb);
    checked(&mut initdb).map(drop)
}

/// The account of the server, which refuses to run as root.
#[derive(Debug, Clone, Copy)]
enum Account {
    /// The account of this process.
    Same,
    /// Another account, by its numbers.
    Other { user: u32, group: u32 },
}

impl Account {
    fn of_server() -> io::Result<Self> {
        if number("id", &["-u"])? != 0 {
            return Ok(Self::Same);
        }
        let name = if number("id", &["-u", "postgres"]).is_ok() { "postgres" } else { "nobody" };
        Ok(Self::Other { user: number("id", &["-u", name])?, group: number("id", &["-g", name])? })
    }

    fn give(self, path: &Path) -> io::Result<()> {
        match self {
            Self::Same => Ok(()),
            Self::Other { user, group } => std::os::unix::fs::chown(path, Some(user), Some(group)),
        }
    }

    fn apply(self, command: &mut Command) {
        if let Self::Other { user, group } = self {
            std::os::unix::process::CommandExt::uid(command, user);
            std::os::unix::process::CommandExt::gid(command, group);
        }
        // The other account may have no access to the current directory.
        command.current_dir("/");
    }
}

fn number(program: &str, arguments: &[&str]) -> io::Result<u32> {
    let output = checked(Command::new(program).args(arguments))?;
    String::from_utf8_lossy(&output.stdout).trim().parse().map_err(io::Error::other)
}

/// Runs a program and returns its output; fails if it fails.
fn checked(command: &mut Command) -> io::Result<Output> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(output);
    }
    let program = command.get_program().display().to_string();
    Err(io::Error::other(format!("{program} failed: {}", String::from_utf8_lossy(&output.stderr).trim())))
}

fn free_port() -> io::Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The newest installation with the server's programs.
fn find_binaries() -> Option<PathBuf> {
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = installed
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    folders.sort();
    let on_path =
        path_variable().into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    folders.into_iter().rev().map(|(_, folder)| folder).chain(on_path).find(|folder| {
        ["initdb", "postgres", "psql", "createdb"].iter().all(|name| folder.join(name).exists())
    })
}

#[expect(clippy::disallowed_methods, reason = "the tests look for an installed program")]
fn path_variable() -> Option<std::ffi::OsString> {
    std::env::var_os("PATH")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test command sets the list of programs that may be missing"
)]
fn may_be_missing() -> bool {
    std::env::var(ALLOW_MISSING).is_ok_and(|parts| parts.split(',').any(|part| part.trim() == "postgres"))
}
