//! Starting other programs.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Write,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};

/// Runs a program in a folder, with this program's output streams, and fails if it fails.
pub(crate) fn run<A: AsRef<OsStr>>(folder: &Path, program: impl AsRef<OsStr>, arguments: &[A]) -> Result<()> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    run_command(&mut command)
}

/// Like [`run`], with a prepared command.
pub(crate) fn run_command(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    ensure!(status.success(), "`{shown}` failed with {status}");
    Ok(())
}

/// Like [`run_command`], but a program that takes longer than `seconds` is stopped and counts as failed.
pub(crate) fn run_within(seconds: u32, command: &mut Command) -> Result<()> {
    const CHECKS_PER_SECOND: u32 = 10;
    let shown = shown(command);
    let mut child = command.spawn().with_context(|| format!("cannot start `{shown}`"))?;
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

/// Runs a program and returns its output.
pub(crate) fn output<A: AsRef<OsStr>>(
    folder: &Path,
    program: impl AsRef<OsStr>,
    arguments: &[A],
) -> Result<String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    let shown = shown(&command);
    let output = command.output().with_context(|| format!("cannot start `{shown}`"))?;
    ensure!(
        output.status.success(),
        "`{shown}` failed with {}:\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed bytes that are not UTF-8"))
}

/// Runs a program with `input` and this program's error stream, and returns its output.
pub(crate) fn piped(command: &mut Command, input: String) -> Result<String> {
    let shown = shown(command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    let mut pipe = child.stdin.take().context("no standard input")?;
    // On a separate thread: the program may write before it has read everything, and both pipes are bounded.
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "`{shown}` failed with {}", output.status);
    writer.join().ok().with_context(|| format!("`{shown}` did not read its input"))??;
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed bytes that are not UTF-8"))
}

/// Waits until no other process holds the lock of a file, and holds it while the file is open. Parts of the tests that run
/// beside each other set up the same tools.
pub(crate) fn lock(file: &Path) -> Result<File> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let open = File::create(file)?;
    open.lock().with_context(|| format!("cannot lock {}", file.display()))?;
    Ok(open)
}

/// Whether a program exists and runs with `--version`.
pub(crate) fn exists(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}
