//! Helpers that the writers of every language share.

/// `termMonths` as `term_months`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// `term_months` as `termMonths`.
pub(crate) fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut upper = false;
    for character in name.chars() {
        match (character, upper) {
            ('_', _) => upper = true,
            (character, true) => {
                camel.push(character.to_ascii_uppercase());
                upper = false;
            }
            (character, false) => camel.push(character),
        }
    }
    camel
}

/// `debt_amortize` as `DebtAmortize`.
pub(crate) fn pascal_case(name: &str) -> String {
    let camel = camel_case(name);
    let mut characters = camel.chars();
    characters
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + characters.as_str())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_travel_between_the_spellings_and_back() {
        for (snake, camel, pascal) in [
            ("principal", "principal", "Principal"),
            ("term_months", "termMonths", "TermMonths"),
            ("net_worth", "netWorth", "NetWorth"),
        ] {
            assert_eq!(camel_case(snake), camel);
            assert_eq!(snake_case(camel), snake);
            assert_eq!(pascal_case(snake), pascal);
        }
    }
}
