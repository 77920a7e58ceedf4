//! The module of each type: that of one family.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};

use crate::codegen::shape::Api;

/// The family of each type's module.
///
/// That is the family that uses it. Of several it is the one with the fewest types, which is closest to the subject of
/// the type: a household belongs to `net_worth`, although `plan` uses it, too.
pub(super) fn homes(api: &Api) -> Result<BTreeMap<String, String>> {
    let mut used: Vec<(&str, _)> =
        api.families().into_iter().map(|family| (family, api.used_by(family))).collect();
    used.sort_by_key(|(family, types)| (types.len(), *family));
    let mut homes = BTreeMap::new();
    for (family, types) in used {
        for name in types {
            homes.entry(name).or_insert_with(|| family.to_owned());
        }
    }
    for definition in &api.definitions {
        ensure!(homes.contains_key(&definition.name), "no operation uses the type {}", definition.name);
    }
    Ok(homes)
}
