//! The progress of a plan on a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wherewithal::control::{Control, Progress};

/// A plan that takes less needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Does some work, and shows its progress on standard error if that is a terminal and the work takes long.
pub(super) fn with_progress<T>(work: impl FnOnce(&Control<'_>) -> T) -> T {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    let style = ProgressStyle::with_template("simulating {wide_bar} {percent} %");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let observer = |step: Progress| {
        if bar.is_hidden() && bar.elapsed() > PATIENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_length(step.total);
        bar.set_position(step.done);
    };
    let done = work(&Control::with_observer(&observer));
    bar.finish_and_clear();
    done
}
