//! The arguments that an array function is called with.

use wherewithal::{
    Error, ErrorCode, Result,
    dates::Date,
    error::At as _,
    num::Decimal,
    time_value::{
        FlowDates,
        columns::{Column, OnError},
    },
    wire::{Reader, Shape, Spelling, Value as WireValue, Wire, ordinary_rate},
};

use super::{
    ArrayFunction,
    argument::{Argument, Kind, Preset},
};

/// An argument as a caller gave it.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// Nothing: the argument was left out.
    Absent,
    /// One number, or a number for each row.
    Column(Column<'a>),
    /// One rate, or a rate for each row, of which some have a percent sign: they need no bound of the ordinary.
    Rates(Column<'a>),
    /// A list of numbers.
    Series(&'a [f64]),
    /// A date, or a list of dates: for functions of many lists, those of all rows one after the other.
    Dates(FlowDates<'a>),
    /// The lists of numbers of all rows one after the other, and for each row the index after its last number.
    ManySeries(&'a [f64], &'a [usize]),
    /// The name of a choice, or a code.
    Text(&'a str),
    /// Whether something is so.
    Flag(bool),
    /// Exact decimals.
    Decimals(Decimals<'a>),
}

/// Exact decimals: one for all rows, or one for each.
#[derive(Debug, Clone, Copy)]
pub enum Decimals<'a> {
    /// The same in each row.
    One(Decimal),
    /// One for each row.
    Many(&'a [Decimal]),
    /// One for each row: the decimal that the number was written as.
    Numbers(&'a [f64]),
}

/// The arguments of a call.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    function: &'a ArrayFunction,
    /// In the order of the declaration.
    values: &'a [Value<'a>],
    spelling: Spelling,
    on_error: OnError,
}

impl<'a> Given<'a> {
    /// The arguments in the order of the declaration, with choices in a spelling.
    #[must_use]
    pub fn new(function: &'a ArrayFunction, values: &'a [Value<'a>], spelling: Spelling) -> Self {
        Self { function, values, spelling, on_error: OnError::Raise }
    }

    /// The function that is called.
    #[must_use]
    pub fn function(&self) -> &'a ArrayFunction {
        self.function
    }

    /// The same, with what becomes of a row without an answer, by its name.
    ///
    /// # Errors
    /// `input.invalid` for another name.
    pub fn on_error(self, name: &str) -> Result<Self> {
        Ok(Self { on_error: self.read(name).at("onError")?, ..self })
    }

    /// How many rows there are; none if every column is a single number.
    ///
    /// # Errors
    /// `input.invalid` where columns have different numbers of rows.
    pub fn rows(&self) -> Result<Option<usize>> {
        let mut known: Option<(usize, &str)> = None;
        for (argument, value) in self.arguments() {
            let Some(length) = value.rows() else { continue };
            match known {
                Some((rows, name)) if rows != length => {
                    let message = format!("it has {length} rows where `{name}` has {rows}");
                    return Err(Error::new(ErrorCode::InputInvalid, message).at(argument.name));
                }
                Some(_) => {}
                None => known = Some((length, argument.name)),
            }
        }
        Ok(known.map(|(length, _)| length))
    }

    /// The error of a row, with the row in its path where the argument has one for each row. `row` is written as in a
    /// path, such as `[17]`; it is empty where there is one answer.
    #[must_use]
    pub fn in_row(&self, error: &Error, row: &str) -> Error {
        let path = error.path();
        let (name, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
        let argument = self.arguments().find(|(argument, _)| argument.name == name);
        let has_rows = argument.map_or(path.is_empty(), |(argument, value)| match argument.kind {
            Kind::ManyDates | Kind::ManySeries => true,
            _ => value.rows().is_some(),
        });
        let path = if has_rows { format!("{name}{row}{rest}") } else { path.to_owned() };
        Error::new(error.code(), error.message()).at(&path)
    }

    /// Whether a row looks at a list of numbers, which may take long.
    #[must_use]
    pub fn has_series(&self) -> bool {
        self.values.iter().any(|value| matches!(value, Value::Series(_) | Value::ManySeries(..)))
    }

    /// How many numbers the longest list has that every row looks at.
    pub(super) fn longest_series(&self) -> usize {
        let length = |value: &Value<'_>| if let Value::Series(numbers) = value { numbers.len() } else { 0 };
        self.values.iter().map(length).max().unwrap_or(0)
    }

    /// Whether the result of a row without an answer is NaN.
    pub(super) fn leaves_nan(&self) -> bool {
        self.on_error == OnError::Nan
    }

    /// The columns, in order, and the names of those that are rates without a percent sign.
    pub(super) fn columns<const N: usize>(&self) -> Result<Columns<'a, N>> {
        let mut columns = Columns { all: [Column::One(0.0); N], plain_rates: [None; N] };
        let mut places = columns.all.iter_mut().zip(&mut columns.plain_rates);
        for (argument, value) in
            self.arguments().filter(|(argument, _)| matches!(argument.kind, Kind::Column | Kind::Rates))
        {
            let (place, plain_rate) = places.next().ok_or_else(|| unsuitable(argument))?;
            *place = column(argument, value)?;
            if matches!((argument.kind, value), (Kind::Rates, Value::Column(_))) {
                *plain_rate = Some(argument.name);
            }
        }
        Ok(columns)
    }

    /// A rate for all rows.
    pub(super) fn rate(&self, name: &str) -> Result<f64> {
        let (argument, value) = self.find(name)?;
        match (column(argument, value)?, value) {
            (Column::One(number), Value::Rates(_)) => Ok(number),
            (Column::One(number), _) => ordinary_rate(number).at(name),
            (Column::Many(_), _) => {
                Err(Error::new(ErrorCode::InputInvalid, "expected one number, found a list").at(name))
            }
        }
    }

    /// A list of numbers for all rows.
    pub(super) fn series(&self, name: &str) -> Result<&'a [f64]> {
        match self.find(name)? {
            (_, Value::Series(numbers)) => Ok(numbers),
            (argument, _) => Err(unsuitable(argument)),
        }
    }

    /// A list of numbers for each row, and the index after the last one of each.
    pub(super) fn many_series(&self, name: &str) -> Result<(&'a [f64], &'a [usize])> {
        match self.find(name)? {
            (_, Value::ManySeries(numbers, ends)) => Ok((numbers, ends)),
            (argument, _) => Err(unsuitable(argument)),
        }
    }

    /// A list of dates.
    pub(super) fn dates(&self, name: &str) -> Result<FlowDates<'a>> {
        match self.find(name)? {
            (_, Value::Dates(dates)) => Ok(dates),
            (argument, _) => Err(unsuitable(argument)),
        }
    }

    /// A date.
    pub(super) fn date(&self, name: &str) -> Result<Date> {
        let dates = self.dates(name)?.to_dates().map_err(|error| {
            // It is the only one, and its list has another name here.
            Error::new(error.code(), error.message()).at(name)
        })?;
        dates.first().copied().ok_or_else(|| missing(name))
    }

    /// Whether something is so.
    pub(super) fn flag(&self, name: &str) -> Result<bool> {
        match self.find(name)? {
            (_, Value::Flag(flag)) => Ok(flag),
            (Argument { preset: Some(Preset::Flag(flag)), .. }, Value::Absent) => Ok(*flag),
            (argument, _) => Err(unsuitable(argument)),
        }
    }

    /// The value of a choice, or `default`.
    pub(super) fn choice<T: Wire>(&self, name: &str, default: fn() -> T) -> Result<T> {
        match self.find(name)? {
            (argument, Value::Text(text)) => {
                self.read(self.numbered(argument, text).unwrap_or(text)).at(name)
            }
            (_, Value::Absent) => Ok(default()),
            (argument, _) => Err(unsuitable(argument)),
        }
    }

    /// Exact decimals.
    pub(super) fn decimals(&self, name: &str) -> Result<Decimals<'a>> {
        match self.find(name)? {
            (_, Value::Decimals(decimals)) => Ok(decimals),
            (Argument { preset: Some(Preset::Number(number)), .. }, Value::Absent) if *number == 0.0 => {
                Ok(Decimals::One(Decimal::ZERO))
            }
            (argument, _) => Err(unsuitable(argument)),
        }
    }

    /// The name that a number stands for, where numbers do.
    fn numbered(&self, argument: &Argument, text: &str) -> Option<&'static str> {
        let Kind::Choice { shape, numbered: true } = argument.kind else { return None };
        let number: usize = text.parse().ok()?;
        let Shape::Choice(choice) = shape() else { return None };
        let value = choice.values.get(number)?;
        Some(value.name.spelled(self.spelling))
    }

    fn read<T: Wire>(&self, text: &str) -> Result<T> {
        T::read(&WireValue::Text(text.into()), Reader::new(self.spelling))
    }

    fn arguments(&self) -> impl Iterator<Item = (&'a Argument, Value<'a>)> {
        let values = self.values.iter().copied().chain(std::iter::repeat(Value::Absent));
        self.function.arguments.iter().zip(values)
    }

    fn find(&self, name: &str) -> Result<(&'a Argument, Value<'a>)> {
        self.arguments().find(|(argument, _)| argument.name == name).ok_or_else(|| missing(name))
    }
}

/// The columns of a call.
pub(super) struct Columns<'a, const N: usize> {
    pub(super) all: [Column<'a>; N],
    /// For each column its name, if it is of rates that were written without a percent sign.
    pub(super) plain_rates: [Option<&'static str>; N],
}

impl<const N: usize> Columns<'_, N> {
    /// That the rates of a row which have no percent sign are ordinary.
    pub(super) fn ordinary(plain_rates: &[Option<&'static str>; N], row: &[f64; N]) -> Result<()> {
        for (name, number) in plain_rates.iter().zip(row) {
            if let Some(name) = name {
                ordinary_rate(*number).at(name)?;
            }
        }
        Ok(())
    }
}

impl Value<'_> {
    /// How many rows it has; none if it is the same in each.
    fn rows(&self) -> Option<usize> {
        match self {
            Self::Column(Column::Many(numbers))
            | Self::Rates(Column::Many(numbers))
            | Self::Decimals(Decimals::Numbers(numbers)) => Some(numbers.len()),
            Self::Decimals(Decimals::Many(decimals)) => Some(decimals.len()),
            Self::ManySeries(_, ends) => Some(ends.len()),
            _ => None,
        }
    }
}

fn column<'a>(argument: &Argument, value: Value<'a>) -> Result<Column<'a>> {
    match (value, argument.preset) {
        (Value::Column(column) | Value::Rates(column), _) => Ok(column),
        (Value::Absent, Some(Preset::Number(number))) => Ok(Column::One(number)),
        _ => Err(unsuitable(argument)),
    }
}

/// The error of an argument that is missing, or that a binding passes in another form than was declared.
fn unsuitable(argument: &Argument) -> Error {
    missing(argument.name)
}

fn missing(name: &str) -> Error {
    Error::new(ErrorCode::InputMissingField, "this argument is missing").at(name)
}
