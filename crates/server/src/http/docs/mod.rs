//! The OpenAPI document and its interactive page.

pub(crate) mod document;
pub(crate) mod page;
