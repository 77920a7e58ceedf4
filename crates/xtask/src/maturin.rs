//! Making a wheel of a library that was built already.
//!
//! Maturin makes a wheel only of what it compiles itself, by `cargo rustc` and one package at a time, which compiles the
//! engines once more (see [`workspace`](crate::workspace)). But it starts whatever program `CARGO` names: here this very
//! one, which answers `rustc` with the messages of the build that was made before, and hands all else to cargo.

use std::{
    env,
    ffi::OsString,
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, ensure};

use crate::{artifact::Artifacts, process};

/// The file with the messages; where this variable is set, this program stands in for cargo.
const MESSAGES: &str = "WHEREWITHAL_CARGO_MESSAGES";

/// Runs `maturin build`, prepared by the caller, on what `artifacts` names.
pub(crate) fn run(maturin: &mut Command, artifacts: &Artifacts) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let messages = folder.path().join("messages.json");
    fs::write(&messages, artifacts.messages())?;
    let this = env::current_exe()?;
    ensure!(this.exists(), "{} was built anew while it ran: start it again", this.display());
    process::run_command(maturin.env("CARGO", this).env(MESSAGES, messages))
}

/// Stands in for cargo where maturin has started this program; says how that ended.
#[expect(
    clippy::disallowed_methods,
    reason = "tells apart who has started this program; no engine runs in it"
)]
pub(crate) fn stand_in() -> Option<Result<ExitCode>> {
    let messages = env::var_os(MESSAGES)?;
    Some(answer(Path::new(&messages), env::args_os().skip(1).collect()))
}

fn answer(messages: &Path, arguments: Vec<OsString>) -> Result<ExitCode> {
    if arguments.first().is_some_and(|command| command == "rustc") {
        print!("{}", fs::read_to_string(messages)?);
        return Ok(ExitCode::SUCCESS);
    }
    let status = Command::new("cargo").args(arguments).env_remove("CARGO").status();
    let code = status.context("cargo does not start")?.code();
    Ok(code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
