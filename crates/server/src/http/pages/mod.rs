//! The HTML pages.

pub(crate) mod errors;
pub(crate) mod home;
pub(crate) mod missing;
pub(crate) mod style;
