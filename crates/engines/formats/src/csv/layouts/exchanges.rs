//! Exchanges of digital assets.

use wherewithal_household::AccountKind;
use wherewithal_ledger::LedgerTransactionType as Type;

use crate::{
    ColumnField as Field, DecimalMark,
    csv::layout::{Amount, BANK, Holder, Layout, Otherwise, has, is, needed, optional},
};

const EXCHANGE: Layout = Layout {
    holder: Holder::Asset(Some(AccountKind::Cryptocurrency)),
    otherwise: Otherwise::Broker,
    decimal_mark: Some(DecimalMark::Point),
    ..BANK
};

pub(super) const LAYOUTS: &[Layout] = &[
    // Seen in BittyTax/BittyTax (src/bittytax/conv/parsers/coinbase.py), where its four generations have one parser each, and
    // in VibeNL/GhostfolioSidekick (Parsers/Coinbase). Dates have the year first; the total contains the fees. What an asset
    // was converted to stands in the notes.
    Layout {
        name: "coinbase",
        institution: Some("Coinbase"),
        columns: &[
            optional(Field::Reference, &["id"]),
            needed(Field::Date, &["timestamp"]),
            needed(Field::Type, &["transaction type"]),
            needed(Field::Symbol, &["asset"]),
            needed(Field::Quantity, &["quantity transacted"]),
            needed(Field::Currency, &["price currency", "spot price currency"]),
            needed(Field::Price, &["price at transaction", "spot price at transaction"]),
            needed(Field::Amount, &["total (inclusive of fees and/or spread)", "total (inclusive of fees)"]),
            needed(Field::Fees, &["fees and/or spread", "fees"]),
            needed(Field::Description, &["notes"]),
        ],
        words: &[
            is("buy", Type::Buy).outgoing(),
            is("advanced trade buy", Type::Buy).outgoing(),
            is("advance trade buy", Type::Buy).outgoing(),
            is("sell", Type::Sell).incoming(),
            is("advanced trade sell", Type::Sell).incoming(),
            is("advance trade sell", Type::Sell).incoming(),
            is("convert", Type::Sell).incoming(),
            is("send", Type::SecurityTransfer).still_out(),
            is("receive", Type::SecurityTransfer).still(),
            is("deposit", Type::Deposit).incoming(),
            is("withdrawal", Type::Withdrawal).outgoing(),
            has("reward", Type::Reward).still(),
            has("staking income", Type::Reward).still(),
        ],
        ..EXCHANGE
    },
    // Seen in BittyTax/BittyTax (src/bittytax/conv/parsers/kraken.py) and laboon/kraken_parser: the ledger, with a row for
    // each side of a trade; amounts are before fees. Columns for the wallet and the subclass came later.
    Layout {
        name: "kraken",
        institution: Some("Kraken"),
        columns: &[
            needed(Field::Reference, &["txid"]),
            needed(Field::Memo, &["refid"]),
            needed(Field::Date, &["time"]),
            needed(Field::Type, &["type"]),
            optional(Field::Category, &["subtype"]),
            needed(Field::SecurityType, &["aclass"]),
            needed(Field::Asset, &["asset"]),
            needed(Field::Amount, &["amount"]),
            needed(Field::Fees, &["fee"]),
            optional(Field::Balance, &["balance"]),
        ],
        words: &[
            is("deposit", Type::Deposit),
            is("withdrawal", Type::Withdrawal),
            is("staking", Type::Reward),
            is("earn", Type::Reward),
            is("dividend", Type::Dividend),
            is("transfer", Type::SecurityTransfer),
        ],
        amount: Amount::BeforeFees,
        ..EXCHANGE
    },
];
