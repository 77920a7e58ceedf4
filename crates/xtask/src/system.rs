//! Programs that only the system's package manager can install: a database server and a browser.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::process;

/// An external program that tests need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Program {
    /// The server binaries of PostgreSQL.
    Postgres,
    /// A Chromium browser for headless use.
    Chromium,
}

impl Program {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::Postgres, Self::Chromium];

    /// The name in the list of missing programs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Chromium => "chromium",
        }
    }

    fn debian_package(self) -> &'static str {
        match self {
            Self::Postgres => "postgresql",
            Self::Chromium => "chromium",
        }
    }

    fn is_there(self) -> bool {
        match self {
            Self::Postgres => postgres_binaries().is_some(),
            Self::Chromium => {
                ["chromium", "chromium-browser", "google-chrome"].into_iter().any(process::exists)
            }
        }
    }

    /// Installs the program if it is missing.
    ///
    /// The error of a failed installation has the command for doing it by hand.
    pub(crate) fn install(self) -> Result<()> {
        if self.is_there() {
            return Ok(());
        }
        let package = self.debian_package();
        println!("installing {package}");
        // The next check decides whether this worked.
        let _ = install_packages(&[package]);
        if !self.is_there() {
            bail!("{} is missing and could not be installed: run apt-get install {package}", self.name());
        }
        Ok(())
    }
}

/// Installs Debian packages.
pub(crate) fn install_packages(packages: &[&str]) -> Result<()> {
    for arguments in [&["update", "-qq"][..], &["install", "-y", "-qq", "--no-install-recommends"]] {
        let mut command = as_root("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        if arguments.contains(&"install") {
            command.args(packages);
        }
        process::run_command(&mut command)?;
    }
    Ok(())
}

/// The folder with `initdb` and `postgres`.
fn postgres_binaries() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path().join("bin")))
        .collect();
    folders.sort();
    folders
        .into_iter()
        .rev()
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

fn as_root(program: &str) -> Command {
    let is_root = process::output(Path::new("."), "id", &["-u"]).is_ok_and(|id| id.trim() == "0");
    if is_root {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", program]);
    command
}
