//! Criterion benches of wherewithal.
