//! Presentation: amounts, tables, charts and pages, for the terminal and for HTML.

pub(crate) mod fan;
pub(crate) mod fan_terminal;
pub(crate) mod html;
pub(crate) mod money;
pub(crate) mod plan;
pub(crate) mod scale;
pub(crate) mod svg;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod words;
