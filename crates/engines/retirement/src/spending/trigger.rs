//! The parts of a rule that took effect.

use wherewithal_base::wire::Wire;

/// The reason why a year's spending differs from that of the plain rule, or from last year's spending with inflation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Wire)]
pub enum SpendingTrigger {
    /// Guyton-Klinger's withdrawal rule: no increase with inflation after a year of negative return.
    InflationSkipped,
    /// The increase with inflation was capped.
    InflationCapped,
    /// Guyton-Klinger's capital preservation rule cut the withdrawal.
    CapitalPreservation,
    /// Guyton-Klinger's prosperity rule raised the withdrawal.
    Prosperity,
    /// The rule's own floor raised the withdrawal.
    Floor,
    /// The rule's own ceiling lowered the withdrawal.
    Ceiling,
    /// The probability of success fell below the band, and spending was cut.
    LowerGuardrail,
    /// The probability of success rose above the band, and spending was raised.
    UpperGuardrail,
    /// The ratchet raised the withdrawal permanently.
    Ratchet,
    /// The policy's minimum spending was applied.
    MinimumSpending,
    /// The policy's maximum spending was applied.
    MaximumSpending,
}

impl SpendingTrigger {
    const ALL: [Self; 11] = [
        Self::InflationSkipped,
        Self::InflationCapped,
        Self::CapitalPreservation,
        Self::Prosperity,
        Self::Floor,
        Self::Ceiling,
        Self::LowerGuardrail,
        Self::UpperGuardrail,
        Self::Ratchet,
        Self::MinimumSpending,
        Self::MaximumSpending,
    ];
}

/// A set of triggers as bits: it is created in each year of each path, so it must not allocate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct SpendingTriggers(u16);

impl SpendingTriggers {
    pub(super) fn add(&mut self, trigger: SpendingTrigger) {
        self.0 |= 1 << trigger as u16;
    }

    /// The triggers in the order of their declaration.
    pub(crate) fn list(self) -> Vec<SpendingTrigger> {
        SpendingTrigger::ALL.into_iter().filter(|trigger| self.0 & (1 << *trigger as u16) != 0).collect()
    }
}
