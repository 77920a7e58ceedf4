//! Measurements of a program.

use std::{fs, hint::black_box, time::Instant};

/// The measurements of a program.
pub(crate) struct Measured {
    /// The shortest time of a run.
    pub(crate) seconds: f64,
    /// The error of its results.
    pub(crate) error: f64,
}

/// Runs a program several times, after a warm-up.
pub(crate) fn best<T>(repetitions: u32, mut run: impl FnMut() -> T, error: impl Fn(&T) -> f64) -> Measured {
    let mut found = run();
    let mut seconds = f64::INFINITY;
    for _ in 0..repetitions {
        let start = Instant::now();
        found = black_box(run());
        seconds = seconds.min(start.elapsed().as_secs_f64());
    }
    Measured { seconds, error: error(&found) }
}

/// The peak memory of this process in bytes, if the system reports it.
pub(crate) fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}
