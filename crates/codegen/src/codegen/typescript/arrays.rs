//! The array functions.

use std::fmt::Write;

use serde_json::Value;
use wherewithal_contract::arrays::Kind;

use super::{
    super::{
        arrays::{ApiArgument, ApiArray, kind_name},
        shape::Api,
        source::camel_case,
    },
    NOTICE,
    declarations::imports,
    text::{comment, literal},
};

const ON_ERROR: &str = "onError";
/// The longest line of a signature.
const WIDTH: usize = 110;

/// The file of all array functions.
pub(super) fn functions(api: &Api, functions: &[ApiArray<'_>]) -> String {
    let arguments = functions.iter().flat_map(|function| &function.arguments);
    let choices: Vec<&str> = arguments.filter_map(ApiArgument::choice).collect();
    let mut file = format!(
        "{NOTICE}\nimport {{\n  numbers,\n  schedules,\n  type Column,\n  type DateInput,\n  type Dates,\n  \
         type Decimals,\n  type FractionInput,\n  type NumberList,\n  type OnError,\n  type Rates,\n  type ScheduleColumns,\n}} from \"../columns.js\";\n"
    );
    file.push_str(&imports(api, choices.into_iter(), "./types/", None));
    file.push_str(
        "\nexport type { Column, Dates, Decimals, OnError, Rates, ScheduleColumns } from \"../columns.js\";\n",
    );
    for function in functions {
        file.push('\n');
        file.push_str(&one(function));
    }
    file
}

fn one(function: &ApiArray<'_>) -> String {
    let name = camel_case(function.name);
    let mut text = comment("", &documentation(function));
    let (result, runtime) =
        if function.has_rows { ("Float64Array", "numbers") } else { ("ScheduleColumns", "schedules") };
    let mirrors = function.arguments.iter().any(ApiArgument::is_column);
    if mirrors {
        for (single, result) in [(true, "number"), (false, result)] {
            text.push_str(&signature(&name, parameters(function, &declared(single), ""), result, ";"));
        }
    }
    let answer = if mirrors { "number | Float64Array" } else { result };
    text.push_str(&signature(&name, parameters(function, &implemented, " = {}"), answer, " {"));
    let options: Vec<String> =
        function.arguments.iter().filter(|of| of.is_option).map(with_default).collect();
    let on_error = function.has_rows.then(|| format!("{ON_ERROR} = \"raise\""));
    let options: Vec<String> = options.into_iter().chain(on_error).collect();
    let _ = writeln!(text, "  const {{ {} }} = options;", options.join(", "));
    let names: Vec<&str> = function.arguments.iter().map(ApiArgument::name).collect();
    let kinds: Vec<String> = function
        .arguments
        .iter()
        .map(|of| format!("    {}: \"{}\",\n", of.name(), kind_name(of.kind)))
        .collect();
    let last = if function.has_rows { format!(", {ON_ERROR}") } else { String::new() };
    let cast = if mirrors || !function.has_rows { "" } else { " as Float64Array" };
    let _ = writeln!(
        text,
        "  const kinds = {{\n{}  }} as const;\n  return {runtime}(\"{}\", kinds, {{ {} }}{last}){cast};\n}}",
        kinds.concat(),
        function.name,
        names.join(", "),
    );
    text
}

/// The head of a function, its parameters a line each where they do not fit into one.
fn signature(name: &str, parameters: Vec<String>, result: &str, end: &str) -> String {
    let line = format!("export function {name}({}): {result}{end}\n", parameters.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    format!("export function {name}(\n  {},\n): {result}{end}\n", parameters.join(",\n  "))
}

/// The parameters, each positional one as `write` writes it, and the options with `default`.
fn parameters(
    function: &ApiArray<'_>,
    write: &dyn Fn(&ApiArgument<'_>) -> String,
    default: &str,
) -> Vec<String> {
    let mut all: Vec<String> = function.arguments.iter().filter(|of| !of.is_option).map(write).collect();
    let options = function.arguments.iter().filter(|of| of.is_option);
    let mut options: Vec<String> = options.map(|of| format!("{}?: {}", of.name(), ty(of, false))).collect();
    if function.has_rows {
        options.push(format!("{ON_ERROR}?: OnError"));
    }
    let optional = if default.is_empty() { "?" } else { "" };
    all.push(format!("options{optional}: {{ {} }}{default}", options.join("; ")));
    all
}

/// A parameter of an overload: with `single`, of the one whose columns are numbers.
fn declared(single: bool) -> impl Fn(&ApiArgument<'_>) -> String {
    move |of| {
        let optional = if of.default.is_some() { "?" } else { "" };
        format!("{}{optional}: {}", of.name(), ty(of, single))
    }
}

/// A parameter of the implementation.
fn implemented(of: &ApiArgument<'_>) -> String {
    match &of.default {
        Some(default) => format!("{}: {} = {}", of.name(), ty(of, false), shown(of, default)),
        None => format!("{}: {}", of.name(), ty(of, false)),
    }
}

fn with_default(of: &ApiArgument<'_>) -> String {
    match &of.default {
        Some(default) => format!("{} = {}", of.name(), shown(of, default)),
        None => of.name().to_owned(),
    }
}

/// A default as a literal; numbers without a point that says nothing.
fn shown(of: &ApiArgument<'_>, default: &Value) -> String {
    match (of.kind, default.as_f64()) {
        (Kind::Column | Kind::Rates | Kind::Rate | Kind::Decimals | Kind::DecimalRates, Some(number)) => {
            number.to_string()
        }
        _ => literal(default, 0, 0),
    }
}

fn ty(of: &ApiArgument<'_>, single: bool) -> String {
    match of.kind {
        Kind::Column if single => "number".to_owned(),
        Kind::Column => "Column".to_owned(),
        Kind::Rates if single => "FractionInput".to_owned(),
        Kind::Rates => "Rates".to_owned(),
        Kind::Rate => "FractionInput".to_owned(),
        Kind::Series => "NumberList".to_owned(),
        Kind::Dates => "Dates".to_owned(),
        Kind::Date => "DateInput".to_owned(),
        Kind::Flag => "boolean".to_owned(),
        Kind::Choice { .. } => {
            let name = of.choice().unwrap_or("string");
            if of.is_numbered() { format!("{name} | 0 | 1") } else { name.to_owned() }
        }
        Kind::ManyDates => "Dates | readonly Dates[]".to_owned(),
        Kind::ManySeries => "readonly NumberList[]".to_owned(),
        Kind::Decimals | Kind::DecimalRates => "Decimals".to_owned(),
    }
}

fn documentation(function: &ApiArray<'_>) -> Vec<String> {
    let operation = &function.operation;
    let path = format!("{}.{}", camel_case(operation.family), camel_case(operation.function));
    let mut paragraphs = vec![function.summary.to_owned()];
    paragraphs
        .push(format!("Each row is the answer of `{path}`, to the bit; conventions and signs are its."));
    let mut lines: Vec<String> = function
        .arguments
        .iter()
        .filter(|of| !of.is_option)
        .map(|of| format!("@param {} - {}", of.name(), described(of)))
        .collect();
    let mut options: Vec<String> = function
        .arguments
        .iter()
        .filter(|of| of.is_option)
        .map(|of| format!("`{}`: {}", of.name(), described(of)))
        .collect();
    if function.has_rows {
        options.push(format!("`{ON_ERROR}`: `\"nan\"` leaves NaN in the place of a row without an answer."));
    }
    lines.push(format!("@param options - {}", options.join(" ")));
    paragraphs.push(lines.join("\n"));
    paragraphs.push("@throws WherewithalError; its path names the row, such as `rate[17]`".to_owned());
    let (call, answer) = example(function);
    paragraphs.push(format!("@example\n```ts\n{call}; // {answer}\n```"));
    paragraphs
}

fn described(of: &ApiArgument<'_>) -> String {
    let doc = of.field.doc.split_whitespace().collect::<Vec<_>>().join(" ");
    let more = match of.kind {
        Kind::ManyDates => " One list for each series, or one for all of them.",
        Kind::ManySeries => " One list for each series.",
        _ if of.is_numbered() => " 0 and 1 stand for the first and the second value.",
        _ => "",
    };
    match &of.default {
        Some(default) => format!("{doc}{more} Default: `{}`.", shown(of, default)),
        None => format!("{doc}{more}"),
    }
}

/// The call of the example, and its answer in TypeScript.
fn example(function: &ApiArray<'_>) -> (String, String) {
    let example = function.example;
    let call = format!("arrays.{}({})", camel_case(function.name), example.arguments);
    let answers = || {
        format!("[{}]", example.answers.iter().map(|of| format!("\"{of}\"")).collect::<Vec<_>>().join(", "))
    };
    match (function.has_rows, example.answers) {
        (true, [answer]) => (format!("{call}.toFixed({})", example.places), format!("\"{answer}\"")),
        (true, _) => (format!("Array.from({call}, (row) => row.toFixed({}))", example.places), answers()),
        (false, _) => (format!("Array.from({call}.payment, String)"), answers()),
    }
}

/// A file that runs the examples with either package.
pub(super) fn examples(functions: &[ApiArray<'_>]) -> String {
    let mut file = format!(
        "{NOTICE}\nimport type * as wherewithal from \"wherewithal\";\n\n\
         /** The examples of every array function with their answers, to be run with either package. */\n\
         export function arrayExamples({{ arrays }}: typeof wherewithal) {{\n  return [\n"
    );
    for function in functions {
        let (call, answer) = example(function);
        let name = function.name;
        let _ = writeln!(
            file,
            "    {{ name: \"{name}\", run: () => {call} as string | string[], answer: {answer} as string | string[] }},"
        );
    }
    file.push_str("  ];\n}\n");
    file
}
