//! Places in a workbook as spreadsheets write them: `C7` is the third cell of the seventh row.

/// The number of letters in the alphabet of columns.
const LETTERS: usize = 26;

/// The letters of a column, counted from 0: `A` to `Z`, then `AA`.
pub(crate) fn letters(column: usize) -> String {
    let mut written = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        // There is no digit for zero: after Z comes AA.
        let digit = ((rest - 1) % LETTERS) as u8;
        written.push(char::from(b'A' + digit));
        rest = (rest - 1) / LETTERS;
    }
    written.iter().rev().collect()
}

/// The place of a cell in its sheet: `Activity!C7`. A name with other than letters and digits has apostrophes around it, as in
/// formulas.
pub(crate) fn of_cell(sheet: &str, column: usize, row: u32) -> String {
    let column = letters(column);
    let is_plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_')
        && sheet.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if is_plain {
        format!("{sheet}!{column}{row}")
    } else {
        format!("'{}'!{column}{row}", sheet.replace('\'', "''"))
    }
}

/// The column and the row of `C7`, counted from 0 and from 1; `None` if it is no place.
pub(crate) fn parsed(place: &str) -> Option<(usize, u32)> {
    let digits = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = place.split_at_checked(digits)?;
    // No sheet has columns with more letters, nor rows with more digits.
    if !(1..=3).contains(&letters.len()) || row.len() > 7 || !row.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut column = 0;
    for letter in letters.bytes() {
        let digit = letter.is_ascii_alphabetic().then(|| letter.to_ascii_uppercase() - b'A')?;
        column = column * LETTERS + usize::from(digit) + 1;
    }
    Some((column - 1, row.parse().ok().filter(|row| *row > 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_spreadsheets() {
        for (column, written) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            assert_eq!(letters(column), written);
            assert_eq!(parsed(&format!("{written}7")), Some((column, 7)));
        }
        for place in ["", "7", "C", "C0", "C-1", "7C", "ABCD1", "C7C", "é7", "C99999999"] {
            assert_eq!(parsed(place), None, "{place}");
        }
    }

    #[test]
    fn names_are_quoted_where_formulas_quote_them() {
        assert_eq!(of_cell("Activity", 2, 7), "Activity!C7");
        assert_eq!(of_cell("Mom's 2026", 0, 1), "'Mom''s 2026'!A1");
        assert_eq!(of_cell("2026", 0, 1), "'2026'!A1");
    }
}
