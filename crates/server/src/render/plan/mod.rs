//! The plan of a household, for the terminal and as a page. Each module has the texts and tables of one section.

mod answers;
mod basis;
pub(crate) mod changes;
pub(crate) mod html;
mod moments;
mod outlook;
mod people;
mod sensitivity;
mod standing;
pub(crate) mod terminal;
#[cfg(test)]
pub(crate) mod tests;
mod years;
