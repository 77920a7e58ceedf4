//! The thread pool of parallel work, which is replaced in a forked process.
//!
//! `multiprocessing` may fork a process with a running pool; the child inherits the pool but none of its threads, and
//! would wait for them forever.

use std::{
    process,
    sync::{Arc, Mutex, PoisonError},
};

use pyo3::{PyResult, exceptions::PyRuntimeError};
use rayon::{ThreadPool, ThreadPoolBuilder};

struct Owned {
    process: u32,
    pool: Arc<ThreadPool>,
}

static POOL: Mutex<Option<Owned>> = Mutex::new(None);

/// The pool of this process. `RAYON_NUM_THREADS` sets its size; the default is one thread per core.
pub(crate) fn pool() -> PyResult<Arc<ThreadPool>> {
    let mut slot = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(owned) = slot.as_ref()
        && owned.process == process::id()
    {
        return Ok(Arc::clone(&owned.pool));
    }
    let pool = ThreadPoolBuilder::new()
        .thread_name(|index| format!("wherewithal-{index}"))
        .build()
        .map_err(|error| PyRuntimeError::new_err(format!("cannot start threads: {error}")))?;
    let pool = Arc::new(pool);
    if let Some(inherited) = slot.replace(Owned { process: process::id(), pool: Arc::clone(&pool) }) {
        // Dropping it would wait for threads that do not exist in the fork.
        std::mem::forget(inherited);
    }
    Ok(pool)
}

/// Runs `work` on the threads of the pool; on this thread if the pool has only one, because waking it takes longer than
/// small work.
pub(crate) fn run<T: Send>(pool: &ThreadPool, work: impl FnOnce() -> T + Send) -> T {
    if pool.current_num_threads() == 1 { work() } else { pool.install(work) }
}
