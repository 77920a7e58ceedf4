//! The entries of `formats`.

use wherewithal::formats::{FileReadInput, FileWriteInput};

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::new(
            "formats.read",
            "Reads a file that a bank, a card, a broker or another program has exported.",
            FileReadInput::run,
        )
        .details(READ)
        .example(
            "Two equal coffees of a card, and the payment of its bill",
            r#"{"text": "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n03/02/2026,03/03/2026,CORNER CAFE,Food & Drink,Sale,-4.50,\n03/02/2026,03/03/2026,CORNER CAFE,Food & Drink,Sale,-4.50,\n03/05/2026,03/05/2026,Payment Thank You,,Payment,250.00,\n"}"#,
        )
        .example(
            "Columns that the caller describes, with a decimal comma",
            r#"{"text": "Buchung;Text;Betrag\n28.02.2026;MIETE;-1.000,00 EUR\n01.03.2026;GEHALT;2.950,00 EUR\n",
              "account": {"id": "giro", "currency": "EUR"},
              "mapping": {"columns": [{"field": "date", "name": "Buchung"}, {"field": "description", "name": "Text"},
                                      {"field": "amount", "name": "Betrag"}]}}"#,
        )
        .example(
            "A split of Quicken, with a line that Quicken leaves blank",
            r#"{"text": "!Type:Bank\nD3/ 2'26\nT-30.00\nPCORNER MARKET\nSFood\n$-30.00\nS\n$0.00\n^\n"}"#,
        )
        .example(
            "A journal of beancount, whose second posting is left over",
            r#"{"text": "2026-03-02 * \"Corner Cafe\" \"Coffee\"\n  Liabilities:Card  -4.50 USD\n  Expenses:Food\n"}"#,
        ),
        Operation::new(
            "formats.write",
            "Writes the records of a ledger as a file for another program.",
            FileWriteInput::run,
        )
        .details(WRITE)
        .example(
            "A coffee as a journal of beancount",
            r#"{"format": "beancount", "accounts": [{"id": "card", "currency": "USD", "liabilityKind": "creditCard"}],
              "transactions": [{"id": "1", "account": "card", "date": "2026-03-02", "amount": "-4.50", "type": "purchase",
                                "description": "CORNER CAFE", "category": "Food"}]}"#,
        )
        .example(
            "A text that a spreadsheet would take for a formula, as CSV",
            r#"{"format": "csv", "accounts": [{"id": "giro", "currency": "EUR"}],
              "transactions": [{"id": "1", "account": "giro", "date": "2026-03-02", "amount": "-4.50", "type": "withdrawal",
                                "description": "=HYPERLINK(\"http://example.com\")"}]}"#,
        ),
    ]
}

const READ: &str = "\
The format is detected by the content: OFX and QFX of version 1 (SGML) and 2 (XML) with bank, card and investment \
statements, QIF with splits and investments, journals of beancount and hledger, the XML file of Portfolio Performance, else a table. The layout of a table is detected by its header, whatever \
stands before it: those of Chase, Bank of America, Wells Fargo, Citi, Capital One, American Express, Discover, Apple \
Card, Fidelity, Charles Schwab, Vanguard, E*TRADE, Merrill, Robinhood, Interactive Brokers (activity statements), \
Coinbase, Kraken, Mint, YNAB, Monarch, Actual, Firefly III, Ghostfolio, Portfolio Performance, Wealthfolio and Sure are \
known, the lists of positions of Fidelity and Charles Schwab, and the table that `formats.write` writes. Any other table is \
read with a `mapping` of its columns.

Encoding: a byte order mark, else UTF-8 where all bytes are valid, else what an OFX header or an XML declaration names, \
else a guess from the bytes. The answer says which.

One separator, one order of day and month and one decimal mark hold for the whole file. They are decided by the caller, \
else by the layout, else by all cells: one `13/02/2026` settles every date, and one `12,50` every number. A file that can \
be read in two ways throughout is refused with both readings of an example (`date.ambiguous`, `decimal.ambiguous`), and \
one that contradicts itself with the two rows (`date.inconsistent`, `decimal.inconsistent`). `dialect` names the row that \
decided. A date is the written day: a time or a zone behind it never moves it.

Nothing is lost and nothing comes twice. Each row with a content is a transaction, a duplicate, a balance, a position, a \
problem or skipped, and `counts.rows` is the sum of them. A problem names its row, its line, its column and what was \
found, and costs no other row. Two equal coffees stay two, the same file gives the same ids, and an overlapping file adds \
only what is new when the ids of the first are given as `previous`, or when `ledger.merge` puts both together.

The id of a transaction is a fingerprint: FNV-1a with 128 bits, in 32 hexadecimal digits, of these fields in their order: \
the id of the account, the date, amount, currency (only if it is not the account's), security, quantity, description, payee, \
number of the check and reference; then the transaction's number, from 0, among those of the file that are equal in all \
of that. Each field is its text in UTF-8 with one space between words (the account and the security have their \
spaces as they are), and then the byte 255; a number has no trailing \
zeros, and what is absent is an empty text.

An amount is what the cash of the account changes by: a purchase by card is negative, whatever the export writes. An amount \
with the sign or the code of another currency than the account's is one of that currency; where the sign does not say which \
one, or contradicts the row, the row is a problem. Where some debits, or some credits, of a column have a minus and others \
have none, those that are fewer take others back; a file with as many of each is refused (`field.conflict`). A purchase or a \
sale without an amount comes to its quantity times its price, with its fees, where the price is that of a unit; otherwise it \
is a problem. The price of a trade is that of one unit of its quantity: of a bond that is quoted in percent, 0.995 for 99.5, \
where the amount says so. Cells that begin like formulas are data.

A list of positions of Fidelity or Charles Schwab says on which day it was made: that is the day of its positions, and of \
the cash among them, which is a balance. The positions of a statement of Interactive Brokers are of the last day of its period, \
and its cash by currency is a balance before the first day and at the end of the last. Positions of other tables have no day \
unless a column has it; `positionsAsOf` of `ledger.prove` gives one.

Of a number of an account, only the last four characters leave the engine. They are its id too. No two accounts of a file \
have one id: where two numbers end alike, the later one is `1234-2`, and so are names that are shown alike, are cut after 100 \
characters, or are like an id that is given already; the other account of a transfer has the same id there. In OFX, the bank, \
the kind of the account and its number are one account together. Different accounts whose numbers end alike, in several \
files, are distinguished by \
`account`, or by the aliases of `ledger.merge`, which reports such accounts where their institutions or kinds differ. \
Descriptions, memos, payees and references are as the source writes them, with any numbers in them: they are what \
people look for, and what tells transactions apart.

A row that stands for both sides of a transfer, as in exports of Firefly III or in a mapping with `transferAmount`, is two \
transactions, and so is a conversion of currencies. Where OFX states the tax that was withheld from income, the parts are the income and the tax, and the amount is \
what arrives; a reversal has both with the other sign. Amounts of OFX beside `CURRENCY` are in that currency, and those \
beside `ORIGCURRENCY` are converted already; a position has the currency of its security. OFX knows no groups of digits, so \
that a lone `1.234` is a fraction, but a lone `1,234` is refused where no other amount decides. Securities of one symbol and \
different unique ids are different securities, whose ids those are.

Of a statement of Interactive Brokers, a corporate action is on its report date, on which the account shows it, with the shares \
and the cash of its row. `Comm/Fee` is all that is charged for a trade, so a row of its transaction fees is a fee of its own \
only where the trade does not contain it. A security is in the currency of its rows; one that is listed in two currencies is \
two securities. Rows of a section that is not known are problems, but for sections that only sum up or explain.

The header of American Express with five columns is that of all countries: without `layout`, its account has no currency, and \
its dates decide their order. The one with three columns is any bank's, and is read with `layout: americanExpress` or \
`americanExpressUnitedKingdom`.

Of a journal, each account of assets and liabilities is an account. An entry is a transaction of each of them that it moves. \
The first whose money is in the currency of the entry carries what the entry is for: its parts are the accounts of income, \
expenses and equity, as categories, and transfers to the other accounts. An entry of several accounts against \
`Equity:Opening-Balances` states what each of them had, and nothing moves between them. An entry has at most 1,000 parts. One posting can leave out its amount, in each \
currency. Money is a currency of ISO 4217; any other commodity is a security. A balance of beancount is that of the end of \
the day before; one that hledger asserts is the balance after its transaction. A pad is the transaction that it stands for. \
Prices, rules and included files are skipped. A sale is what its price says, and a posting of gains is a part of it.

In the file of Portfolio Performance, a purchase is a transfer out of the account, and in the portfolio a purchase that this \
transfer pays. It needs version 29 or later.

A file has at most 200,000 rows, 10,000 accounts and 100,000 securities, and an input at most 16 MiB of JSON on every \
interface, so the rows of a larger file are read in parts, which `ledger.merge` puts together. Workbooks (XLSX) are read by \
`workbooks.read`.";

const WRITE: &str = "\
`csv` is a table with everything that the records have. Its first column says what a row is (account, security, transaction, \
split, balance, position), and the others have the names of the fields; the parts of a transaction stand in rows below it. \
`beancount` is a journal with the fields that it has no place for as metadata. `ghostfolio` is the table of activities that \
Ghostfolio imports, `qif` the Quicken Interchange Format and `ofx` Open Financial Exchange 2.2, with a statement for each \
account and currency. QIF has no currencies: what is not in the currency of its account is left out.

`omitted` names each record that the file has not, with the reason, and each field that it has not, or not in full. What is \
not named is read back by `formats.read` as it was. Where a format does not keep the id of an account, what belongs to the \
account names `account`, and no two accounts become one. No format has the place of a record in an earlier file; the ids of \
transactions stay in `csv` and `beancount`, and whoever reads another format makes its own.

The same records give the same bytes. In a table, a text that begins with `=`, `+`, `-`, `@`, a tab, the end of a line or an \
apostrophe gets an apostrophe in front of it, and so does an empty text that is not left out: no spreadsheet takes it for a \
formula, and `formats.read` takes the apostrophe away again. Numbers stay numbers.

In a journal, the account is `Assets` or `Liabilities` with its id, and the other side is an account of income or expenses \
by the category, or by what the transaction is. Both sides of a transfer stand in `Equity:Transfers`, whose balance is what is \
under way. Shares have what they cost or brought as a price in total, without lots, so that every entry balances exactly. A \
stated balance is an assertion: where the transactions do not lead to it, beancount says so. In OFX, bonds, options and \
digital assets are securities of any kind, since the elements for them need what a ledger does not know. A bank's statement \
ends with the balance that OFX requires: the last that is stated, else that after the last row; a bank's account of which \
neither is known is left out.";
