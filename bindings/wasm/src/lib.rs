//! The compiled half of the browser package `wherewithal-wasm`.
//!
//! It moves JSON text and arrays of doubles across the border and nothing else; what a user sees is the
//! TypeScript of `bindings/ts` and `bindings/wasm/js`. An error of an operation is thrown as a JavaScript error
//! whose message is its wire form, which that TypeScript turns into a `WherewithalError`.

#[cfg(feature = "arrays")]
pub mod arrays;
pub mod call;
