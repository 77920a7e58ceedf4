//! The pages for people.

pub(crate) mod errors;
pub(crate) mod home;
pub(crate) mod style;
