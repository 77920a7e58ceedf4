//! A wheel for machines with an older glibc than this one's.
//!
//! A wheel that is linked here asks for the glibc of this machine, which excludes many servers. Zig ships the symbols of
//! every glibc since 2.17, the oldest that Rust supports, and links against those of the one that is named. The engines are
//! compiled once more for it, into `target/portable`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{packages, process, virtual_environment::VirtualEnvironment};

const PACKAGE: &str = "bindings/python";
/// The oldest glibc that the standard library of Rust runs on.
const OLDEST: u32 = 17;

/// Builds the wheel in `target/portable/wheels` for this processor and a glibc such as `2.17`, and checks that it asks for
/// no newer one.
pub(crate) fn build(root: &Path, glibc: &str) -> Result<()> {
    let policy = policy(glibc)?;
    let folder = root.join("target/portable");
    let environment = VirtualEnvironment {
        folder: folder.join("venv"),
        requirements: root.join(PACKAGE).join("requirements-portable.txt"),
    };
    environment.set_up()?;
    let wheels = folder.join("wheels");
    if wheels.exists() {
        fs::remove_dir_all(&wheels)?;
    }
    let mut maturin = Command::new(environment.tool("maturin"));
    maturin.args(["build", "--release", "--locked", "--quiet", "--zig", "--compatibility", &policy]);
    maturin.arg("--interpreter").arg(environment.interpreter());
    maturin.arg("--manifest-path").arg(root.join(PACKAGE).join("Cargo.toml"));
    maturin.arg("--target-dir").arg(folder.join("cargo")).arg("--out").arg(&wheels);
    process::run_command(maturin.env("PATH", path_with_zig(&environment)?).current_dir(root))?;

    let wheel = fs::read_dir(&wheels)?.next().context("no wheel was built")??.path();
    packages::check_wheel(&environment.interpreter(), &wheel)?;
    let arguments = ["show".as_ref(), wheel.as_os_str()];
    let audit = process::output(root, environment.tool("auditwheel"), &arguments)?;
    ensure!(audit.contains(&policy), "the wheel is not for {policy}:\n{audit}");
    println!("{} runs with glibc {glibc} or later", wheel.display());
    Ok(())
}

/// The name of a glibc among the policies for wheels: `manylinux_2_17` for `2.17`.
fn policy(glibc: &str) -> Result<String> {
    let minor: Option<u32> = glibc.strip_prefix("2.").and_then(|minor| minor.parse().ok());
    let minor = minor.with_context(|| format!("{glibc} is no glibc: write a version such as 2.17"))?;
    ensure!(minor >= OLDEST, "Rust needs glibc 2.{OLDEST} or later");
    Ok(format!("manylinux_2_{minor}"))
}

/// Where maturin finds the interpreter that has Zig as a package.
#[expect(clippy::disallowed_methods, reason = "the programs of this machine; no engine runs in it")]
fn path_with_zig(environment: &VirtualEnvironment) -> Result<std::ffi::OsString> {
    let interpreter = environment.interpreter();
    let programs = interpreter.parent().map(Path::to_path_buf).into_iter();
    let others = env::var_os("PATH").unwrap_or_default();
    let all: Vec<PathBuf> = programs.chain(env::split_paths(&others)).collect();
    Ok(env::join_paths(all)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glibc_is_named_by_its_policy() {
        assert_eq!(policy("2.17").unwrap(), "manylinux_2_17");
        assert_eq!(policy("2.28").unwrap(), "manylinux_2_28");
        for wrong in ["2.5", "3.1", "2", "2.x", ""] {
            assert!(policy(wrong).is_err(), "{wrong}");
        }
    }
}
