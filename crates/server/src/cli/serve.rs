//! `wherewithal serve`.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use clap::Args;
use tempfile::TempDir;
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::signal::unix;
use tracing_subscriber::{filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _};
use wherewithal_store::{Backend, Db};

use super::{block_on, output};
use crate::{
    clock, config,
    demo::Demo,
    error::{Code, Error, Result},
    http::{App, Limits, Stop, router, serve},
};

/// Run the REST server.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Use a temporary database with a demo household, and show its plan on the first page.
    #[arg(long, conflicts_with = "database")]
    demo: bool,
    /// The address and port to listen on; port 0 takes any free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: String,
    /// The database: a file for SQLite, or a URL that starts with postgres://. Without it, the environment variable
    /// DATABASE_URL; without that, the file wherewithal.db in the current directory.
    #[arg(long, value_name = "PATH_OR_URL")]
    database: Option<String>,
    /// The time limit of the calculation of a request, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    run_limit: u64,
}

impl Serve {
    pub(super) fn run(self) -> Result<()> {
        start_log()?;
        block_on(self.serve())
    }

    async fn serve(self) -> Result<()> {
        // The port comes first: a server that cannot serve must not touch a database.
        let listener = listen(&self.listen).await?;
        let address = listener.local_addr().map_err(|error| Error::internal(&error))?;
        let mut signals = Signals::new()?;
        let (location, _temporary) = self.location()?;
        let database = Db::open(&location).await?;
        let now = clock::now()?;
        database.migrate(now).await?;
        let demo = if self.demo { Some(Demo::create(&database, now).await?) } else { None };
        let limits = Limits { run: Duration::from_secs(self.run_limit), ..Limits::default() };
        let app = Arc::new(App::new(database.clone(), demo, limits));
        output::write(self.greeting(address, &database, &location).as_bytes())?;

        let stop = Stop::new();
        let serving = serve(listener, router(app), &stop);
        tokio::pin!(serving);
        tokio::select! {
            () = &mut serving => {}
            () = signals.next() => tracing::info!("stopping; a second signal stops immediately"),
        }
        stop.stop();
        tokio::select! {
            () = serving => {}
            () = signals.next() => tracing::warn!("stopped immediately"),
        }
        database.close().await;
        Ok(())
    }

    /// The location of the database; a temporary folder is deleted when its handle is dropped.
    fn location(&self) -> Result<(String, Option<TempDir>)> {
        if !self.demo {
            let given = self.database.clone().or_else(config::database_url);
            return Ok((given.unwrap_or_else(|| "wherewithal.db".to_owned()), None));
        }
        let folder = tempfile::tempdir().map_err(|error| {
            Error::new(Code::FileUnwritable, format!("cannot create a temporary folder: {error}"))
                .caused_by(error)
        })?;
        Ok((folder.path().join("demo.db").display().to_string(), Some(folder)))
    }

    fn greeting(&self, address: SocketAddr, database: &Db, location: &str) -> String {
        let kept = match database.backend() {
            _ if self.demo => "temporary, deleted when the server stops".to_owned(),
            Backend::Sqlite => {
                let file = location.strip_prefix("sqlite:").unwrap_or(location);
                std::path::absolute(file).map_or_else(|_| file.to_owned(), |file| file.display().to_string())
            }
            // The address is not shown, because it may contain a password.
            Backend::Postgres => "at the configured address".to_owned(),
        };
        let page = if self.demo { "the demo household" } else { "an introduction" };
        format!(
            "wherewithal {version} listens on http://{address}\n  \
             http://{address}/       {page}\n  \
             http://{address}/docs/  the API, to be tried\n  \
             database: {backend}, {kept}\n",
            version = env!("CARGO_PKG_VERSION"),
            backend = database.backend(),
        )
    }
}

/// Logs to standard error.
fn start_log() -> Result<()> {
    let filter = config::log_filter().unwrap_or_else(|| "warn,wherewithal_server=info".to_owned());
    let filter: Targets = filter.parse().map_err(|error| {
        Error::new(
            Code::LogFilterInvalid,
            format!(
                "WHEREWITHAL_LOG is {filter:?}; it must be a filter like info or warn,wherewithal_server=debug: {error}"
            ),
        )
    })?;
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never);
    tracing_subscriber::registry()
        .with(filter)
        .with(lines)
        .try_init()
        .map_err(|error| Error::internal(&error))
}

async fn listen(address: &str) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let (code, advice) = match error.kind() {
            io::ErrorKind::AddrInUse => (
                Code::ListenAddressInUse,
                "another program listens there; choose another port with --listen, or any free one with --listen \
                 127.0.0.1:0",
            ),
            io::ErrorKind::PermissionDenied => {
                (Code::ListenRefused, "permission denied; ports below 1024 often need more privileges")
            }
            _ => (
                Code::ListenAddressInvalid,
                "it must be an address of this machine and a port, such as 127.0.0.1:8080",
            ),
        };
        Error::new(code, format!("cannot listen on {address:?}: {advice}")).caused_by(error)
    })
}

/// The signals that stop the process.
struct Signals {
    #[cfg(unix)]
    interrupt: unix::Signal,
    #[cfg(unix)]
    terminate: unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> Result<Self> {
        let listen_for = |kind| unix::signal(kind).map_err(|error| Error::internal(&error));
        Ok(Self {
            interrupt: listen_for(unix::SignalKind::interrupt())?,
            terminate: listen_for(unix::SignalKind::terminate())?,
        })
    }

    #[cfg(not(unix))]
    fn new() -> Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next signal.
    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        // Without a handler of Ctrl-C, the process can only be ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
