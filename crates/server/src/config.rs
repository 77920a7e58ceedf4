//! Configuration from the environment; everything else is an argument of the command.

/// The address of the database, from `DATABASE_URL`.
pub(crate) fn database_url() -> Option<String> {
    variable("DATABASE_URL")
}

/// What is logged, from `WHEREWITHAL_LOG`, such as `info` or `warn,wherewithal_server=debug`.
pub(crate) fn log_filter() -> Option<String> {
    variable("WHEREWITHAL_LOG")
}

/// The width of the terminal where it cannot be asked, from `COLUMNS`.
pub(crate) fn columns() -> Option<usize> {
    variable("COLUMNS")?.parse().ok()
}

#[expect(clippy::disallowed_methods, reason = "this module is the one that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
