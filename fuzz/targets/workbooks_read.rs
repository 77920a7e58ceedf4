//! Any bytes as a workbook give records or an error, never a panic; and what was read once is all known when it is read again.
//!
//! Bytes that begin a tag are the markup of a sheet, which is packed here, because a change within an archive seldom gets past
//! its checksums. Others are the base64 of a workbook, or a workbook.
#![no_main]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use libfuzzer_sys::fuzz_target;
use wherewithal::{
    control::Control,
    formats::{self, WorkbookReadInput, WorkbookReading},
};

fuzz_target!(|data: &[u8]| {
    let base64 = match std::str::from_utf8(data) {
        Ok(text) if text.starts_with('<') => STANDARD.encode(workbook(data)),
        Ok(text) if text.starts_with("UEs") => text.to_owned(),
        _ => STANDARD.encode(data),
    };
    let Ok(first) = read(&base64, Vec::new()) else { return };
    let ids = first.transactions.iter().map(|transaction| transaction.id.clone()).collect();
    let again = read(&base64, ids).expect("the same workbook is read again");
    assert!(again.transactions.is_empty(), "what is known is not imported again");
    assert_eq!(again.duplicates.len(), first.transactions.len());
});

fn read(base64: &str, previous: Vec<String>) -> wherewithal::Result<WorkbookReading> {
    let input = WorkbookReadInput { base64: base64.to_owned(), previous, ..WorkbookReadInput::default() };
    formats::read_workbook(&input, &Control::default())
}

const RELATIONS: &str = "<Relationships><Relationship Id='s' Type='/worksheet' Target='s.xml'/>\
    <Relationship Id='f' Type='/styles' Target='f.xml'/><Relationship Id='t' Type='/sharedStrings' Target='t.xml'/>\
    </Relationships>";
const WORKBOOK: &str = "<workbook><sheets><sheet name='Activity' id='s'/></sheets></workbook>";
const STYLES: &str = "<styleSheet><cellXfs><xf/><xf numFmtId='14'/></cellXfs></styleSheet>";
const TEXTS: &str =
    "<sst><si><t>Transaction Date</t></si><si><t>Description</t></si><si><t>Amount</t></si></sst>";

/// A workbook with one sheet, not compressed.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    let parts = [
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/f.xml", STYLES.as_bytes()),
        ("xl/t.xml", TEXTS.as_bytes()),
        ("xl/s.xml", sheet),
    ];
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let length = (content.len() as u32).to_le_bytes();
        let mut said = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        said.extend(crc32fast::hash(content).to_le_bytes());
        said.extend([length, length].concat());
        said.extend([name.len() as u8, 0, 0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&said);
        directory.extend([0; 10]);
        directory.extend((bytes.len() as u32).to_le_bytes());
        directory.extend(name.bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&said);
        bytes.extend(name.bytes());
        bytes.extend(content);
    }
    let start = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend([b'P', b'K', 5, 6, 0, 0, 0, 0, 5, 0, 5, 0]);
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}
