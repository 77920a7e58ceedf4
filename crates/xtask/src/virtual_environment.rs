//! A virtual environment of Python with pinned packages.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::process;

/// The folder of the environment, and the file with its packages.
pub(crate) struct VirtualEnvironment {
    pub(crate) folder: PathBuf,
    pub(crate) requirements: PathBuf,
}

impl VirtualEnvironment {
    /// Creates it and installs its packages, if not done yet.
    pub(crate) fn set_up(&self) -> Result<()> {
        let _lock = process::lock(&self.folder.with_extension("lock"))?;
        let installed = self.folder.join("requirements.txt");
        let wanted = fs::read(&self.requirements)?;
        if self.interpreter().exists() && fs::read(&installed).is_ok_and(|text| text == wanted) {
            return Ok(());
        }
        let mut check = Command::new("python3");
        check.args(["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]);
        process::run_command(&mut check).context("Python 3.10 or later is needed")?;
        let mut make = Command::new("python3");
        make.args(["-m", "venv", "--clear"]).arg(&self.folder);
        process::run_command(&mut make)
            .context("no virtual environment; on Debian: apt-get install python3-venv")?;
        self.pip(&["install", "--requirement"], &self.requirements)?;
        Ok(fs::write(installed, wanted)?)
    }

    /// Its interpreter.
    pub(crate) fn interpreter(&self) -> PathBuf {
        self.tool("python")
    }

    /// One of its programs.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        let programs = if cfg!(windows) { "Scripts" } else { "bin" };
        self.folder.join(programs).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Runs pip on a file, or on the name of a package.
    pub(crate) fn pip(&self, arguments: &[&str], file: &Path) -> Result<()> {
        let mut pip = Command::new(self.interpreter());
        pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]).args(arguments).arg(file);
        process::run_command(pip.env("PIP_ROOT_USER_ACTION", "ignore"))
    }
}
