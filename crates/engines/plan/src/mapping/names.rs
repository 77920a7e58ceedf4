//! Names of a plan: unique in their list, and not too long.

use std::collections::BTreeSet;

/// The longest name of a plan, in characters.
const LONGEST: usize = 100;

/// The names of one list.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// The name, cut to its limit; with a number behind it if it is taken.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let mut candidate: String = name.chars().take(LONGEST).collect();
        let mut number = 2_u32;
        while !self.taken.insert(candidate.clone()) {
            let suffix = format!(" ({number})");
            let kept = LONGEST - suffix.chars().count();
            candidate = name.chars().take(kept).collect::<String>() + &suffix;
            number += 1;
        }
        candidate
    }
}
