//! The modules of the browser package: their list, their loading, and the entries for importing one alone.

use std::{collections::BTreeSet, fmt::Write};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{
    super::{Files, shape::Api, source::camel_case},
    NOTICE,
};

const FOLDER: &str = "bindings/wasm/js/generated";
/// The path of the shared TypeScript from files one folder below [`FOLDER`].
const SHARED: &str = "../../../../ts/src";
/// The module with every family.
const ALL: &str = "all";

/// A module of the package.
struct Module<'a> {
    name: &'a str,
    families: Vec<&'a str>,
    /// Single operations of other families.
    operations: Vec<&'a str>,
    /// Its largest compressed size.
    kilobytes: u64,
}

/// The files about modules.
pub(super) fn generate(api: &Api) -> Result<Files> {
    let list: Value = serde_json::from_str(include_str!("../../../../../bindings/wasm/modules.json"))?;
    let modules = modules(api, &list)?;
    let mut files = Files::new();
    files.insert(format!("{FOLDER}/modules.ts"), table(&modules));
    for module in &modules {
        let name = module.name;
        files.insert(format!("{FOLDER}/load/{name}.ts"), loader(module));
        files.insert(format!("{FOLDER}/workers/{name}.ts"), worker(module));
    }
    for module in modules.iter().filter(|module| module.name != ALL) {
        files.insert(format!("{FOLDER}/entries/{}.ts", module.name), entry(api, module));
        for family in module.families.iter().map(|family| camel_case(family)) {
            files.entry(format!("{FOLDER}/entries/{family}.ts")).or_insert_with(|| other_name(module));
        }
    }
    Ok(files)
}

/// The modules, with the one for every family last. Each family is in exactly one of the others.
fn modules<'a>(api: &Api, list: &'a Value) -> Result<Vec<Module<'a>>> {
    let mut left: BTreeSet<&str> = api.families().into_iter().collect();
    let mut modules = Vec::new();
    for entry in list.as_array().context("the list of modules is no list")? {
        let name = entry.get("name").and_then(Value::as_str).context("a module has no name")?;
        let kilobytes = entry.get("kilobytes").and_then(Value::as_u64).context("a module has no budget")?;
        let families = entry.get("families").and_then(Value::as_array).context("a module has no families")?;
        let mut families: Vec<&str> = families.iter().filter_map(Value::as_str).collect();
        if name == ALL {
            families = api.families();
        } else {
            for family in &families {
                ensure!(left.remove(family), "{family} of the module {name} is no family, or in two modules");
            }
        }
        let also = entry.get("also").and_then(Value::as_object).into_iter().flatten();
        let operations: Vec<&str> = also.filter_map(|(_, operation)| operation.as_str()).collect();
        for operation in &operations {
            let known = api.operations.iter().any(|known| known.name == *operation);
            ensure!(known, "{operation} of the module {name} is no operation");
        }
        modules.push(Module { name, families, operations, kilobytes });
    }
    ensure!(left.is_empty(), "no module of bindings/wasm/modules.json has {left:?}");
    ensure!(modules.last().is_some_and(|module| module.name == ALL), "the last module must be {ALL}");
    Ok(modules)
}

/// The table by which the package's root finds the module to load.
fn table(modules: &[Module<'_>]) -> String {
    let mut file = format!(
        "{NOTICE}\nimport type {{ FamilyName }} from \"../../../ts/src/generated/familyNames.js\";\n\
         import type {{ InitSource }} from \"../load.js\";\n\n\
         /** The modules of the package. Each family is in one of them, and all are in the last one. */\n\
         export const modules: readonly {{\n  families: readonly FamilyName[];\n  \
         /** The most that it may weigh as servers compress it. */\n  kilobytes: number;\n  \
         load(): Promise<{{ default(source?: InitSource): Promise<void> }}>;\n}}[] = [\n"
    );
    for Module { name, families, kilobytes, .. } in modules {
        let _ = write!(
            file,
            "  {{\n    families: {families:?},\n    kilobytes: {kilobytes},\n    \
             load: () => import(\"./load/{name}.js\"),\n  }},\n"
        );
    }
    file + "];\n"
}

fn loader(Module { name, families, operations, .. }: &Module<'_>) -> String {
    let names: Vec<&str> = families.iter().chain(operations).copied().collect();
    format!(
        "{NOTICE}\nimport * as compiled from \"../../../pkg/{name}/wherewithal.js\";\n\
         import {{ initialiser }} from \"../../load.js\";\n\n\
         export default initialiser({{\n  names: {names:?},\n  compiled,\n  \
         address: new URL(\"../../../pkg/{name}/wherewithal_bg.wasm\", import.meta.url),\n  \
         startWorker: () => new Worker(new URL(\"../workers/{name}.js\", import.meta.url), {{ type: \"module\" }}),\n}});\n"
    )
}

fn worker(Module { name, .. }: &Module<'_>) -> String {
    format!(
        "{NOTICE}\nimport * as compiled from \"../../../pkg/{name}/wherewithal.js\";\n\
         import {{ serveWhenLoaded }} from \"../../serve.js\";\n\nserveWhenLoaded(compiled);\n"
    )
}

/// The entry for importing a module alone: its families and their types.
fn entry(api: &Api, Module { name, families, operations, .. }: &Module<'_>) -> String {
    let mut file = format!("{NOTICE}\n");
    let parts: Vec<(&str, String)> = operations
        .iter()
        .filter_map(|operation| operation.split_once('.'))
        .map(|(family, function)| (family, camel_case(function)))
        .collect();
    for (family, function) in &parts {
        let family = camel_case(family);
        let _ = writeln!(file, "import {{ {function} }} from \"{SHARED}/generated/families/{family}.js\";");
    }
    if !parts.is_empty() {
        file.push('\n');
    }
    let _ = writeln!(file, "export {{ default }} from \"../load/{name}.js\";");
    if families.contains(&"time_value") {
        let _ = writeln!(file, "export * as arrays from \"{SHARED}/generated/arrays.js\";");
    }
    let _ = writeln!(file, "export * from \"{SHARED}/common.js\";");
    for family in families.iter().map(|family| camel_case(family)) {
        let _ = writeln!(file, "export * as {family} from \"{SHARED}/generated/families/{family}.js\";");
    }
    let used = families.iter().copied().chain(parts.iter().map(|(family, _)| *family));
    let packages: BTreeSet<&str> = used.flat_map(|family| api.packages_used_by(family)).collect();
    for package in packages.into_iter().map(camel_case) {
        let _ = writeln!(file, "export type * from \"{SHARED}/generated/types/{package}.js\";");
    }
    let _ = writeln!(file, "export {{ callJson, callJsonAsync }} from \"{SHARED}/run.js\";");
    file.push_str("export type { InitSource } from \"../../load.js\";\n");
    for (family, function) in &parts {
        let family = camel_case(family);
        let _ = write!(
            file,
            "\n/** What of `{family}` is in this module. */\nexport const {family} = {{ {function} }};\n"
        );
    }
    file
}

/// The entry of a family in a module named after another.
fn other_name(Module { name, .. }: &Module<'_>) -> String {
    format!("{NOTICE}\nexport {{ default }} from \"./{name}.js\";\nexport * from \"./{name}.js\";\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_family_is_in_one_module() {
        let api = Api::from_registry().unwrap();
        let problem = |list: Value| modules(&api, &list).err().unwrap().to_string();
        let module =
            |name: &str, families: &[&str]| json!({ "name": name, "families": families, "kilobytes": 1 });
        assert_eq!(
            problem(json!([module("loans", &["loans"])])),
            "loans of the module loans is no family, or in two modules"
        );
        assert_eq!(
            problem(json!([module("debt", &["debt"]), module("loans", &["debt"])])),
            "debt of the module loans is no family, or in two modules"
        );
        assert!(problem(json!([module("debt", &["debt"])])).contains("\"time_value\""));
    }

    #[test]
    fn every_family_has_an_entry_that_exports_it() {
        let api = Api::from_registry().unwrap();
        let files = generate(&api).unwrap();
        for family in api.families() {
            let name = camel_case(family);
            let mut entry = &files[&format!("{FOLDER}/entries/{name}.ts")];
            if let Some((_, rest)) = entry.split_once("export * from \"./") {
                let module = rest.split_once(".js").unwrap().0;
                entry = &files[&format!("{FOLDER}/entries/{module}.ts")];
            }
            assert!(entry.contains(&format!("export * as {name} from")), "{family}");
        }
    }
}
