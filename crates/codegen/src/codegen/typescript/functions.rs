//! The typed functions, the table of operations, and the examples.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{
    super::{
        shape::{Api, ApiOperation},
        source::camel_case,
    },
    NOTICE,
    declarations::imports,
    text::{comment, literal},
};

/// The name of the family within its file of functions.
const FAMILY: &str = "family";

/// Reserved words, which cannot be function names.
const RESERVED: &[&str] = &[
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "false",
    FAMILY,
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// The file of the functions of one family.
pub(super) fn family(api: &Api, family: &str) -> Result<String> {
    let operations: Vec<&ApiOperation> =
        api.operations.iter().filter(|operation| operation.family == family).collect();
    let long = operations.iter().any(|operation| operation.reports_progress);
    let mut file = format!("{NOTICE}\nimport {{ Family }} from \"../../family.js\";\n");
    if long {
        file.push_str("import type { RunOptions } from \"../../run.js\";\n");
    }
    let types = operations.iter().flat_map(|operation| [operation.input.as_str(), operation.output.as_str()]);
    file.push_str(&imports(api, types, "../types/", None));
    let _ = write!(file, "\nconst {FAMILY} = /* @__PURE__ */ new Family(\"{family}\");\n");
    for operation in operations {
        file.push('\n');
        file.push_str(&function(operation)?);
    }
    Ok(file)
}

fn function(operation: &ApiOperation) -> Result<String> {
    let name = camel_case(operation.function);
    ensure!(
        !RESERVED.contains(&name.as_str()),
        "{name} is a word of JavaScript or of the generated files and cannot name a function"
    );
    let mut paragraphs = vec![operation.summary.to_owned(), operation.details.to_owned()];
    if operation.reports_progress {
        paragraphs.push(
            "Runs away from the calling thread, reports its progress and can be cancelled; \
             `call` runs it on the calling thread."
                .to_owned(),
        );
    }
    let throws = if operation.reports_progress { ", as a rejection" } else { "" };
    paragraphs.push(format!("@throws WherewithalError{throws}"));
    for example in &operation.examples {
        let result = format!("const result = {};", expression(operation, example.input, 3)?);
        paragraphs.push(format!("@example {}\n```ts\n{result}\n```", example.title));
    }
    let doc = comment("", &paragraphs);
    let ApiOperation { input, output, .. } = operation;
    let wire = operation.name;
    Ok(if operation.reports_progress {
        format!(
            "{doc}export function {name}(input: {input}, options?: RunOptions): Promise<{output}> {{\n  \
             return {FAMILY}.callAsync(\"{wire}\", input, options);\n}}\n"
        )
    } else {
        format!(
            "{doc}export function {name}(input: {input}): {output} {{\n  return {FAMILY}.call(\"{wire}\", input);\n}}\n"
        )
    })
}

/// A call of the operation's function; lines after the first have no indentation, but `margin` characters of each line
/// are reserved for it.
fn expression(operation: &ApiOperation, input: &str, margin: usize) -> Result<String> {
    let input: Value =
        serde_json::from_str(input).with_context(|| format!("an example of {}", operation.name))?;
    let path = format!("{}.{}", camel_case(operation.family), camel_case(operation.function));
    let used = path.len() + 25 + margin;
    let wait = if operation.reports_progress { "await " } else { "" };
    Ok(format!("{wait}{path}({})", literal(&input, 0, used)))
}

/// The file that maps the names of operations to their types.
pub(super) fn operations(api: &Api) -> String {
    let mut file = NOTICE.to_owned();
    let types =
        api.operations.iter().flat_map(|operation| [operation.input.as_str(), operation.output.as_str()]);
    file.push('\n');
    file.push_str(&imports(api, types, "./types/", None));
    file.push_str(
        "\n/** The types of every operation by its name on the wire. */\nexport interface Operations {\n",
    );
    for operation in &api.operations {
        file.push_str(&comment("  ", &[operation.summary.to_owned()]));
        let ApiOperation { name, input, output, .. } = operation;
        let _ = writeln!(file, "  \"{name}\": {{ input: {input}; output: {output} }};");
    }
    file.push_str(
        "}\n\n/** The name of an operation on the wire. */\nexport type OperationName = keyof Operations;\n",
    );
    file.push_str("\n/** The names of all operations, in order. */\n");
    file.push_str("export const operationNames: readonly OperationName[] = [\n");
    for operation in &api.operations {
        let _ = writeln!(file, "  \"{}\",", operation.name);
    }
    file.push_str("];\n");
    file
}

/// A file that checks every example against the types, and runs it.
pub(super) fn examples(api: &Api) -> Result<String> {
    let families: Vec<String> = api.families().into_iter().map(camel_case).collect();
    let mut file = format!(
        "{NOTICE}\nimport type * as wherewithal from \"wherewithal\";\n\n\
         /** The examples of every operation, to be run with either package. */\n\
         export function examples({{ {families} }}: typeof wherewithal) {{\n  return [\n",
        families = families.join(", ")
    );
    for operation in &api.operations {
        for example in &operation.examples {
            let title = Value::from(example.title);
            let call = expression(operation, example.input, 8)?.replace('\n', "\n        ");
            let call = call.trim_start_matches("await ");
            let name = operation.name;
            let _ = write!(
                file,
                "    {{\n      operation: \"{name}\",\n      title: {title},\n      run: async () =>\n        {call},\n    }},\n",
            );
        }
    }
    file.push_str("  ];\n}\n");
    Ok(file)
}
