//! The Python package: how it is built, tested and asked.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::process;

const PACKAGE: &str = "bindings/python";

/// The interpreter in which the package is installed once it was built.
pub(crate) fn interpreter(root: &Path) -> PathBuf {
    tool(root, "python")
}

/// Builds the package `wherewithal` as a wheel in `target/wheels` and installs it in `target/venv`.
pub(crate) fn build(root: &Path) -> Result<()> {
    set_up(root)?;
    let wheels = root.join("target/wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels)?;
    }
    let mut maturin = Command::new(tool(root, "maturin"));
    maturin.args(["build", "--release", "--locked", "--quiet", "--interpreter"]).arg(interpreter(root));
    maturin.arg("--manifest-path").arg(root.join(PACKAGE).join("Cargo.toml"));
    maturin.arg("--out").arg(&wheels).current_dir(root);
    process::run_command(&mut maturin)?;
    let built = fs::read_dir(&wheels)?.next().context("maturin made no wheel")??.path();
    pip(root, &["install", "--force-reinstall", "--no-deps"], &built)
}

/// Tests the package, which must have been built: its layout, its types and stubs, and what it does.
pub(crate) fn test(root: &Path) -> Result<()> {
    set_up(root)?;
    let package = root.join(PACKAGE);
    let sources = [PACKAGE, "tests/parity/python.py", "examples/python"];
    let mut format = Command::new(tool(root, "ruff"));
    format.args(["format", "--check", "--config"]).arg(package.join("pyproject.toml")).args(sources);
    process::run_command(format.current_dir(root))?;

    process::run(&package, tool(root, "mypy"), &["wherewithal", "tests/typing_sample.py"])?;
    // From a folder without the sources, so that the installed package is the one that is looked at.
    let mut stubs = Command::new(interpreter(root));
    stubs
        .args(["-m", "mypy.stubtest", "wherewithal", "--mypy-config-file"])
        .arg(package.join("pyproject.toml"));
    stubs.arg("--allowlist").arg(package.join("tests/stubtest.txt"));
    process::run_command(stubs.current_dir(root.join("target/venv")))?;

    // In a folder without the sources, so that the processes which tests start use the installed package too.
    let arguments = ["--quiet", "--config-file", "../pyproject.toml", "."];
    process::run(&package.join("tests"), tool(root, "pytest"), &arguments)
}

/// The path of `program`, which `package` of PyPI ships, installed in the virtual environment.
pub(crate) fn with_package(root: &Path, package: &str, program: &str) -> Result<PathBuf> {
    set_up(root)?;
    let path = tool(root, program);
    if !path.exists() {
        pip(root, &["install"], Path::new(package))?;
    }
    Ok(path)
}

/// Makes the virtual environment and installs the pinned requirements, where that was not done yet.
fn set_up(root: &Path) -> Result<()> {
    let venv = root.join("target/venv");
    let requirements = root.join(PACKAGE).join("requirements.txt");
    let installed = venv.join("requirements.txt");
    let wanted = fs::read(&requirements)?;
    if interpreter(root).exists() && fs::read(&installed).is_ok_and(|text| text == wanted) {
        return Ok(());
    }
    let check = "import sys; sys.exit(sys.version_info < (3, 10))";
    process::run(root, "python3", &["-c", check]).context("the Python package needs Python 3.10 or later")?;
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(&venv);
    process::run_command(&mut make)
        .context("no virtual environment; on Debian: apt-get install python3-venv")?;
    pip(root, &["install", "--requirement"], &requirements)?;
    Ok(fs::write(installed, wanted)?)
}

fn pip(root: &Path, arguments: &[&str], file: &Path) -> Result<()> {
    let mut pip = Command::new(interpreter(root));
    pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]).args(arguments).arg(file);
    process::run_command(pip.env("PIP_ROOT_USER_ACTION", "ignore"))
}

/// A program of the virtual environment.
fn tool(root: &Path, name: &str) -> PathBuf {
    let folder = if cfg!(windows) { "Scripts" } else { "bin" };
    root.join("target/venv").join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
