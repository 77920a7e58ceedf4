//! The activity statement of Interactive Brokers, whose sections have headers of their own.

use wherewithal_household::AccountKind;
use wherewithal_ledger::LedgerTransactionType as Type;

use crate::{
    ColumnField as Field, DecimalMark,
    csv::layout::{
        Amount, BANK, Column, Holder, Layout, Otherwise, Record, Shape, Word, has, is, needed, nothing,
        optional,
    },
};

/// What its columns mean, Interactive Brokers' reference of its reports says: `Comm/Fee` is all that is charged for a trade, so
/// the fees of the section of their own are a part of it; cash at the start and at the end is by the day of trade; and a
/// corporate action changes the account on its report date.
///
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

/// A section with cash alone.
const fn cash(section: &'static str, words: &'static [Word]) -> Layout {
    Layout { columns: CASH, words, shape: Shape::Section(section), ..STATEMENT }
}

const INTEREST: &[Word] = &[has("", Type::Interest)];

/// Why an execution is skipped in a statement that has orders.
pub(crate) const EXECUTION: &str = "an execution, which its order contains";

/// The sections without transactions, balances and positions: summaries of what other sections have, accruals, and what the
/// statement says of instruments and words. They are those of the reference of Interactive Brokers' reports.
pub(crate) const WITHOUT_RECORDS: &[&str] = &[
    "statement",
    "account information",
    "account summary",
    "base currency exchange rate",
    "borrow fee details",
    "change in dividend accruals",
    "change in nav",
    "change in position value",
    "client fee expense details",
    "codes",
    "collateral for customer borrowing",
    "commission details",
    "complex positions summary",
    "credit interest details",
    "debit interest details",
    "details of fees and charges",
    "financial instrument information",
    "forex balances",
    "forex p/l details",
    "incentive coupon accrual details",
    "interest accruals",
    "location of customer assets, positions and money",
    "mark-to-market performance summary",
    "month & year to date performance summary",
    "net asset value",
    "net stock position summary",
    "notes",
    "notes/legal notes",
    "open dividend accruals",
    "realized & unrealized performance summary",
    "trade summary by asset class",
    "trade summary by symbol",
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
            optional(Field::Commission, &["comm/fee", "comm in \u{2026}"]),
        ],
        words: &[
            nothing("trade", EXECUTION),
            nothing("execution", EXECUTION),
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
    cash("deposits & withdrawals", &[has("", Type::Transfer)]),
    cash("dividends", &[has("return of capital", Type::ReturnOfCapital), has("", Type::Dividend)]),
    cash("withholding tax", &[has("", Type::Withholding)]),
    cash("payment in lieu of dividends", &[has("", Type::Dividend)]),
    cash("interest", INTEREST),
    cash("bond interest", INTEREST),
    cash("bond interest received", INTEREST),
    cash("bond interest paid", INTEREST),
    cash("broker interest received", INTEREST),
    cash("broker interest paid", INTEREST),
    cash("commission adjustments", &[has("", Type::Fee)]),
    cash("other fees", &[has("", Type::Fee)]),
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
    Layout {
        record: Record::Cash,
        columns: &[
            needed(Field::Type, &["currency summary"]),
            needed(Field::Currency, &["currency"]),
            optional(Field::AccountNumber, &["account"]),
            needed(Field::Value, &["total"]),
        ],
        shape: Shape::Section("cash report"),
        ..STATEMENT
    },
    Layout {
        record: Record::CorporateAction,
        columns: &[
            needed(Field::SecurityType, &["asset category"]),
            needed(Field::Currency, &["currency"]),
            optional(Field::AccountNumber, &["account"]),
            needed(Field::Date, &["report date", "date/time"]),
            needed(Field::Description, &["description"]),
            needed(Field::Quantity, &["quantity"]),
            needed(Field::Amount, &["proceeds"]),
        ],
        shape: Shape::Section("corporate actions"),
        ..STATEMENT
    },
    Layout {
        record: Record::TradeFee,
        columns: &[
            needed(Field::SecurityType, &["asset category"]),
            needed(Field::Currency, &["currency"]),
            optional(Field::AccountNumber, &["account"]),
            needed(Field::Date, &["date/time"]),
            needed(Field::Symbol, &["symbol"]),
            needed(Field::Description, &["description"]),
            needed(Field::Amount, &["amount"]),
        ],
        words: &[has("", Type::Fee)],
        shape: Shape::Section("transaction fees"),
        ..STATEMENT
    },
    Layout {
        columns: &[
            needed(Field::Type, &["asset category"]),
            needed(Field::SecurityType, &["asset category"]),
            needed(Field::Currency, &["currency"]),
            optional(Field::AccountNumber, &["account"]),
            needed(Field::Symbol, &["symbol"]),
            needed(Field::Date, &["date"]),
            needed(Field::Description, &["type"]),
            needed(Field::Quantity, &["qty", "quantity"]),
            needed(Field::Amount, &["cash amount"]),
        ],
        words: &[is("cash", Type::Transfer), has("", Type::SecurityTransfer)],
        shape: Shape::Section("transfers"),
        ..STATEMENT
    },
];
