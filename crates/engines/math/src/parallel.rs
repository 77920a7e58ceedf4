//! Work in fixed-size chunks, on all available threads.
//!
//! Chunks do not depend on the number of threads, and results are returned in the order of the chunks, so answers do
//! not depend on it either. In WebAssembly, and with a single thread, the chunks run one after the other in the
//! caller's thread, because waking another takes longer than a small calculation.

use std::sync::atomic::{AtomicU64, Ordering};

use wherewithal_base::{Result, control::Control};

#[cfg(not(target_family = "wasm"))]
use rayon::prelude::*;

/// The progress of one calculation over all threads. The observer is called at most a few hundred times, however small
/// the parts are.
pub struct Tally<'a> {
    control: &'a Control<'a>,
    total: u64,
    done: AtomicU64,
}

impl<'a> Tally<'a> {
    /// Approximately how often the observer is called.
    const REPORTS: u64 = 200;

    /// A tally of `total` units of work.
    #[must_use]
    pub fn new(control: &'a Control<'a>, total: u64) -> Self {
        Self { control, total, done: AtomicU64::new(0) }
    }

    /// Runs one unit of work, unless the run was cancelled.
    fn unit<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.control.check()?;
        let result = work()?;
        // Relaxed, because no other memory depends on the count.
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let bucket = |done: u64| done.saturating_mul(Self::REPORTS) / self.total.max(1);
        if bucket(done) != bucket(done - 1) {
            self.control.report(done, self.total);
        }
        Ok(result)
    }
}

/// Calls `work` for each index below `count` and returns the results in order. Each call is one unit of `tally`.
///
/// # Errors
/// `operation.cancelled`, and those of `work`.
pub fn map<T: Send>(
    count: usize,
    tally: &Tally<'_>,
    work: impl Fn(usize) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let unit = |index| tally.unit(|| work(index));
    #[cfg(not(target_family = "wasm"))]
    if rayon::current_num_threads() > 1 {
        return (0..count).into_par_iter().map(unit).collect();
    }
    (0..count).map(unit).collect()
}

/// Calls `work` for each item and returns the results in order. Each call is one unit of `tally`.
///
/// # Errors
/// `operation.cancelled`, and those of `work`.
pub fn map_items<I: Send, T: Send>(
    items: Vec<I>,
    tally: &Tally<'_>,
    work: impl Fn(I) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let unit = |item| tally.unit(|| work(item));
    #[cfg(not(target_family = "wasm"))]
    if rayon::current_num_threads() > 1 {
        return items.into_par_iter().map(unit).collect();
    }
    items.into_iter().map(unit).collect()
}

/// Calls `work` for each piece of `buffer` of `chunk_length` numbers (the last may be shorter) and returns the
/// results in order. Each call is one unit of `tally`.
///
/// # Errors
/// `operation.cancelled`, and those of `work`.
pub fn map_chunks<T: Send>(
    buffer: &mut [f64],
    chunk_length: usize,
    tally: &Tally<'_>,
    work: impl Fn(usize, &mut [f64]) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let chunk_length = chunk_length.max(1);
    let unit = |(index, chunk): (usize, &mut [f64])| tally.unit(|| work(index, chunk));
    #[cfg(not(target_family = "wasm"))]
    if rayon::current_num_threads() > 1 {
        return buffer.par_chunks_mut(chunk_length).enumerate().map(unit).collect();
    }
    buffer.chunks_mut(chunk_length).enumerate().map(unit).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use wherewithal_base::ErrorCode;

    fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
    }

    #[test]
    fn results_come_in_order_at_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let control = Control::default();
            let found = with_threads(threads, || map(1000, &Tally::new(&control, 1000), |i| Ok(i * i)));
            assert_eq!(found.unwrap(), (0..1000).map(|i| i * i).collect::<Vec<_>>());
        }
    }

    #[test]
    fn chunks_cover_the_buffer_once() {
        let control = Control::default();
        let mut buffer = vec![0.0; 1003];
        let lengths = map_chunks(&mut buffer, 10, &Tally::new(&control, 101), |index, chunk| {
            for x in chunk.iter_mut() {
                *x += index as f64 + 1.0;
            }
            Ok(chunk.len())
        });
        let lengths = lengths.unwrap();
        assert_eq!((lengths.len(), lengths.last()), (101, Some(&3)));
        for (i, x) in buffer.iter().enumerate() {
            assert_eq!(*x, (i / 10 + 1) as f64);
        }
    }

    #[test]
    fn progress_is_reported_a_few_hundred_times_and_ends_at_the_total() {
        let heard = Mutex::new(Vec::new());
        let observer = |progress: wherewithal_base::control::Progress| heard.lock().unwrap().push(progress);
        let control = Control::with_observer(&observer);
        map(10_000, &Tally::new(&control, 10_000), |_| Ok(())).unwrap();
        let mut heard = heard.into_inner().unwrap();
        heard.sort_by_key(|progress| progress.done);
        assert_eq!(heard.len(), 200);
        assert!(heard.iter().all(|progress| progress.total == 10_000));
        assert_eq!(heard.last().map(|progress| progress.done), Some(10_000));
    }

    #[test]
    fn cancelling_stops_the_work_early() {
        let control = Control::default();
        let started = AtomicU64::new(0);
        let result = map(1_000_000, &Tally::new(&control, 1_000_000), |_| {
            if started.fetch_add(1, Ordering::Relaxed) == 10 {
                control.cancel();
            }
            Ok(())
        });
        assert_eq!(result.unwrap_err().code(), ErrorCode::OperationCancelled);
        assert!(started.into_inner() < 1000);
    }
}
