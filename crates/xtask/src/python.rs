//! The Python package: building, testing and running it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context, Result, anyhow};

use crate::{maturin, packages, process, virtual_environment::VirtualEnvironment, workspace};

const PACKAGE: &str = "bindings/python";

/// The interpreter in whose environment the package is installed.
pub(crate) fn interpreter(root: &Path) -> PathBuf {
    environment(root).interpreter()
}

/// Builds the package `wherewithal` as a wheel in `target/wheels` and installs it in `target/venv`.
pub(crate) fn build(root: &Path) -> Result<()> {
    let environment = environment(root);
    environment.set_up()?;
    let artifacts = workspace::shipped(root)?;
    let wheels = root.join("target/wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels)?;
    }
    let mut maturin = Command::new(environment.tool("maturin"));
    maturin
        .args(["build", "--release", "--locked", "--quiet", "--interpreter"])
        .arg(environment.interpreter());
    maturin.arg("--manifest-path").arg(root.join(PACKAGE).join("Cargo.toml"));
    maturin.arg("--out").arg(&wheels).current_dir(root);
    maturin::run(&mut maturin, &artifacts)?;
    let wheel = wheel(root)?;
    packages::check_wheel(&environment.interpreter(), &wheel)?;
    environment.pip(&["install", "--force-reinstall", "--no-deps"], &wheel)
}

/// The wheel of the last build.
pub(crate) fn wheel(root: &Path) -> Result<PathBuf> {
    Ok(fs::read_dir(root.join("target/wheels"))?.next().context("no wheel was built")??.path())
}

/// Tests the package, which must have been built: its format, its types and stubs, and its behavior.
pub(crate) fn test(root: &Path) -> Result<()> {
    let environment = environment(root);
    environment.set_up()?;
    let package = root.join(PACKAGE);
    let sources = [PACKAGE, "tests/parity/python.py", "examples/python", "benches/peers"];
    let mut format = Command::new(environment.tool("ruff"));
    format.args(["format", "--check", "--config"]).arg(package.join("pyproject.toml")).args(sources);
    process::run_command(format.current_dir(root))?;

    // The checks of types use one processor.
    let (types, behavior) = thread::scope(|scope| {
        let types = scope.spawn(|| check_types(root, &environment));
        // In a folder without the sources, so that processes started by tests use the installed package, too.
        let arguments = ["--quiet", "--numprocesses", "auto", "--config-file", "../pyproject.toml", "."];
        let behavior = process::run(&package.join("tests"), environment.tool("pytest"), &arguments);
        (types.join(), behavior)
    });
    behavior.and(types.map_err(|_panic| anyhow!("the types were not checked to the end"))?)
}

/// Checks the types of the sources, then the stubs of the installed package.
fn check_types(root: &Path, environment: &VirtualEnvironment) -> Result<()> {
    let package = root.join(PACKAGE);
    process::run(&package, environment.tool("mypy"), &["wherewithal", "tests/typing_sample.py"])?;
    // From a folder without the sources, so that the check is of the installed package.
    let mut stubs = Command::new(environment.interpreter());
    stubs
        .args(["-m", "mypy.stubtest", "wherewithal", "--mypy-config-file"])
        .arg(package.join("pyproject.toml"));
    stubs.arg("--allowlist").arg(package.join("tests/stubtest.txt"));
    process::run_command(stubs.current_dir(root.join("target/venv")))
}

/// Checks the format and the style of programs in a folder that has a `ruff.toml`.
pub(crate) fn check_sources(root: &Path, folder: &str) -> Result<()> {
    let environment = environment(root);
    environment.set_up()?;
    process::run(root, environment.tool("ruff"), &["format", "--check", folder])?;
    process::run(root, environment.tool("ruff"), &["check", folder])
}

/// The path of `program` of the PyPI package `package`, installed in the virtual environment.
pub(crate) fn with_package(root: &Path, package: &str, program: &str) -> Result<PathBuf> {
    let environment = environment(root);
    environment.set_up()?;
    let path = environment.tool(program);
    if !path.exists() {
        environment.pip(&["install"], Path::new(package))?;
    }
    Ok(path)
}

/// The virtual environment of the tools and the package.
fn environment(root: &Path) -> VirtualEnvironment {
    VirtualEnvironment {
        folder: root.join("target/venv"),
        requirements: root.join(PACKAGE).join("requirements.txt"),
    }
}
