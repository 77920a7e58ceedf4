//! How many shares there are, or how much money, after each day.

use wherewithal_base::{
    Result,
    dates::Date,
    num::{Decimal, Rounding},
};

/// The decimal places up to which a quotient is taken to be exact.
const EXACT_PLACES: u32 = 18;

/// A quantity as a fraction, so that a split of one for three and back leaves ten shares ten.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quantity {
    pub(super) parts: Decimal,
    pub(super) of: Decimal,
}

impl Quantity {
    pub(super) const NONE: Self = Self { parts: Decimal::ZERO, of: Decimal::ONE };

    pub(super) fn whole(value: Decimal) -> Self {
        Self { parts: value, of: Decimal::ONE }
    }

    pub(super) fn value(self) -> Result<Decimal> {
        if self.of == Decimal::ONE { Ok(self.parts) } else { self.parts.divided_by(self.of) }
    }

    fn plus(self, value: Decimal) -> Result<Self> {
        if self.of == Decimal::ONE {
            return Ok(Self::whole(self.parts.plus(value)?));
        }
        Ok(Self { parts: self.parts.plus(value.times(self.of)?)?, of: self.of })
    }

    fn times(self, to: Decimal, from: Decimal) -> Result<Self> {
        let (parts, of) = (self.parts.times(to)?, self.of.times(from)?);
        let quotient = parts.divided_by(of)?.normalized();
        if quotient.scale() <= EXACT_PLACES && quotient.times(of)? == parts {
            return Ok(Self::whole(quotient));
        }
        Ok(Self { parts, of })
    }

    /// Whether a statement agrees. A fraction has more digits than a statement; one of whole shares says that there is no
    /// fraction, as after a payment in lieu of it.
    fn agrees(self, computed: Decimal, stated: Decimal) -> bool {
        let places = stated.scale();
        let is_rounded = self.of != Decimal::ONE && places > 0;
        computed == stated || (is_rounded && computed.round(places, Rounding::HalfEven) == stated)
    }

    pub(super) fn after(self, change: &ChangeKind) -> Result<Self> {
        match change {
            ChangeKind::Split { to, from } => self.times(*to, *from),
            ChangeKind::Add(value) => self.plus(*value),
        }
    }
}

/// A change of a position on a day.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) day: Date,
    pub(super) kind: ChangeKind,
}

/// A split: each `from` shares become `to`.
#[derive(Debug, Clone, Copy)]
pub(super) struct SplitOfShares {
    pub(super) day: Date,
    pub(super) to: Decimal,
    pub(super) from: Decimal,
}

impl Change {
    /// The split that it is.
    pub(super) fn split(&self) -> Option<SplitOfShares> {
        match self.kind {
            ChangeKind::Split { to, from } => Some(SplitOfShares { day: self.day, to, from }),
            ChangeKind::Add(_) => None,
        }
    }
}

/// What a change does. A split takes effect before anything else that happens on its day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ChangeKind {
    /// Each `from` shares become `to`.
    Split {
        /// How many there are for them.
        to: Decimal,
        /// How many are taken.
        from: Decimal,
    },
    /// So much comes in, or goes out below zero.
    Add(Decimal),
}

/// What a statement says about a position at the end of a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    pub(super) day: Date,
    pub(super) quantity: Decimal,
}

/// A stated quantity that differs from what the transactions give.
#[derive(Debug, Clone, Copy)]
pub(super) struct Difference {
    pub(super) day: Date,
    pub(super) stated: Decimal,
    pub(super) computed: Decimal,
    /// What is stated less what is computed.
    pub(super) change: Quantity,
}

/// The quantities of a position: what it had before its first day, and at the end of each day on which it changes.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    /// What there was before the first day, as a fraction and as a decimal.
    pub(super) before: Quantity,
    opening: Decimal,
    days: Vec<(Date, Quantity, Decimal)>,
}

impl Levels {
    /// Replays the changes. With `anchored`, the first stated quantity fixes what there was before them; without, there was
    /// nothing. A stated quantity that differs from the changes replaces what they give, and the difference is returned.
    /// Changes and statements may be in any order.
    pub(super) fn replay(
        mut changes: Vec<Change>,
        mut stated: Vec<Stated>,
        anchored: bool,
    ) -> Result<(Self, Vec<Difference>)> {
        // Within a day sums do not depend on the order, and splits come first.
        changes.sort_by(|one, other| (one.day, &one.kind).cmp(&(other.day, &other.kind)));
        stated.sort_by_key(|stated| stated.day);
        let opening = match stated.first() {
            Some(first) if anchored => before(&changes, first)?,
            _ => Quantity::NONE,
        };
        let mut levels = Self { before: opening, opening: opening.value()?, days: Vec::new() };
        let mut differences = Vec::new();
        let mut quantity = opening;
        let mut statements = stated.iter().peekable();
        let mut changes = changes.iter().peekable();
        while let Some(day) = [changes.peek().map(|one| one.day), statements.peek().map(|one| one.day)]
            .into_iter()
            .flatten()
            .min()
        {
            while let Some(change) = changes.next_if(|change| change.day == day) {
                quantity = quantity.after(&change.kind)?;
            }
            while let Some(stated) = statements.next_if(|stated| stated.day == day) {
                let computed = quantity.value()?;
                if !quantity.agrees(computed, stated.quantity) {
                    let change = Quantity {
                        parts: stated.quantity.times(quantity.of)?.minus(quantity.parts)?,
                        of: quantity.of,
                    };
                    differences.push(Difference { day, stated: stated.quantity, computed, change });
                    quantity = Quantity::whole(stated.quantity);
                }
            }
            levels.days.push((day, quantity, quantity.value()?));
        }
        Ok((levels, differences))
    }

    /// The quantity at the end of a day.
    pub(super) fn on(&self, day: Date) -> Decimal {
        self.last(day).map_or(self.opening, |(_, _, quantity)| *quantity)
    }

    /// The quantity at the end of a day as a fraction.
    pub(super) fn fraction_on(&self, day: Date) -> Quantity {
        self.last(day).map_or(self.before, |(_, quantity, _)| *quantity)
    }

    fn last(&self, day: Date) -> Option<&(Date, Quantity, Decimal)> {
        let after = self.days.partition_point(|(date, ..)| *date <= day);
        after.checked_sub(1).and_then(|last| self.days.get(last))
    }
}

/// What there was before all changes, if a statement is right: it solves `statement = opening × splits + changes`.
fn before(changes: &[Change], stated: &Stated) -> Result<Quantity> {
    let mut from_nothing = Quantity::NONE;
    let (mut to_all, mut from_all) = (Decimal::ONE, Decimal::ONE);
    for change in changes.iter().take_while(|change| change.day <= stated.day) {
        from_nothing = from_nothing.after(&change.kind)?;
        if let ChangeKind::Split { to, from } = &change.kind {
            (to_all, from_all) = (to_all.times(*to)?, from_all.times(*from)?);
        }
    }
    let missing = Quantity {
        parts: stated.quantity.times(from_nothing.of)?.minus(from_nothing.parts)?,
        of: from_nothing.of,
    };
    if to_all == from_all { Ok(missing) } else { missing.times(from_all, to_all) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wherewithal_base::dates::date;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn day(day: u32) -> Date {
        date(2026, 3, day).unwrap()
    }

    fn add(on: u32, value: &str) -> Change {
        Change { day: day(on), kind: ChangeKind::Add(decimal(value)) }
    }

    fn split(on: u32, to: &str, from: &str) -> Change {
        Change { day: day(on), kind: ChangeKind::Split { to: decimal(to), from: decimal(from) } }
    }

    #[test]
    fn a_split_and_its_reverse_leave_ten_shares() {
        let changes = vec![add(1, "10"), split(2, "1", "3"), split(3, "3", "1")];
        let (levels, differences) = Levels::replay(changes, Vec::new(), true).unwrap();
        assert!(differences.is_empty());
        assert_eq!(levels.on(day(2)).round(4, Rounding::HalfEven), decimal("3.3333"));
        assert_eq!(levels.on(day(3)), decimal("10"));
    }

    #[test]
    fn a_statement_of_a_fraction_has_decimal_places() {
        let stated = |on: u32, quantity: &str| Stated { day: day(on), quantity: decimal(quantity) };
        let replay = |stated: Vec<Stated>| {
            Levels::replay(vec![add(1, "10"), split(2, "1", "3")], stated, true).unwrap()
        };
        let (levels, differences) = replay(vec![stated(1, "10"), stated(3, "3.333")]);
        assert!(differences.is_empty());
        assert_ne!(levels.on(day(3)), decimal("3.333"));
        let (levels, differences) = replay(vec![stated(1, "10"), stated(3, "3")]);
        assert_eq!((differences.len(), levels.on(day(3))), (1, decimal("3")));
    }

    #[test]
    fn the_first_statement_says_what_there_was_before() {
        let changes = vec![add(5, "-4"), split(6, "2", "1"), add(6, "3")];
        let stated = vec![Stated { day: day(7), quantity: decimal("15") }];
        let (levels, differences) = Levels::replay(changes, stated, true).unwrap();
        // (10 - 4) × 2 + 3 = 15
        assert!(differences.is_empty());
        assert_eq!(levels.on(day(4)), decimal("10"));
        assert_eq!(levels.on(day(6)), decimal("15"));
    }

    #[test]
    fn a_later_statement_replaces_what_the_changes_give() {
        let changes = vec![add(5, "-250"), add(9, "10")];
        let stated = vec![
            Stated { day: day(8), quantity: decimal("740") },
            Stated { day: day(1), quantity: decimal("1000") },
        ];
        let (levels, differences) = Levels::replay(changes, stated, true).unwrap();
        assert_eq!(differences.len(), 1);
        assert_eq!((differences[0].computed, differences[0].stated), (decimal("750"), decimal("740")));
        assert_eq!(levels.on(day(5)), decimal("750"));
        assert_eq!(levels.on(day(9)), decimal("750"));
    }
}
