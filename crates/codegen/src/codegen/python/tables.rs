//! The types of a table's columns by name, for type checkers and editors.

use std::fmt::Write as _;

use anyhow::Result;

use super::{
    Record, Writer, python_name, records_of,
    text::{list, quoted},
};
use crate::codegen::shape::Type;

/// The indentation of the methods of the class.
const INDENT: usize = 12;

impl Writer<'_> {
    /// Whether any result has a table of such records.
    pub(super) fn has_tables(&self, record: &Record<'_>) -> bool {
        let containers = self.api.definitions.iter().filter(|definition| !definition.in_input);
        let mut fields = containers.flat_map(records_of).flat_map(|container| container.fields);
        record.union.is_none() && fields.any(|field| self.is_table_of(&field.ty, &record.name))
    }

    fn is_table_of(&self, ty: &Type, row: &str) -> bool {
        match ty {
            Type::List(item) => self.row(item, false) == Some(row) || self.is_table_of(item, row),
            Type::Map(inner) | Type::Nullable(inner) => self.is_table_of(inner, row),
            _ => false,
        }
    }

    /// The class of such tables, nested in that of their rows. At run time it is `Table`.
    pub(super) fn table_class(&self, record: &Record<'_>, refer: &dyn Fn(&str) -> String) -> Result<String> {
        let name = &record.name;
        let mut overloads =
            vec![("int".to_owned(), name.clone()), ("slice".to_owned(), format!("{name}._Rows"))];
        for (ty, columns) in self.columns_by_type(record, refer)? {
            overloads.push((format!("Literal[{}]", columns.join(", ")), format!("Column[{ty}]")));
        }
        overloads.push(("str".to_owned(), "Column[Any]".to_owned()));

        let mut text = format!("\n    if TYPE_CHECKING:\n\n        class _Rows(Table[\"{name}\"]):\n");
        let method = |index: &str, returned: &str| {
            let (before, after) = ("def __getitem__", format!(" -> {returned}: ..."));
            let parameters = ["self".to_owned(), format!("index: {index}")];
            let parameters = list(parameters, "(", ")", INDENT, before.len() + after.len());
            format!("{:INDENT$}{before}{parameters}{after}\n", "")
        };
        // mypy compares the overloads with those of `Table` in order, and reports a name before `str` as an error.
        let mut note = "  # type: ignore[override]";
        for (index, returned) in overloads {
            write!(text, "{:INDENT$}@overload{note}\n{}", "", method(&index, &returned))?;
            note = "";
        }
        Ok(text + &method("Any", "Any"))
    }

    /// The names of the columns, which are the single values, by the type of their values, in the order of the first of each.
    fn columns_by_type(
        &self,
        record: &Record<'_>,
        refer: &dyn Fn(&str) -> String,
    ) -> Result<Vec<(String, Vec<String>)>> {
        let mut columns: Vec<(String, Vec<String>)> = Vec::new();
        for field in record.fields.iter().filter(|field| self.is_single(&field.ty)) {
            let ty = self.result_type(&field.ty, record.in_input, refer)?;
            let name = quoted(&python_name(&field.name));
            match columns.iter_mut().find(|(known, _)| *known == ty) {
                Some((_, names)) => names.push(name),
                None => columns.push((ty, vec![name])),
            }
        }
        Ok(columns)
    }
}
