//! The server over real HTTP, and the command as a process.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod command;
mod engines;
mod limits;
mod openapi;
mod pages;
mod support;
