//! Generates the JavaScript for the WebAssembly modules of the browser package, with `wasm-bindgen` as a library.
//!
//! The command `wasm-bindgen` takes minutes to compile, mostly for its test server and downloads, and must have exactly
//! the version of the library in the module. Here `Cargo.lock` pins both.

use std::{env, ffi::OsString, path::Path};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// Arguments: the module, the folder for pages, the folder for bundlers.
fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1);
    let mut next = |what: &str| arguments.next().with_context(|| format!("{what} is not named"));
    let (module, web, bundler) = (next("the module")?, next("the web folder")?, next("the bundler folder")?);
    generate(&module, Bindgen::new().web(true)?, &web)?;
    generate(&module, Bindgen::new().bundler(true)?, &bundler)
}

fn generate(module: &OsString, bindgen: &mut Bindgen, folder: &OsString) -> Result<()> {
    let bindgen = bindgen.input_path(module).out_name("wherewithal").typescript(true);
    bindgen.generate(folder).with_context(|| format!("in {}", Path::new(module).display()))
}
