//! What the tests are told through the environment.

use crate::system::Program;

/// Tests read from this variable which programs may be missing, separated by commas; without it a missing one fails.
const ALLOW_MISSING: &str = "WHEREWITHAL_ALLOW_MISSING";

/// The variables for tests that run where `missing` could not be installed.
pub(crate) fn with_missing(missing: &[Program]) -> Vec<(String, String)> {
    if missing.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = missing.iter().map(|part| part.name()).collect();
    vec![(ALLOW_MISSING.to_owned(), names.join(","))]
}
