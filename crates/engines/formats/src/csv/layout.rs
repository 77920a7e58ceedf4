//! What a layout is: the header by which a file is known, what its columns mean, and what the words of its rows say.

use wherewithal_household::{AccountKind, LiabilityKind};
use wherewithal_ledger::LedgerTransactionType;

use crate::{ColumnField, DateOrder, DecimalMark};

/// The export of an institution or a program. It is data: each layout is one entry of a table.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    /// Its name, such as `chaseCard`.
    pub(crate) name: &'static str,
    /// Whose export it is.
    pub(crate) institution: Option<&'static str>,
    /// What an account of it is.
    pub(crate) holder: Holder,
    /// The columns that it can have.
    pub(crate) columns: &'static [Column],
    /// What a row is.
    pub(crate) record: Record,
    /// What the words of the type say, in the order in which they are tried.
    pub(crate) words: &'static [Word],
    /// What a row is whose words say nothing.
    pub(crate) otherwise: Otherwise,
    /// How the amount is to be read.
    pub(crate) amount: Amount,
    /// The order of its dates, if it is always the same.
    pub(crate) date_order: Option<DateOrder>,
    /// Its decimal mark, if it is always the same.
    pub(crate) decimal_mark: Option<DecimalMark>,
    /// The currency of amounts without their own.
    pub(crate) currency: Option<&'static str>,
    /// How rows stand in the file.
    pub(crate) shape: Shape,
    /// How lines before the header begin that name the account, in lower case.
    pub(crate) account_lines: &'static [&'static str],
    /// Whether a line with one cell names the account of the rows below it.
    pub(crate) has_account_blocks: bool,
    /// How lines begin that state the day of its positions, in lower case.
    pub(crate) day_lines: &'static [&'static str],
    /// Whether the row of a transfer stands for both of its accounts, the source and the destination.
    pub(crate) has_both_sides: bool,
    /// Whether the caller describes the columns.
    pub(crate) is_mapping: bool,
    /// Whether the header is too common to tell whose export it is: the layout is taken only where the caller names it.
    pub(crate) is_named_only: bool,
}

/// What an account is.
#[derive(Clone, Copy)]
pub(crate) enum Holder {
    /// An asset, perhaps of a known kind.
    Asset(Option<AccountKind>),
    /// A debt.
    Debt(LiabilityKind),
    /// Either: the export of a program with accounts of every kind.
    Unknown,
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Record {
    Transaction,
    Position,
    /// The cash of an account at the beginning or the end of a statement, or a part of its change.
    Cash,
    /// What a company does to the shares of an account.
    CorporateAction,
    /// A fee of a trade, which the fees of the trade may contain.
    TradeFee,
}

/// How rows stand in a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One header, then rows.
    Table,
    /// Several tables one after another, each with a header of its own; this is one of them.
    OneOfSeveral,
    /// Rows whose first cell names a section and whose second says whether it is a header; this is the section.
    Section(&'static str),
    /// Rows without a header, in columns that always stand in the same order.
    Headerless,
}

impl Shape {
    /// Whether it is the section of a name.
    pub(crate) fn is_section(self, name: &str) -> bool {
        matches!(self, Self::Section(section) if section.eq_ignore_ascii_case(name))
    }
}

/// A column.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    /// Its names, in lower case; one that ends with an ellipsis stands for all that begin so.
    pub(crate) names: &'static [&'static str],
    /// What it has; `None` if it only tells the layout.
    pub(crate) field: Option<ColumnField>,
    /// Whether a file of the layout always has it.
    pub(crate) needed: bool,
}

/// A column that a file of the layout always has.
pub(crate) const fn needed(field: ColumnField, names: &'static [&'static str]) -> Column {
    Column { names, field: Some(field), needed: true }
}

/// A column that it may have.
pub(crate) const fn optional(field: ColumnField, names: &'static [&'static str]) -> Column {
    Column { names, field: Some(field), needed: false }
}

/// A column that only tells the layout.
pub(crate) const fn telling(names: &'static [&'static str]) -> Column {
    Column { names, field: None, needed: true }
}

/// A word of the type of a row, and what it says.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    /// The word, in lower case.
    pub(crate) word: &'static str,
    pub(crate) place: WordPlace,
    pub(crate) says: Says,
    pub(crate) flow: Flow,
    /// Whether a row with the shares can leave the money to another row.
    pub(crate) is_paid_apart: bool,
}

/// Where a word stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordPlace {
    Whole,
    Start,
    Within,
}

/// What a word says that a row is.
#[derive(Clone, Copy)]
pub(crate) enum Says {
    Type(LedgerTransactionType),
    /// No transaction, for a reason.
    Nothing(&'static str),
    /// The cash of an account, in a table of positions.
    Cash,
}

/// Which way the money of a row goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// As the sign of the amount says.
    Signed,
    /// In, whatever its sign.
    In,
    /// Out, whatever its sign.
    Out,
    /// Nowhere: the amount is what shares are worth that move, in or as the sign of their number says.
    Still,
    /// Nowhere, and the shares move out.
    StillOut,
}

impl Word {
    const fn new(word: &'static str, place: WordPlace, says: LedgerTransactionType) -> Self {
        Self { word, place, says: Says::Type(says), flow: Flow::Signed, is_paid_apart: false }
    }

    const fn flowing(mut self, flow: Flow) -> Self {
        self.flow = flow;
        self
    }

    pub(crate) const fn incoming(self) -> Self {
        self.flowing(Flow::In)
    }

    pub(crate) const fn outgoing(self) -> Self {
        self.flowing(Flow::Out)
    }

    pub(crate) const fn still(self) -> Self {
        self.flowing(Flow::Still)
    }

    pub(crate) const fn still_out(self) -> Self {
        self.flowing(Flow::StillOut)
    }

    pub(crate) const fn paid_apart(mut self) -> Self {
        self.is_paid_apart = true;
        self
    }

    pub(crate) fn is_in(&self, text: &str) -> bool {
        match self.place {
            WordPlace::Whole => text == self.word,
            WordPlace::Start => text.starts_with(self.word),
            WordPlace::Within => text.contains(self.word),
        }
    }
}

/// The whole text.
pub(crate) const fn is(word: &'static str, says: LedgerTransactionType) -> Word {
    Word::new(word, WordPlace::Whole, says)
}

/// The beginning of the text.
pub(crate) const fn starts(word: &'static str, says: LedgerTransactionType) -> Word {
    Word::new(word, WordPlace::Start, says)
}

/// A part of the text.
pub(crate) const fn has(word: &'static str, says: LedgerTransactionType) -> Word {
    Word::new(word, WordPlace::Within, says)
}

/// The whole text, of a row that is no transaction.
pub(crate) const fn nothing(word: &'static str, reason: &'static str) -> Word {
    Word {
        word,
        place: WordPlace::Whole,
        says: Says::Nothing(reason),
        flow: Flow::Signed,
        is_paid_apart: false,
    }
}

/// A part of the text of a row that is the cash of an account.
pub(crate) const fn cash(word: &'static str) -> Word {
    Word { word, place: WordPlace::Within, says: Says::Cash, flow: Flow::Signed, is_paid_apart: false }
}

/// What a row is whose words say nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Otherwise {
    /// Of a bank: a deposit or a withdrawal.
    Bank,
    /// Of a card: a purchase, a payment or a refund.
    Card,
    /// Of a broker: something else, or a purchase or a sale if the words are missing and shares move.
    Broker,
}

/// How the amount is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// A positive amount comes in.
    Signed,
    /// A positive amount goes out.
    Reversed,
    /// A positive amount comes in, and fees stand beside it.
    BeforeFees,
    /// It is the quantity times the price, and fees stand beside it, unless it is given.
    FromPrice,
}

/// The common parts of layouts.
pub(crate) const BANK: Layout = Layout {
    name: "",
    institution: None,
    holder: Holder::Asset(None),
    columns: &[],
    record: Record::Transaction,
    words: &[],
    otherwise: Otherwise::Bank,
    amount: Amount::Signed,
    date_order: None,
    decimal_mark: None,
    currency: None,
    shape: Shape::Table,
    account_lines: &[],
    has_account_blocks: false,
    day_lines: &[],
    has_both_sides: false,
    is_mapping: false,
    is_named_only: false,
};

/// A bank of the United States.
pub(crate) const US_BANK: Layout = Layout {
    date_order: Some(DateOrder::MonthFirst),
    decimal_mark: Some(DecimalMark::Point),
    currency: Some("USD"),
    ..BANK
};

/// A card of the United States.
pub(crate) const US_CARD: Layout =
    Layout { holder: Holder::Debt(LiabilityKind::CreditCard), otherwise: Otherwise::Card, ..US_BANK };

/// A broker of the United States.
pub(crate) const US_BROKER: Layout = Layout { otherwise: Otherwise::Broker, ..US_BANK };

/// A program with accounts of every kind.
pub(crate) const PROGRAM: Layout = Layout { holder: Holder::Unknown, ..BANK };
