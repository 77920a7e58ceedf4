//! The stable codes of this crate.

use std::fmt;

/// The kind of an error, by how a caller can react. The server maps each kind to an HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A value violates a rule of its column: correct it and call again.
    InvalidInput,
    /// The row does not exist, or belongs to another user.
    NotFound,
    /// The change conflicts with stored data.
    Conflict,
    /// The database is busy: the same call may succeed later.
    Busy,
    /// The database cannot be reached, opened or written to.
    Unavailable,
    /// The stored data, or the store itself, is broken and needs attention.
    Internal,
}

macro_rules! codes {
    ($($variant:ident, $code:literal, $kind:ident, $meaning:literal;)*) => {
        /// A stable error code of the store, the same on both databases.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: ", $meaning)] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the reference page.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as text, such as `store.not_found`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The kind of the error.
            #[must_use]
            pub fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }

            /// The meaning of the code, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    // Values to store.
    DecimalScale, "store.decimal.scale", InvalidInput, "A decimal has more places than its column keeps.";
    DecimalRange, "store.decimal.range", InvalidInput, "A decimal is too large for its column.";
    IntegerRange, "store.integer.range", InvalidInput, "An integer is too large for its column.";
    TextTooLong, "store.text.too_long", InvalidInput, "A text has too many characters for its column.";
    TextNul, "store.text.nul", InvalidInput, "A text contains the character U+0000, which PostgreSQL cannot store.";
    JsonRange, "store.json.range", InvalidInput, "A JSON document has more than 64 levels of nesting.";
    TimestampMalformed, "store.timestamp.malformed", InvalidInput, "The text is not a time in UTC in the years 0001 to \
        9999.";
    RoleUnknown, "store.role.unknown", InvalidInput, "The text is not the name of a role.";
    DocumentInvalid, "store.document.invalid", InvalidInput, "The household violates a rule of its document.";
    ValueType, "store.value.type", Internal, "A value does not have the type of its column.";
    PageLimit, "store.page.limit", InvalidInput, "A page must have between 1 and 1000 rows.";

    // Stored data.
    NotFound, "store.not_found", NotFound, "There is no such row, or it belongs to someone else.";
    UniqueViolated, "store.unique.violated", Conflict, "A row with this value already exists.";
    ReferenceViolated, "store.reference.violated", Conflict, "The row refers to one that does not exist, or is referred \
        to by another.";
    CheckViolated, "store.check.violated", InvalidInput, "A value violates a rule of its table.";
    NullViolated, "store.null.violated", InvalidInput, "A required column has no value.";

    // Values from the database.
    ValueUnreadable, "store.value.unreadable", Internal, "A stored value cannot be read.";
    ValueMissing, "store.value.missing", Internal, "A stored value is absent, but required.";
    ColumnUnknown, "store.column.unknown", Internal, "A result has no column of this name.";

    // The database.
    LocationInvalid, "store.location.invalid", InvalidInput, "The address of the database is neither a file nor a \
        PostgreSQL URL.";
    Unavailable, "store.unavailable", Unavailable, "The database cannot be reached, opened or written to.";
    Busy, "store.busy", Busy, "The database is busy: another writer held a lock, or every connection was in use, for \
        too long.";
    TransactionConflict, "store.transaction.conflict", Busy, "A deadlock of two transactions: repeat this one.";
    TransactionFailed, "store.transaction.failed", Internal, "A statement of the transaction failed, so that it can \
        only be rolled back.";
    SchemaNewer, "store.schema.newer", Unavailable, "The database was set up by a newer version of this program.";
    SchemaFailed, "store.schema.failed", Unavailable, "The tables could not be brought up to date.";
    StatementFailed, "store.statement.failed", Internal, "The database refused a statement.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
