//! `#[derive(Wire)]`: describes a type as data and reads and writes it by that description.
//!
//! The derive generates a static table and a few calls for each type; all logic is in the runtime, which is compiled
//! once. The attributes are described with the trait `Wire`.

mod attributes;
mod choices;
mod fields;
mod names;
mod records;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Result, parse_macro_input};

use attributes::TypeAttributes;

/// Derives `Wire` for a struct with named fields, an enum of names, or an enum of records distinguished by a tag.
#[proc_macro_derive(Wire, attributes(wire))]
pub fn wire(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// The path of the runtime. Its own package refers to itself by `extern crate self as …`.
fn runtime(attributes: &TypeAttributes) -> TokenStream {
    match &attributes.runtime {
        Some(path) => quote!(#path),
        None => quote!(::wherewithal_base::wire),
    }
}

fn expand(input: &DeriveInput) -> Result<TokenStream> {
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "a wire type cannot have parameters"));
    }
    let attributes = TypeAttributes::of(&input.attrs)?;
    let parts = match (&input.data, &attributes.tag) {
        (Data::Struct(data), None) => match &data.fields {
            Fields::Named(fields) => records::expand(input, &attributes, &fields.named)?,
            other => return Err(Error::new_spanned(other, "a wire record must have named fields")),
        },
        (Data::Enum(data), None) => choices::expand(input, &attributes, &data.variants)?,
        (Data::Enum(data), Some(tag)) => unions::expand(input, &attributes, tag, &data.variants)?,
        _ => return Err(Error::new_spanned(&input.ident, "expected a struct or an enum")),
    };
    let (ty, runtime) = (&input.ident, runtime(&attributes));
    let Expansion { shape, description, read, write } = parts;
    Ok(quote! {
        const _: () = {
            use #runtime as wire;

            #description

            impl wire::Wire for #ty {
                fn shape() -> wire::Shape {
                    #shape
                }
                fn read(value: &wire::Value<'_>, reader: wire::Reader) -> wire::Result<Self> {
                    #read
                }
                fn write(&self, sink: &mut dyn wire::Sink) -> wire::Result<()> {
                    #write
                }
            }

            wire::serde_impls!(#ty);
        };
    })
}

/// The parts that differ between records, choices and unions.
struct Expansion {
    /// The body of `shape`.
    shape: TokenStream,
    /// The static table.
    description: TokenStream,
    /// The body of `read`.
    read: TokenStream,
    /// The body of `write`.
    write: TokenStream,
}
