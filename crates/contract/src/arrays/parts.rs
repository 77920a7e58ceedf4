//! Arguments as JavaScript passes them: typed arrays and texts, each kind in a list of its own.

use wherewithal::{
    Error, ErrorCode, Result,
    control::Control,
    debt::ColumnsMut,
    error::At as _,
    num::{Decimal, gate},
    time_value::{
        FlowDates,
        columns::{Column, RowError},
    },
    wire::{Spelling, ordinary_rate},
};

use super::{
    ArrayFunction, Written,
    argument::{Argument, Kind},
    given::{Decimals, Given, Value},
    rates::{exact_rate, exact_rate_of_text, rate_of_text},
};
use crate::wire;

/// The arguments of a call in the order of the declaration, each kind in a list of its own. None is left out.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// Numbers: a column, where a single number stands for all rows; a list of numbers; the lists of all rows one after the
    /// other; rates; decimals.
    pub numbers: &'a [&'a [f64]],
    /// Whole numbers: dates as days since 1970-01-01, and after the numbers of lists the index after the last one of
    /// each list.
    pub integers: &'a [&'a [i32]],
    /// Texts: the name of a choice, `true` or `false`, decimals and rates in lines where their numbers are empty, each
    /// number among them after a `~`, and last what becomes of rows without an answer.
    pub texts: &'a [&'a str],
}

/// The schedules of many loans. Amounts are in the smallest unit of the currency.
#[derive(Debug)]
pub struct Columns {
    /// The interest of each payment.
    pub interest: Vec<i64>,
    /// What each payment takes off the balance.
    pub principal: Vec<i64>,
    /// What is owed after each payment.
    pub balance: Vec<i64>,
    /// The index after the last row of each loan.
    pub ends: Vec<u32>,
    /// The regular monthly payment of each loan.
    pub payment: Vec<i64>,
    /// The sum of all interest of each loan.
    pub total_interest: Vec<i64>,
    /// How many decimal places the currency has.
    pub places: u32,
}

/// An argument as it was read: its value, or what its value borrows from.
enum Part<'a> {
    Value(Value<'a>),
    ManySeries(&'a [f64], Vec<usize>),
    Rates(Vec<f64>),
    Decimals(Vec<Decimal>),
}

impl<'a> Parts<'a> {
    /// The numbers of all rows.
    ///
    /// # Errors
    /// Those of the arguments, and that of the first row without an answer, with the row in its path.
    pub fn fill(self, function: &ArrayFunction) -> Result<Vec<f64>> {
        self.read(function, |given| {
            let rows = given.rows()?;
            let mut results = vec![0.0; rows.unwrap_or(1)];
            match function.fill(given, &mut results, &Control::default())? {
                None => Ok(results),
                Some(RowError { row, error }) => {
                    let row = rows.map(|_| format!("[{row}]")).unwrap_or_default();
                    Err(given.in_row(&error, &row))
                }
            }
        })
    }

    /// The schedules of all rows.
    ///
    /// # Errors
    /// Those of the arguments and of [`Schedules::write`](super::Schedules::write); `input.too_large` for more rows
    /// than an index of 32 bits has.
    pub fn schedules(self, function: &ArrayFunction) -> Result<Columns> {
        let schedules = self.read(function, |given| function.prepare(given))?;
        let room = schedules.max_rows();
        let [mut interest, mut principal, mut balance] = [(); 3].map(|()| vec![0; room]);
        let columns =
            ColumnsMut { interest: &mut interest, principal: &mut principal, balance: &mut balance };
        let Written { ends, payment, total_interest, places } =
            schedules.write(columns, &Control::default())?;
        for column in [&mut interest, &mut principal, &mut balance] {
            column.truncate(ends.last().copied().unwrap_or(0));
        }
        let ends = ends.into_iter().map(u32::try_from).collect::<std::result::Result<_, _>>();
        let ends = ends.map_err(|_| Error::new(ErrorCode::InputTooLarge, "there are more than 2^32 rows"))?;
        Ok(Columns { interest, principal, balance, ends, payment, total_interest, places })
    }

    /// Calls `work` with the arguments.
    ///
    /// # Errors
    /// Those of `work`; `input.missing_field` for an argument that is not there.
    pub fn read<T>(
        mut self,
        function: &ArrayFunction,
        work: impl FnOnce(&Given<'_>) -> Result<T>,
    ) -> Result<T> {
        let parts: Vec<Part<'_>> =
            function.arguments().iter().map(|argument| self.part(argument)).collect::<Result<_>>()?;
        let values: Vec<Value<'_>> = parts.iter().map(Part::value).collect();
        let given = Given::new(function, &values, Spelling::Camel);
        match self.texts {
            [on_error, ..] => work(&given.on_error(on_error)?),
            [] => work(&given),
        }
    }

    /// The next part, which is that of `argument`.
    fn part(&mut self, argument: &Argument) -> Result<Part<'a>> {
        let value = match argument.kind() {
            Kind::Column => Value::Column(column(self.next_numbers(argument)?)),
            Kind::Rates | Kind::Rate => {
                match (self.next_numbers(argument)?, next(&mut self.texts, argument)?) {
                    ([], text) if !text.is_empty() => {
                        return lines(text, argument, ordinary_rate, rate_of_text).map(Part::Rates);
                    }
                    (numbers, _) => Value::Column(column(numbers)),
                }
            }
            Kind::Series => Value::Series(self.next_numbers(argument)?),
            Kind::Dates | Kind::Date | Kind::ManyDates => {
                Value::Dates(FlowDates::DaysSince1970(next(&mut self.integers, argument)?))
            }
            Kind::Flag => Value::Flag(next(&mut self.texts, argument)? == "true"),
            Kind::Choice { .. } => Value::Text(next(&mut self.texts, argument)?),
            Kind::ManySeries => {
                let (numbers, ends) = (self.next_numbers(argument)?, next(&mut self.integers, argument)?);
                // An end that is no index is refused as one that does not ascend.
                let ends = ends.iter().map(|end| usize::try_from(*end).unwrap_or(usize::MAX)).collect();
                return Ok(Part::ManySeries(numbers, ends));
            }
            Kind::Decimals => return self.decimals(argument, gate::exact_decimal, str::parse),
            Kind::DecimalRates => return self.decimals(argument, exact_rate, exact_rate_of_text),
        };
        Ok(Part::Value(value))
    }

    /// Decimals, with what reads one of them from a number and from text.
    fn decimals(
        &mut self,
        argument: &Argument,
        of_number: fn(f64) -> Result<Decimal>,
        of_text: fn(&str) -> Result<Decimal>,
    ) -> Result<Part<'a>> {
        let (numbers, text) = (self.next_numbers(argument)?, next(&mut self.texts, argument)?);
        let decimals = match numbers {
            [] if !text.is_empty() => return lines(text, argument, of_number, of_text).map(Part::Decimals),
            [number] => Decimals::One(of_number(*number).at(argument.name())?),
            numbers => Decimals::Numbers(numbers),
        };
        Ok(Part::Value(Value::Decimals(decimals)))
    }

    fn next_numbers(&mut self, argument: &Argument) -> Result<&'a [f64]> {
        next(&mut self.numbers, argument)
    }
}

impl Part<'_> {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Value(value) => *value,
            Self::ManySeries(numbers, ends) => Value::ManySeries(numbers, ends),
            Self::Rates(rates) => Value::Rates(column(rates)),
            Self::Decimals(decimals) => match decimals.as_slice() {
                [decimal] => Value::Decimals(Decimals::One(*decimal)),
                decimals => Value::Decimals(Decimals::Many(decimals)),
            },
        }
    }
}

/// Takes the first item off a list.
fn next<'a, T: ?Sized>(list: &mut &'a [&'a T], argument: &Argument) -> Result<&'a T> {
    let (first, rest) = list.split_first().ok_or_else(|| {
        Error::new(ErrorCode::InputMissingField, "this argument is missing").at(argument.name())
    })?;
    *list = rest;
    Ok(first)
}

/// A number for all rows, or one for each.
fn column(numbers: &[f64]) -> Column<'_> {
    match numbers {
        [number] => Column::One(*number),
        numbers => Column::Many(numbers),
    }
}

/// What stands before a number in a line, which is read as numbers are and not as text.
const NUMBER: char = '~';

/// A number as JavaScript writes it: as JSON, but for what JSON does not have.
fn number(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        text => wire::number(text),
    }
}

/// Numbers and texts in lines; the path of an error has the line where there are several.
fn lines<T>(
    text: &str,
    argument: &Argument,
    of_number: fn(f64) -> Result<T>,
    of_text: fn(&str) -> Result<T>,
) -> Result<Vec<T>> {
    let lines: Vec<&str> = text.split('\n').collect();
    let read = |line: &str| match line.strip_prefix(NUMBER).and_then(number) {
        Some(number) => of_number(number),
        None => of_text(line),
    };
    let numbered = |(index, line): (usize, &&str)| match lines.len() {
        1 => read(line).at(argument.name()),
        _ => read(line).at_index(argument.name(), index),
    };
    lines.iter().enumerate().map(numbered).collect()
}
