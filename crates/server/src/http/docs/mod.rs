//! The OpenAPI document and the page to try it.

pub(crate) mod document;
pub(crate) mod page;
