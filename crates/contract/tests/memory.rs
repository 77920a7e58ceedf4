//! An input never takes more than eight times as much memory as the largest input is long, whatever it contains.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicUsize, Ordering},
};

use wherewithal_contract::{registry, wire::MAX_INPUT_BYTES};

/// The largest memory that a call may take beside its input.
const MOST: usize = 8 * MAX_INPUT_BYTES;

/// The system's allocator, which counts.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn taken(bytes: usize) {
    let now = NOW.fetch_add(bytes, Ordering::Relaxed) + bytes;
    PEAK.fetch_max(now, Ordering::Relaxed);
}

#[expect(unsafe_code, reason = "an allocator is unsafe by its interface; it passes everything on")]
// SAFETY: every call is passed on unchanged to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: the caller's promises are those of this call.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promises are those of this call.
        unsafe { System.dealloc(place, layout) }
    }
    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Old and new may both exist for a moment.
        taken(size);
        // SAFETY: the caller's promises are those of this call.
        let moved = unsafe { System.realloc(place, layout, size) };
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        moved
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// As many copies of a text as fit into the largest input, between a head and a tail.
fn filled(head: &str, item: &str, tail: &str) -> Vec<u8> {
    let count = (MAX_INPUT_BYTES - head.len() - tail.len() - item.len()) / (item.len() + 1);
    let mut text = String::with_capacity(MAX_INPUT_BYTES);
    text.push_str(head);
    for _ in 0..count {
        text.push_str(item);
        text.push(',');
    }
    text.push_str(item);
    text.push_str(tail);
    text.into_bytes()
}

/// Code of the refusal and the most memory at a time, beside the input.
fn run(operation: &str, input: &[u8]) -> (Option<String>, usize) {
    let operation = registry().get(operation).unwrap();
    let before = NOW.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let code = operation.call(input).err().map(|error| error.code().as_str().to_owned());
    (code, PEAK.load(Ordering::Relaxed) - before)
}

/// One test, because the counts are of the whole process.
#[test]
fn the_memory_of_a_call_is_limited_whatever_its_input_contains() {
    let hostile = [
        ("lists in a list (H3)", filled("[", "[0]", "]"), "input.too_large"),
        ("empty lists", filled("[", "[]", "]"), "input.too_large"),
        ("numbers", filled("[", "0", "]"), "input.too_large"),
        ("objects", filled("[", r#"{"a":0}"#, "]"), "input.too_large"),
        ("fields", filled("{", r#""":0"#, "}"), "input.too_large"),
        ("texts", filled("[", r#""""#, "]"), "input.too_large"),
        ("escaped texts", filled("[", r#""\n12345678901234567890""#, "]"), "input.invalid"),
        (
            "a long text",
            filled("", &format!("\"\\n{}\"", "x".repeat(MAX_INPUT_BYTES / 2)), ""),
            "input.invalid",
        ),
        ("a list beyond its limit", filled(r#"{"amounts":["#, "-1234.25", "]}"), "list.too_long"),
    ];
    for (what, input, expected) in &hostile {
        let (code, peak) = run("time_value.irr", input);
        assert_eq!(code.as_deref(), Some(*expected), "{what}");
        assert!(peak <= MOST, "{what}: {peak} bytes for {} bytes", input.len());
    }
    // The largest valid inputs, too.
    let valid = [
        ("time_value.npv", filled(r#"{"rate":0.05,"amounts":["#, "-1234567.25000001", "]}")),
        ("time_value.xnpv", {
            let dates = filled(r#"{"rate":0.05,"dates":["#, r#""2026-01-01""#, "]");
            let count = 700_000;
            let mut text = dates.get(..22 + 13 * count - 1).unwrap().to_vec();
            text.extend_from_slice(b"],\"amounts\":[");
            text.extend_from_slice("-1,".repeat(count - 1).as_bytes());
            text.extend_from_slice(b"-1]}");
            text
        }),
    ];
    for (operation, input) in &valid {
        let (code, peak) = run(operation, input);
        assert_eq!(code, None, "{operation}");
        assert!(peak <= MOST, "{operation}: {peak} bytes for {} bytes", input.len());
    }
}
