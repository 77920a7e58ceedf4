//! The REST server of `wherewithal` and the `wherewithal` command.
//!
//! The server offers every operation of the registry as `POST /v1/engines/{operation}`, describes them in an OpenAPI
//! 3.1 document, and returns errors as problem documents (RFC 9457). The command runs the server, prints a household's
//! plan, and calls operations.

pub mod cli;
mod clock;
mod config;
pub mod demo;
pub mod error;
pub mod http;
pub mod openapi;
mod render;
mod runner;

pub use error::{Error, Result};
