//! The registry: the list of all operations.

use std::sync::LazyLock;

use wherewithal::{Error, ErrorCode, Result};

use crate::{Operation, operations};

/// All operations, ordered by name.
pub struct Registry {
    operations: Vec<Operation>,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut ordered: Vec<Operation> = Vec::new();
    // The standard library's sort would add a kilobyte to each browser module, for a hundred names.
    for operation in operations::all() {
        let place = ordered.partition_point(|before| before.name() < operation.name());
        ordered.insert(place, operation);
    }
    Registry { operations: ordered }
});

/// The registry of this library.
#[must_use]
pub fn registry() -> &'static Registry {
    &REGISTRY
}

/// Runs the operation `name`: JSON in, JSON out.
///
/// # Errors
/// `operation.unknown`, and those of [`Operation::call`].
pub fn call(name: &str, input: &[u8]) -> Result<Vec<u8>> {
    registry().get(name)?.call(input)
}

impl Registry {
    /// All operations, ordered by name.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation `name`.
    ///
    /// # Errors
    /// `operation.unknown`.
    pub fn get(&self, name: &str) -> Result<&Operation> {
        self.operations.iter().find(|operation| operation.name() == name).ok_or_else(|| {
            let shown: String = name.chars().take(60).collect();
            Error::new(ErrorCode::OperationUnknown, format!("unknown operation {shown:?}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_of_the_form_family_function() {
        let names: Vec<&str> = registry().operations().iter().map(Operation::name).collect();
        for pair in names.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
        for name in names {
            let (family, function) = name.split_once('.').expect("a point");
            for part in [family, function] {
                assert!(part.starts_with(|c: char| c.is_ascii_lowercase()), "{name}");
                assert!(
                    part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn every_operation_has_a_summary_and_examples_that_run() {
        for operation in registry().operations() {
            assert!(operation.summary().ends_with('.'), "{}", operation.name());
            assert!(!operation.examples().is_empty(), "{}", operation.name());
            for example in operation.examples() {
                if let Err(error) = operation.call(example.input.as_bytes()) {
                    panic!("{}, {}: {error}", operation.name(), example.title);
                }
            }
        }
    }
}
