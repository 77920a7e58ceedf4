//! What a workbook says of its sheets (ECMA-376 part 1, 18.2), where its parts are (part 2, 9.3), and which formats of its cells
//! show dates (18.8).

use std::collections::BTreeMap;

use wherewithal_base::{Error, ErrorCode, Result};

use super::{
    archive::{Archive, malformed},
    kind::wrong_kind,
    markup::{Piece, attribute, is_true},
    output::DateSystem,
    value::shows_date,
};

/// The most sheets of a workbook.
const MOST_SHEETS: usize = 1_000;

/// A workbook.
pub(super) struct Book {
    pub(super) sheets: Vec<BookSheet>,
    pub(super) date_system: DateSystem,
    /// Whether each format of cells shows dates.
    pub(super) dates: Vec<bool>,
    /// The part with the texts that cells share.
    pub(super) strings: Option<String>,
}

/// A sheet.
pub(super) struct BookSheet {
    pub(super) name: String,
    pub(super) is_visible: bool,
    /// Its part; `None` of a chart or a dialog, which has no cells.
    pub(super) part: Option<String>,
}

/// A part that another one names.
struct Related {
    /// What it is: the last word of its type.
    kind: String,
    part: String,
}

impl Book {
    /// The workbook of an archive.
    ///
    /// # Errors
    /// `file.wrong_kind`, `archive.malformed`, `markup.malformed`, `markup.forbidden`, `input.too_large`,
    /// `operation.cancelled`.
    pub(super) fn of(archive: &Archive<'_>) -> Result<Self> {
        let part = main_part(archive)?;
        let related = related(archive, &part)?;
        let of_kind = |kind: &str| related.values().find(|one| one.kind == kind).map(|one| one.part.clone());
        let dates = match of_kind("styles").filter(|part| archive.has(part)) {
            Some(part) => dates(archive, &part)?,
            None => Vec::new(),
        };
        let (date_system, sheets) = sheets(archive, &part, &related)?;
        let strings = of_kind("sharedStrings").filter(|part| archive.has(part));
        Ok(Self { sheets, date_system, dates, strings })
    }
}

/// The part that is the workbook.
fn main_part(archive: &Archive<'_>) -> Result<String> {
    // Other files that are archives too.
    for (part, kind) in [
        ("xl/workbook.bin", "a binary workbook (XLSB); save it as XLSX or as CSV"),
        ("word/document.xml", "a document (DOCX)"),
        ("ppt/presentation.xml", "a presentation (PPTX)"),
        (
            "META-INF/manifest.xml",
            "a spreadsheet or a document of another format (ODS, ODT); save it as XLSX or as CSV",
        ),
    ] {
        if archive.has(part) {
            return Err(wrong_kind(kind));
        }
    }
    if archive.has("_rels/.rels") {
        let found = related(archive, "")?.into_values().find(|one| one.kind == "officeDocument");
        if let Some(found) = found {
            return Ok(found.part);
        }
    }
    if archive.has("xl/workbook.xml") {
        return Ok("xl/workbook.xml".to_owned());
    }
    Err(wrong_kind("a ZIP archive without a workbook; unpack it first"))
}

/// The parts that a part names, by their ids.
fn related(archive: &Archive<'_>, part: &str) -> Result<BTreeMap<String, Related>> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let mut markup = archive.markup(&joined(folder, &format!("_rels/{file}.rels")))?;
    let mut related = BTreeMap::new();
    loop {
        match markup.next()? {
            Piece::Start(tag) if tag.local_name().as_ref() == "Relationship" => {
                let given = |name| attribute(&tag, name).map(Option::unwrap_or_default);
                let (id, kind, target) = (given("Id")?, given("Type")?, given("Target")?);
                if given("TargetMode")? == "External" {
                    continue;
                }
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                related.insert(id.into_owned(), Related { kind, part: joined(folder, &target) });
            }
            Piece::Over => return Ok(related),
            _ => {}
        }
    }
}

/// The name of a part that another one in a folder names.
fn joined(folder: &str, target: &str) -> String {
    let (folder, target) = match target.strip_prefix('/') {
        Some(target) => ("", target),
        None => (folder, target),
    };
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(target.split('/')) {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    names.join("/")
}

/// The date system and the sheets of a workbook.
fn sheets(
    archive: &Archive<'_>,
    part: &str,
    related: &BTreeMap<String, Related>,
) -> Result<(DateSystem, Vec<BookSheet>)> {
    let mut markup = archive.markup(part)?;
    let (mut system, mut sheets) = (DateSystem::From1900, Vec::new());
    loop {
        match markup.next()? {
            Piece::Start(tag) => match tag.local_name().as_ref() {
                "workbookPr" if is_true(attribute(&tag, "date1904")?.as_deref()) => {
                    system = DateSystem::From1904
                }
                "sheet" => {
                    if sheets.len() == MOST_SHEETS {
                        let message = format!("the workbook has more than {MOST_SHEETS} sheets");
                        return Err(Error::new(ErrorCode::InputTooLarge, message));
                    }
                    let name = attribute(&tag, "name")?.unwrap_or_default().into_owned();
                    let state = attribute(&tag, "state")?;
                    let is_visible = state.is_none_or(|state| state == "visible");
                    let id = attribute(&tag, "id")?.unwrap_or_default();
                    let Some(found) = related.get(id.as_ref()) else {
                        return Err(malformed("a sheet has no part"));
                    };
                    let part = (found.kind == "worksheet").then(|| found.part.clone());
                    sheets.push(BookSheet { name, is_visible, part });
                }
                _ => {}
            },
            Piece::Over => return Ok((system, sheets)),
            _ => {}
        }
    }
}

/// Whether each format of cells shows dates.
fn dates(archive: &Archive<'_>, part: &str) -> Result<Vec<bool>> {
    let mut markup = archive.markup(part)?;
    let (mut codes, mut formats, mut is_of_cells) = (BTreeMap::new(), Vec::new(), false);
    loop {
        match markup.next()? {
            Piece::Start(tag) => match tag.local_name().as_ref() {
                "numFmt" => {
                    let code = attribute(&tag, "formatCode")?.unwrap_or_default();
                    codes.insert(number(&tag, "numFmtId")?, shows_date(&code));
                }
                "cellXfs" => is_of_cells = true,
                "xf" if is_of_cells => formats.push(number(&tag, "numFmtId")?),
                _ => {}
            },
            Piece::End(tag) if tag.local_name().as_ref() == "cellXfs" => is_of_cells = false,
            Piece::Over => break,
            _ => {}
        }
    }
    let shows = |id: u32| codes.get(&id).copied().unwrap_or_else(|| is_built_in_date(id));
    Ok(formats.into_iter().map(shows).collect())
}

/// A number in an attribute; 0, the general format, without one.
fn number(tag: &quick_xml::events::BytesStart<'_>, name: &str) -> Result<u32> {
    let text = attribute(tag, name)?.unwrap_or_default();
    if text.is_empty() {
        return Ok(0);
    }
    let refused = |_| {
        Error::new(ErrorCode::MarkupMalformed, format!("the attribute {name:?} of a format is no number"))
    };
    text.parse().map_err(refused)
}

/// Whether a format that has a number and no code shows dates: those of all languages, and those of Chinese, Japanese and Korean
/// (18.8.30). The others of these ranges show times alone.
fn is_built_in_date(id: u32) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn targets_are_relative_to_the_folder() {
        assert_eq!(joined("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl/worksheets", "../styles.xml"), "xl/styles.xml");
        assert_eq!(joined("", "../../a.xml"), "a.xml");
    }
}
