//! Which part of a rule spoke.

use wherewithal_base::wire::Wire;

/// Why a year's spending is not what the plain rule, or last year's spending with inflation, would have been.
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
    /// The rule's own floor held the withdrawal up.
    Floor,
    /// The rule's own ceiling held the withdrawal down.
    Ceiling,
    /// The probability of success fell below the band, and spending was cut.
    LowerGuardrail,
    /// The probability of success rose above the band, and spending was raised.
    UpperGuardrail,
    /// The ratchet raised the withdrawal for good.
    Ratchet,
    /// The policy's least spending was applied.
    MinimumSpending,
    /// The policy's most spending was applied.
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

/// A set of triggers, small enough to be made anew in each year of each path.
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
