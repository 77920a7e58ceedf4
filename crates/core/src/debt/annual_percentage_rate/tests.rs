//! The examples of the regulations, and what holds of every rate.
