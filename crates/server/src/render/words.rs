//! Numbers and lists in words.

/// A probability as a number of futures, such as `about 9 of 10 futures`.
pub(crate) fn of_futures(probability: f64) -> String {
    match probability {
        p if p >= 1.0 => "all simulated futures".to_owned(),
        p if p > 0.95 => "more than 19 of 20 futures".to_owned(),
        p if p <= 0.0 => "none of the simulated futures".to_owned(),
        p if p < 0.05 => "fewer than 1 of 20 futures".to_owned(),
        p => format!("about {} of 10 futures", tenths(p)),
    }
}

/// A probability as a whole number of tenths, from 0 for none to 10 for all.
pub(crate) fn tenths(probability: f64) -> u32 {
    match (probability.clamp(0.0, 1.0) * 10.0).round() as u32 {
        0 if probability > 0.0 => 1,
        10 if probability < 1.0 => 9,
        tenths => tenths,
    }
}

/// A list in words, such as `Elena, Marcus and Sofia`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The same text with a capital letter at its start.
pub(crate) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_certainty_is_all_or_none() {
        let cases = [
            (1.0, "all simulated futures", 10),
            (0.999, "more than 19 of 20 futures", 9),
            (0.95, "about 9 of 10 futures", 9),
            (0.874, "about 9 of 10 futures", 9),
            (0.5, "about 5 of 10 futures", 5),
            (0.05, "about 1 of 10 futures", 1),
            (0.001, "fewer than 1 of 20 futures", 1),
            (0.0, "none of the simulated futures", 0),
        ];
        for (probability, words, circles) in cases {
            assert_eq!(
                (of_futures(probability).as_str(), tenths(probability)),
                (words, circles),
                "{probability}"
            );
        }
    }

    #[test]
    fn lists_end_with_and() {
        let names = ["Elena", "Marcus", "Sofia"].map(str::to_owned);
        assert_eq!(list(&names), "Elena, Marcus and Sofia");
        assert_eq!(list(&names[..2]), "Elena and Marcus");
        assert_eq!(list(&names[..1]), "Elena");
        assert_eq!(list(&[]), "");
        assert_eq!((capital("élan"), capital("")), ("Élan".to_owned(), String::new()));
    }
}
