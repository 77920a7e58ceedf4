//! Enums of records that are distinguished by a tag.

use quote::quote;
use syn::{DeriveInput, Error, Fields, Result, Variant, punctuated::Punctuated, token::Comma};

use crate::{Expansion, attributes::TypeAttributes, fields::RecordFields, names};

pub(crate) fn expand(
    input: &DeriveInput,
    attributes: &TypeAttributes,
    tag: &str,
    variants: &Punctuated<Variant, Comma>,
) -> Result<Expansion> {
    let (mut described, mut read, mut write) = (Vec::new(), Vec::new(), Vec::new());
    for (index, variant) in variants.iter().enumerate() {
        let none = Punctuated::new();
        let fields = match &variant.fields {
            Fields::Named(fields) => RecordFields::of(&fields.named)?,
            Fields::Unit => RecordFields::of(&none)?,
            other => return Err(Error::new_spanned(other, "a record of a union must have named fields")),
        };
        let ident = &variant.ident;
        let (name, doc) = (names::of_variant(ident), TypeAttributes::of(&variant.attrs)?.doc);
        let table = fields.description();
        described.push(quote! {
            wire::Variant { name: #name, doc: wire::derived::documentation(#doc), fields: #table }
        });
        let body = fields.read(
            &quote!(Self::#ident),
            |places| quote!(wire::derived::read_variant(value, &UNION, #index, reader, #places)),
        );
        read.push(quote!(#index => { #body }));
        let idents = fields.idents();
        let places: Vec<_> = fields.places().collect();
        write.push(quote! {
            Self::#ident { #(#idents: #places),* } => {
                wire::derived::write_variant(&UNION, #index, &[#(#places),*], sink)
            }
        });
    }
    let name = attributes.name.clone().unwrap_or_else(|| input.ident.to_string());
    let (doc, tag) = (&attributes.doc, names::written(tag));
    Ok(Expansion {
        shape: quote!(wire::Shape::Union(&UNION)),
        description: quote! {
            static UNION: wire::Union = wire::Union {
                name: #name,
                module: wire::derived::documentation(::core::module_path!()),
                doc: wire::derived::documentation(#doc),
                tag: #tag,
                variants: &[#(#described),*],
            };
        },
        read: quote! {
            match wire::derived::read_tag(value, &UNION, reader)? {
                #(#read)*
                _ => ::core::result::Result::Err(wire::derived::left_empty()),
            }
        },
        write: quote!(match self { #(#write)* }),
    })
}
