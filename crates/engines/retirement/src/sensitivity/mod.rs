//! Which assumptions a plan depends on.

mod assumption;
mod grid;
mod stress;
#[cfg(test)]
mod tests;
mod tornado;

pub use assumption::VariedAssumption;
pub use grid::{SensitivityAxis, SensitivityCell, SensitivityGrid, SensitivityGridResult, sensitivity_grid};
pub use stress::{StressTest, StressTestResult, StressTests, StressTestsResult, stress_tests};
pub use tornado::{
    Tornado, TornadoAssumption, TornadoBar, TornadoEnd, TornadoMeasure, TornadoResult, tornado,
};
