//! The entries of `workbooks`.

use wherewithal::formats::WorkbookReadInput;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "workbooks.read",
            "Reads a sheet of a workbook (XLSX) that a bank, a card, a broker or another program has exported.",
            WorkbookReadInput::run,
        )
        .details(READ)
        .example("The activity of a card, with a date that is a number", EXAMPLE),
    ]
}

const READ: &str = "\
The rows of a sheet are read as `formats.read` reads those of a CSV file: its layouts, its `mapping`, its ids of transactions \
and its lists of problems and skipped rows are the same, so that a file that was imported as CSV is known as a workbook. The \
sheet is the one that `sheet` names, else the first visible one among whose first 1,000 rows a known header stands, or one \
with all columns of `mapping`. `sheets` says of each why it was read or not; a hidden one is read only where `sheet` names it. A \
problem names its cell as formulas do: `Activity!C7`.

The format of a cell decides whether its number is a date. A date is the day of the whole part of the number, counted from \
1900 or from 1904 as the workbook says, and the time in the rest never moves it. The 29 February 1900, which 60 stands for, is \
no day; such a number stays one. A cell that shows a time alone is its number.

A number of a workbook is a floating-point number, and is taken as a spreadsheet shows it: rounded half away from zero to 15 \
significant digits, and to 28 decimal places. So 0.1 + 0.2, which a file has as 0.30000000000000004, is 0.3. A whole number up \
to 2^53 keeps all its digits. Numbers have no decimal mark to settle; a cell that is a text is read by the rules of its column, \
with the one decimal mark and the one order of dates that all texts of the sheet have.

Of a formula, the result is taken that the file stores. A row is a problem (`cell.without_value`) if one of its columns has an \
error, such as `#REF!`, or a formula without a stored result, as programs write it that do not compute. Of merged cells the \
first has the value. Empty rows are not counted.

A file of another kind is refused with its name (`file.wrong_kind`): workbooks of Excel 97 (XLS) and binary ones (XLSB), \
encrypted ones, spreadsheets of other formats, web pages and texts under the name of a workbook. What is unpacked is \
counted while it is unpacked: a workbook has at most 256 MiB of parts that are read, 200,000 rows with cells, 1,000 columns and \
10,000,000 cells, whatever its headers say, and the checksum of each part that is read to its end must be right.";

/// A workbook with one sheet of two rows.
const EXAMPLE: &str = r#"{"base64": "UEsDBBQAAAAIAAAAIQBFaa1r0gAAABYCAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbK3SzU7DMAwH8FepckWNJw47oHUX2BU48AJW6qzR8qXY7bq3Jy2ww4SEkHbKx9/2T4qy+7hk4mYOPnKnBpH8BMBmoICsU6ZYE5tKQKnHcoSM5oRHgsfNZgsmRaEorSwz1H73QhZHL81hrtfsUuxUIc+qef4qXKxOYc7eGZSawxT7G6X9FnTtXGt4cJkfaoGCX4Ul+ReQrHWG+mTGUFs050LY80Akwet11QFd/CHfJirF9dS8Y5FXDBWA2QPr+8LnVE7r/g/X3tlluXi6vi+s32H/CVBLAwQUAAAACAAAACEArC6fBYEAAADmAAAACwAAAF9yZWxzLy5yZWxzjc89CgIxEAXgq4Q5wM5iYSFJKhtb8QJDnGyC+SPJ4np7U65iYfl4jw+evHKg7nNqzpcmthhSU+B6LyfEZhxHalMunEZjc43UR6wLFjIPWhgP83zEujdAy70pLncFFcTtVfgfOFvrDZ+zWSOn/sP/WgyZ6sJdwRbwOQ0NUEv8uKXfUEsDBBQAAAAIAAAAIQAAqmEkkQAAAFUBAAATAAAAeGwvX3JlbHMvdy54bWwucmVsc63QPQrCQBCG4asse4BMsLCQJJWNrXiBZZ39IfvHzgTN7d1GjJDCwnL44HlhhisGxT4ncr6QeMaQaJSOuZwASDuMirpcMLXF5BoVt7NaKErPyiIc+v4IdWvIadia4nIfJUlxWwv+AmdjvMZz1kvExDs+PHKdySFyQ1W1yM3vmiJhp2z+WSZeA9Ina95Z+Pri9AJQSwMEFAAAAAgAAAAhAK930OqSAAAA4wAAAAgAAAB4bC93LnhtbI2PSw6DMAxErxL5ADXtogsESJW66THSYJoIEkex6ef2RVD2XdkzI7+RmxeX8c48mneckrTgVXONKM5TtHLgTGlJBi7R6iLLAyUXsr14Io0TnqrqjNGGBBuhLv8weBiCoyu7OVLSDVJosho4iQ9ZoGvWBvlNk2ykFi5OwzPoB8zq3voWjmBKHZZFALsG9yvcH+u+UEsDBBQAAAAIAAAAIQDbVaAmlgAAAOwAAAAIAAAAeGwvZi54bWxVjzEOwjAMRa9S5QC4IMSA0oxIzF1YQ+vQSnFSxa5Ubk9SKlAXy/+/58Ga5e2xHRClWsgHbtQgMl0BuBuQLB/ihCETFxNZyTG9gKeEtudyRB5OdX0BsmNQRrsYhKsuzkEaddwKMBpWkOPo/Z7nYuUFGP2Mqce0M75VcTZodIfeP1xeFgdlVGGmG8m9zxdnVdSfAf//zAdQSwMEFAAAAAgAAAAhAJ09hjv2AAAAlQIAAAgAAAB4bC9zLnhtbI2S3W4CIRCFX4XsRe90tnZrmhZJjKt3/Yn6AgSpS1wYAlOtb1922xptbMIlnO8MZ4bhBwy72GhN7NO2Lk6Khsg/AkTVaCvjEL12SXnHYCWlY9hC9EHLTW+yLYzKcgxWGlcI3t/VkqTgAQ+CK0aTwrjWOL2ikAATBSexDtJFqcigY4nWHEhw6DRQ/5reMFI+XeuogvHdE1n8LBXeYjhmweujz0sxtfjhKAt91hYvQehH+DPH9DG3id2Lalw+3HHY/xa7EKoz4Xqbr8uX+ZLNpot5VqoF4obdSOufWB2M22WZVrL9O54u4KAa3p/yfTcHZwsDp00UX1BLAQIUAxQAAAAIAAAAIQBFaa1r0gAAABYCAAATAAAAAAAAAAAAAACAAQAAAABbQ29udGVudF9UeXBlc10ueG1sUEsBAhQDFAAAAAgAAAAhAKwunwWBAAAA5gAAAAsAAAAAAAAAAAAAAIABAwEAAF9yZWxzLy5yZWxzUEsBAhQDFAAAAAgAAAAhAACqYSSRAAAAVQEAABMAAAAAAAAAAAAAAIABrQEAAHhsL19yZWxzL3cueG1sLnJlbHNQSwECFAMUAAAACAAAACEAr3fQ6pIAAADjAAAACAAAAAAAAAAAAAAAgAFvAgAAeGwvdy54bWxQSwECFAMUAAAACAAAACEA21WgJpYAAADsAAAACAAAAAAAAAAAAAAAgAEnAwAAeGwvZi54bWxQSwECFAMUAAAACAAAACEAnT2GO/YAAACVAgAACAAAAAAAAAAAAAAAgAHjAwAAeGwvcy54bWxQSwUGAAAAAAYABgBdAQAA/wQAAAAA"}"#;
