//! Banks.

use wherewithal_household::AccountKind;
use wherewithal_ledger::LedgerTransactionType as Type;

use crate::{
    ColumnField as Field,
    csv::layout::{Holder, Layout, Shape, US_BANK, Word, has, is, needed, optional, starts},
};

/// The words of Chase's column `Type`.
const CHASE: &[Word] = &[
    is("acct_xfer", Type::Transfer),
    is("loan_pmt", Type::Payment),
    is("fee_transaction", Type::Fee),
    is("atm", Type::Withdrawal),
    is("atm_deposit", Type::Deposit),
    is("debit_card", Type::Purchase),
    is("check_paid", Type::Payment),
    is("check_deposit", Type::Deposit),
    is("billpay", Type::Payment),
    is("chase_to_partnerfi", Type::Transfer),
    is("partnerfi_to_chase", Type::Transfer),
    is("refund_transaction", Type::Refund),
    starts("quickpay", Type::Transfer),
    starts("wire", Type::Transfer),
    has("interest", Type::Interest),
];

/// The words of a description, where there is no column for the type.
const DESCRIPTIONS: &[Word] = &[starts("interest ", Type::Interest), has("interest paid", Type::Interest)];

pub(super) const LAYOUTS: &[Layout] = &[
    // Seen in the importers of redstreet/beancount_reds_importers (chase) and romaninozemtsev/finny
    // (src/components/finance/configs/columns.js), and in the header that many others test for.
    Layout {
        name: "chaseBank",
        institution: Some("Chase"),
        columns: &[
            needed(Field::Date, &["posting date"]),
            needed(Field::Description, &["description"]),
            needed(Field::Amount, &["amount"]),
            needed(Field::Type, &["type"]),
            needed(Field::Balance, &["balance"]),
            optional(Field::CheckNumber, &["check or slip #"]),
        ],
        words: CHASE,
        ..US_BANK
    },
    // Seen in romaninozemtsev/finny (src/components/finance/configs/columns.js); the lines before the header in the exports
    // that importers skip: `Description,,Summary Amt.`, the balances and the totals.
    Layout {
        name: "bankOfAmericaBank",
        institution: Some("Bank of America"),
        columns: &[
            needed(Field::Date, &["date"]),
            needed(Field::Description, &["description"]),
            needed(Field::Amount, &["amount"]),
            needed(Field::Balance, &["running bal."]),
        ],
        words: DESCRIPTIONS,
        ..US_BANK
    },
    // Seen in the exports that parsers describe as five columns without a header: date, amount, an asterisk, the number of
    // a check, description (AustinMichaelColeman/transactionDownloader downloads them).
    Layout {
        name: "wellsFargo",
        institution: Some("Wells Fargo"),
        holder: Holder::Unknown,
        columns: &[
            needed(Field::Date, &["1"]),
            needed(Field::Amount, &["2"]),
            needed(Field::CheckNumber, &["4"]),
            needed(Field::Description, &["5"]),
        ],
        words: DESCRIPTIONS,
        shape: Shape::Headerless,
        ..US_BANK
    },
    // Seen in the header that importers test for: amounts without a sign, and `Debit` or `Credit` beside them.
    Layout {
        name: "capitalOneBank",
        institution: Some("Capital One"),
        columns: &[
            needed(Field::AccountNumber, &["account number"]),
            needed(Field::Description, &["transaction description"]),
            needed(Field::Date, &["transaction date"]),
            needed(Field::Type, &["transaction type"]),
            needed(Field::Amount, &["transaction amount"]),
            optional(Field::Balance, &["balance"]),
        ],
        words: &[is("debit", Type::Withdrawal).outgoing(), is("credit", Type::Deposit).incoming()],
        ..US_BANK
    },
    // Seen in redstreet/beancount_reds_importers (importers/schwab/tests/schwab_csv_checking).
    Layout {
        name: "schwabBank",
        institution: Some("Charles Schwab Bank"),
        holder: Holder::Asset(Some(AccountKind::Checking)),
        columns: &[
            needed(Field::Date, &["date"]),
            needed(Field::Type, &["type"]),
            needed(Field::CheckNumber, &["checknumber", "check #"]),
            needed(Field::Description, &["description"]),
            needed(Field::Debit, &["withdrawal", "withdrawal (-)"]),
            needed(Field::Credit, &["deposit", "deposit (+)"]),
            optional(Field::Balance, &["runningbalance"]),
        ],
        words: &[
            is("transfer", Type::Transfer),
            is("check", Type::Payment),
            is("visa", Type::Purchase),
            is("atm", Type::Withdrawal),
            is("intadjust", Type::Interest),
            has("interest", Type::Interest),
        ],
        account_lines: &["transactions"],
        ..US_BANK
    },
];
