//! Open Financial Exchange: statements of banks, cards and brokers, in version 1 (SGML, whose values need no end tag) and
//! version 2 (XML), by the OFX specification 1.6 and 2.2.

mod document;
mod investment;
mod records;
mod securities;
mod sgml;
mod statement;
mod values;
mod xml;

use wherewithal_base::{Result, control::Control};

use crate::{
    FileDialect, FileFormat, FileReadInput, FileReading,
    collect::{Collected, Decisions},
    text::Content,
};
use document::Document;
use securities::Securities;
use statement::Reader;
pub(crate) use statement::kind as bank_kind;

/// Reads a file.
///
/// # Errors
/// Those of [`crate::read`].
pub(crate) fn read(content: Content<'_>, input: &FileReadInput, control: &Control) -> Result<FileReading> {
    let Content { text, encoding } = content;
    let mut document = parsed(&text, control)?;
    let mark = records::decimal_mark(&document, input.decimal_mark)?;
    document.mark = mark.value;
    let mut collected = Collected::default();
    let securities = Securities::of(&document, &mut collected);
    Reader::of(&document, &securities, input).statements(&mut collected, control)?;
    let dialect = FileDialect { decimal_mark: mark.evidence, ..FileDialect::default() };
    let file = Decisions { format: FileFormat::Ofx, layout: None, encoding, dialect };
    collected.finish(file, &input.previous)
}

/// The document of a text: XML if it says so, else SGML, which contains what banks write as the second version without it.
fn parsed<'a>(text: &'a str, control: &Control) -> Result<Document<'a>> {
    let start = text.trim_start();
    if start.starts_with("<?xml") || start.starts_with("<?OFX") {
        xml::document(text, control)
    } else {
        sgml::document(text, control)
    }
}

#[cfg(test)]
mod tests {
    use wherewithal_ledger::{self as ledger, LedgerTransaction};

    use super::*;
    use crate::read;

    fn reading(text: String) -> FileReading {
        let input = FileReadInput { text: Some(text), ..FileReadInput::default() };
        read(&input, &Control::default()).unwrap()
    }

    fn bank(amounts: &[&str]) -> String {
        let row =
            |amount: &&str| format!("<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302<TRNAMT>{amount}</STMTTRN>\n");
        let rows: String = amounts.iter().map(row).collect();
        format!(
            "OFXHEADER:100\n\n<OFX><STMTRS><CURDEF>USD\n<BANKTRANLIST>\n{rows}</BANKTRANLIST></STMTRS></OFX>"
        )
    }

    #[test]
    fn all_amounts_of_a_file_decide_its_mark() {
        for (amounts, value, read) in [
            (vec!["-1,234.50", "-1,234"], Some("point"), "-1234"),
            (vec!["1.234", "2,5"], Some("comma"), "1234"),
            (vec!["1,234,567", "-1,234"], Some("point"), "1234567"),
            // There are no groups of digits (3.2.9.1).
            (vec!["1.234", "7"], Some("point"), "1.234"),
            (vec!["7", "-8"], None, "7"),
        ] {
            let reading = reading(bank(&amounts));
            let mark = reading.dialect.decimal_mark.map(|mark| mark.value);
            assert_eq!(mark.as_deref(), value, "{amounts:?}");
            let found: Vec<String> = reading.transactions.iter().map(|one| one.amount.to_string()).collect();
            assert!(found.contains(&read.to_owned()), "{amounts:?}: {found:?}");
        }
    }

    #[test]
    fn shares_that_stay_in_an_account_are_no_transaction() {
        let text = "OFXHEADER:100\n\n<OFX><INVSTMTRS><CURDEF>USD<INVTRANLIST><JRNLSEC><INVTRAN><FITID>1<DTTRADE>20260302\
                    </INVTRAN><SECID><UNIQUEID>1<UNIQUEIDTYPE>OTHER</SECID><SUBACCTTO>CASH<SUBACCTFROM>MARGIN<UNITS>10\
                    </JRNLSEC></INVTRANLIST></INVSTMTRS></OFX>";
        let reading = reading(text.to_owned());
        assert_eq!((reading.transactions.len(), reading.problems.len(), reading.skipped.len()), (0, 0, 1));
    }

    #[test]
    fn what_is_not_read_of_a_statement_is_named() {
        let reading = reading(bank(&["5"]).replace("<CURDEF>USD", "<CURDEF>ZZZ"));
        let problems: Vec<(&str, Option<&str>)> = reading
            .problems
            .iter()
            .map(|problem| (problem.code.as_str(), problem.value.as_deref()))
            .collect();
        assert_eq!((reading.transactions.len(), problems), (1, vec![("currency.unknown", Some("ZZZ"))]));
        let loan = "OFXHEADER:100\n\n<OFX><LOANSTMTRS><CURDEF>USD</LOANSTMTRS></OFX>";
        let reading = self::reading(loan.to_owned());
        assert_eq!((reading.transactions.len(), reading.skipped.len()), (0, 1));
    }

    #[test]
    fn what_is_read_is_a_ledger() {
        let split = |to: &str, from: &str| {
            format!(
                "OFXHEADER:100\n\n<OFX><INVSTMTRS><CURDEF>USD<INVTRANLIST><SPLIT><INVTRAN><FITID>1<DTTRADE>20260302\
                 </INVTRAN><SECID><UNIQUEID>1<UNIQUEIDTYPE>OTHER</SECID><NUMERATOR>{to}<DENOMINATOR>{from}</SPLIT>\
                 </INVTRANLIST></INVSTMTRS></OFX>"
            )
        };
        for (to, from, problems) in
            [("2", "1", 0), ("0", "1", 1), ("2", "0", 1), ("-2", "1", 1), ("2", "-1", 1)]
        {
            let reading = reading(split(to, from));
            assert_eq!(reading.problems.len(), problems, "{to} for {from}");
            let valid = |one: &LedgerTransaction| ledger::transaction(one).is_ok();
            assert!(reading.transactions.iter().all(valid), "{to} for {from}");
        }
    }
}
