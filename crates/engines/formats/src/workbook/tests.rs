//! Workbooks that are right, those that are not, and those that are made to do harm. They are written here, uncompressed but for
//! one; the golden vectors have workbooks that openpyxl has written.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use wherewithal_base::control::Control;

use super::{part::checksum, *};
use crate::{FileReading, read};

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An archive of parts, each with its name and content, deflated or stored.
fn archive_of(parts: &[(&str, &[u8])], is_deflated: bool) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let stored = if is_deflated { compress_to_vec(content, 6) } else { content.to_vec() };
        let mut said = Vec::new();
        said.extend(20_u16.to_le_bytes());
        said.extend(0_u16.to_le_bytes());
        said.extend(u16::from(is_deflated).wrapping_mul(8).to_le_bytes());
        said.extend([0; 4]);
        said.extend(checksum(content).to_le_bytes());
        said.extend((stored.len() as u32).to_le_bytes());
        said.extend((content.len() as u32).to_le_bytes());
        said.extend((name.len() as u16).to_le_bytes());
        said.extend(0_u16.to_le_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&said);
        directory.extend([0; 10]);
        directory.extend((bytes.len() as u32).to_le_bytes());
        directory.extend(name.bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&said);
        bytes.extend(name.bytes());
        bytes.extend(stored);
    }
    let start = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend((parts.len() as u16).to_le_bytes());
    bytes.extend((parts.len() as u16).to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// The parts of a workbook with one sheet `Activity`, whose format 1 is that of dates.
fn parts(sheet: &str, strings: &str) -> Vec<(&'static str, Vec<u8>)> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{TYPES}/{kind}" Target="{target}"/>"#)
    };
    let relations = |inside: &str| format!("<Relationships>{inside}</Relationships>").into_bytes();
    let of_book = [
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "styles", "styles.xml"),
        relation("r3", "sharedStrings", "sharedStrings.xml"),
    ];
    vec![
        ("_rels/.rels", relations(&relation("r0", "officeDocument", "xl/workbook.xml"))),
        ("xl/_rels/workbook.xml.rels", relations(&of_book.concat())),
        (
            "xl/workbook.xml",
            br#"<workbook><sheets><sheet name="Activity" sheetId="1" r:id="r1"/></sheets></workbook>"#
                .to_vec(),
        ),
        (
            "xl/styles.xml",
            br#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#.to_vec(),
        ),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes().to_vec()),
    ]
}

fn packed(parts: &[(&'static str, Vec<u8>)], is_deflated: bool) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (*name, content.as_slice())).collect();
    archive_of(&parts, is_deflated)
}

fn reading(bytes: &[u8]) -> wherewithal_base::Result<WorkbookReading> {
    read_workbook(&input(bytes), &Control::default())
}

fn input(bytes: &[u8]) -> WorkbookReadInput {
    WorkbookReadInput { base64: STANDARD.encode(bytes), ..WorkbookReadInput::default() }
}

fn code(bytes: &[u8]) -> (ErrorCode, String) {
    let error = reading(bytes).unwrap_err();
    (error.code(), error.message().to_owned())
}

/// Cells that stand in a row as texts.
fn texts(cells: &[&str]) -> String {
    cells.iter().map(|cell| format!(r#"<c t="inlineStr"><is><t>{cell}</t></is></c>"#)).collect()
}

const CARD: [&str; 7] =
    ["Transaction Date", "Post Date", "Description", "Category", "Type", "Amount", "Memo"];

/// A sheet of a card of Chase with some rows below its header.
fn card(rows: &str) -> String {
    format!("<worksheet><sheetData><row>{}</row>{rows}</sheetData></worksheet>", texts(&CARD))
}

const COFFEE: &str = r#"<row><c s="1"><v>46083</v></c><c s="1"><v>46084.75</v></c><c t="s"><v>0</v></c>
    <c t="inlineStr"><is><t>Food &amp; Drink</t></is></c><c t="str"><f>A1</f><v>Sale</v></c><c><v>-4.5</v></c></row>"#;
const CAFE: &str =
    "<si><r><t>CORNER</t></r> <r><t xml:space=\"preserve\"> CAFE</t></r><rPh><t>no</t></rPh></si>";

#[test]
fn a_sheet_is_read_as_a_table() {
    for is_deflated in [false, true] {
        let reading = reading(&packed(&parts(&card(COFFEE), CAFE), is_deflated)).unwrap();
        assert_eq!(reading.layout.name, "chaseCard");
        assert_eq!(reading.problems, []);
        let coffee = &reading.transactions[0];
        assert_eq!(
            (coffee.date.to_string(), coffee.amount.to_string()),
            ("2026-03-02".to_owned(), "-4.5".to_owned())
        );
        assert_eq!(coffee.settlement_date.unwrap().to_string(), "2026-03-03");
        assert_eq!(
            (coffee.description.as_str(), coffee.category.as_deref()),
            ("CORNER CAFE", Some("Food & Drink"))
        );
        assert_eq!(reading.dialect.separator, None);
        assert_eq!((reading.sheet.as_str(), reading.sheets.len()), ("Activity", 1));
    }
}

#[test]
fn a_cell_without_a_value_is_a_problem_with_its_place() {
    let failed = r#"<row r="3"><c r="A3" s="1"><v>46083</v></c><c r="C3" t="s"><v>0</v></c><c r="F3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>"#;
    let never = r#"<row r="7"><c r="A7" s="1"><v>46083</v></c><c r="C7" t="s"><v>0</v></c><c r="F7"><f>SUM(F1:F3)</f></c></row>"#;
    let reading = reading(&packed(&parts(&card(&[COFFEE, failed, never].concat()), CAFE), false)).unwrap();
    let empty = never.replace("</f>", "</f><v></v>");
    let of_empty =
        super::tests::reading(&packed(&parts(&card(&[COFFEE, &empty].concat()), CAFE), true)).unwrap();
    assert_eq!(of_empty.problems[0].code, "cell.without_value");
    let odd = card(&[COFFEE, &COFFEE.replace("-4.5", "NaN")].concat());
    let of_odd = super::tests::reading(&packed(&parts(&odd, CAFE), false)).unwrap();
    assert_eq!((of_odd.transactions.len(), of_odd.problems[0].code.as_str()), (1, "decimal.malformed"));
    assert_eq!(reading.transactions.len(), 1);
    let places: Vec<_> =
        reading.problems.iter().map(|one| (one.code.as_str(), one.cell.as_deref(), one.row)).collect();
    assert_eq!(
        places,
        [("cell.without_value", Some("Activity!F3"), 3), ("cell.without_value", Some("Activity!F7"), 7)]
    );
    assert!(reading.problems[0].message.contains("#DIV/0!"));
    assert_eq!(reading.problems[0].column.as_deref(), Some("Amount"));
}

#[test]
fn texts_keep_their_decimal_comma_beside_numbers() {
    let sheet = format!(
        "<worksheet><sheetData><row>{}</row><row>{}<c><v>1234.5</v></c></row><row>{}</row></sheetData></worksheet>",
        texts(&["Day", "Amount"]),
        texts(&["28.02.2026"]),
        texts(&["13.02.2026", "-1.000,25"]),
    );
    let mapping = r#"{"columns": [{"field": "date", "name": "Day"}, {"field": "amount", "name": "Amount"}]}"#;
    let input = WorkbookReadInput {
        mapping: Some(serde_json::from_str(mapping).unwrap()),
        ..input(&packed(&parts(&sheet, ""), true))
    };
    let reading = read_workbook(&input, &Control::default()).unwrap();
    let amounts: Vec<String> = reading.transactions.iter().map(|one| one.amount.to_string()).collect();
    assert_eq!(amounts, ["1234.5", "-1000.25"]);
    assert_eq!(reading.dialect.decimal_mark.unwrap().value, "comma");
}

#[test]
fn files_of_another_kind_are_named() {
    let utf_16: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    let xml =
        b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec();
    for (bytes, named) in [
        (Vec::new(), "empty"),
        (compound.clone(), "XLS"),
        ([compound, vec![0; 50], utf_16].concat(), "encrypted"),
        (b"Date,Amount\n".to_vec(), "`formats.read`"),
        (b"<html><table>".to_vec(), "web page"),
        (xml, "Excel 2003"),
        (b"\xff\x00\x01".to_vec(), "no ZIP"),
        (archive_of(&[("a.txt", b"text")], false), "without a workbook"),
        (archive_of(&[("xl/workbook.bin", b"")], false), "XLSB"),
        (archive_of(&[("META-INF/manifest.xml", b"")], false), "ODS"),
        (archive_of(&[("word/document.xml", b"")], false), "DOCX"),
    ] {
        let (code, message) = code(&bytes);
        assert_eq!(code, ErrorCode::FileWrongKind, "{named}: {message}");
        assert!(message.contains(named), "{named}: {message}");
    }
    let mut encrypted = packed(&parts(&card(COFFEE), CAFE), false);
    // The flag of the first entry in the directory.
    let place = encrypted.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    encrypted[place + 8] = 1;
    assert!(code(&encrypted).1.contains("encrypted"));
}

#[test]
fn archives_that_are_damaged_are_refused() {
    let whole = packed(&parts(&card(COFFEE), CAFE), true);
    for end in [10, 100, whole.len() / 2, whole.len() - 30, whole.len() - 1] {
        assert_eq!(code(&whole[..end]).0, ErrorCode::ArchiveMalformed, "{end}");
    }
    let mut lacking = parts(&card(COFFEE), CAFE);
    lacking.pop();
    assert!(code(&packed(&lacking, true)).1.contains("worksheets/sheet1.xml"));
    let mut twice = parts(&card(COFFEE), CAFE);
    twice.push(("XL/Workbook.xml", Vec::new()));
    assert!(code(&packed(&twice, true)).1.contains("same name"));
    // A digit that is changed is still markup; the checksum tells.
    let mut changed = packed(&parts(&card(COFFEE), CAFE), false);
    let place = changed.windows(4).position(|four| four == b"-4.5").unwrap();
    changed[place + 1] = b'9';
    let (code, message) = code(&changed);
    assert!(code == ErrorCode::ArchiveMalformed && message.contains("damaged"), "{message}");
}

#[test]
fn what_is_made_to_do_harm_is_refused() {
    let refused = |sheet: &str| code(&packed(&parts(sheet, CAFE), true));
    let entity = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData/></worksheet>";
    assert_eq!(refused(entity).0, ErrorCode::MarkupForbidden);
    assert_eq!(refused(&card("<row><c t=\"str\"><v>&a;</v></c></row>")).0, ErrorCode::MarkupForbidden);
    assert_eq!(refused(&"<a>".repeat(100)).0, ErrorCode::InputTooLarge);
    for damaged in [
        "<worksheet><sheetData>",
        "<worksheet><row></worksheet>",
        "no markup at all <",
        &card("<row r=\"1\"/>"),
        &card("<row r=\"x\"/>"),
        &card("<row r=\"1048577\"/>"),
        &card("<row><c r=\"B2\"/><c r=\"A2\"/></row>"),
        &card("<row><c r=\"B9\"/></row>"),
        &card("<row><c r=\"ABCD2\"/></row>"),
        &card("<row><row/></row>"),
        "<worksheet><sheetData><c><v>1</v></c></sheetData></worksheet>",
        &card("<row><c t=\"s\"><v>7</v></c></row>"),
        &card("<row><c t=\"x\"><v>7</v></c></row>"),
    ] {
        let (code, message) = refused(damaged);
        assert_eq!(code, ErrorCode::MarkupMalformed, "{damaged}: {message}");
    }
    // A lone cell at the end of a sheet takes no memory; one with a value stands beyond the columns that are read.
    let far = card(&[COFFEE, "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>"].concat());
    assert!(reading(&packed(&parts(&far, CAFE), true)).is_ok());
    let far = card(&[COFFEE, "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"].concat());
    assert_eq!(refused(&far).0, ErrorCode::InputTooLarge);
}

#[test]
fn what_is_unpacked_is_counted_and_not_believed() {
    let bomb = format!("<worksheet><sheetData>{}", " ".repeat(4_000_000));
    let mut bytes = packed(&parts(&bomb, CAFE), true);
    assert!(bytes.len() < 10_000);
    // Whatever the directory says of the size.
    let places: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, four)| *four == b"PK\x01\x02").map(|(at, _)| at).collect();
    for place in places {
        bytes[place + 24..place + 28].copy_from_slice(&7_u32.to_le_bytes());
    }
    let error = read_bytes(&bytes, 1_000_000, &input(&bytes), &Control::default()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InputTooLarge);
    assert!(error.message().contains("unpacked"), "{}", error.message());
}

#[test]
fn rows_beyond_the_limit_are_refused_and_a_cancelled_run_stops() {
    let rows = "<row><c><v>1</v></c></row>".repeat(MAX_RECORDS + 5);
    let bytes = packed(&parts(&card(&[COFFEE, &rows].concat()), CAFE), true);
    let (code, message) = code(&bytes);
    assert_eq!((code, message.contains("200000 rows")), (ErrorCode::InputTooLarge, true), "{message}");
    let control = Control::default();
    control.cancel();
    let error = read_workbook(&input(&bytes), &control).unwrap_err();
    assert_eq!(error.code(), ErrorCode::OperationCancelled);
}

#[test]
fn an_archive_with_numbers_of_64_bits_is_read() {
    let small = packed(&parts(&card(COFFEE), CAFE), true);
    let end = small.len() - 22;
    let (count, size, start) =
        (6_u64, u64::from(u32_at(&small, end + 12)), u64::from(u32_at(&small, end + 16)));
    let mut large = small[..end].to_vec();
    large.extend(b"PK\x06\x06");
    large.extend(44_u64.to_le_bytes());
    large.extend([0; 12]);
    for number in [count, count, size, start] {
        large.extend(number.to_le_bytes());
    }
    large.extend(b"PK\x06\x07\x00\x00\x00\x00");
    large.extend((end as u64).to_le_bytes());
    large.extend(1_u32.to_le_bytes());
    large.extend(b"PK\x05\x06\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00");
    assert_eq!(reading(&large).unwrap().transactions.len(), 1);
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

/// A row of a table: the day in 2026, the text, and cents.
fn rows() -> impl Strategy<Value = Vec<(u32, String, i64)>> {
    prop::collection::vec((0_u32..365, "[A-Za-z0-9 &<>\"',;.]{1,12}", -1_000_000_i64..1_000_000), 1..20)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Dates as numbers with a format, amounts as the text of an `f64`, and texts; beside ISO dates and decimals.
    #[test]
    fn a_table_says_the_same_as_text_and_as_workbook(rows in rows()) {
        let (mut text, mut cells) = (format!("{}\n", CARD.join(",")), String::new());
        for (day, description, cents) in &rows {
            let date = wherewithal_base::dates::date(2026, 1, 1).unwrap().add_days(*day as i32).unwrap();
            let (year, month, day_of_month) = (date.year(), date.month(), date.day());
            let amount = *cents as f64 / 100.0;
            let quoted = description.replace('"', "\"\"");
            let (whole, rest) = (cents.abs() / 100, cents.abs() % 100);
            let sign = if *cents < 0 { "-" } else { "" };
            text += &format!("{month:02}/{day_of_month:02}/{year},,\"{quoted}\",,Sale,{sign}{whole}.{rest:02},\n");
            cells += &format!(
                "<row><c s=\"1\"><v>{}</v></c><c/><c t=\"inlineStr\"><is><t>{}</t></is></c><c/>{}<c><v>{amount:?}</v></c></row>",
                46_023 + day, escaped(description), texts(&["Sale"])
            );
        }
        let file = crate::FileReadInput { text: Some(text), ..crate::FileReadInput::default() };
        let of_text: FileReading = read(&file, &Control::default()).unwrap();
        let of_book = reading(&packed(&parts(&card(&cells), ""), true)).unwrap();
        prop_assert_eq!(&of_book.problems, &[]);
        prop_assert_eq!(of_book.counts, of_text.counts);
        prop_assert_eq!(&of_book.transactions, &of_text.transactions);
        // What was read of one is known in the other.
        let known = WorkbookReadInput {
            previous: of_text.transactions.iter().map(|one| one.id.clone()).collect(),
            ..input(&packed(&parts(&card(&cells), ""), false))
        };
        let again = read_workbook(&known, &Control::default()).unwrap();
        prop_assert_eq!(again.transactions.len(), 0);
    }

    #[test]
    fn a_damaged_workbook_gives_an_answer_or_an_error(at in any::<prop::sample::Index>(), byte in any::<u8>(), is_deflated in any::<bool>()) {
        let mut bytes = packed(&parts(&card(COFFEE), CAFE), is_deflated);
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let _ = reading(&bytes);
    }

    #[test]
    fn damaged_markup_gives_an_answer_or_an_error(from in 0.0..1.0_f64, to in 0.0..1.0_f64, between in "[<>/ a-z\"=&;0-9]{0,12}") {
        let sheet = card(COFFEE);
        let at = |share: f64| (share * sheet.len() as f64) as usize;
        let damaged = [&sheet[..at(from)], &between, &sheet[at(to)..]].concat();
        let _ = reading(&packed(&parts(&damaged, CAFE), false));
    }
}
