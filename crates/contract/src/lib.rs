//! The contract of wherewithal: the list of all operations, each with its name, input, output, function and
//! documentation.
//!
//! Every interface (REST, command line, Python, Node, browser) is generated from [`registry`] and runs operations
//! through [`Operation::call`], so all of them return the same bytes.
//!
//! ```
//! let input = br#"{"nominalRate": 0.12, "periodsPerYear": 12}"#;
//! let output = wherewithal_contract::call("time_value.effect", input)?;
//! assert_eq!(output, br#"{"value":0.12682503013196972}"#);
//! # Ok::<(), wherewithal::Error>(())
//! ```

#[cfg(feature = "arrays")]
pub mod arrays;
mod operation;
mod operations;
mod registry;
#[cfg(feature = "documentation")]
pub mod schema;
pub mod wire;

#[cfg(feature = "documentation")]
pub use operation::Example;
pub use operation::{Answer, Operation};
pub use registry::{Registry, call, registry};
