//! Environment variables of the tests.

use crate::system::Program;

/// The programs that may be missing, separated by commas; without this variable a missing one fails the tests.
const ALLOW_MISSING: &str = "WHEREWITHAL_ALLOW_MISSING";

/// The variables for tests on a machine without the programs `missing`.
pub(crate) fn with_missing(missing: &[Program]) -> Vec<(String, String)> {
    if missing.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = missing.iter().map(|part| part.name()).collect();
    vec![(ALLOW_MISSING.to_owned(), names.join(","))]
}
