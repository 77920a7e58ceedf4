//! Enums of names.

use quote::quote;
use syn::{DeriveInput, Error, Result, Variant, punctuated::Punctuated, token::Comma};

use crate::{Expansion, attributes::TypeAttributes, names};

pub(crate) fn expand(
    input: &DeriveInput,
    attributes: &TypeAttributes,
    variants: &Punctuated<Variant, Comma>,
) -> Result<Expansion> {
    let mut values = Vec::new();
    for variant in variants {
        if !variant.fields.is_empty() {
            return Err(Error::new_spanned(
                variant,
                "an enum with fields needs a tag: #[wire(tag = \"kind\")]",
            ));
        }
        let (name, doc) = (names::of_variant(&variant.ident), TypeAttributes::of(&variant.attrs)?.doc);
        values.push(quote!(wire::ChoiceValue { name: #name, doc: wire::derived::documentation(#doc) }));
    }
    let name = attributes.name.clone().unwrap_or_else(|| input.ident.to_string());
    let doc = &attributes.doc;
    let idents: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let indices: Vec<usize> = (0..idents.len()).collect();
    Ok(Expansion {
        shape: quote!(wire::Shape::Choice(&CHOICE)),
        description: quote! {
            static CHOICE: wire::Choice = wire::Choice {
                name: #name,
                module: wire::derived::documentation(::core::module_path!()),
                doc: wire::derived::documentation(#doc),
                values: &[#(#values),*],
            };
        },
        read: quote! {
            match wire::derived::read_choice(value, &CHOICE, reader)? {
                #(#indices => ::core::result::Result::Ok(Self::#idents),)*
                _ => ::core::result::Result::Err(wire::derived::left_empty()),
            }
        },
        write: quote! {
            let index = match self {
                #(Self::#idents => #indices,)*
            };
            wire::derived::write_choice(&CHOICE, index, sink)
        },
    })
}
