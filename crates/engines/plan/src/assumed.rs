//! The list of what the document leaves open.

use super::output::PlanAssumption;
use wherewithal_base::order;

/// The fields of the document in its order.
const FIELDS: [&str; 15] = [
    "asOf",
    "residence",
    "people",
    "accounts",
    "properties",
    "privateFunds",
    "businesses",
    "insurance",
    "otherAssets",
    "liabilities",
    "income",
    "expenses",
    "contributions",
    "goals",
    "assumptions",
];

/// What was assumed so far.
#[derive(Debug, Default)]
pub(super) struct Assumed {
    list: Vec<PlanAssumption>,
}

impl Assumed {
    /// Adds an assumption in words.
    pub(super) fn add(
        &mut self,
        field: impl Into<String>,
        assumed: impl Into<String>,
        instead: impl Into<String>,
    ) {
        self.list.push(PlanAssumption {
            field: field.into(),
            assumed: assumed.into(),
            value: None,
            unit: None,
            instead: instead.into(),
        });
    }

    /// Adds an assumption with its figure.
    pub(super) fn figure(
        &mut self,
        field: impl Into<String>,
        assumed: impl Into<String>,
        (value, unit): (f64, &str),
        instead: impl Into<String>,
    ) {
        self.add(field, assumed, instead);
        if let Some(last) = self.list.last_mut() {
            (last.value, last.unit) = (Some(value), Some(unit.to_owned()));
        }
    }

    /// The list in the order of the document.
    pub(super) fn into_list(mut self) -> Vec<PlanAssumption> {
        order::sort_by_key(&mut self.list, |assumption| place(&assumption.field));
        self.list
    }
}

/// The place of a path in the document: that of its first field, then its index.
fn place(path: &str) -> (usize, usize) {
    let (root, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    let field = FIELDS.iter().position(|field| *field == root).unwrap_or(FIELDS.len());
    let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    (field, digits.parse().unwrap_or(0))
}
