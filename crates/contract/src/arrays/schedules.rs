//! The schedules of many loans, in columns that the caller provides.

use wherewithal::{
    Error, ErrorCode, Result,
    control::Control,
    debt::{self, ColumnsMut, Loan},
    error::At as _,
};

/// The schedules of many loans, ready to be computed.
#[derive(Debug)]
pub struct Schedules(pub(super) Vec<Loan>);

/// What is known of each loan once its schedule is written. Amounts are in the smallest unit of the currency.
#[derive(Debug)]
pub struct Written {
    /// The index after the last row of each loan.
    pub ends: Vec<usize>,
    /// The regular monthly payment of each loan, without the extra payment.
    pub payment: Vec<i64>,
    /// The sum of all interest of each loan.
    pub total_interest: Vec<i64>,
    /// How many decimal places the currency has.
    pub places: u32,
}

impl Schedules {
    /// How many rows there are at most: the sum of the terms.
    #[must_use]
    pub fn max_rows(&self) -> usize {
        debt::max_rows(&self.0)
    }

    /// Writes the rows of all loans into columns of [`max_rows`](Self::max_rows) rows each; those from the last of
    /// [`Written::ends`] on have no meaning.
    ///
    /// # Errors
    /// Those of `debt.amortize` for the first loan that has one, at `loans[i]` and the path of the field;
    /// `input.invalid` for columns of another length; `decimal.overflow`; `operation.cancelled`.
    pub fn write(&self, columns: ColumnsMut<'_>, control: &Control<'_>) -> Result<Written> {
        let loans = debt::amortize_into(&self.0, columns, control)?;
        let total = |(index, loan): (usize, &debt::BatchLoan)| {
            i64::try_from(loan.total_interest)
                .map_err(|_| {
                    let message = "the sum of the interest is too large for a column of 64-bit integers";
                    Error::new(ErrorCode::DecimalOverflow, message)
                })
                .at_index("loans", index)
        };
        Ok(Written {
            ends: loans.iter().map(|loan| loan.end).collect(),
            payment: loans.iter().map(|loan| loan.payment).collect(),
            total_interest: loans.iter().enumerate().map(total).collect::<Result<_>>()?,
            places: loans.first().map_or(0, |loan| loan.places),
        })
    }
}
