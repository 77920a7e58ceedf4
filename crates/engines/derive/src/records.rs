//! Structs with named fields.

use quote::quote;
use syn::{DeriveInput, Field, Result, punctuated::Punctuated, token::Comma};

use crate::{Expansion, attributes::TypeAttributes, fields::RecordFields};

pub(crate) fn expand(
    input: &DeriveInput,
    attributes: &TypeAttributes,
    fields: &Punctuated<Field, Comma>,
) -> Result<Expansion> {
    let fields = RecordFields::of(fields)?;
    let name = attributes.name.clone().unwrap_or_else(|| input.ident.to_string());
    let (doc, described) = (&attributes.doc, fields.description());
    let idents = fields.idents();
    Ok(Expansion {
        shape: quote!(wire::Shape::Record(&RECORD)),
        description: quote! {
            static RECORD: wire::Record = wire::Record {
                name: #name,
                module: wire::derived::documentation(::core::module_path!()),
                doc: wire::derived::documentation(#doc),
                fields: #described,
            };
        },
        read: fields.read(
            &quote!(Self),
            |places| quote!(wire::derived::read_record(value, &RECORD, reader, #places)),
        ),
        write: quote!(wire::derived::write_record(&RECORD, &[#(&self.#idents),*], sink)),
    })
}
