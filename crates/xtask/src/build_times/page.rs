//! The page of build times.

use std::{
    fmt::{self, Display, Formatter},
    time::Duration,
};

use super::Found;

/// The number of steps or packages listed; the others are added up.
const NAMED: usize = 15;

/// `docs/BUILD_TIMES.md`.
pub(super) struct Page {
    /// A description of the machine.
    pub(super) machine: String,
    /// The results.
    pub(super) found: Vec<Found>,
}

impl Display for Page {
    fn fmt(&self, page: &mut Formatter<'_>) -> fmt::Result {
        writeln!(page, "# Build times\n")?;
        writeln!(
            page,
            "Written by `cargo xtask build-times`, in a fresh clone, without the time of downloads."
        )?;
        writeln!(
            page,
            "Measured on {}, otherwise idle. Packages are compiled, and many steps run, beside each other.\n",
            self.machine
        )?;
        writeln!(page, "| | measured | budget |\n|---|--:|--:|")?;
        for Found { measurement, time, has_failure, .. } in &self.found {
            let budget = Duration::from_secs(measurement.budget());
            let over = if *time > budget { " **over**" } else { "" };
            let failed = if *has_failure { " (a test failed)" } else { "" };
            writeln!(
                page,
                "| {} | {}{over}{failed} | {} |",
                measurement.title(),
                clock(*time),
                clock(budget)
            )?;
        }
        for found in &self.found {
            write_shares(page, found)?;
        }
        Ok(())
    }
}

/// The steps or packages of one measurement, the longest first.
fn write_shares(page: &mut Formatter<'_>, found: &Found) -> fmt::Result {
    let mut shares: Vec<(&str, f64)> =
        found.shares.iter().map(|(name, time)| (name.as_str(), *time)).collect();
    shares.sort_by(|one, other| other.1.total_cmp(&one.1));
    writeln!(page, "\n## {}\n", found.measurement.title())?;
    writeln!(page, "| step or package | seconds |\n|---|--:|")?;
    let (named, others) = shares.split_at(NAMED.min(shares.len()));
    for (name, seconds) in named {
        writeln!(page, "| {name} | {seconds:.1} |")?;
    }
    if !others.is_empty() {
        let seconds: f64 = others.iter().map(|(_, seconds)| seconds).sum();
        writeln!(page, "| {} others | {seconds:.1} |", others.len())?;
    }
    Ok(())
}

/// Minutes and seconds.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::build_times::Measurement;

    #[test]
    fn the_longest_come_first_and_a_broken_budget_shows() {
        let shares = BTreeMap::from([("a".to_owned(), 1.0), ("b".to_owned(), 70.0)]);
        let time = Duration::from_secs(71);
        let found = Found { measurement: Measurement::TestBuild, time, shares, has_failure: false };
        let page = Page { machine: "2 cores".to_owned(), found: vec![found] }.to_string();
        assert!(page.contains("| 1 min 11 s **over** | 1 min 00 s |"), "{page}");
        assert!(page.contains("| b | 70.0 |\n| a | 1.0 |\n"), "{page}");
    }

    #[test]
    fn many_packages_are_added_up() {
        let shares = (0..20).map(|number| (format!("p{number:02}"), 1.0)).collect();
        let time = Duration::from_secs(20);
        let found = Found { measurement: Measurement::FirstCommand, time, shares, has_failure: true };
        let page = Page { machine: "2 cores".to_owned(), found: vec![found] }.to_string();
        assert!(page.contains("| 5 others | 5.0 |"), "{page}");
        assert!(page.contains("| 0 min 20 s (a test failed) | 8 min 00 s |"), "{page}");
    }
}
