//! The compiled part of the browser package `wherewithal-wasm`.
//!
//! It only passes JSON text and arrays of doubles; the interface for users is the TypeScript of `bindings/ts` and
//! `bindings/wasm/js`. An error of an operation is thrown as a JavaScript error whose message is its JSON form, which
//! that TypeScript converts to a `WherewithalError`.

#[cfg(feature = "arrays")]
pub mod arrays;
pub mod call;
