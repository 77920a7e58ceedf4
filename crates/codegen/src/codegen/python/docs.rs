//! Documentation of the contract for Python.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::Value;

use super::{
    Record, Writer, python_name,
    text::{has_blocks, indented, literal, quoted, wrapped},
    variant_name,
};
use crate::codegen::{
    shape::{Api, ApiOperation, ChoiceValue, Field, Shape, Type, Variant},
    source::snake_case,
};

/// The longest line of an example.
const EXAMPLE_WIDTH: usize = 84;

/// The names of fields and choices that Python spells differently.
pub(super) fn spellings(api: &Api) -> BTreeMap<String, String> {
    let mut spellings = BTreeMap::new();
    let mut add = |wire: &str| {
        if wire.chars().any(|character| character.is_ascii_uppercase()) {
            spellings.insert(wire.to_owned(), python_name(wire));
        }
    };
    for definition in &api.definitions {
        match &definition.shape {
            Shape::Record(fields) => fields.iter().for_each(|field| add(&field.name)),
            Shape::Choice(values) => values.iter().for_each(|value| add(&value.value)),
            Shape::Union { variants, .. } => {
                for variant in variants {
                    add(&variant.value);
                    variant.fields.iter().for_each(|field| add(&field.name));
                }
            }
        }
    }
    spellings
}

impl Writer<'_> {
    /// The documentation of a record, with its fields.
    pub(super) fn record_doc(&self, record: &Record<'_>) -> String {
        let mut doc = wrapped(&self.prose(record.doc), 4);
        if doc.is_empty() {
            doc = format!("The record `{}`.", record.name);
        }
        if !record.fields.is_empty() {
            doc += &format!("\n\nAttributes:\n{}", self.fields_doc(record.fields));
        }
        doc
    }

    /// The documentation of an operation: its description, arguments, result and examples.
    pub(super) fn operation_doc(&self, operation: &ApiOperation, fields: &[Field]) -> Result<String> {
        let mut doc = self.prose(operation.summary);
        if !operation.details.is_empty() {
            doc += &format!("\n\n{}", wrapped(&self.prose(operation.details), 4));
        }
        let mut arguments = self.fields_doc(fields);
        if operation.reports_progress {
            arguments += &item(
                "on_progress (callable): Called about twenty times a second with the units of work done and the \
                 units in all. The run is cancelled when it returns `False` or raises. Ctrl-C cancels the run too.",
            );
        }
        doc += &format!("\n\nArgs:\n{arguments}");
        let output = self.definition(&operation.output)?;
        let names =
            self.api.record(&operation.output)?.iter().map(|field| format!("`{}`", python_name(&field.name)));
        let names = names.collect::<Vec<_>>().join(", ");
        let about = self.prose(&output.doc);
        let about = about.split("\n\n").next().unwrap_or_default().trim();
        let result = wrapped(&format!("`types.{}` with {names}. {about}", output.name), 8);
        doc += &format!("\nReturns:\n    {}\n", indented(&result, 4));
        doc += "\nRaises:\n    WherewithalError: With the code and the path of what is wrong.\n";
        doc += "\nExample:\n    >>> import wherewithal as ww\n";
        for example in &operation.examples {
            let input: Value = serde_json::from_str(example.input)?;
            let call = self.example_call(operation, fields, &input);
            doc += &format!(
                "\n    {}:\n\n    >>> {}\n",
                example.title,
                indented(&call, 0).replace('\n', "\n    ... ")
            );
        }
        Ok(doc)
    }

    fn fields_doc(&self, fields: &[Field]) -> String {
        let mut text = String::new();
        for field in fields {
            let mut doc = on_one_line(&self.prose(&field.doc));
            if !doc.is_empty() && !doc.ends_with(['.', '!', '?', ')', '|']) {
                doc.push('.');
            }
            if has_blocks(&doc) {
                doc.push_str("\n\n");
            }
            if let Some(values) = self.choices(&field.ty) {
                let names: Vec<_> =
                    values.iter().map(|value| format!("`{}`", quoted(&snake_case(&value.value)))).collect();
                doc += &format!(" One of {}.", names.join(", "));
            }
            match &field.default {
                Some(default) if !field.required && !default.is_null() => {
                    let default = literal(&self.in_python(default, &field.ty));
                    doc += &format!(" Defaults to `{default}`.");
                }
                _ if !field.required => doc += " Optional.",
                _ => {}
            }
            text += &item(&format!(
                "{} ({}): {}",
                python_name(&field.name),
                self.type_in_words(&field.ty),
                doc.trim()
            ));
        }
        text
    }

    /// The values of a choice, if the type is one.
    pub(super) fn choices(&self, ty: &Type) -> Option<&[ChoiceValue]> {
        match ty {
            Type::Nullable(inner) => self.choices(inner),
            Type::Named(name) => match &self.api.definition(name)?.shape {
                Shape::Choice(values) => Some(values),
                _ => None,
            },
            _ => None,
        }
    }

    fn type_in_words(&self, ty: &Type) -> String {
        match ty {
            Type::Text => "str".into(),
            Type::Decimal => "decimal".into(),
            Type::Date => "date".into(),
            Type::Integer => "int".into(),
            Type::Number => "float".into(),
            Type::Fraction { .. } => "fraction".into(),
            Type::Boolean => "bool".into(),
            Type::List(inner) => format!("list of {}", self.type_in_words(inner)),
            Type::Map(inner) => format!("dict of {}", self.type_in_words(inner)),
            Type::Nullable(inner) => self.type_in_words(inner),
            Type::Named(name) => match self.api.definition(name).map(|definition| &definition.shape) {
                Some(Shape::Choice(_)) => "str".into(),
                _ => name.clone(),
            },
        }
    }

    /// Documentation with names in Python's spelling, without the parts for Rust only.
    pub(super) fn prose(&self, doc: &str) -> String {
        let doc = without_links(&without_rust(doc));
        let mut text = String::new();
        for (index, part) in doc.split('`').enumerate() {
            if index > 0 {
                text.push('`');
            }
            text += &if index % 2 == 1 { self.respelled(part) } else { part.to_owned() };
        }
        text.trim().to_owned()
    }

    /// Code with the known names in it spelled as in Python.
    fn respelled(&self, code: &str) -> String {
        let mut text = String::new();
        let mut word = String::new();
        for character in code.chars().chain(['\0']) {
            if character.is_ascii_alphanumeric() || character == '_' {
                word.push(character);
                continue;
            }
            text += self.spellings.get(&word).unwrap_or(&word);
            word.clear();
            if character != '\0' {
                text.push(character);
            }
        }
        text
    }

    // Examples.

    /// The call with an example's input, as a user would write it.
    fn example_call(&self, operation: &ApiOperation, fields: &[Field], input: &Value) -> String {
        let name = format!("result = ww.{}.{}", operation.family, operation.function);
        let arguments: Vec<String> = input
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| {
                let field = fields.iter().find(|field| field.name == *key);
                let value = field.map_or_else(|| value.clone(), |field| self.in_python(value, &field.ty));
                let name = python_name(key);
                format!("{name}={}", indented(&pretty(&value, EXAMPLE_WIDTH - name.len()), 4))
            })
            .collect();
        let line = format!("{name}({})", arguments.join(", "));
        if line.len() <= EXAMPLE_WIDTH && !line.contains('\n') {
            return line;
        }
        let lines: Vec<String> = arguments.iter().map(|argument| format!("    {argument},\n")).collect();
        format!("{name}(\n{})", lines.concat())
    }

    /// A JSON value with keys and choices in Python's spelling.
    pub(super) fn in_python(&self, value: &Value, ty: &Type) -> Value {
        match (ty, value) {
            (Type::Nullable(inner), _) => self.in_python(value, inner),
            (Type::List(inner), Value::Array(items)) => {
                items.iter().map(|item| self.in_python(item, inner)).collect()
            }
            (Type::Map(inner), Value::Object(items)) => {
                items.iter().map(|(key, item)| (key.clone(), self.in_python(item, inner))).collect()
            }
            (Type::Named(name), _) => match (self.api.definition(name).map(|d| &d.shape), value) {
                (Some(Shape::Choice(_)), Value::String(text)) => snake_case(text).into(),
                (Some(Shape::Record(fields)), Value::Object(items)) => self.object_in_python(items, fields),
                (Some(Shape::Union { tag, variants }), Value::Object(items)) => {
                    let value = items.get(tag).and_then(Value::as_str).unwrap_or_default();
                    let fields = variants.iter().find(|variant| variant.value == value);
                    let mut object =
                        self.object_in_python(items, fields.map_or(&[], |variant| &variant.fields));
                    if let Some(tag) = object.get_mut(tag) {
                        *tag = snake_case(value).into();
                    }
                    object
                }
                _ => value.clone(),
            },
            _ => value.clone(),
        }
    }

    fn object_in_python(&self, items: &serde_json::Map<String, Value>, fields: &[Field]) -> Value {
        let pair = |(key, item): (&String, &Value)| {
            let field = fields.iter().find(|field| field.name == *key);
            (python_name(key), field.map_or_else(|| item.clone(), |field| self.in_python(item, &field.ty)))
        };
        items.iter().map(pair).collect()
    }

    /// The documentation of a union: its records with their fields in short.
    pub(super) fn union_doc(&self, doc: &str, name: &str, tag: &str, variants: &[Variant]) -> String {
        let doc = wrapped(&self.prose(doc), 4);
        let mut text = if doc.is_empty() { format!("The union `{name}`.") } else { doc };
        text += "\n\nOne of:\n";
        for variant in variants {
            let about = self.prose(&variant.doc);
            let about = about.split("\n\n").next().unwrap_or_default();
            let kind = format!("{}={}", python_name(tag), quoted(&snake_case(&variant.value)));
            let about = format!("{} (`{kind}`): {about}", variant_name(name, variant));
            // Indented more than the following fields.
            text += &format!("    {}\n", indented(&wrapped(&about, 16), 12));
            for field in &variant.fields {
                let about = self.prose(&field.doc);
                let ty = self.type_in_words(&field.ty);
                let line = format!("{} ({ty}): {}", python_name(&field.name), first_sentence(&about));
                text += &format!("        {}\n", indented(&wrapped(line.trim(), 16), 12));
            }
        }
        text
    }

    /// The documentation of a choice: its values.
    pub(super) fn choice_doc(&self, doc: &str, name: &str, values: &[ChoiceValue]) -> String {
        let doc = wrapped(&self.prose(doc), 0);
        let mut text = if doc.is_empty() { format!("The choice `{name}`.") } else { doc };
        text += "\n\nValues:\n";
        for value in values {
            let meaning = on_one_line(&self.prose(&value.doc));
            let colon = if meaning.is_empty() { "" } else { ": " };
            text += &item(&format!("`{}`{colon}{meaning}", quoted(&snake_case(&value.value))));
        }
        text
    }
}

/// Paragraphs joined to one, unless there is a list or a table among them.
fn on_one_line(text: &str) -> String {
    if has_blocks(text) { text.to_owned() } else { text.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// An entry of a section, its later lines indented.
pub(super) fn item(text: &str) -> String {
    format!("    {}\n", indented(&wrapped(text, 12), 8))
}

/// The first sentence of a text.
fn first_sentence(text: &str) -> String {
    let text = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let starts_anew =
        |at: &usize| text.get(at + 1..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
    let end = ends.into_iter().find(starts_anew).unwrap_or(text.len());
    text.get(..end).unwrap_or(&text).to_owned()
}

/// A literal, over several lines if it is long.
fn pretty(value: &Value, width: usize) -> String {
    let line = literal(value);
    if line.len() <= width {
        return line;
    }
    let inner = width.saturating_sub(4);
    let entry = |prefix: String, value: &Value| {
        format!("    {prefix}{},\n", indented(&pretty(value, inner.saturating_sub(prefix.len())), 4))
    };
    match value {
        Value::Array(items) => {
            format!("[\n{}]", items.iter().map(|item| entry(String::new(), item)).collect::<String>())
        }
        Value::Object(fields) => {
            let lines = fields.iter().map(|(key, item)| entry(format!("{}: ", quoted(key)), item));
            format!("{{\n{}}}", lines.collect::<String>())
        }
        _ => line,
    }
}

/// Documentation without its Rust examples.
fn without_rust(doc: &str) -> String {
    let mut lines = Vec::new();
    let mut inside = None;
    for line in doc.lines() {
        match (inside, line.trim_start().strip_prefix("```")) {
            (None, Some(language)) => {
                let rust = matches!(language.trim(), "" | "rust");
                inside = Some(rust);
                if !rust {
                    lines.push(line);
                }
            }
            (Some(rust), Some(_)) => {
                inside = None;
                if !rust {
                    lines.push(line);
                }
            }
            (Some(true), None) => {}
            _ => lines.push(line),
        }
    }
    lines.join("\n")
}

/// Documentation with the links between Rust items reduced to their text.
fn without_links(doc: &str) -> String {
    let mut text = String::new();
    let mut rest = doc;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let Some((label, tail)) = after.split_once(']') else {
            text.push('[');
            rest = after;
            continue;
        };
        let target = tail.strip_prefix('(').and_then(|tail| tail.split_once(')'));
        match target {
            Some((target, tail)) if !target.contains("://") => {
                text.push_str(label);
                rest = tail;
            }
            None if label.starts_with('`') => {
                text.push_str(label);
                rest = tail;
            }
            _ => {
                text.push('[');
                rest = after;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_examples_of_rust_are_left_out() {
        assert_eq!(without_links("See [`round`](Self::round) and [`Date`]."), "See `round` and `Date`.");
        assert_eq!(
            without_links("[0, 1] and [here](https://example.org)"),
            "[0, 1] and [here](https://example.org)"
        );
        assert_eq!(without_rust("a\n```\nlet x = 1;\n```\nb\n```json\n{}\n```"), "a\nb\n```json\n{}\n```");
    }
}
