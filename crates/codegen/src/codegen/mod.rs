//! Everything that is generated from the registry of operations.

mod python;
mod reference;
pub(crate) mod shape;
mod source;
mod typescript;

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};

use shape::Api;

/// Generated files by their path below the workspace, with their text.
pub(crate) type Files = BTreeMap<String, String>;

/// Writes all generated files below `root`, or with `check` fails if one of them is out of date.
pub(crate) fn run(root: &Path, check: bool) -> Result<()> {
    let files = generate()?;
    let mut stale = Vec::new();
    for (path, text) in &files {
        let target = root.join(path);
        if fs::read_to_string(&target).is_ok_and(|known| known == *text) {
            continue;
        }
        if check {
            stale.push(path.as_str());
            continue;
        }
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&target, text).with_context(|| format!("cannot write {}", target.display()))?;
        println!("wrote {path}");
    }
    if !stale.is_empty() {
        bail!("out of date, run `cargo xtask codegen`:\n  {}", stale.join("\n  "));
    }
    println!("{} generated files are up to date", files.len());
    Ok(())
}

fn generate() -> Result<Files> {
    let api = Api::from_registry()?;
    let mut files = Files::new();
    files.append(&mut python::generate(&api)?);
    files.append(&mut reference::generate(&api)?);
    files.append(&mut typescript::generate(&api)?);
    Ok(files)
}
