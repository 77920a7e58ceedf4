//! What the writers of every language read of the array functions, and the table by which the tests of every
//! language call them.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use wherewithal_contract::arrays::{self, ArrayFunction, Example, Kind, Preset};

use super::shape::{Api, ApiOperation, Field, Type};

/// An array function.
pub(crate) struct ApiArray<'a> {
    /// In snake case, such as `xirr_batch`.
    pub(crate) name: &'static str,
    /// The operation whose answer a row is.
    pub(crate) operation: &'a ApiOperation,
    /// One sentence.
    pub(crate) summary: &'a str,
    /// The arguments in order; those that are given by name are last.
    pub(crate) arguments: Vec<ApiArgument<'a>>,
    /// Whether it answers with a number for each row, not with schedules.
    pub(crate) has_rows: bool,
    /// The field of the operation's output that a row is.
    pub(crate) result: &'static str,
    /// A call with the answer that a source gives.
    pub(crate) example: Example,
}

/// An argument of an array function: a field of the operation's input.
pub(crate) struct ApiArgument<'a> {
    pub(crate) field: &'a Field,
    pub(crate) kind: Kind,
    /// What it is where it is left out; `None` where it must be given.
    pub(crate) default: Option<Value>,
    pub(crate) is_option: bool,
}

impl ApiArgument<'_> {
    /// Whether it may have a number for each row, of which there are as many as in the longest such argument.
    pub(crate) fn is_column(&self) -> bool {
        matches!(self.kind, Kind::Column | Kind::Rates)
    }

    /// Its name on the wire.
    pub(crate) fn name(&self) -> &str {
        &self.field.name
    }

    /// The name of its type, if it is a choice.
    pub(crate) fn choice(&self) -> Option<&str> {
        self.field.ty.named()
    }

    /// Whether 0 and 1 stand for its first and its second name.
    pub(crate) fn is_numbered(&self) -> bool {
        matches!(self.kind, Kind::Choice { numbered: true, .. })
    }
}

/// All array functions, ordered by name.
pub(crate) fn functions(api: &Api) -> Result<Vec<ApiArray<'_>>> {
    let mut all: Vec<ApiArray<'_>> = api
        .array_functions
        .iter()
        .map(|declared| {
            function(api, declared).with_context(|| format!("the array function {}", declared.name()))
        })
        .collect::<Result<_>>()?;
    all.sort_by_key(|function| function.name);
    Ok(all)
}

fn function<'a>(api: &'a Api, declared: &'static ArrayFunction) -> Result<ApiArray<'a>> {
    let operation = api.operations.iter().find(|operation| operation.name == declared.operation());
    let operation = operation.with_context(|| format!("there is no operation {}", declared.operation()))?;
    let fields = api.record(&operation.input)?;
    let arguments: Vec<ApiArgument<'_>> =
        declared.arguments().iter().map(|of| argument(fields, of)).collect::<Result<_>>()?;
    if declared.has_rows() {
        for field in fields.iter().filter(|field| field.required) {
            ensure!(arguments.iter().any(|of| of.name() == field.name), "{} is no argument", field.name);
        }
        let output = api.record(&operation.output)?;
        let is_result = |field: &Field| field.name == declared.result_field() && field.ty == Type::Number;
        let is_rate = |of: &ApiArgument<'_>| matches!(of.field.ty, Type::Fraction { stated: true });
        for of in arguments.iter().filter(|of| matches!(of.kind, Kind::Column | Kind::Rates | Kind::Rate)) {
            ensure!(is_rate(of) != matches!(of.kind, Kind::Column), "{} is a rate, or none", of.name());
        }
        ensure!(output.iter().any(is_result), "{} is no number of the output", declared.result_field());
    }
    Ok(ApiArray {
        name: declared.name(),
        operation,
        summary: declared.summary().unwrap_or(operation.summary),
        arguments,
        has_rows: declared.has_rows(),
        result: declared.result_field(),
        example: declared.shown_example(),
    })
}

/// An argument with the field that it is, whose default it must have.
fn argument<'a>(fields: &'a [Field], declared: &arrays::Argument) -> Result<ApiArgument<'a>> {
    let name = declared.name();
    let field = fields.iter().find(|field| field.name == name);
    let field = field.with_context(|| format!("the operation has no field {name}"))?;
    let of_operation = field.default.clone().filter(|_| !field.required);
    let default = match declared.preset() {
        None => None,
        Some(Preset::Number(number)) => Some(json!(number)),
        Some(Preset::Flag(flag)) => Some(json!(flag)),
        Some(Preset::OfOperation) => of_operation.clone(),
    };
    let same = match (&default, &of_operation) {
        // Decimals are written as text.
        (Some(ours), Some(Value::String(theirs))) if ours.is_number() => {
            ours.as_f64() == theirs.parse::<f64>().ok()
        }
        (ours, theirs) => ours == theirs,
    };
    ensure!(same, "{name} is {default:?} where it is left out, but {of_operation:?} in the operation");
    Ok(ApiArgument { field, kind: declared.kind(), default, is_option: declared.is_option() })
}

/// How the tests and the TypeScript name a kind.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Column => "column",
        Kind::Rates => "rates",
        Kind::Rate => "rate",
        Kind::Series => "series",
        Kind::Dates => "dates",
        Kind::Date => "date",
        Kind::Flag => "flag",
        Kind::Choice { .. } => "choice",
        Kind::ManyDates => "manyDates",
        Kind::ManySeries => "manySeries",
        Kind::Decimals => "decimals",
        Kind::DecimalRates => "decimalRates",
    }
}

/// The table by which tests find every function, call it, and know whose answer a row is.
pub(crate) fn table(functions: &[ApiArray<'_>]) -> Result<String> {
    let row = |function: &ApiArray<'_>| {
        let argument = |of: &ApiArgument<'_>| json!({ "name": of.name(), "kind": kind_name(of.kind) });
        json!({
            "name": function.name,
            "operation": function.operation.name,
            "result": function.has_rows.then_some(function.result),
            "arguments": function.arguments.iter().map(argument).collect::<Vec<_>>(),
            "options": function.arguments.iter().filter(|of| of.is_option).map(ApiArgument::name).collect::<Vec<_>>(),
        })
    };
    Ok(serde_json::to_string_pretty(&functions.iter().map(row).collect::<Vec<_>>())? + "\n")
}
