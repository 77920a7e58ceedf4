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
    /// The module that runs the operations, with their documentation.
    pub(super) fn family_module(&self, family: &str) -> Result<String> {
        let mut body = String::new();
        for operation in self.operations(family) {
            let fields = self.api.record(&operation.input)?;
            let names = [operation.name, &operation.input, &operation.output].map(quoted);
            write!(body, "\n\n{}\n", list(names, "@_operation(", ")", 0, 0))?;
            let before = format!("def {}", operation.function);
            let after = format!(" -> types.{}:", operation.output);
            let parameters = list(self.parts(operation)?, "(", ")", 0, before.len() + after.len());
            writeln!(body, "{before}{parameters}{after}")?;
            body += &docstring(&self.operation_doc(operation, fields)?, 4);
        }
        write!(body, "\n\n{}", self.all_of(family))?;
        let (standard, own) = family_imports(&body);
        Ok(format!(
            "{HEAD}\"\"\"The operations of `{family}`.\"\"\"\n\nfrom __future__ import annotations\n\n{standard}\n\
             from . import types\nfrom ._operation import operation as _operation\n{own}{body}\n\n\
             def __dir__():\n    return __all__\n"
        ))
    }

    /// Its stub, with both ways to call an operation for type checkers and editors. The documentation is in the module.
    pub(super) fn family_stub(&self, family: &str) -> Result<String> {
        let mut body = String::new();
        for operation in self.operations(family) {
            let before = format!("def {}", operation.function);
            let after = format!(" -> types.{}: ...", operation.output);
            for parameters in [self.whole(operation)?, self.parts(operation)?] {
                let parameters = list(parameters, "(", ")", 0, before.len() + after.len());
                write!(body, "@overload\n{before}{parameters}{after}\n")?;
            }
        }
        write!(body, "\n{}", self.all_of(family))?;
        let (standard, own) = family_imports(&body);
        Ok(format!("{HEAD}{standard}\nfrom . import types\n{own}\n{body}"))
    }

    /// The parameters for a call with the whole input.
    fn whole(&self, operation: &ApiOperation) -> Result<Vec<String>> {
        let by_place = self.goes_by_place(self.api.record(&operation.input)?);
        let mapping = if by_place { "" } else { " | Mapping[str, Any]" };
        let mut parameters = vec![format!("input: types.{}{mapping}", operation.input), "/".to_owned()];
        if operation.reports_progress {
            parameters.extend(["*".to_owned(), PROGRESS.to_owned()]);
        }
        parameters.push("**changes: Any".to_owned());
        Ok(parameters)
    }

    /// The parameters for a call with the fields of an input.
    fn parts(&self, operation: &ApiOperation) -> Result<Vec<String>> {
        let fields = self.api.record(&operation.input)?;
        let mut parameters = Vec::new();
        for field in fields {
            parameters.push(self.typed_parameter(field, &|name| format!("types.{name}"))?);
        }
        if operation.reports_progress {
            parameters.push(PROGRESS.to_owned());
        }
        let star = usize::from(self.goes_by_place(fields));
        if star < parameters.len() {
            parameters.insert(star, "*".to_owned());
        }
        Ok(parameters)
    }

    /// Whether the first argument may be positional: a whole record, such as a household.
    fn goes_by_place(&self, fields: &[Field]) -> bool {
        fields.first().is_some_and(|field| field.required && self.is_record(&field.ty))
    }

    fn operations(&self, family: &str) -> impl Iterator<Item = &ApiOperation> {
        self.api.operations.iter().filter(move |operation| operation.family == family)
    }

    fn all_of(&self, family: &str) -> String {
        let names = self.operations(family).map(|operation| quoted(operation.function));
        format!("__all__ = {}\n", list(names, "[", "]", 0, "__all__ = ".len()))
    }

    fn is_record(&self, ty: &Type) -> bool {
        let Type::Named(name) = ty else { return false };
        matches!(self.api.definition(name).map(|definition| &definition.shape), Some(Shape::Record(_)))
    }

    /// A parameter with its type and default.
    ///
    /// `refer` writes the name of a record or choice as the module refers to it.
    pub(super) fn typed_parameter(&self, field: &Field, refer: &dyn Fn(&str) -> String) -> Result<String> {
        let name = python_name(&field.name);
        let mut ty = self.argument_type(&field.ty, refer)?;
        let default = self.default(field);
        if default.as_deref() == Some("None") && !ty.ends_with("| None") {
            ty += " | None";
        }
        Ok(match default {
            Some(default) => format!("{name}: {ty} = {default}"),
            None => format!("{name}: {ty}"),
        })
    }

    /// The default of a parameter; `None` if it is required.
    ///
    /// The engine applies defaults that are whole structures.
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
    fn argument_type(&self, ty: &Type, refer: &dyn Fn(&str) -> String) -> Result<String> {
        Ok(match ty {
            Type::Text => "str".into(),
            Type::Decimal => "DecimalLike".into(),
            Type::Date => "DateLike".into(),
            Type::Integer => "int".into(),
            Type::Number => "float".into(),
            Type::Fraction { .. } => "FractionLike".into(),
            Type::Boolean => "bool".into(),
            Type::Nullable(inner) => format!("{} | None", self.argument_type(inner, refer)?),
            Type::Map(inner) => format!("Mapping[str, {}]", self.argument_type(inner, refer)?),
            Type::List(inner) => format!("Iterable[{}]", self.argument_type(inner, refer)?),
            Type::Named(name) => match &self.definition(name)?.shape {
                Shape::Choice(_) => refer(name),
                Shape::Record(_) | Shape::Union { .. } => format!("{} | Mapping[str, Any]", refer(name)),
            },
        })
    }
}

/// The imports of the standard library and those of the package that the body of a module needs.
fn family_imports(body: &str) -> (String, String) {
    let standard = imports(
        body,
        &[("collections.abc", &["Callable", "Iterable", "Mapping"]), ("typing", &["Any", "overload"])],
    );
    (standard, imports(body, &[("._typing", &["DateLike", "DecimalLike", "FractionLike"])]))
}
