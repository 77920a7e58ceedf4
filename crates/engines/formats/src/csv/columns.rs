//! Where the columns of a table stand.

use wherewithal_base::{Error, ErrorCode, Result};

use super::{layout::Layout, rows::Row, sheet::CellKind};
use crate::{ColumnField, ColumnMapping, MappedColumn};

/// What ends a name of a layout that stands for every name that begins so.
const BEGINNING: char = '\u{2026}';

/// The places of the columns of a table, and their names.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    places: [Option<usize>; ColumnField::COUNT],
    /// The names of the header; empty without one.
    names: Vec<String>,
}

impl Columns {
    /// The columns of a layout in a row, after cells that do not belong to the table, and how many there are; `None` if the
    /// row is not its header.
    pub(crate) fn of_header(layout: &Layout, header: &Header, skipped: usize) -> Option<(Self, usize)> {
        let mut columns = Self { places: [None; ColumnField::COUNT], names: header.names.clone() };
        let mut found = 0;
        for column in layout.columns {
            let place = column.names.iter().find_map(|name| header.place_in_layout(name, skipped));
            match (place, column.field) {
                (None, _) if column.needed => return None,
                (Some(place), Some(field)) => columns.set(field, place),
                _ => {}
            }
            found += usize::from(place.is_some());
        }
        (found > 0).then_some((columns, found))
    }

    /// The columns of a layout without a header, whose names are their numbers.
    pub(crate) fn without_header(layout: &Layout) -> Self {
        let mut columns = Self { places: [None; ColumnField::COUNT], names: Vec::new() };
        for column in layout.columns {
            let number = column.names.first().and_then(|name| name.parse::<usize>().ok());
            if let (Some(number), Some(field)) = (number, column.field) {
                columns.set(field, number.saturating_sub(1));
            }
        }
        columns
    }

    /// The columns that a caller describes, in a table with a header or without one.
    ///
    /// # Errors
    /// `name.unknown` for a column that the header does not have, `index.out_of_range`.
    pub(crate) fn mapped(mapping: &ColumnMapping, header: Option<&Header>) -> Result<Self> {
        let names = header.map(|header| header.names.clone()).unwrap_or_default();
        let mut columns = Self { places: [None; ColumnField::COUNT], names };
        for (index, column) in mapping.columns.iter().enumerate() {
            let place =
                place_of(column, header).map_err(|error| error.at_index("columns", index).at("mapping"))?;
            columns.set(column.field, place);
        }
        Ok(columns)
    }

    #[expect(clippy::indexing_slicing, reason = "there is a place for each field")]
    fn set(&mut self, field: ColumnField, place: usize) {
        // The first column of a field has it.
        self.places[field as usize].get_or_insert(place);
    }

    #[expect(clippy::indexing_slicing, reason = "there is a place for each field")]
    pub(crate) fn place(&self, field: ColumnField) -> Option<usize> {
        self.places[field as usize]
    }

    pub(crate) fn has(&self, field: ColumnField) -> bool {
        self.place(field).is_some()
    }

    /// The cell of a field, without spaces around it; empty if there is none.
    pub(crate) fn cell<'r>(&self, row: &'r Row<'_>, field: ColumnField) -> &'r str {
        self.place(field).map_or("", |place| row.cell(place))
    }

    /// The name of a field's column, or its number.
    pub(crate) fn name(&self, field: ColumnField) -> String {
        self.name_at(self.place(field).unwrap_or_default())
    }

    /// The name of the column at a place, or its number.
    pub(crate) fn name_at(&self, place: usize) -> String {
        match self.names.get(place) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => (place + 1).to_string(),
        }
    }

    /// The first column of a field whose cell has no value.
    pub(crate) fn without_value(&self, row: &Row<'_>) -> Option<usize> {
        if row.kinds.is_empty() {
            return None;
        }
        self.places.iter().flatten().copied().filter(|place| row.kind(*place) == CellKind::Nothing).min()
    }

    /// The numbers that are written as texts.
    pub(crate) fn written_numbers<'r>(
        &self,
        row: &'r Row<'_>,
        fields: &'static [ColumnField],
    ) -> impl Iterator<Item = &'r str> {
        let places = fields.iter().filter_map(|field| self.place(*field));
        places.filter(|place| row.kind(*place) == CellKind::Text).map(|place| row.cell(place))
    }

    /// The cells of the columns of some fields.
    pub(crate) fn cells<'r>(
        &self,
        row: &'r Row<'_>,
        fields: &'static [ColumnField],
    ) -> impl Iterator<Item = &'r str> {
        fields.iter().filter_map(|field| self.place(*field)).map(|place| row.cell(place))
    }
}

fn place_of(column: &MappedColumn, header: Option<&Header>) -> Result<usize> {
    let MappedColumn { name, number, .. } = column;
    match (name, number, header) {
        (None, Some(number), _) => {
            match usize::try_from(*number).ok().and_then(|number| number.checked_sub(1)) {
                Some(place) if place < 1_000 => Ok(place),
                _ => Err(Error::new(
                    ErrorCode::IndexOutOfRange,
                    format!("there is no column {number}; the first is 1"),
                )
                .at("number")),
            }
        }
        (Some(name), None, Some(header)) => header.place(&normalized(name), 0).ok_or_else(|| {
            let known: Vec<String> = header.names.iter().take(30).map(|name| format!("{name:?}")).collect();
            let message = format!("the header has no column {name:?}; it has {}", known.join(", "));
            Error::new(ErrorCode::NameUnknown, message).at("name")
        }),
        (Some(_), None, None) => {
            let message = "the file has no header, so that columns are given by `number`";
            Err(Error::new(ErrorCode::FieldMissing, message).at("number"))
        }
        (Some(_), Some(_), _) => {
            let message = "a column is given by `name` or by `number`, not by both";
            Err(Error::new(ErrorCode::FieldConflict, message).at("number"))
        }
        (None, None, _) => {
            Err(Error::new(ErrorCode::FieldMissing, "a column needs `name` or `number`").at("name"))
        }
    }
}

/// A row that may be a header: its names as written and as they are compared.
pub(crate) struct Header {
    names: Vec<String>,
    compared: Vec<String>,
}

impl Header {
    pub(crate) fn of(row: &Row<'_>) -> Self {
        let names: Vec<String> =
            row.cells.iter().map(|cell| cell.trim().chars().take(100).collect()).collect();
        let compared = names.iter().map(|name| normalized(name)).collect();
        Self { names, compared }
    }

    /// The place of a name, in lower case, after some cells.
    pub(crate) fn place(&self, name: &str, skipped: usize) -> Option<usize> {
        let mut named = self.compared.iter().enumerate().skip(skipped);
        named.find(|(_, compared)| *compared == name).map(|(place, _)| place)
    }

    /// The place of a name of a layout, after some cells.
    fn place_in_layout(&self, name: &str, skipped: usize) -> Option<usize> {
        let Some(beginning) = name.strip_suffix(BEGINNING) else { return self.place(name, skipped) };
        let mut named = self.compared.iter().enumerate().skip(skipped);
        named.find(|(_, compared)| compared.starts_with(beginning)).map(|(place, _)| place)
    }

    /// The names, to show them.
    pub(crate) fn shown(&self) -> String {
        self.names.join(", ").chars().take(300).collect()
    }
}

/// A name in lower case, with one space between words.
pub(crate) fn normalized(name: &str) -> String {
    let words: Vec<&str> = name.trim_start_matches('\u{feff}').split_whitespace().collect();
    words.join(" ").to_lowercase()
}
