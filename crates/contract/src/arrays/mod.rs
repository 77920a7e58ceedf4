//! The array functions: operations on many rows at once, with columns of numbers in place of JSON.
//!
//! Each function is declared once, with its arguments in their order and what computes its rows. A row has the bits of
//! the operation that it names, and its documentation is that of the operation's fields. From the declarations come the
//! functions of Python, Node and the browser; a binding turns the arguments of its language into [`Value`]s and gives
//! the results the form that its users expect.
//!
//! ```
//! use wherewithal::{control::Control, time_value::columns::Column, wire::Spelling};
//! use wherewithal_contract::arrays::{self, Given, Value};
//!
//! let pmt = arrays::get("pmt")?;
//! let values = [0.005, 0.006];
//! let values = [Value::Column(Column::Many(&values)), one(360.0), one(100_000.0)];
//! let mut payments = [0.0; 2];
//! let given = Given::new(pmt, &values, Spelling::Camel);
//! assert!(pmt.fill(&given, &mut payments, &Control::default())?.is_none());
//! assert_eq!(payments.map(|payment| payment.round()), [-600.0, -679.0]);
//!
//! fn one(number: f64) -> Value<'static> {
//!     Value::Column(Column::One(number))
//! }
//! # Ok::<(), wherewithal::Error>(())
//! ```

mod argument;
mod debt;
mod given;
mod parts;
mod rates;
mod rows;
mod schedules;
mod time_value;

use std::sync::LazyLock;

pub use argument::{Argument, Kind, Preset};
pub use given::{Decimals, Given, Value};
pub use parts::{Columns, Parts};
pub use rates::{exact_rate, exact_rate_of_text, rate_of_text};
pub use rows::{Outcome, Rows};
pub use schedules::{Schedules, Written};

use wherewithal::{Error, ErrorCode, Result, control::Control};

/// An array function.
#[derive(Debug)]
pub struct ArrayFunction {
    operation: &'static str,
    name: Option<&'static str>,
    summary: Option<&'static str>,
    result: &'static str,
    arguments: Vec<Argument>,
    compute: Compute,
    #[cfg(feature = "documentation")]
    example: Example,
}

/// How an array function computes.
#[derive(Debug, Clone, Copy)]
enum Compute {
    /// A number for each row.
    Rows(fn(&Given<'_>, Rows<'_>) -> Outcome),
    /// The schedules of many loans.
    Schedules(fn(&Given<'_>) -> Result<Schedules>),
}

/// A call with the answer that a source gives; shown in the documentation and run by the tests.
#[cfg(feature = "documentation")]
#[derive(Debug, Clone, Copy, Default)]
pub struct Example {
    /// The arguments, as Python and TypeScript both write them.
    pub arguments: &'static str,
    /// To how many decimal places the answer is known.
    pub places: u32,
    /// The answer of each row.
    pub answers: &'static [&'static str],
}

/// The functions of the families that are compiled in.
#[must_use]
pub fn functions() -> &'static [ArrayFunction] {
    static FUNCTIONS: LazyLock<Vec<ArrayFunction>> =
        LazyLock::new(|| [debt::entries(), time_value::entries()].into_iter().flatten().collect());
    &FUNCTIONS
}

/// The function with this name.
///
/// # Errors
/// `operation.unknown`.
pub fn get(name: &str) -> Result<&'static ArrayFunction> {
    functions().iter().find(|function| function.name() == name).ok_or_else(|| {
        let shown: String = name.chars().take(60).collect();
        Error::new(ErrorCode::OperationUnknown, format!("there is no array function {shown:?}"))
    })
}

impl ArrayFunction {
    /// A function with a number for each row: that of `operation`, whose fields the arguments are.
    fn rows<const N: usize>(
        operation: &'static str,
        arguments: [Argument; N],
        compute: fn(&Given<'_>, Rows<'_>) -> Outcome,
    ) -> Self {
        Self::new(operation, arguments, Compute::Rows(compute))
    }

    /// A function with a schedule for each row.
    fn schedules<const N: usize>(
        operation: &'static str,
        arguments: [Argument; N],
        compute: fn(&Given<'_>) -> Result<Schedules>,
    ) -> Self {
        Self::new(operation, arguments, Compute::Schedules(compute))
    }

    fn new<const N: usize>(operation: &'static str, arguments: [Argument; N], compute: Compute) -> Self {
        Self {
            operation,
            name: None,
            summary: None,
            result: "value",
            arguments: arguments.into(),
            compute,
            #[cfg(feature = "documentation")]
            example: Example::default(),
        }
    }

    /// The same under another name than the operation's, with a summary of its own.
    fn named(self, name: &'static str, summary: &'static str) -> Self {
        Self { name: Some(name), summary: Some(summary).filter(|_| cfg!(feature = "documentation")), ..self }
    }

    /// The same, where its number is not the field `value` of the operation's output but this one.
    fn result(self, field: &'static str) -> Self {
        Self { result: field, ..self }
    }

    /// The same with its example.
    #[cfg(feature = "documentation")]
    fn example(self, arguments: &'static str, places: u32, answers: &'static [&'static str]) -> Self {
        Self { example: Example { arguments, places, answers }, ..self }
    }

    /// The same: this build carries no documentation.
    #[cfg(not(feature = "documentation"))]
    fn example(self, _: &'static str, _: u32, _: &'static [&'static str]) -> Self {
        self
    }

    /// Its name in snake case, such as `xirr_batch`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let function = self.operation.split_once('.').map_or(self.operation, |(_, function)| function);
        self.name.unwrap_or(function)
    }

    /// The operation whose answer a row is.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What it does, where that is not what its operation does; none without the feature `documentation`.
    #[must_use]
    pub fn summary(&self) -> Option<&'static str> {
        self.summary
    }

    /// The field of the operation's output that a row is.
    #[must_use]
    pub fn result_field(&self) -> &'static str {
        self.result
    }

    /// Its arguments, in order; those that are given by name alone are last.
    #[must_use]
    pub fn arguments(&self) -> &[Argument] {
        &self.arguments
    }

    /// Whether it answers with a number for each row, not with schedules.
    #[must_use]
    pub fn has_rows(&self) -> bool {
        matches!(self.compute, Compute::Rows(_))
    }

    /// A call with the answer that a source gives.
    #[cfg(feature = "documentation")]
    #[must_use]
    pub fn shown_example(&self) -> Example {
        self.example
    }

    /// Fills `results` with the number of each row; without a column of numbers there is one.
    ///
    /// The first row without an answer is returned, unless such rows are to be NaN. `control` can stop the work.
    ///
    /// # Errors
    /// Those of the arguments that all rows share, such as `input.invalid` for an unknown choice; `operation.cancelled`.
    pub fn fill(&self, given: &Given<'_>, results: &mut [f64], control: &Control<'_>) -> Outcome {
        match self.compute {
            Compute::Rows(compute) => compute(given, Rows { given, results, control }),
            Compute::Schedules(_) => Err(self.wrong_form()),
        }
    }

    /// The schedules of all rows, ready to be computed.
    ///
    /// # Errors
    /// Those of the arguments, such as `term.out_of_range` at `termMonths[17]`.
    pub fn prepare(&self, given: &Given<'_>) -> Result<Schedules> {
        match self.compute {
            Compute::Schedules(prepare) => prepare(given),
            Compute::Rows(_) => Err(self.wrong_form()),
        }
    }

    /// The error that a binding asks for the other form of answer.
    fn wrong_form(&self) -> Error {
        Error::new(ErrorCode::OperationUnknown, format!("{:?} answers in another form", self.name()))
    }
}

#[cfg(test)]
mod tests;
