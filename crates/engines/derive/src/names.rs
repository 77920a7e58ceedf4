//! Names in both spellings.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, ext::IdentExt};

/// The name of a field: `term_months`, `termMonths`.
pub(crate) fn of_field(ident: &Ident) -> TokenStream {
    written(&camel_case(&ident.unraw().to_string()))
}

/// The name of a variant: `ActualActual` is `actualActual` and `actual_actual`.
pub(crate) fn of_variant(ident: &Ident) -> TokenStream {
    let name = ident.unraw().to_string();
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    written(&first.into_iter().chain(characters).collect::<String>())
}

/// Both spellings are derived from the camel case, which is the one in paths and messages of errors.
pub(crate) fn written(camel: &str) -> TokenStream {
    let snake = snake_case(camel);
    quote!(wire::derived::name(#camel, #snake))
}

fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut starts_word = false;
    for character in name.chars() {
        if character == '_' {
            starts_word = true;
        } else if starts_word {
            camel.push(character.to_ascii_uppercase());
            starts_word = false;
        } else {
            camel.push(character);
        }
    }
    camel
}

fn snake_case(camel: &str) -> String {
    let mut snake = String::with_capacity(camel.len() + 4);
    for character in camel.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}
