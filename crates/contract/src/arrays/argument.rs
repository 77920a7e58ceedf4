//! The arguments of an array function.

use wherewithal::wire::{Shape, Wire};

/// An argument of an array function. Its documentation is that of the field of the operation that has its name.
#[derive(Debug, Clone, Copy)]
pub struct Argument {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) preset: Option<Preset>,
    pub(super) is_option: bool,
}

/// What an argument is.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A number for each row, or one for all rows. The answer has as many rows as the longest column.
    Column,
    /// A rate for each row, or one for all rows: a fraction, or text with a percent sign. The answer has as many rows as
    /// the longest column.
    Rates,
    /// A rate for all rows.
    Rate,
    /// A list of numbers for all rows.
    Series,
    /// A list of dates for all rows.
    Dates,
    /// A date for all rows.
    Date,
    /// Whether something is so, for all rows.
    Flag,
    /// One of several names, for all rows.
    Choice {
        /// What it is: a choice, or a currency.
        shape: fn() -> Shape,
        /// Whether 0 and 1 stand for its first and its second name, as in spreadsheets.
        numbered: bool,
    },
    /// For each row a list of dates; or one for all rows.
    ManyDates,
    /// For each row a list of numbers.
    ManySeries,
    /// An exact decimal for each row, or one for all rows.
    Decimals,
    /// An exact rate for each row, or one for all rows: a fraction, or text with a percent sign.
    DecimalRates,
}

/// What an argument is where it is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Preset {
    /// This number.
    Number(f64),
    /// This answer.
    Flag(bool),
    /// What the operation takes in its place.
    OfOperation,
}

impl Argument {
    /// Its name on the wire, in camel case.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What it is where it is left out; `None` where it must be given.
    #[must_use]
    pub fn preset(&self) -> Option<Preset> {
        self.preset
    }

    /// Whether it is given by its name alone: as a keyword in Python, in the last argument in TypeScript.
    #[must_use]
    pub fn is_option(&self) -> bool {
        self.is_option
    }

    /// The same, with this number where it is left out.
    pub(super) fn or(self, number: f64) -> Self {
        Self { preset: Some(Preset::Number(number)), ..self }
    }

    /// The same, in which 0 and 1 stand for the first and the second name.
    pub(super) fn numbered(self) -> Self {
        match self.kind {
            Kind::Choice { shape, .. } => Self { kind: Kind::Choice { shape, numbered: true }, ..self },
            _ => self,
        }
    }

    /// The same, given by its name alone.
    pub(super) fn by_name(self) -> Self {
        Self { is_option: true, ..self }
    }
}

/// An argument that must be given.
pub(super) fn argument(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind, preset: None, is_option: false }
}

/// A column of numbers.
pub(super) fn column(name: &'static str) -> Argument {
    argument(name, Kind::Column)
}

/// A column of rates.
pub(super) fn rates(name: &'static str) -> Argument {
    argument(name, Kind::Rates)
}

/// A choice, or a code, which is the operation's default where it is left out.
pub(super) fn choice<T: Wire>(name: &'static str) -> Argument {
    let kind = Kind::Choice { shape: T::shape, numbered: false };
    Argument { preset: Some(Preset::OfOperation), ..argument(name, kind) }
}

/// A flag, given by its name alone.
pub(super) fn flag(name: &'static str, preset: bool) -> Argument {
    Argument { preset: Some(Preset::Flag(preset)), ..argument(name, Kind::Flag) }.by_name()
}
