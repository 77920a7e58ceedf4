//! Rates that follow an index.

use wherewithal_base::{
    Error, ErrorCode, Result, check,
    dates::Date,
    error::At,
    num::{Decimal, Rounding},
    order,
    wire::Wire,
};

/// The largest number of index values.
const MAX_INDEX_VALUES: usize = 10_000;

/// A rate that follows an index: at each adjustment, the index as of some days before plus the margin, rounded, within
/// the caps and not below the floor.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct AdjustableRate {
    /// The index, known or assumed, in any order: each value applies from its day until the next value's. At most
    /// 10,000.
    #[wire(length = 1..=10_000)]
    pub index: Vec<IndexValue>,
    /// The margin above the index, as a fraction; from -1 to 10.
    #[wire(rate, range = -1..=10)]
    pub margin: Decimal,
    /// The number of payments before the first adjustment, at least 1. The new rate takes effect on the day of the last
    /// of them, so the next payment is the first at that rate.
    #[wire(range = 1..)]
    pub first_adjustment_after: u32,
    /// The number of payments from one adjustment to the next, at least 1.
    #[wire(range = 1..)]
    pub adjust_every: u32,
    /// The number of days before the adjustment at which the index is read (the look-back), 0 to 366.
    #[wire(default, range = 0..=366)]
    pub look_back_days: u32,
    /// The most by which the first adjustment may change the rate, up or down, as a fraction; absent for no cap.
    #[wire(rate)]
    pub initial_cap: Option<Decimal>,
    /// The most by which each later adjustment may change the rate, up or down; absent for no cap.
    #[wire(rate)]
    pub periodic_cap: Option<Decimal>,
    /// The most by which the rate may exceed the initial one; absent for no cap.
    #[wire(rate)]
    pub lifetime_cap: Option<Decimal>,
    /// The rate below which adjustments never go, as a fraction; zero by default. Many notes set the margin here.
    #[wire(rate, default)]
    pub floor: Decimal,
    /// The step to which index and margin together are rounded, such as 0.00125 for an eighth of a percentage
    /// point; absent for none.
    #[wire(share)]
    pub round_to: Option<Decimal>,
    /// How they are rounded.
    #[wire(default)]
    pub rounding: Rounding,
    /// The number of adjustments from one recast of the payment to the next; 1 by default, so that the payment is
    /// recomputed at each adjustment. Between recasts the payment stays the same, and more or less of it is interest.
    #[wire(default = one)]
    pub recast_every: u32,
    /// The most by which a recast may change the payment, up or down, as a fraction (0.075 is 7.5 %); absent for no
    /// cap.
    #[wire(share)]
    pub payment_cap: Option<Decimal>,
}

fn one() -> u32 {
    1
}

/// The value of an index from a date on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct IndexValue {
    /// The first day on which it applies.
    pub date: Date,
    /// The index as a fraction (0.0433 is 4.33 %), from -1 to 10.
    #[wire(rate, range = -1..=10)]
    pub rate: Decimal,
}

/// An adjustment of the rate, with each step of its computation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub struct RateAdjustment {
    /// The number of the first payment at this rate.
    pub number: u32,
    /// The date from which the rate applies.
    pub date: Date,
    /// The date of the index value used.
    pub index_date: Date,
    /// The index, as a fraction.
    pub index: Decimal,
    /// Index and margin, rounded, before caps and floor.
    pub fully_indexed_rate: Decimal,
    /// The lowest that caps and floor allow.
    pub lowest_rate: Decimal,
    /// The highest that the caps allow; absent if there is no cap.
    pub highest_rate: Option<Decimal>,
    /// The rate in force from `date` on.
    pub annual_rate: Decimal,
    /// Whether the payment was recomputed.
    pub recast: bool,
}

impl AdjustableRate {
    /// The adjustments of a loan with payments on `dates`. The first date is that of the advance.
    pub(super) fn adjustments(&self, initial: Decimal, dates: &[Date]) -> Result<Vec<RateAdjustment>> {
        self.check(initial)?;
        let mut index = self.index.clone();
        order::sort_by_key(&mut index, |value| value.date);
        if let Some([value, _]) = index.array_windows().find(|[value, next]| value.date == next.date) {
            let message = format!("the index has two values on {}; give one for each day", value.date);
            return Err(Error::new(ErrorCode::ListDuplicate, message).at("index"));
        }
        // No adjustment on the date of the last payment: nothing is owed afterwards.
        let adjusted = dates
            .iter()
            .enumerate()
            .take(dates.len().saturating_sub(1))
            .skip(self.first_adjustment_after as usize)
            .step_by(self.adjust_every as usize);
        let mut adjustments: Vec<RateAdjustment> = Vec::new();
        for (after, date) in adjusted {
            let previous = adjustments.last().map_or(initial, |adjustment| adjustment.annual_rate);
            adjustments.push(self.adjust(&index, initial, previous, *date, adjustments.len(), after)?);
        }
        Ok(adjustments)
    }

    fn adjust(
        &self,
        index: &[IndexValue],
        initial: Decimal,
        previous: Decimal,
        date: Date,
        position: usize,
        after: usize,
    ) -> Result<RateAdjustment> {
        let read_on = date.add_days(-self.look_back_days.cast_signed()).at("lookBackDays")?;
        let value = index.iter().rev().find(|value| value.date <= read_on).ok_or_else(|| {
            let message = format!(
                "the index has no value on or before {read_on}, which the adjustment of {date} \
                needs"
            );
            Error::new(ErrorCode::ListIncomplete, message).at("index")
        })?;
        let sum = value.rate.plus(self.margin)?;
        let fully_indexed = match self.round_to {
            Some(step) => sum.round_to_step(step, self.rounding).at("roundTo")?,
            None => sum,
        };
        let cap = if position == 0 { self.initial_cap } else { self.periodic_cap };
        let mut lowest = self.floor;
        let mut highest = None;
        if let Some(cap) = cap {
            lowest = lowest.max(previous.minus(cap)?);
            highest = Some(previous.plus(cap)?);
        }
        if let Some(cap) = self.lifetime_cap {
            let ceiling = initial.plus(cap)?;
            highest = Some(highest.map_or(ceiling, |highest: Decimal| highest.min(ceiling)));
        }
        // The cap first, then the floor: a floor above a periodic cap wins.
        let annual_rate =
            highest.map_or(fully_indexed, |highest| fully_indexed.min(highest)).max(lowest).normalized();
        Ok(RateAdjustment {
            number: after as u32 + 1,
            date,
            index_date: value.date,
            index: value.rate,
            fully_indexed_rate: fully_indexed,
            lowest_rate: lowest,
            highest_rate: highest,
            annual_rate,
            recast: (position as u32 + 1).is_multiple_of(self.recast_every),
        })
    }

    fn check(&self, initial: Decimal) -> Result<()> {
        for (payments, field) in [
            (self.first_adjustment_after, "firstAdjustmentAfter"),
            (self.adjust_every, "adjustEvery"),
            (self.recast_every, "recastEvery"),
        ] {
            check::whole(payments, 1..=crate::loan::MAX_PAYMENTS, ErrorCode::CountOutOfRange).at(field)?;
        }
        check::whole(self.look_back_days, 0..=366, ErrorCode::TermOutOfRange).at("lookBackDays")?;
        check::length(self.index.len(), 1..=MAX_INDEX_VALUES).at("index")?;
        let fraction = |rate: Decimal, lowest: i64, field: &str| {
            check::decimal_rate(rate, Decimal::from(lowest)..=Decimal::from(10_i64)).at(field).map(|_| ())
        };
        fraction(self.margin, -1, "margin")?;
        fraction(self.floor, 0, "floor")?;
        for (cap, field) in [
            (self.initial_cap, "initialCap"),
            (self.periodic_cap, "periodicCap"),
            (self.lifetime_cap, "lifetimeCap"),
            (self.payment_cap, "paymentCap"),
        ] {
            cap.map_or(Ok(()), |cap| fraction(cap, 0, field))?;
        }
        for (position, value) in self.index.iter().enumerate() {
            fraction(value.rate, -1, "rate").map_err(|error| error.at_index("index", position))?;
        }
        if let Some(step) = self.round_to
            && step <= Decimal::ZERO
        {
            let message = format!("the step is {step}; it must be greater than zero (0.00125 is an eighth)");
            return Err(Error::new(ErrorCode::NumberOutOfRange, message).at("roundTo"));
        }
        let highest = self.lifetime_cap.map_or(Ok(None), |cap| initial.plus(cap).map(Some))?;
        match highest {
            Some(highest) if highest < self.floor => {
                let message = format!(
                    "the lifetime cap limits the rate to {highest}, but the floor is {}; the floor must not exceed the \
                        cap",
                    self.floor
                );
                Err(Error::new(ErrorCode::RangeOutOfOrder, message).at("lifetimeCap"))
            }
            _ => Ok(()),
        }
    }
}
