//! The attributes `#[wire(…)]`, and the documentation comments.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Expr, ExprLit, ExprRange, ExprUnary, Lit, LitFloat, LitStr, Meta, Path, RangeLimits, Result,
    Token, UnOp,
};

/// The attributes of a type.
#[derive(Default)]
pub(crate) struct TypeAttributes {
    /// Its name in JSON, if it differs from the one in Rust.
    pub(crate) name: Option<String>,
    /// The tag that distinguishes the records of a union.
    pub(crate) tag: Option<String>,
    /// The path of the runtime, for crates that access it through another crate.
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

/// The default of a field.
pub(crate) enum FieldDefault {
    /// The default of its type.
    OfType,
    /// The result of a function.
    Function(Path),
}

/// The attributes of a field.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) default: Option<FieldDefault>,
    /// Whether results leave it out if it has its default.
    pub(crate) omit: bool,
    pub(crate) bounds: Bounds,
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
                    let (least, most) = ends(&meta.value()?.parse()?)?;
                    if let Some(least) = least {
                        found.bounds.low = Some(bound(&quote!(Included), &least));
                    }
                    if let Some(most) = most {
                        found.bounds.high = Some(bound(&quote!(Included), &most));
                    }
                } else if meta.path.is_ident("above") {
                    found.bounds.low = Some(bound(&quote!(Excluded), &meta.value()?.parse()?));
                } else if meta.path.is_ident("below") {
                    found.bounds.high = Some(bound(&quote!(Excluded), &meta.value()?.parse()?));
                } else if meta.path.is_ident("length") {
                    found.bounds.length = Some(ends(&meta.value()?.parse()?)?);
                } else if meta.path.is_ident("item_length") {
                    found.bounds.item_length = Some(ends(&meta.value()?.parse()?)?);
                } else if meta.path.is_ident("share") {
                    found.bounds.fraction = Some(quote!(Share));
                } else if meta.path.is_ident("rate") {
                    found.bounds.fraction = Some(quote!(Rate));
                } else {
                    return Err(meta.error(
                        "expected `default`, `omit`, `share`, `rate`, `range = a..=b`, `above = a`, `below = b`, \
                            `length = a..=b` or `item_length = a..=b`",
                    ));
                }
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// The bounds of a number and of a length.
#[derive(Default)]
pub(crate) struct Bounds {
    /// The lower end of a number, an expression of type `Bound<f64>`.
    low: Option<TokenStream>,
    /// The upper end of a number, an expression of type `Bound<f64>`.
    high: Option<TokenStream>,
    /// The least and the most length.
    length: Option<(Option<Expr>, Option<Expr>)>,
    /// The kind of a fraction, a variant of `Fraction`.
    fraction: Option<TokenStream>,
    /// The least and the most length of each list in a list.
    item_length: Option<(Option<Expr>, Option<Expr>)>,
}

impl Bounds {
    /// An expression of type `Option<&'static Bounds>`.
    pub(crate) fn described(&self) -> TokenStream {
        let Self { low, high, length, item_length, fraction } = self;
        if low.is_none() && high.is_none() && length.is_none() && item_length.is_none() && fraction.is_none()
        {
            return quote!(::core::option::Option::None);
        }
        let unbounded = quote!(::core::ops::Bound::Unbounded);
        let low = low.as_ref().unwrap_or(&unbounded);
        let high = high.as_ref().unwrap_or(&unbounded);
        let (length, item_length) = (least_and_most(length.as_ref()), least_and_most(item_length.as_ref()));
        let fraction = match fraction {
            Some(kind) => quote!(::core::option::Option::Some(wire::Fraction::#kind)),
            None => quote!(::core::option::Option::None),
        };
        quote!(::core::option::Option::Some(&wire::Bounds {
            range: (#low, #high),
            length: #length,
            item_length: #item_length,
            fraction: #fraction,
        }))
    }
}

/// An expression of type `(Option<usize>, Option<usize>)`.
fn least_and_most(length: Option<&(Option<Expr>, Option<Expr>)>) -> TokenStream {
    let (least, most) = length.map_or((None, None), |(least, most)| (least.as_ref(), most.as_ref()));
    let (least, most) = (optional(least), optional(most));
    quote!((#least, #most))
}

fn optional(value: Option<&Expr>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn bound(kind: &TokenStream, end: &Expr) -> TokenStream {
    let end = floating(end);
    quote!(::core::ops::Bound::#kind(#end))
}

/// Both ends of a range, each optional.
fn ends(range: &ExprRange) -> Result<(Option<Expr>, Option<Expr>)> {
    if matches!((&range.limits, &range.end), (RangeLimits::HalfOpen(_), Some(_))) {
        return Err(syn::Error::new_spanned(range, "the range must include its end: write `a..=b`"));
    }
    let end = |end: &Option<Box<Expr>>| end.as_deref().cloned();
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

/// The text of the documentation comment.
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
