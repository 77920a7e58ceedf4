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
    wire::Spelling,
};

use super::{
    ArrayFunction, Written,
    argument::{Argument, Kind},
    given::{Decimals, Given, Value},
};

/// The arguments of a call in the order of the declaration, each kind in a list of its own. None is left out.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// Numbers: a column, where a single number stands for all rows; a number; a list of numbers; the lists of all rows
    /// one after the other; decimals.
    pub numbers: &'a [&'a [f64]],
    /// Whole numbers: dates as days since 1970-01-01, and after the numbers of lists the index after the last one of
    /// each list.
    pub integers: &'a [&'a [i32]],
    /// Texts: the name of a choice, `true` or `false`, decimals in lines where their numbers are empty, and last what
    /// becomes of rows without an answer.
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
            match function.fill(given, &mut results)? {
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
            Kind::Column | Kind::Number => match self.next_numbers(argument)? {
                [number] => Value::Column(Column::One(*number)),
                numbers => Value::Column(Column::Many(numbers)),
            },
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
            Kind::Decimals => {
                let (numbers, text) = (self.next_numbers(argument)?, next(&mut self.texts, argument)?);
                match numbers {
                    [] if !text.is_empty() => return decimals(text, argument).map(Part::Decimals),
                    [number] => {
                        Value::Decimals(Decimals::One(gate::exact_decimal(*number).at(argument.name())?))
                    }
                    numbers => Value::Decimals(Decimals::Numbers(numbers)),
                }
            }
        };
        Ok(Part::Value(value))
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

/// Decimals in lines; the path of an error has the line where there are several.
fn decimals(text: &str, argument: &Argument) -> Result<Vec<Decimal>> {
    let lines: Vec<&str> = text.split('\n').collect();
    let decimal = |(index, line): (usize, &&str)| match lines.len() {
        1 => line.parse().at(argument.name()),
        _ => line.parse().at_index(argument.name(), index),
    };
    lines.iter().enumerate().map(decimal).collect()
}
