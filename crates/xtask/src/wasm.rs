//! The browser package: how it is compiled and made.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{artifact, npm, process, system};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];

/// Fixed-width SIMD, which every browser has had since 2023 and whose results are those of scalar code. Relaxed
/// SIMD stays off: its results depend on the processor.
const RUST_FLAGS: &str = "-Ctarget-feature=+simd128";

/// Whose compiler has a standard library for the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Compiler {
    /// The toolchain that builds everything else, with the target added by rustup.
    Rustup,
    /// Debian's compiler for the web, which comes with the source of its standard library.
    Debian,
}

/// Builds the package `wherewithal-wasm` in `bindings/wasm` with the compiler that there is.
pub(crate) fn build(root: &Path) -> Result<()> {
    build_with(root, find_compiler(root)?)
}

/// As [`build`], with the compiler of the caller's choice.
pub(crate) fn build_with(root: &Path, compiler: Compiler) -> Result<()> {
    npm::set_up(root)?;
    let bindgen = bindgen(root)?;
    let module = compile(root, compiler)?;
    let package = root.join("bindings/wasm");
    let pkg = package.join("pkg");
    generate(root, &bindgen, &module, &pkg)?;
    optimise(root, &pkg.join("wherewithal_bg.wasm"))?;
    npm::compile(root, "wasm")?;
    copy_files(&pkg, &package.join("dist/wasm/pkg"))?;
    npm::complete(root, "wasm")?;
    process::run(root, "node", &["bindings/wasm/sizes.mjs"])
}

/// A compiler for the browser; what it lacks is installed.
fn find_compiler(root: &Path) -> Result<Compiler> {
    if has_target(root) {
        return Ok(Compiler::Rustup);
    }
    println!("installing the Rust target {TARGET}");
    let mut rustup = Command::new("rustup");
    if process::run_within(120, rustup.args(["target", "add", TARGET])).is_ok() && has_target(root) {
        return Ok(Compiler::Rustup);
    }
    println!("rustup cannot; installing Debian's compiler for the web");
    system::install_packages(DEBIAN_PACKAGES)?;
    ensure!(
        Path::new(DEBIAN_CARGO).exists(),
        "neither `rustup target add {TARGET}` nor `apt-get install {}` works here",
        DEBIAN_PACKAGES.join(" ")
    );
    Ok(Compiler::Debian)
}

/// Whether the toolchain has the standard library for the browser.
fn has_target(root: &Path) -> bool {
    let folder = process::output(root, "rustc", &["--print", "target-libdir", "--target", TARGET]);
    folder.is_ok_and(|folder| Path::new(folder.trim()).exists())
}

/// Compiles the crate to a WebAssembly module.
fn compile(root: &Path, compiler: Compiler) -> Result<PathBuf> {
    let mut cargo = match compiler {
        Compiler::Rustup => Command::new("cargo"),
        Compiler::Debian => debian_cargo(root)?,
    };
    cargo.args(["build", "--locked", "--profile", "wasm", "--target", TARGET]).current_dir(root);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", RUST_FLAGS);
    if compiler == Compiler::Debian {
        cargo.arg("-Zbuild-std=std,panic_abort");
    }
    artifact::library(&mut cargo, "wherewithal-wasm")
}

/// Debian's cargo with Debian's compiler and the linker of the rustup toolchain, which Debian's lacks.
fn debian_cargo(root: &Path) -> Result<Command> {
    let sysroot = process::output(root, "rustc", &["--print", "sysroot"])?;
    let host = process::output(root, "rustc", &["--print", "host-tuple"])?;
    let linker = Path::new(sysroot.trim()).join("lib/rustlib").join(host.trim()).join("bin/rust-lld");
    let mut cargo = Command::new(DEBIAN_CARGO);
    cargo.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    // What cargo and rustup put into our own environment belongs to the other toolchain.
    for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "LD_LIBRARY_PATH"] {
        cargo.env_remove(name);
    }
    // Two compilers in one target directory would rebuild everything in turns.
    cargo.env("CARGO_TARGET_DIR", root.join("target/debian"));
    Ok(cargo)
}

/// The generator of the JavaScript around the module, in the version of the library that is compiled in.
fn bindgen(root: &Path) -> Result<PathBuf> {
    let version = locked_version(&fs::read_to_string(root.join("Cargo.lock"))?, "wasm-bindgen")?;
    let tools = root.join("target/tools");
    let program = tools.join("bin").join(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX));
    let installed = process::output(root, &program, &["--version"]).unwrap_or_default();
    if installed.trim() != format!("wasm-bindgen {version}") {
        println!("installing wasm-bindgen-cli {version}");
        let install = |options: &[&str]| {
            let mut cargo = Command::new("cargo");
            cargo.args(["install", "--quiet", "wasm-bindgen-cli", "--version", &version, "--root"]);
            process::run_command(cargo.arg(&tools).args(options).current_dir(root))
        };
        // Where a mirror lacks a version that the tool was locked to, a newer one will do.
        install(&["--locked"]).or_else(|_| install(&[]))?;
    }
    Ok(program)
}

fn locked_version(lock: &str, package: &str) -> Result<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).with_context(|| format!("{package} is not in Cargo.lock"))
}

/// Writes one module and the JavaScript of both ways to load it: by the page, and by a bundler.
fn generate(root: &Path, bindgen: &Path, module: &Path, pkg: &Path) -> Result<()> {
    if pkg.exists() {
        fs::remove_dir_all(pkg)?;
    }
    let bundler = pkg.join("bundler");
    for (target, folder) in [("web", pkg), ("bundler", bundler.as_path())] {
        let mut command = Command::new(bindgen);
        command.args(["--target", target, "--out-name", "wherewithal", "--out-dir"]);
        process::run_command(command.arg(folder).arg(module).current_dir(root))?;
    }
    ensure!(
        fs::read(pkg.join("wherewithal_bg.wasm"))? == fs::read(bundler.join("wherewithal_bg.wasm"))?,
        "the module for bundlers differs from the one for pages: ship both"
    );
    fs::rename(bundler.join("wherewithal.js"), pkg.join("bundler.js"))?;
    fs::rename(bundler.join("wherewithal.d.ts"), pkg.join("bundler.d.ts"))?;
    fs::rename(bundler.join("wherewithal_bg.js"), pkg.join("wherewithal_bg.js"))?;
    fs::remove_dir_all(bundler)?;
    Ok(())
}

/// Makes the module smaller and faster; its numbers stay as they are, because fast-math stays off.
fn optimise(root: &Path, module: &Path) -> Result<()> {
    let path = module.to_str().context("the path is not UTF-8")?;
    let features = ["--enable-simd", "--enable-bulk-memory", "--enable-nontrapping-float-to-int"];
    let features = [&features[..], &["--enable-sign-ext", "--enable-mutable-globals", "--enable-multivalue"]];
    let features = [features.concat(), vec!["--enable-reference-types"]].concat();
    npm::tool(root, "binaryen/bin/wasm-opt", &[&["-O3", path, "--output", path], &features[..]].concat())
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        fs::copy(&path, to.join(path.file_name().context("a file without a name")?))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_package_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").unwrap(), "0.2.130");
        assert!(locked_version(lock, "wasm-opt").is_err());
    }
}
