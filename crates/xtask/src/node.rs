//! The Node package: building, testing and running it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail, ensure};

use crate::{npm, process, workspace};

/// The folder in which Node scripts are run.
pub(crate) fn folder(root: &Path) -> PathBuf {
    npm::folder(root)
}

/// Builds the package `wherewithal` in `bindings/node`.
pub(crate) fn build(root: &Path) -> Result<()> {
    npm::set_up(root)?;
    let library = workspace::shipped(root)?.library("wherewithal-node")?;
    let addon = root.join("bindings/node").join(format!("wherewithal.{}.node", platform()?));
    // A running process may have loaded the old file, so it is replaced, not overwritten.
    let fresh = addon.with_extension("fresh");
    fs::copy(library, &fresh)?;
    fs::rename(&fresh, &addon)?;
    npm::compile(root, "node")?;
    npm::complete(root, "node")
}

/// The tests of the packages for Node and for the browser as users install them; both must have been built.
const INSTALLED: &str = "package.test.mjs";

/// Tests the package, which must have been built.
pub(crate) fn test(root: &Path) -> Result<()> {
    let files = test_files(&root.join("bindings/node/tests"))?;
    run_tests(root, files.into_iter().filter(|file| !file.ends_with(INSTALLED)).collect())
}

/// Tests the packages for Node and for the browser as users install them: contents, types, ways to load them.
pub(crate) fn test_installed(root: &Path) -> Result<()> {
    run_tests(root, vec![root.join("bindings/node/tests").join(INSTALLED)])
}

/// The test files in a folder.
pub(crate) fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Runs test files.
pub(crate) fn run_tests(root: &Path, files: Vec<PathBuf>) -> Result<()> {
    npm::set_up(root)?;
    ensure!(!files.is_empty(), "no test files found");
    let mut command = Command::new("node");
    command.arg("--test").args(files).current_dir(npm::folder(root));
    process::run_command(&mut command)
}

/// Runs a snippet of a page as a module that can import `wherewithal`.
pub(crate) fn run_snippet(root: &Path, text: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let modules = folder.path().join("node_modules");
    fs::create_dir(&modules)?;
    link(&root.join("bindings/node"), &modules.join("wherewithal"))?;
    let file = folder.path().join("snippet.mjs");
    fs::write(&file, text)?;
    process::run(folder.path(), "node", &[file])
}

/// Opens an HTML file in a headless browser, in which it can import `wherewithal-wasm`; fails if there is an error on
/// the page.
pub(crate) fn run_page(root: &Path, page: &Path) -> Result<()> {
    let script = npm::folder(root).join("tools/open-page.mjs");
    process::run(&npm::folder(root), "node", &[script.as_path(), page])
}

#[cfg(unix)]
fn link(target: &Path, name: &Path) -> Result<()> {
    Ok(std::os::unix::fs::symlink(target, name)?)
}

#[cfg(windows)]
fn link(target: &Path, name: &Path) -> Result<()> {
    Ok(std::os::windows::fs::symlink_dir(target, name)?)
}

/// The platform in Node's naming, as in the addon's file name.
fn platform() -> Result<String> {
    use std::env::consts::{ARCH, OS};
    let system = match OS {
        "linux" => "linux",
        "macos" => "darwin",
        "windows" => "win32",
        other => bail!("there is no Node package for {other}"),
    };
    let processor = match ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => bail!("there is no Node package for {other}"),
    };
    let library = if cfg!(target_env = "musl") { "-musl" } else { "" };
    Ok(format!("{system}-{processor}{library}"))
}
