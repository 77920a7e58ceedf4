//! Charts as inline SVG. Colours are classes of the style sheet, so that they follow the theme.
//!
//! Each chart is drawn twice, for wide and for narrow screens; the style sheet shows one of the two. A chart has a title and
//! a description for screen readers, and a table with its numbers stands beside it.

pub(crate) mod fan;
pub(crate) mod frame;
pub(crate) mod futures;
pub(crate) mod stack;
pub(crate) mod tornado;
