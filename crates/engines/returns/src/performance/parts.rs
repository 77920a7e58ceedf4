//! What a gain came from.

use wherewithal_base::{Result, num::Decimal};

use super::{GainPart, GainPartKind, PerformanceInput, period::Quotient};

/// The parts of a gain, which add up to it: the sources that are given, and the change of prices that they leave.
pub(super) fn of(input: &PerformanceInput, gain: Decimal, whole: &Quotient) -> Result<Vec<GainPart>> {
    let stated = Decimal::sum(input.gain_sources.iter().map(|source| source.amount))?;
    let price = gain.minus(stated)?;
    let mut parts = Vec::new();
    for kind in GainPartKind::ALL {
        let own = input.gain_sources.iter().filter(|source| source.kind == kind);
        let amount = match kind {
            GainPartKind::Price => price,
            _ => Decimal::sum(own.map(|source| source.amount))?,
        };
        if kind == GainPartKind::Price || !amount.is_zero() {
            parts.push(GainPart { kind, amount, contribution: whole.of(amount)? });
        }
    }
    Ok(parts)
}
