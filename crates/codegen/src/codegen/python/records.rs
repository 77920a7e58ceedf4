//! The records and choices of a family.

use std::fmt::Write as _;

use anyhow::{Result, ensure};

use super::{
    HEAD, Record, Tagged, Writer, python_name, records_of,
    text::{docstring, imports, list, quoted, tuple},
};
use crate::codegen::{
    shape::{ChoiceValue, Definition, Field, Shape, Type, Variant},
    source::{camel_case, snake_case},
};

/// The methods of every record; a field of the same name would hide one.
const RESERVED: &[&str] = &["from_dict", "from_file", "from_json", "replace", "to_dict", "to_json"];

/// Records that can do more than others, with the class from which they derive, in `_results.py`.
const BY_HAND: [(&str, &str); 3] = [
    ("HistoryResult", "HistoricalYears"),
    ("MarketHistory", "Historical"),
    ("RetirementResult", "RetirementRun"),
];

impl Writer<'_> {
    pub(super) fn types_module(&self, family: &str, names: &[String]) -> Result<String> {
        let mut body = String::new();
        for definition in self.definitions_of(family) {
            if let Shape::Choice(values) = &definition.shape {
                write!(body, "\n{}", choice_alias(definition, values)?)?;
                let doc = docstring(&self.choice_doc(&definition.doc, &definition.name, values), 0);
                write!(body, "{}.__doc__ = {doc}", definition.name)?;
            }
        }
        for definition in self.definitions_of(family) {
            if let Shape::Union { tag, variants } = &definition.shape {
                write!(body, "\n\n{}", self.union_class(definition, tag, variants))?;
            }
            for record in records_of(definition) {
                write!(body, "\n\n{}", self.record_class(&record, family)?)?;
            }
        }
        let all = list(names.iter().map(|name| quoted(name)), "[", "]", 0, "__all__ = ".len());
        write!(body, "\n\n__all__ = {all}\n")?;

        let standard = imports(
            &body,
            &[
                ("datetime", &[]),
                ("collections.abc", &["Iterable", "Mapping"]),
                ("decimal", &["Decimal"]),
                ("typing", &["TYPE_CHECKING", "Any", "ClassVar", "Literal", "overload"]),
            ],
        );
        let own = imports(
            &body,
            &[
                ("..", &["types"]),
                (".._column", &["Column"]),
                (".._record", &["OneOf", "Record"]),
                (".._results", &["Historical", "HistoricalYears", "RetirementRun"]),
                (".._table", &["Table"]),
                (".._typing", &["DateLike", "DecimalLike", "FractionLike"]),
            ],
        );
        let about = docstring(
            &format!("The records and choices that belong to `{family}`; `types` has them all."),
            0,
        );
        Ok(format!("{HEAD}{about}\nfrom __future__ import annotations\n\n{standard}\n{own}{body}"))
    }

    /// The base class of the records of a union.
    fn union_class(&self, definition: &Definition, tag: &str, variants: &[Variant]) -> String {
        let mut text = format!("class {}(OneOf, tag={}):\n", definition.name, quoted(&python_name(tag)));
        text += &docstring(&self.union_doc(&definition.doc, &definition.name, tag, variants), 4);
        text + "\n    __slots__ = ()\n"
    }

    fn record_class(&self, record: &Record<'_>, family: &str) -> Result<String> {
        let by_hand = BY_HAND.iter().find(|(name, _)| *name == record.name);
        let base = match &record.union {
            Some(tagged) => tagged.union,
            None => by_hand.map_or("Record", |(_, class)| class),
        };
        let mut text = format!("class {}({base}):\n", record.name);
        text += &docstring(&self.record_doc(record), 4);
        let names: Vec<String> =
            record.fields.iter().map(|field| quoted(&python_name(&field.name))).collect();
        let before = "__slots__ = __match_args__ = ";
        write!(text, "\n    {before}{}\n", tuple(names, 4, before.len()))?;
        if let Some(Tagged { tag, value, .. }) = record.union {
            let here = quoted(&in_both_spellings(value)?);
            writeln!(text, "    {}: ClassVar[Literal[{here}]] = {here}", python_name(tag))?;
        }
        let refer = |name: &str| self.refer(name, family);
        for field in record.fields {
            let name = python_name(&field.name);
            in_both_spellings(&field.name)?;
            let hides = RESERVED.contains(&name.as_str());
            ensure!(!hides, "{}.{name} would hide what every record can do", record.name);
            writeln!(text, "    {name}: {}", self.result_type(&field.ty, record.in_input, &refer)?)?;
        }
        if record.in_input && !record.fields.is_empty() {
            text += &self.initializer(record.fields, &refer)?;
        }
        if self.has_tables(record) {
            text += &self.table_class(record, &refer)?;
        }
        Ok(text)
    }

    /// The fields that may be left out of an input, for type checkers and editors: the constructor at run time is the
    /// same for all records.
    fn initializer(&self, fields: &[Field], refer: &dyn Fn(&str) -> String) -> Result<String> {
        let mut parameters = vec!["self".to_owned(), "*".to_owned()];
        for field in fields {
            parameters.push(self.typed_parameter(field, refer)?);
        }
        let (before, after) = ("def __init__", " -> None: ...");
        let parameters = list(parameters, "(", ")", 8, before.len() + after.len());
        Ok(format!("\n    if TYPE_CHECKING:\n\n        {before}{parameters}{after}\n"))
    }

    /// A type's name as the module of a family refers to it.
    fn refer(&self, name: &str, family: &str) -> String {
        let is_here = self.homes.get(name).is_some_and(|home| home == family);
        if is_here { name.to_owned() } else { format!("types.{name}") }
    }

    /// The type of a record's field for reading.
    pub(super) fn result_type(
        &self,
        ty: &Type,
        in_input: bool,
        refer: &dyn Fn(&str) -> String,
    ) -> Result<String> {
        Ok(match ty {
            Type::Text => "str".into(),
            Type::Decimal => "Decimal".into(),
            Type::Date => "datetime.date".into(),
            Type::Integer => "int".into(),
            Type::Number | Type::Fraction { .. } => "float".into(),
            Type::Boolean => "bool".into(),
            Type::Nullable(inner) => format!("{} | None", self.result_type(inner, in_input, refer)?),
            Type::Map(inner) => format!("dict[str, {}]", self.result_type(inner, in_input, refer)?),
            Type::List(inner) => match self.row(inner, in_input) {
                Some(name) => format!("{}._Rows", refer(name)),
                None => format!("list[{}]", self.result_type(inner, in_input, refer)?),
            },
            Type::Named(name) => refer(name),
        })
    }
}

/// A name in Python's spelling, from which the package can derive the one in JSON.
fn in_both_spellings(wire: &str) -> Result<String> {
    let name = snake_case(wire);
    ensure!(camel_case(&name) == wire, "{wire} is not what the wire makes of {name}");
    Ok(name)
}

fn choice_alias(definition: &Definition, values: &[ChoiceValue]) -> Result<String> {
    let mut names = Vec::new();
    for value in values {
        names.push(quoted(&in_both_spellings(&value.value)?));
    }
    let before = format!("{} = Literal", definition.name);
    Ok(format!("{before}{}\n", list(names, "[", "]", 0, before.len())))
}
