//! The lists by which the package finds its modules at run time.

use super::{
    HEAD, Writer, names_of,
    text::{list, quoted, wrapped},
};
use crate::codegen::arrays::ApiArray;

/// The module with the names of the families.
pub(super) fn families(names: &[&str], array_functions: &[ApiArray<'_>]) -> String {
    let array_functions = array_functions.iter().map(|function| quoted(function.name));
    let before = "ARRAY_FUNCTIONS = ";
    format!(
        "{HEAD}\"\"\"The families of operations, each a module that is loaded when it is first used.\"\"\"\n\n{}\n\
         # The functions of the module `arrays`, which the package has too.\n{before}{}\n",
        all_of(names),
        list(array_functions, "[", "]", 0, before.len())
    )
}

/// Its stub, in which type checkers and editors find the modules themselves.
pub(super) fn families_stub(names: &[&str]) -> String {
    let imports: Vec<String> = names.iter().map(|name| format!("    {name},\n")).collect();
    format!("{HEAD}from . import (\n{})\n\nARRAY_FUNCTIONS: list[str]\n{}", imports.concat(), all_of(names))
}

fn all_of(names: &[&str]) -> String {
    let names = names.iter().map(|name| quoted(name));
    format!("__all__ = {}\n", list(names, "[", "]", 0, "__all__ = ".len()))
}

impl Writer<'_> {
    /// The module `types`: the module of each name.
    pub(super) fn types_index(&self) -> String {
        let mut text = format!(
            "{HEAD}\"\"\"The records that operations take and return, and the choices in them.\n\n\
             A type is loaded when it is first used.\n\"\"\"\n\n\
             from .._lazy import load as _load\n\n_NAMES = {{\n"
        );
        for (family, names) in self.names() {
            let names = wrapped(&names.join(" "), 8).replace('\n', "\n        ");
            text += &format!("    \"_{family}\": \"\"\"\n        {names}\n    \"\"\",\n");
        }
        text += "}\n_HOMES = {name: f\"{__name__}.{module}\" for module, names in _NAMES.items() for name in names.split()}\n\n\
                 __all__ = sorted(_HOMES)\n\n\n\
                 def __getattr__(name):\n    return _load(__name__, _HOMES, name)\n\n\n\
                 def __dir__():\n    return __all__\n";
        text
    }

    /// The stub of `types`, in which type checkers and editors find all of them.
    pub(super) fn types_stub(&self) -> String {
        let imports = self.names().into_iter().map(|(family, _)| format!("from ._{family} import *\n"));
        format!("{HEAD}{}", imports.collect::<String>())
    }

    /// The families that have types, each with the public names of these in order.
    pub(super) fn names(&self) -> Vec<(&str, Vec<String>)> {
        let families = self.api.families().into_iter().map(|family| {
            let mut names: Vec<String> = self.definitions_of(family).into_iter().flat_map(names_of).collect();
            names.sort();
            (family, names)
        });
        families.filter(|(_, names)| !names.is_empty()).collect()
    }
}
