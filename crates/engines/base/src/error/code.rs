//! The stable codes, in one list.

use std::fmt;

/// The kind of an error: what a caller can do about it. The server maps each kind to one HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The input breaks a rule of its type: correct it and call again.
    InvalidInput,
    /// The input is valid but the question has no answer, for example because no rate solves the equation.
    NoSolution,
    /// The request is larger than the stated limit.
    TooLarge,
    /// The thing named does not exist.
    NotFound,
    /// The caller cancelled the run.
    Cancelled,
}

/// Declares the enumeration, its list, its spelling and its documentation from one table, so that no code can
/// be without any of them.
macro_rules! error_codes {
    ($($variant:ident, $code:literal, $kind:ident, $meaning:literal;)*) => {
        /// A stable error code, the same in every language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(#[doc = concat!("`", $code, "`: ", $meaning)] $variant,)*
        }

        impl ErrorCode {
            /// Every code, in the order of the reference page.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as it is written on the wire, such as `term.out_of_range`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The kind of the error, by how a caller can react.
            #[must_use]
            pub fn kind(self) -> ErrorKind {
                match self { $(Self::$variant => ErrorKind::$kind,)* }
            }

            /// The meaning of the code, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

error_codes! {
    // The wire and the run.
    InputMalformed, "input.malformed", InvalidInput, "The input is not JSON.";
    InputInvalid, "input.invalid", InvalidInput, "A field has a value of the wrong type, or appears twice.";
    InputMissingField, "input.missing_field", InvalidInput, "A field that the operation needs is missing.";
    InputUnknownField, "input.unknown_field", InvalidInput, "The operation has no field of that name.";
    InputTooLarge, "input.too_large", TooLarge, "The input, or the work that it requires, exceeds the stated limit.";
    OperationUnknown, "operation.unknown", NotFound, "No operation has that name.";
    OperationCancelled, "operation.cancelled", Cancelled, "The caller cancelled the run before it ended.";
    ResultTooLarge, "result.too_large", NoSolution, "The result, or an intermediate number, is too large to represent.";

    // Decimals and numbers.
    DecimalMalformed, "decimal.malformed", InvalidInput, "The text is not a decimal number.";
    DecimalInexact, "decimal.inexact", InvalidInput, "The number cannot be converted to an exact decimal: write it as \
        a string.";
    DecimalOverflow, "decimal.overflow", InvalidInput, "The result does not fit into 28 significant digits.";
    DecimalDivisionByZero, "decimal.division_by_zero", InvalidInput, "A decimal was divided by zero.";
    DecimalTooPrecise, "decimal.too_precise", InvalidInput, "An amount, a quantity or a rate has more decimal places \
        than its currency or field allows.";
    NumberNotFinite, "number.not_finite", InvalidInput, "A number is NaN or infinite.";
    NumberOutOfRange, "number.out_of_range", InvalidInput, "A number that is neither an amount, a rate nor a count \
        lies outside its range, such as a correlation, a duration or a rounding step.";

    // Money and rates.
    CurrencyUnknown, "currency.unknown", InvalidInput, "The text is not an ISO 4217 currency code.";
    CurrencyMismatch, "currency.mismatch", InvalidInput, "Amounts in two currencies were combined without an exchange \
        rate.";
    CurrencyMinorUnitMissing, "currency.minor_unit_missing", InvalidInput, "The currency, such as gold, has no minor \
        unit to round to.";
    AmountOutOfRange, "amount.out_of_range", InvalidInput, "An amount of money is below its lowest or above its \
        highest value.";
    RateOutOfRange, "rate.out_of_range", InvalidInput, "A rate, a return, a fee, a volatility or a share lies outside \
        its range. Rates are fractions: 0.065 is 6.5 %.";
    ProbabilityOutOfRange, "probability.out_of_range", InvalidInput, "A probability lies outside its range.";
    PercentileOutOfRange, "percentile.out_of_range", InvalidInput, "A percentile lies outside 0 to 100.";
    WeightOutOfRange, "weight.out_of_range", InvalidInput, "A weight lies outside 0 to 1, or all weights are zero.";
    WeightsSumNotOne, "weights.sum_not_one", InvalidInput, "Weights or probabilities that must add up to 1 do not.";

    // Dates, times and counts.
    DateMalformed, "date.malformed", InvalidInput, "The text is not a civil date in ISO 8601 form, such as 2026-01-31.";
    DateOutOfRange, "date.out_of_range", InvalidInput, "A date lies outside the years 0001 to 9999, outside a calendar \
        or outside the range of its field.";
    DatesOutOfOrder, "dates.out_of_order", InvalidInput, "A date comes before one that it must follow, or after one \
        that it must precede.";
    RangeOutOfOrder, "range.out_of_order", InvalidInput, "The end of a range lies before its start, or its upper bound \
        below its lower bound.";
    DayOutOfRange, "day.out_of_range", InvalidInput, "A day of the month lies outside its range.";
    YearOutOfRange, "year.out_of_range", InvalidInput, "A calendar year lies outside the years that are supported.";
    AgeOutOfRange, "age.out_of_range", InvalidInput, "An age lies outside the range of its field.";
    TermOutOfRange, "term.out_of_range", InvalidInput, "A length of time in years, months, days or periods lies \
        outside its range.";
    CountOutOfRange, "count.out_of_range", InvalidInput, "A count lies outside its range.";
    PathsOutOfRange, "paths.out_of_range", InvalidInput, "The number of paths is zero or above the limit that memory \
        sets.";
    SeedOutOfRange, "seed.out_of_range", InvalidInput, "The seed is above 2^53 - 1, the largest integer that every \
        language holds exactly.";
    IndexOutOfRange, "index.out_of_range", InvalidInput, "There is no path, payment or period of that number.";
    CalendarNeverOpen, "calendar.never_open", InvalidInput, "A calendar has no business day within a year of a date.";
    CouponPeriodInvalid, "coupon_period.invalid", InvalidInput, "The length of a coupon period does not match its \
        frequency.";
    FrequencyUnsupported, "frequency.unsupported", InvalidInput, "The field does not allow this frequency, or it does \
        not fit the steps of the model.";

    // Dates that recur.
    RecurrenceMalformed, "recurrence.malformed", InvalidInput, "The text is not a recurrence rule of RFC 5545, or not \
        one for dates without times.";
    RecurrenceNeverFalls, "recurrence.never_falls", NoSolution, "A recurrence rule falls on no date, such as one for \
        31 February.";

    // Fields that depend on each other.
    FieldMissing, "field.missing", InvalidInput, "A field is missing that the rest of the input requires.";
    FieldConflict, "field.conflict", InvalidInput, "A field contradicts another field, or has no meaning together with \
        it.";

    // Lists and names.
    ListEmpty, "list.empty", InvalidInput, "A list that must not be empty is empty.";
    ListTooShort, "list.too_short", InvalidInput, "A list has fewer entries than are needed.";
    ListTooLong, "list.too_long", TooLarge, "A list has more entries than its limit.";
    ListLengthMismatch, "list.length_mismatch", InvalidInput, "A list does not have one entry for each entry of \
        another.";
    ListOutOfOrder, "list.out_of_order", InvalidInput, "The entries of a list do not ascend.";
    ListDuplicate, "list.duplicate", InvalidInput, "Two entries of a list have the same name, id or key.";
    ListIncomplete, "list.incomplete", InvalidInput, "A list lacks a required entry.";
    TextInvalid, "text.invalid", InvalidInput, "A name, an id or another text is blank, is too long or contains a \
        character that is not allowed.";
    NameUnknown, "name.unknown", InvalidInput, "Nothing has the given name or id.";

    // Debt.
    PaymentNeverRepays, "payment.never_repays", NoSolution, "The payment or budget is too small ever to repay the \
        debt.";
    PaymentBelowInterest, "payment.below_interest", NoSolution, "A payment does not cover its interest, and the loan \
        does not allow the rest to be added to the balance.";
    BudgetBelowMinimums, "budget.below_minimums", NoSolution, "The budget of a month does not cover its minimum \
        payments.";
    CreditLimitExceeded, "credit_limit.exceeded", InvalidInput, "A draw would raise the balance above the credit \
        limit.";
    ChargesExceedCredit, "charges.exceed_credit", InvalidInput, "The charges use up everything that is advanced.";
    CompoundingUnsupported, "compounding.unsupported", InvalidInput, "The interest of a loan must compound a fixed \
        number of times a year; continuous and simple compounding are not supported.";

    // Lots.
    QuantityOutOfRange, "quantity.out_of_range", InvalidInput, "A number of shares is not above zero, or is above its \
        highest value.";
    QuantityExceedsHeld, "quantity.exceeds_held", InvalidInput, "More shares would leave an account or a lot than it \
        holds.";
    SecurityUnsuitable, "security.unsuitable", InvalidInput, "A security is not of a kind that the event or the operation is \
        for.";
    MethodUnsuitable, "method.unsuitable", InvalidInput, "The method of selecting lots is not allowed for the security or \
        the sale.";

    StateInconsistent, "state.inconsistent", InvalidInput, "Parts of a stored state contradict each other, as in one that \
        was cut or changed.";

    // Markets.
    CorrelationsNotSymmetric, "correlations.not_symmetric", InvalidInput, "The two entries for the correlation of a \
        pair of variables differ.";
    CorrelationsDiagonalNotOne, "correlations.diagonal_not_one", InvalidInput, "The correlation of a variable with \
        itself is not 1.";
    CorrelationsUnattainable, "correlations.unattainable", InvalidInput, "No lognormal returns have such correlations of \
        simple returns, with the means and volatilities that are given.";
    RegimesDiffer, "regimes.differ", InvalidInput, "The asset classes of two regimes differ in their names or their \
        order.";
    TransitionsNotUnique, "transitions.not_unique", InvalidInput, "The regimes form groups that are never left, so \
        there is no unique stationary distribution.";
    CoefficientsExplosive, "coefficients.explosive", InvalidInput, "An eigenvalue of the coefficients has an absolute \
        value of 1 or more, so the state variables do not converge.";

    // Series of returns.
    DatesMismatch, "dates.mismatch", InvalidInput, "Two series that are compared have different dates.";
    ReturnsAfterTotalLoss, "returns.after_total_loss", InvalidInput, "A return follows one of -1, which leaves nothing that \
        could have a return.";

    // Households and plans.
    VersionUnsupported, "version.unsupported", InvalidInput, "The version of the document's format is not supported.";
    HoldingsExceedBalance, "holdings.exceed_balance", InvalidInput, "The holdings of an account are worth more than \
        its balance.";
    AccountUnsuitable, "account.unsuitable", InvalidInput, "An account or a debt is not of a kind that can be used in \
        this way.";
    ChangeNotApplicable, "change.not_applicable", InvalidInput, "A change refers to something that the plan does not \
        have.";

    // Files.
    FileUnrecognized, "file.unrecognized", InvalidInput, "The file is of no known format or layout: name one, or say what its \
        columns mean.";
    FileWrongKind, "file.wrong_kind", InvalidInput, "The content is of another kind than the operation reads, such as an \
        archive, a PDF or a web page.";
    EncodingInvalid, "encoding.invalid", InvalidInput, "The bytes are no text in the encoding that they claim, or contain a \
        zero byte.";
    BinaryMalformed, "binary.malformed", InvalidInput, "The text is not base64, in which bytes are written.";
    ArchiveMalformed, "archive.malformed", InvalidInput, "A ZIP archive, such as a workbook, is damaged or cut off, or lacks a \
        part that it needs.";
    CellWithoutValue, "cell.without_value", InvalidInput, "A formula in a cell of a workbook came to an error, or was never \
        computed.";
    QuoteUnclosed, "quote.unclosed", InvalidInput, "A quoted cell is never closed.";
    MarkupMalformed, "markup.malformed", InvalidInput, "The tags of a file do not form a document.";
    MarkupForbidden, "markup.forbidden", InvalidInput, "A document declares or uses something that is never read, such as an \
        entity of its own.";
    DateAmbiguous, "date.ambiguous", InvalidInput, "All dates of a file can be read with the day or with the month first.";
    DateInconsistent, "date.inconsistent", InvalidInput, "Some dates of a file have the day first and others the month.";
    DecimalAmbiguous, "decimal.ambiguous", InvalidInput, "All numbers of a file can be read with a point or with a comma as the \
        decimal mark.";
    DecimalInconsistent, "decimal.inconsistent", InvalidInput, "Some numbers of a file have a point as the decimal mark and \
        others a comma.";
    SplitsSumMismatch, "splits.sum_mismatch", InvalidInput, "The parts of a transaction do not add up to its amount.";

    // Problems without a solution.
    SolveNoSolution, "solve.no_solution", NoSolution, "No value in the searched range solves the problem.";
    SolveNotBracketed, "solve.not_bracketed", NoSolution, "The function has the same sign at both ends of the searched \
        range.";
    SolveNotConverged, "solve.not_converged", NoSolution, "The search used up its evaluations.";
    SolveNotFinite, "solve.not_finite", NoSolution, "The search met a value that is not finite.";
    CashFlowsSingleDate, "cash_flows.single_date", NoSolution, "All cash flows fall on one date or period, so the rate \
        is undefined.";
    CashFlowsOneSign, "cash_flows.one_sign", NoSolution, "The cash flows all have the same sign, so no rate makes \
        their present value zero.";
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
