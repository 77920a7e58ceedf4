//! Programs for budgets and portfolios.

use wherewithal_ledger::LedgerTransactionType as Type;

use crate::{
    ColumnField as Field, DateOrder, DecimalMark,
    csv::layout::{Amount, Layout, Otherwise, PROGRAM, Word, is, needed, optional},
};

/// The words of Wealthfolio and Ghostfolio, and of columns that a caller describes.
pub(crate) const PORTFOLIO: &[Word] = &[
    is("buy", Type::Buy).outgoing(),
    is("sell", Type::Sell).incoming(),
    is("dividend", Type::Dividend).incoming(),
    is("interest", Type::Interest).incoming(),
    is("deposit", Type::Deposit).incoming(),
    is("withdrawal", Type::Withdrawal).outgoing(),
    is("fee", Type::Fee).outgoing(),
    is("tax", Type::Tax).outgoing(),
    is("transfer", Type::Transfer),
    is("transfer_in", Type::Transfer).incoming(),
    is("transfer_out", Type::Transfer).outgoing(),
    is("add_holding", Type::SecurityTransfer).still(),
    is("remove_holding", Type::SecurityTransfer).still_out(),
    is("split", Type::Split).still(),
    is("debit", Type::Withdrawal).outgoing(),
    is("credit", Type::Deposit).incoming(),
];

pub(super) const LAYOUTS: &[Layout] = &[
    // Seen in jbms/beancount-import (testdata/source/mint/mint.csv) and sunnywiz/minterpret (minterpret/MintRecord.cs):
    // amounts have no sign, and the type says which way they go.
    Layout {
        name: "mint",
        institution: Some("Mint"),
        columns: &[
            needed(Field::Date, &["date"]),
            needed(Field::Payee, &["description"]),
            needed(Field::Description, &["original description"]),
            needed(Field::Amount, &["amount"]),
            needed(Field::Type, &["transaction type"]),
            needed(Field::Category, &["category"]),
            needed(Field::Account, &["account name"]),
            optional(Field::Tags, &["labels"]),
            optional(Field::Memo, &["notes"]),
        ],
        words: &[is("debit", Type::Withdrawal).outgoing(), is("credit", Type::Deposit).incoming()],
        date_order: Some(DateOrder::MonthFirst),
        decimal_mark: Some(DecimalMark::Point),
        ..PROGRAM
    },
    // Seen in the exports that importers test for; the order of dates and the currency are the budget's.
    Layout {
        name: "ynab",
        institution: Some("YNAB"),
        columns: &[
            needed(Field::Account, &["account"]),
            optional(Field::Tags, &["flag"]),
            needed(Field::Date, &["date"]),
            needed(Field::Payee, &["payee"]),
            optional(Field::CategoryGroup, &["category group", "master category"]),
            needed(Field::Category, &["category", "sub category"]),
            needed(Field::Memo, &["memo"]),
            needed(Field::Debit, &["outflow"]),
            needed(Field::Credit, &["inflow"]),
        ],
        ..PROGRAM
    },
    // Seen in the exports that importers test for, with and without the owner.
    Layout {
        name: "monarch",
        institution: Some("Monarch"),
        columns: &[
            needed(Field::Date, &["date"]),
            needed(Field::Payee, &["merchant"]),
            needed(Field::Category, &["category"]),
            needed(Field::Account, &["account"]),
            needed(Field::Description, &["original statement"]),
            needed(Field::Memo, &["notes"]),
            needed(Field::Amount, &["amount"]),
            optional(Field::Tags, &["tags"]),
        ],
        date_order: Some(DateOrder::MonthFirst),
        decimal_mark: Some(DecimalMark::Point),
        ..PROGRAM
    },
    // Seen in actualbudget/actual (packages/loot-core/src/server/transactions/export/export-to-csv.ts) and we-promise/sure
    // (app/models/actual_import.rb): the parts of a split have rows of their own, and its total stands in another column.
    Layout {
        name: "actual",
        institution: Some("Actual"),
        columns: &[
            needed(Field::Account, &["account"]),
            needed(Field::Date, &["date"]),
            needed(Field::Payee, &["payee"]),
            needed(Field::Memo, &["notes"]),
            optional(Field::CategoryGroup, &["category_group"]),
            needed(Field::Category, &["category"]),
            needed(Field::Amount, &["amount"]),
            optional(Field::SplitAmount, &["split_amount"]),
        ],
        decimal_mark: Some(DecimalMark::Point),
        ..PROGRAM
    },
    // Seen in the exports that converters name in full; a row is a withdrawal from the source, a deposit to the destination
    // or a transfer between the two, whose foreign amount is that of the destination where its currency is another one.
    Layout {
        name: "fireflyIII",
        institution: Some("Firefly III"),
        columns: &[
            needed(Field::Reference, &["journal_id"]),
            needed(Field::Type, &["type"]),
            needed(Field::Amount, &["amount"]),
            needed(Field::Currency, &["currency_code"]),
            needed(Field::Description, &["description"]),
            needed(Field::Date, &["date"]),
            needed(Field::Account, &["source_name"]),
            needed(Field::TransferAccount, &["destination_name"]),
            optional(Field::TransferAmount, &["foreign_amount"]),
            optional(Field::TransferCurrency, &["foreign_currency_code"]),
            needed(Field::Category, &["category"]),
            optional(Field::Tags, &["tags"]),
            optional(Field::Memo, &["notes"]),
        ],
        words: &[
            is("withdrawal", Type::Withdrawal).outgoing(),
            is("deposit", Type::Deposit).incoming(),
            is("transfer", Type::Transfer).outgoing(),
            is("opening balance", Type::Other),
            is("reconciliation", Type::Other),
        ],
        decimal_mark: Some(DecimalMark::Point),
        has_both_sides: true,
        ..PROGRAM
    },
    // Seen in the documentation of Ghostfolio's import, of which converters such as dickwolff/Export-To-Ghostfolio make
    // files: the amount is quantity times price.
    Layout {
        name: "ghostfolio",
        institution: Some("Ghostfolio"),
        columns: &[
            needed(Field::Date, &["date"]),
            needed(Field::Symbol, &["code", "symbol"]),
            needed(Field::SecurityType, &["datasource"]),
            needed(Field::Currency, &["currency"]),
            needed(Field::Price, &["price", "unitprice"]),
            needed(Field::Quantity, &["quantity"]),
            needed(Field::Type, &["action", "type"]),
            needed(Field::Fees, &["fee"]),
            optional(Field::Memo, &["note", "comment"]),
            optional(Field::Account, &["account", "accountid"]),
        ],
        words: PORTFOLIO,
        otherwise: Otherwise::Broker,
        amount: Amount::FromPrice,
        decimal_mark: Some(DecimalMark::Point),
        ..PROGRAM
    },
    // Seen in the exports that converters write and that other programs import; this is the English one.
    Layout {
        name: "portfolioPerformance",
        institution: Some("Portfolio Performance"),
        columns: &[
            needed(Field::Date, &["date"]),
            needed(Field::Type, &["type"]),
            needed(Field::Amount, &["value"]),
            needed(Field::Currency, &["transaction currency"]),
            needed(Field::Fees, &["fees"]),
            optional(Field::Quantity, &["shares"]),
            needed(Field::Isin, &["isin"]),
            needed(Field::Symbol, &["ticker symbol"]),
            needed(Field::SecurityName, &["security name"]),
            needed(Field::Memo, &["note"]),
            optional(Field::Account, &["cash account"]),
        ],
        words: &[
            is("buy", Type::Buy).outgoing(),
            is("sell", Type::Sell).incoming(),
            is("dividend", Type::Dividend).incoming(),
            is("interest", Type::Interest).incoming(),
            is("interest charge", Type::Interest).outgoing(),
            is("deposit", Type::Deposit).incoming(),
            is("removal", Type::Withdrawal).outgoing(),
            is("fees", Type::Fee).outgoing(),
            is("fees refund", Type::Refund).incoming(),
            is("taxes", Type::Tax).outgoing(),
            is("tax refund", Type::Tax).incoming(),
            is("transfer (inbound)", Type::Transfer).incoming(),
            is("transfer (outbound)", Type::Transfer).outgoing(),
            is("delivery (inbound)", Type::SecurityTransfer).still(),
            is("delivery (outbound)", Type::SecurityTransfer).still_out(),
        ],
        otherwise: Otherwise::Broker,
        ..PROGRAM
    },
    // Seen in afadil/wealthfolio, whose import page shows the columns and the words; `$CASH-USD` stands for money.
    Layout {
        name: "wealthfolio",
        institution: Some("Wealthfolio"),
        columns: &[
            needed(Field::Date, &["date"]),
            needed(Field::Symbol, &["symbol"]),
            needed(Field::Quantity, &["quantity"]),
            needed(Field::Type, &["activitytype"]),
            needed(Field::Price, &["unitprice"]),
            needed(Field::Currency, &["currency"]),
            optional(Field::Fees, &["fee"]),
            optional(Field::Amount, &["amount"]),
            optional(Field::Memo, &["comment"]),
        ],
        words: PORTFOLIO,
        otherwise: Otherwise::Broker,
        amount: Amount::FromPrice,
        decimal_mark: Some(DecimalMark::Point),
        ..PROGRAM
    },
    // Seen in we-promise/sure (app/models/transaction_import.rb), in its template; a star marks what a row must have.
    Layout {
        name: "sure",
        institution: Some("Sure"),
        columns: &[
            needed(Field::Date, &["date*"]),
            needed(Field::Amount, &["amount*"]),
            needed(Field::Description, &["name"]),
            needed(Field::Currency, &["currency"]),
            needed(Field::Category, &["category"]),
            optional(Field::Tags, &["tags"]),
            optional(Field::Account, &["account"]),
            needed(Field::Memo, &["notes"]),
        ],
        ..PROGRAM
    },
];
