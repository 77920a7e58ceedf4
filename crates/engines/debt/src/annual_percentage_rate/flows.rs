//! Advances and payments by date, in minor units of the currency.

use std::collections::BTreeMap;

use crate::loan::{minor_units, places};
use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::{Date, DateSchedule, Frequency},
    error::At as _,
    money::Currency,
    num::Decimal,
    wire::Wire,
};

/// The most payments, and the most advances, of a transaction: a payment a day for more than fifty years. The answer then
/// takes some tenths of a second and has a few megabytes.
pub(super) const MAX_FLOWS: usize = 20_000;

/// Money that the creditor advances.
#[derive(Debug, Clone, Copy, Wire)]
pub struct CreditAdvance {
    /// The date of the advance.
    pub date: Date,
    /// The amount; greater than zero.
    #[wire(above = 0)]
    pub amount: Decimal,
}

/// A payment, or a series of equal payments at regular intervals.
#[derive(Debug, Clone, Copy, Wire)]
pub struct CreditPayment {
    /// The date of the payment, or of the first of several.
    pub date: Date,
    /// The amount of each payment; greater than zero.
    #[wire(above = 0)]
    pub amount: Decimal,
    /// The number of payments, 1 to 20,000.
    #[wire(default = one, range = 1..=20000)]
    pub count: u32,
    /// The interval between payments. All dates are counted from the first, so a short month does not shift later
    /// dates.
    #[wire(default = monthly)]
    pub frequency: Frequency,
}

impl CreditPayment {
    /// One payment.
    #[must_use]
    pub fn once(date: Date, amount: Decimal) -> Self {
        Self { date, amount, count: 1, frequency: Frequency::Monthly }
    }

    /// Equal payments, one a month.
    #[must_use]
    pub fn monthly(date: Date, amount: Decimal, count: u32) -> Self {
        Self { date, amount, count, frequency: Frequency::Monthly }
    }
}

fn one() -> u32 {
    1
}

fn monthly() -> Frequency {
    Frequency::Monthly
}

/// The advances and payments of one date, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DayFlow {
    pub(crate) advance: i128,
    pub(crate) payment: i128,
}

/// All flows of a transaction by date, so that neither the order of the input nor equal dates matter.
#[derive(Debug, Clone)]
pub(super) struct CreditFlows {
    /// The decimal places of the currency.
    pub(super) places: u32,
    pub(super) by_date: BTreeMap<Date, DayFlow>,
    /// The date of the first advance.
    pub(super) start: Date,
    pub(super) advanced: i128,
    pub(super) paid: i128,
}

impl CreditFlows {
    /// Validates the flows. `charge` is withheld from the first advance.
    pub(super) fn new(
        currency: Currency,
        advances: &[CreditAdvance],
        payments: &[CreditPayment],
        charge: Decimal,
    ) -> Result<Self> {
        let places = places(currency).at("currency")?;
        let mut by_date: BTreeMap<Date, DayFlow> = BTreeMap::new();
        let mut advanced = 0;
        if advances.len() > MAX_FLOWS {
            return Err(too_many(advances.len(), "advances").at("advances"));
        }
        for (index, advance) in advances.iter().enumerate() {
            let amount =
                positive(advance.amount, places).at("amount").map_err(|e| e.at_index("advances", index))?;
            by_date.entry(advance.date).or_default().advance += amount;
            advanced += amount;
        }
        let Some(start) = advances.iter().map(|advance| advance.date).min() else {
            let message = "there are no advances; give at least one";
            return Err(Error::new(ErrorCode::ListEmpty, message).at("advances"));
        };
        let mut paid = 0;
        let mut last = None;
        for (index, date, amount) in expand(payments, places)? {
            if date < start {
                let message = format!("the payment of {date} comes before the first advance, {start}");
                return Err(Error::new(ErrorCode::DatesOutOfOrder, message)
                    .at("date")
                    .at_index("payments", index));
            }
            by_date.entry(date).or_default().payment += amount;
            paid += amount;
            last = last.max(Some(date));
        }
        if let Some(index) = advances.iter().position(|advance| Some(advance.date) > last) {
            let message =
                "no payment follows the advance; the last payment must not come before the last advance";
            return Err(Error::new(ErrorCode::DatesOutOfOrder, message)
                .at("date")
                .at_index("advances", index));
        }
        let charge = prepaid(charge, places).at("prepaidFinanceCharge")?;
        let first = by_date.entry(start).or_default();
        if charge >= first.advance {
            let message = "the prepaid finance charge must be less than the first advance";
            return Err(Error::new(ErrorCode::ChargesExceedCredit, message).at("prepaidFinanceCharge"));
        }
        first.advance -= charge;
        Ok(Self { places, by_date, start, advanced: advanced - charge, paid })
    }

    /// The dates of advances, in order.
    pub(super) fn advance_dates(&self) -> Vec<Date> {
        self.by_date.iter().filter(|(_, flow)| flow.advance != 0).map(|(date, _)| *date).collect()
    }

    /// The dates of payments, in order.
    pub(super) fn payment_dates(&self) -> Vec<Date> {
        self.by_date.iter().filter(|(_, flow)| flow.payment != 0).map(|(date, _)| *date).collect()
    }

    pub(super) fn amount(&self, units: i128) -> Result<Decimal> {
        Decimal::from_i128(units, self.places)
    }
}

/// Every single payment: the index of its series, its date and its amount in minor units.
pub(super) fn expand(payments: &[CreditPayment], places: u32) -> Result<Vec<(usize, Date, i128)>> {
    check::length(payments.len(), 1..=MAX_FLOWS).at("payments")?;
    let mut all = Vec::new();
    for (index, stream) in payments.iter().enumerate() {
        let amount = positive(stream.amount, places).at("amount").at_index("payments", index)?;
        check::whole(stream.count, 1..=MAX_FLOWS as u32, ErrorCode::CountOutOfRange)
            .at("count")
            .at_index("payments", index)?;
        let count = all.len() + stream.count as usize;
        if count > MAX_FLOWS {
            return Err(too_many(count, "payments").at("payments"));
        }
        let schedule =
            DateSchedule { count: Some(stream.count), ..DateSchedule::new(stream.date, stream.frequency) };
        let dates = schedule.dates().at_index("payments", index)?;
        all.extend(dates.dates.into_iter().map(|date| (index, date, amount)));
    }
    Ok(all)
}

/// An amount above zero in minor units.
pub(super) fn positive(amount: Decimal, places: u32) -> Result<i128> {
    minor_units(amount, places)?.filter(|units| *units > 0).map(i128::from).ok_or_else(|| {
        Error::new(
            ErrorCode::AmountOutOfRange,
            format!("the amount is {amount}; it must be greater than zero and at most 10^18 minor units"),
        )
    })
}

/// A charge of zero or more in minor units.
pub(super) fn prepaid(charge: Decimal, places: u32) -> Result<i128> {
    minor_units(charge, places)?.filter(|units| *units >= 0).map(i128::from).ok_or_else(|| {
        Error::new(
            ErrorCode::AmountOutOfRange,
            format!("the charge is {charge}; it must not be negative, nor above 10^18 minor units"),
        )
    })
}

fn too_many(found: usize, what: &str) -> Error {
    Error::new(ErrorCode::ListTooLong, format!("there are {found} {what}; at most {MAX_FLOWS} are allowed"))
}
