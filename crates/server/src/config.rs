//! Configuration from the environment; everything else is an argument of the command.

/// The address of the database, from `DATABASE_URL`.
pub(crate) fn database_url() -> Option<String> {
    variable("DATABASE_URL")
}

/// The filter of the log, from `WHEREWITHAL_LOG`, such as `info` or `warn,wherewithal_server=debug`.
pub(crate) fn log_filter() -> Option<String> {
    variable("WHEREWITHAL_LOG")
}

/// The width of the output if there is no terminal, from `COLUMNS`.
pub(crate) fn columns() -> Option<usize> {
    variable("COLUMNS")?.parse().ok()
}

#[expect(clippy::disallowed_methods, reason = "this module is the only place that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
