//! Starting other programs.

use std::{
    ffi::OsStr,
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};

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

/// As [`run_command`], but a program that takes longer than `seconds` is ended and has failed.
pub(crate) fn run_within(seconds: u32, command: &mut Command) -> Result<()> {
    const CHECKS_PER_SECOND: u32 = 10;
    let shown = shown(command);
    let mut child = command.spawn().with_context(|| format!("`{shown}` does not start"))?;
    for _ in 0..seconds.saturating_mul(CHECKS_PER_SECOND) {
        if let Some(status) = child.try_wait()? {
            ensure!(status.success(), "`{shown}` failed with {status}");
            return Ok(());
        }
        std::thread::sleep(Duration::from_secs(1) / CHECKS_PER_SECOND);
    }
    child.kill()?;
    child.wait()?;
    bail!("`{shown}` takes longer than {seconds} s")
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

/// Runs a program that reads `input`, its errors going where ours go, and returns what it printed.
pub(crate) fn piped(command: &mut Command, input: String) -> Result<String> {
    let shown = shown(command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{shown}` does not start"))?;
    let mut pipe = child.stdin.take().context("no standard input")?;
    // On a thread of its own: the program may answer before it has read everything.
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "`{shown}` failed with {}", output.status);
    writer.join().ok().with_context(|| format!("`{shown}` took no input"))??;
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
