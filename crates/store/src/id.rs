//! Ids.

use std::sync::{Mutex, PoisonError};

use uuid::{ContextV7, Timestamp as UuidTimestamp, Uuid};

use crate::Timestamp;

/// Generates the ids of a database handle.
///
/// They are UUIDs of version 7 (RFC 9562): milliseconds since 1970, a counter, random bits. Those of one handle
/// increase, also within a millisecond and if the clock is set back.
#[derive(Debug)]
pub(crate) struct Ids(Mutex<ContextV7>);

impl Ids {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(ContextV7::new()))
    }

    pub(crate) fn next(&self, now: Timestamp) -> Uuid {
        let context = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // RFC 9562 has no times before 1970.
        let micros = u64::try_from(now.unix_micros()).unwrap_or_default();
        let nanos = u32::try_from(micros % 1_000_000 * 1_000).unwrap_or_default();
        Uuid::new_v7(UuidTimestamp::from_unix(&*context, micros / 1_000_000, nanos))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_within_a_millisecond_and_across_a_clock_set_back() {
        let ids = Ids::new();
        let moment = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut made: Vec<Uuid> = (0..5_000).map(|_| ids.next(moment("2026-01-31T09:30:00Z"))).collect();
        made.push(ids.next(moment("2026-01-31T09:30:01Z")));
        made.push(ids.next(moment("2026-01-31T09:29:00Z")));
        assert!(made.is_sorted());
        assert!(made.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(made.iter().all(|id| id.get_version_num() == 7));
        ids.next(moment("0001-01-01T00:00:00Z"));
    }
}
