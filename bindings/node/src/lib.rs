//! The native part of the Node package `wherewithal`.
//!
//! It only passes JSON text and arrays of doubles; the interface for users is the TypeScript of `bindings/ts` and
//! `bindings/node/js`. An error of an operation is thrown as a JavaScript error whose message is its JSON form, which
//! that TypeScript converts to a `WherewithalError`.

pub mod arrays;
pub mod call;
pub mod job;
