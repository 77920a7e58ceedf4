//! Reading the page written by `cargo build --timings`, the only form of its figures in stable cargo.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

/// The seconds of all compilations of each package.
pub(super) fn by_package(page: &str) -> Result<BTreeMap<String, f64>> {
    let (_, data) = page.split_once("const UNIT_DATA = ").context("the page has no figures")?;
    let mut values = serde_json::Deserializer::from_str(data).into_iter::<Vec<Value>>();
    let units = values.next().context("the page has no figures")??;
    let mut seconds = BTreeMap::new();
    for unit in units {
        let name = unit.get("name").and_then(Value::as_str).context("a unit without a name")?;
        let duration = unit.get("duration").and_then(Value::as_f64).context("a unit without a duration")?;
        *seconds.entry(name.to_owned()).or_default() += duration;
    }
    Ok(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compilations_of_a_package_are_added_up() {
        let page = r#"<script>
const UNIT_DATA = [
  {"i": 0, "name": "serde", "target": " build-script", "duration": 0.5},
  {"i": 1, "name": "serde", "target": "", "duration": 1.25},
  {"i": 2, "name": "tiny", "target": " tiny \"bin\"", "duration": 0.25}
];
const CONCURRENCY_DATA = [];"#;
        let expected = BTreeMap::from([("serde".to_owned(), 1.75), ("tiny".to_owned(), 0.25)]);
        assert_eq!(by_package(page).unwrap(), expected);
    }

    #[test]
    fn a_page_without_figures_is_refused() {
        assert!(by_package("<html></html>").is_err());
    }
}
