//! The browser package: compiling and testing it.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
    thread,
};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

use crate::{artifact::Artifacts, node, npm, process, system, workspace};

const PACKAGE: &str = "wherewithal-wasm";
const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
/// The folder of the modules, relative to the workspace.
const MODULES: &str = "target/modules";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];

/// Fixed-width SIMD, which every browser has had since 2023 and whose results are those of scalar code. Relaxed SIMD is
/// off: its results depend on the processor.
const RUST_FLAGS: &str = "-Ctarget-feature=+simd128";

/// The source of the compiler and standard library for the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Compiler {
    /// The toolchain of the workspace, with the target added by rustup.
    Rustup,
    /// Debian's compiler for WebAssembly, which includes the source of its standard library.
    Debian,
}

impl Compiler {
    /// The folder of what it compiles: two compilers in one would rebuild everything each time.
    fn folder(self) -> &'static str {
        match self {
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        }
    }
}

/// A module of the package.
struct Module {
    name: String,
    /// Its features of the contract: families of operations, and single operations.
    features: Vec<String>,
}

/// The module with every family, for pages without a bundler and for users who prefer a single file.
const ALL: &str = "all";

/// Builds the package `wherewithal-wasm` in `bindings/wasm` with the available compiler.
pub(crate) fn build(root: &Path) -> Result<()> {
    build_with(root, find_compiler(root)?)
}

/// Like [`build`], with the given compiler.
pub(crate) fn build_with(root: &Path, compiler: Compiler) -> Result<()> {
    npm::set_up(root)?;
    let package = root.join("bindings/wasm");
    let pkg = package.join("pkg");
    if pkg.exists() {
        fs::remove_dir_all(&pkg)?;
    }
    let bindgen = bindgen(root)?;
    // The last one holds every family and takes longest.
    let modules = Mutex::new(modules(&package)?.into_iter().rev());
    let next = || modules.lock().unwrap_or_else(PoisonError::into_inner).next();
    // Linking and optimising a module take one core each.
    thread::scope(|scope| {
        let build_some = || {
            while let Some(module) = next() {
                module.build(root, compiler, &bindgen, &pkg)?;
            }
            anyhow::Ok(())
        };
        let [one, other] = [scope.spawn(build_some), scope.spawn(build_some)];
        [one, other].into_iter().try_for_each(|thread| thread.join().map_err(|_panic| anyhow!("a module"))?)
    })?;
    npm::compile(root, "wasm")?;
    copy_folder(&pkg, &package.join("dist/wasm/pkg"))?;
    npm::complete(root, "wasm")?;
    process::run(root, "node", &["bindings/wasm/sizes.mjs"])
}

impl Module {
    /// Compiles the module and writes it to its folder in `pkg`.
    fn build(&self, root: &Path, compiler: Compiler, bindgen: &Path, pkg: &Path) -> Result<()> {
        let folder = self.folder(root);
        let compiled = compile(root, compiler, &package_features(&self.features), &folder)?;
        let finished = folder.join("finished");
        let made_from = fingerprint(&[&compiled, bindgen, &npm::folder(root).join("package-lock.json")])?;
        let stamp = folder.join("made-from");
        // Optimising takes as long as linking, and a change in one engine leaves some modules as they were.
        if !fs::read_to_string(&stamp).is_ok_and(|before| before == made_from) {
            if stamp.exists() {
                fs::remove_file(&stamp)?;
            }
            if finished.exists() {
                fs::remove_dir_all(&finished)?;
            }
            generate(bindgen, &compiled, &finished, self.name == ALL)?;
            optimise(root, &finished.join("wherewithal_bg.wasm"))?;
            fs::write(stamp, made_from)?;
        }
        copy_folder(&finished, &pkg.join(&self.name))
    }

    /// The folder in which cargo compiles the module. Each has its own: the library has one name whatever its features,
    /// so that in a common folder cargo would link all modules again each time, one after the other.
    fn folder(&self, root: &Path) -> PathBuf {
        root.join(MODULES).join(&self.name)
    }
}

/// A text that changes with the contents of the files.
fn fingerprint(files: &[&Path]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        fs::read(file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The modules in `modules.json`.
fn modules(package: &Path) -> Result<Vec<Module>> {
    let list: Vec<Value> = serde_json::from_slice(&fs::read(package.join("modules.json"))?)?;
    list.iter().map(module).collect()
}

fn module(entry: &Value) -> Result<Module> {
    let name = entry.get("name").and_then(Value::as_str).context("a module has no name")?;
    let families = entry.get("families").and_then(Value::as_array).context("a module has no families")?;
    let families = families.iter().filter_map(Value::as_str);
    let others =
        entry.get("also").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str());
    Ok(Module { name: name.to_owned(), features: families.chain(others).map(str::to_owned).collect() })
}

/// The features of this package for some of the contract: the same, and the array functions of each family that has
/// any.
fn package_features(features: &[String]) -> String {
    let arrays = features.iter().any(|feature| feature == "time_value" || feature == ALL);
    let features = features.iter().map(|feature| format!("wherewithal-contract/{feature}"));
    features.chain(arrays.then(|| ARRAYS.to_owned())).collect::<Vec<_>>().join(",")
}

/// Tests the package, which must have been built, in a real browser.
pub(crate) fn test(root: &Path) -> Result<()> {
    node::run_tests(root, node::test_files(&root.join("bindings/wasm/tests"))?)
}

/// A compiler for the browser; missing parts are installed.
fn find_compiler(root: &Path) -> Result<Compiler> {
    if has_target(root) {
        return Ok(Compiler::Rustup);
    }
    // rustup failed to add the target in the first build of this clone, and would fail again.
    if root.join(MODULES).join(ALL).join(Compiler::Debian.folder()).exists()
        && Path::new(DEBIAN_CARGO).exists()
    {
        return Ok(Compiler::Debian);
    }
    println!("installing the Rust target {TARGET}");
    let mut rustup = Command::new("rustup");
    if process::run_within(120, rustup.args(["target", "add", TARGET])).is_ok() && has_target(root) {
        return Ok(Compiler::Rustup);
    }
    println!("rustup failed; installing Debian's compiler for WebAssembly");
    system::install_packages(DEBIAN_PACKAGES)?;
    ensure!(
        Path::new(DEBIAN_CARGO).exists(),
        "both `rustup target add {TARGET}` and `apt-get install {}` failed",
        DEBIAN_PACKAGES.join(" ")
    );
    Ok(Compiler::Debian)
}

/// Whether the toolchain has the standard library for the browser.
fn has_target(root: &Path) -> bool {
    let folder = process::output(root, "rustc", &["--print", "target-libdir", "--target", TARGET]);
    folder.is_ok_and(|folder| Path::new(folder.trim()).exists())
}

/// The feature of the array functions.
const ARRAYS: &str = "arrays";

/// A module without the array functions solves for a rate only occasionally, so small code is better than fast code.
const SMALL_TIME_VALUE: &str = "profile.wasm.package.wherewithal-time-value.opt-level=\"z\"";

/// Compiles the crate with the given features to a WebAssembly module.
fn compile(root: &Path, compiler: Compiler, features: &str, folder: &Path) -> Result<PathBuf> {
    let mut cargo = match compiler {
        Compiler::Rustup => Command::new("cargo"),
        Compiler::Debian => debian_cargo(root)?,
    };
    cargo.args(["build", "--locked", "--profile", "wasm", "--target", TARGET]).current_dir(root);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", rust_flags()?);
    cargo.env("CARGO_TARGET_DIR", folder.join(compiler.folder()));
    if compiler == Compiler::Debian {
        cargo.arg("-Zbuild-std=std,panic_abort");
    }
    if !features.split(',').any(|feature| feature == ARRAYS) {
        cargo.args(["--config", SMALL_TIME_VALUE]);
    }
    cargo.args(["--package", PACKAGE, "--no-default-features", "--features", features]);
    Artifacts::build(&mut cargo)?.library(PACKAGE)
}

/// The flags of the compiler, between the separators that cargo expects.
#[expect(
    clippy::disallowed_methods,
    reason = "cargo's own folder is where the environment says; no engine runs in it"
)]
fn rust_flags() -> Result<String> {
    let cargo = match env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => env::home_dir().context("there is no home directory")?.join(".cargo"),
    };
    // The text of a panic says where it stands: in a dependency, not where that lies on the machine of the build.
    let remap = format!("--remap-path-prefix={}=", cargo.join("registry/src").display());
    Ok([RUST_FLAGS, &remap].join("\x1f"))
}

/// Debian's cargo and compiler with the linker of the rustup toolchain, which Debian's has not.
fn debian_cargo(root: &Path) -> Result<Command> {
    let sysroot = process::output(root, "rustc", &["--print", "sysroot"])?;
    let host = process::output(root, "rustc", &["--print", "host-tuple"])?;
    let linker = Path::new(sysroot.trim()).join("lib/rustlib").join(host.trim()).join("bin/rust-lld");
    let mut cargo = Command::new(DEBIAN_CARGO);
    cargo.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    // The variables that cargo and rustup set for this program belong to the other toolchain.
    for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "LD_LIBRARY_PATH"] {
        cargo.env_remove(name);
    }
    Ok(cargo)
}

/// The program that writes the JavaScript of a module.
fn bindgen(root: &Path) -> Result<PathBuf> {
    const BINDGEN: &str = "wherewithal-bindgen";
    let mut cargo = workspace::tested(root, "build");
    Artifacts::build(cargo.args(["--quiet", "--bin", BINDGEN]))?.program(BINDGEN)
}

/// Writes a module and the JavaScript that loads it in a page, and optionally the variant for bundlers.
fn generate(bindgen: &Path, module: &Path, pkg: &Path, for_bundlers: bool) -> Result<()> {
    let bundler = pkg.join("bundler");
    process::run_command(Command::new(bindgen).arg(module).arg(pkg).arg(&bundler))?;
    ensure!(
        fs::read(pkg.join("wherewithal_bg.wasm"))? == fs::read(bundler.join("wherewithal_bg.wasm"))?,
        "the modules for bundlers and for pages differ: both would have to be shipped"
    );
    if for_bundlers {
        fs::rename(bundler.join("wherewithal.js"), pkg.join("bundler.js"))?;
        fs::rename(bundler.join("wherewithal.d.ts"), pkg.join("bundler.d.ts"))?;
        fs::rename(bundler.join("wherewithal_bg.js"), pkg.join("wherewithal_bg.js"))?;
    }
    fs::remove_dir_all(bundler)?;
    Ok(())
}

/// Makes the module smaller and faster; its results do not change, because fast-math is off.
fn optimise(root: &Path, module: &Path) -> Result<()> {
    let path = module.to_str().context("the path is not UTF-8")?;
    let features = ["--enable-simd", "--enable-bulk-memory", "--enable-nontrapping-float-to-int"];
    let features = [&features[..], &["--enable-sign-ext", "--enable-mutable-globals", "--enable-multivalue"]];
    let features = [features.concat(), vec!["--enable-reference-types"]].concat();
    npm::tool(
        root,
        "binaryen/bin/wasm-opt",
        // The second pass saves another half percent.
        &[&["-O3", "-O3", "--reorder-functions", path, "--output", path], &features[..]].concat(),
    )
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("a file without a name")?);
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            fs::copy(&path, target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_functions_of_arrays_come_with_the_family_that_they_run() {
        let features = |feature: &str| super::package_features(&[feature.to_owned()]);
        assert_eq!(features("debt"), "wherewithal-contract/debt");
        assert_eq!(features("time_value"), "wherewithal-contract/time_value,arrays");
        assert_eq!(features("all"), "wherewithal-contract/all,arrays");
    }
}
