//! Making a wheel from a library that is already built.
//!
//! Maturin insists on compiling the package itself, by `cargo rustc` and alone, which would compile the engines once
//! more (see [`workspace`](crate::workspace)). But it runs the program in `CARGO`: here this one, which answers `rustc`
//! with the messages of the previous build, and passes everything else to cargo.

use std::{
    env,
    ffi::OsString,
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, ensure};

use crate::{artifact::Artifacts, process};

/// The variable with the file of messages; if it is set, this program acts as cargo.
const MESSAGES: &str = "WHEREWITHAL_CARGO_MESSAGES";

/// Runs a prepared `maturin build` on the artifacts of a build.
pub(crate) fn run(maturin: &mut Command, artifacts: &Artifacts) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let messages = folder.path().join("messages.json");
    fs::write(&messages, artifacts.messages())?;
    let this = env::current_exe()?;
    ensure!(this.exists(), "{} was rebuilt while it ran: start it again", this.display());
    process::run_command(maturin.env("CARGO", this).env(MESSAGES, messages))
}

/// Acts as cargo if maturin has started this program, and returns the exit code.
#[expect(clippy::disallowed_methods, reason = "detects who has started this program; no engine runs in it")]
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
