//! The attributes `#[wire(…)]`, and the documentation comments.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Expr, ExprLit, ExprRange, ExprUnary, Lit, LitFloat, LitStr, Meta, Path, RangeLimits, Result,
    Token, UnOp,
};

/// What is said of a type.
#[derive(Default)]
pub(crate) struct TypeAttributes {
    /// Its name on the wire, where that is not its name in Rust.
    pub(crate) name: Option<String>,
    /// The field that tells the records of a union apart.
    pub(crate) tag: Option<String>,
    /// Where the runtime is, for who knows it by the name of another crate.
    pub(crate) runtime: Option<Path>,
    pub(crate) doc: String,
}

impl TypeAttributes {
    pub(crate) fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self { doc: documentation(attributes), ..Self::default() };
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("wire")) {
            attribute.parse_nested_meta(|meta| {
                let place = if meta.path.is_ident("name") {
                    &mut found.name
                } else if meta.path.is_ident("tag") {
                    &mut found.tag
                } else if meta.path.is_ident("runtime") {
                    found.runtime = Some(meta.value()?.parse()?);
                    return Ok(());
                } else {
                    return Err(meta.error("expected `name = \"…\"`, `tag = \"…\"` or `runtime = path`"));
                };
                *place = Some(meta.value()?.parse::<LitStr>()?.value());
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// What a field is when it is left out.
pub(crate) enum FieldDefault {
    /// The default of its type.
    OfType,
    /// What a function returns.
    Function(Path),
}

/// What is said of a field.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) default: Option<FieldDefault>,
    /// Whether it is left out on the way out where it says nothing.
    pub(crate) omit: bool,
    /// An expression of type `Option<Bounds>`.
    pub(crate) bounds: Option<TokenStream>,
    pub(crate) doc: String,
}

impl FieldAttributes {
    pub(crate) fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self { doc: documentation(attributes), ..Self::default() };
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("wire")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("default") {
                    found.default = Some(if meta.input.peek(Token![=]) {
                        FieldDefault::Function(meta.value()?.parse()?)
                    } else {
                        FieldDefault::OfType
                    });
                } else if meta.path.is_ident("omit") {
                    found.omit = true;
                } else if meta.path.is_ident("range") {
                    let (least, most) = ends(&meta.value()?.parse()?, floating)?;
                    found.bounds = Some(quote!(wire::Bounds::Range { least: #least, most: #most }));
                } else if meta.path.is_ident("length") {
                    let (least, most) = ends(&meta.value()?.parse()?, |end| quote!(#end))?;
                    found.bounds = Some(quote!(wire::Bounds::Length { least: #least, most: #most }));
                } else {
                    return Err(meta.error("expected `default`, `omit`, `range = a..=b` or `length = a..=b`"));
                }
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// Both ends of a range, each of which may be open.
fn ends(range: &ExprRange, written: impl Fn(&Expr) -> TokenStream) -> Result<(TokenStream, TokenStream)> {
    if matches!((&range.limits, &range.end), (RangeLimits::HalfOpen(_), Some(_))) {
        return Err(syn::Error::new_spanned(range, "the end belongs to the range: write `a..=b`"));
    }
    let end = |end: &Option<Box<Expr>>| match end {
        Some(end) => {
            let end = written(end);
            quote!(::core::option::Option::Some(#end))
        }
        None => quote!(::core::option::Option::None),
    };
    Ok((end(&range.start), end(&range.end)))
}

/// An end of a range of numbers, whole or not, as `f64`.
fn floating(end: &Expr) -> TokenStream {
    match end {
        Expr::Lit(ExprLit { lit: Lit::Int(whole), .. }) => {
            let digits = LitFloat::new(&format!("{}.0", whole.base10_digits()), whole.span());
            quote!(#digits)
        }
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => {
            let positive = floating(expr);
            quote!(-#positive)
        }
        other => quote!(#other),
    }
}

/// The documentation comment, as it was written.
fn documentation(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes {
        if let Meta::NameValue(meta) = &attribute.meta
            && meta.path.is_ident("doc")
            && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value
        {
            lines.extend(text.value().lines().map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned()));
            if text.value().is_empty() {
                lines.push(String::new());
            }
        }
    }
    lines.join("\n").trim().to_owned()
}
