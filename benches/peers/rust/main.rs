//! Runs one Rust peer: `peers WORKLOAD PEER REPETITIONS`. Prints its time, the error of its results and its peak memory
//! as JSON.
//!
//! `RAYON_NUM_THREADS` sets the number of threads.

#![expect(
    clippy::disallowed_methods,
    reason = "a peer is timed with a clock, and computes like a simple program"
)]
#![expect(clippy::indexing_slicing, reason = "a peer computes like a simple program")]
#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark stops if its result is wrong")]

mod internal_rates;
mod level_payments;
mod lots;
mod measure;
mod portfolios;
mod schedules;
mod tables;

use measure::{Measured, peak_memory};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workload, peer, repetitions] = arguments.as_slice() else {
        eprintln!("peers WORKLOAD PEER REPETITIONS");
        std::process::exit(2);
    };
    let (workload, peer) = (workload.as_str(), peer.as_str());
    let repetitions = repetitions.parse().expect("a number of repetitions");
    let Measured { seconds, error } = match workload {
        "w1" | "w1-million" => portfolios::accumulation(workload, peer, repetitions),
        "w2" | "w3" => portfolios::retirement(workload, peer, repetitions),
        "w4-many" | "w4-long" => internal_rates::internal_rates(workload, peer, repetitions),
        "w5-pmt" | "w5-pv" | "w5-rate" => level_payments::level_payments(workload, peer, repetitions),
        "w6" => schedules::schedules(peer, repetitions),
        "csv" => tables::tables(repetitions),
        "w7-fifo" | "w7-hifo" | "w7-large" => lots::lots(workload, peer, repetitions),
        _ => {
            eprintln!("there is no workload {workload}");
            std::process::exit(2);
        }
    };
    let memory = peak_memory().map_or("null".to_owned(), |bytes| bytes.to_string());
    println!("{{\"seconds\": {seconds:e}, \"error\": {error:e}, \"memory\": {memory}}}");
}
