//! The native half of the Node package `wherewithal`.
//!
//! It moves JSON text and arrays of doubles across the border and nothing else; what a user sees is the
//! TypeScript of `bindings/ts` and `bindings/node/js`. An error of an operation is thrown as a JavaScript error
//! whose message is its wire form, which that TypeScript turns into a `WherewithalError`.

pub mod arrays;
pub mod call;
pub mod job;
