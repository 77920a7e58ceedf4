//! The module of a family of operations, and its stub.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::Value;

use super::{
    HEAD, Writer, python_name,
    text::{docstring, imports, list, literal, quoted},
};
use crate::codegen::shape::{ApiOperation, Field, Shape, Type};

const PROGRESS: &str = "on_progress: Callable[[int, int], object] | None = None";

impl Writer<'_> {
    pub(super) fn family_module(&self, family: &str) -> Result<String> {
        let mut text = format!("{HEAD}\"\"\"The operations of `{family}`.\"\"\"\n\n");
        text += "from __future__ import annotations\n\nfrom . import types as _types\nfrom ._run import run as _run\n";
        for operation in self.operations(family) {
            let fields = self.api.record(&operation.input)?;
            let parameter = |field: &Field| {
                let name = python_name(&field.name);
                self.default(field).map_or(name.clone(), |default| format!("{name}={default}"))
            };
            let mut parameters = fields.iter().map(parameter).collect();
            self.complete(&mut parameters, fields, operation, "on_progress=None");
            let before = format!("def {}", operation.function);
            write!(text, "\n\n{before}{}:\n", list(parameters, "(", ")", 0, before.len() + 1))?;
            text += &docstring(&self.operation_doc(operation, fields)?, 4);
            let pair = |field: &Field| {
                let name = python_name(&field.name);
                format!("{}: {name}", quoted(&name))
            };
            let mut passed = vec![
                quoted(operation.name),
                format!("_types.{}", operation.input),
                format!("_types.{}", operation.output),
                list(fields.iter().map(pair), "{", "}", 8, 1),
            ];
            if operation.reports_progress {
                passed.push("on_progress".into());
            }
            writeln!(text, "    return {}", list(passed, "_run(", ")", 4, "return ".len()))?;
        }
        write!(text, "\n\n{}", self.all_of(family))?;
        Ok(text)
    }

    pub(super) fn family_stub(&self, family: &str) -> Result<String> {
        let mut body = String::new();
        for operation in self.operations(family) {
            let fields = self.api.record(&operation.input)?;
            let mut parameters = Vec::new();
            for field in fields {
                parameters.push(self.typed_parameter(field, "types.")?);
            }
            self.complete(&mut parameters, fields, operation, PROGRESS);
            let before = format!("def {}", operation.function);
            let after = format!(" -> types.{}: ...", operation.output);
            writeln!(body, "{before}{}{after}", list(parameters, "(", ")", 0, before.len() + after.len()))?;
        }
        write!(body, "\n{}", self.all_of(family))?;
        let used = imports(
            &body,
            &[("collections.abc", &["Callable", "Iterable", "Mapping"]), ("typing", &["Any"])],
        );
        let own = imports(&body, &[("._typing", &["DateLike", "DecimalLike"])]);
        let gap = if used.is_empty() { "" } else { "\n" };
        Ok(format!("{HEAD}{used}{gap}from . import types\n{own}\n{body}"))
    }

    fn operations(&self, family: &str) -> impl Iterator<Item = &ApiOperation> {
        self.api.operations.iter().filter(move |operation| operation.family == family)
    }

    fn all_of(&self, family: &str) -> String {
        let names = self.operations(family).map(|operation| quoted(operation.function));
        format!("__all__ = {}\n", list(names, "[", "]", 0, "__all__ = ".len()))
    }

    /// Adds the callback and the star after which arguments go by name. Only a first argument that is a whole record,
    /// such as a household, may go by its place.
    fn complete(
        &self,
        parameters: &mut Vec<String>,
        fields: &[Field],
        operation: &ApiOperation,
        on_progress: &str,
    ) {
        if operation.reports_progress {
            parameters.push(on_progress.to_owned());
        }
        let star =
            usize::from(fields.first().is_some_and(|field| field.required && self.is_record(&field.ty)));
        if star < parameters.len() {
            parameters.insert(star, "*".to_owned());
        }
    }

    fn is_record(&self, ty: &Type) -> bool {
        let Type::Named(name) = ty else { return false };
        matches!(self.api.definition(name).map(|definition| &definition.shape), Some(Shape::Record(_)))
    }

    /// A parameter with its type and default, for a stub.
    ///
    /// `module` is what stands before the names of records and choices.
    pub(super) fn typed_parameter(&self, field: &Field, module: &str) -> Result<String> {
        let name = python_name(&field.name);
        let mut ty = self.argument_type(&field.ty, module)?;
        let default = self.default(field);
        if default.as_deref() == Some("None") && !ty.ends_with("| None") {
            ty += " | None";
        }
        Ok(match default {
            Some(default) => format!("{name}: {ty} = {default}"),
            None => format!("{name}: {ty}"),
        })
    }

    /// What a parameter is when the caller says nothing; `None` for one that must be given.
    ///
    /// A default that is a whole structure is left to the engine.
    fn default(&self, field: &Field) -> Option<String> {
        if field.required {
            return None;
        }
        Some(match &field.default {
            Some(Value::Array(items)) if items.is_empty() => "()".into(),
            Some(Value::Array(_) | Value::Object(_)) | None => "None".into(),
            Some(default) => literal(&self.in_python(default, &field.ty)),
        })
    }

    /// The type that a caller may pass.
    fn argument_type(&self, ty: &Type, module: &str) -> Result<String> {
        Ok(match ty {
            Type::Text => "str".into(),
            Type::Decimal => "DecimalLike".into(),
            Type::Date => "DateLike".into(),
            Type::Integer => "int".into(),
            Type::Number => "float".into(),
            Type::Boolean => "bool".into(),
            Type::Nullable(inner) => format!("{} | None", self.argument_type(inner, module)?),
            Type::Map(inner) => format!("Mapping[str, {}]", self.argument_type(inner, module)?),
            Type::List(inner) => format!("Iterable[{}]", self.argument_type(inner, module)?),
            Type::Named(name) => match &self.definition(name)?.shape {
                Shape::Choice(_) => format!("{module}{name}"),
                Shape::Record(_) | Shape::Union { .. } => format!("{module}{name} | Mapping[str, Any]"),
            },
        })
    }
}
