//! The activity statement of Interactive Brokers, whose sections have headers of their own.

use wherewithal_household::AccountKind;
use wherewithal_ledger::LedgerTransactionType as Type;

use crate::{
    ColumnField as Field, DecimalMark,
    csv::layout::{
        Amount, BANK, Column, Holder, Layout, Otherwise, Record, Shape, has, is, needed, nothing, optional,
    },
};

/// Seen in the fixtures of importers, such as those of slmyers/portfolio_tracker (docs/ibkr_csv_module.md) and
/// juliusliu02/ibkrStatementParser (README.md); dates have the year first.
const STATEMENT: Layout = Layout {
    name: "interactiveBrokers",
    institution: Some("Interactive Brokers"),
    holder: Holder::Asset(Some(AccountKind::Brokerage)),
    otherwise: Otherwise::Broker,
    decimal_mark: Some(DecimalMark::Point),
    ..BANK
};

/// The columns of the sections with cash alone.
const CASH: &[Column] = &[
    needed(Field::Currency, &["currency"]),
    optional(Field::AccountNumber, &["account"]),
    needed(Field::Date, &["date", "settle date"]),
    needed(Field::Description, &["description"]),
    needed(Field::Amount, &["amount"]),
];

pub(super) const LAYOUTS: &[Layout] = &[
    Layout {
        columns: &[
            needed(Field::Type, &["datadiscriminator"]),
            needed(Field::SecurityType, &["asset category"]),
            needed(Field::Currency, &["currency"]),
            optional(Field::AccountNumber, &["account"]),
            needed(Field::Symbol, &["symbol"]),
            needed(Field::Date, &["date/time"]),
            needed(Field::Quantity, &["quantity"]),
            optional(Field::Price, &["t. price"]),
            needed(Field::Amount, &["proceeds"]),
            optional(
                Field::Commission,
                &[
                    "comm/fee",
                    "comm in usd",
                    "comm in eur",
                    "comm in gbp",
                    "comm in chf",
                    "comm in cad",
                    "comm in aud",
                    "comm in jpy",
                    "comm in hkd",
                ],
            ),
        ],
        words: &[
            nothing("trade", "an execution, which its order contains"),
            nothing("execution", "an execution, which its order contains"),
            nothing("closedlot", "a lot, which its order contains"),
        ],
        amount: Amount::BeforeFees,
        shape: Shape::Section("trades"),
        ..STATEMENT
    },
    Layout {
        record: Record::Position,
        columns: &[
            needed(Field::Type, &["datadiscriminator"]),
            needed(Field::SecurityType, &["asset category"]),
            needed(Field::Currency, &["currency"]),
            optional(Field::AccountNumber, &["account"]),
            needed(Field::Symbol, &["symbol"]),
            needed(Field::Quantity, &["quantity"]),
            optional(Field::Price, &["close price"]),
            optional(Field::Value, &["value"]),
            optional(Field::CostBasis, &["cost basis"]),
        ],
        words: &[nothing("lot", "a lot, which its position contains")],
        shape: Shape::Section("open positions"),
        ..STATEMENT
    },
    Layout {
        columns: CASH,
        words: &[has("", Type::Transfer)],
        shape: Shape::Section("deposits & withdrawals"),
        ..STATEMENT
    },
    Layout {
        columns: CASH,
        words: &[has("return of capital", Type::ReturnOfCapital), has("", Type::Dividend)],
        shape: Shape::Section("dividends"),
        ..STATEMENT
    },
    Layout {
        columns: CASH,
        words: &[has("", Type::Withholding)],
        shape: Shape::Section("withholding tax"),
        ..STATEMENT
    },
    Layout {
        columns: CASH,
        words: &[has("", Type::Interest)],
        shape: Shape::Section("interest"),
        ..STATEMENT
    },
    Layout {
        columns: &[
            optional(Field::Category, &["subtitle"]),
            needed(Field::Currency, &["currency"]),
            optional(Field::AccountNumber, &["account"]),
            needed(Field::Date, &["date"]),
            needed(Field::Description, &["description"]),
            needed(Field::Amount, &["amount"]),
        ],
        words: &[is("reward", Type::Reward), has("", Type::Fee)],
        shape: Shape::Section("fees"),
        ..STATEMENT
    },
];
