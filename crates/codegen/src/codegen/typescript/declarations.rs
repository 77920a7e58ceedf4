//! The types of inputs and outputs.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use anyhow::{Result, ensure};
use serde_json::Value;

use super::{
    super::{
        shape::{Api, ChoiceValue, Definition, Field, Shape, Type, Variant},
        source::{camel_case, pascal_case},
    },
    NOTICE,
    text::{comment, key},
};

/// The hand-written names, which a generated type must not have.
const TAKEN: &[&str] = &[
    "Date",
    "DateInput",
    "DateString",
    "Decimal",
    "DecimalInput",
    "DecimalObject",
    "Error",
    "ErrorCode",
    "ErrorKind",
    "Float64Array",
    "FractionInput",
    "FractionList",
    "NumberList",
    "OperationName",
    "Operations",
    "Percentage",
    "Progress",
    "Promise",
    "Readonly",
    "Record",
    "RunOptions",
    "WherewithalError",
    "WireError",
];

/// The types, in a file for each package that declares any, by the package's name.
///
/// Files follow packages and not families, so that a type of several families is declared once, and a file imports only
/// from those of lower packages.
pub(super) fn types(api: &Api) -> Result<BTreeMap<&str, String>> {
    let mut names = BTreeSet::new();
    let mut packages: BTreeMap<&str, Vec<&Definition>> = BTreeMap::new();
    for definition in &api.definitions {
        for name in names_of(definition) {
            ensure!(!TAKEN.contains(&name.as_str()), "{name} is a name that TypeScript needs itself");
            ensure!(names.insert(name.clone()), "two types would be called {name} in TypeScript");
        }
        packages.entry(&definition.package).or_default().push(definition);
    }
    Ok(packages
        .into_iter()
        .map(|(package, definitions)| (package, file(api, package, &definitions)))
        .collect())
}

/// The file of the types of a package.
fn file(api: &Api, package: &str, definitions: &[&Definition]) -> String {
    let mut body = String::new();
    for definition in definitions {
        body.push('\n');
        body.push_str(&declaration(definition));
    }
    let used = [
        "DateInput",
        "DateString",
        "Decimal",
        "DecimalInput",
        "FractionInput",
        "FractionList",
        "NumberList",
        "Percentage",
    ];
    let used: Vec<&str> = used.into_iter().filter(|name| mentions(&body, name)).collect();
    let mut file = format!("{NOTICE}\n");
    if !used.is_empty() {
        file.push_str(&import(&used, "../../values.js"));
    }
    let others = definitions.iter().flat_map(|definition| definition.shape.types()).filter_map(Type::named);
    file.push_str(&imports(api, others, "./", Some(package)));
    if file.ends_with("\n\n") {
        file.pop();
    }
    file + &body
}

/// The lines that import types by their names, from the files of their packages in a folder.
///
/// `inside` is the package of the file, whose own types need no import.
pub(super) fn imports<'a>(
    api: &Api,
    names: impl Iterator<Item = &'a str>,
    folder: &str,
    inside: Option<&str>,
) -> String {
    let mut packages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for name in names {
        if let Some(definition) = api.definition(name).filter(|of| Some(of.package.as_str()) != inside) {
            packages.entry(&definition.package).or_default().insert(name);
        }
    }
    let line = |(package, names): (&str, BTreeSet<&str>)| {
        let names: Vec<&str> = names.into_iter().collect();
        import(&names, &format!("{folder}{}.js", camel_case(package)))
    };
    packages.into_iter().map(line).collect()
}

fn import(names: &[&str], file: &str) -> String {
    let line = format!("import type {{ {} }} from \"{file}\";\n", names.join(", "));
    if line.len() <= 110 {
        return line;
    }
    format!("import type {{\n  {},\n}} from \"{file}\";\n", names.join(",\n  "))
}

/// Whether a type expression of the file contains exactly this name.
fn mentions(body: &str, name: &str) -> bool {
    let part_of_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let code = body.lines().filter(|line| !line.trim_start().starts_with(['*', '/']));
    code.flat_map(|line| line.split(|character| !part_of_name(character))).any(|word| word == name)
}

fn names_of(definition: &Definition) -> Vec<String> {
    let mut names = vec![definition.name.clone()];
    if let Shape::Union { variants, .. } = &definition.shape {
        names.extend(variants.iter().map(|variant| variant_name(definition, variant)));
    }
    names
}

fn variant_name(definition: &Definition, variant: &Variant) -> String {
    format!("{}{}", definition.name, pascal_case(&variant.value))
}

fn declaration(definition: &Definition) -> String {
    // A type of both inputs and outputs is declared as returned, which is also a valid input.
    let writer = Writer { input: !definition.in_output };
    let name = &definition.name;
    match &definition.shape {
        Shape::Record(fields) => {
            let doc = comment("", std::slice::from_ref(&definition.doc));
            format!("{doc}export interface {name} {{\n{}}}\n", writer.fields(fields))
        }
        Shape::Choice(values) => choice(definition, values),
        Shape::Union { tag, variants } => {
            let mut text = comment("", std::slice::from_ref(&definition.doc));
            let names: Vec<String> =
                variants.iter().map(|variant| variant_name(definition, variant)).collect();
            let _ = writeln!(text, "export type {name} = {};", names.join(" | "));
            for variant in variants {
                let doc = comment("", std::slice::from_ref(&variant.doc));
                let _ = write!(
                    text,
                    "\n{doc}export interface {} {{\n  {}: {};\n{}}}\n",
                    variant_name(definition, variant),
                    key(tag),
                    Value::from(variant.value.as_str()),
                    writer.fields(&variant.fields)
                );
            }
            text
        }
    }
}

fn choice(definition: &Definition, values: &[ChoiceValue]) -> String {
    let documented: Vec<String> = values
        .iter()
        .filter(|value| !value.doc.is_empty())
        .map(|value| format!("- `\"{}\"`: {}", value.value, value.doc.replace('\n', " ")))
        .collect();
    let doc = comment("", &[definition.doc.clone(), documented.join("\n")]);
    let literals: Vec<String> =
        values.iter().map(|value| Value::from(value.value.as_str()).to_string()).collect();
    let name = &definition.name;
    let line = format!("export type {name} = {};\n", literals.join(" | "));
    let text = if line.len() <= 110 {
        line
    } else {
        format!("export type {name} =\n  | {};\n", literals.join("\n  | "))
    };
    format!("{doc}{text}")
}

/// Writes the types of fields for an input or an output.
struct Writer {
    input: bool,
}

impl Writer {
    fn fields(&self, fields: &[Field]) -> String {
        let mut text = String::new();
        for field in fields {
            let default = match &field.default {
                Some(value) if !value.is_null() && !field.required => format!("@defaultValue `{value}`"),
                _ => String::new(),
            };
            text.push_str(&comment("  ", &[field.doc.clone(), default]));
            let ty = self.ty(&field.ty);
            let name = key(&field.name);
            let _ = match (field.required, self.input) {
                (true, _) => writeln!(text, "  {name}: {ty};"),
                (false, true) => writeln!(text, "  {name}?: {ty} | undefined;"),
                (false, false) => writeln!(text, "  {name}?: {ty};"),
            };
        }
        text
    }

    fn ty(&self, ty: &Type) -> String {
        match (ty, self.input) {
            (Type::Text, _) => "string".to_owned(),
            (Type::Decimal, true) => "DecimalInput".to_owned(),
            (Type::Decimal, false) => "Decimal".to_owned(),
            (Type::Date, true) => "DateInput".to_owned(),
            (Type::Date, false) => "DateString".to_owned(),
            (Type::Fraction { .. }, true) => "FractionInput".to_owned(),
            (Type::Fraction { stated: true }, false) => "number | Percentage".to_owned(),
            (Type::Integer | Type::Number | Type::Fraction { .. }, _) => "number".to_owned(),
            (Type::Boolean, _) => "boolean".to_owned(),
            (Type::Named(name), _) => name.clone(),
            (Type::List(inner), true) if **inner == Type::Number => "NumberList".to_owned(),
            (Type::List(inner), true) if matches!(**inner, Type::Fraction { .. }) => {
                "FractionList".to_owned()
            }
            (Type::List(inner), true) => format!("readonly {}[]", self.element(inner)),
            (Type::List(inner), false) => format!("{}[]", self.element(inner)),
            (Type::Map(inner), true) => format!("Readonly<Record<string, {}>>", self.ty(inner)),
            (Type::Map(inner), false) => format!("Record<string, {}>", self.ty(inner)),
            (Type::Nullable(inner), _) => format!("{} | null", self.ty(inner)),
        }
    }

    fn element(&self, ty: &Type) -> String {
        let text = self.ty(ty);
        if text.contains(' ') { format!("({text})") } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(name: &str, shape: Shape, in_output: bool) -> Definition {
        Definition {
            name: name.to_owned(),
            package: "base".to_owned(),
            doc: String::new(),
            shape,
            in_input: true,
            in_output,
        }
    }

    fn field(name: &str, ty: Type, required: bool) -> Field {
        Field { name: name.to_owned(), doc: String::new(), ty, required, default: None }
    }

    #[test]
    fn inputs_accept_more_than_outputs_say() {
        let fields = || {
            let list = |ty| Type::List(Box::new(ty));
            Shape::Record(vec![
                field("amount", Type::Decimal, true),
                field("days", list(Type::Nullable(Box::new(Type::Date))), true),
                field("weights", list(Type::Number), false),
                field("byName", Type::Map(Box::new(Type::Named("Lot".to_owned()))), true),
            ])
        };
        assert_eq!(
            declaration(&definition("Plan", fields(), false)),
            "export interface Plan {\n  amount: DecimalInput;\n  days: readonly (DateInput | null)[];\n  \
             weights?: NumberList | undefined;\n  byName: Readonly<Record<string, Lot>>;\n}\n"
        );
        assert_eq!(
            declaration(&definition("Plan", fields(), true)),
            "export interface Plan {\n  amount: Decimal;\n  days: (DateString | null)[];\n  \
             weights?: number[];\n  byName: Record<string, Lot>;\n}\n"
        );
    }

    #[test]
    fn a_union_is_told_apart_by_its_tag() {
        let variant = |value: &str, fields| Variant { value: value.to_owned(), doc: String::new(), fields };
        let shape = Shape::Union {
            tag: "kind".to_owned(),
            variants: vec![
                variant("fixedAmount", vec![field("amount", Type::Decimal, true)]),
                variant("nothing", vec![]),
            ],
        };
        assert_eq!(
            declaration(&definition("Rule", shape, false)),
            "export type Rule = RuleFixedAmount | RuleNothing;\n\n\
             export interface RuleFixedAmount {\n  kind: \"fixedAmount\";\n  amount: DecimalInput;\n}\n\n\
             export interface RuleNothing {\n  kind: \"nothing\";\n}\n"
        );
    }

    #[test]
    fn a_name_that_the_language_needs_is_refused() {
        let api = Api {
            operations: vec![],
            definitions: vec![definition("Promise", Shape::Record(vec![]), false)],
            array_functions: &[],
        };
        assert!(types(&api).is_err());
    }
}
