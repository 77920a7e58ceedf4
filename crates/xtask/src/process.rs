//! Starting other programs.

use std::{ffi::OsStr, path::Path, process::Command};

use anyhow::{Context, Result, ensure};

/// Runs a program in a folder, its output going where ours goes, and fails if it fails.
pub(crate) fn run<A: AsRef<OsStr>>(folder: &Path, program: impl AsRef<OsStr>, arguments: &[A]) -> Result<()> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    run_command(&mut command)
}

/// As [`run`], of a command that was prepared by the caller.
pub(crate) fn run_command(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("`{shown}` does not start"))?;
    ensure!(status.success(), "`{shown}` failed with {status}");
    Ok(())
}

/// Runs a program and returns what it printed.
pub(crate) fn output<A: AsRef<OsStr>>(
    folder: &Path,
    program: impl AsRef<OsStr>,
    arguments: &[A],
) -> Result<String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    let shown = shown(&command);
    let output = command.output().with_context(|| format!("`{shown}` does not start"))?;
    ensure!(
        output.status.success(),
        "`{shown}` failed with {}:\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed bytes that are not UTF-8"))
}

/// Whether a program is there and runs with `--version`.
pub(crate) fn exists(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}
