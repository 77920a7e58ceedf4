//! Runs the fuzz targets with coverage, from the golden vectors on.
//!
//! The pinned compiler instruments the code itself (`sancov-module` is a pass of LLVM), and libFuzzer comes with
//! `libfuzzer-sys`, so neither a nightly compiler nor `cargo-fuzz` is needed. No corpus is kept in the tree: it is made of
//! the vectors, and each finding becomes a vector or a test. What a run finds beyond them stays in `target/fuzz`, reduced
//! to the inputs that reach something of their own, and the next run goes on from there.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;

use crate::process;

/// The seconds that a target runs.
const SECONDS: u32 = 300;

/// The largest input that is made from others, in bytes; vectors beyond it are left out.
const LONGEST: usize = 16 * 1024;

/// Counters for each branch, and comparisons whose operands guide the search.
const INSTRUMENTATION: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing -Ccodegen-units=1 -Cdebug-assertions=on -Coverflow-checks=on";

#[derive(Args)]
pub(crate) struct Options {
    /// How long each target runs.
    #[arg(long, default_value_t = SECONDS)]
    seconds: u32,
    /// The targets; all by default.
    targets: Vec<String>,
}

/// Builds the targets and runs each for some time; fails if one finds an input that breaks its rule.
pub(crate) fn run(root: &Path, options: &Options) -> Result<()> {
    let folder = root.join("fuzz");
    let host = host()?;
    process::run_command(
        Command::new("cargo")
            // With a target, build scripts and macros are compiled without instrumentation.
            .args(["build", "--release", "--locked", "--bins", "--target", &host])
            .env("RUSTFLAGS", INSTRUMENTATION)
            .env("CARGO_TARGET_DIR", work(root).join("build"))
            .current_dir(&folder),
    )?;
    let all = targets(&folder)?;
    let chosen = if options.targets.is_empty() { &all } else { &options.targets };
    for target in chosen {
        ensure!(all.contains(target), "there is no fuzz target {target:?}; there are {}", all.join(", "));
        let program = work(root).join("build").join(&host).join("release").join(target);
        let corpus = work(root).join("corpus").join(target);
        let seeds = work(root).join("seeds").join(target);
        let findings = work(root).join("findings").join(target);
        for folder in [&corpus, &findings] {
            fs::create_dir_all(folder)?;
        }
        let words = work(root).join(format!("{target}.dict"));
        let count = sow(root, target, &seeds, &words)?;
        println!("{target}: {count} seeds, {} s", options.seconds);
        let outcome = process::run_command(
            fuzzer(&program)
                .arg(&corpus)
                .arg(&seeds)
                .arg(format!("-dict={}", words.display()))
                .arg(format!("-artifact_prefix={}/", findings.display()))
                .arg(format!("-max_total_time={}", options.seconds))
                .args([
                    "-timeout=60",
                    "-report_slow_units=60",
                    "-rss_limit_mb=2048",
                    "-print_final_stats=1",
                    "-verbosity=1",
                ]),
        );
        outcome.with_context(|| format!("the finding is in {}; make it a vector", findings.display()))?;
        minimise(&program, &corpus, &seeds)?;
    }
    Ok(())
}

/// A target with the options of every use.
fn fuzzer(program: &Path) -> Command {
    let mut command = Command::new(program);
    // With one thread, the same input reaches the same code.
    command.env("RAYON_NUM_THREADS", "1").arg(format!("-max_len={LONGEST}"));
    command
}

/// Keeps of the corpus and of the seeds the inputs that reach something of their own.
fn minimise(program: &Path, corpus: &Path, seeds: &Path) -> Result<()> {
    let smaller = corpus.with_extension("smaller");
    if smaller.exists() {
        fs::remove_dir_all(&smaller)?;
    }
    fs::create_dir_all(&smaller)?;
    process::run_command(
        fuzzer(program).arg("-merge=1").arg(&smaller).arg(seeds).arg(corpus).arg("-verbosity=0"),
    )?;
    fs::remove_dir_all(corpus)?;
    Ok(fs::rename(smaller, corpus)?)
}

fn work(root: &Path) -> PathBuf {
    root.join("target/fuzz")
}

/// The compiler's own platform.
fn host() -> Result<String> {
    let version = process::output(Path::new("."), "rustc", &["-vV"])?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say its host")?.to_owned())
}

/// The names of the targets.
fn targets(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in fs::read_dir(folder.join("targets"))? {
        let path = file?.path();
        names.extend(path.file_stem().and_then(|name| name.to_str()).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// Writes the seeds of a target, made from the golden vectors, and a dictionary of their words; returns the number of
/// seeds.
fn sow(root: &Path, target: &str, folder: &Path, words: &Path) -> Result<usize> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut count = 0;
    let mut known = BTreeSet::new();
    for family in fs::read_dir(root.join("tests/vectors"))? {
        for file in fs::read_dir(family?.path())? {
            let path = file?.path();
            let text = fs::read_to_string(&path)?;
            let file: Value = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
            let operation = file.get("operation").and_then(Value::as_str).context("no operation")?;
            let vectors = file.get("vectors").and_then(Value::as_array).context("no vectors")?;
            for input in vectors.iter().filter_map(|vector| vector.get("input")) {
                collect_words(input, &mut known);
                for seed in seeds_of(target, operation, input) {
                    if seed.len() <= LONGEST {
                        fs::write(folder.join(format!("{operation}-{count}")), seed)?;
                        count += 1;
                    }
                }
            }
        }
    }
    let lines: Vec<String> = known.iter().map(|word| format!("\"{word}\"\n")).collect();
    fs::write(words, lines.concat())?;
    Ok(count)
}

/// The markup of a sheet, which the target of workbooks packs.
const SHEET: &str = "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><t>Post Date</t></is></c>\
    <c t=\"s\"><v>1</v></c><c t=\"inlineStr\"><is><t>Category</t></is></c><c t=\"inlineStr\"><is><t>Type</t></is></c>\
    <c t=\"s\"><v>2</v></c><c t=\"inlineStr\"><is><t>Memo</t></is></c></row><row r=\"4\"><c r=\"A4\" s=\"1\"><v>46083.5</v></c>\
    <c r=\"C4\" t=\"str\"><f>A1</f><v>CORNER &amp; CAFE</v></c><c r=\"F4\"><v>-4.50000000000001</v></c></row></sheetData></worksheet>";

/// The seeds of a target from one input.
fn seeds_of(target: &str, operation: &str, input: &Value) -> Vec<String> {
    if target == "operation" {
        return vec![format!("{operation}\n{input}")];
    }
    if target == "formats_read" {
        let text = input.get("text").and_then(Value::as_str).filter(|_| operation == "formats.read");
        return text.map(str::to_owned).into_iter().collect();
    }
    if target == "workbooks_read" {
        let file = input.get("base64").and_then(Value::as_str).filter(|_| operation == "workbooks.read");
        return file.into_iter().flat_map(|file| [file.to_owned(), SHEET.to_owned()]).collect();
    }
    let mut texts = Vec::new();
    collect(input, &mut texts);
    texts.truncate(3);
    texts
}

/// The texts in a value, such as decimals and dates.
fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, texts)),
        _ => {}
    }
}

/// The names of fields and the texts of names in a value, which libFuzzer puts into inputs.
fn collect_words(value: &Value, words: &mut BTreeSet<String>) {
    // Others need escapes in a dictionary.
    let is_word =
        |text: &str| (2..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match value {
        Value::String(text) if is_word(text) => {
            words.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| collect_words(item, words)),
        Value::Object(fields) => {
            for (name, field) in fields {
                if is_word(name) {
                    words.insert(name.clone());
                }
                collect_words(field, words);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_golden_vector_is_a_seed() {
        let (root, work) = (crate::root(), tempfile::tempdir().unwrap());
        let (seeds, words) = (work.path().join("seeds"), work.path().join("words"));
        for target in targets(&root.join("fuzz")).unwrap() {
            let count = sow(&root, &target, &seeds, &words).unwrap();
            // The seeds of some targets are the files in the vectors of one operation, those of the others all inputs.
            let least = match target.as_str() {
                "formats_read" => 70,
                "workbooks_read" => 20,
                _ => 1000,
            };
            assert!(count >= least, "{target}: {count} seeds");
            assert_eq!(fs::read_dir(&seeds).unwrap().count(), count, "{target}");
        }

        sow(&root, "operation", &seeds, &words).unwrap();
        let paths = fs::read_dir(&seeds).unwrap().map(|file| file.unwrap().path());
        let texts: BTreeSet<String> = paths.map(|path| fs::read_to_string(path).unwrap()).collect();
        let file = fs::read_to_string(root.join("tests/vectors/debt/solve.json")).unwrap();
        let file: Value = serde_json::from_str(&file).unwrap();
        for vector in file["vectors"].as_array().unwrap() {
            assert!(texts.contains(&format!("debt.solve\n{}", vector["input"])), "{}", vector["name"]);
        }
        assert!(fs::read_to_string(&words).unwrap().contains("\"numberOfPayments\"\n"));
    }
}
