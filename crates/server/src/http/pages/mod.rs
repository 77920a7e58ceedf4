//! The HTML pages.

pub(crate) mod errors;
pub(crate) mod home;
pub(crate) mod style;
