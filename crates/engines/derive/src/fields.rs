//! The fields of a record, or of one record of a union.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Error, Field, Ident, Result, Type, ext::IdentExt, punctuated::Punctuated, token::Comma};

use crate::{
    attributes::{FieldAttributes, FieldDefault},
    names,
};

/// The largest number of fields: the runtime tracks them in a word of 128 bits.
const MOST: usize = 128;

/// The fields of one record.
pub(crate) struct RecordFields {
    fields: Vec<RecordField>,
}

struct RecordField {
    ident: Ident,
    /// The variable for the field while the record is read or written; the field's own name may be `value` or `sink`.
    place: Ident,
    ty: Type,
    attributes: FieldAttributes,
}

impl RecordFields {
    pub(crate) fn of(fields: &Punctuated<Field, Comma>) -> Result<Self> {
        if fields.len() > MOST {
            return Err(Error::new_spanned(fields, format!("a record has at most {MOST} fields")));
        }
        let fields = fields
            .iter()
            .map(|field| {
                let ident = field.ident.clone().ok_or_else(|| Error::new_spanned(field, "a named field"))?;
                let place = format_ident!("field_{}", ident.unraw());
                Ok(RecordField {
                    ident,
                    place,
                    ty: field.ty.clone(),
                    attributes: FieldAttributes::of(&field.attrs)?,
                })
            })
            .collect::<Result<_>>()?;
        Ok(Self { fields })
    }

    /// The names of the fields in Rust.
    pub(crate) fn idents(&self) -> impl Iterator<Item = &Ident> {
        self.fields.iter().map(|field| &field.ident)
    }

    /// The variables for the fields while the record is read or written.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Ident> {
        self.fields.iter().map(|field| &field.place)
    }

    /// The table of the fields: an expression of type `&'static [Field]`.
    pub(crate) fn description(&self) -> TokenStream {
        let fields = self.fields.iter().map(RecordField::description);
        quote!(&[#(#fields),*])
    }

    /// Reads the fields: `call` with the variables to fill, then the record by its `constructor`.
    pub(crate) fn read(
        &self,
        constructor: &TokenStream,
        call: impl Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let places = self.fields.iter().map(|field| {
            let (place, ty) = (&field.place, &field.ty);
            quote!(let mut #place: ::core::option::Option<#ty> = ::core::option::Option::None;)
        });
        let filled = self.places();
        let call = call(quote!(&mut [#(&mut #filled),*]));
        let required: Vec<&Ident> =
            self.fields.iter().filter(|field| field.is_required()).map(|field| &field.place).collect();
        let required = (!required.is_empty()).then(|| {
            quote! {
                let (#(::core::option::Option::Some(#required),)*) = (#(#required,)*) else {
                    return ::core::result::Result::Err(wire::derived::left_empty());
                };
            }
        });
        let values = self.fields.iter().map(RecordField::value);
        quote! {
            #(#places)*
            #call?;
            #required
            ::core::result::Result::Ok(#constructor { #(#values),* })
        }
    }
}

impl RecordField {
    /// A field of type `Option` may be left out, like one with a default.
    fn is_required(&self) -> bool {
        self.attributes.default.is_none() && !is_option(&self.ty)
    }

    fn value(&self) -> TokenStream {
        let Self { ident, place, .. } = self;
        match &self.attributes.default {
            Some(FieldDefault::Function(function)) => quote!(#ident: #place.unwrap_or_else(#function)),
            _ if self.is_required() => quote!(#ident: #place),
            _ => quote!(#ident: #place.unwrap_or_default()),
        }
    }

    fn description(&self) -> TokenStream {
        let Self { ident, ty, attributes, .. } = self;
        let FieldAttributes { default, omit, bounds, doc } = attributes;
        let name = names::of_field(ident);
        let required = self.is_required();
        let default = match default {
            Some(FieldDefault::Function(function)) => {
                quote!(wire::derived::shown_default(|sink| wire::Wire::write(&#function(), sink)))
            }
            _ if required => quote!(::core::option::Option::None),
            _ => quote!(wire::derived::shown_default(wire::derived::default_of_type::<#ty>)),
        };
        let bounds = bounds.described();
        quote! {
            wire::Field {
                name: #name,
                doc: wire::derived::documentation(#doc),
                shape: <#ty as wire::Wire>::shape,
                bounds: #bounds,
                required: #required,
                default: #default,
                omit: #omit,
            }
        }
    }
}

fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == "Option"))
}
