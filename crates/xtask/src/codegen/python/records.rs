//! The module of records and choices, and its stub.

use std::fmt::Write as _;

use anyhow::{Result, ensure};

use super::{
    HEAD, Record, Writer, python_name,
    text::{alternatives, docstring, exploded, imports, list, literal, quoted, tuple},
    variant_name,
};
use crate::codegen::{
    shape::{ChoiceValue, Definition, Shape, Type, Variant},
    source::snake_case,
};

/// What every record can do; a field of the same name would hide it.
const RESERVED: &[&str] = &["from_dict", "from_file", "from_json", "replace", "to_dict", "to_json"];

impl Writer<'_> {
    pub(super) fn types_module(&self) -> Result<String> {
        let mut text = format!(
            "{HEAD}\"\"\"The records that operations take and return, and the choices in them.\"\"\"\n\n"
        );
        text += "from __future__ import annotations\n\nfrom typing import Literal, Union\n\n";
        text += "from . import _codec as codec\nfrom . import _record as record\n";
        for definition in &self.api.definitions {
            if let Shape::Choice(values) = &definition.shape {
                write!(text, "\n{}", choice_alias(definition, values))?;
                text += &docstring(&self.choice_doc(&definition.doc, &definition.name, values), 0);
                write!(text, "\n{}", choice_codec(definition, values))?;
            }
        }
        for record in self.records() {
            write!(text, "\n\n{}", self.record_class(&record)?)?;
        }
        for definition in &self.api.definitions {
            if let Shape::Union { variants, .. } = &definition.shape {
                let names = variants.iter().map(|variant| variant_name(&definition.name, variant));
                let before = format!("{} = Union", definition.name);
                write!(text, "\n\n{before}{}\n", list(names, "[", "]", 0, before.len()))?;
                text += &docstring(&self.union_doc(&definition.doc, &definition.name, variants), 0);
            }
        }
        write!(text, "\n\n{}", self.all())?;
        Ok(text)
    }

    pub(super) fn types_stub(&self) -> Result<String> {
        let mut body = String::new();
        for definition in &self.api.definitions {
            if let Shape::Choice(values) = &definition.shape {
                body += &choice_alias(definition, values);
            }
        }
        for record in self.records() {
            write!(body, "\nclass {}(Record):\n", record.name)?;
            if let Some((tag, value)) = record.tag {
                writeln!(
                    body,
                    "    {}: ClassVar[Literal[{}]]",
                    python_name(tag),
                    quoted(&snake_case(value))
                )?;
            }
            let names = record.fields.iter().map(|field| quoted(&python_name(&field.name)));
            writeln!(body, "    __match_args__ = {}", tuple(names, 4, "__match_args__ = ".len()))?;
            for field in record.fields {
                let ty = self.result_type(&field.ty, record.in_input)?;
                writeln!(body, "    {}: {ty}", python_name(&field.name))?;
            }
            let mut parameters = vec!["self".to_owned()];
            if !record.fields.is_empty() {
                parameters.push("*".into());
            }
            for field in record.fields {
                parameters.push(self.typed_parameter(field, "")?);
            }
            writeln!(
                body,
                "    def __init__{} -> None: ...",
                list(parameters, "(", ")", 4, "def __init__ -> None: ...".len())
            )?;
        }
        for definition in &self.api.definitions {
            if let Shape::Union { variants, .. } = &definition.shape {
                body += &union_alias(definition, variants);
            }
        }
        write!(body, "\n{}", self.all())?;
        let used = imports(
            &body,
            &[
                ("datetime", &[]),
                ("collections.abc", &["Iterable", "Mapping"]),
                ("decimal", &["Decimal"]),
                ("typing", &["Any", "ClassVar", "Literal", "TypeAlias"]),
            ],
        );
        let own = imports(
            &body,
            &[("._record", &["Record"]), ("._table", &["Table"]), ("._typing", &["DateLike", "DecimalLike"])],
        );
        Ok(format!("{HEAD}{used}\n{own}\n{body}"))
    }

    /// The list of public names.
    fn all(&self) -> String {
        let mut names: Vec<String> = self.records().into_iter().map(|record| record.name).collect();
        for definition in &self.api.definitions {
            if matches!(definition.shape, Shape::Choice(_) | Shape::Union { .. }) {
                names.push(definition.name.clone());
            }
        }
        names.sort();
        format!(
            "__all__ = {}\n",
            list(names.iter().map(|name| quoted(name)), "[", "]", 0, "__all__ = ".len())
        )
    }

    fn record_class(&self, record: &Record<'_>) -> Result<String> {
        let mut text = format!("class {}(record.Record):\n", record.name);
        text += &docstring(&self.record_doc(record), 4);
        let slots = record.fields.iter().map(|field| quoted(&python_name(&field.name)));
        write!(text, "\n    __slots__ = {}\n", tuple(slots, 4, "__slots__ = ".len()))?;
        if let Some((tag, value)) = record.tag {
            let here = quoted(&snake_case(value));
            writeln!(text, "    {} = {here}", python_name(tag))?;
            writeln!(text, "    _tag = ({}, {here}, {})", quoted(tag), quoted(value))?;
        }
        let mut fields = Vec::new();
        for field in record.fields {
            let name = python_name(&field.name);
            let hides = RESERVED.contains(&name.as_str());
            ensure!(!hides, "{}.{name} would hide what every record can do", record.name);
            let mut arguments =
                vec![quoted(&name), quoted(&field.name), self.codec(&field.ty, record.in_input)?];
            if !field.required {
                arguments.push("required=False".into());
                if let Some(default) = field.default.as_ref().filter(|default| !default.is_null()) {
                    arguments.push(format!("default={}", literal(default)));
                }
            }
            fields.push(list(arguments, "codec.Field(", ")", 8, 1));
        }
        let fields = match fields.len() {
            0 | 1 => tuple(fields, 4, "_fields = ".len()),
            _ => exploded(&fields, "(", ")", 4),
        };
        writeln!(text, "    _fields = {fields}")?;
        Ok(text)
    }

    /// The expression that converts values of a type.
    fn codec(&self, ty: &Type, in_input: bool) -> Result<String> {
        Ok(match ty {
            Type::Text => "codec.TEXT".into(),
            Type::Decimal => "codec.DECIMAL".into(),
            Type::Date => "codec.DATE".into(),
            Type::Integer => "codec.INTEGER".into(),
            Type::Number => "codec.NUMBER".into(),
            Type::Boolean => "codec.BOOLEAN".into(),
            Type::Nullable(inner) => format!("codec.Nullable({})", self.codec(inner, in_input)?),
            Type::Map(inner) => format!("codec.MapOf({})", self.codec(inner, in_input)?),
            Type::List(inner) => match self.row(inner, in_input) {
                Some(name) => format!("record.TableOf({})", quoted(name)),
                None => format!("codec.ListOf({})", self.codec(inner, in_input)?),
            },
            Type::Named(name) => match &self.definition(name)?.shape {
                Shape::Choice(_) => choice_constant(name),
                Shape::Record(_) => format!("record.RecordOf({})", quoted(name)),
                Shape::Union { tag, variants } => {
                    let names = variants.iter().map(|variant| quoted(&variant_name(name, variant)));
                    format!("record.UnionOf({}, [{}])", quoted(tag), names.collect::<Vec<_>>().join(", "))
                }
            },
        })
    }

    /// The type that a caller finds in a record.
    fn result_type(&self, ty: &Type, in_input: bool) -> Result<String> {
        Ok(match ty {
            Type::Text => "str".into(),
            Type::Decimal => "Decimal".into(),
            Type::Date => "datetime.date".into(),
            Type::Integer => "int".into(),
            Type::Number => "float".into(),
            Type::Boolean => "bool".into(),
            Type::Nullable(inner) => format!("{} | None", self.result_type(inner, in_input)?),
            Type::Map(inner) => format!("dict[str, {}]", self.result_type(inner, in_input)?),
            Type::List(inner) => match self.row(inner, in_input) {
                Some(name) => format!("Table[{name}]"),
                None => format!("list[{}]", self.result_type(inner, in_input)?),
            },
            Type::Named(name) => match &self.definition(name)?.shape {
                _ => name.clone(),
            },
        })
    }
}

fn choice_alias(definition: &Definition, values: &[ChoiceValue]) -> String {
    let values = values.iter().map(|value| quoted(&snake_case(&value.value)));
    let before = format!("{} = Literal", definition.name);
    format!("{before}{}\n", list(values, "[", "]", 0, before.len()))
}

fn union_alias(definition: &Definition, variants: &[Variant]) -> String {
    let names: Vec<_> = variants.iter().map(|variant| variant_name(&definition.name, variant)).collect();
    format!("\n{}", alternatives(&format!("{}: TypeAlias = ", definition.name), &names))
}

/// The name of the object that converts a choice.
fn choice_constant(name: &str) -> String {
    format!("_{}", snake_case(name).to_uppercase())
}

fn choice_codec(definition: &Definition, values: &[ChoiceValue]) -> String {
    let pairs =
        values.iter().map(|value| format!("{}: {}", quoted(&snake_case(&value.value)), quoted(&value.value)));
    let name = choice_constant(&definition.name);
    let line = list(pairs.clone(), "{", "}", 0, name.len() + " = codec.Choice()".len());
    if line.contains('\n') {
        let broken = list(pairs, "{", "}", 4, usize::MAX / 2);
        return format!("{name} = codec.Choice(\n    {broken}\n)\n");
    }
    format!("{name} = codec.Choice({line})\n")
}
