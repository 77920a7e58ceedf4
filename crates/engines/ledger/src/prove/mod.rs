//! `ledger.prove`.

mod explain;
mod input;
mod order;
mod output;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::BTreeSet;

use wherewithal_base::{
    Result,
    control::{Control, Work},
};

pub(crate) use input::MAX_ACCOUNTS;
pub use input::{CashDate, LedgerProofInput};
pub use output::{
    FaultExplanation, FaultExplanationKind, FaultLikelihood, LedgerFault, LedgerProof, LedgerProofCounts,
    ProofFigureSource, ProofOpening, ProofOpeningKind, ProofStatus, ProvedFigure, ProvedHolding, ProvedSpan,
    UnusedFigure,
};
pub(crate) use walk::walk;

use self::walk::{Point, Walk, shown};
use crate::{
    LedgerAccount, LedgerTransaction, StatedBalanceKind,
    replay::{Exact, FigureSource, Reading, Records, Row, Track, What, tracks},
};

/// Replays the transactions of accounts between the figures that their sources state, day by day, and names what is missing,
/// doubled or wrong where they disagree, as far as one change explains it.
///
/// ```
/// # use wherewithal_ledger::wherewithal;
/// use wherewithal::{control::Control, ledger::{self, FaultExplanationKind, LedgerProofInput}};
///
/// let input: LedgerProofInput = serde_json::from_str(r#"{
///     "accounts": [{"id": "bank"}],
///     "balances": [{"account": "bank", "date": "2026-02-28", "kind": "ledger", "amount": "1000.00"},
///                  {"account": "bank", "date": "2026-03-31", "kind": "ledger", "amount": "890.00"}],
///     "transactions": [
///         {"id": "1", "account": "bank", "date": "2026-03-04", "amount": "-50.00", "type": "payment", "description": "POWER"},
///         {"id": "2", "account": "bank", "date": "2026-03-31", "amount": "-60.00", "type": "payment", "description": "RENT"},
///         {"id": "3", "account": "bank", "date": "2026-03-31", "amount": "-60.00", "type": "payment", "description": "RENT"}]
/// }"#).unwrap();
/// let proof = ledger::prove(&input, &Control::default())?;
/// let likeliest = &proof.holdings[0].faults[0].explanations[0];
/// assert_eq!(likeliest.kind, FaultExplanationKind::Doubled);
/// assert_eq!(likeliest.transaction.as_deref(), Some("3"));
/// # Ok::<(), wherewithal::Error>(())
/// ```
///
/// # Errors
/// Those of [`validate`](crate::validate); `list.too_long`, `amount.out_of_range`, `name.unknown`, `decimal.overflow`,
/// `operation.cancelled`.
pub fn prove(input: &LedgerProofInput, control: &Control) -> Result<LedgerProof> {
    input.validate(control)?;
    control.check()?;
    let records = Records {
        accounts: &input.accounts,
        transactions: &input.transactions,
        balances: &input.balances,
        positions: &input.positions,
    };
    let reading = Reading {
        cash_date: input.cash_date,
        positions_as_of: input.positions_as_of,
        positions_are_complete: !input.positions_incomplete,
    };
    let complete: BTreeSet<&str> = input.complete_accounts.iter().map(String::as_str).collect();
    let mut work = Work::under(control);
    let mut holdings = Vec::new();
    for track in tracks(&records, reading, control)? {
        work.done(16)?;
        let zero = zero_opening(&track, &input.accounts, &input.transactions, &complete);
        holdings.push(holding(&track, zero, input, &mut work)?);
    }
    let counts = counts(&holdings);
    Ok(LedgerProof {
        proved: !holdings.is_empty() && holdings.iter().all(|holding| holding.status == ProofStatus::Proved),
        counts,
        holdings,
        unused_figures: unused(input),
    })
}

/// Proves a holding.
fn holding(
    track: &Track<'_>,
    zero: Option<ProofOpeningKind>,
    input: &LedgerProofInput,
    work: &mut Work<'_, '_>,
) -> Result<ProvedHolding> {
    let tolerance = match track.what {
        What::Cash(_) => input.tolerance,
        What::Shares(_) => input.quantity_tolerance,
    };
    let tolerance = Exact::of(tolerance)?;
    let walk = walk(track, None, zero.is_some(), tolerance, work)?;
    let faults = explain::faults(&walk, track, &input.transactions, tolerance, work)?;
    let (currency, security) = match track.what {
        What::Cash(currency) => (currency, None),
        What::Shares(security) => (None, Some(security.to_owned())),
    };
    let proved_spans = spans(&walk);
    Ok(ProvedHolding {
        account: input.accounts.get(track.account).map(|account| account.id.clone()).unwrap_or_default(),
        currency,
        security,
        status: status(&walk, &faults),
        opening: opening(&walk, track, zero)?,
        transactions: count(walk.rows.len()),
        proved_transactions: proved_spans.iter().map(|span| span.transactions).sum(),
        proved_spans,
        figures: walk
            .points
            .iter()
            .map(|point| figure(point, track, input, tolerance))
            .collect::<Result<_>>()?,
        faults,
    })
}

/// Why a replay starts at zero, if it does.
pub(crate) fn zero_opening(
    track: &Track<'_>,
    accounts: &[LedgerAccount],
    transactions: &[LedgerTransaction],
    complete: &BTreeSet<&str>,
) -> Option<ProofOpeningKind> {
    let account = accounts.get(track.account)?;
    if complete.contains(account.id.as_str()) {
        return Some(ProofOpeningKind::Complete);
    }
    let is_opening = |row: &Row| {
        transactions.get(row.transaction).is_some_and(|first| {
            let mut texts = [Some(&first.description), first.payee.as_ref()].into_iter().flatten();
            texts.any(|text| text.trim().eq_ignore_ascii_case("opening balance"))
        })
    };
    let first = track.rows.first()?;
    let mut of_first_day = track.rows.iter().take_while(|row| row.day == first.day);
    of_first_day.any(is_opening).then_some(ProofOpeningKind::OpeningBalance)
}

fn opening(walk: &Walk, track: &Track<'_>, zero: Option<ProofOpeningKind>) -> Result<Option<ProofOpening>> {
    let earlier_transactions = count(walk.earlier);
    if let Some(kind) = zero {
        let amount = shown(Exact::ZERO, track)?;
        return Ok(Some(ProofOpening { kind, date: None, amount, earlier_transactions }));
    }
    let first = walk.points.first().filter(|point| point.is_reached.is_none());
    Ok(first.map(|point| ProofOpening {
        kind: ProofOpeningKind::FirstFigure,
        date: Some(point.figure.day),
        amount: point.figure.amount,
        earlier_transactions,
    }))
}

fn status(walk: &Walk, faults: &[LedgerFault]) -> ProofStatus {
    match faults {
        [] if walk.points.iter().any(|point| point.is_reached.is_some()) => ProofStatus::Proved,
        [] => ProofStatus::NotProvable,
        [only] if !only.explanations.is_empty() => ProofStatus::OneChange,
        _ => ProofStatus::NoSingleChange,
    }
}

/// The spans that are proved, those that follow each other as one.
fn spans(walk: &Walk) -> Vec<ProvedSpan> {
    let mut spans: Vec<ProvedSpan> = Vec::new();
    let mut is_open = false;
    for (place, point) in walk.points.iter().enumerate() {
        if point.is_reached != Some(true) {
            is_open = false;
            continue;
        }
        let transactions = count(walk.span_of(place).len());
        match spans.last_mut() {
            Some(last) if is_open => {
                last.to = point.figure.day;
                last.transactions += transactions;
            }
            _ => {
                let before = place.checked_sub(1).and_then(|before| walk.points.get(before));
                let from = before.map(|before| before.figure.day);
                spans.push(ProvedSpan { from, to: point.figure.day, transactions });
            }
        }
        is_open = true;
    }
    spans
}

fn figure(
    point: &Point,
    track: &Track<'_>,
    input: &LedgerProofInput,
    tolerance: Exact,
) -> Result<ProvedFigure> {
    let difference = point.stated.minus(point.replayed)?;
    let (source, place, transaction) = match point.figure.source {
        FigureSource::Balance(place) => (ProofFigureSource::Balance, Some(count(place)), None),
        FigureSource::Position(place) => (ProofFigureSource::Position, Some(count(place)), None),
        FigureSource::Row(row) => {
            let transaction = input.transactions.get(row).map(|transaction| transaction.id.clone());
            (ProofFigureSource::RunningBalance, None, transaction)
        }
        FigureSource::Absent => (ProofFigureSource::Absent, None, None),
    };
    Ok(ProvedFigure {
        date: point.figure.day,
        source,
        place,
        transaction,
        stated: point.figure.amount,
        replayed: shown(point.replayed, track)?,
        difference: shown(difference, track)?,
        difference_since_last: shown(walk::difference(point)?, track)?,
        agrees: point.is_reached.map(|_| difference.is_within(tolerance)).transpose()?,
    })
}

fn counts(holdings: &[ProvedHolding]) -> LedgerProofCounts {
    let mut counts = LedgerProofCounts::default();
    for holding in holdings {
        for figure in &holding.figures {
            counts.figures += 1;
            match figure.agrees {
                Some(true) => counts.agreeing += 1,
                Some(false) => counts.differing += 1,
                None => counts.openings += 1,
            }
        }
        counts.transactions += holding.transactions;
        counts.proved_transactions += holding.proved_transactions;
        counts.faults += count(holding.faults.len());
    }
    counts
}

/// The figures that prove nothing.
fn unused(input: &LedgerProofInput) -> Vec<UnusedFigure> {
    let mut unused = Vec::new();
    let mut add = |account: &str, source, place, reason: &str| {
        unused.push(UnusedFigure {
            account: account.to_owned(),
            source,
            place: count(place),
            reason: reason.to_owned(),
        });
    };
    for (place, balance) in input.balances.iter().enumerate() {
        if balance.kind == StatedBalanceKind::Available {
            let reason = "what is available has a limit of credit and what is pending in it";
            add(&balance.account, ProofFigureSource::Balance, place, reason);
        }
    }
    for (place, position) in input.positions.iter().enumerate() {
        if position.date.or(input.positions_as_of).is_none() {
            let reason = "the position has no date; give `positionsAsOf`";
            add(&position.account, ProofFigureSource::Position, place, reason);
        }
    }
    unused
}

/// A count of records, which are fewer than the limits of their lists.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
