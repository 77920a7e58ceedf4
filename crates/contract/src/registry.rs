//! The registry: the list of all operations.

use std::sync::LazyLock;

use wherewithal::{Error, ErrorCode, Result, wire::nearest};

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
        self.operations
            .iter()
            .find(|operation| operation.name() == name)
            .ok_or_else(|| unknown("operation", name, self.operations.iter().map(Operation::name)))
    }
}

/// The refusal of an unknown name, with the one that was perhaps meant: a similar one, or that of another family.
pub(crate) fn unknown<'a>(thing: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Error {
    // A family makes all its names similar, so that only what follows it is compared where the family is right.
    let (family, function) = halves(name);
    let in_family = || known.clone().filter(|known| !family.is_empty() && halves(known).0 == family);
    let meant = if in_family().next().is_some() {
        let nearest = nearest(function, in_family().map(|known| halves(known).1));
        nearest.and_then(|nearest| in_family().find(|known| halves(known).1 == nearest))
    } else {
        known.clone().find(|known| halves(known).1 == name).or_else(|| nearest(name, known))
    };
    let hint = meant.map(|meant| format!("; did you mean {meant:?}?")).unwrap_or_default();
    let shown: String = name.chars().take(60).collect();
    Error::new(ErrorCode::OperationUnknown, format!("unknown {thing} {shown:?}{hint}"))
}

/// The family of a name, empty if it has none, and what follows.
fn halves(name: &str) -> (&str, &str) {
    name.split_once('.').unwrap_or(("", name))
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
    fn an_unknown_name_is_told_which_was_perhaps_meant() {
        for (name, hint) in [
            ("debt.amortise", "; did you mean \"debt.amortize\"?"),
            ("amortize", "; did you mean \"debt.amortize\"?"),
            ("timeValue.xirr", "; did you mean \"time_value.xirr\"?"),
            ("debt.forgive", ""),
            ("weather.forecast", ""),
        ] {
            let error = registry().get(name).err().expect("an unknown name");
            assert_eq!(error.message(), format!("unknown operation {name:?}{hint}"));
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
