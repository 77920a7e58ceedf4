//! What single change makes figures and transactions agree.
//!
//! A difference that stays in all later figures lies in the transactions before the first of them: one is missing, stands
//! twice or is written wrongly. One that is gone at a later figure lies between the two: a transaction counts on the other
//! side of the first, or that figure is wrong.

mod digits;
mod twins;

use std::collections::{BTreeMap, BTreeSet};

use wherewithal_base::{Result, control::Work, dates::Date, num::Decimal};

use self::{
    digits::{is_decimal_point, is_transposed},
    twins::{Twin, Twins},
};
use super::{
    FaultExplanation, FaultExplanationKind as Kind, FaultLikelihood as Likelihood, LedgerFault,
    walk::{Point, Walk, difference, shown},
};
use crate::{
    LedgerTransaction,
    replay::{Change, Exact, FigureSource, Row, Track, split_ratio},
};

/// The most explanations of a fault.
const MOST: usize = 20;
/// The largest number of shares of a split for one, or of one for so many.
const MOST_SHARES: i128 = 50;

/// The faults of a holding, in order.
pub(super) fn faults(
    walk: &Walk,
    track: &Track<'_>,
    transactions: &[LedgerTransaction],
    tolerance: Exact,
    work: &mut Work<'_, '_>,
) -> Result<Vec<LedgerFault>> {
    if walk.breaks.is_empty() {
        return Ok(Vec::new());
    }
    work.done(walk.rows.len())?;
    let twins = Twins::of(&walk.rows, transactions);
    let explainer = Explainer { walk, track, transactions, tolerance, twins };
    let mut faults = Vec::new();
    for broken in &walk.breaks {
        if let Some(healed_by) = broken.healed_by {
            let explanations = explainer.healed(broken.point, healed_by, work)?;
            if !explanations.is_empty() {
                faults.push(explainer.fault(broken.point, Some(healed_by), explanations)?);
                continue;
            }
        }
        // No single change goes and comes back, so these are two.
        for point in [Some(broken.point), broken.healed_by].into_iter().flatten() {
            let explanations = explainer.lasting(point, work)?;
            faults.push(explainer.fault(point, None, explanations)?);
        }
    }
    Ok(faults)
}

struct Explainer<'e, 'a> {
    walk: &'e Walk,
    track: &'e Track<'a>,
    transactions: &'e [LedgerTransaction],
    tolerance: Exact,
    twins: Twins<'e>,
}

/// A row of a span, what was held before it, and by how much splits after it multiply it.
#[derive(Clone, Copy)]
struct InSpan {
    row: Row,
    before: Exact,
    factor: Exact,
}

/// Days of a span between two splits.
struct Stretch {
    from: Option<Date>,
    to: Date,
    /// By how much splits after it multiply shares.
    factor: Exact,
}

impl Explainer<'_, '_> {
    fn fault(
        &self,
        place: usize,
        healed_by: Option<usize>,
        mut explanations: Vec<FaultExplanation>,
    ) -> Result<LedgerFault> {
        // In the order of the rows, where nothing else decides.
        explanations.sort_by_key(|explanation| (explanation.likelihood, explanation.kind));
        let left_off = explanations.len().saturating_sub(MOST);
        explanations.truncate(MOST);
        let point = self.point(place);
        let before = place.checked_sub(1).map(|before| self.point(before).figure.day);
        Ok(LedgerFault {
            after: before,
            by: point.figure.day,
            figure: super::count(place),
            difference: shown(difference(&point)?, self.track)?,
            transactions: super::count(self.walk.span_of(place).len()),
            confirming_figures: super::count(self.walk.confirming(place)),
            healed_by: healed_by.map(super::count),
            explanations,
            left_off: super::count(left_off),
        })
    }

    #[expect(clippy::indexing_slicing, reason = "breaks are places of points")]
    fn point(&self, place: usize) -> Point {
        self.walk.points[place]
    }

    fn is_none(&self, difference: Exact) -> Result<bool> {
        difference.is_within(self.tolerance)
    }

    /// The rows before a point, with what was held before each.
    fn span(&self, point: usize) -> Result<Vec<InSpan>> {
        let mut held = self.walk.start_of(point).1;
        let mut span = Vec::new();
        for row in self.walk.span_of(point) {
            span.push(InSpan { row: *row, before: held, factor: Exact::ONE });
            held = row.change.apply(held)?;
        }
        let mut factor = Exact::ONE;
        for place in span.iter_mut().rev() {
            place.factor = factor;
            if let Change::Times(ratio) = place.row.change {
                factor = factor.times(ratio)?;
            }
        }
        Ok(span)
    }

    /// What explains a difference that stays.
    fn lasting(&self, point: usize, work: &mut Work<'_, '_>) -> Result<Vec<FaultExplanation>> {
        let is_last = point + 1 == self.walk.points.len();
        let (point_at, span) = (self.point(point), self.span(point)?);
        let difference = difference(&point_at)?;
        let mut found = Vec::new();
        let in_span: BTreeSet<usize> = span.iter().map(|place| place.row.transaction).collect();
        for place in &span {
            work.done(8)?;
            self.wrong_row(place, difference, &in_span, &mut found)?;
        }
        let (from, to) = self.days_before(point);
        let is_empty = from.is_some_and(|from| from > to);
        let stretches = self.stretches(&span, point)?;
        if !is_empty {
            self.across_a_split(&span, &stretches, difference, &mut found)?;
            self.missing(&stretches, difference, &mut found)?;
            self.missing_split(&span, point, &mut found)?;
        }
        let is_first = self.walk.breaks.first().is_some_and(|first| first.point == point);
        if is_first && self.walk.earlier > 0 {
            self.across_the_opening(&span, &stretches, point, difference, &mut found)?;
        }
        if point + self.walk.confirming(point) + 1 == self.walk.points.len() {
            self.across_the_last(&span, &stretches, point, difference, &mut found)?;
        }
        if is_last || is_empty {
            let likelihood = if is_empty { Likelihood::Plausible } else { Likelihood::Weak };
            found.extend(self.misstated(point, likelihood)?);
        }
        Ok(found)
    }

    /// What explains a difference that is gone at a later point.
    fn healed(
        &self,
        point: usize,
        healed_by: usize,
        work: &mut Work<'_, '_>,
    ) -> Result<Vec<FaultExplanation>> {
        let difference = difference(&self.point(point))?;
        let (early, late) = (self.span(point)?, self.span(healed_by)?);
        let mut found = Vec::new();
        let (end, start) = (self.point(point).rows, self.walk.start_of(healed_by).0);
        let between = self.walk.rows.get(end..start).unwrap_or_default();
        work.done(4 * (early.len() + between.len() + late.len()))?;
        if !between.iter().any(|row| matches!(row.change, Change::Times(_))) {
            self.moved_across(&early, &late, (point, healed_by), difference, &mut found)?;
        }
        if healed_by == point + 1 {
            found.extend(self.misstated(point, Likelihood::Plausible)?);
        }
        Ok(found)
    }

    /// Rows of one of two spans that may belong to the other, if no split lies between.
    fn moved_across(
        &self,
        early: &[InSpan],
        late: &[InSpan],
        (point, healed_by): (usize, usize),
        difference: Exact,
        found: &mut Vec<FaultExplanation>,
    ) -> Result<()> {
        let is_split = |place: &InSpan| matches!(place.row.change, Change::Times(_));
        let after_splits = early.iter().rposition(is_split).map_or(0, |split| split + 1);
        let last_split = after_splits.checked_sub(1).and_then(|split| early.get(split));
        let first_split = late.iter().find(|place| is_split(place));

        let from = self.days_before(healed_by).0;
        let mut to = self.point(healed_by).figure.day;
        if let Some(split) = first_split {
            to = to.min(split.row.day.add_days(-1)?);
        }
        if from.is_none_or(|from| from <= to) {
            for place in early.iter().skip(after_splits) {
                if self.is_none(amount_of(place).plus(difference)?)? {
                    found.push(self.shifted(&place.row, from, Some(to), Likelihood::Plausible));
                }
            }
        }
        let (from, to) = self.days_before(point);
        let from = from.max(last_split.map(|split| split.row.day));
        if from.is_none_or(|from| from <= to) {
            for place in late.iter().take_while(|place| !is_split(place)) {
                if self.is_none(amount_of(place).minus(difference)?)? {
                    found.push(self.shifted(&place.row, from, Some(to), Likelihood::Plausible));
                }
            }
        }
        Ok(())
    }

    /// The stretches of a span between its splits, with what multiplies shares after each.
    fn stretches(&self, span: &[InSpan], point: usize) -> Result<Vec<Stretch>> {
        let (mut from, last) = self.days_before(point);
        let mut stretches = Vec::new();
        for place in span {
            let Change::Times(ratio) = place.row.change else { continue };
            // A split comes before the trades of its day.
            let (to, factor) = (place.row.day.add_days(-1)?, place.factor.times(ratio)?);
            stretches.push(Stretch { from, to, factor });
            from = Some(place.row.day);
        }
        stretches.push(Stretch { from, to: last, factor: Exact::ONE });
        stretches.retain(|stretch| stretch.from.is_none_or(|from| from <= stretch.to));
        Ok(stretches)
    }

    /// A transaction that would make up the difference: before each split another number of shares.
    fn missing(
        &self,
        stretches: &[Stretch],
        difference: Exact,
        found: &mut Vec<FaultExplanation>,
    ) -> Result<()> {
        for stretch in stretches {
            let unit = stretch.factor.reciprocal().unwrap_or(Exact::ONE);
            found.extend(self.written(difference.times(unit)?)?.map(|amount| FaultExplanation {
                amount: Some(amount),
                from: stretch.from,
                to: Some(stretch.to),
                ..explanation(Kind::Missing, Likelihood::Plausible)
            }));
        }
        Ok(())
    }

    /// Rows of the span that may belong to the other side of one of its splits.
    fn across_a_split(
        &self,
        span: &[InSpan],
        stretches: &[Stretch],
        difference: Exact,
        found: &mut Vec<FaultExplanation>,
    ) -> Result<()> {
        let by_factor = by_factor(stretches);
        if by_factor.len() < 2 {
            return Ok(());
        }
        for place in span {
            let Some(per_share) = amount_of(place).reciprocal() else { continue };
            let factor = place.factor.plus(difference.times(per_share)?)?;
            if let Some(stretch) = by_factor.get(&factor.parts()) {
                let (from, to) = (stretch.from, Some(stretch.to));
                found.push(self.shifted(&place.row, from, to, Likelihood::Plausible));
            }
        }
        Ok(())
    }

    /// Transactions that may count on the other side of the figure from which the replay starts.
    fn across_the_opening(
        &self,
        span: &[InSpan],
        stretches: &[Stretch],
        point: usize,
        difference: Exact,
        found: &mut Vec<FaultExplanation>,
    ) -> Result<()> {
        let opening = self.point(0).figure;
        let until = match opening.source {
            FigureSource::Row(_) => opening.day,
            _ => opening.day.min(self.days_before(point).1),
        };
        let likelihood = if point == 1 { Likelihood::Plausible } else { Likelihood::Weak };
        self.moved_out(span, difference, (None, Some(until)), likelihood, found)?;
        let earlier = self.walk.rows.get(..self.walk.earlier).unwrap_or_default();
        self.moved_in(earlier, stretches, difference, likelihood, found)
    }

    /// Transactions that may count on the other side of the last figure.
    fn across_the_last(
        &self,
        span: &[InSpan],
        stretches: &[Stretch],
        point: usize,
        difference: Exact,
        found: &mut Vec<FaultExplanation>,
    ) -> Result<()> {
        let last = self.point(self.walk.points.len() - 1);
        let is_last = point + 1 == self.walk.points.len();
        let likelihood = if is_last { Likelihood::Plausible } else { Likelihood::Weak };
        self.moved_out(span, difference, (self.first_day_after(&last), None), likelihood, found)?;
        let tail = self.walk.rows.get(last.rows..).unwrap_or_default();
        self.moved_in(tail, stretches, difference, likelihood, found)
    }

    /// Rows of the span that may belong to days outside all figures.
    fn moved_out(
        &self,
        span: &[InSpan],
        difference: Exact,
        (from, to): (Option<Date>, Option<Date>),
        likelihood: Likelihood,
        found: &mut Vec<FaultExplanation>,
    ) -> Result<()> {
        for place in span.iter().filter(|place| matches!(place.row.change, Change::Add(_))) {
            let effect = amount_of(place).times(place.factor)?;
            if self.is_none(effect.plus(difference)?)? {
                found.push(self.shifted(&place.row, from, to, likelihood));
            }
        }
        Ok(())
    }

    /// Rows outside all figures that may belong to one of the stretches of a span.
    fn moved_in(
        &self,
        rows: &[Row],
        stretches: &[Stretch],
        difference: Exact,
        likelihood: Likelihood,
        found: &mut Vec<FaultExplanation>,
    ) -> Result<()> {
        let by_factor = by_factor(stretches);
        for row in rows {
            let Change::Add(amount) = row.change else { continue };
            let Some(per_share) = amount.reciprocal() else { continue };
            let stretch = if self.is_none(amount.minus(difference)?)? {
                by_factor.get(&Exact::ONE.parts())
            } else {
                by_factor.get(&difference.times(per_share)?.parts())
            };
            if let Some(stretch) = stretch {
                found.push(self.shifted(row, stretch.from, Some(stretch.to), likelihood));
            }
        }
        Ok(())
    }

    /// What a row of the span would have to be.
    fn wrong_row(
        &self,
        place: &InSpan,
        difference: Exact,
        in_span: &BTreeSet<usize>,
        found: &mut Vec<FaultExplanation>,
    ) -> Result<()> {
        let row = &place.row;
        let Change::Add(amount) = row.change else {
            return self.wrong_ratio(place, difference, found);
        };
        let effect = amount.times(place.factor)?;
        if amount.is_zero() {
            return Ok(());
        }
        if self.is_none(effect.plus(difference)?)? {
            found.extend(self.repeated(row, in_span));
        }
        if self.is_none(effect.plus(effect)?.plus(difference)?)? {
            let right = Some(row.amount.negated());
            found.push(FaultExplanation {
                amount: right,
                ..self.of_row(row, Kind::WrongSign, Likelihood::Plausible)
            });
        }
        if let Some(ratio) = self.ratio_beside(row)? {
            // The source states a quantity and a ratio, and the quantity was taken.
            let by_ratio = place.before.times(ratio)?.minus(place.before)?;
            let change = by_ratio.minus(amount)?.times(place.factor)?;
            if self.is_none(change.minus(difference)?)? {
                found.extend(self.of_ratio(row, ratio, Likelihood::Strong));
            }
        }
        let unit = place.factor.reciprocal().unwrap_or(Exact::ONE);
        let right = amount.plus(difference.times(unit)?)?;
        // What is no decimal is no amount that somebody wrote.
        let Ok(right) = right.decimal(row.amount.scale()) else { return Ok(()) };
        let kind = if is_transposed(row.amount, right) {
            Kind::Transposed
        } else if is_decimal_point(row.amount, right) {
            Kind::DecimalPoint
        } else {
            return Ok(());
        };
        found.push(FaultExplanation { amount: Some(right), ..self.of_row(row, kind, Likelihood::Weak) });
        Ok(())
    }

    /// The ratio of a split whose row also states a quantity.
    fn ratio_beside(&self, row: &Row) -> Result<Option<Exact>> {
        if !matches!(self.track.what, crate::replay::What::Shares(_)) {
            return Ok(None);
        }
        self.transactions.get(row.transaction).map_or(Ok(None), split_ratio)
    }

    /// A row that stands twice, or should not be there.
    fn repeated(&self, row: &Row, in_span: &BTreeSet<usize>) -> Option<FaultExplanation> {
        let (transaction, is_same_day) = match self.twins.twin_of(row) {
            // Of two that are equal and may both be at fault, the later one is named.
            Twin::Later { transaction, .. } if in_span.contains(&transaction) => return None,
            Twin::Earlier { transaction, is_same_day } | Twin::Later { transaction, is_same_day } => {
                (transaction, is_same_day)
            }
            Twin::None => return Some(self.of_row(row, Kind::Surplus, Likelihood::Weak)),
        };
        let likelihood = if is_same_day { Likelihood::Strong } else { Likelihood::Plausible };
        let doubled = self.of_row(row, Kind::Doubled, likelihood);
        Some(FaultExplanation { twin: self.id_of(transaction), ..doubled })
    }

    /// What the ratio of a split would have to be.
    fn wrong_ratio(
        &self,
        place: &InSpan,
        difference: Exact,
        found: &mut Vec<FaultExplanation>,
    ) -> Result<()> {
        let Change::Times(ratio) = place.row.change else { return Ok(()) };
        let Some(per_share) = place.before.times(place.factor)?.reciprocal() else { return Ok(()) };
        let right = ratio.plus(difference.times(per_share)?)?;
        if right.is_positive() && is_usual(right) {
            let inverted = ratio.reciprocal() == Some(right);
            let likelihood = if inverted { Likelihood::Strong } else { Likelihood::Plausible };
            found.extend(self.of_ratio(&place.row, right, likelihood));
        }
        Ok(())
    }

    fn of_ratio(&self, row: &Row, ratio: Exact, likelihood: Likelihood) -> Option<FaultExplanation> {
        let (to, from) = ratio.parts();
        Some(FaultExplanation {
            split_from: Some(u32::try_from(from).ok()?),
            split_to: Some(u32::try_from(to).ok()?),
            ..self.of_row(row, Kind::SplitRatio, likelihood)
        })
    }

    /// Splits that would make up the difference, by where in the span they may lie.
    fn missing_split(&self, span: &[InSpan], point: usize, found: &mut Vec<FaultExplanation>) -> Result<()> {
        if !matches!(self.track.what, crate::replay::What::Shares(_)) {
            return Ok(());
        }
        let point_at = self.point(point);
        let (first, last) = self.days_before(point);
        // What is held after each row, the days on which a split may lie there, and what multiplies it later.
        let mut places = Vec::with_capacity(span.len() + 1);
        let mut from = first;
        for place in span {
            let later = match place.row.change {
                Change::Times(ratio) => place.factor.times(ratio)?,
                Change::Add(_) => place.factor,
            };
            places.push((place.before, later, from, place.row.day));
            // A split comes before the trades of its day.
            from = Some(place.row.day.add_days(1)?);
        }
        places.push((point_at.led_to, Exact::ONE, from, last));
        let difference = difference(&point_at)?;
        for (held, later, from, to) in places {
            let Some(per_share) = held.times(later)?.reciprocal() else { continue };
            let ratio = Exact::ONE.plus(difference.times(per_share)?)?;
            if from.is_some_and(|from| from > to) || !ratio.is_positive() || !is_usual(ratio) {
                continue;
            }
            let (split_to, split_from) = ratio.parts();
            found.push(FaultExplanation {
                from,
                to: Some(to),
                split_from: u32::try_from(split_from).ok(),
                split_to: u32::try_from(split_to).ok(),
                ..explanation(Kind::MissingSplit, Likelihood::Plausible)
            });
        }
        Ok(())
    }

    /// A row that belongs to other days: strongly so if its other date is one of them.
    fn shifted(
        &self,
        row: &Row,
        from: Option<Date>,
        to: Option<Date>,
        otherwise: Likelihood,
    ) -> FaultExplanation {
        let is_there = |day: &Date| {
            *day != row.day && from.is_none_or(|from| from <= *day) && to.is_none_or(|to| *day <= to)
        };
        let transaction = self.transactions.get(row.transaction);
        let mut dates =
            transaction.into_iter().flat_map(|one| [Some(one.date), one.settlement_date]).flatten();
        let likelihood = if dates.any(|day| is_there(&day)) { Likelihood::Strong } else { otherwise };
        FaultExplanation { from, to, ..self.of_row(row, Kind::Shifted, likelihood) }
    }

    fn misstated(&self, point: usize, likelihood: Likelihood) -> Result<Option<FaultExplanation>> {
        let point = self.point(point);
        let transaction = match point.figure.source {
            FigureSource::Row(transaction) => self.id_of(transaction),
            _ => None,
        };
        let right = self.written(point.led_to)?;
        Ok(right.map(|amount| FaultExplanation {
            transaction,
            amount: Some(amount),
            ..explanation(Kind::Misstated, likelihood)
        }))
    }

    /// A number as somebody could have written it; `None` if no decimal is the number.
    fn written(&self, number: Exact) -> Result<Option<Decimal>> {
        let decimal = shown(number, self.track)?;
        Ok((Exact::of(decimal)? == number).then_some(decimal))
    }

    fn of_row(&self, row: &Row, kind: Kind, likelihood: Likelihood) -> FaultExplanation {
        FaultExplanation { transaction: self.id_of(row.transaction), ..explanation(kind, likelihood) }
    }

    fn id_of(&self, transaction: usize) -> Option<String> {
        self.transactions.get(transaction).map(|transaction| transaction.id.clone())
    }

    /// The days on which a transaction between a point and the one before it lies.
    fn days_before(&self, point: usize) -> (Option<Date>, Date) {
        let before = point.checked_sub(1).map(|before| self.point(before));
        (before.and_then(|before| self.first_day_after(&before)), self.point(point).figure.day)
    }

    /// The first day of what comes after a point: its own, if it stands between the rows of a day.
    fn first_day_after(&self, point: &Point) -> Option<Date> {
        match point.figure.source {
            FigureSource::Row(_) => Some(point.figure.day),
            _ => point.figure.day.add_days(1).ok(),
        }
    }
}

/// The first stretch of each factor.
fn by_factor(stretches: &[Stretch]) -> BTreeMap<(i128, i128), &Stretch> {
    let mut by_factor = BTreeMap::new();
    for stretch in stretches {
        by_factor.entry(stretch.factor.parts()).or_insert(stretch);
    }
    by_factor
}

fn explanation(kind: Kind, likelihood: Likelihood) -> FaultExplanation {
    FaultExplanation {
        kind,
        likelihood,
        transaction: None,
        twin: None,
        amount: None,
        from: None,
        to: None,
        split_from: None,
        split_to: None,
    }
}

fn amount_of(place: &InSpan) -> Exact {
    match place.row.change {
        Change::Add(amount) => amount,
        Change::Times(_) => Exact::ZERO,
    }
}

/// Whether companies split their shares so: some for one, one for some, or 3 for 2.
fn is_usual(ratio: Exact) -> bool {
    let (to, from) = ratio.parts();
    let several = 2..=MOST_SHARES;
    (from == 1 && several.contains(&to)) || (to == 1 && several.contains(&from)) || (to, from) == (3, 2)
}

/// The digits of an amount without its sign and its point.
fn digits_of(amount: Decimal, scale: u32) -> String {
    let missing = scale.saturating_sub(amount.scale());
    format!("{}{}", amount.mantissa().unsigned_abs(), "0".repeat(missing as usize))
}
