//! Cards.

use wherewithal_ledger::LedgerTransactionType as Type;

use crate::{
    ColumnField as Field, DateOrder,
    csv::layout::{Amount, Column, Layout, US_CARD, Word, has, is, needed, optional, starts, telling},
};

/// The words of Chase's column `Type`.
const CHASE: &[Word] = &[
    is("sale", Type::Purchase),
    is("return", Type::Refund),
    is("refund", Type::Refund),
    is("payment", Type::Payment),
    is("fee", Type::Fee),
    has("interest", Type::Interest),
    is("cash advance", Type::Withdrawal),
];

/// The words of Apple's column `Type`.
const APPLE: &[Word] = &[
    is("purchase", Type::Purchase),
    is("payment", Type::Payment),
    is("credit", Type::Refund),
    is("refund", Type::Refund),
    is("installment", Type::Purchase),
    is("interest", Type::Interest),
    is("adjustment", Type::Other),
    is("fee", Type::Fee),
];

/// The words of American Express's column `Category`, and of Discover's.
const CATEGORIES: &[Word] =
    &[starts("fees & adjustments", Type::Fee), starts("fees", Type::Fee), is("interest", Type::Interest)];

/// American Express in the United States.
const AMERICAN_EXPRESS: Layout = Layout {
    name: "americanExpress",
    institution: Some("American Express"),
    columns: &[
        needed(Field::Date, &["date"]),
        needed(Field::Description, &["description"]),
        needed(Field::Amount, &["amount"]),
        optional(Field::AccountNumber, &["account #"]),
        needed(Field::Memo, &["extended details"]),
        optional(Field::Payee, &["appears on your statement as"]),
        needed(Field::Reference, &["reference"]),
        needed(Field::Category, &["category"]),
    ],
    words: CATEGORIES,
    amount: Amount::Reversed,
    ..US_CARD
};

/// The columns of American Express for several cards, and for one.
const CARDS: &[Column] = &[
    needed(Field::Date, &["date"]),
    needed(Field::Description, &["description"]),
    telling(&["card member"]),
    needed(Field::AccountNumber, &["account #"]),
    needed(Field::Amount, &["amount"]),
    optional(Field::Reference, &["reference"]),
    optional(Field::Category, &["category"]),
];
const ONE_CARD: &[Column] = &[
    needed(Field::Date, &["date"]),
    needed(Field::Description, &["description"]),
    needed(Field::Amount, &["amount"]),
];

const UNITED_KINGDOM: Layout = Layout {
    name: "americanExpressUnitedKingdom",
    date_order: Some(DateOrder::DayFirst),
    currency: Some("GBP"),
    ..AMERICAN_EXPRESS
};

pub(super) const LAYOUTS: &[Layout] = &[
    // Seen in romaninozemtsev/finny (src/components/finance/configs/columns.js) and Ancient-Roman/budgeting-dashboard
    // (src/app/types/csvParse.ts); purchases are negative.
    Layout {
        name: "chaseCard",
        institution: Some("Chase"),
        columns: &[
            optional(Field::AccountNumber, &["card"]),
            needed(Field::Date, &["transaction date"]),
            needed(Field::SettlementDate, &["post date"]),
            needed(Field::Description, &["description"]),
            needed(Field::Category, &["category"]),
            needed(Field::Type, &["type"]),
            needed(Field::Amount, &["amount"]),
            optional(Field::Memo, &["memo"]),
        ],
        words: CHASE,
        ..US_CARD
    },
    // Seen in romaninozemtsev/finny (src/components/finance/configs/columns.js); purchases are negative.
    Layout {
        name: "bankOfAmericaCard",
        institution: Some("Bank of America"),
        columns: &[
            needed(Field::Date, &["posted date"]),
            needed(Field::Reference, &["reference number"]),
            needed(Field::Description, &["payee"]),
            needed(Field::Memo, &["address"]),
            needed(Field::Amount, &["amount"]),
        ],
        ..US_CARD
    },
    // Seen in the header that importers test for, with and without the member's name; credits have a minus.
    Layout {
        name: "citiCard",
        institution: Some("Citi"),
        columns: &[
            telling(&["status"]),
            needed(Field::Date, &["date"]),
            needed(Field::Description, &["description"]),
            needed(Field::Debit, &["debit"]),
            needed(Field::Credit, &["credit"]),
        ],
        ..US_CARD
    },
    // Seen in mendelmaleh/pfin (parser/capitalone/types.go).
    Layout {
        name: "capitalOneCard",
        institution: Some("Capital One"),
        columns: &[
            needed(Field::Date, &["transaction date"]),
            needed(Field::SettlementDate, &["posted date"]),
            needed(Field::AccountNumber, &["card no."]),
            needed(Field::Description, &["description"]),
            needed(Field::Category, &["category"]),
            needed(Field::Debit, &["debit"]),
            needed(Field::Credit, &["credit"]),
        ],
        ..US_CARD
    },
    // Seen in jbmilgrom/budget-interpreter (src/amex/index.ts) and described by jmcameron/amex2qif (README.md); charges are
    // positive.
    AMERICAN_EXPRESS,
    // Seen in the headers that importers test for: the short form that is downloaded if nothing else is chosen. It is the same
    // in all countries, so it has neither a currency nor an order of dates unless the caller names the layout; and the header
    // with three columns is that of any bank.
    Layout { columns: CARDS, is_named_only: true, ..AMERICAN_EXPRESS },
    Layout { columns: CARDS, date_order: None, currency: None, ..AMERICAN_EXPRESS },
    Layout { columns: ONE_CARD, is_named_only: true, ..AMERICAN_EXPRESS },
    // Seen in the headers that importers test for: the same with the town and the postcode of the United Kingdom, and the
    // day first.
    Layout {
        columns: &[
            needed(Field::Date, &["date"]),
            needed(Field::Description, &["description"]),
            needed(Field::Amount, &["amount"]),
            optional(Field::AccountNumber, &["account #"]),
            needed(Field::Memo, &["extended details"]),
            optional(Field::Payee, &["appears on your statement as"]),
            telling(&["town/city"]),
            needed(Field::Reference, &["reference"]),
            needed(Field::Category, &["category"]),
        ],
        ..UNITED_KINGDOM
    },
    Layout { columns: CARDS, is_named_only: true, ..UNITED_KINGDOM },
    Layout { columns: ONE_CARD, is_named_only: true, ..UNITED_KINGDOM },
    // Seen in ryepup/ynab-discover (README.md) and redstreet/beancount_reds_importers (discover_csv); charges are positive.
    Layout {
        name: "discoverCard",
        institution: Some("Discover"),
        columns: &[
            needed(Field::Date, &["trans. date", "trans date"]),
            needed(Field::SettlementDate, &["post date"]),
            needed(Field::Description, &["description"]),
            needed(Field::Amount, &["amount"]),
            needed(Field::Category, &["category"]),
        ],
        words: CATEGORIES,
        amount: Amount::Reversed,
        ..US_CARD
    },
    // Seen in the header that importers test for, and described beside it: charges are positive.
    Layout {
        name: "appleCard",
        institution: Some("Apple"),
        columns: &[
            needed(Field::Date, &["transaction date"]),
            needed(Field::SettlementDate, &["clearing date"]),
            needed(Field::Description, &["description"]),
            needed(Field::Payee, &["merchant"]),
            needed(Field::Category, &["category"]),
            needed(Field::Type, &["type"]),
            needed(Field::Amount, &["amount (usd)"]),
            optional(Field::AccountNumber, &["last four digits"]),
        ],
        words: APPLE,
        amount: Amount::Reversed,
        ..US_CARD
    },
];
