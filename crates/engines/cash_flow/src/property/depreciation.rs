//! The depreciation of a building: straight line, mid-month convention.

use super::depreciation_tables::{FULL_SCALE, percentage};
use crate::amounts::Amounts;
use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::Date,
    error::At as _,
    money::{Currency, us_dollar},
    num::{Decimal, Rounding},
    wire::Wire,
};

/// The half-months of a year. A building is in service from the middle of its first month to the middle of its last.
const HALF_MONTHS: i32 = 24;
/// The decimal places of a percentage as a fraction: the tables have three places of a percent.
const PERCENTAGE_PLACES: u32 = 5;

/// Input of `cash_flow.depreciation`.
#[derive(Debug, Clone, Wire)]
pub struct PropertyDepreciationInput {
    /// The currency of all amounts.
    #[wire(default = us_dollar)]
    pub currency: Currency,
    /// The cost that is depreciated: of the building and its improvements, not of the land; above 0 and at most 10^12.
    #[wire(above = 0, range = ..=1000000000000)]
    pub basis: Decimal,
    /// What the building is, which sets the recovery period.
    #[wire(default)]
    pub recovery: RecoveryPeriod,
    /// How the deduction of a year is computed.
    #[wire(default)]
    pub method: DepreciationMethod,
    /// The day on which the building was ready to be let.
    pub placed_in_service: Date,
    /// The day of its sale, not before `placedInService`; without it, the table goes on to the end of the recovery period.
    pub disposed: Option<Date>,
}

/// The recovery period of a building (IRC 168(c)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum RecoveryPeriod {
    /// Residential rental property: 27.5 years.
    #[default]
    Residential,
    /// Nonresidential real property: 39 years.
    Nonresidential,
}

/// How the deduction of a year is computed. Both come to the whole basis; the deductions of a year differ by thousandths of
/// a percent of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Wire)]
pub enum DepreciationMethod {
    /// The basis times the months in service, divided by the months of the recovery period (IRC 168(b)(3), (d)(2)).
    #[default]
    StraightLine,
    /// The basis times the percentage of the tables A-6 and A-7a of IRS Publication 946.
    IrsTables,
}

/// The depreciation of a building by tax year.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct PropertyDepreciation {
    /// One row for each calendar year with a deduction.
    pub years: Vec<DepreciationYear>,
    /// The sum of the deductions.
    pub total: Decimal,
    /// What is left of the basis: 0 at the end of the recovery period.
    pub remaining_basis: Decimal,
}

/// The deduction of a tax year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct DepreciationYear {
    /// The calendar year.
    pub year: i32,
    /// The share of the basis that is deducted (0.03636 is 3.636 %), rounded to five decimal places.
    pub percentage: Decimal,
    /// The deduction, never more than what is left; the last year of the recovery period takes all of it.
    pub deduction: Decimal,
    /// The sum of the deductions up to this year.
    pub accumulated: Decimal,
}

/// The deductions for a building by tax year.
///
/// The building counts as placed in service, and as sold, in the middle of the month (IRC 168(d)(2) and (4)(B)). Each
/// deduction is rounded half to even to the minor unit, once.
///
/// ```
/// # use wherewithal_cash_flow::wherewithal;
/// use wherewithal::cash_flow::{self, DepreciationMethod, PropertyDepreciationInput, RecoveryPeriod};
/// use wherewithal::{dates::date, money::Currency};
///
/// let table = cash_flow::depreciation(&PropertyDepreciationInput {
///     currency: Currency::USD,
///     basis: "275000".parse()?,
///     recovery: RecoveryPeriod::Residential,
///     method: DepreciationMethod::StraightLine,
///     placed_in_service: date(2026, 7, 15)?,
///     disposed: None,
/// })?;
/// assert_eq!(table.years[0].deduction.to_string(), "4583.33"); // five and a half months
/// assert_eq!(table.years[1].deduction.to_string(), "10000.00");
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// `amount.out_of_range`, `decimal.too_precise`, `dates.out_of_order`, `currency.minor_unit_missing`.
pub fn depreciation(input: &PropertyDepreciationInput) -> Result<PropertyDepreciation> {
    let amounts = Amounts::of(input.currency)?;
    let basis = amounts.read_positive(input.basis).at("basis")?;
    if let Some(disposed) = input.disposed
        && disposed < input.placed_in_service
    {
        let message =
            format!("{disposed} is before {}, when the building was ready", input.placed_in_service);
        return Err(Error::new(ErrorCode::DatesOutOfOrder, message).at("disposed"));
    }
    let first_year = input.placed_in_service.year();
    let mut building =
        Building::new(amounts, basis, input.recovery, input.method, input.placed_in_service.month());
    let mut years = Vec::new();
    for number in 1.. {
        let year = first_year + number - 1;
        let disposed = input.disposed.filter(|disposed| disposed.year() == year).map(Date::month);
        let Some((percentage, deduction)) = building.deduct(number, disposed)? else { break };
        years.push(DepreciationYear { year, percentage, deduction, accumulated: building.accumulated });
        if disposed.is_some() {
            break;
        }
    }
    Ok(PropertyDepreciation {
        years,
        total: building.accumulated,
        remaining_basis: basis.minus(building.accumulated)?,
    })
}

/// A building that is depreciated year by year.
#[derive(Debug)]
pub(super) struct Building {
    amounts: Amounts,
    basis: Decimal,
    recovery: RecoveryPeriod,
    method: DepreciationMethod,
    /// The month in which it was placed in service, from 1.
    month: u32,
    /// What was deducted so far.
    pub(super) accumulated: Decimal,
}

impl Building {
    pub(super) fn new(
        amounts: Amounts,
        basis: Decimal,
        recovery: RecoveryPeriod,
        method: DepreciationMethod,
        month: u32,
    ) -> Self {
        Self { amounts, basis, recovery, method, month, accumulated: amounts.zero() }
    }

    /// The percentage and the deduction of a tax year, counted from 1, in which the building is sold in a month or not at
    /// all; `None` after the recovery period. The years come in their order.
    pub(super) fn deduct(&mut self, year: i32, sold: Option<u32>) -> Result<Option<(Decimal, Decimal)>> {
        let planned = self.half_months(year, None);
        if planned <= 0 {
            return Ok(None);
        }
        let in_service = self.half_months(year, sold);
        let share = match self.method {
            DepreciationMethod::StraightLine => Decimal::from(i64::from(in_service))
                .divided_by(Decimal::from(i64::from(self.recovery.half_months())))?,
            DepreciationMethod::IrsTables => {
                Decimal::new(percentage(self.recovery, self.month, year), FULL_SCALE)?
                    .times(Decimal::from(i64::from(in_service)))?
                    .divided_by(Decimal::from(i64::from(planned)))?
            }
        };
        let is_last = self.half_months(year + 1, None) <= 0 && in_service == planned;
        let left = self.basis.minus(self.accumulated)?;
        let deduction = if is_last {
            left
        } else if self.method == DepreciationMethod::StraightLine {
            // Multiplied first, so that the quotient is rounded once. A basis of a few cents may be used up by rounding.
            let product = self.basis.times(Decimal::from(i64::from(in_service)))?;
            self.amounts
                .round(product.divided_by(Decimal::from(i64::from(self.recovery.half_months())))?)
                .min(left)
        } else {
            self.amounts.product(self.basis, share)?.min(left)
        };
        self.accumulated = self.accumulated.plus(deduction)?;
        Ok(Some((share.round(PERCENTAGE_PLACES, Rounding::HalfEven), deduction)))
    }

    /// The half-months in service in a tax year, counted from 1.
    fn half_months(&self, year: i32, sold: Option<u32>) -> i32 {
        let middle = |month: u32| 2 * (month.cast_signed() - 1) + 1;
        let begun = middle(self.month);
        let recovered = begun + self.recovery.half_months();
        let (first, last) = (HALF_MONTHS * (year - 1), HALF_MONTHS * year);
        let end = sold.map_or(last, |month| first + middle(month));
        end.min(recovered) - first.max(begun)
    }
}

impl RecoveryPeriod {
    /// The half-months of the recovery period.
    fn half_months(self) -> i32 {
        match self {
            Self::Residential => 660,
            Self::Nonresidential => 936,
        }
    }
}
