//! The sensitivity of a plan to its assumptions.

mod assumption;
mod grid;
mod stress;
#[cfg(test)]
mod tests;
mod tornado;

pub use assumption::VariedAssumption;
pub use grid::{
    SensitivityAxis, SensitivityCell, SensitivityGridInput, SensitivityGridResult, sensitivity_grid,
};
pub use stress::{StressTest, StressTestResult, StressTestsInput, StressTestsResult, stress_tests};
pub use tornado::{
    TornadoAssumption, TornadoBar, TornadoEnd, TornadoInput, TornadoMeasure, TornadoResult, tornado,
};
