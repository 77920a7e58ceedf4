//! Which expenses are essential.

/// The categories that are essential unless a caller says otherwise.
///
/// They are the necessary expenses of the Collection Financial Standards of the Internal Revenue Service (food, clothing,
/// housekeeping, personal care, housing, utilities, transportation, out-of-pocket health care) and of its manual, IRM
/// 5.15.1.11 (child care, insurance, court-ordered payments), under the names that programs give them.
const CATEGORIES: [&str; 26] = [
    "Alimony",
    "Child care",
    "Child support",
    "Childcare",
    "Clothing",
    "Food",
    "Fuel",
    "Gas",
    "Groceries",
    "Health",
    "Health care",
    "Healthcare",
    "Household",
    "Housing",
    "Insurance",
    "Medical",
    "Mortgage",
    "Personal care",
    "Pharmacy",
    "Public transportation",
    "Rent",
    "Telephone",
    "Transport",
    "Transportation",
    "Utilities",
    "Water",
];

/// The default of `essentialCategories`.
pub(crate) fn categories() -> Vec<String> {
    CATEGORIES.iter().map(|name| (*name).to_owned()).collect()
}

/// A category without regard to upper and lower case.
pub(crate) fn folded(category: &str) -> String {
    category.trim().to_lowercase()
}

/// The category and those above it, from the whole to its first part: `food:groceries`, `food`.
pub(crate) fn with_those_above(category: &str) -> impl Iterator<Item = &str> {
    let ends = category.char_indices().filter(|(_, sign)| matches!(sign, ':' | '/' | '>'));
    let mut ends: Vec<usize> = ends.map(|(place, _)| place).collect();
    ends.push(category.len());
    ends.into_iter().rev().filter_map(move |end| category.get(..end)).map(str::trim)
}

/// A folded category below the account under which journals have all expenses: `food` of `expenses:food`.
pub(crate) fn without_root(category: &str) -> &str {
    category.strip_prefix("expenses:").or_else(|| category.strip_prefix("expense:")).unwrap_or(category)
}

#[cfg(test)]
mod tests {
    use super::without_root;

    #[test]
    fn the_root_of_a_journal_is_no_category() {
        assert_eq!(without_root("expenses:food"), "food");
        assert_eq!(without_root("food:expenses:out"), "food:expenses:out");
    }
}
