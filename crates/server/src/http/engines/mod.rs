//! `POST /v1/engines/{operation}`.

pub(crate) mod call;
mod events;
mod input;
