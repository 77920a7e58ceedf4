//! The module of the array functions, and its stub.

use std::fmt::Write as _;

use serde_json::Value;
use wherewithal_contract::arrays::Kind;

use super::{
    HEAD, Writer,
    docs::item,
    python_name,
    text::{docstring, imports, list, literal, quoted, tuple},
};
use crate::codegen::{
    arrays::{ApiArgument, ApiArray},
    source::snake_case,
};

const ON_ERROR: &str = "on_error";
const OUT: &str = "out";

/// What the stub calls what a function takes. A result has the form of its arguments: the first overload that fits says
/// which.
const TYPES: &str = "\
_List: TypeAlias = float | Sequence[float] | Sequence[Sequence[float]]
_Array: TypeAlias = _List | npt.NDArray[Any]
_Amounts: TypeAlias = Iterable[float] | npt.NDArray[Any]
# Dates and amounts in one argument; a Series or a frame is known by what it is at run time.
_DatedFlows: TypeAlias = Mapping[Any, float] | Iterable[tuple[DateLike, float]] | Any
_OnError: TypeAlias = Literal[\"raise\", \"nan\"]
";

impl Writer<'_> {
    /// The module, with the documentation of the functions.
    pub(super) fn arrays_module(&self, functions: &[ApiArray<'_>]) -> String {
        let mut text = format!(
            "{HEAD}\"\"\"Functions on arrays: they return what they are given, a float for floats, an array for arrays, a \
             Series for a\nSeries.\n\nThey work on all cores (`RAYON_NUM_THREADS` sets how many) and release the \
             interpreter while they do.\n\"\"\"\n\nfrom . import _native\n\n"
        );
        for function in functions {
            let class = if function.has_rows { "ArrayFunction" } else { "ScheduleFunction" };
            let _ = writeln!(text, "_{name} = _native.{class}(\"{name}\").apply", name = function.name);
        }
        for function in functions {
            let parameters = parameters(function, &|of, default| match default {
                Some(default) => format!("{}={default}", python_name(of.name())),
                None => python_name(of.name()),
            });
            let last =
                if function.has_rows { format!("{ON_ERROR}=\"raise\"") } else { format!("{OUT}=None") };
            let before = format!("def {}", function.name);
            let parameters = list(with_last(parameters, last), "(", ")", 0, before.len() + 1);
            let _ = write!(text, "\n\n{before}{parameters}:\n{}", docstring(&self.array_doc(function), 4));
            let names = function.arguments.iter().map(|of| python_name(of.name()));
            let last = if function.has_rows { ON_ERROR } else { OUT };
            let call = format!("    return _{}", function.name);
            let names = [tuple(names, 8, 0), last.to_owned()];
            let names = list(names, "(", ")", 4, call.len() - 4);
            let _ = writeln!(text, "{call}{names}");
        }
        let _ = write!(text, "\n\n{}\n\ndef __dir__():\n    return __all__\n", all_of(functions));
        text
    }

    /// Its stub, in which type checkers and editors find the types.
    pub(super) fn arrays_stub(&self, functions: &[ApiArray<'_>]) -> String {
        let mut body = format!("{TYPES}\n");
        for function in functions {
            let mirrors = function.arguments.iter().any(ApiArgument::is_column);
            let forms: &[(&str, &str, bool)] = match (mirrors, function.has_rows) {
                (true, _) => &[
                    ("float", "float", true),
                    ("_List", "list[Any]", true),
                    ("_Array", "npt.NDArray[np.float64]", false),
                    ("Any", "Any", false),
                ],
                (false, true) => &[("Any", "Any", false)],
                (false, false) => &[("Any", "AmortizationColumns", false)],
            };
            // Where every column has a default, the checker sees no overlap.
            let is_required = |of: &ApiArgument<'_>| of.is_column() && of.default.is_none();
            let overlap = function.arguments.iter().any(is_required);
            for (column, result, overlaps) in forms {
                let overload = if mirrors { "@overload\n" } else { "" };
                body.push_str(&format!("{overload}{}", stub(function, column, result, *overlaps && overlap)));
            }
        }
        let _ = write!(body, "\n{}", all_of(functions));
        let standard = imports(
            &body,
            &[
                ("collections.abc", &["Iterable", "Mapping", "Sequence"]),
                ("typing", &["Any", "Literal", "TypeAlias", "overload"]),
            ],
        );
        let own = imports(
            &body,
            &[
                ("._native", &["AmortizationColumns"]),
                ("._typing", &["DateLike", "DecimalLike", "FractionLike"]),
                (".types", &["DayCount", "PaymentTiming", "Rounding"]),
            ],
        );
        format!("{HEAD}{standard}\nimport numpy as np\nimport numpy.typing as npt\n\n{own}\n{body}")
    }

    fn array_doc(&self, function: &ApiArray<'_>) -> String {
        let part =
            if function.has_rows { "answer of each row is that" } else { "rows of each schedule are those" };
        let mut doc = format!(
            "{}\n\nThe {part} of `{}`, to the bit; see there for conventions and signs.",
            self.prose(function.summary),
            function.operation.name
        );
        if function.arguments.iter().any(ApiArgument::is_column) {
            doc += " Arrays broadcast as in\nnumpy.";
        }
        doc += "\n\nArgs:\n";
        for of in &function.arguments {
            doc += &self.argument_doc(of);
        }
        if function.has_rows {
            doc += &item(&format!(
                "{ON_ERROR} (str): `\"raise\"` raises the error of the first row without an answer; `\"nan\"` leaves NaN in \
                 the place of each. Defaults to `\"raise\"`."
            ));
        } else {
            doc += &item(&format!(
                "{OUT} (AmortizationColumns): Columns of an earlier call, whose arrays are overwritten and returned; they \
                 must have as many rows as the terms of the loans add up to. It saves the time that new memory takes. \
                 Optional."
            ));
        }
        let many = function.arguments.iter().any(|of| matches!(of.kind, Kind::ManySeries));
        doc += match (function.has_rows, many) {
            (true, false) => {
                "\nReturns:\n    A float for numbers; else an array, a list or a Series, as the arguments are.\n"
            }
            (true, true) => "\nReturns:\n    An array where `amounts` is one, else a list.\n",
            (false, _) => {
                "\nReturns:\n    The columns, in the currency's smallest unit; they are numpy arrays, so numpy must be \
                 installed.\n"
            }
        };
        doc += "\nRaises:\n    WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.\n";
        let (call, answer) = example(function);
        doc + &format!("\nExample:\n    >>> import wherewithal as ww\n    >>> {call}\n    {answer}\n")
    }

    fn argument_doc(&self, of: &ApiArgument<'_>) -> String {
        let doc = self.prose(&of.field.doc).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut doc = format!("{} ({}): {doc}{}", python_name(of.name()), kind(of.kind), more(of.kind));
        if let Some(values) = self.choices(&of.field.ty) {
            let name = |(number, value): (usize, &str)| match of.is_numbered() {
                true => format!("`\"{value}\"` (or {number})"),
                false => format!("`\"{value}\"`"),
            };
            let values: Vec<String> = values.iter().map(|value| snake_case(&value.value)).collect();
            let names: Vec<String> = values.iter().map(String::as_str).enumerate().map(name).collect();
            doc += &format!(" One of {}.", names.join(", "));
        }
        if let Some(default) = default(of) {
            doc += &format!(" Defaults to `{default}`.");
        }
        item(&doc)
    }
}

/// A function of the stub whose columns are of a type.
fn stub(function: &ApiArray<'_>, column: &str, result: &str, overlaps: bool) -> String {
    let parameters = parameters(function, &|of, default| {
        let name = python_name(of.name());
        let ty = ty(of, column);
        match default {
            Some("None") => format!("{name}: {ty} | None = None"),
            Some(default) => format!("{name}: {ty} = {default}"),
            None => format!("{name}: {ty}"),
        }
    });
    let last = if function.has_rows {
        format!("{ON_ERROR}: _OnError = \"raise\"")
    } else {
        format!("{OUT}: AmortizationColumns | None = None")
    };
    let before = format!("def {}", function.name);
    let after = format!(" -> {result}: ...");
    let ignored = if overlaps { "  # type: ignore[overload-overlap]" } else { "" };
    let parameters = list(with_last(parameters, last), "(", ")", 0, before.len() + after.len());
    // The checker names the line on which the function begins.
    match parameters.split_once('\n') {
        Some((open, rest)) => format!("{before}{open}{ignored}\n{rest}{after}\n"),
        None => format!("{before}{parameters}{after}{ignored}\n"),
    }
}

/// The parameters, each as `write` writes it with its default, and the star before those that go by name.
fn parameters(
    function: &ApiArray<'_>,
    write: &dyn Fn(&ApiArgument<'_>, Option<&str>) -> String,
) -> Vec<String> {
    let mut all = Vec::new();
    let mut by_place = true;
    let mut after_dates = false;
    for of in &function.arguments {
        if by_place && of.is_option {
            by_place = false;
            all.push("*".to_owned());
        }
        // Dates may come with their amounts.
        let default = if after_dates { Some("None".to_owned()) } else { default(of) };
        all.push(write(of, default.as_deref()));
        after_dates = matches!(of.kind, Kind::Dates);
    }
    if by_place {
        all.push("*".to_owned());
    }
    all
}

fn with_last(mut parameters: Vec<String>, last: String) -> Vec<String> {
    parameters.push(last);
    parameters
}

/// The default of an argument as Python writes it.
fn default(of: &ApiArgument<'_>) -> Option<String> {
    let default = of.default.as_ref()?;
    Some(match (of.kind, default) {
        (Kind::Choice { .. }, Value::String(name)) if of.choice().is_some() => quoted(&snake_case(name)),
        (Kind::Decimals | Kind::DecimalRates, Value::Number(number)) => {
            number.as_f64().unwrap_or_default().to_string()
        }
        (_, default) => literal(default),
    })
}

/// The type of an argument whose columns are of the type `column`.
fn ty(of: &ApiArgument<'_>, column: &str) -> String {
    match of.kind {
        Kind::Column => column.to_owned(),
        Kind::Rates if column == "float" => "FractionLike".to_owned(),
        Kind::Rates => column.to_owned(),
        Kind::Rate => "FractionLike".to_owned(),
        Kind::Series => "_Amounts".to_owned(),
        Kind::Dates => "_DatedFlows".to_owned(),
        Kind::Date => "DateLike".to_owned(),
        Kind::Flag => "bool".to_owned(),
        Kind::Choice { .. } => {
            let name = of.choice().unwrap_or("str");
            if of.is_numbered() { format!("{name} | Literal[0, 1]") } else { name.to_owned() }
        }
        Kind::ManyDates | Kind::ManySeries => "Any".to_owned(),
        Kind::Decimals | Kind::DecimalRates => "DecimalLike | Any".to_owned(),
    }
}

/// A kind in words.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Column => "float or array",
        Kind::Rates => "fraction or array",
        Kind::Rate => "fraction",
        Kind::Series => "list or array",
        Kind::Dates => "dates",
        Kind::Date => "date",
        Kind::Flag => "bool",
        Kind::Choice { .. } => "str",
        Kind::ManyDates => "array or list of dates",
        Kind::ManySeries => "array or list of lists",
        Kind::Decimals | Kind::DecimalRates => "decimal or array",
    }
}

/// What Python takes besides what the operation takes.
fn more(kind: Kind) -> &'static str {
    match kind {
        Kind::Dates => {
            " Dates, datetimes (their time of day is left out), ISO 8601 text, numpy `datetime64`, a pandas or polars \
             Series. Or dates and amounts together: a dict from date to amount, a pandas Series with dates as its index, a \
             frame of two columns, or pairs."
        }
        Kind::ManyDates => {
            " An array of two dimensions with a row for each series, a list with the dates of each series, or dates that \
             all series share."
        }
        Kind::ManySeries => {
            " An array of two dimensions with a row for each series, or a list with the amounts of each series, which need \
             not have the same length."
        }
        Kind::Decimals => {
            " One value for all, or one for each. A float is the decimal that it stands for, of at most 15 digits."
        }
        Kind::DecimalRates => {
            " One value for all, or one for each: fractions below 1, or text such as `\"6.5 %\"`. A float is the decimal that \
             it was written as; a percentage divided by 100 is one, too."
        }
        Kind::Rates | Kind::Rate => " A number below 1, or text such as `\"6.5 %\"`.",
        _ => "",
    }
}

/// The call of the example, and what the interpreter answers.
fn example(function: &ApiArray<'_>) -> (String, String) {
    let example = function.example;
    let call = format!("ww.{}({})", function.name, example.arguments);
    let shown = |answer: &&str| format!("{:?}", answer.parse::<f64>().unwrap_or(f64::NAN));
    let answers = || example.answers.iter().map(shown).collect::<Vec<_>>().join(", ");
    match (function.has_rows, example.answers) {
        (true, [answer]) => (format!("round({call}, {})", example.places), shown(answer)),
        (true, _) => {
            (format!("[round(row, {}) for row in {call}]", example.places), format!("[{}]", answers()))
        }
        (false, _) => {
            (format!("[int(cents) for cents in {call}.payment]"), format!("[{}]", example.answers.join(", ")))
        }
    }
}

fn all_of(functions: &[ApiArray<'_>]) -> String {
    let names = functions.iter().map(|function| quoted(function.name));
    format!("__all__ = {}\n", list(names, "[", "]", 0, "__all__ = ".len()))
}
